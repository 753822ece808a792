"""Terms in Gallina, Coq's language of terms: one reading, for the claims as for the rows of the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Final

from derivations.certificate.sorts import FINITE_SETS, VECTOR, Sort, Uncertified
from derivations.term import App, Bind, Num, Term, Var, opened, subterms
from derivations.vocabulary import ARITHMETIC, CONSTANTS, FUNCTIONS, RELATIONS

# Coq's levels: the smaller, the tighter. An operand stands without brackets where its level is at most the one allowed.
_INFIX: Final = {"+": ("+", 50, 50, 49), "-": ("-", 50, 50, 49), "*": ("*", 40, 40, 39), "/": ("/", 40, 40, 39),
                 "^": ("^^", 30, 29, 30)}  # fmt: skip
_ARGUMENT: Final = 9
_RELATION: Final = 69
_TOP: Final = 200
_FUNCTIONS: Final = {
    "log": "ln", "exp": "exp", "sqrt": "sqrt", "sigmoid": "Sigmoid", "logit": "Logit", "softplus": "Softplus",
    "tanh": "Tanh", "abs": "Rabs", "binom": "binom", "factorial": "factorial", "bern": "bern", "at": "component",
    "sinh": "Sinh", "cosh": "Cosh", "sin": "sin", "cos": "cos", "max": "Rmax", "min": "Rmin", "pi_number": "PI",
    "normal": "Normal", "delta": "Delta", "arctan": "atan", "arcsin": "asin", "arccos": "acos", "arsinh": "Arsinh",
    "arcosh": "Arcosh", "artanh": "Artanh", "sign": "sign", "root": "Root",
}  # fmt: skip
BINDERS: Final = {
    "sum": "Sum", "prod": "Prod", "E": "Expectation", "Var": "Variance", "Cov": "Covariance", "KL": "Divergence",
    "H": "Entropy", "CE": "CrossEntropy", "pmf": "pmf",
}  # fmt: skip
_AT_POINT: Final = {"d": "Derive", "differentiable": "ex_derive", "continuous": "continuous"}
_LIMITS: Final = {"limit_right": "tends_right", "limit_left": "tends_left"}
_CLASSES: Final = {"Point": {"at", "ignores"}, "Same": {"delta"}}
KNOWN: Final = ARITHMETIC.keys() | FUNCTIONS.keys() | CONSTANTS | RELATIONS
_KEYWORDS: Final = frozenset(
    {"as", "at", "by", "cofix", "else", "end", "exists", "exists2", "fix", "for", "forall", "fun", "if", "in", "let"}
    | {"match", "mod", "return", "then", "using", "where", "with", "IF", "Prop", "Set", "SProp", "Type", "True", "I"}
    # what the scripts mean by these
    | {"R", "list", "Rules", "Point", "point", "fset", "elements", "once", "same", "Derive", "ex_derive", "continuous"}
    | {"sin", "cos", "atan", "asin", "acos", "sign", "PI", "Rmax", "Rmin", "same_reals", "same_lists"}
    | {"ln", "exp", "sqrt", "Rabs", "Finite", "p_infty", "m_infty", "eq_trans", "eq_sym", "eq_refl", "f_equal"}
    | {"eq_ind_r", "proj1", "proj2", "conj", "not_eq_sym", "exp_pos", "sqrt_pos", "sqrt_lt_R0", "Rabs_pos"}
    | {"Rabs_pos_lt", "pow2_sqrt", "audited"}
)


def source(name: str) -> str:
    """The text of a file of the library, such as `Rules.v`."""
    return (files("derivations") / "certificate" / name).read_text(encoding="utf-8")


def bracketed(proposition: str) -> str:
    """A proposition as the premise of another one."""
    return f"({proposition})" if proposition.startswith("forall ") or " /\\ " in proposition else proposition


@cache
def _taken() -> frozenset[str]:
    """What no name of ours may hide."""
    words = r"(?:Definition|Lemma|Theorem|Fixpoint|Record|Class|Instance|Ltac)\s+(\w+)"
    library = "\n".join(source(name) for name in ("Base.v", "Facts.v", "Tactics.v"))
    return frozenset(re.findall(words, library)) | _KEYWORDS


def _stem(name: str) -> str:
    """The name in letters that Coq accepts; what follows # tells variables of ours apart."""
    return re.sub(r"\W", "_", name.lstrip("?").partition("#")[0], flags=re.ASCII).lstrip("_0123456789") or "x"


class Names:
    """Identifiers of Coq for our names, one for one; what Coq or the library defines is not taken."""

    def __init__(self) -> None:
        self._used = set(_taken())
        self._words: dict[tuple[str, str], str] = {}

    def of(self, name: str, kind: str = "variable") -> str:
        """The identifier for a name; a function and a variable of the same name differ."""
        found = self._words.get((kind, name))
        if found is None:
            found = self._words[kind, name] = self.fresh(name)
        return found

    def fresh(self, hint: str) -> str:
        """An identifier that nothing has yet."""
        word = numbered(_stem(hint), self._used)
        self._used.add(word)
        return word

    @contextmanager
    def lent(self, hint: str) -> Iterator[str]:
        """A fresh identifier for as long as it is needed."""
        word = self.fresh(hint)
        try:
            yield word
        finally:
            self._used.discard(word)

    @contextmanager
    def standing_for(self, name: str) -> Iterator[str]:
        """A fresh identifier for a variable that a binder opened, as long as it is open."""
        before = self._words.get(("variable", name))
        with self.lent(name) as word:
            self.call(name, word)
            yield word
        if before is None:
            del self._words["variable", name]
        else:
            self.call(name, before)

    def release(self, word: str) -> None:
        """The identifier is free again."""
        self._used.discard(word)

    def call(self, name: str, word: str) -> None:
        """Write the variable `name` as `word` from now on."""
        self._words["variable", name] = word

    def beside(self, term: Bind) -> str:
        """An identifier for the variable of a binder: any that means nothing inside."""
        used = {self.of(name) for name in term.free_vars} | {self.of(head, "function") for head in functions(term)}
        return numbered(_stem(term.hint), used | _taken())


def numbered(stem: str, taken: Set[str]) -> str:
    """`stem`, or `stem1`, `stem2`, ..., whatever is not taken."""
    word, count = stem, 0
    while word in taken:
        count += 1
        word = f"{stem}{count}"
    return word


def functions(term: Term) -> set[str]:
    """The abstract functions in a term."""
    return {s.head for s in subterms(term) if isinstance(s, App) and s.head not in KNOWN}


class Gallina:
    """Writes terms with the identifiers of `names`."""

    def __init__(self, names: Names | None = None) -> None:
        self.names = names or Names()
        self._count = 0

    def inner(self, term: Bind) -> tuple[str, str]:
        """A name of ours for the variable of a binder, and the identifier that it is written with."""
        name, word = self.new_name(term.hint), self.names.beside(term)
        self.names.call(name, word)
        return name, word

    def new_name(self, hint: str) -> str:
        """A name for a variable that no term has."""
        self._count += 1
        return f"{hint.lstrip('?')}#{self._count}"

    def term(self, term: Term, level: int = _TOP) -> str:
        """A number, an element or a vector, in brackets where it binds less than `level`. Raises Uncertified."""
        if isinstance(term, Num):
            return str(term.value)
        if isinstance(term, Var):
            return self.names.of(term.name)
        if isinstance(term, Bind):
            text, own = self._binder(term), _ARGUMENT + 1
        elif isinstance(term, App):
            text, own = self._application(term)
        else:
            raise Uncertified("a place without its binder")
        return f"({text})" if own > level else text

    def _application(self, term: App) -> tuple[str, int]:
        head, args = term.head, term.args
        if head in _INFIX:
            sign, own, left, right = _INFIX[head]
            return f"{self.term(args[0], left)} {sign} {self.term(args[1], right)}", own
        if head == "neg":  # "- 1" would be a numeral
            inside = f"({args[0]})" if isinstance(args[0], Num) else self.term(args[0], _ARGUMENT + 1)
            return f"- {inside}", _RELATION
        if head == "card":
            return f"card {self.set(args[0])}", _ARGUMENT + 1
        if head == "oo":
            raise Uncertified("infinity as a number")
        if head in KNOWN and head not in _FUNCTIONS:
            raise Uncertified(f"{head}, which the library for Coq does not have")
        name = _FUNCTIONS.get(head) or self.names.of(head, "function")
        if not args:
            return name, 0
        return " ".join([name, *(self.term(arg, _ARGUMENT) for arg in args)]), _ARGUMENT + 1

    def function(self, binder: Bind, body: int = 0) -> str:
        """`fun z => ...` of one body of a binder."""
        name, word = self.inner(binder)
        return f"(fun {word} => {self.term(opened(binder, name)[body])})"

    def lambda_of(self, body: Term, names: tuple[str, ...]) -> str:
        """`fun a b => body`, for free variables of the body."""
        if not names:
            return self.term(body, _ARGUMENT)
        used = {self.names.of(name) for name in body.free_vars - set(names)}
        used |= {self.names.of(head, "function") for head in functions(body)} | _taken()
        words = []
        for name in names:
            word = numbered(_stem(name), used)
            self.names.call(name, word)
            used.add(word)
            words.append(word)
        return f"(fun {' '.join(words)} => {self.term(body)})"

    def hole(self, term: App | Bind, child: int) -> str:
        """`fun u => ...`: the term as a function of one of its children; of a binder, its set or its point."""
        name = self.new_name("u")
        if isinstance(term, App):
            args = list(term.args)
            args[child] = Var(name)
            return self._lambda_of_any(App(term.head, args), name)
        return self._lambda_of_any(Bind(term.head, term.hint, Var(name), term.bodies), name)

    def _lambda_of_any(self, body: Term, name: str) -> str:
        is_set = isinstance(body, App) and body.head in FINITE_SETS
        if not is_set:
            return self.lambda_of(body, (name,))
        word = numbered("u", {self.names.of(v) for v in body.free_vars - {name}} | _taken())
        self.names.call(name, word)
        return f"(fun {word} => {self.set(body)})"

    def _binder(self, term: Bind) -> str:
        bodies = [self.function(term, k) for k in range(len(term.bodies))]
        if term.head == "d":
            return f"Derive {bodies[0]} {self.term(term.arg, _ARGUMENT)}"
        if term.head not in BINDERS or term.head == "pmf":
            raise Uncertified(f"{term.head} inside a term")
        return " ".join([BINDERS[term.head], self.set(term.arg), *bodies])

    def set(self, term: Term) -> str:
        """A finite set."""
        if isinstance(term, Var):
            return self.names.of(term.name)
        if not isinstance(term, App) or term.head not in FINITE_SETS:
            raise Uncertified(f"{term} as a finite set")
        if term.head == "bits":
            return "bits"
        args = [self.set(term.args[0]) if term.head in ("tuples", "without") else self.term(term.args[0], _ARGUMENT)]
        return f"({' '.join([term.head, *args, self.term(term.args[1], _ARGUMENT)])})"

    def membership(self, element: str, domain: Term) -> str:
        """That `element`, already written, lies in a set, finite or of real numbers."""
        if isinstance(domain, Var) or (isinstance(domain, App) and domain.head in FINITE_SETS):
            return f"member {element} {self.set(domain)}"
        if not isinstance(domain, App):
            raise Uncertified(f"{domain} as a set")
        parts = [f"integer {element}"] if domain.head == "integers" else []
        if domain.head in ("interval", "integers"):
            low, high = domain.args
            less = "<" if domain.head == "interval" else "<="
            if low != App("neg", (App("oo"),)):
                parts.append(f"{self.term(low, _RELATION)} {less} {element}")
            if high != App("oo"):
                parts.append(f"{element} {less} {self.term(high, _RELATION)}")
        return " /\\ ".join(parts) or "True"

    def proposition(self, term: Term) -> str:
        """A relation or a judgement. Raises Uncertified."""
        if isinstance(term, App):
            return self._relation(term)
        if not isinstance(term, Bind):
            raise Uncertified(f"{term} is not a proposition")
        if term.head in _AT_POINT and term.head != "d":
            return f"{_AT_POINT[term.head]} {self.function(term)} {self.term(term.arg, _ARGUMENT)}"
        if term.head == "pmf":
            return f"pmf {self.set(term.arg)} {self.function(term)}"
        if term.head == "convex":
            word = self.inner(term)[1]
            return f"convex_on (fun {word} => {self.membership(word, term.arg)}) {self.function(term)}"
        if term.head == "forall":
            name, word = self.inner(term)
            return f"forall {word}, {self._if_member(word, term.arg)}{self.proposition(opened(term, name)[0])}"
        if term.head in ("decreasing", "increasing"):
            return self._monotone(term)
        if term.head == "ignores":
            return self._ignores(term)
        raise Uncertified(f"{term.head} as a proposition")

    def _if_member(self, word: str, domain: Term) -> str:
        inside = self.membership(word, domain)
        return "" if inside == "True" else f"{bracketed(inside)} -> "

    def _relation(self, term: App) -> str:
        left, right = term.args
        if term.head == "in":
            return self.membership(self.term(left, _ARGUMENT), right)
        if term.head == "=" and _is_limit(right) and not _is_limit(left):
            left, right = right, left
        if term.head == "=" and isinstance(left, Bind) and left.head in _LIMITS:
            if isinstance(right, Bind) and right.head in _LIMITS:
                return f"forall L, {self.limit(left, 'L')} <-> {self.limit(right, 'L')}"
            return self.limit(left, self.limit_value(right))
        sign = "<>" if term.head == "!=" else term.head
        return f"{self.term(left, _RELATION)} {sign} {self.term(right, _RELATION)}"

    def limit(self, term: Bind, value: str) -> str:
        """That a limit exists and is `value`."""
        return f"{_LIMITS[term.head]} {self.function(term)} {self.term(term.arg, _ARGUMENT)} {value}"

    def limit_value(self, term: Term) -> str:
        """A number or an infinity, as the value of a limit."""
        if term == App("oo"):
            return "p_infty"
        if term == App("neg", (App("oo"),)):
            return "m_infty"
        return f"(Finite {self.term(term, _ARGUMENT)})"

    def _monotone(self, term: Bind) -> str:
        name, word = self.inner(term)
        body = opened(term, name)[0]
        words, values = (word, f"{word}'"), []
        for here in words:
            self.names.call(name, here)
            values.append(self.term(body))
        inside = "".join(self._if_member(here, term.arg) for here in words)
        low, high = values if term.head == "increasing" else reversed(values)
        return f"forall {word} {word}', {inside}{word} < {word}' -> {low} < {high}"

    def _ignores(self, term: Bind) -> str:
        domain = term.arg
        if not isinstance(domain, App) or domain.head != "tuples":
            raise Uncertified("ignores, outside vectors")
        name, word = self.inner(term)
        body, index = opened(term, name)
        what = f"{self.set(domain.args[0])} {self.term(domain.args[1], _ARGUMENT)}"
        return f"ignores {what} (fun {word} => {self.term(body)}) {self.term(index, _ARGUMENT)}"

    def classes(self, terms: Iterable[Term]) -> tuple[str, ...]:
        """What the terms ask of a type about which nothing is known: an element, or that elements can be told apart."""
        heads = {s.head for term in terms for s in subterms(term) if isinstance(s, (App, Bind))}
        return tuple(name for name, wanting in _CLASSES.items() if wanting & heads)

    def sort(self, sort: Sort, names: dict[int, str]) -> str:
        """The type of a sort; `names` has those of the opaque ones."""
        here = sort.known
        if here.kind == VECTOR and here.inner is not None:
            return f"(list {self.sort(here.inner, names)})"
        return names.get(id(here), "R")


def _is_limit(term: Term) -> bool:
    return isinstance(term, Bind) and term.head in _LIMITS

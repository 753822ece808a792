r"""Terms as LaTeX, with no more brackets than the reader needs to read the same term back.

A binder prints the name that its author gave it, or a primed one where that name is already in use.
It must not rearrange: what is printed is the term, place by place.

>>> from derivations.notation import read
>>> print(latex(read("sum[z in Z](f(z) * d[b = b](b^z))")))
\sum_{z \in \mathcal{Z}} f(z) \frac{d}{d b} b^{z}
"""

from __future__ import annotations

from typing import Final, TypeAlias

from derivations.errors import NotationError
from derivations.latex.style import GREEK, PLAIN, Shape, Style, calligraphic, symbol
from derivations.term import App, Bind, Num, Term, Var, fresh_name, opened, subterms
from derivations.vocabulary import LIMITS, SET_BINDERS

# How tightly a piece of LaTeX holds together. A PREFIX piece (`\log x`, `\sum_z x`) takes all that follows it, so
# it may stand at the end of a product and nowhere else.
_RELATION, _SUM, _PRODUCT, _PREFIX, _UNIT, _ATOM = range(6)
_Piece: TypeAlias = tuple[str, int]

_RELATIONS: Final = {"=": "=", "<": "<", "<=": r"\leq", "!=": r"\neq", "in": r"\in"}
_NAMED: Final = {"sigmoid": r"\sigma", "logit": r"\operatorname{logit}", "softplus": r"\operatorname{softplus}"}
_PREFIXED: Final = {
    "log": r"\log", "tanh": r"\tanh", "sin": r"\sin", "cos": r"\cos", "sinh": r"\sinh", "cosh": r"\cosh",
    "arctan": r"\arctan", "arcsin": r"\arcsin", "arccos": r"\arccos", "arsinh": r"\operatorname{arsinh}",
    "arcosh": r"\operatorname{arcosh}", "artanh": r"\operatorname{artanh}", "sign": r"\operatorname{sgn}",
}  # fmt: skip
_SAID: Final = {
    "pmf": r"\text{ is a probability mass function on }",
    "density": r"\text{ is a probability density on }",
    "integrable": r"\text{ is integrable over }",
    "decreasing": r"\text{ is strictly decreasing on }",
    "increasing": r"\text{ is strictly increasing on }",
    "differentiable": r"\text{ is differentiable at }",
    "continuous": r"\text{ is continuous at }",
}
_TALL: Final = (r"\frac", r"\sum", r"\prod", r"\binom", r"\left")


def latex(term: Term, style: Style = PLAIN) -> str:
    r"""The term as LaTeX for mathematics mode.

    Domain: closed terms. The propositions `pmf`, `differentiable`, ... are printed in words, which are not read back.
    Raises: NotationError for a term with loose places, and for one that has no notation.

    >>> from derivations.notation import read
    >>> print(latex(read("KL[z in bits](bern(a, z), bern(b, z))")))
    D_{\mathrm{KL}}(\mathrm{Bern}(a) \,\|\, \mathrm{Bern}(b))
    """
    return _Printer(style, term.free_vars).text(term)


def _primed(hint: str, taken: frozenset[str]) -> str:
    """A name like the hint that is not taken; primes, since z_1 would be a component of z."""
    name = fresh_name(hint, frozenset()).split("_")[0]
    while name in taken:
        name += "'"
    return name


def _bracketed(text: str, left: str = "(", right: str = ")") -> str:
    """`text` in brackets that are as large as it needs."""
    if any(tall in text for tall in _TALL):
        return f"\\left{left} {text} \\right{right}"
    if "(" in text or "[" in text:
        return f"\\bigl{left}{text}\\bigr{right}"
    return f"{left}{text}{right}"


class _Printer:
    """Prints below some binders; `taken` holds every name that means something here."""

    def __init__(self, style: Style, taken: frozenset[str]) -> None:
        self.style, self.taken = style, taken

    def text(self, term: Term) -> str:
        return self.piece(term)[0]

    def at_least(self, term: Term, level: int) -> str:
        text, own = self.piece(term)
        return text if own >= level else _bracketed(text)

    def piece(self, term: Term) -> _Piece:
        if isinstance(term, Num):
            return str(term.value), _ATOM
        if isinstance(term, Var):
            name = symbol(term.name, self.style)
            return name, _UNIT if "^" in name or "'" in name else _ATOM
        if isinstance(term, Bind):
            return self.binder(term)
        if isinstance(term, App):
            return self.application(term)
        raise NotationError(str(term), 0, "a closed term")

    # ------------------------------------------------------------ arithmetic, relations, functions

    def application(self, term: App) -> _Piece:
        head, args = term.head, term.args
        match head, args:
            case "+", (left, right):
                return f"{self.at_least(left, _SUM)} + {self.at_least(right, _PRODUCT)}", _SUM
            case "-", (left, right):
                return f"{self.at_least(left, _SUM)} - {self.at_least(right, _PRODUCT)}", _SUM
            case "neg", (inner,):
                return f"-{self.at_least(inner, _PRODUCT)}", _SUM
            case "*", _:
                return self.product(term), _PRODUCT
            case "/", (above, below):
                return f"\\frac{{{self.text(above)}}}{{{self.text(below)}}}", _UNIT
            case "^", (base, exponent):
                return self.power(base, exponent), _UNIT
            case (("max" | "min"), (left, right)):
                return f"\\{head}" + _bracketed(f"{self.text(left)}, {self.text(right)}"), _UNIT
            case _, (inner,) if head in _PREFIXED:
                text, level = self.piece(inner)
                bare = level >= _UNIT and not _is_power(inner)
                return _PREFIXED[head] + (f" {text}" if bare else _bracketed(text)), _PREFIX
            case "exp", (inner,):
                return f"e^{{{self.text(inner)}}}", _UNIT
            case "sqrt", (inner,):
                return f"\\sqrt{{{self.text(inner)}}}", _UNIT
            case "root", (inner, degree):
                return f"\\sqrt[{self.text(degree)}]{{{self.text(inner)}}}", _UNIT
            case "abs", (inner,):
                return f"\\left| {self.text(inner)} \\right|", _ATOM
            case "factorial", (inner,):
                return f"{self.at_least(inner, _ATOM)}!", _UNIT
            case "binom", (above, below):
                return f"\\binom{{{self.text(above)}}}{{{self.text(below)}}}", _ATOM
            case "at", _:
                return self.component(term), _ATOM
        if head in _RELATIONS:
            return self.relation(head, args), _RELATION
        found = self.set_piece(term)
        return found if found is not None else (self.function(term), _UNIT)

    def relation(self, head: str, args: tuple[Term, ...]) -> str:
        left, right = args
        if head == "in":
            return f"{self.at_least(left, _SUM)} \\in {self.domain(right)}"
        return f"{self.at_least(left, _SUM)} {_RELATIONS[head]} {self.at_least(right, _SUM)}"

    def function(self, term: App) -> str:
        shape = self.style.shape(term.head)
        texts = [self.text(arg) for arg in term.args]
        if shape is not None and shape.arity == len(texts):
            return shape.filled(texts)
        if (shape is None and term.args and self.indexed(term.head)) or (shape is not None and len(texts) == 1):
            return f"{symbol(term.head, self.style)}_{{{','.join(texts)}}}"
        if term.head == "delta":
            return f"\\delta_{{{texts[0]}, {texts[1]}}}"
        if term.head == "normal":
            return f"\\mathcal{{N}}({texts[0]}; {texts[1]}, {texts[2]})"
        name = _NAMED.get(term.head) or _function_name(term.head, self.style)
        return name + _bracketed(", ".join(texts)) if texts else name

    def indexed(self, head: str) -> bool:
        """Whether an abstract function is written `a_i`: its letter is not one that calls."""
        base = head.rstrip("'").split("_")[0]
        single = len(base) == 1 or base in GREEK
        return single and "_" not in head and base not in self.style.callables and head not in _NAMED

    def power(self, base: Term, exponent: Term) -> str:
        return f"{self.at_least(base, _ATOM)}^{{{self.text(exponent)}}}"

    def component(self, term: App) -> str:
        indices: list[str] = []
        here: Term = term
        while isinstance(here, App) and here.head == "at":
            indices.append(self.text(here.args[1]))
            here = here.args[0]
        vector = symbol(here.name, self.style) if isinstance(here, Var) else _bracketed(self.text(here))
        # A name with a subscript of its own keeps it inside braces of its own.
        vector = f"{{{vector}}}" if "_" in vector or "^" in vector else vector
        return f"{vector}_{{{','.join(reversed(indices))}}}"

    # ------------------------------------------------------------ products

    def product(self, term: App) -> str:
        factors: list[Term] = []
        here: Term = term
        while isinstance(here, App) and here.head == "*":
            factors.append(here.args[1])
            here = here.args[0]
        factors.append(here)
        factors.reverse()
        line, greedy = "", False
        for place, factor in enumerate(factors):
            last = place == len(factors) - 1
            text, takes_more = self.factor(factor, last=last)
            link = self.link(factors[place - 1], factor, text, greedy=greedy) if place else ""
            line, greedy = line + link + text, takes_more
        return line

    def factor(self, factor: Term, *, last: bool) -> tuple[str, bool]:
        """A factor, and whether it would take more than its own if the next one stood close to it."""
        text, level = self.piece(factor)
        if level > _PREFIX or (level == _PREFIX and last):
            return text, False
        if level == _PREFIX and isinstance(factor, App):
            return text, True
        return _bracketed(text), False

    def link(self, before: Term, after: Term, text: str, *, greedy: bool) -> str:
        """What stands between two factors, so that neither a call nor a number comes out of it."""
        if text[0].isdigit() or (_numeric(before) and _numeric(after)):
            return r" \cdot "
        if text.startswith(("(", "\\left(", "\\bigl(")) and self.applies(before):
            return r" \cdot "
        return r" \, " if greedy else " "

    def applies(self, before: Term) -> bool:
        """Whether a bracket close behind would be read as the argument of this factor."""
        while isinstance(before, App) and before.head in ("at", "^"):
            before = before.args[0]
        return isinstance(before, Var) and before.name.rstrip("'").split("_")[0] in self.style.callables

    # ------------------------------------------------------------ sets

    def set_piece(self, term: App) -> _Piece | None:
        match term.head, term.args:
            case "bits", ():
                return r"\{0, 1\}", _ATOM
            case "reals", ():
                return self.style.reals, _ATOM
            case "pi_number", ():
                return r"\pi", _ATOM
            case "oo", ():
                return r"\infty", _ATOM
            case "card", (members,):
                return f"|{self.domain(members)}|", _ATOM
            case "tuples", (members, size):
                return f"{self.domain(members)}^{{{self.text(size)}}}", _UNIT
            case "range", (low, high):
                return f"\\{{{self.text(low)}, \\ldots, {self.text(high)}\\}}", _ATOM
            case "integers", (low, high):
                return self.integers(low, high), _ATOM
            case "interval", (low, high):
                return f"({self.text(low)}, {self.text(high)})", _ATOM
            case "without", (members, left_out):
                return f"{self.domain(members)} \\setminus \\{{{self.text(left_out)}\\}}", _SUM
        return None

    def integers(self, low: Term, high: Term) -> str:
        start = r"\ldots, 0" if low == App("neg", (App("oo"),)) else self.text(low)
        end = r"\ldots" if high == App("oo") else rf"\ldots, {self.text(high)}"
        return rf"\{{{start}, {end}\}}"

    def domain(self, term: Term) -> str:
        if isinstance(term, Var):
            return calligraphic(term.name, self.style)
        text, level = self.piece(term)
        return text if level >= _SUM else _bracketed(text)

    # ------------------------------------------------------------ binders

    def binder(self, term: Bind) -> _Piece:
        head = term.head
        if head == "d":
            return self.derivative(term)
        name = _primed(term.hint, self.taken)
        inner = _Printer(self.style, self.taken | {name})
        bodies = opened(term, name)
        if head in ("sum", "prod"):
            return self.big_operator(term, name, inner.at_least(bodies[0], _PRODUCT)), _PREFIX
        if head == "int":
            return self.integral(term, name, inner.text(bodies[0])), _ATOM
        if head in ("E", "Var", "Cov"):
            return self.moment(term, name, inner), _ATOM
        if head in ("KL", "H", "CE"):
            return self.information(term, name, inner), _ATOM
        if head in LIMITS:
            infinite = App("oo") in subterms(term.arg)
            side = "" if head == "limit" or infinite else "^{+}" if head == "limit_right" else "^{-}"
            where = self.text(term.arg) if infinite else self.at_least(term.arg, _ATOM)
            below = f"{symbol(name, self.style)} \\to {where}{side}"
            return f"\\lim_{{{below}}} {inner.at_least(bodies[0], _PREFIX)}", _PREFIX
        return self.proposition(term, name, inner), _RELATION

    def big_operator(self, term: Bind, name: str, body: str) -> str:
        sign = r"\sum" if term.head == "sum" else r"\prod"
        letter = symbol(name, self.style)
        if isinstance(term.arg, App) and term.arg.head == "range":
            low, high = term.arg.args
            return f"{sign}_{{{letter}={self.text(low)}}}^{{{self.text(high)}}} {body}"
        return f"{sign}_{{{letter} \\in {self.domain(term.arg)}}} {body}"

    def integral(self, term: Bind, name: str, body: str) -> str:
        """The differential closes what the integral sign opens."""
        match term.arg:
            case App("reals", ()):
                below = r"_{-\infty}^{\infty}"
            case App("interval", (low, high)):
                below = f"_{{{self.text(low)}}}^{{{self.text(high)}}}"
            case _:
                below = f"_{{{self.domain(term.arg)}}}"
        return f"\\int{below} {body} \\, {self.style.differential} {symbol(name, self.style)}"

    def derivative(self, term: Bind) -> _Piece:
        point = term.arg
        if isinstance(point, Var) and point.name not in term.bodies[0].free_vars:
            inner = _Printer(self.style, self.taken | {point.name})
            operand = inner.operand(opened(term, point.name)[0])
            return f"{self.differentiation(point.name)} {operand}", _PREFIX
        name = _primed(term.hint, self.taken)
        operand = _Printer(self.style, self.taken | {name}).operand(opened(term, name)[0])
        place = f"{symbol(name, self.style)} = {self.text(point)}"
        return f"\\left. {self.differentiation(name)} {operand} \\right|_{{{place}}}", _UNIT

    def operand(self, body: Term) -> str:
        """What a derivative acts upon: a unit, or a prefix that ends where the operand ends."""
        return self.at_least(body, _PREFIX)

    def differentiation(self, name: str) -> str:
        letter = symbol(name, self.style)
        if name in self.style.gradients:
            return f"\\nabla_{{{letter}}}"
        sign = self.style.differential
        gap = " " if len(letter) == 1 else ""
        return f"\\frac{{{sign}}}{{{sign}{gap}{letter}}}"

    def moment(self, term: Bind, name: str, inner: _Printer) -> str:
        style = self.style
        sign = {"E": style.expectation, "Var": style.variance, "Cov": style.covariance}[term.head]
        law, *bodies = opened(term, name)
        inside = ", ".join(inner.text(body) for body in bodies)
        return f"{sign}_{{{self.under(term.arg, law, name, inner)}}}{_bracketed(inside, '[', ']')}"

    def under(self, domain: Term, law: Term, name: str, inner: _Printer) -> str:
        """The subscript of an expectation: which variable, of which distribution, on which set."""
        letter = symbol(name, self.style)
        if self.implied(law, domain, name):
            shape = self.style.shape(law.head) if isinstance(law, App) else None
            if shape is None or not shape.law or not isinstance(law, App):
                return inner.text(law)
            return f"{letter} \\sim {shape.filled([inner.text(arg) for arg in law.args], law=True)}"
        sample = self.sample(domain, law, name)
        if sample is not None:
            return sample
        return f"{letter} \\in {self.domain(domain)}, {letter} \\sim {inner.text(law)}"

    def sample(self, domain: Term, law: Term, name: str) -> str | None:
        """`z_1, ..., z_m ~ q` for the product of m equal distributions; None for any other."""
        match domain, law:
            case App("tuples", (members, size)), Bind("prod", hint, App("range", (Num(1), last)), _):
                index = _primed(hint, self.taken | {name})
                one = opened(law, index)[0]
            case _:
                return None
        if size != last or not isinstance(one, App):
            return None
        shape = self.style.shape(one.head)
        place = App("at", (Var(name), Var(index)))
        if shape is None or self.style.domains.get(one.head) != members or not 0 < shape.value <= len(one.args):
            return None
        if one.args[shape.value - 1] != place:
            return None
        others = [arg for arg in one.args if arg != place]
        if len(others) != len(one.args) - 1 or any({name, index} & arg.free_vars for arg in others):
            return None
        letter = symbol(name, self.style)
        texts = [letter if arg == place else self.text(arg) for arg in one.args]
        shown = shape.filled(texts, law=bool(shape.law))
        return f"{letter}_{{1}}, \\ldots, {letter}_{{{self.text(size)}}} \\sim {shown}"

    def implied(self, law: Term, domain: Term, name: str) -> bool:
        """Whether the reader finds variable and set of a distribution from the way it is written."""
        if not isinstance(law, App) or self.style.domains.get(law.head) != domain:
            return False
        shape: Shape | None = self.style.shape(law.head)
        value = shape.value if shape is not None else len(law.args)
        if not 0 < value <= len(law.args):
            return False  # the shape is of another distribution with this letter
        others = law.args[: value - 1] + law.args[value:]
        return law.args[value - 1] == Var(name) and not any(name in arg.free_vars for arg in others)

    def information(self, term: Bind, name: str, inner: _Printer) -> str:
        laws = opened(term, name)
        sign = self.style.divergence if term.head == "KL" else self.style.entropy
        shown = [inner.law(law) for law in laws]
        if not all(self.implied(law, term.arg, name) for law in laws):
            shown = [inner.text(law) for law in laws]
            below = f"{symbol(name, self.style)} \\in {self.domain(term.arg)}"
            sign = f"\\operatorname{{KL}}_{{{below}}}" if term.head == "KL" else f"{sign}_{{{below}}}"
        inside = r" \,\|\, ".join(shown) if term.head == "KL" else ", ".join(shown)
        return sign + (_bracketed(inside) if any(tall in inside for tall in _TALL) else f"({inside})")

    def law(self, law: Term) -> str:
        shape = self.style.shape(law.head) if isinstance(law, App) else None
        if shape is None or not shape.law or not isinstance(law, App):
            return self.text(law)
        return shape.filled([self.text(arg) for arg in law.args], law=True)

    def proposition(self, term: Bind, name: str, inner: _Printer) -> str:
        bodies = opened(term, name)
        letter = symbol(name, self.style)
        if term.head == "forall":
            return f"{inner.text(bodies[0])} \\text{{ for all }} {letter} \\in {self.domain(term.arg)}"
        if term.head == "interchange":
            by = self.differentiation(term.arg.name if isinstance(term.arg, Var) else name)
            return f"{by} \\text{{ may be taken under the integral in }} {inner.text(bodies[0])}"
        if term.head == "ignores":
            coordinate = App("at", (Var(name), bodies[1]))
            return f"{inner.text(bodies[0])} \\text{{ does not depend on }} {inner.text(coordinate)}"
        place = self.domain(term.arg) if term.head in SET_BINDERS else self.text(term.arg)
        return f"{letter} \\mapsto {inner.text(bodies[0])} {_SAID[term.head]} {place}"


def _is_power(term: Term) -> bool:
    return isinstance(term, App) and term.head == "^"


def _numeric(term: Term) -> bool:
    """Whether a term is printed as a number or a fraction of numbers."""
    return isinstance(term, Num) or (isinstance(term, App) and term.head == "/" and isinstance(term.args[0], Num))


def _function_name(head: str, style: Style) -> str:
    base = head.rstrip("'").split("_")[0]
    known = symbol(head, style)
    return (
        known if not known.startswith(r"\mathrm") else known.replace(r"\mathrm", r"\operatorname", 1) if base else head
    )

"""The names that other programs call: `prove` for one relation, `claims` for those of the solution sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final, TypeAlias

from derivations.checker import judged_in_time, relation_in_display
from derivations.claim import Claim, Proof, Step
from derivations.errors import NotationError, TooLong
from derivations.evidence import Evidence, gather
from derivations.given import Given
from derivations.latex.calls import always_called, called
from derivations.latex.doubts import named_in, unnamed_end, unnamed_mean, weights
from derivations.latex.facts import indices_in_range, indices_met
from derivations.latex.gaussians import with_deviations
from derivations.latex.matrices import fails_for_matrices, matrices
from derivations.latex.names import GREEK_ALIASES
from derivations.latex.notations import may_be_meant, two_letters
from derivations.latex.profile import load
from derivations.latex.reader import read_formula
from derivations.latex.sequences import sequences, values_given, with_values
from derivations.latex.style import GREEK
from derivations.latex.unsaid import means_met
from derivations.notation import read
from derivations.prover import under
from derivations.seminar7 import CLAIMS
from derivations.sizes import too_large
from derivations.sympy_bridge import all_from_sympy, to_sympy
from derivations.term import App, Bind, Term, Var, number, subterms
from derivations.verdict import Verdict, undecided
from derivations.vocabulary import SET_BINDERS

_NUMBERED: Final = re.compile(r"_\s*\{?\s*\d")  # x_1, which may be a value of a sequence x
Formula: TypeAlias = "str | Term | object"
Assumed: TypeAlias = "Given | Mapping[str, object] | str | None"


def prove(lhs: Formula, rhs: Formula, given: Assumed = None, timeout: float | None = None) -> Verdict:
    r"""The verdict on lhs = rhs; each side LaTeX, a SymPy expression, a whole number or a term.

    Domain:  symbols are real, SymPy's without assumptions too, unless `given` says otherwise: a `Given`, a dict from
             names to "real", "positive", "integer", "positive integer", "bit" or an open interval ("0", "1"), or the
             name of a profile. SymPy symbols bring their own assumptions.
    Returns: a `Verdict`; ask for its `kind`. What is too long, too deep or too large is `undecided`, with a reason
             that begins with "size".
    Timeout: in seconds, None for none. It ends the work of a step in the main thread, between two operations of
             Python; sizes are bounded so that each of these is short. In other threads, and against a fault in a
             library, a limit must come from outside the process, as the command line sets one for each file.
    Raises:  NotationError for LaTeX that is not understood, OutsideFragment for SymPy nodes that have no term.

    >>> prove(r"\frac{1}{\beta} + \frac{1}{1-\beta}", r"\frac{1}{\beta(1-\beta)}", {"beta": ("0", "1")}).kind
    'proved'
    """
    try:
        (left, right), facts = understood((lhs, rhs), given)
    except TooLong as error:
        return Verdict("undecided", None, reason=f"size: {error.expected}")
    except NotationError:
        found = _in_display(lhs, rhs, given, timeout)
        if found is None:
            raise
        return found
    claim = App("=", (left, right))
    if size := too_large(claim):
        return undecided(claim, size)
    text = _text(lhs, rhs)
    together = _is_of_distributions(claim) or _has_two_sigmas(claim) or "normal" in claim.heads
    if together or any(one.search(text) for one in _SPOKEN_OF) or _has_sample_mean(text):
        found = _in_display(lhs, rhs, given, timeout)
        if found is not None:
            return found
        facts = facts.assume(_OUTCOMES)
    met = [fact for fact in indices_met([left, right]) if fact.args[0] not in {*map(Var, facts.names)}]
    facts = facts.assume(*met) if met else facts
    verdict = _in_range(judged_in_time(claim, facts, timeout), claim, facts, timeout)
    verdict = _as_counted(verdict, claim, facts, timeout)
    if verdict.kind == "refuted" and (any(weights(claim.args)) or means_met(claim.args)):
        found = _in_display(lhs, rhs, given, timeout)  # which knows what is left unsaid of weights and means
        if found is not None:
            return found
    doubt = _withholding(text, claim, facts, verdict.kind)
    if together and text and verdict.kind == "refuted":
        doubt = doubt or "definition missing: one side may define the other"  # a document would not read it as a claim
    for other in _other_readings(claim, lhs, rhs, given, verdict.kind):
        second = judged_in_time(other, facts, timeout).kind
        if (second == "refuted") != (verdict.kind == "refuted") and second != "undecided":
            doubt = f"ambiguous: read as {other} it is {second}, read as {claim} it is {verdict.kind}"
            break
    return undecided(claim, doubt) if doubt else verdict


# Where a number of which nothing is said must be whole, or the formula has no meaning.
_COUNTS: Final = frozenset({"range", "factorial", "binom"})
_NATURAL: Final = read("integers(0, oo)")
_POSITIVE: Final = read("integers(1, oo)")


def _in_range(verdict: Verdict, claim: App, facts: Given, timeout: float | None) -> Verdict:
    """What fails for components only that a vector does not have is conditional on their indices."""
    if verdict.kind != "refuted" or not (met := tuple(indices_in_range(list(claim.args)))):
        return verdict
    second = judged_in_time(claim, facts.assume(*met), timeout)
    if second.proof is None:
        return verdict
    found = under(claim, second.proof, facts, (*met, *second.proof.hypotheses))
    return verdict if found is None else found


def _as_counted(verdict: Verdict, claim: App, facts: Given, timeout: float | None) -> Verdict:
    """What is undecided for want of a whole number n is decided for natural n, and conditional on that."""
    if _is_about_a_range(verdict):
        return _as_supposed(verdict, claim, facts, _POSITIVE, timeout)
    return _as_supposed(verdict, claim, facts, _NATURAL, timeout) if verdict.kind == "undecided" else verdict


def _is_about_a_range(verdict: Verdict) -> bool:
    """Whether a condition stays open that speaks of a sum, which may have no terms."""
    return any("range" in condition.heads and "sum" in condition.heads for condition in verdict.conditions)


def _as_supposed(verdict: Verdict, claim: App, facts: Given, domain: Term, timeout: float | None) -> Verdict:
    """The verdict with the numbers that count something in a set of whole numbers, and conditional on that."""
    if _COUNTS.isdisjoint(claim.heads):
        return verdict
    counted = [part for part in subterms(claim) if isinstance(part, App) and part.head in _COUNTS]
    told = {fact.args[0] for fact in facts if isinstance(fact, App) and fact.head == "in"}
    names = sorted({name for part in counted for name in part.free_vars if Var(name) not in told})
    natural = tuple(App("in", (Var(name), domain)) for name in names)
    if not natural:
        return verdict
    second = judged_in_time(claim, facts.assume(*natural), timeout)
    if second.proof is None:
        return second if second.kind == "refuted" else verdict
    found = under(claim, second.proof, facts, (*natural, *second.proof.hypotheses))
    return verdict if found is None else found


def _withholding(text: str, claim: App, facts: Given, kind: str) -> str:
    """Why a verdict on what was read may not be one on what was meant; empty where nothing speaks against it."""
    left, right = claim.args
    doubt = ""
    if kind == "refuted":
        doubt = _doubt(left, right) or _unexplained(text, claim, facts) or unnamed_mean(left, right)
        doubt = doubt or called(text, claim.free_vars - facts.names) or _unknown_function(text, claim, facts)
        if not doubt and text:
            doubt = may_be_meant(text, claim, claim.free_vars - facts.names)
        if not doubt and _EVENT.search(text):
            doubt = "ambiguous: P(A) may be the probability of an event"
        if not doubt and r"\sum" in text:
            doubt = unnamed_end(left, right, named_in(text) | facts.names)
    elif kind in ("proved", "conditional") and left != right:
        doubt = called(text, claim.free_vars - facts.names)
        bold = matrices(text, claim.free_vars - facts.names, spoken=False)
        if not doubt and fails_for_matrices(left, right, bold):
            doubt = "outside the fragment: products of matrices, which need not commute"
    return doubt or (two_letters(text) if kind in _DECIDED else "")


_DECIDED: Final = ("proved", "conditional", "refuted")
# What is given of the outcomes that expectations without a distribution range over.
_OUTCOMES: Final = read("pmf[w in Omega](pr(w))")


# A union, an intersection or a complement in the brackets of a probability.
_EVENTS: Final = re.compile(
    r"P\}?\s*(?:\\left)?\([^()=]*(?:\\c[au]p|\\setminus|\\lnot|\\neg|\^\s*\{?\s*(?:c\b|\\complement)|\\(?:bar|overline)\b)"
)
_EVENT: Final = re.compile(r"(?<![A-Za-z\\])P\s*(?:\\left)?\(\s*[A-Z]")
_BARRED: Final = re.compile(r"\\(?:bar|overline)\s*\{?\s*([A-Za-z])(?![A-Za-z])")
_WITH_INDEX: Final = re.compile(r"(?<![A-Za-z\\])([A-Za-z])_\{?[a-z]")
# p(y|x), p(x, y) and p(x_i) are distributions: nobody writes a product of p and a letter so.
_DENSITIES: Final = re.compile(
    r"(?<![A-Za-z\\])[pqP]\s*(?:_\{?[^(){}]*\}?)?\s*(?:\\left)?\("
    r"(?:[^()]*(?:\||\\mid|,)|\s*[a-z]_\{?[a-z]\}?\s*(?:\\right)?\))"
)
# I(X; Y) is information, whatever else stands beside it.
_INFORMATION: Final = re.compile(r"(?<![A-Za-z\\])I\s*\}?\s*(?:\\left)?(?:[(\[][^()\[\]]*;|\[[^()\[\]]*,)")
_SPOKEN_OF: Final = (_DENSITIES, _INFORMATION, _EVENTS)


def _is_of_distributions(claim: Term) -> bool:
    """Whether a claim ranges over outcomes, or over a set that it names itself: a chain may have its own densities."""
    return not claim.heads.isdisjoint(SET_BINDERS) and any(
        isinstance(part, Bind) and part.head in SET_BINDERS and isinstance(part.arg, Var) for part in subterms(claim)
    )


def _has_two_sigmas(claim: Term) -> bool:
    """Whether a sigma is a number at one place and was read as the logistic function at another."""
    return "sigma" in claim.free_vars and any(
        isinstance(part, App) and part.head == "sigmoid" for part in subterms(claim)
    )


def _has_sample_mean(text: str) -> bool:
    r"""Whether \bar x stands beside x_i, whose mean it is: a document knows that."""
    return bool({*_BARRED.findall(text)} & {*_WITH_INDEX.findall(text)})


def _in_display(lhs: Formula, rhs: Formula, given: Assumed, timeout: float | None) -> Verdict | None:
    """The verdict on LaTeX that speaks of distributions, which a document reads from both sides together."""
    if not isinstance(lhs, str) or not isinstance(rhs, str):
        return None
    profile, assumed = (given, ()) if isinstance(given, str) else ("plain", tuple(_known(given)))
    found = relation_in_display(lhs, rhs, profile, assumed, timeout)
    doubt = two_letters(_text(lhs, rhs))
    if found is not None and found.kind == "refuted" and isinstance(found.claim, App):
        doubt = doubt or may_be_meant(_text(lhs, rhs), found.claim, found.claim.free_vars - _known(given).names)
    if not doubt or found is None or found.claim is None or found.kind not in _DECIDED:
        return found
    return undecided(found.claim, doubt)


# Where the notation leaves two readings: how far a slash, an operator, and a bar with a point below it, reaches;
# whether 3\tfrac12 is a sum; whose power log(x)^2 is.
_SLASH: Final = re.compile(r"/|(?:\||\\[rl]?vert)\s*_")
_REACHES: Final = re.compile(
    _SLASH.pattern + r"|\d\s*\\[td]?frac\s*\{?\s*\d" + r"|\\(?:log|ln|lg|nabla|partial)(?![A-Za-z])|\\frac\s*\{?\s*d"
)
# A side that is nothing but a mixed number; beside other factors few people write one.
_MIXED: Final = re.compile(r"\s*(?:-\s*)?\d+\s*\\[td]?frac\s*(?:\d\s*|\{\s*\d+\s*\}\s*){2}")
# Sums and derivatives that may take in what is added behind them.
_REACHING: Final = re.compile(r"\\(?:sum|prod|nabla|partial)(?![A-Za-z])|\\[td]?frac\s*\{?\s*d|d/d")
_POWER_OF_LOG: Final = re.compile(r"\\(?:log|ln|lg)(?![A-Za-z]).*\^", re.DOTALL)


def _other_readings(claim: App, lhs: Formula, rhs: Formula, given: Assumed, kind: str) -> Iterator[App]:
    """The claim as it may be meant otherwise, where that may contradict a verdict.

    A slash, a bar and a mixed number that stands alone are ambiguous for everybody; what an operator takes in, and
    whether a number is mixed elsewhere, is asked only before something is refuted.
    """
    if kind not in _DECIDED:
        return
    text = _text(lhs, rhs)
    mixed = any(isinstance(side, str) and _MIXED.fullmatch(side) for side in (lhs, rhs))
    if mixed or (_REACHES if kind == "refuted" else _SLASH).search(text):
        yield from _reread(claim, lhs, rhs, given, "wide")
    if kind == "refuted" and _POWER_OF_LOG.search(text):
        yield from _reread(claim, lhs, rhs, given, "outside")
    if kind == "refuted" and _REACHING.search(text):
        yield from _reread(claim, lhs, rhs, given, "reaching")
    if kind == "refuted" and "V" in text:
        yield from _reread(claim, lhs, rhs, given, "spread")
    if kind == "refuted":
        yield from (App("=", pair) for pair in with_deviations(*claim.args))
    if kind == "refuted" and _functions((lhs, rhs), _known(given), at_letters=False):
        yield from _reread(claim, lhs, rhs, given, at_letters=False)
    if kind == "refuted" and _WITHOUT_BASE.search(text):
        for base in (r"\\log_{10}", r"\\log_2"):
            left, right = (_WITHOUT_BASE.sub(base, side) if isinstance(side, str) else side for side in (lhs, rhs))
            yield from _reread(claim, left, right, given)


# A logarithm without a base is natural to some, decimal to others, and binary where bits are counted.
_WITHOUT_BASE: Final = re.compile(r"\\(?:log|lg)(?![A-Za-z])(?!\s*_)")


def _text(*formulas: Formula) -> str:
    """What was written in LaTeX."""
    return " ".join(side for side in formulas if isinstance(side, str))


def _reread(
    claim: App, lhs: Formula, rhs: Formula, given: Assumed, reading: str = "", *, at_letters: bool = True
) -> Iterator[App]:
    """The claim with one side or both read in another way, where that makes a difference."""
    profile, known = given if isinstance(given, str) else "plain", _known(given)
    symbols, functions = _symbols(known), _functions((lhs, rhs), known, at_letters=at_letters)
    names = _sequences((lhs, rhs), claim.args)
    sides: list[tuple[Term, ...]] = []
    for side, term in zip((lhs, rhs), claim.args, strict=True):
        if isinstance(side, str):
            try:
                other = with_values(_formula(side, profile, symbols, functions, reading), names)
                sides.append(tuple(dict.fromkeys([term, other])))
                continue
            except NotationError:
                pass  # it makes no sense in that way
        sides.append((term,))
    for left, right in product(*sides):
        if (left, right) != claim.args:
            yield App("=", (left, right))


def _doubt(left: Term, right: Term) -> str:
    """Why a refutation may miss what the author of a formula meant; empty where it does not."""
    parts = [*subterms(left), *subterms(right)]
    heads = {part.head for part in parts if isinstance(part, App)}
    if any(head.endswith("_optimum") for head in heads):
        return "outside the fragment: an optimum, which is not looked for"
    names = {part.name for part in parts if isinstance(part, Var)}
    both = sorted(heads & {*names, *(name.split("_")[0] for name in names)})
    return f"ambiguous: {', '.join(both)} stands for a function and for a number" if both else ""


_COMMAND: Final = re.compile(r"(?<![_^])(?<![_^]\{)\\([A-Za-z]+)(\s*(?:\\left)?\()?")
_NAMED: Final = re.compile(r"\\(?:operatorname|math(?:rm|sf|it|tt))\*?\s*\{\s*([A-Za-z]{2,})\s*\}'*\s*(?:\\left)?\(")


def _unexplained(text: str, claim: App, given: Given) -> str:
    r"""What a command may stand for that was read as a number although nobody says so: `\mod`, `\Gamma(n)`."""
    numbers = claim.free_vars - given.names
    if "i" in numbers and (r"\mathrm{i}" in text or any(_is_square_of_i(part) for part in subterms(claim))):
        return "definition missing: i may be the imaginary unit"
    for name in _NAMED.findall(text):
        if name in {number.rstrip("'") for number in numbers}:
            return f"definition missing: what is {name}?"
    for name, bracket in _COMMAND.findall(text):
        if name in numbers and name not in GREEK:
            return f"definition missing: what is \\{name}?"
        if name in numbers and bracket:
            return f"ambiguous: \\{name}(...) is read as a product, and may be the value of a function"
    return ""


def _unknown_function(text: str, claim: App, given: Given) -> str:
    """What function a letter may stand for that is one by its use alone: W(x) e^{W(x)} = x holds for Lambert's W."""
    usual = load("plain").callables
    unknown = sorted(always_called(text) & claim.heads - given.names - usual)
    return f"definition missing: which function {unknown[0]} is" if unknown else ""


def _is_square_of_i(term: Term) -> bool:
    return isinstance(term, App) and term.head == "^" and term.args[0] == Var("i")


def understood(formulas: Iterable[Formula], given: Assumed = None) -> tuple[tuple[Term, ...], Given]:
    r"""Formulas as terms, and what is given of all their symbols. Domain and errors as of `prove`.

    >>> terms, given = understood([r"\frac{1}{x}"], {"x": "positive"})
    >>> print(*terms, "given", given)
    1 / x given x in interval(0, oo)
    """
    profile = given if isinstance(given, str) else "plain"
    known = _known(given)
    formulas = tuple(formulas)
    functions = _functions(formulas, known)
    ours = [_read(formula, profile, known, functions) for formula in formulas]
    foreign, brought = all_from_sympy(formula for formula, term in zip(formulas, ours, strict=True) if term is None)
    rest = iter(foreign)
    terms = tuple(next(rest) if term is None else term for term in ours)
    facts = Given([*known, *brought]) if tuple(brought) else known
    names = _sequences(formulas, terms)
    if not names:
        return terms, facts
    return tuple(with_values(term, names) for term in terms), values_given(facts, names)


def _sequences(formulas: Iterable[Formula], terms: Iterable[Term]) -> frozenset[str]:
    """The sequences of whose values LaTeX may speak by number."""
    numbered = any(isinstance(formula, str) and _NUMBERED.search(formula) for formula in formulas)
    return sequences(terms) if numbered else frozenset()


def _known(given: Assumed) -> Given:
    """What is assumed, as one object for equal dicts, so that what follows from it is worked out once."""
    if isinstance(given, Given):
        return given
    if isinstance(given, str):
        return load(given).settings[0].given
    if given is not None and not isinstance(given, Mapping):
        raise NotationError(str(given), 0, "a Given, a dict from names to domains, or the name of a profile")
    for name in given or ():
        if not isinstance(name, str) or not name.strip("\\ "):
            raise NotationError(str(name), 0, "the name of a symbol")
    return _from_pairs(tuple((name, _hashable(kind)) for name, kind in (given or {}).items()))


def _hashable(kind: object) -> object:
    return tuple(kind) if isinstance(kind, list) else kind


@lru_cache(maxsize=500)
def _from_pairs(pairs: tuple[tuple[str, object], ...]) -> Given:
    domains = {name.lstrip("\\"): kind for name, kind in pairs}
    alike = {GREEK_ALIASES.get(name, name): kind for name, kind in domains.items()}  # \varphi is read as phi
    return Given.from_dict({**alike, **domains})


@lru_cache(maxsize=2_000)
def _formula(text: str, profile: str, symbols: frozenset[str], functions: frozenset[str], reading: str = "") -> Term:
    """One side of LaTeX, perhaps read `wide`, `outside`, ...; the neighbours in a chain share theirs."""
    return read_formula(
        text, profile, symbols=symbols, functions=functions, constants=True,
        wide=reading == "wide", outside=reading == "outside",
        reaching=reading == "reaching", spread=reading == "spread",
    )  # fmt: skip


def _symbols(known: Given) -> frozenset[str]:
    """The letters that the given speaks of as numbers."""
    return frozenset(fact.args[0].name for fact in known if isinstance(fact, App) and isinstance(fact.args[0], Var))


def _functions(formulas: Iterable[Formula], known: Given, *, at_letters: bool = True) -> frozenset[str]:
    """The letters of LaTeX that are functions by their use, and not told to be numbers."""
    text = _text(*formulas)
    return always_called(text, at_letters=at_letters) - _symbols(known) - _NO_FUNCTIONS if "(" in text else frozenset()


_NO_FUNCTIONS: Final = frozenset("deEHP")  # an operator, or the number e


def _read(formula: Formula, profile: str, known: Given, functions: frozenset[str]) -> Term | None:
    """The term of LaTeX or of a whole number; None for what SymPy's door is to read."""
    if isinstance(formula, Term):
        return formula
    if isinstance(formula, str):
        return _formula(formula, profile, _symbols(known), functions)
    if isinstance(formula, int) and not isinstance(formula, bool):
        return number(formula)
    if isinstance(formula, (int, float)):
        raise NotationError(str(formula), 0, "LaTeX, a SymPy expression, a whole number or a term")
    return None


@dataclass(frozen=True)
class SheetClaim:
    """A claim of the solution sheet as the outside sees it.

    >>> score = next(claim for claim in claims() if claim.name == "score")
    >>> print(score.statement)
    d[beta = beta](log(bern(beta, z))) = z / beta - (1 - z) / (1 - beta)
    >>> [step.line.because for step in score.derivation]
    [('log-bernoulli',), ('log-rule',)]
    """

    claim: Claim

    @property
    def name(self) -> str:
        """The name by which commands know it."""
        return self.claim.name

    @property
    def task(self) -> str:
        """The question that it answers."""
        return self.claim.task

    @property
    def statement(self) -> Term:
        """The proposition."""
        return self.claim.proposition

    @property
    def given(self) -> Given:
        """What it assumes."""
        return self.claim.assumptions

    @property
    def derivation(self) -> tuple[Step, ...]:
        """The proved steps; empty where the statement is proved in one go. Raises ClaimFailed."""
        return self.proof().steps

    @property
    def sympy(self) -> object:
        """The statement as a SymPy expression. Raises OutsideFragment where SymPy has no such thing."""
        return to_sympy(self.claim.proposition, self.claim.assumptions)

    def proof(self) -> Proof:
        """The proof of every line, made anew. Raises ClaimFailed."""
        return self.claim.proof()

    def evidence(self, *, simulate: bool = False) -> Evidence:
        """Kernel, SymPy and numbers. Raises ClaimFailed where one of them disagrees."""
        return gather(self.claim, simulate=simulate)


def claims() -> tuple[SheetClaim, ...]:
    """The claims of the solution sheet, in the order of the question sheet."""
    return tuple(SheetClaim(claim) for claim in CLAIMS)

r"""Hypothesis strategies for the fragment: terms, givens, points of a given, probability mass functions.

    terms(names), rational_functions(names), polynomials(names)     terms in free symbols
    givens(names)                                                   what may be assumed of symbols
    points(given)                                                   values that satisfy a given, as dyadic fractions
    pmfs(size)                                                      probabilities that sum to 1 exactly

Numbers are dyadic: a float holds them exactly, so that a function and a formula are tried at the same point.

>>> from hypothesis import find
>>> print(find(polynomials(["x"]), lambda term: "x" in term.free_vars))
x
>>> find(points(Given.of("b in interval(0, 1)", "m in integers(1, oo)")), lambda point: point["m"] > 1)
{'b': Fraction(1, 2), 'm': Fraction(2, 1)}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from flint import fmpq
from hypothesis import assume
from hypothesis import strategies as st

from derivations.given import Given
from derivations.models.model import Model
from derivations.refute import agree, value
from derivations.term import App, Num, Term, Var, bind, number

KINDS: Final = ("real", "positive", "integer", "positive integer", "bit", ("0", "1"))
_FUNCTIONS: Final = ("log", "exp", "sqrt", "sigmoid")
_PARTS: Final = 64  # of an interval
_WIDE: Final = 8  # how far from its end an unbounded set is tried
_WHOLES: Final = frozenset({"integers", "range", "bits"})


# ---------------------------------------------------------------- terms


def leaves(names: Sequence[str], most: int = 4) -> st.SearchStrategy[Term]:
    """A numeral up to `most`, or one of the symbols."""
    numerals: st.SearchStrategy[Term] = st.integers(0, most).map(Num)
    return st.one_of(numerals, st.sampled_from(list(names)).map(Var)) if names else numerals


def pairs(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """A sum, a difference or a product."""
    return st.builds(lambda head, left, right: App(head, (left, right)), st.sampled_from("+-*"), inner, inner)


def negatives(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """A term with a minus in front."""
    return inner.map(lambda term: App("neg", (term,)))


def quotients(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """A quotient, whose denominator may be zero."""
    return st.builds(lambda left, right: App("/", (left, right)), inner, inner)


def powers(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """A small whole power, also a negative one."""
    return st.builds(lambda base, k: App("^", (base, number(k))), inner, st.integers(-2, 3))


def functions(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """An elementary function of a term, which may have no value there."""
    return st.builds(lambda head, arg: App(head, (arg,)), st.sampled_from(_FUNCTIONS), inner)


def binders(inner: st.SearchStrategy[Term], names: Sequence[str]) -> st.SearchStrategy[Term]:
    """A sum over {0, 1}, or a derivative, by one of the symbols."""
    chosen = st.sampled_from(list(names))
    sums = st.builds(lambda name, body: bind("sum", name, App("bits"), body), chosen, inner)
    slopes = st.builds(lambda name, body: bind("d", name, Var(name), body), chosen, inner)
    return st.one_of(sums, slopes)


def recursive(
    names: Sequence[str], *makers: Callable[[st.SearchStrategy[Term]], st.SearchStrategy[Term]], size: int = 8
) -> st.SearchStrategy[Term]:
    """Terms of about `size` leaves that the makers build."""
    return st.recursive(leaves(names), lambda inner: st.one_of(*(make(inner) for make in makers)), max_leaves=size)


def polynomials(names: Sequence[str], *, size: int = 8) -> st.SearchStrategy[Term]:
    """Polynomials in the symbols, as an author would leave them."""
    return recursive(names, pairs, negatives, size=size)


def rational_functions(names: Sequence[str], *, size: int = 8) -> st.SearchStrategy[Term]:
    """Quotients and powers too; some have no value anywhere."""
    return recursive(names, pairs, quotients, powers, negatives, size=size)


def terms(names: Sequence[str], *, size: int = 10) -> st.SearchStrategy[Term]:
    """Elementary functions, sums over {0, 1} and derivatives too."""
    return recursive(
        names, pairs, quotients, powers, functions, *([lambda inner: binders(inner, names)] if names else []), size=size
    )


# ---------------------------------------------------------------- givens, points, mass functions


def givens(names: Iterable[str]) -> st.SearchStrategy[Given]:
    """Each symbol with one of the kinds that `prove` knows."""
    return st.fixed_dictionaries({name: st.sampled_from(KINDS) for name in names}).map(Given.from_dict)


@st.composite
def points(draw: st.DrawFn, given: Given, names: Iterable[str] | None = None) -> dict[str, Fraction]:
    """Numbers for the symbols that the given says to be real or whole, or for those of some names.

    A name without a domain is a real number. Facts that tie symbols to one another are satisfied by trying again, those
    about abstract functions are not looked at.
    """
    domains = _domains(given)
    wanted = sorted(domains if names is None else names)
    point: dict[str, Fraction] = {}
    while len(point) < len(wanted):
        ready = [name for name in wanted if name not in point and _ends(domains.get(name)) & {*wanted} <= point.keys()]
        for name in ready or [name for name in wanted if name not in point][:1]:
            point[name] = draw(_numbers(domains.get(name, App("reals")), point))
    model = model_at(point, given)
    assume(all(agree(fact, model) is not False for fact in given if _is_about(fact, point)))
    return point


def model_at(point: Mapping[str, Fraction], given: Given, functions: Mapping[Any, Any] | None = None) -> Model:
    """The model in which the symbols have these values, and abstract functions these meanings."""
    wholes = frozenset(name for name, domain in _domains(given).items() if domain.head in _WHOLES)
    return Model({name: exact(number) for name, number in point.items()}, {}, dict(functions or {}), wholes)


def exact(number: Fraction) -> fmpq:
    """A fraction as the rational number that the evaluator works with."""
    return fmpq(number.numerator, number.denominator)


@st.composite
def pmfs(draw: st.DrawFn, size: int, *, zeros: bool = False) -> tuple[Fraction, ...]:
    """So many probabilities, in 64ths; `zeros` lets some of them vanish. Domain: 1 <= size <= 64.

    >>> from hypothesis import given
    >>> given(pmfs(5))(lambda chances: None)()
    """
    least = 0 if zeros else 1
    cuts = sorted(
        draw(st.lists(st.integers(least, _PARTS - least), min_size=size - 1, max_size=size - 1, unique=not zeros))
    )
    return tuple(Fraction(high - low, _PARTS) for low, high in zip([0, *cuts], [*cuts, _PARTS], strict=True))


def _domains(given: Given) -> dict[str, App]:
    """The set of numbers in which the given says a symbol to be."""
    found = {}
    for fact in given:
        if isinstance(fact, App) and fact.head == "in":
            symbol, domain = fact.args
            if isinstance(symbol, Var) and isinstance(domain, App) and domain.head in (*_WHOLES, "interval", "reals"):
                found[symbol.name] = domain
    return found


def _is_about(fact: Term, point: Mapping[str, Fraction]) -> bool:
    return fact.free_vars <= point.keys() and not any(name.startswith("?") for name in fact.free_vars)


def _ends(domain: Term | None) -> frozenset[str]:
    return frozenset() if domain is None else domain.free_vars


def _numbers(domain: Term, point: Mapping[str, Fraction]) -> st.SearchStrategy[Fraction]:
    if not isinstance(domain, App) or domain.head == "reals":
        return st.integers(-_WIDE * 16, _WIDE * 16).map(lambda k: Fraction(k, 16))
    if domain.head == "bits":
        return st.integers(0, 1).map(Fraction)
    low, high = (_end(end, point) for end in domain.args)
    if domain.head == "interval":
        return _inside(low, high)
    first = -_WIDE if low is None else -(-low // 1)
    last = max(first, 0) + _WIDE if high is None else high // 1
    return st.integers(int(min(first, last)), int(max(first, last))).map(Fraction)


def _end(end: Term, point: Mapping[str, Fraction]) -> Fraction | None:
    """The value of an end of an interval; None where there is none."""
    found = value(end, Model({name: exact(number) for name, number in point.items()}, {}, {}, frozenset()))
    if isinstance(found, fmpq):
        return Fraction(int(found.p), int(found.q))
    middle = getattr(found, "mid", None)
    return None if middle is None else Fraction(float(middle()))


def _inside(low: Fraction | None, high: Fraction | None) -> st.SearchStrategy[Fraction]:
    """Floats strictly between the ends, those with few digits in the middle first."""
    if low is None and high is None:
        return _numbers(App("reals"), {})
    first = Fraction(_WIDE) * -1 + high if low is None and high is not None else low or Fraction(0)
    width = (first + _WIDE if high is None else high) - first
    parts = st.integers(1, _PARTS - 1).map(lambda k: (k + _PARTS // 2 - 2) % (_PARTS - 1) + 1)
    numbers = parts.map(lambda k: Fraction(float(first + width * Fraction(k, _PARTS))))
    return numbers.filter(lambda x: (low is None or low < x) and (high is None or x < high))

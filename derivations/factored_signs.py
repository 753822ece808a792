"""A relation as 0 <= t or 0 < t, and what of t is positive anyway: its positive factors, the signs that are known.

Untrusted: the kernel replays every move.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from derivations.conditions import holds
from derivations.errors import KernelError, OutsideFragment
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move, after
from derivations.normal_form import normal_form
from derivations.normal_form.canonical import Canonical
from derivations.polynomial import ONE, Coefficient, Monomial, Polynomial
from derivations.term import App, Num, Term, div, mul, neg, number, subterms

_ZERO: Final = Num(0)
# The row that makes 0 <= b - a of a <= b, and how the rows about 0 <= t and 0 < t begin.
BY_DIFFERENCE: Final = {"<": "less-by-difference", "<=": "at-most-by-difference"}
WORDS: Final = {"<": "positive", "<=": "not-negative"}


def difference(claim: App, given: Given) -> tuple[tuple[Move, ...], Term]:
    """The moves from a <= b or a < b to 0 <= t or 0 < t, with the normal form t of b - a, and t.

    >>> from derivations.notation import read
    >>> print(difference(read("x * y <= x^2"), Given.of("0 < x"))[1])
    -x * y + x^2
    """
    start: tuple[Move, ...] = () if claim.args[0] == _ZERO else (Apply(BY_DIFFERENCE[claim.head]),)
    reached = after(claim, start, given)
    if not isinstance(reached, App):
        raise KernelError("the difference is no relation")
    normal, moves = normal_form(reached.args[1], given)
    return ((*start, Inside(1, moves)) if moves else start), normal


def signs(claim: Term) -> Iterator[Term]:
    """What absolute values and maxima ask the sign of."""
    for part in subterms(claim):
        if isinstance(part, App) and not part.loose:
            if part.head == "abs":
                yield part.args[0]
            elif part.head in ("max", "min"):
                yield part.args[0] if part.args[1] == _ZERO else App("-", part.args)


def has_sign(term: Term, given: Given) -> bool:
    """Whether the given tells that a term is not negative, or that it is not positive."""
    return holds(App("<=", (_ZERO, term)), given) or holds(App("<=", (term, _ZERO)), given)


def stripped(term: Term, given: Given) -> tuple[Term | None, Term] | None:
    """A term as a positive product and the rest of its factors, with the sign; None for a product left as it is."""
    product = Canonical().factors(term)
    positive: list[Term] = []
    rest: list[Term] = []
    sign = 1
    for factor in factors_of(product):
        if holds(App("<", (_ZERO, factor)), given):
            positive.append(factor)
        elif holds(App("<", (factor, _ZERO)), given):
            positive.append(neg(factor))
            sign = -sign
        else:
            rest.append(factor)
    if not rest:
        return None
    kept = _multiplied(rest)
    if sign < 0:
        kept = normal_form(neg(kept), given)[0]
    return (_multiplied(positive) if positive else None if sign > 0 else Num(1)), kept


def factors_of(term: Term) -> Iterator[Term]:
    """The factors of a term that is written as a product, a quotient or a negative."""
    if isinstance(term, App) and term.head == "*":
        for arg in term.args:
            yield from factors_of(arg)
    elif isinstance(term, App) and term.head == "/":
        yield from factors_of(term.args[0])
        for factor in factors_of(term.args[1]):
            yield div(Num(1), factor)
    elif isinstance(term, App) and term.head == "neg":
        yield number(-1)
        yield from factors_of(term.args[0])
    else:
        yield term


def _multiplied(factors: list[Term]) -> Term:
    total = factors[0]
    for factor in factors[1:]:
        total = mul(total, factor)
    return total


def before_logarithms(term: Term, given: Given) -> tuple[Term, Term] | None:
    """A positive factor that stands before all logarithms of a sum, and the sum divided by it; None without one.

    Where x log(1 + 1/x) < 1 is asked for, 1/x - log(1 + 1/x) has a derivative without logarithms.

    >>> from derivations.notation import read
    >>> found = before_logarithms(read("1 - x * log(1 + x)"), Given.of("0 < x"))
    >>> print(*(found or ()))
    x -log(1 + x) + 1 / x
    """
    numbers = Canonical()
    try:
        top, bottom = numbers.quotient(term)
    except OutsideFragment:
        return None
    logs = {g for g, atom in enumerate(numbers.atoms) if isinstance(atom, App) and atom.head == "log"}
    if bottom != {ONE: 1} or not logs:
        return None
    shares = {_direction(share) for share in _shares(top, logs)}
    if len(shares) != 1 or not (share := dict(next(iter(shares)))) or set(share) == {ONE}:
        return None
    for factor in (numbers.written(share), neg(numbers.written(share))):
        if holds(App("<", (_ZERO, factor)), given):
            return factor, normal_form(div(term, factor), given)[0]
    return None


def _shares(top: Polynomial, logs: set[int]) -> Iterator[Polynomial]:
    """What each logarithm is multiplied by; nothing at all where one is squared or multiplied by another."""
    found: dict[int, Polynomial] = {}
    for monomial, coefficient in top.items():
        inside = [(g, e) for g, e in monomial if g in logs]
        if len(inside) > 1 or any(e != 1 for _, e in inside):
            return
        for log, _ in inside:
            rest: Monomial = tuple(pair for pair in monomial if pair[0] != log)
            found.setdefault(log, {})[rest] = coefficient
    yield from found.values()


def _direction(share: Polynomial) -> tuple[tuple[Monomial, Coefficient], ...]:
    """A polynomial up to a number."""
    items = sorted(share.items())
    return tuple((monomial, Fraction(coefficient) / items[0][1]) for monomial, coefficient in items)

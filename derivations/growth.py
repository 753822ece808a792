"""Orders of growth beside s = 0: coefficients, monomials in s, log(1/s) and exponentials, and which of them is larger.

Source: Hardy, *Orders of Infinity* (1910), chapter 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from derivations.conditions import holds
from derivations.given import Given
from derivations.polynomial import Field
from derivations.term import App, Bind, Num, Term, mul, neg, number, subterms

# A rational number where it is one, else a term without the variable.
Coefficient: TypeAlias = "Fraction | Term"
_MOST_NODES: Final = 150  # of a coefficient
ZERO: Final = Num(0)
INFINITY: Final = App("oo")
MINUS_INFINITY: Final = App("neg", (INFINITY,))
FIRST: Final = Fraction(1)
_NATURAL: Final = App("integers", (ZERO, INFINITY))
_MINUS_ONE: Final = App("neg", (Num(1),))


class Unknown(Exception):
    """The leading term cannot be told."""


class Nowhere(Unknown):
    """The function has no value on this side of the point."""


class Monomial(NamedTuple):
    """s^p l^q exp(sum of c s^a l^b over the (a, b, c) of `exponent`)."""

    power: Fraction = Fraction(0)
    log: Fraction = Fraction(0)
    exponent: tuple[tuple[Fraction, Fraction, Coefficient], ...] = ()


class Series(NamedTuple):
    """Terms by falling growth, and a monomial that bounds what is left out; None where nothing is."""

    terms: tuple[tuple[Monomial, Coefficient], ...]
    rest: Monomial | None = None


ONE: Final = Monomial()
LOG: Final = Monomial(log=FIRST)
BESIDE: Final = Monomial(power=FIRST)


# ---------------------------------------------------------------- coefficients


def rational(term: Term) -> Coefficient:
    """A term as a number, where it is rational."""
    if not term.free_vars and all(isinstance(part, (Num, App)) for part in subterms(term)):
        numbers = Field()
        top, bottom = numbers.quotient(term)
        if not numbers.atoms and len(bottom) == 1:
            return Fraction(top.get((), 0)) / Fraction(bottom[()])
    return term


def defined(term: Term, given: Given) -> Coefficient:
    """A term without the variable that surely has a value. Raises Unknown."""
    if any(isinstance(part, Bind) or part == INFINITY for part in subterms(term)):
        raise Unknown
    if not all(holds(need, given) for need in _needs(term)):
        raise Unknown
    return rational(term)


def as_term(coefficient: Coefficient) -> Term:
    """A coefficient as a term."""
    return coefficient if isinstance(coefficient, Term) else number(coefficient)


def joined(left: Coefficient, right: Coefficient, sign: int = 1) -> Coefficient:
    """left + sign * right. Raises Unknown for what is too large."""
    if not isinstance(left, Term) and not isinstance(right, Term):
        return left + sign * right
    if not isinstance(right, Term) and right < 0:
        right, sign = -right, -sign
    return small_enough(App("+" if sign > 0 else "-", (as_term(left), as_term(right))))


def multiplied(left: Coefficient, right: Coefficient) -> Coefficient:
    """left * right. Raises Unknown for what is too large."""
    if not isinstance(left, Term) and not isinstance(right, Term):
        return left * right
    for one, other in ((left, right), (right, left)):
        if one == 1:
            return other
        if one == -1:
            return neg(as_term(other))
    return small_enough(mul(as_term(left), as_term(right)))


def small_enough(term: Term) -> Term:
    """The term itself. Raises Unknown for one that is too large to go on with."""
    if sum(1 for _ in subterms(term)) > _MOST_NODES:
        raise Unknown
    return term


def is_zero(coefficient: Coefficient) -> bool:
    """Whether a coefficient is surely 0."""
    if not isinstance(coefficient, Term):
        return coefficient == 0
    numbers = Field(roots=True)
    return numbers.equal(coefficient, ZERO)


def sign_of(coefficient: Coefficient, given: Given) -> int:
    """1 or -1. Raises Unknown."""
    if not isinstance(coefficient, Term):
        return 1 if coefficient > 0 else -1
    if holds(App("<", (ZERO, coefficient)), given):
        return 1
    if holds(App("<", (coefficient, ZERO)), given):
        return -1
    raise Unknown


# ---------------------------------------------------------------- growth


def tendency(monomial: Monomial, given: Given) -> int:
    """1 for what grows without bound as s -> 0, -1 for what tends to 0, 0 for the constant 1."""
    for _, _, coefficient in monomial.exponent:  # the fastest comes first, and each outgrows all powers of s and l
        if not is_zero(coefficient):
            return sign_of(coefficient, given)
    if monomial.power:
        return 1 if monomial.power < 0 else -1
    return (monomial.log > 0) - (monomial.log < 0)


def times(left: Monomial, right: Monomial, times: int = 1) -> Monomial:
    """left * right^times."""
    exponent = {(a, b): c for a, b, c in left.exponent}
    for a, b, c in right.exponent:
        exponent[a, b] = joined(exponent.get((a, b), Fraction(0)), c if times > 0 else multiplied(-FIRST, c))
    parts = [(a, b, c) for (a, b), c in exponent.items() if not is_zero(c)]
    return Monomial(
        left.power + times * right.power,
        left.log + times * right.log,
        tuple(sorted(parts, key=lambda part: (part[0], -part[1]))),
    )


def compared(left: Monomial, right: Monomial, given: Given) -> int:
    """1 where left grows faster, -1 where it grows more slowly, 0 for the same monomial."""
    return tendency(times(left, right, -1), given)


def _needs(term: Term) -> Iterator[Term]:
    """What a term without the variable needs in order to have a value; nothing is known of other shapes."""
    if isinstance(term, App):
        for arg in term.args:
            yield from _needs(arg)
        own = _NEEDS.get(term.head)
        if own is not None:
            yield from own(*term.args)


_NEEDS: Final[dict[str, Callable[..., tuple[Term, ...]]]] = {
    "/": lambda top, bottom: (App("!=", (bottom, ZERO)),),
    "log": lambda u: (App("<", (ZERO, u)),),
    "sqrt": lambda u: (App("<=", (ZERO, u)),),
    "logit": lambda u: (App("<", (ZERO, u)), App("<", (u, Num(1)))),
    "arcsin": lambda u: (App("<=", (_MINUS_ONE, u)), App("<=", (u, Num(1)))),
    "arccos": lambda u: (App("<=", (_MINUS_ONE, u)), App("<=", (u, Num(1)))),
    "artanh": lambda u: (App("<", (_MINUS_ONE, u)), App("<", (u, Num(1)))),
    "arcosh": lambda u: (App("<=", (Num(1), u)),),
    "root": lambda u, n: (App("<", (App("^", (_MINUS_ONE, n)), ZERO)),),  # an odd degree
    "bern": lambda b, z: (App("in", (z, App("bits"))),),
    "^": lambda base, exponent: () if isinstance(exponent, Num) else (App("<", (ZERO, base)),),
    "factorial": lambda n: (App("in", (n, _NATURAL)),),
    "binom": lambda n, k: (App("in", (n, _NATURAL)), App("in", (k, _NATURAL))),
    "normal": lambda x, mean, variance: (App("<", (ZERO, variance)),),
}


def is_nothing(series: Series) -> bool:
    """The constant 0."""
    return not series.terms and series.rest is None

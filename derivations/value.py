"""Values: exact rationals where possible, balls elsewhere, and what derivatives and limits need on top.

A number is a rational (`fmpq`) or a ball (`arb`) that surely holds the real number it stands for. A `Jet` is
a + b*eps with eps^2 = 0; every derivative in progress has an eps of its own (its `level`), so that derivatives of all
orders are exact. A `Quotient` is a rational function of one unknown, for limits. Nothing here is ever rounded without
its error: where a value does not exist, or a ball is too wide to tell, the answer is `Undefined`.

Sources: Johansson, *Arb: efficient arbitrary-precision midpoint-radius interval arithmetic* (2017);
Siskind, Pearlmutter, *Nesting forward-mode AD in a functional framework* (2008), for one level per derivative.

>>> str(mul(fmpq(1, 2), fmpq(2, 3)))
'1/3'
>>> str(slope(mul(Jet(1, fmpq(3), ONE), Jet(1, fmpq(3), ONE)), 1))  # the derivative of x*x at 3
'6'
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from flint import arb, fmpq, fmpq_poly, fmpz

from derivations.errors import OutsideFragment

MOST_BITS: Final = 20_000  # the size of an exact number
MOST_EXPONENT: Final = 1 << 20  # 2^(2^20) is the largest magnitude that is ever computed
_MOST_DEGREE: Final = 60
_TIDY_DEGREE: Final = 8  # beyond this, common factors are cancelled

ZERO: Final = fmpq(0)
ONE: Final = fmpq(1)


class Undefined(OutsideFragment):
    """There is no value here, or none that may be computed: such a point refutes nothing."""


class Huge(Undefined):
    """There is a value, but it is too large, or too much work, to be computed."""


class Blurred(Undefined):
    """A ball is too wide to tell; a higher precision may."""


@dataclass(slots=True, eq=False)
class Jet:
    """standard + slope * eps, where eps^2 = 0 and eps belongs to the derivative of this level."""

    level: int
    standard: Scalar
    slope: Scalar


@dataclass(slots=True, eq=False)
class Quotient:
    """top / bottom, polynomials in the unknown of a limit; the bottom is not the zero polynomial."""

    top: fmpq_poly
    bottom: fmpq_poly


@dataclass(frozen=True, slots=True)
class Element:
    """An element of an abstract set: it can be told from the others, and nothing more."""

    index: int

    def __str__(self) -> str:
        return str(self.index)


@dataclass(frozen=True, slots=True)
class Infinity:
    """What a limit may be besides a number."""

    sign: int

    def __str__(self) -> str:
        return "oo" if self.sign > 0 else "-oo"


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """A vector of unknown length, given by its components."""

    name: str
    component: Callable[[int], Value]


Number: TypeAlias = fmpq | arb
Scalar: TypeAlias = fmpq | arb | Jet | Quotient
Value: TypeAlias = fmpq | arb | Jet | Quotient | Element | Infinity | Sequence | tuple["Value", ...]

# ---------------------------------------------------------------- from one kind to another


def sized(number: fmpq) -> fmpq:
    """The number itself. Raises Undefined where it has too many digits."""
    if number.height_bits() > MOST_BITS:
        raise Huge("a number with too many digits")
    return number


def ball(value: Value) -> arb:
    """The value as a ball at the present precision. Raises Undefined for what is no number."""
    if isinstance(value, arb):
        return value
    if isinstance(value, fmpq):
        return arb(value)
    raise Undefined("not a number")


def scalar(value: Value) -> Scalar:
    """The value itself, where it can be calculated with. Raises Undefined for vectors and elements."""
    if isinstance(value, fmpq | arb | Jet | Quotient):
        return value
    raise Undefined("not a number")


def whole(value: Value) -> int:
    """The value as a whole number. Raises Undefined where it is not surely one."""
    if isinstance(value, fmpq) and value.q == 1:
        return int(value.p)
    raise Undefined("not a whole number")


def slope(value: Value, level: int) -> Scalar:
    """The coefficient of the eps of `level`."""
    if isinstance(value, Jet) and value.level == level:
        return value.slope
    scalar(value)
    return ZERO


def _quotient(value: Value) -> Quotient:
    if isinstance(value, Quotient):
        return value
    if isinstance(value, fmpq):
        return Quotient(fmpq_poly([value]), _UNIT)
    raise Undefined("not a rational function")


def _ratio(top: fmpq_poly, bottom: fmpq_poly) -> Quotient:
    if top.degree() + bottom.degree() > _TIDY_DEGREE:
        common = top.gcd(bottom)
        top, bottom = top // common, bottom // common
    if top.degree() > _MOST_DEGREE or bottom.degree() > _MOST_DEGREE:
        raise Undefined("a rational function of too high a degree")
    return Quotient(top, bottom)


_UNIT: Final = fmpq_poly([1])
UNKNOWN: Final = Quotient(fmpq_poly([0, 1]), _UNIT)


def _aligned(left: Value, right: Value) -> tuple[int, Value, Scalar, Value, Scalar]:
    """Both sides as jets of the innermost level: (level, a, a', b, b')."""
    a = left.level if isinstance(left, Jet) else 0
    b = right.level if isinstance(right, Jet) else 0
    level = max(a, b)
    x, dx = (left.standard, left.slope) if isinstance(left, Jet) and a == level else (left, ZERO)
    y, dy = (right.standard, right.slope) if isinstance(right, Jet) and b == level else (right, ZERO)
    return level, x, dx, y, dy


# ---------------------------------------------------------------- arithmetic


def add(left: Value, right: Value) -> Scalar:
    """left + right."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return sized(left + right)
    if isinstance(left, Jet) or isinstance(right, Jet):
        level, x, dx, y, dy = _aligned(left, right)
        return Jet(level, add(x, y), add(dx, dy))
    if isinstance(left, Quotient) or isinstance(right, Quotient):
        p, q = _quotient(left), _quotient(right)
        return _ratio(p.top * q.bottom + q.top * p.bottom, p.bottom * q.bottom)
    return ball(left) + ball(right)


def neg(value: Value) -> Scalar:
    """-value."""
    if isinstance(value, fmpq | arb):
        return -value
    if isinstance(value, Jet):
        return Jet(value.level, neg(value.standard), neg(value.slope))
    if isinstance(value, Quotient):
        return Quotient(-value.top, value.bottom)
    raise Undefined("not a number")


def sub(left: Value, right: Value) -> Scalar:
    """left - right."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return sized(left - right)
    if isinstance(left, arb) and isinstance(right, arb):
        return left - right
    return add(left, neg(right))


def mul(left: Value, right: Value) -> Scalar:
    """left * right; an exact zero times a value is an exact zero."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return sized(left * right)
    if isinstance(left, fmpq) and not left:
        scalar(right)
        return ZERO
    if isinstance(right, fmpq) and not right:
        scalar(left)
        return ZERO
    if isinstance(left, Jet) or isinstance(right, Jet):
        level, x, dx, y, dy = _aligned(left, right)
        return Jet(level, mul(x, y), add(mul(dx, y), mul(x, dy)))
    if isinstance(left, Quotient) or isinstance(right, Quotient):
        p, q = _quotient(left), _quotient(right)
        return _ratio(p.top * q.top, p.bottom * q.bottom)
    return ball(left) * ball(right)


def div(left: Value, right: Value) -> Scalar:
    """left / right. Raises Undefined where right is, or may be, zero."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        if not right:
            raise Undefined("division by zero")
        return sized(left / right)
    if isinstance(left, Jet) or isinstance(right, Jet):
        level, x, dx, y, dy = _aligned(left, right)
        ratio = div(x, y)
        return Jet(level, ratio, div(sub(dx, mul(ratio, dy)), y))
    if isinstance(left, Quotient) or isinstance(right, Quotient):
        p, q = _quotient(left), _quotient(right)
        if not q.top:
            raise Undefined("division by zero")
        return _ratio(p.top * q.bottom, p.bottom * q.top)
    divisor = ball(right)
    if divisor.contains(0):
        raise Undefined("division by zero") if divisor.is_zero() else Blurred("a divisor that may be zero")
    return ball(left) / divisor


def whole_power(base: Value, exponent: int) -> Scalar:
    """base ^ exponent, with 0^0 = 1. Raises Undefined for 0 to a negative power and for huge results."""
    if exponent == 0:
        scalar(base)
        return ONE
    if exponent < 0:
        return div(ONE, whole_power(base, -exponent))
    if isinstance(base, fmpq):
        return _exact_power(base, exponent)
    if isinstance(base, arb):
        if exponent > MOST_EXPONENT or not abs(base) < arb(2) ** (MOST_EXPONENT // exponent):
            raise Huge("a huge power")
        return base ** fmpz(exponent)
    if isinstance(base, Jet):
        inner = whole_power(base.standard, exponent - 1)
        return Jet(base.level, mul(inner, base.standard), mul(mul(fmpq(exponent), inner), base.slope))
    if isinstance(base, Quotient):
        if exponent > _MOST_DEGREE:
            raise Undefined("a rational function of too high a degree")
        return _ratio(base.top**exponent, base.bottom**exponent)
    raise Undefined("not a number")


def _exact_power(base: fmpq, exponent: int) -> Scalar:
    if abs(base) == ONE or not base:
        return base if exponent % 2 else base * base
    if base.height_bits() * exponent <= MOST_BITS:
        return base**exponent
    return whole_power(arb(base), exponent)


# ---------------------------------------------------------------- comparisons: True, False, or None for "cannot tell"


def same(left: Value, right: Value) -> bool | None:
    """left = right. True only for exact values, False only where they surely differ."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return bool(left == right)
    if isinstance(left, Infinity) or isinstance(right, Infinity):
        other = right if isinstance(left, Infinity) else left
        return left == right if isinstance(other, Infinity | fmpq) else None
    if isinstance(left, Element) and isinstance(right, Element):
        return left == right
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _same_components(left, right)
    return None if ball(left).overlaps(ball(right)) else False


def _same_components(left: tuple[Value, ...], right: tuple[Value, ...]) -> bool | None:
    if len(left) != len(right):
        raise Undefined("vectors of different lengths")
    answers = [same(a, b) for a, b in zip(left, right, strict=True)]
    if False in answers:
        return False
    return None if None in answers else True


def less(left: Value, right: Value) -> bool | None:
    """left < right, where balls that do not meet may tell."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return bool(left < right)
    a, b = ball(left), ball(right)
    if a < b:
        return True
    return False if a >= b else None


def at_most(left: Value, right: Value) -> bool | None:
    """left <= right."""
    answer = less(right, left)
    return None if answer is None else not answer


# ---------------------------------------------------------------- limits of rational functions


def limit(value: Value, point: fmpq | Infinity, side: int) -> Value:
    """The limit of a rational function of `UNKNOWN` at `point`, from above (side 1) or from below (side -1).

    Source: the first terms of the Laurent expansions of top and bottom decide.

    >>> str(limit(div(ONE, UNKNOWN), ZERO, -1)), str(limit(UNKNOWN, fmpq(3), 1))
    ('-oo', '3')
    """
    if isinstance(value, Jet):
        raise Undefined("the derivative of a limit")
    if not isinstance(value, Quotient):
        return scalar(value)
    if not value.top:
        return ZERO
    if isinstance(point, Infinity):
        order = value.bottom.degree() - value.top.degree()
        leading = value.top.leading_coefficient() / value.bottom.leading_coefficient()
        side = point.sign
    else:
        shift = fmpq_poly([point, 1])
        (a, first), (b, second) = _first_term(value.top(shift)), _first_term(value.bottom(shift))
        order, leading = a - b, first / second
    if order > 0:
        return ZERO
    if order == 0:
        return leading
    return Infinity(1 if (leading > 0) == (side > 0 or order % 2 == 0) else -1)


def _first_term(polynomial: fmpq_poly) -> tuple[int, fmpq]:
    """The order and the coefficient of the lowest term."""
    for order, coefficient in enumerate(polynomial.coeffs()):
        if coefficient:
            return order, coefficient
    raise Undefined("the zero polynomial")

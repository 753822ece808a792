"""Intervals over Q, and arithmetic on them: rounding outwards, ends remembered as attained or not.

Source: Moore, Kearfott, Cloud, *Introduction to Interval Analysis* (2009), chapters 2 and 5.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Final, NamedTuple

_MOST_EXPONENT: Final = 64
_SCALE: Final = 2**40  # roots are known to this many parts


class Interval(NamedTuple):
    """From `low` to `high`; None is infinity; `open_low`, `open_high`: the end itself is not attained."""

    low: Fraction | None = None
    open_low: bool = True
    high: Fraction | None = None
    open_high: bool = True

    @property
    def positive(self) -> bool:
        """Every value is > 0."""
        return self.low is not None and (self.low > 0 or (self.low == 0 and self.open_low))

    @property
    def nonnegative(self) -> bool:
        """Every value is >= 0."""
        return self.low is not None and self.low >= 0

    @property
    def nonzero(self) -> bool:
        """No value is 0."""
        return self.positive or negated(self).positive


REALS: Final = Interval()
POSITIVE: Final = Interval(Fraction(0))
NONNEGATIVE: Final = Interval(Fraction(0), False)
UNIT: Final = Interval(Fraction(0), True, Fraction(1), True)


def point(value: Fraction | int) -> Interval:
    """The interval that holds one number."""
    exact = Fraction(value)
    return Interval(exact, False, exact, False)


def negated(a: Interval) -> Interval:
    """{-x}."""
    return Interval(None if a.high is None else -a.high, a.open_high, None if a.low is None else -a.low, a.open_low)


def added(a: Interval, b: Interval) -> Interval:
    """{x + y}."""
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Interval(low, a.open_low or b.open_low, high, a.open_high or b.open_high)


def multiplied(a: Interval, b: Interval) -> Interval:
    """{x * y}."""
    if a.nonnegative and b.nonnegative:
        return _multiplied_nonnegative(a, b)
    if negated(a).nonnegative and not a.nonnegative:
        return negated(multiplied(negated(a), b))
    if negated(b).nonnegative and not b.nonnegative:
        return negated(multiplied(a, negated(b)))
    if None in (a.low, a.high, b.low, b.high):
        return REALS
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high) if x is not None and y is not None]
    return Interval(min(ends), False, max(ends), False)  # an end may not be attained: too wide is safe


def _multiplied_nonnegative(a: Interval, b: Interval) -> Interval:
    if a.low is None or b.low is None:
        raise ValueError("both intervals are bounded below")
    # Zero is attained as soon as one factor attains it.
    attains_zero = (a.low == 0 and not a.open_low) or (b.low == 0 and not b.open_low)
    low = a.low * b.low
    open_low = not attains_zero if low == 0 else a.open_low or b.open_low
    if a.high is None or b.high is None:
        return Interval(low, open_low)
    high = a.high * b.high
    return Interval(low, open_low, high, not attains_zero if high == 0 else a.open_high or b.open_high)


def inverted(a: Interval) -> Interval:
    """{1 / x}; all reals where x may be 0, or where facts that contradict each other leave no x."""
    if negated(a).positive and not a.positive:
        return negated(inverted(negated(a)))
    if not a.positive or negated(a).nonnegative:
        return REALS
    low, open_low = (Fraction(0), True) if a.high is None else (1 / a.high, a.open_high)
    high, open_high = (None, True) if not a.low else (1 / a.low, a.open_low)
    return Interval(low, open_low, high, open_high)


def met(a: Interval, b: Interval) -> Interval:
    """The intersection (both are known)."""
    low, open_low = a.low, a.open_low
    if low is None or (b.low is not None and (b.low, b.open_low) > (low, open_low)):
        low, open_low = b.low, b.open_low
    high, open_high = a.high, a.open_high
    if high is None or (b.high is not None and (-b.high, b.open_high) > (-high, open_high)):
        high, open_high = b.high, b.open_high
    return Interval(low, open_low, high, open_high)


def raised(a: Interval, exponent: int) -> Interval:
    """{x ^ exponent} for a whole exponent."""
    if exponent < 0:
        return inverted(raised(a, -exponent))
    if exponent == 0:
        return point(1)
    if exponent > _MOST_EXPONENT:
        return POSITIVE if a.positive else NONNEGATIVE if a.nonnegative or exponent % 2 == 0 else REALS
    if a.nonnegative or exponent % 2:
        low = None if a.low is None else a.low**exponent
        return Interval(low, a.open_low, None if a.high is None else a.high**exponent, a.open_high)
    if negated(a).nonnegative:
        return raised(negated(a), exponent)
    if a.low is None or a.high is None:
        return NONNEGATIVE
    ends = [is_open for end, is_open in ((-a.low, a.open_low), (a.high, a.open_high)) if end == max(-a.low, a.high)]
    return Interval(Fraction(0), False, max(-a.low, a.high) ** exponent, all(ends))


def root(a: Interval) -> Interval:
    """{sqrt(x)}, its ends rounded outwards; all non-negative numbers where x may be negative, or facts contradict."""
    if not a.nonnegative or a.low is None or (a.high is not None and a.high < a.low):
        return NONNEGATIVE
    low = Fraction(isqrt(int(a.low * _SCALE**2)), _SCALE)
    is_open = a.open_low and low * low == a.low
    if a.high is None:
        return Interval(low, is_open)
    high = Fraction(isqrt(int(a.high * _SCALE**2)), _SCALE)
    exact = high * high == a.high
    return Interval(low, is_open, high if exact else high + Fraction(1, _SCALE), a.open_high or not exact)


def root_of_degree(a: Interval, degree: int) -> Interval:
    """{x^(1/q)} of positive numbers, its ends rounded outwards."""
    low = Fraction(_whole_root(int((a.low or 0) * _SCALE**degree), degree), _SCALE)
    high = None if a.high is None else Fraction(_whole_root(int(max(a.high, 0) * _SCALE**degree), degree) + 1, _SCALE)
    return Interval(low, False, high, True)


def _whole_root(value: int, degree: int) -> int:
    """The largest whole number whose power is at most the value, which is not negative; by Newton's method."""
    found = 1 << (value.bit_length() // degree + 1)
    while (power := found ** (degree - 1)) * found > value:
        found = ((degree - 1) * found + value // power) // degree
    return found

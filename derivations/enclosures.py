"""Rational enclosures of exp, log, arctan and pi, for signs of constants: 3 - e is positive because e < 2.7183.

Plain fractions with a bounded number of digits, every rounding outwards.

Source: the remainders of the Taylor series of exp, artanh and arctan; Machin's formula for pi.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import Final

_BITS: Final = 80
_SCALE: Final = 1 << _BITS
_LARGEST: Final = 200  # exponents beyond this are enclosed coarsely
_MOST_DIGITS: Final = 400  # bits of a number whose logarithm is taken

PI_BELOW: Final = Fraction(31415926535897932384626, 10**22)
PI_ABOVE: Final = Fraction(31415926535897932384627, 10**22)


def _floor(value: Fraction) -> int:
    """The largest number of units 2^-80 that is not above the value."""
    return (value.numerator << _BITS) // value.denominator


def _ceiling(value: Fraction) -> int:
    return -((-value.numerator << _BITS) // value.denominator)


def _up(product: int) -> int:
    """A product of two numbers of units, as a number of units, rounded up."""
    return -(-product >> _BITS)


@lru_cache(maxsize=2_000)
def exponential(value: Fraction) -> tuple[Fraction, Fraction | None]:
    """Numbers below and above exp(value); None where it is too large to say.

    >>> low, high = exponential(Fraction(1))
    >>> low < Fraction(2718281829, 10**9) < high + Fraction(1, 10**8), high - low < Fraction(1, 10**18)
    (True, True)
    """
    if value < 0:
        low, high = exponential(-value)
        below = 0 if high is None else _floor(1 / high)
        return Fraction(below, _SCALE), Fraction(_ceiling(1 / low), _SCALE)
    if value > _LARGEST:
        return 1 + value, None
    halvings = (value.numerator // value.denominator).bit_length() + 1
    below, above = _exp_series(_floor(value / 2**halvings))[0], _exp_series(_ceiling(value / 2**halvings))[1]
    for _ in range(halvings):
        below, above = below * below >> _BITS, _up(above * above)
    return Fraction(below, _SCALE), Fraction(above, _SCALE)


def _exp_series(units: int) -> tuple[int, int]:
    """exp on [0, 1] by 24 terms; the rest is at most twice the next term."""
    low = high = down = up = _SCALE
    for k in range(1, 25):
        down, up = (down * units >> _BITS) // k, _up(up * units) // k + 1
        low, high = low + down, high + up
    return low, high + 2 * up


@lru_cache(maxsize=2_000)
def logarithm(value: Fraction) -> tuple[Fraction, Fraction] | None:
    """Numbers below and above log(value) for a positive value; None where it has too many digits.

    >>> low, high = logarithm(Fraction(8))
    >>> 2 < low < high < Fraction(20795, 10000), high - low < Fraction(1, 10**15)
    (True, True)
    """
    if value <= 0 or value.numerator.bit_length() > _MOST_DIGITS or value.denominator.bit_length() > _MOST_DIGITS:
        return None
    twos = value.numerator.bit_length() - value.denominator.bit_length()
    low, high = _log_series(value / Fraction(2) ** twos)
    if twos:
        below, above = _LOG_TWO if twos > 0 else (_LOG_TWO[1], _LOG_TWO[0])
        low, high = low + twos * below, high + twos * above
    return Fraction(low, _SCALE), Fraction(high, _SCALE)


def _log_series(value: Fraction) -> tuple[int, int]:
    """2 artanh((v - 1)/(v + 1)) for 1/2 <= v <= 2, where the ratio is at most 1/3."""
    ratio = (value - 1) / (value + 1)
    if ratio < 0:
        low, high = _log_series(1 / value)
        return -high, -low
    return 2 * _artanh(_floor(ratio))[0], 2 * _artanh(_ceiling(ratio))[1]


def _artanh(units: int) -> tuple[int, int]:
    low = high = 0
    down = up = units
    for k in range(1, 61, 2):
        low, high = low + down // k, high + up // k + 1
        down, up = (down * units >> _BITS) * units >> _BITS, _up(_up(up * units) * units)
    return low, high + 2 * up


@lru_cache(maxsize=2_000)
def arctangent(value: Fraction) -> tuple[Fraction, Fraction]:
    """Numbers below and above arctan(value).

    >>> low, high = arctangent(Fraction(1))
    >>> 4 * low < PI_BELOW < PI_ABOVE < 4 * high, high - low < Fraction(1, 10**18)
    (True, True)
    """
    if value < 0:
        low, high = arctangent(-value)
        return -high, -low
    if value > 1:
        low, high = arctangent(1 / value)
        return PI_BELOW / 2 - high, PI_ABOVE / 2 - low
    if 2 * value > 1:  # arctan v = pi/4 - arctan((1 - v)/(1 + v))
        low, high = arctangent((1 - value) / (1 + value))
        return PI_BELOW / 4 - high, PI_ABOVE / 4 - low
    return Fraction(_arctan_series(_floor(value))[0], _SCALE), Fraction(_arctan_series(_ceiling(value))[1], _SCALE)


@lru_cache(maxsize=2_000)
def sine_of_part(share: Fraction) -> tuple[Fraction, Fraction]:
    """Numbers below and above sin(share * pi).

    >>> low, high = sine_of_part(Fraction(-7, 6))
    >>> low < Fraction(1, 2) < high, sine_of_part(Fraction(3, 2))
    (True, (Fraction(-1, 1), Fraction(-1, 1)))
    """
    share %= 2
    if share > 1:
        low, high = sine_of_part(share - 1)
        return -high, -low
    share = min(share, 1 - share)
    if share in (0, Fraction(1, 2)):
        return 2 * share, 2 * share
    return _sine_series(share * PI_BELOW, 24), _sine_series(share * PI_ABOVE, 25)


def _sine_series(value: Fraction, terms: int) -> Fraction:
    """The first terms of the series of the sine; they alternate, and shrink up to pi/2: an even number is below."""
    total, term = Fraction(0), value
    for k in range(terms):
        total += term
        term = -term * value * value / ((2 * k + 2) * (2 * k + 3))
    return total


def arcsine(value: Fraction) -> tuple[Fraction, Fraction]:
    """Numbers below and above arcsin(value), for a value between -1 and 1.

    >>> low, high = arcsine(Fraction(1, 2))
    >>> 6 * low < PI_BELOW < PI_ABOVE < 6 * high, high - low < Fraction(1, 10**15)
    (True, True)
    """
    if value < 0:
        low, high = arcsine(-value)
        return -high, -low
    units = isqrt(_floor((1 - value * value) * _SCALE))  # the cosine
    low = arctangent(value * _SCALE / (units + 1))[0]
    return low, PI_ABOVE / 2 if not units else arctangent(value * _SCALE / units)[1]


def _arctan_series(units: int) -> tuple[int, int]:
    """arctan on [0, 1/2]: terms that alternate and shrink, so that the rest is at most the next one."""
    low = high = 0
    down = up = units
    for k in range(1, 87, 2):
        if k % 4 == 1:
            low, high = low + down // k, high + up // k + 1
        else:
            low, high = low - up // k - 1, high - down // k
        down, up = (down * units >> _BITS) * units >> _BITS, _up(_up(up * units) * units)
    return low - up - 1, high + up + 1


_LOG_TWO: Final = _log_series(Fraction(2))

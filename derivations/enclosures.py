"""Rational enclosures of exp, log and pi, for signs of constants: 3 - e is positive because e < 2.7183.

Plain fractions with a bounded number of digits, every rounding outwards.

Source: the remainders of the Taylor series of exp and of artanh; Machin's formula for pi.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

_BITS: Final = 80
_SCALE: Final = 1 << _BITS
_LARGEST: Final = 200  # exponents beyond this are enclosed coarsely
_MOST_DIGITS: Final = 400  # bits of a number whose logarithm is taken

PI_BELOW: Final = Fraction(31415926535897932384626, 10**22)
PI_ABOVE: Final = Fraction(31415926535897932384627, 10**22)


def _down(value: Fraction) -> Fraction:
    return Fraction(value.numerator * _SCALE // value.denominator, _SCALE)


def _up(value: Fraction) -> Fraction:
    return -_down(-value)


def exponential(value: Fraction) -> tuple[Fraction, Fraction | None]:
    """Numbers below and above exp(value); None where it is too large to say.

    >>> low, high = exponential(Fraction(1))
    >>> low < Fraction(2718281829, 10**9) < high + Fraction(1, 10**8), high - low < Fraction(1, 10**18)
    (True, True)
    """
    if value < 0:
        low, high = exponential(-value)
        return (Fraction(0) if high is None else _down(1 / high)), _up(1 / low)
    if value > _LARGEST:
        return 1 + value, None
    halvings = max(0, (value.numerator // value.denominator).bit_length() + 1)
    low, high = _exp_series(_down(value / 2**halvings))[0], _exp_series(_up(value / 2**halvings))[1]
    for _ in range(halvings):
        low, high = _down(low * low), _up(high * high)
    return low, high


def _exp_series(value: Fraction) -> tuple[Fraction, Fraction]:
    """exp on [0, 1] by 24 terms; the rest is at most twice the next term."""
    low = high = term = Fraction(1)
    for k in range(1, 25):
        term = _up(term * value / k)
        high += term
        low += max(Fraction(0), term - Fraction(k + 1, _SCALE))
    return low, high + 2 * term


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
    return low, high


def _log_series(value: Fraction) -> tuple[Fraction, Fraction]:
    """2 artanh((v - 1)/(v + 1)) for 1/2 <= v <= 2, where the ratio is at most 1/3."""
    ratio = (value - 1) / (value + 1)
    if ratio < 0:
        low, high = _log_series(1 / value)
        return -high, -low
    below, above = _down(ratio), _up(ratio)
    low = _artanh(below)[0]
    return 2 * low, 2 * _artanh(above)[1]


def _artanh(ratio: Fraction) -> tuple[Fraction, Fraction]:
    low = high = Fraction(0)
    low_power = high_power = ratio
    for k in range(1, 61, 2):
        low, high = low + _down(low_power / k), high + _up(high_power / k)
        low_power, high_power = _down(low_power * ratio * ratio), _up(high_power * ratio * ratio)
    return low, high + 2 * high_power


_LOG_TWO: Final = _log_series(Fraction(2))

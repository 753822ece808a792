"""Enclosures hold the real value, and are narrow."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivations.enclosures import PI_ABOVE, PI_BELOW, exponential, logarithm


def _real(value: Fraction):
    return mpf(value.numerator) / value.denominator


@given(st.fractions(min_value=-60, max_value=60, max_denominator=1000))
def test_exponentials_are_enclosed(value: Fraction) -> None:
    low, high = exponential(value)
    with mp.workdps(60):
        assert _real(low) <= mp.exp(_real(value)) <= _real(high)
        assert value < -30 or _real(high - low) < _real(high) * mpf(10) ** -8


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6))
def test_logarithms_are_enclosed(value: Fraction) -> None:
    found = logarithm(value)
    assert found is not None
    low, high = found
    with mp.workdps(60):
        assert _real(low) <= mp.log(_real(value)) <= _real(high)
    assert high - low < Fraction(1, 10**18)


def test_what_is_too_large_is_enclosed_from_one_side_only() -> None:
    assert exponential(Fraction(1000)) == (1001, None)
    assert logarithm(Fraction(0)) is None
    assert logarithm(Fraction(2) ** 1000) is None


def test_pi_is_enclosed() -> None:
    with mp.workdps(60):
        assert _real(PI_BELOW) < mp.pi < _real(PI_ABOVE)

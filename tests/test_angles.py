"""Angles in half turns: exact ends where pi is the end, and never too narrow."""

from __future__ import annotations

from fractions import Fraction

import pytest
from mpmath import mp, mpf

from derivations.angles import half_turns, in_numbers, sine
from derivations.bounds import bounds
from derivations.conditions import holds
from derivations.enclosures import arctangent, sine_of_part
from derivations.given import Given
from derivations.notation import read
from derivations.term import App, number

UP = Given.of("x in interval(0, oo)", "y in reals", "t in interval(0, pi_number / 2)", "u in interval(-1, 1)")
HOLD = (
    "arctan(y) < pi_number / 2", "-pi_number / 2 < arctan(y)", "0 < arctan(x)", "arcsin(u) <= pi_number / 2",
    "arccos(u) <= pi_number", "0 <= arccos(u)", "0 < cos(t)", "0 < sin(t)", "0 < sin(2 * t)", "t < pi_number",
    "cos(t + pi_number) < 0", "arctan(1) <= pi_number / 4", "0 < arctan(y + 1) - arctan(y)", "0 < cos(arctan(y))",
    "16 * arctan(1 / 5) - 4 * arctan(1 / 239) - pi_number < 1 / 10^15", "2 * arctan(u) - arctan(x) < pi_number",
    "arctan(y) + arctan(x) < pi_number", "0 < sin(1)", "0 < 1 - cos(t)", "sin(t) < 1", "cos(2 * t) < 1", "-1 < cos(2 * t)", "cos(2) < 0", "arcsin(1 / 3) < 1",
)  # fmt: skip
OPEN = (
    "arctan(y) < 3 / 2", "0 < sin(y)", "cos(y) < 1", "sin(2 * t) < 1", "-1 < cos(3 * t)", "0 < cos(2 * t)", "arctan(x) - arctan(y) < pi_number / 2", "0 < arccos(u) - 1",
    "0 < cos(u * 2)", "arctan(y) + arctan(x) < pi_number / 2", "sin(t) < 1 / 2", "0 < arctan(y) - arctan(y + 1)",
)  # fmt: skip


@pytest.mark.parametrize("text", HOLD)
def test_bounds_are_as_sharp_as_pi(text: str) -> None:
    assert holds(read(text), UP)


@pytest.mark.parametrize("text", OPEN)
def test_what_may_fail_is_not_claimed(text: str) -> None:
    assert not holds(read(text), UP)


@pytest.mark.parametrize("top", range(-40, 41))
def test_arctangents_are_enclosed(top: int) -> None:
    for bottom in (1, 3, 7, 50):
        low, high = arctangent(Fraction(top, bottom))
        with mp.workdps(40):
            exact = mp.atan(mpf(top) / bottom)
            assert mpf(low.numerator) / low.denominator <= exact <= mpf(high.numerator) / high.denominator
        assert high - low < Fraction(1, 10**18)


@pytest.mark.parametrize(
    ("head", "top", "bottom"),
    [("arctan", 3, 1), ("arcsin", 1, 3), ("arcsin", -9, 10), ("arccos", 1, 3), ("sin", 4, 1), ("cos", 9, 1)],
)
def test_numbers_are_inside_their_bounds(head: str, top: int, bottom: int) -> None:
    with mp.workdps(40):
        exact = {"arctan": mp.atan, "arcsin": mp.asin, "arccos": mp.acos, "sin": mp.sin, "cos": mp.cos}[head](
            mpf(top) / bottom
        )
        found = bounds(App(head, (number(Fraction(top, bottom)),)), Given())
        assert _number(found.low) <= exact <= _number(found.high)


@pytest.mark.parametrize("bottom", [1, 2, 3, 5, 7, 9, 24, 31])
def test_sines_of_parts_of_pi_are_enclosed(bottom: int) -> None:
    for top in range(-2 * bottom, 2 * bottom + 1):
        low, high = sine_of_part(Fraction(top, bottom))
        with mp.workdps(40):
            exact = mp.sinpi(mpf(top) / bottom)
            assert _number(low) - mpf(10) ** -38 <= exact <= _number(high) + mpf(10) ** -38
        assert high - low < Fraction(1, 10**15)


def _number(exact: Fraction | None) -> mpf:
    assert exact is not None
    return mpf(exact.numerator) / exact.denominator


def test_ends_that_are_multiples_of_pi_are_exact() -> None:
    ends = half_turns(read("pi_number - 2 * arctan(y)"), UP, bounds)
    assert (ends.low, ends.open_low, ends.high, ends.open_high) == (0, True, 2, True)
    assert in_numbers(ends).low == 0
    assert not bounds(read("sin(pi_number)"), UP).nonzero
    assert sine(half_turns(read("2 * t"), UP, bounds)).low == 0

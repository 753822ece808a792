"""Interval arithmetic keeps every member; its ends are never too narrow."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from derivations.intervals import Interval, added, inverted, met, multiplied, negated, point, raised
from tests.strategies import points


@st.composite
def intervals_with_members(draw) -> tuple[Interval, Fraction]:
    """An interval and a number in it."""
    low, high = sorted((draw(points), draw(points)))
    middle = (low + high) / 2
    if low == high:
        return point(low), low
    inside = draw(st.sampled_from((low, middle, high)))
    open_low, open_high = draw(st.booleans()) and inside != low, draw(st.booleans()) and inside != high
    unbounded = draw(st.sampled_from(("", "low", "high", "both")))
    return Interval(
        None if unbounded in ("low", "both") else low, open_low or unbounded in ("low", "both"),
        None if unbounded in ("high", "both") else high, open_high or unbounded in ("high", "both"),
    ), inside  # fmt: skip


def holds_in(interval: Interval, value: Fraction) -> bool:
    above = interval.low is None or (interval.low < value if interval.open_low else interval.low <= value)
    below = interval.high is None or (value < interval.high if interval.open_high else value <= interval.high)
    return above and below


@given(intervals_with_members(), intervals_with_members(), st.integers(-3, 5))
def test_arithmetic_keeps_members(first, second, exponent) -> None:
    (a, x), (b, y) = first, second
    assert holds_in(added(a, b), x + y)
    assert holds_in(negated(a), -x)
    assert holds_in(multiplied(a, b), x * y)
    if x != 0:
        assert holds_in(inverted(a), 1 / x)
    if x != 0 or exponent >= 0:
        assert holds_in(raised(a, exponent), x**exponent)
    if holds_in(b, x):
        assert holds_in(met(a, b), x)


@given(intervals_with_members())
def test_zero_times_anything_is_zero(known) -> None:
    interval, _ = known
    for product in (multiplied(interval, point(0)), multiplied(point(0), interval)):
        assert holds_in(product, Fraction(0))
        assert not product.nonzero

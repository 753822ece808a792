"""Bounds: never too narrow."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.bounds import bounds
from derivations.given import Given
from derivations.intervals import Interval, inverted, met, negated, point
from derivations.notation import read
from tests.strategies import rational_functions
from tests.test_intervals import holds_in
from tests.test_polynomial import exactly


def test_what_is_multiplied_by_zero_has_no_sign() -> None:
    for term in ("b * 0", "0 * b", "-(b * 0)", "(b * 0)^2", "b * 0 * x", "sum[i in range(1, m)](b * 0)"):
        found = bounds(read(term), GIVEN)
        assert not found.nonzero, term


GIVEN = Given.of("b in interval(0, 1)", "x in interval(0, oo)", "z in bits", "m in integers(1, oo)", "y <= 3", "0 <= y")


@given(
    rational_functions,
    st.fixed_dictionaries({
        "b": st.sampled_from([Fraction(1, 7), Fraction(1, 2), Fraction(9, 10)]),
        "x": st.sampled_from([Fraction(1, 9), Fraction(1), Fraction(30)]),
        "y": st.sampled_from([Fraction(0), Fraction(3, 2), Fraction(3)]),
        "z": st.sampled_from([Fraction(0), Fraction(1)]),
        "m": st.sampled_from([Fraction(1), Fraction(2), Fraction(9)]),
    }),
)  # fmt: skip
def test_values_lie_within_their_bounds(term, at) -> None:
    try:
        value = exactly(term, at)
    except ZeroDivisionError:
        return
    assert holds_in(bounds(term, GIVEN), value)


@pytest.mark.parametrize(
    ("term", "positive"),
    [
        ("1 - b", True), ("b * (1 - b)", True), ("(1 - b) / (m * b)", True), ("b - 1", False), ("b^2 + x", True),
        ("exp(y)", True), ("sigmoid(y)", True), ("1 - sigmoid(y)", True), ("softplus(y)", True), ("sqrt(x)", True),
        ("sqrt(y)", False), ("abs(y)", False), ("abs(x)", True), ("log(1 + x)", True), ("log(x)", False),
        ("-log(b)", True), ("1 - tanh(y)", True), ("bern(b, z)", True), ("card(Z)", True), ("card(range(m, 1))", False),
        ("binom(m, z)", False), ("sum[i in range(1, m)](b)", True), ("sum[i in range(1, z)](b)", False),
        ("prod[i in range(1, z)](b)", True), ("-sum[i in Z](-b)", True), ("b^y", True), ("y^2", False), ("y^100", False),
        ("x^100", True), ("x^(-3)", True), ("m - 1 + b", True), ("v[1]", False), ("f(x)", False), ("d[t = b](t)", False),
        ("y * y + x", True), ("b^b", True), ("sum[i in bits](b)", True), ("sum[v in tuples(bits, 2)](b)", True),
    ],
)  # fmt: skip
def test_signs(term: str, positive: bool) -> None:
    assert bounds(read(term), GIVEN).positive is positive


def test_facts_about_functions_and_vectors() -> None:
    given = Given.of(
        "a(?i) in interval(0, 1)", "0 < q(?z)", "f(?z) <= 2", "v in tuples(bits, n)", "k in without(range(2, n), 3)"
    )
    assert bounds(read("1 - a(k)"), given).positive
    assert bounds(read("q(3)"), given).positive
    assert bounds(read("f(3)"), given) == Interval(None, True, Fraction(2), False)
    assert bounds(read("v[k]"), given) == Interval(Fraction(0), False, Fraction(1), False)
    assert bounds(read("w[k]"), given) == Interval()
    assert bounds(read("k"), given).low == 2
    assert bounds(read("c - d"), Given.of("d < c")).positive
    assert negated(bounds(read("c - d"), Given.of("c < d"))).positive
    assert negated(bounds(read("c - d"), Given.of("c <= d"))).nonnegative
    assert bounds(read("c - d"), Given.of("d <= c")).nonnegative


def test_facts_that_ask_each_other_come_to_an_end() -> None:
    given = Given.of("x in interval(y, 1)", "y in interval(0, x)")
    assert bounds(read("x"), given).positive


def test_facts_that_contradict_each_other_leave_nothing_to_invert() -> None:
    assert inverted(met(point(-1), Interval(Fraction(0)))) == Interval()
    assert bounds(read("1 / (1 - 2)"), Given.of("2 < 1")) == Interval()


@given(st.integers(1, 10**6), st.integers(1, 1000), st.integers(3, 12), st.sampled_from((-2, -1, 1, 2)))
def test_roots_of_numbers_are_enclosed(above: int, below: int, degree: int, times: int) -> None:
    found = bounds(read(f"({above} / {below})^({times} / {degree})"), Given())
    value = Fraction(above, below) ** times
    assert found.low is not None
    assert found.high is not None
    assert found.low**degree <= value <= found.high**degree


def test_binomial_coefficients_of_numbers_that_are_not_natural_may_be_negative() -> None:
    given = Given.of("x in reals", "n in integers(-oo, oo)", "m in integers(0, oo)")
    for term, found in (("binom(m, n)", True), ("binom(n, m)", False), ("binom(x, 2)", False), ("binom(m, x)", False)):
        assert bounds(read(term), given).nonnegative is found

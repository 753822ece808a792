"""Inequalities by derivatives, cases and detours: what is proved, what is left alone, and that the search is bounded."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import product

import pytest

from derivations.extremes import by_extremes
from derivations.given import Given
from derivations.kernel import replay
from derivations.notation import read
from derivations.rules import TABLE

GIVEN = Given.of("x in interval(0, oo)", "p in interval(0, 1)", "q in interval(0, 1)", "u in reals", "v in reals")


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        ("0 <= p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))", "sign-of-increasing"),
        ("2 * (p - q)^2 <= p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))", "not-negative-by-least-value"),
        ("log(x) <= 2 * (sqrt(x) - 1)", "not-negative-by-least-value"),
        ("1 + x + x^2 / 2 < exp(x)", "positive-from-left-end"),
        ("x - x^2 / 2 <= log(1 + x)", "not-negative-from-left-end"),
        ("abs(u + v) <= abs(u) + abs(v)", "cases-of-sign"),
        ("sqrt(x * p) <= (x + p) / 2", "root-algebra"),
        ("sqrt(1 + u^2) <= 1 + u^2 / 2", "at-most-by-squares"),
        ("exp((u + v) / 2) <= (exp(u) + exp(v)) / 2", "root-algebra"),
        ("sin(x) < x", "positive-from-left-end-at-first"),
        ("n < 2^n", "less-by-real-numbers"),
        ("n < 1 + factorial(n)", "positive-by-induction"),
        ("1 / (n + 1) < log(1 + 1 / n)", "less-by-real-numbers"),
        ("1 - n * p <= (1 - p)^n", "not-negative-by-induction"),
        ("2^(n - 1) <= factorial(n)", "not-negative-by-induction"),
        ("sum[k in range(1, n)](1 / k^2) <= 2 - 1 / n", "not-negative-by-induction"),
        ("u < log(1 + exp(u))", "less-by-exponentials"),
        ("(1 + x / 3)^n <= exp(n * x / 3)", "at-most-by-logarithms"),
    ],
)
def test_a_claim_and_the_row_that_proves_it(claim: str, rule: str) -> None:
    given = GIVEN.assume(read("n in integers(1, oo)"))
    moves = by_extremes(read(claim), given)
    assert moves is not None
    assert rule in replay(read(claim), moves, given).rules


@pytest.mark.parametrize(
    "claim",
    [
        "log(x) <= x - 2", "1 + x + x^2 < exp(x)", "abs(u) + abs(v) <= abs(u + v)", "x <= sqrt(x)", "u * v <= 1",
        "-p * log(p) <= 1 / 3", "p * log(p / q) <= p - q", "f(x) <= f(x + 1)", "log(u) <= u - 1", "0 <= sin(u)",
    ],
)  # fmt: skip
def test_what_is_false_or_unknown_is_left_alone(claim: str) -> None:
    assert by_extremes(read(claim), GIVEN) is None


def test_the_search_is_bounded() -> None:
    claim = read("log(x + p + q) * exp(u * v) * sin(u) + log(1 + exp(v)) / (1 + p * q) <= 100 + x^4 + exp(u^2 + v^2)")
    start = time.process_time()
    assert by_extremes(claim, GIVEN) is None
    assert time.process_time() - start < 2


# ---------------------------------------------------------------- the rows, with numbers


def test_the_rows_about_functions_hold_for_polynomials() -> None:
    """On a grid of (0, 1), for cubic polynomials: what the rows start from implies what they prove."""
    grid = [Fraction(k, 12) for k in range(1, 12)]
    met = 0
    for a, b, c, d in product(range(-2, 3), repeat=4):
        value = lambda t, a=a, b=b, c=c, d=d: a + b * t + c * t**2 + d * t**3  # noqa: E731
        slope = lambda t, b=b, c=c, d=d: b + 2 * c * t + 3 * d * t**2  # noqa: E731
        fine = [Fraction(k, 120) for k in range(1, 120)]
        if value(0) >= 0 and all(slope(t) >= 0 for t in fine):
            met += 1
            assert all(value(t) >= 0 for t in grid)
        if value(1) >= 0 and all(slope(t) <= 0 for t in fine):
            met += 1
            assert all(value(t) >= 0 for t in grid)
        for place in grid[::5]:
            if value(place) >= 0 and all((t - place) * slope(t) >= 0 for t in fine):
                met += 1
                assert all(value(t) >= 0 for t in grid)
            if value(place) == 0 and all(slope(t) >= 0 for t in fine):
                assert all((t - place) * value(t) >= 0 for t in grid)
    assert met > 100


def test_the_premises_point_the_right_way() -> None:
    for name, end in (("from-left-end", "limit_right[s = ?a]"), ("from-right-end", "limit_left[s = ?b]")):
        for word, strict in (("not-negative", "<="), ("positive", "<")):
            statement = TABLE[f"{word}-{name}"].statement
            assert end in statement
            side = f"0 {strict} d[s = t]" if "left" in name else f"d[s = t](?F(s)) {strict} 0"
            assert side in statement

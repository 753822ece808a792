"""Sums of squares by linear programming: what is proved, and what is left alone."""

from __future__ import annotations

import pytest

from derivations.given import Given
from derivations.kernel import replay
from derivations.notation import read
from derivations.prover import verdict_on
from derivations.squares import by_squares

GIVEN = Given.of(*(f"{name} in reals" for name in "abcdxyz"), "0 < p", "0 < q", "0 < r", "0 < s")


@pytest.mark.parametrize(
    "claim",
    [
        "a * b * c * (a + b + c) <= a^4 + b^4 + c^4",
        "a * b * c * (a + b + c) <= a^2 * b^2 + b^2 * c^2 + c^2 * a^2",
        "(a * x + b * y + c * z)^2 <= (a^2 + b^2 + c^2) * (x^2 + y^2 + z^2)",
        "4 * a * b * c * d <= a^4 + b^4 + c^4 + d^4",
        "4 * a * b * c * d < 1 + a^4 + b^4 + c^4 + d^4",
        "(a + b + c)^4 <= 27 * (a^4 + b^4 + c^4)",
        "(p * q * r * s)^(1/4) <= (p + q + r + s) / 4",
        "exp((x + y) / 2) <= (exp(x) + exp(y)) / 2",
    ],
)
def test_a_sum_of_squares(claim: str) -> None:
    moves = by_squares(read(claim), GIVEN)
    assert moves is not None
    assert replay(read(claim), moves, GIVEN).hypotheses == ()
    assert verdict_on(read(claim), GIVEN).kind == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "2 * a * b * c * (a + b + c) <= a^4 + b^4 + c^4",  # false
        "3 * x^2 * y^2 <= x^4 * y^2 + x^2 * y^4 + 1",  # Motzkin's polynomial is no sum of squares
        "a^3 <= a^4", "a <= b", "a = b", "a^9 * b <= a^10 + b^10", "f(a) <= f(a)^2", "1 / a <= b", "0 < 1",
    ],
)  # fmt: skip
def test_what_is_left_alone(claim: str) -> None:
    assert by_squares(read(claim), GIVEN) is None

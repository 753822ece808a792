"""Two values of one function: by a bound of the derivative, or not at all."""

from __future__ import annotations

import pytest

from derivations.given import Given
from derivations.kernel import replay
from derivations.notation import read
from derivations.slopes import by_slope

GIVEN = Given.of("a in reals", "b in reals", "x in interval(1, oo)", "y in interval(1, oo)", "p in interval(0, 1)")


@pytest.mark.parametrize(
    "claim",
    [
        "abs(sin(a) - sin(b)) <= abs(a - b)",
        "abs(tanh(2 * a) - tanh(2 * b)) <= 2 * abs(a - b)",
        "abs(sigmoid(a) - sigmoid(b)) <= abs(a - b) / 4",
        "abs(log(x) - log(y)) <= abs(x - y)",
        "abs(sqrt(x) - sqrt(y)) <= abs(x - y) / 2",
    ],
)
def test_values_differ_no_more_than_places(claim: str) -> None:
    moves = by_slope(read(claim), GIVEN)
    assert moves is not None
    assert "mean-value-inequality" in replay(read(claim), moves, GIVEN).rules


@pytest.mark.parametrize(
    "claim",
    [
        "abs(sin(a) - sin(b)) <= abs(a - b) / 2", "abs(exp(a) - exp(b)) <= abs(a - b)", "abs(sin(a) - cos(b)) <= abs(a - b)",
        "abs(sin(a) - sin(b)) <= abs(a - b)^2", "abs(sin(a) - sin(x)) <= abs(a - x)", "abs(a) <= abs(a)", "a <= b",
    ],
)  # fmt: skip
def test_what_is_left_alone(claim: str) -> None:
    assert by_slope(read(claim), GIVEN) is None

"""Polynomials in positive numbers, in each order of these: what is proved, and what is left alone."""

from __future__ import annotations

import pytest

from derivations.given import Given
from derivations.kernel import replay
from derivations.notation import read
from derivations.orderings import by_orderings

GIVEN = Given.of("0 < x", "0 < y", "0 < z", "0 < w", "u in reals", "x in reals", "y in reals", "z in reals")


@pytest.mark.parametrize(
    "claim",
    [
        "8 * x * y * z <= (x + y) * (y + z) * (z + x)",
        "3 / 2 <= x / (y + z) + y / (z + x) + z / (x + y)",
        "9 <= (x + y + z) * (1 / x + 1 / y + 1 / z)",
        "x^2 * y + y^2 * x <= x^3 + y^3",
        "x^2 * y * z < x^4 + y^4 + z^4",
    ],
)
def test_all_orders_have_positive_coefficients(claim: str) -> None:
    moves = by_orderings(read(claim), GIVEN)
    assert moves is not None
    theorem = replay(read(claim), moves, GIVEN)
    assert theorem.hypotheses == ()
    assert "cases-of-sign" in theorem.rules


@pytest.mark.parametrize(
    "claim",
    [
        "9 * x * y * z <= (x + y) * (y + z) * (z + x)", "x <= y", "x * y * z * w <= x^4 + y^4 + z^4 + w^4",
        "u * x <= u^2 + x^2", "log(x) * y <= x + y", "x^9 * y <= x^10 + y^10", "x = y",
    ],
)  # fmt: skip
def test_what_is_left_alone(claim: str) -> None:
    assert by_orderings(read(claim), GIVEN) is None

"""Relations by the sign of the difference of their sides."""

from __future__ import annotations

import pytest

from derivations.differences import by_difference, monotone, normal_sides, proof_at_sight
from derivations.given import Given
from derivations.kernel import replay
from derivations.notation import read

GIVEN = Given.of("p in interval(0, 1)", "x in reals")


@pytest.mark.parametrize("claim", ["p^2 < p", "p <= 1", "1 - p^2 != 0", "2 * x <= x^2 + 1"])
def test_a_difference_has_a_sign(claim: str) -> None:
    moves = by_difference(read(claim), GIVEN, False)
    assert moves is not None
    assert replay(read(claim), moves, GIVEN).hypotheses == ()
    assert proof_at_sight(read(claim), GIVEN) is not None


def test_what_is_no_relation() -> None:
    assert by_difference(read("x = x"), GIVEN, False) is None
    assert monotone(read("x = x"), GIVEN, False) is None


def test_normal_sides_and_monotony() -> None:
    assert replay(read("0 < cosh(x) + sinh(x)"), normal_sides(read("0 < cosh(x) + sinh(x)"), GIVEN, False) or (), GIVEN)
    claim = read("increasing[t in interval(0, 1)](t^2)")
    assert replay(claim, monotone(claim, GIVEN, False) or (), GIVEN)

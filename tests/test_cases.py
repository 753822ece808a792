"""Equations of absolute values and maxima by cases: proved without conditions, and their slips refuted."""

from __future__ import annotations

import pytest

from derivations.given import Given
from derivations.notation import read
from derivations.prover import verdict_on

GIVEN = Given.of("x in reals", "y in reals", "z in reals")


@pytest.mark.parametrize(
    ("left", "right", "slip"),
    [
        ("max(x, max(y, z))", "max(max(x, y), z)", "max(max(x, y), y)"),
        ("min(x, max(y, z))", "max(min(x, y), min(x, z))", "min(max(x, y), max(x, z))"),
        ("abs(x - abs(x))", "abs(x) - x", "abs(x) + x"),
        ("log(1 + exp(x))", "max(x, 0) + log(1 + exp(-abs(x)))", "max(x, 0) + log(1 + exp(abs(x)))"),
        ("abs(x + y) + abs(x - y)", "2 * max(abs(x), abs(y))", "2 * max(x, y)"),
        ("max(x^2, y^2)", "max(abs(x), abs(y))^2", "max(x, y)^2"),
    ],
)
def test_by_the_signs(left: str, right: str, slip: str) -> None:
    verdict = verdict_on(read(f"{left} = {right}"), GIVEN)
    assert (verdict.kind, verdict.conditions) == ("proved", ())
    assert "cases-of-sign" in verdict.rules
    assert verdict_on(read(f"{left} = {slip}"), GIVEN).kind == "refuted"

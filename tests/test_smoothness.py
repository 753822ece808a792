"""What a function must be to have a derivative: each rule grants, and refuses where its condition is open."""

from __future__ import annotations

import pytest

from derivations.conditions import holds
from derivations.given import Given
from derivations.notation import read
from derivations.smoothness import differentiable

GIVEN = Given.of("x in reals", "b in interval(0, 1)", "n in integers(1, oo)", "differentiable[s = ?t](g(s))")


@pytest.mark.parametrize(
    ("function", "point", "granted"),
    [
        ("log(t)", "b", True),
        ("log(t)", "x", False),
        ("t^n", "x", True),
        ("t^(-n)", "x", False),
        ("t^(-n)", "b", True),
        ("t^b", "b", True),
        ("t^b", "x", False),
        ("abs(t)", "x", False),
        ("arcsin(t)", "b", True),
        ("arcsin(t)", "x", False),
        ("root(t, 3)", "b", True),
        ("root(t, 3)", "x", False),
        ("1 / (1 - t)", "b", True),
        ("1 / (1 - t)", "x", False),
        ("g(t^2)", "x", True),
        ("h(t)", "x", False),
        ("g(t) * h(2)", "x", True),
        ("sum[i in range(1, n)](g(i * t))", "x", True),
        ("sum[i in range(1, n)](h(i * t))", "x", False),
        ("delta(t, 1)", "x", False),
        ("exp(-t)", "oo", False),
    ],
)
def test_rules_of_differentiation(function: str, point: str, granted: bool) -> None:
    condition = read(f"differentiable[t = {point}]({function})")
    assert differentiable(condition, GIVEN, holds) is granted
    assert holds(condition, GIVEN) is granted

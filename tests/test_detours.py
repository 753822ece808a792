"""Detours: each proposal is an instance of its row and leads where normal forms alone do not."""

from __future__ import annotations

import pytest

from derivations.detours import detours
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move
from derivations.normal_form import normal_form
from derivations.notation import read
from derivations.prover import verdict_on
from derivations.term import App

TAKEN = [
    ("sqrt(2 + sqrt(2)) * sqrt(2 - sqrt(2)) = sqrt(2)", (), "equal-by-powers"),
    ("a^(1/2) * a^(1/3) = a^(5/6)", ("a in interval(0, oo)",), "equal-by-powers"),
    ("log(2 + sqrt(3)) = -log(2 - sqrt(3))", (), "equal-by-exponentials"),
    ("log(2 - sqrt(3)) / log(2 + sqrt(3)) = -1", (), "equal-multiples"),
    ("log(sqrt(u + 1) + sqrt(u - 1)) = log(2 * u + 2 * sqrt(u^2 - 1)) / 2", ("u in interval(1, oo)",),
     "equal-by-powers"),
    ("sum[k in range(1, n)](1 / (k * (k + 1))) = n / (n + 1)", ("n in integers(1, oo)",), "telescoping-sum"),
    ("2 * sum[k in range(1, n)](k * factorial(k)) + 2 = 2 * factorial(n + 1)", ("n in integers(1, oo)",),
     "telescoping-sum"),
    ("prod[k in range(1, n)](k / (k + 1)) = 1 / (n + 1)", ("n in integers(1, oo)",), "telescoping-product"),
]  # fmt: skip
FALSE = [
    ("sqrt(x^2) = x", ("x in reals",)),
    ("sum[k in range(1, n)](1 / (k * (k + 1))) = (n + 1) / (n + 2)", ("n in integers(1, oo)",)),
    ("prod[k in range(1, n)](k / (k + 1)) = 1 / n", ("n in integers(1, oo)",)),
    ("log(2 + sqrt(3)) = log(2 - sqrt(3))", ()),
    ("log(2 - sqrt(3)) / log(2 + sqrt(3)) = 1", ()),
]


def _rules(moves: tuple[Move, ...]) -> set[str]:
    inner = [_rules(move.moves) for move in moves if isinstance(move, Inside)]
    return {move.rule for move in moves if isinstance(move, Apply)}.union(*inner)


@pytest.mark.parametrize(("claim", "facts", "rule"), TAKEN)
def test_a_detour_proves_what_normal_forms_do_not(claim: str, facts: tuple[str, ...], rule: str) -> None:
    goal, given = read(claim), Given.of(*facts)
    reached = normal_form(goal, given)[0]
    assert isinstance(reached, App)
    assert reached.args[0] != reached.args[1]
    assert isinstance(goal, App)
    assert any(rule in _rules(start) for start in detours(goal, given))
    verdict = verdict_on(goal, given)
    assert verdict.kind == "proved"
    assert rule in verdict.rules


@pytest.mark.parametrize(("claim", "facts"), FALSE)
def test_no_detour_proves_what_is_false(claim: str, facts: tuple[str, ...]) -> None:
    assert verdict_on(read(claim), Given.of(*facts)).kind == "refuted"

"""Open conditions: proved by their normal form, or from the others; what cannot be proved stays."""

from __future__ import annotations

import pytest

from derivations.differences import proof_at_sight
from derivations.given import Given
from derivations.kernel import Have
from derivations.notation import read
from derivations.prover import verdict_on

GIVEN = Given.of("x in reals", "y in reals", "0 < a", "0 < b", "a in reals", "b in reals")


@pytest.mark.parametrize(
    ("claim", "conditions"),
    [
        ("(cosh(x) - 1) / (cosh(x) + sinh(x)) = (1 - exp(-x))^2 / 2", []),
        ("sqrt(a + b - 2 * sqrt(a * b)) = abs(sqrt(a) - sqrt(b))", []),
        ("1 / (sqrt(a) + sqrt(b)) + 1 / (sqrt(a) - sqrt(b)) = 2 * sqrt(a) / (a - b)", ["a - b != 0"]),
        ("max(exp(x), exp(y)) = exp(max(x, y))", []),
        ("(x^2 - 1) / (x - 1) = x + 1", ["-1 + x != 0"]),
    ],
)
def test_what_stays_open(claim: str, conditions: list[str]) -> None:
    verdict = verdict_on(read(claim), GIVEN)
    assert verdict.kind == ("conditional" if conditions else "proved")
    assert [str(condition) for condition in verdict.conditions] == conditions


def test_the_proof_of_a_condition_is_part_of_the_proof() -> None:
    verdict = verdict_on(read("x / (cosh(x) + sinh(x)) = x * exp(-x)"), GIVEN)
    assert verdict.proof is not None
    lemmas = [move for move in verdict.proof.moves if isinstance(move, Have)]
    assert [lemma.proposition for lemma in lemmas] == [read("cosh(x) + sinh(x) != 0")]
    assert verdict.kind == "proved"


@pytest.mark.parametrize("condition", ["x != 0", "0 < sinh(x)", "0 <= x + y - 2 * sqrt(a * b)", "cos(x) != 0"])
def test_what_does_not_follow(condition: str) -> None:
    assert proof_at_sight(read(condition), GIVEN) is None

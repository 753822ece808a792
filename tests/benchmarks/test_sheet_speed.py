"""How fast the sheet is proved: run with `pytest --benchmark-only`. No test of time: the figures are for reading."""

from __future__ import annotations

import pytest

from derivations.claim import Claim
from derivations.kernel import Theorem, replay
from derivations.seminar7 import CLAIMS
from tests.benchmarks.engines import forget


@pytest.fixture(scope="module")
def theorems() -> list[Theorem]:
    proofs = [claim.proof() for claim in CLAIMS]
    return [step.theorem for proof in proofs for step in proof.steps] + [p.theorem for p in proofs if not p.steps]


def _replay_all(theorems: list[Theorem]) -> int:
    forget()
    return len([replay(theorem.conclusion, theorem.moves, theorem.given) for theorem in theorems])


def _prove_all(claims: tuple[Claim, ...]) -> int:
    forget()
    return len([claim.proof() for claim in claims])


@pytest.mark.benchmark(group="sheet")
def test_kernel_replays_every_claim(benchmark, theorems) -> None:
    assert benchmark(_replay_all, theorems) == len(theorems)


@pytest.mark.benchmark(group="sheet")
def test_every_claim_is_searched_and_proved(benchmark) -> None:
    assert benchmark.pedantic(_prove_all, args=(CLAIMS,), rounds=5) == len(CLAIMS)

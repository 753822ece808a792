"""The claims of the sheet: each proves, each slip in any of its steps is noticed, each typical mistake is refuted."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from derivations.claim import Claim, Line
from derivations.errors import ClaimFailed
from derivations.kernel import replay
from derivations.mutation import mutants
from derivations.notation import read
from derivations.prover import verdict_on
from derivations.refute import agree, models
from derivations.seminar7 import CLAIMS
from derivations.term import App, Bind, Term

BY_NAME = {claim.name: claim for claim in CLAIMS}


def test_names_are_distinct() -> None:
    assert len(BY_NAME) == len(CLAIMS)


@pytest.mark.parametrize("name", BY_NAME)
def test_proves_and_replays(name: str) -> None:
    claim = BY_NAME[name]
    proof = claim.proof()
    assert proof.theorem.conclusion == claim.proposition
    assert proof.theorem.hypotheses == ()
    for theorem in [step.theorem for step in proof.steps] or [proof.theorem]:
        again = replay(theorem.conclusion, theorem.moves, theorem.given)
        assert (again.rules, again.conditions) == (theorem.rules, theorem.conditions)


@pytest.mark.parametrize("name", [claim.name for claim in CLAIMS if claim.mistakes])
def test_typical_mistakes_are_refuted(name: str) -> None:
    for mistake, verdict in BY_NAME[name].refutations():
        assert verdict.kind == "refuted", mistake
        assert verdict.counterexample is not None


def _slips(claim: Claim) -> list[tuple[str, Term]]:
    """Every step with one slip in its right side; for a statement without lines, in the statement."""
    proof = claim.proof()
    steps = [(step.before, step.line.relation, step.after) for step in proof.steps]
    if not steps and isinstance(claim.proposition, App):
        steps = [(claim.proposition.args[0], claim.proposition.head, claim.proposition.args[1])]
    found = [(kind, App(rel, (before, slip))) for before, rel, after in steps for kind, slip in mutants(after)]
    if isinstance(claim.proposition, Bind):
        found = [(kind, slip) for kind, slip in mutants(claim.proposition)]
    return found


@pytest.mark.parametrize("name", BY_NAME)
def test_every_slip_in_every_step_is_noticed(name: str) -> None:
    claim = BY_NAME[name]
    for kind, slipped in _slips(claim):
        verdict = verdict_on(slipped, claim.assumptions)
        if verdict.kind == "refuted":
            continue
        # Not refuted: then the slip must leave every value alone, or leave a side without any value.
        answers = [agree(slipped, model) for model in islice(models(claim.assumptions, slipped, seed=1), 6)]
        assert False not in answers, f"{kind}: {slipped} is {verdict.kind}"
        if verdict.kind in ("proved", "conditional") and isinstance(slipped, App):  # monotony is never sampled true
            assert True in answers, f"{kind}: {slipped} is {verdict.kind}"


@pytest.mark.parametrize("name", [claim.name for claim in CLAIMS if claim.lines])
def test_a_false_line_stops_the_claim(name: str) -> None:
    """The message names the claim, the step, both sides and a counterexample."""
    claim = BY_NAME[name]
    for number, line in enumerate(claim.lines):
        slipped = Line(f"({line.term}) + 1", line.because, line.needs)
        broken = replace(claim, lines=(*claim.lines[:number], slipped, *claim.lines[number + 1 :]))
        with pytest.raises(ClaimFailed) as caught:
            broken.proof()
        assert str(caught.value).startswith(f"claim {name}, step {number + 1}: ")
        assert "is refuted by" in caught.value.detail
        assert str(read(slipped.term)) in caught.value.detail

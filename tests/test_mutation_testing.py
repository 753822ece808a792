"""Mutation testing: each outcome occurs, and a checker that misses something is found out."""

from __future__ import annotations

import pytest

from derivations.claim import Claim
from derivations.errors import ClaimFailed
from derivations.evidence import mutants as evidence
from derivations.evidence.mutants import mutation_score
from derivations.given import Given
from derivations.mutation_testing import Tally, tally, trials, tried
from derivations.notation import read
from derivations.seminar7 import CLAIMS
from derivations.term import App
from derivations.verdict import undecided

# Slips that stay open: in Cauchy-Schwarz four that are true, by a way that no method takes; one without a value.
OPEN = {"cramer-rao": 4, "z-times-score": 1}
GIVEN = Given.of("b in interval(0, 1)", "x in reals")


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        ("x = x + 1", "refuted"),
        ("x = x + 0", "proved"),
        ("x / x = 1", "proved"),
        ("log(b) = log(b - 1)", "without value"),
    ],
)
def test_outcomes(claim: str, outcome: str) -> None:
    trial = tried("sign", read(claim), GIVEN)
    assert trial.outcome == outcome
    assert bool(trial.why) == (outcome != "refuted")


def test_what_a_lazy_checker_misses_has_escaped() -> None:
    def lazy(claim, given):
        return undecided(claim, "no rule")

    assert tried("sign", read("x = x + 1"), GIVEN, lazy).outcome == "escaped"
    assert tried("sign", read("x = x"), GIVEN, lazy).outcome == "undecided"


def test_every_side_loses_its_sign_too() -> None:
    found = list(trials(read("x"), lambda changed: App("=", (read("x"), changed)), GIVEN))
    assert [str(trial.claim) for trial in found] == ["x = -x"]
    assert tally(found) == Tally({"refuted": 1})


def test_an_escaped_mutant_stops_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = CLAIMS[0]
    missed = [tried("sign", read("x = x + 1"), GIVEN, lambda claim, given: undecided(claim, "no rule"))]
    monkeypatch.setattr(evidence, "slips", lambda claim: iter(missed))
    with pytest.raises(ClaimFailed, match="the slip sign: x = x \\+ 1 is false, and was not refuted"):
        mutation_score(claim)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_every_false_slip_of_the_sheet_is_refuted(claim: Claim) -> None:
    """A figure of the table of evidence; a slip that is false and not refuted raises."""
    score = mutation_score(claim)
    assert score.refuted > 0
    assert score.undecided <= OPEN.get(claim.name, 0)

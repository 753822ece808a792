"""Mutation testing of derivations: each slip in one place, and what the checker says about it.

A mutant that the checker refutes is caught. Others are no failure of the checker by themselves: a slip may leave every
value alone (`proved`), or leave a formula without any value, so that there is nothing to refute. What is neither is
tried at points: a mutant that fails at one of them although it was not refuted has `escaped`, and there must be none.

>>> from derivations.notation import read
>>> from derivations.term import App
>>> given = Given.of("b in interval(0, 1)")
>>> slope = read("d[b = b](log(b))")
>>> score = tally(trials(read("1 / b"), lambda changed: App("=", (slope, changed)), given))
>>> score["refuted"], score.false, score.caught
(5, 5, '5 of 5')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, TypeAlias

from derivations.given import Given
from derivations.mutation import Mutant, mutants
from derivations.prover import verdict_on
from derivations.refute import agree, models
from derivations.term import Term, neg
from derivations.verdict import Verdict

Outcome: TypeAlias = Literal["refuted", "proved", "without value", "undecided", "escaped"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("refuted", "proved", "without value", "undecided", "escaped")
_MODELS: Final = 8

# How a proposition is judged: the prover itself, or the prover within a time limit.
Judge: TypeAlias = Callable[[Term, Given], Verdict]
# The proposition that a mutated side belongs to.
Claimed: TypeAlias = Callable[[Term], Term]


@dataclass(frozen=True)
class Trial:
    """A mutant, what became of it, and the verdict. `slip` is its kind, such as `sign`."""

    slip: str
    claim: Term
    outcome: Outcome
    verdict: Verdict

    @property
    def why(self) -> str:
        """Why it was not refuted, in a few words; empty for one that was."""
        if self.outcome == "proved":
            conditions = ", ".join(map(str, self.verdict.conditions))
            return f"true if {conditions}" if conditions else "true all the same"
        if self.outcome == "without value":
            return "one side has no value at any point that was tried, so that there is nothing to compare"
        if self.outcome == "undecided":
            return f"no point was found where it fails; {self.verdict.reason}"
        return "" if self.outcome == "refuted" else "it fails at a point, and was not refuted"


class Tally(Counter[str]):
    """How many mutants had which outcome."""

    @property
    def false(self) -> int:
        """The mutants that are surely false."""
        return self["refuted"] + self["escaped"]

    @property
    def caught(self) -> str:
        """How many of these were refuted, in words."""
        return f"{self['refuted']} of {self.false}"


def trials(side: Term, claim: Claimed, given: Given, judge: Judge = verdict_on) -> Iterator[Trial]:
    """Each one-place mutation of a side of a claim, also its sign, judged in its place."""
    for slip, changed in (*mutants(side), Mutant("sign", neg(side))):
        yield tried(slip, claim(changed), given, judge)


def tried(slip: str, claim: Term, given: Given, judge: Judge = verdict_on) -> Trial:
    """A mutated proposition judged, and at points where it was neither proved nor refuted."""
    verdict = judge(claim, given)
    return Trial(slip, claim, _outcome(verdict, claim, given), verdict)


def _outcome(verdict: Verdict, claim: Term, given: Given) -> Outcome:
    if verdict.kind == "refuted":
        return "refuted"
    if verdict.kind in ("proved", "conditional"):
        return "proved"
    answers = {agree(claim, model) for model in islice(models(given, claim, seed=1), _MODELS)}
    if False in answers:
        return "escaped"
    return "without value" if answers == {None} else "undecided"


def tally(found: Iterable[Trial]) -> Tally:
    """The outcomes counted."""
    return Tally(trial.outcome for trial in found)

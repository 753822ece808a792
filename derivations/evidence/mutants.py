"""Mutants: every slip in every step of a claim's derivation, and how many of the false ones the checker refutes.

A claim about a checker that accepts everything would be worth nothing; here its own steps are made wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass

from derivations.claim import Claim
from derivations.errors import ClaimFailed
from derivations.mutation import mutants
from derivations.mutation_testing import Trial, tally, trials, tried
from derivations.term import App, Term


@dataclass(frozen=True)
class MutationScore:
    """How many slips were refuted, are true all the same, leave a side without a value, and stay open."""

    refuted: int
    true: int
    without_value: int
    undecided: int

    def __str__(self) -> str:
        rest = (f"{self.true} true", f"{self.without_value} without a value", f"{self.undecided} open")
        others = ", ".join(one for one in rest if not one.startswith("0 "))
        return f"{self.refuted} of {self.refuted} false mutants refuted" + (f"; {others}" if others else "")


def mutation_score(claim: Claim) -> MutationScore:
    """Make every slip in every step of a claim; for a statement without steps, in the statement.

    Raises: ClaimFailed where the claim does not prove, and for a slip that fails at a point without being refuted.

    >>> from derivations.seminar7.score_variance import MEAN
    >>> print(mutation_score(MEAN))
    11 of 11 false mutants refuted; 4 true, 1 without a value
    """
    found = list(slips(claim))
    for trial in found:
        if trial.outcome == "escaped":
            raise ClaimFailed(claim.name, f"the slip {trial.slip}", f"{trial.claim} is false, and was not refuted")
    counted = tally(found)
    return MutationScore(counted["refuted"], counted["proved"], counted["without value"], counted["undecided"])


def sum_of(scores: Iterable[MutationScore]) -> MutationScore:
    """The scores of several claims together.

    >>> sum_of([]).refuted
    0
    """
    rows = [(0, 0, 0, 0), *map(astuple, scores)]
    return MutationScore(*map(sum, zip(*rows, strict=True)))


def slips(claim: Claim) -> Iterator[Trial]:
    """The mutants of a claim's steps, tried. Raises ClaimFailed."""
    steps = claim.proof().steps
    given, statement = claim.assumptions, claim.proposition
    for step in steps:
        yield from trials(step.after, _behind(step.line.relation, step.before), given)
    if steps:
        return
    if isinstance(statement, App):
        yield from trials(statement.args[1], _behind(statement.head, statement.args[0]), given)
    else:
        yield from (tried(slip, changed, given) for slip, changed in mutants(statement))


def _behind(relation: str, before: Term) -> Callable[[Term], Term]:
    return lambda after: App(relation, (before, after))

"""Counterexamples: a rational point that satisfies the given, where both sides are known well enough to differ.

A claim is tried in one model after another, in exact arithmetic where possible and else in balls of rising precision.
What is found is checked again before it is shown: every fact of the given, and the claim at a higher precision.
Where a value is undefined, a ball too wide, a fact not understood or the time over, nothing is refuted.

>>> from derivations.notation import read
>>> found = counterexample(read("d[b = b](log(1 - b)) = 1 / (1 - b)"), Given.of("b in interval(0, 1)"))
>>> dict(found.point), found.lhs, found.rhs, found.exact
({'b': '1/2'}, '-2', '2', True)
>>> counterexample(read("d[b = b](log(1 - b)) = -1 / (1 - b)"), Given.of("b in interval(0, 1)")) is None
True
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flint import arb, ctx, fmpq

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.models.domain import Domain, elements
from derivations.models.evaluate import is_huge, value
from derivations.models.frame import MOST_BODIES, Frame, Note, measure
from derivations.models.judgement import Judge, Judgement, compiled_proposition, proposition
from derivations.models.model import Model
from derivations.models.plan import Plan, planned
from derivations.models.satisfy import models, models_of, satisfies
from derivations.models.table import tables, written, written_apart, written_set
from derivations.term import Bind, Term, Var, subterms
from derivations.value import Blurred, Undefined, Value, ball
from derivations.value import Sequence as Components

__all__ = ["Counterexample", "Limits", "agree", "counterexample", "is_huge", "models", "value"]

_PRECISIONS: Final = (64, 128, 256, 1024)
_MEASURING: Final = frozenset({"int", "density"})
_AGREEMENT: Final = 60  # bits to which balls must agree to count as evidence


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Where a claim fails.

    Attributes: `point` (symbols, sets, elements and tables of abstract functions, as text), `lhs` and `rhs` (exact
    rationals, or decimals that are right in all digits shown), `exact` (both sides were compared exactly), `relation`
    (the one that fails between them).
    """

    point: Mapping[str, str]
    lhs: str
    rhs: str
    exact: bool
    relation: str

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {text}" for name, text in self.point.items())
        return f"{where or 'no symbols'}: not {self.lhs} {self.relation} {self.rhs}"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to search.

    Attributes: `models` to try in all; `careful`, how many of these are tried at all precisions and with up to
    `bodies` summands, the others at the first precision and with up to `light_bodies`; `seconds` in all.
    """

    models: int = 40
    careful: int = 4
    bodies: int = MOST_BODIES
    light_bodies: int = 2_000
    seconds: float = 2.0


_LIMITS: Final = Limits()


def counterexample(claim: Term, given: Given, *, limits: Limits = _LIMITS) -> Counterexample | None:
    """A point that satisfies the given and at which the claim surely fails; None where none was found.

    Domain: relations (=, <, <=, !=, in); forall, pmf, increasing and decreasing; limits of rational functions.
    Source: interval refutation in exact and ball arithmetic, Johansson, *Arb* (2017).
    """
    deadline = time.monotonic() + limits.seconds
    try:
        plan = planned(given, claim)
        judge = proposition(claim, plan.wholes)
    except OutsideFragment:
        return None
    for number, model in enumerate(models_of(plan, deadline=deadline)):
        if number >= limits.models:
            return None
        careful = number < limits.careful
        precisions = _PRECISIONS if careful else _PRECISIONS[:1]
        bodies = limits.bodies if careful else limits.light_bodies
        found, precision = _judged(judge, model, precisions, deadline, bodies)
        if found is not None and found.holds is False:
            report = _confirmed(found, precision, claim, given, plan, model, deadline)
            if report is not None:
                return report
    return None


def agree(claim: Term, model: Model) -> bool | None:
    """Whether a claim holds in a model as far as can be seen; None for undefined.

    True where it holds exactly or, for an equation, both sides are known to 60 bits and agree; False where it fails.
    """
    try:
        measure(claim)
        judge = proposition(claim, model.wholes)
    except OutsideFragment:
        return None
    found, _ = _judged(judge, model, _PRECISIONS[1:], float("inf"))
    if found is None or found.holds is not None:
        return None if found is None else found.holds
    return True if found.relation == "=" and _close(found.left) and _close(found.right) else None


def _close(side: Value | Domain) -> bool:
    if not isinstance(side, arb):
        return isinstance(side, fmpq)
    return bool(side.is_finite() and side.rad() < arb(2) ** -_AGREEMENT * (1 + abs(side)))


def _judged(
    judge: Judge, model: Model, precisions: tuple[int, ...], deadline: float, bodies: int = MOST_BODIES
) -> tuple[Judgement | None, int]:
    """The judgement at the first precision that decides, or at the last one; None for undefined."""
    found: Judgement | None = None
    for precision in precisions:
        with ctx.workprec(precision):
            try:
                found = judge(Frame(model, deadline, bodies=bodies))
            except Blurred:
                found = None
                continue
            except Undefined:
                return None, precision
        if found.holds is not None:
            return found, precision
    return found, precisions[-1]


# ---------------------------------------------------------------- before it is shown


def _confirmed(
    found: Judgement, precision: int, claim: Term, given: Given, plan: Plan, model: Model, deadline: float
) -> Counterexample | None:
    """The counterexample as text, if the given holds and the claim fails again at a higher precision."""
    if not satisfies(model, plan, deadline):
        return None
    notes: list[Note] = []
    judge = compiled_proposition(claim, model.wholes)  # and not the closures that found it
    with ctx.workprec(4 * precision):
        try:
            again = judge(Frame(model, deadline, notes))
        except Undefined:
            return None
        if again.holds is not False or again.witness != found.witness or again.relation != found.relation:
            return None
        if not (_meet(found.left, again.left) and _meet(found.right, again.right)):
            return None
        return _reported(again, claim, given, model, notes)


def _meet(first: Value | Domain, second: Value | Domain) -> bool:
    """Two enclosures of one value must meet."""
    if isinstance(first, fmpq | arb) and isinstance(second, fmpq | arb):
        return ball(first).overlaps(ball(second))
    return first == second


def _reported(failure: Judgement, claim: Term, given: Given, model: Model, notes: list[Note]) -> Counterexample:
    point = _point(claim, given, model)
    point.update({name: written(element) for name, element in failure.witness.items()})
    for call, text in tables(notes).items():
        point.setdefault(call, text)
    left, right = failure.left, failure.right
    exact = not isinstance(left, arb) and not isinstance(right, arb)
    if isinstance(right, Domain):
        return Counterexample(point, written(left), written_set(right), exact, failure.relation)
    lhs, rhs = written_apart(left, right)
    return Counterexample(point, lhs, rhs, exact, failure.relation)


def _point(claim: Term, given: Given, model: Model) -> dict[str, str]:
    """The sets and symbols of the claim, and those on which the given makes these depend."""
    names, waiting = set(claim.free_vars), list(claim.free_vars - model.sets.keys())
    while waiting:
        for fact in given.about(waiting.pop()):
            further = (fact.free_vars & (model.sets.keys() | model.symbols.keys())) - names
            names |= further
            waiting += further - model.sets.keys()
    point = {name: written_set(members) for name, members in model.sets.items() if name in names}
    spoken = [claim, *(fact for head in claim.heads for fact in given.about(head))]
    integrated = {
        part.arg.name for term in spoken if not term.heads.isdisjoint(_MEASURING) for part in subterms(term)
        if isinstance(part, Bind) and part.head in _MEASURING and isinstance(part.arg, Var)
    }  # fmt: skip
    for name in sorted(integrated & model.measures.keys()):
        measure, members = model.measures[name], elements(model.sets[name], 100)
        point[f"measure on {name}"] = ", ".join(f"{written(member)} -> {measure(member)}" for member in members)
    for name, meaning in model.symbols.items():
        if name in names and not isinstance(meaning, Components):
            point[name] = written(meaning)
    return point

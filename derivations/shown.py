"""Open conditions as they are shown: `0 <= n`, where a row asked for `1 - 1 <= n`.

A condition is only replaced by one from which it follows, and the kernel replays the proof with it.
"""

from __future__ import annotations

from typing import Final

from derivations.conditions import holds
from derivations.errors import KernelError, OutsideFragment
from derivations.given import Given
from derivations.kernel import Theorem, replay
from derivations.normal_form.canonical import Canonical
from derivations.polynomial import ONE
from derivations.term import App, Term

_RELATIONS: Final = frozenset({"<", "<=", "!="})


def with_shorter_conditions(theorem: Theorem) -> Theorem:
    """The theorem, with the polynomials in its open conditions worked out where that is enough for its proof."""
    shorter = tuple(_shorter(condition, theorem.given) for condition in theorem.hypotheses)
    if shorter == theorem.hypotheses:
        return theorem
    try:
        return replay(theorem.conclusion, theorem.moves, theorem.given, assumed=shorter)
    except KernelError:
        return theorem


def _shorter(condition: Term, given: Given) -> Term:
    """A relation with its sides as polynomials, where that is shorter and the relation follows from it."""
    if not isinstance(condition, App) or condition.head not in _RELATIONS:
        return condition
    try:
        other = App(condition.head, [_polynomial(side) for side in condition.args])
    except OutsideFragment:
        return condition
    return other if len(str(other)) < len(str(condition)) and holds(condition, given.assume(other)) else condition


def _polynomial(term: Term) -> Term:
    numbers = Canonical()
    top, bottom = numbers.quotients(term)[0]
    return numbers.written(top) if bottom == {ONE: 1} else term

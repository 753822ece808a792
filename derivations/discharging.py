"""Open conditions that can be proved: from the given, or from the other conditions.

A side condition is looked at by sight, since many are. What stays open at the end is few, and each is worth a normal
form: cosh(x) + sinh(x) is exp(x), and sin(2 x) is not 0 where sin(x) and cos(x) are not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from derivations.given import Given
from derivations.kernel import Have, Move, Theorem, replay
from derivations.term import App, Term

# The moves that prove a condition under a given; None where there are none.
Discharge: TypeAlias = "Callable[[Term, Given], tuple[Move, ...] | None]"
_RELATIONS: Final = frozenset({"<", "<=", "!="})
_PLAIN: Final = frozenset({*_RELATIONS, "+", "-", "*", "/", "neg", "oo"})


def discharged(theorem: Theorem, prove: Discharge) -> Theorem:
    """The theorem without the conditions that `prove` finds a proof of, the longest ones first."""
    kept = list(theorem.hypotheses)
    lemmas: list[Have] = []
    for condition in sorted(kept, key=lambda one: -len(str(one))):
        if isinstance(condition, App) and condition.head in _RELATIONS and condition.heads - _PLAIN:
            others = [other for other in kept if other != condition]
            moves = prove(condition, theorem.given.assume(*others))
            if moves is not None:
                kept = others
                lemmas.insert(0, Have(condition, moves))  # it may need those that are found later
    if not lemmas:
        return theorem
    return replay(theorem.conclusion, (*lemmas, *theorem.moves), theorem.given, assumed=kept)

"""Relations by the sign of the difference of their sides, read off its normal form and its irreducible factors.

Untrusted: the kernel replays every move.
"""

from __future__ import annotations

from typing import Final

from derivations.errors import KernelError, OutsideFragment
from derivations.extremes import at_sight
from derivations.factored_signs import BY_DIFFERENCE
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move, instance, replay
from derivations.normal_form import normal_form
from derivations.normal_form.canonical import Canonical
from derivations.rules import TABLE
from derivations.term import App, Bind, Term, Var, fresh_name, opened

_BY_DIFFERENCE: Final = {**BY_DIFFERENCE, "!=": "unequal-by-difference"}


def normal_sides(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Both sides brought to their normal forms."""
    return normal_form(claim, given, assuming=assuming)[1]


def by_difference(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """The sign of the difference, read off its irreducible factors."""
    if not isinstance(claim, App) or claim.head not in _BY_DIFFERENCE:
        return None
    step = Apply(_BY_DIFFERENCE[claim.head])
    reached = instance(TABLE[step.rule], claim, step)[1]
    if not isinstance(reached, App):
        return None
    side = 0 if claim.head == "!=" else 1
    return (step, Inside(side, _signed(reached.args[side], given, assuming)))


def _signed(term: Term, given: Given, assuming: bool) -> tuple[Move, ...]:
    """The normal form, then its factors, whose signs `bounds` can tell."""
    reached, moves = normal_form(term, given, assuming=assuming)
    product = Canonical().factors(reached)
    return (*moves, Apply("algebra", (("?b", product),))) if product != reached else moves


def monotone(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Strictly monotone on an open interval, by the sign of the derivative."""
    if not isinstance(claim, Bind) or not isinstance(claim.arg, App) or claim.arg.head != "interval":
        return None
    step = Apply(f"{claim.head}-by-derivative")
    reached = instance(TABLE[step.rule], claim, step)[1]
    if not isinstance(reached, Bind):
        return None
    name = fresh_name(reached.hint, given.names | reached.free_vars)
    inside = given.assume(App("in", (Var(name), reached.arg)))
    sign = opened(reached, name)[0]
    if not isinstance(sign, App):
        return None
    side = 0 if claim.head == "decreasing" else 1
    return (step, Inside(1, (Inside(side, _signed(sign.args[side], inside, assuming)),), name))


def proof_at_sight(condition: Term, given: Given) -> tuple[Move, ...] | None:
    """Moves that prove a condition by its normal form, or by the sign of a difference."""
    for method in (normal_sides, by_difference, _by_factors):
        try:
            moves = method(condition, given, False)
            if moves is not None:
                return replay(condition, moves, given).moves
        except (KernelError, OutsideFragment, RecursionError):
            continue
    return None


def _by_factors(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    return at_sight(claim, given)

"""The goals that the kernel takes: refused is what the rules do not speak about, and calculating with infinity."""

from __future__ import annotations

from itertools import islice
from typing import Final

from derivations.asymptotics import limit_of
from derivations.conditions import holds
from derivations.errors import KernelError
from derivations.given import Given
from derivations.term import App, Bind, Term, Var, subterms
from derivations.vocabulary import LIMITS, SET_BINDERS

_LARGEST: Final = 200_000


def well_formed(goal: Term, given: Given) -> None:
    """Refuse what the rules do not speak about: loose places, metavariables, infinite sums, sheer size."""
    if goal.loose:
        raise KernelError("the goal has loose places")
    if any(name.startswith("?") for name in (*goal.free_vars, *goal.heads)):
        raise KernelError("the goal has a metavariable")
    if next(islice(subterms(goal), _LARGEST, None), None) is not None:
        raise KernelError("the goal is too large")
    for term in subterms(goal) if not goal.heads.isdisjoint(_WATCHED) else ():
        if isinstance(term, App) and term.head in _FINITE and "oo" in term.heads:
            raise KernelError(f"{term} is not finite")
        if isinstance(term, Bind) and term.head in SET_BINDERS and not _suits(term):
            raise KernelError(f"{term.head} does not range over {term.arg}")
        if isinstance(term, App) and term.head not in _BESIDE_INFINITY and not _INFINITIES.isdisjoint(term.args):
            raise KernelError(f"{term} calculates with infinity")
    if not goal.heads.isdisjoint(LIMITS):
        _limits_are_numbers(goal, given)


_INFINITIES: Final = frozenset({App("oo"), App("neg", (App("oo"),))})
_BESIDE_INFINITY: Final = frozenset({"interval", "integers", "neg", "=", "<", "<=", "!=", "if", "and"})


def _limits_are_numbers(goal: Term, given: Given) -> None:
    """Refuse a goal that calculates with limits which are infinite, or which one side has and the other has not.

    oo - oo is no number, nor is the difference of two limits that do not exist.
    """
    sides = goal.args if isinstance(goal, App) and goal.head in ("=", "<", "<=", "!=") else (goal,)
    unknown = [_unknown_limits(side, given) for side in sides]
    if any(found != unknown[0] for found in unknown):
        raise KernelError("one side calculates with a limit that may not exist")


def _unknown_limits(side: Term, given: Given) -> frozenset[Term]:
    """The limits in a side, other than the side itself, that are not known to be numbers."""
    found: set[Term] = set()
    for part in subterms(side):
        if isinstance(part, Bind) and part.head in LIMITS and part is not side:
            value = None if part.loose else limit_of(part, given)
            if value in _INFINITIES:
                raise KernelError(f"{side} calculates with an infinite limit")
            if value is None and not _is_continuous_there(part, given):
                found.add(part)
    return frozenset(found)


def _is_continuous_there(limit: Bind, given: Given) -> bool:
    return not limit.loose and holds(Bind("continuous", limit.hint, limit.arg, limit.bodies), given)


_PROPOSITIONS: Final = {"forall", "pmf", "decreasing", "increasing", "int", "density", "integrable"}
_MEASURED: Final = {"int", "density", "integrable"}
_FINITE: Final = {"bits", "range", "tuples", "without"}
_WATCHED: Final = frozenset({"oo", *SET_BINDERS})  # without them nothing is infinite and nothing ranges over a set


def _suits(term: Bind) -> bool:
    """Sums range over finite sets; monotony, `forall` and integrals over intervals, integrals over the reals too."""
    domain = term.arg
    if term.head in _MEASURED and isinstance(domain, App):
        return domain.head in ("reals", "interval")
    while isinstance(domain, App) and domain.head in ("without", "tuples"):
        domain = domain.args[0]
    if isinstance(domain, Var):
        return True
    return isinstance(domain, App) and (
        domain.head in _FINITE or (domain.head == "interval" and term.head in _PROPOSITIONS)
    )

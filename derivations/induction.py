"""Equations of sums and products by induction: both sides are equal for the least n, and grow alike.

A sum up to 2 n has no closed form to telescope into where the last index is looked at; from n to n + 1 it grows by two
terms, which the normal form splits off.

Untrusted: the kernel replays every move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from derivations.given import Given
from derivations.kernel import Apply, Inside, Move, after
from derivations.matching import function
from derivations.normal_form import normal_form
from derivations.normal_form.canonical import Laurent
from derivations.term import App, Bind, Num, Term, Var, add, div, fresh_name, opened, substituted, subterms

# Moves that prove an equation under a given; None where there are none.
Equated: TypeAlias = "Callable[[Term, Given], tuple[Move, ...] | None]"
_SERIES: Final = ("sum", "prod")
_MOST_MONOMIALS: Final = 4
_MINUS_INFINITY: Final = App("neg", (App("oo"),))


def by_induction(claim: Term, given: Given, equated: Equated) -> tuple[Move, ...] | None:
    """Moves that prove an equation for all whole numbers from the least one on; None where no way was found."""
    if not isinstance(claim, App) or claim.heads.isdisjoint(_SERIES):
        return None
    for name in sorted(claim.free_vars):
        start = least_whole(name, given)
        if start is None:
            continue
        known = (("?F", function(claim.args[0], name)), ("?G", function(claim.args[1], name)))
        step = Apply("equal-by-induction", (*known, ("?n", Var(name)), ("?a", start)))
        reached = after(claim, (step,), given)
        if not isinstance(reached, App) or not isinstance(reached.args[1], Bind):
            continue
        first = equated(reached.args[0], given)
        grown = None if first is None else _grown(reached.args[1], given, equated)
        if first is not None and grown is not None:
            return (step, Inside(0, first), Inside(1, grown))
    return None


def _grown(claim: Bind, given: Given, equated: Equated) -> tuple[Move, ...] | None:
    """That both sides grow alike from any n to the next."""
    name = fresh_name(claim.hint, given.names | claim.free_vars)
    moves = equated(opened(claim, name)[0], given.assume(App("in", (Var(name), claim.arg))))
    return None if moves is None else (Inside(1, moves, name),)


def least_whole(name: str, given: Given) -> Term | None:
    """The least of the whole numbers without end that a variable stands for; None for any other variable."""
    for fact in given.about(name):
        match fact:
            case App("in", (Var(element), App("integers", (low, App("oo"))))) if element == name:
                return None if low == _MINUS_INFINITY else low
    return None


def growths(body: Term, name: str, given: Given) -> Iterator[Term]:
    """By what a term may grow from n to n + 1: as one of its monomials does, or not at all."""
    numbers = Laurent()
    found: dict[Term, None] = {}
    for monomial in list(numbers.polynomial(body))[:_MOST_MONOMIALS]:
        part = numbers.written_monomial(monomial, 1)
        if name in part.free_vars:
            ratio = normal_form(div(substituted(part, {name: add(Var(name), Num(1))}), part), given)[0]
            if not any(_grows(inner, name) for inner in subterms(ratio)):
                found[ratio] = None
    yield from sorted({**found, Num(1): None}, key=lambda growth: name in growth.free_vars)


def _grows(part: Term, name: str) -> bool:
    """Whether a part is no rational function of n: a power, a factorial, a sum."""
    if isinstance(part, Bind):
        return True
    exponent = isinstance(part, App) and part.head == "^" and name in part.args[1].free_vars
    return exponent or (isinstance(part, App) and part.head in ("factorial", "binom"))

"""Equations of absolute values and maxima by cases: in each, the signs are known and normal forms decide.

Untrusted: the kernel replays every move.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from derivations.factored_signs import has_sign, signs
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move
from derivations.normal_form import normal_form
from derivations.term import App, Num, Term, subterms

_Moves: TypeAlias = "tuple[Move, ...]"
# What closes an equation in normal form: the moves up to there and the last one, None where the sides still differ.
Closing: TypeAlias = "Callable[[Term, Given, _Moves], _Moves | None]"

_DEEPEST: Final = 4  # signs that are told one after the other


def by_signs(claim: Term, given: Given, closed: Closing) -> tuple[Move, ...] | None:
    """Moves that prove an equation by the signs of what absolute values and maxima are taken of.

    >>> from derivations.notation import read
    >>> by_signs(read("abs(x) + x = 2 * x"), Given.of("x in reals"), lambda claim, given, moves: None) is None
    True
    """
    if _open_sign(claim, given) is None:
        return None
    return _proof(claim, given, closed, _DEEPEST)


def _proof(claim: Term, given: Given, closed: Closing, depth: int) -> _Moves | None:
    """The normal form; where it does not close, a case distinction by the first sign that is open in it."""
    reached, moves = normal_form(claim, given)
    found = closed(reached, given, moves)
    sign = _open_sign(reached, given)
    if found is not None or sign is None or not depth:
        return found
    branches: list[Move] = []
    for place, case in enumerate((App("<=", (Num(0), sign)), App("<=", (sign, Num(0))))):
        inside = _proof(reached, given.assume(case), closed, depth - 1)
        if inside is None:
            return None
        if inside:
            branches.append(Inside(place, (Inside(1, inside),)))
    return (*moves, Apply("cases-of-sign", (("?u", sign),)), *branches)


def _open_sign(claim: Term, given: Given) -> Term | None:
    """The simplest sign that the given does not tell: the signs of letters tell many of those of sums."""
    found = [sign for sign in dict.fromkeys(signs(claim)) if not has_sign(sign, given)]
    return min(found, key=lambda sign: sum(1 for _ in subterms(sign)), default=None)

"""The sides of a chain: as they are written, and the terms that they were read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derivations.errors import NotationError
from derivations.latex.nodes import Formula
from derivations.latex.sequences import of_one_kind, sequences, with_values
from derivations.latex.tokens import Token
from derivations.term import Term


@dataclass
class Side:
    """One side as written, and what it was read as."""

    tokens: list[Token]
    formula: Formula | None = None
    error: NotationError | None = None
    terms: tuple[Term, ...] = ()  # the first reading, then the others
    by_scope: tuple[tuple[Term, ...], ...] = ()  # the same, apart for each scope that the letters allow
    notes: tuple[str, ...] = ()


def take_values(sides: Sequence[Side]) -> None:
    """`x_1` is a value of the sequence that x is elsewhere in the chain, and a component z[i] one of z(i)."""
    for number in range(max((len(side.by_scope) for side in sides), default=0)):
        _take_one_kind([side for side in sides if len(side.by_scope) > number], number)
    names = sequences(term for side in sides for term in side.terms)
    if names:
        for side in sides:
            side.terms = tuple(with_values(term, names) for term in side.terms)
            side.by_scope = tuple(tuple(with_values(term, names) for term in read) for read in side.by_scope)


def _take_one_kind(sides: Sequence[Side], number: int) -> None:
    """The terms that were read in one scope, with the components of letters in one shape."""
    old = [term for side in sides for term in side.by_scope[number]]
    new = dict(zip(old, of_one_kind(old), strict=True))
    if any(one != other for one, other in new.items()):
        for side in sides:
            rows = [tuple(new[term] for term in row) if k == number else row for k, row in enumerate(side.by_scope)]
            side.by_scope = tuple(rows)
            side.terms = tuple(term for row in rows for term in row)

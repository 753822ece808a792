"""Frame and scope: what is known while a term is evaluated, and while it is compiled.

Everything is bounded: the size and depth of a term, the number of summands, the time. Where a bound is met the value
is undefined, and an undefined value refutes nothing.

>>> from derivations.notation import read
>>> Scope(frozenset({"n"})).is_whole(read("2*n - 1")), Scope(frozenset()).is_whole(read("n / n"))
(True, False)
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from derivations.errors import OutsideFragment
from derivations.integrality import is_whole_quotient
from derivations.models.model import Model
from derivations.term import App, Bound, Num, Term, Var, children
from derivations.value import Huge, Scalar, Undefined, Value

MOST_BODIES: Final = 20_000
_MOST_NODES: Final = 4_000
_MOST_DEPTH: Final = 150
_FOREVER: Final = float("inf")

_Result = TypeVar("_Result")


def measure(term: Term) -> None:
    """Raises OutsideFragment where a term is too large or too deep to be evaluated."""
    waiting, count = [(term, 0)], 0
    while waiting:
        here, depth = waiting.pop()
        count += 1
        if count > _MOST_NODES or depth > _MOST_DEPTH:
            raise OutsideFragment("the term is too large to be evaluated")
        waiting.extend((child, depth + 1) for child in children(here))


# ---------------------------------------------------------------- while a term is evaluated


class Note(NamedTuple):
    """That an abstract function had a value: its head, the arguments as they are called, and what they were."""

    head: str
    names: tuple[str | None, ...]
    args: tuple[Value, ...]
    value: Value


class Frame:
    """One evaluation: the model, the values of the bound variables, and what may still be spent."""

    __slots__ = ("bodies", "deadline", "level", "limiting", "memo", "model", "notes", "stack")

    def __init__(
        self, model: Model, deadline: float = _FOREVER, notes: list[Note] | None = None, bodies: int = MOST_BODIES
    ) -> None:
        self.model, self.deadline, self.notes, self.bodies = model, deadline, notes, bodies
        self.level, self.limiting = 0, False
        self.stack: list[Value] = []
        self.memo: dict[Term, Scalar] = {}

    def tick(self) -> None:
        """One more body is evaluated. Raises Undefined when that is one too many, or too late."""
        self.bodies -= 1
        if self.bodies < 0 or time.monotonic() > self.deadline:
            raise Huge("too much to compute")

    def note(self, *notes: Note) -> None:
        """Remember values of abstract functions, where somebody asked for them."""
        if self.notes is not None:
            self.notes.extend(notes)

    def attempt(self, code: Callable[[Frame], _Result]) -> _Result | None:
        """Run and come back in the state before, with None for undefined."""
        depth, level, limiting = len(self.stack), self.level, self.limiting
        try:
            return code(self)
        except Undefined:
            del self.stack[depth:]
            self.level, self.limiting = level, limiting
            return None

    def inside(self, element: Value, code: Callable[[Frame], _Result]) -> _Result:
        """Run a body with its bound variable standing for `element`."""
        self.tick()
        self.stack.append(element)
        result = code(self)
        self.stack.pop()
        return result


# ---------------------------------------------------------------- while a term is compiled


class Place(NamedTuple):
    """A binder around: whether its variable is whole (or a vector of whole numbers), and the name of its point."""

    is_whole: bool = False
    point: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The symbols that are whole numbers, and the binders around, outermost first."""

    wholes: frozenset[str]
    places: tuple[Place, ...] = ()

    def within(self, place: Place) -> Scope:
        """One binder further in."""
        return Scope(self.wholes, (*self.places, place))

    def is_whole(self, term: Term) -> bool:
        """Whether a term is a whole number by its form, whatever its symbols stand for."""
        if isinstance(term, Num):
            return True
        if isinstance(term, Var):
            return term.name in self.wholes
        if isinstance(term, Bound):
            return self.places[-1 - term.index].is_whole
        if not isinstance(term, App):
            return False
        if term.head == "at":
            return isinstance(term.args[0], Var | Bound) and self.is_whole(term.args[0])
        if term.head == "^":
            return isinstance(term.args[1], Num) and self.is_whole(term.args[0])
        if term.head in ("+", "-", "*", "neg", "/") and "/" in term.heads:
            return is_whole_quotient(term, self.is_whole)
        if term.head in ("+", "-", "*", "neg", "abs"):
            return all(map(self.is_whole, term.args))
        return term.head in ("binom", "factorial", "card")

    def has_whole_elements(self, domain: Term) -> bool:
        """Whether a set holds whole numbers, or vectors of them."""
        if not isinstance(domain, App):
            return False
        if domain.head in ("tuples", "without"):
            return self.has_whole_elements(domain.args[0])
        return domain.head in ("bits", "range", "integers")

    def name_of(self, term: Term) -> str | None:
        """The name by which a table may call an argument: that of a symbol that is not a whole number."""
        if isinstance(term, Bound):
            return self.places[-1 - term.index].point
        return term.name if isinstance(term, Var) and term.name not in self.wholes else None

"""What a row of the table is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from derivations.errors import DerivationsError
from derivations.matching import metavariables
from derivations.notation import read
from derivations.term import App, Term

EQUATION: Final = "equation"
INFERENCE: Final = "inference"
COMPUTATION: Final = "computation"


@dataclass(frozen=True)
class Rule:
    """One row: `statement` and `conditions` in the plain notation with metavariables, `title` as it is printed."""

    name: str
    statement: str
    conditions: tuple[str, ...]
    title: str
    source: str
    kind: str = EQUATION

    @cached_property
    def left(self) -> Term:
        """The left side of the schema; for an inference the proposition that it proves."""
        return self._sides[0]

    @cached_property
    def right(self) -> Term:
        """The right side of the schema; for an inference the proposition that suffices."""
        return self._sides[1]

    @cached_property
    def premises(self) -> tuple[Term, ...]:
        """The conditions as propositions with metavariables."""
        return tuple(read(condition) for condition in self.conditions)

    @cached_property
    def metavariables(self) -> dict[str, int]:
        """The metavariables of the whole row with the number of their arguments."""
        return metavariables(self.left) | metavariables(self.right)

    @cached_property
    def _sides(self) -> tuple[Term, Term]:
        if self.kind == INFERENCE:
            goal, sufficient = self.statement.split(" <== ")
            return read(goal), read(sufficient)
        equation = read(self.statement)
        if not isinstance(equation, App) or equation.head != "=":
            raise DerivationsError(f"the row {self.name} is not an equation")
        return equation.args[0], equation.args[1]


def rows(source: str, *rows: tuple[str, str, tuple[str, ...], str]) -> tuple[Rule, ...]:
    """Rows of equations with one source: name, statement, conditions, title."""
    return tuple(Rule(name, statement, conditions, title, source) for name, statement, conditions, title in rows)


def inferences(source: str, *rows: tuple[str, str, tuple[str, ...], str]) -> tuple[Rule, ...]:
    """Rows of inferences with one source: name, statement, conditions, title."""
    return tuple(Rule(name, text, conditions, title, source, INFERENCE) for name, text, conditions, title in rows)

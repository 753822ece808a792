"""The table of relations, `relations.toml`, as Python values."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from derivations.given import Given
from derivations.latex.reader import read_formula
from derivations.term import App
from tests.questions import Domain, domains

_TABLE = Path(__file__).with_name("relations.toml")
_SIGN = re.compile(r" (\\le|<|\\ge|>|\\ne) ")
# The relation, and whether the sides are exchanged.
_READ = {"\\le": ("<=", False), "<": ("<", False), "\\ge": ("<=", True), ">": ("<", True), "\\ne": ("!=", False)}


@dataclass(frozen=True)
class Relation:
    """A line of the table, what is given of the letters, and whether it holds wherever both sides have values."""

    family: str
    line: str
    given: tuple[tuple[str, Domain], ...]
    holds: bool

    @property
    def known(self) -> Given:
        return Given.from_dict(dict(self.given))

    @property
    def claim(self) -> App:
        left, sign, right = _SIGN.split(self.line)
        names = dict(self.given)
        sides = [read_formula(side, "plain", symbols=names, constants=True) for side in (left, right)]
        head, exchanged = _READ[sign]
        return App(head, sides[::-1] if exchanged else sides)

    def __str__(self) -> str:
        return f"{self.family}: {self.line}"


@cache
def relations() -> tuple[Relation, ...]:
    """All relations in the order of the table."""
    return tuple(
        Relation(family, line, domains(table["given"]), label == "true")
        for family, tables in tomllib.loads(_TABLE.read_text()).items()
        for table in tables
        for label in ("true", "false")
        for line in table[label]
    )

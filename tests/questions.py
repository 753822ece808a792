"""The tables of scalar questions, `questions.toml` and `questions_public.toml`, as Python values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OWN, PUBLIC = (Path(__file__).with_name(name) for name in ("questions.toml", "questions_public.toml"))
Domain = str | tuple[str, str]


@dataclass(frozen=True)
class Question:
    """Two sides in LaTeX, what is given of the letters, and whether the sides are equal wherever both have a value."""

    family: str
    lhs: str
    rhs: str
    given: tuple[tuple[str, Domain], ...]
    equal: bool

    @property
    def domains(self) -> dict[str, Domain]:
        return dict(self.given)

    def __str__(self) -> str:
        return f"{self.family}: {self.lhs} {'=' if self.equal else '<>'} {self.rhs}"


@cache
def questions(*tables: Path) -> tuple[Question, ...]:
    """The questions of some tables, or of all, in their order."""
    return tuple(question for table in tables or (OWN, PUBLIC) for question in _of(table))


def _of(path: Path) -> Iterator[Question]:
    for family, tables in tomllib.loads(path.read_text()).items():
        for table in tables:
            given = tuple(_domain(part) for part in _parts(table["given"]))
            for label in ("equal", "unequal"):
                for line in table[label]:
                    lhs, rhs = line.split(" = ")
                    yield Question(family, lhs, rhs, given, label == "equal")


def _parts(given: str) -> list[str]:
    """`x real, p (0, 1)` as its parts: a comma inside brackets separates nothing."""
    parts, depth = [""], 0
    for sign in given:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _domain(part: str) -> tuple[str, Domain]:
    name, kind = part.split(" ", 1)
    if kind.startswith("("):
        low, high = kind.strip("()").split(",")
        return name, (low.strip(), high.strip())
    return name, kind

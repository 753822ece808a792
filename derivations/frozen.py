r"""Frozen formulas: what a document or the sheet said once, in a file for people, and whether it still says it.

An entry holds the formula in our plain notation and its normal form. What is compared is the meaning, by proof: a
formula that is written in another way passes, one that means something else does not. The file is TOML, its order that
of the document, its bytes the same in every run.

    [[formula]]
    name = "eq:variance"
    latex = '\mathrm{Var}[z] = \beta(1-\beta)'
    sides = ["Var[z in bits](bern(beta, z), z)", "= beta * (1 - beta)"]
    normal = ["beta - beta^2", "= beta - beta^2"]
    given = ["beta in interval(0, 1)"]

A side that our reader did not understand stands as `?` with its LaTeX, and must stay as it is written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from derivations.checker import TIMEOUT
from derivations.claim import Claim
from derivations.comparison import Difference, difference, normal
from derivations.errors import DerivationsError, NotationError
from derivations.given import Given
from derivations.latex.document import DEFINITION, Chain
from derivations.notation import read
from derivations.term import App, Term

SCHEMA: Final = 1
CLAIMS: Final = "claims"  # the source of the sheet's own claims
_UNREAD: Final = "? "
_RELATIONS: Final = (":=", "<=", ">=", "!=", "=", "<", ">", "approx", "propto", "in")


@dataclass(frozen=True)
class Entry:
    """A frozen formula: sides with their relations in front, as text. `line` is its place in the file."""

    name: str
    sides: tuple[str, ...]
    normal: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    latex: str = ""
    line: int = 0


@dataclass(frozen=True)
class Frozen:
    """A file of frozen formulas. `source` is a document's path from the file's folder, or `claims`."""

    source: str
    entries: tuple[Entry, ...]
    profile: str = ""
    task: str = ""


# ---------------------------------------------------------------- freezing


def entry_of_claim(claim: Claim) -> Entry:
    """A claim of the sheet as an entry."""
    statement, given = claim.proposition, claim.assumptions
    sides = _statement(statement)
    return Entry(
        claim.name,
        tuple(f"{relation}{term}" for relation, term in sides),
        tuple(f"{relation}{normal(term, given)}" for relation, term in sides),
        tuple(map(str, given)),
    )


def _statement(statement: Term) -> list[tuple[str, Term]]:
    if isinstance(statement, App) and statement.head in _RELATIONS:
        return [("", statement.args[0]), (f"{statement.head} ", statement.args[1])]
    return [("", statement)]


def entry_of_chain(name: str, chain: Chain, *, normals: bool = True, timeout: float = TIMEOUT) -> Entry:
    """A chain of a document as an entry; `normals` says whether normal forms are wanted, which may take long."""
    parts: list[tuple[str, Term | None, str]] = [("", chain.steps[0].lhs, chain.steps[0].lhs_latex)]
    for step in chain.steps:
        relation = ":=" if step.kind == DEFINITION else step.relation
        parts.append((f"{relation} ", step.rhs, step.rhs_latex))
    latex = " ".join(f"{relation}{' '.join(written.split())}" for relation, _, written in parts)
    return Entry(
        name,
        tuple(f"{relation}{_side(term, written)}" for relation, term, written in parts),
        tuple(f"{relation}{_normal(term, chain.given, timeout)}" for relation, term, _ in parts) if normals else (),
        tuple(str(fact) for fact in chain.given if _reads_back(fact)),
        latex,
    )


def _side(term: Term | None, latex: str) -> str:
    """A term as text that can be read back; else the LaTeX as it is written."""
    return str(term) if term is not None and _reads_back(term) else _UNREAD + " ".join(latex.split())


def _reads_back(term: Term) -> bool:
    """Whether the text of a term means the term; an author's name may be one that our notation has no room for."""
    try:
        return read(str(term)) == term
    except NotationError:
        return False


def _normal(term: Term | None, given: Given, timeout: float) -> str:
    return "?" if term is None else normal(term, given, timeout)


# ---------------------------------------------------------------- comparing


def changed(frozen: Entry, now: Entry, *, strictly: bool = False, timeout: float = TIMEOUT) -> str | None:
    """How a formula differs from what was frozen, in words; None where it is proved to be the same.

    Both are compared under the facts that were given then and are given now; `strictly` also compares these.

    >>> given = ("b in interval(0, 1)",)
    >>> then = Entry("a", ("x", "= (1 - b) / b"), given=given)
    >>> changed(then, Entry("a", ("x", "= 1/b - 1"), given=given)) is None
    True
    >>> print(changed(then, Entry("a", ("x", "< 1/b - 1"), given=given)))
    the relation was =, is <
    """
    if len(frozen.sides) != len(now.sides):
        return f"it had {_counted(frozen)}, and has {_counted(now)}"
    given = Given.of(*(fact for fact in frozen.given if fact in now.given))
    for old, new in zip(frozen.sides, now.sides, strict=True):
        (before, was), (after, told) = _split(old), _split(new)
        if before != after:
            return f"the relation was {before}, is {after}"
        found = _apart(was, told, given, timeout)
        if found is not None:
            return found if isinstance(found, str) else str(found)
    return _assumed(frozen, now) if strictly else None


def _counted(entry: Entry) -> str:
    return f"{len(entry.sides)} side{'s' * (len(entry.sides) != 1)}"


def _split(side: str) -> tuple[str, str]:
    """The relation in front of a side, and the side."""
    first, _, rest = side.partition(" ")
    return (first, rest) if first in _RELATIONS else ("", side)


def _apart(was: str, told: str, given: Given, timeout: float) -> Difference | str | None:
    if was == told:
        return None
    if was.startswith(_UNREAD) or told.startswith(_UNREAD):
        return f"it is not understood, and is written in another way\n  was: {was}\n  is:  {told}"
    return difference(read(was), read(told), given, timeout=timeout)


def _assumed(frozen: Entry, now: Entry) -> str | None:
    lost = [f"no longer {fact}" for fact in frozen.given if fact not in now.given]
    new = [f"now {fact}" for fact in now.given if fact not in frozen.given]
    return f"other assumptions: {'; '.join(lost + new)}" if lost or new else None


def found_in(frozen: Entry, entries: Sequence[Entry]) -> Entry | None:
    """The entry of a document that a frozen one speaks of: of the same name, or unchanged at another place."""
    named = next((entry for entry in entries if entry.name == frozen.name), None)
    if named is None or (_is_numbered(frozen.name) and named.sides != frozen.sides):
        return next((entry for entry in entries if entry.sides == frozen.sides), named)
    return named


def _is_numbered(name: str) -> bool:
    """Whether a name is only a place in the document, which moves when a formula is put before it."""
    kind, _, number = name.partition("-")
    return kind in ("display", "inline") and number.partition("+")[0].isdigit()


# ---------------------------------------------------------------- the file


def written(frozen: Frozen) -> str:
    r"""The file as text.

    >>> print(written(Frozen("a.tex", (Entry("eq:a", ("x", "= x + 0"), latex=r"x = x + 0"),))).split("\n\n", 1)[1])
    schema = 1
    source = "a.tex"
    <BLANKLINE>
    [[formula]]
    name = "eq:a"
    latex = 'x = x + 0'
    sides = [
        "x",
        "= x + 0",
    ]
    <BLANKLINE>
    """
    head = [
        "# Formulas frozen by `derivations freeze`. They are compared by proof: one that is written in another way",
        "# passes, one that means something else does not. `normal` shows the normal form.",
        "",
        f"schema = {SCHEMA}",
        f"source = {_text(frozen.source)}",
        *(f"{key} = {_text(value)}" for key, value in (("profile", frozen.profile), ("task", frozen.task)) if value),
    ]
    return "\n".join([*head, *(line for entry in frozen.entries for line in _lines(entry)), ""])


def _lines(entry: Entry) -> Iterator[str]:
    yield from ("", "[[formula]]", f"name = {_text(entry.name)}")
    if entry.latex:
        yield f"latex = {_raw(entry.latex)}"
    for key, values in (("sides", entry.sides), ("normal", entry.normal), ("given", entry.given)):
        if values:
            yield f"{key} = ["
            yield from (f"    {_text(value)}," for value in values)
            yield "]"


def _text(value: str) -> str:
    """A basic string of TOML."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in escaped) + '"'


def _raw(value: str) -> str:
    """A literal string where it can be one: LaTeX is full of backslashes."""
    return f"'{value}'" if "'" not in value and value.isprintable() else _text(value)


def parsed(text: str, name: str = "frozen formulas") -> Frozen:
    """What a file says. Raises DerivationsError for a file that is none of ours."""
    try:
        table = tomllib.loads(text)
        if table.get("schema") != SCHEMA:
            raise DerivationsError(f"{name}: schema {table.get('schema')} is not known")
        entries = tuple(_entry(row, line) for row, line in zip(table.get("formula", ()), _places(text), strict=False))
        frozen = Frozen(str(table["source"]), entries, str(table.get("profile", "")), str(table.get("task", "")))
        _checked(frozen)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DerivationsError(f"{name}: no file of frozen formulas ({type(error).__name__}: {error})") from error
    except NotationError as error:
        raise DerivationsError(f"{name}: {error}") from error
    return frozen


def _places(text: str) -> list[int]:
    """The lines on which entries begin."""
    return [number for number, line in enumerate(text.split("\n"), 1) if line.strip() == "[[formula]]"]


def _entry(row: Mapping[str, Any], line: int) -> Entry:
    lists = {key: _strings(row.get(key, ())) for key in ("sides", "normal", "given")}
    return Entry(str(row["name"]), **lists, latex=str(row.get("latex", "")), line=line)


def _strings(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _checked(frozen: Frozen) -> None:
    """Refuse names that occur twice, and formulas that cannot be read. Raises NotationError, DerivationsError."""
    if not frozen.entries:
        raise DerivationsError(f"{frozen.source}: nothing is frozen")
    names = [entry.name for entry in frozen.entries]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DerivationsError(f"{', '.join(twice)}: frozen twice")
    for entry in frozen.entries:
        Given.of(*entry.given)
        for side in entry.sides:
            if not (text := _split(side)[1]).startswith(_UNREAD):
                read(text)

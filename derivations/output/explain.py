"""What a word of ours means: the name of a rule, a verdict, the code of a typical mistake.

Everything is read off the table of rules and the claims; only the six verdicts have texts of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Final

from derivations.claim import Claim
from derivations.errors import DerivationsError
from derivations.matching import Bindings, filled, function
from derivations.notation import read
from derivations.output.passages import outlined
from derivations.rules import COMPUTATION, INFERENCE, TABLE, Rule
from derivations.seminar7 import CLAIMS
from derivations.term import Term

RULE, VERDICT, MISTAKE = "rule", "verdict", "mistake"


@dataclass(frozen=True)
class Entry:
    """What is known about a code: fields that do not apply are empty."""

    code: str
    kind: str
    title: str
    statement: str = ""
    conditions: tuple[str, ...] = ()
    source: str = ""
    example: str = ""
    used: tuple[str, ...] = ()


class UnknownCode(DerivationsError):
    """There is no such code. Attributes: `code`, `near` (codes that are written alike)."""

    def __init__(self, code: str, near: tuple[str, ...]) -> None:
        super().__init__(code, near)
        self.code, self.near = code, near

    def __str__(self) -> str:
        hint = f"; did you mean {' or '.join(self.near)}?" if self.near else ""
        return f"there is no rule, verdict or mistake {self.code}{hint}"


_VERDICTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "proved": (
        "A proof exists that the kernel has replayed, and every condition follows from the given.",
        "x / x = 1, given 0 < x",
    ),
    "conditional": (
        "Proved, but conditions stay open; they are listed.",
        "x / x = 1, given that x is real: holds if x != 0",
    ),
    "refuted": (
        "A counterexample satisfies the given; the sides were compared exactly, or by intervals that do not meet.",
        "d[b = b](log(1 - b)) = 1 / (1 - b), given b in interval(0, 1): at b = 1/2 the sides are -2 and 2",
    ),
    "undecided": (
        "Read, but neither proved nor refuted; the reason says what was tried and why it stopped. No sign of an error.",
        "an identity of special functions for which there is no rule",
    ),
    "unread": (
        "The notation was not understood; the place and what was expected there are told.",
        "a formula with a missing bracket",
    ),
    "definition": ("The step introduces a name, so that there is nothing to prove.", "let a = q(1)"),
})  # fmt: skip


def explained(code: str) -> Entry:
    """The entry of a code.

    Raises: UnknownCode, with codes that are written alike.

    >>> explained("log-one").statement
    'log(1) = 0'
    >>> explained("log-on")
    Traceback (most recent call last):
    derivations.output.explain.UnknownCode: there is no rule, verdict or mistake log-on; did you mean log-one?
    """
    found = entries().get(code)
    if found is None:
        raise UnknownCode(code, tuple(get_close_matches(code, entries(), n=3, cutoff=0.7)))
    return found


@cache
def entries() -> Mapping[str, Entry]:
    """All entries by their codes: verdicts, rules in the order of the table, mistakes in the order of the sheet."""
    found = {word: Entry(word, VERDICT, text, example=example) for word, (text, example) in _VERDICTS.items()}
    found |= {rule.name: _rule(rule) for rule in TABLE.values()}
    for claim in CLAIMS:
        for mistake in claim.mistakes:
            before = found.get(mistake.name)
            used = (*(before.used if before else ()), claim.name)
            title, example = outlined(mistake.why), mistake.statement
            if before is not None:
                title, example = before.title, before.example
            found[mistake.name] = Entry(mistake.name, MISTAKE, title, example=example, used=used)
    return MappingProxyType(found)


def _rule(rule: Rule) -> Entry:
    return Entry(
        code=rule.name,
        kind=RULE,
        title=rule.title,
        statement=rule.statement,
        conditions=rule.conditions,
        source=rule.source,
        example=_instance(rule),
        used=tuple(claim.name for claim in CLAIMS if _uses(claim, rule.name)),
    )


def _uses(claim: Claim, rule: str) -> bool:
    return rule in claim.because or any(rule in line.because for line in claim.lines)


# Simple functions in the places of metavariables with arguments; any other is a square.
_FILLERS: Final[Mapping[str, str]] = MappingProxyType({"?G": "3 * z", "?H": "z^3", "?Q": "q(z)", "?P": "p(z)"})

# Computations have no schema to fill; most are of rational functions.
_COMPUTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bit-algebra": "z^2 = z",
        "root-algebra": "sqrt(2)^3 = 2 * sqrt(2)",
        "leading-terms": "limit[x = 0]((exp(x) - 1) / x) = 1",
    }
)


def _instance(rule: Rule) -> str:
    """An instance of a schema with simple terms in the places of its metavariables."""
    if rule.kind == COMPUTATION:
        return _COMPUTED.get(rule.name, "(z + 1)^2 = z^2 + 2 * z + 1")
    bindings: Bindings = {name: _filler(name, arity) for name, arity in rule.metavariables.items()}
    link = " if " if rule.kind == INFERENCE else " = "
    return link.join(str(filled(side, bindings)) for side in (rule.left, rule.right))


def _filler(name: str, arity: int) -> Term:
    if arity == 0:
        return read(name.removeprefix("?"))
    if arity == 1:
        return function(read(_FILLERS.get(name, "z^2")), "z")
    return function(read(f"{name.removeprefix('?').lower()}(t, z)"), "t", "z")

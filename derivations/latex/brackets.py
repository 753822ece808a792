r"""Which bracket belongs to which: a linear pass that pairs what pairs, and notes what had to be repaired.

Braces are hard: no pair of other brackets crosses a pair of braces. A bracket without partner is repaired, not
refused: an opening one closes where its surroundings end, a closing one is dropped.

>>> from derivations.latex.tokens import tokenize
>>> paired(tokenize("f((x) + 1")).notes
('a bracket is never closed',)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from derivations.latex.tokens import CLOSE, CONTROL, OPEN, Token

OPENING: Final = {
    "(": "(", "[": "[", r"\{": "{", r"\lbrace": "{", r"\lbrack": "[", r"\langle": "<", r"\lvert": "|", r"\lVert": "||",
    r"\lfloor": "f", r"\lceil": "c",
}  # fmt: skip
CLOSING: Final = {
    ")": "(", "]": "[", r"\}": "{", r"\rbrace": "{", r"\rbrack": "[", r"\rangle": "<", r"\rvert": "|", r"\rVert": "||",
    r"\rfloor": "f", r"\rceil": "c",
}  # fmt: skip
_BRACKETS: Final = frozenset({"{", "}", r"\left", r"\right", *OPENING, *CLOSING})
_DELIMITERS: Final = {**OPENING, **CLOSING, "|": "|", r"\vert": "|", r"\|": "||", r"\Vert": "||", ".": ".", "/": "/"}


@dataclass(frozen=True)
class Pairs:
    """Partner of each opening token (the end of the text where there is none), and the notes of repairs."""

    partner: dict[int, int]
    dropped: frozenset[int]
    delimiter: frozenset[int]
    notes: tuple[str, ...]


def kind_of(tokens: Sequence[Token], place: int) -> tuple[str, str]:
    """What a token is for bracketing: ("open" | "close" | "", which bracket)."""
    token = tokens[place]
    if token.kind == OPEN:
        return "open", "{}"
    if token.kind == CLOSE:
        return "close", "{}"
    if token.text in (r"\left", r"\right") and place + 1 < len(tokens):
        found = _DELIMITERS.get(tokens[place + 1].text)
        if found is not None:
            return ("open" if token.text == r"\left" else "close"), "left" + found
    if token.text in OPENING:
        return "open", OPENING[token.text]
    if token.text in CLOSING:
        return "close", CLOSING[token.text]
    return "", ""


def paired(tokens: Sequence[Token]) -> Pairs:
    r"""Pair the brackets of a formula; `\left` and `\right` may have different brackets, as in half-open intervals."""
    partner: dict[int, int] = {}
    dropped: set[int] = set()
    delimiter: set[int] = set()
    waiting: list[tuple[int, str]] = []
    notes: list[str] = []
    skip = -1
    for place, token in enumerate(tokens):
        if place == skip:
            delimiter.add(place)
            continue
        if token.text not in _BRACKETS:
            continue
        what, which = kind_of(tokens, place)
        if not what:
            continue
        if which.startswith("left") and token.kind == CONTROL:
            skip = place + 1
        if what == "open":
            waiting.append((place, which))
        elif not _close(place, which, waiting, partner, notes):
            dropped.add(place)
            notes.append("a closing bracket without an opening one is left out")
    notes.extend("a bracket is never closed" for _ in waiting)
    for place, _ in waiting:
        partner[place] = len(tokens)
    return Pairs(partner, frozenset(dropped), frozenset(delimiter), tuple(notes))


def _close(place: int, which: str, waiting: list[tuple[int, str]], partner: dict[int, int], notes: list[str]) -> bool:
    """Find the opening bracket for a closing one; what was opened in between ends here too."""
    reachable = _within_braces(waiting, which)
    same = [k for k in reachable if _fits(waiting[k][1], which)]
    if not same:
        if not reachable or which == "{}" or waiting[reachable[0]][1] == "{}":
            return False
        same = [reachable[0]]
        notes.append("a bracket is closed by one of another kind")
    chosen = same[0]
    for k in range(chosen + 1, len(waiting)):
        partner[waiting[k][0]] = place
        notes.append("a bracket is never closed")
    partner[waiting[chosen][0]] = place
    del waiting[chosen:]
    return True


def _within_braces(waiting: list[tuple[int, str]], which: str) -> list[int]:
    """The open brackets from the innermost outwards, as far as a closing `which` may look."""
    found: list[int] = []
    for k in range(len(waiting) - 1, max(-1, len(waiting) - 60), -1):
        if waiting[k][1] == "{}" and which != "{}":
            break
        found.append(k)
    return found


def _fits(opening: str, closing: str) -> bool:
    return opening == closing or (opening.startswith("left") and closing.startswith("left"))

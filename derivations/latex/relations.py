r"""Relations at the top level of a formula: `=` outside brackets and scripts, in all spellings.

A bracket that is never closed does not hide the relations behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from derivations.latex import names
from derivations.latex.brackets import paired
from derivations.latex.tokens import OPEN, SUB, SUPER, Token

# The beginning and the end of a small table inside a formula, each one token.
OPENS: Final = frozenset({r"\begin", r"\cases"})
CLOSES: Final = frozenset({r"\end", r"\endcases"})
_STACKS: Final = frozenset({r"\overset", r"\stackrel", r"\underset"})


def after_argument(tokens: Sequence[Token], place: int) -> int:
    """Past `{rcl}` or `{2}`, and `[t]` before it."""
    if place < len(tokens) and tokens[place].text == "[":
        while place < len(tokens) and tokens[place].text != "]":
            place += 1
        place += 1
    if place >= len(tokens) or tokens[place].kind != OPEN:
        return place
    depth = 0
    while place < len(tokens):
        depth += (tokens[place].text == "{") - (tokens[place].text == "}")
        place += 1
        if depth == 0:
            break
    return place


def top_level(tokens: list[Token]) -> Iterator[int]:
    """The places outside all closed brackets and scripts."""
    pairs = paired(tokens)
    place = 0
    while place < len(tokens):
        close = pairs.partner.get(place)
        if tokens[place].text in OPENS:
            while place < len(tokens) and tokens[place].text not in CLOSES:
                place += 1
        elif close is not None and close < len(tokens):
            place = close + (1 if tokens[close].text == r"\right" else 0)
        elif tokens[place].kind in (SUB, SUPER) and place + 1 < len(tokens) and tokens[place + 1].kind != OPEN:
            place += 1
        else:
            yield place
        place += 1


def relations(tokens: list[Token]) -> Iterator[tuple[int, str, int]]:
    """Each relation at the top level: where it begins, which it is, where it ends."""
    after = 0
    for place in top_level(tokens):
        if place < after:
            continue
        relation, after = relation_at(tokens, place)
        if relation:
            yield place, relation, after


def relation_at(tokens: list[Token], place: int) -> tuple[str, int]:
    """The relation that begins at a token, empty if none does, and where it ends."""
    token = tokens[place]
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if token.text in (":", r"\colon") and following == "=":
        return ":=", place + 2
    if token.text == "=" and following in (":", r"\colon"):
        return "=:", place + 2
    if token.text in ("<", ">", "!") and following == "=" and not tokens[place + 1].spaced:
        return token.text + "=", place + 2
    if token.text == r"\not" and following in names.RELATIONS:
        return ("!=" if following == "=" else "not"), place + 2
    if token.text in _STACKS:
        return _stacked_relation(tokens, place)
    if token.text in (r"\xrightarrow", r"\xlongequal", r"\xequal"):
        return ("=" if "equal" in token.text else "to"), after_argument(tokens, place + 1)
    if token.text == r"\mathrel" and place + 2 < len(tokens) and tokens[place + 1].kind == OPEN:
        after = after_argument(tokens, place + 1)
        inner = relation_at(tokens, place + 2)[0]
        return (inner, after) if inner else ("", place)
    relation = names.RELATIONS.get(token.text, "")
    return relation, place + 1 if relation else place


def _stacked_relation(tokens: list[Token], place: int) -> tuple[str, int]:
    r"""`\overset{..}{=}`: the relation, a definition where `def` stands above it."""
    middle = after_argument(tokens, place + 1)
    if middle == place + 1:
        middle += 1
    if middle >= len(tokens):
        return "", place
    after = after_argument(tokens, middle)
    base = middle + 1 if tokens[middle].kind == OPEN else middle
    relation = relation_at(tokens, base)[0] if base < len(tokens) else ""
    if not relation:
        return "", place
    above = "".join(token.text for token in tokens[place:middle])
    defining = relation == "=" and ("def" in above or r"\triangle" in above or r"\Delta" in above)
    return (":=" if defining else relation), max(after, base + 1)


def has_relation(tokens: list[Token]) -> bool:
    """Whether a relation stands at the top level."""
    return any(relation for _, relation, _ in relations(tokens))


def begins_with_relation(tokens: list[Token]) -> bool:
    """Whether the first piece is a relation."""
    return any(start == 0 for start, _, _ in relations(tokens[:8]))

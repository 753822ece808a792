r"""Tokens to numbers: digits, a decimal point or comma, groups of three, and digits that repeat for ever.

Groups of three digits are set apart by a thin space or by a comma in braces. A comma in braces is a decimal comma
where it cannot be that: `1{,}5`, `0{,}125`; `1{,}125` may be either.

>>> from derivations.latex.tokens import tokenize
>>> [str(number_at(tokenize(text), 0, len(tokenize(text)))[0]) for text in (r"1\,000{,}5", r"0.1\overline{6}", "12")]
['1000.5', 'frac [15] [90]', '12']
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from derivations.latex.nodes import Node, Nodes
from derivations.latex.tokens import CLOSE, DIGIT, LETTER, OPEN, SUB, SUPER, Token

_THIN: Final = frozenset({r"\,", "\\ ", "~", r"\;", r"\:", r"\thinspace"})
_BEHIND: Final = frozenset({LETTER, SUPER, SUB, CLOSE})
_SIGNS: Final = frozenset({"+", "-", "/", "=", "|", ")", "]"})
_REPEATING: Final = frozenset({r"\overline", r"\bar"})


def _ends(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether a number surely ends before a place: a letter, a script or a common sign is no part of it."""
    return place >= end or tokens[place].kind in _BEHIND or tokens[place].text in _SIGNS


def number_at(tokens: Sequence[Token], start: int, end: int) -> tuple[Node, int]:
    """The number that begins with the digit at `start`, and the place behind it."""
    text, place = _digits(tokens, start, end)
    if _ends(tokens, place, end):
        return Node("number", text, tokens[start].start, tokens[place - 1].end), place
    grouped = False
    while len(text) <= 3 or grouped:
        group, behind, by_comma = _group(tokens, place, end)
        if not group or (by_comma and text.startswith("0")):
            break
        text, place, grouped = text + group, behind, True
    point = _point(tokens, place, end)
    if point:
        decimals, place = _digits(tokens, place + point, end)
        text = f"{text}.{decimals}"
    if (repeated := _repeated(tokens, place, end)) is not None and (point or _is_sign(tokens, place, end, ".")):
        digits, place = repeated
        return _fraction(text, digits, tokens[start].start, tokens[place - 1].end), place
    return Node("number", text, tokens[start].start, tokens[place - 1].end), place


def may_be_decimal(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a number has one comma in braces with three digits behind it: `1{,}125` is 1125 or nine eighths."""
    text, place = _digits(tokens, start, end)
    if _ends(tokens, place, end):
        return False
    group, behind, by_comma = _group(tokens, place, end)
    if not group or not by_comma or len(text) > 3 or text.startswith("0"):
        return False
    return not _group(tokens, behind, end)[0] and not _point(tokens, behind, end)


def _digits(tokens: Sequence[Token], place: int, end: int) -> tuple[str, int]:
    """A run of digits that begins at a place."""
    text = tokens[place].text
    place += 1
    while place < end and tokens[place].kind == DIGIT and not tokens[place].spaced:
        text += tokens[place].text
        place += 1
    return text, place


def _group(tokens: Sequence[Token], place: int, end: int) -> tuple[str, int, bool]:
    """Three more digits behind a thin space or a comma in braces, and which of them; empty for none."""
    by_comma = _is_comma(tokens, place, end)
    skipped = 3 if by_comma else int(place < end and tokens[place].text in _THIN)
    following = place + skipped
    if following >= end or tokens[following].kind != DIGIT or not (skipped or tokens[following].spaced):
        return "", place, False
    text, behind = _digits(tokens, following, end)
    return (text, behind, by_comma) if len(text) == 3 else ("", place, False)


def _is_comma(tokens: Sequence[Token], place: int, end: int) -> bool:
    inside = tokens[place : min(place + 3, end)]
    return [token.kind for token in inside[::2]] == [OPEN, CLOSE] and inside[1].text == ","


def _is_sign(tokens: Sequence[Token], place: int, end: int, sign: str) -> bool:
    return place < end and tokens[place].text == sign and not tokens[place].spaced


def _point(tokens: Sequence[Token], place: int, end: int) -> int:
    """How many tokens the decimal sign before a digit takes; 0 where there is none."""
    size = 3 if _is_comma(tokens, place, end) else int(_is_sign(tokens, place, end, "."))
    following = place + size
    digit = following < end and tokens[following].kind == DIGIT and not tokens[following].spaced
    return size if digit else 0


def _repeated(tokens: Sequence[Token], place: int, end: int) -> tuple[str, int] | None:
    """The digits below a bar, perhaps behind the decimal point, and the place behind them."""
    place += int(_is_sign(tokens, place, end, "."))
    if place + 2 >= end or tokens[place].text not in _REPEATING:
        return None
    if tokens[place + 1].kind == DIGIT:
        return tokens[place + 1].text, place + 2
    if tokens[place + 1].kind != OPEN or tokens[place + 2].kind != DIGIT:
        return None
    digits, place = _digits(tokens, place + 2, end)
    return (digits, place + 1) if place < end and tokens[place].kind == CLOSE else None


def _fraction(text: str, repeated: str, start: int, end: int) -> Node:
    """The fraction that a decimal number with repeated digits is: 0.1666... is (16 - 1) / 90."""
    whole, _, decimals = text.partition(".")
    above = int(whole + decimals + repeated) - int(whole + decimals)
    below = (10 ** len(repeated) - 1) * 10 ** len(decimals)
    parts = tuple(Nodes([Node("number", str(value), start, end)]) for value in (above, below))
    return Node("frac", "frac", start, end, parts)

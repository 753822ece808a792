r"""Characters to tokens: control sequences, braces, scripts, letters; each knows where it stands in the source.

Comments and spaces leave nothing but a mark on the token that follows. Nothing is executed: `\input` is a token.

>>> [token.text for token in tokenize(r"\frac12 % half")]
['\\frac', '1', '2']
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

CONTROL, OPEN, CLOSE, SUPER, SUB, ALIGN, LETTER, DIGIT, PARAMETER, OTHER = (
    "control", "open", "close", "super", "sub", "align", "letter", "digit", "parameter", "other",
)  # fmt: skip


class Token(NamedTuple):
    """One token; `start` and `end` are offsets in the source, for an expanded macro those of its call."""

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False


_TOKEN: Final = re.compile(
    r"(?P<skip>(?:[\s\u00a0\u200b\ufeff]+|%[^\n]*\n?)+)"
    r"|(?P<control>\\(?:[A-Za-z@]+|.|$))"
    r"|(?P<open>\{)|(?P<close>\})|(?P<super>\^)|(?P<sub>_)|(?P<align>&(?:amp;)?)"
    r"|(?P<parameter>#[0-9])|(?P<digit>[0-9])|(?P<other>.)",
    re.DOTALL,
)
# Signs and letters that people type directly.
_UNICODE: Final = {
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∇": r"\nabla", "∂": r"\partial", "∈": r"\in", "∉": r"\notin",
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "∝": r"\propto", "∼": r"\sim", "≡": r"\equiv",
    "≔": r"\coloneqq", "→": r"\to", "⇒": r"\Rightarrow", "⇔": r"\iff", "∞": r"\infty", "·": r"\cdot", "⋅": r"\cdot",
    "×": r"\times", "∣": r"\mid", "∥": r"\|", "‖": r"\|", "…": r"\ldots", "⋯": r"\cdots", "√": r"\sqrt",
    "∀": r"\forall", "∅": r"\emptyset", "∖": r"\setminus", "⟨": r"\langle", "⟩": r"\rangle", "−": "-", "–": "-",
    "∗": "*", "′": "'", "𝔼": r"\E", "𝒵": "Z", "𝒳": "X", "ℝ": r"\R", "≜": r"\triangleq", "²": "^2", "³": "^3",
    "ϕ": r"\phi", "ε": r"\epsilon", "ϵ": r"\epsilon", "ℓ": r"\ell", "½": r"\frac12", "’": "'",
    "\u2062": " ", "\u2061": " ", "\u2009": " ", "\u2003": " ",
}  # fmt: skip
_GREEK_NAMES: Final = {"LAMDA": "lambda", "FINAL SIGMA": "sigma"}


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets in `text`.

    >>> tokenize("a_1")[1]
    Token(kind='sub', text='_', start=1, end=2, spaced=False)
    """
    end = len(text) if end is None else end
    tokens: list[Token] = []
    spaced = False
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup or OTHER
        if kind == "skip":
            spaced = True
            continue
        first, last = found.span()
        word = found.group()
        if kind == OTHER:
            tokens.extend(_signs(word, first, last, spaced))
        else:
            tokens.append(Token(kind, "&" if kind == ALIGN else word, first, last, spaced))
        spaced = False
    return tokens


def _signs(sign: str, start: int, end: int, spaced: bool) -> list[Token]:
    """One character that is no syntax: a letter, a sign, or Unicode mathematics turned into what LaTeX has for it."""
    if sign.isascii():
        return [Token(LETTER if sign.isalpha() else OTHER, sign, start, end, spaced)]
    plain = _UNICODE.get(sign) or _greek(sign) or unicodedata.normalize("NFKC", sign)
    if plain == " ":
        return []
    if plain == sign or not plain.isascii():
        return [Token(LETTER if sign.isalpha() else OTHER, sign, start, end, spaced)]
    return [Token(t.kind, t.text, start, end, spaced) for t in tokenize(plain)]


def _greek(sign: str) -> str | None:
    """The control sequence of a Greek letter, also of the mathematical alphabets."""
    name = unicodedata.name(unicodedata.normalize("NFKC", sign)[:1] or sign, "")
    found = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER ([A-Z ]+)", name)
    if found is None:
        return None
    letter = _GREEK_NAMES.get(found[2], found[2].lower())
    if " " in letter:
        return None
    return "\\" + (letter.capitalize() if found[1] == "CAPITAL" else letter)

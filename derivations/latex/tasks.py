r"""Which task a passage belongs to: from headings in English, German and Czech, else from what is written.

>>> state = TaskState()
>>> [state.heading(text).task for text in ("Assignment 1", "b)", "Cvičení 2a.", "3.\\,b)", "Aufgabe 3")]
[None, '1b', '2a', '3b', None]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WORDS: Final = (
    r"assignments?|exercises?|ex|problems?|tasks?|questions?|aufgaben?|übung(?:saufgabe)?|uebung|cvičen\w*|cvicen\w*|"
    r"[úu]loh\w*|úkol\w*|příklad\w*|priklad\w*|otázka|part|teil(?:aufgabe)?|část|cast|ad|solution(?: to)?|"
    r"lösung(?: zu)?|řešení|hw|homework|section|nr|no|q|task|number|zu|č|aufg|prob|assgn"
)
_NUMBER: Final = re.compile(
    rf"(?:(?:\b(?:{_WORDS})\b[\s.:#~\\]*)+|\b[AEPQTÚ](?=[1-3]))\(?([1-3])\)?(?![\d])\s*[.,:)\-–/]*\s*(?:(?:{_WORDS})\b)?[\s.:]*\(?([a-c])?(?![a-z])",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(rf"^\W*([1-3])\s*\.\s*(?:{_WORDS})\b[\s.,:]*\(?([a-c])?(?![a-z])", re.IGNORECASE)
_INSIDE: Final = re.compile(r"(?<![\w.])([1-3])\s*([a-c])(?![\w])")
_SHORT: Final = re.compile(r"^\W*\(?([1-3])\s*[.)\-–/]?\s*\(?\s*([a-c])(?![a-z])\s*[).:]?", re.IGNORECASE)
_LONE_NUMBER: Final = re.compile(r"^\W*([1-3])\s*(?:[.):]|$)")
_PART: Final = re.compile(
    r"^\W*(?:(?:part|teil|teilaufgabe|část|cast|ad|task|subtask|zu)\b[\s.:]*)?\(?([a-c])\s*(?:\)|[.:](?=\s|$)|$)",
    re.IGNORECASE,
)
_COMMANDS: Final = re.compile(r"\\(?:[,;:! ]|[A-Za-z]+\*?)|[{}~*#_]")


# Without any other letters: d/da of something, or a^z (1 - a)^(1 - z), speaks of the one bit of assignment 3.
_OF_ONE_BIT: Final = re.compile(
    r"\\frac\s*\{\s*(?:d|\\mathrm\s*\{\s*d\s*\})\s*\}|\^\{?\s*[a-z]\s*\}?\s*\(\s*1\s*-[^()]*\)\s*\^|[Vv]ar\W|mathbb\s*\{?V"
)


@dataclass
class TaskState:
    """The number and the letter of the task that the reader is in."""

    number: str = ""
    part: str = ""

    @property
    def task(self) -> str | None:
        """The task, None where number or letter is not known."""
        return self.number + self.part if self.number and self.part else None

    def heading(self, text: str) -> TaskState:
        """Take a heading in; returns itself."""
        return self._take(_cleaned(text), anywhere=True)

    def prose(self, text: str) -> TaskState:
        """Take in what the lines of a passage begin with; returns itself."""
        for line in text.split("\n"):
            line = _cleaned(line).strip()
            if line:
                self._take(line[:60], anywhere=False)
        return self

    def _take(self, text: str, *, anywhere: bool) -> TaskState:
        found = _NUMBER.search(text) if anywhere else _NUMBER.match(text.lstrip("( "))
        short = _SHORT.match(text)
        if found is None and anywhere:
            found = _BEFORE.match(text) or (_INSIDE.search(text) if short is None else None)
        part = _PART.match(text)
        if found is not None:
            self.number, self.part = found[1], (found[2] or "").lower()
        elif short is not None and (anywhere or text[short.end() - 1] in ").:" or len(text) < 8):
            self.number, self.part = short[1], short[2].lower()
        elif part is not None:
            self.part = part[1].lower()
        elif anywhere and (lone := _LONE_NUMBER.match(text)) is not None:
            self.number, self.part = lone[1], ""
        return self


def _cleaned(text: str) -> str:
    return _COMMANDS.sub(" ", text)


def guessed(number: str, source: str) -> str | None:
    """The task that a formula of assignment `number` (empty if not known) belongs to, by its letters.

    >>> guessed("", r"z \\frac{d}{d\\beta} \\log q_\\beta(z)"), guessed("2", r"D_{KL}(q \\| p) = a \\log\\frac{a}{b}")
    ('3b', '2a')
    """
    gradient = bool(re.search(r"\\nabla|∇|\\partial|\\grad|d\s*[{}/]", source))
    divergence = bool(re.search(r"KL|\\kl|H\s*[(\[]", source))
    bare = not re.search(r"\\nabla|∇|\\(?:var)?phi|[φϕ]|\\mid|\|", source)
    beta = bool(re.search(r"\\beta|β", source)) or (bare and _OF_ONE_BIT.search(source) is not None)
    encoder = bool(re.search(r"\\(?:var)?phi|[φϕ]|\\nabla|∇", source))
    decoder = bool(re.search(r"p\s*(?:_\s*(?:\{?\s*\\theta\s*\}?|θ))?\s*\(\s*x\b|\\theta|θ", source))
    if not number:
        number = "3" if beta and not divergence else "2" if divergence or (encoder and not decoder) else "1"
        if not (beta or divergence or encoder or decoder):
            return None
    if number == "1":
        return "1b"
    if number == "2":
        return "2b" if gradient and not divergence else "2a"
    mean_only = bool(re.search(r"E|\\sum|∑", source)) and not re.search(
        r"\\log|\\ln|[Vv]ar|\\mathbb\{?V|\bm\b|\^2", source
    )
    return "3a" if mean_only else "3b"

r"""Sentences with the macros written out that stand for single signs: `$\eps \sim \N(0, 1)$` for `\def\N{\mathcal{N}}`.

Formulas are expanded by `macros`; this is for what patterns find in the running text, with its places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_BODY: Final = r"\{(?P<%s>(?:[^{}]|\{[^{}]*\})*)\}"
_DEFINED: Final = re.compile(
    rf"\\(?:re)?newcommand\*?\s*\{{?\s*\\(?P<new>[A-Za-z]+)\s*\}}?\s*{_BODY % 'body'}"
    rf"|\\def\s*\\(?P<old>[A-Za-z]+)\s*{_BODY % 'meaning'}"
)
_USE: Final = re.compile(r"\\([A-Za-z]+)")
_LONGEST: Final = 40  # characters of a macro that stands for a sign


@dataclass(frozen=True)
class WrittenOut:
    """A text with its short macros written out, and where its parts stand in the original one."""

    text: str
    here: tuple[int, ...] = (0,)
    there: tuple[int, ...] = (0,)

    def place(self, offset: int) -> int:
        """The place in the original text of a place in this one."""
        part = bisect_right(self.here, offset) - 1
        return self.there[part] + offset - self.here[part]


def written_out(text: str) -> WrittenOut:
    r"""A text with its macros without arguments written out; what defines them stays.

    >>> found = written_out(r"\def\eps{\varepsilon} $\eps$ and $x$")
    >>> found.text, found.place(found.text.index("x$")) == r"\def\eps{\varepsilon} $\eps$ and $x$".index("x$")
    ('\\def\\eps{\\varepsilon} $\\varepsilon$ and $x$', True)
    """
    known = dict(_macros(text))
    if not known:
        return WrittenOut(text)
    parts: list[str] = []
    here, there, last, length = [0], [0], 0, 0
    defining = [found.span() for found in _DEFINED.finditer(text)]
    for use in _USE.finditer(text):
        if use[1] not in known or any(start <= use.start() < end for start, end in defining):
            continue
        body = known[use[1]]
        parts += [text[last : use.start()], body]
        length += use.start() - last + len(body)
        last = use.end()
        here.append(length)
        there.append(last)
    return WrittenOut("".join([*parts, text[last:]]), tuple(here), tuple(there))


def _macros(text: str) -> Iterator[tuple[str, str]]:
    for found in _DEFINED.finditer(text):
        body = found["body"] if found["body"] is not None else found["meaning"]
        if len(body) <= _LONGEST and "#" not in body:
            yield found["new"] or found["old"], body

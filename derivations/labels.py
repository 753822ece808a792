r"""Names for the chains of a document by which a test is found again: the author's label, else kind and number.

A label survives every edit around it; `display-3` and `inline-2` survive an edit of the formula itself. Lines would
survive neither, so they are told and not used as names. It must not judge.

>>> text = r"\begin{align}\label{eq:a} a &= b \\ c &= d \end{align} $e = f$"
>>> labelled(text, [("align", 31, 32), ("align", 40, 41), ("$", 57, 58)])
['eq:a', 'display-2', 'inline-1']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, TypeAlias

# The environment of a chain, and where its right-hand sides begin and end in the text.
Place: TypeAlias = tuple[str, int, int]

_INLINE: Final = frozenset({"$", r"\("})
_COMMENT: Final = re.compile(r"(?<!\\)%[^\n]*")
_LABEL: Final = re.compile(r"\\label\s*\{([^{}]+)\}|\\tag\*?\s*\{([^{}]+)\}")
# What ends one display or row and begins another; what is built inside a display does not.
_INNER: Final = "aligned|alignedat|split|gathered|multlined|array|cases|matrix|pmatrix|bmatrix"
_BORDER: Final = re.compile(rf"\\end\s*\{{(?!(?:{_INNER})\}})|\\\\|\\\]|\\\)|\$|\n[ \t]*\n")
_UNUSUAL: Final = re.compile(r"[^\w:+*'-]+")  # pytest writes a dot as two colons


def labelled(text: str, places: Sequence[Place]) -> list[str]:
    """The name of each chain, all of them different."""
    taken: set[str] = set()
    counted: Counter[str] = Counter()
    names = []
    for number, (environment, start, end) in enumerate(places):
        kind = "inline" if environment in _INLINE else "display"
        counted[kind] += 1
        before = places[number - 1][2] if number else 0
        after = places[number + 1][1] if number + 1 < len(places) else len(text)
        name = _label(text, min(before, start), start, end, max(after, end)) or f"{kind}-{counted[kind]}"
        names.append(_fresh(name, taken))
        taken.add(names[-1])
    return names


def _label(text: str, before: int, start: int, end: int, after: int) -> str | None:
    """The first label in a chain's own part of its display, cleaned of what an id cannot hold."""
    head = _COMMENT.sub("", text[before:start])
    tail = _COMMENT.sub("", text[end:after])
    borders = [border.end() for border in _BORDER.finditer(head)]
    ending = _BORDER.search(tail)
    before_it = head[borders[-1] if borders else 0 :]
    behind_it = tail[: ending.start()] if ending else tail
    found = _LABEL.search(before_it + _COMMENT.sub("", text[start:end]) + behind_it)
    if found is None:
        return None
    return _UNUSUAL.sub("-", (found[1] or found[2]).replace("::", ":")).strip("-:") or None


def _fresh(name: str, taken: set[str]) -> str:
    """The name, with a number where another chain has it already."""
    if name not in taken:
        return name
    return next(numbered for k in range(2, len(taken) + 3) if (numbered := f"{name}+{k}") not in taken)

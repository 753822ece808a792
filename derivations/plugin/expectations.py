r"""What an author says about the next formula: `% derivations: expect refuted` in LaTeX, `<!-- ... -->` in Markdown.

For formulas that are wrong on purpose, such as the mistake that a page warns of: the test passes as long as the checker
sees what the author says. It stands on a line of its own and holds for the next formula only.

>>> expectations("% derivations: expect refuted\n$a = b$ and $c = d$", [35, 46], tex=True)
[Expectation(verdict='refuted', line=1), Expectation(verdict=None, line=0)]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from derivations.errors import NotationError
from derivations.verdict import KINDS

_TEX: Final = re.compile(r"^[ \t]*%+[ \t]*derivations:[ \t]*expect\b[ \t]*([^\n]*?)[ \t]*$", re.MULTILINE)
_MARKDOWN: Final = re.compile(r"^[ \t]*<!--\s*derivations:\s*expect\b\s*(.*?)\s*-->", re.MULTILINE)
_FENCED: Final = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Expectation:
    """The verdict that an author expects somewhere in a formula, and the line on which this is said."""

    verdict: str | None = None
    line: int = 0


def expectations(text: str, starts: Sequence[int], *, tex: bool) -> list[Expectation]:
    """What is expected of the formulas that begin at these offsets.

    Raises: NotationError for a word that is no verdict, and for one that no formula follows.
    """
    found = [Expectation()] * len(starts)
    bare = text if tex else _FENCED.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), text)
    for said in (_TEX if tex else _MARKDOWN).finditer(bare):
        line = text.count("\n", 0, said.start()) + 1
        if said[1] not in KINDS:
            raise NotationError(text, said.start(1), f"one of {', '.join(KINDS)} behind `expect` on line {line}")
        after = [start for start in starts if start > said.start()]
        if not after:
            raise NotationError(text, said.start(), f"a formula behind `expect {said[1]}` on line {line}")
        found[starts.index(min(after))] = Expectation(said[1], line)
    return found

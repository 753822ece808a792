"""Evidence in words: what was done besides the kernel's replay, and how far it reaches. Only what is there is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from derivations.evidence import Evidence
from derivations.output.passages import Author
from derivations.output.templates import escape_tex
from derivations.term import App, Var

_SCOPE: Final = re.compile(r"(\|?)(\w+)\|? = (\d+) to (\d+)")


def told(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The name of each kind of evidence and what it says, the same in every run.

    >>> from derivations.evidence import KernelReplay, SympyProof
    >>> found = SympyProof("the difference is 0; n = 1 to 4", 4, 0.25)
    >>> list(told(Evidence("c", KernelReplay(2, 10), found)))
    [('SymPy', 'the difference is 0; n = 1 to 4')]
    """
    words = evidence.summary
    for name, text in (
        ("SymPy", words.sympy),
        ("numerical", words.numeric),
        ("simulation", words.simulation),
        ("certificate", words.certificate),
        ("mutants", words.mutants),
    ):
        if text:
            yield name, text


def printed(name: str, text: str, author: Author) -> str:
    """What a kind of evidence says, as LaTeX; the letters of its range are printed like all others."""
    if name != "SymPy":
        return escape_tex(text)
    method, _, scope = text.partition("; ")
    ranges = [_range(found, author) for found in _SCOPE.finditer(scope)]
    return escape_tex(method) + (f", for {' and '.join(ranges)}" if ranges else "")


def _range(found: re.Match[str], author: Author) -> str:
    bar, name, first, last = found.groups()
    letter = App("card", (Var(name),)) if bar else Var(name)
    return f"{author.inline(letter)} from {first} to {last}"

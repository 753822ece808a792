r"""Sets that a text says distributions to be on: `$p$ a distribution on a finite set $S$`, `the alphabet $S$`.

A sum over such a set is one over all values: that over x in S is the sum over x. Of other sets nothing is known: an
event A is a set too, over which the chances do not sum to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from derivations.latex.nodes import Node, Nodes
from derivations.latex.sets import set_name
from derivations.term import Term, Var

_SET: Final = r"\$\s*(?:\\(?:mathcal|mathscr|mathbb)\s*\{?\s*)?(?P<%s>[A-Z])\s*\}?\s*\$"
_LAWS: Final = (
    r"(?:p\.?m\.?fs?|distributions?|mass functions?|densit(?:y|ies)|laws?|Verteilung\w*|Zähldicht\w*|lois?|rozdělení)"
)
_ON: Final = r"(?:on|over|auf|über|sur|na|nad)"
_SPACE: Final = (
    r"(?:sample|outcome|state|latent|finite)\s+space|alphabet|support|Alphabet|Zustandsraum|Grundraum|Träger|abeced\w+"
)
_WHOLE: Final = re.compile(
    rf"\b{_LAWS}\b[^.\\]{{0,60}}?\b{_ON}\s+(?:[\w-]+\s+){{0,4}}{_SET % 'law'}"
    rf"|\b(?:{_SPACE})\s+{_SET % 'space'}"
    rf"|\b(?:takes?|taking|with|having)\s+(?:\w+\s+)?values\s+in\s+(?:[\w-]+\s+){{0,4}}{_SET % 'values'}"
    rf"|\bWerte\w*\s+(?:in|aus)\s+(?:[\w-]+\s+){{0,3}}{_SET % 'werte'}"
)
_PART: Final = re.compile(
    r"\b(?:sub-?sets?|events?|Teilmenge\w*|Ereignis\w*|sous-ensemble\w*|événement\w*|podmnožin\w*|jev)\b|\\subset"
)


@lru_cache(maxsize=8)
def whole_sets(text: str) -> frozenset[str]:
    r"""The letters of the sets that distributions of a text are on; none where it speaks of parts of them.

    >>> sorted(whole_sets(r"Let $p$ and $q$ be pmfs on a finite set $S$; the alphabet $\mathcal{A}$."))
    ['A', 'S']
    >>> sorted(whole_sets(r"Let $p$ be a pmf on $S$ and $A$ an event."))
    []
    """
    if _PART.search(text):
        return frozenset()
    return frozenset(letter for found in _WHOLE.finditer(text) for letter in found.groups() if letter)


def supports(rows: Sequence[Nodes], text: str) -> Mapping[Term, Term]:
    r"""The sets in `\sum_{x \in S}` that are those of all values of x, each with the name of the latter.

    >>> from derivations.latex.syntax import parsed
    >>> rows = [parsed(r"\sum_{x \in S} p(x) + \sum_{y \in T} q(y)").nodes]
    >>> {str(one): str(other) for one, other in supports(rows, "a distribution on the set $S$").items()}
    {'S': 'X'}
    """
    whole = whole_sets(text)
    met: dict[str, set[str]] = {}
    for row in rows if whole else ():
        for letter, name in _memberships(row):
            met.setdefault(name, set()).add(set_name(letter))
    return {Var(name): Var(next(iter(own))) for name, own in met.items() if len(own) == 1 and name in whole}


def _memberships(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    r"""The letters and the sets of `x \in S` below operators."""
    for node in nodes:
        below = node.sub or Nodes()
        if node.kind == "operator" and len(below) == 3 and below[1].kind == "sign" and below[1].value == "in":
            letter, name = below[0], below[2]
            if letter.kind == name.kind == "symbol" and name.font != "double" and not letter.sub and not name.sup:
                yield letter.value, name.value
        for part in (*node.parts, below, node.sup or Nodes()):
            yield from _memberships(part)

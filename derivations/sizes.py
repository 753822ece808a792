"""What is too large to be looked at: a term that shares its parts may be a huge tree.

>>> from derivations.term import add, Var
>>> term = Var("x")
>>> for _ in range(60):
...     term = add(term, term)
>>> is_larger(term, 1000)
True
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from derivations.term import Bind, Num, Term, children, subterms

_MOST_PARTS: Final = 6_000
_MOST_BITS: Final = 13_000
_MOST_DERIVATIVES: Final = 12  # inside one another


def is_larger(term: Term, parts: int) -> bool:
    """Whether a term, as a tree, has more parts."""
    return next(islice(subterms(term), parts, None), None) is not None


def too_large(claim: Term) -> str:
    """Why a claim is not looked at; empty for one that is. A term that shares its parts may be a huge tree."""
    parts = [*islice(subterms(claim), _MOST_PARTS + 1)]
    if len(parts) > _MOST_PARTS:
        return f"size: a claim of more than {_MOST_PARTS} parts"
    if any(isinstance(part, Num) and part.value.bit_length() > _MOST_BITS for part in parts):
        return "size: a number with too many digits"
    if (
        sum(isinstance(part, Bind) and part.head == "d" for part in parts) > _MOST_DERIVATIVES
        and _order(claim) > _MOST_DERIVATIVES
    ):
        return "size: derivatives of too high an order"
    return ""


def _order(term: Term) -> int:
    """How many derivatives stand inside one another."""
    inner = max(map(_order, children(term)), default=0)
    return inner + (isinstance(term, Bind) and term.head == "d")

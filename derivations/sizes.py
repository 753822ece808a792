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
_LARGEST: Final = 2**13_000  # of the numbers that stand in a claim
_MOST_DERIVATIVES: Final = 12  # inside one another


def is_larger(term: Term, parts: int) -> bool:
    """Whether a term, as a tree, has more parts."""
    return next(islice(subterms(term), parts, None), None) is not None


def too_large(claim: Term) -> str:
    """Why a claim is not looked at; empty for one that is. A term that shares its parts may be a huge tree."""
    parts = [*islice(subterms(claim), _MOST_PARTS + 1)]
    if len(parts) > _MOST_PARTS:
        return f"size: a claim of more than {_MOST_PARTS} parts"
    if max([part.value for part in parts if isinstance(part, Num)], default=0) > _LARGEST:
        return "size: a number with too many digits"
    derivatives = sum([isinstance(part, Bind) and part.head == "d" for part in parts]) if "d" in claim.heads else 0
    if derivatives > _MOST_DERIVATIVES and _order(claim) > _MOST_DERIVATIVES:
        return "size: derivatives of too high an order"
    return ""


def _order(term: Term) -> int:
    """How many derivatives stand inside one another."""
    inner = max(map(_order, children(term)), default=0)
    return inner + (isinstance(term, Bind) and term.head == "d")

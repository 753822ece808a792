"""Detours: first moves for equations whose sides have different normal forms as they stand.

Powers free two sides of their roots, exponentials of their logarithms, and a sum with a symbolic end telescopes into
the other side. Each is an instance of a row; what comes after it is again a matter of normal forms.

Source: Graham, Knuth, Patashnik, *Concrete Mathematics* (1994), section 5.7, for sums from their differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from typing import Final

from derivations.conditions import holds
from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move
from derivations.matching import function
from derivations.normal_form.canonical import Canonical
from derivations.polynomial import ONE
from derivations.term import App, Bind, Num, Term, Var, add, div, fresh_name, sub, substituted, subterms

_MOST_DEGREE: Final = 12
_ZERO: Final = Num(0)
_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "neg"})
_TELESCOPES: Final = {"sum": "telescoping-sum", "prod": "telescoping-product"}


def detours(claim: App, given: Given) -> Iterator[tuple[Move, ...]]:
    """Moves to begin with, the most promising first.

    >>> from derivations.notation import read
    >>> [start[0].rule for start in detours(read("sqrt(3 + 2 * sqrt(2)) = 1 + sqrt(2)"), Given())]
    ['equal-by-powers']
    """
    left, right = claim.args
    for side, other, place in ((left, right, 0), (right, left, 1)):
        yield from _telescoping(side, other, place, given)
    degree = lcm(*(_degree(part) for part in subterms(claim)))
    if 1 < degree <= _MOST_DEGREE and all(holds(App("<=", (_ZERO, side)), given) for side in claim.args):
        yield (Apply("equal-by-powers", (("?n", Num(degree)),)),)
    if any(isinstance(part, App) and part.head == "log" for part in subterms(claim)):
        yield (Apply("equal-by-exponentials"),)


def _degree(part: Term) -> int:
    """q for a q-th root, else 1."""
    if not isinstance(part, App):
        return 1
    if part.head == "sqrt":
        return 2
    exponent = part.args[1] if part.head == "^" else None
    if isinstance(exponent, App) and exponent.head == "neg":
        exponent = exponent.args[0]
    if isinstance(exponent, App) and exponent.head == "/" and isinstance(exponent.args[1], Num):
        return exponent.args[1].value or 1
    return 1


# ---------------------------------------------------------------- sums and products with a symbolic end


def _telescoping(side: Term, other: Term, place: int, given: Given) -> Iterator[tuple[Move, ...]]:
    """G such that the sum over range(a, n) is G(n) - G(a - 1): what the claim says the sum is, as a function of n."""
    for path, series in _series(side, ()):
        value = other if not path else _solved(side, other, series)
        index = None if value is None else _closed_form(series, value)
        if index is None:
            continue
        move: Move = Apply(_TELESCOPES[series.head], (("?G", index),))
        for child in reversed((place, *path)):
            move = Inside(child, (move,))
        yield (move,)


def _series(term: Term, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Bind]]:
    """The sums and products in an arithmetic term whose last index is n + c for a symbol n that the terms lack."""
    if isinstance(term, Bind) and term.head in _TELESCOPES and isinstance(term.arg, App) and term.arg.head == "range":
        yield path, term
    elif isinstance(term, App) and term.head in _ARITHMETIC:
        for child, arg in enumerate(term.args):
            yield from _series(arg, (*path, child))


def _solved(side: Term, other: Term, series: Bind) -> Term | None:
    """The value that side = other gives a sum which occurs linearly."""
    numbers = Canonical()
    place = numbers.generator(series)
    try:
        top, _ = numbers.quotient(sub(side, other))
    except OutsideFragment:
        return None
    if any(g == place and e != 1 for monomial in top for g, e in monomial):
        return None
    slope = {tuple(p for p in m if p[0] != place): c for m, c in top.items() if (place, 1) in m}
    rest = {m: -c for m, c in top.items() if (place, 1) not in m}
    return div(numbers.written(rest), numbers.written(slope)) if slope else None


def _closed_form(series: Bind, value: Term) -> Term | None:
    """The value as a function of the last index."""
    if not isinstance(series.arg, App):
        return None
    end = series.arg.args[1]
    numbers = Canonical()
    try:
        top, bottom = numbers.quotient(end)
    except OutsideFragment:
        return None
    symbols = [numbers.atoms[m[0][0]] for m, c in top.items() if len(m) == 1 and m[0][1] == 1 and c == 1]
    offset = top.get(ONE, 0)
    if bottom != {ONE: 1} or len(top) - bool(offset) != 1 or not symbols or not isinstance(symbols[0], Var):
        return None
    name = symbols[0].name
    if any(name in body.free_vars for body in (*series.bodies, series.arg.args[0])) or not isinstance(offset, int):
        return None
    last = fresh_name("n", value.free_vars)
    shifted = add(Var(last), Num(-offset)) if offset <= 0 else sub(Var(last), Num(offset))
    return function(substituted(value, {name: shifted if offset else Var(last)}), last)

"""Terms that differ in notation only: one way to write E and sum, KL and its sum, factors in any order.

Nothing is differentiated, no sum is carried out and no logarithm taken apart: what is alike needs no argument.

>>> from derivations.notation import read
>>> alike(read("E[z in Z](q(z), f(z))")) == alike(read("sum[y in Z](f(y) * q(y))"))
True
>>> alike(read("d[b = b](b^2)")) == alike(read("2 * b"))
False
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Canonical
from derivations.term import App, Bind, Bound, Num, Term, neg, shifted, subterms
from derivations.vocabulary import ARITHMETIC

_LARGEST: Final = 1_500


@lru_cache(maxsize=4096)
def alike(term: Term) -> Term:
    """The term in the one notation; a term that is too large stays as it is."""
    if sum(1 for _ in subterms(term)) > _LARGEST:
        return term
    try:
        return _plain(term)
    except (OutsideFragment, RecursionError):
        return term


def _plain(term: Term) -> Term:
    if isinstance(term, App):
        return _application(term)
    if isinstance(term, Bind):
        return _binder(term)
    return term


def _application(term: App) -> Term:
    if term.head == "bern" and not isinstance(term.args[1], Num):
        chance, value = term.args
        other = App("^", (App("-", (Num(1), chance)), App("-", (Num(1), value))))
        return _plain(App("*", (App("^", (chance, value)), other)))
    plain = App(term.head, [_plain(arg) for arg in term.args])
    return Canonical().factors(plain) if term.head in ARITHMETIC else plain


def _binder(term: Bind) -> Term:
    if term.head == "E":
        return _plain(Bind("sum", term.hint, term.arg, (App("*", term.bodies),)))
    if term.head == "KL":
        ratio = App("log", (App("/", term.bodies),))
        return _plain(Bind("sum", term.hint, term.arg, (App("*", (term.bodies[0], ratio)),)))
    plain = Bind(term.head, term.hint, _plain(term.arg), [_plain(body) for body in term.bodies])
    return _constants_out(plain) if term.head == "sum" else plain


def _constants_out(term: Bind) -> Term:
    """c * sum F for sum c * F."""
    above, below = _fraction(term.bodies[0])
    constant = [one for one in (*above, *(App("/", (Num(1), one)) for one in below)) if not _uses(one)]
    if not constant:
        return term
    rest_above = [one for one in above if _uses(one)]
    rest_below = [one for one in below if _uses(one)]
    body = _product(rest_above)
    if rest_below:
        body = App("/", (body, _product(rest_below)))
    inner: Term = Bind("sum", term.hint, term.arg, (body,))
    return Canonical().factors(_product([*(shifted(one, -1) for one in constant), inner]))


def _uses(term: Term, depth: int = 0) -> bool:
    """Whether the innermost bound variable occurs in a body."""
    if isinstance(term, Bound):
        return term.index == depth
    if isinstance(term, App):
        return any(_uses(arg, depth) for arg in term.args)
    if isinstance(term, Bind):
        return _uses(term.arg, depth) or any(_uses(body, depth + 1) for body in term.bodies)
    return False


def _fraction(term: Term) -> tuple[list[Term], list[Term]]:
    """The factors above and below the bar."""
    if isinstance(term, App) and term.head == "*":
        parts = [_fraction(arg) for arg in term.args]
        return [one for part in parts for one in part[0]], [one for part in parts for one in part[1]]
    if isinstance(term, App) and term.head == "/":
        (a, b), (c, d) = _fraction(term.args[0]), _fraction(term.args[1])
        return a + d, b + c
    if isinstance(term, App) and term.head == "neg":
        above, below = _fraction(term.args[0])
        return [neg(Num(1)), *above], below
    return ([] if term == Num(1) else [term]), []


def _product(factors: list[Term]) -> Term:
    total: Term = Num(1)
    for factor in factors:
        total = factor if total == Num(1) else App("*", (total, factor))
    return total


def without_common_terms(left: Term, right: Term) -> tuple[Term, Term] | None:
    """What an equation says of the terms that its sides do not share, None where they share none.

    >>> from derivations.notation import read
    >>> [str(side) for side in without_common_terms(read("a + b"), read("a + c")) or ()]
    ['b', 'c']
    """
    one, other = Counter(_summands(left, 1)), Counter(_summands(right, 1))
    if not one & other:
        return None
    return _total(one - other), _total(other - one)


def _summands(term: Term, sign: int) -> Iterator[tuple[int, Term]]:
    if isinstance(term, App) and term.head in ("+", "-"):
        yield from _summands(term.args[0], sign)
        yield from _summands(term.args[1], sign if term.head == "+" else -sign)
    elif isinstance(term, App) and term.head == "neg":
        yield from _summands(term.args[0], -sign)
    elif term != Num(0):
        yield sign, alike(term)


def _total(parts: Counter[tuple[int, Term]]) -> Term:
    total: Term = Num(0)
    for sign, part in parts.elements():
        total = part if sign > 0 and total == Num(0) else App("+" if sign > 0 else "-", (total, part))
    return alike(total)

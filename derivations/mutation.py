"""One-place mutations: the slips that a writer makes, one at a time.

A checker is worth what it says about these: each must be refuted, unless the slip happens to leave the value alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from derivations.term import App, Bind, Bound, Num, Term, Var, instantiated, neg
from derivations.vocabulary import ARITHMETIC, BINDERS, POINT_BINDERS, RELATIONS


class Mutant(NamedTuple):
    """A term that differs from the original in one place; `kind` names the slip."""

    kind: str
    term: Term


def mutants(term: Term, around: tuple[Term | None, ...] = ()) -> Iterator[Mutant]:
    """Every one-place mutation of a term, outermost first; each differs from the term as written.

    `around` are the sets of the binders around the term, the innermost one first; None for one that binds at a point.

    >>> from derivations.notation import read
    >>> for kind, changed in mutants(read("a - b * 2")): print(kind, changed, sep=": ")
    sign: a + b * 2
    lost term: a
    lost term: b * 2
    exchanged: b * 2 - a
    lost factor: a - b
    lost factor: a - 2
    number: a - b * 3
    """
    seen = {term}
    for mutant in _at_the_top(term, around):
        if mutant.term not in seen:
            seen.add(mutant.term)
            yield mutant
    for mutant in _below(term, around):
        if mutant.term not in seen:
            seen.add(mutant.term)
            yield mutant


def _below(term: Term, around: tuple[Term | None, ...]) -> Iterator[Mutant]:
    if isinstance(term, App):
        for place, arg in enumerate(term.args):
            for kind, changed in mutants(arg, around):
                yield Mutant(kind, App(term.head, (*term.args[:place], changed, *term.args[place + 1 :])))
    elif isinstance(term, Bind):
        if term.head in _SETS_MAY_CHANGE:
            for kind, changed in mutants(term.arg, around):
                yield Mutant(kind, Bind(term.head, term.hint, changed, term.bodies))
        inside = (None if term.head in POINT_BINDERS else term.arg, *around)
        for place, body in enumerate(term.bodies):
            for kind, changed in mutants(body, inside):
                bodies = (*term.bodies[:place], changed, *term.bodies[place + 1 :])
                yield Mutant(kind, Bind(term.head, term.hint, term.arg, bodies))


# The set that an expectation ranges over belongs to its distribution: a slip there is a slip in the given.
_SETS_MAY_CHANGE: Final = frozenset({"sum", "prod"})


def _at_the_top(term: Term, around: tuple[Term | None, ...]) -> Iterator[Mutant]:
    if isinstance(term, Num):
        yield Mutant("number", Num(term.value + 1))
    elif isinstance(term, Bound):
        for other in range(len(around)):
            if _alike(term, Bound(other), around):
                yield Mutant("index", Bound(other))
    elif isinstance(term, App):
        make = _SLIPS.get(term.head)
        if make is not None:
            yield from make(term.args)
        elif term.head not in _ORDERED:
            yield from _of_call(term, around)
    elif isinstance(term, Bind):
        if term.head == "d":
            yield Mutant("lost derivative", instantiated(term.bodies[0], (term.arg,)))
        elif term.head in ("KL", "CE"):
            yield Mutant("exchanged", Bind(term.head, term.hint, term.arg, tuple(reversed(term.bodies))))


def _of_sum(args: tuple[Term, ...]) -> Iterator[Mutant]:
    left, right = args
    yield Mutant("sign", App("-", (left, right)))
    yield Mutant("lost term", left)
    yield Mutant("lost term", right)


def _of_difference(args: tuple[Term, ...]) -> Iterator[Mutant]:
    left, right = args
    yield Mutant("sign", App("+", (left, right)))
    yield Mutant("lost term", left)
    yield Mutant("lost term", right)
    yield Mutant("exchanged", App("-", (right, left)))


def _of_product(args: tuple[Term, ...]) -> Iterator[Mutant]:
    left, right = args
    yield Mutant("lost factor", left)
    yield Mutant("lost factor", right)


def _of_quotient(args: tuple[Term, ...]) -> Iterator[Mutant]:
    left, right = args
    yield Mutant("lost factor", left)
    yield Mutant("exchanged", App("/", (right, left)))
    yield Mutant("exponent", App("/", (left, App("^", (right, Num(2))))))


def _of_power(args: tuple[Term, ...]) -> Iterator[Mutant]:
    base, exponent = args
    yield Mutant("exponent", base)
    if not isinstance(exponent, Num):
        yield Mutant("sign", App("^", (base, neg(exponent))))


def _of_function(args: tuple[Term, ...]) -> Iterator[Mutant]:
    yield Mutant("lost function", args[0])


def _of_negative(args: tuple[Term, ...]) -> Iterator[Mutant]:
    yield Mutant("sign", args[0])


def _of_range(args: tuple[Term, ...]) -> Iterator[Mutant]:
    low, high = args
    yield Mutant("index", App("range", (low, App("-", (high, Num(1))))))


def _of_call(term: App, around: tuple[Term | None, ...]) -> Iterator[Mutant]:
    """Two neighbouring arguments of a function exchanged, where both may be what the other one is."""
    for place in range(len(term.args) - 1):
        before, (first, second), after = term.args[:place], term.args[place : place + 2], term.args[place + 2 :]
        if _alike(first, second, around):
            yield Mutant("argument order", App(term.head, (*before, second, first, *after)))


def _alike(first: Term, second: Term, around: tuple[Term | None, ...]) -> bool:
    """Whether two terms may stand for one another: free symbols, or bound variables that both count or share a set."""
    if not isinstance(first, Bound) or not isinstance(second, Bound):
        return isinstance(first, Var) and isinstance(second, Var)
    one, other = around[first.index], around[second.index]
    if one is None or other is None:
        return False
    return (_counts(one) and _counts(other)) or (one == other and not one.loose)


def _counts(domain: Term) -> bool:
    return isinstance(domain, App) and domain.head == "range"


# Of these the arguments are of different kinds, or exchanged by slips of their own.
_ORDERED: Final = frozenset(
    {*ARITHMETIC, *BINDERS, *RELATIONS, "at", "bern", "tuples", "interval", "integers", "without"}
)
_SLIPS: Final[dict[str, Callable[[tuple[Term, ...]], Iterator[Mutant]]]] = {
    "+": _of_sum,
    "-": _of_difference,
    "*": _of_product,
    "/": _of_quotient,
    "^": _of_power,
    "neg": _of_negative,
    "log": _of_function,
    "exp": _of_function,
    "sqrt": _of_function,
    "range": _of_range,
}

"""Inequalities of polynomials in positive numbers, by the order of these: x <= y <= z is y = x + s^2, z = y + t^2.

(x + y)(y + z)(z + x) >= 8 x y z has no sign that factors tell, but in each order of x, y and z all coefficients are
positive when the larger numbers are written as the smaller ones and squares. All orders are looked at in exact
arithmetic first; only where each of them has positive coefficients a proof is written down.

Untrusted: the kernel replays every move.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Final, TypeAlias

from derivations.bounds import bounds
from derivations.errors import KernelError, OutsideFragment
from derivations.factored_signs import BY_DIFFERENCE, WORDS, difference, stripped
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move, after
from derivations.matching import function
from derivations.normal_form.canonical import Canonical
from derivations.polynomial import ONE, Polynomial, plus, raised, times
from derivations.term import App, Bind, Num, Term, Var, fresh_name, mul, opened

_Moves: TypeAlias = "tuple[Move, ...]"
_ZERO: Final = Num(0)
_RATIONAL: Final = frozenset({*BY_DIFFERENCE, "+", "-", "*", "/", "^", "neg"})
_MOST_NAMES: Final = 3
_MOST_DEGREE: Final = 8


def by_orderings(claim: Term, given: Given) -> _Moves | None:
    """Moves that prove < or <= between rational functions of two or three positive numbers; None where no way is found.

    >>> from derivations.notation import read
    >>> claim = read("8 * x * y * z <= (x + y) * (y + z) * (z + x)")
    >>> by_orderings(claim, Given.of("0 < x", "0 < y", "0 < z")) is not None
    True
    """
    if not isinstance(claim, App) or claim.head not in BY_DIFFERENCE or not 2 <= len(claim.free_vars) <= _MOST_NAMES:
        return None
    if claim.heads - _RATIONAL or not all(bounds(Var(name), given).positive for name in claim.free_vars):
        return None
    try:
        start, rest = _numerator(claim, given)
        names = _names(rest)
        if names is None or not all(_has_positive_coefficients(rest, order) for order in permutations(names)):
            return None
        return (*start, *_by_order(App(claim.head, (_ZERO, rest)), given, names))
    except (KernelError, OutsideFragment):
        return None


def _numerator(claim: App, given: Given) -> tuple[_Moves, Term]:
    """The moves to 0 <= P, where all of the difference is positive that is not P."""
    start, normal = difference(claim, given)
    parts = stripped(normal, given)
    if parts is None or parts[0] is None:
        return start, normal if parts is None else parts[1]
    positive, rest = parts[0], parts[1]
    product = Apply("algebra", (("?b", mul(positive, rest)),))
    return (*start, Inside(1, (product,)), Apply(f"{WORDS[claim.head]}-multiple")), rest


def _names(term: Term) -> tuple[str, ...] | None:
    """The letters of a polynomial in letters only."""
    numbers = Canonical()
    top, bottom = numbers.quotient(term)
    plain = bottom == {ONE: 1} and all(isinstance(atom, Var) for atom in numbers.atoms)
    degree = max((sum(abs(e) for _, e in monomial) for monomial in top), default=0)
    return tuple(sorted(term.free_vars)) if plain and degree <= _MOST_DEGREE else None


def _has_positive_coefficients(term: Term, order: Sequence[str]) -> bool:
    """Whether no coefficient is negative, each letter written as the one before it in the order and a new one."""
    numbers = Canonical()
    top, _ = numbers.quotient(term)
    places = {numbers.generator(Var(name)): place for place, name in enumerate(order)}
    sums: list[Polynomial] = [{((later, 1),): 1 for later in range(place + 1)} for place in range(len(order))]
    total: Polynomial = {}
    for monomial, coefficient in top.items():
        part: Polynomial = {ONE: coefficient}
        for generator, exponent in monomial:
            part = times(part, raised(sums[places[generator]], exponent))
        total = plus(total, part)
    return all(coefficient >= 0 for coefficient in total.values())


# ---------------------------------------------------------------- the proof


def _by_order(claim: App, given: Given, names: Sequence[str]) -> _Moves:
    """Cases until the letters are in order; then the larger ones as the smaller ones and squares."""
    order = [names[0]]
    for name in names[1:]:
        for place, other in enumerate(order):
            below = _below(name, other, given)
            if below is None:
                return _split(claim, given, names, App("-", (Var(name), Var(other))))
            if below:
                order.insert(place, name)
                break
        else:
            order.append(name)
    return _spread(claim, given, order)


def _spread(claim: App, given: Given, order: Sequence[str]) -> _Moves:
    """The larger letters as the next smaller ones and squares, then the polynomial with its coefficients."""
    if len(order) == 1:
        return (Inside(1, (Apply("algebra", (("?b", _expanded(claim.args[1])),)),)),)
    larger, smaller = Var(order[-1]), Var(order[-2])
    known = (("?F", function(claim.args[1], larger.name)), ("?x", larger), ("?y", smaller))
    step = Apply(f"{WORDS[claim.head]}-beyond", known)
    reached = after(claim, (step,), given)
    if not isinstance(reached, Bind):
        raise KernelError("no statement about all squares")
    name = fresh_name(reached.hint, given.names | reached.free_vars)
    inside = opened(reached, name)[0]
    if not isinstance(inside, App):
        raise KernelError("no relation below the quantifier")
    return (step, Inside(1, _spread(inside, given.assume(App("in", (Var(name), reached.arg))), order[:-1]), name))


def _expanded(term: Term) -> Term:
    numbers = Canonical()
    return numbers.written(numbers.quotient(term)[0])


def _below(name: str, other: str, given: Given) -> bool | None:
    """Whether a letter is at most another by the case that is looked at; None where no case tells."""
    gap = App("-", (Var(name), Var(other)))
    if App("<=", (gap, _ZERO)) in given:
        return True
    return False if App("<=", (_ZERO, gap)) in given else None


def _split(claim: App, given: Given, names: Sequence[str], gap: Term) -> _Moves:
    cases = (App("<=", (_ZERO, gap)), App("<=", (gap, _ZERO)))
    branches = [
        Inside(place, (Inside(1, _by_order(claim, given.assume(case), names)),)) for place, case in enumerate(cases)
    ]
    return (Apply("cases-of-sign", (("?u", gap),)), *branches)

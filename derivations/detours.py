"""Detours: first moves for equations whose sides have different normal forms as they stand.

Powers free two sides of their roots, exponentials of their logarithms, the sine of their difference of their
arctangents, and a sum with a symbolic end telescopes into the other side. Each is an instance of a row; what comes
after it is again a matter of normal forms.

Source: Graham, Knuth, Patashnik, *Concrete Mathematics* (1994), section 5.7, for sums from their differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from typing import Final

from derivations.angles import ANGLES
from derivations.conditions import holds
from derivations.errors import KernelError, OutsideFragment
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move, after, instance
from derivations.matching import function
from derivations.normal_form import normal_form
from derivations.normal_form.canonical import Canonical
from derivations.polynomial import ONE
from derivations.rules import TABLE
from derivations.term import App, Bind, Num, Term, Var, add, div, fresh_name, sub, substituted, subterms

_MOST_DEGREE: Final = 12
_MOST_PARTS: Final = 60
_ZERO: Final = Num(0)
_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "neg"})
_INVERSES: Final = frozenset({"arctan", "arcsin", "arccos"})
_LOGARITHMS: Final = frozenset({"log", "arsinh", "arcosh", "artanh"})
_MULTIPLIED: Final = frozenset({"exp", "^"})
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
    heads = {part.head for part in subterms(claim) if isinstance(part, App)}
    if {"abs", "sign"} <= heads:
        yield tuple(_by_signs(claim, ()))
    if heads & _INVERSES:
        yield from _by_angles(claim, given)
    odd = lcm(*(degree for part in subterms(claim) if (degree := _degree(part)) % 2))
    if 1 < odd <= _MOST_DEGREE:
        yield (Apply("equal-by-odd-powers", (("?n", Num(odd)),)),)
    yield from _by_powers(claim, given)
    if heads & _LOGARITHMS:
        yield from _by_exponentials(claim, given)
        if "artanh" in heads:
            yield (Apply("equal-multiples", (("?c", Num(2)),)), Apply("equal-by-exponentials"))
    if heads & _MULTIPLIED and all(_is_product(side) for side in claim.args):
        yield (Apply("equal-by-logarithms"),)


def _is_product(term: Term) -> bool:
    """Whether the logarithm of a term falls apart into those of its factors."""
    return not isinstance(term, App) or term.head not in ("+", "-", "neg")


def below_integrals(claim: App) -> tuple[tuple[Move, ...], App]:
    """Derivatives of means under normal densities taken below the integral, and what the claim is then.

    >>> from derivations.notation import read
    >>> claim = read("d[t = m](int[z in reals](normal(z, t, 1) * f(z))) = 0")
    >>> print(below_integrals(claim)[1])
    int[z in reals](d[t = m](normal(z, t, 1) * f(z))) = 0
    """
    found: list[Move] = []
    sides = list(claim.args)
    step = Apply("derivative-of-integral")
    for place, side in enumerate(claim.args):
        match side:
            case Bind("d", _, _, (Bind("int", _, _, (body,)),)) if "normal" in body.heads:
                found.append(Inside(place, (step,)))
                sides[place] = instance(TABLE[step.rule], side, step)[1]
    return tuple(found), App(claim.head, sides)


def _by_angles(claim: App, given: Given) -> Iterator[tuple[Move, ...]]:
    """The sine of the difference is 0, or that of a multiple without fractions; or the cosines are equal."""
    left, right = claim.args
    count = lcm(*(_denominator(part) for part in subterms(claim)))
    if all(holds(condition, given) for condition in _less_than_half_a_turn(left, right)):
        yield (Apply("equal-angles"),)
        scaled = (App("*", (Num(count), left)), App("*", (Num(count), right)))
        if 1 < count <= _MOST_PARTS and all(holds(condition, given) for condition in _less_than_half_a_turn(*scaled)):
            yield (Apply("equal-multiples", (("?c", Num(count)),)), Apply("equal-angles"))
    zero, pi = Num(0), App("pi_number")
    if all(holds(App("<=", pair), given) for side in claim.args for pair in ((zero, side), (side, pi))):
        yield (Apply("equal-by-cosines"),)


def _denominator(part: Term) -> int:
    """q for a p-th of q of an angle, written as a quotient or as a multiple; 1 for another term."""
    if not isinstance(part, App) or part.head not in ("*", "/") or not _is_angular(part):
        return 1
    shares = [part] if part.head == "/" else part.args
    bottoms = [share.args[1] for share in shares if isinstance(share, App) and share.head == "/"]
    return lcm(*(bottom.value or 1 for bottom in bottoms if isinstance(bottom, Num)))


def _is_angular(term: Term) -> bool:
    return any(isinstance(part, App) and part.head in ANGLES for part in subterms(term))


def _less_than_half_a_turn(left: Term, right: Term) -> tuple[Term, Term]:
    """What the difference of two angles must be, if its sine is to decide whether they are equal."""
    gap, pi = sub(left, right), App("pi_number")
    return App("<", (App("neg", (pi,)), gap)), App("<", (gap, pi))


def _by_powers(claim: App, given: Given) -> Iterator[tuple[Move, ...]]:
    """Both sides, which are not negative, to a power that frees them of their roots."""
    degree = lcm(*(_degree(part) for part in subterms(claim)))
    if 1 < degree <= _MOST_DEGREE and all(holds(App("<=", (_ZERO, side)), given) for side in claim.args):
        yield (Apply("equal-by-powers", (("?n", Num(degree)),)),)


def _by_exponentials(claim: App, given: Given) -> Iterator[tuple[Move, ...]]:
    """The exponentials of both sides, then powers of these; first both sides times the logarithms they divide by."""
    divisor = _logs_below(claim)
    try:
        start: tuple[Move, ...] = ()
        if divisor is not None:
            start = _normalised(claim, (Apply("equal-multiples", (("?c", divisor),)),), given)
        start = (*start, Apply("equal-by-exponentials"))
        yield start
        moves = _normalised(claim, start, given)
        reached = after(claim, moves, given)
    except (KernelError, OutsideFragment):  # a condition of the way there is open
        return
    if isinstance(reached, App):
        yield from ((*moves, *more) for more in _by_powers(reached, given))


def _normalised(claim: App, start: tuple[Move, ...], given: Given) -> tuple[Move, ...]:
    """Some moves, then those that bring what they lead to to its normal form."""
    return (*start, *normal_form(after(claim, start, given), given)[1])


def _logs_below(claim: App) -> Term | None:
    """The product of the logarithms that the two sides are divided by, None if there are none."""
    numbers = Canonical()
    try:
        top, _ = numbers.quotient(sub(*claim.args))
    except OutsideFragment:
        return None
    below: dict[int, int] = {}
    for g, e in (pair for monomial in top for pair in monomial):
        if e < 0 and _is_log(numbers.atoms[g]):
            below[g] = max(below.get(g, 0), -e)
    return numbers.written({tuple(sorted(below.items())): 1}) if below else None


def _is_log(atom: Term) -> bool:
    return isinstance(atom, App) and atom.head == "log"


def _degree(part: Term) -> int:
    """q for a q-th root, else 1."""
    if not isinstance(part, App):
        return 1
    if part.head == "sqrt":
        return 2
    if part.head == "root":
        return part.args[1].value if isinstance(part.args[1], Num) else 1
    exponent = part.args[1] if part.head == "^" else None
    if isinstance(exponent, App) and exponent.head == "neg":
        exponent = exponent.args[0]
    if isinstance(exponent, App) and exponent.head == "/" and isinstance(exponent.args[1], Num):
        return exponent.args[1].value or 1
    return 1


def _by_signs(term: Term, path: tuple[int, ...]) -> Iterator[Move]:
    """Every absolute value as a multiple of the sign, those inside first."""
    if isinstance(term, App):
        for child, arg in enumerate(term.args):
            yield from _by_signs(arg, (*path, child))
        if term.head == "abs":
            yield _inside(path, Apply("absolute-value-by-sign"))


def _inside(path: tuple[int, ...], move: Move) -> Move:
    for child in reversed(path):
        move = Inside(child, (move,))
    return move


# ---------------------------------------------------------------- sums and products with a symbolic end


def _telescoping(side: Term, other: Term, place: int, given: Given) -> Iterator[tuple[Move, ...]]:
    """G such that the sum over range(a, n) is G(n) - G(a - 1): what the claim says the sum is, as a function of n."""
    for path, series in _series(side, ()):
        value = other if not path else _solved(side, other, series)
        index = None if value is None else _closed_form(series, value)
        if index is None:
            continue
        yield (_inside((place, *path), Apply(_TELESCOPES[series.head], (("?G", index),))),)


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

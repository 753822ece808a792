"""Polynomials as sums of squares: a^4 + b^4 + c^4 - abc(a + b + c) is half the sum of (a^2 - b^2)^2 and of (ab - bc)^2.

Looked for are positive multiples of squares of monomials and of sums and differences of two. Which ones make up a
polynomial is a question of linear programming, answered exactly; that they do, the kernel computes again.

Source: Ahmadi and Majumdar, *DSOS and SDSOS optimization* (2019), for the cone; Bland (1977) for the simplex rule.

Untrusted: the kernel replays every move.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Final, TypeAlias

from derivations.errors import KernelError, OutsideFragment
from derivations.factored_signs import BY_DIFFERENCE, WORDS, difference, stripped
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move
from derivations.normal_form.canonical import Canonical
from derivations.normal_form.rooted import over_roots
from derivations.polynomial import ONE, Polynomial
from derivations.term import App, Num, Term, add, mul, number, power, sub

_Moves: TypeAlias = "tuple[Move, ...]"
_Exponents: TypeAlias = tuple[int, ...]
_Column: TypeAlias = "dict[_Exponents, Fraction]"
_ZERO: Final = Num(0)
_MOST_NAMES: Final = 6
_MOST_DEGREE: Final = 8
_MOST_CANDIDATES: Final = 4_000
_MOST_MONOMIALS: Final = 15
_MOST_PIVOTS: Final = 150


def by_squares(claim: Term, given: Given) -> _Moves | None:
    """Moves that prove < or <= between rational functions by a sum of squares; None where none is found.

    >>> from derivations.notation import read
    >>> claim = read("a * b * c * (a + b + c) <= a^4 + b^4 + c^4")
    >>> by_squares(claim, Given.of("a in reals", "b in reals", "c in reals")) is not None
    True
    """
    if not isinstance(claim, App) or claim.head not in BY_DIFFERENCE or not 0 < len(claim.free_vars) <= _MOST_NAMES:
        return None
    try:
        start, normal = difference(claim, given)
        positive, rest = stripped(normal, given) or (None, normal)
        rooted = over_roots(rest)
        found = _sum_of_squares(rooted or rest)
    except (KernelError, OutsideFragment):
        return None
    if found is None:
        return None
    written = found if positive is None else mul(positive, found)
    inside = Inside(1, (Apply("root-algebra" if rooted else "algebra", (("?b", written),)),))
    return (*start, inside) if positive is None else (*start, inside, Apply(f"{WORDS[claim.head]}-multiple"))


def _sum_of_squares(term: Term) -> Term | None:
    """A polynomial in any numbers written as a sum of squares; None where no such sum is found."""
    numbers = Canonical()
    top, bottom = numbers.quotient(term)
    letters = numbers.atoms[:]
    if bottom != {ONE: 1} or not 0 < len(letters) <= _MOST_NAMES:
        return None
    target = _dense(top, len(letters))
    monomials = _halves(target, len(letters))
    if not monomials:
        return None
    squares = [*_squares(monomials)]
    weights = _feasible([column for column, _ in squares], target)
    if weights is None:
        return None
    parts = [_written(weight, square, letters) for weight, (_, square) in zip(weights, squares, strict=True) if weight]
    total = parts[0]
    for part in parts[1:]:
        total = add(total, part)
    return total


def _dense(polynomial: Polynomial, count: int) -> _Column:
    found: _Column = {}
    for monomial, coefficient in polynomial.items():
        exponents = [0] * count
        for generator, exponent in monomial:
            exponents[generator] = exponent
        found[tuple(exponents)] = Fraction(coefficient)
    return found


# ---------------------------------------------------------------- what may be squared


def _halves(target: _Column, count: int) -> list[_Exponents]:
    """The monomials whose squares may occur: within the hull of the exponents, as far as sums of these tell."""
    if any(e < 0 for exponents in target for e in exponents) or max(map(sum, target)) > _MOST_DEGREE:
        return []
    ranges = [range(max(exponents[place] for exponents in target) // 2 + 1) for place in range(count)]
    size = 1
    for one in ranges:
        size *= len(one)
    if size > _MOST_CANDIDATES:
        return []
    subsets = [places for length in range(1, count + 1) for places in combinations(range(count), length)]
    bounds = [(places, *_extent(target, places)) for places in subsets]
    found = [
        half
        for half in product(*ranges)
        if all(low <= 2 * sum(half[p] for p in places) <= high for places, low, high in bounds)
    ]
    while True:
        sums = {_plus(one, other) for one, other in combinations(found, 2)}
        kept = [half for half in found if (twice := _plus(half, half)) in target or twice in sums]
        if len(kept) == len(found):
            return found if len(found) <= _MOST_MONOMIALS else []
        found = kept


def _extent(target: _Column, places: Sequence[int]) -> tuple[int, int]:
    degrees = [sum(exponents[place] for place in places) for exponents in target]
    return min(degrees), max(degrees)


def _plus(one: _Exponents, other: _Exponents) -> _Exponents:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _squares(monomials: Sequence[_Exponents]) -> list[tuple[_Column, tuple[tuple[_Exponents, int], ...]]]:
    """m^2, (m - n)^2 and (m + n)^2: their coefficients, and what is squared."""
    found: list[tuple[_Column, tuple[tuple[_Exponents, int], ...]]] = []
    for one, other in combinations(monomials, 2):
        for sign in (-1, 1):
            column = {_plus(one, one): Fraction(1)}
            for exponents, share in ((_plus(other, other), 1), (_plus(one, other), 2 * sign)):
                column[exponents] = column.get(exponents, Fraction(0)) + share
            found.append((column, ((one, 1), (other, sign))))
    found += [({_plus(one, one): Fraction(1)}, ((one, 1),)) for one in monomials]
    return found


def _written(weight: Fraction, square: Sequence[tuple[_Exponents, int]], letters: Sequence[Term]) -> Term:
    base: Term | None = None
    for exponents, sign in square:
        monomial: Term = Num(1)
        for letter, exponent in zip(letters, exponents, strict=True):
            if exponent:
                factor = letter if exponent == 1 else power(letter, exponent)
                monomial = factor if monomial == Num(1) else mul(monomial, factor)
        base = monomial if base is None else add(base, monomial) if sign > 0 else sub(base, monomial)
    squared = power(base or Num(1), 2)
    return squared if weight == 1 else mul(number(weight), squared)


# ---------------------------------------------------------------- linear programming


def _feasible(columns: Sequence[_Column], target: _Column) -> list[Fraction] | None:
    """Weights that are not negative, with which the columns sum to the target; None where there are none."""
    keys = sorted({key for column in (*columns, target) for key in column})
    signs = [-1 if target.get(key, 0) < 0 else 1 for key in keys]
    rows = [
        {place: sign * column[key] for place, column in enumerate(columns) if column.get(key)}
        for key, sign in zip(keys, signs, strict=True)
    ]
    values = [sign * target.get(key, Fraction(0)) for key, sign in zip(keys, signs, strict=True)]
    basis = [-1 - place for place in range(len(keys))]  # an artificial variable for each row
    for _ in range(_MOST_PIVOTS):
        costs: dict[int, Fraction] = {}
        for row, kind in zip(rows, basis, strict=True):
            if kind < 0:
                for place, share in row.items():
                    costs[place] = costs.get(place, Fraction(0)) + share
        entering = min((place for place, cost in costs.items() if cost > 0 and place not in basis), default=None)
        if entering is None:
            break
        ratios = [(values[k] / row[entering], basis[k], k) for k, row in enumerate(rows) if row.get(entering, 0) > 0]
        if not ratios:
            return None
        _pivot(rows, values, min(ratios)[2], entering)
        basis[min(ratios)[2]] = entering
    if any(value for value, kind in zip(values, basis, strict=True) if kind < 0):
        return None
    weights = [Fraction(0)] * len(columns)
    for value, kind in zip(values, basis, strict=True):
        if kind >= 0:
            weights[kind] = value
    return weights


def _pivot(rows: list[dict[int, Fraction]], values: list[Fraction], here: int, entering: int) -> None:
    """Solve row `here` for the entering variable and put it into the others."""
    pivot = rows[here][entering]
    rows[here] = {place: share / pivot for place, share in rows[here].items()}
    values[here] /= pivot
    for k, row in enumerate(rows):
        factor = row.get(entering)
        if k == here or not factor:
            continue
        for place, share in rows[here].items():
            changed = row.get(place, Fraction(0)) - factor * share
            if changed:
                row[place] = changed
            else:
                row.pop(place, None)
        values[k] -= factor * values[here]

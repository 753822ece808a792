"""Powers of -1 with whole exponents: only the parity of the exponent counts.

A polynomial with whole values is a sum of whole multiples of products of binomials C(n, j), in one way only. Those with
odd coefficients stay, each with a power of its own; what is left of the exponent is even.
"""

from __future__ import annotations

from itertools import product
from math import comb, prod
from typing import Final

from derivations.errors import OutsideFragment
from derivations.integrality import has_whole_values, value_at, variables
from derivations.normal_form.canonical import Canonical
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Polynomial, constant, inverse, plus, times
from derivations.term import App, Num, Term, add, mul, neg

_MINUS_ONE: Final = neg(Num(1))
_MOST_VALUES: Final = 200
_TWO: Final = Num(2)


def parity(r: Rewriting) -> bool:
    """(-1)^P as a product of powers of which none can be left out; says whether there was anything to do."""
    match r.term:
        case App("^", (base, exponent)) if base == _MINUS_ONE and not isinstance(exponent, Num):
            found = _parts(exponent)
        case _:
            return False
    if found is None:
        return False
    odd, half = found
    if half is not None and not odd:
        r.inside(1, lambda part: part.compute(mul(_TWO, half)))
        squared = r.attempt("power-of-power-nonzero", reverse=True, a=_MINUS_ONE, b=_TWO, c=half)
        if squared:
            r.inside(0, lambda part: part.compute(Num(1)))
        return squared
    parts = odd if half is None else [*odd, mul(_TWO, half)]
    if len(parts) < 2:
        return False
    total = parts[0]
    for part in parts[1:]:
        total = add(total, part)
    r.inside(1, lambda part: part.compute(total))
    return r.attempt("power-sum-nonzero")


def _parts(exponent: Term) -> tuple[list[Term], Term | None] | None:
    """What is odd in an exponent, in parts, and half of what is even, None for nothing; None for another exponent."""
    numbers = Canonical()
    try:
        top, bottom = numbers.quotients(exponent)[0]
    except OutsideFragment:
        return None
    if bottom != {ONE: 1} or any(e < 0 for monomial in top for _, e in monomial) or not has_whole_values(top):
        return None
    odd = _odd_parts(top)
    if odd is None:
        return None
    rest = top
    for part in odd:
        rest = plus(rest, part, -1)
    half = numbers.written(times(rest, constant(inverse(2)))) if rest else None
    return [numbers.written(part) for part in odd], half


def _odd_parts(polynomial: Polynomial) -> list[Polynomial] | None:
    """The products of binomials with odd coefficients, by differences at 0; None where there are too many."""
    names = variables(polynomial)
    degrees = [max(dict(monomial).get(name, 0) for monomial in polynomial) for name in names]
    if prod(degree + 1 for degree in degrees) > _MOST_VALUES:
        return None
    places = list(product(*(range(degree + 1) for degree in degrees)))
    values = {place: value_at(polynomial, dict(zip(names, place, strict=True))) for place in places}
    found = []
    for place in places:
        below = product(*(range(top + 1) for top in place))
        difference = sum(
            prod((-1) ** (j - k) * comb(j, k) for j, k in zip(place, other, strict=True)) * values[other]
            for other in below
        )
        if difference % 2:
            found.append(_binomials(dict(zip(names, place, strict=True))))
    return found


def _binomials(place: dict[int, int]) -> Polynomial:
    """The product of the binomials C(n, j)."""
    total = constant(1)
    for name, chosen in place.items():
        for less in range(chosen):
            factor = plus({((name, 1),): 1}, constant(less), -1)
            total = times(times(total, factor), constant(inverse(less + 1)))
    return total

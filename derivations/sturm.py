"""Signs of polynomials in one variable, beside and beyond their roots: exact, by Sturm's theorem.

A polynomial is the list of its rational coefficients, that of the highest power last.

Source: Basu, Pollack, Roy, *Algorithms in Real Algebraic Geometry* (2006), sections 2.2.2 and 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias

Coefficients: TypeAlias = "list[Fraction]"
_LARGEST: Final = 4_000  # bits of a coefficient on the way


def constant_sign(coefficients: Sequence[Fraction | int], *, half_line: bool) -> tuple[int, bool]:
    """The sign that a polynomial has on (0, oo), or on all reals, and whether it is never 0 there; (0, False) where
    it changes, or where the numbers grow too large.

    >>> constant_sign([1, -2, 1], half_line=False), constant_sign([1, -1, 0, 0, 1], half_line=False)
    ((1, False), (1, True))
    >>> constant_sign([0, 1], half_line=True), constant_sign([-1, 1], half_line=True)
    ((1, True), (0, False))
    """
    whole = _trimmed([Fraction(c) for c in coefficients])
    if not whole:
        return 0, False
    odd, distinct = _odd_part(whole)
    if odd is None or distinct is None or _roots(odd, half_line):
        return 0, False
    return (1 if whole[-1] > 0 else -1), not _roots(distinct, half_line)


def _trimmed(polynomial: Coefficients) -> Coefficients:
    while polynomial and not polynomial[-1]:
        polynomial.pop()
    return polynomial


def _divided(top: Coefficients, bottom: Coefficients) -> tuple[Coefficients, Coefficients]:
    """Quotient and remainder."""
    rest, quotient = top[:], [Fraction(0)] * max(len(top) - len(bottom) + 1, 0)
    while len(rest) >= len(bottom):
        factor, shift = rest[-1] / bottom[-1], len(rest) - len(bottom)
        quotient[shift] = factor
        for place, coefficient in enumerate(bottom):
            rest[shift + place] -= factor * coefficient
        rest.pop()
        _trimmed(rest)
    return quotient, rest


def _derivative(polynomial: Coefficients) -> Coefficients:
    return [place * coefficient for place, coefficient in enumerate(polynomial)][1:]


def _common(left: Coefficients, right: Coefficients) -> Coefficients | None:
    """The greatest common divisor, with leading coefficient 1; None where it is too much work."""
    while right:
        left, right = right, _divided(left, right)[1]
        if any(c.numerator.bit_length() > _LARGEST for c in right):
            return None
    return [coefficient / left[-1] for coefficient in left]


def _odd_part(polynomial: Coefficients) -> tuple[Coefficients | None, Coefficients | None]:
    """The product of the factors that occur an odd number of times, and that of all different factors."""
    repeated = _common(polynomial, _derivative(polynomial))
    if repeated is None:
        return None, None
    distinct = _divided(polynomial, repeated)[0]
    odd, rest, left, count = [Fraction(1)], repeated, distinct, 1
    while len(left) > 1:
        again = _common(left, rest)
        if again is None:
            return None, None
        if count % 2:
            odd = _product(odd, _divided(left, again)[0])
        rest, left, count = _divided(rest, again)[0], again, count + 1
    return odd, distinct


def _product(left: Coefficients, right: Coefficients) -> Coefficients:
    total = [Fraction(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            total[i + j] += a * b
    return total


def _roots(polynomial: Coefficients, half_line: bool) -> int:
    """The number of roots on (0, oo), or on all reals, of a polynomial without repeated factors."""
    while half_line and len(polynomial) > 1 and not polynomial[0]:
        polynomial = polynomial[1:]  # 0 is no root inside
    chain = [polynomial, _derivative(polynomial)]
    while chain[-1]:
        chain.append([-coefficient for coefficient in _divided(chain[-2], chain[-1])[1]])
    chain.pop()
    at_end = [part[-1] for part in chain]
    start = [part[0] for part in chain] if half_line else [part[-1] * (-1) ** (len(part) - 1) for part in chain]
    return _changes(start) - _changes(at_end)


def _changes(values: Sequence[Fraction]) -> int:
    """How often the sign changes, zeros left out."""
    signs = [value > 0 for value in values if value]
    return sum(one != other for one, other in pairwise(signs))

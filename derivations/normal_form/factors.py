"""Factorisation over Q: the only door to FLINT's polynomials.

What comes out is a proposal like everything in this folder; the kernel multiplies it out again.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from flint import fmpq, fmpq_mpoly_ctx

from derivations.errors import OutsideFragment
from derivations.polynomial import Coefficient, Monomial, Polynomial

_MOST_TERMS: Final = 600


class Factored(NamedTuple):
    """content * monomial * product of irreducible polynomials with more than one term, each to a power."""

    content: Coefficient
    monomial: Monomial
    factors: tuple[tuple[Polynomial, int], ...]


def factored(polynomial: Polynomial) -> Factored:
    """The factorisation of a non-zero Laurent polynomial.

    >>> square = {(): Fraction(1), ((0, 1),): Fraction(-2), ((0, 2),): Fraction(1)}
    >>> len(factored(square).factors), factored(square).factors[0][1]
    (1, 2)
    """
    if len(polynomial) == 1:
        ((common, coefficient),) = polynomial.items()
        return Factored(coefficient, common, ())
    generators = sorted({g for monomial in polynomial for g, _ in monomial})
    powers = [(dict(monomial), c) for monomial, c in polynomial.items()]
    lowest = {g: min(exponents.get(g, 0) for exponents, _ in powers) for g in generators}
    common = tuple((g, e) for g, e in lowest.items() if e)
    if all(sum(exponents.get(g, 0) - lowest[g] for g in generators) <= 1 for exponents, _ in powers):
        rest = _shifted(powers, generators, lowest)
        return Factored(1, common, ((rest, 1),))  # linear, so irreducible
    if len(polynomial) > _MOST_TERMS or sum(max(e.get(g, 0) for e, _ in powers) - lowest[g] for g in generators) > 200:
        raise OutsideFragment("size: a polynomial that is too large to be factored")
    context = fmpq_mpoly_ctx.get(tuple(f"x{g}" for g in generators), "lex")
    dense = {
        tuple(exponents.get(g, 0) - lowest[g] for g in generators): fmpq(c.numerator, c.denominator)
        for exponents, c in powers
    }
    content, parts = context.from_dict(dense).factor()
    factors = []
    for part, exponent in parts:
        back = {
            tuple((g, int(e)) for g, e in zip(generators, exponents, strict=True) if e): _exact(c)
            for exponents, c in part.to_dict().items()
        }
        factors.append((back, int(exponent)))
    return Factored(_exact(content), common, tuple(factors))


def _exact(number: fmpq) -> Coefficient:
    return int(number.p) if number.q == 1 else Fraction(int(number.p), int(number.q))


def _shifted(
    powers: list[tuple[dict[int, int], Coefficient]], generators: list[int], lowest: dict[int, int]
) -> Polynomial:
    return {tuple((g, e) for g in generators if (e := exponents.get(g, 0) - lowest[g])): c for exponents, c in powers}

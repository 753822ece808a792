"""Polynomials with rational coefficients that are whole numbers wherever their variables are: n(n + 1)/2.

Such a polynomial is N(x)/D with whole coefficients in N. Modulo D, N has the period D in each variable, so that
finitely many values decide.

Source: Cahen, Chabert, *Integer-Valued Polynomials* (1997), chapter I.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Final

from derivations.errors import OutsideFragment
from derivations.polynomial import ONE, Field, Polynomial
from derivations.term import App, Num, Term

_MOST_VALUES: Final = 2_000


def is_whole_quotient(term: App, is_whole: Callable[[Term], bool]) -> bool:
    """Whether a quotient, or a product with one, is whole by its form; `is_whole` tells which atoms are.

    Nothing is divided by but numbers, so that the term has a value wherever its atoms have.

    >>> from derivations.notation import read
    >>> [is_whole_quotient(read(text), lambda atom: True) for text in ("n * (n + 1) / 2", "n^2 / 2", "n / n")]
    [True, False, False]
    """
    numbers = Field()
    try:
        top, bottom = numbers.quotient(term)
    except OutsideFragment:
        return False
    if bottom != {ONE: 1} or not all(isinstance(below, Num) and below.value for below in numbers.denominators):
        return False
    if any(exponent < 0 for monomial in top for _, exponent in monomial):
        return False
    return has_whole_values(top) and all(is_whole(numbers.atoms[g]) for g in variables(top))


def variables(polynomial: Polynomial) -> list[int]:
    """The generators that occur in a polynomial."""
    return sorted({generator for monomial in polynomial for generator, _ in monomial})


def has_whole_values(polynomial: Polynomial) -> bool:
    """Whether a polynomial has whole values at all whole arguments, as far as few values decide that."""
    below = lcm(*(Fraction(coefficient).denominator for coefficient in polynomial.values()))
    names = variables(polynomial)
    if below ** len(names) > _MOST_VALUES:
        return False
    whole: Polynomial = {monomial: int(coefficient * below) for monomial, coefficient in polynomial.items()}
    for point in product(range(below), repeat=len(names)):
        values = dict(zip(names, point, strict=True))
        if value_at(whole, values) % below:
            return False
    return True


def value_at(polynomial: Polynomial, values: dict[int, int]) -> Fraction:
    """The value of a polynomial at whole arguments."""
    total = Fraction(0)
    for monomial, coefficient in polynomial.items():
        term = Fraction(coefficient)
        for generator, exponent in monomial:
            term *= values[generator] ** exponent
        total += term
    return total

"""The canonical way to write a rational function: a sum of monomials in a fixed order, each divided by its
denominators; the same polynomial is always written as the same term.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd, lcm

from derivations.errors import OutsideFragment
from derivations.polynomial import ONE, Field, Monomial, Polynomial, Quotient, constant
from derivations.term import App, Num, Term, add, div, mul, neg, power, sub


class Laurent(Field):
    """Rational functions as polynomials in atoms and in inverses of atoms and of irreducible sums.

    Where the kernel's `Field` keeps one common denominator, here 1/(1 - b) becomes an atom of its own, so that
    a summand falls apart into factors that depend on the summation variable and factors that do not.
    """

    def __init__(self, idempotent: Callable[[Term], bool] | None = None) -> None:
        super().__init__(idempotent)
        self._keys: dict[int, str] = {}

    def polynomial(self, term: Term) -> Polynomial:
        """`term` as a Laurent polynomial in the atoms. Raises OutsideFragment (see Field.quotient)."""
        return self.reduced(self.quotient(term).top)

    def _inverse(self, term: Term) -> Quotient:
        top = self.reduced(self.quotient(term).top)
        if not top:
            raise OutsideFragment("division by zero")
        if len(top) == 1:
            ((monomial, coefficient),) = top.items()
            return Quotient({tuple((g, -e) for g, e in monomial): 1 / coefficient}, constant(1))
        content, common, primitive = self._primitive(top)
        inverse = self.generator(div(Num(1), self.written(primitive)))
        outside = tuple((g, -e) for g, e in common)
        factor = tuple(sorted((*outside, (inverse, 1))))
        return Quotient({factor: 1 / content}, constant(1))

    def _primitive(self, polynomial: Polynomial) -> tuple[Fraction, Monomial, Polynomial]:
        """content * common monomial * primitive polynomial with a positive leading coefficient."""
        coefficients = list(polynomial.values())
        top = gcd(*(c.numerator for c in coefficients))
        content = Fraction(top, lcm(*(c.denominator for c in coefficients)))
        generators = sorted({g for monomial in polynomial for g, _ in monomial})
        powers = {monomial: dict(monomial) for monomial in polynomial}
        lowest = {g: min(power.get(g, 0) for power in powers.values()) for g in generators}
        common = tuple((g, e) for g, e in lowest.items() if e)
        rest = {
            tuple((g, powers[m].get(g, 0) - lowest[g]) for g in generators if powers[m].get(g, 0) != lowest[g]): c / content
            for m, c in polynomial.items()
        }
        if self._ordered(rest)[0][1] < 0:
            content, rest = -content, {m: -c for m, c in rest.items()}
        return content, common, rest

    def written(self, polynomial: Polynomial) -> Term:
        """The polynomial as a term, always in the same order."""
        ordered = self._ordered(polynomial)
        if not ordered:
            return Num(0)
        total = self.written_monomial(*ordered[0])
        for monomial, coefficient in ordered[1:]:
            part = self.written_monomial(monomial, abs(coefficient))
            total = add(total, part) if coefficient > 0 else sub(total, part)
        return total

    def written_monomial(self, monomial: Monomial, coefficient: Fraction) -> Term:
        """coefficient * product of powers, negative powers below the fraction bar."""
        above: list[Term] = []
        below: list[Term] = []
        size = abs(coefficient)
        if size.numerator != 1:
            above.append(Num(size.numerator))
        if size.denominator != 1:
            below.append(Num(size.denominator))
        for key, generator, exponent in sorted((self._key(g), g, e) for g, e in monomial):
            atom = self.atoms[generator]
            if isinstance(atom, App) and atom.head == "/" and atom.args[0] == Num(1):
                below.append(_powered(atom.args[1], exponent))
            else:
                (above if exponent > 0 else below).append(_powered(atom, abs(exponent)))
        top = _product(above) if above else Num(1)
        whole = div(top, _product(below)) if below else top
        return neg(whole) if coefficient < 0 else whole

    def _ordered(self, polynomial: Polynomial) -> list[tuple[Monomial, Fraction]]:
        return sorted(polynomial.items(), key=lambda item: self._order(item[0]))

    def _order(self, monomial: Monomial) -> tuple[int, list[tuple[str, int]]]:
        named = sorted((self._key(g), e) for g, e in monomial)
        return (0 if monomial == ONE else 1, named)

    def _key(self, generator: int) -> str:
        found = self._keys.get(generator)
        if found is None:
            found = self._keys[generator] = str(self.atoms[generator])
        return found


def _powered(atom: Term, exponent: int) -> Term:
    return atom if exponent == 1 else power(atom, exponent)


def _product(factors: list[Term]) -> Term:
    total = factors[0]
    for factor in factors[1:]:
        total = mul(total, factor)
    return total

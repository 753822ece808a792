"""The canonical way to write a rational function: a sum of monomials in a fixed order, each divided by its
denominators; the same polynomial is always written as the same term.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd, lcm
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.factors import factored
from derivations.polynomial import (
    ONE,
    Coefficient,
    Field,
    Monomial,
    Polynomial,
    Quotient,
    constant,
    inverse,
    plus,
    raised,
    times,
)
from derivations.term import App, Num, Term, Var, add, div, mul, neg, power, sub, substituted

_MOST_DIVISIONS: Final = 60
_ONE: Final = Num(1)


class Canonical(Field):
    """A field that writes its polynomials down as terms, always in the same order.

    `bound` are the names that binders around were opened with, outermost first: the order does not depend on them.
    """

    def __init__(
        self, idempotent: Callable[[Term], bool] | None = None, *, roots: bool = False, bound: tuple[str, ...] = ()
    ) -> None:
        self._keys: dict[int, str] = {}
        self._places: dict[str, Term] = {name: Var(f"~{place}") for place, name in enumerate(bound)}
        super().__init__(idempotent, roots=roots)

    def factors(self, term: Term, is_negative: Callable[[Term], bool] = lambda factor: False) -> Term:
        """`term` over its common denominator, both as products of irreducible factors, what they share cancelled.

        A factor that `is_negative` is turned round, its sign goes in front.
        Raises: OutsideFragment (see Field.quotient).

        >>> from derivations.notation import read
        >>> print(Canonical().factors(read("1 - x / (1 + x)")), Canonical().factors(read("x^2 - y^2")))
        1 / (1 + x) (x + y) * (x - y)
        """
        top, bottom = self.quotients(term)[0]
        if not (top := self.reduced(top)):
            return Num(0)
        content, exponents = Fraction(1), dict[Term, int]()
        for polynomial, sign in ((top, 1), (bottom, -1)):
            scale, common, parts = factored(polynomial)
            if scale != 1:
                content *= Fraction(scale) ** sign
            for generator, exponent in common:
                atom = self.atoms[generator]
                exponents[atom] = exponents.get(atom, 0) + sign * exponent
            for factor, exponent in parts:
                unit, primitive = self._primitive(factor)
                if is_negative(self.written(primitive)):
                    unit, primitive = -unit, plus({}, primitive, -1)
                if unit != 1:
                    content *= Fraction(unit) ** (sign * exponent)
                atom = self.written(primitive)
                exponents[atom] = exponents.get(atom, 0) + sign * exponent
        return _fraction(content, exponents)

    def _primitive(self, polynomial: Polynomial) -> tuple[Coefficient, Polynomial]:
        """content and primitive part: coprime whole coefficients, the first of them positive."""
        coefficients = polynomial.values()
        above, below = gcd(*[c.numerator for c in coefficients]), lcm(*[c.denominator for c in coefficients])
        if self._ordered(polynomial)[0][1] < 0:
            above = -above
        if above == below == 1:
            return 1, polynomial
        primitive: Polynomial = {m: c.numerator * (below // c.denominator) // above for m, c in polynomial.items()}
        return (above if below == 1 else Fraction(above, below)), primitive

    def kept(self, base: Polynomial) -> Term:
        """The base of a high power, as it is written."""
        return self.written(base)

    def written(self, polynomial: Polynomial) -> Term:
        """The polynomial as a term, always in the same order."""
        ordered = self._ordered(polynomial)
        if not ordered:
            return Num(0)
        total = self.written_monomial(*ordered[0])
        for monomial, coefficient in ordered[1:]:
            part = self.written_monomial(monomial, coefficient if coefficient > 0 else -coefficient)
            total = add(total, part) if coefficient > 0 else sub(total, part)
        return total

    def written_monomial(self, monomial: Monomial, coefficient: Coefficient) -> Term:
        """coefficient * product of powers, negative powers below the fraction bar."""
        above: list[Term] = []
        below: list[Term] = []
        size = coefficient if coefficient > 0 else -coefficient
        if size.numerator != 1:
            above.append(Num(size.numerator))
        if size.denominator != 1:
            below.append(Num(size.denominator))
        ordered = monomial if len(monomial) <= 1 else sorted(monomial, key=lambda pair: self._key(pair[0]))
        for generator, exponent in ordered:
            atom = self.atoms[generator]
            if isinstance(atom, App) and atom.head == "/" and atom.args[0] == _ONE:
                below.append(_powered(atom.args[1], exponent))
            else:
                (above if exponent > 0 else below).append(_powered(atom, abs(exponent)))
        top = _product(above) if above else _ONE
        whole = div(top, _product(below)) if below else top
        return neg(whole) if coefficient < 0 else whole

    def _ordered(self, polynomial: Polynomial) -> list[tuple[Monomial, Coefficient]]:
        if len(polynomial) <= 1:
            return [*polynomial.items()]
        return sorted(polynomial.items(), key=lambda item: self._order(item[0]))

    def _order(self, monomial: Monomial) -> tuple[int, list[tuple[str, int]]]:
        named = sorted((self._key(g), e) for g, e in monomial)
        return (0 if monomial == ONE else 1, named)

    def _impersonal(self, atom: Term) -> Term:
        """The atom with bound variables called by their place."""
        return atom if atom.free_vars.isdisjoint(self._places) else substituted(atom, self._places)

    def _key(self, generator: int) -> str:
        found = self._keys.get(generator)
        if found is None:
            found = self._keys[generator] = str(self._impersonal(self.atoms[generator]))
        return found


class Laurent(Canonical):
    """Rational functions as polynomials in atoms and in inverses of atoms and of irreducible sums.

    Where the kernel's `Field` keeps one common denominator, here 1/(1 - b) becomes an atom of its own, so that
    a summand falls apart into factors that depend on the summation variable and factors that do not. Beside it no b
    stays above the bar: b/(1 - b) is 1/(1 - b) - 1, so that what cancels does so.
    """

    def __init__(
        self, idempotent: Callable[[Term], bool] | None = None, *, roots: bool = False, bound: tuple[str, ...] = ()
    ) -> None:
        self._divisors: dict[int, Polynomial] = {}
        super().__init__(idempotent, roots=roots, bound=bound)

    def polynomial(self, term: Term) -> Polynomial:
        """`term` as a Laurent polynomial in the atoms. Raises OutsideFragment (see Field.quotient)."""
        found = self.reduced(self.quotients(term)[0][0])
        return self._divided(found) if self._divisors else found

    def _divided(self, polynomial: Polynomial) -> Polynomial:
        """Without products of an inverse 1/p and the leading monomial of p, as long as there are few of them."""
        rules = {g: self._leading(p) for g, p in self._divisors.items()}
        for _ in range(_MOST_DIVISIONS):
            step = next(((m, g) for m in polynomial for g, _ in m if g in rules and _divides(rules[g], m)), None)
            if step is None:
                return self.reduced(polynomial)
            monomial, generator = step
            polynomial = dict(polynomial)
            coefficient = polynomial.pop(monomial)
            divisor, leading = self._divisors[generator], rules[generator]
            # q * LM * g with g * p = 1 and p = c * LM + rest is q * (1 - rest * g) / c
            share = Fraction(coefficient) / divisor[leading]
            rest = {m: -c for m, c in divisor.items() if m != leading}
            quotient = times({monomial: share}, {tuple((g, -e) for g, e in leading): 1})
            with_inverse = times(quotient, rest)
            without = times(quotient, {((generator, -1),): 1})
            polynomial = plus(plus(polynomial, with_inverse), without)
        return polynomial

    def _leading(self, divisor: Polynomial) -> Monomial:
        """The monomial of the highest degree, of several the last one in the order of their names."""
        return max(divisor, key=lambda m: (sum(e for _, e in m), sorted((self._key(g), e) for g, e in m)))

    def reduced(self, polynomial: Polynomial) -> Polynomial:
        """Roots stand below the fraction bar in powers less than their degree; roots of numbers not at all."""
        polynomial = super().reduced(polynomial)
        for generator, (degree, base, condition) in tuple(self._roots.items()):
            above = degree - 1 if set(base) <= {ONE} else 0  # rounds the number of whole powers up
            lowest = min((e for monomial in polynomial for g, e in monomial if g == generator), default=0)
            if -lowest + above < degree or not base or self._is_sine(generator):
                continue
            self.signs[condition] = None
            below = self._inverse(self.written(base))[0]
            total: Polynomial = {}
            for monomial, coefficient in polynomial.items():
                count = max(0, (-dict(monomial).get(generator, 0) + above) // degree)
                lifted = times({monomial: coefficient}, {((generator, count * degree),) if count else ONE: 1})
                total = plus(total, times(lifted, raised(below, count)) if count else lifted)
            polynomial = super().reduced(total)
        return polynomial

    def _is_sine(self, generator: int) -> bool:
        """Sines and cosines stay below the bar: 1/sin(x)^2 is shorter than what the cosine makes of it."""
        atom = self.atoms[generator]
        return isinstance(atom, App) and atom.head in ("sin", "cos")

    def _inverse(self, term: Term) -> Quotient:
        """1 / term as a polynomial times inverses of irreducible factors."""
        if isinstance(term, Num) and term.value:
            return {ONE: inverse(term.value)}, constant(1)
        self.denominators.append(term)
        top = self.reduced(self.quotient(term)[0])
        top, lift = self._lifted(top)
        if not top:
            raise OutsideFragment("division by zero")
        content, common, factors = factored(top)
        exponents = {g: -e for g, e in common}
        for factor, exponent in factors:
            scale, primitive = self._primitive(factor)
            content *= scale**exponent
            atom = self.generator(div(_ONE, self.written(primitive)))
            self._divisors[atom] = primitive
            exponents[atom] = exponents.get(atom, 0) + exponent
        return times(lift, {tuple(sorted(exponents.items())): inverse(content)}), constant(1)

    def _lifted(self, polynomial: Polynomial) -> tuple[Polynomial, Polynomial]:
        """The polynomial times what it divides by, and this product: 1 / (1 - 1/(1 + a)) is (1 + a) / a."""
        highest: dict[int, int] = {}
        for monomial in polynomial:
            for generator, exponent in monomial:
                if generator in self._divisors and exponent > highest.get(generator, 0):
                    highest[generator] = exponent
        lift = constant(1)
        for generator, exponent in highest.items():
            lift = times(lift, raised(self._divisors[generator], exponent))
        return (self._divided(times(polynomial, lift)), lift) if highest else (polynomial, lift)


def _divides(leading: Monomial, monomial: Monomial) -> bool:
    exponents = dict(monomial)
    return all(exponents.get(g, 0) >= e for g, e in leading)


def _fraction(content: Fraction, exponents: dict[Term, int]) -> Term:
    """content * product of powers, negative powers below the fraction bar."""
    size = abs(content)
    above = [Num(size.numerator)] if size.numerator != 1 else []
    below = [Num(size.denominator)] if size.denominator != 1 else []
    factors: dict[int, list[Term]] = {1: [*above], -1: [*below]}
    for atom, exponent in sorted(exponents.items(), key=lambda item: str(item[0])):
        if exponent:
            factors[1 if exponent > 0 else -1].append(_powered(atom, abs(exponent)))
    top = _product(factors[1]) if factors[1] else _ONE
    whole = div(top, _product(factors[-1])) if factors[-1] else top
    return neg(whole) if content < 0 else whole


def _powered(atom: Term, exponent: int) -> Term:
    return atom if exponent == 1 else power(atom, exponent)


def _product(factors: list[Term]) -> Term:
    total = factors[0]
    for factor in factors[1:]:
        total = mul(total, factor)
    return total

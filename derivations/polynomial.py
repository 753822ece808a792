"""Exact arithmetic of rational functions over Q, in plain Python: what the kernel means by "algebra".

A `Polynomial` maps monomials to non-zero rational coefficients; a monomial is a sorted tuple of
(generator, exponent), exponents may be negative (Laurent). Generators are small integers that a
`Field` hands out to atoms, the maximal subterms that are not arithmetic; equal atoms get one generator.

Source: Geddes, Czapor, Labahn, *Algorithms for Computer Algebra* (1992), sections 3.2-3.4.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import zip_longest
from math import comb, gcd, lcm
from typing import Final, TypeAlias

from derivations.errors import OutsideFragment
from derivations.term import App, Num, Term

Monomial: TypeAlias = tuple[tuple[int, int], ...]
Coefficient: TypeAlias = Fraction | int  # whole numbers stay `int`, which is several times faster
Polynomial: TypeAlias = dict[Monomial, Coefficient]
Quotient: TypeAlias = tuple[Polynomial, Polynomial]  # numerator and denominator, which is never the zero polynomial

_ZERO: Final = Num(0)
_UNIT: Final = Num(1)
_TWO: Final = Num(2)
_MINUS_ONE: Final = App("neg", (_UNIT,))
_TRUE: Final = App("<=", (_ZERO, _UNIT))  # what needs no condition
_WHOLE_NUMBERS: Final = App("integers", (App("neg", (App("oo"),)), App("oo")))
ONE: Final[Monomial] = ()
_ONE_POLYNOMIAL: Final[Polynomial] = {ONE: 1}
MOST_TERMS: Final = 5_000
MOST_EXPONENT: Final = 64
_MOST_PARTS: Final = 31  # cos(pi/q) is known as a root for odd q up to this
_MOST_EXPANDED: Final = 1_000  # terms of a power that is expanded


def constant(value: Coefficient) -> Polynomial:
    """The constant polynomial."""
    return {ONE: value} if value else {}


def inverse(value: Coefficient) -> Coefficient:
    """1 / value, exactly."""
    if isinstance(value, int):
        return value if value in (1, -1) else Fraction(1, value)
    top, bottom = value.numerator, value.denominator
    return bottom * top if top in (1, -1) else Fraction(bottom, top)


def plus(left: Polynomial, right: Polynomial, scale: int = 1) -> Polynomial:
    """left + scale * right."""
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.get(monomial, 0) + (coefficient if scale == 1 else scale * coefficient)
        if value:
            total[monomial] = value
        else:
            del total[monomial]
    return total


def monomial_product(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left or not right:
        return left or right
    if left[-1][0] < right[0][0]:
        return left + right
    exponents = dict(left)
    for generator, exponent in right:
        exponents[generator] = exponents.get(generator, 0) + exponent
    return tuple(sorted([pair for pair in exponents.items() if pair[1]]))


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """left * right. Raises OutsideFragment where the product would be too large to be worth it."""
    if right is _ONE_POLYNOMIAL:
        return left
    if len(right) == 1:
        return _times_monomial(left, *right.items())
    if len(left) == 1:
        return _times_monomial(right, *left.items())
    if len(left) * len(right) > MOST_TERMS * 10:
        raise OutsideFragment("size: a product of polynomials with too many terms")
    total: Polynomial = {}
    for m1, c1 in left.items():
        for m2, c2 in right.items():
            monomial = monomial_product(m1, m2)
            total[monomial] = total.get(monomial, 0) + c1 * c2
    if len(total) > MOST_TERMS:
        raise OutsideFragment("size: a polynomial with too many terms")
    return {m: c for m, c in total.items() if c}


def _times_monomial(polynomial: Polynomial, item: tuple[Monomial, Coefficient]) -> Polynomial:
    by, scale = item
    if not by:
        return polynomial if scale == 1 else {m: c * scale for m, c in polynomial.items()}
    return {monomial_product(m, by): c * scale for m, c in polynomial.items()}


def raised(base: Polynomial, exponent: int) -> Polynomial:
    """base ^ exponent for a natural exponent, by squaring."""
    if len(base) == 1:
        ((monomial, coefficient),) = base.items()
        size = max(abs(coefficient.numerator), coefficient.denominator)
        if size > 1 and size.bit_length() * exponent > 20_000:
            raise OutsideFragment("size: a number with too many digits")
        return {tuple((g, e * exponent) for g, e in monomial if exponent): coefficient**exponent}
    if exponent > MOST_EXPONENT:
        raise OutsideFragment("size: a high power of a sum")
    result = _ONE_POLYNOMIAL
    while exponent:
        if exponent & 1:
            result = times(result, base)
        exponent >>= 1
        if exponent:
            base = times(base, base)
    return result


class Field:
    """The field Q(atoms): turns terms into quotients and remembers what was divided by.

    `idempotent` tells which atoms satisfy z^2 = z; with `roots`, sqrt(a)^2 and (a^(1/q))^q are a. What that needs is
    remembered: `denominators` are the terms, as written, that must not vanish, other than numerals, `signs` the
    propositions about roots.
    """

    def __init__(self, idempotent: Callable[[Term], bool] | None = None, *, roots: bool = False) -> None:
        self.signs: dict[Term, None] = {}
        self._roots: dict[int, tuple[int, Polynomial, Term]] = {}
        self._kept: dict[frozenset[tuple[Monomial, Coefficient]], int] = {}
        self._with_roots = roots
        self.atoms: list[Term] = []
        self.denominators: list[Term] = []
        self._generators: dict[Term, int] = {}
        self._idempotent = idempotent
        self._bits: set[int] = set()
        self.used_bits = False

    def generator(self, atom: Term) -> int:
        """The number of an atom; equal atoms have one number."""
        found = self._generators.get(atom)
        if found is None:
            found = self._generators[atom] = len(self.atoms)
            self.atoms.append(atom)
            if self._idempotent is not None and self._idempotent(atom):
                self._bits.add(found)
            if self._with_roots:
                self._know_root(found, atom)
        return found

    def _know_root(self, generator: int, atom: Term) -> None:
        """Remember that the q-th power of this generator is a polynomial, if the atom is a root of one."""
        root = root_of(atom)
        if root is None:
            return
        degree, base, condition = root
        top, bottom = self.quotient(base)
        if bottom == _ONE_POLYNOMIAL:
            self._roots[generator] = degree, top, condition

    @property
    def roots(self) -> frozenset[int]:
        """The generators that are known as roots."""
        return frozenset(self._roots)

    def quotient(self, term: Term) -> Quotient:
        """`term` as a rational function of its atoms.

        Raises: OutsideFragment("size: ..."), or ("division by zero") where a denominator is identically zero.
        """
        if isinstance(term, App):
            head, args = term.head, term.args
            if head == "*":
                return _times(self.quotient(args[0]), self.quotient(args[1]))
            if head == "+" or head == "-":
                total = _sum(self.quotient(args[0]), self.quotient(args[1]), 1 if head == "+" else -1)
                return self._known_base(total) if self._kept else total
            if head == "/":
                return _times(self.quotient(args[0]), self._inverse(args[1]))
            if head == "^":
                exponent = self._integer(args[1])
                if exponent is not None:
                    return self._power(args[0], exponent)
            elif head == "neg":
                top, bottom = self.quotient(args[0])
                return {monomial: -coefficient for monomial, coefficient in top.items()}, bottom
        elif isinstance(term, Num):
            return ({ONE: term.value} if term.value else {}), _ONE_POLYNOMIAL
        return {((self.generator(term), 1),): 1}, _ONE_POLYNOMIAL

    def _inverse(self, term: Term) -> Quotient:
        if isinstance(term, Num) and term.value:
            return {ONE: inverse(term.value)}, _ONE_POLYNOMIAL
        self.denominators.append(term)
        top, bottom = self.quotient(term)
        top = self.reduced(top)
        if not top:
            raise OutsideFragment("division by zero")
        if len(top) == 1:
            ((monomial, coefficient),) = top.items()
            upside_down = {tuple((g, -e) for g, e in monomial): inverse(coefficient)}
            return times(bottom, upside_down), _ONE_POLYNOMIAL
        return bottom, top

    def _power(self, base: Term, exponent: int) -> Quotient:
        if abs(exponent) > MOST_EXPONENT and isinstance(base, App) and base.head in ("*", "/"):
            # Kept apart where they will not be expanded.
            left, right = base.args
            if base.head == "/":
                self.denominators.append(right)
            return _times(self._power(left, exponent), self._power(right, exponent if base.head == "*" else -exponent))
        if abs(exponent) > MOST_EXPONENT and isinstance(base, App) and base.head == "neg":
            top, bottom = self._power(base.args[0], exponent)
            return (plus({}, top, -1) if exponent % 2 else top), bottom
        top, bottom = self.quotient(base) if exponent >= 0 else self._inverse(base)
        below = bottom if bottom is _ONE_POLYNOMIAL else self._raised(bottom, abs(exponent))
        return self._raised(top, abs(exponent)), below

    def _raised(self, base: Polynomial, exponent: int) -> Polynomial:
        """A power; a high one of a sum is not expanded, its base becomes a generator."""
        if len(base) <= 1:
            return raised(base, exponent)
        is_small = exponent <= MOST_EXPONENT and comb(exponent + len(base) - 1, exponent) <= _MOST_EXPANDED
        if is_small and not self._kept:
            return raised(base, exponent)
        scale, monomial, primitive = _parts(base)
        generator = self._kept.get(frozenset(primitive.items()))
        if generator is None and is_small:
            return raised(base, exponent)
        if generator is None:
            generator = self._kept[frozenset(primitive.items())] = len(self.atoms)
            self.atoms.append(self.kept(primitive))
        return times({((generator, exponent),): 1}, raised({monomial: scale}, exponent))

    def kept(self, base: Polynomial) -> Term:
        """The atom for the base of a high power; here it is never written."""
        return App("base", [Num(len(self._kept))])

    def _known_base(self, sum_of_both: Quotient) -> Quotient:
        """The sum in terms of the base of a high power, if it is a multiple of one."""
        top, bottom = sum_of_both
        if len(top) <= 1:
            return sum_of_both
        scale, monomial, primitive = _parts(top)
        generator = self._kept.get(frozenset(primitive.items()))
        if generator is None:
            return sum_of_both
        return times({((generator, 1),): 1}, {monomial: scale}), bottom

    def quotients(self, *terms: Term) -> list[Quotient]:
        """The terms as rational functions; once more where bases of high powers turned up on the way."""
        known = len(self._kept)
        found = [self.quotient(term) for term in terms]
        while len(self._kept) > known:
            known = len(self._kept)
            found = [self.quotient(term) for term in terms]
        return found

    def _integer(self, term: Term) -> int | None:
        """The value of an exponent that is a whole number once its arithmetic is done."""
        if isinstance(term, Num):
            return term.value
        if isinstance(term, App) and term.head in ("+", "-", "*", "neg", "/"):
            top, bottom = Field().quotient(term)
            if bottom == _ONE_POLYNOMIAL and set(top) <= {ONE}:
                value = top.get(ONE, 0)
                return value.numerator if value.denominator == 1 else None
        return None

    def reduced(self, polynomial: Polynomial) -> Polynomial:
        """The polynomial modulo z^2 = z for the idempotent atoms."""
        if self._roots:
            polynomial = self._rooted(polynomial)
        if not self._bits:
            return polynomial
        total: Polynomial = {}
        for monomial, coefficient in polynomial.items():
            if any(e > 1 and g in self._bits for g, e in monomial):
                self.used_bits = True
                monomial = tuple((g, 1 if g in self._bits and e > 1 else e) for g, e in monomial)
            total[monomial] = total.get(monomial, 0) + coefficient
        return {m: c for m, c in total.items() if c}

    def _rooted(self, polynomial: Polynomial) -> Polynomial:
        """The polynomial with every q-th power of a q-th root replaced by what it is the root of."""
        for generator, (degree, base, condition) in reversed(self._roots.items()):
            while any(g == generator and e >= degree for monomial in polynomial for g, e in monomial):
                self.signs[condition] = None
                total: Polynomial = {}
                for monomial, coefficient in polynomial.items():
                    exponent = dict(monomial).get(generator, 0)
                    times_base, rest = divmod(exponent, degree) if exponent >= degree else (0, exponent)
                    lower = tuple((g, rest if g == generator else e) for g, e in monomial if g != generator or rest)
                    part: Polynomial = {lower: coefficient}
                    total = plus(total, times(part, raised(base, times_base)) if times_base else part)
                polynomial = total
        return polynomial

    def _cleared(self, polynomial: Polynomial) -> Polynomial:
        """The polynomial times powers of roots, so that none of them stands below the fraction bar."""
        for generator in self._roots:
            lowest = min((e for monomial in polynomial for g, e in monomial if g == generator), default=0)
            if lowest < 0:
                polynomial = times(polynomial, {((generator, -lowest),): 1})
        return polynomial

    def equal(self, left: Term, right: Term) -> bool:
        """Whether the two are the same rational function (modulo z^2 = z); see `denominators` for what that needs."""
        (top, bottom), (other, below) = self.quotients(left, right)
        if bottom is below or bottom == below:
            if top == other:
                return True
            difference = plus(top, other, -1)
        else:
            difference = plus(times(top, below), times(other, bottom), -1)
        return not self.reduced(self._cleared(difference))

    def ratio(self, term: Term, unit: Term) -> Fraction | None:
        """The number c with term = c * unit; None where there is none, or where the unit is 0."""
        (top, bottom), (other, below) = self.quotients(term, unit)
        top, other = times(self.reduced(top), below), times(self.reduced(other), bottom)
        if top.keys() != other.keys() or not other:
            return None
        ratios = {Fraction(top[monomial]) / Fraction(other[monomial]) for monomial in other}
        return ratios.pop() if len(ratios) == 1 else None


def _parts(polynomial: Polynomial) -> tuple[Coefficient, Monomial, Polynomial]:
    """coefficient * monomial * polynomial, this one with coprime whole coefficients and the first of them positive."""
    lowest: dict[int, int] = {}
    for place, monomial in enumerate(polynomial):
        exponents = dict(monomial)
        for generator in [*lowest] if place else exponents:
            lowest[generator] = min(lowest.get(generator, exponents.get(generator, 0)), exponents.get(generator, 0))
    common = tuple(sorted((g, e) for g, e in lowest.items() if e))
    down = tuple((g, -e) for g, e in common)
    coefficients = polynomial.values()
    scale = Fraction(gcd(*(c.numerator for c in coefficients)), lcm(*(c.denominator for c in coefficients)))
    rest = {monomial_product(m, down): (c / scale).numerator for m, c in polynomial.items()}
    if rest[min(rest)] < 0:
        scale, rest = -scale, {m: -c for m, c in rest.items()}
    return (scale.numerator if scale.denominator == 1 else scale), common, dict(rest)


def root_of(atom: Term) -> tuple[int, Term, Term] | None:
    """(q, a, condition) for an atom whose q-th power is a under the condition.

    These are sqrt(a), a^(1/q), the root of an odd degree q of any a, |a| with the square a^2, sin(a) with the square
    1 - cos(a)^2, cos(pi/q) for odd q with its equation, and (-1)^n with the square 1.
    """
    if isinstance(atom, App) and atom.head == "sin":
        return 2, App("-", (_UNIT, App("^", (App("cos", atom.args), _TWO)))), _TRUE
    if isinstance(atom, App) and atom.head == "cos":
        return _cosine_of_part(atom)
    if isinstance(atom, App) and atom.head == "abs":
        square = App("^", (atom.args[0], _TWO))
        return 2, square, App("<=", (_ZERO, square))
    if isinstance(atom, App) and atom.head == "root":
        odd = atom.args[1]
        if isinstance(odd, Num) and odd.value % 2 and 3 <= odd.value <= MOST_EXPONENT:
            return odd.value, atom.args[0], _TRUE
    if isinstance(atom, App) and atom.head == "sqrt":
        return 2, atom.args[0], App("<=", (_ZERO, atom.args[0]))
    if isinstance(atom, App) and atom.head == "^":
        base, exponent = atom.args
        if isinstance(exponent, App) and exponent.head == "/" and exponent.args[0] == _UNIT:
            degree = exponent.args[1]
            if isinstance(degree, Num) and 2 <= degree.value <= MOST_EXPONENT:
                return degree.value, base, App("<", (_ZERO, base))
        if base == _MINUS_ONE:
            return 2, _UNIT, App("in", (exponent, _WHOLE_NUMBERS))
    return None


def _cosine_of_part(atom: App) -> tuple[int, Term, Term] | None:
    """The equation of c = cos(pi/q) for odd q, solved for the highest power.

    It is T_(q/3)(c) = 1/2, or that cos(pi/q) + cos(3 pi/q) + ... + cos((q - 2) pi/q) is 1/2; T are Chebyshev's
    polynomials, and cos((q - k) pi/q) = -cos(k pi/q).
    """
    match atom.args[0]:
        case App("/", (App("pi_number"), Num(odd))) if odd % 2 and 7 <= odd <= _MOST_PARTS:
            coefficients = _equation_of_cosine(odd)
        case _:
            return None
    degree, leading = len(coefficients) - 1, coefficients[-1]
    total: Term = Num(0)
    for exponent, coefficient in enumerate(coefficients[:-1]):
        share = -coefficient / leading
        if share:
            size = App("/", (Num(abs(share.numerator)), Num(share.denominator)))
            part = App("*", (size, App("^", (atom, Num(exponent)))))
            total = App("+" if share > 0 else "-", (total, part))
    return degree, total, _TRUE


@lru_cache(maxsize=64)
def _equation_of_cosine(odd: int) -> tuple[Fraction, ...]:
    """The coefficients of a polynomial that is 0 at cos(pi/odd), from the lowest."""
    chebyshev = [[1], [0, 1]]
    while len(chebyshev) <= odd // 2 + 1:
        one, two = chebyshev[-2:]
        chebyshev.append([2 * a - b for a, b in zip_longest([0, *two], one, fillvalue=0)])
    found = [Fraction(-1, 2)] + [Fraction(0)] * (odd // 3 if odd % 3 == 0 else odd // 2)
    for multiple in [odd // 3] if odd % 3 == 0 else range(1, odd - 1, 2):
        sign, order = (1, multiple) if 2 * multiple < odd else (-1, odd - multiple)
        for exponent, coefficient in enumerate(chebyshev[order]):
            found[exponent] += sign * coefficient
    return tuple(found)


def _sum(left: Quotient, right: Quotient, sign: int) -> Quotient:
    (a, b), (c, d) = left, right
    if b is d or b == d:
        return plus(a, c, sign), b
    return plus(times(a, d), times(c, b), sign), times(b, d)


def _times(left: Quotient, right: Quotient) -> Quotient:
    (a, b), (c, d) = left, right
    return times(a, c), (_ONE_POLYNOMIAL if b is d is _ONE_POLYNOMIAL else times(b, d))

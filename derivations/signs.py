"""Signs of rational functions: what interval arithmetic cannot see because it takes every occurrence for another.

1 - p^2 is positive on (0, 1), x^2 - 1 beyond 1, and sqrt(1 + x^2) + x everywhere. All ways are exact: intervals are
mapped to (0, oo), where a polynomial without negative coefficients is positive; a polynomial in one variable is left to
Sturm; a quadratic in one of several variables has its discriminant, which is a polynomial in the others; and
P + Q sqrt(a) has the sign of Q where Q^2 a - P^2 is positive, and the sign of P where it is negative. Factors, where a
term is a product, are judged one by one.

Source: Polya, *Ueber positive Darstellung von Polynomen* (1928), for the coefficients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import permutations
from typing import Final, NamedTuple

from derivations.angles import Ends, added, half_turns, is_angle, scaled
from derivations.bounds import bounds
from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.intervals import POSITIVE, Interval, met, negated
from derivations.polynomial import ONE, Coefficient, Field, Monomial, Polynomial, plus, raised, root_of, times
from derivations.sturm import constant_sign
from derivations.term import App, Num, Term, Var

_MOST_DEGREE: Final = 12
_MOST_GENERATORS: Final = 5
_MOST_TERMS: Final = 300
_MOST_WORK: Final = 120  # polynomials to look at on the way to one sign


class Sign(NamedTuple):
    """What is known of a value; nothing at all by default."""

    positive: bool = False
    nonnegative: bool = False
    negative: bool = False
    nonpositive: bool = False

    @property
    def nonzero(self) -> bool:
        """The value is not 0."""
        return self.positive or self.negative


_UNKNOWN: Final = Sign()
_Known = Callable[[Term], bool]


def sign_of(term: Term, given: Given, is_nonzero: _Known) -> Sign:
    """The sign of a rational function of atoms whose bounds are known; `is_nonzero` judges what it divides by.

    >>> from derivations.notation import read
    >>> sign_of(read("1 - p^2"), Given.of("p in interval(0, 1)"), lambda term: False).positive
    True
    """
    factored = _by_factors(term, given, is_nonzero)
    if factored.nonnegative or factored.nonpositive:
        return factored
    numbers = Field()
    try:
        top, bottom = numbers.quotient(term)
        if len(numbers.atoms) > _MOST_GENERATORS or not all(map(is_nonzero, numbers.denominators)):
            return _UNKNOWN
        if not top:
            return Sign(nonnegative=True, nonpositive=True)
        search = _Search(numbers, given)
        above = search.sign(_whole(top))
        return above if bottom == {ONE: 1} else _times(above, search.sign(_whole(bottom)))
    except OutsideFragment:
        return _UNKNOWN


def _by_factors(term: Term, given: Given, is_nonzero: _Known) -> Sign:
    """The sign of a product, a quotient or a power by those of its parts."""
    if not isinstance(term, App) or term.head not in ("*", "/", "^", "neg"):
        return _UNKNOWN
    if term.head == "neg":
        return _negated(_of_part(term.args[0], given, is_nonzero))
    left, right = term.args
    if term.head == "^":
        if not isinstance(right, Num) or not right.value:
            return _UNKNOWN
        base = _of_part(left, given, is_nonzero)
        if right.value % 2:
            return base
        return Sign(positive=base.nonzero or is_nonzero(left), nonnegative=True)
    if term.head == "/" and not is_nonzero(right):
        return _UNKNOWN
    first = _of_part(left, given, is_nonzero)
    return _times(first, _of_part(right, given, is_nonzero)) if first != _UNKNOWN else first


def _of_part(term: Term, given: Given, is_nonzero: _Known) -> Sign:
    known = bounds(term, given)
    if known.nonnegative or negated(known).nonnegative:
        below = negated(known)
        return Sign(known.positive, known.nonnegative, below.positive, below.nonnegative)
    return sign_of(term, given, is_nonzero)


def _is_root(atom: App) -> bool:
    """sqrt(a) or a^(1/2): not negative, and with the square a where a is not negative."""
    return atom.head == "sqrt" or (atom.head == "^" and atom.args[1] == App("/", (Num(1), Num(2))))


def _times(left: Sign, right: Sign) -> Sign:
    """The sign of a product, or of a quotient where the divisor is not 0."""
    same = (left.positive and right.positive) or (left.negative and right.negative)
    opposite = (left.positive and right.negative) or (left.negative and right.positive)
    up = (left.nonnegative and right.nonnegative) or (left.nonpositive and right.nonpositive)
    down = (left.nonnegative and right.nonpositive) or (left.nonpositive and right.nonnegative)
    return Sign(same, up, opposite, down)


def _negated(sign: Sign) -> Sign:
    return Sign(sign.negative, sign.nonpositive, sign.positive, sign.nonnegative)


def _whole(polynomial: Polynomial) -> Polynomial:
    """The polynomial times even powers of its generators, so that none stands below the fraction bar.

    Generators with negative powers were divided by, so they are not 0 and even powers of them are positive.
    """
    lowest: dict[int, int] = {}
    for monomial in polynomial:
        for generator, exponent in monomial:
            lowest[generator] = min(lowest.get(generator, 0), exponent)
    lift = tuple((g, -e + e % 2) for g, e in sorted(lowest.items()) if e < 0)
    return times(polynomial, {lift: 1}) if lift else polynomial


class _Search:
    """The three ways, for polynomials over the atoms of one field."""

    def __init__(self, numbers: Field, given: Given) -> None:
        self.numbers, self.given = numbers, given
        self.ranges: list[Interval] = []

    def sign(self, polynomial: Polynomial) -> Sign:
        """The sign of a polynomial without negative exponents."""
        if len(polynomial) > _MOST_TERMS or any(e > _MOST_DEGREE for m in polynomial for _, e in m):
            return _UNKNOWN
        found = self.by_coefficients(polynomial)
        for generator, atom in enumerate(self.numbers.atoms[:]):
            root = root_of(atom)
            if found == _UNKNOWN and root is not None and root[0] == 2 and isinstance(atom, App) and _is_root(atom):
                found = self.by_conjugate(polynomial, generator, root[1])
        if found == _UNKNOWN and any(is_angle(atom, self.given) for atom in self.numbers.atoms):
            found = self.by_angles(polynomial)
        return self.by_discriminant(polynomial) if found == _UNKNOWN else found

    def without_squares(self, polynomial: Polynomial) -> Polynomial:
        """The squares of other square roots replaced by their radicands, where these are not negative."""
        for generator, atom in enumerate(self.numbers.atoms[:]):
            root = root_of(atom)
            if root is None or root[0] != 2 or not isinstance(atom, App) or not _is_root(atom):
                continue
            exponents = {dict(monomial).get(generator, 0) for monomial in polynomial}
            top, bottom = self.numbers.quotient(root[1])
            if bottom != {ONE: 1} or any(e % 2 or e < 0 for e in exponents) or any(e < 0 for m in top for _, e in m):
                continue
            if max(exponents, default=0) and self.by_coefficients(top).nonnegative:
                total: Polynomial = {}
                for monomial, coefficient in polynomial.items():
                    lower: Monomial = tuple(pair for pair in monomial if pair[0] != generator)
                    half = dict(monomial).get(generator, 0) // 2
                    total = plus(total, times({lower: coefficient}, raised(top, half)))
                polynomial = total
        return polynomial

    def by_angles(self, polynomial: Polynomial) -> Sign:
        """A sum of multiples of angles and numbers, in half turns, where multiples of pi are exact."""
        total = Ends(Fraction(0), False, Fraction(0), False)
        weights: dict[Term, Fraction] = {}
        for monomial, coefficient in polynomial.items():
            if len(monomial) > 1 or any(e != 1 for _, e in monomial):
                return _UNKNOWN
            weights[self.numbers.atoms[monomial[0][0]] if monomial else Num(1)] = Fraction(coefficient)
        for gap in self.growing(weights):
            total = added(total, gap)
        for atom, weight in weights.items():
            total = added(total, scaled(half_turns(atom, self.given, _sharpened_below(atom)), weight))
        range_ = Interval(*total)
        opposite = negated(range_)
        return Sign(range_.positive, range_.nonnegative, opposite.positive, opposite.nonnegative)

    def growing(self, weights: dict[Term, Fraction]) -> Iterator[Ends]:
        """c arctan(u) - c arctan(v) with v < u lies between 0 and c half turns; such pairs are taken out."""
        arcs = [atom for atom in weights if isinstance(atom, App) and atom.head == "arctan"]
        for u, v in permutations(arcs, 2):
            weight = weights.get(u, 0)
            if weight and weight == -weights.get(v, 0) and _is_positive(App("-", (u.args[0], v.args[0])), self.given):
                del weights[u], weights[v]
                yield scaled(Ends(Fraction(0), True, Fraction(1), True), Fraction(weight))

    def by_coefficients(self, polynomial: Polynomial) -> Sign:
        """Whether all coefficients have one sign, where all intervals are mapped to (0, oo)."""
        if len(self.ranges) < len(self.numbers.atoms):
            self.ranges = [bounds(atom, self.given) for atom in self.numbers.atoms]
        return _by_coefficients(polynomial, self.ranges)

    def by_discriminant(self, polynomial: Polynomial) -> Sign:
        """By the discriminant in one generator, where the others are mapped to (0, oo), and x is sqrt(x)^2."""
        polynomial = self.rooted(polynomial)
        mapped, strict, free, closed_above = _on_half_lines(polynomial, self.ranges)
        if not mapped or len(mapped) > _MOST_TERMS:
            return _UNKNOWN  # an atom between 0 and 0 leaves nothing, and then nothing is told
        found = _Recursion(strict, free).sign(mapped)
        return Sign(nonnegative=found.nonnegative, nonpositive=found.nonpositive) if closed_above else found

    def rooted(self, polynomial: Polynomial) -> Polynomial:
        """The polynomial in sqrt(x) instead of x, where that is a generator."""
        for generator, atom in enumerate(self.numbers.atoms[:]):
            if isinstance(atom, App) and atom.head == "sqrt":
                square = self.numbers.quotient(atom.args[0])
                for inner, other in enumerate(self.numbers.atoms[:]):
                    known = isinstance(other, Var) and bounds(other, self.given).nonnegative
                    if known and square == ({((inner, 1),): 1}, {ONE: 1}):
                        polynomial = _squared(polynomial, inner, generator)
        if len(self.ranges) < len(self.numbers.atoms):
            self.ranges = [bounds(atom, self.given) for atom in self.numbers.atoms]
        return polynomial

    def by_conjugate(self, polynomial: Polynomial, generator: int, radicand: Term) -> Sign:
        """P + Q r for the square root r of a radicand that is not negative: the larger of |P| and |Q| r decides."""
        top, bottom = self.numbers.quotient(radicand)
        if bottom != {ONE: 1} or any(e < 0 for m in top for _, e in m) or not self.by_coefficients(top).nonnegative:
            return _UNKNOWN
        parts: list[Polynomial] = [{}, {}]
        for monomial, coefficient in polynomial.items():
            twos, rest = divmod(dict(monomial).get(generator, 0), 2)
            lower: Monomial = tuple(pair for pair in monomial if pair[0] != generator)
            parts[rest] = plus(parts[rest], times({lower: coefficient}, raised(top, twos)))
        without, with_root = parts
        if not with_root:
            return self.by_coefficients(without) if without else _UNKNOWN
        gap = plus(times(times(with_root, with_root), top), times(without, without), -1)
        gap = self.without_squares(gap)
        sign = self.sign if self.has_root(gap) else self.by_coefficients  # a root fewer each time
        leading = sign(gap) if gap else _UNKNOWN
        found = _UNKNOWN
        if leading.positive:
            found = sign(with_root)
        elif leading.negative:
            found = sign(without)
        return found if found.nonzero else _UNKNOWN

    def has_root(self, polynomial: Polynomial) -> bool:
        """Whether a square root is left in a polynomial."""
        atoms = {self.numbers.atoms[g] for monomial in polynomial for g, _ in monomial}
        return any(isinstance(atom, App) and _is_root(atom) for atom in atoms)


def _is_positive(term: Term, given: Given) -> bool:
    """Whether a term is positive."""
    return sign_of(term, given, lambda divisor: sign_of(divisor, given, lambda other: False).nonzero).positive


def _sharpened(term: Term, given: Given) -> Interval:
    """The bounds of a term, sharpened by its sign."""
    found = bounds(term, given)
    if found.nonnegative or negated(found).nonnegative:
        return found
    if _is_positive(term, given):
        return met(found, POSITIVE)
    return met(found, negated(POSITIVE)) if _is_positive(App("neg", (term,)), given) else found


def _sharpened_below(atom: Term) -> Callable[[Term, Given], Interval]:
    """Bounds that are sharpened for the parts of an atom only: its own sign is what its bounds are asked for."""
    return lambda part, given: bounds(part, given) if part == atom else _sharpened(part, given)


def _squared(polynomial: Polynomial, generator: int, root: int) -> Polynomial:
    """The square of another generator in the place of one."""
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        power = dict(monomial).get(generator, 0)
        rest: Monomial = tuple(pair for pair in monomial if pair[0] != generator)
        total = plus(total, times({rest: coefficient}, {((root, 2 * power),) if power else ONE: 1}))
    return total


# ---------------------------------------------------------------- coefficients


def _by_coefficients(polynomial: Polynomial, ranges: list[Interval]) -> Sign:
    polynomial, strict, free, closed_above = _on_half_lines(polynomial, ranges)
    if len(polynomial) > _MOST_TERMS:
        return _UNKNOWN
    found = _of_coefficients(polynomial, strict, free)
    return Sign(nonnegative=found.nonnegative, nonpositive=found.nonpositive) if closed_above else found


def _of_coefficients(polynomial: Polynomial, strict: set[int], free: set[int]) -> Sign:
    signs = {_sign_of_monomial(m, c, free) for m, c in polynomial.items()}
    if len(signs) != 1 or 0 in signs:
        return _UNKNOWN
    surely = any(all(g in strict for g, _ in monomial) for monomial in polynomial)
    up = Sign(positive=surely, nonnegative=True)
    return up if signs == {1} else _negated(up)


def _on_half_lines(polynomial: Polynomial, ranges: list[Interval]) -> tuple[Polynomial, set[int], set[int], bool]:
    """The polynomial with every bounded generator mapped to (0, oo); those that are not 0 there, those that may be any
    real number, and whether an upper end that is attained was lost, at which the sign is that by continuity.
    """
    strict: set[int] = set()
    free: set[int] = set()
    closed_above = False
    for generator in sorted({g for monomial in polynomial for g, _ in monomial}):
        low, open_low, high, open_high = ranges[generator]
        if low is None and high is None:
            free.add(generator)
            continue
        if open_low if low is not None else open_high:
            strict.add(generator)
        if low is None or high is None:
            end, side = (low, 1) if low is not None else (high, -1)
            polynomial = _shifted(polynomial, generator, end or Fraction(0), side)
        else:
            closed_above = closed_above or not open_high
            polynomial = _mapped(polynomial, generator, low, high)
        if not polynomial or len(polynomial) > _MOST_TERMS:
            break
    return polynomial, strict, free, closed_above


def _sign_of_monomial(monomial: Monomial, coefficient: Coefficient, free: set[int]) -> int:
    if any(g in free and e % 2 for g, e in monomial):
        return 0
    return 1 if coefficient > 0 else -1


def _shifted(polynomial: Polynomial, generator: int, end: Fraction, side: int) -> Polynomial:
    """The polynomial in s, where the generator is end + side * s."""
    if not end and side == 1:
        return polynomial
    line = plus({((generator, 1),): side}, {ONE: end} if end else {})
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        exponent = dict(monomial).get(generator, 0)
        rest = tuple(pair for pair in monomial if pair[0] != generator)
        total = plus(total, times({rest: coefficient}, raised(line, exponent)))
    return total


def _mapped(polynomial: Polynomial, generator: int, low: Fraction, high: Fraction) -> Polynomial:
    """The polynomial in s times (1 + s)^degree, where the generator is (low + high * s) / (1 + s)."""
    degree = max(dict(monomial).get(generator, 0) for monomial in polynomial)
    line: Polynomial = plus({((generator, 1),): high} if high else {}, {ONE: low} if low else {})
    unit: Polynomial = {((generator, 1),): 1, ONE: 1}
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        exponent = dict(monomial).get(generator, 0)
        rest = tuple(pair for pair in monomial if pair[0] != generator)
        part = times(raised(line, exponent), raised(unit, degree - exponent)) if line or not exponent else {}
        total = plus(total, times({rest: coefficient}, part))
    return total


# ---------------------------------------------------------------- one generator after another


class _Recursion:
    """Signs of polynomials whose generators range over (0, oo), [0, oo) or all reals."""

    def __init__(self, strict: set[int], free: set[int]) -> None:
        self.strict, self.free = strict, free
        self.work = 0

    def sign(self, polynomial: Polynomial) -> Sign:
        """By Sturm's theorem for one generator, else by the coefficients or the discriminant in one of them."""
        if not polynomial:
            return Sign(nonnegative=True, nonpositive=True)
        found = _of_coefficients(polynomial, self.strict, self.free)
        self.work += 1
        if found != _UNKNOWN or self.work > _MOST_WORK or len(polynomial) > _MOST_TERMS:
            return found
        generators = sorted({g for monomial in polynomial for g, _ in monomial})
        if len(generators) == 1:
            return self.by_sturm(polynomial, generators[0])
        for generator in generators:
            parts = _coefficients_in(polynomial, generator)
            found = self.by_parts(parts, generator)
            if found == _UNKNOWN and len(parts) == 3:
                found = self.of_quadratic(*parts)
            if found != _UNKNOWN:
                return found
        return _UNKNOWN

    def by_sturm(self, polynomial: Polynomial, generator: int) -> Sign:
        """The sign of a polynomial in one generator."""
        coefficients = [part.get(ONE, 0) for part in _coefficients_in(polynomial, generator)]
        if len(coefficients) <= 2:
            return _UNKNOWN  # a line whose coefficients differ in sign crosses 0
        sign, never_zero = constant_sign(coefficients, half_line=generator not in self.free)
        at_zero = generator in self.strict or generator in self.free or bool(coefficients[0])
        up = Sign(positive=never_zero and at_zero, nonnegative=True)
        return _UNKNOWN if not sign else up if sign > 0 else _negated(up)

    def by_parts(self, parts: list[Polynomial], generator: int) -> Sign:
        """All coefficients of one sign, for a generator that is not negative or occurs with even powers only."""
        powers = [(power, part) for power, part in enumerate(parts) if part]
        if generator in self.free and any(power % 2 for power, _ in powers):
            return _UNKNOWN
        signs = [(power, self.sign(part)) for power, part in powers]
        for turned in (signs, [(power, _negated(one)) for power, one in signs]):
            if all(one.nonnegative for _, one in turned):
                surely = any(one.positive and (not power or generator in self.strict) for power, one in turned)
                up = Sign(positive=surely, nonnegative=True)
                return up if turned is signs else _negated(up)
        return _UNKNOWN

    def of_quadratic(self, c: Polynomial, b: Polynomial, a: Polynomial) -> Sign:
        """a x^2 + b x + c: 4 a (a x^2 + b x + c) = (2 a x + b)^2 + 4 a c - b^2."""
        first, last = self.sign(a), self.sign(c)
        if first.nonpositive and not first.nonnegative:
            negative = self.of_quadratic(*(plus({}, part, -1) for part in (c, b, a)))
            return _negated(negative)
        if not first.nonnegative or not (first.positive or last.nonnegative):
            return _UNKNOWN
        gap = self.sign(plus(times({ONE: 4}, times(a, c)), times(b, b), -1))
        if not gap.nonnegative:
            return _UNKNOWN
        return Sign(positive=first.positive and gap.positive, nonnegative=True)


def _coefficients_in(polynomial: Polynomial, generator: int) -> list[Polynomial]:
    """The coefficients of the powers 0, 1, 2, ... of a generator, polynomials in the others."""
    degree = max(dict(monomial).get(generator, 0) for monomial in polynomial)
    parts: list[Polynomial] = [{} for _ in range(degree + 1)]
    for monomial, coefficient in polynomial.items():
        power = dict(monomial).get(generator, 0)
        parts[power][tuple(pair for pair in monomial if pair[0] != generator)] = coefficient
    return parts

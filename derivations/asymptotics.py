"""Limits by leading terms: what a function is like beside a point, or far out, and where it goes.

Every limit becomes one for s -> 0 from above: t = a + s, a - s, 1/s or -1/s. A function of s is a finite sum of terms
c s^p l^q exp(D), with l = log(1/s) and D a sum of powers that grow without bound, and a remainder that is at most a
constant times one such monomial. The monomials are ordered by growth, so that the first term with a coefficient other
than 0 decides. Expansions are those of exp, log, sine, cosine and the binomial series at 0. Signs of coefficients are
asked of the given. Where anything is not known, nothing is said.

Source: Hardy, *Orders of Infinity* (1910); Gruntz, *On Computing Limits in a Symbolic Manipulation System* (1996).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cmp_to_key, reduce
from math import factorial
from typing import Final

from derivations.conditions import holds
from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.growth import (
    BESIDE,
    FIRST,
    INFINITY,
    LOG,
    MINUS_INFINITY,
    ONE,
    ZERO,
    Coefficient,
    Monomial,
    Nowhere,
    Series,
    Unknown,
    as_term,
    compared,
    defined,
    is_nothing,
    is_zero,
    joined,
    multiplied,
    rational,
    sign_of,
    small_enough,
    tendency,
    times,
)
from derivations.term import App, Bind, Num, Term, Var, div, fresh_name, number, opened, power

_ORDERS: Final = (2, 4, 7)  # terms of an expansion: few first
_MOST_TERMS: Final = 24  # terms of a sum that are kept; the others go to the remainder
_MOST_WORK: Final = 6_000  # products of two terms
_LARGEST_POWER: Final = 200
_LARGEST_ROOT: Final = 2**50  # so that floating point tells the nearest whole number
_MOST_FACTORS: Final = 6  # powers that are multiplied out


def limit_of(term: Bind, given: Given) -> Term | None:
    """The value of a limit, oo or -oo included; None where it is not known, or not known to exist.

    >>> from derivations.notation import read
    >>> print(limit_of(read("limit_right[t = 0]((exp(t) - 1) / t)"), Given()))
    1
    >>> print(limit_of(read("limit_left[x = oo](x * exp(-x))"), Given()))
    0
    >>> limit_of(read("limit[x = 0](1 / x)"), Given()) is None
    True
    """
    for order in _ORDERS:
        try:
            if term.head == "limit":
                return _two_sided(term, given, order)
            return _one_sided(term, term.head, given, order)
        except (Unknown, OutsideFragment, RecursionError):
            continue  # with more terms a later one may decide
    return None


def _two_sided(term: Bind, given: Given, order: int) -> Term | None:
    """What the limits from both sides agree on; the limit from one side where the function is defined there only."""
    found: list[Term] = []
    for side in ("limit_left", "limit_right"):
        try:
            found.append(_one_sided(term, side, given, order))
        except Nowhere:
            continue
    if not found:
        return None
    first, last = found[0], found[-1]
    return last if first == last or is_zero(joined(_exact(first), _exact(last), -1)) else None


def _exact(value: Term) -> Term:
    """A value that is a number. Raises Unknown for an infinity."""
    if value in (INFINITY, MINUS_INFINITY):
        raise Unknown
    return value


def _one_sided(term: Bind, head: str, given: Given, order: int) -> Term:
    name = fresh_name(term.hint, given.names | term.free_vars)
    body = opened(term, name)[0]
    found = _Expansion(given, name, _moved(term.arg, head, given), order).of(body)
    if not found.terms:
        if found.rest is None or tendency(found.rest, given) < 0:
            return ZERO
        raise Unknown
    monomial, coefficient = found.terms[0]
    growth = tendency(monomial, given)
    if found.rest is not None and compared(found.rest, ONE, given) >= 0 and growth <= 0:
        raise Unknown
    if growth < 0:
        return ZERO
    if growth == 0:
        return as_term(coefficient)
    return INFINITY if sign_of(coefficient, given) > 0 else MINUS_INFINITY


def _moved(point: Term, head: str, given: Given) -> Series:
    """The variable as a function of s."""
    if point == INFINITY and head == "limit_left":
        return Series(((Monomial(-FIRST), FIRST),))
    if point == MINUS_INFINITY and head == "limit_right":
        return Series(((Monomial(-FIRST), -FIRST),))
    start = defined(point, given)
    step = ((BESIDE, FIRST if head == "limit_right" else -FIRST),)
    return Series(step if is_zero(start) else ((ONE, start), *step))


# ---------------------------------------------------------------- expansions


class _Expansion:
    """Expands terms in which `name` is a given function of s."""

    def __init__(self, given: Given, name: str, variable: Series, order: int) -> None:
        self.given, self.name, self.variable, self.order = given, name, variable, order
        self.work = 0

    def of(self, term: Term) -> Series:
        """The expansion of a term. Raises Unknown."""
        if self.name not in term.free_vars:
            return self._of_constant(term)
        if isinstance(term, Var):
            return self.variable
        if not isinstance(term, App):
            raise Unknown
        if term.head == "^":
            return self._of_power(*term.args)
        args = [self.of(arg) for arg in term.args]
        operation = _OPERATIONS.get(term.head)
        if operation is None:
            raise Unknown
        return operation(self, *args)

    def _of_constant(self, term: Term) -> Series:
        coefficient = defined(term, self.given)
        return Series(() if is_zero(coefficient) else ((ONE, coefficient),))

    def series(self, terms: Iterator[tuple[Monomial, Coefficient]], rests: list[Monomial]) -> Series:
        """Like terms collected, in order; what the remainder swallows is left out."""

        def order(left: Monomial, right: Monomial) -> int:
            return compared(left, right, self.given)

        by_growth = cmp_to_key(order)
        collected: list[tuple[Monomial, Coefficient]] = []
        for monomial, coefficient in sorted(terms, key=lambda pair: by_growth(pair[0]), reverse=True):
            if collected and compared(collected[-1][0], monomial, self.given) == 0:
                collected[-1] = (monomial, joined(collected[-1][1], coefficient))
            else:
                collected.append((monomial, coefficient))
        kept = [pair for pair in collected if not is_zero(pair[1])]
        rests = [*rests, kept[_MOST_TERMS][0]] if len(kept) > _MOST_TERMS else rests
        rest = max(rests, key=by_growth, default=None)
        if rest is not None:
            kept = [pair for pair in kept if compared(pair[0], rest, self.given) > 0]
        return Series(tuple(kept[:_MOST_TERMS]), rest)

    def bound(self, series: Series) -> Monomial:
        """A monomial that bounds a function which is not 0."""
        if series.terms:
            return series.terms[0][0]
        if series.rest is None:
            raise Unknown
        return series.rest

    def sum(self, left: Series, right: Series) -> Series:
        """left + right."""
        return self.series(iter((*left.terms, *right.terms)), [r for r in (left.rest, right.rest) if r is not None])

    def scaled(self, series: Series, by: Coefficient, monomial: Monomial = ONE) -> Series:
        """The series times one term."""
        rest = None if series.rest is None else times(series.rest, monomial)
        return Series(tuple((times(m, monomial), multiplied(c, by)) for m, c in series.terms), rest)

    def difference(self, left: Series, right: Series) -> Series:
        """left - right."""
        return self.sum(left, self.scaled(right, -FIRST))

    def product(self, left: Series, right: Series) -> Series:
        """left * right."""
        if is_nothing(left) or is_nothing(right):
            return Series(())
        self.work += len(left.terms) * len(right.terms)
        if self.work > _MOST_WORK:
            raise Unknown
        rests = [
            times(one.rest, self.bound(other))
            for one, other in ((left, right), (right, left)) if one.rest is not None
        ]  # fmt: skip
        terms = ((times(a, b), multiplied(c, d)) for a, c in left.terms for b, d in right.terms)
        return self.series(terms, rests)

    def leading(self, series: Series) -> tuple[Monomial, Coefficient]:
        """The first term, with a coefficient that is surely not 0."""
        if not series.terms:
            raise Unknown
        monomial, coefficient = series.terms[0]
        if isinstance(coefficient, Term) and not holds(App("!=", (coefficient, ZERO)), self.given):
            raise Unknown
        return monomial, coefficient

    def relative(self, series: Series) -> Series:
        """e, where the series is its leading term times 1 + e; e tends to 0."""
        monomial, coefficient = self.leading(series)
        inverse = 1 / coefficient if not isinstance(coefficient, Term) else div(Num(1), coefficient)
        others = Series(series.terms[1:], series.rest)
        return self.scaled(others, inverse, times(ONE, monomial, -1))

    def composed(self, small: Series, coefficients: Callable[[int], Fraction]) -> Series:
        """The power series with these coefficients, at what tends to 0."""
        total = Series(() if not coefficients(0) else ((ONE, coefficients(0)),))
        if is_nothing(small):
            return total
        if tendency(self.bound(small), self.given) >= 0:
            raise Unknown
        factor = Series(((ONE, FIRST),))
        for k in range(1, self.order + 1):
            factor = self.product(factor, small)
            if coefficients(k):
                total = self.sum(total, self.scaled(factor, coefficients(k)))
        beyond = reduce(times, [self.bound(small)] * (self.order + 1), ONE)
        return self.sum(total, Series((), beyond))

    # ------------------------------------------------------------ functions

    def inverse(self, series: Series) -> Series:
        """1 / series."""
        return self.raised(series, -FIRST)

    def raised(self, series: Series, exponent: Fraction) -> Series:
        """A real power: of anything for natural exponents, else of what is not 0, or positive for fractions."""
        if is_nothing(series) and exponent > 0:
            return series
        if abs(exponent) > _LARGEST_POWER:
            raise Unknown
        if exponent.denominator == 1 and 0 <= exponent <= _MOST_FACTORS:
            return reduce(self.product, [series] * int(exponent), Series(((ONE, FIRST),)))
        monomial, coefficient = self.leading(series)
        if exponent.denominator != 1 and sign_of(coefficient, self.given) < 0:
            raise Nowhere if exponent.denominator == 2 else Unknown
        exact: Coefficient
        if not isinstance(coefficient, Term) and exponent.denominator == 1:
            exact = coefficient ** int(exponent)
        elif coefficient == 1:
            exact = FIRST
        elif not isinstance(coefficient, Term) and (root := _root(coefficient, exponent)) is not None:
            exact = root
        else:
            exact = small_enough(power(as_term(coefficient), number(exponent)))
        outer = Monomial(
            monomial.power * exponent,
            monomial.log * exponent,
            tuple((a, b, multiplied(c, exponent)) for a, b, c in monomial.exponent),
        )
        return self.scaled(self.composed(self.relative(series), _binomial(exponent)), exact, outer)

    def odd_root(self, series: Series, degree: Series) -> Series:
        """The real root of odd degree, which is odd."""
        match degree.terms:
            case ((_, Fraction() as known),) if known.denominator == 1 and known % 2 == 1 and not is_nothing(series):
                side = Fraction(sign_of(self.leading(series)[1], self.given))
                return self.scaled(self.raised(self.scaled(series, side), 1 / known), side)
        raise Unknown

    def logarithm(self, series: Series) -> Series:
        """log of what is positive."""
        monomial, coefficient = self.leading(series)
        if sign_of(coefficient, self.given) < 0:
            raise Nowhere
        if monomial.log:
            raise Unknown
        terms: list[tuple[Monomial, Coefficient]] = [(Monomial(a, b), c) for a, b, c in monomial.exponent]
        if monomial.power:
            terms.append((LOG, -monomial.power))
        if coefficient != 1:
            terms.append((ONE, App("log", (as_term(coefficient),))))
        small = self.composed(self.relative(series), lambda k: Fraction((-1) ** (k + 1), k) if k else Fraction(0))
        return self.sum(self.series(iter(terms), []), small)

    def exponential(self, series: Series) -> Series:
        """exp: what grows without bound goes into the monomial."""
        large, constant, small = self.parted(series)
        outer = ONE
        for monomial, coefficient in large:
            if monomial.exponent:
                raise Unknown
            if monomial == LOG:
                if isinstance(coefficient, Term):
                    raise Unknown
                outer = times(outer, Monomial(-coefficient))
            elif monomial.power < 0 or monomial.log > 1:
                outer = times(outer, Monomial(exponent=((monomial.power, monomial.log, coefficient),)))
            else:
                raise Unknown
        exact: Coefficient = FIRST if is_zero(constant) else App("exp", (as_term(constant),))
        return self.scaled(self.composed(small, lambda k: Fraction(1, factorial(k))), exact, outer)

    def parted(self, series: Series) -> tuple[list[tuple[Monomial, Coefficient]], Coefficient, Series]:
        """What grows without bound, a constant, and what tends to 0."""
        if series.rest is not None and tendency(series.rest, self.given) >= 0:
            raise Unknown
        growths = [tendency(monomial, self.given) for monomial, _ in series.terms]
        pairs = list(zip(growths, series.terms, strict=True))
        constants: list[Coefficient] = [c for growth, (_, c) in pairs if growth == 0]
        small = Series(tuple(term for growth, term in pairs if growth < 0), series.rest)
        return [term for growth, term in pairs if growth > 0], constants[0] if constants else Fraction(0), small

    def _of_power(self, base: Term, exponent: Term) -> Series:
        if self.name not in exponent.free_vars:
            known = rational(exponent)
            if not isinstance(known, Term):
                return self.raised(self.of(base), known)
        try:
            size = self.logarithm(self.of(base))
        except Nowhere:
            self.leading(self.varying(exponent))  # what does not vary may be whole: (-1)^n has a value
            raise
        return self.exponential(self.product(self.of(exponent), size))

    def varying(self, term: Term) -> Series:
        """The expansion of a term without its constant."""
        series = self.of(term)
        terms = tuple(pair for pair in series.terms if tendency(pair[0], self.given))
        return Series(terms, series.rest)

    def sine(self, series: Series) -> Series:
        """sin(c + e) for what tends to c."""
        return self._circular(series, "sin", "cos", 1)

    def cosine(self, series: Series) -> Series:
        """cos(c + e) for what tends to c."""
        return self._circular(series, "cos", "sin", -1)

    def _circular(self, series: Series, own: str, other: str, sign: int) -> Series:
        """f(c + e) = f(c) cos e + f'(c) sin e; of what tends to nothing it is only known to be bounded."""
        large, constant, small = self.parted(series)
        if large:
            return Series((), ONE)
        sine = self.composed(small, lambda k: Fraction((-1) ** (k // 2), factorial(k)) if k % 2 else Fraction(0))
        cosine = self.composed(small, lambda k: Fraction(0) if k % 2 else Fraction((-1) ** (k // 2), factorial(k)))
        if is_zero(constant):
            return sine if own == "sin" else cosine
        values = [App(head, (as_term(constant),)) for head in (own, other)]
        return self.sum(self.scaled(cosine, values[0]), self.scaled(self.scaled(sine, values[1]), Fraction(sign)))

    def arctangent(self, series: Series) -> Series:
        """arctan(c + e) is arctan c + arctan(e / (1 + c^2 + c e)); far out it is half of pi less arctan(1 / u)."""
        large, constant, small = self.parted(series)
        if large:
            side = Fraction(sign_of(self.leading(series)[1], self.given), 2)
            end = Series(((ONE, multiplied(side, App("pi_number"))),))
            return self.difference(end, self.arctangent(self.inverse(series)))
        if is_zero(constant):
            return self.composed(small, lambda k: Fraction((-1) ** (k // 2), k) if k % 2 else Fraction(0))
        start = as_term(constant)
        below = self.sum(Series(((ONE, joined(FIRST, multiplied(start, start))),)), self.scaled(small, start))
        turned = self.arctangent(self.product(small, self.inverse(below)))
        return self.sum(Series(((ONE, App("arctan", (start,))),)), turned)

    def size(self, series: Series) -> Series:
        """The absolute value."""
        if is_nothing(series):
            return series
        return self.scaled(series, Fraction(sign_of(self.leading(series)[1], self.given)))

    def larger(self, left: Series, right: Series) -> Series:
        """max(left, right)."""
        gap = self.difference(left, right)
        return left if is_nothing(gap) or sign_of(self.leading(gap)[1], self.given) > 0 else right

    def smaller(self, left: Series, right: Series) -> Series:
        """min(left, right)."""
        gap = self.difference(right, left)
        return left if is_nothing(gap) or sign_of(self.leading(gap)[1], self.given) > 0 else right

    def plus_one(self, series: Series) -> Series:
        """1 + series."""
        return self.sum(Series(((ONE, FIRST),)), series)

    def logistic(self, series: Series) -> Series:
        """1 / (1 + exp(-u))."""
        return self.inverse(self.plus_one(self.exponential(self.scaled(series, -FIRST))))

    def hyperbolic(self, series: Series, sign: int) -> Series:
        """(exp(u) + sign * exp(-u)) / 2."""
        half = self.scaled(self.exponential(series), Fraction(1, 2))
        return self.sum(half, self.scaled(self.exponential(self.scaled(series, -FIRST)), Fraction(sign, 2)))


def _root(value: Fraction, exponent: Fraction) -> Fraction | None:
    """value^exponent where it is a rational number; None where it is not seen to be one."""
    if value <= 0 or max(value.numerator, value.denominator) > _LARGEST_ROOT:
        return None
    tops = [round(part ** (1 / exponent.denominator)) for part in (value.numerator, value.denominator)]
    found = Fraction(*tops) if all(tops) else Fraction(0)
    return found**exponent.numerator if found**exponent.denominator == value else None


def _binomial(exponent: Fraction) -> Callable[[int], Fraction]:
    """The coefficients of (1 + e)^exponent."""

    def coefficient(k: int) -> Fraction:
        return reduce(lambda found, j: found * (exponent - j) / (j + 1), range(k), FIRST)

    return coefficient


_OPERATIONS: Final[dict[str, Callable[..., Series]]] = {
    "+": _Expansion.sum,
    "-": _Expansion.difference,
    "*": _Expansion.product,
    "/": lambda e, top, bottom: e.product(top, e.inverse(bottom)),
    "neg": lambda e, u: e.scaled(u, -FIRST),
    "exp": _Expansion.exponential,
    "log": _Expansion.logarithm,
    "sqrt": lambda e, u: e.raised(u, Fraction(1, 2)),
    "root": _Expansion.odd_root,
    "sin": _Expansion.sine,
    "cos": _Expansion.cosine,
    "arctan": _Expansion.arctangent,
    "sinh": lambda e, u: e.hyperbolic(u, -1),
    "cosh": lambda e, u: e.hyperbolic(u, 1),
    "tanh": lambda e, u: e.product(e.hyperbolic(u, -1), e.inverse(e.hyperbolic(u, 1))),
    "sigmoid": _Expansion.logistic,
    "softplus": lambda e, u: e.logarithm(e.plus_one(e.exponential(u))),
    "logit": lambda e, u: e.difference(e.logarithm(u), e.logarithm(e.difference(Series(((ONE, FIRST),)), u))),
    "abs": _Expansion.size,
    "max": _Expansion.larger,
    "min": _Expansion.smaller,
}

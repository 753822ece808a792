"""An independent opinion on a claim: both sides at many random points of the given, in mpmath at 50 digits.

It shares nothing with the prover but the terms: no intervals, no normal forms, no models.
"""

from __future__ import annotations

import random
from fractions import Fraction

from mpmath import mp, mpf

from derivations.given import Given
from derivations.term import App, Bind, Bound, Num, Term, Var, subterms

_DIGITS = 50
_LARGEST = 10**6


class NoValue(Exception):
    """A side has no real value here."""


def label(claim: App, given: Given, points: int = 14, seed: int = 1) -> bool | None:
    """Whether the sides agree wherever both have values; None where they never have."""
    rng = random.Random(seed)  # noqa: S311 - reproducible points, not secrets
    names = sorted(claim.free_vars)
    met = 0
    digits = 10 if any(isinstance(part, Bind) and part.head == "d" for part in subterms(claim)) else 25
    with mp.workdps(_DIGITS):
        for attempt in range(4 * points):
            values = {name: _drawn(name, given, rng, attempt) for name in names}
            try:
                left, right = (mpf(value(side, values, ())) for side in claim.args)
            except (NoValue, ArithmeticError, ValueError, TypeError):
                continue
            if abs(left - right) > mpf(10) ** -digits * (abs(left) + abs(right)) + mpf(10) ** (-digits - 15):
                return False
            met += 1
            if met >= points or not names:
                break
    return True if met else None


def holds(claim: App, given: Given, points: int = 60, seed: int = 1) -> bool | None:
    """Whether a relation other than = holds at all points at which both sides have values; None where they never have.

    Values within a part in 10^25 of one another count as equal.
    """
    rng = random.Random(seed)  # noqa: S311 - reproducible points, not secrets
    names = sorted(claim.free_vars)
    met = 0
    with mp.workdps(_DIGITS):
        for attempt in range(8 * points):
            values = {name: _drawn(name, given, rng, attempt) for name in names}
            if len(names) > 1 and attempt % 4 == 3:  # where two of the same kind are equal
                values |= {
                    name: values[names[0]] for name in names if given.about(name) and _same(name, names[0], given)
                }
            if attempt % 8 == 7:
                values = {name: _remarkable(name, value, given) for name, value in values.items()}
            try:
                left, right = (mpf(value(side, values, ())) for side in claim.args)
            except (NoValue, ArithmeticError, ValueError, TypeError):
                continue
            close = abs(left - right) <= mpf(10) ** -25 * (abs(left) + abs(right)) + mpf(10) ** -40
            if not {"<": left < right and not close, "<=": left < right or close, "!=": not close}[claim.head]:
                return False
            met += 1
            if met >= points or not names:
                break
    return True if met else None


def _same(name: str, other: str, given: Given) -> bool:
    return [f.args[1:] for f in given.about(name)] == [f.args[1:] for f in given.about(other)]


def _remarkable(name: str, drawn: object, given: Given) -> object:
    """A place where inequalities often are equations: 1/2, 1, 0 or 1/e, where the domain has it."""
    domain = next((f.args[1] for f in given.about(name) if isinstance(f, App) and f.head == "in"), None)
    if not isinstance(domain, App) or domain.head not in ("interval", "reals"):
        return drawn
    low, high = map(_end, domain.args) if domain.head == "interval" else (None, None)
    ends = [None if end is None else mpf(end.numerator) / end.denominator for end in (low, high)]
    inside = [
        place for place in (mpf(1) / 2, mpf(1), mpf(0), mp.exp(-1), +mp.e)
        if (ends[0] is None or place > ends[0]) and (ends[1] is None or place < ends[1])
    ]  # fmt: skip
    return inside[int(drawn * 997) % len(inside)] if inside else drawn


def _drawn(name: str, given: Given, rng: random.Random, attempt: int) -> Fraction:
    domain = next((f.args[1] for f in given.about(name) if isinstance(f, App) and f.head == "in"), None)
    head = domain.head if isinstance(domain, App) else "reals"
    if head == "bits":
        return Fraction(rng.randint(0, 1))
    if head in ("integers", "range"):
        low = _end(domain.args[0])
        return Fraction((-5 if low is None else int(low)) + rng.randint(0, 8))
    unit = Fraction(rng.randint(1, 199), 200)
    if head == "interval":
        low, high = map(_end, domain.args)
        if low is not None and high is not None:
            return low + (high - low) * unit
        if low is not None:
            return low + unit * (3 if attempt % 2 else Fraction(1, 2))
        if high is not None:
            return high - 3 * unit
    return Fraction(rng.randint(-3, 4)) if attempt % 3 == 0 else 5 * unit - Fraction(9, 4)


def _end(term: Term) -> Fraction | None:
    if isinstance(term, Num):
        return Fraction(term.value)
    if term == App("pi_number"):
        return Fraction(31415926535897932384626, 10**22)  # below pi, and so inside
    if isinstance(term, App) and term.head == "neg":
        inner = _end(term.args[0])
        return None if inner is None else -inner
    if isinstance(term, App) and term.head == "/":
        return Fraction(_end(term.args[0])) / Fraction(_end(term.args[1]))
    return None


def value(term: Term, values: dict[str, Fraction], bound: tuple[object, ...]) -> object:
    """The value of a term at a point. Raises NoValue, ArithmeticError or ValueError where there is none."""
    if isinstance(term, Num):
        return mpf(term.value)
    if isinstance(term, Var):
        exact = values[term.name]
        return mpf(exact.numerator) / exact.denominator if isinstance(exact, Fraction) else mpf(exact)
    if isinstance(term, Bound):
        return bound[-1 - term.index]
    if isinstance(term, Bind):
        return _binder(term, values, bound)
    if term.head not in _OPERATIONS:
        raise NoValue(term.head)
    return _OPERATIONS[term.head](*[value(arg, values, bound) for arg in term.args])


def _binder(term: Bind, values: dict[str, Fraction], bound: tuple[object, ...]) -> object:
    body = term.bodies[0]
    if term.head == "d":
        at = value(term.arg, values, bound)
        return mp.diff(lambda t: value(body, values, (*bound, t)), at, h=mpf(10) ** -18)
    if term.head in ("sum", "prod") and isinstance(term.arg, App) and term.arg.head in ("bits", "range"):
        low, high = (0, 1) if term.arg.head == "bits" else (value(end, values, bound) for end in term.arg.args)
        if high < low - 1 or high - low > 2000:
            raise NoValue
        terms = [value(body, values, (*bound, mpf(k))) for k in range(int(low), int(high) + 1)]
        return mp.fsum(terms) if term.head == "sum" else mp.fprod(terms)
    raise NoValue(term.head)


def _within(function, low, high):
    def at(x):
        if not low <= x <= high:
            raise NoValue
        return function(x)

    return at


def _odd_root(x, degree):
    if degree != int(degree) or degree % 2 != 1:
        raise NoValue
    return mp.sign(x) * mp.root(abs(x), int(degree))


def _positive(function):
    def at(x):
        if x <= 0:
            raise NoValue
        return function(x)

    return at


def _root(x):
    if x < 0:
        raise NoValue
    return mp.sqrt(x)


def _power(base, exponent):
    if exponent == int(exponent):
        if abs(exponent) > _LARGEST or (base == 0 and exponent < 0):
            raise NoValue
        return base ** int(exponent)
    if base <= 0:
        raise NoValue
    return mp.exp(exponent * mp.log(base))


def _natural(x):
    if x != int(x) or not 0 <= x <= 500:
        raise NoValue
    return int(x)


def _exp(x):
    if abs(x) > _LARGEST:
        raise NoValue
    return mp.exp(x)


_OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "neg": lambda a: -a,
    "^": _power,
    "exp": _exp,
    "log": _positive(mp.log),
    "sqrt": _root,
    "abs": abs,
    "max": max,
    "min": min,
    "sin": mp.sin,
    "cos": mp.cos,
    "sinh": lambda x: (_exp(x) - _exp(-x)) / 2,
    "cosh": lambda x: (_exp(x) + _exp(-x)) / 2,
    "tanh": mp.tanh,
    "arctan": mp.atan,
    "arcsin": _within(mp.asin, -1, 1),
    "arccos": _within(mp.acos, -1, 1),
    "arsinh": mp.asinh,
    "arcosh": _within(mp.acosh, 1, mp.inf),
    "artanh": lambda x: _positive(mp.log)((1 + x) / (1 - x)) / 2,
    "sign": mp.sign,
    "root": _odd_root,
    "sigmoid": lambda x: 1 / (1 + _exp(-x)),
    "softplus": lambda x: mp.log(1 + _exp(x)),
    "logit": lambda x: _positive(mp.log)(x / (1 - x)),
    "factorial": lambda n: mp.factorial(_natural(n)),
    "binom": lambda n, k: mp.binomial(_natural(n), _natural(k)),
    "pi_number": lambda: +mp.pi,
}

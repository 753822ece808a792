"""A first glance at a claim: does it look false at one point, in floating point?

It decides nothing. It says which search to begin with: most wrong steps are refuted at the first point that is tried,
and a normal form of their sides would be work for nothing. Whatever is not understood here looks neither way.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from derivations.given import Given
from derivations.term import App, Bind, Bound, Num, Term, Var

_FAR: Final = 1e-4  # relative difference beyond which two sides look different
_STEP: Final = 1e-4
_INFINITY: Final = App("oo")
_MOST_TERMS: Final = 50
_PLACES: Final = (0.37, 0.61, 0.23, 0.79, 0.53)


class _NoValue(Exception):
    """There is no value here, or none that a glance sees."""


def looks_false(claim: Term, given: Given) -> bool | None:
    """Whether the two sides of a relation seem to contradict it at a point of the given; None for not understood.

    >>> from derivations.notation import read
    >>> given = Given.of("x in interval(0, oo)")
    >>> looks_false(read("log(x^2) = log(x)"), given), looks_false(read("log(x^2) = 2 * log(x)"), given)
    (True, False)
    >>> looks_false(read("f(x) = x"), given) is None
    True
    """
    if not isinstance(claim, App) or claim.head not in ("=", "<", "<="):
        return None
    try:
        names = sorted(claim.free_vars)
        values = {name: _point(name, place, given) for place, name in enumerate(names)}
        left, right = (_value(side, values, ()) for side in claim.args)
    except (_NoValue, ArithmeticError, ValueError, RecursionError):
        return None
    gap = left - right
    if not math.isfinite(gap):
        return None
    if abs(gap) <= _FAR * (abs(left) + abs(right)):
        return False
    return claim.head == "=" or gap > 0


def gap(claim: App, values: dict[str, float]) -> float | None:
    """How much larger the right side of a relation is at a point, in floating point; None for not understood.

    >>> from derivations.notation import read
    >>> gap(read("x < x^2"), {"x": 3.0})
    6.0
    """
    try:
        left, right = (_value(side, values, ()) for side in claim.args)
    except (_NoValue, ArithmeticError, ValueError, RecursionError):
        return None
    return right - left if math.isfinite(right - left) else None


def _point(name: str, place: int, given: Given) -> float:
    """A number that a symbol may stand for."""
    share = _PLACES[place % len(_PLACES)]
    for fact in given.about(name):
        if isinstance(fact, App) and fact.head == "in":
            subject, domain = fact.args
            if isinstance(subject, Var) and subject.name == name and isinstance(domain, App):
                return _inside(domain, share, place)
    return 2.5 * share + 0.1


def _inside(domain: App, share: float, place: int) -> float:
    if domain.head == "bits":
        return float(place % 2)
    if domain.head not in ("interval", "integers", "range"):
        return 2.5 * share + 0.1
    low, high = (_end(end) for end in domain.args)
    if domain.head != "interval":
        start = low if math.isfinite(low) else -1.0
        return min(start + 2 + place % 2, high)
    if math.isfinite(low) and math.isfinite(high):
        return low + (high - low) * share
    if math.isfinite(low):
        return low + 2.5 * share
    return high - 2.5 * share if math.isfinite(high) else 2.5 * share + 0.1


def _end(term: Term) -> float:
    if term == _INFINITY:
        return math.inf
    if isinstance(term, App) and term.head == "neg":
        return -_end(term.args[0])
    return _value(term, {}, ())


def _value(term: Term, values: dict[str, float], bound: tuple[float, ...]) -> float:
    if isinstance(term, Num):
        return float(term.value)
    if isinstance(term, Var):
        found = values.get(term.name)
        if found is None:
            raise _NoValue
        return found
    if isinstance(term, Bound):
        return bound[-1 - term.index]
    if isinstance(term, App):
        operation = _OPERATIONS.get(term.head)
        if operation is None:
            raise _NoValue
        return operation(*[_value(arg, values, bound) for arg in term.args])
    if isinstance(term, Bind):
        return _of_binder(term, values, bound)
    raise _NoValue


def _of_binder(term: Bind, values: dict[str, float], bound: tuple[float, ...]) -> float:
    body = term.bodies[0]
    if term.head == "d":
        at = _value(term.arg, values, bound)
        above, below = (_value(body, values, (*bound, at + step)) for step in (_STEP, -_STEP))
        return (above - below) / (2 * _STEP)
    if term.head not in ("sum", "prod") or not isinstance(term.arg, App):
        raise _NoValue
    if term.arg.head == "bits":
        low, high = 0.0, 1.0
    elif term.arg.head == "range":
        low, high = (_value(end, values, bound) for end in term.arg.args)
    else:
        raise _NoValue
    if high < low - 1 or high - low > _MOST_TERMS or low % 1 or high % 1:
        raise _NoValue
    terms = [_value(body, values, (*bound, float(k))) for k in range(int(low), int(high) + 1)]
    return math.fsum(terms) if term.head == "sum" else math.prod(terms)


def _power(base: float, exponent: float) -> float:
    if base < 0 and exponent % 1:
        raise _NoValue
    return float(base**exponent)


def _whole(value: float) -> int:
    if value % 1 or not 0 <= value <= 100:
        raise _NoValue
    return int(value)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


_OPERATIONS: Final[dict[str, Callable[..., float]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "neg": lambda a: -a,
    "^": _power,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
    "sigmoid": _logistic,
    "logit": lambda a: math.log(a / (1 - a)),
    "softplus": lambda a: math.log1p(math.exp(a)),
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "arctan": math.atan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arsinh": math.asinh,
    "arcosh": math.acosh,
    "artanh": math.atanh,
    "sign": lambda a: math.copysign(1, a) if a else 0.0,
    "root": lambda a, n: math.copysign(abs(a) ** (1 / n), a),
    "max": max,
    "min": min,
    "pi_number": lambda: math.pi,
    "factorial": lambda a: float(math.factorial(_whole(a))),
    "binom": lambda n, k: float(math.comb(_whole(n), _whole(k))),
}

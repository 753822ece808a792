"""Elementary functions of values: exact where the result is simple, else a ball, and exact through derivatives.

Each function is given by what it does to a number and by its derivative, as functions of values; derivatives of all
orders follow, since f(a + b*eps) = f(a) + f'(a)*b*eps and f'(a) is computed in the same arithmetic.

>>> str(sqrt(fmpq(4, 9))), str(exp(ZERO)), str(log(fmpq(2)))
('2/3', '1', '[0.693147180559945 +/- 4.12e-16]')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flint import arb, fmpq, fmpz

from derivations.value import (
    MOST_BITS,
    MOST_EXPONENT,
    ONE,
    ZERO,
    Blurred,
    Huge,
    Jet,
    Number,
    Scalar,
    Undefined,
    Value,
    add,
    ball,
    div,
    mul,
    neg,
    sized,
    sub,
    whole,
    whole_power,
)

_MOST_FACTORIAL: Final = 1_500
_HALF: Final = fmpq(1, 2)


def _standard(name: str, value: Value, at_number: Callable[[Number], Number]) -> Scalar:
    """A function at a number, or at a jet by f(a + b*eps) = f(a) + f'(a)*b*eps."""
    if isinstance(value, fmpq | arb):
        return at_number(value)
    if isinstance(value, Jet):
        inner = value.standard
        return Jet(value.level, ELEMENTARY[name](inner), mul(_DERIVATIVES[name](inner), value.slope))
    raise Undefined(f"{name} of this kind of value")


def _surely_positive(number: Number, what: str) -> None:
    if isinstance(number, arb) and not number > 0 and not number <= 0:
        raise Blurred(f"{what} of a ball that may reach 0")
    if not number > 0:
        raise Undefined(f"{what} of a number that is not positive")


def _log(number: Number) -> Number:
    _surely_positive(number, "the logarithm")
    return ZERO if number == ONE else ball(number).log()


def _exp(number: Number) -> Number:
    if isinstance(number, fmpq) and not number:
        return ONE
    exponent = ball(number)
    if not abs(exponent) < MOST_EXPONENT:
        raise Huge("a huge exponential")
    return exponent.exp()


def _sqrt(number: Number) -> Number:
    if isinstance(number, fmpq):
        if number < 0:
            raise Undefined("the root of a negative number")
        if fmpz(number.p).is_square() and fmpz(number.q).is_square():
            return number.sqrt()
    else:
        _surely_positive(number, "the root")
    return ball(number).sqrt()


def _softplus(number: Number) -> Number:
    return ball(exp(number)).log1p()


def _absolute(number: Number) -> Number:
    if isinstance(number, arb):
        return abs(number)
    return number if number >= 0 else -number


def log(value: Value) -> Scalar:
    """The natural logarithm, of positive numbers."""
    return _standard("log", value, _log)


def exp(value: Value) -> Scalar:
    """The exponential function."""
    return _standard("exp", value, _exp)


def sqrt(value: Value) -> Scalar:
    """The root of a non-negative number; exact for squares."""
    return _standard("sqrt", value, _sqrt)


def sigmoid(value: Value) -> Scalar:
    """1 / (1 + exp(-x))."""
    return div(ONE, add(ONE, exp(neg(value))))


def logit(value: Value) -> Scalar:
    """log(x / (1 - x)) for 0 < x < 1."""
    return log(div(value, sub(ONE, value)))


def softplus(value: Value) -> Scalar:
    """log(1 + exp(x))."""
    return _standard("softplus", value, _softplus)


def tanh(value: Value) -> Scalar:
    """(1 - exp(-2x)) / (1 + exp(-2x))."""
    shrunk = exp(mul(fmpq(-2), value))
    return div(sub(ONE, shrunk), add(ONE, shrunk))


def absolute(value: Value) -> Scalar:
    """|x|, differentiable where x is surely not 0."""
    return _standard("abs", value, _absolute)


def sin(value: Value) -> Scalar:
    """The sine."""
    return _standard("sin", value, lambda number: number if number == ZERO else ball(number).sin())


def cos(value: Value) -> Scalar:
    """The cosine."""
    return _standard("cos", value, lambda number: ONE if number == ZERO else ball(number).cos())


def sinh(value: Value) -> Scalar:
    """(exp(x) - exp(-x)) / 2."""
    return mul(_HALF, sub(exp(value), exp(neg(value))))


def cosh(value: Value) -> Scalar:
    """(exp(x) + exp(-x)) / 2."""
    return mul(_HALF, add(exp(value), exp(neg(value))))


def maximum(left: Value, right: Value) -> Scalar:
    """The larger of two values; where they may be equal, as (a + b + |a - b|) / 2."""
    return mul(_HALF, add(add(left, right), absolute(sub(left, right))))


def minimum(left: Value, right: Value) -> Scalar:
    """The smaller of two values."""
    return neg(maximum(neg(left), neg(right)))


def _sign(value: Value) -> Scalar:
    """The derivative of |x|."""
    return div(absolute(value), value)


ELEMENTARY: Final[Mapping[str, Callable[[Value], Scalar]]] = {
    "log": log, "exp": exp, "sqrt": sqrt, "sigmoid": sigmoid, "logit": logit, "softplus": softplus, "tanh": tanh,
    "abs": absolute, "sin": sin, "cos": cos, "sinh": sinh, "cosh": cosh,
}  # fmt: skip
_DERIVATIVES: Final[Mapping[str, Callable[[Value], Scalar]]] = {
    "log": lambda x: div(ONE, x),
    "exp": exp,
    "sqrt": lambda x: div(_HALF, sqrt(x)),
    "softplus": sigmoid,
    "abs": _sign,
    "sin": cos,
    "cos": lambda x: neg(sin(x)),
}


def normal_density(value: Value, mean: Value, variance: Value) -> Scalar:
    """The density of the normal distribution. Raises Undefined for a variance that is not positive.

    >>> str(normal_density(ZERO, ZERO, ONE))
    '[0.398942280401433 +/- 4.38e-16]'
    """
    distance = whole_power(sub(value, mean), 2)
    return div(exp(neg(div(distance, mul(fmpq(2), variance)))), sqrt(mul(mul(fmpq(2), arb.pi()), variance)))


def factorial(value: Value) -> fmpq:
    """n! for a natural number n."""
    count = whole(value)
    if count < 0:
        raise Undefined("the factorial of a negative number")
    if count > _MOST_FACTORIAL:
        raise Huge("the factorial of a huge number")
    return fmpq(fmpz.fac_ui(fmpz(count)))


def binomial(total: Value, chosen: Value) -> fmpq:
    """The number of subsets of size `chosen` of a set of size `total`."""
    n, k = whole(total), whole(chosen)
    if k < 0 or n < 0:
        raise Undefined("a binomial coefficient with negative arguments")
    if k > _MOST_FACTORIAL or n > MOST_BITS:
        raise Huge("a binomial coefficient with huge arguments")
    return sized(fmpq(fmpz.bin_uiui(n, k)))


def real_power(base: Value, exponent: Value) -> Scalar:
    """base ^ exponent = exp(exponent * log base). Raises Undefined unless the base is surely positive."""
    if isinstance(base, fmpq) and isinstance(exponent, fmpq):
        if base <= 0:
            raise Undefined("a real power of a number that is not positive")
        if exponent.q == 1 and abs(exponent) <= MOST_BITS:
            return whole_power(base, int(exponent.p))
        if exponent.q == 2 and abs(exponent) <= MOST_BITS:
            return whole_power(sqrt(base), int(exponent.p))
    return exp(mul(exponent, log(base)))

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
    at_most,
    ball,
    div,
    mul,
    neg,
    scalar,
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


def _within_one(number: Number) -> None:
    """Raises where a number is not surely from -1 to 1."""
    is_inside = at_most(absolute(number), ONE)
    if not is_inside:
        raise Undefined("beyond -1 or 1") if is_inside is False else Blurred("a ball that may reach beyond -1 or 1")


def _arcsin(number: Number) -> Number:
    _within_one(number)
    return number if number == ZERO else ball(number).asin()


def _arcosh(number: Number) -> Number:
    is_inside = at_most(ONE, number)
    if not is_inside:
        raise Undefined("below 1") if is_inside is False else Blurred("a ball that may reach below 1")
    return ZERO if number == ONE else ball(number).acosh()


def _sign_of_number(number: Number) -> Number:
    if number == ZERO:
        return ZERO
    if number > 0 or number < 0:
        return ONE if number > 0 else -ONE
    raise Blurred("the sign of a ball that may be 0")


def _exact_root(number: Number, degree: int) -> Number | None:
    """The root of a fraction of perfect powers."""
    if isinstance(number, arb):
        return None
    top, bottom = (fmpz(part).root(degree) for part in (number.p, number.q))
    return fmpq(top, bottom) if top**degree == number.p and bottom**degree == number.q else None


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


def arctan(value: Value) -> Scalar:
    """The angle between -pi/2 and pi/2 with this tangent."""
    return _standard("arctan", value, lambda number: number if number == ZERO else ball(number).atan())


def arcsin(value: Value) -> Scalar:
    """The angle from -pi/2 to pi/2 with this sine. Raises Undefined outside of [-1, 1]."""
    return _standard("arcsin", value, _arcsin)


def arccos(value: Value) -> Scalar:
    """The angle from 0 to pi with this cosine. Raises Undefined outside of [-1, 1]."""
    return sub(mul(_HALF, arb.pi()), arcsin(value))


def arsinh(value: Value) -> Scalar:
    """The number with this hyperbolic sine."""
    return _standard("arsinh", value, lambda number: number if number == ZERO else ball(number).asinh())


def arcosh(value: Value) -> Scalar:
    """The number that is not negative and has this hyperbolic cosine. Raises Undefined below 1."""
    return _standard("arcosh", value, _arcosh)


def artanh(value: Value) -> Scalar:
    """The number with this hyperbolic tangent. Raises Undefined outside of (-1, 1)."""
    return mul(_HALF, log(div(add(ONE, value), sub(ONE, value))))


def sign(value: Value) -> Scalar:
    """-1, 0 or 1."""
    return _standard("sign", value, _sign_of_number)


def odd_root(value: Value, degree: Value) -> Scalar:
    """The real root of an odd degree, of any number. Raises Undefined for another degree."""
    odd = whole(degree)
    if odd < 1 or odd % 2 == 0:
        raise Undefined("a root of a degree that is not odd")
    if isinstance(value, Jet):
        inner = odd_root(value.standard, degree)
        return Jet(value.level, inner, mul(div(inner, mul(degree, value.standard)), value.slope))
    number = scalar(value)
    if not isinstance(number, fmpq | arb):
        raise Undefined("a root of this kind of value")
    if isinstance(number, fmpq) and not number:
        return ZERO
    if number < 0:
        return neg(odd_root(-number, degree))
    _surely_positive(number, "an odd root")
    return _exact_root(number, odd) or ball(number).root(odd)


def maximum(left: Value, right: Value) -> Scalar:
    """The larger of two values; where they may be equal, as (a + b + |a - b|) / 2."""
    return mul(_HALF, add(add(left, right), absolute(sub(left, right))))


def minimum(left: Value, right: Value) -> Scalar:
    """The smaller of two values."""
    return neg(maximum(neg(left), neg(right)))


def _slope_of_size(value: Value) -> Scalar:
    """The derivative of |x|."""
    return div(absolute(value), value)


ELEMENTARY: Final[Mapping[str, Callable[[Value], Scalar]]] = {
    "log": log, "exp": exp, "sqrt": sqrt, "sigmoid": sigmoid, "logit": logit, "softplus": softplus, "tanh": tanh,
    "abs": absolute, "sin": sin, "cos": cos, "sinh": sinh, "cosh": cosh,
    "arctan": arctan, "arcsin": arcsin, "arccos": arccos, "arsinh": arsinh, "arcosh": arcosh, "artanh": artanh,
    "sign": sign,
}  # fmt: skip
_DERIVATIVES: Final[Mapping[str, Callable[[Value], Scalar]]] = {
    "log": lambda x: div(ONE, x),
    "exp": exp,
    "sqrt": lambda x: div(_HALF, sqrt(x)),
    "softplus": sigmoid,
    "abs": _slope_of_size,
    "sin": cos,
    "cos": lambda x: neg(sin(x)),
    "arctan": lambda x: div(ONE, add(ONE, mul(x, x))),
    "arcsin": lambda x: div(ONE, sqrt(sub(ONE, mul(x, x)))),
    "arsinh": lambda x: div(ONE, sqrt(add(mul(x, x), ONE))),
    "arcosh": lambda x: div(ONE, sqrt(sub(mul(x, x), ONE))),
    "sign": lambda x: div(ZERO, x),
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

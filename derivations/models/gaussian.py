"""Integrals over the real line that are known exactly: polynomials under normal densities.

For a polynomial G of degree at most d, and x_0, ..., x_d different points, the mean of G under a normal density is
the sum of G(x_k) times the mean of the k-th Lagrange polynomial, which is a combination of moments. So G is
evaluated at rational points, as any term is; that it is a polynomial, and its degree, is read off its form.
Whatever is not surely of this form has no value. A factor exp(a + b x) turns the density with mean m and variance v
into exp(a + b m + b^2 v / 2) times the one with mean m + b v. Over (0, oo), where exp(a - l x) stands for the density,
the moments are those of the exponential distribution.

Source: Davis and Rabinowitz, *Methods of Numerical Integration* (1984), section 2.5.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from flint import fmpq, fmpq_poly

from derivations.matching import mentions
from derivations.models.model import Convex, Model, Smooth, constant_zero
from derivations.term import App, Bind, Bound, Num, Term, div, instantiated, mul, neg
from derivations.value import ONE, ZERO, Jet, Scalar, Undefined, Value, add, less
from derivations.value import div as over
from derivations.value import mul as times
from derivations.vocabulary import ARITHMETIC

_MOST_DEGREE: Final = 16
_MOST_TILTED: Final = 32
# An abstract function of one number stands for a polynomial of at most this degree; see `model.Smooth`.
_ABSTRACT_DEGREE: Final = 4


class Part(NamedTuple):
    """A summand of an integrand: a normal density of the variable, its mean and variance, times `rest`."""

    mean: Term
    variance: Term
    rest: Term


class Tilted(NamedTuple):
    """A product as the exponentials of some terms in the variable, and what is left."""

    exponents: tuple[Term, ...]
    rest: Term


def tilted(term: Term) -> tuple[Tilted, ...]:
    """A term below the binder of its variable as a sum of exponentials times what holds none.

    Raises: Undefined where there are too many summands.
    """
    if not _has_exponential(term):
        return (Tilted((), term),)
    found: tuple[Tilted, ...] = ()
    match term:
        case App("exp", (inner,)):
            return (Tilted((inner,), Num(1)),)
        case App("neg", (inner,)):
            found = tuple(one._replace(rest=neg(one.rest)) for one in tilted(inner))
        case App("+", (left, right)):
            found = (*tilted(left), *tilted(right))
        case App("-", (left, right)):
            found = (*tilted(left), *tilted(neg(right)))
        case App("*", (left, right)):
            found = _products(tilted(left), tilted(right))
        case App("/", (top, bottom)) if len(below := tilted(bottom)) == 1:
            inverse = Tilted(tuple(map(neg, below[0].exponents)), div(Num(1), below[0].rest))
            found = _products(tilted(top), (inverse,))
        case App("^", (base, exponent)) if 0 < (times_over := _whole(exponent)) <= _MOST_DEGREE:
            found = (Tilted((), Num(1)),)
            for _ in range(times_over):
                found = _products(found, tilted(base))
        case _:
            return (Tilted((), term),)
    if len(found) > _MOST_TILTED:
        raise Undefined("too many exponentials under one integral")
    return found


def _products(left: tuple[Tilted, ...], right: tuple[Tilted, ...]) -> tuple[Tilted, ...]:
    if len(left) * len(right) > _MOST_TILTED:
        raise Undefined("too many exponentials under one integral")
    return tuple(
        Tilted((*one.exponents, *other.exponents), mul(one.rest, other.rest)) for one in left for other in right
    )


def _has_exponential(term: Term) -> bool:
    """Whether an exponential of the variable stands among the sums, products, quotients and powers of a term."""
    if not isinstance(term, App) or not mentions(term, 0):
        return False
    return term.head == "exp" or (term.head in ARITHMETIC and any(map(_has_exponential, term.args)))


def parts(body: Term) -> tuple[Part, ...] | None:
    """The integrand, below its binder, as a sum of densities times functions; None where it is of another form."""
    match body:
        case App("normal", (Bound(0), mean, variance)) if not mentions(mean, 0) and not mentions(variance, 0):
            return (Part(mean, variance, Num(1)),)
        case App("neg", (inner,)):
            return _each(parts(inner), neg)
        case App("/", (top, bottom)):
            return _each(parts(top), lambda rest: div(rest, bottom))
        case App("*", (left, right)):
            first, second = parts(left), parts(right)
            if first is not None and second is not None:
                return None
            return _each(first, lambda rest: mul(rest, right)) or _each(second, lambda rest: mul(left, rest))
        case App(("+" | "-") as sign, (left, right)):
            first, second = parts(left), parts(right)
            if first is None or second is None:
                return None
            return (*first, *(second if sign == "+" else _each(second, neg) or ()))
        case Bind("d", hint, point, (App("normal", _) as law,)):
            # the log-trick, so that the density itself stays outside the derivative
            score = Bind("d", hint, point, (App("log", (law,)),))
            return _each(parts(instantiated(law, (point,))), lambda rest: mul(rest, score))
    return None


def _each(found: tuple[Part, ...] | None, change: Callable[[Term], Term]) -> tuple[Part, ...] | None:
    if found is None:
        return None
    return tuple(part._replace(rest=change(part.rest)) for part in found)


# ---------------------------------------------------------------- degrees


def degree(term: Term, model: Model, around: tuple[int, ...] = ()) -> int:
    """A bound of the degree of a term as a polynomial in the variable of the integral that it stands below.

    `around` are the degrees of the variables of the binders in between, outermost first.
    Raises: Undefined where the term is not seen to be a polynomial.
    """
    if not _mentions_any(term, around):
        return 0
    match term:
        case Bound(index):
            return 1 if index == len(around) else around[-1 - index]
        case App(("+" | "-"), (left, right)):
            return max(degree(left, model, around), degree(right, model, around))
        case App("neg", (inner,)):
            return degree(inner, model, around)
        case App("*", (left, right)):
            return degree(left, model, around) + degree(right, model, around)
        case App("/", (top, bottom)) if not _mentions_any(bottom, around):
            return degree(top, model, around)
        case App("^", (base, exponent)) if 0 <= (times_over := _whole(exponent)) <= _MOST_DEGREE:
            return times_over * degree(base, model, around)
        case App("log", (inner,)):
            return _degree_of_log(inner, model, around)
        case App(head, args) if _is_polynomial(model, head, len(args)):
            return _ABSTRACT_DEGREE * max(degree(arg, model, around) for arg in args)
        case Bind("d", _, point, (body,)):
            return degree(body, model, (*around, degree(point, model, around)))
        case Bind("sum", _, domain, (body,)) if not _mentions_any(domain, around):
            return degree(body, model, (*around, 0))
    raise Undefined("an integrand that is not seen to be a polynomial under a normal density")


def _whole(exponent: Term) -> int:
    """The value of an exponent such as 4 or 5 - 1; -1 where it is none."""
    match exponent:
        case Num(value):
            return value
        case App("-", (Num(left), Num(right))):
            return left - right
        case App("+", (Num(left), Num(right))):
            return left + right
    return -1


def _mentions_any(term: Term, around: tuple[int, ...]) -> bool:
    """Whether a term mentions the variable of the integral, or one whose point depends on it."""
    if mentions(term, len(around)):
        return True
    return any(of and mentions(term, len(around) - 1 - k) for k, of in enumerate(around))


def _degree_of_log(inner: Term, model: Model, around: tuple[int, ...]) -> int:
    """log of products and quotients of normal densities and of what does not depend on the variable."""
    match inner:
        case App(("*" | "/"), args):
            return max(_degree_of_log(arg, model, around) for arg in args)
        case App("exp", (exponent,)):
            return degree(exponent, model, around)
        case App("normal", (value, mean, variance)) if not _mentions_any(variance, around):
            return 2 * max(degree(value, model, around), degree(mean, model, around))
        case _ if not _mentions_any(inner, around):
            return 0
    raise Undefined("a logarithm that is not seen to be a polynomial")


def _is_polynomial(model: Model, head: str, arity: int) -> bool:
    """Whether an abstract function stands for a polynomial: bounded on both sides it does not."""
    meaning = model.functions.get((head, arity))
    if isinstance(meaning, Smooth):
        return meaning.low is None or meaning.high is None
    return isinstance(meaning, Convex) or meaning is constant_zero


# ---------------------------------------------------------------- means


@lru_cache(maxsize=_MOST_DEGREE + 1)
def nodes(most: int) -> tuple[fmpq, ...]:
    """Different rational points, one more than the degree.

    >>> [str(node) for node in nodes(2)]
    ['0', '1', '-1']
    """
    return tuple(fmpq((k + 1) // 2 * (1 if k % 2 else -1)) for k in range(most + 1))


@lru_cache(maxsize=_MOST_DEGREE + 1)
def _lagrange(most: int) -> tuple[fmpq_poly, ...]:
    found = []
    for k, node in enumerate(nodes(most)):
        product = fmpq_poly([1])
        for j, other in enumerate(nodes(most)):
            if j != k:
                product *= fmpq_poly([-other, 1]) / (node - other)
        found.append(product)
    return tuple(found)


def mean_of(values: list[Value], mean: Value, variance: Value) -> Scalar:
    """The mean, under a normal density, of the polynomial that takes these values at the nodes.

    Raises: Undefined for a variance that is not surely positive.

    >>> str(mean_of([fmpq(k) ** 2 for k in (0, 1, -1)], fmpq(3), fmpq(2)))
    '11'
    """
    if less(ZERO, _start(variance)) is not True:
        raise Undefined("a variance that is not surely positive")
    moments: list[Scalar] = [ONE]
    for k in range(1, len(values)):
        moment = times(mean, moments[k - 1])
        if k > 1:
            moment = add(moment, times(times(fmpq(k - 1), variance), moments[k - 2]))
        moments.append(moment)
    return _combined(values, moments)


def integral_under_exponential(values: list[Value], rate: Value) -> Scalar:
    """The integral over (0, oo) of exp(-rate * x) times the polynomial that takes these values at the nodes.

    Raises: Undefined for a rate that is not surely positive.

    >>> str(integral_under_exponential([fmpq(k) ** 2 for k in (0, 1, -1)], fmpq(2)))
    '1/4'
    """
    if less(ZERO, _start(rate)) is not True:
        raise Undefined("an exponential that does not surely fall")
    moments: list[Scalar] = [over(ONE, rate)]
    for k in range(1, len(values)):
        moments.append(over(times(fmpq(k), moments[k - 1]), rate))
    return _combined(values, moments)


def _combined(values: list[Value], moments: list[Scalar]) -> Scalar:
    """The integral of the polynomial with these values at the nodes, from those of the powers."""
    total: Scalar = ZERO
    for value, polynomial in zip(values, _lagrange(len(values) - 1), strict=True):
        weight: Scalar = ZERO
        for k in range(polynomial.degree() + 1):
            weight = add(weight, times(polynomial[k], moments[k]))
        total = add(total, times(value, weight))
    return total


def _start(value: Value) -> Value:
    """The value itself, without its derivatives."""
    while isinstance(value, Jet):
        value = value.standard
    return value


def degree_within_reach(term: Term, model: Model) -> int:
    """The degree of a polynomial. Raises Undefined where a term is none, or its degree is too high."""
    found = degree(term, model)
    if found > _MOST_DEGREE:
        raise Undefined("a polynomial of too high a degree")
    return found

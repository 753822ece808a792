"""Integrals over the real line and over (0, oo), compiled: what is known of them is in `gaussian`.

`code_of` is the compiler of terms, which calls these and is called by them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from flint import fmpq

from derivations.models.elementary import exp
from derivations.models.frame import Frame, Place, Scope
from derivations.models.gaussian import (
    Tilted,
    degree_within_reach,
    integral_under_exponential,
    mean_of,
    nodes,
    parts,
    tilted,
)
from derivations.term import App, Num, Term
from derivations.value import ONE, ZERO, Undefined, Value, add, div, mul, neg, sub

Code: TypeAlias = Callable[[Frame], Value]
Compiler: TypeAlias = Callable[[Term, Scope], Code]
HALF_LINE: Final = App("interval", (Num(0), App("oo")))


def _undefined(frame: Frame) -> Value:
    raise Undefined("an integral that is not known")


def gaussian_integral(body: Term, scope: Scope, code_of: Compiler) -> Code:
    """Over the real line: polynomials and exponentials under normal densities."""
    found = parts(body)
    if found is None:
        return _undefined
    inner = scope.within(Place())
    try:
        split = [(part, tilted(part.rest)) for part in found]
    except Undefined:
        return _undefined
    laws = [(code_of(part.mean, inner), code_of(part.variance, inner)) for part in found]
    rests = [[_exponential_times_polynomial(one, inner, code_of) for one in summands] for _, summands in split]

    def run(frame: Frame) -> Value:
        total: Value = ZERO
        for (mean_code, variance_code), summands in zip(laws, rests, strict=True):
            mean, variance = frame.inside(ZERO, mean_code), frame.inside(ZERO, variance_code)
            for summand in summands:
                start, rise, values = summand(frame)
                shift = mul(rise, variance)
                scale = exp(add(start, mul(rise, add(mean, div(shift, fmpq(2))))))
                total = add(total, mul(scale, mean_of(values, add(mean, shift), variance)))
        return total

    return run


def exponential_integral(body: Term, scope: Scope, code_of: Compiler) -> Code:
    """Over (0, oo): polynomials under exponentials that fall."""
    inner = scope.within(Place())
    try:
        summands = [_exponential_times_polynomial(one, inner, code_of) for one in tilted(body)]
    except Undefined:
        return _undefined

    def run(frame: Frame) -> Value:
        total: Value = ZERO
        for summand in summands:
            start, rise, values = summand(frame)
            total = add(total, mul(exp(start), integral_under_exponential(values, neg(rise))))
        return total

    return run


def _exponential_times_polynomial(
    summand: Tilted, inner: Scope, code_of: Compiler
) -> Callable[[Frame], tuple[Value, Value, list[Value]]]:
    """An integrand as exp(a + b x) times a polynomial: a, b, and the values of the polynomial at the nodes."""
    codes, polynomial = [code_of(one, inner) for one in summand.exponents], code_of(summand.rest, inner)

    def run(frame: Frame) -> tuple[Value, Value, list[Value]]:
        if any(degree_within_reach(one, frame.model) > 1 for one in summand.exponents):
            raise Undefined("an exponential of what is not linear")
        start: Value = ZERO
        rise: Value = ZERO
        for code in codes:
            first = frame.inside(ZERO, code)
            start, rise = add(start, first), add(rise, sub(frame.inside(ONE, code), first))
        points = nodes(degree_within_reach(summand.rest, frame.model))
        return start, rise, [frame.inside(one, polynomial) for one in points]

    return run

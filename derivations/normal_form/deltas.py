"""Kronecker's delta: equal and unequal indices, and other factors with one index for both."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from derivations.errors import OutsideFragment
from derivations.matching import function
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import algebra_of, combine, laurent, may_divide, monomial_below
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import Polynomial
from derivations.term import App, Bind, Term, Var, add, mul, substituted

_MOST: Final = 6  # deltas in one sum


def delta(r: Rewriting) -> None:
    """delta(a, b): its value where it is known, else with its indices in order."""
    for place in (0, 1):
        r.inside(place, r.normal)
    if r.attempt("delta-equal") or r.attempt("delta-unequal", surely=True):
        return
    if isinstance(r.term, App):
        left, right = r.term.args
        if r.impersonal(right) < r.impersonal(left):
            r.apply("delta-symmetric")


def one_index(r: Rewriting) -> None:
    """In what is multiplied by delta(a, b), b is written a."""
    for _ in range(_MOST):
        numbers = laurent(r)
        try:
            polynomial = numbers.polynomial(r.term)
        except OutsideFragment:
            return
        found = _transportable(numbers, polynomial)
        if found is None or not may_divide(r, numbers):
            return
        _transported(r, numbers, polynomial, found)


def _transportable(numbers: Laurent, polynomial: Polynomial) -> int | None:
    """A delta beside a factor that mentions its second index."""
    for monomial in polynomial:
        for generator, exponent in monomial:
            match numbers.atoms[generator]:
                case App("delta", (_, Var(name))) if exponent == 1:
                    if any(name in numbers.atoms[g].free_vars for g, _ in monomial if g != generator):
                        return generator
    return None


def _transported(r: Rewriting, numbers: Laurent, polynomial: Polynomial, generator: int) -> None:
    factor = numbers.atoms[generator]
    if not isinstance(factor, App):
        return
    first, second = factor.args
    beside: Polynomial = {}
    rest: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        if (generator, 1) in monomial:
            beside[tuple(p for p in monomial if p[0] != generator)] = coefficient
        else:
            rest[monomial] = coefficient
    other = numbers.written(beside)
    r.compute(add(numbers.written(rest), mul(factor, other)), algebra_of(numbers))
    if not isinstance(second, Var):
        return
    slot = r.fresh("i")
    shape = function(substituted(other, {second.name: Var(slot)}), slot)

    def transport(part: Rewriting) -> None:
        if part.attempt("delta-transport", reverse=True, a=first, b=second, F=shape):
            part.inside(1, part.normal)

    r.inside(1, transport)
    combine(r)


def sum_of_delta(r: Rewriting) -> bool:
    """sum[k in D](delta(k, j) * F(k)) = F(j); says whether it was done."""
    term = r.term
    if not isinstance(term, Bind):
        return False
    name = r.fresh(term.hint)
    found = monomial_below(r, name)
    if found is None:
        return False
    numbers, monomial, coefficient = found
    for generator, exponent in monomial:
        match numbers.atoms[generator]:
            case App("delta", (left, right)) if exponent == 1 and coefficient == 1 and Var(name) in (left, right):
                index = right if left == Var(name) else left
                others = numbers.written_monomial(tuple(p for p in monomial if p[0] != generator), Fraction(1))
                if name not in index.free_vars:
                    return _picked(r, numbers, name, (left, right), others, index)
    return False


def _picked(r: Rewriting, numbers: Laurent, name: str, sides: tuple[Term, Term], others: Term, index: Term) -> bool:
    algebra = algebra_of(numbers)

    def shaped(part: Rewriting) -> None:
        part.compute(mul(App("delta", sides), others), algebra)
        if sides[0] != Var(name):
            part.inside(0, lambda inner: inner.apply("delta-symmetric"))

    trial = r.trial()
    trial.inside(1, shaped)
    if not trial.attempt("sum-of-delta", j=index, F=function(others, name), surely=True):
        return False
    r.term = trial.term
    r.moves.extend(trial.moves)
    r.normal(r)
    return True

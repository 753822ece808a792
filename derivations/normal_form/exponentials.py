"""Exponentials of what is linear in the variable of an integral: a normal density is moved by them, and over (0, oo)
they are the exponential distribution.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import algebra_of, monomial_below
from derivations.normal_form.dependence import by_dependence
from derivations.normal_form.rewriting import Conversion, Rewriting
from derivations.polynomial import ONE, Monomial
from derivations.term import App, Bind, Num, Term, Var, mul, neg, number

HALF_LINE: Final = App("interval", (Num(0), App("oo")))
_MOST_MOMENT: Final = 24


def exponential_moment(r: Rewriting) -> bool:
    """int[x in interval(0, oo)](exp(-l x) * x^n), where the integrand is one monomial; says whether it was one."""
    term = r.term
    if not isinstance(term, Bind) or term.arg != HALF_LINE:
        return False
    name = r.fresh(term.hint)
    found = monomial_below(r, name)
    if found is None:
        return False
    numbers, monomial, coefficient = found
    exponentials, others = apart(numbers, monomial, name)
    degree = degree_of(numbers, others, name)
    if coefficient != 1 or not exponentials or degree is None or degree > _MOST_MOMENT:
        return False
    slope = _slope(exponentials, name)
    if slope is None:
        return False
    rate = numbers.written(numbers.polynomial(neg(slope)))
    rest = App("^", (Var(name), Num(degree))) if degree else None
    r.inside(1, lambda part: _arranged(part, numbers, exponentials, None, rest, neg(mul(rate, Var(name)))))
    if not r.attempt("exponential-moment" if degree else "exponential-total"):
        return False
    r.normal(r)
    return True


def moved(r: Rewriting, numbers: Laurent, law: Term, monomial: Monomial, name: str) -> bool:
    """A normal density times exponentials of what is linear in its variable, as a constant times another one."""
    exponentials, others = apart(numbers, monomial, name)
    slope = _slope(exponentials, name) if exponentials else None
    if slope is None:
        return False
    rest = None if others == ONE else numbers.written_monomial(others, Fraction(1))
    done: list[bool] = []

    def convert(part: Rewriting) -> None:
        _arranged(part, numbers, exponentials, law, rest, mul(slope, Var(name)))
        if rest is None:
            done.append(part.attempt("normal-tilted"))
        else:
            part.inside(0, lambda product: done.append(product.attempt("normal-tilted")))

    r.inside(1, convert)
    if done == [True]:
        r.normal(r)
    return done == [True]


def apart(numbers: Laurent, monomial: Monomial, name: str) -> tuple[list[tuple[Term, Term]], Monomial]:
    """The exponents of the exponentials in a variable, each with the power that it has, and the other factors."""
    found: list[tuple[Term, Term]] = []
    others: list[tuple[int, int]] = []
    for generator, exponent in monomial:
        match numbers.atoms[generator]:
            case App("exp", (inner,)) if name in inner.free_vars:
                found.append((inner, number(Fraction(exponent))))
            case App("^", (App("exp", (inner,)), Num() | App("/", (Num(), Num())) as root)) if name in inner.free_vars:
                found.append((inner, root if exponent == 1 else mul(number(Fraction(exponent)), root)))
            case _:
                others.append((generator, exponent))
    return found, tuple(others)


def degree_of(numbers: Laurent, monomial: Monomial, name: str) -> int | None:
    """n where a monomial is x^n; None where it is anything else."""
    if not monomial:
        return 0
    ((generator, exponent), *more) = monomial
    return exponent if not more and numbers.atoms[generator] == Var(name) and exponent > 0 else None


def _slope(exponentials: list[tuple[Term, Term]], name: str) -> Term | None:
    """c where the exponents are together c times the variable; None where they are anything else."""
    numbers = Laurent()
    try:
        groups = by_dependence(numbers, numbers.polynomial(_sum(exponentials)), name)
    except OutsideFragment:
        return None
    if len(groups) != 1:
        return None
    ((monomial, coefficient),) = groups.items()
    return numbers.written(coefficient) if degree_of(numbers, monomial, name) == 1 else None


def _sum(exponentials: list[tuple[Term, Term]]) -> Term:
    total: Term | None = None
    for inner, times in exponentials:
        one = inner if times == Num(1) else mul(times, inner)
        total = one if total is None else App("+", (total, one))
    return total or Num(0)


def _arranged(
    part: Rewriting,
    numbers: Laurent,
    exponentials: list[tuple[Term, Term]],
    law: Term | None,
    rest: Term | None,
    exponent: Term,
) -> None:
    """Write an integrand as law * exp(exponent) * rest."""
    written: Term | None = None
    for inner, times in exponentials:
        factor: Term = App("exp", (inner,))
        factor = factor if times == Num(1) else App("^", (factor, times))
        written = factor if written is None else mul(written, factor)
    if written is None:
        return
    path = [] if law is None else [1]
    whole = written if law is None else mul(law, written)
    if rest is not None:
        whole, path = mul(whole, rest), [0, *path]
    part.compute(whole, algebra_of(numbers))
    _at(part, path, lambda product: _merged(product, exponent))


def _at(r: Rewriting, path: list[int], convert: Conversion) -> None:
    """Convert what stands at the end of a path of arguments."""
    if not path:
        convert(r)
        return
    r.inside(path[0], lambda inner: _at(inner, path[1:], convert))


def _merged(r: Rewriting, exponent: Term) -> None:
    """exp(a)^c * exp(b) as one exponential, with this exponent."""
    _joined(r)
    r.inside(0, lambda inner: inner.compute(exponent))


def _joined(r: Rewriting) -> None:
    if isinstance(r.term, App) and r.term.head == "*":
        r.inside(0, _joined)
        r.inside(1, _joined)
        r.apply("exp-sum", reverse=True)
    elif isinstance(r.term, App) and r.term.head == "^":
        r.apply("exp-multiple", reverse=True)

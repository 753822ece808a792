"""Linearity of sums and integrals: one for each monomial in what depends on the bound variable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import algebra_of, laurent, may_divide
from derivations.normal_form.dependence import by_dependence
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Monomial, Polynomial
from derivations.term import App, Bind, Num, Term, add, mul, opened


@dataclass(frozen=True)
class Linear:
    """The rows by which a binder is linear, and what to do with a constant and with a single monomial below it."""

    of_sum: str
    constant_factor: str
    constant: Callable[[Rewriting], None]
    monomial: Callable[[Rewriting], None]


def linear(r: Rewriting, rows: Linear) -> None:
    """One binder for each monomial in what depends on the bound variable, its coefficient in front."""
    term = r.term
    if not isinstance(term, Bind):
        return
    name = r.fresh(term.hint)
    body = opened(term, name)[0]
    if name not in body.free_vars:
        rows.constant(r)
        return
    grouped: list[bool] = []
    r.inside(1, lambda part: grouped.append(_grouped(part, name)))
    if grouped == [True]:
        _distributed(r, rows)


def _grouped(part: Rewriting, name: str) -> bool:
    """Write the summand as sum of coefficient * monomial; False where it is no polynomial."""
    numbers = laurent(part)
    try:
        polynomial = numbers.polynomial(part.term)
    except OutsideFragment:
        return False
    if not may_divide(part, numbers):
        return False
    groups = by_dependence(numbers, polynomial, name)
    ordered = sorted((str(numbers.written_monomial(m, _one())), m) for m in groups)
    written = [_scaled(numbers, groups[m], m) for _, m in ordered]
    total = written[0] if written else Num(0)
    for summand in written[1:]:
        total = add(total, summand)
    part.compute(total, algebra_of(numbers))
    return True


def _scaled(numbers: Laurent, coefficient: Polynomial, monomial: Monomial) -> Term:
    factor = numbers.written(coefficient)
    if monomial == ONE:
        return factor
    atom = numbers.written_monomial(monomial, _one())
    return atom if factor == Num(1) else mul(factor, atom)


def _one() -> Fraction:
    return Fraction(1)


def _distributed(r: Rewriting, rows: Linear) -> None:
    """Linearity, on a summand that `_grouped` has written."""
    term = r.term
    if not isinstance(term, Bind):
        return
    body = term.bodies[0]
    if isinstance(body, App) and body.head == "+" and r.attempt(rows.of_sum):
        for place in (0, 1):
            r.inside(place, lambda part: _distributed(part, rows))
    elif not body.loose:
        rows.constant(r)
    elif isinstance(body, App) and body.head == "*" and not body.args[0].loose:
        if r.attempt(rows.constant_factor):
            r.inside(1, rows.monomial)
    else:
        rows.monomial(r)

"""Sums of powers and geometric sums between any ends, by a function whose differences the summands are."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Final

from derivations.matching import function
from derivations.normal_form.rewriting import Rewriting
from derivations.term import App, Bind, Bound, Num, Term, Var, add, div, mul, number, power, sub

_MOST_POWER: Final = 12


def summed(r: Rewriting) -> bool:
    """sum[i in range(a, b)](i^p) or of c^i; says whether it was one."""
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.head != "range":
        return False
    index = Var(r.fresh(term.hint))
    total = _antidifference(term.bodies[0], index)
    if total is None or not r.attempt("telescoping-sum", G=function(total, index.name)):
        return False
    r.normal(r)
    return True


def _antidifference(body: Term, index: Var) -> Term | None:
    """G with G(i) - G(i - 1) = the summand at i."""
    if body == Bound(0):
        return _power_sum(1, index)
    if not isinstance(body, App) or body.head != "^":
        return None
    base, exponent = body.args
    if base == Bound(0) and isinstance(exponent, Num) and exponent.value <= _MOST_POWER:
        return _power_sum(exponent.value, index)
    if not base.loose and exponent == Bound(0):
        return div(power(base, add(index, Num(1))), sub(base, Num(1)))
    return None


def _power_sum(exponent: int, index: Var) -> Term:
    """1^p + ... + n^p as a polynomial in n, from (n + 1)^(p + 1) - 1 = sum of C(p + 1, j) S_j(n)."""
    sums: list[list[Fraction]] = []
    for p in range(exponent + 1):
        total = [Fraction(comb(p + 1, k)) for k in range(p + 2)]
        total[0] -= 1
        for j, lower in enumerate(sums):
            for k, coefficient in enumerate(lower):
                total[k] -= comb(p + 1, j) * coefficient
        sums.append([c / (p + 1) for c in total])
    written: Term | None = None
    for k, coefficient in enumerate(sums[exponent]):
        if coefficient:
            part = mul(number(coefficient), power(index, k))
            written = part if written is None else add(written, part)
    return written or Num(0)

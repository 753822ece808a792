"""Factorials, brought to n! from (n + c)!, and binomial coefficients, by factorials or step by step."""

from __future__ import annotations

from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, constant, plus
from derivations.term import App, Num, Term, add, div, mul

_MOST_FACTORS: Final = 40
_NATURAL: Final = App("integers", (Num(0), App("oo")))


def factorial(r: Rewriting) -> None:
    """(n + c)! by n!, as long as that is a factorial of natural numbers."""
    r.inside(0, r.normal)
    if r.attempt("factorial-zero"):
        return
    inner = _arguments(r)[0]
    steps = constant_of(inner)
    if abs(steps) > _MOST_FACTORS:
        return
    if steps > 0 and _is_natural(r, lowered(inner)):
        r.inside(0, lambda part: part.compute(add(lowered(inner), Num(1))))
        if r.attempt("factorial-step"):
            r.normal(r)
    elif steps < 0 and _is_natural(r, inner):
        following = add(inner, Num(1))
        r.compute(div(mul(following, r.term), following))
        r.inside(0, lambda part: part.apply("factorial-step", reverse=True))
        r.normal(r)


def binomial_coefficient(r: Rewriting) -> None:
    """By factorials where 0 <= k <= n is known; else in the row n + 0, and with the least k that is surely natural."""
    r.inside(0, r.normal)
    r.inside(1, r.normal)
    total, chosen = _arguments(r)
    if _is_far_down(total) or _is_far_down(chosen):
        return
    if any(r.attempt(rule) for rule in ("binomial-zero", "binomial-by-factorials")):
        r.normal(r)
        return
    row = constant_of(total)
    has_one = _is_natural(r, lowered(chosen))
    if row < 0:
        if r.attempt("binomial-row-above"):
            r.normal(r)
        return
    if not has_one:
        return
    r.inside(1, lambda part: part.compute(add(lowered(chosen), Num(1))))
    if row > 0 and _is_natural(r, lowered(total)):
        r.inside(0, lambda part: part.compute(add(lowered(total), Num(1))))
        rule = "binomial-absorption"
    else:
        rule = "binomial-step"
    if r.attempt(rule):
        r.normal(r)


def _arguments(r: Rewriting) -> tuple[Term, ...]:
    return r.term.args if isinstance(r.term, App) else (r.term,)


def _is_natural(r: Rewriting, term: Term) -> bool:
    return r.known(App("in", (term, _NATURAL)))


def constant_of(term: Term) -> int:
    """The whole number c in n + c, for an n without one."""
    try:
        return int(Laurent().polynomial(term).get(ONE, 0))
    except OutsideFragment:
        return 0


def _is_far_down(term: Term) -> bool:
    return constant_of(term) > _MOST_FACTORS


def lowered(term: Term, by: int = 1) -> Term:
    """n - 1, or less `by` another number, in its canonical form."""
    numbers = Laurent()
    try:
        return numbers.written(plus(numbers.polynomial(term), constant(by), -1))
    except OutsideFragment:
        return term

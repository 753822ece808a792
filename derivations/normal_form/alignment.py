"""Sums between the same ends: a stuck sum is shifted until its summand is taken at i, then made to run from 1 to an end
without a constant. So sums of the same terms are the same, whatever index their author chose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.collecting import whole_number
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Field
from derivations.term import App, Bind, Num, Term, Var, instantiated, number, opened, sub, subterms

_ARITHMETIC: Final = frozenset({"+", "-", "*", "neg", "^"})
_STEPWISE: Final = frozenset({"factorial", "binom"})  # their arguments are brought down step by step
_MOST_SHIFT: Final = 12


def aligned(r: Rewriting) -> bool:
    """Bring a sum over range(a, b) nearer to one over range(1, n); says whether it changed."""
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.head != "range":
        return False
    if not (_shifted(r, term) or _from_one(r, term) or _to_symbol(r, term)):
        return False
    r.normal(r)
    return True


def _shifted(r: Rewriting, term: Bind) -> bool:
    """Choose the index so that the least number that is added to it is 0."""
    name = r.fresh(term.hint)
    try:
        offsets = set(_offsets(opened(term, name)[0], Var(name)))
    except OutsideFragment:
        return False
    if not offsets or not 0 < abs(least := min(offsets)) <= _MOST_SHIFT:
        return False
    return r.attempt("sum-shifted", c=number(least))


def _offsets(body: Term, index: Var) -> Iterator[int]:
    """The numbers c where the index i occurs as i + c below a function, a logarithm or a fraction bar.

    Raises: OutsideFragment where it occurs in another way.
    """
    for part in subterms(body):
        if isinstance(part, App) and part.head not in _ARITHMETIC | _STEPWISE:
            for arg in part.args[1:] if part.head == "/" else part.args:
                if part.head == "/":
                    yield from (_offset(factor, index) for factor in _factors(arg) if index.name in factor.free_vars)
                elif index.name in arg.free_vars:
                    yield _offset(arg, index)


def _factors(term: Term) -> Iterator[Term]:
    if isinstance(term, App) and term.head == "*":
        for arg in term.args:
            yield from _factors(arg)
    elif isinstance(term, App) and term.head == "^":
        if not isinstance(term.args[1], Num):
            return  # a power x^i: shifting it gives a constant factor
        yield from _factors(term.args[0])
    elif not isinstance(term, App) or term.head in ("+", "-", "neg"):
        yield term


def _offset(term: Term, index: Var) -> int:
    top, bottom = Field().quotient(sub(term, index))
    constant = top.get(ONE, 0)
    if bottom != {ONE: 1} or set(top) - {ONE} or not isinstance(constant, int):
        raise OutsideFragment("no rule: an index that is not shifted only")
    return constant


def _from_one(r: Rewriting, term: Bind) -> bool:
    """The first term split off below 1; from above 1, all terms less those before."""
    low = term.arg.args[0] if isinstance(term.arg, App) else term.arg
    value = whole_number(low)
    if value == 1:
        return False
    if value is not None and value <= 0:
        return value > -_MOST_SHIFT and r.attempt("sum-first-term")
    if value is not None and (value > _MOST_SHIFT or not all(_has_value(r, term, Num(k)) for k in range(1, value))):
        return False
    return r.attempt("sum-from-one")


def _to_symbol(r: Rewriting, term: Bind) -> bool:
    """The last terms split off or added, so that the end is a sum of symbols without a number."""
    high = term.arg.args[1] if isinstance(term.arg, App) else term.arg
    try:
        top, bottom = Field().quotient(high)
    except OutsideFragment:
        return False
    constant = top.get(ONE, 0)
    if bottom != {ONE: 1} or not set(top) - {ONE} or not isinstance(constant, int) or abs(constant) > _MOST_SHIFT:
        return False
    if constant > 0:
        return r.attempt("sum-last-term")
    return constant < 0 and _has_value(r, term, App("+", (high, Num(1)))) and r.attempt("sum-next-term")


def _has_value(r: Rewriting, term: Bind, at: Term) -> bool:
    """Whether the summand surely has a value at a point beyond the ends."""
    for part in subterms(instantiated(term.bodies[0], (at,))):
        if isinstance(part, App) and part.head == "/" and not r.known(App("!=", (part.args[1], Num(0)))):
            return False
        if isinstance(part, App) and part.head == "log" and not r.known(App("<", (Num(0), part.args[0]))):
            return False
    return True

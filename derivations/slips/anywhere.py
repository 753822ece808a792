"""Slips that happen anywhere: a sign, a factor, a term."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.slips.refuted import Slip, domain_of, flips, on_the_right, over, times
from derivations.term import App, Bind, Num, Term, Var, bind, fresh_name, neg, opened, substituted


def any_sign(slip: Slip) -> Iterator[App]:
    """Any one sign turned."""
    yield from on_the_right(slip, flips(lambda term: True))
    yield slip.becoming(neg(slip.right))


def lost_factor(slip: Slip) -> Iterator[App]:
    """A factor of the left side put back, or divided out."""
    names = [Var(name) for name in sorted(slip.left.free_vars) if domain_of(name, slip.given) is not None]
    complements = [App("-", (Num(1), Var(name))) for name in slip.parameters]
    for factor in (*names, *complements, Num(2)):
        yield slip.becoming(times(slip.right, factor))
        yield slip.becoming(over(slip.right, factor))


def lost_term(slip: Slip) -> Iterator[App]:
    """A term of the left side put back, with either sign."""
    for part in _summands(slip.left):
        yield slip.becoming(App("+", (slip.right, part)))
        yield slip.becoming(App("-", (slip.right, part)))


def _summands(term: Term) -> Iterator[Term]:
    """The terms that a side is the sum of, through sums, means and the rule for products."""
    if isinstance(term, App) and term.head in ("+", "-"):
        for arg in term.args:
            yield arg
            yield from _summands(arg)
    elif isinstance(term, Bind) and term.head in ("sum", "d", "E"):
        name = fresh_name(term.hint, term.free_vars)
        *weights, body = opened(term, name)
        for part in _summands(body):
            yield bind(term.head, name, term.arg, *weights, part)
        if term.head == "d" and isinstance(body, App) and body.head == "*":
            for one, other in (body.args, body.args[::-1]):
                yield times(substituted(other, {name: term.arg}), bind("d", name, term.arg, one))

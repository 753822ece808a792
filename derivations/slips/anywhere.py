"""Slips that happen anywhere: a sign, a factor, a term."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.slips.refuted import (
    PLACE,
    Around,
    Rewrite,
    Slip,
    domain_of,
    factors_of,
    flips,
    on_the_right,
    over,
    times,
)
from derivations.term import (
    App,
    Bind,
    Num,
    Term,
    Var,
    bind,
    fresh_name,
    instantiated,
    neg,
    opened,
    substituted,
    subterms,
)


def any_sign(slip: Slip) -> Iterator[App]:
    """Any one sign turned."""
    yield from on_the_right(slip, flips(lambda term: True))
    yield slip.becoming(neg(slip.right))


def lost_factor(slip: Slip) -> Iterator[App]:
    """A factor of the left side put back, or divided out, in front or inside a sum."""
    yield from on_the_right(slip, _inside_sums(slip))
    names = [Var(name) for name in sorted(slip.left.free_vars) if domain_of(name, slip.given) is not None]
    complements = [App("-", (Num(1), Var(name))) for name in slip.parameters]
    for factor in (*names, *complements, Num(2)):
        yield slip.becoming(times(slip.right, factor))
        yield slip.becoming(over(slip.right, factor))


def _inside_sums(slip: Slip) -> Rewrite:
    """A factor of the terms that the left side sums, put back into a sum, also where it is differentiated."""
    sums = [
        (part.arg, factor)
        for part in _at_points(slip.left)
        if part.head in ("sum", "E")
        for body in opened(part, PLACE)
        for factor in _deep_factors(body)
        if PLACE in factor.free_vars
    ]

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if isinstance(term, Bind) and term.head == "sum":
            name = fresh_name(term.hint, term.free_vars | {other for other, _ in around})
            body = opened(term, name)[0]
            inner = body if isinstance(body, Bind) and body.head == "d" else None
            for domain, factor in dict.fromkeys(sums):
                if domain == term.arg and not factor.loose:
                    lost = substituted(factor, {PLACE: Var(name)})
                    yield bind("sum", name, term.arg, times(body, lost))
                    if inner is not None:
                        yield bind(
                            "sum", name, term.arg, Bind("d", inner.hint, inner.arg, (times(inner.bodies[0], lost),))
                        )

    return rewrite


def _at_points(term: Term) -> Iterator[Bind]:
    """The binders of a term, those below a derivative read at its point."""
    for part in subterms(term):
        if isinstance(part, Bind) and not part.loose:
            yield part
            if part.head == "d":
                yield from _at_points(instantiated(part.bodies[0], (part.arg,)))


def _deep_factors(body: Term) -> Iterator[Term]:
    """The factors of a product, and of what is differentiated in it, at the point."""
    for factor in factors_of(body):
        yield factor
        if isinstance(factor, Bind) and factor.head == "d":
            yield from _deep_factors(instantiated(factor.bodies[0], (factor.arg,)))


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

"""Slips with divergences: arguments exchanged, a term lost or subtracted, a product for a sum."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.slips.refuted import (
    PLACE,
    Around,
    Slip,
    factors_of,
    flips,
    mentions,
    on_either_side,
    on_the_right,
    product_of,
)
from derivations.term import App, Bind, Num, Term, Var, bind, opened


def _is_divergence(slip: Slip) -> bool:
    return bool(slip.heads & {"KL", "CE", "H"}) or ("log" in slip.heads and "d" not in slip.heads)


def exchanged_arguments(slip: Slip) -> Iterator[App]:
    """The two distributions of a divergence exchanged back."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if isinstance(term, Bind) and term.head in ("KL", "CE"):
            yield Bind(term.head, term.hint, term.arg, tuple(reversed(term.bodies)))

    def weighed(term: Term, around: Around) -> Iterator[Term]:
        if not isinstance(term, Bind) or term.head != "sum" or not mentions(term, "log"):
            return
        body = opened(term, PLACE)[0]
        weights = [weight for weight, values in slip.weights if values == term.arg]
        for place, factor in enumerate(factors_of(body)):
            for other in weights if factor in weights else ():
                if other != factor:
                    factors = [*factors_of(body)[:place], other, *factors_of(body)[place + 1 :]]
                    yield bind("sum", PLACE, term.arg, product_of(factors))

    yield from on_either_side(slip, rewrite)
    if _is_divergence(slip):
        yield from on_the_right(slip, weighed)
        for place, one in enumerate(slip.parameters):
            for other in slip.parameters[place + 1 :]:
                yield slip.becoming(_renamed(slip.right, {one: other, other: one}))


def _renamed(term: Term, names: dict[str, str]) -> Term:
    """The term with variables and indexed families renamed simultaneously."""
    if isinstance(term, Var):
        return Var(names.get(term.name, term.name))
    if isinstance(term, App):
        return App(names.get(term.head, term.head), [_renamed(arg, names) for arg in term.args])
    if isinstance(term, Bind):
        return Bind(term.head, term.hint, _renamed(term.arg, names), [_renamed(body, names) for body in term.bodies])
    return term


def plus_for_minus(slip: Slip) -> Iterator[App]:
    """A sign between the terms of a divergence turned."""
    return on_either_side(slip, flips(lambda term: True)) if _is_divergence(slip) else iter(())


def missing_complement(slip: Slip) -> Iterator[App]:
    """The term of the other value, with 1 - a for a, put back."""
    if slip.heads & {"limit_right", "limit_left"} or not ({"log", "d"} & slip.heads or "bern" in slip.heads):
        return
    for names in (slip.parameters, slip.parameters + slip.bits):
        chosen = frozenset(names)

        def rewrite(term: Term, around: Around, chosen: frozenset[str] = chosen) -> Iterator[Term]:
            if not around and term == slip.right:
                other = _complemented(term, chosen)
                if other == term:
                    return
                yield App("+", (term, other))
                yield App("-", (term, other))
            elif isinstance(term, Bind) and term.head == "sum":
                body = App("+", (term.bodies[0], _complemented(term.bodies[0], chosen)))
                yield Bind("sum", term.hint, term.arg, (body,))

        if names and not mentions(slip.right, "d"):
            yield from on_the_right(slip, rewrite)


def _complemented(term: Term, names: frozenset[str]) -> Term:
    """The term with 1 - a for every a among the names."""
    if isinstance(term, Var):
        return App("-", (Num(1), term)) if term.name in names else term
    if isinstance(term, App):
        changed = App(term.head, [_complemented(arg, names) for arg in term.args])
        return App("-", (Num(1), changed)) if term.head in names else changed
    if isinstance(term, Bind):
        return Bind(term.head, term.hint, term.arg, [_complemented(body, names) for body in term.bodies])
    return term


def product_for_sum(slip: Slip) -> Iterator[App]:
    """A product over independent parts made a sum again."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if isinstance(term, Bind) and term.head == "prod" and mentions(term, "KL", "log"):
            yield Bind("sum", term.hint, term.arg, term.bodies)
        elif (
            isinstance(term, App)
            and term.head == "*"
            and "KL" in slip.heads
            and all(mentions(arg, "KL", "log") for arg in term.args)
        ):
            yield App("+", term.args)

    return on_either_side(slip, rewrite)

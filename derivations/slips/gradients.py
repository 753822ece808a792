"""Slips with gradients of expectations: a lost weight, the wrong factor differentiated, a rule for products."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.slips.refuted import (
    PLACE,
    Around,
    Slip,
    factors_of,
    head_of,
    mentions,
    on_either_side,
    on_the_right,
    product_of,
    rewritten,
    times,
    weights_at,
)
from derivations.term import App, Bind, Num, Term, Var, abstracted, derivative, opened


def log_of_gradient(slip: Slip) -> Iterator[App]:
    """The derivative of the logarithm where the logarithm of the derivative stands, or the mere derivative."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        inner = term.args[0] if isinstance(term, App) and term.head in ("log", "/") else term
        if not isinstance(inner, Bind) or inner.head != "d":
            return
        if head_of(term) == "/":
            yield inner  # a weight was lost when the logarithm was differentiated
        elif head_of(inner.bodies[0]) != "log":
            yield Bind("d", inner.hint, inner.arg, (App("log", (inner.bodies[0],)),))

    def not_mere(term: Term, around: Around) -> Iterator[Term]:
        return rewrite(term, around) if head_of(term) in ("log", "/") else iter(())

    yield from on_the_right(slip, rewrite)
    yield from (slip.becoming(slip.right, left) for left in rewritten(slip.left, not_mere))


def gradient_of_decoder(slip: Slip) -> Iterator[App]:
    """The score of a weight where something that does not depend on the parameter is differentiated."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if not isinstance(term, Bind) or term.head != "d" or not isinstance(term.arg, Var):
            return
        body = opened(term, PLACE)[0]
        if PLACE in body.free_vars:
            return
        for weight in weights_at(slip, around):
            score = derivative(term.arg.name, App("log", (weight,)))
            yield times(body, score)
            yield score

    return on_either_side(slip, rewrite)


def missing_weight(slip: Slip) -> Iterator[App]:
    """A sum without its probabilities, with them."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if isinstance(term, Bind) and term.head == "sum":
            for weight, values in slip.weights:
                if values == term.arg and not weight.loose:
                    yield Bind("sum", term.hint, term.arg, (times(abstracted(weight, (PLACE,)), term.bodies[0]),))

    return on_either_side(slip, rewrite)


def one_for_zero(slip: Slip) -> Iterator[App]:
    """Probabilities sum to one, their derivatives to zero: one less."""
    if mentions(slip.left, "d"):
        yield slip.becoming(App("-", (slip.right, Num(1))))
    if mentions(slip.right, "d"):
        yield slip.becoming(slip.right, App("-", (slip.left, Num(1))))


def derivative_of_product(slip: Slip) -> Iterator[App]:
    """The derivative of a product where the product of the derivatives stands."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        factors = factors_of(term)
        slopes = [one for one in factors if isinstance(one, Bind) and one.head == "d"]
        if len(slopes) == 2 and slopes[0].arg == slopes[1].arg:
            both = Bind("d", slopes[0].hint, slopes[0].arg, (times(slopes[0].bodies[0], slopes[1].bodies[0]),))
            yield product_of([one for one in factors if one not in slopes] + [both])

    return on_either_side(slip, rewrite)

"""Slips with scores, moments and variances of a Bernoulli variable and of the mean of draws."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.slips.refuted import (
    Around,
    Slip,
    factors_of,
    flips,
    has_complement,
    head_of,
    mentions,
    name_of,
    on_the_right,
    over,
    rewritten,
    times,
)
from derivations.term import App, Bind, Num, Term, Var, bind, fresh_name, neg, opened, power, substituted, subterms


def sign_of_complement(slip: Slip) -> Iterator[App]:
    """The sign of a term with 1 - a turned, where something is differentiated."""
    if "d" not in slip.heads:
        return
    if has_complement(slip.left) or has_complement(slip.right) or "bern" in slip.heads:
        yield from on_the_right(slip, flips(has_complement))
    inner = any(head_of(part) == "d" and has_complement(part) for part in subterms(slip.left))
    if inner or ("bern" in slip.heads and has_complement(slip.right)):
        yield slip.becoming(neg(slip.right))


def variance_sign(slip: Slip) -> Iterator[App]:
    """The other sign of a variance, also where it is written as a difference of moments."""
    left = slip.left
    moments = isinstance(left, App) and left.head == "-" and all(mentions(arg, "E") for arg in left.args)
    if "Var" in slip.heads or moments:
        yield slip.becoming(neg(slip.right))


def second_moment(slip: Slip) -> Iterator[App]:
    """The square of the mean where the mean of the square was meant, and a bit for its square."""

    def mean_put_in(term: Term, around: Around) -> Iterator[Term]:
        if isinstance(term, Bind) and term.head == "E" and mentions(term.bodies[1], "^", "*"):
            name = fresh_name(term.hint, term.free_vars)
            weight, body = opened(term, name)
            mean = bind("E", name, term.arg, weight, Var(name))
            yield substituted(body, {name: mean})

    def halved(term: Term, around: Around) -> Iterator[Term]:
        if isinstance(term, App) and term.head == "^" and term.args[1] == Num(2) and name_of(term.args[0]):
            yield term.args[0]

    if slip.heads & {"E", "Var"}:
        yield from (slip.becoming(slip.right, left) for left in rewritten(slip.left, mean_put_in))
        yield from on_the_right(slip, halved)


def product_of_means(slip: Slip) -> Iterator[App]:
    """The mean of a product where the product of the means of dependent factors stands."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if not isinstance(term, App) or term.head != "*":
            return
        one, other = term.args
        if not (isinstance(one, Bind) and isinstance(other, Bind) and one.head == other.head == "E"):
            return
        if (one.arg, one.bodies[0]) == (other.arg, other.bodies[0]):
            yield Bind("E", one.hint, one.arg, (one.bodies[0], times(one.bodies[1], other.bodies[1])))

    return on_the_right(slip, rewrite)


def one_power_for_two(slip: Slip) -> Iterator[App]:
    """A denominator a^2 for a."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if isinstance(term, App) and term.head == "/":
            for factor in factors_of(term.args[1]):
                if isinstance(factor, Var) and factor.name in slip.parameters:
                    yield over(term.args[0], times(term.args[1], factor))

    return on_the_right(slip, rewrite)


def two_powers_for_one(slip: Slip) -> Iterator[App]:
    """A denominator a for a^2."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if isinstance(term, App) and term.head == "/":
            for name in slip.parameters:
                square = power(Var(name), 2)
                if square in factors_of(term.args[1]):
                    yield App("/", (times(term.args[0], Var(name)), term.args[1]))

    return on_the_right(slip, rewrite)


def missing_size(slip: Slip) -> Iterator[App]:
    """The division by the number of draws put back."""
    if slip.heads & {"Var", "tuples"}:
        yield from (slip.becoming(over(slip.right, Var(name))) for name in slip.sizes)


def size_squared(slip: Slip) -> Iterator[App]:
    """One power of the number of draws taken from the denominator."""
    squares = {power(Var(name), 2) for name in slip.sizes}
    if slip.heads & {"Var", "tuples"} or not squares.isdisjoint(subterms(slip.right)):
        yield from (slip.becoming(times(slip.right, Var(name))) for name in slip.sizes)


def variance_of_bit(slip: Slip) -> Iterator[App]:
    """The variance of z / a where that of z stands."""
    if slip.heads & {"Var", "E"}:
        yield from (slip.becoming(over(slip.right, power(Var(name), 2))) for name in slip.parameters)


def divided_by_bit(slip: Slip) -> Iterator[App]:
    """Both sides multiplied by the bit again."""
    for name in slip.bits:
        if name in slip.left.free_vars and name not in slip.right.free_vars:
            yield slip.becoming(times(Var(name), slip.right), times(Var(name), slip.left))


def turned_round(slip: Slip) -> Iterator[App]:
    """The inequality turned round."""
    if slip.claim.head in ("<", "<=") and slip.heads & {"d", "Var"}:
        yield App(slip.claim.head, (slip.right, slip.left))


def another_limit(slip: Slip) -> Iterator[App]:
    """The values that a limit is most often said to have."""
    if slip.heads & {"limit_right", "limit_left"}:
        for value in (App("oo"), Num(0), neg(App("oo")), Num(1)):
            yield slip.becoming(value)

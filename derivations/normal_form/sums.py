"""Finite sums: written out over {0, 1}, taken apart by linearity elsewhere, then simplified by what is known of
probability mass functions. What is left is sum[z in D](monomial) with coefficient 1.
"""

from __future__ import annotations

from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.alignment import aligned
from derivations.normal_form.binomial import binomial_sum
from derivations.normal_form.collecting import algebra_of, combine, is_bit, may_divide, whole_number
from derivations.normal_form.deltas import sum_of_delta
from derivations.normal_form.derivatives import vanishing
from derivations.normal_form.ends import settled_end
from derivations.normal_form.linearity import Linear, linear
from derivations.normal_form.order import outwards
from derivations.normal_form.ranges import over_triangle, rearranged
from derivations.normal_form.rewriting import Rewriting
from derivations.normal_form.telescoping import summed
from derivations.normal_form.tuples import coordinate_sum
from derivations.normal_form.weights import hidden_weights
from derivations.polynomial import Field
from derivations.term import App, Bind, Num, Term, sub, subterms

_ZERO: Final = Num(0)
_MOST_TERMS: Final = 40
_CLOSED: Final = ("sum-of-numbers", "sum-of-squares", "sum-of-cubes", "geometric-sum", "sum-of-binomials")


def finite_sum(r: Rewriting) -> None:
    """sum[z in D](F(z))."""
    r.inside(0, r.normal)
    if _domain(r) == App("bits"):
        r.apply("sum-over-bits")
        r.normal(r)
        return
    if _written_out(r) or binomial_sum(r) or settled_end(r) or over_triangle(r):
        return
    r.inside(1, r.normal)
    r.inside(1, vanished)
    linear(r, _LINEAR)
    combine(r)


def vanished(part: Rewriting, value: Term = _ZERO) -> None:
    """A summand that is 0 over its common denominator; a factor that is 1."""
    numbers = Field(lambda atom: is_bit(part, atom), roots=True)
    try:
        same = part.term != value and numbers.equal(part.term, value)
    except OutsideFragment:
        return
    if same and may_divide(part, numbers):
        part.compute(value, algebra_of(numbers))


def _written_out(r: Rewriting) -> bool:
    """A sum between two numbers, term by term from the last."""
    ends = numeric_range(_domain(r))
    if ends is None or ends[1] - ends[0] >= _MOST_TERMS:
        return False
    if ends[1] < ends[0]:
        return ends[1] == ends[0] - 1 and emptied(r) and r.attempt("sum-of-nothing")
    r.apply("sum-last-term")
    r.inside(0, lambda part: part.inside(0, part.normal))
    r.normal(r)
    return True


def emptied(r: Rewriting) -> bool:
    """Write an empty range as range(a, a - 1), the form in which the rows know it."""

    def rewrite_end(part: Rewriting) -> None:
        if isinstance(part.term, App):
            low = part.term.args[0]
            part.inside(1, lambda end: end.compute(sub(low, Num(1))))

    r.inside(0, rewrite_end)
    return True


def numeric_range(domain: Term) -> tuple[int, int] | None:
    """The ends of a range that are numbers."""
    if not isinstance(domain, App) or domain.head != "range":
        return None
    low, high = (whole_number(end) for end in domain.args)
    return None if low is None or high is None else (low, high)


def _domain(r: Rewriting) -> Term:
    return r.term.arg if isinstance(r.term, Bind) else r.term


def _of_monomial(r: Rewriting) -> None:
    """The laws of mass functions on sum[z in D](monomial), then sums within the monomial."""
    if r.attempt("normalisation", surely=True) or vanishing(r):
        return
    if sum_of_delta(r):
        return
    if any(r.attempt(rule) for rule in _CLOSED):
        r.normal(r)
        return
    if summed(r) or hidden_weights(r):
        return
    domain = _domain(r)
    if isinstance(domain, App) and domain.head == "tuples" and coordinate_sum(r):
        return
    if _completed(r) or rearranged(r) or aligned(r):
        return
    outwards(r)


def _completed(r: Rewriting) -> bool:
    """A sum over all but one as the sum over all less that one, once no coordinates are being summed over."""
    term = r.term
    if not isinstance(term, Bind) or _looks_at_summed_vector(r, term.bodies[0]) or not r.attempt("sum-without-term"):
        return False
    r.normal(r)
    return True


def _looks_at_summed_vector(r: Rewriting, body: Term) -> bool:
    """Whether the summand mentions coordinates of a vector, such as one that `tuples` is about to sum over."""
    return any(isinstance(part, App) and part.head == "at" for part in subterms(body))


def _of_constant(r: Rewriting) -> None:
    """sum[z in D](c)."""
    r.apply("sum-of-constant")
    r.inside(0, r.normal)


_LINEAR: Final = Linear("sum-of-sum", "sum-constant-factor", _of_constant, _of_monomial)

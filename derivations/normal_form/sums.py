"""Finite sums: written out over {0, 1}, taken apart by linearity elsewhere, then simplified by what is known of
probability mass functions. What is left is sum[z in D](monomial) with coefficient 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.binomial import binomial_sum
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import algebra_of, combine, is_bit, laurent, may_divide, whole_number
from derivations.normal_form.dependence import by_dependence
from derivations.normal_form.derivatives import vanishing
from derivations.normal_form.rewriting import Rewriting
from derivations.normal_form.telescoping import summed
from derivations.normal_form.tuples import coordinate_sum
from derivations.polynomial import ONE, Field, Monomial, Polynomial
from derivations.term import App, Bind, Num, Term, add, mul, opened, sub, subterms

_ZERO: Final = Num(0)
_MOST_TERMS: Final = 40
_ROWS_OF_BINOMIALS: Final = ("sum-of-binomials", "sum-of-weighted-binomials", "sum-of-binomials-by-index")
_CLOSED: Final = ("sum-of-numbers", "sum-of-squares", "sum-of-cubes", "geometric-sum", "sum-of-binomials")


def finite_sum(r: Rewriting) -> None:
    """sum[z in D](F(z))."""
    r.inside(0, r.normal)
    if _domain(r) == App("bits"):
        r.apply("sum-over-bits")
        r.normal(r)
        return
    if _written_out(r) or binomial_sum(r):
        return
    if any(r.attempt(rule) for rule in _ROWS_OF_BINOMIALS):
        r.normal(r)
        return
    r.inside(1, r.normal)
    r.inside(1, vanished)
    _linear(r)
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


def _linear(r: Rewriting) -> None:
    """One sum for each monomial in what depends on the bound variable, its coefficient in front."""
    term = r.term
    if not isinstance(term, Bind):
        return
    name = r.fresh(term.hint)
    body = opened(term, name)[0]
    if name not in body.free_vars:
        r.apply("sum-of-constant")
        r.inside(0, r.normal)
        return
    grouped: list[bool] = []
    r.inside(1, lambda part: grouped.append(_grouped(part, name)))
    if grouped == [True]:
        _distributed(r)


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


def _distributed(r: Rewriting) -> None:
    """Linearity, on a summand that `_grouped` has written."""
    term = r.term
    if not isinstance(term, Bind):
        return
    body = term.bodies[0]
    if isinstance(body, App) and body.head == "+" and r.attempt("sum-of-sum"):
        r.inside(0, _distributed)
        r.inside(1, _distributed)
    elif not body.loose:
        r.apply("sum-of-constant")
        r.inside(0, r.normal)
    elif isinstance(body, App) and body.head == "*" and not body.args[0].loose:
        r.apply("sum-constant-factor")
        r.inside(1, _of_monomial)
    else:
        _of_monomial(r)


def _of_monomial(r: Rewriting) -> None:
    """The laws of mass functions on sum[z in D](monomial), then sums within the monomial."""
    if r.attempt("normalisation") or vanishing(r):
        return
    if any(r.attempt(rule) for rule in _CLOSED):
        r.normal(r)
        return
    if summed(r):
        return
    domain = _domain(r)
    if isinstance(domain, App) and domain.head == "tuples" and coordinate_sum(r):
        return
    if _completed(r):
        return
    _nested(r)


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


def _nested(r: Rewriting) -> None:
    """Move an inner sum outwards where its set comes first, so that double sums have one order."""
    term = r.term
    if not isinstance(term, Bind):
        return
    inner = term.bodies[0]
    if isinstance(inner, Bind) and inner.head == "sum" and not inner.arg.loose:
        swapped = Rewriting(term, r.given, r.normal, assuming=r.assuming, taken=r.taken)
        if swapped.attempt("sum-swap") and _order(swapped.term) < _order(term):
            r.apply("sum-swap")


def _order(term: Term) -> tuple[str, str]:
    return (str(term.arg) if isinstance(term, Bind) else "", str(term))

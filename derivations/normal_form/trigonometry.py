"""Sine and cosine: of sums and whole multiples by the addition theorems; sin^2 = 1 - cos^2 is left to the algebra."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE
from derivations.term import App, add, neg

_MOST_MULTIPLE: Final = 12


def angle(r: Rewriting) -> None:
    """sin or cos of an angle in normal form."""
    if not isinstance(r.term, App):
        return
    head = r.term.head
    r.inside(0, r.normal)
    if any(r.attempt(f"{head}-{place}") for place in ("zero", "pi", "half-pi")):
        r.normal(r)
        return
    _split(r)
    if any(r.attempt(f"{head}-{shape}") for shape in ("sum", "negative")):
        r.normal(r)


def _split(r: Rewriting) -> None:
    """Write a - b, 2a or -a/3 as a sum of two angles or as a negative; a sum as its first term and the others."""
    inner = r.term.args[0] if isinstance(r.term, App) else r.term
    numbers = Laurent()
    try:
        polynomial = numbers.polynomial(inner)
    except OutsideFragment:
        return
    ordered = sorted(polynomial.items(), key=lambda item: str(numbers.written_monomial(*item)))
    if not ordered:
        return  # nothing over a common denominator: no angle to take apart
    (first, coefficient), *others = ordered
    if others:
        rest = numbers.written(dict(others))
        shape = add(numbers.written_monomial(first, coefficient), rest)
    elif coefficient < 0:
        shape = neg(numbers.written_monomial(first, -coefficient))
    elif first != ONE and coefficient.numerator > 1 and coefficient.numerator <= _MOST_MULTIPLE:
        share = Fraction(coefficient.numerator // 2, coefficient.denominator)  # halves, so that the work stays small
        shape = add(numbers.written_monomial(first, share), numbers.written_monomial(first, coefficient - share))
    else:
        return
    r.inside(0, lambda part: part.compute(shape))

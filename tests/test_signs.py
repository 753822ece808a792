"""Signs: what is claimed of a polynomial holds at every point that is tried, and the three ways find what they should."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.conditions import holds
from derivations.given import Given
from derivations.notation import read
from derivations.refute import models, value
from derivations.signs import sign_of
from derivations.term import App, Num, Term, Var, number
from derivations.value import less

HOLD = [
    ("0 < 1 - p^2", "p in interval(0, 1)"),
    ("0 < p - p^2", "p in interval(0, 1)"),
    ("0 < x^2 - 1", "x in interval(1, oo)"),
    ("0 < sqrt(x^2 + 1) + x", "x in reals"),
    ("0 < sqrt(x^2 + 1) - x", "x in reals"),
    ("0 < x + sqrt(x^2 - 1)", "x in interval(1, oo)"),
    ("0 < 3 - exp(1)", "x in reals"),
    ("0 < pi_number - 3", "x in reals"),
    ("0 < exp(x) - 1", "x in interval(0, oo)"),
    ("0 < log(x)", "x in interval(1, oo)"),
    ("0 <= x^2 - 2 * x + 1", "x in reals"),
    ("0 < x^2 + x + 1", "x in reals"),
    ("1 + n - 1 <= 2 * n", "n in integers(1, oo)"),
    ("0 < 2 - sqrt(3)", "x in reals"),
    ("0 < x - (x - 1)^(1/2) * (x + 1)^(1/2)", "x in interval(1, oo)"),
    ("0 < sqrt(x + 2) - sqrt(x - 1)", "x in interval(1, oo)"),
    ("0 < sqrt(x) - 1", "x in interval(1, oo)"),
    ("0 < factorial(n)", "n in integers(0, oo)"),
    ("x^2 - 1 != 0", "x in interval(-1, 1)"),
    ("0 < 1 / x - 1", "x in interval(0, 1)"),
]
DO_NOT = [
    ("0 < x", "x in reals"),
    ("0 < p^2 - p", "p in interval(0, 1)"),
    ("0 < n - 1", "n in integers(1, oo)"),
    ("0 < 1 - n", "n in integers(0, 1)"),
    ("0 < x^2 - 2 * x + 1", "x in reals"),
    ("0 < sqrt(x) - 1", "x in interval(0, oo)"),
    ("0 < sqrt(x^2 - 1) - x", "x in interval(1, oo)"),
    ("0 < (x - 1)^(1/2) * (x + 1)^(1/2) - x", "x in interval(1, oo)"),
    ("0 < sqrt(x + 2) - 2 * sqrt(x - 1)", "x in interval(1, oo)"),
    ("0 < 1 / (x - x)", "x in reals"),
    ("0 < sin(x) + 1", "x in reals"),
    ("0 < x * sqrt(x) + 1", "x in reals"),
]


@pytest.mark.parametrize(("claim", "fact"), HOLD)
def test_signs_are_found(claim: str, fact: str) -> None:
    assert holds(read(claim), Given.of(fact))


def test_the_sign_of_a_root_of_an_angle_is_not_asked_of_itself() -> None:
    domains = Given.of("x in interval(0, 1)", "y in interval(0, 1)")
    assert not holds(read("0 < arctan(x - y)^(1 / 2)"), domains)
    assert not holds(read("1 <= 3 * arctan(x - y)^(1 / 2)"), domains)


@pytest.mark.parametrize(("claim", "fact"), DO_NOT)
def test_no_sign_is_made_up(claim: str, fact: str) -> None:
    assert not holds(read(claim), Given.of(fact))


_ENDS = st.fractions(min_value=-3, max_value=3, max_denominator=4)
_LEAVES = st.one_of(st.integers(0, 4).map(Num), st.sampled_from("xy").map(Var), st.just(read("sqrt(1 + x^2)")))
_TERMS = st.recursive(
    _LEAVES, lambda inner: st.builds(lambda h, a, b: App(h, (a, b)), st.sampled_from("+-*"), inner, inner), max_leaves=7
)


def _domain(name: str, low: Fraction, size: Fraction, shape: int) -> Term:
    infinite = App("oo")
    ends = {
        0: (number(low), number(low + abs(size) + 1)),
        1: (number(low), infinite),
        2: (App("neg", (infinite,)), number(low)),
    }
    return App("in", (Var(name), App("interval", ends[shape]) if shape in ends else App("reals")))


@given(_TERMS, st.lists(st.tuples(_ENDS, _ENDS, st.integers(0, 3)), min_size=2, max_size=2))
@settings(max_examples=300)
def test_a_sign_is_never_wrong(term: Term, shapes: list[tuple[Fraction, Fraction, int]]) -> None:
    facts = Given(_domain(name, *shape) for name, shape in zip("xy", shapes, strict=True))
    sign = sign_of(term, facts, lambda divisor: False)
    zero = Num(0)
    for model in islice(models(facts, App("=", (App("+", (term, Var("x"))), Var("y"))), seed=1), 6):
        left, right = value(zero, model), value(term, model)
        assert not sign.positive or less(left, right) is not False
        assert not sign.negative or less(right, left) is not False
        assert not sign.nonnegative or less(right, left) is not True
        assert not sign.nonpositive or less(left, right) is not True

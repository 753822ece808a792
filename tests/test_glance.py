"""A glance orders the searches; it sees most false claims, no true one, and is silent where it sees nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivations.given import Given
from derivations.glance import looks_false
from derivations.mutation import mutants
from derivations.notation import read
from derivations.term import App, equal
from tests.opinion import label
from tests.strategies import GIVEN, polynomials

FALSE = [
    ("log(x^2) = log(x)", "x in interval(0, oo)"),
    ("n = n^2", "n in integers(2, oo)"),
    ("1 < b", "b in interval(0, 1)"),
    ("d[t = x](t^2) = x", "x in reals"),
    ("sum[i in range(1, n)](i) = n", "n in integers(1, oo)"),
]
SILENT = [
    ("f(x) = x", "x in reals"),
    ("log(-x) = 1", "x in interval(0, oo)"),
    ("x = x + 1/10^9", "x in reals"),
    ("forall[t in interval(0, 1)](t < 1)", "x in reals"),
]


@pytest.mark.parametrize(("claim", "fact"), FALSE)
def test_what_is_false_looks_false(claim: str, fact: str) -> None:
    assert looks_false(read(claim), Given.of(fact))


@pytest.mark.parametrize(("claim", "fact"), SILENT)
def test_what_it_does_not_see_does_not_look_false(claim: str, fact: str) -> None:
    assert not looks_false(read(claim), Given.of(fact))


@given(polynomials)
@settings(max_examples=60)
def test_a_glance_agrees_with_many_digits(term) -> None:
    assert not looks_false(equal(term, term), GIVEN)
    for slip in list(mutants(term))[:3]:
        claim = App("=", (term, slip.term))
        assert not looks_false(claim, GIVEN) or label(claim, GIVEN) is False

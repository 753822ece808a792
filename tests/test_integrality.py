"""Polynomials whose values are whole: by their values modulo the denominator."""

import pytest

from derivations.bounds import is_whole
from derivations.given import Given
from derivations.integrality import is_whole_quotient
from derivations.models.frame import Scope
from derivations.notation import read
from derivations.term import App

GIVEN = Given.of("n in integers(-oo, oo)", "k in integers(1, oo)", "x in reals")
WHOLE = [
    "n * (n + 1) / 2",
    "(n^3 - n) / 6",
    "n * (n - 1) / 2 + k",
    "(n + k) * (n + k + 1) / 2",
    "n * 6 / 3",
    "-(n / 1)",
]
OTHER = [
    "n / 2", "n^2 / 2", "n * k / 2", "n / n", "n * (n + 1) / (2 * k)", "(n^3 + n) / 6", "x * (x + 1) / 2", "n / 0",
    "n * (n + 1) * k / 2 + x", "1 / n",
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_whole_values(text: str) -> None:
    term = read(text)
    assert isinstance(term, App)
    assert is_whole(term, GIVEN)
    assert Scope(frozenset({"n", "k"})).is_whole(term)


@pytest.mark.parametrize("text", OTHER)
def test_other_values(text: str) -> None:
    term = read(text)
    assert not is_whole(term, GIVEN)
    assert not Scope(frozenset({"n", "k"})).is_whole(term)


def test_a_large_denominator_is_left_alone() -> None:
    term = read("n * (n + 1) * k / 1000003")
    assert isinstance(term, App)
    assert not is_whole_quotient(term, lambda atom: True)

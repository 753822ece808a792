"""Mutations change one place, and every kind of slip is made."""

from __future__ import annotations

import pytest
from hypothesis import given

from derivations.mutation import mutants
from derivations.notation import read
from tests.strategies import terms


@pytest.mark.parametrize(
    ("term", "slip"),
    [
        ("a + b", "a - b"), ("a - b", "b - a"), ("a * b", "a"), ("a / b", "b / a"), ("a / b", "a / b^2"), ("a^2", "a"),
        ("a^2", "a^3"), ("a^k", "a^(-k)"), ("-a", "a"), ("log(a)", "a"), ("d[t = x](t^2)", "x^2"),
        ("KL[z in Z](q(z), p(z))", "KL[z in Z](p(z), q(z))"), ("sum[i in range(1, m)](i)", "sum[i in range(2, m)](i)"),
        ("E[z in bits](bern(b, z), z + 1)", "E[z in bits](bern(b, z), z)"), ("x = 1", "x = 2"),
    ],
)  # fmt: skip
def test_slips(term: str, slip: str) -> None:
    assert read(slip) in [mutant.term for mutant in mutants(read(term))]


@given(terms)
def test_each_mutant_is_new_and_closed(term) -> None:
    found = [mutant.term for mutant in mutants(term)]
    assert term not in found
    assert len(set(found)) == len(found)
    assert all(mutant.loose == 0 for mutant in found)

"""Two formulas compared: rewritten ones are the same, mutated ones are not."""

from __future__ import annotations

import pytest
from hypothesis import given

from derivations.comparison import difference, normal
from derivations.given import Given
from derivations.mutation import mutants
from derivations.notation import read
from derivations.seminar7 import CLAIMS
from tests.strategies import GIVEN, polynomials


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("forall[b in interval(0, 1)](b^2 = b * b)", "forall[c in interval(0, 1)](c * c = c^2)", None),
        ("forall[b in interval(0, 1)](b^2 = b)", "forall[b in interval(0, 1)](b^2 = 1)", "the formula has changed"),
        ("forall[b in interval(0, 1)](b = b)", "forall[b in interval(0, 2)](b = b)", "another statement"),
        ("decreasing[b in interval(0, 1)](1/b - 1)", "decreasing[b in interval(0, 1)]((1 - b)/b)", None),
        ("decreasing[b in interval(0, 1)](1/b)", "increasing[b in interval(0, 1)](1/b)", "another statement"),
        ("x < y", "y < x", "the formula has changed"),
        ("x", "decreasing[b in interval(0, 1)](1/b)", "another statement"),
    ],
)  # fmt: skip
def test_statements(before: str, after: str, said: str | None) -> None:
    found = difference(read(before), read(after), Given.of("x in reals", "y in reals"))
    assert (found is None) if said is None else str(found).startswith(said)


@given(polynomials)
def test_a_formula_is_the_same_as_itself_in_another_form(term) -> None:
    assert difference(term, term, GIVEN) is None
    assert difference(term, read(normal(term, GIVEN)), GIVEN) is None


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_slip_in_a_claim_is_named(claim) -> None:
    statement = claim.proposition
    for mutant in [*mutants(statement)][:4]:
        found = difference(statement, mutant.term, claim.assumptions)
        # A slip may leave a part as it was, such as -0 for 0; then it is no other formula.
        assert found is None or f"was: {found.before}" in str(found)
        assert found is not None or difference(mutant.term, statement, claim.assumptions) is None

"""What is positive of a term anyway, and what is asked the sign of."""

from __future__ import annotations

import pytest

from derivations.factored_signs import before_logarithms, factors_of, has_sign, signs, stripped
from derivations.given import Given
from derivations.notation import read

GIVEN = Given.of("x in interval(0, oo)", "u in reals")


@pytest.mark.parametrize(
    ("term", "factor"),
    [("x * log(x) - x + 1", "x"), ("1 - x * log(1 + x) + x * log(x)", "x"), ("1 - (1 + x) * log(x)", "1 + x")],
)
def test_the_factor_before_the_logarithms(term: str, factor: str) -> None:
    found = before_logarithms(read(term), GIVEN)
    assert found is not None
    assert found[0] == read(factor)


@pytest.mark.parametrize(
    "term",
    ["log(x) + x", "x * log(x) - log(1 + x)", "x * log(x)^2", "x + 1", "u * log(x) - 1", "x * log(x) * log(1 + x)"],
)
def test_no_factor_before_the_logarithms(term: str) -> None:
    assert before_logarithms(read(term), GIVEN) is None


def test_what_is_positive_is_taken_out() -> None:
    found = stripped(read("x * u - u"), GIVEN)
    assert found is not None
    assert stripped(read("x / (1 + x)"), GIVEN) is None
    assert [str(part) for part in factors_of(read("-(x * u / 2)"))] == ["-1", "x", "u", "1 / 2"]


def test_what_is_asked_the_sign_of() -> None:
    assert [str(sign) for sign in signs(read("abs(u) + max(u, 0) + min(u, x)"))] == ["u", "u", "u - x"]
    assert has_sign(read("x"), GIVEN)
    assert not has_sign(read("u"), GIVEN)

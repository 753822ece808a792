"""Goals that calculate with infinity, or with limits that are no numbers, are refused."""

from __future__ import annotations

import pytest

from derivations.errors import KernelError
from derivations.given import Given
from derivations.language import well_formed
from derivations.notation import read
from derivations.prover import verdict_on


@pytest.mark.parametrize(
    "claim",
    [
        "limit_left[x = oo](x) - limit_left[x = oo](x^2) = 0", "limit_left[x = oo](1 / x) * limit_left[x = oo](x) = 0",
        "limit_left[x = oo](sin(x)) - limit_left[x = oo](sin(x)) = 0", "0 * limit_left[x = oo](x) = 0",
        "oo - oo = 0", "0 * oo = 0", "oo < oo + 1", "exp(oo) / exp(oo) = 1", "sum[i in range(1, 2)](oo) = 2 * oo",
    ],
)  # fmt: skip
def test_infinity_is_no_number(claim: str) -> None:
    assert verdict_on(read(claim), Given()).kind == "undecided"
    if "sum" not in claim:
        with pytest.raises(KernelError):
            well_formed(read(claim), Given())


@pytest.mark.parametrize(
    "claim",
    [
        "limit_left[x = oo](1 / x) + 1 = limit[x = 0](cos(x))", "limit_left[x = oo](2 * x) = oo",
        "2 * limit_left[x = oo](f(x)) = limit_left[x = oo](f(x)) + limit_left[x = oo](f(x))",
    ],
)  # fmt: skip
def test_limits_that_are_numbers_are_calculated_with(claim: str) -> None:
    assert verdict_on(read(claim), Given()).kind == "proved"

"""Equations of sums and products by induction."""

import pytest

from derivations.given import Given
from derivations.induction import least_whole
from derivations.notation import read
from derivations.prover import verdict_on

GIVEN = Given.of("n in integers(1, oo)", "m in integers(0, oo)", "k in integers(-oo, oo)", "x in reals")


@pytest.mark.parametrize(
    "claim",
    [
        "sum[k in range(1, 2 * n)]((-1)^k * k) = n",
        "sum[k in range(1, 2 * n)]((-1)^(k + 1) / k) = sum[k in range(n + 1, 2 * n)](1 / k)",
        "sum[k in range(0, 2 * m)]((-1)^k) = 1",
    ],
)
def test_equal_for_all(claim: str) -> None:
    verdict = verdict_on(read(claim), GIVEN)
    assert verdict.kind == "proved", verdict.reason


@pytest.mark.parametrize(
    "claim",
    [
        "sum[k in range(1, 2 * n)]((-1)^k * k) = n + 1",  # the first value differs
        "sum[k in range(1, 2 * n)]((-1)^k * k) = n^2",  # the growth differs
        "sum[k in range(1, 2 * n)]((-1)^(k + 1) / k) = sum[k in range(n, 2 * n)](1 / k)",
    ],
)
def test_false_for_some(claim: str) -> None:
    assert verdict_on(read(claim), GIVEN).kind == "refuted"


def test_the_least_whole_number() -> None:
    assert least_whole("n", GIVEN) == read("1")
    assert least_whole("k", GIVEN) is None
    assert least_whole("x", GIVEN) is None

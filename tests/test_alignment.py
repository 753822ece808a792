"""Sums of the same terms are the same, whatever index and ends they were written with."""

import pytest

from derivations.given import Given
from derivations.notation import read
from derivations.prover import verdict_on

GIVEN = Given.of("n in integers(1, oo)", "m in integers(1, oo)", "x in interval(0, 1)")
HOLD = [
    "sum[k in range(0, n)](y(k)) = y(0) + sum[k in range(1, n)](y(k))",
    "sum[k in range(1, n + 1)](y(k)) = y(n + 1) + sum[k in range(1, n)](y(k))",
    "sum[k in range(1, n)](y(k)) = y(n) + sum[k in range(1, n - 1)](y(k))",
    "sum[k in range(0, n - 1)](y(k + 1)) = sum[k in range(1, n)](y(k))",
    "sum[k in range(0, n)](k * x^(k - 1)) = sum[k in range(1, n)](k * x^(k - 1))",
    "sum[k in range(1, n)](y(k)) + sum[k in range(n + 1, n + m)](y(k)) = sum[k in range(1, n + m)](y(k))",
    "sum[k in range(1, n)](y(k + 1) - y(k)) = y(n + 1) - y(1)",
    "sum[k in range(2, n)](1 / (k - 1)) = sum[k in range(1, n - 1)](1 / k)",
    "sum[k in range(2, n)](1 / log(k)) = sum[j in range(2, n)](1 / log(j))",
    "sum[k in range(1, n)](k^2 * y(k - 1)) = sum[k in range(0, n - 1)]((k + 1)^2 * y(k))",
    "sum[k in range(0, n)](x^k / factorial(k)) = 1 + sum[k in range(1, n)](x^k / factorial(k))",
    "d[x = x](sum[k in range(0, n)](x^k)) = sum[k in range(1, n)](k * x^(k - 1))",
]
FAIL = [
    "sum[k in range(0, n)](y(k)) = sum[k in range(1, n)](y(k))",
    "sum[k in range(0, n - 1)](y(k)) = sum[k in range(1, n)](y(k))",
    "sum[k in range(0, n - 1)](y(k + 1)) = sum[k in range(0, n - 1)](y(k))",
    "sum[k in range(1, n)](y(k + 1) - y(k)) = y(n) - y(1)",
]


@pytest.mark.parametrize("claim", HOLD)
def test_sums_are_aligned(claim: str) -> None:
    assert verdict_on(read(claim), GIVEN).kind == "proved"


@pytest.mark.parametrize("claim", FAIL)
def test_slips_in_the_ends_are_seen(claim: str) -> None:
    assert verdict_on(read(claim), GIVEN).kind == "refuted"

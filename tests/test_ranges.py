"""Sums and products over ranges: split, shifted, reversed, over triangles; moments of the binomial distribution."""

from __future__ import annotations

import pytest

from derivations.given import Given
from derivations.notation import read
from derivations.prover import verdict_on

GIVEN = Given.of(
    "n in integers(1, oo)", "m in integers(2, oo)", "p in interval(0, 1)", "t in reals", "c in reals", "x(?i) in reals",
    "a(?i) in reals", "y(?i) in interval(0, oo)",
)  # fmt: skip

PROVED = [
    "prod[i in range(1, n)](c * x(i)) = c^n * prod[i in range(1, n)](x(i))",
    "prod[i in range(1, n)](exp(x(i))) = exp(sum[i in range(1, n)](x(i)))",
    "prod[i in range(1, n)](p^x(i)) = p^sum[i in range(1, n)](x(i))",
    "prod[i in range(1, n)](x(i) / y(i)) = prod[i in range(1, n)](x(i)) / prod[i in range(1, n)](y(i))",
    "prod[i in range(1, n)](x(i)^2) = prod[i in range(1, n)](x(i))^2",
    "prod[i in range(1, n)](p * exp(-p * x(i))) = p^n * exp(-p * sum[i in range(1, n)](x(i)))",
    "sum[k in range(0, n)](binom(n, k) * p^k * (1 - p)^(n - k) * exp(t * k)) = (1 - p + p * exp(t))^n",
    "sum[k in range(1, n)](binom(n, k) * p^k * (1 - p)^(n - k) * k) = n * p",
    "sum[k in range(0, n)](binom(n, k) * p^k * (1 - p)^(n - k) * k * (k - 1) * (k - 2)) = n * (n - 1) * (n - 2) * p^3",
    "sum[k in range(0, n)](binom(n, k) * p^k * (1 - p)^(n - k) * (k - n * p)^4)"
    " = n * p * (1 - p) * (1 + (3 * n - 6) * p * (1 - p))",
    "sum[i in range(1, 2 * n)](x(i)) = sum[i in range(1, n)](x(i)) + sum[i in range(n + 1, 2 * n)](x(i))",
    "sum[i in range(1, m)](x(i)) = x(1) + sum[i in range(2, m)](x(i))",
    "sum[i in range(0, n - 1)](x(i + 1)) = sum[i in range(1, n)](x(i))",
    "sum[k in range(0, n)](f(n - k)) = sum[k in range(0, n)](f(k))",
    "sum[i in range(1, n)](sum[j in range(1, i)](f(i, j))) = sum[j in range(1, n)](sum[i in range(j, n)](f(i, j)))",
    "sum[i in range(1, n)](x(i))^2"
    " = sum[i in range(1, n)](x(i)^2) + 2 * sum[i in range(1, n)](sum[j in range(i + 1, n)](x(i) * x(j)))",
]
REFUTED = [
    "prod[i in range(1, n)](c * x(i)) = c * prod[i in range(1, n)](x(i))",
    "prod[i in range(1, n)](exp(x(i))) = sum[i in range(1, n)](exp(x(i)))",
    "sum[k in range(0, n)](binom(n, k) * p^k * (1 - p)^(n - k) * exp(t * k)) = (1 + p * exp(t))^n",
    "sum[k in range(0, n)](binom(n, k) * p^k * (1 - p)^(n - k) * (k - n * p)^4) = 3 * (n * p * (1 - p))^2",
    "sum[i in range(1, 2 * n)](x(i)) = sum[i in range(1, n)](x(i)) + sum[i in range(n, 2 * n)](x(i))",
    "sum[i in range(0, n - 1)](x(i + 1)) = sum[i in range(0, n)](x(i))",
    "sum[k in range(0, n)](f(n - k)) = sum[k in range(1, n)](f(k))",
    "sum[i in range(1, n)](sum[j in range(1, i)](f(i, j))) = sum[j in range(1, n)](sum[i in range(1, j)](f(i, j)))",
    "sum[i in range(1, n)](x(i))^2"
    " = sum[i in range(1, n)](x(i)^2) + sum[i in range(1, n)](sum[j in range(i + 1, n)](x(i) * x(j)))",
]


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim: str) -> None:
    assert verdict_on(read(claim), GIVEN).kind == "proved"


@pytest.mark.parametrize("claim", REFUTED)
def test_refuted(claim: str) -> None:
    assert verdict_on(read(claim), GIVEN).kind == "refuted"

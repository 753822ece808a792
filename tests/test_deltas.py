"""Kronecker's delta and what it makes of vectors: softmax and log-sum-exp, differentiated by one component."""

from __future__ import annotations

import pytest

from derivations.conditions import holds
from derivations.given import Given
from derivations.notation import read
from derivations.prover import verdict_on

GIVEN = Given.of(
    "a(?k) in reals", "K in integers(1, oo)", "i in range(1, K)", "j in range(1, K)", "c in reals", "t in reals",
    "differentiable[s = ?x](u(s, ?k))", "m in integers(1, oo)",
)  # fmt: skip
SOFTMAX = "exp(a({0})) / sum[k in range(1, K)](exp(a(k)))"
MOVED = "exp(a({0}) + t * delta({0}, j)) / sum[k in range(1, K)](exp(a(k) + t * delta(k, j)))"
P_I, P_J = SOFTMAX.format("i"), SOFTMAX.format("j")

CLAIMS = [
    ("proved", f"sum[l in range(1, K)]({SOFTMAX.format('l')}) = 1"),
    ("proved", "log(sum[k in range(1, K)](exp(a(k) + c))) = c + log(sum[k in range(1, K)](exp(a(k))))"),
    ("refuted", "log(sum[k in range(1, K)](exp(a(k) + c))) = c * log(sum[k in range(1, K)](exp(a(k))))"),
    ("proved", f"d[t = 0]({MOVED.format('i')}) = {P_I} * (delta(i, j) - {P_J})"),
    ("proved", f"d[t = 0]({MOVED.format('i')}) = {P_J} * (delta(j, i) - {P_I})"),
    ("refuted", f"d[t = 0]({MOVED.format('i')}) = {P_I} * (1 - {P_J})"),
    ("refuted", f"d[t = 0]({MOVED.format('i')}) = {P_I} * (delta(i, j) + {P_J})"),
    ("proved", f"d[t = 0](-log({MOVED.format('i')})) = {P_J} - delta(i, j)"),
    ("refuted", f"d[t = 0](-log({MOVED.format('i')})) = delta(i, j) - {P_J}"),
    ("proved", f"d[t = 0](log(sum[k in range(1, K)](exp(a(k) + t * delta(k, j))))) = {P_J}"),
    ("refuted", f"d[t = 0](log(sum[k in range(1, K)](exp(a(k) + t * delta(k, j))))) = {P_I}"),
    ("proved", "sum[k in range(1, K)](delta(k, j) * a(k)) = a(j)"),
    ("proved", "sum[k in range(1, K)](delta(j, k)) = 1"),
    (
        "proved",
        "sum[k in range(1, K)](sum[l in range(1, K)](delta(k, l) * a(k) * a(l))) = sum[k in range(1, K)](a(k)^2)",
    ),
    ("refuted", "sum[k in range(1, K)](delta(k, j) * a(k)) = a(i)"),
    ("refuted", "sum[k in range(1, K)](delta(k, m)) = 1"),  # m may lie outside
    ("proved", "delta(i, j) * a(i) = a(j) * delta(j, i)"),
    ("proved", "delta(i, j)^3 = delta(i, j)"),
    ("proved", "delta(2, 3) + delta(1, 1) = 1"),
    ("refuted", "delta(i, j) * a(i) = a(j)"),
    ("refuted", "delta(i, j) = 1"),
]


@pytest.mark.parametrize(("kind", "claim"), CLAIMS)
def test_verdicts(kind: str, claim: str) -> None:
    assert verdict_on(read(claim), GIVEN).kind == kind


def test_a_delta_that_depends_on_the_variable_is_not_differentiable() -> None:
    assert not holds(read("differentiable[s = t](delta(s, 1))"), GIVEN)
    assert holds(read("differentiable[s = t](s * delta(i, j))"), GIVEN)
    assert holds(read("delta(i, j) <= 1"), GIVEN)

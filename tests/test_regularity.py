"""Densities, integrability, convexity: what follows from the given, and what does not."""

from __future__ import annotations

import pytest

from derivations.conditions import holds
from derivations.given import Given
from derivations.notation import read

FACTS = (
    "density[x in X](p(?t, x))", "0 < p(?t, ?x)", "pmf[z in Z](q(z))", "0 < q(?z)", "pmf[x in Y](r(?z, x))",
    "integrable[x in X](f(x))", "0 < h(?x)", "convex[t in reals](g(t))", "0 < c", "n in integers(0, oo)",
)  # fmt: skip
GIVEN = Given.of(*FACTS)

FOLLOWS = [
    "density[w in X](p(3, w))",
    "integrable[x in X](p(1, x))",
    "integrable[x in X](2 * f(x) - p(0, x) / c)",
    "integrable[x in X](-f(x) * 3)",
    "integrable[x in X](0)",
    "pmf[z in Z](h(z) / sum[w in Z](h(w)))",
    "pmf[z in range(1, 3)](exp(a(z)) / sum[w in range(1, 3)](exp(a(w))))",
    "pmf[y in Y](sum[z in Z](q(z) * r(z, y)))",
    "convex[t in reals](2 * g(t) + t^2)",
    "convex[t in reals](exp(3 * t - 1) - t)",
    "convex[t in reals](abs(t / 2))",
    "convex[t in reals](-t)",
    "convex[t in interval(0, oo)](-log(t))",
    "convex[t in interval(0, oo)](2 - c * sqrt(t))",
    "convex[t in interval(0, oo)](-t^(1 / 3))",
    "convex[t in interval(0, oo)](t * log(t) + c / t)",
    "convex[t in interval(0, oo)](1 / t^2 - 3 * log(t) / c)",
    "convex[t in interval(0, oo)](t^(3 / 2) - t)",
    "convex[t in interval(0, oo)](t^(-1 / 2) + t^3 + abs(t - 1))",
    "0 < int[x in X](h(x))",
    "q(z) <= 1",
]
DOES_NOT_FOLLOW = [
    "density[x in Y](p(3, x))",
    "density[x in X](f(x))",
    "integrable[x in X](f(x) * f(x))",
    "integrable[x in X](h(x))",
    "integrable[x in X](p(x, x))",
    "integrable[x in X](1)",
    "interchange[t = a](int[x in X](p(t, x)))",
    "density[x in X](h(x) / int[w in X](h(w)))",  # the total may be infinite
    "pmf[z in Z](a(z) / sum[w in Z](a(w)))",  # signs
    "pmf[i in range(1, n)](exp(a(i)) / sum[j in range(1, n)](exp(a(j))))",  # n = 0: nothing to sum
    "pmf[z in Z](h(z) / sum[w in Z](h(w) + 1))",
    "pmf[y in Y](sum[z in Z](h(z) * r(z, y)))",
    "pmf[z in Z](sum[y in Y](q(z) * r(z, y)))",
    "convex[t in reals](g(t^2))",
    "convex[t in reals](t^3)",
    "convex[t in reals](-g(t))",
    "convex[t in reals](t * g(t))",
    "convex[t in reals](a * t^2)",
    "convex[t in reals](log(t))",
    "convex[t in reals](-log(t))",
    "convex[t in reals](1 / t)",
    "convex[t in reals](t * log(t))",
    "convex[t in interval(0, oo)](log(t))",
    "convex[t in interval(0, oo)](sqrt(t))",
    "convex[t in interval(0, oo)](-sqrt(t - 1))",
    "convex[t in interval(0, oo)](t^(1 / 2))",
    "convex[t in interval(0, oo)](-t^2)",
    "convex[t in interval(0, oo)](-t^(3 / 2))",
    "convex[t in interval(0, oo)](-1 / t)",
    "convex[t in interval(0, oo)](a / t)",
    "convex[t in interval(0, oo)](-t * log(t))",
    "convex[t in interval(0, oo)](t / log(t))",
    "convex[t in interval(0, oo)](log(t) - log(t) / 2)",
    "convex[t in interval(0, oo)](t^a)",
    "convex[t in interval(-1, 1)](1 / t)",
    "0 < int[x in interval(a, b)](h(x))",  # the ends may be the wrong way round
    "q(w) <= 1",  # w is not known to lie in Z
    "p(1, x) <= 1",  # a density may be large
]


@pytest.mark.parametrize("condition", FOLLOWS)
def test_follows(condition: str) -> None:
    assert holds(read(condition), Given.of(*FACTS, "z in Z"))


@pytest.mark.parametrize("condition", DOES_NOT_FOLLOW)
def test_does_not_follow(condition: str) -> None:
    assert not holds(read(condition), Given.of(*FACTS, "z in Z", "x in X"))


def test_a_fact_about_all_integrands_is_about_one_set() -> None:
    given = Given.of("integrable[x in X](?F(x))", "interchange[t = ?a](int[x in X](?F(t, x)))")
    assert holds(read("integrable[y in X](y^2 * u(y))"), given)
    assert not holds(read("integrable[y in Y](u(y))"), given)
    assert holds(read("interchange[s = b](int[y in X](s * u(y)))"), given)
    assert not holds(read("interchange[s = b](int[y in Y](s * u(y)))"), given)

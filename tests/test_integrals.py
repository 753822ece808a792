"""Integrals in the plain notation: what is proved, what is refuted, under which conditions, and slips are seen."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.errors import KernelError, OpenCondition
from derivations.given import Given
from derivations.kernel import Apply, Inside, replay
from derivations.mutation import mutants
from derivations.notation import read
from derivations.prover import theorem_of, verdict_on
from derivations.refute import agree, counterexample, models
from derivations.term import App

DENSITIES = (
    "density[z in Z](q(?t, z))", "0 < q(?t, ?z)", "differentiable[s = ?t](q(s, ?z))", "density[z in Z](p(z))",
    "0 < p(?z)", "density[x in X](r(?z, x))", "0 < r(?z, ?x)", "t in reals", "b in reals",
)  # fmt: skip
CONVERGENT = (*DENSITIES, "integrable[z in Z](?F(z))", "integrable[x in X](?F(x))")
EXCHANGING = (*CONVERGENT, "interchange[s = ?t](int[z in Z](?F(s, z)))")
NORMAL = (
    "m in reals", "n in reals", "s in interval(0, oo)", "u in interval(0, oo)", "differentiable[t = ?x](f(t))",
    "x in reals",
)  # fmt: skip

PROVED = [
    ("int[z in Z](p(z) * (f(z) - b)) = int[z in Z](p(z) * f(z)) - b", CONVERGENT),
    ("int[z in Z](p(z) * (f(z) - int[w in Z](p(w) * f(w)))) = 0", CONVERGENT),
    (
        "int[z in Z](p(z) * (f(z) - int[w in Z](p(w) * f(w)))^2) = int[z in Z](p(z) * f(z)^2) - int[z in Z](p(z) * f(z))^2",
        CONVERGENT,
    ),
    ("int[z in Z](int[x in X](p(z) * r(z, x) * f(z))) = int[z in Z](p(z) * f(z))", CONVERGENT),
    ("int[x in X](int[z in Z](p(z) * r(z, x))) = 1", CONVERGENT),
    (
        "int[x in X](int[z in Z](p(z) * r(z, x) * f(z) * g(x))) = int[z in Z](p(z) * f(z) * int[x in X](r(z, x) * g(x)))",
        CONVERGENT,
    ),
    (
        "sum[k in range(1, 3)](int[z in Z](p(z) * g(k, z))) = int[z in Z](p(z) * (g(1, z) + g(2, z) + g(3, z)))",
        CONVERGENT,
    ),
    ("sum[k in K](int[z in Z](p(z) * g(k, z))) = int[z in Z](sum[k in K](p(z) * g(k, z)))", CONVERGENT),
    ("d[t = t](int[z in Z](q(t, z) * f(z))) = int[z in Z](q(t, z) * f(z) * d[t = t](log(q(t, z))))", EXCHANGING),
    ("int[z in Z](q(t, z) * d[t = t](log(q(t, z)))) = 0", EXCHANGING),
    (
        "d[t = t](int[z in Z](q(t, z) * log(q(t, z) / p(z)))) = int[z in Z](d[t = t](q(t, z)) * log(q(t, z) / p(z)))",
        EXCHANGING,
    ),
    ("int[x in reals](normal(x, m, s^2) * (x - m)^4) = 3 * s^4", NORMAL),
    ("int[x in reals](normal(x, m, s^2) * x^3) = m^3 + 3 * m * s^2", NORMAL),
    ("-int[x in reals](normal(x, m, s^2) * log(normal(x, m, s^2))) = log(2 * pi_number * exp(1) * s^2) / 2", NORMAL),
    (
        "int[x in reals](normal(x, m, s^2) * log(normal(x, m, s^2) / normal(x, n, u^2)))"
        " = log(u / s) + (s^2 + (m - n)^2) / (2 * u^2) - 1 / 2",
        NORMAL,
    ),
    ("d[m = m](int[x in reals](normal(x, m, s^2) * x^2)) = int[e in reals](normal(e, 0, 1) * 2 * (m + s * e))", NORMAL),
    ("int[x in reals](normal(x, m, s^2) * d[m = m](log(normal(x, m, s^2)))^2) = 1 / s^2", NORMAL),
    ("int[x in reals](d[m = m](normal(x, m, s^2)) * x^3) = 3 * m^2 + 3 * s^2", NORMAL),
    ("d[s = s](log(normal(x, m, s^2))) = (x - m)^2 / s^3 - 1 / s", NORMAL),
    ("normal(x, m, s^2) = exp(-(x - m)^2 / (2 * s^2)) / (s * sqrt(2 * pi_number))", NORMAL),
    ("int[x in reals](normal(x, m, s^2) * exp(t * x)) = exp(m * t + s^2 * t^2 / 2)", (*NORMAL, "t in reals")),
    ("int[x in reals](normal(x, 0, 1) * exp(x)^2 * x) = 2 * exp(2)", NORMAL),
    (
        "int[x in reals](normal(x, m, s^2) * (exp(x) - exp(m + s^2 / 2))^2) = (exp(s^2) - 1) * exp(2 * m + s^2)",
        NORMAL,
    ),
    ("int[x in interval(0, oo)](s * exp(-s * x)) = 1", NORMAL),
    ("int[x in interval(0, oo)](s * exp(-s * x) * x^3) = 6 / s^3", NORMAL),
    ("int[x in interval(0, oo)](s * exp(-s * x) * (x - 1 / s)^2) = 1 / s^2", NORMAL),
    ("-int[x in interval(0, oo)](s * exp(-s * x) * log(s * exp(-s * x))) = 1 - log(s)", NORMAL),
    (
        "int[x in interval(0, oo)](s * exp(-s * x) * log(s * exp(-s * x) / (u * exp(-u * x)))) = log(s / u) + u / s - 1",
        NORMAL,
    ),
]


@pytest.mark.parametrize(("claim", "facts"), PROVED)
def test_proved(claim: str, facts: tuple[str, ...]) -> None:
    assert verdict_on(read(claim), Given.of(*facts)).kind == "proved"


@pytest.mark.parametrize(("claim", "facts"), PROVED)
def test_slips_are_refuted(claim: str, facts: tuple[str, ...]) -> None:
    equation, known = read(claim), Given.of(*facts)
    assert isinstance(equation, App)
    left, right = equation.args
    refuted = total = 0
    for slip in islice(mutants(right), 12):
        slipped = App("=", (left, slip.term))
        found = counterexample(slipped, known)
        total += 1
        refuted += found is not None
        if found is None:  # then no model tells the sides apart
            assert False not in [agree(slipped, model) for model in islice(models(known, slipped, seed=5), 3)]
        else:
            assert theorem_of(slipped, known) is None
    assert refuted >= total / 2


REFUTED = [
    ("int[z in Z](f(z) * g(z)) = int[z in Z](f(z)) * int[z in Z](g(z))", CONVERGENT),
    ("int[z in Z](f(z)) = sum[z in Z](f(z))", CONVERGENT),
    ("int[z in Z](1) = 1", CONVERGENT),
    ("int[z in Z](p(z)^2) <= 1", CONVERGENT),
    ("p(z) <= 1", CONVERGENT),
    ("int[z in Z](q(t, z) * f(z)) = int[z in Z](p(z) * f(z))", CONVERGENT),
    ("d[t = t](int[z in Z](q(t, z) * f(z))) = int[z in Z](f(z) * d[t = t](log(q(t, z))))", CONVERGENT),
    ("int[x in reals](normal(x, m, s^2) * x^2) = m^2 + s", NORMAL),
    ("int[x in reals](normal(x, m, s^2) * f(x)) = f(m)", NORMAL),
    ("int[x in reals](normal(x, m, s^2) * f(x)) = int[e in reals](normal(e, 0, 1) * f(m + s^2 * e))", NORMAL),
]


@pytest.mark.parametrize(("claim", "facts"), REFUTED)
def test_refuted(claim: str, facts: tuple[str, ...]) -> None:
    assert verdict_on(read(claim), Given.of(*facts)).kind == "refuted"


CONDITIONAL = [
    (
        "d[t = t](int[z in Z](q(t, z) * f(z))) = int[z in Z](d[t = t](q(t, z)) * f(z))",
        CONVERGENT,
        ["interchange[s = t](int[z in Z](q(s, z) * f(z)))"],
    ),
    (
        "int[z in Z](f(z) + g(z)) = int[z in Z](f(z)) + int[z in Z](g(z))",
        DENSITIES,
        ["integrable[z in Z](f(z))", "integrable[z in Z](g(z))"],
    ),
    (
        "int[z in Z](int[x in X](h(z, x))) = int[x in X](int[z in Z](h(z, x)))",
        DENSITIES,
        ["integrable[x in X](int[z in Z](abs(h(z, x))))"],
    ),
    ("int[z in Z](f(z)) - int[z in Z](f(z)) = 0", DENSITIES, ["integrable[z in Z](f(z))"]),
    (
        "int[x in reals](normal(x, m, s^2) * f(x)) = int[e in reals](normal(e, 0, 1) * f(m + s * e))",
        NORMAL,
        ["integrable[x in reals](normal(x, m, s^2) * f(x))", "integrable[e in reals](normal(e, 0, 1) * f(m + s * e))"],
    ),
]


@pytest.mark.parametrize(("claim", "facts", "conditions"), CONDITIONAL)
def test_conditional(claim: str, facts: tuple[str, ...], conditions: list[str]) -> None:
    verdict = verdict_on(read(claim), Given.of(*facts))
    assert verdict.kind == "conditional"
    found = [str(condition) for condition in verdict.conditions]
    assert all(
        condition in found or condition.startswith(("interchange", "integrable[x in X]")) for condition in conditions
    )
    assert len(found) >= len(conditions)


UNDECIDED = [
    "int[y in reals](y * k(y)) = 0",  # no models of an arbitrary density on the real line
    "int[y in interval(0, 1)](k(y)) = 1",
    "int[x in reals](normal(x, m, s^2) * exp(x^2)) = exp(m)",  # not evaluated, so not refuted
    "int[x in reals](normal(x, m, s^2) * sin(x)) = exp(m)",
    "int[x in interval(0, oo)](exp(-m * x^2)) = 1",
    "int[x in interval(0, oo)](exp(s * x)) = 1",
    "int[x in interval(0, oo)](exp(-s * x) / x) = 1",
    "int[x in reals](normal(x, m, s^2) * abs(x)) = m",
    "int[x in reals](normal(m, x, s^2)) = 2",
    "int[x in reals](normal(x, m, -s)) = 2",
]


@pytest.mark.parametrize("claim", UNDECIDED)
def test_undecided(claim: str) -> None:
    assert verdict_on(read(claim), Given.of(*NORMAL)).kind == "undecided"


def test_a_total_over_a_set_that_depends_on_the_variable_is_not_differentiated_under_the_sign() -> None:
    claim = read("d[t = t](int[z in interval(0, t)](f(z, t))) = int[z in interval(0, t)](d[t = t](f(z, t)))")
    assert verdict_on(
        claim, Given.of("t in interval(0, 1)", "interchange[s = ?t](int[z in interval(0, 1)](?F(s, z)))")
    ).kind in (
        "undecided",
        "refuted",
    )


REFUSALS = {
    "no density": ("int[z in Z](f(z)) = 1", Apply("normalisation-of-density"), OpenCondition),
    "not integrable": ("int[z in Z](f(z) + 1) = 1", Apply("integral-of-sum"), OpenCondition),
    "no exchange": ("d[t = t](int[z in Z](q(t, z))) = 0", Apply("derivative-of-integral"), OpenCondition),
    "no Fubini": ("int[z in Z](int[x in X](f(z))) = 1", Apply("integral-swap"), OpenCondition),
    "no variance": ("int[x in reals](normal(x, 0, t) * x) = 0", Apply("normal-mean"), OpenCondition),
    "the variable in the mean": ("int[x in reals](normal(x, x, 1) * x) = 0", Apply("normal-mean"), KernelError),
    "a factor that depends": ("int[z in Z](f(z) * f(z)) = 1", Apply("integral-constant-factor"), KernelError),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_the_kernel_refuses(name: str) -> None:
    claim, move, error = REFUSALS[name]
    with pytest.raises(error):
        replay(read(claim), [Inside(0, (move,))], Given.of(*DENSITIES))


def test_sums_do_not_range_over_the_reals() -> None:
    with pytest.raises(KernelError, match="range over"):
        replay(read("sum[x in reals](x) = sum[x in reals](x)"), [], Given())


polynomials = st.lists(st.integers(-3, 3), min_size=1, max_size=6)


@given(polynomials, st.integers(-3, 3), st.fractions(Fraction(1, 4), 3, max_denominator=4))
@settings(max_examples=60, deadline=None)
def test_moments_agree_with_the_recursion(coefficients: list[int], mean: int, variance: Fraction) -> None:
    """E[g(X)] by the prover's closed form, by interpolation in the models, and by the moments."""
    moments: list[Fraction] = [Fraction(1)]
    for k in range(1, len(coefficients)):
        before = moments[k - 2] if k > 1 else Fraction(0)
        moments.append(mean * moments[k - 1] + (k - 1) * variance * before)
    value = sum((c * moment for c, moment in zip(coefficients, moments, strict=True)), Fraction(0))
    body = " + ".join(f"({c}) * x^{k}" for k, c in enumerate(coefficients))
    integral = f"int[x in reals](normal(x, {mean}, {variance}) * ({body}))"
    assert verdict_on(read(f"{integral} = {value}"), Given()).kind == "proved"
    assert verdict_on(read(f"{integral} = {value} + 1"), Given()).kind == "refuted"

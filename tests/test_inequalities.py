"""Inequalities by gaps: Jensen and Gibbs for sums and for integrals, and the same turned round."""

from __future__ import annotations

import re

import pytest

from derivations.given import Given
from derivations.inequalities import gaps
from derivations.notation import read
from derivations.prover import verdict_on
from derivations.term import App

SUMS = (
    "pmf[z in Z](q(z))", "0 < q(?z)", "pmf[z in Z](p(z))", "0 < p(?z)", "pmf[x in X](r(?z, x))", "0 < r(?z, ?x)",
    "0 < f(?z)", "convex[t in reals](c(t))", "x in X",
)  # fmt: skip
INTEGRALS = (
    "density[z in Z](q(z))", "0 < q(?z)", "density[z in Z](p(z))", "0 < p(?z)", "0 < r(?z, ?x)", "0 < f(?z)",
    "convex[t in reals](c(t))", "x in X", "integrable[z in Z](?F(z))",
)  # fmt: skip
UNITS = ("y in interval(0, oo)", "u in reals")

# (the smaller side, the larger side); D stands for `sum` and for `int`.
BOTH = [
    ("D[z in Z](q(z) * log(f(z)))", "log(D[z in Z](q(z) * f(z)))"),
    ("D[z in Z](q(z) * f(z))^2", "D[z in Z](q(z) * f(z)^2)"),
    ("exp(D[z in Z](q(z) * g(z)))", "D[z in Z](q(z) * exp(g(z)))"),
    ("abs(D[z in Z](q(z) * g(z)))", "D[z in Z](q(z) * abs(g(z)))"),
    ("c(D[z in Z](q(z) * g(z)))", "D[z in Z](q(z) * c(g(z)))"),
    ("D[z in Z](q(z) * -c(g(z)))", "-c(D[z in Z](q(z) * g(z)))"),
    ("D[z in Z](q(z) * log(p(z)))", "D[z in Z](q(z) * log(q(z)))"),
    ("0", "D[z in Z](p(z) * log(p(z) / q(z)))"),
    ("D[z in Z](q(z) * log(p(z) * r(z, x) / q(z)))", "log(D[z in Z](p(z) * r(z, x)))"),
    ("D[z in Z](q(z) * log(r(z, x))) - D[z in Z](q(z) * log(q(z) / p(z)))", "log(D[z in Z](p(z) * r(z, x)))"),
]
ONLY_SUMS = [
    ("E[z in Z](q(z), log(f(z)))", "log(E[z in Z](q(z), f(z)))"),
    ("0", "Var[z in Z](q(z), g(z))"),
    ("0", "H[z in Z](q(z))"),
    ("H[z in Z](q(z))", "CE[z in Z](q(z), p(z))"),
    ("-KL[z in Z](q(z), p(z))", "0"),
    ("E[z in Z](q(z), c(g(z))) - Var[z in Z](q(z), g(z)) * 0 - E[z in Z](q(z), c(g(z)))", "0"),
    (
        "0",
        "sum[z in Z](sum[x in X](q(z) * r(z, x) * log(r(z, x) / sum[w in Z](q(w) * r(w, x)))))",
    ),
]
WEIGHTS = (
    "K in integers(1, oo)", "pmf[k in range(1, K)](p(k))", "0 < p(?k)", "pmf[k in range(1, K)](q(k))", "0 < q(?k)",
    "0 < a(?k)", "0 < b(?k)", "pmf[w in Omega](pr(w))", "0 < X(?w)", "pmf[z in Z](r(z))", "0 < r(?z)",
)  # fmt: skip
_MEAN_OF_X = "E[w in Omega](pr(w), X(w))"
# S[...] stands for the sum over k = 1..K.
OF_WEIGHTS = [
    ("-S[p(k) * log(p(k))]", "log(K)"),
    ("H[z in Z](r(z))", "log(card(Z))"),
    ("S[p(k)^2]", "1"),
    ("1 / K", "S[p(k)^2]"),
    ("1", "S[p(k)^2 / q(k)]"),
    ("S[sqrt(p(k) * q(k))]", "1"),
    ("S[a(k)] * log(S[a(k)] / S[b(k)])", "S[a(k) * log(a(k) / b(k))]"),
    ("1 / K * S[log(a(k))]", "log(1 / K * S[a(k)])"),
    ("S[p(k) * x(k) * y(k)]^2", "S[p(k) * x(k)^2] * S[p(k) * y(k)^2]"),
    ("S[x(k)]^2", "K * S[x(k)^2]"),
    ("(S[x(k)] / K)^2", "S[x(k)^2] / K"),
    (f"1 / {_MEAN_OF_X}", "E[w in Omega](pr(w), 1 / X(w))"),
    ("E[w in Omega](pr(w), sqrt(X(w)))", f"sqrt({_MEAN_OF_X})"),
    (f"{_MEAN_OF_X} * log({_MEAN_OF_X})", "E[w in Omega](pr(w), X(w) * log(X(w)))"),
    (
        "Cov[w in Omega](pr(w), f(w), g(w))^2",
        "Var[w in Omega](pr(w), f(w)) * Var[w in Omega](pr(w), g(w))",
    ),
    (f"{_MEAN_OF_X}^3", "E[w in Omega](pr(w), X(w)^3)"),
]
PLAIN = [("log(y)", "y - 1"), ("1 - 1 / y", "log(y)"), ("1 + u", "exp(u)"), ("1 - u", "exp(-u)")]


def _over_k(text: str) -> str:
    return re.sub(r"S\[((?:[^\[\]])*)\]", r"sum[k in range(1, K)](\1)", text)


CLAIMS = (
    [(a.replace("D[", "sum["), b.replace("D[", "sum["), SUMS) for a, b in BOTH]
    + [(a.replace("D[", "int["), b.replace("D[", "int["), INTEGRALS) for a, b in BOTH]
    + [(a, b, SUMS) for a, b in ONLY_SUMS]
    + [(_over_k(a), _over_k(b), WEIGHTS) for a, b in OF_WEIGHTS]
    + [(a, b, UNITS) for a, b in PLAIN]
)
EQUAL = {"E[z in Z](q(z), c(g(z))) - Var[z in Z](q(z), g(z)) * 0 - E[z in Z](q(z), c(g(z)))"}


@pytest.mark.parametrize(("low", "high", "facts"), CLAIMS)
def test_proved(low: str, high: str, facts: tuple[str, ...]) -> None:
    assert verdict_on(read(f"{low} <= {high}"), Given.of(*facts)).kind == "proved"


@pytest.mark.parametrize(("low", "high", "facts"), [claim for claim in CLAIMS if claim[0] not in EQUAL])
def test_turned_round_it_is_refuted(low: str, high: str, facts: tuple[str, ...]) -> None:
    kind = verdict_on(read(f"{high} <= {low}"), Given.of(*facts)).kind
    assert kind == "refuted" or (
        kind == "undecided" and "c(" in low + high
    )  # no models of an arbitrary convex function


@pytest.mark.parametrize(
    "claim",
    [
        "sum[z in Z](h(z) * log(f(z))) <= log(sum[z in Z](h(z) * f(z)))",  # the weights do not sum to one
        "sum[z in Z](h(z) * f(z))^2 <= sum[z in Z](h(z) * f(z)^2)",
        "sum[z in Z](q(z) * f(z))^3 <= sum[z in Z](q(z) * g(z)^3)",
        "log(sum[z in Z](q(z) * f(z))) <= sum[z in Z](q(z) * f(z)) - 2",
        "0 <= sum[z in Z](q(z) * log(f(z)))",
        "0 <= sum[z in Z](q(z) * log(q(z)))",
        "0 <= KL[z in Z](q(z), p(z)) - 1",
        "c(sum[z in Z](h(z) * g(z))) <= sum[z in Z](h(z) * c(g(z)))",
        "sum[z in Z](q(z) * c(g(z))) <= c(sum[z in Z](q(z) * g(z)))",
    ],
)
def test_false_inequalities_are_refuted(claim: str) -> None:
    assert verdict_on(read(claim), Given.of(*SUMS)).kind == "refuted"


def test_entropy_of_a_density_may_be_negative() -> None:
    claim = read("0 <= -int[z in Z](q(z) * log(q(z)))")
    assert verdict_on(claim, Given.of(*INTEGRALS)).kind == "refuted"


def test_the_search_is_bounded() -> None:
    sums = " + ".join(f"sum[z in Z](q(z) * log(f(z)^{k} / p(z)))" for k in range(1, 30))
    claim = read(f"{sums} <= 0")
    assert isinstance(claim, App)
    assert len(list(gaps(claim, Given.of(*SUMS)))) <= 40

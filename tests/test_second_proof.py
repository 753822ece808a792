"""SymPy alone proves what is true, and proves nothing that is false or that the given does not say."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest
import sympy

from derivations.claim import Claim
from derivations.errors import ClaimFailed, OutsideFragment
from derivations.given import Given
from derivations.mutation import mutants
from derivations.notation import read
from derivations.refute import agree, models
from derivations.second_proof import prove_with_sympy
from derivations.second_proof.instance import Element, Facts, Instance
from derivations.seminar7 import CLAIMS

BY_NAME = {claim.name: claim for claim in CLAIMS}
BETA = ("beta in interval(0, 1)",)
ENCODER = ("phi in reals", "pmf[z in Z](q(?phi, z))", "0 < q(?phi, ?z)")
CLASSES = ("phi in reals", "K in integers(1, oo)", "pmf[k in range(1, K)](q(?phi, k))", "0 < q(?phi, ?k)")
BITS = ("n in integers(1, oo)", "b(?i) in interval(0, 1)", "k in range(1, n)")
JOINT = "prod[i in range(1, n)](bern(b(i), z[i]))"
SCORE = "d[beta = beta](log(bern(beta, z)))"


def proved(statement: str, *given: str) -> str:
    return prove_with_sympy(Claim("claim", "", "", statement, given)).method


def refusal(statement: str, *given: str) -> str:
    with pytest.raises(ClaimFailed) as caught:
        proved(statement, *given)
    assert str(caught.value).startswith("claim claim, SymPy: ")
    return caught.value.detail


# ---------------------------------------------------------------- the sheet

SCOPES = {
    "exact-gradient": "|Z| = 1 to 8", "number-of-terms": "n = 1 to 4", "log-trick": "|Z| = 1 to 8",
    "unbiased-estimator": "|Z| = 1 to 8", "unbiased-mean": "m = 1 to 4, |Z| = 1 to 3", "factorised-kl": "n = 1 to 4",
    "two-sums": "|Z| = 1 to 8", "zero-score": "|Z| = 1 to 8", "entropy-gradient": "|Z| = 1 to 8", "kl-gradient": "|Z| = 1 to 8",
    "sticking-the-landing": "|Z| = 1 to 8", "variance-of-score": "|Z| = 1 to 8", "variance-of-mean": "m = 1 to 4",
    "variance-by-binomial": "m = 1 to 4",
}  # fmt: skip


@pytest.mark.parametrize("name", BY_NAME)
def test_sympy_proves_the_sheet_and_says_for_which_sizes(name: str) -> None:
    proof = prove_with_sympy(BY_NAME[name])
    assert proof.instances >= 1
    assert str(proof) == proof.method
    if name in SCOPES:
        assert proof.method.endswith(f"; {SCOPES[name]}")
    elif BY_NAME[name].task != "appendix":
        assert ";" not in proof.method, "all others are proved for all values"


@pytest.mark.parametrize(
    ("claim", "slip"), [(c, m) for c in CLAIMS for m in c.mistakes], ids=lambda case: getattr(case, "name", "")
)
def test_sympy_proves_no_typical_mistake(claim: Claim, slip) -> None:
    with pytest.raises(ClaimFailed):
        prove_with_sympy(replace(claim, statement=slip.statement))


def false_mutants(claim: Claim):
    """Slips in the statement that fail in some model."""
    for mutant in mutants(claim.proposition):
        found = islice(models(claim.assumptions, mutant.term, seed=3), 3)
        if any(agree(mutant.term, model) is False for model in found):
            yield mutant.term


@pytest.mark.parametrize("name", BY_NAME)
def test_sympy_proves_no_false_slip(name: str) -> None:
    claim = BY_NAME[name]
    for slipped in islice(false_mutants(claim), 2):
        with pytest.raises(ClaimFailed):
            prove_with_sympy(replace(claim, statement=str(slipped)))


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_NAME)
def test_sympy_proves_no_false_slip_at_all(name: str) -> None:
    claim = BY_NAME[name]
    for slipped in false_mutants(claim):
        with pytest.raises(ClaimFailed):
            prove_with_sympy(replace(claim, statement=str(slipped)))


# ---------------------------------------------------------------- beyond the sheet

TRUE = {
    "baseline": (f"E[z in bits](bern(beta, z), (z - b) * {SCORE}) = 1", *BETA, "b in reals"),
    "variance with a baseline": (
        f"Var[z in bits](bern(beta, z), (z - b) * {SCORE}) = (1 - beta - b)^2 / (beta * (1 - beta))", *BETA, "b in reals"),
    "optimal baseline": (f"Var[z in bits](bern(beta, z), (z - (1 - beta)) * {SCORE}) = 0", *BETA),
    "a variance is not negative": (f"0 <= Var[z in bits](bern(beta, z), (z - b) * {SCORE})", *BETA, "b in reals"),
    "fisher": (f"E[z in bits](bern(beta, z), {SCORE}^2) = 1 / (beta * (1 - beta))", *BETA),
    "fisher by curvature": (
        "E[z in Z](q(phi, z), d[phi = phi](log(q(phi, z)))^2) = -E[z in Z](q(phi, z), d[t = phi](d[s = t](log(q(s, z)))))",
        *ENCODER),
    "cramer-rao": ("1 / (m * (1 / (beta * (1 - beta)))) <= beta * (1 - beta) / m", *BETA, "m in integers(1, oo)"),
    "logit": ("d[phi = phi](log(bern(sigmoid(phi), z))) = z - sigmoid(phi)", "phi in reals", "z in bits"),
    "logit gradient": ("d[phi = phi](E[z in bits](bern(sigmoid(phi), z), z)) = sigmoid(phi) * (1 - sigmoid(phi))", "phi in reals"),
    "logit divergence": (
        "d[phi = phi](KL[z in bits](bern(sigmoid(phi), z), bern(b, z))) = sigmoid(phi) * (1 - sigmoid(phi)) * (phi - logit(b))",
        "phi in reals", "b in interval(0, 1)"),
    "softplus": ("log(sigmoid(phi)) = -softplus(-phi)", "phi in reals"),
    "tanh": ("tanh(phi) = 2 * sigmoid(2 * phi) - 1", "phi in reals"),
    "classes": ("sum[k in range(1, K)](q(phi, k) * d[phi = phi](log(q(phi, k)))) = 0", *CLASSES),
    "classes divergence": (
        "KL[k in range(1, K)](q(phi, k), p(k)) = sum[k in range(1, K)](q(phi, k) * (log(q(phi, k)) - log(p(k))))",
        *CLASSES, "0 < p(?k)"),
    "cross-entropy": ("KL[z in Z](q(z), p(z)) = CE[z in Z](q(z), p(z)) - H[z in Z](q(z))", "0 < q(?z)", "0 < p(?z)"),
    "covariance": ("Cov[z in Z](q(z), f(z), g(z)) = E[z in Z](q(z), f(z) * g(z)) - E[z in Z](q(z), f(z)) * E[z in Z](q(z), g(z))",
                   "pmf[z in Z](q(z))"),
    "one of n bits": (
        f"E[z in tuples(bits, n)]({JOINT}, sum[j in range(1, n)](z[j]) * (z[k] / b(k) - (1 - z[k]) / (1 - b(k)))) = 1", *BITS),
    "the others": ("sum[i in range(1, n)](a(i)) = a(k) + sum[i in without(range(1, n), k)](a(i))",
                   "n in integers(1, oo)", "k in range(1, n)"),
    "abstract element": ("sum[z in Z](f(z)) = f(w) + sum[z in without(Z, w)](f(z))", "w in Z"),
    "normalised": ("pmf[z in bits](bern(beta, z))", *BETA),
    "normalised classes": ("pmf[k in range(1, K)](q(phi, k))", *CLASSES),
    "all bits": ("forall[z in bits](z^2 = z)",),
    "all points": ("forall[t in interval(0, 1)](0 < t * (1 - t))",),
    "increasing": ("increasing[t in interval(0, oo)](log(t) + t)",),
    "decreasing beside a namesake": ("decreasing[beta in interval(0, 1)](-(beta + c))", "c in reals"),
    "a limit is equal to a limit": ("limit_right[t = 0](t + b) = limit_left[t = 0](b - t)", "b in interval(0, 1)"),
    "minus infinity": ("limit_right[t = 0](log(t)) = -oo",),
    "no difference": ("a != b", "a in reals", "b in reals", "a < b"),
    "two facts": ("x < z", "x in reals", "y in reals", "z in reals", "x = y", "y < z"),
    "equal by the given": ("x^2 = y^2", "x in reals", "y in reals", "x = y"),
    "bounded above": ("x < 2", "x in reals", "x < 1"),
    "a fact about elements": ("f(z) = f(z)", "z in Z", "w in Z", "z = w"),
    "root": ("sqrt(x^2) = x", "x in interval(0, oo)"),
    "a function of two kinds of arguments": ("d[t = 0](f(t, 1)) = d[s = 0](f(s, 1))",),
    "components": ("(x[1] + x[2])^2 = x[1]^2 + 2 * x[1] * x[2] + x[2]^2", "x in tuples(bits, 2)"),
    "bounded function": ("log(p(t)^2 * (1 - p(t))) = 2 * log(p(t)) + log(1 - p(t))", "p(?t) in interval(0, 1)", "t in reals"),
    "half-open": ("0 < x - 1", "x in interval(1, oo)"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_sympy_proves_more(name: str) -> None:
    statement, *given = TRUE[name]
    assert proved(statement, *given)


# What would be true under more than the given says, and what is simply false.
FALSE = {
    "normalised at one parameter only": ("d[phi = phi](sum[z in Z](q(phi, z))) = 0", "phi in reals", "pmf[z in Z](q(phi, z))"),
    "normalised where both are the same": ("sum[z in Z](q(phi, psi, z)) = 1", "pmf[z in Z](q(?phi, ?phi, z))"),
    "positive at one argument only": ("log(f(2)^2) = 2 * log(f(2))", "0 < f(1)"),
    "not normalised": ("sum[z in Z](q(z)) = 1", "0 < q(?z)"),
    "another set": ("sum[z in bits](q(z)) = 1", "pmf[z in Z](q(z))"),
    "equality is no strict inequality": ("0 < KL[z in bits](bern(a, z), bern(b, z))", "a in interval(0, 1)", "b in interval(0, 1)"),
    "the minimum is 0": ("1 / 10 <= KL[z in bits](bern(a, z), bern(b, z))", "a in interval(0, 1)", "b in interval(0, 1)"),
    "convex on another interval": (
        "0 <= a * log(a / b) + (1 - a) * log((1 - a) / (1 - b)) - 1 / 100", "a in interval(0, 1)", "b in interval(0, 1/2)"),
    "squares of negative numbers": ("x <= y", "x in reals", "y in reals", "x^2 <= y^2"),
    "without its bound": ("sqrt((1 - beta) / (m * beta)) <= eps", *BETA, "m in integers(1, oo)", "eps in interval(0, oo)"),
    "root of a negative number": ("sqrt(x^2) = x", "x in reals"),
    "wrong direction": ("increasing[t in interval(0, 1)](-t)",),
    "not monotone": ("increasing[t in interval(-1, 1)](t^2)",),
    "monotone over no interval": ("increasing[t in bits](t)",),
    "some bits": ("forall[z in bits](z = 0)",),
    "some points": ("forall[t in interval(0, 1)](t < 1 / 2)",),
    "negative mass": ("pmf[z in bits](c * (2 * z - 1) + z)", "c in reals"),
    "no mass function": ("pmf[z in bits](beta)", *BETA),
    "finite limit": ("limit_right[t = 0](1 / t) = 1",),
    "infinite limit": ("limit_right[t = 0](t) = oo",),
    "nonzero": ("a != b", "a in reals", "b in reals"),
    "elements": ("z = w", "z in Z", "w in Z"),
    "namesakes are not the same": ("forall[b in interval(0, 1)](b = c)", "c in interval(0, 1)"),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_sympy_does_not_prove(name: str) -> None:
    statement, *given = FALSE[name]
    assert refusal(statement, *given)


REFUSED = (
    ("beta in bits", (), "no claim for SymPy"),
    ("sum[k in range(1, K)](k) = 1", (), "not a finite set here"),
    ("sum[t in interval(0, 1)](t) = 1", (), "is not a finite set"),
    ("sum[v in tuples(bits, 7)](1) = 128", (), "too large"),
    ("x[3] = 1", ("x in tuples(bits, 2)",), "no component"),
    ("z + 1 = 1 + z", ("z in Z",), "what is no number"),
    ("d[t = z](t) = 1", ("z in Z",), "at what is no number"),
    ("q(3) = q(3)", ("pmf[z in bits](q(z))",), "outside of its set"),
    ("differentiable[t = 0](t) = 1", (), "has no value"),
    ("log(x^2) = log(x)", ("x in reals",), "lhs - rhs = "),
    ("sum[z in Z](f(z)) = 0", (), "(for |Z| = 1)"),
    ("factorial(k) = gamma(k)", ("k in range(2, 1)",), "there is no instance"),
)


@pytest.mark.parametrize(("statement", "given", "reason"), REFUSED, ids=lambda case: str(case))
def test_what_sympy_cannot_show_says_why(statement: str, given: tuple[str, ...], reason: str) -> None:
    assert reason in refusal(statement, *given)


def test_a_limit_that_sympy_gives_up_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_limit(*_: object) -> None:
        raise NotImplementedError("no limit")

    monkeypatch.setattr(sympy, "limit", no_limit)
    assert refusal("limit_right[t = 0](t) = 0") == "no limit"


# ---------------------------------------------------------------- instances


def test_what_is_encoded_of_the_given() -> None:
    facts = Facts.of(
        Given.of("x in reals", "pmf[z in Z](q(?t, z))", "a(?i) in interval(0, 1)", "x < y", "f(1) in interval(0, 1)")
    )
    assert facts.domains == {"x": read("reals")}
    assert facts.masses == {("q", 2): (1, read("Z"))}
    assert facts.intervals == {("a", 1): read("interval(0, 1)")}
    assert facts.relations == (read("x < y"),)
    assert facts.positive == {("a", 1)}


def test_an_instance_says_what_it_is() -> None:
    instance = Instance(Facts.of(Given()), {"Z": 2}, {"m": sympy.Integer(3), "z": Element(1)})
    assert str(instance) == "|Z| = 2, m = 3, z = #1"
    assert instance.members(read("tuples(Z, 2)"))[1] == (Element(1), Element(2))
    with pytest.raises(OutsideFragment):
        instance.members(read("W"))
    with pytest.raises(OutsideFragment, match="has no value"):
        instance.value("not a term")


def test_symbols_of_one_name_have_parameters_of_their_own() -> None:
    instance = Instance(Facts.of(Given.of("beta in interval(0, 1)")), {}, {})
    first, second = instance.symbol("beta"), sympy.Dummy("beta", real=True)
    instance.restrict(second, read("interval(0, 1)"))
    assert instance.parameters[first] != instance.parameters[second]

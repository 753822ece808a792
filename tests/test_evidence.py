"""Every claim has its evidence, and every kind of evidence can fail."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import islice
from math import log, sqrt
from pathlib import Path

import pytest
from flint import arb, fmpq
from hypothesis import assume
from hypothesis import given as hypothetically
from mpmath import mp, mpf

from derivations.claim import Claim, Line
from derivations.errors import ClaimFailed, DerivationsError, OutsideFragment
from derivations.evidence import (
    Evidence,
    KernelReplay,
    NumericalCheck,
    Simulation,
    SympyProof,
    cross_check,
    gather,
    replayed,
    simulate,
)
from derivations.evidence import extras as extras_module
from derivations.evidence.checks import BALLS, DECIMALS, DIFFERENCES, EXACT, NEAR
from derivations.evidence.decimals import Decimals
from derivations.evidence.simulation import BOUND, can_simulate
from derivations.models.domain import BITS, abstract
from derivations.models.model import Model
from derivations.mutation import mutants
from derivations.notation import read
from derivations.refute import agree, models, value
from derivations.seminar7 import CLAIMS
from derivations.term import App, Num, Term, add
from derivations.value import Infinity
from tests.strategies import GIVEN, terms

BY_NAME = {claim.name: claim for claim in CLAIMS}
MEAN = BY_NAME["bernoulli-mean"]


def claim_of(statement: str, *given: str) -> Claim:
    return Claim("claim", "", "", statement, given)


# ---------------------------------------------------------------- all of it together


@pytest.mark.parametrize("name", BY_NAME)
def test_each_claim_has_evidence(name: str) -> None:
    found = gather(BY_NAME[name], sympy=False)  # SymPy's is tested by itself
    assert found.claim == name
    assert found.kernel.moves > 0
    assert found.numerical is not None
    assert found.numerical.methods
    assert mpf(found.numerical.worst_error) < mpf("1e-38")
    assert found.sympy is found.simulation is found.certificate is None


def test_only_what_is_asked_for_is_gathered_and_told() -> None:
    heard: list[str] = []
    found = gather(MEAN, simulate=True, progress=heard.append)
    assert heard == ["kernel", "SymPy", "numbers", "simulation"]
    assert found.sympy is not None
    assert found.simulation is not None
    assert found.summary.sympy == "sums expanded, the difference is 0"
    assert found.summary.numeric == "exact rational enumeration (20 times), mpmath, 50 digits (4 times)"
    assert found.summary.simulation.startswith("100000 draws: 0.499, which is 0.5 to within 0.01")
    assert found.summary.certificate == ""
    assert gather(BY_NAME["score"], sympy=False, numeric=False, simulate=True).simulation is None


def test_evidence_is_the_same_in_every_run() -> None:
    assert gather(MEAN, simulate=True).summary == gather(MEAN, simulate=True).summary
    assert cross_check(MEAN) == cross_check(MEAN)
    assert simulate(MEAN, draws=1000, seed=5) == simulate(MEAN, draws=1000, seed=5)
    assert simulate(MEAN, draws=1000, seed=5) != simulate(MEAN, draws=1000, seed=6)


def test_a_false_claim_has_no_evidence() -> None:
    with pytest.raises(ClaimFailed, match="step 3"):
        gather(replace(MEAN, lines=(*MEAN.lines[:-1], Line("1 - beta", ()))))


# ---------------------------------------------------------------- the kernel


def test_the_kernel_counts_the_rules_of_all_steps() -> None:
    found = replayed(MEAN)
    assert found.moves == 19
    assert found.microseconds > 0


def test_a_replay_that_shows_something_else_is_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    other = BY_NAME["derivative-of-mean"].proof()
    monkeypatch.setattr(Claim, "proof", lambda claim: other)
    with pytest.raises(ClaimFailed, match="the replay: shows"):
        replayed(MEAN)


# ---------------------------------------------------------------- numerical checks


METHODS = {
    "zero-score": {EXACT, DIFFERENCES}, "log-trick": {BALLS, DIFFERENCES}, "variance-of-mean": {EXACT, DECIMALS},
    "bernoulli-kl": {BALLS, DECIMALS}, "zero-log-zero": {NEAR}, "variance-at-one": {EXACT, NEAR},
    "variance-decreasing": {DECIMALS}, "variance-at-zero": {EXACT, NEAR},
}  # fmt: skip


@pytest.mark.parametrize("name", METHODS)
def test_claims_are_checked_by_what_suits_them(name: str) -> None:
    assert set(cross_check(BY_NAME[name], examples=5).methods) == METHODS[name]


@pytest.mark.parametrize(
    ("claim", "slip"), [(c, m) for c in CLAIMS for m in c.mistakes], ids=lambda case: getattr(case, "name", "")
)
def test_typical_mistakes_fail(claim: Claim, slip) -> None:
    with pytest.raises(ClaimFailed, match="numbers: fails at"):
        cross_check(replace(claim, statement=slip.statement))


def slips(claim: Claim) -> list[Term]:
    found = [mutant.term for mutant in mutants(claim.proposition)]
    if isinstance(claim.proposition, App):
        left, right = claim.proposition.args
        found.append(App(claim.proposition.head, (add(left, Num(1)), right)))
    return found


@pytest.mark.parametrize("name", BY_NAME)
def test_some_slip_in_every_claim_fails(name: str) -> None:
    """A check that cannot fail would be no check."""
    for slipped in slips(BY_NAME[name]):
        try:
            cross_check(replace(BY_NAME[name], statement=str(slipped)), examples=3)
        except ClaimFailed as failure:
            if "fails at" in failure.detail:
                return
    pytest.fail("no slip is noticed")


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_NAME)
def test_every_slip_that_has_a_counterexample_fails(name: str) -> None:
    claim = BY_NAME[name]
    for slipped in slips(claim):
        found = list(islice(models(claim.assumptions, slipped, seed=0), 20))
        if any(agree(slipped, model) is False for model in found[:5]):
            with pytest.raises(ClaimFailed):
                cross_check(replace(claim, statement=str(slipped)), examples=20)


DECIMAL_SLIPS = {
    "tuples as labels": ("sum[v in tuples(bits, 2)](log(f(v))) = 0", "0 < f(?v)"),
    "a limit": ("limit_right[t = 0](t * log(t)) = 1",),
    "a limit is not infinite": ("limit_right[t = 0](t * log(t)) = -oo",),
    "an infinite limit": ("limit_right[t = 0](log(t)) = oo",),
    "a slow infinite limit": ("limit_right[t = 0](log(t) + 1 / t) = -oo",),
    "decreasing": ("decreasing[t in interval(0, oo)](t - log(t))",),
    "increasing": ("increasing[t in interval(-oo, oo)](t^2)",),
    "decreasing up to an end": ("decreasing[t in interval(-oo, 0)](t * log(2))",),
}


@pytest.mark.parametrize("name", DECIMAL_SLIPS)
def test_fifty_digits_see_what_exact_values_cannot(name: str) -> None:
    with pytest.raises(ClaimFailed, match="numbers: fails at"):
        cross_check(claim_of(*DECIMAL_SLIPS[name]))


@pytest.mark.parametrize(
    "statement",
    [
        "limit_right[t = 0](log(t)) = -oo", "limit_right[t = 0](log(t) + 1 / t) = oo", "limit_left[t = 1](log(t)) = 0",
        "increasing[t in interval(0, oo)](log(t))", "decreasing[t in interval(-oo, 0)](t^2 + exp(-t))", "0 < log(2)",
        "log(2) <= log(2) + 0 * log(3)", "log(2) != log(3)", "sum[i in without(range(1, 4), 2)](log(i)) = log(12)",
        "softplus(log(2)) = log(3)", "tanh(log(2)) = 3 / 5", "sigmoid(log(2)) = 2 / 3", "logit(2 / 3) = log(2)",
        "abs(-log(2)) = log(2)", "binom(4, 2) * factorial(3) = 36 + log(1)", "4^(1 / 2) = sqrt(2)^2", "2^(-2) = exp(-log(4))",
        "H[z in bits](bern(1 / 2, z)) = log(2)", "CE[z in bits](bern(1 / 2, z), bern(1 / 2, z)) = log(2)",
        "Cov[z in bits](bern(1 / 3, z), z, log(2) * z) = 2 / 9 * log(2)", "KL[z in bits](bern(1 / 2, z), bern(1 / 4, z)) = log(2) - log(3) / 2",
    ],
)  # fmt: skip
def test_true_statements_pass(statement: str) -> None:
    assert cross_check(claim_of(statement), examples=3).methods


def test_a_failure_says_where_and_how() -> None:
    with pytest.raises(ClaimFailed) as caught:
        cross_check(claim_of("f(x, w) + sum[z in Z](a[1]) = 0", "x in bits", "0 < f(?x, ?w)", "0 < a[?i]"), examples=1)
    assert caught.value.step == "numbers"
    assert "fails at Z = {1, 2" in caught.value.detail
    assert ", x = " in caught.value.detail
    with pytest.raises(ClaimFailed, match=r"decreasing\[t in interval\(0, 1\)\]\(t\)"):
        cross_check(claim_of("decreasing[t in interval(0, 1)](t)"))
    with pytest.raises(ClaimFailed, match=r"fails at no symbols: 1\.0e\+40 = 0\.0 \(exact"):
        cross_check(claim_of("limit_right[t = 0](1 / t) = 0"))


@pytest.mark.parametrize(
    ("statement", "given", "reason"),
    [
        ("x = x", ("x in interval(0, 1)", "1 < x"), "the given has no model"),
        ("log(-1) = log(-1)", (), "no numerical method applies"),
        ("differentiable[t = 0](t)", (), "no numerical method applies"),
        ("increasing[t in bits](t)", (), "no numerical method applies"),
    ],
)
def test_where_nothing_can_be_checked_there_is_no_evidence(statement: str, given: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ClaimFailed, match=reason):
        cross_check(claim_of(statement, *given), examples=3)


def test_hypothesis_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cross_check(MEAN)
    assert os.listdir(tmp_path) == []


def test_another_seed_draws_other_examples() -> None:
    points = []
    for seed in (0, 1):
        with pytest.raises(ClaimFailed) as caught:
            cross_check(claim_of("x = y", "x in reals", "y in reals"), seed=seed)
        points.append(caught.value.detail)
    assert points[0] != points[1]


@pytest.mark.parametrize("library", ["hypothesis", "numpy"])
def test_a_missing_extra_is_one_clear_line(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(extras_module, "import_module", missing)
    with pytest.raises(DerivationsError, match=rf"needs {library}: pip install 'derivations\[evidence\]'"):
        cross_check(MEAN) if library == "hypothesis" else simulate(MEAN)


# ---------------------------------------------------------------- fifty digits


def model_of(**symbols: object) -> Model:
    values = {name: fmpq(text) if isinstance(text, str) else text for name, text in symbols.items()}
    return Model(values, {"Z": abstract(2)}, {}, frozenset())


@hypothetically(terms)
def test_two_evaluations_agree(term: Term) -> None:
    """Derivatives by jets against differences, sums and functions in balls against decimals."""
    model = next(models(GIVEN, term))
    exact = value(term, model, 300)
    assume(isinstance(exact, (fmpq, arb)))
    ball = arb(exact)
    assume(ball.rad() < arb(10) ** -60 and abs(ball) < 10**6)
    with mp.workdps(50):
        try:
            found = Decimals(model).number(term)
        except OutsideFragment:
            assume(False)
        assert abs(found - mpf(ball.mid().str(60, radius=False))) < mpf("1e-30")


@pytest.mark.parametrize(
    "text",
    [
        "log(0)", "log(-1)", "1 / 0", "0^(-1)", "(-1)^(1 / 2)", "sqrt(-1)", "x", "f(1)", "v[3]", "x[1]", "e + 1", "bits", "oo",
        "sum[z in W](1)", "sum[z in interval(0, 1)](z)", "sum[z in tuples(bits, 9)](1)", "1 = 1", "pmf[z in bits](z)", "logit(1)",
        "sum[i in range(1, 200)](sum[j in range(1, 200)](1))", "exp(exp(exp(100)))", "v", "f", "d[t = 0](log(t))",
        "infinite", "2^(10^7)",
    ],
)  # fmt: skip
def test_what_has_no_value_has_no_decimal(text: str) -> None:
    model = model_of(v=(fmpq(1), fmpq(2)), e=abstract(1).members[0], infinite=Infinity(1))
    with pytest.raises(OutsideFragment):
        Decimals(model).number(read(text))


def test_decimals_refuse_loose_values_of_other_kinds() -> None:
    with pytest.raises(OutsideFragment):
        Decimals(model_of()).number(read("oo"))
    with pytest.raises(OutsideFragment):
        Decimals(model_of()).value("not a term")
    assert Decimals(model_of(v=(fmpq(1, 2), fmpq(2)))).value(read("v[1]")) == mpf("0.5")
    assert len(Decimals(model_of()).members(read("tuples(Z, 2)"))) == 4
    assert BITS.members == (0, 1)


# ---------------------------------------------------------------- simulation

UNBIASED = ("unbiased-estimator", "unbiased-mean", "mean-of-estimate", "variance-of-one-draw", "variance-of-mean")


@pytest.mark.parametrize("name", UNBIASED)
def test_means_and_variances_are_met_by_draws(name: str) -> None:
    found = simulate(BY_NAME[name], draws=20_000)
    assert found.passed
    assert found.draws == 20_000
    assert found.source == BOUND


@pytest.mark.slow
@pytest.mark.parametrize("name", [claim.name for claim in CLAIMS if can_simulate(claim)])
@pytest.mark.parametrize("seed", range(5))
def test_long_simulations(name: str, seed: int) -> None:
    assert simulate(BY_NAME[name], draws=2_000_000, seed=seed).passed


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        (name, slip.statement)
        for name in ("variance-of-one-draw", "variance-of-mean")
        for slip in BY_NAME[name].mistakes
    ],
)
def test_draws_do_not_meet_a_wrong_target(name: str, slip: str) -> None:
    found = simulate(replace(BY_NAME[name], statement=slip))
    assert not found.passed or found.target == simulate(BY_NAME[name]).target  # some slips are right in one model


def test_a_simulation_that_fails_is_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivations.evidence.replayed", lambda claim: KernelReplay(1, 1))
    with pytest.raises(ClaimFailed, match=r"simulation: .* is further than"):
        gather(claim_of("E[z in bits](bern(1 / 2, z), z) = 3 / 5"), sympy=False, numeric=False, simulate=True)


def test_the_bound_is_hoeffdings() -> None:
    mean = simulate(claim_of("E[z in bits](bern(1 / 2, z), 3 * z) = 3 / 2"), draws=10_000)
    assert mean.bound == pytest.approx(3 * sqrt(log(2 / 1e-9) / 20_000))
    variance = simulate(claim_of("9 / 4 = Var[z in bits](bern(1 / 2, z), 3 * z)"), draws=10_001)
    assert variance.bound == pytest.approx(9 / 2 * sqrt(log(2 / 1e-9) / 10_000))
    assert (mean.quantity, variance.quantity) == ("E", "Var")
    assert mean.passed
    assert variance.passed


@pytest.mark.parametrize(
    "statement", ["x = x", "0 <= E[z in bits](bern(1 / 2, z), z)", "decreasing[t in interval(0, 1)](t)"]
)
def test_claims_without_a_mean_are_not_simulated(statement: str) -> None:
    assert not can_simulate(claim_of(statement))
    with pytest.raises(OutsideFragment, match="no mean or variance"):
        simulate(claim_of(statement))


def test_what_is_too_large_to_enumerate_is_not_simulated() -> None:
    with pytest.raises(OutsideFragment, match="no model is small enough"):
        simulate(claim_of("E[v in tuples(bits, 9)](prod[i in range(1, 9)](bern(1 / 2, v[i])), v[1]) = 1 / 2"))


def test_evidence_is_data() -> None:
    bare = Evidence("x", KernelReplay(1, 2))
    assert (bare.summary.sympy, bare.summary.numeric, bare.summary.simulation) == ("", "", "")
    assert str(SympyProof("by hand", 1, 0.5)) == "by hand"
    assert str(NumericalCheck(2, {"a": 1, "b": 2}, "0.0")) == "a (1 times), b (2 times)"
    assert not Simulation("E", 1.0, 2.0, 0.5, 10, 0).passed

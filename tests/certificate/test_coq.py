"""Coq takes the certificates, and nothing that was altered. Without coqc these tests skip, and say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from derivations.certificate.coq import AXIOMS, COMPILED, REJECTED, Coq, axioms, find
from derivations.certificate.folder import certify, exported
from derivations.certificate.theory import Certificate, of_claim, of_theorem
from derivations.claim import Claim
from derivations.given import Given
from derivations.kernel import replay
from derivations.notation import read
from derivations.prover import theorem_of
from derivations.seminar7 import CLAIMS
from derivations.seminar7.score_variance import MEAN, SCORE
from tests.certificate.corruption import corrupted, misused, spread, taken

_SAMPLE = ("log-trick", "variance-decreasing")
needs_coq = pytest.mark.skipif(find() is None, reason="coqc is not installed (Debian: coq, libcoq-coquelicot)")


@pytest.fixture(scope="session")
def coq() -> Coq:
    found = find()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def folder(coq: Coq, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled library."""
    place = tmp_path_factory.mktemp("coq")
    coq.library(place)
    return place


def _claims(names: Sequence[str]) -> list[Claim]:
    return [claim for claim in CLAIMS if claim.name in names]


def _compiled(coq: Coq, folder: Path, certificate: Certificate) -> str:
    (folder / f"{certificate.name}.v").write_text(certificate.text, encoding="utf-8")
    outcome = coq.compile(folder, certificate.name, 300)
    return outcome.status if outcome.status == COMPILED else outcome.detail


@needs_coq
@pytest.mark.parametrize("claim", _claims(_SAMPLE), ids=lambda claim: claim.name)
def test_a_claim_compiles(claim: Claim, coq: Coq, folder: Path) -> None:
    assert _compiled(coq, folder, of_claim(claim)) == COMPILED


@needs_coq
@pytest.mark.slow
def test_all_claims_compile(coq: Coq, folder: Path) -> None:
    entries = certify(exported(CLAIMS), folder, coq, jobs=2, timeout=300)
    assert [(entry.name, entry.detail) for entry in entries if entry.status != COMPILED] == []


@needs_coq
@pytest.mark.parametrize(
    ("statement", "facts"),
    [
        ("1 / b + 1 / (1 - b) = 1 / (b * (1 - b))", ["b in interval(0, 1)"]),
        ("1 + (1 / b - 1) != 0", ["b in interval(0, 1)"]),
        ("d[x = x](exp(x^2) / (1 + x^2)) = exp(x^2) * 2 * x^3 / (1 + x^2)^2", ["x in reals"]),
        ("d[x = x](sigmoid(a * x)) = a * sigmoid(a * x) * (1 - sigmoid(a * x))", ["x in reals", "a in reals"]),
        ("sum[i in range(1, n)](2 * i - 1) = n^2", ["n in integers(1, oo)"]),
        ("E[z in bits](bern(b, z), (1 - z)^2) = 1 - b", ["b in interval(0, 1)"]),
        ("z^3 * (1 - z) = 0", ["z in bits"]),
        ("Var[z in Z](p(z), c * f(z)) = c^2 * Var[z in Z](p(z), f(z))", ["pmf[z in Z](p(z))", "c in reals"]),
        ("log(x^2 * y) - log(y) = 2 * log(x)", ["0 < x", "0 < y"]),
        ("sqrt(x)^2 + 1 = x + 1", ["0 < x"]),
        ("limit_right[t = 0](t * log(t) + 1) = 1", []),
        ("increasing[t in interval(0, 1)](log(t))", []),
        ("d[t = x](sin(2 * t) * cosh(t)) = 2 * cos(2 * x) * cosh(x) + sin(2 * x) * sinh(x)", ["x in reals"]),
        ("sin(x)^2 + cos(x)^2 = 1", ["x in reals"]),
        ("max(a, b) + min(a, b) = a + b", ["a in reals", "b in reals"]),
        ("d[s = v](normal(x, m, s)) = normal(x, m, v) * ((x - m)^2 / v - 1) / (2 * v)", ["0 < v"]),
        ("sum[z in Z](delta(z, w) * f(z)) = f(w)", ["w in Z"]),
        ("sum[k in range(0, n)](k * binom(n, k)) = n * 2^(n - 1)", ["n in integers(1, oo)"]),
        ("sum[k in range(1, n)](1 / (k * (k + 1))) = 1 - 1 / (n + 1)", ["n in integers(1, oo)"]),
        ("cos(2 * arctan(x)) = (1 - x^2) / (1 + x^2)", ["x in reals"]),
        ("arctan(x) + arctan(1 / x) = pi_number / 2", ["x in interval(0, oo)"]),
        ("d[t = x](arcsin(t)) = 1 / sqrt(1 - x^2)", ["x in interval(-1, 1)"]),
        ("d[t = x](artanh(t)) = 1 / (1 - x^2)", ["x in interval(-1, 1)"]),
        ("d[t = x](root(t, 3)) = 1 / (3 * root(x, 3)^2)", ["x != 0"]),
        ("abs(x) = x * sign(x)", ["x in reals"]),
        ("cos(pi_number / 12) = (sqrt(6) + sqrt(2)) / 4", []),
        (
            "f(sum[z in Z](p(z) * g(z))) <= sum[z in Z](p(z) * f(g(z)))",
            ["pmf[z in Z](p(z))", "convex[t in reals](f(t))"],
        ),
    ],
)
def test_statements_beside_the_sheet_compile(statement: str, facts: list[str], coq: Coq, folder: Path) -> None:
    theorem = theorem_of(read(statement), Given.of(*facts))
    assert theorem is not None
    name = f"beside_{abs(hash(statement))}"
    assert _compiled(coq, folder, of_theorem(name, "", theorem)) == COMPILED


@needs_coq
def test_a_wrong_statement_is_rejected(coq: Coq, folder: Path) -> None:
    certificate = of_claim(MEAN)
    wrong = certificate.text.replace("(fun z => z) = beta.", "(fun z => z) = beta * beta.")
    assert wrong != certificate.text
    assert _compiled(coq, folder, replace(certificate, name="wrong", text=wrong)) != COMPILED


@needs_coq
def test_an_axiom_of_its_own_is_rejected(coq: Coq, folder: Path) -> None:
    text = of_claim(MEAN).text
    cheat = text.replace("Section Claim.", "Axiom cheat : forall a b : R, a = b.\nSection Claim.")
    start, end = cheat.index("Theorem bernoulli_mean"), cheat.index("Qed.", cheat.index("Theorem bernoulli_mean"))
    cheat = cheat[:start] + cheat[start:].split("Proof.")[0] + "Proof.\n  apply cheat.\n" + cheat[end:]
    certificate = replace(of_claim(MEAN), name="cheat", text=cheat)
    assert _compiled(coq, folder, certificate) == "it rests on cheat"


@needs_coq
def test_a_time_out_is_a_rejection(coq: Coq, folder: Path) -> None:
    (folder / "slow.v").write_text(of_claim(SCORE).text, encoding="utf-8")
    outcome = coq.compile(folder, "slow", 0.05)
    assert outcome.status == REJECTED
    assert "within" in outcome.detail


@needs_coq
@pytest.mark.parametrize("claim", _claims(("bernoulli-mean", "log-trick")), ids=lambda claim: claim.name)
def test_an_altered_step_never_compiles(claim: Claim, coq: Coq, folder: Path) -> None:
    tried, refused = misused(claim, folder, coq)
    assert tried == refused > 0
    wrong, outcomes = taken(spread(list(corrupted(claim)), 12), folder, coq)
    assert wrong == []
    assert sum(outcomes.values()) > 0


@needs_coq
@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_no_altered_step_compiles(claim: Claim, coq: Coq, folder: Path) -> None:
    tried, refused = misused(claim, folder, coq)
    assert tried == refused
    assert taken(spread(list(corrupted(claim)), 60), folder, coq)[0] == []


@needs_coq
def test_the_corruption_test_sees_what_coq_takes(coq: Coq, folder: Path) -> None:
    case = next(case for case in corrupted(MEAN) if case.lines is not None)
    theory = of_theorem("unaltered", "", case.theorem)
    lines = tuple(theory.text.split("Proof.\n", 1)[1].split("Qed.", 1)[0].splitlines())
    assert len(taken([replace(case, kind="unaltered", lines=lines)], folder, coq)[0]) == 1


def test_axioms_are_read_from_what_coq_prints() -> None:
    assert axioms("Closed under the global context\n") == frozenset()
    printed = "Axioms:\nClassical_Prop.classic : forall P : Prop, P \\/ ~ P\nfoo.bar\n  : False\n"
    assert axioms(printed) == {"Classical_Prop.classic", "foo.bar"}
    assert axioms(printed) - AXIOMS == {"foo.bar"}


@needs_coq
def test_a_replayed_proof_is_as_good(coq: Coq, folder: Path) -> None:
    theorem = theorem_of(read("x + x = 2 * x"), Given())
    assert theorem is not None
    again = replay(theorem.conclusion, theorem.moves, theorem.given)
    assert _compiled(coq, folder, of_theorem("replayed", "", again)) == COMPILED

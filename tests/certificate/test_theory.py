"""What the files say: the claim's own statement, what is given, and its fingerprint."""

from __future__ import annotations

import re

import pytest

from derivations.certificate.sorts import Uncertified
from derivations.certificate.theory import Certificate, of_claim, of_theorem
from derivations.claim import Claim
from derivations.given import Given
from derivations.notation import read
from derivations.output.record import fingerprint
from derivations.prover import theorem_of, verdict_on
from derivations.seminar7 import CLAIMS
from derivations.seminar7.score_variance import MEAN


def _certificate(statement: str, *facts: str) -> Certificate:
    theorem = theorem_of(read(statement), Given.of(*facts))
    assert theorem is not None
    return of_theorem("trial", "a trial", theorem)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_every_claim_of_the_sheet_can_be_told_to_coq(claim: Claim) -> None:
    found = of_claim(claim)
    assert found.fingerprint == claim.fingerprint == fingerprint(claim)
    assert f"fingerprint: {claim.fingerprint}" in found.text
    assert f"statement: {claim.proposition}" in found.text
    assert f"Theorem {found.theorem} :" in found.text
    assert not re.search(r"\b(Admitted|admit|Axiom|Parameter|Conjecture)\b", found.text)
    assert found == of_claim(claim), "the same claim gives the same bytes"


def test_a_readable_statement() -> None:
    text = of_claim(MEAN).text
    assert "Theorem bernoulli_mean :\n  Expectation bits (fun z => bern beta z) (fun z => z) = beta.\n" in text
    assert "Hypothesis given_1 : 0 < beta /\\ beta < 1.\n" in text


def test_both_sides_have_values_where_the_given_says_so() -> None:
    text = _certificate("d[b = b](log(b)) = 1 / b", "b in interval(0, 1)").text
    assert "_has_values :\n  ex_derive (fun b1 => ln b1) b /\\\n  0 < b /\\\n  b <> 0.\n" in text


def test_open_conditions_are_not_certified() -> None:
    verdict = verdict_on(read("x / x = 1"), Given())
    assert verdict.kind == "conditional"
    with pytest.raises(Uncertified, match="conditions"):
        of_theorem("trial", "a trial", verdict.proof)  # type: ignore[arg-type]


def test_a_title_cannot_end_the_comment() -> None:
    theorem = theorem_of(read("x + x = 2 * x"), Given.of("x in reals"))
    assert theorem is not None
    text = of_theorem("trial", 'evil *) Axiom false : False. (* "', theorem).text
    assert text.index("*)") > text.index("fingerprint")


@pytest.mark.parametrize("name", ["Base", "1-a", "a/../b", "Rules", "ε"])
def test_a_file_has_a_name_that_coq_takes(name: str) -> None:
    theorem = theorem_of(read("x + x = 2 * x"), Given())
    assert theorem is not None
    assert re.fullmatch(r"[a-zA-Z]\w*", of_theorem(name, "", theorem).name, re.ASCII)
    assert of_theorem(name, "", theorem).name not in ("Base", "Rules")

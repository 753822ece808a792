"""The table of rules and the lemmas: the same names, the same statements, nothing assumed."""

from __future__ import annotations

import re

import pytest

from derivations.certificate.coq import LIBRARY
from derivations.certificate.gallina import source
from derivations.certificate.schemas import COMPUTATIONS, WITHOUT_LEMMA, Schema, lemma_name, uncertified
from derivations.rules import COMPUTATION, TABLE, Rule

_COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)
_STATED = re.compile(r"^(Lemma (\w+).*?)\nProof\.$", re.MULTILINE | re.DOTALL)


def test_every_row_has_a_lemma_or_stands_in_the_list_with_its_reason() -> None:
    assert set(uncertified()) == set(WITHOUT_LEMMA)
    assert set(WITHOUT_LEMMA) <= set(TABLE)


def test_the_computations_are_the_rows_that_are_tactics() -> None:
    assert {name for name, rule in TABLE.items() if rule.kind == COMPUTATION} - set(WITHOUT_LEMMA) == COMPUTATIONS


def test_every_lemma_is_a_row_and_states_what_the_row_states() -> None:
    lemmas = {name: statement for statement, name in _STATED.findall(source("Rules.v"))}
    rows = {lemma_name(name): name for name in TABLE}
    assert len(rows) == len(TABLE)
    for name, statement in lemmas.items():
        assert name in rows, f"{name} is no row of the table"
        assert statement == Schema(TABLE[rows[name]]).statement


@pytest.mark.parametrize("name", LIBRARY)
def test_nothing_is_assumed(name: str) -> None:
    text = _COMMENT.sub("", source(f"{name}.v"))
    for word in (
        "Admitted",
        "admit",
        "Axiom",
        "Axioms",
        "Parameter",
        "Parameters",
        "Conjecture",
        "Abort",
        "bypass_check",
    ):
        assert not re.search(rf"\b{word}\b", text), word
    assert len(re.findall(r"^Proof\.", text, re.MULTILINE)) == len(re.findall(r"\bQed\.", text))


def test_a_row_that_changes_has_no_lemma_any_more() -> None:
    row = TABLE["log-product"]
    changed = Rule(row.name, "log(?a * ?b) = log(?a) - log(?b)", row.conditions, row.title, row.source)
    assert Schema(changed).statement not in source("Rules.v")
    weaker = Rule(row.name, row.statement, row.conditions[:1], row.title, row.source)
    assert Schema(weaker).statement not in source("Rules.v")

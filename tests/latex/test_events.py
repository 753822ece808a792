"""Probabilities of events: unions, intersections, complements and conditions, and what relates the events."""

from __future__ import annotations

import pytest

import derivations
from derivations import check

EQUATIONS = [
    ("P(A^c)", "1 - P(A)", "proved"),
    ("P(A^c)", "1 + P(A)", "refuted"),
    (r"P(\bar A)", "1 - P(A)", "proved"),
    (r"P(\overline{A})", "P(A)", "refuted"),
    (r"P(A \cup B)", r"P(A) + P(B) - P(A \cap B)", "proved"),
    (r"P(A \cup B)", r"P(A) + P(B) + P(A \cap B)", "refuted"),
    (r"\Pr(A \setminus B)", r"\Pr(A) - \Pr(A \cap B)", "proved"),
    (r"P((A \cup B)^c)", r"P(A^c \cap B^c)", "proved"),
    (r"P(A \cap A)", "P(A)^2", "refuted"),
    (r"P(A \cap A)", "P(A)", "proved"),
    (r"P(A \mid B)", r"\frac{P(A \cap B)}{P(B)}", "proved"),
    (r"P(A \cap B)", r"P(A \mid B) P(B)", "conditional"),
    (r"P(A \cap B)", r"P(A \mid B) P(A)", "refuted"),
    ("P(A)", r"P(A \mid B) P(B) + P(A \mid B^c) P(B^c)", "conditional"),
    (r"P(A \mid B)", r"\frac{P(B|A) P(A)}{P(B|A) P(A) + P(B|A^c) P(A^c)}", "conditional"),
    (r"\mathbb{P}(A \cap B \cap C)", r"\mathbb{P}(A)\mathbb{P}(B|A)\mathbb{P}(C|A\cap B)", "conditional"),
    ("P(A^c|B)", "1 - P(A|B)", "conditional"),
    ("P(A|B) + P(A|B^c)", "1", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("lhs", "rhs", "kind"), EQUATIONS)
def test_an_equation_of_probabilities(lhs: str, rhs: str, kind: str) -> None:
    verdict = derivations.prove(lhs, rhs)
    assert verdict.kind == kind, verdict.reason


@pytest.mark.parametrize(
    ("lhs", "rhs", "hypothesis"),
    [
        (r"P(A \cap B)", "P(A) P(B)", "A and B are independent"),
        (r"P(A \cup B)", "P(A) + P(B) - P(A) P(B)", "A and B are independent"),
        (r"P(A \cup B)", "P(A) + P(B)", "the events are disjoint"),
    ],
)
def test_how_events_are_related_is_named_as_missing(lhs: str, rhs: str, hypothesis: str) -> None:
    verdict = derivations.prove(lhs, rhs)
    assert verdict.kind == "undecided"
    assert f"it holds if {hypothesis}, which nothing says" in str(verdict.reason)


def test_what_is_said_of_events_is_taken_in_or_refutes_nothing() -> None:
    text = r"""Let $A$ and $B$ be independent events.
    \[ P(A \cup B) = P(A) + P(B) - P(A)P(B) \]
    \[ P(A^c \cap B) = P(A) P(B) \]
    For disjoint events $C$ and $D$,
    \[ P(C \cup D) = P(C) + P(D) \]"""
    assert [step.verdict.kind for step in check(text, profile="plain").steps] == ["proved", "undecided", "undecided"]


@pytest.mark.parametrize(
    "formula", [r"P(A \cup B \cap C) = P(A)", r"P(A_i \cup B) = P(B)", r"P(A \mid B \mid C) = P(A \cup B)"]
)
def test_what_is_not_understood_of_events_is_not_judged(formula: str) -> None:
    (step,) = check(rf"Here, \[ {formula} \]", profile="plain").steps
    assert step.verdict.kind == "unread"

"""The scalar questions: labels by independent numbers, verdicts that never contradict them, and most of them decided."""

from __future__ import annotations

import pytest

from derivations.api import prove
from derivations.given import Given
from derivations.latex.reader import read_formula
from derivations.term import App
from tests.opinion import label
from tests.questions import Question, questions

# Questions that stay open; each says why. A question that is decided after all must leave this list.
OPEN = {
    r"\sqrt{2x+2\sqrt{x^2-1}}": "the radicand is a square only where x is at least 1",
    r"\exp\left(\sum_{i=1}^{k} \ln i\right)": "a logarithm must be taken first, then a sum telescoped",
    r"\sqrt[3]{\sqrt[3]{2}-1}": "roots of three different radicands in one field",
}


def _claim(question: Question) -> tuple[App, Given]:
    read = {"symbols": question.domains, "constants": True}
    sides = tuple(read_formula(side, "plain", **read) for side in (question.lhs, question.rhs))
    return App("=", sides), Given.from_dict(question.domains)


@pytest.mark.parametrize("question", questions(), ids=str)
def test_labels_are_right(question: Question) -> None:
    assert label(*_claim(question)) is question.equal


@pytest.mark.parametrize("question", questions(), ids=str)
def test_questions_are_decided(question: Question) -> None:
    verdict = prove(question.lhs, question.rhs, question.domains, timeout=30)
    expected = ("proved", "conditional") if question.equal else ("refuted",)
    assert verdict.kind in (("undecided",) if question.lhs in OPEN else expected), verdict.reason

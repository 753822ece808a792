"""The scalar questions: labels by independent numbers, verdicts that never contradict them, and most of them decided."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from derivations.api import prove
from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.latex.reader import read_formula
from derivations.sympy_bridge import to_sympy
from derivations.term import App
from tests.opinion import label
from tests.questions import OWN, Question, questions

# Questions that stay open; each says why. A question that is decided after all must leave this list.
OPEN = {
    r"\sqrt{2x+2\sqrt{x^2-1}}": "the radicand is a square only where x is at least 1",
    r"\exp\left(\sum_{i=1}^{k} \ln i\right)": "a logarithm must be taken first, then a sum telescoped",
}


LEAST_DECIDED = 0.97  # of the questions that come through SymPy


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


def _built(expr: Any) -> Any:
    """The expression as SymPy makes it of its parts, evaluating as it goes; derivatives and sums stay."""
    if not expr.args or isinstance(expr, (sympy.Sum, sympy.Product, sympy.Derivative, sympy.Subs, sympy.Limit)):
        return expr
    parts = [_built(arg) for arg in expr.args]
    return parts[0] if isinstance(expr, sympy.UnevaluatedExpr) else expr.func(*parts)


@pytest.mark.parametrize("evaluated", [False, True], ids=["as written", "evaluated"])
def test_questions_through_sympy(evaluated: bool) -> None:
    decided = 0
    asked = questions(OWN)  # SymPy makes x - 2 of sqrt(x - 2)^2, which is another question
    for question in asked:
        claim, given = _claim(question)
        sides = [to_sympy(side, given) for side in claim.args]
        try:
            verdict = prove(*(map(_built, sides) if evaluated else sides), question.domains, timeout=30)
        except OutsideFragment:
            continue
        contradiction = ("refuted",) if question.equal else ("proved", "conditional")
        assert verdict.kind not in contradiction, str(question)
        decided += verdict.kind != "undecided"
    assert decided >= LEAST_DECIDED * len(asked)

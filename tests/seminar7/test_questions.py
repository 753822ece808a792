"""The questions: every task, every answer there, and every formula in their texts stands."""

import pytest

from derivations.errors import ClaimFailed, DerivationsError
from derivations.notation import read
from derivations.output.look import style_of
from derivations.output.passages import Author, formulas, is_proposition
from derivations.seminar7 import CLAIMS
from derivations.seminar7.questions import APPENDIX, ASSIGNMENTS, QUESTIONS, answering

TASKS = ("1a", "1b", "2a", "2b", "3a", "3b")


def test_every_task_of_the_question_sheet_is_there_once_and_in_order():
    assert tuple(question.task for question in QUESTIONS) == TASKS
    for assignment in ASSIGNMENTS:
        assert all(question.task.startswith(assignment.number) for question in assignment.questions)


def test_every_claim_belongs_to_a_question_or_to_the_appendix():
    assert {claim.task for claim in CLAIMS} <= {*TASKS, APPENDIX}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.task)
def test_what_was_asked_for_is_answered(question):
    assert set(question.answers) <= {claim.name for claim in answering(question, CLAIMS)}


def test_a_question_without_its_answer_is_an_error():
    claims = [claim for claim in CLAIMS if claim.name != "log-trick"]
    with pytest.raises(DerivationsError, match=r"task 1b .* log-trick"):
        answering(QUESTIONS[1], claims)


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.number)
def test_what_the_texts_state_is_proved(assignment):
    author = Author("questions", assignment.assumptions, style_of(assignment.number))
    texts = [*assignment.paragraphs]
    for question in assignment.questions:
        texts += [*question.paragraphs, *([question.picture.caption] if question.picture else [])]
    for term in (term for text in texts for term in formulas(text)):
        author.checked(term, "text")
    assert any(is_proposition(term) for text in texts for term in formulas(text))


@pytest.mark.parametrize(
    ("task", "statement"),
    [
        ("1b", "log-trick"),
        ("2b", "two-sums"),
        ("3a", "derivative-of-mean"),
        ("3b", "z-times-score"),
    ],
)
def test_what_is_to_be_shown_is_what_the_claim_states(task, statement):
    question = next(question for question in QUESTIONS if question.task == task)
    claim = next(claim for claim in CLAIMS if claim.name == statement)
    asked = [term for text in question.paragraphs for term in formulas(text) if is_proposition(term)]
    assert claim.proposition in asked


def test_a_false_statement_in_a_text_stops_with_its_counterexample():
    author = Author("question 3a", ASSIGNMENTS[2].assumptions, style_of("3a"))
    with pytest.raises(
        ClaimFailed, match=r"question 3a, text: the text says beta = 1 - beta, which is refuted by beta ="
    ):
        author.prose("It is [[beta = 1 - beta]].", "text")


@pytest.mark.parametrize("case", ["z = 0", "z = 1", "free = 7"])
def test_a_case_of_a_variable_may_be_named(case):
    author = Author("question 3b", ASSIGNMENTS[2].assumptions, style_of("3b"))
    assert author.prose(f"Where [[{case}]].", "text").startswith("Where $")


@pytest.mark.parametrize("case", ["z = 2", "beta = 1", "m = 0"])
def test_a_case_that_cannot_be_is_refused(case):
    author = Author("question 3b", ASSIGNMENTS[2].assumptions, style_of("3b"))
    with pytest.raises(ClaimFailed):
        author.checked(read(case), "text")

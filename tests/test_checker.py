"""Documents judged step by step: the truth of each step, charged once, and never a guess."""

from __future__ import annotations

import pytest

from derivations.checker import check
from derivations.term import App


def kinds(text: str, **options: object) -> list[str]:
    return [step.verdict.kind for step in check(text, **options).steps]  # type: ignore[arg-type]


def test_a_right_derivation() -> None:
    text = r"""
    \begin{align}
      z \frac{d}{d\beta} \log q_\beta(z) &= z \left( \frac{z}{\beta} - \frac{1-z}{1-\beta} \right) \\
      &= \frac{z}{\beta}
    \end{align}
    """
    assert kinds(text) == ["proved", "proved"]


def test_a_wrong_step_is_charged_once() -> None:
    report = check(r"\[ \frac{d}{d\beta}\log(1-\beta) = \frac{1}{1-\beta} = \frac{1-\beta}{(1-\beta)^2} \]")
    assert [step.verdict.kind for step in report.steps] == ["refuted", "proved"]
    assert report.first_wrong is report.steps[0]
    assert report.chains[0].recovers == 1
    assert report.summary["refuted"] == 1


def test_conditions_are_listed() -> None:
    report = check(r"$\frac{x^2}{x} = x$", profile="plain")
    assert [(step.verdict.kind, [str(c) for c in step.verdict.conditions]) for step in report.steps] == [
        ("conditional", ["x != 0"])
    ]


@pytest.mark.parametrize("relation", [r"\approx", r"\propto"])
def test_relations_without_an_exact_claim_are_not_judged(relation: str) -> None:
    assert set(kinds(rf"\[ \log(1-\beta) {relation} -\beta \]")) <= {"undecided", "unread"}


def test_inequalities_in_both_directions() -> None:
    assert kinds(r"\[ 1 \geq \beta > 0 \]", task="3b") == ["proved", "proved"]


def test_a_definition_has_nothing_to_prove() -> None:
    assert kinds(r"Let $X := z/\beta$. Then $\mathbb{E}[X] = 1$.", task="3b") == ["definition", "proved"]


def test_what_cannot_be_read_is_unread_and_the_rest_is_judged() -> None:
    found = kinds(r"\[ \log(1-\beta = \frac{1}{ \] and $\beta - \beta = 0$", task="3b")
    assert found[-1] == "proved"
    assert "refuted" not in found


def test_both_sides_are_shown_back() -> None:
    step = check(r"$2\beta = \beta + \beta$", task="3b").steps[0]
    assert step.read_as == (r"2 \beta", r"\beta + \beta")
    assert isinstance(step.verdict.claim, App)


def test_a_step_has_its_time() -> None:
    report = check(r"$\beta = \beta$", task="3b", timeout=0.5)
    assert report.summary["proved"] == 1


def test_nothing_to_check_is_an_empty_report() -> None:
    assert check("No formulas here.").steps == ()


def test_naming_a_case_claims_nothing() -> None:
    assert kinds(r"It fails at $\beta = 1/2$, since $\beta - \beta = 0$ there.", task="3b") == ["definition", "proved"]


def test_bytes_and_text_give_the_same_report() -> None:
    text = r"3a) $$\frac{d}{d\beta} E_\beta[z] = \frac{d}{d\beta} \beta = 1$$"
    assert check(text).goals == check(text.encode()).goals
    assert check(text).goals["3a"].status == "proved"


def test_supplied_brackets_refute_nothing() -> None:
    steps = check(r"$$\log(1-\beta = 1$$", task="3b").steps
    assert [step.verdict.kind for step in steps] != ["refuted"]
    assert all(step.verdict.reason for step in steps)


def test_the_time_of_a_document_keeps_what_was_judged():
    text = "\\[ 1 + 1 = 2 \\]\n" * 3
    assert [step.verdict.kind for step in check(text, limit=60).steps] == ["proved"] * 3
    late = check(text, limit=0).steps
    assert [step.verdict.kind for step in late] == ["undecided"] * 3
    assert all(step.verdict.reason.startswith("time:") for step in late)
    assert all(step.read_as[0] for step in late)


def test_a_value_of_a_distribution_at_a_number_names_a_case():
    kinds = [step.verdict.kind for step in check(r"1b) fails for $q_\varphi(1|x) = 1/3$").steps]
    assert kinds == ["definition"]

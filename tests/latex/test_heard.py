"""What an author says of letters in passing: no counterexample outside of it, and a step that needs it is conditional."""

from __future__ import annotations

import pytest

from derivations.checker import check

_CLAIM = r"\[ x + \frac{1}{x} \ge 2 \]"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (rf"Let $x > 0$. Then {_CLAIM}", "conditional"),
        (rf"For all $x > 0$, {_CLAIM}", "conditional"),
        (rf"Let $x \in \mathbb{{R}}_{{>0}}$. {_CLAIM}", "conditional"),
        (rf"Let $x \in (0, 1)$. {_CLAIM}", "conditional"),
        (r"\[ x + \frac{1}{x} \ge 2 \quad \text{for } x > 0 \]", "conditional"),
        (r"Let $x \in [0, 1]$. \[ x^2 \le x \]", "conditional"),
        (r"Let $0 < x < 1$. \[ x^3 < x^2 \]", "conditional"),
        (r"Let $x > 0$. \[ (x + 1)^2 = x^2 + 2x + 1 \]", "proved"),  # it needs no condition
        (r"Let $x > 0$. \[ x + \frac{1}{x} \ge 3 \]", "refuted"),
        (r"Let $x < 0$. \[ x + \frac{1}{x} \ge 2 \]", "refuted"),
        (r"Let $x > 0$. \[ e^x = x^3 \]", "refuted"),
        (rf"{_CLAIM}", "refuted"),
    ],
)
def test_the_verdict_under_what_was_said(text: str, kind: str) -> None:
    assert [step.verdict.kind for step in check(text, profile="plain").steps] == [kind]


def test_the_counterexample_satisfies_what_was_said() -> None:
    (step,) = check(r"Let $x > 0$. \[ x + \frac{1}{x} \ge 3 \]", profile="plain").steps
    assert step.verdict.counterexample is not None
    assert not step.verdict.counterexample.point["x"].startswith("-")


def test_the_last_word_on_a_letter_counts() -> None:
    steps = check(r"Let $x > 0$. \[ |x| = x \] Now let $x < 0$. \[ |x| = -x \]", profile="plain").steps
    assert [step.verdict.kind for step in steps] == ["conditional", "conditional"]
    assert [str(step.verdict.conditions[0]) for step in steps] == ["0 < x", "x < 0"]

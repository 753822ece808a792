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
        (r"Let $a, b > 0$. \[ \sqrt{ab} \le \frac{a+b}{2} \]", "conditional"),
        (r"Let $a, b > 0$. \[ \sqrt{ab} < \frac{a+b}{2} \]", "refuted"),
        (r"For $0 < a, b < 1$, \[ ab < a \]", "conditional"),
        (r"\[ |x| = x \quad (x > 0) \]", "conditional"),
        (r"\[ |x| = x \quad \forall x > 0 \]", "conditional"),
        (r"\[ |x| = x \quad (x < 0) \]", "refuted"),
        (r"\[ x^2 = 2x \quad (1) \]", "refuted"),
        (r"For $x = 2$ we have \[ x^2 = 2x \]", "proved"),
        (r"For $x = 3$ we have \[ x^2 = 2x \]", "refuted"),
        (r"Suppose $x \le 0$. \[ \log(x^2) = 2 \log x \]", "conditional"),  # not proved: log x has no value
        (r"Suppose $x \ne 0$. \[ \log(x^2) = 2 \log x \]", "conditional"),
        (r"Suppose $x > 0$. \[ \log(x^2) = 2 \log x \]", "proved"),
        (r"Let $n$ be even. \[ (-1)^n = 1 \]", "undecided"),
        (r"Let $I$, $J$ and $c \in \{0, 1\}$. \[ I^2 J = I J \]", "conditional"),
        (r"The sets $I$, $J$ matter. Let $c \in \{0, 1\}$. \[ I^2 J = I J \]", "refuted"),
        (r"Soient $a, b \in \mathbb{R}_+^*$. \[ \sqrt{ab} \le \frac{a+b}{2} \]", "conditional"),
        (r"Let $a \in \mathbb{R}^*$. \[ \frac{a}{a} = 1 \]", "conditional"),
        (r"Let $k < \frac{n}{2}$. \[ \log(2k) < \log n \]", "undecided"),  # said of k and n, and not taken in
        (r"Let $a \in \mathcal{A}(s)$. \[ a = a^2 \]", "undecided"),
        (r"For even $n$, \[ (-1)^n = 1 \]", "undecided"),
        (r"Let $n$ be a natural number. \[ (-1)^n = 1 \]", "refuted"),
        (r"Let $f$ be a convex function. \[ f(\frac{x+y}{2}) \le \frac{f(x)+f(y)}{2} \]", "undecided"),
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


def test_a_number_that_a_letter_stands_for_refutes_nothing() -> None:
    steps = check(r"Let $x = 3$. \[ x^2 = 9 \] Let $x = 4$. \[ x^2 = 9 \]", profile="plain").steps
    assert [step.verdict.kind for step in steps if step.verdict.claim is not None] == ["undecided", "refuted"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"\[ \sum_{k=1}^K N_k = \sum_i 1 \]", "undecided"),  # nobody says where i ends
        (r"\[ \sum_i x_i = \sum_i x_i + 1 \]", "refuted"),  # wherever it ends
        (r"\[ \sum_i 1 = n + 1 \]", "refuted"),
        (r"\[ \sum_{i=1}^n x_i = \sum_{i=2}^n x_i \]", "refuted"),
    ],
)
def test_an_end_that_we_supplied_refutes_nothing(text: str, kind: str) -> None:
    assert [step.verdict.kind for step in check(text, profile="plain").steps] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        r"\[ E[X^2] = E[XY] \]", r"\[ E[X] = E[Y] \]", r"Let $X, Y$ be independent. \[ E[X^2] = E[XY] \]",
        r"\[ \Phi(x) + \Phi(-x) = 0 \]", r"\[ \psi(x + y) = \psi(x) + \psi(y) \]",
    ],
)  # fmt: skip
def test_a_claim_about_a_letter_does_not_define_it(text: str) -> None:
    (step,) = check(text, profile="plain").steps
    assert step.verdict.kind in ("refuted", "undecided")


def test_a_bound_of_an_absolute_value_is_heard() -> None:
    report = check(r"For $|x| < 1$ we have $$\sum_{k=0}^{n} x^k = \frac{1}{1-x}$$", profile="plain")
    (step,) = report.steps
    assert step.verdict.kind == "refuted"
    assert step.verdict.counterexample is not None
    assert step.verdict.counterexample.point["x"] == "1/2"
    report = check(r"$$|x| \le 1 \iff -1 \le x \le 1$$", profile="plain")
    assert {step.verdict.kind for step in report.steps} == {"undecided"}


def test_orders_of_growth_are_not_read() -> None:
    assert [step.verdict.kind for step in check("$$O(x) + O(x) = O(x)$$", profile="plain").steps] == ["unread"]

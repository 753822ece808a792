"""What a formula without sentences may stand under: hypotheses that are named as missing, neither proved nor refuted."""

from __future__ import annotations

import pytest

import derivations
from derivations import check

HOLD_UNDER_A_HYPOTHESIS = [
    (r"\mathbb{E}[XY]", r"\mathbb{E}[X]\mathbb{E}[Y]", "X and Y are independent"),
    (r"\mathrm{Var}(X+Y)", r"\mathrm{Var}(X) + \mathrm{Var}(Y)", "X and Y are independent"),
    (
        r"\mathbb{E}[(X-Y)^2]", r"\mathrm{Var}(X) + \mathrm{Var}(Y)",
        "X and Y are independent and identically distributed",
    ),
    (r"\mathbb{E}[X^2]", r"\mathbb{E}[X]", "X is 0 or 1"),
    ("H(X,Y)", "H(X) + H(Y)", "the variables are independent"),
    ("H(X|Y)", "H(X)", "the variables are independent"),
    (r"\mathbb{E}[X|Y]", r"\mathbb{E}[X]", "the variables are independent"),
    ("p(x,y)", "p(x) p(y)", "the variables are independent"),
    (r"\sum_{i=1}^n w_i (x_i - c)", r"\sum_{i=1}^n w_i x_i - c", "the values of w are positive and sum to one"),
    (
        r"\sum_{k=1}^K p_k (x_k - \mu)^2", r"\sum_{k=1}^K p_k x_k^2 - \mu^2",
        "the values of p are positive and sum to one, and mu is the mean of x",
    ),
    (r"\sum_{i=1}^n x_i^2 - n\mu^2", r"\sum_{i=1}^n (x_i - \mu)^2", "mu is the mean of x"),
    (r"\sum_z p(x|z) p(z|y)", "p(x|y)", "x and y are independent given z"),
    ("H(X|Y,Z)", "H(X|Z)", "x and y are independent given z"),
]  # fmt: skip


@pytest.mark.parametrize(("lhs", "rhs", "hypothesis"), HOLD_UNDER_A_HYPOTHESIS)
def test_the_missing_hypothesis_is_named(lhs: str, rhs: str, hypothesis: str) -> None:
    verdict = derivations.prove(lhs, rhs)
    assert verdict.kind == "undecided"
    assert f"it holds if {hypothesis}, which nothing says" in str(verdict.reason)


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (r"\mathbb{E}[X^2]", r"\mathbb{E}[X]^2"),
        (r"\mathrm{Var}(X+Y)", r"\mathrm{Var}(X) - \mathrm{Var}(Y)"),
        (r"\mathrm{Var}(aX+b)", r"a\mathrm{Var}(X) + b"),
        (r"\mathrm{Cov}(X+Y, X-Y)", r"\mathrm{Var}(X) - \mathrm{Var}(Y) - 2\mathrm{Cov}(X,Y)"),
        (r"\mathrm{Var}(X)", r"\mathbb{E}[\mathrm{Var}(X|Y)]"),
        ("I(X;Y)", "H(X,Y) - H(X) - H(Y)"),
        ("H(X,Y)", "H(X) - H(Y)"),
        ("I(X;X)", "0"),
        (r"\sum_z p(x|z) p(z|y)", "p(y|x)"),
        (r"\sum_{i=1}^n x_i^2 - n\mu^2", r"\sum_{i=1}^n (x_i + \mu)^2"),
        (r"D_{KL}(\mathcal{N}(\mu,\sigma^2) \| \mathcal{N}(0,1))", r"\frac{1}{2}(1 - \log\sigma^2 - \mu^2 - \sigma^2)"),
        ("p(x|y)", r"\frac{p(y|x) p(y)}{p(x)}"),
        (r"\sum_z q(z) \nabla_\theta \log q_\theta(z)", "1"),
    ],
)
def test_what_no_hypothesis_saves_is_refuted(lhs: str, rhs: str) -> None:
    verdict = derivations.prove(lhs, rhs)
    assert verdict.kind == "refuted", verdict.reason


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [("p(x,y)", "p(x) p(y|x)"), ("I(X;Y)", "I(Y;X)"), ("I(X;X)", "H(X)"), ("H(X,X|Y)", "H(X|Y)"), ("H(X|X)", "0"),
     (r"-D_{KL}(\mathcal{N}(\mu,\sigma^2) \| \mathcal{N}(0,1))", r"\frac{1}{2}(1 + \log\sigma^2 - \mu^2 - \sigma^2)"),
     ("P(A|B) P(B)", "P(A, B)"), ("p(x|y)", r"\frac{p(y|x) p(x)}{p(y)}"),
     (r"\log\prod_{i=1}^n p(x_i)", r"\sum_{i=1}^n \log p(x_i)")],
)  # fmt: skip
def test_densities_are_known_by_their_arguments(lhs: str, rhs: str) -> None:
    assert derivations.prove(lhs, rhs).kind == "proved"


@pytest.mark.parametrize("formula", [r"H(X,Y) = H(X) + H(Y)", r"\mathrm{Var}(X+Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)"])
@pytest.mark.parametrize(
    ("sentence", "kind"),
    [("", "undecided"), ("Let $X$ and $Y$ be random variables.", "refuted"),
     ("Let $X$ and $Y$ be independent.", ("proved", "undecided"))],
)  # fmt: skip
def test_who_writes_sentences_says_what_is_independent(
    formula: str, sentence: str, kind: str | tuple[str, ...]
) -> None:
    (step,) = check(f"{sentence}\n\\[ {formula} \\]", profile="plain").steps
    assert step.verdict.kind in kind, step.verdict.reason


def test_a_hypothesis_saves_no_inequality() -> None:
    (step,) = check(r"\[ H(X|Y) \ge H(X) \]", profile="plain").steps
    assert step.verdict.kind == "refuted"


SAMPLES = r"""
Let $z^{(1)}, \dots, z^{(m)}$ be i.i.d. samples from $q_\phi(z)$ and
\[ \hat g = \frac{1}{m} \sum_{i=1}^m f(z^{(i)}) \nabla_\phi \log q_\phi(z^{(i)}). \]
\[ \mathbb{E}[\hat g] = \nabla_\phi \mathbb{E}_{q_\phi(z)}[f(z)] \]
\[ \mathrm{Var}[\hat g] = \frac{1}{m} \mathrm{Var}_{q_\phi(z)}[f(z) \nabla_\phi \log q_\phi(z)] \]
\[ \mathrm{Var}[\hat g] = \mathrm{Var}_{q_\phi(z)}[f(z) \nabla_\phi \log q_\phi(z)] \]
"""


def test_samples_numbered_above_the_line_behind_a_definition_are_random() -> None:
    """The draws in what defines the estimator were constants, and its mean was refuted."""
    kinds = [step.verdict.kind for step in check(SAMPLES, profile="plain").steps]
    assert kinds == ["definition", "proved", "proved", "refuted"]


@pytest.mark.parametrize("draws", [r"Let $z^{(i)}$ be some draws.", r"We draw $z^{(1)}, \dots, z^{(m)}$ somehow."])
def test_where_nothing_is_known_of_the_draws_nothing_is_refuted(draws: str) -> None:
    text = draws + SAMPLES[SAMPLES.index("\\[") :]
    assert "refuted" not in {step.verdict.kind for step in check(text, profile="plain").steps}


def test_what_is_said_of_the_sign_of_a_random_variable_is_heard() -> None:
    formula = r"\[ \mathbb{E}\left[\frac{1}{X}\right] \ge \frac{1}{\mathbb{E}[X]} \]"
    (step,) = check(f"Let $X > 0$ be a positive random variable. {formula}", profile="plain").steps
    assert step.verdict.kind != "refuted"
    (step,) = check(f"Let $X$ be a random variable. {formula}", profile="plain").steps
    assert step.verdict.kind == "refuted"


@pytest.mark.parametrize(
    ("law", "formula", "kind"),
    [
        (r"$K \sim \mathrm{Binomial}(n, p)$", r"\mathbb{E}[K] = np", "proved"),
        (r"$K \sim \mathrm{Binomial}(n, p)$", r"\mathbb{E}[K] = p", "refuted"),
        (r"$z \sim \mathcal{N}(\mu, \sigma^2)$", r"\mathbb{E}[z^2] = \mu^2 + \sigma^2", "proved"),
        (r"$z \sim \mathcal{N}(\mu_1, \sigma_1^2)$", r"\mathrm{Var}(z) = \sigma_1^2", "proved"),
        (r"$z \sim \mathcal{N}(\mu, \sigma^2)$", r"\mathbb{E}[z^2] = \sigma^2", "refuted"),
        (r"$\epsilon \sim \mathcal{N}(0, 1)$", r"\mathbb{E}[(\mu + \sigma\epsilon)^2] = \mu^2 + \sigma^2", "proved"),
    ],
)
def test_a_law_may_be_said_of_any_letter(law: str, formula: str, kind: str) -> None:
    (step,) = check(f"Let {law}. \\[ {formula} \\]", profile="plain").steps
    assert step.verdict.kind == kind, step.verdict.reason


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        (r"\sum_{z_1}\sum_{z_2} p(z_1,z_2) = 1", "proved"),
        (r"\sum_{z_1,z_2} p(z_1,z_2) f(z_1) = \sum_{z_1} p(z_1) f(z_1)", "proved"),
        (r"p(z_1,z_2) = p(z_1) p(z_2|z_1)", "proved"),
        (r"p(z_1) = \sum_{z_2} p(z_1,z_2)", "proved"),
        (r"p(x_1,x_2,x_3) = p(x_3|x_1,x_2) p(x_2|x_1) p(x_1)", "proved"),
        (r"p(z_1,z_2) = p(z_1) p(z_1|z_2)", "refuted"),
        (r"\sum_{z_1} p(z_2|z_1) = 1", "refuted"),
        (r"p(z_1,z_2) = p(z_1) p(z_2)", "undecided"),
    ],
)
def test_numbered_variables_have_a_joint_distribution(formula: str, kind: str) -> None:
    """They were values of one positive function of which nothing else was known, and true steps were refuted."""
    (step,) = check(f"\\[ {formula} \\]", profile="plain").steps
    assert step.verdict.kind == kind, step.verdict.reason


def test_a_positive_function_of_which_nothing_else_is_known_refutes_nothing() -> None:
    (step,) = check(r"\[ p(x_1, x_i) = p(x_1) p(x_i | x_1) \]", profile="plain").steps
    assert step.verdict.kind != "refuted"


MEAN_FIELD = r"""
Let $q(z_1, z_2) = q_1(z_1) q_2(z_2)$ be a mean-field approximation on finite sets.
\[ \sum_{z_1}\sum_{z_2} q(z_1,z_2)\log q(z_1,z_2) = \sum_{z_1} q_1(z_1)\log q_1(z_1) + \sum_{z_2} q_2(z_2)\log q_2(z_2) \]
\[ \sum_{z_2} q(z_1,z_2) = q_1(z_1) \]
\[ \sum_{z_2} q(z_1,z_2) = q_2(z_2) \]
"""


def test_factors_are_taken_for_distributions_and_what_holds_then_is_conditional_on_it() -> None:
    _, *steps = check(MEAN_FIELD, profile="plain").steps
    assert [step.verdict.kind for step in steps[:2]] == ["conditional"] * 2
    assert "pmf[z in Z](q(?i0, z))" in map(str, steps[0].verdict.conditions)
    assert steps[2].verdict.kind in ("refuted", "undecided")


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [("M_X(t)", r"\mathbb{E}[e^{tX}]"), ("P(A)", "1 - P(B)"), ("M_X(t)", r"1 + t\mathbb{E}[X]")],
)
def test_what_may_define_a_function_or_speak_of_an_event_is_not_refuted(lhs: str, rhs: str) -> None:
    assert derivations.prove(lhs, rhs).kind == "undecided"


def test_prove_knows_the_mean_of_a_sample() -> None:
    square = r"\frac{1}{n}\sum_{i=1}^n (x_i - \bar x)^2"
    assert derivations.prove(square, r"\frac{1}{n}\sum_{i=1}^n x_i^2 - \bar x^2").kind == "proved"
    assert derivations.prove(square, r"\frac{1}{n}\sum_{i=1}^n x_i^2 + \bar x^2").kind == "refuted"

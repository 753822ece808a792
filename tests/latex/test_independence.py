r"""What sentences say of independence, of means and of laws: proofs rest on nothing that was said of something else."""

from __future__ import annotations

import pytest

from tests.latex.test_letters_in_use import kinds

TWO = r"Let $X \sim \mathrm{Bern}(p)$ and $Y \sim \mathrm{Bern}(q)$"
DRAWS = r"Let $X_1, \dots, X_n$ be"
APART = r"$$E[X Y] = E[X] E[Y]$$"
TWO_DRAWS = r"$$E[X_1 X_2] = \mu^2$$"


@pytest.mark.parametrize(
    "said",
    [
        "{TWO} be independent. {APART}",
        "{TWO}. They are independent. {APART}",
        "{TWO}, where $X$ and $Y$ are independent of each other. {APART}",
        "{TWO}, where $X$ is independent of $Y$. {APART}",
        "Let independent variables $X \\sim \\mathrm{{Bern}}(p)$, $Y \\sim \\mathrm{{Bern}}(q)$ be given. {APART}",
        "{DRAWS} i.i.d. with mean $\\mu$. {TWO_DRAWS}",
        "{DRAWS} i.i.d. with mean $\\mu$, and $Y_1, \\dots, Y_n$ a chain. {TWO_DRAWS}",
    ],
)
def test_independence_that_is_said_is_used(said: str) -> None:
    assert kinds(said.format(**globals()))[-1] == "proved"


@pytest.mark.parametrize(
    "said",
    [
        "{TWO}. They are not independent. {APART}",
        "{TWO} be dependent, and $Z$ independent of both. {APART}",
        "{TWO}. The result is independent of the parametrisation. {APART}",
        "{TWO} be conditionally independent given $Z$. {APART}",
        "{TWO} be independent given $Z$. {APART}",
        "{TWO}, and let $X$ and $Z$ be independent. {APART}",
        "{TWO}. Then {APART} In the next section all variables are independent.",
        "{DRAWS} draws with mean $\\mu$, where $Y_1, \\dots, Y_n$ are i.i.d. {TWO_DRAWS}",
        "Let $Y_1, \\dots, Y_n$ be i.i.d. and let $X_1, \\dots, X_n$ be a chain with mean $\\mu$. {TWO_DRAWS}",
        "{DRAWS} i.i.d. given $Z$, with mean $\\mu$. {TWO_DRAWS}",
        "{DRAWS} observations with mean $\\mu$ and i.i.d. noise. {TWO_DRAWS}",
        "Let $X_1, \\dots, X_n \\sim p$ be independent of $Y$, with mean $\\mu$. {TWO_DRAWS}",
        "Let $X_1, \\dots, X_n \\sim \\mathrm{{Bern}}(\\mu)$ be pairwise independent. $$E[X_1 X_2 X_3] = \\mu^3$$",
    ],
)
def test_independence_of_others_is_not(said: str) -> None:
    assert "proved" not in kinds(said.format(**globals()))


@pytest.mark.parametrize(
    "said",
    [
        "i.i.d. with mean $0$ and variance $\\sigma^2$. $$E[X_1^2] = \\sigma^2$$",
        "i.i.d. with zero mean and variance $\\sigma^2$. $$E[X_1^2] = \\sigma^2$$",
        "i.i.d. with $E[X_i] = 0$ and variance $\\sigma^2$. $$E[X_1^2] = \\sigma^2$$",
    ],
)
def test_a_mean_that_is_a_number_refutes_nothing(said: str) -> None:
    assert "refuted" not in kinds(f"{DRAWS} {said}")


def test_a_parameter_that_is_said_to_be_a_number_is_one_in_the_law() -> None:
    said = r"$X \sim \mathrm{Bern}(p)$ with $p = \frac13$. "
    assert kinds(said + r"$$E[X] = \frac13$$") != ["refuted"]
    assert kinds(said + r"$$E[X] = \frac12$$") == ["refuted"]


def test_a_normal_law_may_be_written_with_its_deviation() -> None:
    density = r"\frac{1}{\sqrt{2\pi}\sigma} e^{-\frac{(x-\mu)^2}{2\sigma^2}}"
    assert kinds(rf"$$\mathcal{{N}}(x; \mu, \sigma) = {density}$$") == ["undecided"]
    assert kinds(rf"$$\mathcal{{N}}(x; \mu, \sigma^2) = {density}$$") == ["proved"]
    assert "refuted" not in kinds(r"Let $X \sim \mathcal{N}(\mu, \sigma)$. $$\mathrm{Var}(X) = \sigma^2$$")


def test_the_value_of_a_state_is_no_variance() -> None:
    assert kinds("$$V(s) + V(2) = V(s)$$") != ["proved"]
    assert kinds("$$V(2s) = 4 V(s)$$") == ["undecided"]
    assert kinds("$$V(2X) = 4 V(X)$$") == ["proved"]
    assert kinds("$$V[2x] = 4 V[x]$$") == ["proved"]


@pytest.mark.parametrize(
    ("said", "mean", "slope"),
    [
        (r"Let $X \sim \mathrm{Bern}(p)$.", r"\frac{d}{dp} E[X^2 + pX]", r"1 + 2p"),
        (r"Let $X_1, \dots, X_n \sim \mathrm{Bern}(p)$ be i.i.d.", r"\frac{d}{dp} E[\sum_{i=1}^n X_i]", "n"),
        (r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$.", r"\frac{\partial}{\partial \mu} E[X^2]", r"2\mu"),
        (r"Let $X \sim \mathrm{Bern}(p)$ with $p = \sigma(a)$.", r"\frac{d}{da} E[f(X)]", r"\sigma'(a)(f(1) - f(0))"),
    ],
)
def test_a_mean_is_differentiated_by_the_parameter_of_its_law(said: str, mean: str, slope: str) -> None:
    assert kinds(f"{said} $${mean} = {slope}$$") == ["proved"]
    assert kinds(f"{said} $${mean} = {slope} + 1$$") == ["refuted"]
    assert "proved" not in kinds(f"{said} $${mean} = 0$$")


def test_how_a_mean_changes_with_what_nobody_explains_is_not_known() -> None:
    assert kinds(r"$$\nabla_\theta E[f(X)] = 0$$") == ["undecided"]
    assert kinds(r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$. $$\frac{d}{d\mu} E[X_1] = 1$$") == ["undecided"]

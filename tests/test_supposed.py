"""Equations that sentences suppose: they claim nothing, and a step that may rest on them is not refuted outside them."""

from __future__ import annotations

import pytest

from derivations.checker import check


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"Suppose $\mathbb{E}[h(X)] = 0$. \[ \mathrm{Var}(h(X)) = \mathbb{E}[h(X)^2] \]", ["undecided", "undecided"]),
        (r"\[ \mathrm{Var}(h(X)) = \mathbb{E}[h(X)^2] \] where $\mathbb{E}[h(X)] = 0$", ["undecided", "undecided"]),
        (r"\[ \mathrm{Var}(h(X)) = \mathbb{E}[h(X)^2] \]", ["refuted"]),
        (r"Suppose $a + b = a b$. \[ (a + b)^2 = a^2 b^2 \]", ["undecided", "undecided"]),
        (r"Suppose $a + b = a b$. \[ 2a = 2b \]", ["undecided", "undecided"]),
        (r"Let $a, b > 0$ and $a + b = 1$. \[ a^2 + b^2 = 3 + (a - b)^2 \]", ["undecided", "refuted"]),
        # What another letter is said to be limits nothing.
        (r"We write $\log p(k) = k \log a$. \[ a^k = -a^k \]", ["undecided", "refuted"]),
        (r"If we expand, we get $(a + b)^2 = a^2 + b^2$.", ["refuted"]),
    ],
)
def test_what_is_supposed(text: str, kinds: list[str]) -> None:
    assert [step.verdict.kind for step in check(text, profile="plain").steps] == kinds


def test_a_mean_that_is_named_in_words() -> None:
    step = r"\[ \mathbb{E}[(Y - m)^2] = \mathbb{E}[Y^2] - m^2 \]"
    for text, kind in (
        (f"Let $m$ be the mean of $Y$. {step}", "undecided"),
        (f"Let $Y$ be random. {step}", "undecided"),
    ):
        assert check(text, profile="plain").steps[-1].verdict.kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"\[ |b| = -b \] where $b < 0$.", "conditional"),
        (r"\[ |b_1| = -b_1 \] Here $b_1$ is negative.", "conditional"),
        (r"Let $b > 0$. \[ |b| = -b \] Later we let $b < 0$.", "refuted"),  # the last word before the step
        ("\\[ a^2 + b = a^2 + 1 - a \\]\nwith $a = 1 - b$.", "proved"),
        (r"\[ a s + b = a s + 2 - a \] with $a = 1 - b$.", "refuted"),
        (r"\[ \mathbb{E}_q[z] = \mathbb{E}_q[z^2] \] Here $q(z) = \beta^z (1 - \beta)^{1 - z}$.", "undecided"),
        (r"\[ \frac{\partial}{\partial s} \log f(x) = -\frac{x}{s^2} \] Here $f(x) = e^{x/s}$.", "conditional"),
        (r"\[ \frac{\partial}{\partial s} \log f(x) = \frac{x}{s^2} \] Here $f(x) = e^{x/s}$.", "refuted"),
        (r"\[ \sum_z q(z) w(z) = \sum_z p(x, z) \] Here $w(z) = \frac{p(x, z)}{q(z)}$.", "undecided"),
        (r"\[ f(1) = -1 \] \[ f(e) = e \] Here $f(t) = t \log t - t$.", "proved"),
        (r"\[ H(X) = -\sum_v p(v) \log p(v) \]", "undecided"),
    ],
)
def test_what_is_said_behind_a_step(text: str, kind: str) -> None:
    assert check(text, profile="plain").steps[0].verdict.kind == kind


@pytest.mark.parametrize(
    ("words", "kind"), [("Therefore", "refuted"), ("where", "undecided"), ("so that also", "undecided")]
)
def test_what_is_concluded_from_a_wrong_step_does_not_save_it(words: str, kind: str) -> None:
    text = rf"""
    \paragraph{{2b}} The gradient is linear, so $\nabla_\phi \log q_\phi(z|x) = \log \nabla_\phi q_\phi(z|x)$.
    {words} $\sum_z q_\phi(z|x) \nabla_\phi \log q_\phi(z|x) = \sum_z q_\phi(z|x) \log \nabla_\phi q_\phi(z|x)$.
    """
    assert [step.verdict.kind for step in check(text, profile="seminar7").steps] == [kind, "undecided"]


def test_weights_of_a_sentence() -> None:
    text = r"Let $\sum_{k=1}^K x_k = 1$. \[ \sum_{k=1}^K x_k (c + a_k) = c + \sum_{k=1}^K x_k a_k \]"
    assert [step.verdict.kind for step in check(text, profile="plain").steps] == ["undecided", "proved"]


def test_a_distribution_of_another_form_than_the_task_has() -> None:
    text = r"""
    Assignment 1 b)

    We know that $q(z; \rho) = \rho^z (1 - \rho)^{1-z}$.
    \[ \mathbb{E}\left[\frac{z - \rho}{\rho(1 - \rho)}\right] = 0 \]
    """
    assert check(text, profile="seminar7").steps[-1].verdict.kind == "undecided"

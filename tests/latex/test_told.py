"""Distributions that a document defines, and sets and laws that its sentences say."""

from __future__ import annotations

import pytest

from derivations import check

BERNOULLI = (
    r"Let $z \in \{0,1\}$ have the distribution $q_\theta(z) = \theta^z (1-\theta)^{1-z}$ with $\theta \in (0,1)$."
)
FACTORISED = (
    r"Let $z \in \{0,1\}^n$ have the distribution $q(z) = \prod_{i=1}^n \theta_i^{z_i}(1-\theta_i)^{1-z_i}$"
    r" with $0 < \theta_i < 1$."
)
FAMILY = r"Let $p_\eta(x) = \exp(\eta t(x) - A(\eta))$, where $A(\eta) = \log\sum_{x\in\mathcal{X}} e^{\eta t(x)}$."
MIXTURE = r"Let $m(x) = \frac{1}{2}(p(x)+q(x))$ for distributions $p$ and $q$ on a finite set."
BIT = r"Throughout, $z \in \{0,1\}$ and $p(z)$ is a distribution."

STEPS = [
    (BERNOULLI, r"\mathbb{E}_{z\sim q_\theta}\left[\frac{z-\theta}{\theta(1-\theta)}\right] = 0", "conditional"),
    (BERNOULLI, r"\nabla_\theta \mathbb{E}_{z\sim q_\theta}[f(z)] = f(1) - f(0)", "proved"),
    (BERNOULLI, r"\nabla_\theta \mathbb{E}_{z\sim q_\theta}[f(z)] = f(1) + f(0)", "refuted"),
    (FACTORISED, r"\sum_z q(z) = 1", "proved"),
    (FACTORISED, r"\mathbb{E}_{q}[z_i] = \theta_i", "conditional"),
    (FACTORISED, r"\mathbb{E}_{q}[z_i] = 1 - \theta_i", "refuted"),
    (FACTORISED, r"H(q) = -\sum_{i=1}^n [\theta_i\log\theta_i + (1-\theta_i)\log(1-\theta_i)]", "proved"),
    (FACTORISED, r"\mathrm{Var}_{q}\left[\sum_{i=1}^n z_i\right] = \sum_{i=1}^n \theta_i(1-\theta_i)", "proved"),
    (FACTORISED, r"\mathrm{Var}_{q}\left[\sum_{i=1}^n z_i\right] = \sum_{i=1}^n \theta_i", "refuted"),
    (FAMILY, r"A'(\eta) = \mathbb{E}_{p_\eta(x)}[t(x)]", "proved"),
    (FAMILY, r"A''(\eta) = \mathrm{Var}_{p_\eta(x)}[t(x)]", "proved"),
    (FAMILY, r"A''(\eta) = \mathbb{E}_{p_\eta(x)}[t(x)^2]", "refuted"),
    (MIXTURE, r"\frac12 KL(p \| m) + \frac12 KL(q \| m) = H(m) - \frac12 H(p) - \frac12 H(q)", "proved"),
    (MIXTURE, r"\frac12 KL(p \| m) + \frac12 KL(q \| m) = H(m) + \frac12 H(p) + \frac12 H(q)", "refuted"),
    (BIT, r"\sum_z z p(z) = p(1)", "proved"),
    (BIT, r"\sum_z z p(z) = p(0)", "refuted"),
    (BIT + r" Now let $z$ be any variable.", r"\sum_z z p(z) = p(1)", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "step", "kind"), STEPS)
def test_the_verdict_after_a_sentence(sentence: str, step: str, kind: str) -> None:
    found = check(f"{sentence}\n\\[ {step} \\]", profile="plain").steps[-1]
    assert found.verdict.kind == kind, found.verdict.reason

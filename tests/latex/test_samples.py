r"""What sentences say of random variables, samples and weights, and derivatives by coordinates."""

from __future__ import annotations

import pytest

import derivations
from derivations.checker import check

SAMPLE = r"Let $X_1, \dots, X_m$ be i.i.d. with mean $\mu$ and variance $\sigma^2$. "
DRAWS = r"Let $z_1, \dots, z_m \sim p_\theta(z)$ be independent. "
INDEPENDENT = r"Let $X$ and $Y$ be independent. "
WEIGHTS = r"Weights with $\sum_{k=1}^K y_k = 1$. "

STEPS = [
    ("proved", SAMPLE, r"\mathrm{Var}\left(\frac1m\sum_{i=1}^m X_i\right) = \frac{\sigma^2}{m}"),
    ("refuted", SAMPLE, r"\mathrm{Var}\left(\frac1m\sum_{i=1}^m X_i\right) = \sigma^2"),
    ("proved", SAMPLE, r"\mathbb{E}\left[\left(\sum_{i=1}^m X_i\right)^2\right] = m\sigma^2 + m^2\mu^2"),
    ("refuted", SAMPLE, r"\mathbb{E}\left[\left(\sum_{i=1}^m X_i\right)^2\right] = m\sigma^2 + m\mu^2"),
    ("proved", SAMPLE, r"\mathrm{Cov}(X_i, X_j) = 0 \quad\text{for } i \neq j"),
    ("undecided", SAMPLE, r"\mathrm{Cov}(X_i, X_j) = 0"),  # they may be one draw
    ("proved", r"For $X_1, X_2$ i.i.d. with variance $\sigma^2$, ", r"\mathrm{Var}(X_1 - X_2) = 2\sigma^2"),
    ("refuted", r"For $X_1, X_2$ i.i.d. with variance $\sigma^2$, ", r"\mathrm{Var}(X_1 - X_2) = \sigma^2"),
    ("undecided", r"Let $X_1, \dots, X_m$ have mean $\mu$ and variance $\sigma^2$. ",
     r"\mathrm{Var}\left(\sum_{i=1}^m X_i\right) = m\sigma^2"),
    ("undecided", r"Let $X_1, \dots, X_m \sim \mathcal{N}(\mu, \sigma^2)$ be i.i.d. ",
     r"\mathbb{E}[(X_1 - \mu)^4] = 3\sigma^4"),  # it holds for normal distributions, and not for others
    ("proved", DRAWS, r"\mathbb{E}\left[\frac1m\sum_{i=1}^m f(z_i)\nabla_\theta\log p_\theta(z_i)\right]"
     r" = \nabla_\theta\mathbb{E}_{p_\theta(z)}[f(z)]"),
    ("refuted", DRAWS, r"\mathbb{E}\left[\sum_{i=1}^m f(z_i)\nabla_\theta\log p_\theta(z_i)\right]"
     r" = \nabla_\theta\mathbb{E}_{p_\theta(z)}[f(z)]"),
    ("conditional", DRAWS, r"\mathbb{E}\left[\frac1m\sum_{i=1}^m \left(f(z_i) - \frac{1}{m-1}\sum_{j\neq i} f(z_j)\right)"
     r"\nabla_\theta\log p_\theta(z_i)\right] = \nabla_\theta\mathbb{E}_{p_\theta(z)}[f(z)]"),
    ("proved", INDEPENDENT, r"\mathrm{Var}(X - Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)"),
    ("refuted", INDEPENDENT, r"\mathrm{Var}(X - Y) = \mathrm{Var}(X) - \mathrm{Var}(Y)"),
    ("proved", r"Let $X \sim \mathrm{Bin}(n, p)$. ", r"\mathrm{Var}(X) = np(1-p)"),
    ("refuted", r"Let $X \sim \mathrm{Bin}(n, p)$. ", r"\mathrm{Var}(X) = np^2"),
    ("undecided", r"Let $X \sim \mathrm{Bern}(p)$ and $Y \sim \mathrm{Bern}(q)$. ", r"\mathbb{E}[XY] = pq"),
    ("proved", WEIGHTS, r"\sum_{k=1}^K y_k (x - c) = x - c"),
    ("undecided", "", r"\sum_{k=1}^K y_k = 1"),
    # A letter that a sum binds in one display is free in the next, and a sum without ends has those of its neighbours.
    ("proved", r"$$\sum_{k=1}^K \sum_{j=1}^K a_k b_j = \sum_{k=1}^K a_k \sum_{j=1}^K b_j$$ ",
     r"\left(\sum_{k=1}^K a_k\right)^2 = \sum_{k=1}^K a_k^2 + \sum_{k \neq j} a_k a_j"),
    ("proved", "", r"D_{KL}(p\|q) = \sum_{k=1}^K p_k \log\frac{p_k}{q_k}"),
    ("refuted", "", r"D_{KL}(p\|q) = \sum_{k=1}^K p_k \log\frac{q_k}{p_k}"),
    ("proved", "", r"H(p) = -\sum_i p_i \log p_i"),
    ("proved", "", r"\int (x-\mu)^2 p(x)\,dx = \int x^2 p(x)\,dx - 2\mu\int x p(x)\,dx + \mu^2"),
    ("refuted", "", r"\int (x-\mu)^2 p(x)\,dx = \int x^2 p(x)\,dx + \mu^2"),
    ("undecided", "", r"\int x p(x - a)\,dx = a + \int x p(x)\,dx"),
    # Derivatives by coordinates.
    ("proved", "", r"\frac{\partial}{\partial w_1}(w_0 + w_1 x)^2 = 2x(w_0 + w_1 x)"),
    ("undecided", "", r"\frac{\partial}{\partial\theta_1}\theta_1^2 = 0"),
    ("undecided", "", r"\frac{\partial}{\partial\theta_i}\theta_i^2 = 0"),
    ("proved", "", r"\frac{\partial}{\partial w_i}\sum_{j=1}^n w_j^2 = 2w_i"),
    ("unread", "", r"\frac{\partial^2 f_\theta(x)}{\partial\theta_i\partial\theta_j} = 0"),
    ("undecided", "", r"\frac{\partial p_\theta(x)}{\partial\theta_i} = \frac{\partial p_\theta(x)}{\partial\theta_j}"),
    ("proved", "", r"\sum_x p_\theta(x)\frac{\partial\log p_\theta(x)}{\partial\theta_i}"
     r"\frac{\partial\log p_\theta(x)}{\partial\theta_j}"
     r" = -\sum_x p_\theta(x)\frac{\partial^2\log p_\theta(x)}{\partial\theta_i\partial\theta_j}"),
    ("refuted", "", r"\sum_x p_\theta(x)\frac{\partial\log p_\theta(x)}{\partial\theta_i}"
     r"\frac{\partial\log p_\theta(x)}{\partial\theta_j}"
     r" = \sum_x p_\theta(x)\frac{\partial^2\log p_\theta(x)}{\partial\theta_i\partial\theta_j}"),
    # Which distribution an expectation without one is under, where the document samples from one with a parameter.
    ("undecided", r"Let $z \sim p_\theta(z)$. ",
     r"\nabla_\theta\mathbb{E}[f_\theta(z)] = \mathbb{E}[\nabla_\theta f_\theta(z)]"),
    ("undecided", r"Let $z_1, \dots, z_m \sim p_\theta(z)$ be i.i.d. ", r"\nabla_\theta\mathbb{E}[f(z_1)] = 0"),
    ("proved", r"Let $z \sim p_\theta(z)$. ", r"\nabla_\theta\mathbb{E}[2 f(z)] = 2\nabla_\theta\mathbb{E}[f(z)]"),
    ("undecided", r"Let $X_1, \dots, X_m$ be identically distributed with variance $\sigma^2$. ",
     r"\mathrm{Var}\left(\sum_{i=1}^m X_i\right) = m\sigma^2"),
    ("proved", r"Let $X_1, \dots, X_m$ be i.i.d. Later let $X \sim \mathcal{N}(0,1)$. ", r"\mathbb{E}[X^4] = 3"),
    ("undecided", r"Let $X$ and $Y$ be independent given $Z$. ", r"\mathbb{E}[XY] = \mathbb{E}[X]\mathbb{E}[Y]"),
    ("undecided", "", r"D_{KL}(p(x,y)\|q(x,y)) = D_{KL}(p(x)\|q(x)) + D_{KL}(p(y|x)\|q(y|x))"),
]  # fmt: skip


@pytest.mark.parametrize("profile", ["plain", "seminar7"])
@pytest.mark.parametrize(("kind", "said", "formula"), STEPS)
def test_what_is_said_before_a_display(kind: str, said: str, formula: str, profile: str) -> None:
    chains = [chain for chain in check(rf"{said}\[ {formula} \]", profile=profile).chains if not chain.chain.inline]
    step = [chain for chain in chains if chain.steps][-1 if r"\text" not in formula else 0].steps[0]
    assert step.verdict.kind == kind, (step.read_as, step.verdict.reason)


@pytest.mark.parametrize(
    ("lhs", "rhs", "kind"),
    [
        (r"\mathbb{E}[(X-c)^2]", r"\mathrm{Var}(X) + (\mathbb{E}[X]-c)^2", "proved"),
        (r"\mathbb{E}[(X-c)^2]", r"\mathrm{Var}(X) - (\mathbb{E}[X]-c)^2", "refuted"),
        (r"\mathbb{E}_{q(z)}[\log p(x,z) - \log q(z)]", r"\log p(x) - D_{KL}(q(z)\|p(z|x))", "proved"),
        (r"\mathbb{E}_{q(z)}[\log p(x,z) - \log q(z)]", r"\log p(x) + D_{KL}(q(z)\|p(z|x))", "refuted"),
        (r"H(X,Y)", r"H(X) + H(Y|X)", "proved"),
    ],
)
def test_prove_reads_distributions_as_a_document_does(lhs: str, rhs: str, kind: str) -> None:
    assert derivations.prove(lhs, rhs).kind == kind
    assert derivations.prove(lhs, rhs, {"c": "real"}).kind == kind


APART = r"Let $X_1, \dots, X_n$ be independent"


@pytest.mark.parametrize(
    ("sentence", "formula", "kind"),
    [
        (APART, r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = \sum_{i=1}^n \mathrm{Var}(X_i)", "proved"),
        (APART, r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = n \sum_{i=1}^n \mathrm{Var}(X_i)", "refuted"),
        (APART, r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = n\mathrm{Var}(X_i)", "refuted"),
        (
            APART + r" with variances $\sigma_i^2$",
            r"\mathrm{Var}\left(\sum_{i=1}^n a_i X_i\right) = \sum_{i=1}^n a_i^2 \sigma_i^2",
            "proved",
        ),
        (
            APART + r" with $\sigma_i^2 = \mathrm{Var}(X_i)$",
            r"\mathrm{Var}\left(\sum_{i=1}^n a_i X_i\right) = \sum_{i=1}^n a_i \sigma_i^2",
            "refuted",
        ),
        (
            APART + r" with means $\mu_i$",
            r"\mathbb{E}\left[\sum_{i=1}^n X_i\right] = \sum_{i=1}^n \mu_i",
            "proved",
        ),
        (
            APART + " given $Y$",
            r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = \sum_{i=1}^n \mathrm{Var}(X_i)",
            "undecided",
        ),
        (
            r"Let $X_1, \dots, X_n$ be pairwise independent",
            r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = n \sum_{i=1}^n \mathrm{Var}(X_i)",
            "undecided",
        ),
    ],
)
def test_independent_draws_may_have_a_law_each(sentence: str, formula: str, kind: str) -> None:
    *_, step = check(f"{sentence}. \\[ {formula} \\]", profile="plain").steps
    assert step.verdict.kind == kind, step.verdict.reason


@pytest.mark.parametrize(
    ("sentence", "formula", "kind"),
    [
        (
            r"Let $p_k > 0$, $q_k > 0$ with $\sum_{k=1}^K p_k = \sum_{k=1}^K q_k = 1$",
            r"\sum_{k=1}^K p_k \log\frac{p_k}{q_k} \ge 0",
            "conditional",
        ),
        (
            r"Let $p_k > 0$, $q_k > 0$ with $\sum_{k=1}^K p_k = \sum_{k=1}^K q_k = 1$",
            r"\sum_{k=1}^K \frac{p_k^2}{q_k} \le 1",
            "refuted",
        ),
        (r"Let $p_k > 0$ and $\sum_{k=1}^K p_k = 1$", r"-\sum_{k=1}^K p_k \log p_k \le \log K", "conditional"),
        (r"Let $p_k > 0$ and $\sum_{k=1}^K p_k = 1$", r"-\sum_{k=1}^K p_k \log p_k \ge \log K", "refuted"),
        (
            r"Let $w_1, \dots, w_n$ be positive weights with $\sum_{i=1}^n w_i = 1$",
            r"\log\left(\sum_{i=1}^n w_i x_i\right) \ge \sum_{i=1}^n w_i \log x_i",
            "proved",
        ),
    ],
)
def test_what_is_said_of_weights_in_passing_is_heard(sentence: str, formula: str, kind: str) -> None:
    *_, step = check(f"{sentence}. \\[ {formula} \\]", profile="plain").steps
    assert step.verdict.kind == kind, step.verdict.reason

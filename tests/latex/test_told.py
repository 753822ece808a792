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

NOISE = r"Let $z = \mu + \sigma\epsilon$ with $\epsilon \sim \mathcal{N}(0,1)$."
COMPONENTS = r"Let $z = (z_1,\dots,z_n) \in \{0,1\}^n$ have independent $z_i \sim \mathrm{Bernoulli}(\mu_i)$."
CATEGORY = r"Let $z$ take values in $\{1,\dots,K\}$ with probabilities $\pi_1,\dots,\pi_K$."
WAITING = r"Let $X$ be exponentially distributed with rate $\lambda > 0$."
ENERGY = r"Let $P(x) = \frac{1}{Z}e^{-E(x)}$ with $Z = \sum_x e^{-E(x)}$, and $Q(x)$ any distribution."
DENSITIES = r"Let $p(x) = \sum_{k=1}^K \pi_k p_k(x)$ with weights $\pi_k > 0$, $\sum_{k=1}^K \pi_k = 1$, and densities $p_k(x)$."
ANY = r"Let $q_\phi(z)$ be a density and $f(z)$ a function."

VALUES = r"Let $f_1,\dots,f_K$ be real numbers with $K \ge 2$ and $\bar f = \frac{1}{K}\sum_{k=1}^K f_k$."
MASSES = r"Let $p$ and $q$ be probability mass functions on $\{1,\dots,K\}$, written $p_k$ and $q_k$."
FACTORS = r"Let $q(z_1,z_2) = q_1(z_1)q_2(z_2)$ be a mean-field distribution over finite variables."

CHANCE = r"Let $z \in \{0,1\}$ with $p(z=1) = \theta$."
TRAJECTORY = r"""A trajectory $\tau = (s_1,a_1,\dots,s_T,a_T)$ has probability
\[ p_\theta(\tau) = p(s_1)\prod_{t=1}^T \pi_\theta(a_t|s_t)p(s_{t+1}|s_t,a_t) \]"""

STEPS = [
    (CHANCE, r"\mathbb{E}[z] = \theta", "proved"),
    (CHANCE, r"\sum_z p(z) f(z) = \theta f(1) + (1-\theta) f(0)", "proved"),
    (CHANCE, r"\mathbb{E}_{p(z)}[z] = 1 - \theta", "refuted"),
    (TRAJECTORY, r"\nabla_\theta\log p_\theta(\tau) = \sum_{t=1}^T \nabla_\theta\log\pi_\theta(a_t|s_t)", "proved"),
    (VALUES, r"f_i - \frac{1}{K-1}\sum_{j\neq i} f_j = \frac{K}{K-1}(f_i - \bar f)", "conditional"),
    (VALUES, r"f_i - \frac{1}{K-1}\sum_{j\neq i} f_j = f_i - \bar f", "refuted"),
    (VALUES, r"\left(\sum_{i=1}^K f_i\right)^2 = \sum_{i=1}^K f_i^2 + \sum_{i \ne j} f_i f_j", "proved"),
    (MASSES, r"\sum_{k=1}^K (p_k - q_k) = 0", "conditional"),
    (MASSES, r"\sum_{k=1}^K \frac{(p_k-q_k)^2}{q_k} = \sum_{k=1}^K \frac{p_k^2}{q_k} - 1", "conditional"),
    (MASSES, r"\sum_{k=1}^K \frac{(p_k-q_k)^2}{q_k} = \sum_{k=1}^K \frac{p_k^2}{q_k} + 1", "refuted"),
    (FACTORS, r"\mathbb{E}_{q(z_1,z_2)}[f(z_1) g(z_2)] = \mathbb{E}_{q_1(z_1)}[f(z_1)] \mathbb{E}_{q_2(z_2)}[g(z_2)]", "proved"),
    (FACTORS, r"H[q(z_1,z_2)] = H[q_1(z_1)] + H[q_2(z_2)]", "conditional"),
    (NOISE, r"\nabla_\mu \mathbb{E}_{\epsilon}[(\mu+\sigma\epsilon)^2] = \mathbb{E}_\epsilon[2(\mu+\sigma\epsilon)]", "proved"),
    (NOISE, r"\mathrm{Var}[z] = \sigma", "refuted"),
    (NOISE, r"\mathbb{E}_\epsilon[\epsilon X] = 0", "unread"),
    (COMPONENTS, r"\mathbb{E}[z_i] = \mu_i", "proved"),
    (COMPONENTS, r"\mathrm{Var}\left(\sum_{i=1}^n w_i z_i\right) = \sum_{i=1}^n w_i^2 \mu_i (1-\mu_i)", "proved"),
    (COMPONENTS, r"\mathrm{Var}\left(\sum_{i=1}^n w_i z_i\right) = \sum_{i=1}^n w_i \mu_i (1-\mu_i)", "refuted"),
    (CATEGORY, r"\mathbb{E}[f(z)] = \sum_{k=1}^K \pi_k f(k)", "proved"),
    (CATEGORY, r"\mathbb{E}[f(z)] = \frac{1}{K}\sum_{k=1}^K f(k)", "refuted"),
    (r"Let $c \sim \mathrm{Cat}(\pi)$.", r"\mathbb{E}[f(c)] = \sum_{k=1}^K \pi_k f(k)", "proved"),
    (WAITING, r"\mathrm{Var}(X) = \frac{1}{\lambda^2}", "proved"),
    (WAITING, r"\mathbb{E}[X] = \lambda", "refuted"),
    (ENERGY, r"\sum_x Q(x)\log\frac{Q(x)}{P(x)} = \sum_x Q(x)E(x) + \sum_x Q(x)\log Q(x) + \log Z", "proved"),
    (ENERGY, r"\sum_x Q(x)\log\frac{Q(x)}{P(x)} = \sum_x Q(x)E(x) + \sum_x Q(x)\log Q(x) - \log Z", "refuted"),
    (DENSITIES, r"\int p(x)\,dx = 1", "proved"),
    (DENSITIES, r"\int x p(x)\,dx = \sum_{k=1}^K \pi_k \int x p_k(x)\,dx", "proved"),
    (DENSITIES, r"\int x p(x)\,dx = \int x p_k(x)\,dx", "refuted"),
    (ANY, r"\int f(z) \nabla_\phi q_\phi(z)\,dz = \mathbb{E}_{q_\phi(z)}[\nabla_\phi \log q_\phi(z)]", "refuted"),
    (r"Let $q_\phi(z)$ be a density.",
     r"\int f(z) \nabla_\phi q_\phi(z)\,dz = \mathbb{E}_{q_\phi(z)}[\nabla_\phi \log q_\phi(z)]", "undecided"),
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


EVERYDAY = [
    (r"H[p(x,y)] = -\sum_x\sum_y p(x,y)\log p(x,y)", "proved"),
    (r"\nabla_x \log p(x|y) = \nabla_x \log p(x) + \nabla_x \log p(y|x)", "proved"),
    (r"p_\theta(x) \nabla_\theta p_\theta(x) = \nabla_\theta \log p_\theta(x)", "refuted"),
    (r"\mathrm{H}[x,y] = \mathrm{H}[y|x] + \mathrm{H}[x]", "proved"),
    (r"\mathrm{I}[x,y] = \mathrm{H}[x] - \mathrm{H}[x|y]", "proved"),
    (r"\mathrm{I}[x,y] = \mathrm{H}[x] - \mathrm{H}[y|x]", "refuted"),
    (r"\mathrm{H}[y|x] = -\sum_x\sum_y p(x,y)\ln p(y|x)", "proved"),
    (r"H(x,y) = -\sum_x\sum_y p(x,y)\ln p(x,y)", "proved"),
    (r"H(Y|X) = \sum_x p(x) H(Y|x)", "proved"),
    (r"H(X_1,X_2,X_3) = H(X_1) + H(X_2|X_1) + H(X_3|X_2,X_1)", "proved"),
    (r"I(X_1;X_2) = H(X_1) - H(X_2|X_1)", "refuted"),
    (r"H(X_1,X_2) = -\sum_{x_1}\sum_{x_2} p(x_1,x_2) \log p(x_1,x_2)", "proved"),
    (r"-\sum_x p(x)\log q(x) = H(p) + D(p\|q)", "proved"),
    (r"D(p\|q) = D(q\|p)", "refuted"),
    (r"\mathbb{E}[(y(x)-t)^2] = \int\int (y(x)-t)^2 p(x,t)\,dx\,dt", "proved"),
]


@pytest.mark.parametrize(("step", "kind"), EVERYDAY)
def test_entropies_and_divergences_as_books_write_them(step: str, kind: str) -> None:
    (found,) = check(f"For the joint distribution, \\[ {step} \\]", profile="plain").steps
    assert found.verdict.kind == kind, found.verdict.reason


def test_a_letter_that_is_called_a_distribution_is_one() -> None:
    text = r"""For any distribution $Q(z)$ on a finite set,
    \[ \log\sum_z Q(z)\frac{p(x,z;\theta)}{Q(z)} \ge \sum_z Q(z)\log\frac{p(x,z;\theta)}{Q(z)} \]
    \[ \sum_z Q(z)\log\frac{p(x,z)}{Q(z)} = \log p(x) - D_{KL}(Q(z)\|p(z|x)) \]
    \[ \sum_z Q(z)\log\frac{p(x,z)}{Q(z)} = \log p(x) - D_{KL}(Q(z)\|p(z)) \]"""
    assert [step.verdict.kind for step in check(text, profile="plain").steps] == ["proved", "proved", "refuted"]


def test_a_sentence_supposes_what_stands_in_it() -> None:
    text = r"""Let $w_1, w_2 \ge 0$, $w_1 + w_2 = 1$, and $a, b > 0$.
    \[ \log(w_1 a + w_2 b) \ge w_1\log a + w_2\log b \]
    With $w_1 = w_2 = \frac12$ this is the inequality of means. Let $G$ be a random variable with $0 < E[G^2]$."""
    assert "refuted" not in [step.verdict.kind for step in check(text, profile="plain").steps]


NOT_REFUTED = [
    (
        r"Let $p(x) = \lambda e^{-\lambda x}$ for $x \ge 0$.",
        r"\mathbb{E}_p[x] = \frac{1}{\lambda}",
    ),  # a density, on no finite set
    (r"Let $Y$ be a random variable with values in $[0,1]$.", r"\mathbb{E}[Y^2] \le \mathbb{E}[Y]"),
    (r"Let $X$ be a nonnegative random variable.", r"\mathbb{E}[X] \ge 0"),
    (r"The energy of a wave. Let $X$ and $Y$ be random variables.", "E(X + Y) = E(X) + E(Y)"),
    (r"Let $F(x)$ be the distribution function of $X$ with density $f(x)$.", r"\int_a^b f(x)\,dx = F(b) - F(a)"),
]


@pytest.mark.parametrize(("sentence", "step"), NOT_REFUTED)
def test_what_words_leave_open_refutes_nothing(sentence: str, step: str) -> None:
    found = check(f"{sentence}\n\\[ {step} \\]", profile="plain").steps[-1]
    assert found.verdict.kind != "refuted"

r"""A corpus of our own: integrals, joint and normal distributions, inequalities, softmax in LaTeX, many wrong.

Each line is a chain, read under the profile `plain`, with the verdict that every step of it must get.
"""

from __future__ import annotations

import pytest

from derivations import check

CORPUS = [
    ("proved", r"\int p(x) dx = 1"),
    ("proved", r"\int_{-\infty}^{\infty} p(x)\, dx = 1"),
    ("proved", r"\int_{\mathcal X} p(x) \mathrm{d}x = 1"),
    ("proved", r"\int p(x) (f(x) - b) dx = \int p(x) f(x) dx - b"),
    ("proved", r"\mathbb E_{x\sim p}[f(x)] = \int p(x) f(x) dx"),
    ("proved", r"\mathbb E_{p(x)}[f(x)] = \int f(x) p(x) dx"),
    (
        "conditional",
        r"\nabla_\theta \int p_\theta(x) f(x) dx = \int p_\theta(x) f(x) \nabla_\theta \log p_\theta(x) dx",
    ),
    ("refuted", r"\nabla_\theta \int p_\theta(x) f(x) dx = \int f(x) \nabla_\theta \log p_\theta(x) dx"),
    ("proved", r"KL(q \| p) = \int q(z) \log \frac{q(z)}{p(z)} dz"),
    ("refuted", r"KL(q \| p) = \int p(z) \log \frac{q(z)}{p(z)} dz"),
    ("proved", r"\log p(x) = \int q(z) \log p(x) dz"),
    ("proved", r"\int q(z) \log \frac{p(x,z)}{q(z)} dz = \int q(z) \log p(x|z) dz - KL(q(z)\|p(z))"),
    ("proved", r"\int q(z|x) \log p(x) dz = \log p(x)"),
    ("proved", r"p(x) = \int p(x,z) dz = \int p(x|z) p(z) dz"),
    ("proved", r"\iint p(x,z) f(x) dx dz = \int p(x) f(x) dx"),
    ("proved", r"\int\int p(x,z) dz dx = 1"),
    ("proved", r"\int dx\, p(x) f(x) = \int p(x) f(x) dx"),
    ("proved", r"\int_x p(x) f(x) = \mathbb E_p[f(x)]"),
    ("proved", r"\log p(x) = \int q(z|x) \log\frac{p(x,z)}{q(z|x)} dz + \int q(z|x) \log\frac{q(z|x)}{p(z|x)} dz"),
    ("refuted", r"\log p(x) = \int q(z|x) \log\frac{p(x,z)}{q(z|x)} dz - \int q(z|x) \log\frac{q(z|x)}{p(z|x)} dz"),
    ("proved", r"\mathrm{Var}_p[f(x)] = \int p(x) f(x)^2 dx - \left(\int p(x) f(x) dx\right)^2"),
    ("conditional", r"\int \nabla_\theta p_\theta(x) dx = \nabla_\theta \int p_\theta(x) dx"),
    ("conditional", r"\int \nabla_\theta p_\theta(x) dx = 0"),
    ("proved", r"\nabla_\theta \int p_\theta(x) dx = 0"),
    ("proved", r"\mathbb E[f(X)|Y=y] = \sum_x p(x|y) f(x)"),
    ("proved", r"\mathbb E[\mathbb E[f(X)|Y]] = \mathbb E[f(X)]"),
    ("proved", r"H(X|Y) = -\sum_{x,y} p(x,y)\log p(x|y)"),
    ("proved", r"\sum_z p(z|x) = 1"),
    ("proved", r"p(z|x) = \frac{p(x|z)p(z)}{p(x)}"),
    ("proved", r"p(z|x) = \frac{p(x|z)p(z)}{\sum_{z'} p(x|z')p(z')}"),
    ("proved", r"\log p(x) \geq \sum_z q(z) \log\frac{p(x,z)}{q(z)}"),
    ("conditional", r"\mathbb E_q[\log f(z)] \leq \log \mathbb E_q[f(z)]"),
    ("proved", r"KL(q\|p) \ge 0"),
    ("refuted", r"KL(q\|p) \le 0"),
    ("proved", r"\sum_{x,z} p(x,z) = 1"),
    ("proved", r"\sum_x \sum_z p(x,z) = 1"),
    ("proved", r"\mathbb E_{p(x,z)}[f(x)] = \mathbb E_{p(x)}[f(x)]"),
    ("proved", r"\mathbb E[X|Y=y] = \sum_x x\, p(x|y)"),
    ("refuted", r"\mathbb E[X|Y=y] = \sum_x x\, p(y|x)"),
    ("proved", r"\mathrm{Var}(X) = \mathbb E[\mathrm{Var}(X|Y)] + \mathrm{Var}(\mathbb E[X|Y])"),
    ("refuted", r"\mathrm{Var}(X) = \mathbb E[\mathrm{Var}(X|Y)] - \mathrm{Var}(\mathbb E[X|Y])"),
    ("proved", r"H(X,Y) = H(X) + H(Y|X)"),
    ("undecided", r"H(X,Y) = H(X) + H(Y)"),  # it holds for independent variables
    ("proved", r"I(X;Y) = H(X) - H(X|Y)"),
    ("proved", r"I(X;Y) = H(X) + H(Y) - H(X,Y)"),
    ("refuted", r"I(X;Y) = H(X) - H(Y|X)"),
    ("proved", r"I(X;Y) = \sum_{x,y} p(x,y) \log\frac{p(x,y)}{p(x)p(y)}"),
    ("proved", r"I(X;Y) = \sum_y p(y) KL(p(x|y) \| p(x))"),
    ("proved", r"\mathbb E[X Y | Y] = Y \mathbb E[X | Y]"),
    ("proved", r"\mathbb E[(X - \mathbb E[X|Y])g(Y)] = 0"),
    ("proved", r"\log p(x) \geq \int q(z) \log\frac{p(x,z)}{q(z)} dz"),
    ("proved", r"\log p(x) \geq \int q(z|x) \log p(x|z) dz - KL(q(z|x)\|p(z))"),
    ("refuted", r"\log p(x) \leq \int q(z|x) \log p(x|z) dz - KL(q(z|x)\|p(z))"),
    ("proved", r"\log \sum_z p(x,z) \geq \sum_z q(z) \log\frac{p(x,z)}{q(z)}"),
    (
        "proved",
        r"\log \mathbb E_q\left[\frac{p(x,z)}{q(z)}\right] \geq \mathbb E_q\left[\log\frac{p(x,z)}{q(z)}\right]",
    ),
    ("proved", r"\mathbb E_q[f(z)]^2 \leq \mathbb E_q[f(z)^2]"),
    ("refuted", r"\mathbb E_q[f(z)]^2 \geq \mathbb E_q[f(z)^2]"),
    ("proved", r"e^{\mathbb E_q[f(z)]} \leq \mathbb E_q[e^{f(z)}]"),
    ("proved", r"|\mathbb E_q[f(z)]| \leq \mathbb E_q[|f(z)|]"),
    ("proved", r"\log x \leq x - 1"),
    ("proved", r"1 + x \leq e^x"),
    ("refuted", r"\log x \leq x - 2"),
    ("proved", r"H(q) \geq 0"),
    ("proved", r"I(X;Y) \geq 0"),
    ("proved", r"H(X|Y) \leq H(X)"),
    ("refuted", r"H(X|Y) \geq H(X)"),
    ("proved", r"\mathrm{Var}_q[f(z)] \geq 0"),
    ("proved", r"-\sum_z q(z)\log p(z) \geq -\sum_z q(z)\log q(z)"),
    ("proved", r"\mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[x] = \mu"),
    ("proved", r"\mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[x^2] = \mu^2+\sigma^2"),
    ("refuted", r"\mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[x^2] = \mu^2-\sigma^2"),
    ("proved", r"\mathrm{Var}_{x\sim\mathcal N(\mu,\sigma^2)}[x] = \sigma^2"),
    ("proved", r"\int_{-\infty}^{\infty} \mathcal N(x;\mu,\sigma^2)\, x \,dx = \mu"),
    ("proved", r"\int \mathcal N(x|\mu,\sigma^2) (x-\mu)^2 dx = \sigma^2"),
    ("proved", r"KL(\mathcal N(\mu,\sigma^2)\|\mathcal N(0,1)) = -\frac12(1+\log\sigma^2-\mu^2-\sigma^2)"),
    ("refuted", r"KL(\mathcal N(\mu,\sigma^2)\|\mathcal N(0,1)) = \frac12(1+\log\sigma^2-\mu^2-\sigma^2)"),
    (
        "proved",
        r"D_{KL}(\mathcal N(\mu_1,\sigma_1^2)\|\mathcal N(\mu_2,\sigma_2^2)) = \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12",
    ),
    (
        "refuted",
        r"D_{KL}(\mathcal N(\mu_1,\sigma_1^2)\|\mathcal N(\mu_2,\sigma_2^2)) = \log\frac{\sigma_1}{\sigma_2} + \frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12",
    ),
    ("proved", r"H(\mathcal N(\mu,\sigma^2)) = \frac12\log(2\pi e\sigma^2)"),
    ("refuted", r"H(\mathcal N(\mu,\sigma^2)) = \frac12\log(2\pi\sigma^2)"),
    ("proved", r"\log\mathcal N(x;\mu,\sigma^2) = -\frac12\log(2\pi\sigma^2) - \frac{(x-\mu)^2}{2\sigma^2}"),
    ("refuted", r"\log\mathcal N(x;\mu,\sigma^2) = -\frac12\log(2\pi\sigma^2) - \frac{(x-\mu)^2}{\sigma^2}"),
    ("proved", r"\mathcal N(x;\mu,\sigma^2) = \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}"),
    (
        "proved",
        r"\mathcal N(x;\mu,\sigma^2) = \frac{1}{\sigma\sqrt{2\pi}} \exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)",
    ),
    (
        "refuted",
        r"\mathcal N(x;\mu,\sigma^2) = \frac{1}{\sqrt{2\pi\sigma}} \exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)",
    ),
    (
        "proved",
        r"\nabla_\mu \mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[x^2] = \mathbb E_{\epsilon\sim\mathcal N(0,1)}[2(\mu+\sigma\epsilon)]",
    ),
    (
        "conditional",
        r"\nabla_\mu \mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[f(x)] = \mathbb E_{\epsilon\sim\mathcal N(0,1)}[f'(\mu+\sigma\epsilon)]",
    ),
    (
        "refuted",
        r"\nabla_\mu \mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[f(x)] = \mathbb E_{\epsilon\sim\mathcal N(0,1)}[f'(\mu+\epsilon)]",
    ),
    ("proved", r"\nabla_\mu \log\mathcal N(x;\mu,\sigma^2) = \frac{x-\mu}{\sigma^2}"),
    ("refuted", r"\nabla_\mu \log\mathcal N(x;\mu,\sigma^2) = \frac{\mu-x}{\sigma^2}"),
    (
        "proved",
        r"\sum_{j=1}^J KL(\mathcal N(\mu_j,\sigma_j^2)\|\mathcal N(0,1)) = -\frac12\sum_{j=1}^J(1+\log\sigma_j^2-\mu_j^2-\sigma_j^2)",
    ),
    (
        "refuted",
        r"\sum_{j=1}^J KL(\mathcal N(\mu_j,\sigma_j^2)\|\mathcal N(0,1)) = -\frac12\sum_{j=1}^J(1+\log\sigma_j^2-\mu_j^2+\sigma_j^2)",
    ),
    ("proved", r"\mathbb E_{x\sim N(\mu,\sigma^2)}[(x-\mu)^3] = 0"),
    (
        "proved",
        r"\mathbb E_{\epsilon\sim\mathcal N(0,1)}[(\mu+\sigma\epsilon)^2] = \mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[x^2]",
    ),
    ("proved", r"\mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[\nabla_\mu\log\mathcal N(x;\mu,\sigma^2)] = 0"),
    (
        "proved",
        r"\mathbb E_{x\sim\mathcal N(\mu,\sigma^2)}[(\nabla_\mu\log\mathcal N(x;\mu,\sigma^2))^2] = \frac{1}{\sigma^2}",
    ),
    ("proved", r"\frac{\partial}{\partial z_j} \log\sum_{k=1}^K e^{z_k} = \frac{e^{z_j}}{\sum_{k=1}^K e^{z_k}}"),
    ("refuted", r"\frac{\partial}{\partial z_j} \log\sum_{k=1}^K e^{z_k} = \frac{1}{\sum_{k=1}^K e^{z_k}}"),
    (
        "proved",
        r"\frac{\partial}{\partial z_j} \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}} = \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}} \left(\delta_{ij} - \frac{e^{z_j}}{\sum_{k=1}^K e^{z_k}}\right)",
    ),
    (
        "refuted",
        r"\frac{\partial}{\partial z_j} \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}} = \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}} \left(1 - \frac{e^{z_j}}{\sum_{k=1}^K e^{z_k}}\right)",
    ),
    ("proved", r"\mathrm{softmax}(z)_i = \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}}"),
    ("proved", r"\sum_{i=1}^K \mathrm{softmax}(z)_i = 1"),
    (
        "proved",
        r"\frac{\partial}{\partial z_j}\left( -\log \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}} \right) = \frac{e^{z_j}}{\sum_{k=1}^K e^{z_k}} - \mathbb 1[i = j]",
    ),
    (
        "refuted",
        r"\frac{\partial}{\partial z_j}\left( -\log \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}} \right) = \mathbb 1[i = j] - \frac{e^{z_j}}{\sum_{k=1}^K e^{z_k}}",
    ),
    ("proved", r"\sum_{k=1}^K \delta_{kj} a_k = a_j"),
    ("refuted", r"\sum_{k=1}^K \delta_{kj} a_k = a_k"),
    ("proved", r"\sum_{k=1}^K \mathbb{1}\{k = j\} a_k = a_j"),
    ("proved", r"\frac{\partial}{\partial z_j} \sum_{k=1}^K z_k^2 = 2 z_j"),
    ("refuted", r"\frac{\partial}{\partial z_j} \sum_{k=1}^K z_k^2 = 2 \sum_{k=1}^K z_k"),
    ("proved", r"\nabla_{z_j} \sum_{k=1}^K y_k z_k = y_j"),
    ("unread", r"\frac{\partial L}{\partial z_j} = p_j - y_j"),
    ("unread", r"\log p(x) \geq \mathbb E_q[\log p(x|z)] - KL(q\|p)"),
    ("unread", r"\log p(x) = \mathbb E_q[\log p(x)]"),
    ("proved", r"\log p(x) = \mathbb E_{q(z|x)}[\log p(x)]"),
    ("proved", r"\log p(x) \geq \mathbb E_q[\log p(x,z) - \log q(z)]"),
    ("proved", r"\mathbb E_q[f(z)] = \sum_z q(z) f(z)"),
    ("refuted", r"\mathbb E_q[f(z)] = \sum_z q(z) f(z)^2"),
    ("proved", r"\mathbb E_p[g(z)] = \sum_z p(z) g(z) \sum_x p(x)"),
    (
        "conditional",
        r"\mathbb E_{p_\theta(x)}[(\nabla_\theta \log p_\theta(x))^2] = -\int p_\theta(x) \nabla^2_\theta \log p_\theta(x) dx",
    ),
    (
        "proved",
        r"\mathbb E_{p_\theta(x)}[(\nabla_\theta \log p_\theta(x))^2] = -\mathbb E_{p_\theta(x)}[\nabla^2_\theta \log p_\theta(x)]",
    ),
    (
        "refuted",
        r"\mathbb E_{p_\theta(x)}[(\nabla_\theta \log p_\theta(x))^2] = \mathbb E_{p_\theta(x)}[\nabla^2_\theta \log p_\theta(x)]",
    ),
    ("undecided", r"\int p(x) f(x) dx = \int f(x) dx"),
    ("refuted", r"\int p(x|z) dz = 1"),
    ("refuted", r"p(x) = \int p(x|z) dz"),
    ("refuted", r"p(z|x) = \frac{p(x|z) p(x)}{p(z)}"),
    ("refuted", r"\int q(z) \log \frac{p(x,z)}{q(z)} dz = \int q(z) \log p(x|z) dz + KL(q(z)\|p(z))"),
    ("refuted", r"\log p(x) = \int q(z|x) \log\frac{p(x,z)}{q(z|x)} dz"),
    ("undecided", r"\mathbb E_{p(x,z)}[f(x) g(z)] = \mathbb E_{p(x)}[f(x)] \mathbb E_{p(z)}[g(z)]"),
    ("refuted", r"\mathbb E[f(X)|Y=y] = \sum_x p(x,y) f(x)"),
    ("refuted", r"\mathrm{Var}(X) = \mathrm{Var}(\mathbb E[X|Y])"),
    ("refuted", r"I(X;Y) = H(X) + H(Y)"),
    ("refuted", r"H(Y|X) = H(X|Y)"),
    ("undecided", r"\nabla_\theta \int p_\theta(x) \log p_\theta(x) dx = 0"),
    ("refuted", r"\mathbb E_{x\sim\mathcal N(0,1)}[x^4] = 1"),
    ("refuted", r"\mathrm{Var}_{x\sim\mathcal N(\mu,\sigma^2)}[x] = \sigma"),
    ("refuted", r"KL(\mathcal N(\mu,\sigma^2)\|\mathcal N(0,1)) = KL(\mathcal N(0,1)\|\mathcal N(\mu,\sigma^2))"),
    ("refuted", r"\log \mathbb E_q[e^{f(z)}] \leq \mathbb E_q[f(z)]"),
    ("refuted", r"KL(q\|p) \leq 1"),
    ("proved", r"\mathrm{Var}(\mathbb{E}[X|Y]) \le \mathrm{Var}(X)"),
    ("proved", r"\mathbb{E}[\mathrm{Var}(X|Y)] \le \mathrm{Var}(X)"),
    ("refuted", r"\mathbb{E}[\mathrm{Var}(X|Y)] \ge \mathrm{Var}(X)"),
    ("refuted", r"\mathrm{Var}(X) \le \mathrm{Var}(\mathbb{E}[X|Y])"),
    ("undecided", r"p(x) = p(x|z)"),
    ("refuted", r"\int p(x)^2 dx = 1"),
    ("refuted", r"-\int p(x) \log p(x) dx \geq 0"),
]


@pytest.mark.parametrize(("kind", "formula"), CORPUS)
def test_every_step_gets_its_verdict(kind: str, formula: str) -> None:
    report = check(f"$${formula}$$", profile="plain")
    kinds = [step.verdict.kind for step in report.steps]
    assert kinds
    assert set(kinds) == {kind}, [(step.verdict.reason or step.step.reason, step.read_as) for step in report.steps]


@pytest.mark.parametrize(
    "written",
    [
        r"\int p(x) f(x)\, dx",
        r"\int f(x) p(x) \mathrm{d}x",
        r"\int p(x) f(x) \text{d}x",
        r"\int p(x) f(x) {\rm d}x",
        r"\int p(x) f(x) \,\mathrm{dx}",
        r"\int dx\, p(x) f(x)",
        r"\int_{\mathcal{X}} p(x) f(x) dx",
        r"\int_x p(x) f(x)",
        r"\int\limits_{-\infty}^{\infty} p(x) f(x) dx",
        r"\int_{\mathbb{R}} p(x) f(x) dx",
        r"\int p(\mathbf{x}) f(\mathbf{x}) d\mathbf{x}",
        r"\iint p(x) q(z) f(x) \,dz\,dx",
        r"\int\int q(z) p(x) f(x) dx dz",
        r"\int p(x) \int q(z) f(x) dz dx",
        r"\int p(x) f(x) \left( \int q(z) dz \right) dx",
        r"\mathbb{E}_{x \sim p(x)}[f(x)]",
        r"\mathbb{E}_p f(x)",
    ],
)
def test_an_integral_in_many_spellings(written: str) -> None:
    (step,) = check(rf"$${written} = \int f(x) p(x) dx$$", profile="plain").steps
    assert step.verdict.kind == "proved", step.read_as
    (step,) = check(rf"$${written} = 2 \int f(x) p(x) dx$$", profile="plain").steps
    assert step.verdict.kind == "refuted", step.read_as


@pytest.mark.parametrize(
    "written",
    [
        r"\int_A p(x) dx = 1",  # some part of the space
        r"\int_0^1 p(x) dx = 1",
        r"\int x\, p(x - a) dx = \int p(x) dx",
        r"\mathbb E_{x \sim \mathcal N(0, \sigma^2 I)}[x^2] = \sigma^2",  # a vector
        r"\int p(x) = \int",
    ],
)
def test_what_is_not_known_is_not_judged(written: str) -> None:
    kinds = {step.verdict.kind for step in check(f"$${written}$$", profile="plain").steps}
    assert kinds <= {"undecided", "unread"}


def test_the_exchange_is_a_condition_and_an_assumption_settles_it() -> None:
    formula = r"$$\nabla_\theta \int p_\theta(x) f(x) dx = \int f(x) \nabla_\theta p_\theta(x) dx$$"
    (step,) = check(formula, profile="plain").steps
    assert [str(condition) for condition in step.verdict.conditions] == [
        "interchange[t = theta](int[z in X](p(t, z) * f(z)))"
    ]


def test_a_distribution_that_is_named_by_its_letter_is_one_of_what_the_formula_speaks_of() -> None:
    """E_q[f(z)] averages over z, also where q has no argument; f(z) is no constant."""
    (step,) = check(r"$$\mathbb{E}_q[f(z)^2] = \mathbb{E}_q[f(z)]^2$$", profile="plain").steps
    assert step.verdict.kind == "refuted"


DOCUMENT = r"""
Let $p(x) = \mathcal N(x;\mu,\sigma^2)$.
\begin{align}
\mathbb E_p[x^2] &= \int p(x) x^2 \,dx \\
  &= \mu^2 + \sigma^2 \\
  &= \sigma^2
\end{align}
\begin{align}
\log p(y) &= \log \int r(y, z) dz
\end{align}
"""


def test_a_density_that_is_defined_is_known_afterwards() -> None:
    kinds = [step.verdict.kind for step in check(DOCUMENT, profile="plain").steps]
    assert kinds[:4] == ["definition", "proved", "proved", "refuted"]


ELBO = r"""
\begin{align}
\log p(x) &= \int q(z|x) \log p(x) dz \\
  &= \int q(z|x) \log \frac{p(x,z)}{p(z|x)} dz \\
  &= \int q(z|x)\log\frac{p(x,z)}{q(z|x)} dz + KL(q(z|x)\|p(z|x)) \\
  &\geq \int q(z|x)\log\frac{p(x,z)}{q(z|x)} dz \\
  &= \int q(z|x)\log p(x|z) dz - KL(q(z|x)\|p(z)) \\
  &= \int q(z|x)\log p(x|z) dz + KL(p(z)\|q(z|x))
\end{align}
"""


def test_the_evidence_lower_bound_step_by_step() -> None:
    kinds = [step.verdict.kind for step in check(ELBO, profile="plain").steps]
    assert kinds == ["proved"] * 5 + ["refuted"]


NORMAL_MEAN = r"\mathbb{E}_{z\sim\mathcal{N}(\mu,\sigma^2)}"
ON_MEAN, ON_SPREAD = (rf"\nabla_{{\{name}}} {NORMAL_MEAN}[f(z)]" for name in ("mu", "sigma"))


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        (ON_MEAN, NORMAL_MEAN + r"\left[f(z)\frac{z-\mu}{\sigma^2}\right]", "conditional"),
        (ON_MEAN, NORMAL_MEAN + r"\left[f(z)\nabla_\mu \log \mathcal{N}(z;\mu,\sigma^2)\right]", "conditional"),
        (ON_MEAN, NORMAL_MEAN + r"[f'(z)]", "conditional"),
        (ON_MEAN, r"\mathbb{E}_{\epsilon\sim\mathcal{N}(0,1)}[f'(\mu+\sigma\epsilon)]", "conditional"),
        (ON_SPREAD, NORMAL_MEAN + r"\left[f(z)\frac{(z-\mu)^2-\sigma^2}{\sigma^3}\right]", "conditional"),
        (ON_MEAN, NORMAL_MEAN + r"\left[f(z)\frac{z-\mu}{\sigma}\right]", "refuted"),
        (ON_SPREAD, NORMAL_MEAN + r"\left[f(z)\frac{(z-\mu)^2}{\sigma^3}\right]", "refuted"),
    ],
)
def test_gradients_of_normal_means_by_score_and_by_reparametrisation(left: str, right: str, kind: str) -> None:
    (step,) = check(rf"$${left} = {right}$$", profile="plain").steps
    assert step.verdict.kind == kind, step.verdict.reason
    if kind == "conditional":
        assert any(str(condition).startswith("interchange") for condition in step.verdict.conditions)


@pytest.mark.parametrize("profile", ["plain", "seminar7"])
@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        (r"H(p) = -p \log p - (1-p) \log(1-p)", "proved"),
        (r"H(p) = p \log p - (1-p) \log(1-p)", "refuted"),
        (r"H(p) = p(1-p)", "refuted"),
        (r"\frac{d}{dp} H(p) = \log\frac{1-p}{p}", "proved"),
        (r"H(p, q) = -p \log q - (1-p)\log(1-q)", "proved"),
        (r"D_{KL}(p\|q) = p\log\frac{p}{q}+(1-p)\log\frac{1-p}{1-q}", "proved"),
        (r"D_{KL}(p\|q) = p\log\frac{q}{p}+(1-p)\log\frac{1-q}{1-p}", "refuted"),
        (r"H(p) = -\sum_x p(x) \log p(x)", "proved"),
        (r"H(q) \le -\sum_z q(z)\log p(z)", "proved"),
    ],
)
def test_a_letter_may_be_a_distribution_and_its_chance(formula: str, kind: str, profile: str) -> None:
    """The entropy of a coin was refuted, and H(q) was a product where a profile has q for a number."""
    (step,) = check(rf"$${formula}$$", profile=profile).steps
    assert step.verdict.kind == kind, (step.verdict.reason, step.read_as)

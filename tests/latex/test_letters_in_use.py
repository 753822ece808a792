r"""Letters as a chain and the sentences before it use them: numbers, components, factors, signs that are said in words."""

from __future__ import annotations

import pytest

from derivations import check, prove


def kinds(text: str, profile: str = "plain") -> list[str]:
    """The verdicts of the displays, without those of the sentences."""
    report = check(text, profile=profile)
    return [step.verdict.kind for chain in report.chains if not chain.chain.inline for step in chain.steps]


FACTORS = r"Let $z \in \{0,1\}^n$ with $q(z) = \prod_{i=1}^n q_i(z_i)$. Then"
SUM = r"\sum_{z \in \{0,1\}^n}"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["proved"], r"$$4\mu^2\sigma^2 + 2\sigma^4 = 2\sigma^2(2\mu^2+\sigma^2)$$"),
        (["refuted"], r"$$4\mu^2\sigma^2 + 2\sigma^4 = 2\sigma^2(\mu^2+\sigma^2)$$"),
        (["proved"], r"$$\sigma(-a) = 1 - \sigma(a)$$"),
        (["proved"], r"$$\sum_{j=1}^J \frac12 (\mu_j - 1) = \frac12 \sum_{j=1}^J \mu_j - \frac{J}{2}$$"),
        (["refuted"], r"$$\sum_{j=1}^J \frac12 (\mu_j - 1) = \frac12 \sum_{j=1}^J \mu_j - J$$"),
        (["proved"], r"$$\frac{\partial}{\partial h} e^{h} = e^{h}$$"),
        (["refuted"], r"$$\frac{\partial}{\partial h} e^{2 h} = e^{2 h}$$"),
    ],
)
def test_a_letter_that_the_chain_uses_as_a_number_is_one(expected: list[str], text: str) -> None:
    assert kinds(text) == expected


def test_a_factor_is_not_the_distribution_of_the_vector() -> None:
    text = rf"{FACTORS} $$-{SUM} q(z) \log q(z) = -{SUM} q(z) \sum_{{i=1}}^n \log q_i(z_i)$$"
    assert kinds(text)[0] in ("proved", "conditional")
    text = rf"{FACTORS} $$-{SUM} q(z) \log q(z) = -\sum_{{i=1}}^n \sum_{{z_i \in \{{0,1\}}}} q_i(z_i) \log q_i(z_i)$$"
    assert "refuted" not in kinds(text)
    text = rf"{FACTORS} $$-{SUM} q(z) \log q(z) = \sum_{{i=1}}^n \sum_{{z_i \in \{{0,1\}}}} q_i(z_i) \log q_i(z_i)$$"
    assert kinds(text) == ["refuted"]


SIGNS = [
    r"Let $X$ be a positive random variable. $$\mathbb{E}[1/X] \ge 1/\mathbb{E}[X]$$",
    r"Let $a$ and $b$ be positive. $$\sqrt{a^2 b^2} = a b$$",
    r"For positive numbers $a_1, \dots, a_n$ we have $$\sum_{i=1}^n \sqrt{a_i^2} = \sum_{i=1}^n a_i$$",
    r"Für positive $a$, $b$ gilt $$\sqrt{a^2 b^2} = a b$$",
    r"$a$ is nonnegative, so $$|a| = a$$",
    r"If $c$ is negative, then $$|c| = -c$$",
]


@pytest.mark.parametrize("text", SIGNS)
def test_a_sign_that_is_said_in_words_keeps_counterexamples_from_counting(text: str) -> None:
    assert kinds(text)[0] in ("proved", "conditional", "undecided")


@pytest.mark.parametrize(
    "text",
    [
        r"Let $a$ be positive. $$\sqrt{a^2} = a^2$$",
        r"If $c$ is negative, then $$|c| = c$$",
        r"Let the matrix $b$ be positive definite. $$\sqrt{b^2} = b$$",
        r"Let $X$ be a positive random variable. $$\mathbb{E}[1/X] \le 1/\mathbb{E}[X]$$",
    ],
)
def test_what_is_wrong_for_positive_letters_too_is_refuted(text: str) -> None:
    assert kinds(text) == ["refuted"]


def test_what_is_said_of_letters_does_not_refute_what_nothing_explains() -> None:
    text = r"For positive $a$ and $b$, and in the special case $a_1 = a_2 = a$, we have $$a + b = b + a$$"
    report = check(text, profile="plain")
    assert "refuted" not in [step.verdict.kind for chain in report.chains for step in chain.steps]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("proved", r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$. $$\mathbb{E}[X^3] = \mu^3 + 3\mu\sigma^2$$"),
        (
            "refuted",
            r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$. $$\mathbb{E}[X^4] = \mu^4 + 6\mu^2\sigma^2 + \sigma^4$$",
        ),
        ("proved", r"Let $X \sim N(0, 1)$. $$\mathrm{Var}(X^2) = 2$$"),
        ("proved", r"Let $X \sim \mathcal N(0, v)$. $$\mathrm{Var}(3 X) = 9 v$$"),
        ("refuted", r"Let $X \sim \mathcal N(0, v)$. $$\mathrm{Var}(3 X) = 3 v$$"),
    ],
)
def test_a_normal_law_that_a_sentence_says(expected: str, text: str) -> None:
    assert kinds(text) == [expected]


def test_data_that_are_whole_numbers_have_counterexamples() -> None:
    assert kinds(r"$$\sum_{i=1}^n \log(x_i!) - n\lambda = \sum_{i=1}^n \log(x_i!) - \lambda$$") == ["refuted"]


MEAN = r"\frac{1}{m}\sum_{i=1}^m z_i"
SAMPLES = [
    r"Let $z_1, \dots, z_m$ be i.i.d. with $z_i \sim \mathrm{Ber}(\beta)$.",
    r"Seien $z_1,\dots,z_m$ unabhängig und identisch verteilt mit $z_i \sim \mathrm{Ber}(\beta)$. Dann ist",
    r"Nechť $z_1, \dots, z_m$ jsou nezávislé a $z_i \in \{0,1\}$ s $P(z_i = 1) = \beta$. Pak",
    r"Let $z_1, \dots, z_m \sim \mathrm{Bernoulli}(\beta)$ be independent.",
]


@pytest.mark.parametrize("said", SAMPLES)
def test_a_sample_of_bernoulli_variables(said: str) -> None:
    text = (
        rf"{said} $$\mathrm{{Var}}\left({MEAN}\right) = \frac{{\beta(1-\beta)}}{{m}} = \frac{{\beta(1-\beta)}}{{m^2}}$$"
    )
    assert kinds(text) == ["proved", "refuted"]


def test_samples_that_are_not_independent_are_left_alone() -> None:
    said = r"Let $z_1, \dots, z_m$ with $z_i \sim \mathrm{Ber}(\beta)$ be given."
    assert kinds(rf"{said} $$\mathrm{{Var}}\left({MEAN}\right) = \frac{{\beta(1-\beta)}}{{m}}$$") == ["undecided"]


def test_a_sample_from_a_distribution_with_a_letter() -> None:
    said = r"Let $z_1, \dots, z_m$ be i.i.d. samples from $q(z)$, a pmf on a finite set."
    mean = r"\mathbb{E}\left[\frac{1}{m}\sum_{i=1}^m f(z_i)\right]"
    assert kinds(rf"{said} $${mean} = \mathbb{{E}}_{{q(z)}}[f(z)]$$") == ["proved"]
    assert kinds(rf"{said} $${mean} = m \mathbb{{E}}_{{q(z)}}[f(z)]$$") == ["refuted"]


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("proved", r"Ať $X$ a $Y$ jsou nezávislé náhodné veličiny."),
        ("proved", r"Seien $X$ und $Y$ unabhängig."),
        ("proved", r"Let $X$ and $Y$ be independent."),
        ("undecided", r"Seien $X$ und $Y$ unabhängig, gegeben $Z$."),
        ("undecided", r"Let $X$ and $Y$ be independent, given $Z$."),
        ("undecided", r"Ať $X$ a $Y$ jsou nezávislé při daném $Z$."),
        ("undecided", r"Veličiny $X$ a $Y$ nejsou nezávislé."),
        ("undecided", r"$X$ und $Y$ sind nicht unabhängig."),
    ],
)
def test_independence_in_three_languages(expected: str, said: str) -> None:
    assert kinds(rf"{said} $$\mathbb{{E}}[XY] = \mathbb{{E}}[X]\mathbb{{E}}[Y]$$") == [expected]


def test_the_indices_of_the_components_of_a_mixture_stand_in_one_place() -> None:
    mixture = r"\sum_{j=1}^K w_j p_j(x)"
    text = rf"$$\sum_{{k=1}}^K \frac{{w_k p_k(x)}}{{{mixture}}} = \frac{{\sum_{{k=1}}^K w_k p_k(x)}}{{{mixture}}}$$"
    assert kinds(text)[0] in ("proved", "conditional")
    assert kinds(r"$$\sum_{k=1}^K p_k(x) = \sum_{j=1}^K p_j(x)$$") == ["proved"]
    assert kinds(r"$$\sum_{k=1}^K p_k(x) = 2 \sum_{j=1}^K p_j(x)$$") == ["refuted"]


def test_the_factors_of_two_distributions() -> None:
    said = r"Let $q(z) = \prod_{j=1}^d q_j(z_j)$ and $p(z) = \prod_{j=1}^d p_j(z_j)$."
    assert "refuted" not in kinds(rf"{said} $$\sum_{{z_j}} q_j(z_j) = 1$$")


def test_a_normal_density_does_not_make_a_density_of_its_size() -> None:
    likelihood = r"\log \prod_{n=1}^N \mathcal{N}(x_n \mid \mu, \sigma^2)"
    rest = r"\frac{1}{2\sigma^2}\sum_{n=1}^N (x_n-\mu)^2"
    assert kinds(rf"$$-{likelihood} = \frac{{N}}{{2}}\log(2\pi\sigma^2) + {rest}$$") == ["proved"]
    assert kinds(rf"$$-{likelihood} = \frac{{N}}{{2}}\log(2\pi\sigma) + {rest}$$") == ["refuted"]


def test_what_is_said_of_a_mean_in_words_withholds_refutations() -> None:
    claim = r"$$\mathbb{E}[X^2] = \mathrm{Var}(X)$$"
    assert kinds(rf"Let $X$ be a random variable with mean zero. {claim}") == ["undecided"]
    assert kinds(rf"Let $X$ be a random variable. {claim}") == ["refuted"]


def test_the_exponent_of_a_chance_is_a_bit() -> None:
    said = r"We know that $q(z) = \beta^z (1-\beta)^{1-z}$."
    assert "refuted" not in kinds(rf"{said} $$z \frac{{\partial}}{{\partial\beta}} \log q(z) = \frac{{z}}{{\beta}}$$")
    assert kinds(rf"{said} $$\log q(z) = z \log\beta - (1-z) \log(1-\beta)$$") == ["refuted"]


def test_a_distribution_that_is_said_to_be_normal_is_not_judged() -> None:
    report = check(r"We have $q(x_t \mid x_{t-1}) = \mathcal{N}(x_t; \sqrt{1-\beta_t} x_{t-1}, \beta_t)$. $$1 = 1$$")
    assert "refuted" not in [step.verdict.kind for chain in report.chains for step in chain.steps]


SOFTMAX = r"\frac{e^{a_i}}{\sum_{j=1}^K e^{a_j}}"


def test_prove_takes_an_index_from_the_range_that_the_sequence_has() -> None:
    derivative = r"\frac{\partial}{\partial a_i} \log \sum_{j=1}^K e^{a_j}"
    assert prove(derivative, SOFTMAX).kind in ("proved", "conditional")
    assert prove(derivative, rf"1 - {SOFTMAX}").kind == "refuted"


def test_prove_reads_the_letters_of_both_sides_together() -> None:
    assert prove(r"4\mu^2\sigma^2 + 2\sigma^4", r"2\sigma^2(2\mu^2+\sigma^2)").kind == "proved"
    assert prove(r"4\mu^2\sigma^2 + 2\sigma^4", r"2\sigma^2(\mu^2+\sigma^2)").kind == "refuted"


@pytest.mark.parametrize(
    ("expected", "claim"),
    [
        ("conditional", r"\sum_{z_1} q_1(z_1) = 1"),
        ("refuted", r"\sum_{z_1} q_1(z_1) = 2"),
        ("conditional", r"\sum_{z_1}\sum_{z_2} q_1(z_1) q_2(z_2) f(z_1) = \sum_{z_1} q_1(z_1) f(z_1)"),
        ("refuted", r"\sum_{z_1}\sum_{z_2} q_1(z_1) q_2(z_2) f(z_1) = \sum_{z_2} q_2(z_2) f(z_2)"),
    ],
)
def test_factors_that_no_law_knows_are_supposed_to_be_mass_functions(expected: str, claim: str) -> None:
    assert kinds(f"$${claim}$$") == [expected]


MATRICES = "Let $A$ and $B$ be matrices. "


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["undecided"], MATRICES + "$$AB = BA$$"),
        (["undecided"], MATRICES + "$$(A + B)(A - B) = A^2 - B^2$$"),
        (["undecided"], MATRICES + "$$A^{-1} B A = B$$"),
        (["proved"], MATRICES + "$$(A + B)^2 = A^2 + AB + BA + B^2$$"),
        (["proved"], MATRICES + "$$(x + y)^2 = x^2 + 2xy + y^2$$"),
        (["refuted"], MATRICES + "$$AB = A + B$$"),
        (["undecided"], r"$$\mathbf{A}\mathbf{B} = \mathbf{B}\mathbf{A}$$"),
        (["proved"], r"$$AB = BA$$"),
        (["unread"], r"$$(AB)^T = A^T B^T$$"),
        (["unread"], r"$$(Xw)^T = X^T w^T$$"),
    ],
)
def test_products_of_matrices_need_not_commute(expected: list[str], text: str) -> None:
    assert kinds(text) == expected

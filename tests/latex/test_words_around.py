r"""What the words around a formula say of its letters: an index left out, a set, a law, a case, another definition."""

from __future__ import annotations

import pytest

from derivations.checker import check


def _kinds(text: str, profile: str = "plain") -> list[str]:
    return [step.verdict.kind for step in check(text, profile=profile).steps]


_RLOO = r"Let $b_k = \frac{1}{K-1} \sum_{j \neq k} f_j$ and $K \ge 2$. "


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            _RLOO + r"\[ f_k - b_k = f_k - \frac{1}{K-1} \left(\sum_{j=1}^K f_j - f_k\right) \]",
            ["definition", "conditional"],
        ),
        (_RLOO + r"\[ f_k - b_k = f_k - \frac{1}{K-1} \sum_{j=1}^K f_j \]", ["definition", "refuted"]),
        (r"\[ \sum_{i=1}^n \sum_{j=1}^n a_i a_j = \sum_{i=1}^n a_i^2 + \sum_{i \neq j} a_i a_j \]", ["proved"]),
        (r"\[ a_k \sum_{j \neq k} a_j = a_k \left(\sum_{j=1}^n a_j - a_k\right) \]", ["conditional"]),
    ],
)
def test_a_sum_leaves_out_the_index_that_stands_outside_it(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"Let $p$ be a pmf on a finite set $S$. \[ \sum_{x \in S} p(x) = 1 \]", ["proved"]),
        (r"Let $p$ be a pmf on a finite set $S$. \[ \sum_{x \in S} p(x)^2 = 1 \]", ["refuted"]),
        (r"Soit $p$ une loi sur un ensemble fini $E$. \[ \sum_{x \in E} p(x) f(x) = \mathbb{E}_p[f(x)] \]", ["proved"]),
        (r"Let $p$ be a pmf on $S$, and $A$ an event. \[ \sum_{x \in A} p(x) = 1 \]", ["undecided"]),
        (r"\[ \sum_{x \in E} p(x) (1 - p(x)) = 1 - \sum_{x \in E} p(x)^2 \]", ["undecided"]),
    ],
)
def test_a_sum_over_the_set_that_a_distribution_is_on(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


def test_an_integral_that_calculates_with_an_exponent_is_over_the_line() -> None:
    text = r"\[ \int_{-\infty}^{\infty} e^{-g} e^{-a e^{-g}} \, dg = \frac{1}{a} \]"
    assert "refuted" not in _kinds(rf"For $a > 0$: {text}")
    assert _kinds(r"Let $p(x)$ be a density. \[ \int f(x + 1) p(x) \, dx = 2 \int f(x + 1) p(x) \, dx \]") == [
        "undecided"
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            r"Let $z \sim \text{Ber}(p)$ with $p = \sigma(a)$. \[ \frac{d}{da} E[f(z)] = p(1-p)(f(1) - f(0)) \]",
            "proved",
        ),
        (r"Let $z \sim \text{Ber}(p)$ with $p = \sigma(a)$. \[ \frac{d}{da} E[f(z)] = f(1) - f(0) \]", "refuted"),
        (r"Let $z \sim \mathrm{Bernoulli}(\theta)$. \[ \frac{1}{\theta(1-\theta)} \ge 4 \]", "conditional"),
        (r"For $b = \frac12$ \[ \log b = -\log 2 \]", "proved"),
        (r"For $b = \frac12$ \[ \log b = -\log 2 \] In general \[ \log b = - \log 2 \]", "undecided"),
        (r"Let $H(p) = -p\log p - (1-p)\log(1-p)$. For $p = \frac12$ \[ H(p) = \log 2 \]", "proved"),
        (r"Let $H(p) = -p\log p - (1-p)\log(1-p)$. \[ H(p) \le \frac12 \log 2 \]", "refuted"),
        (r"Let $p(x)$ be a pmf and $1 - p$ a chance. \[ H(p) = \log 2 \]", "undecided"),
        (
            r"Let $q(z) = a^z (1-a)^{1-z}$, $p(z) = b^z (1-b)^{1-z}$ with $a, b \in (0,1)$."
            r"\[ KL(q\|p) = a \log\frac ab + (1-a) \log\frac{1-a}{1-b} \]",
            "conditional",
        ),
    ],
)
def test_laws_and_cases_that_sentences_say(text: str, kinds: str) -> None:
    assert _kinds(text)[-1] == kinds


def test_a_law_that_a_sentence_says_is_not_that_of_the_setting() -> None:
    text = r"Task 2. Let $z \sim \text{Ber}(p)$ with $p = \sigma(a)$. \[ \frac{d}{da} E[z] = p (1 - p) \]"
    assert "refuted" not in _kinds(text, profile="seminar7")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"\frac{\partial Q}{\partial a} = \frac{1}{a} \sum_{i=1}^n r_i", "undecided"),  # with the r_i held fixed
        (r"\frac{\partial Q}{\partial a} = \frac{2}{a} \sum_{i=1}^n r_i", "refuted"),
    ],
)
def test_a_derivative_may_hold_fixed_what_is_defined_by_a_name(text: str, kinds: str) -> None:
    said = r"Let $r_i = \frac{a x_i}{a x_i + y_i}$ and $Q(a) = \sum_{i=1}^n r_i (\log a + y_i)$."
    assert _kinds(rf"{said} \[ {text} \]")[-1] == kinds


def test_a_function_is_defined_anew() -> None:
    said = r"Let $g(p) = \log p$. \[ g'(p) = \frac1p \] For the square $g(p) = p^2$ instead \[ g'(p) = %s \]"
    assert _kinds(said % "2p")[-1] == "proved"
    assert _kinds(said % r"\frac1p")[-1] == "undecided"  # the first g may be meant
    assert _kinds(said % "p")[-1] == "refuted"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"For $a = b = 1$ \[ \frac{a}{a + b} = \frac12 \]", "proved"),
        (r"For $a = b = 1$ \[ \frac{a}{a + b} = \frac12 \] In general \[ a - b = 0 \]", "undecided"),
        (r"If $a = b$ then \[ a - b = 0 \] In general \[ a - b = 0 \]", "undecided"),
        (r"\[ f(x) + a = a \] With $a = \frac12$", "undecided"),  # which is not said before
    ],
)
def test_a_case_is_left_behind(text: str, kinds: str) -> None:
    verdicts = _kinds(text)
    assert verdicts[-1] == kinds or (kinds == "undecided" and "proved" not in verdicts)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            r"Let $\Phi$ be the distribution function and $\phi(t) = e^{-t^2/2}$. "
            r"\[ \frac{d}{dt} (t \Phi(t) + \phi(t)) = \Phi(t) \]",
            "undecided",
        ),
        (r"Sind $X$ und $Y$ unabh\"angig, so ist \[ H(X, Y) = H(X) + H(Y) \]", "undecided"),
        (r"Let $f(x; s) = s x$ and Pareto: $f(x; a) = a x^2$.", "definition"),
        (
            r"Let $\pi(a) = \frac{e^{\theta_a}}{\sum_{b=1}^k e^{\theta_b}}$. "
            r"\[ \frac{\partial \log\pi(a)}{\partial\theta_c} = \mathbb 1[a=c] - \pi(c) \]",
            "proved",
        ),
        (
            r"Let $\pi(a) = \frac{e^{\theta_a}}{\sum_{b=1}^k e^{\theta_b}}$. "
            r"\[ \frac{\partial \log\pi(a)}{\partial\theta_c} = \mathbb 1[a=c] - \pi(a) \]",
            "refuted",
        ),
    ],
)
def test_what_is_said_of_letters(text: str, kinds: str) -> None:
    assert _kinds(text)[-1] == kinds


def test_a_definition_of_other_distributions_than_those_of_the_task() -> None:
    text = (
        r"Let $L_\beta = \mathbb{E}_q[\log p(x|z)] - \beta\,\mathrm{KL}(q(z|x)\|p(z))$ under $q(z|x)$."
        r"\[ L_\beta = L_1 + (1-\beta)\,\mathrm{KL}(q(z|x)\|p(z)) \] \[ L_1 = \log p(x) - \mathrm{KL}(q(z|x)\|p(z|x)) \]"
    )
    assert "refuted" not in _kinds(text, profile="seminar7")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"\[ \left[\frac{(\ln x)^2}{2}\right]_1^e = \frac12 \]", "proved"),
        (r"\[ \left[\frac{(\ln x)^2}{2}\right]_1^e = 1 \]", "refuted"),
        (r"\[ x^2 \Big|_0^2 = 4 \]", "proved"),
        (r"\[ [x]_1^2 = x \]", "unread"),  # a component, squared, or a difference
        (r"\[ \cos 0 - \cos\pi = 0 \]", "refuted"),
        (r"Let $p \in (0, 1)$. \[ \frac{d}{dp} \arcsin\sqrt p = \frac{1}{2 \sqrt{p (1 - p)}} \]", "conditional"),
    ],
)
def test_ends_and_angles(text: str, kinds: str) -> None:
    assert _kinds(text)[-1] == kinds


def test_laws_that_sentences_say_with_macros() -> None:
    text = (
        r"\newcommand{\N}{\mathcal{N}}\def\eps{\varepsilon} Let $\eps \sim \N(0, 1)$ and $z = \mu + \sigma\eps$."
        r"\[ \mathbb{E}[z^2] = %s \]"
    )
    assert _kinds(text % r"\mu^2 + \sigma^2")[-1] == "proved"
    assert _kinds(text % r"\mu^2")[-1] in ("refuted", "undecided")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"Put $p = \sigma(\theta)$. \[ \frac{d}{d\theta} p = 0 \]", "undecided"),
        (r"Put $p = \sigma(\theta)$. \[ \frac{d}{d\theta} (p a) = 0 \]", "undecided"),
        (r"Put $p = \sigma(\theta)$. \[ \frac{d}{d\theta} (p a + (1-p) b) = p (1-p) (a - b) \]", "proved"),
        (r"Put $p = \sigma(\theta)$. \[ \frac{d}{dp} \log p = \frac1p \]", "proved"),
        (r"Put $\theta = \log\frac{p}{1-p}$. \[ \frac{d}{d\theta} p = 0 \]", "unread"),
        (r"Let $\theta = 2p + 1$. \[ \frac{d}{d\theta} p = 0 \]", "undecided"),
        (r"\[ p r_1 (1-p) - (1-p) p r_2 = 0 \]", "undecided"),  # r_1 and r_2 are not both r
        (r"\[ p r_1 (1-p) - (1-p) p r_2 = p (1-p) (r_1 - r_2) \]", "proved"),
    ],
)
def test_what_depends_on_the_variable_of_a_derivative(text: str, kinds: str) -> None:
    assert _kinds(text)[-1] in (kinds, "refuted" if kinds == "undecided" else kinds)


@pytest.mark.parametrize("profile", ["plain", "seminar7"])
def test_what_two_letters_are_compared_for_defines_none(profile: str) -> None:
    divergence = r"a\log\frac{a}{b} + (1-a)\log\frac{1-a}{1-b}"
    text = (
        rf"I call $a := q(z=1|x)$ and $b := p(z=1)$. \[ KL(q\|p) = {divergence} \] It is zero iff $a = b$. Also"
        rf"\[ {divergence} = b\log\frac{{b}}{{a}} + (1-b)\log\frac{{1-b}}{{1-a}} \]"
    )
    assert _kinds(text, profile)[-1] != "proved"


def test_a_parameter_of_a_definition_is_no_other_letter() -> None:
    text = r"Let $y = g(x)$ and $g(x) = e^x$, with the inverse $h(y) = \log y$. \[ h'(t) = \frac1t \]"
    assert _kinds(text)[-1] in ("proved", "conditional")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"Let $m_t = b m_{t-1} + g_t$. \[ m_t = \sum_{i=1}^t b^{t-i} g_i \]", "undecided"),
        (r"Let $m_t = b m_{t-1} + g_t$. \[ m_t = 2 \sum_{i=1}^t b^{t-i} g_i \]", "undecided"),
        (r"\[ \frac{d}{dm} (m - a)^2 = 2(m - a) \] It is zero for $m = a$.", "proved"),
    ],
)
def test_recursions_and_solutions(text: str, kinds: str) -> None:
    found = _kinds(text)
    assert kinds in found
    assert "refuted" not in found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            r"With equality iff $q(z) = p(z|x)$. For a general $q$ \[ \sum_z q(z) \log\frac{p(x,z)}{q(z)} = \log p(x) \]",
            "",
        ),
        (r"For $q(z) = p(z|x)$ we get \[ \sum_z q(z) \log\frac{p(x,z)}{q(z)} = \log p(x) \]", "proved"),
    ],
)
def test_a_distribution_in_a_case(text: str, kinds: str) -> None:
    before = r"By Jensen \[ \log \sum_z q(z) \frac{p(x,z)}{q(z)} \ge \sum_z q(z) \log\frac{p(x,z)}{q(z)} \] "
    found = _kinds(before + text)
    assert found[0] == "proved"
    assert (found[-1] == "proved") is bool(kinds)


def test_a_case_changes_nothing_before_it() -> None:
    text = (
        r"Let $b$ be constant. \[ \sum_z (f(z) - b) \nabla q(z) = \sum_z f(z) \nabla q(z) - b \nabla \sum_z q(z) \]"
        r"F\"ur $b = f(z)$ \[ f(z) - b = 0 \]"
    )
    assert "refuted" not in _kinds(text)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (r"$\varepsilon \sim N(0, 1)$. \[ E[(\mu + \sigma\varepsilon)^2] = \mu^2 + \sigma^2 \]", "proved"),
        (r"$\varepsilon \sim N(0, 1)$. \[ E[(\mu + \sigma\varepsilon)^2] = \mu^2 + \sigma \]", "refuted"),
        (r"Let $u \sim U(0, 1)$. \[ E[u^2] = \frac13 \]", "undecided"),
        (r"Let $u$ be uniform on $[0, 1]$. \[ E[u] = \frac12 \]", "undecided"),
        (r"Let $v \sim \mathrm{Ber}(\beta)$. \[ E[v^2] = \beta \]", "proved"),
        (r"Let $v \sim q$. \[ E[v^2] = \beta^2 \]", "refuted"),
    ],
)
def test_a_variable_with_another_law_than_the_task_has(text: str, last: str) -> None:
    assert _kinds(rf"\section*{{Exercise 3}} Take $f(z) = z^2$. {text}", profile="seminar7")[-1] == last


def test_a_function_that_may_be_the_distribution_of_the_task() -> None:
    text = r"\section*{Exercise 3} Para $f(z) = (z - t)^2$: \[ E_q[f(z)] = \beta(1-t)^2 + (1-\beta)t^2 \] (o sea $f(z) = z$)"
    assert _kinds(text, profile="seminar7")[:2] == ["definition", "proved"]
    assert "refuted" not in _kinds(text, profile="seminar7")
    wrong = r"\section*{Exercise 3} \[ f(z) = \beta^{1-z}(1-\beta)^z \]"
    assert _kinds(wrong, profile="seminar7") == ["refuted"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            r"Let $q = \mathrm{Ber}(a)$, $p = \mathrm{Ber}(b)$. For $a = \frac14$, $b = \frac12$ "
            r"\[ \mathrm{KL}(q\|p) = \log 2 + \frac14\log\frac14 + \frac34\log\frac34 \]",
            "undecided",
        ),
        (r"\[ \sum_z q(z) \nabla_\phi \log q(z) = 1 \]", "refuted"),
        (r"\[ \sum_z q(z) \log q(z) = \log 2 \]", "undecided"),
    ],
)
def test_a_value_that_few_distributions_have_is_said_of_one(text: str, last: str) -> None:
    assert _kinds(text)[-1] == last


@pytest.mark.parametrize("profile", ["plain", "seminar7"])
def test_a_case_of_functions_or_of_one_component_refutes_nothing(profile: str) -> None:
    text = (
        r"Sia $s(z) = \partial_\theta\log q_\theta(z)$. \[ E_q[f(z)s(z)] = \partial_\theta E_q[f(z)] \] Per $f = s$ si"
    )
    assert "refuted" not in _kinds(text, profile=profile)
    text = (
        r"\[ \frac{e^{z_1}}{e^{z_1} + e^{z_2}} = \sigma(z_1 - z_2) \] and $z_2 = 0$ gives "
        r"\[ \frac{e^{z_1}}{e^{z_1} + e^{z_2}} = \sigma(z_1) \]"
    )
    assert "refuted" not in _kinds(rf"Let $s_i(z) = e^{{z_i}}$. {text}", profile=profile)


def test_an_expectation_that_is_typed_as_a_letter_is_no_parameter() -> None:
    text = (
        r"Seja $q_\phi(z) = \phi^z(1-\phi)^{1-z}$, $z \in \{0, 1\}$. "
        r"\[ E_{q_\phi}[g(z)] = \phi g(1) + (1-\phi) g(0) \] \[ E_{q_\phi}[g(z)] = \phi g(0) + (1-\phi) g(1) \]"
    )
    assert _kinds(text, profile="seminar7")[1] == "proved"
    assert _kinds(text, profile="seminar7")[2] != "proved"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"Fair coin: \[ -\frac12\log\frac12 - \frac12\log\frac12 = 1 \]", ["undecided"]),
        (r"Fair coin: \[ -\frac12\log\frac12 - \frac12\log\frac12 = 2 \]", ["refuted"]),
        (r"Fair coin: \[ -\frac12\ln\frac12 - \frac12\ln\frac12 = 1 \]", ["refuted"]),
        (r"All logs have base 2. \[ \log(ab^2) = \log a + 2 \log b \]", ["proved"]),
        (r"All logs have base 2. \[ \frac{d}{dx} \log x = \frac1x \]", ["undecided"]),
        (r"All logs have base 2. \[ -\frac12\log\frac12 = \frac14 \]", ["refuted"]),
    ],
)
def test_the_base_of_logarithms(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


def test_what_is_said_of_a_letter_is_said_of_what_it_is() -> None:
    text = r"For $a, b > 0$ we have $a + b \ge 2\sqrt{ab}$. Taking $a = x$, $b = 1/x$ gives \[ x + \frac1x \ge 2 \]"
    assert _kinds(text)[-1] == "conditional"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (r"Om $p = q$ blir det likhet, \[ \sum_z q(z) \log\frac{q(z)}{p(z)} = 0 \]", "undecided"),
        (r"Om $p = q$ blir det likhet. Alltid \[ \sum_z q(z) \log\frac{q(z)}{p(z)} = 0 \]", "refuted"),
        (r"In general $\mathrm{KL}(q\|p) \ne \mathrm{KL}(p\|q)$.", "undecided"),
        (r"But $(a + b)^2 \ne a^2 + 2ab + b^2$.", "refuted"),
    ],
)
def test_letters_that_a_sentence_equates(text: str, last: str) -> None:
    before = r"L\aa t $q$ och $p$ vara f\"ordelningar. \[ \sum_z q(z) \log\frac{q(z)}{p(z)} \ge 0 \] "
    assert _kinds(before + text)[-1] == last


def test_a_name_with_an_index_in_a_case_refutes_nothing() -> None:
    text = r"With $f_\theta = \log q_\theta$ it is 0. With $f_\theta = q_\theta$ it is not."
    assert "refuted" not in _kinds(text)


def test_what_is_said_of_one_number_may_be_said_of_all() -> None:
    text = (
        r"Numbers $a_1, \dots, a_K$. \[ \log\sum_{k=1}^K e^{a_k + c} = c + \log\sum_{k=1}^K e^{a_k} \] "
        r"Check $a_k = a$ for all $k$: \[ \log\sum_{k=1}^K e^{a_k} = a + \log K \]"
    )
    assert _kinds(text)[0] == "proved"
    assert "refuted" not in _kinds(text)


@pytest.mark.parametrize("profile", ["plain", "seminar7"])
def test_each_case_of_a_sentence_may_be_meant(profile: str) -> None:
    before = r"\section*{Exercise 3} \[ \frac{\beta(1-\beta)}{\beta^2} = \frac{1-\beta}{\beta} \] "
    text = r"Pro $\beta = \frac14$ vyjde $3$, pro $\beta = \frac34$ vyjde $\frac13$. \[ \frac{1-\beta}{\beta} = %s \]"
    assert _kinds(before + text % "3", profile=profile)[-1] == "undecided"
    assert _kinds(before + text % "4", profile=profile)[-1] == "refuted"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (r"so $2(p - \frac12)^2 \le \log 2 - h(p)$ where now $h$ is the entropy.", "undecided"),
        (r"so $2(p - \frac12)^2 \le \log 2 - h(p)$. Now $h$ is the entropy.", "refuted"),
    ],
)
def test_words_let_a_letter_be_another_one(text: str, last: str) -> None:
    assert _kinds(rf"Put $h(x) = x - 1 - \log x$. \[ h'(x) = 1 - \frac1x \] Let $p \in (0, 1)$, {text}")[-1] == last


@pytest.mark.parametrize("said", [r"y = \pm 1", r"y \in \{-1, +1\}", "y^2 = 1"])
def test_signs(said: str) -> None:
    found = _kinds(rf"Let $a = y b$ and ${said}$, so \[ y^3 = 2y \] \[ y^3 = y \] \[ y^4 = y^2 \]")[-3:]
    assert found[0] == "refuted"
    assert "refuted" not in found[1:]


@pytest.mark.parametrize(
    "text",
    [
        r"\sout{$\frac{1}{2} + \frac{1}{3} = \frac{1}{5}$} Well, \[ a + a = 2a \]",
        r"Is $\frac{1}{a^2} \overset{?}{=} \frac{1}{a(1-a)}$? No. \[ a + a = 2a \]",
        r"We need \[ \frac{a - 1}{a^2 + 1} + 1 \stackrel{!}{=} 1 \] and \[ a + a = 2a \]",
    ],
)
def test_what_is_struck_out_or_asked_is_no_claim(text: str) -> None:
    assert "refuted" not in _kinds(text)
    assert _kinds(text)[-1] == "proved"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (r"\[ \sigma(x) \ge \frac12 \] holds iff $x \ge 0$.", "undecided"),
        (r"\[ \sigma(x) \ge \frac23 \] holds iff $x \ge 0$.", "refuted"),
        (r"\[ \sigma(x) \ge \frac12 \] holds. Later $x \ge 0$.", "refuted"),
    ],
)
def test_a_condition_behind_a_step_that_another_one_stands_before(text: str, last: str) -> None:
    assert _kinds(rf"For $x < 0$ we have \[ e^x < 1 \] and {text}")[1] == last


def test_what_is_supposed_is_meant_with_the_definitions_of_the_document() -> None:
    text = (
        r"\[ -\frac12(x - c)^2 + \frac12(x - d)^2 = (c - d)\left(x - \frac{c + d}{2}\right) \] "
        r"i.e.\ logistic regression with $w = c - d$ and $b = \frac{d^2 - c^2}{2}$: "
        r"\[ (c - d)\left(x - \frac{c + d}{2}\right) = wx + b \] wlog $d = -c$, then $b = 0$ and \[ wx + b = 2cx \]"
    )
    assert "refuted" not in _kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        r"Let $z$ be random with parameter $\beta$. \[ E[(z - \beta)^2] = \mathrm{Var}(z) \]",
        r"Score identities: $E[s^2] = -E[s']$ where $s$ is the score.",
        r"Q: is $E[1/X] = 1/E[X]$? No.",
        r"\[ a + a = 2a \] SNR $= \frac{a}{1 - a}$; fine.",
    ],
)
def test_what_words_leave_open_refutes_nothing(text: str) -> None:
    assert "refuted" not in _kinds(text)
    assert _kinds(r"Let $z$ be random. \[ E[(z - \beta)^2] = 2\,\mathrm{Var}(z) \]")[-1] == "refuted"


def test_forms_of_distributions_and_means_of_one_letter() -> None:
    text = (
        r"Policy $\pi_\theta(a)$, $J(\theta) = \sum_a \pi_\theta(a) r(a)$, $V = J(\theta)$, $A(a) = r(a) - V$. "
        r"For softmax, $\pi_\theta(a) = \frac{e^{\theta_a}}{\sum_b e^{\theta_b}}$, "
        r"\[ \frac{\partial J}{\partial\theta_a} = \pi_\theta(a) A(a) \]"
    )
    assert "refuted" not in _kinds(text)
    text = r"$q = N(m, s^2)$, $p = N(0, 1)$, $E_q[z] = m$, $E_q[z^2] = m^2 + s^2$. \[ E_q[\log p(z)] = -\frac{m^2 + s^2}{2} \]"
    assert "refuted" not in _kinds(text, profile="seminar7")

r"""Letters as a document uses them: `w(x)` is a function of x, X in E_q[f(X)] is drawn from q, u may be a number."""

from __future__ import annotations

import pytest

from derivations.checker import check


def _kinds(text: str, profile: str = "plain") -> list[str]:
    return [step.verdict.kind for step in check(text, profile=profile).steps]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"\[ \mathbb{E}_q[w(x) f(x)] = \sum_x q(x) w(x) f(x) \]", ["proved"]),  # w is a letter of parameters
        (r"\[ \mathbb{E}_q[w(X) f(X)] = \sum_x q(x) w(x) f(x) \]", ["proved"]),
        (r"\[ \mathbb{E}_q[w(X)] = \sum_x q(x) w(x)^2 \]", ["refuted"]),
        (r"\[ \mathbb{E}_q[z + c] = \mathbb{E}_q[z] + c \]", ["proved"]),
        (r"\[ \mathbb{E}_q[z]^2 = \mathbb{E}_q[z^2] \]", ["refuted"]),
        (r"Let $w(x) = p(x)/q(x)$. \[ \mathbb{E}_q[w(X)^2] = \mathbb{E}_p[w(X)] \]", ["definition", "proved"]),
        (r"Let $w(x) = p(x)/q(x)$. \[ \mathbb{E}_q[w(X)^2] = \mathbb{E}_q[w(X)] \]", ["definition", "refuted"]),
        (r"\[ \sum_x p(x) \mathbb{E}_{p(y|x)}[f(X, Y)] = \mathbb{E}[f(X, Y)] \]", ["proved"]),
        (r"\[ \frac{d}{dw} (w^2 (w + 1)) = 3w^2 + 2w \]", ["proved"]),  # there it is a number
        (r"\[ \mathbb{E}_q[\sum_z q(z) f(z)] = \mathbb{E}_q[f(z)] \]", ["proved"]),  # Z is a set
    ],
)
def test_functions_and_draws(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"For $u, v \ge 0$ we have \[ \sqrt{uv} \le \frac{u+v}{2} \]", ["conditional"]),
        (r"\[ (u + v)^2 = u^2 + 2uv + v^2 \]", ["proved"]),
        (r"\[ (u + v)^2 = u^2 + v^2 \]", ["refuted"]),
        (r"Let $F(g) = e^{-e^{-g}}$. \[ F'(g) = e^{-g} e^{-e^{-g}} \]", ["definition", "proved"]),
        (r"Let $F(g) = e^{-e^{-g}}$. \[ F'(g) = e^{-e^{-g}} \]", ["definition", "refuted"]),
        (r"\[ \lim_{h \to 0} \frac{(x+h)^2 - x^2}{h} = 2x \]", ["proved"]),
        (r"Let $u = \frac{a}{b}$. \[ u(1 - b) = u - a \]", ["definition", "conditional"]),
        (r"\[ \nabla(u v) = v \nabla u + u \nabla v \]", ["conditional"]),  # functions in a general rule
        (r"\[ V_f(1 - c) = V_f - c V_f \]", ["proved"]),
        (r"\[ H_b(p) = H_b(1 - p) \]", ["unread"]),
    ],
)
def test_numbers_that_are_often_functions(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"\[ u(a - b) = ua - ub \]", ["proved"]),
        (r"\[ u(a - b) = ua + ub \]", ["refuted"]),
        (r"Let $\pi \in (0, 1)$. \[ v \log\pi - v \log(1-\pi) = v\bigl(\log\pi - \log(1-\pi)\bigr) \]", ["proved"]),
        (r"Let $f$ be convex. \[ f(x + y) = fx + fy \]", ["undecided"]),  # a value, not a product
        (r"For functions $f$, $g$, $h$: \[ g(f + h) = gf + gh \]", ["undecided"]),
        (r"\[ u(w) = uw \]", ["undecided"]),  # a product, or the value of a function
        (r"\[ h(x + 1) - h(x) = h \]", ["undecided"]),
        (r"\[ h(x + 1) = h \]", ["undecided"]),
        (r"Let $v > 0$. \[ \frac{d}{dx} v(x + x^2) = v + 2vx \]", ["proved"]),
        (r"Let $v \in \{0, 1\}$. \[ \frac{d}{da} (v^2 a) = v \]", ["conditional"]),
        (
            r"For $t \in (0, 1)$ the likelihood is $L(t) = t^h (1-t)^g$. \[ \frac{d}{dt} \log L(t) = \frac{h}{t} - \frac{g}{1-t} \]",
            ["definition", "conditional"],
        ),
        (r"\[ (fg)' = f'g + fg' \]", ["undecided"]),
        (r"\[ \nabla(u v) = v \nabla u - u \nabla v \]", ["refuted"]),
    ],
)
def test_letters_with_and_without_brackets(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


def test_what_looks_like_the_value_of_a_function_is_no_product() -> None:
    assert _kinds(r"\[ \Phi(-x) = 1 - \Phi(x) \]") == ["undecided"]
    assert _kinds(r"\[ K(x) + K(y) = K(x + y) \]") == ["undecided"]
    assert _kinds(r"\[ D_x(y) + D_x(z) = D_x(y + z) \]") == ["undecided"]


def test_a_parameter_of_a_definition_is_no_other_name() -> None:
    text = r"""
    \[ L(p) = -t \log p \]
    Let $p = \sigma(a)$. Then
    \[ L'(p) = -\frac{t}{p} \]
    \[ L'(p) = \frac{t}{p} \]
    """
    assert _kinds(text) == ["definition", "definition", "proved", "refuted"]


def test_components_and_values_of_a_letter_are_the_same() -> None:
    text = r"Let $q(z) = \prod_{i=1}^n q_i(z_i)$ with $q_i(z_i) = \beta_i^{z_i}(1-\beta_i)^{1-z_i}$."
    for profile in ("plain", "seminar7"):
        assert _kinds(rf"{text} \[ \log q(z) = \sum_{{i=1}}^n \log q_i(z_i) \]", profile)[-1] == "proved"


def test_draws_with_their_own_parameters_have_not_the_one_of_the_seminar() -> None:
    text = r"\[ \mathrm{Var}_q\Bigl[\sum_{i=1}^n z_i\Bigr] = \sum_{i=1}^n \beta_i(1 - \beta_i) \]"
    for heading in ("", r"\section*{Assignment 3}"):
        assert _kinds(heading + text, "seminar7")[-1] in ("undecided", "unread")


def test_densities_of_numbered_variables_are_not_refuted_apart() -> None:
    assert _kinds(r"\[ p(x_0, x_1, x_2) = p(x_0) p(x_1 | x_0) p(x_2 | x_1) \]") == ["undecided"]


def test_a_letter_at_the_end_of_a_range_is_whole() -> None:
    assert _kinds(r"\[ \sum_{t=0}^{T-1} 1 = T \]") == ["proved"]

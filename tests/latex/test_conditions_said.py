r"""Conditions that are said of more than a letter, and definitions of what has a component: neither refutes a step."""

from __future__ import annotations

import pytest

from derivations.checker import check


def _kinds(text: str, profile: str = "plain") -> list[str]:
    return [step.verdict.kind for step in check(text, profile=profile).steps]


_PRODUCT = r"\sqrt{x^2 y^2} = x y"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"Let $x + y > 0$. \[ |x + y| = x + y \]", "conditional"),
        (r"Let $x + y > 0$. \[ |x + y| = x + 2y \]", "refuted"),
        (rf"Since $xy \ge 0$, \[ {_PRODUCT} \]", "conditional"),
        (rf"\[ {_PRODUCT} \] whenever $xy \ge 0$.", "conditional"),
        (rf"\[ {_PRODUCT} \quad \text{{if }} xy \ge 0 \]", "conditional"),
        (rf"\[ {_PRODUCT} \quad (xy \ge 0). \]", "conditional"),
        (rf"\[ {_PRODUCT} \quad \forall xy \ge 0 \]", "conditional"),
        (r"For $0 < u < 1$, \[ u^2 < u \]", "conditional"),
        (r"We have words. \[ p \log p \le 0, \qquad 0 < p < 1 \]", "conditional"),
        (r"\[ a (b + c) = a \quad (b + c) \]", "proved"),
    ],
)
def test_what_is_said_of_letters_together(text: str, kind: str) -> None:
    assert _kinds(text) == [kind]
    assert _kinds(text, "seminar7") == [kind]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"For $|x| < 1$, \[ \sqrt{(1-x)^2} = 1 - x \]", ["undecided"]),
        (r"For $|x| < 1$, \[ \sqrt{(1-2x)^2} = 1 - 2x \]", ["refuted"]),
        (r"\[ \sqrt{(1-x)^2} = 1 - x \] for $|x| \le 1$.", ["undecided"]),
        (r"For $\log x > 0$, \[ \sqrt{(1-x)^2} = x - 1 \]", ["undecided", "undecided"]),
        (r"We have $\log x > 0$.", ["refuted"]),
    ],
)
def test_an_inequality_behind_for_is_no_claim(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


_WEIGHTS = r"Let $w_k := p(x, z_k) / q(z_k)$ be weights. "


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (_WEIGHTS + r"\[ \frac{\partial}{\partial w_k} \sum_{j=1}^K w_j^2 = 2 w_k \]", ["definition", "proved"]),
        (_WEIGHTS + r"\[ \frac{\partial}{\partial w_k} \sum_{j=1}^K w_j f(z_j) = f(z_k) \]", ["definition", "proved"]),
        (_WEIGHTS + r"\[ \frac{\partial}{\partial w_k} \sum_{j=1}^K w_j^2 = 0 \]", ["definition", "undecided"]),
    ],
)
def test_a_derivative_by_a_component_that_is_defined(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


def test_a_letter_may_be_counted_by_the_same_letter() -> None:
    said = r"Let $N_k \triangleq \sum_{n=1}^N r_{nk}$ be counts. \[ \sum_{k=1}^K N_k = %s \]"
    assert _kinds(said % r"\sum_{n=1}^N \sum_{k=1}^K r_{nk}") == ["definition", "proved"]
    assert _kinds(said % "N") == ["definition", "undecided"]  # the r_{nk} may sum to one
    assert _kinds(r"If $g_i = g$ for all $i$, \[ \sum_{i=1}^n g = n g \]")[-1] == "proved"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("H(X | X) = 0", "proved"),
        ("I(X; X) = H(X)", "proved"),
        ("I(X; X) = H(X) - H(X | X)", "proved"),
        ("H(X, Y | X) = H(Y | X)", "proved"),
        ("I(X; X) = 0", "refuted"),
    ],
)
def test_a_variable_is_known_given_itself(text: str, kind: str) -> None:
    assert _kinds(rf"For discrete variables: \[ {text} \]") == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"Let $t$ be a temperature. \[ \sqrt{t^2} = t \]", "conditional"),
        (r"Let $t$ be a temperature. \[ \sqrt{t^2} = 2t \]", "refuted"),
        (r"With the distance $d$, \[ |d| = d \]", "conditional"),
        (r"Let $u$ be an indicator variable. \[ u^2 = u \]", "conditional"),
        (r"For indicator variables $u$, \[ u^2 = u \]", "conditional"),
        (r"Let $u$ be an indicator variable. \[ u^2 = 1 - u \]", "refuted"),
        (r"The labels $t_n$ are zero or one. \[ \sum_{n=1}^N t_n^2 = \sum_{n=1}^N t_n \]", "conditional"),
        (r"Let $b$ be the binary entropy. \[ b^2 = b + b^3 \]", "refuted"),
        (r"Let $\theta_k$ be the mixing proportions. \[ \sum_{k=1}^K \theta_k = 1 \]", "undecided"),
        (r"Let $(\theta_1, \dots, \theta_K)$ be a probability vector. \[ \sum_{k=1}^K \theta_k = 1 \]", "undecided"),
        (r"With mixing coefficients $\phi_k$, \[ \sum_{k=1}^K \phi_k \log 2 = \log 3 \]", "refuted"),
        (r"The data $x_i$ are standardised. \[ \sum_{i=1}^n x_i^2 = n \]", "undecided"),
        (r"Let $x_i$ be numbers. \[ \sum_{i=1}^n x_i^2 = n \]", "refuted"),
        (r"Let $r$ be a correlation coefficient. \[ |1 - r^2| = 1 - r^2 \]", "undecided"),
    ],
)
def test_what_a_noun_says_of_a_letter(text: str, kind: str) -> None:
    assert _kinds(text) == [kind]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"Consider targets $t_n \in \{0, 1\}$. \[ t_n^2 = t_n, \quad t_n^2 = 1 - t_n \]", ["conditional", "refuted"]),
        (r"Let $x_1, \dots, x_n \in \{0, 1\}$. \[ \sum_{i=1}^n x_i^2 = \sum_{i=1}^n x_i \]", ["conditional"]),
        (r"Let $u_{ij} \in [0, 1]$. \[ |u_{ij}| = u_{ij}, \quad |u_{ij}| = 2u_{ij} \]", ["conditional", "refuted"]),
        (r"Let $y_n \in \mathcal{Y}$. \[ y_n^2 = y_n \]", ["undecided"]),
        (
            r"Let $a$ be the rate and $h$ the curvature, both positive. \[ \sqrt{a^2 h^2} = ah = 2ah \]",
            ["conditional", "refuted"],
        ),
    ],
)
def test_what_is_said_of_all_components_and_of_both_letters(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


def test_a_parameter_that_is_defined_as_a_function_has_values() -> None:
    said = r"Let $\phi(x) = e^{-x^2/2}$ and $m$ a number. \[ \phi(x - m) = e^{xm - m^2/2} \phi(%s) \]"
    assert _kinds(said % "x") == ["definition", "proved"]
    assert _kinds(said % "m") == ["definition", "refuted"]
    assert _kinds(r"\[ \beta(1 - \beta) = \beta - \beta^2 \]") == ["proved"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"\frac{t+1}{(t+2)^2} \le \frac{1}{t+3}", "undecided"),
        (r"\frac{t+1}{(t+2)^2} \le \frac{1}{t+4}", "refuted"),
    ],
)
def test_an_index_is_a_natural_number_elsewhere(text: str, kind: str) -> None:
    assert _kinds(rf"Let $c_t = \frac{{2}}{{t+2}}$. \[ {text} \]")[-1] == kind

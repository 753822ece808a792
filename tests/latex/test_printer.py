import pytest

from derivations.errors import NotationError
from derivations.latex.printer import latex
from derivations.latex.style import Shape, Style, calligraphic, symbol
from derivations.notation import read
from derivations.term import App, Bound, Var

SHEET = Style(
    functions={
        "q": Shape(r"q_{#1}(#3 \mid #2)", 3),
        "p": Shape(r"p_{#1}(#3 \mid #2)", 3),
        "prior": Shape("p(#1)", 1),
    },
    domains={"q": Var("Z"), "prior": Var("Z"), "bern": App("bits")},
)

PRINTED = [
    (
        "d[phi = phi](sum[z in Z](q(phi, x, z) * log(p(theta, z, x))))",
        r"\nabla_{\varphi} \sum_{z \in \mathcal{Z}} q_{\varphi}(z \mid x) \log p_{\theta}(x \mid z)",
    ),
    (
        "sum[z in Z](log(q(phi, x, z)) * d[phi = phi](q(phi, x, z)))",
        r"\sum_{z \in \mathcal{Z}} \log q_{\varphi}(z \mid x) \, \nabla_{\varphi} q_{\varphi}(z \mid x)",
    ),
    (
        "E[z in Z](q(phi, x, z), f(z))",
        r"\operatorname{E}_{q_{\varphi}(z \mid x)}\bigl[f(z)\bigr]",
    ),
    (
        "Var[z in tuples(bits, m)](prod[i in range(1, m)](bern(beta, z[i])), z[1])",
        r"\operatorname{Var}_{z_{1}, \ldots, z_{m} \sim \mathrm{Bern}(\beta)}[z_{1}]",
    ),
    ("KL[z in Z](q(phi, x, z), prior(z))", r"D_{\mathrm{KL}}(q_{\varphi}(z \mid x) \,\|\, p(z))"),
    ("E[k in range(1, n)](1 / n, k)", r"\operatorname{E}_{k \in \{1, \ldots, n\}, k \sim \frac{1}{n}}[k]"),
    ("z * log(beta) + (1 - z) * log(1 - beta)", r"z \log \beta + (1 - z) \log(1 - \beta)"),
    ("beta * (1 - beta) / (m * beta^2)", r"\frac{\beta (1 - \beta)}{m \beta^{2}}"),
    ("f * (1 - x)", r"f \cdot (1 - x)"),
    ("log(a) * b", r"\log a \, b"),
    ("log(a^2)", r"\log(a^{2})"),
    ("log(a)^2", r"(\log a)^{2}"),
    ("2 * 3 * x", r"2 \cdot 3 x"),
    ("a - (b - c)", "a - (b - c)"),
    ("-x * (-y)", "-x (-y)"),
    ("a * (b * c)", "a (b c)"),
    ("sum[z in Z](f(z)) + z", r"\sum_{z' \in \mathcal{Z}} f(z') + z"),
    ("sum[z in Z](f(z)) * c", r"\left( \sum_{z \in \mathcal{Z}} f(z) \right) c"),
    ("sum[i in range(1, n)](x[i] + 1)", r"\sum_{i=1}^{n} (x_{i} + 1)"),
    ("d[b = b](b^2)", r"\frac{d}{d b} b^{2}"),
    ("d[t = a + 1](t^2)", r"\left. \frac{d}{d t} t^{2} \right|_{t = a + 1}"),
    ("d[t = b](t * b)", r"\left. \frac{d}{d t} (t b) \right|_{t = b}"),
    ("z in tuples(bits, n)", r"z \in \{0, 1\}^{n}"),
    ("m in integers(1, oo)", r"m \in \{1, \ldots\}"),
    ("limit_right[b = 0](1 / b)", r"\lim_{b \to 0^{+}} \frac{1}{b}"),
    ("a <= b", r"a \leq b"),
    ("mu_1[i]", r"{\mu_{1}}_{i}"),
    ("exp(-x)", "e^{-x}"),
]


@pytest.mark.parametrize(("plain", "expected"), PRINTED)
def test_prints(plain, expected):
    assert latex(read(plain), SHEET) == expected


def test_a_derivative_stands_in_brackets_before_another_factor():
    assert latex(read("d[phi = phi](f(phi)) * g(phi)"), SHEET) == r"\bigl(\nabla_{\varphi} f(\varphi)\bigr) g(\varphi)"


def test_letters_and_signs_can_be_chosen():
    style = Style(
        letters={"phi": r"\phi"}, expectation=r"\mathbf{E}", differential=r"\mathrm{d}", gradients=frozenset()
    )
    assert latex(read("d[phi = phi](E[z in bits](bern(phi, z), z))"), style) == (
        r"\frac{\mathrm{d}}{\mathrm{d}\phi} \mathbf{E}_{z \sim \mathrm{Bern}(\phi)}[z]"
    )


def test_names():
    names = ["beta", "beta_1", "mu_hat_k", "Phi", "mass", "z''", "theta_star"]
    assert [symbol(name) for name in names] == [
        r"\beta", r"\beta_{1}", r"\hat{\mu}_{k}", r"\Phi", r"\mathrm{mass}", "z''", r"\theta^{*}",
    ]  # fmt: skip
    assert calligraphic("Z") == r"\mathcal{Z}"


def test_a_loose_place_is_refused():
    with pytest.raises(NotationError):
        latex(App("+", (Bound(0), Var("x"))))


def test_a_shape_with_too_few_arguments_is_refused():
    with pytest.raises(NotationError):
        Shape("q_{#1}(#2)").filled(["a"])

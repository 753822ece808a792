"""The names that other programs call."""

from __future__ import annotations

import pytest
import sympy

import derivations
from derivations import Given, read
from derivations.api import understood
from derivations.errors import NotationError, OutsideFragment


@pytest.mark.parametrize(
    ("lhs", "rhs", "given", "kind"),
    [
        (r"\log(\beta(1-\beta))", r"\log\beta + \log(1-\beta)", {"beta": ("0", "1")}, "proved"),
        (r"\sqrt{x^2}", "x", {"x": "positive"}, "proved"),
        (r"\sqrt{x^2}", "x", {"x": "real"}, "refuted"),
        (r"\frac{x^2}{x}", "x", None, "conditional"),
        (r"\frac{d}{dx} x^2", "2x", None, "proved"),
        (r"(x+y)^2", "x^2 + y^2", None, "refuted"),
        (r"\sum_{i=1}^{n} i", r"\frac{n(n+1)}{2}", {"n": "positive integer"}, "proved"),
        (read("b + b"), read("2 * b"), Given.of("b in reals"), "proved"),
    ],
)
def test_prove(lhs: object, rhs: object, given: object, kind: str) -> None:
    assert derivations.prove(lhs, rhs, given).kind == kind


def test_sympy_brings_its_assumptions() -> None:
    x = sympy.Symbol("x", positive=True)
    assert derivations.prove(sympy.log(x**2, evaluate=False), 2 * sympy.log(x)).kind == "proved"
    y = sympy.Symbol("y", real=True)
    assert derivations.prove(sympy.sqrt(y**2, evaluate=False), y).kind == "refuted"


def test_a_profile_is_a_given() -> None:
    score = r"\sum_z q_\varphi(z|x) \nabla_\varphi \log q_\varphi(z|x)"
    assert derivations.prove(score, "0", "seminar7").kind == "proved"
    assert derivations.prove(score, "1", "seminar7", timeout=5).kind == "refuted"


def test_what_is_no_formula_is_refused() -> None:
    with pytest.raises(NotationError):
        derivations.prove(r"\frac{1}{", "1")
    with pytest.raises(NotationError):
        derivations.prove(1.5, "1")
    with pytest.raises(OutsideFragment):
        derivations.prove(sympy.Integral(sympy.Symbol("x")), "1")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\sin 2x(1+y)", "sin(2 * x) * (1 + y)"),
        (r"\cos x\,e^{-x}", "cos(x) * exp(-x)"),
        (r"\tanh^{-1} x", "artanh(x)"),
        (r"\sin^{-1}(x)^2", "arcsin(x)^2"),
        (r"\frac{d}{dx} x|x|", "d[x = x](x * abs(x))"),
        (r"\sqrt[3]{x}", "root(x, 3)"),
        (r"\sqrt[4]{x}", "x^(1 / 4)"),
        (r"\sin 30^\circ", "sin(30 * pi_number / 180)"),
        (r"\operatorname{asin}{\left(x \right)}", "arcsin(x)"),
    ],
)
def test_functions_reach_as_far_as_their_authors_mean(written: str, meant: str) -> None:
    (term,), _ = understood([written], {"x": "real", "y": "real"})
    assert term == read(meant)


def test_check_and_claims() -> None:
    assert derivations.check("$1 + 1 = 3$").summary["refuted"] == 1
    claims = {claim.name: claim for claim in derivations.claims()}
    assert len(claims) >= 34
    mean = claims["bernoulli-mean"]
    assert [str(step.after) for step in mean.derivation][-1] == "beta"
    assert mean.task == "3a"
    assert mean.sympy == sympy.true or "beta" in str(mean.sympy)
    assert mean.evidence().kernel is not None
    assert mean.given.about("beta")
    with pytest.raises(AttributeError):
        derivations.nothing  # noqa: B018 - the attribute access is the test


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("(" * 500 + "x" + ")" * 500, "x"),
        (r"2^{2^{2^{100}}}", "1"),
        ("100000!", "1"),
        (r"\sum_{k=1}^{100000} \sqrt{k}", "1"),
        ("9" * 4000, "1"),
    ],
)
def test_what_is_too_large_is_undecided_and_says_so(lhs: str, rhs: str) -> None:
    verdict = derivations.prove(lhs, rhs, {"x": "real"}, timeout=20)
    assert verdict.kind == "undecided"
    assert verdict.reason is not None
    assert verdict.reason.startswith("size")


def test_letters_of_the_given_are_numbers() -> None:
    assert derivations.prove(r"u(v+1)", r"uv+u", {"u": "real", "v": "real"}).kind == "proved"
    assert derivations.prove(r"\pi(1-\pi)", r"\pi-\pi^2", {"pi": ("0", "1")}).kind == "proved"
    assert derivations.prove(r"|\pi-3|", r"\pi-3").kind == "proved"
    assert derivations.prove(r"|\pi-3|", r"3-\pi", {"pi": ("0", "1")}).kind == "proved"
    assert derivations.prove(r"\frac{df}{d+f}", r"\frac{f}{1+f/d}", {"d": "positive", "f": "positive"}).kind == "proved"


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (r"\left.x^2+x\right|_{x=1}^{2}", "4"),
        (r"\left[x^2\right]_{x=0}^{x=3}", "9"),
        (r"x^2|_{x=1}^{2}", "3"),
        (r"\left|x-y\right|_{x=-1}", "|y+1|"),
        (r"|x|_{x=-1}", "1"),
        (r"\frac{d}{dx}\left[x^2 y\right]_{x=1}", "2y"),
        (r"\frac{d}{dx}\left.x^2\right|_{x=1}", "2"),
        (r"\left.\left(x+y\right)\middle/y\right.", r"1+\frac xy"),
    ],
)
def test_a_point_below_a_bar(lhs: str, rhs: str) -> None:
    given = {"x": "real", "y": "positive"}
    assert derivations.prove(lhs, rhs, given).kind == "proved"
    assert derivations.prove(lhs, f"{rhs} + 1", given).kind == "refuted"


@pytest.mark.parametrize(
    "text", [r"\frac{dy}{dx}", "dy/dx", r"\frac{\partial L}{\partial w}", r"\frac{d y_i}{dx}", r"2\frac{dy}{dx}"]
)
def test_the_derivative_of_a_letter_that_depends_on_nothing_is_not_zero(text: str) -> None:
    with pytest.raises(NotationError):
        derivations.prove(text, "0")


def test_a_letter_in_braces_is_the_letter() -> None:
    assert derivations.prove("{x}_1^2", "x_1^2").kind == "proved"
    assert derivations.prove("{x}_{1}", "x_2").kind == "refuted"


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (r"\theta_+", r"\theta_-"), ("x_{-1}", "x_1"), ("x_*", "x"), ("x_{(1)}", "x_1"), (r"x_{1\cdot}", "x_1"),
        (r"\sigma_{x|y}", r"\sigma_{xy}"),
    ],
)  # fmt: skip
def test_signs_in_subscripts_tell_letters_apart(lhs: str, rhs: str) -> None:
    assert derivations.prove(lhs, rhs).kind == "refuted"
    assert derivations.prove(f"{lhs} - {lhs} + {rhs}", rhs).kind == "proved"


@pytest.mark.parametrize("text", ["x_+", "x_-", r"x_{(n)} - x_n"])
def test_parts_and_order_statistics_are_not_read(text: str) -> None:
    with pytest.raises(NotationError):
        derivations.prove(text, "0", {"x": "real"} if "n" not in text else {"n": "positive integer"})


@pytest.mark.parametrize("rhs", ["2", "x^2+1"])
def test_how_much_a_bar_takes_in_is_not_guessed(rhs: str) -> None:
    verdict = derivations.prove(r"x^2+x\big|_{x=1}", rhs, {"x": "real"})
    assert verdict.kind == "undecided"
    assert str(verdict.reason).startswith("ambiguous")


@pytest.mark.parametrize(
    "text", ["|x|_+", r"\left|x\right|_1", r"(x)_{x=0}^{1}", r"[x_1]_{x=0}^{1}", r"\left.x\right|"]
)
def test_scripts_of_bars_and_brackets_are_not_passed_over(text: str) -> None:
    with pytest.raises(NotationError):
        derivations.prove(text, "x", {"x": "real"})


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (r"\log{\left(x \right)}^{2}", r"(\log x)^2"),
        (r"x^{2 \cdot y}", r"(x^y)^2"),
        (r"\frac{(2n)!}{n!^{2}}", r"\binom{2n}{n}"),
        (r"\sin^{2}{\left(x \right)} + \cos^{2}{\left(x \right)}", "1"),
        (r"\max\left(x, y\right)", r"\frac{x+y+|x-y|}{2}"),
        (r"\tan x", r"\frac{\sin x}{\cos x}"),
    ],
)
def test_spellings_of_machines_and_books(lhs: str, rhs: str) -> None:
    given = {"x": "positive", "y": "positive", "n": "positive integer"}
    assert derivations.prove(lhs, rhs, given).kind in ("proved", "conditional")


@pytest.mark.parametrize("text", [r"\operatorname{erf} x", r"\operatorname{arccot}(x)", r"n!!", r"\gcd(n, k)"])
def test_functions_without_a_meaning_here_are_not_read_as_letters(text: str) -> None:
    with pytest.raises(NotationError):
        derivations.prove(text, "1")


@pytest.mark.parametrize(
    ("lhs", "rhs", "reason"),
    [(r"\max_x (x - x^2)", r"\frac14", "an optimum"), (r"\arg\max_x (x - x^2)", r"\frac12", "an optimum"),
     ("P(A) P(B)", "P(A, B)", "independent"), ("r(x, y) r", "r(x) r(y)", "r stands for a function and for a number"),
     (r"3\tfrac12", r"\frac72", "ambiguous"), ("i^2", "-1", "imaginary"), (r"\mathcal{L}", "L", "two fonts"), (r"\mathrm{i}\cdot\mathrm{i}", "-1", "imaginary")],
)  # fmt: skip
def test_what_may_be_meant_otherwise_is_not_refuted(lhs: str, rhs: str, reason: str) -> None:
    verdict = derivations.prove(lhs, rhs)
    assert verdict.kind == "undecided"
    assert reason in str(verdict.reason)


@pytest.mark.parametrize(
    ("lhs", "rhs", "kind", "said"),
    [
        (r"\ln(x)^2", r"\ln x \cdot \ln x", "undecided", "ambiguous"),  # the power of the logarithm
        (r"\ln(x)^2", r"2 \ln x", "proved", ""),
        (r"\ln(x)^2", r"3 \ln x", "refuted", ""),  # in both readings
        ("1/2x", r"\frac{1}{2x}", "undecided", "ambiguous"),
        ("1/2x", r"\frac{x}{2}", "undecided", "ambiguous"),
        ("1/2x", r"\frac{x}{3}", "refuted", ""),
        (r"\frac{d}{dx} x^2 e^x", r"2x e^x", "undecided", "ambiguous"),
        (r"\frac{d}{dx} x^2 e^x", r"(2x + x^2) e^x", "proved", ""),
        (r"\Gamma(x)", "(x-1)!", "undecided", "may be the value of a function"),
        (r"x \mod 2", "0", "undecided", r"what is \mod"),
        (r"\Gamma + 1", r"\Gamma", "refuted", ""),
    ],
)
def test_what_may_be_meant_otherwise_is_not_decided_by_guessing(lhs: str, rhs: str, kind: str, said: str) -> None:
    verdict = derivations.prove(lhs, rhs, {"x": "positive"})
    assert verdict.kind == kind
    assert said in (verdict.reason or "")


@pytest.mark.parametrize(
    "text", ["e^x'", "E'[X]", "H'(p)", r"\delta_{ij}'", r"\mathcal{N}'(x; 0, 1)", "p'(x|z)", "E_p'[f(x)]"]
)
def test_a_prime_makes_another_one_of_an_operator_or_a_law(text: str) -> None:
    with pytest.raises(NotationError, match="prime"):
        derivations.prove(text, text.replace("'", ""))


@pytest.mark.parametrize("given", [{5: "real"}, {"": "real"}, ["x"], 5])
def test_a_given_that_is_none(given: object) -> None:
    with pytest.raises(NotationError):
        derivations.prove("x", "x", given)


def test_letters_in_two_shapes() -> None:
    assert derivations.prove(r"\sqrt{\varphi^2}", r"\varphi", {"varphi": "positive"}).kind == "proved"
    assert derivations.prove(r"\max(\varepsilon, \epsilon)", r"\epsilon").kind == "undecided"
    assert derivations.prove(r"\frac{d}{dx^*} (x^*)^2", "2x^*").kind == "proved"


def test_a_double_exponent_is_not_read() -> None:
    with pytest.raises(NotationError, match="one exponent"):
        derivations.prove("2^3^2", "512")


@pytest.mark.parametrize(
    ("lhs", "rhs", "kind"),
    [
        ("K(x)^2", "K(x)K(x)", "proved"),
        ("p(x)^2", "p(x)p(x)", "proved"),
        ("K^2(x)", "K(x)^2", "proved"),
        (r"\log Z(\theta)^2", r"2\log Z(\theta)", "conditional"),
        (r"\frac{d}{dt} s(t)^2", "2 s(t) s'(t)", "conditional"),
        ("W(x)e^{W(x)}", "x", "undecided"),
        ("a(x+1)^2", "a(x+1)a(x+1)", "undecided"),
        ("a(x+1)^2", "a(x+1)(x+1)", "proved"),
        ("a(b)^2", "ab^2", "proved"),
        ("n(n+1)", "n^2+1", "refuted"),
    ],
)
def test_a_letter_that_always_has_a_letter_in_a_bracket_is_a_function(lhs: str, rhs: str, kind: str) -> None:
    assert derivations.prove(lhs, rhs).kind == kind


def test_the_power_minus_one_of_a_function_is_its_inverse() -> None:
    assert derivations.prove(r"\sigma^{-1}(\sigma(x))", "x").kind == "proved"
    assert derivations.prove(r"\sigma^{-1}(p)", "1 + e^{-p}", {"p": ("0", "1")}).kind == "refuted"
    assert derivations.prove(r"\beta^{-1}(1-x)", r"\frac{1-x}{\beta}", {"beta": "positive"}).kind == "proved"
    with pytest.raises(NotationError, match="inverse"):
        derivations.prove("f^{-1}(f(x))", "x")


@pytest.mark.parametrize("right", ["f_x(x, y)", "f_{x}(x,y)", r"f_x\left(x, y\right)"])
def test_a_partial_derivative_may_be_written_below(right: str) -> None:
    verdict = derivations.prove(r"\frac{\partial}{\partial x} f(x, y)", right, {"x": "real", "y": "real"})
    assert (verdict.kind, "partial derivative" in str(verdict.reason)) == ("undecided", True)
    steps = derivations.check(rf"\[ \frac{{\partial}}{{\partial x}} f(x, y) = {right} \]", profile="plain").steps
    assert [step.verdict.kind for step in steps] == ["undecided"]


@pytest.mark.parametrize(
    ("given", "kind", "conditions"),
    [
        ({"K": "positive integer", "k": "positive integer"}, "conditional", ["k in range(1, K)"]),
        ({"K": "positive integer"}, "proved", []),
        ({}, "conditional", ["K in integers(1, oo)"]),
    ],
)
def test_an_index_lies_in_the_range_of_the_sum(given: dict[str, str], kind: str, conditions: list[str]) -> None:
    total = r"\sum_{j=1}^{K} e^{z_j}"
    verdict = derivations.prove(
        rf"\frac{{\partial}}{{\partial z_k}} \ln {total}", rf"\frac{{e^{{z_k}}}}{{{total}}}", given
    )
    assert (verdict.kind, [str(one) for one in verdict.conditions]) == (kind, conditions)
    wrong = derivations.prove(rf"\frac{{\partial}}{{\partial z_k}} \ln {total}", rf"e^{{z_k}} - {total}", given)
    assert wrong.kind == "refuted"


def test_an_interval_may_end_at_a_decimal() -> None:
    assert derivations.prove("|x - 1|", "1 - x", {"x": ("0.25", 0.5)}).kind == "proved"
    assert derivations.prove("|x - 1|", "x - 1", {"x": ("0.25", ".5")}).kind == "refuted"


@pytest.mark.parametrize(
    ("lhs", "rhs", "conditions"),
    [
        (r"\frac{d}{dx} \ln|f(x)|", r"\frac{f'(x)}{f(x)}", ["differentiable[t = x](f(t))", "f(x) != 0"]),
        (r"\frac{d}{dx} \ln|\sec x + \tan x|", r"\sec x", ["1 + sin(x) != 0", "cos(x) != 0"]),
        (r"\frac{d}{dx} \frac{x}{1 + |x|}", r"\frac{1}{(1 + |x|)^2}", ["x != 0"]),
        (r"\frac{1 - \cos 2x}{\sin 2x}", r"\tan x", ["cos(x) != 0", "sin(x) != 0"]),
        (r"\frac{d}{dx} \tan\frac{x}{2}", r"\frac{1}{1 + \cos x}", ["cos(x / 2) != 0", "1 + cos(x) != 0"]),
    ],
)
def test_conditions_are_what_is_needed(lhs: str, rhs: str, conditions: list[str]) -> None:
    verdict = derivations.prove(lhs, rhs)
    assert [str(one) for one in verdict.conditions] == conditions


@pytest.mark.parametrize(
    ("lhs", "rhs", "kind"),
    [
        (r"\lim_{h\to 0}\frac{f(x+h)-f(x)}{h}", "f'(x)", "conditional"),
        (r"\lim_{x\to a}\frac{f(x)-f(a)}{x-a}", "f'(a)", "conditional"),
        (r"\lim_{h\to 0}\frac{f(x+h)g(x+h)-f(x)g(x)}{h}", "f'(x)g(x)+f(x)g'(x)", "conditional"),
        (r"\lim_{h\to 0}\frac{f(x+h)-f(x)}{h}", "2f'(x)", "refuted"),
        (r"\lim_{h\to 0}\frac{e^{x+h}-e^x}{h}", "e^x", "proved"),
    ],
)
def test_the_definition_of_the_derivative(lhs: str, rhs: str, kind: str) -> None:
    verdict = derivations.prove(lhs, rhs, {"x": "real", "a": "real"})
    assert verdict.kind == kind
    assert all(str(condition).startswith("differentiable") for condition in verdict.conditions)


@pytest.mark.parametrize(
    ("lhs", "rhs", "kind"),
    [
        (r"\frac{d}{dx} x^2 + x", "2x + 1", "undecided"),
        (r"\frac{d}{dx} x^2 + x", "2x + 2", "refuted"),
        (r"\sum_{i=1}^n i + 1", r"\frac{n(n+1)}{2} + n", "undecided"),
        (r"3\frac12", r"\frac72", "undecided"),
        (r"3\frac12", r"\frac32", "undecided"),
        (r"3\frac12 x", r"\frac{3x}{2}", "proved"),
    ],
)
def test_what_an_operator_may_take_in_refutes_nothing(lhs: str, rhs: str, kind: str) -> None:
    assert derivations.prove(lhs, rhs, {"n": "positive integer"}).kind == kind
    page = derivations.check(f"$${lhs} = {rhs}$$", profile="plain")
    assert [step.verdict.kind for step in page.steps] == ["proved" if rhs == r"\frac32" else kind]


@pytest.mark.parametrize(
    ("lhs", "rhs", "kind"),
    [
        (r"\log 100", "2", "undecided"),
        (r"\log_{10} 100", "2", "proved"),
        (r"-\frac{1}{2}\log\frac{1}{2} - \frac{1}{2}\log\frac{1}{2}", "1", "undecided"),
        (r"-\frac{1}{2}\log\frac{1}{2} - \frac{1}{2}\log\frac{1}{2}", r"\log 2", "proved"),
        (r"\frac{d}{dx}\log x", r"\frac{1}{x\ln 10}", "undecided"),
        (r"\frac{d}{dx}\log x", r"\frac{1}{x}", "proved"),
        (r"\log 8", "4", "refuted"),
        (r"\log(x^2)", r"(\log x)^2", "refuted"),
        (r"\ln 100", "2", "refuted"),
    ],
)
def test_a_logarithm_without_a_base_may_have_one(lhs: str, rhs: str, kind: str) -> None:
    assert derivations.prove(lhs, rhs, {"x": "positive"}).kind == kind


@pytest.mark.parametrize(
    ("lhs", "rhs", "kind"),
    [
        (r"\operatorname{ReLU}(x)", r"\max(0, x)", "proved"),
        (r"\operatorname{ReLU}(x) - \operatorname{ReLU}(-x)", "x", "proved"),
        (r"\operatorname{ReLU}(x)", "x", "refuted"),
        (r"\operatorname{SiLU}(x)", r"x\sigma(x)", "proved"),
        (r"\operatorname{clip}(x)", "x", "undecided"),
        (r"\mathrm{foo}(x)", "x", "undecided"),
    ],
)
def test_functions_with_a_name(lhs: str, rhs: str, kind: str) -> None:
    verdict = derivations.prove(lhs, rhs, {"x": "real"})
    assert verdict.kind == kind
    assert kind != "undecided" or "definition missing" in str(verdict.reason)

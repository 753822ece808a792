"""A prime that is no part of a name is a derivative, or the line is not read; so is the order of a derivative, and bars
open and close as they stand."""

import pytest

from derivations.api import prove
from derivations.errors import NotationError
from derivations.latex.reader import read_formula
from derivations.notation import read
from derivations.term import Term

LETTERS = dict.fromkeys("axyz", "real")


def _read(formula: str) -> Term:
    return read_formula(formula, "plain", symbols=LETTERS, constants=True)


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        (r"(x^2)'", "d[x = x](x^2)"),
        (r"\left[x^2\right]''", "d[x = x](d[x = x](x^2))"),
        (r"{x^2}'", "d[x = x](x^2)"),
        (r"(x e^x)^\prime", "d[x = x](x * exp(x))"),
        (r"\tanh'(x)", "d[t = x](tanh(t))"),
        (r"\sigma'(2x)", "d[t = 2 * x](sigmoid(t))"),
        (r"\sigma''(x)", "d[t = x](d[t = t](sigmoid(t)))"),
        (r"\ln'(x)^2", "d[t = x](log(t))^2"),
        (r"\sin'(x) \exp'(x)", "d[t = x](sin(t)) * d[t = x](exp(t))"),
        (r"\exp(x)'", "d[x = x](exp(x))"),
    ],
)
def test_primes_are_derivatives(formula: str, meant: str) -> None:
    assert _read(formula) == read(meant)


@pytest.mark.parametrize(
    "formula",
    [
        r"(a x^2)'", r"\frac{x^2}{2}'", r"\sqrt{x}'", r"|x|'", r"2'", r"x!'", r"\max'(x, y)", r"\sin' x", r"(\ln x)'_x",
        r"\log(x)'", r"\binom{x}{2}'",
    ],
)  # fmt: skip
def test_a_prime_is_never_passed_over(formula: str) -> None:
    with pytest.raises(NotationError):
        _read(formula)


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        (r"\frac{d}{dx} x|x|", "d[x = x](x * abs(x))"),
        (r"\frac{d}{dx} \frac12 x|x|", "d[x = x](1 / 2 * x * abs(x))"),
        (r"\frac{d}{dx} x^2 \Big|_{x=3}", "d[x = 3](x^2)"),
        (r"d^2 x^3/dx^2", "d[x = x](d[x = x](x^3))"),
        (r"d^2/dx^2 x^3", "d[x = x](d[x = x](x^3))"),
    ],
)
def test_derivatives_reach_as_far_as_is_written(formula: str, meant: str) -> None:
    assert _read(formula) == read(meant)


@pytest.mark.parametrize(
    "formula",
    [r"\frac{d^n}{dx^n} x^2", r"\frac{d^n x^2}{dx^n}", r"\frac{d}{dx^n} x", r"\partial_x^9 x^7", r"d/dx^2 x^3"],
)
def test_an_order_is_never_passed_over(formula: str) -> None:
    with pytest.raises(NotationError):
        _read(formula)


def test_primes_decide() -> None:
    for false in (r"\tanh x", r"1 + \tanh^2 x"):
        assert prove(r"\tanh'(x)", false, LETTERS).kind == "refuted"
    assert prove(r"\sigma''(x)", r"\sigma'(x)(1 - 2\sigma(x))", LETTERS).kind == "proved"


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("||x||", "abs(abs(x))"),
        ("||x|-|y||", "abs(abs(x) - abs(y))"),
        ("|x||y|", "abs(x) * abs(y)"),
        ("|x|y|z|", "abs(x) * y * abs(z)"),
        ("|a-|x-|y|||", "abs(a - abs(x - abs(y)))"),
        (r"|\ln|x||", "abs(log(abs(x)))"),
        ("|x!|", "abs(factorial(x))"),
    ],
)
def test_bars_are_paired(formula: str, meant: str) -> None:
    assert _read(formula) == read(meant)

"""The names that other programs call."""

from __future__ import annotations

import pytest
import sympy

import derivations
from derivations import Given, read
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

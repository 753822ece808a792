"""`derivations.testing`: each assertion passes, fails and says why; functions are held to their formulas."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from derivations.errors import DerivationsError, NotationError
from derivations.frozen import Entry, Frozen, written
from derivations.given import Given
from derivations.notation import read
from derivations.refute import agree
from derivations.testing import (
    assert_computes,
    assert_frozen,
    assert_proved,
    assert_refuted,
    assert_same_formula,
    formula,
    pmf,
    vector,
)
from derivations.testing import strategies as shared
from derivations.testing.computing import Computation
from derivations.testing.tracing import NotTraced, Traced, expression

UNIT = {"beta": ("0", "1"), "m": "positive integer"}
VARIANCE = r"\frac{1-\beta}{m\beta}"


# ---------------------------------------------------------------- assertions


@pytest.mark.parametrize(
    ("lhs", "rhs", "facts"),
    [
        (r"\frac{1}{\beta} - 1", r"\frac{1-\beta}{\beta}", UNIT),
        (sympy.Symbol("x", real=True) ** 2 - 1, "(x-1)(x+1)", None),
        (read("log(x^2)"), r"2\log x", {"x": "positive"}),
        (r"x^2 \geq 0", None, {"x": "real"}),
    ],
)
def test_proved(lhs, rhs, facts):
    assert assert_proved(lhs, rhs, facts).proof is not None
    with pytest.raises(AssertionError, match="not refuted: proved"):
        assert_refuted(lhs, rhs, facts)


@pytest.mark.parametrize(
    ("lhs", "rhs", "facts", "said"),
    [
        (r"\sqrt{x^2}", "x", {"x": "real"}, r"refuted: sqrt\(x\^2\) = x\n  at x = -1: left side 1, right side -1"),
        ("x/x", "1", {"x": "real"}, r"conditional: .*\n  only if x != 0"),
        ("x < 0", None, {"x": "positive"}, "refuted: x < 0"),
        ("f(x)", "f(x) + g(x)", None, "refuted"),
    ],
)
def test_not_proved(lhs, rhs, facts, said):
    with pytest.raises(AssertionError, match=said):
        assert_proved(lhs, rhs, facts)


def test_conditional_is_not_refuted_either():
    with pytest.raises(AssertionError, match="not refuted: conditional"):
        assert_refuted("x/x", "1", {"x": "real"})


def test_what_claims_nothing_is_a_mistake_of_the_test():
    with pytest.raises(TypeError, match="claims nothing"):
        assert_proved("x + 1")
    with pytest.raises(NotationError):
        assert_proved(r"\frac{1}{", "1")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("x^2 - 1", "(x - 1)(x + 1)", None),
        ("y = x^2 - 1", "y = (x - 1)(x + 1)", None),
        ("x = y", "y = x", None),
        ("x - y", "y - x", "the formula has changed"),
        ("x = y", "x < y", "another statement"),
        ("x", "x = x", "another statement"),
        ("x/x", "1", "the same only if x != 0"),
    ],
)
def test_same_formula(one, other, said):
    facts = {"x": "real", "y": "real"}
    if said is None:
        assert_same_formula(one, other, facts)
        return
    with pytest.raises(AssertionError, match=said):
        assert_same_formula(one, other, facts)


def test_frozen(tmp_path):
    (tmp_path / "a.tex").write_text(r"$$x + x = 2x \tag{a}$$ $$(y+1)^2 - 1 = y^2 + 2y \tag{b}$$")
    file = tmp_path / "a.frozen.toml"
    entries = (Entry("a", ("2 * x", "= x * 2")), Entry("b", ("(y + 1)^2 - 1", "= y^3 + 2 * y")))
    file.write_text(written(Frozen("a.tex", entries, "plain")))
    assert_frozen(file, "a")
    with pytest.raises(AssertionError, match=r"1 of 2 formulas changed\nb: the formula has changed"):
        assert_frozen(file)
    with pytest.raises(DerivationsError, match="c is not frozen"):
        assert_frozen(file, "c")


# ---------------------------------------------------------------- functions


def tied(latex, /, **options):
    """A decorator and a check in one."""
    return lambda function: assert_computes(formula(latex, **options)(function))


@pytest.mark.parametrize(
    ("latex", "domains", "function"),
    [
        (VARIANCE, UNIT, lambda beta, m: (1 / beta - 1) / m),
        (VARIANCE, UNIT, lambda beta, m, scale=1.0: scale * (1 / beta - 1) / m),
        (r"\frac{a}{10}", {"a": "real"}, lambda a: 0.1 * a),
        (r"\log\frac{a}{1-a}", {"a": ("0", "1")}, lambda a: np.log(a) - np.log1p(-a)),
        (r"\sqrt{x} e^{-x}", {"x": "positive"}, lambda x: np.exp(-x) * np.sqrt(x)),
        (r"x^2 + 1", {"x": "real"}, lambda x: sum([x * x, 1])),
        (r"\frac{1}{1 + e^{-t}}", {"t": "real"}, lambda t: sympy.exp(t) / (1 + sympy.exp(t))),
    ],
)
def test_proved_from_the_trace(latex, domains, function):
    assert tied(latex, **domains)(function).proof == "proved"


@pytest.mark.parametrize(
    ("latex", "domains", "function", "why"),
    [
        ("|x|", {"x": "real"}, lambda x: x if x > 0 else -x, "the value of a symbol"),
        (r"\log x", {"x": "positive"}, lambda x: math.log(x), "the value of a symbol"),
        (r"\sum_{k=1}^m k", {"m": "positive integer"}, lambda m: sum(range(m + 1)), "the value of a symbol"),
    ],
)
def test_without_a_trace_numbers_speak(latex, domains, function, why):
    found = tied(latex, **domains)(function)
    assert why in found.proof
    assert found.examples == 50 or found.examples > 5
    with pytest.raises(AssertionError, match="not proved"):
        assert_computes(formula(latex, **domains)(function), proof=True)


@pytest.mark.parametrize(
    ("latex", "domains", "function", "said"),
    [
        (VARIANCE, UNIT, lambda beta, m: (1 - beta) / beta, "computes another formula"),
        ("1", {"z": "bit"}, lambda z: z / z, "computes another formula"),
        ("|x|", {"x": "real"}, lambda x: x if x > -5 else -x, r"does not compute \|x\|\n  at x = -"),
        (r"\log x", {"x": "positive"}, lambda x: math.log(x) * (1 + 1e-6), "does not compute"),
        (r"\log x", {"x": "positive"}, lambda x: math.log(x - 100), "raises ValueError"),
        (r"\log x", {"x": "positive"}, lambda x: math.nan if float(x) else 0, "returns nan"),
        (r"\log(-x)", {"x": "positive"}, lambda x: float(x), "has no value at any point"),
    ],
)
def test_wrong_functions(latex, domains, function, said):
    with pytest.raises(AssertionError, match=said):
        tied(latex, **domains)(function)


def test_rounding_is_no_error():
    assert tied(r"\sqrt{x^2 + 1} - x", x="positive")(lambda x: math.sqrt(float(x) ** 2 + 1) - float(x)).examples
    with pytest.raises(AssertionError):
        tied(r"\sqrt{x^2 + 1} - x", x="positive", rtol=1e-30)(lambda x: math.sqrt(float(x) ** 2 + 1) - float(x))


def test_arrays_of_numbers():
    logit = formula(r"\log\frac{a}{1-a}", a=("0", "1"), arrays=True)
    assert assert_computes(logit(lambda a: np.log(a) - np.log1p(-a))).proof == "proved"
    where = formula("|x|", x="real", arrays=True)
    assert "there is no trace" in assert_computes(where(lambda x: np.where(x > 0, x, -x))).proof
    with pytest.raises(AssertionError):
        assert_computes(where(lambda x: np.where(x > 1, x, -x)))
    with pytest.raises(AssertionError, match="shape"):
        assert_computes(formula("x", x="real", arrays=True)(lambda x: np.concatenate([x, x])))


def test_vectors_and_mass_functions():
    entropy = formula(r"-\sum_{i=1}^n p_i \log p_i", p=pmf("n"))
    assert assert_computes(entropy(lambda p: -np.sum(p * np.log(p)))).proof == "proved from its trace for n = 1 to 3"
    with pytest.raises(AssertionError, match="another formula"):
        assert_computes(entropy(lambda p: np.sum(p * np.log(p))))
    inner = formula(r"\sum_{i=1}^n w_i x_i", w=vector("n", "positive"), x=vector("n"))
    assert "proved" in assert_computes(inner(lambda w, x: w @ x)).proof
    mean = formula(r"\frac{1}{n} \sum_{i=1}^n x_i", x=vector("n"))
    assert assert_computes(mean(lambda x: np.sum(x) / len(x))).examples
    with pytest.raises(AssertionError):
        assert_computes(mean(lambda x: np.sum(x)))


def test_parameters_and_symbols_must_fit():
    rate = formula(r"\lambda e^{-\lambda x}", names={"rate": "lambda"}, x="positive", **{"lambda": "positive"})
    assert assert_computes(rate(lambda rate, x: rate * np.exp(-rate * x))).proof == "proved"
    with pytest.raises(TypeError, match="no parameter stands for m"):
        tied(VARIANCE, **UNIT)(lambda beta: 1 / beta)
    with pytest.raises(TypeError, match="no symbol for the parameter z"):
        tied(VARIANCE, **UNIT)(lambda beta, m, z: 1 / beta)
    with pytest.raises(TypeError, match="tied to no formula"):
        assert_computes(lambda x: x)


def test_the_function_stays_what_it_is():
    def square(x):
        return x * x

    assert formula("x^2", x="real")(square) is square
    assert str(Computation("proved", 3, 1e-9)) == "proved from its trace; agrees at 3 points to 1e-09"


@pytest.mark.parametrize("use", [bool, float, int, range, len, math.sin, lambda x: x % 2, lambda x: x < 1, np.floor])
def test_what_a_symbol_cannot_do(use):
    with pytest.raises((NotTraced, TypeError, AttributeError)):
        use(Traced(sympy.Symbol("x")))


@given(st.floats(-1e6, 1e6))
def test_decimals_are_what_python_prints(number):
    assert expression(number) == sympy.Rational(repr(number))


# ---------------------------------------------------------------- strategies


@given(shared.givens(["a", "b"]).flatmap(lambda facts: st.tuples(st.just(facts), shared.points(facts))))
def test_points_satisfy_their_given(drawn):
    facts, point = drawn
    model = shared.model_at(point, facts)
    assert all(agree(fact, model) is True for fact in facts)
    assert all(Fraction(float(number)) == number for number in point.values())


ORDERED = Given.of("a in interval(0, 1)", "b in interval(0, a)", "k in range(1, 3)", "c in reals", "a < c")


@given(shared.points(ORDERED))
def test_points_that_depend_on_one_another(point):
    assert 0 < point["b"] < point["a"] < 1
    assert point["a"] < point["c"]
    assert point["k"] in (1, 2, 3)


@given(
    st.integers(1, 20).flatmap(lambda size: st.tuples(st.just(size), shared.pmfs(size), shared.pmfs(size, zeros=True)))
)
def test_mass_functions(drawn):
    size, positive, some = drawn
    assert len(positive) == len(some) == size
    assert sum(positive) == sum(some) == 1
    assert min(positive) > 0
    assert min(some) >= 0


@given(shared.terms(["x", "y"]))
def test_terms_have_no_other_symbols(term):
    assert term.free_vars <= {"x", "y"}
    assert term.loose == 0

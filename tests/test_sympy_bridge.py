"""Terms go to SymPy and come back unchanged; SymPy's expressions are read as what they mean, or refused."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sympy
from hypothesis import given as hypothetically

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.notation import read
from derivations.seminar7 import CLAIMS
from derivations.sympy_bridge import Over, all_from_sympy, from_sympy, to_sympy
from derivations.sympy_bridge.words import HEADS
from derivations.sympy_bridge.writer import _Writer, assumptions, positive_functions
from derivations.term import Bound, Term, add
from tests.strategies import GIVEN, terms

X, Y = sympy.symbols("x y")
POSITIVE = sympy.Symbol("x", positive=True)
K, N = sympy.symbols("k n", integer=True, positive=True)
F = sympy.Function("f")

# Terms that SymPy would evaluate, sort or capture if it were allowed to.
KEPT = (
    "x / x", "x^2 / x", "x - x", "0 * x", "1 * x", "x + 0", "x^1", "x^0", "2 + 2", "2 / 4", "-(-x)", "-3", "x^(-1)", "1 / x",
    "x^(-2)", "a + (b + c)", "a + b + c", "a - (b - c)", "a - b - c", "a + -b", "a - -b", "-a + b", "-(a * b)", "-a * b",
    "a * (b * c)", "a / b / c", "a / (b / c)", "a * (1 / b)", "-1 / 2", "(-x)^2", "a^b^c", "(a^b)^c", "sqrt(4)", "sqrt(x)^2",
    "x^(1 / 2)", "log(1)", "log(exp(x))", "exp(log(x))", "exp(0)", "exp(1)", "abs(-1)", "tanh(0)", "binom(4, 2)", "factorial(3)",
    "sigmoid(x)", "arctan(x)", "arcsin(x)", "arccos(x)", "arsinh(x)", "arcosh(x)", "artanh(x)", "sign(x)", "root(x, 3)", "delta(i, j)", "logit(b)", "softplus(x)", "bern(b, 1)", "v[2]", "v[k + 1]", "q(phi, x, z)", "f(x)",
    "sum[z in bits](z)", "sum[z in bits](c)", "sum[i in range(1, n)](i^2)", "sum[i in range(0, 1)](i)", "prod[i in range(1, n)](a(i))",
    "sum[i in range(1, n)](sum[j in range(1, i)](a(i) * a(j)))", "sum[i in range(1, n)](sum[i in range(1, i)](i))",
    "sum[z in Z](q(z))", "sum[v in tuples(bits, n)](v[1])", "sum[i in without(range(1, n), k)](i)", "card(tuples(bits, n))",
    "E[z in Z](q(z), g(z))", "Var[z in bits](bern(b, z), z)", "Cov[z in Z](q(z), f(z), g(z))", "KL[z in Z](q(z), p(z))",
    "H[z in Z](q(z))", "CE[z in Z](q(z), p(z))",
    "d[x = x](x^2)", "d[x = x](c)", "d[t = 0](f(t))", "d[t = g(x)](f(t) * t)", "d[x = x](d[y = y](f(x, y)))",
    "d[y = y](d[x = x](f(x, y)))", "d[x = x](d[x = x](log(x)))", "d[t = x](f(t, x))", "d[x = x](sum[x in bits](x))",
    "d[x = x](sum[z in Z](q(x, z) * z))", "f(x) * d[t = x](f(t))",
    "limit_right[t = 0](t * log(t))", "limit_left[t = 1](1 / (1 - t)) = oo", "limit_right[t = 0](log(t)) = -oo",
    "x = x", "1 < 2", "x <= y", "x != x", "pmf[z in Z](q(z))", "decreasing[t in interval(0, 1)](1 / t)", "forall[z in bits](z^2 = z)",
)  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_nothing_is_lost_on_the_way_out(text: str) -> None:
    term = read(text)
    assert from_sympy(to_sympy(term, Given()))[0] == term


@hypothetically(terms)
def test_any_term_comes_back(term: Term) -> None:
    assert from_sympy(to_sympy(term, GIVEN))[0] == term


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_the_sheet_goes_to_sympy_and_back(claim) -> None:
    texts = [claim.statement, *(line.term for line in claim.lines), *(slip.statement for slip in claim.mistakes)]
    for term in map(read, texts):
        assert from_sympy(to_sympy(term, claim.assumptions))[0] == term


# SymPy's own expressions and how they are written here.
READ = (
    (X - Y, "x - y"),
    (-X, "-x"),
    (-2 * X * Y, "-(2 * x * y)"),
    (X / Y, "x / y"),
    (1 / X, "1 / x"),
    (X**-2, "1 / x^2"),
    (sympy.Rational(-1, 2), "-1 / 2"),
    (X / 2, "1 / 2 * x"),
    (sympy.sqrt(X), "sqrt(x)"),
    (1 / sympy.sqrt(X), "1 / sqrt(x)"),
    (sympy.exp(-X), "exp(-x)"),
    (sympy.Pow(sympy.E, X, evaluate=False), "exp(x)"),
    (sympy.E, "exp(1)"),
    (sympy.oo, "oo"),
    (-sympy.oo, "-oo"),
    (sympy.Abs(X), "abs(x)"),
    (sympy.binomial(N, K), "binom(n, k)"),
    (sympy.factorial(N), "factorial(n)"),
    (F(X).diff(X), "d[x = x](f(x))"),
    (F(X).diff(X, 2), "d[x = x](d[x = x](f(x)))"),
    (sympy.Subs(F(X).diff(X), X, 0), "d[x = 0](f(x))"),
    (sympy.Subs(F(X) * F(X).diff(X), X, Y), "d[t = y](f(t)) * f(y)"),
    (sympy.Sum(F(K), (K, 1, N)), "sum[k in range(1, n)](f(k))"),
    (sympy.Sum(X**K, (K, 0, 1)), "sum[k in bits](x^k)"),
    (sympy.Product(F(K), (K, 1, N)), "prod[k in range(1, n)](f(k))"),
    (sympy.Sum(F(K), (K, 1, N), (N, 1, 3)), "sum[n in range(1, 3)](sum[k in range(1, n)](f(k)))"),
    (sympy.Limit(1 / X, X, 0, "+"), "limit_right[x = 0](1 / x)"),
    (sympy.Limit(X, X, 0, "+-"), "limit[x = 0](x)"),
    (sympy.Eq(X, Y), "x = y"),
    (sympy.Ne(X, Y), "x != y"),
    (X > Y, "y < x"),
    (X >= Y, "y <= x"),
    (sympy.IndexedBase("v")[K], "v[k]"),
    (sympy.IndexedBase("v")[K, N], "v[k][n]"),
    (Over("E", K, sympy.Symbol("Z"), F(K), K), "E[k in Z](f(k), k)"),
    (sympy.tan(X), "sin(x) / cos(x)"),
    (sympy.sec(X) + sympy.acsc(X), "arcsin(1 / x) + 1 / cos(x)"),
    (sympy.asin(X), "arcsin(x)"),
    (sympy.atanh(X) + sympy.acosh(X), "arcosh(x) + artanh(x)"),
    (sympy.log(X, 2, evaluate=False), "log(x) / log(2)"),
    (sympy.cbrt(X), "x^(1 / 3)"),
    (X ** sympy.Rational(-2, 3), "1 / x^(2 / 3)"),
    (sympy.sign(X), "sign(x)"),
    (sympy.Max(X, Y, 1), "max(max(1, x), y)"),
    (sympy.Float("0.1"), "1 / 10"),
    (sympy.Float("-2.50"), "-5 / 2"),
    (sympy.GoldenRatio, "(1 + sqrt(5)) / 2"),
    (sympy.gamma(N), "factorial(n - 1)"),
    (sympy.harmonic(N), "sum[k in range(1, n)](1 / k)"),
    (sympy.KroneckerDelta(K, N), "delta(k, n)"),
    (sympy.Integral(F(X), (X, -sympy.oo, sympy.oo)), "int[x in reals](f(x))"),
    (sympy.Integral(F(X), (X, 0, 1)), "int[x in interval(0, 1)](f(x))"),
    (sympy.Add(X, X, evaluate=False), "x + x"),
    (sympy.Mul(X, sympy.Pow(X, -1, evaluate=False), evaluate=False), "x / x"),
    (sympy.sin(sympy.pi, evaluate=False), "sin(pi_number)"),
    (sympy.Symbol(r"\theta") + sympy.Symbol("log"), "theta + log1"),
    (sympy.Symbol("E") * sympy.Symbol("x_{1}"), "E1 * x_1"),
)  # fmt: skip


@pytest.mark.parametrize(("expr", "text"), READ, ids=lambda case: str(case))
def test_sympy_is_read_as_it_is_usually_written(expr, text: str) -> None:
    assert from_sympy(expr)[0] == read(text)


REFUSED = (
    (sympy.Integral(X, X), "there is no term for Integral"),
    (sympy.erf(X), "there is no term for erf"),
    (sympy.gamma(X), "there is no term for gamma"),
    (sympy.floor(X), "there is no term for floor"),
    (sympy.zoo, "there is no term for ComplexInfinity"),
    (sympy.nan, "there is no term for NaN"),
    (sympy.Symbol("w", complex=True), "w is not a real number"),
    (sympy.Symbol("w", imaginary=True), "w is not a real number"),
    (sympy.Derivative(F(X), (X, N)), "there is no term for Derivative"),
    (sympy.EulerGamma, "there is no term for EulerGamma"),
    (sympy.I * X, "there is no term for ImaginaryUnit"),
    (sympy.true, "there is no term for BooleanTrue"),
    (sympy.Piecewise((X, X > 0), (0, True)), "there is no term for Piecewise"),
    (sympy.Sum(X**K, (K, 1, sympy.oo)), "only finite sums"),
    (sympy.Function("sum")(X), "there is no term for"),
    (sympy.Function("range")(X), "range does not take 1 arguments"),
    (X + POSITIVE, "x names two different symbols"),
    ("__import__('os')", "there is no term for str"),
    (1, "there is no term for int"),
)


@pytest.mark.parametrize(("expr", "reason"), REFUSED, ids=lambda case: str(case))
def test_what_has_no_term_is_refused_by_name(expr, reason: str) -> None:
    with pytest.raises(OutsideFragment, match=reason.replace("?", r"\?")):
        from_sympy(expr)


def test_one_symbol_has_one_name_in_several_expressions() -> None:
    other = sympy.Symbol("E1")
    terms, _ = all_from_sympy([sympy.Symbol("E") + other, sympy.Symbol("E")])
    assert [str(term) for term in terms] == ["E2 + E1", "E2"]


def test_derivatives_by_other_than_symbols_are_refused() -> None:
    with pytest.raises(OutsideFragment):
        from_sympy(sympy.Derivative(F(X) ** 2, F(X)))


@pytest.mark.parametrize("text", ["x in bits", "x in interval(0, 1)"])
def test_memberships_have_no_expression(text: str) -> None:
    with pytest.raises(OutsideFragment, match="in has no SymPy expression"):
        to_sympy(read(text), Given())


def test_loose_places_have_no_expression() -> None:
    with pytest.raises(OutsideFragment, match="loose places"):
        to_sympy(add(Bound(0), read("x")), Given())
    with pytest.raises(OutsideFragment, match="has no SymPy expression"):
        _Writer(Given(), frozenset()).written(Bound(0), {})


# ---------------------------------------------------------------- assumptions

FACTS = (
    ({}, ()),
    ({"real": True}, ("x in reals",)),
    ({"positive": True}, ("x in interval(0, oo)",)),
    ({"negative": True}, ("x in interval(-oo, 0)",)),
    ({"nonnegative": True}, ("x in reals", "0 <= x")),
    ({"nonpositive": True}, ("x in reals", "x <= 0")),
    ({"real": True, "nonzero": True}, ("x in reals", "x != 0")),
    ({"nonnegative": True, "nonzero": True}, ("x in interval(0, oo)",)),
    ({"integer": True}, ("x in integers(-oo, oo)",)),
    ({"integer": True, "positive": True}, ("x in integers(1, oo)",)),
    ({"integer": True, "nonnegative": True}, ("x in integers(0, oo)",)),
    ({"integer": True, "negative": True}, ("x in integers(-oo, -1)",)),
    ({"integer": True, "nonpositive": True}, ("x in integers(-oo, 0)",)),
    ({"integer": True, "nonzero": True}, ("x in integers(-oo, oo)", "x != 0")),
    ({"even": True}, ("x in integers(-oo, oo)",)),
)


@pytest.mark.parametrize(("known", "facts"), FACTS, ids=str)
def test_assumptions_become_facts(known: dict[str, bool], facts: tuple[str, ...]) -> None:
    assert from_sympy(sympy.Symbol("x", **known))[1] == Given.of(*facts)


def test_bound_symbols_bring_no_facts() -> None:
    assert from_sympy(sympy.Sum(F(K), (K, 1, 3)))[1] == Given()


def test_positive_functions_bring_a_fact() -> None:
    term, given = from_sympy(sympy.Function("q", positive=True)(X, Y))
    assert (str(term), given) == ("q(x, y)", Given.of("0 < q(?x1, ?x2)"))
    assert positive_functions(given) == {("q", 2)}


@pytest.mark.parametrize(
    ("fact", "known"),
    [
        ("x in reals", {"real": True}), ("x in interval(0, 1)", {"positive": True}), ("x in interval(1/2, 1)", {"real": True}),
        ("x in interval(-1, 0)", {"negative": True}), ("x in bits", {"integer": True, "nonnegative": True}),
        ("x in integers(1, oo)", {"integer": True, "positive": True}), ("x in integers(-oo, oo)", {"integer": True}),
        ("x in range(1, n)", {"integer": True, "positive": True}), ("x in Z", {}), ("0 < x", {"positive": True}), ("x < 0", {}),
        ("x in tuples(bits, 2)", {}),
    ],
)  # fmt: skip
def test_symbols_bring_what_sympy_can_hold(fact: str, known: dict[str, bool]) -> None:
    assert assumptions("x", Given.of(fact)) == known
    assert to_sympy(read("x"), Given.of(fact)) == sympy.Symbol("x", **known)


@pytest.mark.parametrize(
    "fact", ["0 < f(1)", "0 < f(?x, ?x)", "f(?x) in bits", "f(?x) in interval(-1, 1)", "0 < ?x[1]"]
)
def test_only_what_holds_for_all_arguments_makes_a_function_positive(fact: str) -> None:
    assert positive_functions(Given.of(fact)) == frozenset()


def test_dummies_and_bound_symbols_make_way() -> None:
    first, second = sympy.Dummy("x"), sympy.Dummy("x")
    assert str(from_sympy(first + 2 * second)[0]) in ("x + 2 * x1", "2 * x + x1")
    inner = sympy.Sum(sympy.Symbol("k", real=True) * K, (K, 1, 2))
    assert from_sympy(inner)[0] == read("sum[i in range(1, 2)](k * i)")


# ---------------------------------------------------------------- what users do with the expressions


def test_expressions_are_of_use_in_sympy() -> None:
    given = Given.of("b in interval(0, 1)", "z in bits")
    score = to_sympy(read("d[b = b](log(bern(b, z)))"), given)
    z, b = sympy.Symbol("z", integer=True, nonnegative=True), sympy.Symbol("b", positive=True)
    assert sympy.simplify(score.doit() - (z / b - (1 - z) / (1 - b))) == 0
    assert HEADS["sigmoid"](X).diff(X).equals(HEADS["sigmoid"](X).doit().diff(X))
    assert to_sympy(read("sum[z in bits](bern(b, z))"), given).doit() == 1


def test_over_binds_its_symbol() -> None:
    total = Over("sum", X, sympy.Symbol("Z"), X * Y)
    assert total.free_symbols == {Y, sympy.Symbol("Z")}
    assert total.subs(X, 3) == total
    assert total.subs(Y, 3) == Over("sum", X, sympy.Symbol("Z"), 3 * X)
    nothing_captured = (read("sum[w in Z](w * x)"), read("sum[w in Z](x * w)"))  # SymPy sorts the factors
    assert from_sympy(total.subs(Y, X))[0] in nothing_captured
    assert total.diff(Y) == Over("sum", X, sympy.Symbol("Z"), X)
    assert total.bound_symbols == [X]


def test_the_derivative_of_an_expectation_is_not_zero() -> None:
    mean = Over("E", X, sympy.Symbol("Z"), F(X, Y), X)
    assert isinstance(mean.diff(Y), sympy.Derivative)


def test_the_package_does_not_load_sympy() -> None:
    code = "import sys, derivations; derivations.check('$1 = 1$'); sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Side conditions: what follows from the given, and what must not be said to."""

from __future__ import annotations

import pytest

from derivations.conditions import holds, replaced
from derivations.given import Given
from derivations.notation import read

GIVEN = Given.of(
    "b in interval(0, 1)", "x in reals", "y in interval(0, oo)", "z in bits", "w in Z", "m in integers(1, oo)",
    "n in integers(0, oo)", "k in range(1, m)", "l in without(range(1, m), k)", "v in tuples(bits, m)", "c != x",
    "pmf[z in Z](q(?t, z))", "0 < q(?t, ?z)", "differentiable[s = ?t](q(s, ?z))", "pmf[z in bits](r(z))", "a(?i) in interval(0, 1)",
    "differentiable[s = ?t](g(s))", "differentiable[s = ?t](d[u = s](g(u)))", "h(?i) != 0", "0 < x - 5",
)  # fmt: skip

FOLLOWS = [
    "1 - b + 2 * b * v[k] - v[k] != 0", "0 < 1 - b + 2 * b * v[k] - v[k]", "0 <= m - k", "k <= m", "0 < factorial(m - k)",
    "factorial(m - k) * factorial(k) != 0", "m - k in integers(0, oo)",
    "0 < z * b + (1 - z) * (1 - b)", "z * b + (1 - z) * y != 0", "z - z^2 <= 0",
    "b in interval(0, 1)", "0 < 1 - b", "b < 2", "0 <= y", "b <= b", "x != c", "c - x != 0", "b * y != 0", "b / y != 0", "-b != 0",
    "b^3 != 0", "1 != 2", "2 * b != 3", "h(k) != 0", "k != l", "l != k", "0 < q(3, w)", "q(b, w) != 0", "0 < x - 5",
    "0 in bits", "1 in bits", "z in bits", "1 - z in bits", "z * z in bits", "z^2 in bits", "v[k] in bits", "v[l] in bits",
    "w in Z", "k in range(1, m)", "l in range(1, m)", "l in without(range(1, m), k)", "m in integers(1, oo)", "m in integers(0, oo)",
    "m - 1 in integers(0, oo)", "3 in integers(-oo, oo)", "card(Z) in integers(0, oo)", "1/2 in interval(0, 1)", "m in range(1, m)",
    "b in interval(0, oo)", "b in interval(-oo, oo)", "a(k) in interval(0, 1)",
    "differentiable[t = b](t^2 + 3 * t - log(t) / (1 - t))", "differentiable[t = b](sqrt(t) * exp(t))", "differentiable[t = x](sigmoid(t))",
    "differentiable[t = b](logit(t))", "differentiable[t = y](abs(t))", "differentiable[t = x](t^m)", "differentiable[t = y](t^(-2))",
    "differentiable[t = y](t^x)", "differentiable[t = x](y^t)", "differentiable[t = x](q(t, w))", "differentiable[t = x](q(2 * t, w))",
    "differentiable[t = x](log(q(t, w)))", "differentiable[t = b](bern(t, z))", "differentiable[t = x](sum[i in Z](q(t, i)))",
    "differentiable[t = x](prod[i in range(1, m)](g(t * i)))", "differentiable[t = x](d[u = t](g(u)))", "differentiable[t = x](-g(t))",
    "differentiable[t = x](tanh(t) + softplus(t))", "continuous[t = 0](t^2)", "differentiable[t = x](5)",
    "pmf[w in Z](q(7, w))", "pmf[z in bits](bern(b, z))", "pmf[z in bits](r(z))", "pmf[z in bits](z)", "pmf[z in bits](b^z * (1 - b)^(1 - z))",
    "pmf[z in bits](bern(1 - b, z))",
    "pmf[u in tuples(bits, m)](prod[i in range(1, m)](bern(a(i), u[i])))", "pmf[u in tuples(Z, m)](prod[i in range(1, m)](q(i, u[i])))",
    "forall[i in range(1, m)](0 < a(i))", "forall[i in Z](differentiable[t = x](q(t, i)))",
    "ignores[u in tuples(bits, m)](u[l] + b, k)", "ignores[u in tuples(bits, m)](sum[i in without(range(1, m), k)](u[i]), k)",
    "ignores[u in tuples(bits, m)](log(b), k)", "k <= m", "1 <= k",
]  # fmt: skip

DOES_NOT_FOLLOW = [
    "1 - b + 2 * b * v[m + 1] - v[m + 1] != 0", "v[k] + v[l] != 1", "0 < m - k", "0 <= m - k - 1", "k <= n", "0 < factorial(m - k - 1)",
    "1 <= factorial(y)", "0 < sum[i in range(1 / 2, 3 / 4)](1)", "0 < card(range(1 / 2, 3 / 4))",
    "m - k - 1 in integers(0, oo)", "factorial(n - m) != 0",
    "0 < z * b", "z != 0", "0 < z * b - (1 - z) * b",
    "x in interval(0, 1)", "0 < x", "0 < b - 1", "b < 1/2", "x != 0", "b < b", "x * y != 0", "b - b != 0", "x / y != 0", "-x != 0",
    "x^2 != 0", "1 != 1", "k != m", "h(k) = 0", "0 = 1", "0 < q(3)", "b < oo", "oo < b", "2 in bits", "x in bits", "1 - x in bits",
    "z + z in bits", "x * z in bits", "x^2 in bits", "v[m + 1] in bits", "u[k] in bits", "v[k] in Z", "b in Z", "w in Y", "0 in range(1, m)",
    "k in without(range(1, m), l + 1)", "b in integers(0, oo)", "m in integers(2, oo)", "n - 1 in integers(0, oo)", "y in interval(0, 1)",
    "1 in interval(0, 1)", "0 in interval(0, 1)", "x in 3", "x in f(3)", "x in tuples(bits, m)",
    "differentiable[t = x](log(t))", "differentiable[t = x](1 / t)", "differentiable[t = x](abs(t))", "differentiable[t = x](t^(-1))",
    "differentiable[t = x](sqrt(t))", "differentiable[t = x](t^b)", "differentiable[t = x](x^t)", "differentiable[t = x](unknown(t))",
    "differentiable[t = x](q(t, t))", "differentiable[t = x](q(w, t))", "differentiable[t = x](sum[i in range(1, t)](i))",
    "differentiable[t = x](bern(b, t))", "differentiable[t = x](logit(t))", "differentiable[t = x](E[i in Z](q(t, i), i))",
    "differentiable[t = x](t < 3)", "continuous[t = 0](log(t))", "differentiable[t = x](log(t)^2)",
    "pmf[w in Y](q(7, w))", "pmf[w in Z](q(w, 7))", "pmf[z in bits](bern(x, z))", "pmf[z in bits](2 * z - 1/2)",
    "pmf[z in bits](bern(b, 0))", "pmf[z in bits](1 / (x - x))", "pmf[z in Z](1)",
    "pmf[z in bits](x / x - z)", "pmf[u in tuples(bits, m)](prod[i in range(1, n)](bern(b, u[i])))",
    "pmf[u in tuples(bits, m)](prod[i in range(1, m)](bern(b, u[1])))", "pmf[u in tuples(bits, m)](bern(b, u[1]))",
    "pmf[u in tuples(bits, m)](sum[i in range(1, m)](bern(b, u[i])))", "pmf[u in tuples(bits, m)](prod[i in range(1, m)](bern(x, u[i])))",
    "forall[i in range(1, m)](0 < i - 1)", "forall[i in Z](f(i) != 0)", "ignores[u in tuples(bits, m)](u[k], k)",
    "ignores[u in tuples(bits, m)](u[m], k)", "ignores[u in tuples(bits, m)](sum[i in range(1, m)](u[i]), k)",
    "ignores[u in tuples(bits, m)](f(u), k)", "ignores[u in tuples(bits, m)](u[l], u[k])", "ignores[u in tuples(bits, m)](u[u[l]], k)",
    "ignores[u in tuples(bits, m)](sum[i in range(1, u[k])](b), k)",
    "m <= k", "k <= 1", "k <= n", "k < m", "l <= k", "x <= m",
    "decreasing[t in interval(0, 1)](-t)", "sum[i in bits](i)", "x",
]  # fmt: skip


@pytest.mark.parametrize("condition", FOLLOWS)
def test_follows(condition: str) -> None:
    assert holds(read(condition), GIVEN)


@pytest.mark.parametrize("condition", DOES_NOT_FOLLOW)
def test_does_not_follow(condition: str) -> None:
    assert not holds(read(condition), GIVEN)


def test_sums_of_what_is_given() -> None:
    given = Given.of("x in reals", "y in reals", "z in reals", "0 <= x - y", "z - y <= 0")
    assert holds(read("0 <= x - z"), given)
    assert holds(read("z <= x"), given)
    assert not holds(read("x <= z"), given)
    assert not holds(read("0 < x - z"), given)
    assert not holds(read("0 <= x - 2 * z"), given)


def test_replacing_a_closed_part() -> None:
    term = read("sum[i in range(1, v[k])](v[k] * i) + v[k]")
    assert replaced(term, read("v[k]"), read("x")) == read("sum[i in range(1, x)](x * i) + x")


@pytest.mark.parametrize(
    ("condition", "fact", "expected"),
    [
        ("exp(y) < exp(x)", "y < x", True),
        ("exp(x) - exp(y) <= 0", "x <= y", True),
        ("0 <= tanh(x) - tanh(y)", "0 <= x - y", True),
        ("sqrt(x) - sqrt(y) != 0", "x - y != 0", False),  # without a square root where x is negative
        ("sqrt(a) - sqrt(b) != 0", "a - b != 0", True),
        ("log(a) < log(b)", "a < b", True),
        ("a^(1/3) - b^(1/3) != 0", "a - b != 0", True),
        ("a^(-1) < b^(-1)", "a < b", False),
        ("exp(x) < exp(y)", "y < x", False),
        ("sin(x) < sin(y)", "x < y", False),
        ("x^2 < y^2", "x < y", False),
    ],
)
def test_functions_that_rise_keep_the_order(condition: str, fact: str, expected: bool) -> None:
    given = Given.of("x in reals", "y in reals", "0 < a", "0 < b", fact)
    assert holds(read(condition), given) is expected

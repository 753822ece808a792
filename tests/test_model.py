"""Models satisfy their given: all of it, for all arguments; and where it is not understood there are none."""

from fractions import Fraction
from itertools import islice

import pytest
from flint import fmpq
from hypothesis import given as hypothetically
from hypothesis import strategies as st

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.models.demands import read_demands
from derivations.models.evaluate import value
from derivations.models.frame import Frame
from derivations.models.judgement import proposition
from derivations.models.model import Model
from derivations.models.plan import planned
from derivations.models.satisfy import models, satisfies
from derivations.notation import read
from derivations.term import Term

ENCODER = (
    "phi in reals", "z in Z", "pmf[z in Z](q(?phi, ?x, z))", "0 < q(?phi, ?x, ?z)", "q(?phi, ?x, ?z) < 1",
    "differentiable[t = ?phi](q(t, ?x, ?z))", "differentiable[t = ?phi](d[s = t](q(s, ?x, ?z)))",
)  # fmt: skip


def some(facts: tuple[str, ...], claim: str = "0 = 0", count: int = 25, seed: int | None = None) -> list[Model]:
    return list(islice(models(Given.of(*facts), read(claim), seed=seed), count))


def holds(text: str | Term, model: Model) -> bool | None:
    term = read(text) if isinstance(text, str) else text
    return proposition(term, model.wholes)(Frame(model)).holds


def points(model: Model) -> dict[str, str]:
    return {name: str(value) for name, value in model.symbols.items()}


# ---------------------------------------------------------------- symbols

SYMBOLS = [
    ("beta in interval(0, 1)",), ("x in reals",), ("x in interval(3, oo)",), ("x in interval(-oo, -2)",),
    ("m in integers(1, oo)",), ("m in integers(-oo, 3)",), ("m in integers(5, 6)",), ("b in bits",), ("z in Z",),
    ("n in integers(1, oo)", "k in range(1, n)"), ("n in integers(1, oo)", "v in tuples(bits, n)"),
    ("k in range(1, n)", "l in without(range(1, n), k)", "n in integers(2, oo)"),
    ("k in range(1, n)", "l in range(1, n)", "k != l", "n in integers(1, oo)"),
    ("z in Z", "w in Z", "z != w"), ("a < b", "b < c"), ("3 < x", "x < 7/2"), ("x < -100",),
    ("b = 1 - a", "a in interval(0, 1)"),
    ("a in interval(0, 1)", "b in interval(a, 1)"), ("x in interval(0, log(2))",), ("x^2 < 2", "0 < x"),
    ("x != 2", "x != 3"),
    ("a + b < 1", "a in interval(0, 1)", "b in interval(0, 1)"), ("x in interval(0, 5)", "x in integers(-oo, oo)"),
    ("v in tuples(interval(0, 1), n)", "n in integers(1, oo)"), ("forall[z in bits](z < x)",),
    ("1 < card(Z)", "z in Z"),
    ("pmf[z in bits](bern(a, z))",), ("0 <= c", "c <= 0"), ("2*x = 6",),
]  # fmt: skip


@pytest.mark.parametrize("facts", SYMBOLS, ids=lambda facts: "; ".join(facts))
@pytest.mark.parametrize("seed", [None, 0, 7])
def test_every_fact_holds_in_every_model(facts, seed):
    found = some(facts, seed=seed)
    assert found
    for model in found:
        for fact in Given.of(*facts):
            assert holds(fact, model) is True, (str(fact), points(model))


def test_simple_models_come_first_and_differ():
    found = some(("beta in interval(0, 1)", "m in integers(1, oo)", "n in integers(1, oo)", "x in reals"))
    assert points(found[0]) == {"beta": "1/2", "m": "2", "n": "3", "x": "3"}
    assert len({tuple(points(model).items()) for model in found}) == len(found)
    assert {"1", "2", "3"} <= {points(model)["m"] for model in found[:5]}
    assert any(points(model)["x"].startswith("-") for model in found[:8])


def test_the_same_models_every_time():
    facts = (*ENCODER, "a(?i) in interval(0, 1)", "n in integers(1, oo)")
    for seed in (None, 3):
        first, second = (some(facts, "a(n) = q(phi, x, z)", seed=seed) for _ in range(2))
        for one, other in zip(first, second, strict=True):
            assert points(one) == points(other)
            for text in ("a(n)", "q(phi, x, z)"):
                assert value(read(text), one) == value(read(text), other)


def test_seeds_give_different_random_models():
    texts = {str(points(some(("x in reals", "y in interval(0, 1)"), seed=seed)[0])) for seed in range(5)}
    assert len(texts) == 5


def test_untyped_symbols_are_real_unless_the_claim_counts_with_them():
    found = some((), "sum[k in range(1, n)](x) = binom(m, 2) * v[1]")
    assert all(holds("n in integers(1, oo)", model) and holds("m in integers(1, oo)", model) for model in found)
    assert any(holds("x in integers(-oo, oo)", model) is False for model in found)
    typed = some(("pmf[z in Z](p(?x, z))",), "p(y, w) = w")
    assert all(value(read("p(y, w)"), model) is not None for model in typed)


def test_a_finite_world_is_walked_through_once():
    assert len(some(("b in bits", "c in bits"), count=100)) == 4
    assert len(some((), count=100)) == 1


# ---------------------------------------------------------------- no models

UNSATISFIABLE = [
    ("x in interval(0, 1)", "1 < x"), ("k in range(1, n)", "n in range(1, k)"), ("x < y", "y < x"), ("1 = 2",),
    ("k in range(2, 1)",), ("z in Z", "z in reals", "Z in reals"), ("f(?x) in interval(1, 0)",), ("x != x",),
    ("0 < f(?x)", "f(?x) < -1"), ("v in tuples(bits, 2)", "v[3] = 1"), ("x in interval(0, 1)", "log(x - 1) < 5"),
    ("q(?z) < 1", "pmf[z in range(1, 1)](q(z))"), ("pmf[z in integers(0, oo)](q(z))",),
    ("pmf[z in Z](q(z))", "pmf[z in bits](q(z))"), ("sqrt(2)^2 = 2",),
]  # fmt: skip

NOT_UNDERSTOOD = [
    "decreasing[t in reals](f(t))", "ignores[z in Z](f(z), x)", "f(?x) = ?x", "f(?x) < g(?x)", "q(?x, ?y) = q(?y, ?x)",
    "?F(x) < 1", "differentiable[t = ?x](abs(f(t)))", "differentiable[t = ?x](f(t) / g(t))",
    "pmf[z in Z](f(z) * g(?x, z))", "pmf[z in Z](q(z, z))", "pmf[z in Z](q(?x + z))", "f(?x) in interval(0, ?x)",
    "pmf[z in D(?x)](q(z))", "f(?x) != 1", "x", "f(x) + 1", "continuous[t = x](log(f(t)))",
]  # fmt: skip


@pytest.mark.parametrize("facts", UNSATISFIABLE, ids=lambda facts: "; ".join(facts))
def test_no_models_of_what_cannot_be(facts):
    assert some(facts) == []


@pytest.mark.parametrize("fact", NOT_UNDERSTOOD)
def test_no_models_where_a_fact_is_not_understood(fact):
    assert some(("x in reals", fact)) == []


@pytest.mark.parametrize(
    "facts",
    [
        ("pmf[z in Z](q(z, ?x))", "pmf[x in X](q(?z, x))"),
        ("pmf[z in Z](q(z))", "1/2 < q(?z)"),
        ("f(?x) in bits", "0 < f(?x)"),
        ("f(?x) in bits", "differentiable[t = ?x](f(t))"),
        ("f(?x) in bits", "f(?x) in range(1, 3)"),
    ],
)
def test_demands_that_no_closed_form_meets_together(facts):
    with pytest.raises(OutsideFragment):
        read_demands(Given.of(*facts))


# ---------------------------------------------------------------- functions, at arguments of all kinds


@pytest.mark.parametrize("seed", [None, 1])
def test_encoders(seed):
    for model in some(ENCODER, seed=seed):
        for phi in ("phi", "1/2", "-3", "phi^2 - 1/7", "exp(phi)"):
            assert holds(f"sum[z in Z](q({phi}, 4, z)) = 1", model) is not False
            assert holds(f"sum[z in Z](d[t = {phi}](q(t, -1/3, z))) = 0", model) is not False
            assert holds(f"forall[z in Z](0 < q({phi}, phi, z))", model) is True
            assert holds(f"forall[z in Z](q({phi}, phi, z) < 1)", model) is True
        assert holds("sum[z in Z](d[s = phi](d[t = s](q(t, 2, z)))) = 0", model) is True


FUNCTIONS = {
    "pmf[z in tuples(bits, n)](p(z))": "pmf[z in tuples(bits, n)](p(z))",
    "pmf[z in bits](a(?i, z))": "forall[i in range(1, 4)](pmf[z in bits](a(i, z)))",
    "pmf[z in without(range(1, 5), n)](p(?x, z))": "pmf[z in without(range(1, 5), n)](p(-7/3, z))",
    "a(?i) in interval(0, 1)": "forall[i in range(1, 9)](a(i) in interval(0, 1))",
    "a[?i] in interval(0, 1)": "forall[i in range(1, 9)](a[i] in interval(0, 1))",
    "pmf[k in range(1, n)](a[k])": "pmf[k in range(1, n)](a[k])",
    "0 < f(?x, ?z)": "forall[x in reals](forall[z in tuples(bits, 2)](0 < f(x, z)))",
    "f(?x) <= -2": "forall[x in reals](f(x) <= -2)",
    "f(?x) in interval(n, n + 1)": "forall[x in reals](f(x) in interval(n, n + 1))",
    "f(?x) != 0": "forall[x in reals](f(x) != 0)",
    "f(?z) in bits": "forall[z in tuples(bits, 3)](f(z) in bits)",
    "f(?z) in Z": "forall[z in bits](f(z) in Z)",
    "forall[z in Z](0 < f(z, ?x))": "forall[z in Z](0 < f(z, 3))",
    "forall[x in reals](0 < f(x))": "forall[x in reals](0 < f(x))",
    "0 < f(n)": "0 < f(n)",
    "f(1) < f(2)": "f(1) < f(2)",
    "f(?x) in reals": "f(3) in reals",
    "differentiable[t = ?x](f(t) * exp(g(t, ?z)) + 3)": "f(3) in reals",
}


@pytest.mark.parametrize("fact", FUNCTIONS)
@pytest.mark.parametrize("seed", [None, 2])
def test_functions_satisfy_facts_for_all_arguments(fact, seed):
    facts = ("n in integers(1, oo)", fact)
    found = some(facts, "card(Z) = n", seed=seed)
    assert found
    for model in found:
        truth = holds(FUNCTIONS[fact], model)
        if "reals" in FUNCTIONS[fact] and "forall" in FUNCTIONS[fact]:
            assert truth is None, "sampled, and no sample fails"
        else:
            assert truth is True
        assert satisfies(model, planned(Given.of(*facts), read("card(Z) = n")))


@hypothetically(st.integers(0, 10_000), st.fractions(min_value=-20, max_value=20, max_denominator=50))
def test_random_encoders_at_random_arguments(seed, phi: Fraction):
    given = Given.of(*ENCODER, "0 < p(?theta, ?x, ?z)")
    model = next(models(given, read("x = p(theta, x, z)"), seed=seed))
    extended = Model(
        {**model.symbols, "phi": fmpq(phi.numerator, phi.denominator)}, model.sets, model.functions, model.wholes
    )
    assert value(read("sum[z in Z](q(phi, x, z))"), extended) == 1
    assert value(read("sum[z in Z](d[phi = phi](q(phi, x, z)))"), extended) == 0
    assert value(read("p(phi, x, z)"), extended) > 0
    slope = value(read("d[phi = phi](q(phi, x, z))"), extended)
    h = fmpq(1, 10**12)
    ends = [
        value(
            read("q(phi, x, z)"),
            Model(
                {**extended.symbols, "phi": extended.symbols["phi"] + step}, model.sets, model.functions, model.wholes
            ),
        )
        for step in (-h, h)
    ]
    assert abs((ends[1] - ends[0]) / (2 * h) - slope) < fmpq(1, 10**9)


def test_functions_that_are_equal_functions_that_vanish_and_cubics_occur():
    found = some(("pmf[z in Z](q(z))", "pmf[z in Z](p(z))"), "f(x) = 0", count=40)
    assert any(holds("forall[z in Z](q(z) = p(z))", model) for model in found)
    assert sum(holds("forall[z in Z](q(z) = p(z))", model) is True for model in found) < 20
    assert any(holds("f(x) = 0", model) for model in found)
    assert any(holds("d[t = x](d[t = t](d[t = t](f(t)))) != 0", model) for model in found)


def test_a_tampered_model_does_not_satisfy():
    given, claim = Given.of(*ENCODER, "a in interval(0, 1)"), read("a = a")
    model = next(models(given, claim))
    plan = planned(given, claim)
    assert satisfies(model, plan)
    assert not satisfies(Model({**model.symbols, "a": fmpq(2)}, model.sets, model.functions, model.wholes), plan)
    wrong = {**model.functions, ("q", 3): lambda args: fmpq(1, 3)}
    tampered = [Model(model.symbols, model.sets, wrong, model.wholes) for model in islice(models(given, claim), 3)]
    assert not all(satisfies(one, plan) for one in tampered)

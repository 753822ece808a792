"""Terms: alpha-equivalence, substitution without capture, and that nothing evaluates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.notation import read
from derivations.term import (
    App,
    Bind,
    Bound,
    Num,
    Var,
    _mapped,
    abstracted,
    add,
    at,
    bind,
    children,
    derivative,
    div,
    equal,
    fresh_name,
    instantiated,
    mul,
    neg,
    number,
    opened,
    power,
    product,
    shifted,
    sub,
    substituted,
    subterms,
    summation,
)
from tests.strategies import SYMBOLS, terms


def test_names_of_bound_variables_do_not_matter() -> None:
    assert read("sum[z in Z](q(z))") == read("sum[w in Z](q(w))")
    assert hash(read("sum[z in Z](q(z))")) == hash(read("sum[w in Z](q(w))"))
    assert read("sum[z in Z](q(c))") != read("sum[z in Z](q(z))")
    assert read("d[t = x](t * c)") == read("d[x = x](x * c)")


def test_shapes_differ() -> None:
    different = [
        Num(1),
        Var("x"),
        Bound(0),
        read("x + 1"),
        read("x - 1"),
        read("sum[z in Z](z)"),
        read("prod[z in Z](z)"),
    ]
    for left in different:
        for right in different:
            assert (left == right) == (left is right)
    assert Num(1) != 1
    assert read("f(x)") != read("f(x, x)")
    assert read("sum[z in Z](z)") != read("sum[z in Y](z)")


def test_nothing_evaluates() -> None:
    assert str(read("x^2 / x + 0 * y")) == "x^2 / x + 0 * y"
    assert add(Num(1), Num(1)) != Num(2)


def test_builders() -> None:
    x, y = Var("x"), Var("y")
    built = [add(x, y), sub(x, y), mul(x, y), div(x, y), neg(x), power(x, 2), power(x, y), equal(x, y), at(x, y)]
    assert [str(term) for term in built] == [
        "x + y", "x - y", "x * y", "x / y", "-x", "x^2", "x^y", "x = y", "x[y]",
    ]  # fmt: skip
    assert str(product("i", read("range(1, n)"), Var("i"))) == "prod[i in range(1, n)](i)"
    assert str(summation("z", Var("Z"), Var("z"))) == "sum[z in Z](z)"
    assert str(App("q", [x, y])) == "q(x, y)"
    assert str(derivative("x", mul(x, y))) == "d[x = x](x * y)"
    assert str(derivative("t", mul(Var("t"), y), Num(2))) == "d[t = 2](t * y)"
    assert [str(number(k)) for k in (3, -3)] == ["3", "-3"]
    assert repr(Num(1)) == "<1>"


def test_writing_never_confuses_bound_and_free() -> None:
    term = bind("sum", "z", Var("Z"), mul(Var("z"), Var("w")))
    assert str(substituted(term, {"w": Var("z")})) == "sum[z1 in Z](z1 * z)"
    assert str(App("+", (Bound(0), Num(1)))) == "#0 + 1"
    assert str(substituted(read("d[b = b](b * c)"), {"c": Var("b")})) == "d[b1 = b](b1 * b)"


def test_loose_places_and_shifts() -> None:
    body = App("+", (Bound(0), Bound(1)))
    assert body.loose == 2
    assert shifted(body, 1) == App("+", (Bound(1), Bound(2)))
    assert shifted(Num(1), 3) == Num(1)
    assert instantiated(body, (Var("x"),)) == App("+", (Var("x"), Bound(0)))
    under = Bind("sum", "z", Var("Z"), (App("*", (Bound(0), Bound(1))),))
    assert under.loose == 1
    assert shifted(under, 2) == Bind("sum", "z", Var("Z"), (App("*", (Bound(0), Bound(3))),))
    assert instantiated(under, (Bound(4),)) == Bind("sum", "z", Var("Z"), (App("*", (Bound(0), Bound(5))),))


def test_a_leaf_that_nobody_changes_stays() -> None:
    assert _mapped(Num(1), 0, lambda term, depth: None) == Num(1)


def test_walking() -> None:
    term = read("sum[z in Z](f(z) + 1)")
    assert [str(part) for part in subterms(term)] == ["sum[z in Z](f(z) + 1)", "Z", "f(#0) + 1", "f(#0)", "#0", "1"]
    assert children(Num(1)) == ()
    assert fresh_name("?F", set()) == "F"
    assert fresh_name("?", {"x"}) == "x1"


@given(terms)
def test_writing_and_reading_back(term: object) -> None:
    assert read(str(term)) == term


@given(terms, st.sampled_from(SYMBOLS), terms)
def test_substitution_replaces_exactly_the_free_variable(term, name, value) -> None:
    result = substituted(term, {name: value})
    expected = term.free_vars - {name} | (value.free_vars if name in term.free_vars else set())
    assert result.free_vars == expected
    assert result.loose == 0


@given(terms, terms, terms)
def test_substitution_is_simultaneous(term, first, second) -> None:
    swapped = substituted(term, {"x": Var("y"), "y": Var("x")})
    assert substituted(swapped, {"x": Var("y"), "y": Var("x")}) == term
    one_by_one = substituted(substituted(term, {"x": Var("x0"), "y": Var("y0")}), {"x0": first, "y0": second})
    assert substituted(term, {"x": first, "y": second}) == one_by_one


@given(terms)
def test_closing_undoes_opening(term) -> None:
    for part in subterms(term):
        if isinstance(part, Bind) and part.loose == 0:
            name = fresh_name(part.hint, part.free_vars)
            assert bind(part.head, name, part.arg, *opened(part, name)) == part
    assert instantiated(abstracted(term, SYMBOLS), [Var(name) for name in SYMBOLS]) == term


@pytest.mark.parametrize("text", ["x", "1", "f(x)", "sum[z in Z](z)"])
def test_a_term_is_equal_to_itself_and_to_its_like(text: str) -> None:
    assert read(text) == read(text)
    assert read(text) in {read(text)}

"""Schemas: a match fills back to the term that it matched, and finds no more than there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.matching import filled, function, is_filled, match, metavariables
from derivations.notation import read
from derivations.rules import TABLE
from derivations.term import subterms
from tests.strategies import terms


@pytest.mark.parametrize(
    ("schema", "term"),
    [
        ("sum[z in ?D](?F(z) + ?G(z))", "sum[w in Z](f(w) * 2 + sum[v in Z](g(v, w)))"),
        ("sum[z in ?D](?c * ?F(z))", "sum[w in Z](c * f(w))"),
        ("d[t = ?x](sum[z in ?D](?F(t, z)))", "d[b = 1 + b](sum[z in Z](q(b, z)))"),
        ("?a / ?a", "(x + 1) / (x + 1)"),
        ("sum[z in ?D](sum[w in ?C](?F(z, w)))", "sum[i in A](sum[j in B](prod[k in C](f(i, j, k))))"),
    ],
)
def test_matches(schema: str, term: str) -> None:
    bindings: dict = {}
    assert match(read(schema), read(term), bindings)
    assert filled(read(schema), bindings) == read(term)


@pytest.mark.parametrize(
    ("schema", "term"),
    [
        ("sum[z in ?D](?c)", "sum[z in Z](f(z))"),
        ("sum[z in ?D](?c * ?F(z))", "sum[w in Z](w * f(w))"),
        ("sum[z in ?D](sum[w in ?C](?F(z)))", "sum[i in A](sum[j in B](f(i, j)))"),
        ("?a / ?a", "x / y"),
        ("?a + ?b", "x * y"),
        ("f(?a)", "f(x, y)"),
        ("log(?a)", "x"),
        ("x", "y"),
        ("2", "3"),
        ("sum[z in ?D](?F(z))", "prod[z in Z](z)"),
        ("sum[z in bits](?F(z))", "sum[z in Z](z)"),
        ("sum[z in ?D](?F(z))", "x"),
        ("?F(?x)", "f(x)"),
        ("sum[z in ?D](?F(z, z))", "sum[z in Z](f(z))"),
    ],
)
def test_does_not_match(schema: str, term: str) -> None:
    assert not match(read(schema), read(term), {})


@given(st.data(), terms, st.sampled_from([rule for rule in TABLE.values() if rule.kind == "equation"]))
def test_comparing_with_what_is_filled_in_is_filling_in(data, term, rule) -> None:
    parts = [part for part in subterms(term) if not part.loose]
    bindings = {}
    for name, places in rule.metavariables.items():
        body = data.draw(st.sampled_from(parts))
        free = sorted(body.free_vars)[:places]
        bindings[name] = function(body, *free)
    whole = filled(rule.left, bindings)
    assert is_filled(rule.left, whole, bindings)
    for other in (term, filled(rule.right, bindings), *subterms(whole)):
        assert is_filled(rule.left, other, bindings) is (whole == other)


def test_a_known_binding_is_compared() -> None:
    bindings = {"?F": function(read("f(s)"), "s"), "?G": function(read("g(t)"), "t")}
    assert match(read("d[t = ?x](?F(?G(t)))"), read("d[t = y](f(g(t)))"), dict(bindings))
    assert not match(read("d[t = ?x](?F(?G(t)))"), read("d[t = y](g(f(t)))"), dict(bindings))


def test_metavariables_and_their_arguments() -> None:
    assert metavariables(read("sum[z in ?D](?F(z, ?c))")) == {"?D": 0, "?F": 2, "?c": 0}


@given(terms, st.sampled_from([rule for rule in TABLE.values() if rule.kind == "equation"]))
def test_what_matches_fills_back(term, rule) -> None:
    for part in subterms(term):
        bindings: dict = {}
        if part.loose == 0 and match(rule.left, part, bindings):
            assert filled(rule.left, bindings) == part

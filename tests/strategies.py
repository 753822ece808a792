"""Hypothesis strategies: terms, and true and false propositions of the fragment."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from derivations.given import Given
from derivations.term import App, Num, Term, Var, bind, number

GIVEN = Given.of(
    "b in interval(0, 1)", "x in interval(0, oo)", "y in reals", "z in bits", "m in integers(1, oo)",
    "pmf[w in Z](q(?t, w))", "0 < q(?t, ?w)", "differentiable[s = ?t](q(s, ?w))",
)  # fmt: skip
SYMBOLS = ("b", "x", "y", "z", "m")

numerals = st.integers(0, 4).map(Num)
symbols = st.sampled_from(SYMBOLS).map(Var)
leaves = st.one_of(numerals, symbols)
points = st.fractions(min_value=Fraction(-5), max_value=Fraction(5), max_denominator=12)


def _pairs(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.builds(lambda head, left, right: App(head, (left, right)), st.sampled_from("+-*"), inner, inner)


def _quotients(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.builds(lambda left, right: App("/", (left, right)), inner, inner)


def _powers(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.builds(lambda base, k: App("^", (base, number(k))), inner, st.integers(-2, 3))


polynomials = st.recursive(
    leaves, lambda inner: st.one_of(_pairs(inner), inner.map(lambda t: App("neg", (t,)))), max_leaves=8
)
rational_functions = st.recursive(
    leaves,
    lambda inner: st.one_of(_pairs(inner), _quotients(inner), _powers(inner), inner.map(lambda t: App("neg", (t,)))),
    max_leaves=8,
)


def _functions(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.builds(lambda head, arg: App(head, (arg,)), st.sampled_from(("log", "exp", "sqrt", "sigmoid")), inner)


def _binders(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    sums = st.builds(lambda name, body: bind("sum", name, App("bits"), body), st.sampled_from(SYMBOLS), inner)
    abstract = st.builds(lambda name, body: bind("sum", name, Var("Z"), App("*", (App("q", (Var("y"), Var(name))), body))),
                         st.sampled_from(("w", "b")), inner)  # fmt: skip
    derivatives = st.builds(
        lambda name, body: bind("d", name, Var(name), body), st.sampled_from(("b", "x", "y")), inner
    )
    return st.one_of(sums, abstract, derivatives)


terms = st.recursive(
    leaves,
    lambda inner: st.one_of(_pairs(inner), _quotients(inner), _powers(inner), _functions(inner), _binders(inner)),
    max_leaves=10,
)

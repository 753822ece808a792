"""Hypothesis strategies of the suite: those of `derivations.testing.strategies`, over symbols that a given knows."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from derivations.given import Given
from derivations.term import App, Num, Term, Var, bind
from derivations.testing import strategies as shared

GIVEN = Given.of(
    "b in interval(0, 1)", "x in interval(0, oo)", "y in reals", "z in bits", "m in integers(1, oo)",
    "pmf[w in Z](q(?t, w))", "0 < q(?t, ?w)", "differentiable[s = ?t](q(s, ?w))",
)  # fmt: skip
SYMBOLS = ("b", "x", "y", "z", "m")

numerals = st.integers(0, 4).map(Num)
symbols = st.sampled_from(SYMBOLS).map(Var)
points = st.fractions(min_value=Fraction(-5), max_value=Fraction(5), max_denominator=12)
polynomials = shared.polynomials(SYMBOLS)
rational_functions = shared.rational_functions(SYMBOLS)


def _binders(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Sums over {0, 1} and over an abstract set, and derivatives by what is real."""
    sums = st.builds(lambda name, body: bind("sum", name, App("bits"), body), st.sampled_from(SYMBOLS), inner)
    abstract = st.builds(lambda name, body: bind("sum", name, Var("Z"), App("*", (App("q", (Var("y"), Var(name))), body))),
                         st.sampled_from(("w", "b")), inner)  # fmt: skip
    derivatives = st.builds(
        lambda name, body: bind("d", name, Var(name), body), st.sampled_from(("b", "x", "y")), inner
    )
    return st.one_of(sums, abstract, derivatives)


terms = shared.recursive(
    SYMBOLS, shared.pairs, shared.quotients, shared.powers, shared.functions, _binders, size=10
)  # fmt: skip

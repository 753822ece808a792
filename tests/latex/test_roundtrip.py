"""What is printed is read back: a random term, in a random notation, is the same term again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derivations.latex.printer import latex
from derivations.latex.profile import load
from derivations.latex.reader import read_document, read_formula
from derivations.notation import read
from derivations.term import App, Num, Term, Var, at, bind, derivative

PROFILE = load("seminar7")
SMALL = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
# Spellings that mean the same: (as printed, as somebody else writes it).
SPELLINGS = [
    (r"\log", r"\ln"),
    (r"\operatorname{E}", r"\mathbb{E}"),
    (r"\operatorname{E}", r"\mathrm E"),
    (r"\operatorname{Var}", r"\mathbb{V}"),
    (r"\operatorname{Var}", r"\text{Var}"),
    (r"\varphi", r"\phi"),
    (r"\mid", "|"),
    (r"\mid", r"\vert "),
    (r"\frac", r"\dfrac"),
    (r"\bigl", r"\Big"),
    (r"\bigr", r"\Big"),
    (r"\mathcal{Z}", r"\mathcal Z"),
    (r"\sum", r"\sum\limits"),
    (r"D_{\mathrm{KL}}", r"\mathrm{KL}"),
    (r"D_{\mathrm{KL}}", r"D_{KL}"),
    (r"\,\|\,", r"||"),
    (r"\frac{d}{d\beta}", r"\frac{\partial}{\partial\beta}"),
    (r"\frac{d}{d\beta}", r"\partial_\beta"),
    (r"\cdot", r"\times"),
]


def arithmetic(leaves: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            st.tuples(st.sampled_from("+-*/"), pairs).map(lambda t: App(t[0], t[1])),
            st.tuples(inner, st.sampled_from([Num(2), Num(3), Var("n")])).map(lambda t: App("^", t)),
            inner.map(lambda t: App("neg", (t,))),
            inner.map(lambda t: App("log", (t,))),
            inner.map(lambda t: App("exp", (t,))),
            inner.map(lambda t: App("sigmoid", (t,))),
            inner.map(lambda t: App("abs", (t,))),
            st.tuples(st.sampled_from(["arctan", "arcsin", "artanh", "sign", "sin"]), inner).map(
                lambda t: App(t[0], (t[1],))
            ),
            inner.map(lambda t: App("root", (t, Num(3)))),
        )

    return st.recursive(leaves, grown, max_leaves=6)


def encoder_terms() -> st.SearchStrategy[Term]:
    z = Var("z")
    q = App("q", (Var("phi"), Var("x"), z))
    p = App("p", (Var("theta"), Var("x"), z))
    leaves = st.sampled_from([q, p, App("prior", (z,)), App("f", (z,)), Num(1), Num(2), Var("c"), Var("n")])
    inner = arithmetic(leaves)
    small = st.one_of(leaves, inner)
    under = st.one_of(small, inner.map(lambda t: derivative("phi", t)))
    bodies = st.one_of(under, st.tuples(leaves, under).map(lambda t: App("*", t)))
    closed = st.one_of(
        bodies.map(lambda t: bind("sum", "z", Var("Z"), t)),
        bodies.map(lambda t: bind("E", "z", Var("Z"), q, t)),
        small.map(lambda t: bind("Var", "z", Var("Z"), q, t)),
        st.tuples(small, small).map(lambda t: bind("Cov", "z", Var("Z"), q, *t)),
        st.just(bind("KL", "z", Var("Z"), q, App("prior", (z,)))),
        st.just(bind("H", "z", Var("Z"), q)),
        st.just(bind("CE", "z", Var("Z"), q, App("prior", (z,)))),
    )
    outer = st.one_of(closed, closed.map(lambda t: derivative("phi", t)))
    return st.one_of(outer, st.tuples(st.sampled_from("+-*/"), st.tuples(outer, outer)).map(lambda t: App(*t)))


def score_terms() -> st.SearchStrategy[Term]:
    z, beta = Var("z"), Var("beta")
    law = App("bern", (beta, z))
    leaves = st.sampled_from([z, beta, law, Num(0), Num(1), Num(2), Var("m")])
    inner = arithmetic(leaves)
    moments = st.one_of(
        inner.map(lambda t: bind("E", "z", App("bits"), law, t)),
        inner.map(lambda t: bind("Var", "z", App("bits"), law, t)),
        inner.map(lambda t: bind("sum", "z", App("bits"), t)),
        inner.map(lambda t: derivative("beta", t)),
    )
    indexed = arithmetic(st.sampled_from([at(z, Var("i")), beta, Num(1)]))
    mean = indexed.map(lambda t: bind("sum", "i", read("range(1, m)"), App("*", (t, at(z, Var("i"))))))
    draws = read("prod[i in range(1, m)](bern(beta, z[i]))")
    sample = mean.map(lambda t: bind("Var", "z", read("tuples(bits, m)"), draws, App("/", (t, Var("m")))))
    return st.one_of(inner, moments, sample, st.tuples(moments, inner).map(lambda t: App("*", t)))


def respelled(text: str, choices: list[bool]) -> str:
    for (printed, other), chosen in zip(SPELLINGS, choices, strict=True):
        if chosen:
            text = (
                text.replace(printed + " ", other + " ")
                .replace(printed + "{", other + "{")
                .replace(printed + "_", other + "_")
                .replace(printed + "\\", other + "\\")
                .replace(printed + "(", other + "(")
            )
    return text


CHOICES = st.lists(st.booleans(), min_size=len(SPELLINGS), max_size=len(SPELLINGS))


@SMALL
@given(encoder_terms(), CHOICES)
def test_the_encoder_s_terms_come_back(term, choices):
    text = respelled(latex(term, PROFILE.style), choices)
    assert read_formula(text, PROFILE, "1b") == term, text


@SMALL
@given(score_terms(), CHOICES)
def test_the_terms_of_the_score_come_back(term, choices):
    text = respelled(latex(term, PROFILE.style), choices)
    assert read_formula(text, PROFILE, "3b") == term, text


@pytest.mark.parametrize(
    "plain",
    [
        "sum[i in range(1, n)](x(i))",
        "sum[j in without(range(1, n), k)](a(j))",
        "d[beta = 1 / 2](log(bern(beta, z)))",
        "binom(n, k) * 2^(-n)",
        "factorial(n) / factorial(n - k)",
        "card(Z)",
        "sqrt((1 - beta) / (m * beta))",
        "limit_right[beta = 0](1 / beta)",
        "beta in interval(0, 1)",
        "z in tuples(bits, n)",
        "E[z in tuples(bits, m)](prod[i in range(1, m)](bern(beta, z[i])), z[1] * z[2])",
    ],
)
def test_other_terms_come_back(plain):
    term = read(plain)
    assert read_formula(latex(term, PROFILE.style), PROFILE, "3b") == term


# A display as people lay it out; `%s` are the two sides.
LAYOUTS = [
    r"\[ %s = %s \]",
    "$$\n%s\n= %s.\n$$",
    r"\begin{align*} %s &= %s, \end{align*}",
    r"\begin{equation}\label{eq:a} \begin{split} %s \\ &= %s \end{split} \end{equation}",
    r"\begin{align} & %s \\ =& %s \nonumber \end{align}",
    r"\begin{eqnarray} %s & = & %s \end{eqnarray}",
    r"\[ \boxed{%s = %s} \]",
    r"\begin{align*} \uncover<2->{%s &= %s} \end{align*}",
    r"\begin{align*} %s &\overset{(2)}{=} %s && \text{(by definition)} \end{align*}",
    "\n.. math::\n\n   %s &= %s\n",
]
MACROS = [
    (r"\log", r"\newcommand{\lg}{\log}", r"\lg"),
    (r"\operatorname{E}", r"\def\Mean{\mathbb{E}}", r"\Mean"),
    (r"\frac", r"\newcommand{\ratio}[2]{\frac{#1}{#2}}", r"\ratio"),
]


@SMALL
@given(encoder_terms(), CHOICES, st.sampled_from(LAYOUTS), st.lists(st.booleans(), min_size=3, max_size=3))
def test_a_display_in_any_layout_says_the_same(term, choices, layout, macros):
    text = respelled(latex(term, PROFILE.style), choices)
    defined = []
    for (written, definition, name), chosen in zip(MACROS, macros, strict=True):
        if chosen and written + " " not in text.replace(written + "{", ""):
            defined.append(definition)
            text = text.replace(written, name)
    document = read_document("\n".join([*defined, "", layout % (text, text), ""]), PROFILE, "1b")
    (step,) = document.steps
    assert (step.lhs, step.relation, step.rhs) == (term, "=", term), text

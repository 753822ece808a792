import json

import pytest

from derivations.errors import NotationError
from derivations.given import Given
from derivations.latex.document import CLAIM, DEFINITION, UNREAD
from derivations.latex.reader import read_document, read_formula
from derivations.latex.source import decoded, source_of
from derivations.notation import read

CHAIN = r"""\begin{align}
\log q_\beta(z) &= z\log\beta \\
 &\quad + (1-z)\log(1-\beta) \label{eq:law}\\
 &= \log\beta^z + \log(1-\beta)^{1-z}.
\end{align}"""


def places(text, **options):
    return [(step.line, step.column, step.rhs_latex) for step in read_document(text, **options).steps]


def test_a_right_side_goes_on_in_the_next_row_and_keeps_its_place():
    found = places(CHAIN, task="3b")
    assert [(line, column) for line, column, _ in found] == [(2, 20), (4, 5)]
    assert found[0][2].endswith(r"(1-z)\log(1-\beta)")
    assert found[1][2] == r"\log\beta^z + \log(1-\beta)^{1-z}"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfa \\[ 1 = 1 \\]",
        "für \\[ 1 = 1 \\]".encode("latin-1"),
        b"a\r\n\\[\r\n1 = 1\r\n\\]\r\n",
        "\ufeffa \\[ 1 = 1 \\]".encode("utf-16"),
    ],
)
def test_every_encoding(data):
    assert [step.kind for step in read_document(data).steps] == [CLAIM]


def test_carriage_returns_count_as_lines():
    assert places("a\r\n\r\n$1 = 1$") == [(3, 6, "1")]


def test_decoding_never_fails():
    assert decoded(bytes(range(256)))


def test_a_notebook_is_read_cell_by_cell_with_the_lines_of_its_file():
    cells = [
        {"cell_type": "code", "source": ["x = 1\n"]},
        {"cell_type": "markdown", "source": ["# 3b\n", "\n", "$$z^2 = z$$\n"]},
    ]
    text = json.dumps({"cells": cells, "nbformat": 4}, indent=1)
    document = read_document(text)
    (step,) = document.steps
    assert text.split("\n")[step.line - 1].strip().startswith('"$$z^2 = z$$')
    assert document.chains[0].task == "3b"


def test_code_in_markdown_is_no_mathematics():
    text = "# Notes\n\n`$1 = 2$`\n\n```\n$1 = 3$\n```\n\n```math\n1 = 1\n```\n\nIt costs $5 and $6.\n"
    assert [step.rhs_latex for step in read_document(text).steps] == ["1"]


def test_verbatim_and_comments_are_no_mathematics():
    text = "\\verb|$1=2$| % $1 = 3$\n\\begin{verbatim}\n$1=4$\n\\end{verbatim}\n$1 = 1$"
    assert [step.rhs_latex for step in read_document(text).steps] == ["1"]


def test_a_macro_keeps_the_place_of_its_call():
    text = "\\newcommand{\\half}[2][1]{\\frac{#1}{#2}}\n$x = \\half[3]{4} + y$"
    (step,) = read_document(text, "plain").steps
    assert step.rhs_latex == "\\half[3]{4} + y"
    assert step.line == 2


def test_a_macro_that_sets_its_argument_as_a_formula():
    text = "\\newcommand{\\show}[2]{\\par $\\displaystyle #1$ (#2)}\n\\show{z^2}{given}\n\\show{= z}{bit}"
    (step,) = read_document(text, task="3b").steps
    assert (str(step.lhs), str(step.rhs), step.line) == ("z^2", "z", 3)


def test_equations_side_by_side_are_chains_of_their_own():
    chains = read_document("\\begin{align} a &= b & c &= d \\\\ &= e & &= f \\end{align}", "plain").chains
    assert [[step.rhs_latex for step in chain.steps] for chain in chains] == [["b", "e"], ["d", "f"]]


def test_a_brace_claims_something():
    chains = read_document(r"$\sum_z \underbrace{\nabla_\phi p_\theta(x|z)}_{=\,0} = 0$", task="1b").chains
    assert [chain.form for chain in chains] == ["", "brace"]
    assert chains[1].steps[0].rhs == read("0")


def test_an_unread_step_says_where_and_why():
    (step,) = read_document("Text\n\n$x = y + \\int f$", "plain").steps
    assert (step.kind, step.at) == (UNREAD, (3, 10))
    assert "int" in step.reason


def test_a_repaired_bracket_is_noted():
    (step,) = read_document(r"$\log(q_\beta(z) = z$", task="3b").steps
    assert step.repaired
    assert step.notes


@pytest.mark.parametrize(
    ("heading", "task"),
    [
        (r"\section*{Exercise 3} \subsection*{b)}", "3b"),
        (r"\section{Aufgabe 2} \paragraph{a)}", "2a"),
        (r"{\bf Cvičení 1b.}", "1b"),
        ("# Task 3 (a)\n", "3a"),
        (r"\begin{proof}[2b]", "2b"),
        ("\n3.\\,b)\n", "3b"),
    ],
)
def test_tasks_from_headings(heading, task):
    assert read_document(heading + "\n$$1 = 1$$").chains[0].task == task


@pytest.mark.parametrize(
    ("formula", "task"),
    [
        (r"\nabla_\phi\sum_z q_\phi(z|x)\log p_\theta(x|z) = 0", "1b"),
        (r"\mathrm{KL}(q\|p) = a\log\frac ab + (1-a)\log\frac{1-a}{1-b}", "2a"),
        (r"\sum_z \nabla_\phi q_\phi(z|x) = 0", "2b"),
        (r"\frac{d}{d\beta} \mathbb{E}_\beta[z] = 1", "3a"),
        (r"\mathrm{Var}[z/\beta] = \frac1\beta - 1", "3b"),
    ],
)
def test_tasks_from_the_content(formula, task):
    assert read_document(f"$${formula}$$").chains[0].task == task


def test_definitions_are_learnt():
    document = read_document(r"Let $X = z/\beta$. Then $\mathbb{E}[X^2] = \frac1\beta$.", task="3b")
    assert [step.kind for step in document.steps] == [DEFINITION, CLAIM]
    assert str(document.steps[1].lhs) == "E[z in bits](bern(beta, z), (z / beta)^2)"
    assert document.definitions[0].latex == "X"


def test_a_definition_may_come_behind_its_use():
    document = read_document(r"$\mathrm{Var}(X) = \frac1\beta - 1$ where $X = z/\beta$.", task="3b")
    assert str(document.steps[0].lhs) == "Var[z in bits](bern(beta, z), z / beta)"


def test_a_change_of_variable():
    document = read_document(r"With $\beta = \sigma(\phi)$: $\frac{d\beta}{d\phi} = \beta(1-\beta)$", task="3b")
    assert str(document.steps[1].lhs) == "d[phi = logit(beta)](sigmoid(phi))"


def test_two_readings_of_the_parameters():
    (step,) = read_document(r"$KL(q\|p) = b\log\frac ba + (1-b)\log\frac{1-b}{1-a}$", task="2a").steps
    assert len(step.readings) == 1
    told = read_document(r"Let $q(1)=b$, $p(1)=a$. $KL(q\|p) = b\log\frac ba + (1-b)\log\frac{1-b}{1-a}$", task="2a")
    assert told.steps[-1].readings == ()


def test_a_name_on_one_side_only_is_unexplained():
    (step,) = read_document(r"$$\nabla_\phi L(\phi) = \sum_z \nabla_\phi q_\phi(z|x)$$", task="2b").steps
    assert step.unexplained == ("L",)


def test_cases_conditions_and_declarations_are_no_claims():
    text = r"For $z=1$, $\beta \in (0,1)$, $z \sim q_\beta$, $i = 1, \dots, m$, $0<\beta<1$, $\beta\to 0$."
    assert read_document(text, task="3b").steps == ()


def test_assumptions_in_comments():
    document = read_document("% derivations: assume x > 0, $y \\in (0, 1)$\n$\\log x^2 = 2\\log x$", "plain")
    assert document.chains[0].given == Given.of(
        "0 < x", "y in interval(0, 1)", "pmf[w in Omega](pr(w))", "x in reals",
    )  # fmt: skip


def test_assumptions_hold_from_their_place_on():
    text = "$a = a$\n% derivations: assume a > 0\n$a = a$\n% derivations: assume nothing\n$a = a$"
    given = [chain.given for chain in read_document(text, "plain").chains]
    assert [read("0 < a") in facts for facts in given] == [False, True, False]


def test_an_assumption_that_is_not_understood_is_an_error():
    with pytest.raises(NotationError):
        read_document("% derivations: assume x >> )\n$1 = 1$", "plain")


def test_a_comment_can_say_which_task_follows():
    text = "$1 = 1$\n% derivations: task 3b\n$1 = 1$\n% derivations: task none\n$1 = 1$"
    assert [chain.task for chain in read_document(text).chains] == [None, "3b", None]


def test_an_index_in_a_range_is_assumed_and_its_bound_is_a_whole_number():
    text = "% derivations: assume j \\in \\{1, \\ldots, n\\}\n$\\sum_{i=1}^{n} i - j = n(n+1)/2 - j$"
    facts = {str(fact) for fact in read_document(text, "plain").given}
    assert {"j in range(1, n)", "n in integers(1, oo)"} <= facts


def test_a_formula_and_its_errors():
    assert read_formula("$a + b$", "plain") == read("a + b")
    with pytest.raises(NotationError):
        read_formula("a +")
    with pytest.raises(NotationError):
        read_formula("a = b = c")
    with pytest.raises(NotationError):
        read_document("$1 = 1$", "no such profile")


def test_places_of_a_source():
    assert source_of("a\nbc\n").place(3) == (2, 2)


def test_broken_displays_lose_one_side_only():
    text = r"""\begin{align*}
a &= \left( b + c \\
&= d
(forgot the end)

\section*{Next
$$ 1 = 1 $

\begin{equation*}
2 = 2
\end{equation
"""
    assert [step.rhs_latex for step in read_document(text, "plain").steps][-2:] == ["1", "2"]


def test_an_integral_over_a_discrete_variable_is_read_as_a_sum():
    text = r"$$\int \nabla_\varphi q_\varphi(z|x) \,dz = \sum_z \nabla_\varphi q_\varphi(z|x)$$"
    ((step,),) = (chain.steps for chain in read_document(text, task="1b").chains)
    assert step.lhs == step.rhs
    assert "z is discrete: the integral is read as a sum" in step.notes


def test_what_is_solved_for_behind_an_arrow_is_no_definition():
    text = r"$$\frac{k}{p} - \frac{n-k}{1-p} = 0 \iff k(1-p) = (n-k)p \iff p = \frac{k}{n}$$"
    assert all(step.kind != "definition" for chain in read_document(text, "plain").chains for step in chain.steps)


def test_i_in_an_exponent_is_not_taken_for_a_real_number():
    kinds = [
        chain.steps[0].kind for chain in read_document(r"$$e^{i x} = 1$$ $$\sum_{i=0}^n e^{-i} = 2$$", "plain").chains
    ]
    assert kinds == ["unread", "claim"]

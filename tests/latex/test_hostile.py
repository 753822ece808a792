"""Any input gives a document or a clear error, within limits of time and memory; nothing is executed."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derivations.errors import NotationError
from derivations.latex.document import Document
from derivations.latex.reader import read_document, read_formula

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = [
    "\\", "{", "}", "$", "$$", "\\[", "\\]", "\\(", "\\)", "&", "\\\\", "_", "^", "=", "|", "(", ")", "[", "]", "\\{", "\\}",
    "\\frac", "\\left", "\\right", "\\sum", "\\nabla", "\\log", "\\mathbb{E}", "\\text{", "\\begin{align}", "\\end{align}",
    "\\begin{cases}", "\\end{cases}", "\\underbrace{", "\\newcommand{\\a}[1]{#1}", "\\def\\b{", "\\a", "\\b", "\\input{x}",
    "q_\\phi(z|x)", "p(z)", "\\beta", "\\|", "KL", "d", "/", "\\partial", "\\over", "\\begin{array}{c}", "%", "\n", "\n\n",
    "\\section{3b}", "'", "\\mid", "\\limits", "\\overset{!}{=}", "\\ldots", "+", "-", ",", "1", "z", "\\hat", "\\sqrt", "\\cdot",
    "\\csname", "\\endcsname", "\\write18{rm}", "\\verb|", "```", "# ", "\u2207", "\u00e9", "\ufeff", "\x00",
]  # fmt: skip


@FUZZ
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_pieces_of_latex_in_any_order(text):
    assert isinstance(read_document(text), Document)
    assert isinstance(read_document(f"${text}$", profile="plain"), Document)


@FUZZ
@given(st.binary(max_size=400))
def test_any_bytes(data):
    assert isinstance(read_document(data), Document)


def error_of(text):
    try:
        read_formula(text)
    except NotationError as error:
        return error
    return None


@FUZZ
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_any_formula_is_a_term_or_an_error_with_a_place(text):
    error = error_of(text)
    assert error is None or (0 <= error.position <= len(error.source) and str(error))


BOMBS = {
    "nested brackets": "$" + "(" * 500 + "1" + ")" * 500 + " = 1$",
    "nested braces": "$" + "{" * 5000 + "1" + "}" * 5000 + " = 1$",
    "nested fractions": "$" + "\\frac{1}{" * 500 + "1" + "}" * 500 + " = 1$",
    "nested scripts": "$x" + "^{x" * 500 + "}" * 500 + " = 1$",
    "nested sums": "$" + "\\sum_z " * 500 + "1 = 1$",
    "logs": "$" + "\\log " * 500 + "x = 1$",
    "derivatives": "$" + "\\nabla " * 500 + "x = 1$",
    "minus signs": "$" + "-" * 3000 + "x = 1$",
    "fonts": "$" + "\\mathbf{" * 400 + "x" + "}" * 400 + " = 1$",
    "unclosed": "$$" + "\\left( \\frac{" * 3000,
    "a long row": "$" + "x + " * 40000 + "x = 1$",
    "many rows": "\\begin{align}" + "a &= b \\\\\n" * 20000 + "\\end{align}",
    "many formulas": "$a = a$ " * 8000,
    "many dollars": "$" * 200000,
    "many begins": "\\begin{align}" * 5000,
    "many items": "\\[ " * 20000,
    "many braces in prose": "{" * 200000,
    "many macros": "".join(f"\\newcommand{{\\m{chr(97 + k % 26) * (k // 26 + 1)}}}{{x}}" for k in range(2000)),
    "a megabyte of prose": "Let us see what follows. " * 60000,
    "a megabyte of one line": "x" * 2_000_000,
    "backslashes": "\\" * 300000,
    "macro bomb": "".join(f"\\def\\{a}{{\\{b}\\{b}}}" for a, b in zip("abcdefghijklmnopqrstuv", "bcdefghijklmnopqrstuvw", strict=True))
    + "\\def\\w{1} $\\a = 1$ $1 = 1$",
    "macro loop": "\\def\\a{\\a} $\\a = 1$",
    "macro with its argument doubled": "\\newcommand{\\d}[1]{#1#1} $" + "\\d{" * 40 + "x" + "}" * 40 + "=1$",
    "mutual loop": "\\def\\a{\\b}\\def\\b{\\a} $\\a = 1$",
    "notebook": '{"cells": [' * 5000,
}  # fmt: skip


@pytest.mark.parametrize("name", list(BOMBS))
def test_bombs_are_bounded_in_time(name):
    start = time.perf_counter()
    assert isinstance(read_document(BOMBS[name]), Document)
    assert time.perf_counter() - start < 20


def test_a_bomb_costs_its_own_display_only():
    steps = read_document(BOMBS["macro bomb"]).steps
    assert [step.kind for step in steps] == ["unread", "claim"]


def test_files_and_shells_are_text(tmp_path):
    secret = tmp_path / "secret.tex"
    secret.write_text("$1 = 2$")
    assert (
        read_document(f"\\input{{{secret}}} \\include{{{secret}}} \\immediate\\write18{{echo $x = 1$}}").steps[:0] == ()
    )
    assert all("2" not in step.rhs_latex for step in read_document(f"\\input{{{secret}}}").steps)

"""The pytest plugin as its users meet it: what is collected, what fails and how it says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from derivations.errors import DerivationsError, NotationError
from derivations.output.sheet import sheet_source
from derivations.plugin.docstrings import docstrings
from derivations.plugin.expectations import Expectation, expectations
from derivations.seminar7 import CLAIMS

NOTES = r"""
\begin{equation}\label{eq:score}
  \frac{d}{d\beta} \log\beta = \frac{1}{\beta}
\end{equation}
\begin{align}
  \frac{1}{\beta} + \frac{1}{1-\beta} &= \frac{1-\beta+\beta}{\beta(1-\beta)} \\
                                      &= \frac{1}{\beta(1-\beta)} \label{eq:sum}
\end{align}
"""
WRONG = r"""% what is wrong below
Before.
\begin{equation}\label{eq:slip}
  \frac{d}{d\beta} \log(1-\beta) = \frac{1}{1-\beta}
\end{equation}
"""
CONDITIONAL = r"$$\frac{y}{y} = 1$$"
UNREAD = r"$$\oint y\, dy = 3$$"
DEFINITION = r"Let $a := 3$."


def run(pytester: pytest.Pytester, *arguments: str, flag: bool = True) -> pytest.RunResult:
    options = ["--derivations"] if flag else []
    return pytester.runpytest("-p", "no:cacheprovider", *options, *arguments)


def outcomes(pytester: pytest.Pytester, *arguments: str) -> dict[str, int]:
    found = run(pytester, *arguments).parseoutcomes()
    return {kind: count for kind, count in found.items() if kind != "warnings"}


# ---------------------------------------------------------------- what is collected


def test_nothing_without_the_flag(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=NOTES)
    pytester.makepyfile("def test_it(): pass")
    result = run(pytester, flag=False)
    result.assert_outcomes(passed=1)
    assert "derivations: profile" not in result.stdout.str()


def test_a_step_is_an_item_with_its_label(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=NOTES + "$$1 + 1 = 2$$ and $2 + 2 = 4$")
    assert run(pytester, "--collect-only", "-q").outlines[:5] == [
        "notes.tex::eq:score::step-1", "notes.tex::eq:sum::step-1", "notes.tex::eq:sum::step-2",
        "notes.tex::display-3::step-1", "notes.tex::inline-1::step-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "count"), [("notes.tex", 3), ("notes.tex::eq:sum", 2), ("notes.tex::eq:sum::step-2", 1)]
)
def test_ids_select(pytester: pytest.Pytester, chosen: str, count: int) -> None:
    pytester.makefile(".tex", notes=NOTES)
    assert outcomes(pytester, chosen) == {"passed": count}


def test_k_and_m_select(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=NOTES)
    pytester.makepyfile("def test_it(): pass")
    assert outcomes(pytester, "-k", "score") == {"passed": 1, "deselected": 3}
    assert outcomes(pytester, "-m", "derivations", "--strict-markers") == {"passed": 3, "deselected": 1}


def test_markdown_and_notebooks(pytester: pytest.Pytester) -> None:
    pytester.makefile(".md", page="# Page\n\n$$1 + 1 = 2$$\n")
    pytester.makefile(
        ".ipynb", book='{"cells": [{"cell_type": "markdown", "source": ["$$1 + 1 = 3$$"]}], "nbformat": 4}'
    )
    assert outcomes(pytester) == {"passed": 1, "failed": 1}


def test_globs(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=NOTES, other=WRONG)
    assert outcomes(pytester, "--derivations-glob", "n*.tex") == {"passed": 3}
    pytester.makeini("[pytest]\nderivations_glob =\n    o*.tex\n")
    assert outcomes(pytester) == {"failed": 1}


def test_docstrings_are_read_where_they_are_asked_for(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(code='def f(x):\n    r"""Is :math:`x + x = 2x`.\n\n    .. math:: x + x = 3x\n    """\n')
    result = run(pytester, "--derivations-glob", "code.py")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["code.py:4:*: refuted*"])


def test_code_without_formulas_is_no_news(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(own="x = 1")
    assert outcomes(pytester, "--derivations-glob", "*.py") == {}
    assert outcomes(pytester, "--derivations-glob", "*.py", "own.py") == {"errors": 1}


def test_the_configuration_file_turns_it_on(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nderivations = true\nderivations_lax = true\nderivations_profile = plain\n")
    pytester.makefile(".tex", notes=CONDITIONAL)
    result = run(pytester, flag=False)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["derivations: profile plain, 10 s a step, lax"])


# ---------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("text", "strict", "lax"),
    [
        (NOTES, {"passed": 3}, {"passed": 3}),
        (WRONG, {"failed": 1}, {"failed": 1}),
        (CONDITIONAL, {"failed": 1}, {"skipped": 1}),
        (UNREAD, {"failed": 1}, {"skipped": 1}),
        (DEFINITION, {"passed": 1}, {"passed": 1}),
    ],
)
def test_verdicts(pytester: pytest.Pytester, text: str, strict: dict[str, int], lax: dict[str, int]) -> None:
    pytester.makefile(".tex", notes=text)
    assert outcomes(pytester) == strict
    assert outcomes(pytester, "--derivations-lax") == lax


def test_a_failure_shows_the_line_both_sides_and_the_mistake(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=WRONG)
    run(pytester).stdout.fnmatch_lines([
        "*__ eq:slip::step-1 __*",
        "notes.tex:4:*: refuted*",
        r"*| *\frac{d}{d\beta} \log(1-\beta) = \frac{1}{1-\beta}",
        "*^^^^*",
        "*counterexample: beta = 1/2",
        "*left side: -2",
        "*right side: 2",
        "*sign-of-complement-score*",
        "FAILED notes.tex::eq:slip::step-1 - refuted: beta = 1/2*",
    ])  # fmt: skip
    assert "Traceback" not in run(pytester).stdout.str()


def test_a_skip_says_why_and_where(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=f"Here\n{CONDITIONAL}")
    run(pytester, "--derivations-lax", "-rs").stdout.fnmatch_lines(
        ["SKIPPED [[]1[]] notes.tex:2: conditional: holds if*"]
    )


def test_items_say_where_they_stand(pytester: pytest.Pytester) -> None:
    path = pytester.makefile(".tex", notes=WRONG)
    items, _ = pytester.inline_genitems("--derivations")
    assert [item.location for item in items] == [("notes.tex", 3, "eq:slip::step-1")]
    assert items[0].path == path


def test_wrong_on_purpose(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes="% derivations: expect refuted\n" + WRONG)
    assert outcomes(pytester) == {"passed": 1}
    pytester.makefile(".tex", notes="% derivations: expect refuted\n" + NOTES)
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*line 1 of the text says: expected to be refuted, but it is proved"])


def test_a_report_for_build_servers(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=NOTES + WRONG)
    run(pytester, "--junitxml", "out.xml")
    cases = ElementTree.parse(pytester.path / "out.xml").iter("testcase")  # noqa: S314  (we wrote it)
    found = {
        case.get("classname"): {one.get("name"): one.get("value") for one in case.iter("property")} for case in cases
    }
    assert {name: properties["verdict"] for name, properties in found.items()} == {
        "notes.tex.eq:score": "proved", "notes.tex.eq:sum": "proved", "notes.tex.eq:slip": "refuted",
    }  # fmt: skip
    assert found["notes.tex.eq:slip"]["witness"] == "beta = 1/2: left -2, right 2"


@pytest.mark.parametrize("options", [("-x",), ("-n", "2", "--dist", "loadfile"), ("-n", "2")])
def test_other_plugins(pytester: pytest.Pytester, options: tuple[str, ...]) -> None:
    pytester.makefile(".tex", a=WRONG, b=NOTES)
    result = run(pytester, *options)
    result.assert_outcomes(failed=1, passed=0 if options == ("-x",) else 3)
    result.stdout.fnmatch_lines(["FAILED a.tex::eq:slip::step-1 - *refuted*"])


def test_last_failed(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=NOTES + WRONG)
    pytester.runpytest("--derivations").assert_outcomes(passed=3, failed=1)
    pytester.makefile(".tex", notes="A line.\n" + NOTES + WRONG.replace(r"= \frac{1}", r"= -\frac{1}"))
    pytester.runpytest("--derivations", "--lf").assert_outcomes(passed=1, deselected=3)


def test_a_document_is_judged_once(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("""
        from derivations.plugin import documents
        real = documents.judged
        def counted(jobs, parallel):
            print("JUDGED" if jobs[0].work is None else "READ")
            return real(jobs, parallel)
        documents.judged = counted
    """)
    pytester.makefile(".tex", notes=NOTES)
    said = run(pytester, "-s").stdout.str()
    assert (said.count("JUDGED"), said.count("READ")) == (1, 1)
    assert "JUDGED" not in run(pytester, "-s", "--collect-only").stdout.str()


# ---------------------------------------------------------------- what cannot be tested


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (".tex", "only words", "nothing to check"),
        (".tex", "% derivations: expect wrong\n$$1 = 1$$", "one of proved, conditional"),
        (".tex", "$$1 = 1$$\n% derivations: expect refuted", "a formula behind"),
        (".tex", "% derivations: assume )\n$$1 = 1$$", "expected"),
        (".frozen.toml", "schema = 7", "schema 7 is not known"),
    ],
)
def test_errors_are_no_success(pytester: pytest.Pytester, name: str, text: str, said: str) -> None:
    pytester.makefile(name, notes=text)
    result = run(pytester)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([f"*{said}*"])


def test_a_page_without_formulas_is_skipped_unless_it_was_asked_for(pytester: pytest.Pytester) -> None:
    pytester.makefile(".md", page="# Words")
    assert outcomes(pytester) == {"skipped": 1}
    assert outcomes(pytester, "page.md") == {"errors": 1}
    assert outcomes(pytester, "--derivations-glob", "*.md") == {"errors": 1}


@pytest.mark.parametrize(
    "option", ["--derivations-timeout=soon", "--derivations-timeout=nan", "--derivations-profile=x"]
)
def test_wrong_options(pytester: pytest.Pytester, option: str) -> None:
    result = run(pytester, option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {option.split('=')[0]} *"])


def test_a_step_that_takes_too_long_is_not_wrong(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=NOTES)
    result = run(pytester, "--derivations-timeout", "0.000001")
    assert "refuted" not in result.stdout.str()
    assert outcomes(pytester, "--derivations-timeout", "0.000001", "--derivations-lax").keys() <= {"skipped", "passed"}


# ---------------------------------------------------------------- functions, frozen formulas


def test_functions_tied_to_formulas(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(r'''
        from derivations.testing import formula

        @formula(r"\frac{1-\beta}{m\beta}", beta=("0", "1"), m="positive integer")
        def variance(beta, m):
            return (1 / beta - 1) / m

        @formula(r"\frac{1-\beta}{m\beta}", beta=("0", "1"), m="positive integer")
        def forgotten(beta, m):
            return (1 - beta) / beta

        def test_it(): pass
    ''')  # fmt: skip
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["forgotten computes another formula than*", "*left side 1, right side 1/2"])
    run(pytester, flag=False).assert_outcomes(passed=1)


def test_frozen_formulas(pytester: pytest.Pytester) -> None:
    pytester.makefile(".tex", notes=NOTES)
    command = [sys.executable, "-m", "derivations", "freeze", "notes.tex"]
    subprocess.run(command, check=True, capture_output=True, cwd=pytester.path)
    assert outcomes(pytester, "notes.frozen.toml") == {"passed": 2}
    pytester.makefile(".tex", notes=NOTES.replace(r"\frac{1-\beta+\beta}", r"\frac{1}"))
    assert outcomes(pytester, "notes.frozen.toml") == {"passed": 2}
    pytester.makefile(".tex", notes=NOTES.replace(r"= \frac{1}{\beta}", r"= \frac{2}{\beta}"))
    result = run(pytester, "notes.frozen.toml")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["notes.frozen.toml::eq:score: the formula has changed", "*at beta = *"])


def test_the_solution_sheet(pytester: pytest.Pytester) -> None:
    """The source of the PDF, as any lecturer would put theirs under test."""
    source, _ = sheet_source("solution", lambda *_: None, {}, CLAIMS)
    pytester.makefile(".tex", sheet=source)
    found = outcomes(pytester)
    assert found.keys() == {"passed"}
    assert found["passed"] > 50


# ---------------------------------------------------------------- what it costs, and its parts


def test_nothing_heavy_is_loaded_without_the_flag() -> None:
    code = (
        "import sys, pytest, derivations.plugin, derivations.testing\n"
        "heavy = {'sympy', 'flint', 'numpy', 'hypothesis', 'click', 'rich', 'jinja2'} & set(sys.modules)\n"
        "own = {name for name in sys.modules if name.startswith('derivations')}\n"
        "light = {'derivations', 'derivations.plugin', 'derivations.testing', 'derivations.testing.ties'}\n"
        "assert not heavy and own == light, (heavy, own)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_expectations_in_code_are_no_expectations() -> None:
    text = "```\n<!-- derivations: expect refuted -->\n```\n$a = b$"
    assert expectations(text, [text.index("$")], tex=False) == [Expectation()]
    with pytest.raises(NotationError):
        expectations("<!-- derivations: expect refuted -->", [], tex=False)


def test_docstrings_keep_their_lines() -> None:
    source = b'x = 1\n\n\ndef f():\n    """One\n\n    $a = a$ and `code $b = c$`\n\n    >>> "$c = d$"\n    """\n'
    lines = docstrings(source).split("\n")
    assert lines[6].strip() == "$a = a$ and"
    assert not lines[8].strip()
    with pytest.raises(DerivationsError):
        docstrings(b"def")


def test_our_own_pages_are_collected() -> None:
    root = Path(__file__).parents[1]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "README.md", "tests/claims.frozen.toml"]
    found = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True).stdout.splitlines()
    assert sum(line.startswith("README.md::") for line in found) >= 2
    assert sum(line.startswith("tests/claims.frozen.toml::") for line in found) >= len(CLAIMS)

"""The report for a terminal: what stands on which line."""

import re

import pytest

from derivations.output.plain import unchecked
from derivations.output.text import QUIET, VERBOSE, counts, to_text
from tests.output.samples import HOSTILE, every_verdict, file_of


@pytest.fixture(scope="module")
def file():
    return every_verdict()


def test_a_refuted_step_is_quoted_and_underlined(file):
    lines = to_text([file]).splitlines()
    assert lines[0] == "notes.tex:4:37: refuted: the two sides differ (the first wrong step)"
    quoted, marks = lines[1], lines[2]
    start, end = marks.index("^"), marks.rindex("^") + 1
    assert quoted[start:end] == r"\frac{z}{\beta} + \frac{1-z}{1-\beta}"  # behind a tab
    assert "    counterexample: beta = 1/2, z = 0" in lines
    assert "    left side: -2" in lines
    assert any(line.startswith("    mistake: sign-of-complement-score. ") for line in lines)


def test_the_last_line_says_what_stays_open(file):
    assert to_text([file]).splitlines()[-1] == (
        "1 proved, 1 refuted, 1 definition; open: 1 conditional, 1 undecided, 1 unread"
    )


def test_conditions_reasons_and_goals(file):
    text = to_text([file])
    assert "notes.tex:6:9: conditional: holds if x != 0" in text
    assert "notes.tex:7:27: unread: line 7, column 9: expected" in text
    assert re.search(r"goal 3b.score +wrong +the argument for it holds a refuted step \(line 4\)", text)


def test_quiet_says_only_problems(file):
    text = to_text([file], verbosity=QUIET)
    assert "goal" not in text
    assert "refuted" in text
    assert to_text([file_of("$$1 + 1 = 2$$")], verbosity=QUIET) == ""


def test_verbose_shows_rules_and_reading(file):
    text = to_text([file], verbosity=VERBOSE)
    assert "notes.tex:5:37: proved" in text
    assert "    rules: " in text
    assert "    read as: " in text
    assert "rules: " not in to_text([file])


def test_colours_only_where_asked(file):
    assert "\x1b" not in to_text([file])
    coloured = to_text([file], colour=True, verbosity=VERBOSE)
    for code, kind in (
        ("32", "proved"),
        ("33", "conditional"),
        ("31;1", "refuted"),
        ("90", "unread"),
        ("34", "definition"),
    ):
        assert f"\x1b[{code}m{kind}\x1b[0m" in coloured


def test_a_document_cannot_command_the_terminal():
    text = to_text([{**file_of("\x1b]0;x\x07 $$\\frac{d}{d\\beta}\\log\\beta = 2$$"), "path": "a\x1b.tex"}])
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "␛]0;x␇" in text
    assert "\u202e" not in to_text([file_of(HOSTILE)])


def test_where_the_argument_recovers():
    text = to_text([file_of("\\begin{align}\n2 + 2 &= 5 \\\\\n&= 5 \\\\\n\\end{align}\n$$1 = 2 = 2$$")])
    assert "the argument holds again from line 3" in text
    assert "the argument holds again later on this line" in text
    assert text.count("the first wrong step") == 1


def test_long_lines_are_cut_around_the_step():
    text = to_text([file_of("word " * 200 + "$1 + 1 = 3$" + " word" * 200)])
    quoted, marks = text.splitlines()[1:3]
    assert len(quoted) < 200
    assert quoted[marks.index("^")] == "3"


def test_a_right_side_over_several_lines():
    marks = to_text([file_of("$$1 + 1 = 3 +\n 4$$")]).splitlines()[2]
    assert marks.endswith("^^^...")


def test_a_file_that_cannot_be_checked():
    text = to_text([unchecked("gone.tex", "plain", "there is\nno such file"), file_of("$$1 + 1 = 2$$")])
    assert text.startswith("gone.tex: error: there is no such file\n")
    assert text.splitlines()[-1] == "1 proved, 0 refuted; 1 file could not be checked"
    assert to_text([file_of("no mathematics")]).splitlines()[-1] == "no steps found"


def test_counts_name_what_there_is():
    assert counts({"proved": 2, "refuted": 0, "definition": 2}) == "2 proved, 0 refuted, 2 definitions"

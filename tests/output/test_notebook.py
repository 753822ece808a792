"""Verdicts and reports in a notebook, and the notebook itself."""

from __future__ import annotations

import json

import pytest

import derivations
from derivations.verdict import undecided
from tests.notebooks.execute import NOTEBOOK, executed, written
from tests.output.samples import EVERY_VERDICT

HOSTILE = r"$$x = \text{<script>alert(1)</script>}$$ $$\text{</table>} = y$$"


def test_each_verdict_has_its_badge():
    report = derivations.check(EVERY_VERDICT)
    html, tex = report._repr_html_(), report._repr_latex_()
    for kind, number in report.summary.items():
        assert (f" {kind}</b>" in html) == bool(number)
        assert (kind in tex) == bool(number)
    assert tex.count(r"\\") >= len(report.steps)


@pytest.mark.parametrize(
    ("lhs", "rhs", "words"),
    [
        ("x", "x + 0", ["proved"]),
        ("x", "x + 1", ["refuted", "left side", "right side"]),
        ("x/x", "1", ["conditional", "x != 0"]),
    ],
)
def test_a_verdict_shows_why(lhs, rhs, words):
    verdict = derivations.prove(lhs, rhs)
    for word in words:
        assert word in verdict._repr_html_()
    assert words[0] in verdict._repr_latex_()


def test_an_open_verdict_says_its_reason():
    verdict = undecided(derivations.read("x < y"), "no rule: 5 % & {more}")
    assert "no rule: 5 % &amp; {more}" in verdict._repr_html_()
    assert r"undecided no rule: 5 \% \& \{more\}" in verdict._repr_latex_()


def test_a_document_cannot_write_the_page():
    report = derivations.check(HOSTILE)
    assert "<script" not in report._repr_html_()
    assert report._repr_html_().count("</table>") == 1
    assert repr(report).startswith("<report on -: ")


def test_the_notebook_shows_what_it_showed():
    """`python -m tests.notebooks.execute` writes it anew."""
    stored = json.loads(NOTEBOOK.read_text("utf-8"))
    assert written(executed(stored)) == NOTEBOOK.read_text("utf-8")
    shown = [output for cell in stored["cells"] for output in cell.get("outputs", [])]
    assert sum("text/html" in output.get("data", {}) for output in shown) >= 4

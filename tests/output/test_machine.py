"""JSON, GitHub's annotations and SARIF: the shape that other programs rely on."""

import json

import pytest

from derivations.output.machine import findings, to_github, to_json, to_sarif
from derivations.output.plain import first_wrong, plain, printable, steps_of, total, unchecked
from derivations.report import Report
from derivations.verdict import KINDS
from tests.output.samples import HOSTILE, every_verdict, file_of

STEP_KEYS = {
    "line", "column", "relation", "lhs", "rhs", "read_as", "verdict", "rules", "conditions", "reason", "counterexample",
    "mistake",
}  # fmt: skip


@pytest.fixture(scope="module")
def file():
    return every_verdict()


@pytest.fixture(scope="module")
def document(file):
    return json.loads(to_json([file, unchecked("gone.tex", "seminar7", "there is no such file")]))


def test_json_has_the_keys_of_the_contract(document):
    assert set(document) == {"schema", "tool", "files"}
    assert document["schema"] == 1
    assert set(document["tool"]) == {"name", "version"}
    for file in document["files"]:
        assert set(file) == {"path", "profile", "chains", "goals", "summary", "errors"}
        assert list(file["summary"]) == list(KINDS)
        for chain in file["chains"]:
            assert set(chain) >= {"task", "line", "environment", "steps"}
            for step in chain["steps"]:
                assert set(step) >= STEP_KEYS
                assert set(step) - STEP_KEYS <= {"hint", "notes", "recovers"}


def test_each_verdict_brings_its_own_evidence(document):
    steps = {step["verdict"]: step for chain in document["files"][0]["chains"] for step in chain["steps"]}
    assert set(steps) == set(KINDS)
    assert steps["proved"]["rules"]
    assert steps["conditional"]["conditions"] == ["x != 0"]
    assert steps["undecided"]["reason"].startswith("outside the fragment")
    assert steps["unread"]["reason"].startswith("line 7, column 9: expected")
    refuted = steps["refuted"]
    assert refuted["counterexample"] == {"point": {"beta": "1/2", "z": "0"}, "lhs": "-2", "rhs": "2", "exact": True}
    assert refuted["mistake"] == "sign-of-complement-score"
    assert refuted["hint"]
    assert (refuted["line"], refuted["column"], refuted["relation"]) == (4, 37, "=")
    assert refuted["read_as"]["lhs"].startswith(r"\frac{d}{d\beta}")
    assert [step["counterexample"] for kind, step in steps.items() if kind != "refuted"] == [None] * 5


def test_goals_and_errors(document):
    assert document["files"][0]["goals"]["3b.score"]["status"] == "wrong"
    assert document["files"][1]["errors"] == ["there is no such file"]
    assert document["files"][1]["chains"] == []


def test_json_is_deterministic_and_plain_text(file):
    assert to_json([file]) == to_json([every_verdict()])
    assert "view" not in to_json([file])
    json.loads(to_json([file_of(HOSTILE)]))


def test_summary_over_files_and_the_first_wrong_step(file):
    assert total([file, file])["refuted"] == 2
    assert first_wrong(file)["line"] == 4
    assert len(steps_of(file)) == 6


def test_github_annotations_are_escaped(file):
    lines = to_github([{**file, "path": "a,b:c%d.tex"}]).splitlines()
    assert lines[0].startswith(
        "::error file=a%2Cb%3Ac%25d.tex,line=4,col=37,title=derivations%3A sign-of-complement-score::refuted: at beta"
    )
    assert [line.split(" ")[0] for line in lines] == ["::error", *["::warning"] * 4]
    broken = to_github([unchecked("x.tex", "plain", "100% wrong\r\n::error::forged")])
    assert broken.count("\n") == 1
    assert "100%25 wrong" in broken


def test_annotations_leave_out_what_is_proved(file):
    assert {found.code for found in findings(file)} == {
        "sign-of-complement-score", "conditional", "undecided", "unread", "goal-wrong",
    }  # fmt: skip


def test_sarif_has_the_published_structure(file):
    log = json.loads(to_sarif([file, unchecked("/gone/ä b.tex", "seminar7", "there is no such file")]))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "notes.tex"
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1
    assert len({rule["id"] for rule in rules}) == len(rules)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert run["artifacts"][1]["location"]["uri"] == "file:///gone/%C3%A4%20b.tex"


def test_a_file_without_problems_has_no_results():
    log = json.loads(to_sarif([file_of(r"$$1 + 1 = 2$$")]))
    assert log["runs"][0]["results"] == []
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_what_commands_a_terminal_becomes_visible():
    assert printable("a\x1b[31m\u202eb\x9b\x7f\ud800\tc\n") == "a␛[31m�b�␡�\tc\n"


def test_a_report_without_a_document():
    assert plain(Report("a.tex", "plain"))["chains"] == []


def test_places_in_a_notebook_are_those_of_the_file():
    cells = [{"cell_type": "markdown", "source": ["# 3b\n", "$$\\frac{d}{d\\beta} \\log\\beta = 2/\\beta$$\n"]}]
    file = file_of(json.dumps({"cells": cells}, indent=1), path="a.ipynb")
    (step,) = steps_of(file)
    start, end = step["view"]["span"]
    assert file["view"]["text"][start:end] == r"2/\beta"
    assert step["line"] == 7
    assert file["view"]["lines"][1] == 7

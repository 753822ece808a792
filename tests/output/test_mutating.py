"""The command `mutate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivations.cli import main
from derivations.evidence import gather
from derivations.mutation_testing import tried
from derivations.notation import read
from derivations.output import mutants
from derivations.output.look import STYLE
from derivations.output.plain import File, plain, unchecked
from derivations.output.record import recorded
from derivations.output.sheet import sheet_source
from derivations.output.templates import render
from derivations.report import Report
from derivations.seminar7 import CLAIMS
from derivations.verdict import undecided

PAGE = r"""
\begin{align} \frac{d}{d\beta} \log\beta &= \frac{1}{\beta} \\ &> 0 + 1 \end{align}
$$1 + 1 = 3$$ $$x = x + 0$$ $$\oint x = y$$
"""


def run(*arguments: object):
    return CliRunner().invoke(main, ["mutate", *map(str, arguments)])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.tex"
    path.write_text(PAGE)
    return path


def test_text(page: Path) -> None:
    done = run(page)
    assert done.exit_code == 0
    assert f"{page}:5:" not in done.output
    assert ": refuted, not mutated: 1+1 = 3" in done.output.replace("1 + 1", "1+1")
    assert "unread, not mutated" in done.output
    assert "lost term       x\n" in done.output
    assert done.output.splitlines()[-1] == "14 of 14 false mutants refuted; 6 true"
    assert "at beta = " in run(page, "-v").output
    assert run(page, "-q").output == ""


def test_json_and_jobs(page: Path) -> None:
    one, three = (run(page, "--format", "json", "--jobs", jobs).stdout for jobs in ("1", "3"))
    assert one == three
    document = json.loads(one)
    steps = document["files"][0]["steps"]
    assert [step["verdict"] for step in steps] == ["proved", "proved", "refuted", "proved", "unread"]
    assert {mutant["side"] for mutant in steps[0]["mutants"]} == {"lhs", "rhs"}
    assert {mutant["side"] for mutant in steps[1]["mutants"]} == {"rhs"}
    assert [mutant["mutant"] for mutant in steps[1]["mutants"]][:2] == ["0 - 1", "0"]
    assert document["summary"] == document["files"][0]["summary"]
    assert document["summary"]["escaped"] == 0
    for mutant in steps[0]["mutants"]:
        assert (mutant["counterexample"] is not None) == (mutant["outcome"] == "refuted")


def test_a_lazy_checker_fails(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page.write_text("$$x = x + 0$$")
    monkeypatch.setattr(
        mutants, "trials",
        lambda side, claim, given, judge: [tried("number", claim(read("1 * x")), given, lambda c, g: undecided(c, "no rule"))],
    )  # fmt: skip
    assert run(page).exit_code == 0
    assert run(page, "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("text", "code"), [("words", 2), ("$$1 = 2$$", 2), ("$$1 + 1 = 2$$", 0), ("% derivations: assume )\n$$1 = 1$$", 2)]
)
def test_exit_codes(tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "a.tex").write_text(text)
    assert run(tmp_path).exit_code == code


@pytest.mark.parametrize("arguments", [[], ["none.tex"], ["--format", "html", "a.tex"], ["--profile", "none", "a.tex"]])
def test_wrong_usage(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


@pytest.mark.slow  # tests/test_mutation_testing.py asks the same of each claim
def test_the_claims_of_the_sheet() -> None:
    done = run("claims")
    assert done.exit_code == 0
    refuted, _, of = done.output.splitlines()[-1].split()[:3]
    assert refuted == of
    assert int(of) > 700


@pytest.mark.slow
def test_the_printed_sheet(tmp_path: Path) -> None:
    (tmp_path / "sheet.tex").write_text(sheet_source("solution", lambda *_: None, {}, CLAIMS)[0])
    done = run(tmp_path / "sheet.tex")
    assert done.exit_code == 0
    refuted, _, of = done.output.splitlines()[-1].split()[:3]
    assert refuted == of


def test_parts_of_a_file_are_joined() -> None:
    def part(*errors: str, rows: tuple[tuple[int, int], ...]) -> File:
        file = unchecked("a.tex", "plain", *errors) if errors else plain(Report("a.tex", "plain"))
        file["found"] = [{"chain": chain, "step": step, "mutants": []} for chain, step in rows]
        return file

    whole = mutants._joined([part(rows=((0, 0), (2, 0))), part("late", rows=()), part("late", rows=((1, 1), (1, 0)))])
    assert [(row["chain"], row["step"]) for row in whole["found"]] == [(0, 0), (1, 0), (1, 1), (2, 0)]
    assert whole["errors"] == ["late"]


def test_the_table_of_evidence_says_how_many() -> None:
    claim = next(claim for claim in CLAIMS if claim.name == "score")
    found = gather(claim, sympy=False, numeric=False, mutate=True)
    record = recorded([claim.proof()], {claim.name: found}, STYLE)
    assert record.mutants == "41 of 41 false mutants refuted; 1 without a value"
    page = render("evidence.tex.j2", record=record)
    assert page.count(record.mutants) == 2
    assert "mutants" not in render("evidence.tex.j2", record=recorded([claim.proof()], {}, STYLE)).lower()


def test_hooks_name_commands_that_exist() -> None:
    hooks = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8")
    called = [
        line.split("derivations ", 1)[1].split()[0] for line in hooks.splitlines() if "entry: derivations " in line
    ]
    assert called == ["check", "freeze"]
    assert set(called) <= main.commands.keys()

"""The command `freeze`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from derivations.cli import main
from derivations.frozen import parsed
from derivations.seminar7 import CLAIMS


def run(*arguments: object):
    return CliRunner().invoke(main, ["freeze", *map(str, arguments)])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.tex"
    path.write_text(
        r"\begin{equation}\label{a} \frac{1}{\beta} - 1 = \frac{1-\beta}{\beta} \end{equation} $$1 + 1 = 2$$"
    )
    return path


def test_written_and_compared(page: Path) -> None:
    done = run(page)
    assert (done.exit_code, done.output) == (0, f"{page.with_suffix('.frozen.toml')}: 2 formulas\n")
    assert run(page, "--check").exit_code == 0
    page.write_text(page.read_text().replace(r"\frac{1-\beta}{\beta} \end", r"\beta^{-1} - 1 \end"))
    assert run(page, "--check", "-v").output.count("the same") == 2
    page.write_text(page.read_text().replace(r"\frac{1}{\beta} - 1", r"\frac{1}{\beta} + 1"))
    done = run(page, "--check")
    assert done.exit_code == 1
    assert "a: the formula has changed\n" in done.output
    assert "at beta = " in done.output
    assert done.output.splitlines()[-1].endswith("1 of 2 formulas are what they were")
    assert run(page.with_suffix(".frozen.toml")).exit_code == 0
    assert run(page, "--check", "-q").output == ""


def test_a_folder(page: Path) -> None:
    assert run(page.parent, "--check").exit_code == 2
    run(page)
    (page.parent / ".hidden").mkdir()
    (page.parent / ".hidden" / "a.frozen.toml").write_text("")
    assert run(page.parent, "--check").exit_code == 0


def test_gone_and_new(page: Path) -> None:
    run(page)
    page.write_text("$$1 + 1 = 2$$ $$2 + 2 = 4$$")
    done = run(page, "--check")
    assert done.exit_code == 1
    assert "a: the formula is gone" in done.output
    assert "1 not frozen yet" in done.output


def test_to_standard_output(page: Path) -> None:
    assert len(parsed(run(page, "-o", "-").stdout).entries) == 2
    assert {entry.name for entry in parsed(run("-o", "-").stdout).entries} == {claim.name for claim in CLAIMS}
    assert not page.with_suffix(".frozen.toml").exists()


@pytest.mark.parametrize("arguments", [["none.tex"], ["none.frozen.toml"], ["none.tex", "--check"], ["--profile", "none"],
                                       ["a.tex", "b.tex", "-o", "c"], ["a.tex", "--check", "-o", "c"], ["--unknown"]])  # fmt: skip
def test_wrong_usage(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_help() -> None:
    said = run("--help").output
    assert "derivations freeze notes.tex --check" in said
    assert "Exit codes:" in said

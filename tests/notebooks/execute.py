"""Runs a notebook's code cells in order in one namespace, and keeps what each shows.

A kernel (ipykernel, nbclient and what they bring, some thirty packages) would run the same code; what it adds, magics
and asynchronous cells, the notebook does not use. The value of a cell's last expression is asked for `_repr_html_`,
`_repr_latex_` and `repr`, as a notebook does; printed text is kept as it comes.

    python -m tests.notebooks.execute            writes what the cells show into the notebook
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parent / "first-steps.ipynb"
_METHODS = {"text/html": "_repr_html_", "text/latex": "_repr_latex_"}


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with what its cells show now. Raises what a cell raises."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    cells, count = [], 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell = {**cell, "execution_count": count, "outputs": _outputs("".join(cell["source"]), namespace, count)}
        cells.append(cell)
    return {**notebook, "cells": cells}


def _outputs(source: str, namespace: dict[str, Any], count: int) -> list[dict[str, Any]]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), namespace)  # noqa: S102  (our own notebook)
        value = None if last is None else eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)  # noqa: S307
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if value is not None:
        outputs.append(
            {"data": _shown(value), "execution_count": count, "metadata": {}, "output_type": "execute_result"}
        )
    return outputs


def _shown(value: object) -> dict[str, list[str]]:
    found = {kind: getattr(value, method)() for kind, method in _METHODS.items() if hasattr(value, method)}
    return {kind: _lines(text) for kind, text in {**found, "text/plain": repr(value)}.items()}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def written(notebook: dict[str, Any]) -> str:
    """The notebook as its file holds it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    NOTEBOOK.write_text(written(executed(json.loads(NOTEBOOK.read_text("utf-8")))), "utf-8")

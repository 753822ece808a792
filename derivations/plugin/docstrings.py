r"""The docstrings of a Python file as text in their places, so that formulas in code are read like those of a page.

The file is parsed and never run. Everything but docstrings is blank, and so are doctests and code in backticks;
`:math:` and `.. math::` become dollars.

>>> print(docstrings(b'def f(x):\n    r\"\"\"Twice :math:`2x = x + x`.\"\"\"\n    return 2 * x'))
<BLANKLINE>
        Twice $2x = x + x$.
<BLANKLINE>
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from derivations.errors import DerivationsError

_ROLE: Final = re.compile(r":math:`([^`]+)`")
_CODE: Final = re.compile(r"(`+)[^`]*?\1")
_DOCTEST: Final = re.compile(r"^([ \t]*)>>> .*?(?=^[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_DIRECTIVE: Final = re.compile(
    r"^(?P<indent>[ \t]*)\.\. math::[ \t]*(?P<same>[^\n]*)\n(?P<body>(?:(?P=indent)[ \t]+[^\n]+\n|[ \t]*\n)*)",
    re.MULTILINE,
)


def docstrings(source: bytes) -> str:
    """The text of all docstrings of a file, each on its own lines. Raises DerivationsError for what is no Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise DerivationsError(f"not Python: {error}") from error
    lines = [""] * (source.count(b"\n") + 1)
    for node in _strings(tree):
        for number, line in enumerate(_text(node).split("\n")):
            if node.lineno - 1 + number < len(lines):
                lines[node.lineno - 1 + number] = line
    return "\n".join(lines)


def _strings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                yield first.value


def _text(node: ast.Constant) -> str:
    """What a docstring says, with places for what is no text; the column of its first line stays about right."""
    text = _DOCTEST.sub(_blank, " " * (node.col_offset + 4) + str(node.value))
    text = _DIRECTIVE.sub(_display, text)
    return _CODE.sub(_blank, _ROLE.sub(r"$\1$", text))


def _display(found: re.Match[str]) -> str:
    """A directive as a display of the same number of lines."""
    written = found[0].replace(".. math::", "$$", 1).rstrip()
    return f"{written} $$" + "\n" * (found[0].count("\n") - written.count("\n"))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])

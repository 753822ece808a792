"""A document as text with places: bytes decoded, notebooks laid open, every offset mapped to line and column.

It must not look at the mathematics.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from derivations.errors import NotationError

_STRUCK: Final = re.compile(r"(?<!\\)\\(?:sout|xout|st|strikeout|deleted)\s*\{")
_LIMIT: Final = 20_000_000


@dataclass(frozen=True)
class Source:
    """The text that is read, whether it is Markdown, and where each of its lines stands in the file."""

    text: str
    markdown: bool = False
    lines: tuple[tuple[int, int], ...] = ()  # of a notebook: file line and column of each line of the text
    _starts: list[int] = field(default_factory=list, repr=False)

    def place(self, offset: int) -> tuple[int, int]:
        r"""The 1-based line and column of an offset.

        >>> source_of("a\nbc").place(3)
        (2, 2)
        """
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(k + 1 for k, sign in enumerate(self.text) if sign == "\n")
        line = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[line] + 1
        if self.lines:
            file_line, shift = self.lines[min(line, len(self.lines) - 1)]
            return file_line, column + shift
        return line + 1, column


def decoded(data: bytes) -> str:
    r"""The text of a file: UTF-8 or UTF-16 with a byte-order mark, UTF-8, or else Latin-1 (which never fails).

    >>> decoded("\ufeffdürfen".encode()), decoded("dürfen".encode("latin-1"))
    ('dürfen', 'dürfen')
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def source_of(text: str | bytes, kind: str | None = None) -> Source:
    """The source of a document; `kind` is "tex", "markdown" or "notebook", None to look at the text itself.

    Raises: NotationError for a file that is larger than 20 MB.
    """
    if isinstance(text, bytes):
        text = decoded(text)
    if len(text) > _LIMIT:
        raise NotationError("", 0, f"a document of at most {_LIMIT // 1_000_000} MB")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    kind = kind or _kind(text)
    if kind == "notebook":
        return _notebook(text)
    return Source(without_struck(text), markdown=kind == "markdown")


def without_struck(text: str) -> str:
    r"""The text with what its author struck out left blank, each sign in its place.

    >>> without_struck(r"a \sout{$x = {y}$} b")
    'a                  b'
    """
    for found in reversed([*_STRUCK.finditer(text)]):
        depth, end = 1, found.end()
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        if not depth:
            blank = "".join("\n" if sign == "\n" else " " for sign in text[found.start() : end])
            text = text[: found.start()] + blank + text[end:]
    return text


def _kind(text: str) -> str:
    head = text[:4000]
    if head.lstrip().startswith("{") and '"cells"' in text:
        return "notebook"
    if "\\documentclass" in head or "\\begin{document}" in text:
        return "tex"
    marks = ("# ", "## ", "### ", "```", "---\n", "> ", "* ", "- ")
    if any(line.startswith(marks) for line in head.split("\n")) and "\\section" not in text:
        return "markdown"
    return "tex"


def _notebook(text: str) -> Source:
    """The Markdown cells of a notebook, one after the other; anything that is no notebook is read as LaTeX."""
    try:
        cells = json.loads(text)["cells"]
        sources = [cell.get("source", "") for cell in cells if cell.get("cell_type") in ("markdown", "raw")]
        joined = ["".join(source) if isinstance(source, list) else str(source) for source in sources]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Source(text)
    lines = [line for cell in joined for line in (cell + "\n").split("\n")]
    return Source("\n".join(lines), markdown=True, lines=_file_places(text, lines))


def _file_places(text: str, lines: list[str]) -> tuple[tuple[int, int], ...]:
    """Where each line of the cells stands in the file: looked for in order, the last place where not found."""
    found: list[tuple[int, int]] = []
    cursor, line, line_start = 0, 1, 0
    for wanted in lines:
        for escaped in (json.dumps(wanted, ensure_ascii=False)[1:-1], json.dumps(wanted)[1:-1]):
            at = text.find(escaped, cursor) if wanted.strip() else -1
            if at >= 0:
                line += text.count("\n", cursor, at)
                line_start = text.rfind("\n", 0, at) + 1
                cursor = at
                break
        found.append((line, cursor - line_start))
    return tuple(found)

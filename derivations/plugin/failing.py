"""How tests of formulas fail: the author's line and the counterexample in place of a traceback."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import pytest


class Stopped(Exception):
    """A whole file could not be judged."""


class Failed(Exception):
    """A test failed: what is told in full, and in one line."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text, self.message = text, message


@dataclass(frozen=True)
class Crash:
    """Where a test failed, in the form in which pytest's reports ask for it."""

    path: str
    lineno: int
    message: str


@dataclass(frozen=True)
class Told:
    """A failure as pytest prints it: all of it, and its place and one line for the summary."""

    text: str
    reprcrash: Crash

    def toterminal(self, terminal: Any) -> None:
        """Write the text; a failure is red."""
        first, _, rest = self.text.partition("\n")
        terminal.line(first, red=True)
        if rest:
            terminal.line(rest)

    def __str__(self) -> str:
        return self.text


class FormulaTest(pytest.Item):
    """What all tests of formulas share: how they fail."""

    @property
    def below(self) -> str:
        """The id without the file."""
        return self.nodeid.partition("::")[2]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **options: Any) -> Any:
        """The author's line and the counterexample, not a traceback."""
        error = excinfo.value
        if isinstance(error, (Failed, Stopped)):
            path, line, _ = self.reportinfo()
            text = error.text if isinstance(error, Failed) else f"{self.nodeid.split('::')[0]}: {error}"
            return Told(text, Crash(os.fspath(path), (line or 0) + 1, str(error)))
        return super().repr_failure(excinfo, *args, **options)

"""The hooks that are there with `--derivations` only: what is collected, and where a skipped step is said to stand."""

from __future__ import annotations

import inspect
import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from derivations.plugin.asked import FROZEN, Asked
from derivations.plugin.documents import CODE, Document
from derivations.plugin.failing import FormulaTest
from derivations.plugin.other import FrozenFile, TiedFunction
from derivations.testing.ties import Tie

_MUST_SPEAK: Final = ".tex"  # a page of Markdown need not have a formula


@dataclass(frozen=True)
class Collecting:
    """A plugin of pytest's, with what the user asked for."""

    asked: Asked

    def __str__(self) -> str:
        return str(self.asked)

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A document or a file of frozen formulas."""
        named = parent.session.isinitpath(file_path)
        if not self.asked.wants(file_path, named=named):
            return None
        if file_path.name.endswith(FROZEN):
            return FrozenFile.from_parent(parent, path=file_path, asked=self.asked)
        must_speak = named or file_path.suffix == _MUST_SPEAK or (bool(self.asked.globs) and file_path.suffix != CODE)
        return Document.from_parent(parent, path=file_path, asked=self.asked, must_speak=must_speak)

    def pytest_pycollect_makeitem(self, collector: pytest.Collector, name: str, obj: object) -> pytest.Item | None:
        """A function that is tied to a formula, wherever a test module knows it."""
        if inspect.isfunction(obj) and isinstance(getattr(obj, "formula", None), Tie):
            return TiedFunction.from_parent(collector, name=name, function=obj)
        return None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A skipped step is skipped where it stands, not here."""
        report = yield
        if isinstance(item, FormulaTest) and report.skipped and isinstance(report.longrepr, tuple):
            path, line, _ = item.reportinfo()
            report.longrepr = (os.fspath(path), (line or 0) + 1, report.longrepr[2])
        return report

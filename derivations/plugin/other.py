"""Frozen formulas, and functions that are tied to formulas, as pytest's nodes."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pytest

from derivations.errors import DerivationsError
from derivations.frozen import CLAIMS, Entry, Frozen
from derivations.output.frozen_files import compared, load_frozen, now
from derivations.plugin.asked import Asked
from derivations.plugin.failing import Failed, FormulaTest, Stopped
from derivations.testing import assert_computes


class FrozenFile(pytest.File):
    """A file of frozen formulas: each must still be what it was."""

    def __init__(self, *, asked: Asked, **rest: Any) -> None:
        super().__init__(**rest)
        self.asked = asked
        self.add_marker("derivations")

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each formula."""
        for entry in self.frozen.entries:
            yield FrozenTest.from_parent(self, name=entry.name, entry=entry)

    @cached_property
    def frozen(self) -> Frozen:
        """What was frozen. Raises CollectError."""
        try:
            return load_frozen(self.path)
        except DerivationsError as error:
            raise self.CollectError(str(error)) from error

    @cached_property
    def now(self) -> tuple[Entry, ...]:
        """What the source says now. Raises Stopped."""
        try:
            return now(self.frozen, self.path.parent, self.asked.timeout)
        except DerivationsError as error:
            raise Stopped(str(error)) from error


class FrozenTest(FormulaTest):
    """One frozen formula."""

    parent: FrozenFile

    def __init__(self, *, entry: Entry, **rest: Any) -> None:
        super().__init__(**rest)
        self.entry = entry

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """The file and the line of the entry."""
        return self.path, self.entry.line - 1, self.below

    def runtest(self) -> None:
        """Compare by proof. Raises Failed."""
        file = self.parent
        of_claims = file.frozen.source == CLAIMS
        found = compared(self.entry, file.now, of_claims=of_claims, timeout=file.asked.timeout)
        if found is not None:
            raise Failed(f"{self.nodeid}: {found}", str(found).splitlines()[0])


class TiedFunction(FormulaTest):
    """A function that must compute its formula."""

    def __init__(self, *, function: Any, **rest: Any) -> None:
        super().__init__(**rest)
        self.function = function
        self.add_marker("derivations")

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """The function's file and line."""
        code = inspect.unwrap(self.function).__code__
        return code.co_filename, code.co_firstlineno - 1, self.below

    def runtest(self) -> None:
        """Prove it or try it. Raises Failed."""
        try:
            found = assert_computes(self.function)
        except AssertionError as error:
            raise Failed(str(error), str(error).splitlines()[0]) from error
        self.user_properties.append(("verdict", found.proof))

"""Documents as pytest's nodes: a file, its formulas, a test for each step.

A document is read once at collection and judged once when the first of its steps runs, both in a process of its own
with the limits of `derivations check`. It must not know how a verdict is found.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import pytest

from derivations.errors import DerivationsError, NotationError
from derivations.labels import labelled
from derivations.output.plain import SETTLED, Chain, File, Step, places
from derivations.output.text import told
from derivations.output.workers import Job, judged, outlined
from derivations.plugin.asked import Asked
from derivations.plugin.docstrings import docstrings
from derivations.plugin.expectations import Expectation, expectations
from derivations.plugin.failing import Failed, FormulaTest, Stopped

CODE: Final = ".py"
_NOTHING: Final = "nothing to check: no formula with a relation was found"


class Document(pytest.File):
    """A file with formulas. Its verdicts are found when they are first asked for."""

    def __init__(self, *, asked: Asked, must_speak: bool, **rest: Any) -> None:
        super().__init__(**rest)
        self.asked, self.must_speak = asked, must_speak
        self.add_marker("derivations")

    @property
    def shown(self) -> str:
        """The path as pytest writes it."""
        return self.nodeid.split("::")[0] or self.path.name

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The formulas, read but not judged."""
        file = self._run(judge=False)
        if file["errors"]:
            raise self.CollectError("\n".join(f"{self.shown}: {error}" for error in file["errors"]))
        chains = file["chains"]
        if not any(chain["steps"] for chain in chains):
            if self.must_speak:
                raise self.CollectError(f"{self.shown}: {_NOTHING}")
            if self.path.suffix != CODE:
                yield Silent.from_parent(self, name="nothing-to-check")
            return
        where = places(file)
        try:
            expected = expectations(
                file["view"]["text"], [start for _, start, _ in where], tex=self.path.suffix == ".tex"
            )
        except NotationError as error:
            raise self.CollectError(f"{self.shown}: expected {error.expected}") from error
        for number, name in enumerate(labelled(file["view"]["text"], where)):
            yield Formula.from_parent(self, name=name, number=number, read=chains[number], expected=expected[number])

    @cached_property
    def judged(self) -> File:
        """The verdicts. Raises Stopped where there are none."""
        file = self._run(judge=True)
        if file["errors"]:
            raise Stopped("; ".join(file["errors"]))
        return file

    def _run(self, *, judge: bool) -> File:
        data = None
        if self.path.suffix == CODE:
            try:
                data = docstrings(self.path.read_bytes()).encode()
            except DerivationsError as error:
                raise self.CollectError(f"{self.shown}: {error}") from error
        asked = self.asked
        work = None if judge else outlined
        (file,) = judged([Job(str(self.path), asked.profile, asked.task, asked.timeout, data, work=work)], 1)
        file["path"] = self.shown
        return file


class Formula(pytest.Collector):
    """A chain of a document, by its label or its number."""

    parent: Document

    def __init__(self, *, number: int, read: Chain, expected: Expectation, **rest: Any) -> None:
        super().__init__(**rest)
        self.number, self.read, self.expected = number, read, expected

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each step."""
        for number, step in enumerate(self.read["steps"]):
            yield StepTest.from_parent(self, name=f"step-{number + 1}", number=number, line=step["line"])

    @cached_property
    def judged(self) -> Chain:
        """The chain with its verdicts. Raises Stopped."""
        chains = self.parent.judged["chains"]
        if len(chains) <= self.number or len(chains[self.number]["steps"]) != len(self.read["steps"]):
            raise Stopped("the file was changed while the tests ran")
        return chains[self.number]


class Silent(FormulaTest):
    """A page without formulas: skipped, so that its silence is seen."""

    def runtest(self) -> None:
        """Skip."""
        pytest.skip(_NOTHING)


class StepTest(FormulaTest):
    """One step of a document."""

    parent: Formula

    def __init__(self, *, number: int, line: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.number, self.line = number, line

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """The file and the line, so that an editor can jump there."""
        return self.path, self.line - 1, self.below

    def runtest(self) -> None:
        """Ask for the verdict. Raises Failed."""
        chain = self.parent.judged
        step, file = chain["steps"][self.number], self.parent.parent.judged
        self._record(step)
        expected = self.parent.expected
        if expected.verdict is not None and self._last(chain) and expected.verdict not in _kinds(chain):
            said = f"expected to be {expected.verdict}, but it is {step['verdict']}"
            raise Failed(f"{told(step, chain, file)}\n    line {expected.line} of the text says: {said}", said)
        if step["verdict"] in SETTLED or step["verdict"] == expected.verdict:
            return
        if self.parent.parent.asked.lax and step["verdict"] != "refuted":
            pytest.skip(_message(step))
        raise Failed(told(step, chain, file), _message(step))

    def _last(self, chain: Chain) -> bool:
        return self.number == len(chain["steps"]) - 1

    def _record(self, step: Step) -> None:
        """What the report of a build server can show."""
        found = step["counterexample"]
        for name, value in (
            ("verdict", step["verdict"]),
            ("rules", ", ".join(step["rules"])),
            ("conditions", "; ".join(step["conditions"])),
            ("witness", _witness(step) if found else ""),
            ("mistake", step["mistake"]),
            ("reason", step["reason"]),
        ):
            if value:
                self.user_properties.append((name, value))


def _kinds(chain: Chain) -> set[str]:
    return {step["verdict"] for step in chain["steps"]}


def _witness(step: Step) -> str:
    found = step["counterexample"]
    if found is None:
        return ""
    where = ", ".join(f"{name} = {value}" for name, value in found["point"].items()) or "everywhere"
    return f"{where}: left {found['lhs']}, right {found['rhs']}"


def _message(step: Step) -> str:
    """The verdict in one line."""
    said = _witness(step) or " ".join((step["reason"] or "").split())
    if step["conditions"]:
        said = f"holds if {', '.join(step['conditions'])}"
    mistake = f" ({step['mistake']})" if step["mistake"] else ""
    return f"{step['verdict']}: {said}{mistake}" if said else step["verdict"]

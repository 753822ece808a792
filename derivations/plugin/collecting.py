"""What the pytest plugin collects: documents, a test for each step.

A document is read once at collection and judged once when the first of its steps runs, both in a process of its own
with the limits of `derivations check`. It must not know how a verdict is found.
"""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pytest

from derivations.errors import DerivationsError, NotationError
from derivations.frozen import CLAIMS, Entry, Frozen
from derivations.labels import labelled
from derivations.latex.profile import load
from derivations.output.frozen_files import compared, load_frozen, now
from derivations.output.plain import SETTLED, Chain, File, Step, places
from derivations.output.text import told
from derivations.output.workers import Job, judged, outlined
from derivations.plugin.docstrings import docstrings
from derivations.plugin.expectations import Expectation, expectations
from derivations.testing import assert_computes
from derivations.testing.ties import Tie

_DOCUMENTS: Final = ("*.tex", "*.md", "*.ipynb")
_FROZEN: Final = "*.frozen.toml"
_SUFFIXES: Final = (".tex", ".md", ".ipynb", ".frozen.toml")
_MUST_SPEAK: Final = ".tex"  # a page of Markdown need not have a formula
_NOTHING: Final = "nothing to check: no formula with a relation was found"


@dataclass(frozen=True)
class Collecting:
    """The hooks that are there with `--derivations` only, and what the user asked for."""

    root: Path
    globs: tuple[str, ...]
    profile: str
    task: str | None
    timeout: float
    lax: bool

    @classmethod
    def of(cls, config: pytest.Config) -> Collecting:
        """The options of the command line, else those of the configuration file. Raises pytest.UsageError."""
        timeout = str(_option(config, "timeout"))
        profile = str(_option(config, "profile"))
        return cls(
            root=config.rootpath,
            globs=tuple(_option(config, "glob") or ()),
            profile=_profile(profile, config.rootpath),
            task=str(_option(config, "task") or "") or None,
            timeout=_seconds(timeout),
            lax=bool(_option(config, "lax")),
        )

    def __str__(self) -> str:
        return f"derivations: profile {self.profile}, {self.timeout:g} s a step{', lax' if self.lax else ''}"

    def wants(self, path: Path, *, named: bool) -> bool:
        """Whether a file is collected; one that is named on the command line always is."""
        patterns = self.globs or (*_DOCUMENTS, _FROZEN)
        place = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()
        matched = any(fnmatch(path.name, pattern) or fnmatch(place, pattern) for pattern in patterns)
        return matched or (named and path.name.endswith(_SUFFIXES))

    # ------------------------------------------------------------ hooks

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A document or a file of frozen formulas."""
        named = parent.session.isinitpath(file_path)
        if not self.wants(file_path, named=named):
            return None
        if file_path.name.endswith(_FROZEN[1:]):
            return FrozenFile.from_parent(parent, path=file_path, asked=self)
        must_speak = named or bool(self.globs) or file_path.suffix == _MUST_SPEAK
        return Document.from_parent(parent, path=file_path, asked=self, must_speak=must_speak)

    def pytest_pycollect_makeitem(self, collector: pytest.Collector, name: str, obj: object) -> pytest.Item | None:
        """A function that is tied to a formula, wherever a test module knows it."""
        if inspect.isfunction(obj) and isinstance(getattr(obj, "formula", None), Tie):
            return TiedFunction.from_parent(collector, name=name, function=obj)
        return None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A skipped step is skipped where it stands, not here."""
        report = yield
        if isinstance(item, _Formula) and report.skipped and isinstance(report.longrepr, tuple):
            path, line, _ = item.reportinfo()
            report.longrepr = (os.fspath(path), (line or 0) + 1, report.longrepr[2])
        return report


def _option(config: pytest.Config, name: str) -> Any:
    return config.getoption(f"derivations_{name}") or config.getini(f"derivations_{name}")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 3600:
        raise pytest.UsageError(f"--derivations-timeout {text}: expected a number of seconds")
    return seconds


def _profile(name: str, root: Path) -> str:
    """The profile's name, or its file from the folder of the configuration file."""
    name = str(root / name) if name.endswith(".toml") and (root / name).is_file() else name
    try:
        load(name)
    except NotationError as error:
        raise pytest.UsageError(f"--derivations-profile {name}: expected {error.expected}") from error
    return name


# ---------------------------------------------------------------- documents


class Document(pytest.File):
    """A file with formulas. Its verdicts are found when they are first asked for."""

    def __init__(self, *, asked: Collecting, must_speak: bool, **rest: Any) -> None:
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
        """The verdicts. Raises _Stopped where there are none."""
        file = self._run(judge=True)
        if file["errors"]:
            raise _Stopped("; ".join(file["errors"]))
        return file

    def _run(self, *, judge: bool) -> File:
        data = None
        if self.path.suffix == ".py":
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
        """The chain with its verdicts. Raises _Stopped."""
        chains = self.parent.judged["chains"]
        if len(chains) <= self.number or len(chains[self.number]["steps"]) != len(self.read["steps"]):
            raise _Stopped("the file was changed while the tests ran")
        return chains[self.number]


class _Stopped(Exception):
    """A whole file could not be judged."""


class _Failed(Exception):
    """A test failed: what is told in full, and in one line."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text, self.message = text, message


@dataclass(frozen=True)
class _Crash:
    """Where a test failed, in the form in which pytest's reports ask for it."""

    path: str
    lineno: int
    message: str


@dataclass(frozen=True)
class _Told:
    """A failure as pytest prints it: all of it, and its place and one line for the summary."""

    text: str
    reprcrash: _Crash

    def toterminal(self, terminal: Any) -> None:
        """Write the text; a failure is red."""
        first, _, rest = self.text.partition("\n")
        terminal.line(first, red=True)
        if rest:
            terminal.line(rest)

    def __str__(self) -> str:
        return self.text


class _Formula(pytest.Item):
    """What all tests of formulas share: how they fail."""

    @property
    def below(self) -> str:
        """The id without the file."""
        return self.nodeid.partition("::")[2]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **options: Any) -> Any:
        """The author's line and the counterexample, not a traceback."""
        error = excinfo.value
        if isinstance(error, (_Failed, _Stopped)):
            path, line, _ = self.reportinfo()
            text = error.text if isinstance(error, _Failed) else f"{self.nodeid.split('::')[0]}: {error}"
            return _Told(text, _Crash(os.fspath(path), (line or 0) + 1, str(error)))
        return super().repr_failure(excinfo, *args, **options)


class Silent(_Formula):
    """A page without formulas: skipped, so that its silence is seen."""

    def runtest(self) -> None:
        """Skip."""
        pytest.skip(_NOTHING)


class StepTest(_Formula):
    """One step of a document."""

    parent: Formula

    def __init__(self, *, number: int, line: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.number, self.line = number, line

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """The file and the line, so that an editor can jump there."""
        return self.path, self.line - 1, self.below

    def runtest(self) -> None:
        """Ask for the verdict. Raises _Failed."""
        chain = self.parent.judged
        step, file = chain["steps"][self.number], self.parent.parent.judged
        self._record(step)
        expected = self.parent.expected
        if expected.verdict is not None and self._last(chain) and expected.verdict not in _kinds(chain):
            said = f"expected to be {expected.verdict}, but it is {step['verdict']}"
            raise _Failed(f"{told(step, chain, file)}\n    line {expected.line} of the text says: {said}", said)
        if step["verdict"] in SETTLED or step["verdict"] == expected.verdict:
            return
        if self.parent.parent.asked.lax and step["verdict"] != "refuted":
            pytest.skip(_message(step))
        raise _Failed(told(step, chain, file), _message(step))

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


# ---------------------------------------------------------------- frozen formulas and tied functions


class FrozenFile(pytest.File):
    """A file of frozen formulas: each must still be what it was."""

    def __init__(self, *, asked: Collecting, **rest: Any) -> None:
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
        """What the source says now. Raises _Stopped."""
        try:
            return now(self.frozen, self.path.parent, self.asked.timeout)
        except DerivationsError as error:
            raise _Stopped(str(error)) from error


class FrozenTest(_Formula):
    """One frozen formula."""

    parent: FrozenFile

    def __init__(self, *, entry: Entry, **rest: Any) -> None:
        super().__init__(**rest)
        self.entry = entry

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """The file and the line of the entry."""
        return self.path, self.entry.line - 1, self.below

    def runtest(self) -> None:
        """Compare by proof. Raises _Failed."""
        file = self.parent
        of_claims = file.frozen.source == CLAIMS
        found = compared(self.entry, file.now, of_claims=of_claims, timeout=file.asked.timeout)
        if found is not None:
            raise _Failed(f"{self.nodeid}: {found}", str(found).splitlines()[0])


class TiedFunction(_Formula):
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
        """Prove it or try it. Raises _Failed."""
        try:
            found = assert_computes(self.function)
        except AssertionError as error:
            raise _Failed(str(error), str(error).splitlines()[0]) from error
        self.user_properties.append(("verdict", found.proof))

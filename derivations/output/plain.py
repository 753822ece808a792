"""Reports as plain data: what every renderer takes, and what a worker process can hand over.

Theorems refuse to be copied, so that a proof cannot be forged on the way; what leaves a process is this account of
them. The keys of the contract come first; `View` holds what only pages for people need, and is never printed as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NotRequired, TypeAlias, TypedDict

from derivations.certificate.theory import Certificate
from derivations.errors import NotationError
from derivations.latex.document import Step as WrittenStep
from derivations.latex.printer import latex
from derivations.latex.source import Source, source_of
from derivations.latex.style import PLAIN, Style, symbol
from derivations.refute import Counterexample
from derivations.report import Goal, JudgedChain, JudgedStep, Report
from derivations.term import Term
from derivations.verdict import KINDS, Verdict

Summary: TypeAlias = dict[str, int]
SETTLED: Final = frozenset({"proved", "definition"})
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*")  # a symbol, not a table of values such as q(phi, x, 0)


class ReadAs(TypedDict):
    """Both sides as they were understood, in our own LaTeX; None for a side that was not."""

    lhs: str | None
    rhs: str | None


class Witness(TypedDict):
    """A counterexample as text."""

    point: dict[str, str]
    lhs: str
    rhs: str
    exact: bool


class GoalEntry(TypedDict):
    """How far the document reached a goal."""

    status: str
    line: int | None
    detail: str


class StepView(TypedDict):
    """Where the right-hand side stands in the text, and the formulas of the details as LaTeX."""

    span: tuple[int, int]
    conditions: list[str]
    point: dict[str, str]


class Step(TypedDict):
    """A step, with the keys of the contract; `hint` belongs to the mistake, `notes` are remarks of the reader."""

    line: int
    column: int
    relation: str
    lhs: str
    rhs: str
    read_as: ReadAs
    verdict: str
    rules: list[str]
    conditions: list[str]
    reason: str | None
    counterexample: Witness | None
    mistake: str | None
    hint: str | None
    notes: list[str]
    view: StepView


class Chain(TypedDict):
    """A chain; `recovers` is the line from which the argument holds again after a refuted step."""

    task: str | None
    line: int
    environment: str
    steps: list[Step]
    recovers: int | None


class View(TypedDict):
    """The text that was read, where its lines stand in the file, and formulas that were typeset before."""

    text: str
    lines: list[int]
    formulas: dict[str, str | None]


class File(TypedDict):
    """Everything about one file."""

    path: str
    profile: str
    chains: list[Chain]
    goals: dict[str, GoalEntry]
    summary: Summary
    errors: list[str]
    internal: NotRequired[bool]
    found: NotRequired[list[dict[str, object]]]  # of a job other than judging: rows of its own
    certificates: NotRequired[list[tuple[str, Certificate | str]]]
    view: View


def plain(report: Report, text: str | bytes = "", style: Style = PLAIN) -> File:
    r"""A report as plain data; `text` is the document, `style` the look of symbols in its profile.

    >>> plain(Report("a.tex", "plain", errors=("no such file",)))["summary"]["proved"]
    0
    """
    source = source_of(text or report.source)
    page = _Page(source, style)
    return File(
        path=report.path,
        profile=report.profile,
        chains=[page.chain(chain) for chain in report.chains],
        goals={name: _goal(goal) for name, goal in report.goals.items()},
        summary={kind: report.summary[kind] for kind in KINDS},
        errors=list(report.errors),
        view=View(text=source.text, lines=_lines(source), formulas={}),
    )


def unchecked(path: str, profile: str, error: str, *, internal: bool = False) -> File:
    """What is said about a file that could not be checked."""
    file = plain(Report(path, profile, errors=(error,)))
    if internal:
        file["internal"] = True
    return file


def total(files: Iterable[File]) -> Summary:
    """The verdicts of all files together."""
    counted: Summary = dict.fromkeys(KINDS, 0)
    for file in files:
        for kind, number in file["summary"].items():
            counted[kind] += number
    return counted


def steps_of(file: File) -> list[Step]:
    """All steps in the order of the document."""
    return [step for chain in file["chains"] for step in chain["steps"]]


def places(file: File) -> list[tuple[str, int, int]]:
    """For each chain its environment, and where its right-hand sides begin and end in the text."""
    spans = [(chain["environment"], [step["view"]["span"] for step in chain["steps"]]) for chain in file["chains"]]
    return [(name, min(start for start, _ in inside), max(end for _, end in inside)) for name, inside in spans]


def first_wrong(file: File) -> Step | None:
    """The first refuted step: where a marker should look."""
    return next((step for step in steps_of(file) if step["verdict"] == "refuted"), None)


def printable(text: str) -> str:
    r"""Text without characters that command a terminal or hide: each becomes a visible sign, so that columns stay.

    >>> printable("a\x1b[31m\tb")
    'a␛[31m\tb'
    """
    return text.translate(_VISIBLE)


_CONTROL: Final = {code: 0x2400 + code for code in range(32) if code not in (9, 10)}
_HIDDEN: Final = (*range(0x80, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_VISIBLE: Final[Mapping[int, int]] = (
    _CONTROL
    | {0x7F: 0x2421, 0x2028: 0xFFFD, 0x2029: 0xFFFD}
    | dict.fromkeys((*_HIDDEN, *range(0xD800, 0xE000)), 0xFFFD)
)


# ---------------------------------------------------------------- one chain, one step


class _Page:
    """The document that the steps stand in: its places and the look of its symbols."""

    def __init__(self, source: Source, style: Style) -> None:
        self.source, self.style = source, style
        self.starts = [0, *(at + 1 for at, sign in enumerate(source.text) if sign == "\n")]

    def chain(self, judged: JudgedChain) -> Chain:
        return Chain(
            task=judged.chain.task,
            line=judged.chain.line,
            environment=judged.chain.environment,
            steps=[self.step(step) for step in judged.steps],
            recovers=judged.recovers,
        )

    def step(self, judged: JudgedStep) -> Step:
        written, verdict = judged.step, judged.verdict
        return Step(
            line=written.line,
            column=written.column,
            relation=written.relation,
            lhs=written.lhs_latex,
            rhs=written.rhs_latex,
            read_as=ReadAs(lhs=judged.read_as[0], rhs=judged.read_as[1]),
            verdict=verdict.kind,
            rules=list(verdict.rules),
            conditions=[str(condition) for condition in verdict.conditions],
            reason=_reason(written, verdict),
            counterexample=_witness(verdict),
            mistake=judged.mistake,
            hint=judged.hint,
            notes=list(judged.notes),
            view=self.view(written, verdict),
        )

    def view(self, written: WrittenStep, verdict: Verdict) -> StepView:
        point = verdict.counterexample.point if isinstance(verdict.counterexample, Counterexample) else {}
        return StepView(
            span=self.span(written),
            conditions=[self.latex(condition) for condition in verdict.conditions],
            point={name: symbol(name, self.style) for name in point if _NAME.fullmatch(name)},
        )

    def span(self, step: WrittenStep) -> tuple[int, int]:
        """The right-hand side in the text; a display that could not be taken apart has only its place."""
        if step.span != (0, 0):
            return step.span
        start = self.offset(step.line, step.column)
        return (start, min(len(self.source.text), start + max(1, len(step.rhs_latex))))

    def offset(self, line: int, column: int) -> int:
        """The offset of a place in the file; in a notebook the beginning of the line, whose columns are shifted."""
        if self.source.lines:
            number = next((k for k, (at, _) in enumerate(self.source.lines) if at == line), 0)
            return self.starts[min(number, len(self.starts) - 1)]
        return min(self.starts[min(line, len(self.starts)) - 1] + column - 1, len(self.source.text))

    def latex(self, term: Term) -> str:
        try:
            return latex(term, self.style)
        except NotationError:
            return ""


def _witness(verdict: Verdict) -> Witness | None:
    found = verdict.counterexample
    if found is None:
        return None
    point = dict(found.point) if isinstance(found, Counterexample) else {}
    return Witness(point=point, lhs=found.lhs, rhs=found.rhs, exact=found.exact)


def _reason(step: WrittenStep, verdict: Verdict) -> str | None:
    """Why a step stayed open; of an unread step also where, as the contract asks."""
    if verdict.kind != "unread" or step.at is None:
        return verdict.reason
    return f"line {step.at[0]}, column {step.at[1]}: {verdict.reason}"


def _lines(source: Source) -> list[int]:
    """The line of the file in which each line of the text stands."""
    number = source.text.count("\n") + 1
    return [source.lines[min(k, len(source.lines) - 1)][0] if source.lines else k + 1 for k in range(number)]


def _goal(goal: Goal) -> GoalEntry:
    return GoalEntry(status=goal.status, line=goal.line, detail=goal.detail)

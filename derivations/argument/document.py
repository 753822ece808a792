"""A judged document seen by its goals: which chain argues for which goal, and the text of each task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from derivations.argument.paths import Paths
from derivations.argument.required import letters
from derivations.latex.document import Passage
from derivations.report import JudgedChain, JudgedStep, Report
from derivations.term import App, Bind, Term, Var, subterms

_DISPLAY: Final = re.compile(
    r"\\begin\{(align|alignat|flalign|eqnarray|IEEEeqnarray|gather|multline|equation|displaymath|math|array)(\*?)\}"
    r".*?\\end\{\1\2\}|\\\[.*?\\\]|\$\$.*?\$\$",
    re.DOTALL,
)
_MONOTONE: Final = frozenset({"limit_right", "limit_left", "increasing", "decreasing"})


@dataclass(frozen=True)
class Argument:
    """The chains of a report with the goals that they argue for, and the accepted equations as paths."""

    report: Report

    @cached_property
    def paths(self) -> Paths:
        """The equations in the seminar's letters."""
        return Paths.of(self.report.chains, self.names)

    @cached_property
    def names(self) -> dict[str, dict[str, Term]]:
        """For each setting, the author's letters with those of the seminar."""
        return letters(self.report.chains)

    def accepted(self, task: str) -> list[JudgedStep]:
        """The proved steps of a task, as they were written."""
        steps = [step for chain in self.report.chains if chain.chain.task in (task, None) for step in chain.steps]
        return [step for step in steps if step.verdict.kind == "proved" and not step.step.repaired]

    @cached_property
    def by_goal(self) -> dict[str, list[JudgedChain]]:
        """The chains that argue for each goal."""
        found: dict[str, list[JudgedChain]] = {}
        for chain, names in _attributed(self.report.chains):
            for name in names:
                found.setdefault(name, []).append(chain)
        return found

    def refuted(self, goal: str) -> JudgedStep | None:
        """The first refuted step in the argument for a goal; what was repaired may mean something else."""
        steps = (step for chain in self.by_goal.get(goal, []) for step in chain.steps)
        return next((step for step in steps if step.verdict.kind == "refuted" and not step.step.repaired), None)

    def text(self, task: str) -> str:
        """The source of a task, with its formulas."""
        return "\n\n".join("\n".join(self._lines[first - 1 : last - 1]) for first, last in self._parts(task))

    def prose(self, task: str) -> str:
        """The source of a task without displays; formulas in a line stay."""
        return "\n\n".join("\n".join(self._words[first - 1 : last - 1]) for first, last in self._parts(task))

    def after_last(self, task: str) -> str:
        """The prose of a task behind its last formula."""
        last = max((chain.chain.line for chain in self.report.chains if chain.chain.task == task), default=0)
        lines = [step.step.line for chain in self.report.chains for step in chain.steps if chain.chain.task == task]
        last = max([last, *lines])
        parts = [(max(first, last), end) for first, end in self._parts(task) if end > last]
        return "\n".join("\n".join(self._words[first - 1 : end - 1]) for first, end in parts)

    def before(self, number: int) -> str:
        """What stands before chain `number`, from the end of the chain before it."""
        chains = self.report.chains
        ends = [step.step.span[1] for chain in chains[:number] for step in chain.steps]
        starts = [step.step.span[0] for step in chains[number].steps]
        return self.report.source[max(ends, default=0) : min(starts, default=0)]

    @cached_property
    def _lines(self) -> list[str]:
        return self.report.source.splitlines()

    @cached_property
    def _words(self) -> list[str]:
        return _DISPLAY.sub(lambda found: "\n" * found[0].count("\n"), self.report.source).splitlines()

    def _parts(self, task: str) -> list[tuple[int, int]]:
        """The ranges of lines that belong to a task; a heading or something of another task ends one."""
        document = self.report.document
        if document is None:
            return []
        marks = [(one.line, one.task, True) for one in document.headings]
        marks += [(_beginning(one), one.task, False) for one in document.prose if one.task is not None]
        marks += [(one.line, one.task, False) for one in document.chains if one.task is not None]
        parts: list[tuple[int, int]] = []
        start: int | None = None
        for line, here, is_heading in sorted(marks, key=lambda mark: (mark[0], not mark[2])):
            if here == task and start is None:
                start = line
            elif here != task and start is not None and (is_heading or here is not None):
                parts.append((start, max(line, start + 1)))
                start = None
        return [*parts, (start, len(self._lines) + 1)] if start is not None else parts


def _beginning(passage: Passage) -> int:
    """The line on which a passage begins to speak; the full stop of the sentence before does not."""
    head = re.match(r"[^\w$\\]*\n", passage.text)
    return passage.line + (head[0].count("\n") if head is not None else 0)


# ---------------------------------------------------------------- which chain argues for which goal


def _attributed(chains: tuple[JudgedChain, ...]) -> Iterator[tuple[JudgedChain, tuple[str, ...]]]:
    """Each chain with its goals; what has no mark of its own belongs to what stands around it."""
    marks = [goal_of(chain) for chain in chains]
    for place, chain in enumerate(chains):
        mark = marks[place]
        if mark == "1b.unbiased" and "1b.identity" not in marks[:place]:
            mark = "1b.identity"
        if mark is None:
            known = [(other.chain.task, name) for other, name in zip(chains, marks, strict=True)]
            near = (_nearest(chain, known[:place][::-1]), _nearest(chain, known[place + 1 :]))
            yield chain, tuple(dict.fromkeys(name for name in near if name))
        else:
            yield chain, (mark,)


def _nearest(chain: JudgedChain, known: list[tuple[str | None, str | None]]) -> str:
    """The first goal of the same task; of any task where the chain has none."""
    task = chain.chain.task
    return next((name for other, name in known if name is not None and task in (None, other)), "")


def goal_of(chain: JudgedChain) -> str | None:
    """The goal that a chain argues for, from its task and what it speaks of; None where nothing in it tells."""
    task = chain.chain.task
    sides = [side for step in chain.steps for side in (step.step.lhs, step.step.rhs) if side is not None]
    if task == "1b":
        return "1b.unbiased" if sides and _head(sides[0]) == "E" else "1b.identity"
    if task == "2a":
        return "2a.sum" if any(_mentions(side, "tuples", "range") for side in sides) else "2a.pair"
    if task == "3b":
        return _part_of_variance(sides)
    return task


def _part_of_variance(sides: list[Term]) -> str | None:
    """Which part of 3b: limits and slopes of a variance, the score, or moments."""
    parts = [part for side in sides for part in subterms(side)]
    slopes = [part for part in parts if isinstance(part, Bind) and part.head == "d"]
    if any(_head(part) in _MONOTONE or (part in slopes and _is_of_variance(part)) for part in parts):
        return "3b.dependence"
    if any(_head(part) in ("Var", "tuples") for part in parts):
        return "3b.variance"
    if slopes:
        return "3b.score"
    return "3b.variance" if any(_head(part) in ("E", "Cov") or part == Var("m") for part in parts) else None


def _is_of_variance(slope: Term) -> bool:
    """Whether something is differentiated that has the form of a variance: a fraction, or a variance itself."""
    if not isinstance(slope, Bind):
        return False
    body = slope.bodies[0]
    if _mentions(body, "Var"):
        return True
    return _mentions(body, "/") and not _mentions(body, "log", "exp", "bern", "E", "sum", "sigmoid", "logit")


def _head(term: Term) -> str:
    return term.head if isinstance(term, (App, Bind)) else ""


def _mentions(term: Term, *heads: str) -> bool:
    return any(_head(part) in heads for part in subterms(term))

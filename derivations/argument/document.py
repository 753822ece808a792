"""A judged document seen by its goals: which chain argues for which goal, and the text of each task."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from derivations.argument.paths import Paths
from derivations.argument.required import letters
from derivations.report import JudgedChain, JudgedStep, Report
from derivations.term import App, Bind, Term, Var, subterms

_DISPLAY: Final = re.compile(
    r"\\begin\{(align|alignat|flalign|eqnarray|IEEEeqnarray|gather|multline|equation|displaymath|math|array)(\*?)\}"
    r".*?\\end\{\1\2\}|\\\[.*?\\\]|\$\$.*?\$\$",
    re.DOTALL,
)
_MOMENTS: Final = frozenset({"Var", "Cov", "E", "tuples"})


@dataclass(frozen=True)
class Argument:
    """The chains of a report with the goals that they argue for, and the accepted equations as paths."""

    report: Report

    @cached_property
    def paths(self) -> Paths:
        """The equations in the seminar's letters."""
        return Paths.of(self.report.chains, letters(self.report.chains))

    @cached_property
    def by_goal(self) -> dict[str, list[JudgedChain]]:
        """The chains that argue for each goal."""
        found: dict[str, list[JudgedChain]] = {}
        for chain in self.report.chains:
            found.setdefault(goal_of(chain), []).append(chain)
        return found

    def refuted(self, goal: str) -> JudgedStep | None:
        """The first refuted step in the argument for a goal."""
        steps = (step for chain in self.by_goal.get(goal, []) for step in chain.steps)
        return next((step for step in steps if step.verdict.kind == "refuted"), None)

    def text(self, task: str) -> str:
        """The source of a task, with its formulas."""
        return "\n\n".join("\n".join(self._lines[first - 1 : last - 1]) for first, last in self._parts(task))

    def prose(self, task: str) -> str:
        """The source of a task without displays; formulas in a line stay."""
        return _DISPLAY.sub(" ", self.text(task))

    def before(self, line: int) -> str:
        """The prose that leads up to a line, from the formula or the heading before it."""
        document = self.report.document
        if document is None:
            return ""
        places = [chain.chain.line for chain in self.report.chains if chain.chain.line < line]
        start = max(places, default=0)
        passages = [*document.prose, *document.headings]
        return " ".join(one.text for one in passages if start <= one.line <= line)

    @cached_property
    def _lines(self) -> list[str]:
        return self.report.source.splitlines()

    def _parts(self, task: str) -> list[tuple[int, int]]:
        """The ranges of lines that belong to a task; a heading or something of another task ends one."""
        document = self.report.document
        if document is None:
            return []
        marks = [(one.line, one.task, True) for one in document.headings]
        marks += [(one.line, one.task, False) for one in document.prose if one.task is not None]
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


def goal_of(chain: JudgedChain) -> str:
    """The goal that a chain argues for, from its task and what it speaks of; empty where it argues for none."""
    task = chain.chain.task
    sides = [side for step in chain.steps for side in (step.step.lhs, step.step.rhs) if side is not None]
    if task == "1b":
        return "1b.unbiased" if sides and _head(sides[0]) == "E" else "1b.identity"
    if task == "2a":
        return "2a.sum" if any(_mentions(side, "tuples", "range") for side in sides) else "2a.pair"
    if task == "3b":
        return _goal_of_variance(chain, sides)
    return task if task in ("2b", "3a") else ""


def _goal_of_variance(chain: JudgedChain, sides: list[Term]) -> str:
    """Which part of 3b: limits and slopes of a variance, the score, or moments."""
    limits = any(_mentions(side, "limit_right", "limit_left") for side in sides)
    slopes = [part for side in sides for part in subterms(side) if isinstance(part, Bind) and part.head == "d"]
    moments = any(_mentions(side, *_MOMENTS) or Var("m") in subterms(side) for side in sides)
    of_logarithm = any(_mentions(part, "log", "bern", "^") for part in slopes)
    compared = any(step.step.relation not in ("=", "!=") for step in chain.steps)
    if limits or (slopes and not of_logarithm) or (slopes and moments and not _is_score(sides)):
        return "3b.dependence"
    if slopes:
        return "3b.score"
    if moments:
        return "3b.dependence" if compared else "3b.variance"
    return "3b.score" if any("z" in side.free_vars for side in sides) else "3b.variance"


def _is_score(sides: list[Term]) -> bool:
    return any(_mentions(side, "log") for side in sides)


def _head(term: Term) -> str:
    return term.head if isinstance(term, (App, Bind)) else ""


def _mentions(term: Term, *heads: str) -> bool:
    return any(_head(part) in heads for part in subterms(term))

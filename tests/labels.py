r"""Labelled submissions: `name.tex` as a student wrote it, `name.labels` with what is true in it.

A line of labels is a line number of the document, one letter for each claim whose right side begins on that line, and
perhaps the code of the mistake in the first false one:

    14 TTF missing-1-over-m
    goals 3a=proved 3b.variance=wrong

`T` is a true step, `F` a false one, `-` a definition, a case or something else that cannot be true or false. A goal's
status has an underscore for a space. The labels were written before the checker saw the documents.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from derivations.checker import check
from derivations.report import JudgedStep, Report

FOLDER = Path(__file__).parent / "submissions"


@dataclass(frozen=True)
class Labels:
    """What is true in one document."""

    steps: dict[int, str]
    mistakes: dict[int, str]
    goals: dict[str, str]

    @classmethod
    def of(cls, text: str) -> Labels:
        """The labels that a text says."""
        found = cls({}, {}, {})
        for row in filter(None, text.split("\n")):
            head, *rest = row.split()
            if head == "goals":
                found.goals.update(
                    (name, status.replace("_", " ")) for name, status in (one.split("=") for one in rest)
                )
                continue
            found.steps[int(head)] = rest[0]
            found.mistakes.update({int(head): code for code in rest[1:]})
        return found


@dataclass
class Score:
    """How the verdicts agree with the labels."""

    steps: Counter[tuple[str, str]] = field(default_factory=Counter)
    goals: Counter[str] = field(default_factory=Counter)
    contradicted: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    def share(self, label: str, verdict: str) -> float:
        """The share of the steps with a label that have a verdict."""
        return self.steps[label, verdict] / max(1, sum(n for (one, _), n in self.steps.items() if one == label))

    def take(self, name: str, report: Report, labels: Labels) -> None:
        """Compare one document."""
        by_line: dict[int, list[JudgedStep]] = {}
        for step in sorted(report.steps, key=lambda one: one.step.column):
            by_line.setdefault(step.step.line, []).append(step)
        for line, letters in labels.steps.items():
            for letter, step in _matched(letters, by_line.get(line, [])):
                self._step(f"{name}:{line}", letter, step, labels.mistakes.get(line))
        for goal, wanted in labels.goals.items():
            said = report.goals[goal].status if goal in report.goals else "not reached"
            self.goals["agree" if said == wanted else "open" if said == "open" else "differ"] += 1
            if said == "proved" != wanted:
                self.contradicted.append(f"{name}: goal {goal} is {wanted}, judged {said}")
            elif said not in (wanted, "open"):
                self.differing.append(f"{name}: goal {goal} is {wanted}, judged {said}")

    def _step(self, place: str, letter: str, step: JudgedStep | None, mistake: str | None) -> None:
        verdict = step.verdict.kind if step is not None else "missing"
        self.steps[letter, verdict] += 1
        if (letter, verdict) in (("T", "refuted"), ("F", "proved"), ("F", "conditional")):
            self.contradicted.append(f"{place} is {letter}, judged {verdict}")
        elif (letter, verdict) not in (("T", "proved"), ("F", "refuted")):
            self.differing.append(f"{place} is {letter}, judged {verdict}")
        if step is not None and letter == "F" and verdict == "refuted" and mistake and step.mistake != mistake:
            self.unnamed.append(f"{place} is {mistake}, called {step.mistake}")


def _matched(letters: str, steps: list[JudgedStep]) -> list[tuple[str, JudgedStep | None]]:
    """The labels with their steps; where the numbers differ, what cannot be judged is left out on both sides."""
    wanted, found = letters, steps
    if len(wanted) != len(found):
        wanted = wanted.replace("-", "")
        claims = [step for step in found if step.verdict.kind != "definition"]
        found = found if len(found) == len(wanted) else claims
    if len(wanted) != len(found):
        return [(letter, None) for letter in wanted if letter != "-"]
    return [(letter, step) for letter, step in zip(wanted, found, strict=True) if letter != "-"]


def documents() -> list[Path]:
    """The labelled documents."""
    return sorted(FOLDER.glob("*.tex"))


def score(paths: list[Path]) -> Score:
    """How the checker does on some documents."""
    found = Score()
    for path in paths:
        found.take(path.stem, check(path.read_bytes()), Labels.of(path.with_suffix(".labels").read_text("utf-8")))
    return found

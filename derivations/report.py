"""Reports: what was found out about a document, step by step. Data only; every step of the document has its verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final

from derivations.latex.document import Chain, Document, Step
from derivations.verdict import KINDS, Kind, Verdict

_NOTEBOOK: Final = "derivations.output.notebook"


@dataclass(frozen=True)
class JudgedStep:
    """A step as written, its verdict, and the recognised mistake.

    `read_as` shows both sides as they were understood, in LaTeX; None for a side that was not read. `mistake` is the
    code of a typical mistake, `hint` a sentence about it. `notes` are remarks for the reader (a repaired bracket).
    """

    step: Step
    verdict: Verdict
    read_as: tuple[str | None, str | None] = (None, None)
    mistake: str | None = None
    hint: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class JudgedChain:
    """A chain of the document with its judged steps. `recovers` is the line from which the argument holds again."""

    chain: Chain
    steps: tuple[JudgedStep, ...]
    recovers: int | None = None


@dataclass(frozen=True)
class Goal:
    """How far a document reached one goal of the seminar: `proved`, `circular`, `wrong`, `not reached` or `open`."""

    status: str
    line: int | None
    detail: str


@dataclass(frozen=True, repr=False)
class Report:
    """Everything about one file. `errors` say why a file could not be read at all."""

    path: str
    profile: str
    document: Document | None = None
    source: str = ""
    chains: tuple[JudgedChain, ...] = ()
    goals: dict[str, Goal] = field(default_factory=dict)
    errors: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[JudgedStep, ...]:
        """All steps in the order of the document."""
        return tuple(step for chain in self.chains for step in chain.steps)

    @property
    def summary(self) -> dict[Kind, int]:
        """How many steps have which verdict; all six words are there."""
        counted = Counter(step.verdict.kind for step in self.steps)
        return {kind: counted[kind] for kind in KINDS}

    @property
    def first_wrong(self) -> JudgedStep | None:
        """The first refuted step: where a marker should look."""
        return next((step for step in self.steps if step.verdict.kind == "refuted"), None)

    def __repr__(self) -> str:
        counted = ", ".join(f"{number} {kind}" for kind, number in self.summary.items() if number)
        return f"<report on {self.path}: {counted or 'no steps'}>"

    def _repr_html_(self) -> str:
        """What a notebook shows; the renderer is loaded when it does."""
        return str(import_module(_NOTEBOOK).report_html(self))

    def _repr_latex_(self) -> str:
        """What a notebook shows on paper."""
        return str(import_module(_NOTEBOOK).report_latex(self))

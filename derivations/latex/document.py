"""What is read out of a document: chains of steps with their places, and what the document defines. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from derivations.given import Given
from derivations.latex.style import PLAIN, Shape, Style
from derivations.term import Term

CLAIM, DEFINITION, UNREAD = "claim", "definition", "unread"


class Doubt(NamedTuple):
    """Another reading of a step, with what is given there, and in words the hypothesis under which it is meant.

    The step is refuted only if this does not hold; where it is `strict`, only if this is refuted too.
    """

    lhs: Term
    rhs: Term
    facts: tuple[Term, ...] = ()
    hypothesis: str = ""
    strict: bool = False


@dataclass(frozen=True)
class Step:
    """One relation as written. `lhs` and `rhs` are None where the notation was not understood, or in a definition.

    `line` and `column` are those of the right-hand side; `reason` says why a step is unread, at `at`. `readings`
    holds other pairs of sides that the notation allows, where it is ambiguous; the first choice is not among them.
    `unexplained` are names that stand on one side only and that nothing explains: the step may be the definition of
    them, so that a counterexample in their values refutes nothing. `repaired` says that brackets were supplied.

    A counterexample that violates the `suppositions` refutes nothing, nor does one to a step that holds in one of the
    readings in `doubts`. An equation in `unknowns`, numbers that nothing declares, may be one to be solved for them.
    `excuse` says what its author may assume that no reading takes in. `heard` is what the author said of its letters in
    passing, before it or, of other letters, behind it: a step that holds under it is conditional on it. A proof that
    takes products of the `matrices` for commuting proves nothing.
    """

    line: int
    column: int
    relation: str
    lhs_latex: str
    rhs_latex: str
    lhs: Term | None = None
    rhs: Term | None = None
    kind: str = CLAIM
    reason: str | None = None
    at: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    readings: tuple[tuple[Term, Term], ...] = ()
    unexplained: tuple[str, ...] = ()
    repaired: bool = False
    suppositions: tuple[Term, ...] = ()
    heard: tuple[Term, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unknowns: frozenset[str] = frozenset()
    excuse: str = ""
    matrices: frozenset[str] = frozenset()
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Chain:
    """Consecutive steps, `a = b = c`, with what is given where they stand.

    `form` is `brace` below a brace, `premise` before an arrow and `implied` behind one. `supposed` says that the words
    before it suppose it (`Suppose $a + b = 1$`), so that it claims nothing; `concluded` that they conclude it.
    `letters` says which letters of the author play the parts of which letters of the profile.
    """

    task: str | None
    line: int
    environment: str
    steps: tuple[Step, ...]
    given: Given = field(default_factory=Given)
    setting: str = ""
    inline: bool = False
    form: str = ""
    supposed: bool = False
    concluded: bool = False
    shapes: Mapping[str, Shape] | None = None  # how the densities of the chain are written, None for the profile's
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Defined:
    """A name that the document introduces: its LaTeX, the line, and the term that it stands for, if it was read.

    `name` is what terms call it, `parameters` are its arguments or its indices, `start` is its offset in the source.
    `passing` says that it is one of a case, `for a = b`, and may hold elsewhere or not.
    """

    latex: str
    line: int
    term: Term | None = None
    name: str = ""
    parameters: tuple[str, ...] = ()
    start: int = 0
    passing: bool = False


@dataclass(frozen=True)
class Passage:
    """A heading, or prose between the formulas with its inline formulas in it."""

    line: int
    text: str
    task: str | None = None


@dataclass(frozen=True)
class Document:
    """Everything that was read. `given` joins what is given in the chains; `style` prints in the author's letters."""

    profile: str
    chains: tuple[Chain, ...] = ()
    given: Given = field(default_factory=Given)
    definitions: tuple[Defined, ...] = ()
    prose: tuple[Passage, ...] = ()
    headings: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    style: Style = PLAIN

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order."""
        return tuple(step for chain in self.chains for step in chain.steps)

"""A claim of the sheet: a statement, its derivation, and the proof of every line.

A claim is written down as text in the plain notation; nothing in it is believed. `Claim.proof()` proves each line
from the line before, with the rules and conditions that the line names among those that the kernel used, chains the
lines, and compares the result with the statement. A claim that fails raises `ClaimFailed` with a counterexample.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from derivations.errors import ClaimFailed
from derivations.given import Given
from derivations.kernel import Move, Theorem, chain
from derivations.matching import match
from derivations.notation import read
from derivations.prover import verdict_on
from derivations.rules import TABLE
from derivations.term import App, Term
from derivations.verdict import Verdict


@dataclass(frozen=True)
class Line:
    """One step of a derivation: the next term, the rules that lead to it, the conditions that they need.

    `because` names rows of the table; `needs` are conditions with metavariables for bound names; `remark` is a
    sentence for the reader; `moves` are moves on the term before, where the normaliser needs to be shown the way.
    """

    term: str
    because: tuple[str, ...]
    needs: tuple[str, ...] = ()
    remark: str = ""
    relation: str = "="
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """A typical wrong statement, which must be refuted under the claim's given; `why` explains it to a marker."""

    name: str
    statement: str
    why: str


@dataclass(frozen=True)
class Step:
    """A proved line: the proposition `before relation after`, its theorem, and what is printed beside it."""

    line: Line
    before: Term
    after: Term
    theorem: Theorem

    @property
    def titles(self) -> tuple[str, ...]:
        """The printed names of the rules."""
        return tuple(TABLE[name].title for name in self.line.because)


@dataclass(frozen=True)
class Proof:
    """The proof of a claim: a step for each line, and the theorem of the whole statement."""

    claim: Claim
    steps: tuple[Step, ...]
    theorem: Theorem


@dataclass(frozen=True)
class Claim:
    """A statement of the sheet. In texts, `[[...]]` holds a formula in the plain notation.

    Attributes: `name`, `task` (as on the question sheet, or "appendix"), `title`, `statement`, `given`,
    `lines` (empty where the statement is proved in one go, by `because`), `introduction` and `conclusion` (sentences),
    `breaks` (what goes wrong when a condition fails), `mistakes`, `points` (for the marking variant), `notation` (the
    task in whose notation a claim of the appendix is written).
    """

    name: str
    task: str
    title: str
    statement: str
    given: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    because: tuple[str, ...] = ()
    introduction: str = ""
    conclusion: str = ""
    breaks: str = ""
    mistakes: tuple[Mistake, ...] = ()
    points: int = 1
    notation: str = ""

    @cached_property
    def proposition(self) -> Term:
        """The statement as a term."""
        return read(self.statement)

    @cached_property
    def assumptions(self) -> Given:
        """The given as facts."""
        return Given.of(*self.given)

    @property
    def said(self) -> str:
        """What the claim states and what it assumes, a line each."""
        return "\n".join((str(self.proposition), *map(str, self.assumptions)))

    @property
    def fingerprint(self) -> str:
        """A short hash of what the claim states and what it assumes."""
        return sha256(self.said.encode()).hexdigest()[:8]

    def proof(self) -> Proof:
        """Prove every line and the statement.

        Raises: ClaimFailed, naming the line, both sides and a counterexample where there is one.
        """
        steps = tuple(self._proved_lines())
        if not steps:
            theorem = self._proved("the statement", self.proposition)
            self._accounts_for("the statement", theorem, Line(self.statement, self.because))
            return Proof(self, (), theorem)
        theorem = chain([step.theorem for step in steps])
        if theorem.conclusion != self.proposition:
            raise ClaimFailed(
                self.name, "the last line", f"the derivation shows {theorem.conclusion}, not {self.statement}"
            )
        return Proof(self, steps, theorem)

    def refutations(self) -> tuple[tuple[Mistake, Verdict], ...]:
        """The typical mistakes with their verdicts. Raises ClaimFailed for a mistake that is not refuted."""
        found = tuple((mistake, verdict_on(read(mistake.statement), self.assumptions)) for mistake in self.mistakes)
        for mistake, verdict in found:
            if verdict.kind != "refuted":
                raise ClaimFailed(self.name, f"the mistake {mistake.name}", f"is {verdict.kind}, not refuted")
        return found

    def _proved_lines(self) -> Iterator[Step]:
        if not self.lines:
            return
        before = self._left()
        for number, line in enumerate(self.lines, 1):
            where, after = f"step {number}", read(line.term)
            theorem = self._proved(where, App(line.relation, (before, after)), line.moves)
            self._accounts_for(where, theorem, line)
            yield Step(line, before, after, theorem)
            before = after

    def _left(self) -> Term:
        if not isinstance(self.proposition, App):
            raise ClaimFailed(self.name, "the statement", "a derivation in lines needs a relation to start from")
        return self.proposition.args[0]

    def _proved(self, where: str, proposition: Term, moves: tuple[Move, ...] = ()) -> Theorem:
        verdict = verdict_on(proposition, self.assumptions, start=moves)
        if verdict.kind != "proved" or verdict.proof is None:
            raise ClaimFailed(self.name, where, _account(verdict, proposition))
        return verdict.proof

    def _accounts_for(self, where: str, theorem: Theorem, line: Line) -> None:
        """The reason printed beside a line must be one that the kernel used."""
        for rule in line.because:
            if rule not in theorem.rules:
                used = ", ".join(theorem.rules)
                raise ClaimFailed(self.name, where, f"is said to rest on {rule}, but was proved by {used}")
        for condition in line.needs:
            if not any(match(read(condition), met, {}) for met in theorem.conditions):
                raise ClaimFailed(self.name, where, f"is said to need {condition}, but the proof did not")


def _account(verdict: Verdict, proposition: Term) -> str:
    """One line: the claim, and why it does not stand."""
    if verdict.counterexample is not None:
        return f"{proposition} is refuted by {verdict.counterexample}"
    if verdict.conditions:
        return f"{proposition} holds only under {'; '.join(map(str, verdict.conditions))}"
    return f"{proposition} is undecided: {verdict.reason}"

"""What was verified and how, claim by claim: only what was really done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from derivations.claim import Claim, Proof
from derivations.evidence import Evidence, applied
from derivations.evidence.mutants import sum_of
from derivations.given import Given
from derivations.kernel import Theorem
from derivations.latex.style import Style
from derivations.output.passages import Author
from derivations.output.wording import printed, told
from derivations.term import Term


@dataclass(frozen=True)
class Row:
    """A claim in the table: how often the kernel applied rules, and which; how many conditions were met on the way.

    `evidence` has the name of each further kind of evidence, and what it says as LaTeX.
    """

    task: str
    heading: str
    fingerprint: str
    applications: int
    conditions: int
    rules: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Assumed:
    """A given fact, the letters that it is said of, and the tasks that rest on it."""

    fact: str
    letters: str
    tasks: str


@dataclass(frozen=True)
class Record:
    """The tables at the end of the sheet, and the fingerprint of all claims together."""

    rows: tuple[Row, ...]
    assumed: tuple[Assumed, ...]
    fingerprint: str
    applications: int
    rules: int
    kinds: frozenset[str]
    mutants: str


def recorded(proofs: Sequence[Proof], evidence: Mapping[str, Evidence], style: Style) -> Record:
    """The record of proved claims, with the evidence that there is for some of them."""
    rows = tuple(_row(proof, evidence.get(proof.claim.name), style) for proof in proofs)
    return Record(
        rows=rows,
        assumed=_assumed([proof.claim for proof in proofs], style),
        fingerprint=_hash("\n".join(proof.claim.said for proof in proofs), 16),
        applications=sum(row.applications for row in rows),
        rules=len({rule for row in rows for rule in row.rules}),
        kinds=frozenset(name for row in rows for name, _ in row.evidence),
        mutants=str(sum_of([found.mutants for found in evidence.values() if found.mutants])),
    )


def fingerprint(claim: Claim) -> str:
    """A short hash of what a claim states and what it assumes.

    >>> from derivations.seminar7.score_variance import MEAN
    >>> len(fingerprint(MEAN))
    8
    """
    return claim.fingerprint


def theorems(proof: Proof) -> tuple[Theorem, ...]:
    """The theorems that a proof consists of: one a step, or one alone."""
    return tuple(step.theorem for step in proof.steps) or (proof.theorem,)


def applications(proof: Proof) -> int:
    """How many times the kernel applied a rule in a proof.

    >>> from derivations.seminar7.score_variance import LIMIT_AT_ZERO
    >>> applications(LIMIT_AT_ZERO.proof()) > 1
    True
    """
    return sum(applied(theorem.moves) for theorem in theorems(proof))


def _hash(text: str, length: int) -> str:
    return sha256(text.encode()).hexdigest()[:length]


def _row(proof: Proof, evidence: Evidence | None, style: Style) -> Row:
    claim = proof.claim
    author = Author.of(claim, style)
    found = () if evidence is None else told(evidence)
    return Row(
        task=claim.task,
        heading=author.heading(claim.title, "title"),
        fingerprint=fingerprint(claim),
        applications=applications(proof),
        conditions=len({condition for theorem in theorems(proof) for condition in theorem.conditions}),
        rules=tuple(proof.theorem.rules),
        evidence=tuple((name, printed(name, text, author)) for name, text in found),
    )


def _assumed(claims: Iterable[Claim], style: Style) -> tuple[Assumed, ...]:
    tasks: dict[Term, dict[str, None]] = {}
    for claim in claims:
        for fact in claim.assumptions:
            tasks.setdefault(fact, {})[claim.task] = None
    return tuple(_one_assumed(fact, tuple(found), style) for fact, found in tasks.items())


def _one_assumed(fact: Term, tasks: tuple[str, ...], style: Style) -> Assumed:
    author = Author("the given", Given((fact,)), style)
    return Assumed(author.condition(fact), author.letters(fact), ", ".join(tasks))

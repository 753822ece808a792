"""Verdicts: what was found out about a claim. Data only; silence is never success."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final, Literal, NoReturn, Protocol, TypeAlias

from derivations.errors import KernelError
from derivations.kernel import Theorem
from derivations.term import Term

Kind: TypeAlias = Literal["proved", "conditional", "refuted", "undecided", "unread", "definition"]
KINDS: Final[tuple[Kind, ...]] = ("proved", "conditional", "refuted", "undecided", "unread", "definition")

_NOTEBOOK: Final = "derivations.output.notebook"


class Witness(Protocol):
    """A counterexample: a point that satisfies the given, and both sides there. See `derivations.refute`."""

    @property
    def lhs(self) -> str:
        """The value of the left side."""
        ...

    @property
    def rhs(self) -> str:
        """The value of the right side."""
        ...

    @property
    def exact(self) -> bool:
        """Whether both were compared exactly."""
        ...


@dataclass(frozen=True)
class Verdict:
    """One of six answers about one claim; ask for `kind`, its truth value is an error.

    Attributes: `claim` (the proposition), `proof` (the theorem, replayable by its moves; only when proved or
    conditional), `counterexample` (only when refuted), `reason` (why it stopped, only when undecided or unread).
    """

    kind: Kind
    claim: Term | None
    proof: Theorem | None = None
    counterexample: Witness | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if (self.kind in ("proved", "conditional")) != (self.proof is not None):
            raise KernelError("proved rests on a theorem, and nothing else does")
        if self.proof is not None and (
            self.proof.conclusion != self.claim or bool(self.conditions) != (self.kind == "conditional")
        ):
            raise KernelError("the theorem is about another claim, or its conditions are not told")
        if (self.kind == "refuted") != (self.counterexample is not None):
            raise KernelError("refuted rests on a counterexample, and nothing else does")

    @property
    def rules(self) -> tuple[str, ...]:
        """The rows of the table that the proof uses, in order of first use."""
        return self.proof.rules if self.proof else ()

    @property
    def conditions(self) -> tuple[Term, ...]:
        """The conditions that stay open."""
        return self.proof.hypotheses if self.proof else ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict is neither true nor false: ask for its kind")

    def _repr_html_(self) -> str:
        """What a notebook shows; the renderer is loaded when it does."""
        return str(import_module(_NOTEBOOK).verdict_html(self))

    def _repr_latex_(self) -> str:
        """What a notebook shows on paper."""
        return str(import_module(_NOTEBOOK).verdict_latex(self))


def proved(theorem: Theorem) -> Verdict:
    """The verdict that a theorem gives: proved, or conditional where conditions stay open."""
    return Verdict("conditional" if theorem.hypotheses else "proved", theorem.conclusion, proof=theorem)


def refuted(claim: Term, counterexample: Witness) -> Verdict:
    """The claim fails at a point that satisfies the given."""
    return Verdict("refuted", claim, counterexample=counterexample)


def undecided(claim: Term, reason: str) -> Verdict:
    """Neither proved nor refuted, and why: `outside the fragment`, `time`, `size`, `no rule`, with detail."""
    return Verdict("undecided", claim, reason=reason)

"""Evidence: what speaks for a claim besides its derivation, each kind by code of its own.

    extras         Hypothesis and NumPy, which a plain installation does not have
    decimals       the value of a term to fifty digits
    checks         a claim at random examples: exactly, in balls, with fifty digits
    simulation     means and variances from random draws
    mutants        every slip in every step, and how many of the false ones are refuted
    examples       how examples are drawn

The kernel's replay is the proof. SymPy's is a second proof where it is one for all sizes (`derivations.second_proof`
says where not); numbers and draws can only fail.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from derivations.claim import Claim
from derivations.errors import ClaimFailed
from derivations.evidence.checks import NumericalCheck, cross_check
from derivations.evidence.mutants import MutationScore, mutation_score
from derivations.evidence.simulation import Simulation, can_simulate, simulate
from derivations.kernel import Apply, Move, Theorem, chain, replay
from derivations.second_proof import SympyProof, prove_with_sympy

__all__ = [
    "Evidence", "KernelReplay", "MutationScore", "NumericalCheck", "Simulation", "Summary", "SympyProof",
    "cross_check", "gather", "mutation_score", "prove_with_sympy", "replayed", "simulate",
]  # fmt: skip


@dataclass(frozen=True)
class KernelReplay:
    """That the kernel replayed the proof of a claim: how many rules it applied, and in how many microseconds."""

    moves: int
    microseconds: int


@dataclass(frozen=True)
class Summary:
    """The evidence in a few words each, without times; empty where there is none."""

    sympy: str
    numeric: str
    simulation: str
    certificate: str
    mutants: str


@dataclass(frozen=True)
class Evidence:
    """What speaks for a claim; None for what was not asked for, or does not apply."""

    claim: str
    kernel: KernelReplay
    sympy: SympyProof | None = None
    numerical: NumericalCheck | None = None
    simulation: Simulation | None = None
    certificate: str | None = None
    mutants: MutationScore | None = None

    @property
    def summary(self) -> Summary:
        """The evidence in words, the same ones in every run."""
        kinds = (self.sympy, self.numerical, self.simulation, self.certificate, self.mutants)
        return Summary(*(str(kind or "") for kind in kinds))


def gather(
    claim: Claim,
    *,
    sympy: bool = True,
    numeric: bool = True,
    simulate: bool = False,
    mutate: bool = False,
    certificate: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> Evidence:
    """All evidence for a claim that is asked for; `progress` hears the name of each kind before it is looked for.

    `certificate` says what compiled the claim's certificate, if it was compiled (see `derivations.certificate`).

    Raises: ClaimFailed where the claim does not prove or some evidence speaks against it;
            DerivationsError where a library of the extra `evidence` is missing.

    >>> from derivations.seminar7.score_variance import MEAN
    >>> found = gather(MEAN).summary
    >>> found.sympy
    'sums expanded, the difference is 0'
    >>> found.numeric
    'exact rational enumeration (20 times), mpmath, 50 digits (4 times)'
    """
    hear = progress or (lambda kind: None)
    hear("kernel")
    kernel = replayed(claim)
    second = checks = draws = slips = None
    if sympy:
        hear("SymPy")
        second = prove_with_sympy(claim)
    if numeric:
        hear("numbers")
        checks = cross_check(claim)
    if simulate and can_simulate(claim):
        hear("simulation")
        draws = _simulated(claim)
    if mutate:
        hear("mutants")
        slips = mutation_score(claim)
    return Evidence(claim.name, kernel, second, checks, draws, mutants=slips, certificate=certificate)


def replayed(claim: Claim) -> KernelReplay:
    """Prove a claim, then let the kernel replay the moves of all its steps once more.

    Raises: ClaimFailed.
    """
    proof = claim.proof()
    theorems = [step.theorem for step in proof.steps] or [proof.theorem]
    start = time.perf_counter()
    theorem = chain([_again(theorem) for theorem in theorems]) if proof.steps else _again(proof.theorem)
    seconds = time.perf_counter() - start
    if theorem.conclusion != claim.proposition or theorem.hypotheses:
        raise ClaimFailed(claim.name, "the replay", f"shows {theorem!r}, not {claim.statement}")
    return KernelReplay(sum(applied(theorem.moves) for theorem in theorems), round(1e6 * seconds))


def _again(theorem: Theorem) -> Theorem:
    return replay(theorem.conclusion, theorem.moves, theorem.given)


def applied(moves: Iterable[Move]) -> int:
    """How many rules are applied by moves, wherever."""
    return sum(1 if isinstance(move, Apply) else applied(move.moves) for move in moves)


def _simulated(claim: Claim) -> Simulation:
    found = simulate(claim)
    if not found.passed:
        detail = f"{found.estimate:.6g} is further than {found.bound:.2g} from {found.target:.6g}"
        raise ClaimFailed(claim.name, "simulation", detail)
    return found

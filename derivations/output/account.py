"""What `derivations prove` says about a claim, as data: for people and for machines.

It must neither print nor prove: proofs come in, plain values go out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from rich.text import Text

from derivations.certificate.schemas import uncertified
from derivations.claim import Claim, Proof
from derivations.errors import ClaimFailed
from derivations.evidence import Evidence
from derivations.output.passages import outlined
from derivations.output.record import applications, fingerprint, theorems
from derivations.output.wording import told
from derivations.rules import TABLE
from derivations.term import Term

_SCHEMA: Final = 1
_INDENT: Final = "    "


@dataclass(frozen=True)
class Account:
    """A claim with its proof and the evidence beside it, or with the reason why it failed."""

    claim: Claim
    proof: Proof | None
    evidence: Evidence | None = None
    failure: ClaimFailed | None = None


def conditions(proof: Proof) -> tuple[Term, ...]:
    """The side conditions that the kernel met in a proof, without repetition."""
    return tuple(dict.fromkeys(met for theorem in theorems(proof) for met in theorem.conditions))


# ---------------------------------------------------------------- for people


def lines(account: Account, *, verbose: bool) -> Iterator[Text]:
    """The account as lines for a terminal; `verbose` adds the trace's rules and conditions step by step."""
    claim, proof = account.claim, account.proof
    if proof is None:
        yield Text.assemble(("failed  ", "bold red"), (claim.name, "bold"), f"  {claim.task}")
        yield Text(f"{_INDENT}{account.failure}")
        return
    yield Text.assemble(
        ("proved  ", "bold green"), (claim.name, "bold"), (f"  {claim.task}  {outlined(claim.title)}", "dim")
    )
    for name, text in _evidence(account, proof):
        yield Text.assemble((f"{_INDENT}{name:<13}", "dim"), text)
    if verbose:
        yield from _trace(proof)


def _evidence(account: Account, proof: Proof) -> Iterator[tuple[str, str]]:
    applied, rules, met = applications(proof), len(proof.theorem.rules), len(conditions(proof))
    kernel = f"{_counted(applied, 'application')} of {_counted(rules, 'rule')}, {_counted(met, 'condition')} met"
    if account.evidence is None:
        yield "kernel", kernel
        return
    yield "kernel", f"{kernel}, replayed in {account.evidence.kernel.microseconds / 1000:.1f} ms"
    yield from told(account.evidence)


def _trace(proof: Proof) -> Iterator[Text]:
    for place, theorem in enumerate(theorems(proof), 1):
        yield Text.assemble((f"{_INDENT}step {place}  ", "cyan"), str(theorem.conclusion))
        yield Text.assemble((f"{_INDENT * 2}rules       ", "dim"), ", ".join(theorem.rules))
        for met in theorem.conditions:
            yield Text.assemble((f"{_INDENT * 2}condition   ", "dim"), str(met))


def last_line(accounts: Sequence[Account]) -> Text:
    """How many claims were proved, and how many were not."""
    failed = sum(account.proof is None for account in accounts)
    proved = f"{_counted(len(accounts) - failed, 'claim')} proved"
    return Text(f"{proved}, {failed} failed" if failed else proved, style="bold red" if failed else "bold green")


def without_lemma(accounts: Sequence[Account]) -> Text | None:
    """How many rules of the table, and how many of those that were used, have no lemma for Coq; None where all have."""
    missing = uncertified()
    if not missing:
        return None
    used = {rule for account in accounts if account.proof for rule in account.proof.theorem.rules} & missing.keys()
    said = f"{_counted(len(missing), 'rule')} of {len(TABLE)} uncertified, {len(used)} of them used here"
    return Text(said, style="yellow")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# ---------------------------------------------------------------- for machines


def document(accounts: Sequence[Account], version: str) -> dict[str, Any]:
    """All accounts as values that JSON can hold."""
    failed = sum(account.proof is None for account in accounts)
    return {
        "schema": _SCHEMA,
        "tool": {"name": "derivations", "version": version},
        "claims": [_claim(account) for account in accounts],
        "uncertified_rules": sorted(uncertified()),
        "summary": {"proved": len(accounts) - failed, "failed": failed},
    }


def _claim(account: Account) -> dict[str, Any]:
    claim, proof, found = account.claim, account.proof, account.evidence
    return {
        "name": claim.name,
        "task": claim.task,
        "statement": str(claim.proposition),
        "given": [str(fact) for fact in claim.assumptions],
        "fingerprint": fingerprint(claim),
        "verdict": "failed" if proof is None else "proved",
        "failure": None if account.failure is None else str(account.failure),
        "kernel": None if proof is None else _kernel(proof, found),
        "sympy": asdict(found.sympy) if found and found.sympy else None,
        "numerical": asdict(found.numerical) if found and found.numerical else None,
        "simulation": asdict(found.simulation) if found and found.simulation else None,
        "certificate": found.certificate if found else None,
        "mutants": asdict(found.mutants) if found and found.mutants else None,
    }


def _kernel(proof: Proof, evidence: Evidence | None) -> dict[str, Any]:
    return {
        "microseconds": evidence.kernel.microseconds if evidence else None,
        "applications": applications(proof),
        "rules": list(proof.theorem.rules),
        "conditions": [str(met) for met in conditions(proof)],
        "steps": [
            {
                "claim": str(theorem.conclusion),
                "rules": list(theorem.rules),
                "conditions": [str(met) for met in theorem.conditions],
            }
            for theorem in theorems(proof)
        ],
    }

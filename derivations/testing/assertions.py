"""The assertions of `derivations.testing`, behind its door: verdicts become AssertionErrors with their account."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from derivations.api import Assumed, Formula, understood
from derivations.checker import judged_in_time
from derivations.comparison import difference
from derivations.errors import DerivationsError
from derivations.frozen import CLAIMS
from derivations.given import Given
from derivations.output.frozen_files import compared, load_frozen, now
from derivations.refute import Counterexample
from derivations.term import App, Term
from derivations.verdict import Verdict


def expected(kind: str, lhs: Formula, rhs: Formula, given: Assumed, timeout: float) -> Verdict:
    """The verdict on a claim. Raises AssertionError where it is of another kind."""
    __tracebackhide__ = True
    claim, facts = claimed(lhs, rhs, given)
    verdict = judged_in_time(claim, facts, timeout)
    if verdict.kind != kind:
        raise AssertionError(account(verdict, claim) if kind == "proved" else f"not refuted: {account(verdict, claim)}")
    return verdict


def claimed(lhs: Formula, rhs: Formula, given: Assumed) -> tuple[Term, Given]:
    """The claim lhs = rhs, or lhs itself. Raises TypeError for a formula alone that claims nothing."""
    terms, facts = understood((lhs,) if rhs is None else (lhs, rhs), given)
    if rhs is not None:
        return App("=", terms), facts
    if not isinstance(terms[0], App) or terms[0].head not in ("=", "<", "<=", "!=", "in"):
        raise TypeError(f"{terms[0]} claims nothing: give a right-hand side, or a relation")
    return terms[0], facts


def account(verdict: Verdict, claim: Term) -> str:
    """A verdict in words: what it is about, and why it is what it is."""
    lines = [f"{verdict.kind}: {claim}"]
    found = verdict.counterexample
    if isinstance(found, Counterexample):
        where = ", ".join(f"{name} = {text}" for name, text in found.point.items()) or "no symbols"
        lines.append(f"  at {where}: left side {found.lhs}, right side {found.rhs}")
    lines += [f"  only if {condition}" for condition in verdict.conditions]
    if verdict.reason:
        lines.append(f"  {verdict.reason}")
    return "\n".join(lines)


def same(one: Formula, other: Formula, given: Assumed, timeout: float) -> None:
    """Raises AssertionError where two formulas are not proved to be the same."""
    __tracebackhide__ = True
    (first, second), facts = understood((one, other), given)
    found = difference(first, second, facts, timeout=timeout)
    if found is not None:
        raise AssertionError(str(found))


def frozen(path: Path | str, names: Sequence[str], timeout: float) -> None:
    """Raises AssertionError where a frozen formula is no longer what it was."""
    __tracebackhide__ = True
    file = Path(path)
    kept = load_frozen(file)
    known = {entry.name for entry in kept.entries}
    if unknown := [name for name in names if name not in known]:
        raise DerivationsError(f"{path}: {', '.join(unknown)} is not frozen")
    entries = now(kept, file.parent, timeout)
    of_claims = kept.source == CLAIMS
    said = [
        f"{entry.name}: {found}"
        for entry in kept.entries
        if (not names or entry.name in names)
        and (found := compared(entry, entries, of_claims=of_claims, timeout=timeout)) is not None
    ]
    if said:
        raise AssertionError("\n".join([f"{path}: {len(said)} of {len(names or known)} formulas changed", *said]))

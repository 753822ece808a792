"""Traces with one step altered, and whether Coq takes them: a rule exchanged or turned round, a target with a slip, a
move left out. `python -m tests.certificate.corruption [CLAIM...]` tries every step of every claim and prints the figures.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from derivations.certificate.coq import Coq, find
from derivations.certificate.schemas import lemma_name
from derivations.certificate.theory import HEAD, Theory
from derivations.claim import Claim
from derivations.errors import DerivationsError
from derivations.kernel import Apply, Inside, Move, Theorem, replay
from derivations.mutation import mutants
from derivations.rules import COMPUTATION, EQUATION, TABLE
from derivations.seminar7 import CLAIMS

_MOST_SLIPS = 1  # of one target
TABLE_KINDS = {lemma_name(rule.name): rule.kind for rule in TABLE.values()}


@dataclass(frozen=True)
class Corrupted:
    """A script with one step altered: what was done, to which theorem, and the lines; None where none could be written."""

    kind: str
    theorem: Theorem
    declarations: tuple[str, ...]
    statement: str
    lines: tuple[str, ...] | None


def corrupted(claim: Claim) -> Iterator[Corrupted]:
    """Every altered script of a claim, but for altered traces that the kernel takes for proofs too."""
    proof = claim.proof()
    for theorem in [step.theorem for step in proof.steps] or [proof.theorem]:
        for kind, moves in _altered(theorem.moves):
            if not _is_a_proof(theorem, moves):
                yield _written(kind, theorem, moves)
        whole = _written("", theorem, theorem.moves)
        for place, line in enumerate(whole.lines or ()):
            for kind, other in _line_altered(line):
                lines = (whole.lines or ())[:place] + (other,) + (whole.lines or ())[place + 1 :]
                yield replace(whole, kind=kind, lines=lines)


def _written(kind: str, theorem: Theorem, moves: tuple[Move, ...]) -> Corrupted:
    theory = Theory(theorem.given, [theorem.conclusion])
    declarations, statement = tuple(theory.declarations()), theory.text.proposition(theorem.conclusion)
    try:
        lines = tuple(theory.script.goal(theorem.conclusion, moves, theory.context()))
    except DerivationsError:  # the altered moves do not fit each other
        return Corrupted(kind, theorem, declarations, statement, None)
    return Corrupted(kind, theorem, declarations, statement, lines)


def _line_altered(line: str) -> Iterator[tuple[str, str]]:
    """The lemma of a line exchanged for that of the next row, or used from the other side."""
    found = re.search(r"Rules\.(\w+)", line)
    if found is None or "assert" in line:
        return
    names = [lemma_name(rule.name) for rule in TABLE.values() if rule.kind != COMPUTATION]
    other = names[(names.index(found[1]) + 1) % len(names)]
    yield "other lemma", line.replace(f"Rules.{found[1]}", f"Rules.{other}", 1)
    if TABLE_KINDS.get(found[1]) == EQUATION:
        turned = line.replace("symmetry; ", "", 1) if "symmetry; " in line else line.replace("rule (", "symmetry; rule (", 1)
        if turned != line:
            yield "turned round", turned


def _is_a_proof(theorem: Theorem, moves: tuple[Move, ...]) -> bool:
    """Some slips leave a proof: a move that did nothing, a target that is as good."""
    try:
        replay(theorem.conclusion, moves, theorem.given)
    except (DerivationsError, ValueError):
        return False
    return True


def _altered(moves: Sequence[Move]) -> Iterator[tuple[str, tuple[Move, ...]]]:
    for place, move in enumerate(moves):
        before, after = tuple(moves[:place]), tuple(moves[place + 1 :])
        if isinstance(move, Inside):
            for kind, inner in _altered(move.moves):
                yield kind, (*before, replace(move, moves=inner), *after)
            continue
        yield "dropped", (*before, *after)
        for kind, other in _slips(move):
            yield kind, (*before, other, *after)


def _slips(move: Apply) -> Iterator[tuple[str, Apply]]:
    if TABLE[move.rule].kind == COMPUTATION:
        for _, (_, term) in zip(range(_MOST_SLIPS), mutants(dict(move.bindings)["?b"]), strict=False):
            yield "target", replace(move, bindings=(("?b", term),))


def taken(cases: Sequence[Corrupted], folder: Path, coq: Coq) -> tuple[list[Corrupted], Counter[str]]:
    """Those that Coq takes for proofs, and how the others ended; `folder` has the compiled library."""
    asked = {f"altered_{number}": case for number, case in enumerate(cases) if case.lines is not None}
    outcomes = Counter(f"{case.kind}: no script" for case in cases if case.lines is None)
    texts = [
        "\n".join([
            "Module M.", "Section S.", *case.declarations, f"Lemma {name} : {case.statement}.", "Proof.",
            *(case.lines or ()), "Qed.", "Abort All.", "End S.", "End M.", f"Check M.{name}.", "Reset M.",
        ])
        for name, case in asked.items()
    ]  # fmt: skip
    text = "\n".join([HEAD, "Set Default Timeout 20.", *texts])
    top = str(Path(coq.program).with_name("coqtop"))
    done = subprocess.run(
        [top, "-q", "-w", "none", "-Q", ".", "Derivations"], input=text, cwd=folder, capture_output=True, text=True,
        timeout=3000, check=False,
    )  # fmt: skip
    found = set(re.findall(r"^(?:Coq < |M < |S < |\s)*M\.(altered_\d+)\b", done.stdout, re.MULTILINE))
    for name, case in asked.items():
        outcomes[f"{case.kind}: {'TAKEN' if name in found else 'rejected by Coq'}"] += 1
    return [case for name, case in asked.items() if name in found], outcomes


def main() -> None:
    """Try every step of every claim that is named, or of all."""
    coq, total = find(), Counter[str]()
    if coq is None:
        raise SystemExit("coqc is not installed")
    with tempfile.TemporaryDirectory() as folder:
        coq.library(Path(folder))
        for claim in CLAIMS:
            if sys.argv[1:] and claim.name not in sys.argv[1:]:
                continue
            start = time.monotonic()
            cases = list(corrupted(claim))
            wrong, outcomes = taken(cases, Path(folder), coq)
            total += outcomes
            print(f"{claim.name}: {len(cases)} altered, {len(wrong)} taken, {time.monotonic() - start:.0f} s", flush=True)  # noqa: T201
            for case in wrong:
                print("  TAKEN", case.kind, case.theorem, case.lines)  # noqa: T201
    for outcome, count in sorted(total.items()):
        print(f"{count:6} {outcome}")  # noqa: T201


if __name__ == "__main__":
    main()

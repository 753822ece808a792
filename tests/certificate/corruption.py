"""Traces with one step altered, and whether Coq takes them: a rule exchanged or turned round, a target with a slip, a
move left out. `python -m tests.certificate.corruption [CLAIM...]` tries every step of every claim and prints the figures.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from argparse import ArgumentParser
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


def theorems(claim: Claim) -> list[Theorem]:
    """The theorems of a claim's proof: one a step, or one alone."""
    proof = claim.proof()
    return [step.theorem for step in proof.steps] or [proof.theorem]


def corrupted(claim: Claim) -> Iterator[Corrupted]:
    """Scripts of altered traces of a claim, each once, but for those that the kernel takes for proofs too."""
    seen = set()
    for theorem in theorems(claim):
        for kind, moves in _altered(theorem.moves):
            if not _is_a_proof(theorem, moves):
                case = _written(kind, theorem, moves)
                if (case.statement, case.lines) not in seen:
                    seen.add((case.statement, case.lines))
                    yield case


def misused(claim: Claim, folder: Path, coq: Coq) -> tuple[int, int]:
    """How many lines of a claim's scripts were altered in place, and how many alterations Coq refused there.

    Each line is tried altered before it is run as it is, so that one pass tries them all.
    """
    texts, tried = [], 0
    for theorem in theorems(claim):
        whole = _written("", theorem, theorem.moves)
        lines = []
        for line in whole.lines or ():
            open_, sentence, close = _taken_apart(line)
            fails = [f"Fail {other}" for _, other in _line_altered(sentence)]
            tried += len(fails)
            lines.append(" ".join([open_, *fails, sentence, close]))
        texts.append(_module("unaltered", replace(whole, lines=tuple(lines))))
    said = _told(coq, folder, texts)
    if said.count("M.unaltered") < len(texts):
        raise AssertionError(f"{claim.name}: an unaltered script does not pass")
    return tried, said.count("The command has indeed failed")


def _taken_apart(line: str) -> tuple[str, str, str]:
    """The braces around a sentence, and the sentence."""
    inner = line.strip()
    sentence = inner.lstrip("{ ").rstrip("} ")
    start = inner.index(sentence)
    return inner[:start], sentence, inner[start + len(sentence) :]


def _written(kind: str, theorem: Theorem, moves: tuple[Move, ...]) -> Corrupted:
    theory = Theory(theorem.given, [theorem.conclusion])
    declarations, statement = tuple(theory.declarations()), theory.text.proposition(theorem.conclusion)
    try:
        lines = tuple(theory.script.goal(theorem.conclusion, moves, theory.context()))
    except (DerivationsError, ValueError):  # the altered moves do not fit each other
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
        turned = (
            line.replace("symmetry; ", "", 1) if "symmetry; " in line else line.replace("rule (", "symmetry; rule (", 1)
        )
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
    said = _told(coq, folder, [_module(name, case) for name, case in asked.items()])
    found = set(re.findall(r"\bM\.(altered_\d+)\b(?! was not)", "\n".join(_answers(said))))
    for name, case in asked.items():
        outcomes[f"{case.kind}: {'TAKEN' if name in found else 'rejected by Coq'}"] += 1
    return [case for name, case in asked.items() if name in found], outcomes


def _answers(said: str) -> list[str]:
    """What `Check` says of a name that is there; errors speak of names too."""
    return [line for line in said.splitlines() if re.match(r"^(?:\w+ < )*M\.(?:altered_\d+|unaltered)\s*$", line.rstrip())
            or re.match(r"^(?:\w+ < )*M\.(?:altered_\d+|unaltered)\s+:", line)]  # fmt: skip


def _module(name: str, case: Corrupted) -> str:
    return "\n".join([
        "Module M.", "Section S.", *case.declarations, f"Lemma {name} : {case.statement}.", "Proof.",
        *(case.lines or ()), "Qed.", "Abort All.", "End S.", "End M.", f"Check M.{name}.", "Reset M.",
    ])  # fmt: skip


def _told(coq: Coq, folder: Path, texts: Sequence[str]) -> str:
    """What Coq says of modules, one after the other, going on after errors."""
    top = str(Path(coq.program).with_name("coqtop"))
    done = subprocess.run(
        [top, "-q", "-w", "none", "-Q", ".", "Derivations"], input="\n".join([HEAD, "Set Default Timeout 60.", *texts]),
        cwd=folder, capture_output=True, text=True, timeout=3000, check=False,
    )  # fmt: skip
    return done.stdout


def spread(cases: Sequence[Corrupted], most: int) -> list[Corrupted]:
    """At most so many, evenly from the whole."""
    step = max(1, -(-len(cases) // most))
    return list(cases[::step])


def main() -> None:
    """Try every step of every claim that is named, or of all; `--most N` for at most N altered traces of each."""
    parser = ArgumentParser()
    parser.add_argument("claims", nargs="*")
    parser.add_argument("--most", type=int, default=10**6)
    options = parser.parse_args()
    coq, total = find(), Counter[str]()
    if coq is None:
        raise SystemExit("coqc is not installed")
    with tempfile.TemporaryDirectory() as folder:
        coq.library(Path(folder))
        for claim in CLAIMS:
            if options.claims and claim.name not in options.claims:
                continue
            start = time.monotonic()
            tried, refused = misused(claim, Path(folder), coq)
            total += Counter(
                {"line altered in place: refused": refused, "line altered in place: TAKEN": tried - refused}
            )
            cases = list(corrupted(claim))
            chosen = spread(cases, options.most)
            wrong, outcomes = taken(chosen, Path(folder), coq)
            total += outcomes
            seconds = time.monotonic() - start
            print(f"{claim.name}: {refused} of {tried} lines refused, {len(chosen)} of {len(cases)} traces, "  # noqa: T201
                  f"{len(wrong)} taken, {seconds:.0f} s", flush=True)  # fmt: skip
            for case in wrong:
                print("  TAKEN", case.kind, case.theorem, case.lines)  # noqa: T201
    for outcome, count in sorted(total.items()):
        print(f"{count:6} {outcome}")  # noqa: T201


if __name__ == "__main__":
    main()

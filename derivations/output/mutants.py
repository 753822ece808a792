"""What `derivations mutate` finds: every slip in every step of a document that stands, and what becomes of it.

Each side is mutated where it is written: the right side of each step, and the left side of the first. It is judged in
the step that leads to it. A step that does not stand is told and not mutated. It must not print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeAlias

from derivations.checker import judged_in_time, outline, proposition
from derivations.errors import NotationError
from derivations.evidence.mutants import slips
from derivations.given import Given
from derivations.latex.document import CLAIM, Chain, Step
from derivations.latex.printer import latex
from derivations.latex.profile import Profile
from derivations.latex.style import Style
from derivations.mutation_testing import OUTCOMES, Tally, Trial, trials
from derivations.output.plain import File, plain
from derivations.output.workers import Job, judged
from derivations.refute import Counterexample
from derivations.seminar7 import CLAIMS
from derivations.term import App, Term
from derivations.verdict import Verdict

# A step and its mutants as plain data, which can leave a process.
Row: TypeAlias = dict[str, Any]
STANDING: Final = ("proved", "conditional")
_SECONDS: Final = 1800.0
_MOST_PARTS: Final = 16


def mutated(paths: Sequence[str], model: Job, jobs: int, done: Callable[[], object]) -> list[File]:
    """The documents with their rows in `found`, `jobs` processes at a time; `done` hears of each part that ends."""
    split = parts(len(paths), jobs)
    work = [
        replace(model, path=path, work=partial(_rows, part=part, of=split), seconds=_SECONDS)
        for path in paths
        for part in range(split)
    ]
    found = judged(work, jobs, done)
    return [_joined(found[start : start + split]) for start in range(0, len(found), split)]


def parts(files: int, jobs: int) -> int:
    """Into how many parts each file is split, so that all processes are busy.

    >>> parts(1, 2), parts(10, 2)
    (8, 1)
    """
    return max(1, min(_MOST_PARTS, 4 * jobs // max(1, files))) if files < 4 * jobs else 1


def of_claims(done: Callable[[], object]) -> list[Row]:
    """The claims of the sheet as rows, one a claim. Raises ClaimFailed."""
    rows = []
    for number, claim in enumerate(CLAIMS):
        found = [_mutant(trial, "rhs", str(trial.claim)) for trial in slips(claim)]
        rows.append(_row(number, claim.name, str(claim.proposition), "proved", found))
        done()
    return rows


def tallied(rows: Iterable[Row]) -> Tally:
    """The outcomes of all mutants counted."""
    counted = Tally(dict.fromkeys(OUTCOMES, 0))
    for row in rows:
        counted.update(mutant["outcome"] for mutant in row["mutants"])
    return counted


def _joined(split: Sequence[File]) -> File:
    """The parts of a file as one, in the order of the document."""
    file = split[0]
    file["errors"] = list(dict.fromkeys(error for part in split for error in part["errors"]))
    if any(part.get("internal") for part in split):
        file["internal"] = True
    rows = [row for part in split for row in part.get("found", ())]
    file["found"] = sorted(rows, key=lambda row: (row["chain"], row["step"]))
    return file


# ---------------------------------------------------------------- inside a worker


def _rows(job: Job, data: bytes, profile: Profile, *, part: int, of: int) -> File:
    report = outline(data, profile, job.task, path=job.shown)
    file = plain(report, b"" if part else data, profile.style)
    chains = report.document.chains if report.document is not None else ()
    file["found"] = [
        row
        for number, chain in enumerate(chains)
        if number % of == part
        for row in _of_chain(number, chain, profile.style, job.timeout)
    ]
    return file


def _of_chain(number: int, chain: Chain, style: Style, timeout: float) -> Iterator[Row]:
    for place, step in enumerate(chain.steps):
        claim = None if step.lhs is None or step.rhs is None else proposition(step.relation, step.lhs, step.rhs)
        written = f"{step.lhs_latex} {step.relation} {step.rhs_latex}"
        if step.kind != CLAIM or claim is None:
            verdict, found = step.kind if step.kind != CLAIM else "undecided", []
        else:
            verdict = judged_in_time(claim, chain.given, timeout).kind
            found = list(_of_step(step, claim, chain, style, timeout, first=place == 0)) if verdict in STANDING else []
        yield _row(number, f"{step.line}:{step.column}", " ".join(written.split()), verdict, found, place)


def _of_step(step: Step, claim: App, chain: Chain, style: Style, timeout: float, *, first: bool) -> Iterator[Row]:
    def judge(mutant: Term, given: Given) -> Verdict:
        return judged_in_time(mutant, given, timeout)

    turned = step.relation in (">", ">=")  # these claims hold their sides the other way round
    for side in ("lhs", "rhs") if first else ("rhs",):
        place = int((side == "rhs") != turned)
        for trial in trials(claim.args[place], partial(_with, claim, place), chain.given, judge):
            mutant = trial.claim.args[place] if isinstance(trial.claim, App) else trial.claim
            yield _mutant(trial, side, _shown(mutant, style))


def _with(claim: App, place: int, changed: Term) -> Term:
    """The claim with another side."""
    return App(claim.head, (*claim.args[:place], changed, *claim.args[place + 1 :]))


def _shown(term: Term, style: Style) -> str:
    try:
        return latex(term, style)
    except NotationError:
        return str(term)


def _row(chain: int, place: str, written: str, verdict: str, found: list[Row], step: int = 0) -> Row:
    return {"chain": chain, "step": step, "place": place, "written": written, "verdict": verdict, "mutants": found}


def _mutant(trial: Trial, side: str, shown: str) -> Row:
    return {
        "slip": trial.slip,
        "side": side,
        "mutant": shown,
        "outcome": trial.outcome,
        "reason": trial.why or None,
        "counterexample": _witness(trial.verdict.counterexample),
    }


def _witness(found: object) -> Mapping[str, Any] | None:
    if not isinstance(found, Counterexample):
        return None
    return {"point": dict(found.point), "lhs": found.lhs, "rhs": found.rhs, "exact": found.exact}

"""A long hunt for unsound verdicts: random true pairs and their slips, judged, and checked in balls.

    python -m tests.campaign --pairs 1000000 --seed 1 --jobs 2 --date 2026-01-31 --out campaign.json

True pairs are true by construction: see `tests.generated`. A slip counts as false where balls show its sides apart at
a random point of the given (`tests.balls`, which shares nothing with the models of the product). Sides that agree at
all points that are tried make an idle slip; sides that never have values together are vacuous, and count for nothing.

What is looked at, for each pair:

- the verdict, as `prove` would give it;
- in balls: a pair that is proved or true must not come apart, nor one with conditions where these hold;
- a pair that is refuted must not be true by construction, and the kernel must not prove it: it is asked for one in four
  of those that are apart in balls, and for each of the others;
- a pair that is proved must have no counterexample in the models of the product: looked for in one of sixteen. This and
  the kernel's search for a proof of what is false take longest; the labels in balls speak for all pairs;
- of pairs without values one in sixteen is judged: nothing can be false of them, and undecided is a good answer.

Anything else is UNSOUND and fails the run. A crash is a fault: its claim is told, and fails the run too.

Pairs come in batches, each with a seed of its own, so that the same seed makes the same pairs however many jobs there
are. After each batch the record is written again: a run that is cut short leaves what it found until then.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from derivations.checker import in_time
from derivations.prover import theorem_of, verdict_on
from derivations.refute import counterexample
from derivations.verdict import Verdict
from tests.balls import APART, World, opinion
from tests.generated import GIVEN, Pair, pairs, worlds

_POINTS = 3
_POOL = 60  # worlds of one job
_SEARCHED = 16  # one proved pair in so many is searched for a counterexample
_ASKED = 4  # of the refuted ones that are apart in balls, one in so many is given to the kernel
_EMPTY = 16  # of those without values, one in so many is judged
_SECONDS = 8.0  # for one pair
_MOST_EXAMPLES = 20
_BATCH = 1_000  # pairs with one seed
_FRESH = 20  # batches that one process judges, before another with empty memory takes over


@dataclass(slots=True)
class Found:
    """What a campaign found: counts by label and verdict, reasons, examples, and what must not be there at all."""

    counts: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    unsound: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def pairs(self) -> int:
        """How many pairs were judged."""
        return self.counts.total()

    def add(self, other: Found) -> None:
        """Take in what another job found."""
        self.counts += other.counts
        self.sources += other.sources
        self.reasons += other.reasons
        self.unsound += other.unsound
        self.faults += other.faults
        self.seconds += other.seconds
        for reason, claims in other.examples.items():
            kept = self.examples.setdefault(reason, [])
            kept += claims[: _MOST_EXAMPLES - len(kept)]

    def share(self, label: str, *verdicts: str) -> float:
        """Which part of the pairs with a label, and inside the fragment, had one of the verdicts."""
        inside = sum(n for key, n in self.counts.items() if key.startswith(f"{label} ") and "outside" not in key)
        return sum(self.counts[f"{label} {verdict}"] for verdict in verdicts) / max(1, inside)


def hunt(count: int, seed: str) -> Found:
    """What is found in one batch of pairs; a pair too many is judged where the last one brought its slip along."""
    rng = random.Random(seed)  # noqa: S311 - reproducible examples, not secrets
    pool = list(worlds(rng.randrange(2**32), _POOL))
    found = Found()
    while found.pairs < count:
        began = time.process_time()
        try:
            for pair in pairs(rng):
                _judge(pair, rng.sample(pool, _POINTS), rng, found)
        except Exception as error:  # conditions are asked for in the making of a pair too
            found.counts["fault"] += 1
            found.faults.append(f"{type(error).__name__}: {str(error)[:200]}: in the making of a pair of batch {seed}")
        found.seconds += time.process_time() - began
    return found


def _judge(pair: Pair, points: list[World], rng: random.Random, found: Found) -> None:
    claim = str(pair.claim)
    try:
        answer = opinion(pair.claim, points)
        if answer is None and rng.random() * _EMPTY > 1:
            return
        verdict = in_time(lambda: verdict_on(pair.claim, GIVEN), _SECONDS)
        wrong = _wrong(pair, answer, verdict, points, rng)
    except Exception as error:
        found.counts["fault"] += 1
        found.faults.append(f"{type(error).__name__}: {error}: {claim}")
        return
    if wrong:
        found.unsound.append(f"{wrong}: {claim}")
    label = pair.kind
    if answer is None:
        label = "vacuous"
    elif pair.kind == "slip":
        label = "false" if answer == APART else "idle"
    kind: str = "undecided" if verdict is None else verdict.kind
    reason = "time" if verdict is None else verdict.reason or ""
    if kind == "undecided" and reason.startswith(("outside", "size", "time")):
        kind = "outside"
    found.counts[f"{label} {kind}"] += 1
    found.sources[f"{label}: {pair.source}"] += 1
    if kind in ("undecided", "outside") or (label, kind) in _UNWANTED:
        key = f"{label} {kind}: {reason}"
        found.reasons[key] += 1
        kept = found.examples.setdefault(key, [])
        if len(kept) < _MOST_EXAMPLES:
            kept.append(claim)


_UNWANTED = {("false", "proved"), ("false", "conditional"), ("true", "refuted")}


def _wrong(pair: Pair, answer: str | None, verdict: Verdict | None, points: list[World], rng: random.Random) -> str:
    """What is unsound about a verdict; empty where nothing is."""
    if pair.kind == "true" and answer == APART:
        return "true by construction, and apart in balls"
    if verdict is None:
        return ""
    if verdict.kind == "refuted":
        if pair.kind == "true":
            return f"true by construction, and refuted at {verdict.counterexample}"
        if answer == APART and rng.random() * _ASKED > 1:
            return ""
        theorem = in_time(lambda: theorem_of(pair.claim, GIVEN), _SECONDS)
        return "" if theorem is None else f"refuted at {verdict.counterexample}, and proved by the kernel"
    if verdict.kind == "proved" and answer == APART:
        return "proved, and apart in balls"
    if verdict.kind == "conditional" and answer == APART and opinion(pair.claim, points, verdict.conditions) == APART:
        return f"proved under {', '.join(map(str, verdict.conditions))}, and apart in balls where this holds"
    if (
        verdict.kind == "proved"
        and rng.random() * _SEARCHED < 1
        and (model := counterexample(pair.claim, GIVEN)) is not None
    ):
        return f"proved, and a counterexample at {model}"
    return ""


# ---------------------------------------------------------------- many jobs, and the record


def campaign(count: int, seed: int, seconds: float = float("inf"), jobs: int = 1) -> Iterator[Found]:
    """What all batches found together, told after each; none is begun when the time is over."""
    until = time.monotonic() + seconds
    sizes = [min(_BATCH, count - first) for first in range(0, count, _BATCH)]
    tasks = ((size, f"{seed}/{batch}", until) for batch, size in enumerate(sizes))
    total = Found()
    with multiprocessing.Pool(jobs, maxtasksperchild=_FRESH) as pool:
        for found in pool.imap(_batch, tasks):
            total.add(found)
            yield total


def _batch(task: tuple[int, str, float]) -> Found:
    count, seed, until = task
    return hunt(count, seed) if time.monotonic() < until else Found()


def record(found: Found, asked: Mapping[str, object]) -> dict[str, object]:
    """What is kept of a campaign: what was asked, the counts, the shares, and examples of what stays undecided."""
    return {
        **asked,
        "pairs": found.pairs,
        "unsound": found.unsound,
        "faults": found.faults,
        "true_proved": round(found.share("true", "proved", "conditional"), 5),
        "false_refuted": round(found.share("false", "refuted"), 5),
        "seconds_of_one_core": round(found.seconds, 1),
        "pairs_a_second": round(found.pairs / max(found.seconds, 0.001), 1),
        "counts": dict(sorted(found.counts.items())),
        "sources": dict(sorted(found.sources.items())),
        "reasons": dict(found.reasons.most_common()),
        "examples": {reason: found.examples.get(reason, []) for reason, _ in found.reasons.most_common()},
    }


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607
    return told.stdout.strip() or "unknown"


def _write(path: Path, kept: Mapping[str, object]) -> None:
    """Write the record beside its place and move it there: whoever looks finds a whole one."""
    beside = path.with_name(f"{path.name}.part")
    beside.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000, help="how many pairs to judge, in batches of a thousand")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no batch after so long")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--date", default="", help="written into the record")
    parser.add_argument("--out", type=Path, help="where the record goes, as JSON, after each batch")
    return parser.parse_args()


def main() -> int:
    """Run a campaign as the command line asks."""
    asked = _arguments()
    named = {"seed": asked.seed, "jobs": asked.jobs, "asked": asked.pairs, "date": asked.date, "commit": _commit()}
    found = Found()
    for found in campaign(asked.pairs, asked.seed, asked.seconds, asked.jobs):
        if asked.out is not None:
            _write(asked.out, record(found, named))
        if sys.stderr.isatty():
            wrong = f"{len(found.unsound)} unsound, {len(found.faults)} faults"
            sys.stderr.write(f"\r{found.pairs} of {asked.pairs} pairs, {wrong} ")
    kept = record(found, named)
    for label, count in sorted(found.counts.items()):
        sys.stdout.write(f"{label:22} {count}\n")
    for reason, count in found.reasons.most_common(12):
        sys.stdout.write(f"{count:6} {reason}\n")
    for name in ("true_proved", "false_refuted", "pairs_a_second"):
        sys.stdout.write(f"{name}: {kept[name]}\n")
    for line in (*(f"UNSOUND {one}" for one in found.unsound), *(f"FAULT {one}" for one in found.faults)):
        sys.stdout.write(f"{line}\n")
    return 1 if found.unsound or found.faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""`prove` side by side with SymPy, Math-Verify, Maxima and Z3 on the scalar questions, in one run.

    python -m tests.benchmarks.peers              every question, one table a family
    python -m tests.benchmarks.peers --every 6    every sixth of them

What is counted is said in `engines`. A peer that is not installed, and a question that an engine has no words for, are
left out. Ratios are medians of (time of the peer / time of `prove (terms)`), question by question.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from derivations.errors import DerivationsError, OutsideFragment
from tests.benchmarks.engines import ENGINES, Answer, Engine, by_prove, by_prove_from_terms, missing
from tests.questions import Question, questions

_OURS = "prove (terms)"


class _TimeIsOver(Exception):
    pass


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        raise _TimeIsOver

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _asked(engine: Engine, question: Question, limit: float) -> Answer | None:
    """The answer; None for a question that the engine has no words for."""
    try:
        with _limited(limit):
            return engine(question)
    except OutsideFragment:
        return None
    except (_TimeIsOver, DerivationsError):
        return None, limit
    except Exception:  # a peer's own fault is no answer
        return None, 0.0


def _row(name: str, found: list[tuple[Question, Answer, float]]) -> str:
    """One line of a table: how many were decided and how many of these wrongly, and the times."""
    decided = [(question, answer) for question, (answer, _), _ in found if answer is not None]
    wrong = sum(answer != question.equal for question, answer in decided)
    times = sorted(seconds for _, (_, seconds), _ in found)
    ratios = [seconds / ours for _, (_, seconds), ours in found]
    median, high = statistics.median(times), times[int(0.95 * len(times))]
    return (
        f"{name:14} {len(found):5} {len(decided):7} {100 * len(decided) / len(found):6.1f}% {wrong:5}"
        f" {1e3 * median:9.3f} {1e3 * high:9.2f} {statistics.median(ratios):9.1f}"
    )


def compare(asked: list[Question], limit: float) -> None:
    """Ask every engine every question, and print one table a family."""
    engines = {name: engine for name, engine in ENGINES.items() if not missing(name)}
    for name in ENGINES:
        if reason := missing(name):
            sys.stdout.write(f"not installed: {reason}\n")
    for warm in (by_prove, by_prove_from_terms):  # what is made once at the start is made
        warm(asked[0])
    answers = {name: [_asked(engine, question, limit) for question in asked] for name, engine in engines.items()}
    for family in (*dict.fromkeys(question.family for question in asked), ""):
        sys.stdout.write(f"\n{family or 'all':14} asked decided          wrong median ms    p95 ms    x ours\n")
        for name, column in answers.items():
            found = [
                (question, answer, ours[1])
                for question, answer, ours in zip(asked, column, answers[_OURS], strict=True)
                if answer is not None and ours is not None and (not family or question.family == family)
            ]
            if found:
                sys.stdout.write(_row(name, found) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--limit", type=float, default=10.0)
    options = parser.parse_args()
    compare(list(questions())[:: options.every], options.limit)

"""`prove` side by side with SymPy and Math-Verify on the scalar questions, each from LaTeX and the same given.

    python -m tests.benchmarks.peers              every question, one table a peer and family
    python -m tests.benchmarks.peers --every 6    every sixth of them

SymPy gets the expressions that our own reader makes of the LaTeX, with the given as assumptions, and this is not counted;
its time is that of `simplify(lhs - rhs) == 0` and of `lhs.equals(rhs)`. Math-Verify (the extra `peers`) reads the LaTeX
itself. A peer that is not installed is skipped, and said to be. Each question has a time limit for each engine. Times
are those of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import importlib.util
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sympy

from derivations.api import prove
from derivations.errors import DerivationsError
from derivations.given import Given
from derivations.latex.reader import read_formula
from derivations.sympy_bridge import to_sympy
from tests.questions import Question, questions

Engine = Callable[[Question], bool | None]
_LIMIT = 10.0


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


def _ours(question: Question) -> bool | None:
    kind = prove(question.lhs, question.rhs, question.domains).kind
    return {"proved": True, "conditional": True, "refuted": False}.get(kind)


def _sides(question: Question) -> tuple[sympy.Expr, sympy.Expr]:
    given = Given.from_dict(question.domains)
    left, right = (
        to_sympy(read_formula(side, "plain", symbols=question.domains, constants=True), given)
        for side in (question.lhs, question.rhs)
    )
    return left, right


def _by_simplify(question: Question) -> bool | None:
    left, right = _sides(question)
    start = time.process_time()
    same = sympy.simplify(left - right) == 0
    _spent[question, "simplify"] = time.process_time() - start
    return True if same else None


def _by_equals(question: Question) -> bool | None:
    left, right = _sides(question)
    start = time.process_time()
    answer = left.equals(right)
    _spent[question, "equals"] = time.process_time() - start
    return answer


def _by_math_verify(question: Question) -> bool | None:
    import math_verify

    gold, answer = (math_verify.parse(f"${side}$", parsing_timeout=None) for side in (question.lhs, question.rhs))
    return math_verify.verify(gold, answer, timeout_seconds=None)


_spent: dict[tuple[Question, str], float] = {}
ENGINES: dict[str, Engine] = {"prove": _ours, "simplify": _by_simplify, "equals": _by_equals}


def _asked(engine: Engine, name: str, question: Question) -> tuple[bool | None, float]:
    start = time.process_time()
    try:
        with _limited(_LIMIT):
            answer = engine(question)
    except (_TimeIsOver, DerivationsError):
        answer = None
    except Exception:  # a peer's own fault is no answer
        answer = None
    spent = time.process_time() - start
    return answer, _spent.get((question, name), spent)


def _row(name: str, asked: list[Question], times: list[float], answers: list[bool | None], ours: list[float]) -> str:
    labels = [question.equal for question in asked]
    decided = sum(answer is not None for answer in answers)
    wrong = sum(answer is not None and answer != label for answer, label in zip(answers, labels, strict=True))
    ordered = sorted(times)
    median, high = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
    ratio = statistics.median(theirs / mine for theirs, mine in zip(times, ours, strict=True))
    return (
        f"{name:12} {len(asked):5} {decided:5} {100 * decided / len(asked):6.1f}% {wrong:5}"
        f" {1e3 * median:9.2f} {1e3 * high:9.2f} {ratio:9.1f}"
    )


def compare(asked: list[Question]) -> None:
    """Ask every engine every question, and print one table a family."""
    engines = dict(ENGINES)
    if importlib.util.find_spec("math_verify") is None:
        sys.stdout.write("math-verify is not installed (pip install derivations[peers]): skipped\n")
    else:
        engines["math-verify"] = _by_math_verify
    prove(asked[0].lhs, asked[0].rhs, asked[0].domains)  # what is made once at the start is made
    found = {name: [_asked(engine, name, question) for question in asked] for name, engine in engines.items()}
    for family in (*dict.fromkeys(question.family for question in asked), ""):
        chosen = [k for k, question in enumerate(asked) if not family or question.family == family]
        sys.stdout.write(f"\n{family or 'all':12}   asked decided     wrong median ms    p95 ms  times ours\n")
        ours = [found["prove"][k][1] for k in chosen]
        for name, rows in found.items():
            times, answers = [rows[k][1] for k in chosen], [rows[k][0] for k in chosen]
            sys.stdout.write(_row(name, [asked[k] for k in chosen], times, answers, ours) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--limit", type=float, default=_LIMIT)
    options = parser.parse_args()
    _LIMIT = options.limit
    compare(list(questions())[:: options.every])

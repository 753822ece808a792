"""What is too large is told as size, soon and in little memory; what only looks large is decided."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from derivations.api import prove
from derivations.given import Given
from derivations.notation import read
from derivations.prover import verdict_on
from derivations.term import App, Num, Term, Var, add, derivative, div, equal, neg

SECONDS = 1.0  # of this process, for one question; most take a few milliseconds

SIZES = [
    ("2^{2^{2^{100}}}", "0"),
    ("2^{2^{2^{100}}}", "2^{2^{2^{100}}}+1"),
    ("+".join(f"x_{{{k}}}" for k in range(100_000)), "0"),
    (r"\sum_{k=1}^{10^9} \frac{1}{k}", "20"),
    (r"\sum_{i=1}^{100}\sum_{j=1}^{100}\sum_{k=1}^{100}\sum_{l=1}^{100} \frac{1}{i+j+k+l}", "7"),
    (r"\prod_{k=1}^{10^7} (1+\frac{1}{k})", "0"),
    ("(" * 500 + "x" + ")" * 500, "x"),
    ("(" * 5000 + "x" + ")" * 5000, "x"),
    ("{" * 5000 + "x" + "}" * 5000, "x"),
    ("x^{" * 200 + "x" + "}" * 200, "x"),
    (r"\frac{1}{1+" * 100 + "x" + "}" * 100, "x"),
    ("100000000!", "0"),
    ("((100!)!)!", "1"),
    (r"\binom{10^9}{5\cdot 10^8}", "0"),
    (r"e^{e^{e^{e^{e^{10}}}}}", "0"),
    ("1" * 10_000, "1" * 9999 + "2"),
    ("(" + "+".join(f"x_{{{k}}}" for k in range(180)) + ")^2", "0"),
    (r"\frac{d^{1000}}{dx^{1000}} e^{x^2}", "0"),
    (r"\nabla_x^{50} x^2", "2x"),
]  # fmt: skip
DECIDED = [
    ("(x+1)^{100000}", "(1+x)^{100000}", "proved"),
    ("(x+1)^{100000}", "(x+2)^{100000}", "refuted"),
    ("(x+1)^{100000}", "x^{100000}+1", "refuted"),
    ("(x+y+z+w)^{300}", "(w+z+y+x)^{300}", "proved"),
    ("(x+y+z+w)^{300}", "(w+z+y-x)^{300}", "refuted"),
    (r"\sigma(" * 40 + "x" + ")" * 40, "x", "refuted"),
    (r"\frac{y}{x+" * 30 + "x" + "}" * 30, "x", "refuted"),
    ("+".join(f"|x_{{{k}}}|" for k in range(40)), "0", "refuted"),
    (r"\partial_x^5 x^2", "2x", "refuted"),  # it was read as the first derivative
    (r"\partial_x^5 x^5", "120", "proved"),
]


def _timed(ask: Callable[[], object]) -> float:
    start = time.process_time()
    ask()
    return time.process_time() - start


@pytest.mark.parametrize(("lhs", "rhs"), SIZES, ids=lambda text: text[:24])
def test_what_is_too_large_is_told(lhs: str, rhs: str) -> None:
    start = time.process_time()
    verdict = prove(lhs, rhs)
    assert (verdict.kind, verdict.reason.split(":")[0]) == ("undecided", "size")
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(("lhs", "rhs", "kind"), DECIDED, ids=lambda text: text[:24])
def test_what_only_looks_large_is_decided(lhs: str, rhs: str, kind: str) -> None:
    start = time.process_time()
    assert prove(lhs, rhs).kind == kind
    assert time.process_time() - start < SECONDS


def _nested(step: Callable[[Term], Term], times: int) -> Term:
    term: Term = Var("x")
    for _ in range(times):
        term = step(term)
    return term


@pytest.mark.parametrize(
    "term",
    [
        _nested(neg, 20_000),
        _nested(lambda t: add(t, Var("x")), 3000),
        _nested(lambda t: add(t, t), 60),  # sixty parts that are shared, 2^60 as a tree
        _nested(lambda t: App("sigmoid", (add(t, t),)), 25),
        _nested(lambda t: derivative("x", t), 40),
        div(Num(10**5000 + 1), Num(10**5000 - 1)),
    ],
    ids=["signs", "sum", "shared", "shared below a function", "derivatives", "digits"],
)
def test_terms_that_are_too_large(term: Term) -> None:
    verdict = prove(term, Num(1))
    assert (verdict.kind, verdict.reason.split(":")[0]) == ("undecided", "size")


def test_derivatives_that_grow_stop() -> None:
    claim = equal(_nested(lambda t: derivative("x", t), 1), Num(1))
    assert verdict_on(claim, Given()).kind == "proved"
    high = read("sigmoid(x^2)")
    for _ in range(8):
        high = derivative("x", high)
    assert _timed(lambda: verdict_on(equal(high, add(high, Var("y"))), Given.of("y in reals"))) < 3 * SECONDS


_WITHIN = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from derivations import prove
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for lhs, rhs in {questions!r}:
    prove(lhs, rhs)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_all_of_it_in_little_memory() -> None:
    questions = [*SIZES, *((lhs, rhs) for lhs, rhs, _ in DECIDED)]
    program = _WITHIN.format(questions=questions)
    run = subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True, check=True, timeout=60)
    assert int(run.stdout) < 100_000  # kilobytes


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # an alarm inside a callback rings again
def test_the_time_limit_holds() -> None:
    one, other = read("log(x) / (1 + x^2)"), read("log(x) * (1 + x^2)^(-1)")
    for _ in range(4):
        one, other = derivative("x", one), derivative("x", other)
    start = time.monotonic()
    verdict = prove(one, other, {"x": "positive"}, timeout=0.2)
    assert time.monotonic() - start < 0.7
    assert verdict.kind == "proved" or verdict.reason.split(":")[0] in ("time", "size")

"""A document judged step by step: LaTeX in, a report out.

Each step is judged against the student's own previous line, so that a wrong step is charged once. What cannot be read
is `unread`, a new name is a `definition`, and two readings that disagree are never resolved by guessing.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from types import FrameType
from typing import Final, TypeVar

from derivations.errors import NotationError, OutsideFragment
from derivations.given import Given
from derivations.goals import goals
from derivations.latex.calls import called
from derivations.latex.document import CLAIM, DEFINITION, Chain, Step
from derivations.latex.matrices import fails_for_matrices
from derivations.latex.notations import partially
from derivations.latex.printer import latex
from derivations.latex.profile import Profile, load
from derivations.latex.reader import read_document
from derivations.latex.source import decoded
from derivations.latex.style import Style
from derivations.mistakes import Mistake, recognised
from derivations.prover import under, verdict_on
from derivations.report import Goal, JudgedChain, JudgedStep, Report
from derivations.supposed import in_context, withdrawn
from derivations.term import App, Bind, Num, Term, Var, fresh_name, opened, subterms
from derivations.verdict import Verdict, undecided
from derivations.vocabulary import ARITY, SET_BINDERS

T = TypeVar("T")

TIMEOUT: Final = 10.0
_AGAIN: Final = 0.05  # seconds until an alarm that was not heard rings again
_LEAST: Final = 0.01  # seconds; an alarm cannot be set to nothing
_LEAST_FOR_GOALS: Final = 2.0
_NO_LIMIT: Final = 10.0**6
_ABSTRACT: Final = frozenset({"q", "p", "prior"})  # heads of distributions that may be any
_JUDGED: Final = frozenset({"=", "<", "<=", "!=", ">", ">="})


def check(
    text: str | bytes,
    profile: Profile | str = "seminar7",
    task: str | None = None,
    *,
    path: str = "-",
    timeout: float = TIMEOUT,
    limit: float | None = None,
) -> Report:
    r"""Judge every step of a document.

    `timeout` is the time for one step, `limit` that for the whole document, both in seconds: the steps behind the
    limit are undecided, and the verdicts before it stay.

    Raises: nothing for what stands in the document; a profile that cannot be loaded raises NotationError.

    >>> report = check(r"$$\frac{d}{d\beta} \log(1-\beta) = \frac{1}{1-\beta}$$")
    >>> report.steps[0].verdict.kind, dict(report.steps[0].verdict.counterexample.point)
    ('refuted', {'beta': '1/2'})
    """
    used = load(profile) if isinstance(profile, str) else profile
    document = read_document(text, used, task)
    source = text if isinstance(text, str) else decoded(text)
    style = document.style
    clock = _Clock(timeout, None if limit is None else time.monotonic() + limit)
    equations = _Equations()
    chains = [equations.taken(_judged_chain(chain, style, clock)) for chain in document.chains]
    chains = in_context(chains, document.definitions, clock.judged)
    chains = [replace(chain, recovers=_recovery(chain.steps)) for chain in chains]
    report = Report(path, used.name, document, source, tuple(chains))
    asked = any(setting.tasks for setting in used.settings)
    return replace(report, goals=_goals_in_time(report, clock)) if asked else report


def relation_in_display(
    lhs: str, rhs: str, profile: Profile | str, assumed: Iterable[Term], timeout: float | None
) -> Verdict | None:
    r"""The verdict on lhs = rhs as the one display of a document; None where it is not read as one claim.

    >>> relation_in_display(r"\sum_z p(z|x)", "1", "plain", (), None).kind
    'proved'
    """
    document = read_document(rf"\[ {lhs.strip().strip('$')} = {rhs.strip().strip('$')} \]", profile, assumed=assumed)
    claims = [(chain.given, step) for chain in document.chains for step in chain.steps]
    if len(claims) != 1 or claims[0][1].kind != CLAIM:
        return None
    ((given, step),) = claims
    return _judged(step, given, document.style, _Clock(_NO_LIMIT if timeout is None else timeout, None)).verdict


def outline(
    text: str | bytes, profile: Profile | str = "seminar7", task: str | None = None, *, path: str = "-"
) -> Report:
    r"""A document read but not judged: the chains and steps of `check`, each undecided for want of a judge.

    >>> [step.verdict.reason for step in outline(r"$$x + x = 2x$$").steps]
    ['not judged']
    """
    used = load(profile) if isinstance(profile, str) else profile
    document = read_document(text, used, task)
    chains = tuple(
        JudgedChain(
            chain, tuple(JudgedStep(step, Verdict("undecided", None, reason="not judged")) for step in chain.steps)
        )
        for chain in document.chains
    )
    return Report(path, used.name, document, text if isinstance(text, str) else decoded(text), chains)


@dataclass(frozen=True)
class _Clock:
    """The time for one step, and the moment at which that of the whole document is over."""

    timeout: float
    deadline: float | None

    @property
    def left(self) -> float:
        """The seconds for the next step; not positive where the time of the document is over."""
        return self.timeout if self.deadline is None else min(self.timeout, self.deadline - time.monotonic())

    def judged(self, claim: Term, given: Given) -> Verdict:
        """The verdict in the time that is left."""
        return judged_in_time(claim, given, max(self.left, _LEAST))


def _goals_in_time(report: Report, clock: _Clock) -> dict[str, Goal]:
    """The goals; none where the time is over: what was judged stays, and says nothing about them."""
    try:
        with _time_limit(max(clock.left, _LEAST_FOR_GOALS)):
            return goals(report)
    except _OutOfTime:
        return {}


def _judged_chain(chain: Chain, style: Style, clock: _Clock) -> JudgedChain:
    if chain.shapes is not None:
        style = replace(style, functions=dict(chain.shapes), domains={"bern": App("bits")})
    if _names_a_case(chain):
        step = chain.steps[0]
        case = JudgedStep(step, Verdict("definition", None), notes=(*step.notes, "read as naming a case"))
        return JudgedChain(chain, (case,))
    steps = tuple(_judged(step, chain.given, style, clock) for step in chain.steps)
    return JudgedChain(chain, steps, _recovery(steps))


def _names_a_case(chain: Chain) -> bool:
    """`for beta = 1/2` in running text: a letter and a number claim nothing, they say which case is meant.

    Nor does a value of an abstract function at a number, `q(1 | x) = 1/3`.
    """
    if not chain.inline or len(chain.steps) != 1 or chain.steps[0].relation != "=":
        return False
    left, right = chain.steps[0].lhs, chain.steps[0].rhs
    if right is None or right.free_vars:
        return False
    value = isinstance(left, App) and left.head in _ABSTRACT and any(isinstance(arg, Num) for arg in left.args)
    return isinstance(left, Var) or (value and not isinstance(right, Bind))


def _recovery(steps: tuple[JudgedStep, ...]) -> int | None:
    """The first line after a refuted step that holds again by itself."""
    for before, after in pairwise(steps):
        if before.verdict.kind == "refuted" and after.verdict.kind in ("proved", "conditional"):
            return after.step.line
    return None


def _judged(step: Step, given: Given, style: Style, clock: _Clock) -> JudgedStep:
    read_as = (_shown(step.lhs, style), _shown(step.rhs, style))
    if step.kind == DEFINITION:
        return JudgedStep(step, Verdict("definition", None), read_as, notes=step.notes)
    if step.kind != CLAIM or step.lhs is None or step.rhs is None:
        reason = step.reason or "the notation was not understood"
        return JudgedStep(step, Verdict("unread", None, reason=reason), read_as)
    claim = proposition(step.relation, step.lhs, step.rhs)
    if claim is None:
        reason = f"outside the fragment: the relation {step.relation} is not judged"
        return JudgedStep(step, Verdict("undecided", None, reason=reason), read_as, notes=step.notes)
    if clock.left <= 0:
        late = undecided(claim, "time: the time for this document was over before this step")
        return JudgedStep(step, late, read_as, notes=step.notes)
    verdict = judged_in_time(claim, given, clock.left)
    verdict = _among_readings(verdict, step, given, clock)
    verdict = _by_its_own_words(verdict, step)
    verdict = _as_heard(verdict, step, given, clock)
    verdict = _not_taken_for_granted(verdict, step, given, clock)
    mistake = _mistake(verdict, claim, given)
    return JudgedStep(
        step, verdict, read_as, mistake.code if mistake else None, mistake.hint if mistake else None, step.notes
    )


def proposition(relation: str, left: Term, right: Term) -> App | None:
    """The claim of a step; None for a relation such as `approx` that makes no exact claim."""
    if relation not in _JUDGED:
        return None
    if relation in (">", ">="):
        return App("<" if relation == ">" else "<=", (right, left))
    return App(relation, (left, right))


def _shown(term: Term | None, style: Style) -> str | None:
    if term is None:
        return None
    try:
        return latex(term, style)
    except NotationError:
        return str(term)


def _among_readings(verdict: Verdict, step: Step, given: Given, clock: _Clock) -> Verdict:
    """Where the notation allows other readings, only a verdict that all of them share counts."""
    for left, right in step.readings:
        other = proposition(step.relation, left, right)
        if other is None or verdict.claim is None:
            continue
        second = judged_in_time(other, given, max(clock.left, _LEAST))
        if second.kind != verdict.kind:
            reason = f"ambiguous: read as {other} it is {second.kind}, read as {verdict.claim} it is {verdict.kind}"
            return undecided(verdict.claim, reason)
    return verdict


def _by_its_own_words(verdict: Verdict, step: Step) -> Verdict:
    """What our own reading brought in refutes nothing.

    A name that nothing explains may be defined by the step, and brackets that we supplied may have stood elsewhere.
    """
    if verdict.kind in ("proved", "conditional", "refuted") and isinstance(verdict.claim, App) and step.lhs != step.rhs:
        written = f"{step.lhs_latex} {step.rhs_latex}"
        doubt = called(written, _numbers(verdict.claim)) if "(" in written else ""
        left, right = verdict.claim.args
        if verdict.kind != "refuted" and fails_for_matrices(left, right, step.matrices):
            doubt = "outside the fragment: products of matrices, which need not commute"
        if doubt or verdict.kind != "refuted":
            return undecided(verdict.claim, doubt) if doubt else verdict
        if doubt := partially(f"{step.lhs_latex} {step.rhs_latex}"):
            return undecided(verdict.claim, doubt)
    if verdict.kind == "refuted" and step.unexplained and verdict.claim is not None:
        return undecided(verdict.claim, f"definition missing: what is {', '.join(step.unexplained)}?")
    if verdict.kind == "refuted" and step.repaired and verdict.claim is not None:
        return undecided(verdict.claim, f"ambiguous: the brackets do not match; read as {verdict.claim} it is refuted")
    return verdict


def _numbers(claim: App) -> set[str]:
    """The free letters of a claim that are no sets: A is one where a is summed over A."""
    ranged = {part.arg for part in subterms(claim) if isinstance(part, Bind) and part.head in SET_BINDERS}
    return {name for name in claim.free_vars if Var(name) not in ranged}


def _as_heard(verdict: Verdict, step: Step, given: Given, clock: _Clock) -> Verdict:
    """A step that holds under what its author said of its letters is conditional on it, and refuted only within it."""
    claim = verdict.claim
    heard = tuple(fact for fact in step.heard if fact not in given)
    if not heard or claim is None or verdict.kind not in ("refuted", "undecided"):
        return verdict
    within = given.assume(*heard)
    second = judged_in_time(claim, within, max(clock.left, _LEAST))
    second = _by_its_own_words(_among_readings(second, step, within, clock), step)
    theorem = second.proof if second.kind in ("proved", "conditional") else None
    if theorem is not None:
        found = in_time(lambda: under(claim, theorem, given, heard), max(clock.left, _LEAST))
        return found if found is not None else undecided(claim, f"it holds with {_said(heard)}")
    if verdict.kind == "refuted" and second.kind != "refuted":
        return undecided(claim, f"definition missing: it may be meant with {_said(heard)}")
    return second if second.kind == "refuted" else verdict


def _said(facts: tuple[Term, ...]) -> str:
    return "; ".join(map(str, facts))


def _not_taken_for_granted(verdict: Verdict, step: Step, given: Given, clock: _Clock) -> Verdict:
    """A refutation stands if the counterexample satisfies what authors leave unsaid, in every reading they may mean."""
    claim = verdict.claim
    if verdict.kind != "refuted" or not isinstance(claim, App):
        return verdict
    if step.excuse:
        return undecided(claim, step.excuse)
    if step.relation == "!=":
        equal = judged_in_time(App("=", claim.args), given, max(clock.left, _LEAST))
        if equal.kind not in ("proved", "conditional"):
            return undecided(claim, "ambiguous: it may say that the two are not equal in general")
    for doubt in step.doubts:
        other = proposition(step.relation, doubt.lhs, doubt.rhs)
        within = given.assume(*doubt.facts)
        second = None if other is None else judged_in_time(other, within, max(clock.left, _LEAST))
        if second is not None and doubt.strict and second.kind != "refuted":
            return undecided(claim, f"definition missing: it may be meant with {_said(doubt.facts)}")
        if second is not None and second.kind in ("proved", "conditional"):
            if doubt.hypothesis:
                return undecided(claim, f"definition missing: it holds if {doubt.hypothesis}, which nothing says")
            return undecided(claim, f"ambiguous: read as {other} it holds, read as {claim} it is refuted")
    supposed = tuple(fact for fact in step.suppositions if not _is_law(fact, given, clock))
    if not supposed:
        return verdict
    second = judged_in_time(claim, given.assume(*supposed), max(clock.left, _LEAST))
    if second.kind == "refuted":
        return second
    return undecided(claim, f"definition missing: it may be meant with {_said(supposed)}")


def _is_law(fact: Term, given: Given, clock: _Clock) -> bool:
    """Whether a supposition, that a function is a mass function, holds as it stands."""
    match fact:
        case Bind("pmf", hint, domain, (body,)) if not (isinstance(body, App) and body.head not in ARITY):
            total = App("=", (Bind("sum", hint, domain, (body,)), Num(1)))
            positive = App("<=", (Num(0), opened(fact, fresh_name(hint, fact.free_vars))[0]))
            judged = (judged_in_time(one, given, max(clock.left, _LEAST)).kind for one in (total, positive))
            return all(kind == "proved" for kind in judged)
    return False


class _Equations:
    """Follows equations that are solved: what comes out of a condition holds under it, and is no identity."""

    def __init__(self) -> None:
        self.unknowns: frozenset[str] = frozenset()
        self.held = True

    def taken(self, chain: JudgedChain) -> JudgedChain:
        """A chain, with refutations withdrawn where an equation is, or follows from, a condition on its letters."""
        steps = tuple(self.step(step, chain.chain.form) for step in chain.steps)
        self.held = all(step.verdict.kind in ("proved", "conditional") for step in steps)
        return replace(chain, steps=steps, recovers=_recovery(steps))

    def step(self, step: JudgedStep, form: str) -> JudgedStep:
        """A step, undecided where it is such an equation and was refuted as an identity."""
        verdict, said = step.verdict, step.step
        if verdict.kind != "refuted" or verdict.claim is None or not said.unknowns:
            return step
        solved = said.relation == "=" and Num(0) in (said.lhs, said.rhs)
        if solved or form == "premise" or (form == "implied" and not self.held):
            self.unknowns |= said.unknowns
        elif said.relation != "=" or not said.unknowns <= self.unknowns or _is_calculus(verdict.claim):
            return step
        letters = ", ".join(sorted(said.unknowns))
        what = "an equation" if said.relation == "=" else "a condition"
        reason = f"outside the fragment: {what} for {letters}, which does not hold for all values"
        return withdrawn(step, undecided(verdict.claim, reason))


def _is_calculus(claim: Term) -> bool:
    """Whether an equation has derivatives or expectations, as identities have and solved equations have not."""
    return any(isinstance(part, Bind) and part.head not in ("sum", "prod") for part in subterms(claim))


def _mistake(verdict: Verdict, claim: App, given: Given) -> Mistake | None:
    return recognised(claim, given) if verdict.kind == "refuted" else None


# ---------------------------------------------------------------- time


class _OutOfTime(Exception):
    """The step's time is over."""


def judged_in_time(claim: Term, given: Given, timeout: float | None) -> Verdict:
    """The verdict within so many seconds, else `undecided`; None for no limit."""
    if timeout is None:
        timeout = _NO_LIMIT
    try:
        with _time_limit(timeout):
            return verdict_on(claim, given)
    except _OutOfTime:
        return undecided(claim, f"time: no answer within {timeout:g} s")
    except OutsideFragment as error:
        return undecided(claim, str(error))
    except RecursionError:
        return undecided(claim, "size: the formula is nested too deeply")
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        # A fault of ours in one step must not take the verdicts of all the others with it; it is told, never a verdict.
        return undecided(claim, f"internal error: {type(error).__name__}: {error}")


def in_time(work: Callable[[], T], seconds: float) -> T | None:
    """What the work finds within so many seconds; None where it does not end, or cannot be done."""
    try:
        with _time_limit(seconds):
            return work()
    except (_OutOfTime, OutsideFragment, RecursionError):
        return None


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise _OutOfTime in the main thread after so many seconds; elsewhere there is no limit of this kind.

    The command line runs each file in a process of its own with a limit from outside as well.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    # Again and again, since an exception that is raised inside a callback of a library is swallowed there.
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        except _OutOfTime:  # it rang while it was being turned off
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

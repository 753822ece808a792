r"""The goals of the seminar: how far a document reaches each of them.

Goals are compared by meaning: the required sides are terms, and the accepted steps of the document must lead from one
to the other. Whether a goal is true is not the question here, the sheet proves that; the question is whether this
document shows it. Where a person must read, the answer is `open`.

>>> from derivations.checker import check
>>> text = r"3a) $$\frac{d}{d\beta} E_\beta[z] = \frac{d}{d\beta} \beta = 1$$"
>>> goals(check(text))["3a"].status
'proved'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from derivations.argument import words
from derivations.argument.alike import alike
from derivations.argument.document import Argument
from derivations.argument.paths import Way, standard
from derivations.argument.required import (
    VARIANCE,
    Sides,
    divergences,
    is_closed_form,
    is_closed_sum,
    is_variance,
    required,
)
from derivations.given import Given
from derivations.notation import read
from derivations.prover import theorem_of
from derivations.report import Goal, JudgedStep, Report
from derivations.slips.compensating import compensating
from derivations.slips.refuted import has_complement, mentions
from derivations.term import App, Bind, Num, Term, Var, substituted, subterms

PROVED, CIRCULAR, WRONG, NOT_REACHED, OPEN = "proved", "circular", "wrong", "not reached", "open"
_FALSE: Final = frozenset({"increasing", "constant", "infinite at 1", "zero at 0"})
_RIGHT: Final = frozenset({"decreasing", "infinite at 0", "zero at 1"})
_MEAN: Final = frozenset({alike(read("E[z in bits](bern(beta, z), z)"))})
_SCORE: Final = alike(read("d[beta = beta](log(bern(beta, z)))"))
_PARAMETER: Final[frozenset[Term]] = frozenset({Var("beta")})
_SLOPE_IS_ONE: Final = re.compile(
    r"(?:deriv\w*|ableitung\w*|abgeleitet|slope)[^.]{0,60}?(?:\bis\b|\bist\b|\bje\b|equals?|gleich|=)"
    r"(?:\s+(?:then|just|simply|equal|gleich|dann|also|tedy|rovn\w+|einfach|konstant|constant))*"
    r"\s*(?:to\s*)?\$?\s*=?\s*1\s*\$?(?=[\s.,;)]|$)",
    re.IGNORECASE,
)
_OF_PRIOR: Final = re.compile(r"(?:KL|\\kl)[^A-Za-z]*?[(\[{](?:\\[A-Za-z]+|[\s{(])*p(?![A-Za-z])", re.IGNORECASE)
# Their left sides need not be written once more: a known value is put in, or a known equation multiplied by z.
_CARRIED_ON: Final = frozenset({"3a", "3b.score"})
_CASE_ZERO: Final = re.compile(r"z\s*=\s*0")
_DEPENDS: Final = re.compile(r"depend\w*|abhäng\w*|hängt\b[^.]{0,60}\bab\b|závis\w*|zavis\w*", re.I)


def goals(report: Report) -> dict[str, Goal]:
    """The goals that a document attempts, in the order of the question sheet."""
    if report.document is None:
        return {}
    argument = Argument(report)
    found: dict[str, Goal] = {}
    for name, judge in _JUDGES.items():
        goal = judge(argument, found)
        if goal is not None:
            found[name] = goal
    return found | _summand(found)


def _summand(found: dict[str, Goal]) -> dict[str, Goal]:
    """The formula for a pair may stand inside the sum over the components."""
    pair, joint = found.get("2a.pair"), found.get("2a.sum")
    if joint is None or joint.status != PROVED or (pair is not None and pair.status != NOT_REACHED):
        return {}
    return {"2a.pair": Goal(OPEN, joint.line, "the formula for a pair stands inside the sum over the components")}


def _wrong(step: JudgedStep) -> Goal:
    return Goal(WRONG, step.step.line, f"the step to {words.quoted(step.step.rhs_latex)} is refuted")


def _reached(path: list[Way]) -> Goal:
    lines = sorted({way.step.step.line for way in path})
    where = f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]} to {lines[-1]}"
    return Goal(PROVED, lines[-1], f"accepted steps lead from one side to the other: {where}")


def _hanging(path: list[Way]) -> Goal:
    step = next((way.step for way in path if not way.sure), path[-1].step)
    kind = "repaired" if step.step.repaired else step.verdict.kind
    why = step.verdict.reason or "; ".join(step.notes) or "; ".join(map(str, step.verdict.conditions))
    return Goal(OPEN, step.step.line, f"hangs on a step that is {kind}" + (f": {words.quoted(why)}" if why else ""))


# ---------------------------------------------------------------- equations to be shown


def _equation(name: str) -> Callable[[Argument, dict[str, Goal]], Goal | None]:
    def judge(argument: Argument, found: dict[str, Goal]) -> Goal | None:
        sides = required(name, argument.report.chains)
        refuted = argument.refuted(name)
        if refuted is not None:
            return _wrong(refuted)
        path = argument.paths.path(sides.starts, sides.ends, sure=True)
        direct = argument.paths.between(sides.starts, sides.ends)
        if path is not None:
            return _shown(name, argument, path, direct)
        by_parts = _by_parts(name, argument, sides, direct)
        if by_parts is not None:
            return by_parts
        if direct:
            return _asserted(name, argument, direct)
        weak = argument.paths.path(sides.starts, sides.ends, sure=False, hops=1)
        if weak is not None:
            return _hanging(weak)
        implied = argument.paths.path(sides.starts, sides.ends, sure=True, as_written=False)
        if implied is not None and name in _CARRIED_ON and _is_carried_out(implied, sides):
            return _reached(implied)
        if implied is not None and name in argument.by_goal:
            line = max(way.step.step.line for way in implied)
            return Goal(OPEN, line, "the steps would do, but the claim is not written down")
        return _unfinished(name, argument)

    return judge


def _is_carried_out(path: list[Way], sides: Sides) -> bool:
    """Whether the steps begin at one side of the claim, put in, and end with an equation that states the other."""
    ends = {path[0].start, path[0].end, path[-1].start, path[-1].end}
    stated = [way for way in (path[0], path[-1]) if not way.inside]
    return len(path) > 1 and bool(ends & sides.ends) and bool(stated) and compensating(path) is None


def _shown(name: str, argument: Argument, path: list[Way], direct: list[Way]) -> Goal:
    """A path in between; put together from several places it may start from the claim itself."""
    leap = _leap(path) if name == "2b" else None
    if leap is not None:
        line = leap.step.step.line
        status = CIRCULAR if words.assumes(argument.prose(name)) else OPEN
        return Goal(status, line, "the step needs that the second sum is zero, which is to be shown")
    hidden = compensating(path) if name in _CARRIED_ON else None
    if hidden is not None:
        return Goal(OPEN, hidden.step.step.line, "the step holds for bits only: a lost sign would not show here")
    together = len({way.chain for way in path}) == 1 and not any(way.inside for way in path)
    first = min(way.chain for way in path)
    claimed = next((way for way in direct if way.chain < max(first, path[-1].chain)), None)
    return _reached(path) if together or claimed is None else _after_claim(name, argument, path, claimed)


def _after_claim(name: str, argument: Argument, path: list[Way], claimed: Way) -> Goal:
    """The steps, from several places, come after the claim: announced, assumed, or a person must read which."""
    line = claimed.step.step.line
    before, text = argument.before(claimed.chain), argument.prose(name[:2])
    if _ends_in_nothing(name, argument) or (words.verifies(text) and not words.announces(before)):
        return Goal(CIRCULAR, line, "the claim itself is the first step, and the others follow from it")
    if words.assumes(text):
        return Goal(CIRCULAR, line, f"the claim is assumed: {words.assumption(text)}")
    if words.announces(before) and not words.verifies(text):
        return _reached(path)
    return Goal(OPEN, line, f"the claim stands before its argument: {words.quoted(before)}")


def _ends_in_nothing(name: str, argument: Argument) -> bool:
    """Whether the argument comes to a triviality such as 0 = 0, from which nothing follows."""
    for chain in argument.by_goal.get(name, []):
        for step in chain.steps:
            left, right = step.step.lhs, step.step.rhs
            if left is not None and right is not None and alike(left) == alike(right) and isinstance(right, Num):
                return True
    return False


def _leap(path: list[Way]) -> Way | None:
    """A step that needs the normalisation without showing the sum of the probabilities: the claim in disguise."""
    for way in path:
        if isinstance(way.start, Num) and isinstance(way.end, Num):
            continue
        given = Given(fact for fact in _given(way.step) if not (isinstance(fact, Bind) and fact.head == "pmf"))
        claim = way.step.verdict.claim
        if claim is None or way.inside or any(_shows_total(side) for side in (way.start, way.end)):
            continue
        if theorem_of(claim, given) is None:
            return way
    return None


def _given(step: JudgedStep) -> Given:
    proof = step.verdict.proof
    return Given() if proof is None else proof.given


def _shows_total(side: object) -> bool:
    """Whether a side holds the sum of the probabilities, or of their derivatives."""
    if not isinstance(side, Term):
        return False
    return any(isinstance(part, Bind) and part.head == "sum" and _is_weight(part.bodies[0]) for part in subterms(side))


def _is_weight(body: Term) -> bool:
    inner = body.bodies[0] if isinstance(body, Bind) and body.head == "d" else body
    return isinstance(inner, App) and inner.head in ("q", "bern")


def _by_parts(name: str, argument: Argument, sides: Sides, direct: list[Way]) -> Goal | None:
    """3a from the mean and its derivative, 3b.score from the two values of z."""
    text = argument.text(name[:2])
    if name == "3a":
        mean = argument.paths.path(_MEAN, _PARAMETER, sure=True, hops=1)
        if mean is not None and (direct or _SLOPE_IS_ONE.search(text) or _SLOPE_IS_ONE.search(_czech(text))):
            return _reached([*mean, *direct[:1]])
    if name == "3b.score" and direct:
        known = _case_of_one(argument, sides) if _CASE_ZERO.search(text) else None
        known = known or _score_before(argument, direct[-1])
        return None if known is None else _reached([*known, *direct[-1:]])
    return None


def _case_of_one(argument: Argument, sides: Sides) -> list[Way] | None:
    """The equation at z = 1; at z = 0 both sides vanish."""
    at_one: dict[str, Term] = {"z": Num(1)}
    starts = frozenset(alike(substituted(one, at_one)) for one in sides.starts)
    ends = frozenset(alike(substituted(one, at_one)) for one in sides.ends)
    return argument.paths.path(starts, ends, sure=True, hops=1)


def _score_before(argument: Argument, direct: Way) -> list[Way] | None:
    """The score itself, differentiated out before it is multiplied by z."""
    earlier = [way for way in argument.paths.sure() if way.chain <= direct.chain]
    places = {place for way in earlier for place in (way.start, way.end) if isinstance(place, Term)}
    values = frozenset(place for place in places if not mentions(place, "d") and has_complement(place))
    path = argument.paths.path(frozenset({_SCORE}), values, sure=True, hops=1)
    known = path is not None and all(way.chain <= direct.chain for way in path) and compensating(path) is None
    return path if known else None


def _czech(text: str) -> str:
    return re.sub(r"derivac\w*", "derivative", text, flags=re.I)


def _asserted(name: str, argument: Argument, direct: list[Way]) -> Goal:
    """The claim stands there, and nothing leads from one side to the other."""
    line = direct[-1].step.step.line
    text = argument.prose(name[:2])
    others = [
        step
        for chain in argument.by_goal.get(name, [])
        for step in chain.steps
        if step.verdict.kind in ("proved", "definition") and all(step is not way.step for way in direct)
    ]
    if others and (words.assumes(text) or (words.verifies(text) and line < others[-1].step.line)):
        return Goal(CIRCULAR, line, f"the claim is assumed: {words.assumption(text) or words.quoted(text)}")
    if words.assumes(text):
        return Goal(CIRCULAR, line, f"the claim is assumed: {words.assumption(text)}")
    if others or len(text.split()) > 30:
        return Goal(OPEN, line, f"the claim is asserted; a person must read why: {words.quoted(text)}")
    return Goal(NOT_REACHED, line, "the claim is only asserted")


def _unfinished(name: str, argument: Argument) -> Goal | None:
    chains = argument.by_goal.get(name, [])
    steps = [step for chain in chains for step in chain.steps]
    text = argument.prose(name[:2]).strip()
    hanging = next((step for step in steps if step.verdict.kind in ("undecided", "unread", "conditional")), None)
    if hanging is not None:
        why = hanging.verdict.reason or "; ".join(map(str, hanging.verdict.conditions))
        return Goal(OPEN, hanging.step.line, f"hangs on a step that is {hanging.verdict.kind}: {words.quoted(why)}")
    if steps:
        last = steps[-1].step.line
        if len(text.split()) > 15:
            return Goal(OPEN, last, f"the claim is not written down; a person must read: {words.quoted(text)}")
        return Goal(NOT_REACHED, last, "the steps do not lead from one side to the other")
    if "." in name and name != "1b.identity":
        return None
    return Goal(OPEN, None, f"only prose: {words.quoted(text)}") if len(text.split()) > 5 else None


# ---------------------------------------------------------------- 1b: the conclusion


def _unbiased(argument: Argument, found: dict[str, Goal]) -> Goal | None:
    refuted = argument.refuted("1b.unbiased")
    if refuted is not None:
        return _wrong(refuted)
    text = argument.text("1b")
    estimates = [step for step in argument.accepted("1b") if _is_mean_of_estimate(step, argument)]
    passage = words.speaks_of_bias(text)
    if not estimates and passage is None and "1b.unbiased" not in argument.by_goal:
        return None
    identity = found.get("1b.identity")
    line = estimates[-1].step.line if estimates else None if identity is None else identity.line
    if identity is not None and identity.status == WRONG:
        return Goal(WRONG, identity.line, "it rests on the log-trick, whose argument holds a refuted step")
    if identity is not None and identity.status == PROVED:
        if estimates:
            return Goal(PROVED, line, "the mean of the estimate is the sum that the log-trick leads to")
        if words.calls_unbiased(text):
            return Goal(PROVED, line, f"concluded from the log-trick: {passage}")
    return Goal(OPEN, line, f"a person must read: {passage or words.quoted(text)}")


def _is_mean_of_estimate(step: JudgedStep, argument: Argument) -> bool:
    sides = required("1b.identity", argument.report.chains)
    means = [side for side in (step.step.lhs, step.step.rhs) if isinstance(side, Bind) and side.head == "E"]
    return any(alike(standard(side, argument.names.get("encoder", {}))) in sides.ends for side in means)


# ---------------------------------------------------------------- formulas


def _pair(argument: Argument, found: dict[str, Goal]) -> Goal | None:
    starts, _ = divergences(argument.paths.ways)
    goal = _formula("2a.pair", argument, starts, is_closed_form)
    steps = [step.step for chain in argument.by_goal.get("2a.pair", []) for step in chain.steps]
    other = next((step for step in steps if _OF_PRIOR.search(step.lhs_latex)), None)
    if goal is None or goal.status != PROVED or other is None:
        return goal
    return Goal(OPEN, other.line, f"is it the divergence that was asked for? {words.quoted(other.lhs_latex)}")


def _sum(argument: Argument, found: dict[str, Goal]) -> Goal | None:
    _, starts = divergences(argument.paths.ways)
    goal = _formula("2a.sum", argument, starts, is_closed_sum)
    passage = words.speaks_of_components(argument.prose("2a"))
    if goal is not None or passage is None:
        return goal
    pair = found.get("2a.pair")
    if pair is not None and pair.status == WRONG:
        return Goal(WRONG, pair.line, "the formula that is added up rests on a refuted step")
    return Goal(OPEN, None, f"a person must read: {passage}")


def _variance(argument: Argument, found: dict[str, Goal]) -> Goal | None:
    places = {place for way in argument.paths.ways for place in (way.start, way.end)}
    starts = frozenset(place for place in places if isinstance(place, Term) and is_variance(place))
    return _formula("3b.variance", argument, starts, lambda place: place == VARIANCE)


def _formula(name: str, argument: Argument, starts: frozenset[Term], is_answer: Callable[[Term], bool]) -> Goal | None:
    """A formula was asked for: accepted steps, or a single one, must lead to it."""
    refuted = argument.refuted(name)
    if refuted is not None:
        return _wrong(refuted)
    places = {place for way in argument.paths.ways for place in (way.start, way.end)}
    ends = frozenset(place for place in places if isinstance(place, Term) and is_answer(place))
    path = argument.paths.path(starts, ends, sure=True, hops=1)
    if path is not None:
        return _reached(path)
    weak = argument.paths.path(starts, ends, sure=False, hops=1)
    return _hanging(weak) if weak is not None else _unfinished(name, argument)


# ---------------------------------------------------------------- 3b: how the variance depends on the parameter


def _dependence(argument: Argument, found: dict[str, Goal]) -> Goal | None:
    refuted = argument.refuted("3b.dependence")
    if refuted is not None:
        return _wrong(refuted)
    prose = argument.prose("3b")
    said = words.dependence(prose)
    steps = [step for chain in argument.by_goal.get("3b.dependence", []) for step in chain.steps]
    line = steps[-1].step.line if steps else None
    if not said and not steps:
        asked = _DEPENDS.search(prose)
        rest = argument.after_last("3b")
        if asked is not None:
            return Goal(OPEN, None, f"a person must read: {words.sentence(prose, asked.start())}")
        return Goal(OPEN, None, f"a person must read: {words.quoted(rest)}") if words.speaks_of_variance(rest) else None
    passage = words.dependence_passage(prose)
    if said & _FALSE and "unclear" not in said:
        return Goal(WRONG, line, f"the variance is not {', '.join(sorted(said & _FALSE))} in the parameter: {passage}")
    variance = found.get("3b.variance")
    accepted = all(step.verdict.kind in ("proved", "definition") for step in steps)
    if accepted and said <= _RIGHT and variance is not None and variance.status == PROVED:
        return Goal(PROVED, line or variance.line, passage or "the slope or the limits are proved")
    return Goal(OPEN, line, f"a person must read: {passage}" if passage else "hangs on a step that is not proved")


_JUDGES: Final[dict[str, Callable[[Argument, dict[str, Goal]], Goal | None]]] = {
    "1b.identity": _equation("1b.identity"),
    "1b.unbiased": _unbiased,
    "2a.pair": _pair,
    "2a.sum": _sum,
    "2b": _equation("2b"),
    "3a": _equation("3a"),
    "3b.score": _equation("3b.score"),
    "3b.variance": _variance,
    "3b.dependence": _dependence,
}

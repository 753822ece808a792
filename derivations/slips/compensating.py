"""Steps that are right only because a bit is 0 or 1, so that a wrong sign in them would not show.

A term with 1 - z that is multiplied by z vanishes on {0, 1}, whatever stands in it. An argument that differentiates has
to be right before that: for real z, or with the factor z taken away.
"""

from __future__ import annotations

from typing import Final

from derivations.argument.alike import alike
from derivations.argument.paths import Way
from derivations.given import Given
from derivations.prover import theorem_of
from derivations.slips.refuted import has_complement, mentions
from derivations.term import App, Bind, Num, Term, Var, bind, opened

_BIT: Final = "z"


def compensating(path: list[Way]) -> Way | None:
    """A derivative carried out with a term in 1 - beta that is right only because z (1 - z) = 0."""
    for way in path:
        claim = way.step.verdict.claim
        if not isinstance(claim, App) or claim.head != "=" or way.inside:
            continue
        slopes = [mentions(side, "d") for side in claim.args]
        if slopes[0] == slopes[1] or not has_complement(claim.args[slopes[0]]):
            continue
        proof = way.step.verdict.proof
        if not _holds_by_itself(claim, Given() if proof is None else proof.given):
            return way
    return None


def _holds_by_itself(claim: App, given: Given) -> bool:
    plain = App("=", [alike(side) for side in claim.args])
    summed = any(mentions(side, "sum", "E") for side in claim.args)
    if not summed and theorem_of(plain, _with_real_bits(given)) is not None:
        return True
    bits = [name for name in given.names if App("in", (Var(name), App("bits"))) in given.facts] or [_BIT]
    for name in bits:
        divided = [_divided(side, name) for side in claim.args]
        if divided[0] is not None and divided[1] is not None:
            known = Given([*given, App("in", (Var(name), App("bits")))])
            return theorem_of(App("=", (divided[0], divided[1])), known) is not None
    return summed  # nothing was multiplied by the bit


def _with_real_bits(given: Given) -> Given:
    reals = {App("in", (Var(name), App("bits"))): App("in", (Var(name), App("reals"))) for name in given.names}
    return Given(reals.get(fact, fact) if isinstance(fact, App) else fact for fact in given)


def _divided(term: Term, name: str) -> Term | None:
    """A term without one factor z; of a sum over z, the summand without it. None where it has none."""
    if term == Var(name):
        return Num(1)
    if isinstance(term, App) and term.head == "*":
        for place, factor in enumerate(term.args):
            inner = _divided(factor, name)
            if inner is not None:
                return App("*", (*term.args[:place], inner, *term.args[place + 1 :]))
    if isinstance(term, App) and term.head in ("+", "-"):
        parts = [_divided(arg, name) for arg in term.args]
        return App(term.head, [part for part in parts if part is not None]) if None not in parts else None
    if isinstance(term, App) and term.head == "^" and term.args[0] == Var(name) and isinstance(term.args[1], Num):
        return Var(name) if term.args[1] == Num(2) else None
    if isinstance(term, App) and term.head in ("/", "neg"):
        inner = _divided(term.args[0], name)
        return None if inner is None else App(term.head, (inner, *term.args[1:]))
    if isinstance(term, Bind) and term.head == "d" and isinstance(term.arg, Var):
        inner = _divided(opened(term, term.arg.name)[0], name)
        return None if inner is None else bind("d", term.arg.name, term.arg, inner)
    if isinstance(term, Bind) and term.head == "sum" and term.arg == App("bits"):
        return _divided(opened(term, name)[0], name)
    if isinstance(term, Bind) and term.head == "E" and term.arg == App("bits"):
        weight, body = opened(term, name)
        inner = _divided(body, name)
        return None if inner is None else App("*", (weight, inner))
    return None

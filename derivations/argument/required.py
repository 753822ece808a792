"""The sides that the goals of the seminar lead between, as the claims of the sheet state them.

What the author calls the parameter of the bit and the number of draws does not matter, nor which function of z stands
in the place of log p(x | z), as long as it does not depend on the encoder's parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from derivations.argument.alike import alike
from derivations.argument.paths import Place, Way
from derivations.notation import read
from derivations.report import JudgedChain
from derivations.seminar7 import CLAIMS
from derivations.term import App, Bind, Num, Term, Var, bind, opened, subterms

DECODER: Final = read("log(p(theta, x, z))")
VARIANCE: Final = alike(read("(1 - beta) / (m * beta)"))
_CLAIMS: Final = {
    "1b.identity": "log-trick",
    "2b": "zero-score",
    "3a": "derivative-of-mean",
    "3b.score": "z-times-score",
}
_SETS: Final = frozenset({"tuples", "range"})
_ABSTRACT: Final = frozenset({"f", "g", "h", "F", "G", "J", "L", "c", "r"})


@dataclass(frozen=True)
class Sides:
    """The places from which and to which a goal leads."""

    starts: frozenset[Term]
    ends: frozenset[Term]


def required(goal: str, chains: tuple[JudgedChain, ...]) -> Sides:
    """The sides of a goal whose claim is an equation between two terms."""
    left, right = _statement(_CLAIMS[goal])
    if goal != "1b.identity":
        return Sides(frozenset({alike(left)}), frozenset({alike(right)}))
    functions = (DECODER, *_functions(chains))
    starts = frozenset(alike(_put_in(left, one)) for one in functions)
    ends = frozenset(alike(_put_in(right, one)) for one in functions)
    return Sides(starts, ends)


@cache
def _statement(name: str) -> tuple[Term, Term]:
    claim = next(claim for claim in CLAIMS if claim.name == name).proposition
    if not isinstance(claim, App):
        raise TypeError(f"the claim {name} is no equation")
    return claim.args[0], claim.args[1]


def _put_in(term: Term, function: Term) -> Term:
    """Another function of z in the place of log p(x | z)."""
    if function == DECODER:
        return term
    if isinstance(term, Bind):
        name = "z" if term.head == "sum" else term.hint
        bodies = [_put_in(body, function) for body in opened(term, name)]
        return bind(term.head, name, term.arg, *bodies)
    if term == DECODER:
        return function
    return App(term.head, [_put_in(arg, function) for arg in term.args]) if isinstance(term, App) else term


def _functions(chains: tuple[JudgedChain, ...]) -> Iterator[Term]:
    """Abstract functions of z, other than the distributions, that sums and means over Z hold."""
    seen: set[Term] = set()
    for chain in chains:
        if chain.chain.setting != "encoder":
            continue
        for step in chain.steps:
            for side in (step.step.lhs, step.step.rhs):
                for part in subterms(side) if side is not None else ():
                    if isinstance(part, Bind) and part.head in ("sum", "E") and part.arg == Var("Z") and not part.loose:
                        seen.update(one for body in opened(part, "z") for one in _calls(body))
    yield from sorted(seen, key=str)


def _calls(body: Term) -> Iterator[Term]:
    for part in subterms(body):
        if isinstance(part, App) and part.head in _ABSTRACT and part.args[-1:] == (Var("z"),) and not part.loose:
            yield part


# ---------------------------------------------------------------- the author's letters


def letters(chains: tuple[JudgedChain, ...]) -> dict[str, dict[str, Term]]:
    """For each setting, the author's letters with those of the seminar."""
    found: dict[str, dict[str, Term]] = {"score": _told(chains)}
    for chain in chains:
        names: dict[str, Term] = {own: Var(name) for own, name in chain.chain.letters.items()}
        found[chain.chain.setting] = found.get(chain.chain.setting, {}) | names
    return found


def _told(chains: tuple[JudgedChain, ...]) -> dict[str, Term]:
    """What the laws of assignment 3 call the parameter and the number of draws, if not beta and m."""
    chances: set[str] = set()
    sizes: set[str] = set()
    for chain in chains:
        if chain.chain.setting != "score":
            continue
        for step in chain.steps:
            for side in (step.step.lhs, step.step.rhs):
                for part in subterms(side) if side is not None else ():
                    if isinstance(part, App) and part.head == "bern" and isinstance(part.args[0], Var):
                        chances.add(part.args[0].name)
                    elif isinstance(part, App) and part.head in _SETS and isinstance(part.args[1], Var):
                        sizes.add(part.args[1].name)
    found: dict[str, Term] = {}
    for names, name in ((chances, "beta"), (sizes, "m")):
        if len(names) == 1 and (only := names.pop()) != name:
            found[only] = Var(name)
    return found


# ---------------------------------------------------------------- goals that ask for a formula


def is_closed_form(place: Place) -> bool:
    """Whether a side is a formula in the parameters alone."""
    return isinstance(place, Term) and not any(
        isinstance(part, Bind)
        or (isinstance(part, App) and part.head in ("bern", "q", "p", "prior") and not _at_one(part))
        for part in subterms(place)
    )


def _at_one(part: App) -> bool:
    """Whether a part is the probability of 1, which is the parameter itself."""
    return part.head == "bern" and part.args[1] == Num(1)


def is_closed_sum(place: Place) -> bool:
    """Whether a side is a sum over the components, without a sum over their values."""
    if not isinstance(place, Term):
        return False
    binders = [part for part in subterms(place) if isinstance(part, Bind)]
    return bool(binders) and all(_is_over_components(one) for one in binders)


def _is_over_components(term: Bind) -> bool:
    return term.head == "sum" and isinstance(term.arg, App) and term.arg.head in ("range", "without")


def is_variance(place: Place) -> bool:
    """Whether a side is a variance that knows the number of draws, in whatever way it is written."""
    return isinstance(place, Term) and "m" in place.free_vars and any(_head(part) == "Var" for part in subterms(place))


def divergences(ways: list[Way]) -> tuple[frozenset[Term], frozenset[Term]]:
    """The sides that are divergences of a pair of bits, and those of factorised distributions."""
    pair: set[Term] = set()
    joint: set[Term] = set()
    for way in ways:
        for place in (way.start, way.end):
            if isinstance(place, Bind) and place.head == "sum":
                of_logarithm = any(_head(part) == "log" for part in subterms(place))
                if of_logarithm and place.arg == App("bits"):
                    pair.add(place)
                elif of_logarithm and _head(place.arg) == "tuples":
                    joint.add(place)
    return frozenset(pair), frozenset(joint)


def _head(term: Term) -> str:
    return term.head if isinstance(term, (App, Bind)) else ""

"""The equations of a document as a graph: sides are places, steps lead from one to the other, in both directions.

A side that was not read is a place of its own, so that a way through it is seen but not trusted. Equations between
parts lead on as well: with a = b known, a place with a in it leads to the same with b.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from derivations.argument.alike import alike, without_common_terms
from derivations.prover import theorem_of
from derivations.report import JudgedChain, JudgedStep
from derivations.term import App, Bind, Num, Term, Var, bind, opened, subterms
from derivations.vocabulary import ARITHMETIC

_MOST_PLACES: Final = 300
_MOST_REWRITINGS: Final = 400
_MOST_HOPS: Final = 12
_ACCEPTED: Final = frozenset({"proved", "definition"})

Place: TypeAlias = "Term | tuple[int, int]"  # a side in the one notation, or the place of an unread one


@dataclass(frozen=True)
class Way:
    """An equation from one place to another: the step where it is written, and whether that was accepted."""

    start: Place
    end: Place
    step: JudgedStep
    chain: int
    sure: bool
    inside: bool = False  # an equation between parts of the places


@dataclass
class Paths:
    """All equations of a document."""

    ways: list[Way] = field(default_factory=list)

    @classmethod
    def of(cls, chains: Iterable[JudgedChain], renamed: Mapping[str, dict[str, Term]]) -> Paths:
        """The equations of the chains; `renamed` has the author's letters with the seminar's for each setting."""
        found = cls()
        for number, chain in enumerate(chains):
            for place, step in enumerate(chain.steps):
                if not is_definition(step) or _holds(step, chain):
                    found.ways.extend(_ways(step, number, place, renamed.get(chain.chain.setting, {})))
        return found

    def sure(self) -> list[Way]:
        """The accepted equations."""
        return [way for way in self.ways if way.sure]

    def between(self, starts: frozenset[Term], ends: frozenset[Term], *, sure: bool = True) -> list[Way]:
        """The equations that lead from a start to an end at once."""
        ways = self.sure() if sure else self.ways
        return [way for way in ways if _joins(way, starts, ends)]

    def path(
        self, starts: frozenset[Term], ends: frozenset[Term], *, sure: bool, hops: int = 2, as_written: bool = True
    ) -> list[Way] | None:
        """A shortest way of at least `hops` (one or two) equations from a start to an end.

        With two, none of them joins the two at once. `as_written`: both sides must stand somewhere in the document.
        """
        ways = [way for way in self.ways if way.sure or not sure]
        allowed = ways if hops < 2 else [way for way in ways if not _joins(way, starts, ends)]
        if as_written:
            written = {place for way in ways for place in (way.start, way.end)}
            starts, ends = (frozenset(side for side in sides if side in written) for sides in (starts, ends))
        return _Search(allowed, ends).from_any(starts) or _Search(allowed, starts).from_any(ends)


def is_definition(step: JudgedStep) -> bool:
    """Whether a step introduces a name; nothing follows from that, unless it is an equation that holds."""
    return step.verdict.kind == "definition"


def _holds(step: JudgedStep, chain: JudgedChain) -> bool:
    left, right = step.step.lhs, step.step.rhs
    return left is not None and right is not None and theorem_of(App("=", (left, right)), chain.chain.given) is not None


def _ways(step: JudgedStep, number: int, place: int, renamed: dict[str, Term]) -> Iterator[Way]:
    written = step.step
    if written.relation != "=" or (step.verdict.kind == "refuted" and not written.repaired):
        return
    sure = step.verdict.kind in _ACCEPTED and not written.repaired
    left, right = _renamed(written.lhs, renamed), _renamed(written.rhs, renamed)
    start: Place = (number, place) if left is None else alike(left)
    end: Place = (number, place + 1) if right is None else alike(right)
    if start != end:
        yield Way(start, end, step, number, sure)
    if left is not None and right is not None:
        reduced = without_common_terms(left, right)
        if reduced is not None and reduced[0] != reduced[1]:
            yield Way(*reduced, step, number, sure)


def _renamed(term: Term | None, names: dict[str, Term]) -> Term | None:
    return term if term is None or not names else standard(term, names)


def standard(term: Term, names: dict[str, Term]) -> Term:
    """The term with other names for its free variables; the hints of binders at them follow."""
    if isinstance(term, Var):
        return names.get(term.name, term)
    if isinstance(term, App):
        return App(term.head, [standard(arg, names) for arg in term.args])
    if isinstance(term, Bind):
        arg = standard(term.arg, names)
        hint = arg.name if isinstance(arg, Var) and term.arg == Var(term.hint) else term.hint
        return Bind(term.head, hint, arg, [standard(body, names) for body in term.bodies])
    return term


def _joins(way: Way, starts: frozenset[Term], ends: frozenset[Term]) -> bool:
    return (way.start in starts and way.end in ends) or (way.end in starts and way.start in ends)


class _Search:
    """A search from the starts, breadth first."""

    def __init__(self, ways: list[Way], ends: frozenset[Term]) -> None:
        self.ends = ends
        self.next: dict[Place, list[Way]] = {}
        for way in ways:
            self.next.setdefault(way.start, []).append(way)
            self.next.setdefault(way.end, []).append(way)
        self.parts = [part for way in ways if way.sure for part in _parts(way)]
        self.rewritings = 0

    def from_any(self, starts: frozenset[Term]) -> list[Way] | None:
        seen: dict[Place, tuple[Place, Way] | None] = dict.fromkeys(starts)
        waiting: deque[tuple[Place, int]] = deque((start, 0) for start in starts)
        while waiting and len(seen) < _MOST_PLACES:
            here, hops = waiting.popleft()
            if hops >= _MOST_HOPS or (hops and isinstance(here, Num)):
                continue  # what equals a number equals many other things
            for there, way in self.onward(here):
                if there in seen:
                    continue
                seen[there] = here, way
                if isinstance(there, Term) and there in self.ends:
                    return _traced(there, seen)
                waiting.append((there, hops + 1))
        return None

    def onward(self, here: Place) -> Iterator[tuple[Place, Way]]:
        for way in self.next.get(here, ()):
            yield (way.end if way.start == here else way.start), way
        if not isinstance(here, Term):
            return
        for before, after, way in self.parts:
            if self.rewritings >= _MOST_REWRITINGS:
                return
            if before != here and not (before.free_vars - _bound_names(here) - here.free_vars):
                self.rewritings += 1
                changed = _replaced(here, before, after)
                if changed != here:
                    there = alike(changed)
                    yield there, Way(here, there, way.step, way.chain, way.sure, inside=True)


def _traced(end: Place, seen: dict[Place, tuple[Place, Way] | None]) -> list[Way]:
    path: list[Way] = []
    came = seen[end]
    while came is not None:
        before, way = came
        path.append(way)
        came = seen[before]
    return path[::-1]


def _parts(way: Way) -> Iterator[tuple[Term, Term, Way]]:
    """What an equation lets one put for a part; arithmetic has no definite place in the one notation."""
    if isinstance(way.start, Term) and isinstance(way.end, Term):
        for one, other in ((way.start, way.end), (way.end, way.start)):
            if isinstance(one, (App, Bind)) and one.head not in ARITHMETIC:
                yield one, other, way


def _bound_names(term: Term) -> frozenset[str]:
    return frozenset(part.hint for part in subterms(term) if isinstance(part, Bind))


def _replaced(term: Term, before: Term, after: Term) -> Term:
    """`after` for every `before`, also where a bound variable has the name that is free in them."""
    if term == before:
        return after
    if isinstance(term, App):
        return App(term.head, [_replaced(arg, before, after) for arg in term.args])
    if isinstance(term, Bind):
        name = term.hint
        if name in term.free_vars and term.arg != Var(name):
            return term
        if any(name in body.free_vars for body in term.bodies):
            return term
        bodies = [_replaced(alike(body), before, after) for body in opened(term, name)]
        return bind(term.head, name, _replaced(term.arg, before, after), *bodies)
    return term

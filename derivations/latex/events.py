r"""Probabilities of events: `P(A \cup B)`, `P(A^c)`, `P(A \mid B)`; an event is a function of the outcome, 0 or 1.

Unions, intersections and complements are polynomials in these functions, in which no event stands twice in a product.
Letters are events where the chain forms a union, an intersection or a complement of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from derivations.latex.laws import Laws
from derivations.latex.nodes import Node, Nodes
from derivations.latex.outcomes import OUTCOMES
from derivations.latex.scope import Scope
from derivations.term import App, Num, Term, Var, add, bind, div, mul, neg, sub

# A polynomial in events: products of different events with their coefficients.
_Event: TypeAlias = "dict[frozenset[str], int]"
_ONE: Final = frozenset[str]()
_JOINED: Final = frozenset({"cup", "cap", "\\", "not", "empty"})
_SIGNS: Final = _JOINED | {",", "|"}
_COMPLEMENT: Final = frozenset({"c", "complement", "C"})
_LETTER: Final = re.compile(r"[A-Z](_bar)?")
_RELATED: Final = re.compile(
    r"\b(?:independen\w*|disjoint|exclusive|partition\w*|exhaustive|impl(?:y|ies)|unabhängig\w*|disjunkt\w*|nezávisl\w*)\b"
    r"|\\(?:subset|subseteq|supset|supseteq|perp|emptyset|varnothing)(?![A-Za-z])",
    re.IGNORECASE,
)


class Events(Laws):
    """Reads probabilities of events."""

    def call(self, node: Node, group: Node) -> Term | None:
        """The probability of an event, where the chain speaks of events."""
        if self.scope.events and node.value == "P" and group.kind == "group" and group.value in ("(", "[", "{"):
            return self.probability(group.parts[0])
        return super().call(node, group)

    def probability(self, inside: Nodes) -> Term:
        """P(A | B) as the quotient of two means."""
        bars = [place for place, one in enumerate(inside) if (one.kind, one.value) == ("sign", "|")]
        if len(bars) > 1:
            raise self.fail(inside[bars[1]], "one condition behind a bar")
        event = self.event(Nodes(inside[: bars[0]] if bars else inside))
        if not bars:
            return self.mean(event)
        behind = self.event(Nodes(inside[bars[0] + 1 :]))
        return div(self.mean(self.both(event, behind)), self.mean(behind))

    def mean(self, event: _Event) -> Term:
        """The mean of a polynomial in events."""
        terms = [_monomial(names, number) for names, number in sorted(event.items(), key=_order) if number]
        if not terms or terms == [Num(1)]:
            return terms[0] if terms else Num(0)
        body = terms[0]
        for one in terms[1:]:
            body = sub(body, one.args[0]) if isinstance(one, App) and one.head == "neg" else add(body, one)
        for name in sorted(frozenset[str]().union(*event)):
            fact = App("in", (App(name, (Var("?w"),)), App("bits")))
            if fact not in self.scope.facts:
                self.scope.facts.append(fact)
        return bind("E", OUTCOMES.name, OUTCOMES.domain, OUTCOMES.pmf, body)

    def event(self, nodes: Nodes) -> _Event:
        """An event: a row of events that are joined, from the left; union and intersection do not mix."""
        signs = {one.value for one in nodes if one.kind == "sign"} - {"not", "empty"}
        if len(signs & {"cup", "cap", "\\"}) > 1:
            raise self.fail(nodes[0], "brackets around a union or an intersection")
        found: _Event | None = None
        sign, denied = ",", False
        for node in nodes:
            if node.kind == "sign" and node.value == "not":
                denied = not denied
                continue
            if node.kind == "sign" and node.value in ("cup", "cap", "\\", ","):
                sign = node.value
                continue
            one = self.one_event(node)
            one, denied = (_not(one) if denied else one), False
            found = one if found is None else self.joined(sign, found, one)
            sign = ","
        if found is None:
            raise self.fail(nodes[0] if nodes else None, "an event")
        return found

    def joined(self, sign: str, one: _Event, other: _Event) -> _Event:
        """The union, the difference or the intersection of two events."""
        if sign == "cup":
            return _sum((one, 1), (other, 1), (self.both(one, other), -1))
        return self.both(one, _not(other) if sign == "\\" else other)

    def both(self, one: _Event, other: _Event) -> _Event:
        """The intersection of two events; disjoint ones have none."""
        found: _Event = {}
        for names, number in one.items():
            for others, factor in other.items():
                together = names | others
                if len(together) < 2 or not self.scope.disjoint:
                    found[together] = found.get(together, 0) + number * factor
        return found

    def one_event(self, node: Node) -> _Event:
        """A letter, perhaps with a sign of its complement, the sure and the impossible event, or a bracket."""
        complement = node.primes == 1 or _is_complement(node)
        if node.kind == "group" and len(node.parts) == 1:
            found = self.event(node.parts[0])
        elif node.kind == "sign" and node.value == "empty":
            found = {}
        elif node.kind == "symbol" and node.value == "Omega":
            found = {_ONE: 1}
        elif node.kind == "symbol" and _LETTER.fullmatch(node.value):
            number = "".join(one.value for one in node.sub or () if one.kind == "number")
            if len(number) < len(node.sub or ()):
                raise self.fail(node, "an event with a number")
            complement = complement != node.value.endswith("_bar")
            found = {frozenset({node.value[0] + (f"_{number}" if number else "")}): 1}
        else:
            raise self.fail(node, "an event")
        return _not(found) if complement else found


def _monomial(names: frozenset[str], number: int) -> Term:
    factors: list[Term] = [App(name, (Var(OUTCOMES.name),)) for name in sorted(names)]
    term = factors[0] if factors else Num(abs(number))
    for factor in factors[1:]:
        term = mul(term, factor)
    if factors and abs(number) != 1:
        term = mul(Num(abs(number)), term)
    return term if number > 0 else neg(term)


def _order(item: tuple[frozenset[str], int]) -> tuple[int, list[str]]:
    return len(item[0]), sorted(item[0])


def _sum(*parts: tuple[Mapping[frozenset[str], int], int]) -> _Event:
    found: _Event = {}
    for event, factor in parts:
        for names, number in event.items():
            found[names] = found.get(names, 0) + factor * number
    return {names: number for names, number in found.items() if number}


def _not(event: _Event) -> _Event:
    return _sum(({_ONE: 1}, 1), (event, -1))


def _is_complement(node: Node) -> bool:
    return node.sup is not None and len(node.sup) == 1 and node.sup[0].value in _COMPLEMENT


# ---------------------------------------------------------------- which letters are events


def event_letters(rows: Sequence[Nodes]) -> frozenset[str]:
    r"""The letters of events in some rows; none where a probability is of anything else than events.

    >>> from derivations.latex.syntax import parsed
    >>> [sorted(event_letters([parsed(side).nodes])) for side in (r"P(A \cup B)", "P(A | B)", r"P(A^c) + P(X = x)")]
    [['A', 'B'], [], []]
    """
    groups = [group for row in rows for group in _probabilities(row)]
    parts = [part for group in groups for part in _parts(group.parts[0])]
    if not any(map(_joins, parts)) or not all(map(_may_stand, parts)):
        return frozenset()
    return frozenset(part.value[0] for part in parts if part.kind == "symbol" and part.value != "Omega")


def _probabilities(nodes: Sequence[Node]) -> Iterator[Node]:
    """The brackets behind P."""
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if node.kind == "symbol" and node.value == "P" and following is not None and following.kind == "group":
            yield following
            continue
        for part in node.parts:
            yield from _probabilities(part)


def _parts(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        for part in node.parts:
            yield from _parts(part)


def _joins(node: Node) -> bool:
    if node.kind == "sign":
        return node.value in _JOINED
    return node.kind == "symbol" and (node.value.endswith("_bar") or _is_complement(node))


def _may_stand(node: Node) -> bool:
    if node.kind == "sign":
        return node.value in _SIGNS
    if node.kind == "symbol":
        return node.value == "Omega" or _LETTER.fullmatch(node.value) is not None
    return node.kind == "group"


@lru_cache(maxsize=8)
def _relates(text: str) -> bool:
    return _RELATED.search(text) is not None


def said_of_events(scope: Scope, text: str) -> str:
    """Why a refutation would not stand: the document says how events are related."""
    return "outside the fragment: what is said of the events" if scope.events and _relates(text) else ""

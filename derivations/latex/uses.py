r"""How an author uses letters: what stands below an expectation, what is differentiated by, what has arguments.

It counts and decides nothing; `parts` draws the conclusions.

>>> from derivations.latex.syntax import parsed
>>> found = Uses()
>>> found.take(parsed(r"q_\theta(y) = \theta^y (1-\theta)^{1-y}").nodes)
>>> found.powers, found.calls[0].letter, found.calls[0].below, found.calls[0].values
(Counter({('theta', 'y'): 1}), 'q', ('theta',), ('y',))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from derivations.latex.nodes import Node, Nodes, is_bernoulli, is_binomial
from derivations.latex.profile import split_call

_MOMENTS: Final = frozenset({"E", "Var", "V", "D", "Cov"})
_OPENING: Final = frozenset({"(", "[", "{", "{}"})


@dataclass(frozen=True)
class Call:
    """A letter with arguments: what stands below it, before the bar, and behind the bar; letters only."""

    letter: str
    below: tuple[str, ...]
    values: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass
class Uses:
    """The uses of letters in some formulas. `powers` counts pairs (a, z) of a^z (1 - a)^(1 - z)."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    letters: Counter[str] = field(default_factory=Counter)
    calls: list[Call] = field(default_factory=list)
    powers: Counter[tuple[str, str]] = field(default_factory=Counter)
    complements: Counter[str] = field(default_factory=Counter)  # a in 1 - a
    chances: Counter[str] = field(default_factory=Counter)  # a in Bern(a)
    below: Counter[str] = field(default_factory=Counter)  # below E and Var
    taken: Counter[str] = field(default_factory=Counter)  # the mean or the variance of this letter
    above: Counter[str] = field(default_factory=Counter)  # in the moments of a quotient, above the bar
    under: Counter[str] = field(default_factory=Counter)  # and below it
    slopes: Counter[str] = field(default_factory=Counter)  # differentiated by
    summed: Counter[str] = field(default_factory=Counter)  # summed over values
    sizes: Counter[str] = field(default_factory=Counter)  # n in a sum over 1, ..., n
    sets: Counter[tuple[str, str]] = field(default_factory=Counter)  # of a sum over z in the set Z
    counts: Counter[str] = field(default_factory=Counter)  # letters that stand for a number of ones, K ~ Bin(n, a)

    def take(self, row: Sequence[Node]) -> None:
        """Count the uses in a row of pieces."""
        for place, node in enumerate(row):
            following = row[place + 1] if place + 1 < len(row) else None
            if node.kind == "symbol":
                self._symbol(node, following)
            if node.kind == "operator" or node.value in ("E", "V", "D"):
                self._operator(node, following)
            if node.kind == "frac":
                self._fraction(node)
            if node.kind == "sign" and node.value == "/":
                self._slope(row[place + 1 : place + 3])
            self._complement(node)
            for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
                self.take(part)

    def name(self, node: Node) -> str:
        """The name of a symbol, accents and aliases resolved; empty for anything else."""
        if node.kind == "group" and len(node.parts[0]) == 1:
            return self.name(node.parts[0][0])
        base = node.value.split("_")[0]
        return self.aliases.get(base, base) if node.kind == "symbol" else ""

    def _symbol(self, node: Node, following: Node | None) -> None:
        name = self.name(node)
        self.letters[name] += 1
        if is_binomial(node) and following is not None and following.kind == "group":
            size, chance = (*map(self._only, split_call(following.parts[0])[0]), "", "")[:2]
            self.sizes.update([size] if size else [])
            self.chances.update([chance] if chance else [])
        if following is None or following.kind != "group":
            return
        inner = following.parts[0]
        if node.sup and following.sup and self._is_complement(inner, name):
            exponents = [[self.name(one) for one in row if one.kind == "symbol"] for row in (node.sup, following.sup)]
            if len(exponents[0]) == 1 and exponents[0] == exponents[1]:
                self.powers[name, exponents[0][0]] += 1
        elif following.value == "(" and not self._has_operation(inner):
            values, conditions = split_call(inner)
            below = tuple(one for part in [node.sub or Nodes()] for one in map(self.name, part) if one)
            firsts = [tuple(self.name(part[0]) for part in side if part) for side in (values, conditions)]
            self.calls.append(Call(name, below, firsts[0], firsts[1]))

    def _is_plain(self, node: Node) -> bool:
        """Whether a piece is a small letter alone; others are for what is computed from it."""
        return node.kind == "symbol" and node.value.islower() and "_" not in node.value and not node.sub

    def _only(self, row: Nodes) -> str:
        return self.name(row[0]) if len(row) == 1 else ""

    def _operator(self, node: Node, following: Node | None) -> None:
        below = [name for name in map(self.name, node.sub or Nodes()) if name]
        if node.value in _MOMENTS:
            self.below.update(below[:1] if len(node.sub or ()) == 1 else [])
            if following is not None and following.kind == "group" and following.value in _OPENING:
                inner = following.parts[0]
                self._quotients(inner)
                self.taken.update([self.name(inner[0])] if len(inner) == 1 and self._is_plain(inner[0]) else [])
            elif following is not None and following.kind == "symbol":
                self.taken[self.name(following)] += 1
        elif node.value in ("nabla", "partial"):
            self.slopes.update(below)
        elif node.value == "sum" and node.sub:
            self._sum(node, node.sub)
        elif is_bernoulli(node) and following is not None and following.kind == "group":
            values, behind = split_call(following.parts[0])
            chosen = behind[0] if behind else values[-1] if values else Nodes()
            self.chances.update([self.name(chosen[0])] if len(chosen) == 1 else [])

    def _quotients(self, row: Nodes) -> None:
        """The letters above and below the bars of what a moment is taken of."""
        for place, node in enumerate(row):
            if node.kind == "frac":
                for count, part in zip((self.above, self.under), node.parts, strict=True):
                    count.update(filter(None, map(self.name, part)))
            elif (node.kind, node.value) == ("sign", "/") and 0 < place < len(row) - 1:
                self.above.update(filter(None, [self.name(row[place - 1])]))
                self.under.update(filter(None, [self.name(row[place + 1])]))
            else:
                for part in node.parts:
                    self._quotients(part)

    def _sum(self, node: Node, below: Nodes) -> None:
        signs = [one.value for one in below if one.kind == "sign"]
        if node.sup and "=" in signs:
            start = below[-1]
            if (start.kind, start.value) == ("number", "1") and len(node.sup) == 1:
                self.sizes.update(filter(None, [self.name(node.sup[0])]))
                return
        if len(below) == 3 and signs == ["in"] and below[2].kind == "symbol" and below[2].font != "double":
            self.sets[self.name(below[0]), below[2].value] += 1
        if below[0].kind == "symbol" and below[0].sub is None and (len(below) == 1 or signs[:1] in (["in"], ["="])):
            self.summed[self.name(below[0])] += 1

    def _fraction(self, node: Node) -> None:
        above, below = node.parts
        if above and self._is_d(above[0]):
            self._slope(below)

    def _slope(self, below: Sequence[Node]) -> None:
        if len(below) >= 2 and self._is_d(below[0]):
            self.slopes.update(filter(None, [self.name(below[1])]))

    def _complement(self, node: Node) -> None:
        for row in node.parts:
            for place in range(len(row) - 2):
                alone = place + 3 == len(row) or (row[place + 3].kind == "sign" and row[place + 3].value in "+-,|=")
                if alone and self._is_complement(Nodes(row[place : place + 3]), ""):
                    self.complements[self.name(row[place + 2])] += 1

    def _is_complement(self, row: Nodes, name: str) -> bool:
        if len(row) != 3 or (row[0].kind, row[0].value) != ("number", "1") or row[1].value != "-":
            return False
        found = self.name(row[2])
        return bool(found) and name in ("", found)

    def _is_d(self, node: Node) -> bool:
        return (node.kind == "symbol" and node.value == "d") or (
            node.kind == "operator" and node.value in ("partial", "d")
        )

    def _has_operation(self, row: Nodes) -> bool:
        return any(
            one.kind in ("operator", "frac") or (one.kind == "sign" and one.value in ("+", "-", "*", "/"))
            for one in row
        )

"""The tree of notation: pieces with their scripts and places, and questions about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace


@dataclass(slots=True)
class Node:
    """A piece of notation: `kind` is symbol, number, operator, group, frac, root, binom, sign or text."""

    kind: str
    value: str
    start: int
    end: int
    parts: tuple[Nodes, ...] = ()
    sub: Nodes | None = None
    sup: Nodes | None = None
    primes: int = 0
    gap: bool = False
    font: str = ""

    def __str__(self) -> str:
        inside = " ".join(str(Nodes(part)) for part in self.parts)
        text = (
            self.value
            if not self.parts
            else f"{self.value}{inside}"
            if self.kind == "group"
            else f"{self.value} {inside}"
        )
        scripts = (f"_{self.sub}" if self.sub is not None else "") + (f"^{self.sup}" if self.sup is not None else "")
        return text + "'" * self.primes + scripts


class Nodes(list[Node]):
    """A row of pieces."""

    def __str__(self) -> str:
        return "[" + " ".join(map(str, self)) + "]"


@dataclass
class Formula:
    """A row of pieces with the notes of what was repaired."""

    nodes: Nodes
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return " ".join(map(str, self.nodes))


def are_numbers(node: Node, following: Node, source: str) -> bool:
    r"""Whether digits follow digits that are no part of their number: 2 3, which is no product, and the slip 2^10.

    A power set apart, `3\, 2^n`, is a factor.
    """
    apart = following.gap and following.sup is not None
    if following.kind != "number" or node.kind == "frac" or following.font or apart:
        return False
    slip = node.end == following.start and source[node.end - 1 : node.end].isdigit()
    return slip or (node.kind == "number" and node.sup is None and not node.font)


def without_plus(node: Node) -> Node | None:
    """A bracket that says its positive part, `(x)_+` or `[x]^+`, without the plus; None for another one."""
    for below, above in ((node.sub, node.sup), (node.sup, node.sub)):
        if below is not None and [one.value for one in below] == ["+"] and below[0].kind == "sign":
            return replace(node, sub=None, sup=None) if above is node.sub else replace(node, sub=None)
    return None


def is_bernoulli(node: Node) -> bool:
    r"""Whether a piece is the name of the Bernoulli distribution, also as `\mathcal{B}`."""
    if node.kind == "operator":
        return node.value == "Bern"
    return node.kind == "symbol" and node.value == "B" and node.font in ("cal", "roman")


def is_binomial(node: Node) -> bool:
    r"""Whether a piece is the name of the binomial distribution, `\mathrm{Bin}`."""
    return node.kind in ("symbol", "operator") and node.value.lower() in ("bin", "binom", "binomial")


def only_called(nodes: Sequence[Node]) -> set[str]:
    """The letters that always have a bracket of plain arguments behind them: they are functions.

    >>> from derivations.latex.syntax import parsed
    >>> only_called(parsed("R(s, a) V(s) - c (1 - c) + x(1 - x)").nodes) == {"R", "V"}
    True
    """
    called: set[str] = set()
    bare: set[str] = set()
    waiting: list[Sequence[Node]] = [nodes]
    while waiting:
        row = waiting.pop()
        for place, node in enumerate(row):
            waiting.extend((*node.parts, node.sub or Nodes(), node.sup or Nodes()))
            if node.kind == "symbol":
                following = row[place + 1] if place + 1 < len(row) else None
                (called if following is not None and is_argument_list(following) else bare).add(node.value)
    return called - bare


def is_argument_list(group: Node) -> bool:
    """Whether a bracket holds letters and numbers separated by commas and bars."""
    if group.kind != "group" or group.value != "(" or not group.parts[0]:
        return False
    symbols = any(node.kind == "symbol" for node in group.parts[0])
    return symbols and all(
        node.kind in ("symbol", "number") or (node.kind == "sign" and node.value in (",", "|", ";", "..."))
        for node in group.parts[0]
    )


def subscripts(nodes: Sequence[Node]) -> list[Nodes]:
    """The different subscripts that occur in some pieces.

    >>> from derivations.latex.syntax import parsed
    >>> [str(sub) for sub in subscripts(parsed("z_m f(x_m)").nodes)]
    ['[m]']
    """
    found: dict[str, Nodes] = {}
    for node in nodes:
        if node.sub:
            found.setdefault(str(node.sub), node.sub)
        for part in (*node.parts, node.sup or Nodes()):
            found.update({str(sub): sub for sub in subscripts(part)})
    return list(found.values())


def with_subscript(nodes: Sequence[Node], old: Nodes, new: Nodes) -> Nodes:
    """The pieces with one subscript replaced by another one, wherever it occurs."""

    def changed(node: Node) -> Node:
        sub = new if node.sub is not None and str(node.sub) == str(old) else node.sub
        sup = None if node.sup is None else with_subscript(node.sup, old, new)
        return replace(node, parts=tuple(with_subscript(part, old, new) for part in node.parts), sub=sub, sup=sup)

    return Nodes([changed(node) for node in nodes])


def listed(nodes: Nodes) -> list[Nodes]:
    """`x, y` as its parts; none of them is empty."""
    parts: list[Nodes] = [Nodes()]
    for node in nodes:
        if node.kind == "sign" and node.value == ",":
            parts.append(Nodes())
        else:
            parts[-1].append(node)
    return [part for part in parts if part]


def upper_bound(nodes: Sequence[Node]) -> Nodes | None:
    """What stands above the first sum or product."""
    for node in nodes:
        if node.kind == "operator" and node.value in ("sum", "prod") and node.sup:
            return node.sup
        for part in node.parts:
            found = upper_bound(part)
            if found is not None:
                return found
    return None


def differentiated_by(nodes: Sequence[Node]) -> Iterator[Node]:
    r"""The letters that derivatives are taken by, as in `\nabla_x \log p(x | y)`."""
    for node in nodes:
        if (node.kind, node.value) == ("operator", "nabla") and node.sub:
            yield from (one for one in node.sub if one.kind == "symbol")
        if node.kind == "frac" and len(node.parts[1]) == 2 and node.parts[1][0].value in ("d", "partial"):
            yield from (one for one in node.parts[1][1:] if one.kind == "symbol")
        for part in node.parts:
            yield from differentiated_by(part)


def stands_bare(nodes: Sequence[Node], letter: str) -> bool:
    """Whether a letter stands somewhere as a number, with no bracket behind it."""
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if node.kind == "symbol" and node.value == letter and (following is None or following.kind != "group"):
            return True
        if any(stands_bare(part, letter) for part in node.parts):
            return True
    return False


def is_proper(whole: Node, part: Node) -> bool:
    """Whether a number and a fraction of numbers stand side by side, as they do in three and a half."""
    digits = part.kind == "frac" and all(len(half) == 1 and half[0].kind == "number" for half in part.parts)
    return digits and whole.sup is None and part.sup is None and "." not in whole.value


def pieces(nodes: Sequence[Node]) -> Iterator[Node]:
    """All pieces, scripts and contents included."""
    for node in nodes:
        yield node
        for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
            yield from pieces(part)


def diverges(rows: Iterable[Nodes]) -> bool:
    """Whether a divergence is spoken of."""
    return any(
        (node.kind == "operator" and node.value == "KL") or diverges((*node.parts, node.sup or Nodes()))
        for row in rows
        for node in row
    )

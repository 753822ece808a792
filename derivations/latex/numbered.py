r"""Variables that are told apart by numbers: z_1 and z_2 in `p(z_1, z_2)` are two variables, of one joint law."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from derivations.latex.nodes import Node, Nodes
from derivations.latex.profile import split_call
from derivations.latex.roles import density_calls


def told_apart(rows: Sequence[Nodes], densities: Collection[str]) -> frozenset[str]:
    r"""The letters of which a density takes several numbers at once, and that occur with numbers only.

    Where distributions have numbers too, `q_1(z_1) q_2(z_2)`, they are the factors of a product.

    >>> from derivations.latex.syntax import parsed
    >>> sorted(told_apart([parsed("p(z_1, z_2) f(z_1)").nodes], ["p"]))
    ['z']
    >>> [sorted(told_apart([parsed(side).nodes], ["p"])) for side in ("p(z_1) p(x_1 | z)", "H(X_1, X_2)")]
    [[], ['X']]
    """
    found: set[str] = set()
    informed = [(node, group) for row in rows for node, group in _pairs(row) if node.value in ("H", "I")]
    for node, group in (*density_calls(rows, densities), *informed):
        if _number(node) is not None:
            return frozenset()
        met: dict[str, set[str]] = {}
        for part in (part for side in split_call(group.parts[0]) for part in side if len(part) == 1):
            if (number := _number(part[0])) is not None:
                met.setdefault(part[0].value, set()).add(number)
        found |= {letter for letter, numbers in met.items() if len(numbers) > 1}
    otherwise = {node.value for row in rows for node in _symbols(row) if _number(node) is None}
    return frozenset(found - otherwise)


def _pairs(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    """The pieces with a bracket behind them."""
    for node, group in pairwise(nodes):
        if group.kind == "group" and group.value in ("(", "["):
            yield node, group
    for node in nodes:
        for part in node.parts:
            yield from _pairs(part)


def numbered(nodes: Sequence[Node], letters: Collection[str]) -> Nodes:
    """The pieces with z_1 as a letter of its own, for these letters.

    >>> from derivations.latex.syntax import parsed
    >>> str(numbered(parsed("p(z_1) + z_2^2").nodes, {"z"}))
    '[p ([z1] + z2^[2]]'
    """
    return Nodes([_changed(node, letters) for node in nodes])


def _changed(node: Node, letters: Collection[str]) -> Node:
    parts = tuple(numbered(part, letters) for part in node.parts)
    sub = None if node.sub is None else numbered(node.sub, letters)
    sup = None if node.sup is None else numbered(node.sup, letters)
    number = _number(node)
    if number is None or node.value not in letters:
        return replace(node, parts=parts, sub=sub, sup=sup)
    return replace(node, value=f"{node.value}{number}", parts=parts, sub=None, sup=sup)


def _number(node: Node) -> str | None:
    """The number below a symbol, None for another subscript or none."""
    if node.kind != "symbol" or node.sub is None or len(node.sub) != 1 or node.sub[0].kind != "number":
        return None
    return node.sub[0].value


def _symbols(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind == "symbol":
            yield node
        for part in (*node.parts, node.sub or (), node.sup or ()):
            yield from _symbols(part)

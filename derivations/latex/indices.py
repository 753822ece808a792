r"""Which letters number things: indices that sums leave out, and letters below a symbol that a sum numbers elsewhere.

>>> from derivations.latex.syntax import parsed
>>> sorted(indices_among([parsed(r"\frac{e^{\theta_a}}{\sum_{b=1}^k e^{\theta_b}}").nodes]))
['a', 'b']
>>> sorted(indices_among([parsed(r"\sum_k x_k + x_A + y_b").nodes]))
['k']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from derivations.latex.nodes import Node, Nodes, listed, pieces


def indices_among(rows: Sequence[Nodes]) -> frozenset[str]:
    """The small letters below symbols that have an index which a sum binds below them elsewhere."""
    below: dict[str, set[str]] = {}
    for row in rows:
        for node in pieces(row):
            if node.kind == "symbol" and node.sub is not None and len(node.sub) == 1 and _is_small(node.sub[0]):
                below.setdefault(node.value, set()).add(node.sub[0].value)
    operators = [node for row in rows for node in pieces(row) if node.kind == "operator" and node.sub]
    bound = {part[0].value for node in operators for part in listed(node.sub or Nodes()) if part}
    return frozenset(name for names in below.values() if names & bound for name in names)


def _is_small(node: Node) -> bool:
    return node.kind == "symbol" and len(node.value) == 1 and node.value.islower() and not node.font and not node.sub


def fixed_indices(rows: Sequence[Nodes]) -> frozenset[str]:
    r"""The indices k of sums over `j \neq k` that no sum binds and that stand outside these sums, or not in them.

    >>> from derivations.latex.syntax import parsed
    >>> sorted(fixed_indices([parsed("b_k").nodes, parsed(r"\sum_{j \neq k} f_j").nodes]))
    ['k']
    >>> sorted(fixed_indices([parsed(r"a_k \sum_{j \neq k} a_j").nodes, parsed(r"\sum_{i \neq l} a_i a_l").nodes]))
    ['k']
    >>> sorted(fixed_indices([parsed(r"\frac{1}{m} \sum_{j \neq k} f_j").nodes]))
    ['k']
    """
    operators = [node for row in rows for node in pieces(row) if node.kind == "operator" and node.sub]
    left_out = {name for node in operators for name in _left_out(node.sub or Nodes())}
    bound = {part[0].value for node in operators for part in listed(node.sub or Nodes()) if part}
    apart = {name for row in rows for name in left_out if _stands_before(row, name)}
    apart |= {name for row in rows for inner in _inside(row) for name in _left_out_alone(inner)}
    return frozenset(apart - bound)


def _left_out_alone(row: Nodes) -> Iterator[str]:
    """The letters that a sum leaves out and that nothing behind it mentions."""
    for place, node in enumerate(row):
        if node.kind == "operator" and node.sub:
            behind = {one.value for one in pieces(row[place + 1 :]) if one.kind == "symbol"}
            yield from (name for name in _left_out(node.sub) if name not in behind)


def _left_out(below: Nodes) -> Iterator[str]:
    r"""The letters that a sum leaves out, k in `j \neq k`."""
    for sign, one in pairwise(below):
        if sign.kind == "sign" and sign.value in ("!=", "neq", "ne") and one.kind == "symbol":
            yield one.value


def _stands_before(nodes: Nodes, letter: str) -> bool | None:
    """Whether a letter stands somewhere before the first sum that has it below; None where neither is met."""
    for node in nodes:
        if node.kind == "symbol" and node.value == letter:
            return True
        if node.kind == "operator" and node.sub and any(one.value == letter for one in pieces(node.sub)):
            return False
        for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
            if (found := _stands_before(part, letter)) is not None:
                return found
    return None


def _inside(nodes: Nodes) -> Iterator[Nodes]:
    """A row and the rows inside it."""
    yield nodes
    for node in nodes:
        for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
            yield from _inside(part)

r"""Vertical bars typed as plain `|`, which open and close alike: absolute values, also nested, and sizes of sets."""

from __future__ import annotations

from abc import ABC, abstractmethod

from derivations.latex.letters import Cursor, Letters
from derivations.latex.nodes import Node, Nodes
from derivations.term import App, Term, Var


class Bars(Letters, ABC):
    """Finds which bars belong together, and reads what stands between them."""

    @abstractmethod
    def domain(self, nodes: Nodes) -> Term:
        """The set that some pieces name."""

    @abstractmethod
    def one_set(self, group: Node) -> Term:
        """The set that a bracket lists."""

    def bar(self, node: Node, cursor: Cursor) -> Term:
        """What begins with a bar that is passed already."""
        start = cursor.place
        cursor.place -= 1
        close = self.closing_bar(cursor)
        cursor.place = start
        if close is None:
            raise self.fail(node, "a bar that closes this one")
        inside = Nodes(cursor.nodes[start:close])
        cursor.place = close + 1
        return self.raised(self.between_bars(inside), cursor.nodes[close])

    def closing_bar(self, cursor: Cursor) -> int | None:
        """The place of the bar that closes the one at the cursor: a bar behind an operand closes, others open."""
        depth, operand = 1, False
        for place in range(cursor.place + 1, len(cursor.nodes)):
            node = cursor.nodes[place]
            if node.kind == "sign" and node.value == "|":
                depth += -1 if operand else 1
                if not depth:
                    return place
            else:
                operand = node.kind not in ("sign", "operator") or node.value in ("!", "oo")
        return None

    def between_bars(self, inside: Nodes) -> Term:
        """The size of a set, or an absolute value."""
        if len(inside) == 1 and inside[0].kind == "symbol" and (inside[0].font == "cal" or self.names_set(inside[0])):
            return App("card", (self.domain(inside),))
        if len(inside) == 1 and inside[0].kind == "group" and inside[0].value == "{":
            members = self.one_set(inside[0])
            sup = inside[0].sup
            return App("card", (members if sup is None else App("tuples", (members, self.expression(sup))),))
        return App("abs", (self.expression(inside),))

    def names_set(self, node: Node) -> bool:
        """Whether a letter is the name of a set."""
        return any(domain == Var(node.value) for domain in self.scope.setting.variables.values())

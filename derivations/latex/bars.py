r"""Vertical bars: absolute values, also nested, sizes of sets, and bars and brackets with a point below.

Plain `|` opens and closes alike.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from derivations.latex.letters import Cursor, Letters
from derivations.latex.nodes import Node, Nodes
from derivations.latex.sequences import other_values, with_value
from derivations.term import App, Term, Var, bind, sub


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
        return self.closed(self.between_bars(inside), cursor.nodes[close])

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

    def closed(self, term: Term, node: Node) -> Term:
        """What stands between bars, with the scripts of the bar that closes it."""
        if self.has_point(node):
            return self.at_point(term, node)
        if node.sub:
            raise self.fail(node, "bars without an index: norms and positive parts are not read")
        return self.raised(term, node)

    # ------------------------------------------------------------ at a point

    def has_point(self, node: Node) -> bool:
        """Whether a point stands below, as in `[F]_{x = a}`."""
        return any(part.kind == "sign" and part.value == "=" for part in node.sub or ())

    def has_ends(self, node: Node) -> bool:
        """Whether two ends stand below and above, as in `[F]_0^1`: the lower one is no index."""
        below = node.sub or Nodes()
        told = any(part.kind != "sign" or part.value == "oo" for part in below)  # [F]_+^2 is a positive part
        return bool(node.sup) and told and not any(self.is_index(part) for part in below)

    def between_ends(self, term: Term, node: Node) -> Term:
        r"""`[F]_a^b`: the difference of the values at the ends, or of the limits there."""
        inside = sorted(term.free_vars & {*self.scope.continuous}) or sorted(term.free_vars)
        row = node.parts[0] if node.parts else Nodes()  # [x]_1^2 may be a power of a component
        letter = len(row) == 1 and row[0].kind == "symbol" and not self.scope.continuous
        if len(inside) != 1 or letter or other_values(term, inside[0]):
            raise self.fail(node, "one variable to put the ends in for, as in [F]_{x = a}^b")
        low, high = self.expression(node.sub or Nodes()), self.expression(node.sup or Nodes())
        return sub(_value_at(term, inside[0], high), _value_at(term, inside[0], low))

    def evaluated(self, node: Node) -> Term:
        r"""`\left. F \right|_{x = a}`, and `\left. F \right.`, which is no more than a bracket."""
        term = self.expression(node.parts[0])
        if node.sub is None and self.source[node.end :].lstrip().startswith("."):
            return self.raised(term, node)
        return self.at_point(term, node)

    def at_point(self, term: Term, node: Node) -> Term:
        """A term at the point below a bar; with a place above, its value there less that below."""
        if self.has_ends(node) and not self.has_point(node):
            return self.between_ends(term, node)
        name, low = self.point(node.sub or Nodes(), node)
        if other_values(term, name):
            raise self.fail(node, "a variable that stands for nothing else in the formula")
        below = with_value(term, name, low)
        if node.sup is None:
            return below
        if node.value == "(" or (node.kind == "group" and len(node.parts[0]) == 1 and node.parts[0][0].sub):
            raise self.fail(node, "a bracket without ends: (x_i)_{i = 1}^n is a sequence")
        named = any(part.kind == "sign" and part.value == "=" for part in node.sup)
        other, high = self.point(node.sup, node) if named else (name, self.expression(node.sup))
        if other != name:
            raise self.fail(node, "the same variable above and below the bar")
        return sub(with_value(term, name, high), below)

    def point(self, nodes: Nodes, node: Node) -> tuple[str, Term]:
        """The variable and its value in `x = a`."""
        place = next((k for k, one in enumerate(nodes) if one.kind == "sign" and one.value == "="), None)
        if place is None:
            raise self.fail(node, "a point such as x = a below the bar")
        variable = self.expression(Nodes(nodes[:place]))
        if not isinstance(variable, Var):
            raise self.fail(nodes[0], "a variable")
        return variable.name, self.expression(Nodes(nodes[place + 1 :]))


def _value_at(term: Term, name: str, end: Term) -> Term:
    """The value of a term at an end of an interval, at infinity its limit."""
    if end == App("oo"):
        return bind("limit_left", name, end, term)
    if end == App("neg", (App("oo"),)):
        return bind("limit_right", name, end, term)
    return with_value(term, name, end)

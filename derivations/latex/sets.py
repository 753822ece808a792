r"""Sets: `\mathcal{Z}`, `\{0,1\}^n`, `\{1, \ldots, n\}`, `(0, 1)`, and what a letter ranges over by default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from derivations.latex.laws import BITS, listed
from derivations.latex.letters import Letters
from derivations.latex.nodes import Node, Nodes
from derivations.term import App, Num, Term, Var, neg

_OO: Final = App("oo")


def set_name(name: str) -> str:
    """The name of the set that a variable ranges over: X for x, and one that says so for longer names.

    >>> set_name("z"), set_name("tau"), set_name("Z")
    ('Z', 'tau_set', 'Z_set')
    """
    name = name.rstrip("'")
    return name.upper() if len(name) == 1 and name.islower() else f"{name}_set"


class Sets(Letters):
    """Reads sets."""

    def domain(self, nodes: Nodes) -> Term:
        """The set that a row of pieces names. Raises NotationError."""
        cut = next((k for k, one in enumerate(nodes) if one.kind == "sign" and one.value == "\\"), None)
        if cut is not None:
            return App("without", (self.domain(Nodes(nodes[:cut])), self.single(Nodes(nodes[cut + 1 :]))))
        if len(nodes) != 1:
            raise self.fail(nodes[0] if nodes else None, "a set")
        node = nodes[0]
        found = self.one_set(node)
        signs = node.font == "double" and all(one.kind == "sign" for one in node.sup or ())  # R^+, R_+^*
        if node.sup is not None and not signs:
            size = self.expression(node.sup)
            return self.same(App("tuples", (found, size)))
        return self.same(found)

    def single(self, nodes: Nodes) -> Term:
        """The element of `\\{k\\}`."""
        if len(nodes) == 1 and nodes[0].kind == "group":
            return self.expression(nodes[0].parts[0])
        return self.expression(nodes)

    def same(self, domain: Term) -> Term:
        """The set itself, or the one that the setting calls by another name."""
        return self.scope.setting.same.get(domain, domain)

    def one_set(self, node: Node) -> Term:
        """The set that one piece names."""
        if node.kind == "symbol":
            if node.font == "double":
                return self.number_set(node)
            return Var(self.key(Node("symbol", node.value, node.start, node.end, sub=node.sub)))
        if node.kind == "group" and node.value in ("{", "{}"):
            if node.value == "{}" and len(node.parts[0]) == 1:
                return self.domain(node.parts[0])
            found = self.enumerated(listed(node.parts[0]))
            if found is not None:
                return found
        if node.kind == "group" and node.value == "(":
            ends = listed(node.parts[0])
            if len(ends) == 2:
                return App("interval", (self.bound(ends[0]), self.bound(ends[1])))
        raise self.fail(node, "a set")

    def number_set(self, node: Node) -> Term:
        """The reals, the whole numbers."""
        sub = "".join(self.text(part) for part in node.sub or ()) + "".join(self.text(part) for part in node.sup or ())
        if node.value == "R":
            positive = "+" in sub or ">" in sub
            nonzero = App("without", (App("reals"), Num(0))) if "*" in sub else App("reals")
            return App("interval", (Num(0), _OO)) if positive else nonzero
        if node.value in ("N", "Z"):
            low: Term = Num(0 if "0" in sub else 1) if node.value == "N" else neg(_OO)
            return App("integers", (low, _OO))
        if node.value == "B":
            return BITS
        raise self.fail(node, "a set")

    def bound(self, nodes: Nodes) -> Term:
        """An end of an interval."""
        return self.expression(nodes)

    def enumerated(self, ends: Sequence[Nodes]) -> Term | None:
        r"""The set of a list: `0, 1` or `1, \ldots, n`."""
        if len(ends) == 2 and [self.text(end[0]) for end in ends if len(end) == 1] in (["0", "1"], ["1", "0"]):
            return BITS
        dots = [k for k, end in enumerate(ends) if len(end) == 1 and end[0].value == "..."]
        if len(dots) != 1 or dots[0] == 0 or len(ends) < 2:
            return None
        low = self.expression(ends[0])
        if dots[0] == len(ends) - 1:
            return App("integers", (low, _OO))
        high = self.expression(ends[-1])
        return App("range", (low, high))

    def default_domain(self, name: str, node: Node) -> Term:
        """What a letter ranges over where the formula does not say."""
        known = self.scope.domain(name)
        if known is not None:
            return known
        scope = self.scope
        if name in scope.valued and scope.valued[name] != name:
            return scope.continuous.get(scope.valued[name], Var(set_name(scope.valued[name])))
        if name.rstrip("'") in ("i", "j", "k", "l"):
            if scope.sampled is not None:
                return App("range", (Num(1), scope.sampled))
            if name in scope.ends:
                return App("range", (Num(1), scope.ends[name]))
            size = "n" if "n" in scope.profile.symbols else "N"
            return App("range", (Num(1), Var(size)))
        stem = name.rstrip("'").split("_")[0]
        if scope.setting.kind == "joint":
            return Var(set_name(stem))
        raise self.fail(node, f"the set that {name} runs over")

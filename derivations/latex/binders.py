r"""Sums and products: what stands below and above them, and how far they reach."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from derivations.errors import NotationError
from derivations.latex.gaussians import Gaussians
from derivations.latex.laws import BITS, listed
from derivations.latex.letters import Cursor
from derivations.latex.nodes import Node, Nodes
from derivations.latex.profile import split_call
from derivations.latex.sets import Sets
from derivations.term import App, Num, Term, Var, add, bind, sub

_PARENS: Final = frozenset({"(", "[", "{"})
_UNEQUAL: Final = frozenset({"!=", "neq", "ne"})
_ARITY: Final = {"E": 1, "Var": 1, "Cov": 2}


@dataclass(frozen=True)
class Binder:
    """A bound variable: its name, its set, and how a component that is bound is written."""

    name: str
    domain: Term
    component: str = ""


def _leaves_out(part: Nodes) -> bool:
    return any(one.kind == "sign" and one.value in _UNEQUAL for one in part)


class Binders(Sets, Gaussians, ABC):
    """Reads operators; `operand`, what an operator without brackets acts upon, comes from the grammar of products."""

    @abstractmethod
    def product(self, cursor: Cursor, index: str = "") -> Term:
        """The product that begins at the cursor; it stops behind the factors that mention `index`, if one is told."""

    # ------------------------------------------------------------ sums and products

    def big_operator(self, node: Node, cursor: Cursor) -> Term:
        """A sum or a product over finite sets. Its reach: the product that follows, and more while the index occurs."""
        binders = self.binders(node, cursor) if node.sub else [self.unnamed(node, cursor)]
        return self.bound_over(node.value, binders, cursor)

    def unnamed(self, node: Node, cursor: Cursor) -> Binder:
        """The variable of a sum that names none: what the first distribution behind the sign is of."""
        rest = cursor.nodes[cursor.place :]
        for one, group in pairwise(rest):
            if one.kind == "symbol" and self.scope.laws_of(self.stem(one)) and group.kind == "group":
                values, _ = split_call(group.parts[0])
                if self.scope.setting.kind == "joint" and len(values) == 1 and self.letter(values[0]):
                    name = self.letter(values[0])
                    self.note(f"the sum runs over {name}")
                    return Binder(name, self.default_domain(name, node))
                break
        return self.understood(node, cursor)

    def bound_over(self, head: str, binders: list[Binder], cursor: Cursor) -> Term:
        """The sums over several variables, the first one outermost."""
        first, *rest = binders
        scope = self.scope
        before = dict(scope.components)
        if first.component:
            scope.components[first.component] = first.name
        with scope.binding(first.name, first.domain), self.summing(first.name):
            body = self.bound_over(head, rest, cursor) if rest else self.reach(head, first.name, cursor)
        scope.components = before
        return bind(head, first.name, first.domain, body)

    def reach(self, head: str, name: str, cursor: Cursor) -> Term:
        """The body of a sum or a limit: the product that follows, and further terms while they mention its variable."""
        body = self.product(cursor, name if head == "prod" else "")
        while (head in ("sum", "limit") or self.scope.reaching) and cursor.at_sign("+", "-"):
            start = cursor.place
            sign = cursor.next()
            if cursor.peek() is None or sign is None:
                cursor.place = start
                break
            try:
                following = self.product(cursor)
            except NotationError:  # it may make sense where the variable is not bound
                cursor.place = start
                break
            if name not in following.free_vars and not self.scope.reaching:
                cursor.place = start
                break
            body = App(sign.value, (body, following))
        return body

    def binders(self, node: Node, cursor: Cursor | None = None) -> list[Binder]:
        """What stands below (and above) a sum; the cursor is at its body."""
        if not node.sub:
            return [self.understood(node, cursor)]
        below = node.sub
        if len(below) == 1 and below[0].kind == "group" and below[0].value in ("{}", "("):
            below = below[0].parts[0]
        found = self.ranged(below, node)
        if found is not None:
            return found
        binders: list[Binder] = []
        parts = listed(below)
        for number, part in enumerate(parts):
            if len(part) == 1 and part[0].value == "...":
                return [self.tuple_binder(parts, node)]
            domain = self.stated_domain(parts[number:])
            if any(one.kind == "sign" and one.value in _UNEQUAL for one in part):
                binders = self.unequal(binders, part, node)
                continue
            if (between := self.between(part, node)) is not None:
                binders += between
                continue
            ordered = next((k for k, one in enumerate(part) if one.kind == "sign" and one.value == "<"), None)
            if ordered is not None:
                binders += self.increasing(Nodes(part[:ordered]), Nodes(part[ordered + 1 :]), node)
                continue
            binders.append(self.binder(part, node, domain))
        return binders

    def between(self, part: Nodes, node: Node) -> list[Binder] | None:
        """`1 <= i <= n` and `1 <= i < j <= n`: indices in this order; None for anything else."""
        signs = [k for k, one in enumerate(part) if one.kind == "sign" and one.value in ("<", "<=")]
        if len(signs) < 2 or node.sup:
            return None
        pieces = [Nodes(part[a + 1 : b]) for a, b in pairwise([-1, *signs, len(part)])]
        steps = [Num(1) if part[k].value == "<" else Num(0) for k in signs]
        letters = [self.named_if(piece) for piece in pieces[1:-1]]
        low, high = self.expression(pieces[0]), self.upper(pieces[-1])
        high = high if steps[-1] == Num(0) else sub(high, Num(1))
        found: list[Binder] = []
        for letter, step in zip(letters, steps, strict=False):
            if letter is None or letter.name in self.scope.bound:
                raise self.fail(node, "new indices in order")
            low = low if step == Num(0) else add(low, step)
            found.append(Binder(letter.name, self.range(low, high), letter.component))
            low = Var(letter.name)
        return found

    def increasing(self, left: Nodes, right: Nodes, node: Node) -> list[Binder]:
        """`i < j`: all pairs of indices in this order."""
        first, second = self.named_if(left), self.named_if(right)
        if first is None or second is None or first.name in self.scope.bound or second.name in self.scope.bound:
            raise self.fail(node, "two new indices i < j")
        if not isinstance(first.domain, App) or first.domain.head != "range":
            raise self.fail(node, "indices of a range")
        above = App("range", (add(Var(first.name), Num(1)), first.domain.args[1]))
        return [first, Binder(second.name, above, second.component)]

    def unequal(self, binders: list[Binder], part: Nodes, node: Node) -> list[Binder]:
        """`i \\neq j`: the last variable leaves one out; alone, i runs, and j too where nothing else binds it."""
        place = next(k for k, one in enumerate(part) if one.kind == "sign" and one.value in _UNEQUAL)
        left, right = self.named_if(Nodes(part[:place])), self.named_if(Nodes(part[place + 1 :]))
        names = [binder.name for binder in binders]
        if left is not None and left.name in names and right is not None and right.name == names[-1]:
            return [
                *binders[:-1],
                self.excluded(binders[-1], Nodes([*part[place + 1 :], part[place], *part[:place]]), node),
            ]
        if binders:
            return [*binders[:-1], self.excluded(binders[-1], part, node)]
        if left is None:
            raise self.fail(node, "the letter that the sum runs over")
        alone = right is None or right.name in self.scope.bound or right.name in self.scope.fixed
        if right is not None and left.name not in self.scope.ends and right.name in self.scope.bound:
            left = Binder(left.name, self.scope.bound[right.name], left.component)  # j beside k is of the same vector
        if alone or right is None:
            return [self.excluded(left, part, node)]
        domain = left.domain if left.name in self.scope.ends else right.domain  # both are indices of one vector
        first = Binder(left.name, domain, left.component)
        return [first, Binder(right.name, App("without", (domain, Var(left.name))), right.component)]

    def named_if(self, part: Nodes) -> Binder | None:
        """The variable that a piece names, None where it is no single letter."""
        return self.named(part, None) if len(part) == 1 and part[0].kind == "symbol" else None

    def understood(self, node: Node, cursor: Cursor | None) -> Binder:
        """The variable of a sum that names none: an index in its body, else the setting's one variable."""
        variables = self.scope.setting.variables
        index = self.free_index(Nodes(cursor.nodes[cursor.place :])) if cursor is not None else None
        if index is not None and self.scope.sampled is not None:
            self.note(f"the sum runs over {index}")
            return Binder(index, App("range", (Num(1), self.scope.sampled)))
        if len(variables) != 1:
            raise self.fail(node, "what the sum runs over")
        name, domain = next(iter(variables.items()))
        self.note(f"the sum runs over {name}")
        return Binder(name, self.same(domain))

    def free_index(self, nodes: Nodes) -> str | None:
        """The first index of a component that nothing binds."""
        for node in nodes:
            for part in node.sub or ():
                if part.kind == "symbol" and self.is_index(part) and self.stem(part) not in self.scope.bound:
                    return self.stem(part)
            for row in node.parts:
                if (found := self.free_index(row)) is not None:
                    return found
        return None

    def stated_domain(self, parts: list[Nodes]) -> Term | None:
        """The set of `i, j \\in S`: the one that is named at the end of the list."""
        for part in parts:
            for place, one in enumerate(part):
                if one.kind == "sign" and one.value == "in":
                    return self.domain(Nodes(part[place + 1 :]))
        return None

    def ranged(self, below: Nodes, node: Node) -> list[Binder] | None:
        """`i = 1` below and `n` above, or `i = 1, ..., n` below."""
        place = next((k for k, one in enumerate(below) if one.kind == "sign" and one.value in ("=", ":")), None)
        if place is None or place == 0:
            return None
        names = listed(Nodes(below[:place]))
        if node.sup and len(parts := listed(below)) > 1 and all(map(_leaves_out, parts[1:])):
            binders = self.ranged(parts[0], node) or []  # j = 1, j \ne i
            for part in parts[1:]:
                binders = self.unequal(binders, part, node)
            return binders
        if node.sup:
            low, high = self.expression(Nodes(below[place + 1 :])), self.upper(node.sup)
            return [self.named(part, self.range(low, high)) for part in names]
        ends = listed(Nodes(below[place + 1 :]))
        if len(ends) >= 2:
            domain = self.enumerated(ends)
            if domain is not None:
                return [self.named(part, domain) for part in names]
        raise self.fail(node, "an upper bound of the sum")

    def upper(self, nodes: Nodes) -> Term:
        """The end of a range: a single letter is a number there, whatever it calls elsewhere."""
        alone = len(nodes) == 1 and nodes[0].kind == "symbol" and nodes[0].sub is None and nodes[0].sup is None
        if alone and self.key(nodes[0]) not in self.scope.definitions and self.stem(nodes[0]) not in self.scope.bound:
            return Var(self.stem(nodes[0]))
        return self.expression(nodes)

    def range(self, low: Term, high: Term) -> Term:
        """The set low..high; 0..1 is {0, 1}."""
        return BITS if (low, high) == (Num(0), Num(1)) else App("range", (low, high))

    def binder(self, part: Nodes, node: Node, domain: Term | None) -> Binder:
        """One variable below a sum, with its set if that is said."""
        for place, one in enumerate(part):
            if one.kind == "sign" and one.value == "in":
                return self.named(Nodes(part[:place]), self.domain(Nodes(part[place + 1 :])))
            if one.kind == "sign" and one.value in ("<", ">", "<=", "|", "sim"):
                raise self.fail(one, "a sum over a set")
        return self.named(part, domain)

    def excluded(self, binder: Binder, part: Nodes, node: Node) -> Binder:
        """The variable with the value that it leaves out."""
        place = next(k for k, one in enumerate(part) if one.kind == "sign" and one.value in _UNEQUAL)
        if self.named(Nodes(part[:place]), binder.domain).name != binder.name:
            raise self.fail(node, "an inequality for the variable of the sum")
        left_out = self.expression(Nodes(part[place + 1 :]))
        return Binder(binder.name, App("without", (binder.domain, left_out)), binder.component)

    def named(self, part: Nodes, domain: Term | None) -> Binder:
        """The variable that a piece names, on a given set or on its own."""
        if len(part) == 1 and part[0].kind == "group" and part[0].value in ("{}", "("):
            part = part[0].parts[0]
        if len(part) != 1 or part[0].kind != "symbol":
            raise self.fail(part[0] if part else None, "the letter that the sum runs over")
        node = self.index_above(part[0])
        component = self.is_component(node)
        key = self.key(node)
        if component:
            name = key.replace(",", "_")
            own = domain if domain is not None else self.component_domain(node)
            return Binder(name, self.same(own), key)
        name = key if node.sub else self.stem(node)
        return Binder(name, self.same(domain if domain is not None else self.default_domain(name, node)))

    def component_domain(self, node: Node) -> Term:
        """The set that one component of a vector ranges over."""
        domain = self.scope.domain(self.stem(node))
        if isinstance(domain, App) and domain.head == "tuples":
            return domain.args[0]
        return BITS if domain is not None else self.default_domain(self.stem(node), node)

    def tuple_binder(self, parts: list[Nodes], node: Node, item: Term | None = None) -> Binder:
        """`z_1, ..., z_m`: one vector."""
        first, last = parts[0][0], parts[-1][-1]
        for place, one in enumerate(parts[-1]):
            if one.kind == "sign" and one.value == "in":
                last = parts[-1][place - 1]
        if first.kind != "symbol" or last.kind != "symbol" or last.sub is None:
            raise self.fail(first, "a list such as z_1, ..., z_n")
        name = self.stem(first)
        stated = self.stated_domain(parts) or item
        if isinstance(stated, App) and stated.head == "tuples":
            return Binder(name, stated)
        size = self.expression(last.sub)
        self.scope.vectors.add(name)
        return Binder(name, App("tuples", (stated or self.component_domain(first), size)))

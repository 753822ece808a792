r"""Vectors by their components: `\partial_{z_j}`, `\mathrm{softmax}(z)_i`, `\delta_{ij}`, `\mathbb 1[x = y]`.

A component z_k is a function of its index. The derivative by z_j is that in the direction of the j-th unit vector: of
F(z_k + t \delta_{kj}) by t at 0. Indices of such vectors lie in the range that sums over the components have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from derivations.latex.differentials import Differentials
from derivations.latex.nodes import Node, Nodes
from derivations.latex.scope import Slot
from derivations.term import (
    App,
    Bind,
    Bound,
    Num,
    Term,
    Var,
    add,
    derivative,
    div,
    fresh_name,
    mul,
    subterms,
    summation,
)

_FONTS: Final = frozenset({"double", "bold"})


class Components(Differentials):
    """Reads derivatives by components, softmax and indicators."""

    def variable(self, node: Node) -> str:
        """The name of the variable of a derivative; for a component z_j one that stands for it."""
        if node.kind == "group" and len(node.parts[0]) == 1:
            return self.variable(node.parts[0][0])
        slot = self.slot(node)
        if slot is None:
            self.demand_undefined(node)
            variable = super().variable(node)
            self.scope.places.pop(variable, None)
            self.scope.numbered.pop(variable, None)
            if node.kind == "symbol" and node.sub and self.stem(node) in self.scope.coordinates:
                self.scope.places[variable] = Slot(self.stem(node), self.indices(node.sub)[0])
                self.scope.numbered[variable] = self.key(node)
            return variable
        name = f"{slot.head}@{slot.place}"
        self.scope.slots[name] = slot
        return name

    def demand_undefined(self, node: Node) -> None:
        """Fail on a component that the author has defined: w_k is no coordinate of a w then."""
        name = self.stem(node)
        known = self.scope.definitions.get(name)
        if node.kind == "symbol" and node.sub and known is not None and known.indexed and self.is_component(node):
            raise self.fail(node, f"a variable; {name} is defined by other letters")

    def slot(self, node: Node) -> Slot | None:
        """The component that a letter with an index is; None for names, parameters and bound variables."""
        if node.kind != "symbol" or self.scope.setting.kind != "joint":
            return None
        node = self.index_above(node)
        name = self.stem(node)
        if not node.sub or name in self.scope.setting.parameters or not self.is_component(node) or self.is_vector(name):
            return None
        if self.key(node) in self.scope.components or name in self.scope.definitions:
            return None
        indices = self.indices(node.sub)
        return Slot(name, indices[0]) if len(indices) == 1 else None

    def varies(self, body: Term, name: str) -> bool:
        """Whether a term depends on a variable; on a component, where it mentions the vector."""
        slot = self.scope.slots.get(name) or self.scope.places.get(name)
        if slot is None or name in body.free_vars:
            return super().varies(body, name)
        return self.scope.numbered.get(name) in body.free_vars or any(
            _is_of(part, slot.head) for part in subterms(body)
        )

    def derived(self, names: list[str], body: Term) -> Term:
        """The derivative of a body by one variable after the other."""
        for name in names:
            slot = self.scope.slots.get(name) or self.written_out(name, body)
            if slot is None:
                body = super().derived([self.numbered(name, body)], body)
                continue
            if not any(_is_of(part, slot.head) for part in subterms(body)):
                raise self.fail(None, f"a function of the components of {slot.head}")
            for domain in _ranges(body, slot.head):
                self.lies_in(slot.place, domain)
            step = fresh_name("t", body.free_vars | slot.place.free_vars)
            body = derivative(step, _moved(body, slot, Var(step)), Num(0))
        return body

    def written_out(self, name: str, body: Term) -> Slot | None:
        """The coordinate of a parameter that a derivative is taken by, where what is derived has its coordinates."""
        slot = self.scope.places.get(name)
        if slot is None or not any(_is_of(part, slot.head) for part in subterms(body)):
            return None
        if {name, slot.head} & body.free_vars:
            raise self.fail(None, f"a function of {slot.head}, or of its coordinates, not of both")
        return slot

    def numbered(self, name: str, body: Term) -> str:
        """The coordinate w_1 by its own name, where what is derived has it."""
        own = self.scope.numbered.get(name)
        if own is None or own not in body.free_vars:
            return name
        if name in body.free_vars:
            raise self.fail(None, f"a function of {name}, or of {own}, not of both")
        return own

    def lies_in(self, index: Term, domain: Term) -> None:
        """Take in that a free index lies in the range of a vector's components."""
        fact = App("in", (index, domain))
        if isinstance(index, Var) and index.name not in self.scope.bound and fact not in self.scope.facts:
            self.scope.facts.append(fact)

    # ------------------------------------------------------------ softmax

    def softmax(self, node: Node, group: Node) -> Term:
        r"""`\mathrm{softmax}(z)_i`, `\mathrm{softmax}_i(z)` and `\mathrm{softmax}(z_i)`."""
        inner = group.parts[0]
        letter = inner[0] if len(inner) == 1 else None
        if letter is None or letter.kind != "symbol":
            raise self.fail(group, "a vector, as in softmax(z)")
        below = group.sub or node.sub or letter.sub
        if below is None or (size := self.scope.classes) is None:
            raise self.fail(group, "an index of the softmax, and the number of classes above a sum")
        (index,) = self.indices(below)[:1]
        head = self.stem(letter)
        domain = App("range", (Num(1), size))
        self.lies_in(index, domain)
        other = fresh_name("k", index.free_vars)
        total = summation(other, domain, App("exp", (App(head, (Var(other),)),)))
        return div(App("exp", (App(head, (index,)),)), total)

    # ------------------------------------------------------------ indicators

    def indicator(self, inside: Nodes, node: Node) -> Term:
        r"""`\mathbb 1[x = y]`: 1 where two things are the same, 0 elsewhere."""
        place = next((k for k, one in enumerate(inside) if one.kind == "sign" and one.value == "="), None)
        if place is None:
            raise self.fail(node, "an equation in the indicator")
        left, right = Nodes(inside[:place]), Nodes(inside[place + 1 :])
        return App("delta", (self.expression(left), self.expression(right)))

    def is_kronecker(self, node: Node) -> bool:
        r"""Whether a letter is `\delta_{ij}`."""
        known = "delta" in self.scope.definitions or "delta" in self.scope.symbols
        return node.value == "delta" and node.sub is not None and not known and len(self.indices_or_none(node.sub)) == 2

    def indices_or_none(self, below: Nodes) -> list[Term]:
        """The indices of a subscript of plain letters and numbers."""
        plain = all(one.kind in ("symbol", "number") or (one.kind, one.value) == ("sign", ",") for one in below)
        return self.indices(below) if plain else []


def indicates(node: Node) -> bool:
    r"""Whether a piece is the sign of an indicator, `\mathbb 1` or `\mathbb I`."""
    return node.font in _FONTS and (
        (node.kind, node.value) == ("number", "1") or (node.kind, node.value) == ("symbol", "I")
    )


def _is_of(term: Term, head: str) -> bool:
    return isinstance(term, App) and term.head == head and len(term.args) == 1


def _ranges(term: Term, head: str) -> Iterator[Term]:
    """The sets of sums and products over the components of a vector."""
    component = App(head, (Bound(0),))
    for part in subterms(term):
        total = isinstance(part, Bind) and part.head in ("sum", "prod") and part.arg.loose == 0
        if total and isinstance(part, Bind) and component in subterms(part.bodies[0]):
            yield part.arg


def _moved(term: Term, slot: Slot, step: Term) -> Term:
    """The term with each component of a vector moved by the step where its index is that of the slot."""
    if isinstance(term, App):
        args = [_moved(arg, slot, step) for arg in term.args]
        if _is_of(term, slot.head):
            return add(App(term.head, args), mul(step, App("delta", (term.args[0], slot.place))))
        return App(term.head, args)
    if isinstance(term, Bind):
        bodies = [_moved(body, slot, step) for body in term.bodies]
        return Bind(term.head, term.hint, _moved(term.arg, slot, step), bodies)
    return term


def classes(nodes: Sequence[Node]) -> list[Nodes]:
    """What stands above the sums and products of some pieces: the number of components."""
    found: dict[str, Nodes] = {}
    for node in nodes:
        if node.kind == "operator" and node.value in ("sum", "prod") and node.sup:
            found.setdefault(str(node.sup), node.sup)
        for part in node.parts:
            found.update({str(one): one for one in classes(part)})
    return list(found.values())

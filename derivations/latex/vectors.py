r"""Scalar products, read by components: `w^\top x` is w x and a rest, where w and x are one component each.

The rest is a number of its own for each pair of vectors. A gradient by w is the derivative by that component, which
does not touch the rest; so an equation that is proved for components holds for vectors. Matrices and outer products
are not read.
"""

from __future__ import annotations

from dataclasses import replace

from derivations.latex.letters import Cursor, Letters
from derivations.latex.nodes import Node
from derivations.term import App, Term, Var, add, mul, power


class Vectors(Letters):
    """Reads products of a transposed vector and another one."""

    def factor(self, cursor: Cursor) -> Term:
        """The next factor."""
        raise NotImplementedError  # the grammar of products supplies it

    def scalar_product(self, node: Node, cursor: Cursor) -> Term | None:
        r"""`w^\top x`, which begins with a letter that is passed already; None where nothing is transposed."""
        if not self.is_transposed(node):
            return None
        other = cursor.peek()
        if other is None or other.kind != "symbol" or self.is_transposed(other):
            raise self.fail(other or node, "a vector behind the transposed one")
        for one in (node, other):
            if one.value[:1].isupper():
                raise self.fail(one, "a vector; matrices are not read")
        first = self.base(self.index_above(replace(node, sup=None)))
        power_of = self.index_above(other).sup
        if power_of:
            raise self.fail(other, "a vector without a power")
        return self.product_of(first, self.factor(cursor), node)

    def is_transposed(self, node: Node) -> bool:
        r"""Whether a letter has `^\top` or, where T is no number of the chain, `^T`."""
        if node.kind != "symbol" or node.sup is None or len(node.sup) != 1:
            return False
        mark = node.sup[0]
        return (mark.kind, mark.value) == ("sign", "T") or (
            (mark.kind, mark.value) == ("symbol", "T") and mark.sub is None and "T" not in self.scope.counts
        )

    def product_of(self, first: Term, second: Term, node: Node) -> Term:
        """The scalar product of two vectors by a component of each."""
        for one in (first, second):
            if not isinstance(one, Var) and not (isinstance(one, App) and one.head.isidentifier()):
                raise self.fail(node, "a product of two vectors that have names")
        self.note("vectors are read by one component each; what the other ones add to a product is its rest")
        ordered = sorted((first, second), key=_name)
        arguments = [argument for one in ordered for argument in _arguments(one)]
        head = "rest_" + "".join(map(_name, ordered))
        rest: Term = App(head, arguments) if arguments else Var(head)
        return add(power(first, 2) if first == second else mul(first, second), rest)


def _name(term: Term) -> str:
    return term.name if isinstance(term, Var) else term.head if isinstance(term, App) else ""


def _arguments(term: Term) -> tuple[Term, ...]:
    return term.args if isinstance(term, App) else ()

r"""Primes that are derivatives: `\tanh'(x)`, `\sigma''(a)`, `(x^2)'`.

A prime on a letter belongs to its name or to the function that it names; any other one must have been read by the
methods here, or the formula is not understood: a prime that is passed over would make a false line true.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Final

from derivations.latex.letters import Cursor, Letters
from derivations.latex.nodes import Node, Nodes
from derivations.term import App, Term, Var, derivative, fresh_name, substituted

_BRACKETS: Final = frozenset({"(", "[", "{"})
_HIGHEST: Final = 6
_ONE_ARGUMENT: Final = frozenset(
    {"log", "lg", "exp", "sqrt", "sigmoid", "logit", "softplus", "sin", "cos", "tan", "sinh", "cosh", "tanh"}
)


class Primes(Letters, ABC):
    """Reads primes on functions and on brackets."""

    @abstractmethod
    def operator(self, node: Node, cursor: Cursor) -> Term:
        """An operator with what it acts upon."""

    def primed_operator(self, node: Node, cursor: Cursor) -> Term:
        """The derivative of a function of one argument, at the argument in the bracket behind it."""
        group = cursor.peek()
        if node.value not in _ONE_ARGUMENT:
            raise self.fail(node, "a prime on a function of one argument only")
        if group is None or group.kind != "group" or group.value not in _BRACKETS:
            raise self.fail(node, "a bracket behind the prime")
        cursor.next()
        argument = self.expression(group.parts[0])
        name = fresh_name("t", {*argument.free_vars, *self.scope.bound})
        bare = replace(node, primes=0, sup=None)
        with self.scope.binding(name, App("reals")):
            body = self.operator(bare, Cursor(Nodes([Node("symbol", name, node.start, node.end)])))
        self.primes_read.add(node.start)
        return self.raised(self.raised(differentiated_at(name, body, node.primes, argument), node), group)

    def derivative_above(self, node: Node, group: Node) -> Term | None:
        """`f^{(2)}(x)` in a formula that stands alone: the second derivative; in a document 2 is an index."""
        above = node.sup[0] if node.sup and len(node.sup) == 1 else None
        if above is None or above.value != "(" or not self.scope.alone or node.sub or node.primes:
            return None
        order, name = above.parts[0], self.stem(node)
        if [one.kind for one in order] != ["number"] or not order[0].value.isdigit() or above.sup or above.sub:
            return None
        known = name in self.scope.definitions or self.scope.laws_of(name) or self.scope.is_symbol(name)
        if known or not self.scope.is_callable(name) or any(one.value in (",", "|", ";") for one in group.parts[0]):
            return None
        if int(order[0].value) > _HIGHEST:
            raise self.fail(above, f"a derivative of order {_HIGHEST} at most")
        argument = self.expression(group.parts[0])
        point = fresh_name("t", argument.free_vars)
        return differentiated_at(point, App(name, (Var(point),)), int(order[0].value), argument)

    def primed(self, term: Term, node: Node) -> Term:
        """A bracket with primes: its derivative by the only letter in it."""
        if node.primes and node.kind == "group":
            names = sorted(term.free_vars)
            if len(names) != 1 or node.sub:
                raise self.fail(node, "a derivative that names its variable")
            self.note(f"the derivative is taken by {names[0]}")
            self.primes_read.add(node.start)
            term = differentiated_at(names[0], term, node.primes, Var(names[0]))
        return term

    def demand_primes_read(self, nodes: Nodes) -> None:
        """Nothing but a name may hold a prime that was not read.

        Raises: NotationError at the first piece that does.
        """
        waiting = [nodes]
        while waiting:
            for node in waiting.pop():
                if node.primes and node.kind != "symbol" and node.start not in self.primes_read:
                    raise self.fail(node, "a prime on a letter, a function or a bracket")
                waiting += node.parts
                if node.sub:
                    waiting.append(node.sub)
                if node.sup:
                    waiting.append(node.sup)


def differentiated_at(name: str, body: Term, times: int, point: Term) -> Term:
    """The derivative of a function of one variable, so many times, at a point."""
    if not times:
        return substituted(body, {name: point})
    for _ in range(times - 1):
        body = derivative(name, body)
    return derivative(name, body, point)

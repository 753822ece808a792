r"""Derivatives in every spelling: `\nabla_\phi`, `\frac{d}{dx} f`, `\frac{\partial f}{\partial x}`, `d/dx`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Final

from derivations.errors import TooLong
from derivations.latex.bars import Bars
from derivations.latex.letters import Cursor
from derivations.latex.nodes import Node, Nodes
from derivations.term import App, Term, Var, derivative, fresh_name, mul, power, substituted

_SIGNS: Final = frozenset({"*", "dot"})
_MOST_ORDER: Final = 6


# What is expected where a second coordinate of a parameter is met and none was foreseen.
COORDINATES: Final = "derivatives by one coordinate"


class Differentials(Bars, ABC):
    """Reads derivatives and decides how far they reach."""

    @abstractmethod
    def begins_factor(self, node: Node, cursor: Cursor) -> bool:
        """Whether a piece is a factor, and not the end of the product."""

    @abstractmethod
    def factor(self, cursor: Cursor) -> Term:
        """The next factor."""

    @abstractmethod
    def product(self, cursor: Cursor) -> Term:
        """The product that begins at the cursor."""

    def is_differential(self, cursor: Cursor) -> bool:
        """Whether a derivative begins here."""
        node = cursor.peek()
        if node is None:
            return False
        if node.kind == "operator" and node.value in ("nabla", "partial"):
            return True
        if node.kind == "frac":
            return _is_d(node.parts[0][:1]) and self.is_below(node.parts[1])
        if node.kind == "group" and node.value in ("(", "[", "{}") and len(node.parts[0]) == 1 and node.sup is None:
            inner = node.parts[0][0]
            return inner.kind == "frac" and len(inner.parts[0]) == 1 and self.is_differential(Cursor(node.parts[0]))
        return self.is_inline(cursor)

    def is_below(self, below: Nodes) -> bool:
        r"""Whether the lower half of a fraction names variables; `\frac{x}{d-x}` with d given does not."""
        if not _is_d(below[:1]) or len(below) < 2:
            return False
        return "d" not in self.scope.symbols or not any(node.kind == "sign" for node in below)

    def is_inline(self, cursor: Cursor) -> bool:
        """`d/dx` and `df/dx` in one line."""
        if not _is_d([cursor.peek()]):
            return False
        ahead = [cursor.peek(k) for k in range(4)]
        return self.inline_quotient(cursor) is not None or (
            _is_d(ahead[:1])
            and ahead[1] is not None
            and (ahead[1].kind, ahead[1].value) == ("sign", "/")
            and _is_d(ahead[2:3])
            and ahead[3] is not None
        )

    def inline_quotient(self, cursor: Cursor) -> int | None:
        """The place of the slash in `dE/dx` in one line, None if no such quotient stands here."""
        if not _is_d([cursor.peek()]) or "d" in self.scope.symbols:
            return None
        for place in range(cursor.place + 1, min(len(cursor.nodes) - 2, cursor.place + 5)):
            node = cursor.nodes[place]
            if (node.kind, node.value) == ("sign", "/"):
                behind = cursor.nodes[place + 1 : place + 3]
                return place if place > cursor.place + 1 and _is_d(behind) and behind[1].kind == "symbol" else None
            if node.kind == "sign":
                return None
        return None

    def differential(self, cursor: Cursor) -> Term | None:
        """The derivative that begins at the cursor, None if none does."""
        if not self.is_differential(cursor):
            return None
        node = cursor.next()
        if node is None:
            return None
        if node.kind == "group":
            return self.quotient(node.parts[0][0], cursor)
        if node.kind == "frac":
            return self.quotient(node, cursor)
        cursor.place -= 1
        slash = self.inline_quotient(cursor)
        cursor.place += 1
        if slash is not None:
            names = self.times(node, Nodes(cursor.nodes[slash + 1 : slash + 3]))
            body = self.dependent(names, Nodes(cursor.nodes[cursor.place : slash]))
            cursor.place = slash + 3
            return self.derived(names, body)
        if node.kind == "operator" and not (cursor.at_sign("/") and node.sub is None):
            return self.nabla(node, cursor)
        cursor.next()
        sign = cursor.next()
        variable = cursor.next()
        if sign is None or variable is None:
            raise self.fail(node, "a variable behind d/d")
        return self.operate(self.times(node, Nodes([sign, variable])), cursor, tight=False)

    def nabla(self, node: Node, cursor: Cursor) -> Term:
        r"""`\nabla_\phi f`, `\nabla f`, `\partial_\beta f`, `\nabla^2_\beta f`."""
        if node.sub:
            names = [self.variable(part) for part in node.sub if part.kind != "sign"]
        else:
            default = self.scope.setting.gradient
            if not default:
                raise self.fail(node, "the variable of this derivative")
            self.note(f"the derivative is taken by {default}")
            names = [default]
        order = self.order(node)
        if len(names) > 1 and order > 1:
            raise self.fail(node, "one variable of this derivative")
        return self.operate(names * order, cursor, tight=True)

    def quotient(self, node: Node, cursor: Cursor) -> Term:
        r"""`\frac{d}{dx} f` or `\frac{d f}{d x}`."""
        above, below = node.parts
        order = self.order(above[0])
        if order == 1 and len(below) == 2 and (root := self.squared(below[1])) is not None:
            if len(above) > 1:
                return self.raised(self.derived_by_square(root, self.expression(Nodes(above[1:]))), node)
            return self.derived_by_square(root, self.operand(cursor))
        names = self.times(above[0], Nodes(below))
        if len(above) > 1:
            body = self.dependent(names, Nodes(above[1:]))
            return self.raised(self.derived(names, body), node)
        return self.operate(names, cursor, tight=False)

    def dependent(self, names: list[str], above: Nodes) -> Term:
        """What is differentiated in `dy/dx`. Nobody writes it of a y that does not depend on x: 0 is not meant."""
        body = self.expression(above)
        alone = len(above) == 1 and above[0].kind == "symbol"
        if alone and not any(self.varies(body, name) for name in names):
            raise self.fail(above[0], f"how {self.text(above[0])} depends on {names[0]}")
        return body

    def times(self, sign: Node, below: Nodes) -> list[str]:
        """The variables below, as many as the order of the sign above says; one variable stands for all."""
        order, names = self.order(sign), self.variables(below)
        if len(names) == 1:
            names = names * order
        if len(names) != order:
            raise self.fail(below[0], "as many variables below as differentiations above")
        return names

    def order(self, sign: Node) -> int:
        """How often is differentiated: 2 for d^2."""
        if sign.sup is None:
            return 1
        order = int(sign.sup[0].value) if len(sign.sup) == 1 and sign.sup[0].kind == "number" else 0
        if order < 1:
            raise self.fail(sign, "the order of a derivative, a positive number")
        if order > _MOST_ORDER:
            raise TooLong(self.source, sign.start, f"a derivative of order at most {_MOST_ORDER}")
        return order

    def is_name(self, variable: Node) -> bool:
        """Whether the superscript of a variable is a star, an index or a word, and so no order."""
        starred = variable.sup is not None and all(part.kind == "sign" for part in variable.sup)
        return starred or self.word_above(self.index_above(variable)) is not variable

    def squared(self, node: Node) -> str | None:
        r"""The name s in `\partial s^2` with one differentiation: the square is the variable."""
        if node.kind != "symbol" or node.sup is None or len(node.sup) != 1 or node.sup[0].value != "2":
            return None
        return self.variable(replace(node, sup=None))

    def derived_by_square(self, root: str, body: Term) -> Term:
        """The derivative by the square of a positive variable."""
        square = fresh_name("v", body.free_vars)
        inside = substituted(body, {root: App("sqrt", (Var(square),))})
        return derivative(square, inside, power(Var(root), 2))

    def operand(self, cursor: Cursor) -> Term:
        """What a derivative written as a fraction acts upon: the next factor."""
        if cursor.peek() is None:
            raise self.fail(cursor.nodes[-1], "something to differentiate")
        if self.has_point(cursor.nodes[cursor.place]):
            raise self.fail(cursor.nodes[cursor.place], "a derivative by a square without a point")
        return self.factor(cursor)

    def variables(self, below: Nodes) -> list[str]:
        """The variables of `dx`, `dx^2`, `dx dy`."""
        names: list[str] = []
        place = 0
        while place < len(below):
            if not _is_d(below[place : place + 1]) or place + 1 >= len(below):
                raise self.fail(below[place], "d and a variable")
            variable = below[place + 1]
            if self.is_name(variable):
                names.append(self.variable(variable))
            else:
                names += [self.variable(replace(variable, sup=None))] * self.order(variable)
            place += 2
        return names

    def variable(self, node: Node) -> str:
        """The name of the variable of a derivative; a coordinate of a parameter stands for the parameter."""
        if node.kind == "group" and len(node.parts[0]) == 1:
            return self.variable(node.parts[0][0])
        if node.kind != "symbol":
            raise self.fail(node, "a variable")
        node = self.index_above(node)
        name = self.stem(node)
        if self.key(node) in self.scope.components:
            return self.scope.components[self.key(node)]
        if node.sub and name in (*self.scope.setting.parameters, "phi", "theta") and not self.names_parameter(node):
            return self.coordinate_of(node, name)
        if self.is_component(node):
            raise self.fail(node, "a variable, not a component of a vector")
        star = node.sup if node.sup is not None and all(part.kind == "sign" for part in node.sup) else None
        term = self.base(replace(node, sup=star))
        if isinstance(term, Var):
            return term.name
        change = next((c.old for c in self.scope.changes if c.old == name), None)
        if change is not None:
            return change
        raise self.fail(node, "a variable")

    def names_parameter(self, node: Node) -> bool:
        """Whether the letter with this subscript is a parameter of its own, as in a scalar beta_1."""
        return self.key(node).replace("_", "") in self.scope.symbols

    def coordinate_of(self, node: Node, name: str) -> str:
        """The derivative by one coordinate of a parameter is proved as for an arbitrary one; a second has a name."""
        key = self.key(node)
        known, twin = self.scope.coordinates.setdefault(name, key), self.scope.twins.get(name)
        if known != key and twin is not None and (twin == name or self.scope.coordinates.setdefault(twin, key) == key):
            return twin
        if known != key:
            raise self.fail(node, f"{COORDINATES} of {name} only")
        self.note(f"{name} stands for its coordinate")
        return name

    # ------------------------------------------------------------ reach

    def operate(self, names: list[str], cursor: Cursor, *, tight: bool) -> Term:
        """The derivative of what follows.

        It takes the first factor, goes on while nothing so far depends on the variable, and then, for `d/dx` and for
        a bare letter, over factors that stand close. The other choice is the wide reading.
        """
        if cursor.peek() is None or cursor.at_sign("+", "=", ")", *_SIGNS):
            raise self.fail(cursor.peek() or cursor.nodes[-1], "something to differentiate")
        first = cursor.peek()
        if first is not None and first.kind == "group" and self.has_point(first):  # d/dx [F]_{x = a}
            cursor.next()
            inside = replace(first, value="(" if first.value == "." else first.value, sub=None, sup=None)
            return self.at_point(self.derived(names, self.factor(Cursor(Nodes([inside])))), first)
        body = self.factor(cursor)
        single = cursor.place
        called = first is not None and (first.kind == "operator" or self.is_call(first, single, cursor))
        while (node := cursor.peek()) is not None:
            linked = node.kind == "sign" and node.value in _SIGNS
            ends = node.kind == "text" or (node.kind == "sign" and not linked and not self.opens_bar(cursor))
            if ends or self.ends_operand(cursor, linked=linked):
                break
            if tight and first is not None and (first.kind, first.value) == ("operator", "log"):
                break  # \nabla \log p(x) (f(x) - b): nobody means the gradient of the product
            usual = self.usually(first, single, cursor, tight=tight)
            if not self.goes_on(body, names, cursor, usual=usual, called=called):
                break
            if linked:
                cursor.next()
            body = mul(body, self.factor(cursor))
        while self.scope.reaching and (sign := cursor.peek()) is not None and cursor.at_sign("+", "-"):
            cursor.next()
            body = App(sign.value, (body, self.product(cursor)))
        return self.derived(names, body)

    def usually(self, first: Node | None, single: int, cursor: Cursor, *, tight: bool) -> bool:
        """Whether a reader takes the next factor in: it stands close, and no call or bracket ended."""
        node = cursor.peek()
        if node is None or first is None or node.gap or (node.kind == "sign" and node.value in _SIGNS):
            return False
        if (first.kind == "group" and first.value != "{}") or first.kind == "operator":
            return False
        letters = first.kind in ("symbol", "number", "frac") and not self.is_call(first, single, cursor)
        return letters or not tight

    def goes_on(self, body: Term, names: list[str], cursor: Cursor, *, usual: bool, called: bool) -> bool:
        """Whether the operand takes the next factor. A factor free of the variables changes nothing and stays out."""
        wide = self.scope.wide
        if not any(self.varies(body, name) for name in names):
            return not (wide and called)
        if usual:
            return not wide
        return wide and self.next_varies(names, cursor)

    def next_varies(self, names: list[str], cursor: Cursor) -> bool:
        """Whether the next factor depends on one of the variables."""
        start = cursor.place
        if cursor.at_sign(*_SIGNS):
            cursor.next()
        factor = self.factor(cursor)
        cursor.place = start
        return any(self.varies(factor, name) for name in names)

    def opens_bar(self, cursor: Cursor) -> bool:
        """Whether an absolute value begins here, and not the bar of an evaluation at a point."""
        node = cursor.peek()
        return cursor.at_sign("|") and node is not None and not node.sub and self.closing_bar(cursor) is not None

    def is_call(self, first: Node, after: int, cursor: Cursor) -> bool:
        """Whether the first factor was a letter with a bracket."""
        return first.kind == "symbol" and cursor.nodes[after - 1].kind == "group"

    def ends_operand(self, cursor: Cursor, *, linked: bool) -> bool:
        """Whether another derivative begins here or behind the sign here; the one before does not take it in."""
        cursor.place += linked
        found = self.is_differential(cursor)
        cursor.place -= linked
        return found

    def varies(self, body: Term, name: str) -> bool:
        """Whether a term depends on a variable, also through a change of variable."""
        if name in body.free_vars:
            return True
        return any(
            (name == change.new and change.old in body.free_vars)
            or (name == change.old and change.new in body.free_vars)
            for change in self.scope.changes
        )

    def derived(self, names: list[str], body: Term) -> Term:
        """The derivative of a body by one variable after the other."""
        for name in names:
            body = self.scope.differentiated(name, body)
        return body


def _is_d(nodes: object) -> bool:
    """Whether the first of some pieces is a differential sign."""
    if not isinstance(nodes, list) or not nodes or not isinstance(nodes[0], Node):
        return False
    node = nodes[0]
    return (node.kind == "symbol" and node.value == "d" and not node.sub) or (
        node.kind == "operator" and node.value in ("partial", "d")
    )

r"""Functions written without brackets, `\log p(x)`, limits, and distinctions of cases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final

from derivations.latex.differentials import Differentials
from derivations.latex.laws import listed
from derivations.latex.letters import Cursor
from derivations.latex.nodes import Node, Nodes, is_argument_list
from derivations.latex.said import speaks_of_energy
from derivations.term import App, Num, Term, Var, add, bind, div, mul, power, sub, substituted

# Functions that are written by others, which the prover knows.
_WRITTEN_BY: Final[dict[str, Callable[[Term], Term]]] = {
    "tan": lambda u: div(App("sin", (u,)), App("cos", (u,))),
    "cot": lambda u: div(App("cos", (u,)), App("sin", (u,))),
    "sec": lambda u: div(Num(1), App("cos", (u,))),
    "csc": lambda u: div(Num(1), App("sin", (u,))),
    "coth": lambda u: div(App("cosh", (u,)), App("sinh", (u,))),
    "sech": lambda u: div(Num(1), App("cosh", (u,))),
    "csch": lambda u: div(Num(1), App("sinh", (u,))),
    "log1p": lambda u: App("log", (add(Num(1), u),)),
    "expm1": lambda u: sub(App("exp", (u,)), Num(1)),
    "cbrt": lambda u: App("root", (u, Num(3))),
    "relu": lambda u: App("max", (u, Num(0))),
    "silu": lambda u: mul(u, App("sigmoid", (u,))),
    "arcsec": lambda u: App("arccos", (div(Num(1), u),)),
    "arccsc": lambda u: App("arcsin", (div(Num(1), u),)),
    "arcoth": lambda u: App("artanh", (div(Num(1), u),)),
    "arsech": lambda u: App("arcosh", (div(Num(1), u),)),
    "arcsch": lambda u: App("arsinh", (div(Num(1), u),)),
}
# What the power -1 of a function means; the inverse of the cotangent has two conventions, and so none here.
INVERSE_OF: Final = {
    "sin": "arcsin", "cos": "arccos", "tan": "arctan", "sec": "arcsec", "csc": "arccsc", "sinh": "arsinh",
    "cosh": "arcosh", "tanh": "artanh", "coth": "arcoth", "sech": "arsech", "csch": "arcsch",
}  # fmt: skip
CIRCULAR: Final = (
    frozenset(
        {"sin", "cos", "sinh", "cosh", "tanh", "arctan", "arcsin", "arccos", "arsinh", "arcosh", "artanh", "sign"}
    )
    | _WRITTEN_BY.keys()
)
_BASES: Final = {"lg": 10, "lb": 2}
_PARENS: Final = frozenset({"(", "[", "{"})


class Functions(Differentials, ABC):
    """Reads logarithms, exponentials, limits and cases."""

    @abstractmethod
    def product(self, cursor: Cursor) -> Term:
        """The product that begins at the cursor."""

    @abstractmethod
    def reach(self, head: str, name: str, cursor: Cursor) -> Term:
        """The body of a binder: the product that follows, and further terms while they mention its variable."""

    def energy(self, node: Node, cursor: Cursor) -> Term | None:
        """E(x) where the text speaks of energies, or x is summed over: a function, not a mean."""
        group = cursor.peek()
        if node.value != "E" or node.font or node.sub is not None or group is None or not is_argument_list(group):
            return None
        letters = [self.stem(one) for one in group.parts[0] if one.kind == "symbol"]
        if group.value != "(" or not (speaks_of_energy(self.source) or {*letters} <= self.scope.bound.keys()):
            return None
        cursor.next()
        values = [self.expression(part) for part in listed(group.parts[0])]
        return self.raised(self.raised(App("energy", values), node), group)

    def applied(self, node: Node, cursor: Cursor) -> Term:
        """exp, tanh and the like of a bracket or of the next factor."""
        group = cursor.peek()
        if group is None:
            raise self.fail(node, "an argument behind this function")
        if group.kind == "group" and group.value in (*_PARENS, "{}"):
            cursor.next()
            term: Term = App(node.value, (self.expression(group.parts[0]),))
            return self.raised(self.raised(term, node), group)
        return self.raised(App(node.value, (self.factor(cursor),)), node)

    def circular(self, node: Node, cursor: Cursor) -> Term:
        r"""sin, arctan, sinh and their relatives, of a bracket or of what a logarithm would act upon.

        The power -1 of a function is its inverse, `\tan^{-1} x`; any other one is a power of the value.
        """
        is_inverse = node.sup is not None and self.text(Node("group", "{", 0, 0, (node.sup,))) == "-1"
        if is_inverse and node.value not in INVERSE_OF:
            raise self.fail(node, "a function whose inverse has a name")
        if node.sup and not is_inverse and node.sup[0].value == "-":
            raise self.fail(node, "a power of this function that is not negative; an inverse has a name of its own")
        group = cursor.peek()
        after: Node | None = None
        if group is not None and group.kind == "group" and group.value in (*_PARENS, "{}"):
            cursor.next()
            inner, after = self.expression(group.parts[0]), group
        else:
            inner = self.log_operand(node, cursor)
        term = by_name(INVERSE_OF[node.value] if is_inverse else node.value, inner)
        term = term if is_inverse else self.raised(term, node)
        return term if after is None else self.raised(term, after)

    def extreme(self, node: Node, cursor: Cursor) -> Term:
        r"""`\max(a, b)` and `\min\{a, b, c\}`, of two or more numbers."""
        group = cursor.peek()
        if group is None or group.kind != "group" or group.value not in _PARENS:
            raise self.fail(node, "the numbers of this maximum in brackets")
        parts = listed(group.parts[0])
        if len(parts) < 2:
            raise self.fail(group, "two or more numbers")
        cursor.next()
        first, *rest = (self.expression(part) for part in parts)
        for other in rest:
            first = App(node.value, (first, other))
        return self.raised(first, group)

    def logarithm(self, node: Node, cursor: Cursor) -> Term:
        r"""The natural logarithm of a bracket or of what follows; `\log_2` divides by the logarithm of its base."""
        called = self.called(cursor)
        bracket = cursor.peek()
        if self.scope.outside and bracket is not None and bracket.kind == "group" and bracket.value in _PARENS:
            cursor.next()
            return self.raised(self.over_base(node, self.expression(bracket.parts[0])), bracket)
        if called is not None:
            cursor.next()
            outer, inner = called
            return self.raised(self.raised(self.over_base(node, self.expression(inner.parts[0])), inner), outer)
        return self.over_base(node, self.log_operand(node, cursor))

    def called(self, cursor: Cursor) -> tuple[Node, Node] | None:
        r"""The braces and the bracket of a machine's `\log{\left(x\right)}^{2}`, which is a power of the logarithm."""
        braces = cursor.peek()
        if braces is None or braces.kind != "group" or braces.value != "{}" or len(braces.parts[0]) != 1:
            return None
        inner = braces.parts[0][0]
        return (braces, inner) if inner.kind == "group" and inner.value in _PARENS else None

    def over_base(self, node: Node, argument: Term) -> Term:
        """The logarithm of an argument, divided by that of the base if one is written, and its power."""
        term: Term = App("log", (argument,))
        if node.value in _BASES or node.sub:
            base = self.expression(node.sub) if node.sub else Num(_BASES[node.value])
            term = div(term, App("log", (base,)))
        elif self.scope.base and "ln" not in self.source[node.start : node.end]:
            term = div(term, App("log", (Num(self.scope.base),)))
        return term if node.sup is None else self.raised(term, node)

    def log_operand(self, node: Node, cursor: Cursor) -> Term:
        """What a logarithm acts upon: a bracket, or the factors that belong to it."""
        group = cursor.peek()
        if group is None:
            raise self.fail(node, "an argument behind the logarithm")
        if group.kind == "group" and group.value in _PARENS:
            cursor.next()
            inner = self.expression(group.parts[0])
            if group.primes:
                raise self.fail(group, "the prime behind a bracket around the whole logarithm")
            return self.raised(inner, group)
        start = cursor.place
        term = self.factor(cursor)
        while self.log_goes_on(cursor, start) and not self.is_exponential_factor(node, cursor):
            term = mul(term, self.factor(cursor))
        return term

    def is_exponential_factor(self, node: Node, cursor: Cursor) -> bool:
        r"""`\cos x \, e^{-x}` is a product: only a logarithm is taken of an exponential behind its letter."""
        following = cursor.peek()
        return node.value in CIRCULAR and following is not None and _is_exponential(following)

    def log_goes_on(self, cursor: Cursor, start: int) -> bool:
        r"""Whether the next factor still stands under the logarithm: `\log p(x|z) p(z)`, `\log 2 \pi`, `\log n p`."""
        node = cursor.peek()
        first, last = cursor.nodes[start], cursor.nodes[cursor.place - 1]
        if node is not None and _is_exponential(node):  # \log \frac{1}{Z} \exp(-x), \log a e^{-x}
            return last.kind in ("frac", "number", "symbol")
        if node is None or node.kind in ("sign", "operator", "text") or self.is_differential(cursor):
            return False
        if first.kind in ("operator",) or node.gap:
            return False
        called = last.kind == "group" and cursor.place - start >= 2
        before = cursor.nodes[cursor.place - 2] if called else last
        ahead = cursor.peek(1)
        calls = ahead is not None and ahead.kind == "group" and ahead.value == "(" and node.kind == "symbol"
        if called and calls:
            return before.value == node.value
        if called and (node.kind == "frac" or (node.kind == "group" and node.value == "{}")):
            return False
        powers = last.kind == "symbol" and last.sup is not None and node.kind == "group" and node.sup is not None
        if powers:  # \\log a^z (1 - a)^{1 - z}
            return True
        apart = calls and last.kind != "number"  # \log a(b + c), but \log 2a(b + c) is of 2a
        plain = not called and not apart and last.kind in ("symbol", "number") and node.kind in ("symbol", "number")
        if called and not (calls and self.scope.laws_of(self.stem(node))):
            return False  # \log p(x) f(x), \log p(x) (f(x) - b)
        return self.scope.wide or (plain and not self.scope.is_callable(node.value))

    def by_cases(self, node: Node) -> Term:
        """A distinction of z = 1 and z = 0 for a bit z, as the term z a + (1 - z) b that it is."""
        values: dict[str, Nodes] = {}
        variable: Node | None = None
        for value, condition in zip(node.parts[::2], node.parts[1::2], strict=False):
            said = [one for one in condition if one.kind != "text" and one.value not in (",", ".", ";")]
            if len(said) == 3 and said[0].kind == "symbol" and said[1].value == "=" and said[2].kind == "number":
                variable = said[0] if variable is None else variable
                values[said[2].value if self.key(said[0]) == self.key(variable) else "?"] = value
            else:
                values["otherwise"] = value
        if variable is not None and len(values) == 2 and "otherwise" in values and {"0", "1"} & values.keys():
            values["1" if "0" in values else "0"] = values.pop("otherwise")
        if variable is None or values.keys() != {"0", "1"} or len(node.parts) != 4:
            raise self.fail(node, "a distinction of the cases z = 0 and z = 1")
        bit = self.base(variable)
        if not isinstance(bit, Var) or self.scope.domain(bit.name) != App("bits"):
            raise self.fail(variable, "a variable that is 0 or 1")
        one, zero = (
            substituted(self.expression(_unpunctuated(values[value])), {bit.name: Num(int(value))}) for value in "10"
        )
        return add(mul(bit, one), mul(sub(Num(1), bit), zero))

    def limit(self, node: Node, cursor: Cursor) -> Term:
        r"""A limit: `\lim_{x \to a^+}`, `\lim_{x \to \infty}`, from one side at an end of the variable's interval."""
        below = node.sub or Nodes()
        place = next((k for k, one in enumerate(below) if one.kind == "sign" and one.value in ("to", "mapsto")), None)
        if place is None or place == 0:
            raise self.fail(node, "a variable and where it goes")
        letter = self.stem(below[0]) if place == 1 and below[0].kind == "symbol" and not below[0].sub else ""
        if letter and self.scope.is_callable(letter):  # h is a number where it goes to 0
            with self.scope.binding(letter, App("reals")):
                return self.limit(node, cursor)
        variable = self.expression(Nodes(below[:place]))
        target = Nodes(below[place + 1 :])
        if not isinstance(variable, Var) or not target:
            raise self.fail(node, "a variable and where it goes")
        arrow = self.source[below[place].start : below[place].end]
        side, point = self.side(variable.name, target, arrow)
        return bind(side, variable.name, point, self.reach("limit", variable.name, cursor))

    def domain_of(self, name: str) -> Term | None:
        """The set that a letter is given to be in."""
        known = self.scope.profile.symbols.get(name) or self.scope.symbols.get(name)
        given = [
            fact.args[1] for fact in self.scope.setting.given if isinstance(fact, App) and fact.args[:1] == (Var(name),)
        ]
        return given[0] if given else known

    def side(self, name: str, target: Nodes, arrow: str) -> tuple[str, Term]:
        """From which side a limit comes, and where it goes; from both where nothing is said."""
        last = target[-1]
        if arrow in _SLANTED:
            return _SLANTED[arrow], self.expression(target)
        if last.kind == "sign" and last.value in ("+", "-") and len(target) > 1:  # 0+
            return ("limit_right" if last.value == "+" else "limit_left"), self.expression(Nodes(target[:-1]))
        if last.sup is not None and len(last.sup) == 1 and last.sup[0].value in ("+", "-"):
            sign = last.sup[0].value
            bare = Node(last.kind, last.value, last.start, last.end, last.parts, last.sub)
            point = self.expression(Nodes([*target[:-1], bare]))
            return ("limit_right" if sign == "+" else "limit_left"), point
        point = self.expression(target)
        domain = self.domain_of(name)
        if isinstance(domain, App) and domain.head == "interval":
            if point == domain.args[0]:
                return "limit_right", point
            if point == domain.args[1]:
                return "limit_left", point
        if point == App("oo"):
            return "limit_left", point
        return ("limit_right" if point == App("neg", (App("oo"),)) else "limit"), point


_SLANTED: Final = {
    r"\downarrow": "limit_right", r"\searrow": "limit_right", r"\uparrow": "limit_left", r"\nearrow": "limit_left",
}  # fmt: skip


def of_degree(inner: Term, degree: Term) -> Term:
    """A root: of any real number where the degree is odd, else a power."""
    if isinstance(degree, Num) and degree.value % 2 and degree.value > 1:
        return App("root", (inner, degree))
    return power(inner, div(Num(1), degree))


def by_name(name: str, argument: Term) -> Term:
    """A function of one argument, by the name under which the spellings list it."""
    written = _WRITTEN_BY.get(name)
    return App(name, (argument,)) if written is None else written(argument)


def _is_exponential(node: Node) -> bool:
    """Whether a piece is exp, or a power of e."""
    power = node.kind == "symbol" and node.value == "e" and bool(node.sup) and node.sub is None
    return power or (node.kind, node.value) == ("operator", "exp")


def _unpunctuated(nodes: Nodes) -> Nodes:
    """Some pieces without a comma at their end."""
    return Nodes(nodes[:-1]) if nodes and nodes[-1].kind == "sign" and nodes[-1].value in (",", ";", ".") else nodes

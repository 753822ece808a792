r"""Integrals as they are written: `\int f(x)\,dx`, `\int dx\, f(x)`, `\iint f\,dx\,dz`, `\int_x f`.

A variable that a chain integrates over ranges over a set with a measure, which is left open: X for x. It is the real
line where x is calculated with, as in `\int x\,p(x)\,dx`. Expectations, divergences and entropies of densities
are the integrals that define them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from derivations.latex.binders import Binder, Binders
from derivations.latex.laws import Laws
from derivations.latex.letters import Cursor
from derivations.latex.nodes import Node, Nodes
from derivations.term import App, Num, Term, Var, bind, div, integral, mul, neg, power, sub, summation

REALS: Final = App("reals")
# Integral signs by the number of variables that they bind.
_SIGNS: Final = {"int": 1, "iint": 2, "iiint": 3}
_BRACKETS: Final = frozenset({"(", "["})


class Integrals(Binders):
    """Reads integrals."""

    def integral(self, node: Node, cursor: Cursor) -> Term:
        """An integral sign, or several in a row with one integrand, with what stands behind."""
        leading = _leading(cursor)
        if leading:
            cursor.place += 2 * len(leading)
            variables = leading
            if len(variables) < _SIGNS[node.value]:
                raise self.fail(node, "as many differentials as integral signs")
            return self.over([self.integrated(one, node) for one in variables], cursor)
        wanted, end = _SIGNS[node.value], _end(cursor, _SIGNS[node.value])
        if end is None:
            return self.over([self.without_differential(node)], cursor)
        start, last = cursor.place, end + _width(cursor.nodes, end)
        variables = _differentials(cursor.nodes, end, wanted)
        # The differentials of several signs stand side by side; the integrand ends before the first of them.
        first = end - sum(_width(cursor.nodes, end) for _ in range(len(variables) - 1))
        inner = Nodes(cursor.nodes[start:first])
        cursor.place = last
        binders = [self.integrated(one, node) for one in variables]
        return self.integrals(binders, inner, node)

    def integrals(self, binders: list[Binder], inner: Nodes, node: Node) -> Term:
        """The integrals over several variables of a row of pieces; the last differential is the outermost one."""
        *rest, outer = binders
        with self.scope.binding(outer.name, outer.domain):
            body = self.integrals(rest, inner, node) if rest else self.integrand(inner)
        return self.total(outer, body)

    def discrete(self, name: str) -> Term | None:
        """The finite set of a variable of the setting; None for one that the chain integrates over in earnest."""
        return self.scope.setting.variables.get(name) if self.scope.setting.kind != "joint" else None

    def total(self, binder: Binder, body: Term) -> Term:
        """The integral over a variable; over a discrete one it can only be the sum."""
        if binder.domain != self.discrete(binder.name):
            return integral(binder.name, binder.domain, body)
        self.note(f"{binder.name} is discrete: the integral is read as a sum")
        return summation(binder.name, binder.domain, body)

    def integrand(self, inner: Nodes) -> Term:
        """What is integrated; nothing is 1."""
        return self.expression(inner) if inner else Num(1)

    def over(self, binders: list[Binder], cursor: Cursor) -> Term:
        """The integrals over several variables of what follows; the first one is the outermost."""
        first, *rest = binders
        with self.scope.binding(first.name, first.domain):
            body = self.over(rest, cursor) if rest else self.reach("sum", first.name, cursor)
        return self.total(first, body)

    def integrated(self, variable: Node, sign: Node) -> Binder:
        """The variable behind a d, with the set that the integral sign or the chain says."""
        if variable.kind == "group" and len(variable.parts[0]) == 1:
            variable = variable.parts[0][0]
        if variable.kind != "symbol":
            raise self.fail(variable, "the variable of the integral")
        name = self.stem(variable)
        usual = self.scope.continuous.get(name.rstrip("'").split("_")[0], Var(_set(name)))
        own = self.discrete(name) or usual
        return self.named(Nodes([variable]), self.region(sign, own))

    def region(self, sign: Node, own: Term) -> Term:
        """The set below an integral sign: that of the variable, or one of its own, such as an interval."""
        if sign.sup is not None and sign.sub is not None:
            low, high = self.expression(sign.sub), self.expression(sign.sup)
            whole = (neg(App("oo")), App("oo"))
            return own if (low, high) == whole else App("interval", (low, high))
        below = _unwrapped(sign.sub)
        if len(below) > 1 and any(one.kind == "sign" and one.value == "in" for one in below):
            place = next(k for k, one in enumerate(below) if one.kind == "sign" and one.value == "in")
            below = Nodes(below[place + 1 :])
        if len(below) != 1 or below[0].kind != "symbol":
            return own
        region = below[0]
        if (region.font == "double" and region.value == "R") or region.value == "Omega" or region.value[:1].islower():
            return own
        said = Var(self.stem(region))
        return own if own == REALS or said == own else said

    def without_differential(self, node: Node) -> Binder:
        """`\\int_x f(x)`: the variable stands below the sign; with nothing below, it is the one that is understood."""
        below = _unwrapped(node.sub)
        if below and (variable := _variable_below(below[0])) is not None:
            return self.integrated(variable, node)
        names = list(self.scope.continuous)
        if len(names) != 1:
            raise self.fail(node, "the variable of the integral, as in dx")
        self.note(f"the integral is taken over {names[0]}")
        return self.integrated(Node("symbol", names[0], node.start, node.end), node)

    def moment_term(self, head: str, name: str, domain: Term, *bodies: Term) -> Term:
        """An expectation, a divergence, an entropy: over a set with a measure, the integral that defines it."""
        if domain not in self.scope.measured:
            return bind(head, name, domain, *bodies)
        return _DEFINED[head](name, domain, *bodies)


def _expectation(name: str, domain: Term, law: Term, body: Term) -> Term:
    return integral(name, domain, mul(law, body))


def _variance(name: str, domain: Term, law: Term, body: Term) -> Term:
    return _covariance(name, domain, law, body, body)


def _covariance(name: str, domain: Term, law: Term, left: Term, right: Term) -> Term:
    first, second = (sub(one, _expectation(name, domain, law, one)) for one in (left, right))
    return integral(name, domain, mul(law, power(first, 2) if left == right else mul(first, second)))


def _divergence(name: str, domain: Term, q: Term, p: Term) -> Term:
    return integral(name, domain, mul(q, App("log", (div(q, p),))))


def _cross_entropy(name: str, domain: Term, q: Term, p: Term) -> Term:
    return neg(integral(name, domain, mul(q, App("log", (p,)))))


def _entropy(name: str, domain: Term, q: Term) -> Term:
    return _cross_entropy(name, domain, q, q)


_DEFINED: Final[dict[str, Callable[..., Term]]] = {
    "E": _expectation, "Var": _variance, "Cov": _covariance, "KL": _divergence, "CE": _cross_entropy, "H": _entropy,
}  # fmt: skip


# ---------------------------------------------------------------- differentials


def _differential(nodes: Sequence[Node], place: int) -> Node | None:
    """The variable of a differential `dx`, `\\mathrm{d}x` or `\\mathrm{dx}` at a place."""
    node = nodes[place] if place < len(nodes) else None
    if node is None or node.kind not in ("symbol", "text") or (node.sub is not None and node.value == "d"):
        return None
    if node.value == "d":
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if (
            following is not None
            and (following.kind, following.value) == ("group", "{}")
            and len(following.parts[0]) == 1
        ):
            following = following.parts[0][0]
        if following is None or following.kind != "symbol" or following.value == "d":
            return None
        return following
    if node.font in ("roman", "text") and len(node.value) == 2 and node.value[0] == "d":
        return Node("symbol", node.value[1], node.start, node.end, sub=node.sub, sup=node.sup, primes=node.primes)
    return None


def _width(nodes: Sequence[Node], place: int) -> int:
    """The number of pieces of the differential at a place."""
    return 2 if nodes[place].value == "d" else 1


def _leading(cursor: Cursor) -> list[Node]:
    """The differentials directly behind an integral sign, `\\int dx\\, dz f`, where something follows them."""
    found: list[Node] = []
    place = cursor.place
    while place < len(cursor.nodes) and (variable := _differential(cursor.nodes, place)) is not None:
        found.append(variable)
        place += _width(cursor.nodes, place)
    following = cursor.nodes[place] if place < len(cursor.nodes) else None
    ends = following is None or (following.kind == "sign" and following.value in ("+", "-", ",", "/", "*"))
    return [] if ends else found


def _end(cursor: Cursor, wanted: int) -> int | None:
    """The place of the differential that closes an integral with so many variables, integrals inside closed first."""
    place, waiting = cursor.place, wanted
    while place < len(cursor.nodes):
        node = cursor.nodes[place]
        if node.kind == "operator" and node.value in _SIGNS:
            inner = Cursor(cursor.nodes)
            inner.place = place + 1
            waiting += 0 if _leading(inner) else _SIGNS[node.value]
        elif _differential(cursor.nodes, place) is not None and (place == 0 or not _after_sign(cursor.nodes, place)):
            waiting -= 1
            if waiting == 0:
                return place
            place += _width(cursor.nodes, place) - 1
        place += 1
    return None


def _after_sign(nodes: Sequence[Node], place: int) -> bool:
    """Whether the differential at a place belongs to a sign before it, `\\int dx f`."""
    while place >= 2 and _differential(nodes, place - 2) is not None and nodes[place - 2].value == "d":
        place -= 2
    before = nodes[place - 1] if place else None
    following = place + _width(nodes, place)
    return before is not None and before.kind == "operator" and before.value in _SIGNS and following < len(nodes)


def _differentials(nodes: Sequence[Node], end: int, wanted: int) -> list[Node]:
    """The variables of the last `wanted` differentials that stand side by side up to the place `end`, in order."""
    found: list[Node] = []
    place = end
    while len(found) < wanted and place >= 0 and (variable := _differential(nodes, place)) is not None:
        found.append(variable)
        place -= 2 if place >= 2 and nodes[place - 2].value == "d" else 1
    return found[::-1]


def _unwrapped(nodes: Nodes | None) -> Nodes:
    if nodes is not None and len(nodes) == 1 and nodes[0].kind == "group" and nodes[0].value in ("{}", "("):
        return nodes[0].parts[0]
    return nodes if nodes is not None else Nodes()


# ---------------------------------------------------------------- which variables a chain integrates over


def continuous(nodes: Sequence[Node], reader: Laws) -> dict[str, Term]:
    """The variables that some pieces integrate over, with their sets: the real line where they are calculated with."""
    names = dict.fromkeys(name.rstrip("'") for name in _integrated(nodes, reader))
    return {name: REALS if _is_numeric(nodes, name, reader) else Var(_set(name)) for name in names}


def _integrated(nodes: Sequence[Node], reader: Laws) -> Iterator[str]:
    signs = [node for node in nodes if node.kind == "operator" and node.value in _SIGNS]
    for node in signs:
        below = _unwrapped(node.sub)
        if below and node.sup is None and (variable := _variable_below(below[0])) is not None:
            yield reader.stem(variable)
    if signs:
        for place in range(len(nodes)):
            variable = _differential(nodes, place)
            if variable is not None:
                yield reader.stem(variable)
    for node in nodes:
        for part in node.parts:
            yield from _integrated(part, reader)


def _variable_below(node: Node) -> Node | None:
    r"""The variable that a letter below an integral sign says: z for `\int_z`, and for the set `\int_Z`."""
    if node.kind != "symbol" or node.font == "double" or node.value == "Omega" or not node.value[:1].isalpha():
        return None
    if len(node.value) == 1 and node.value.isupper():
        return replace(node, value=node.value.lower(), font="")
    return node if node.value[:1].islower() else None


def _is_numeric(nodes: Sequence[Node], name: str, reader: Laws) -> bool:
    """Whether a variable stands where a number is wanted, not only as an argument of functions."""
    for place, node in enumerate(nodes):
        before = nodes[place - 1] if place else None
        if node.kind == "symbol" and reader.stem(node).rstrip("'") == name:
            differential = before is not None and before.value == "d"
            sampled = place + 1 < len(nodes) and nodes[place + 1].value == "sim"
            if not differential and not sampled and node.sub is None:
                return True
        call = before is not None and before.kind in ("symbol", "operator") and node.value in _BRACKETS
        function = call and before is not None and (before.kind == "symbol" or before.value in ("KL", "H", "CE", "Pr"))
        if function and node.kind == "group" and node.value == "(" and before is not None and before.value not in "EV":
            inside = [one for one in node.parts[0] if one.kind == "group" or one.kind in ("frac", "operator")]
            if _is_numeric([one for one in inside if one.kind != "group"], name, reader):
                return True
            continue
        if any(_is_numeric(part, name, reader) for part in (*node.parts, node.sup or Nodes())):
            return True
    return False


def _set(name: str) -> str:
    """The name of the set of a variable.

    >>> _set("x"), _set("theta")
    ('X', 'theta_set')
    """
    bare = name.rstrip("'").split("_")[0]
    return bare.upper() if len(bare) == 1 else f"{bare}_set"

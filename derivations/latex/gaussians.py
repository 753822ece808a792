r"""Normal distributions: `\mathcal N(x; \mu, \sigma^2)`, `x \sim \mathcal N(\mu, \sigma^2)`, letters defined so.

The second parameter is the variance. A letter that is the variance, or whose square is, is taken to be positive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from derivations.latex.chances import as_bernoulli
from derivations.latex.events import Events
from derivations.latex.laws import BITS, LawOf, Laws, listed
from derivations.latex.nodes import Node, Nodes, pieces
from derivations.latex.profile import split_call
from derivations.latex.scope import Definition
from derivations.latex.sets import set_name
from derivations.term import App, Bind, Num, Term, Var, bind, subterms

REALS: Final = App("reals")
_POSITIVE: Final = App("interval", (Num(0), App("oo")))
# Letters s of which N(m, s) has the variance for some authors, and the standard deviation for others.
DEVIATIONS: Final = frozenset({"sigma", "s", "tau"})
CIRCULAR: Final = frozenset({"sin", "cos", "tan", "cot", "arcsin", "arccos", "arctan"})
_NAMES: Final = frozenset({"Normal", "Gaussian", "Gauss"})


class Gaussians(Events):
    """Reads normal distributions, with a value and without."""

    def call(self, node: Node, group: Node) -> Term | None:
        """The term of `letter(arguments)`; of a normal distribution with a value, its density."""
        if group.kind == "group" and group.value == "(" and is_normal(node):
            self.demand_no_prime(node)
            values, behind = split_call(group.parts[0])
            parts = [*values, *behind]
            if len(parts) == 3:
                mean, variance = self.parameters(parts[1:], group)
                return App("normal", (self.expression(parts[0]), mean, variance))
            raise self.fail(group, "a value, a mean and a variance, as in N(x; m, v)")
        return super().call(node, group)

    def law_of(self, nodes: Nodes) -> LawOf | None:
        """The distribution that a piece of notation names."""
        if len(nodes) == 2 and nodes[1].kind == "group" and is_normal(nodes[0], plain=True):
            values, behind = split_call(nodes[1].parts[0])
            if len(values) + len(behind) == 3 and values[0] and values[0][0].kind == "symbol":
                name = self.stem(values[0][0])
                mean, variance = self.parameters([*values, *behind][1:], nodes[1])
                return LawOf(name, REALS, App("normal", (Var(name), mean, variance)))
            if len(values) == 2 and not behind:
                mean, variance = self.parameters(values, nodes[1])
                return LawOf("x", REALS, App("normal", (Var("x"), mean, variance)))
        return self.defined_law(nodes) or super().law_of(nodes)

    def defined_law(self, nodes: Nodes) -> LawOf | None:
        """A distribution that the author has defined as a function of its values; a normal density is on the reals."""
        if not nodes or nodes[0].kind != "symbol" or len(nodes) > 2:
            return None
        found = self.scope.definitions.get(self.key(nodes[0])) or self.scope.definitions.get(self.stem(nodes[0]))
        if found is None or found.indexed or not found.parameters:
            return None
        values, behind = split_call(nodes[1].parts[0]) if len(nodes) == 2 else ([], [])
        written = [*values, *behind]
        if len(written) not in (0, len(found.parameters)) or (behind and not values):
            return None
        law: Term = found.body
        if written:
            law = found.applied(tuple(self.expression(part) for part in written))
        known = _as_law(law)
        if known is not None and (written or known.name in found.parameters):
            return known
        return self.law_of_value(found, written, law)

    def law_of_value(self, found: Definition, written: Sequence[Nodes], law: Term) -> LawOf | None:
        """The law of the first argument of a function that the author has defined."""
        first = written[0][0] if written and len(written[0]) == 1 else None
        if self.scope.setting.kind != "joint" or (len(found.parameters) > 1 and not written):
            return None
        if first is not None and first.kind != "symbol":
            return None
        name = found.parameters[0] if first is None else self.key(first)
        domain = self.scope.continuous.get(name) or self.set_of(name)
        law = law if written else found.applied((Var(name),))
        if isinstance(domain, Var):
            self.scope.laws_defined.append(bind("pmf", name, domain, law))
        return LawOf(name, domain, law)

    def set_of(self, name: str) -> Term:
        """The set of a variable."""
        return self.scope.domain(name) or Var(set_name(name))

    def parameters(self, parts: Sequence[Nodes], group: Node) -> tuple[Term, Term]:
        """The mean and the variance, whose letters are positive from here on."""
        if any(node.kind == "symbol" and node.value in ("I", "Sigma") for node in parts[1]):
            raise self.fail(group, "the variance of one variable, not a matrix")
        mean, variance = self.expression(parts[0]), self.expression(parts[1])
        self.take_as_positive(variance)
        return mean, variance

    def take_as_positive(self, term: Term) -> None:
        """Take in that a variance is positive, and standard deviations are."""
        match term:
            case Var(name) if name not in self.scope.bound:
                self.scope.symbols.setdefault(name, _POSITIVE)
            case App("^", (base, Num(2))):
                self.take_as_positive(base)
            case App(("*" | "/"), factors):
                for factor in factors:
                    self.take_as_positive(factor)
            case App(head, args) if head.isidentifier() and args:
                anything = App(head, [Var(f"?{place}") for place in range(len(args))])
                fact = App("<", (Num(0), anything))
                if fact not in self.scope.facts:
                    self.scope.facts.append(fact)


def is_normal(node: Node, *, plain: bool = False) -> bool:
    r"""Whether a piece is the name of the normal distribution; a `plain` N only where a distribution is expected."""
    if node.kind != "symbol" or node.sub is not None:
        return False
    return node.value in _NAMES or (node.value == "N" and (plain or node.font == "cal"))


# ---------------------------------------------------------------- what a chain says


def normal_variables(nodes: Sequence[Node], reader: Laws) -> Iterator[str]:
    """The variables of normal distributions in some pieces: they are real numbers."""
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if node.kind == "sign" and node.value == "sim" and following is not None and is_normal(following, plain=True):
            before = nodes[place - 1] if place else None
            if before is not None and before.kind == "symbol":
                yield reader.stem(before)
        if is_normal(node) and following is not None and following.kind == "group":
            parts = [one for part in split_call(following.parts[0]) for one in part]
            if len(parts) == 3 and len(parts[0]) == 1 and parts[0][0].kind == "symbol":
                yield reader.stem(parts[0][0])
        if node.kind == "symbol" and following is not None and following.kind == "group" and following.value == "(":
            yield from _of_definition(node, following, reader)
        for part in (*node.parts, node.sub or Nodes()):
            yield from normal_variables(part, reader)


def _of_definition(node: Node, group: Node, reader: Laws) -> Iterator[str]:
    found = reader.scope.definitions.get(reader.stem(node))
    if found is not None and any(isinstance(one, App) and one.head == "normal" for one in subterms(found.body)):
        first = listed(group.parts[0])[:1]
        if first and len(first[0]) and first[0][0].kind == "symbol":
            yield reader.stem(first[0][0])


def speaks_of_circle(nodes: Sequence[Node]) -> bool:
    r"""Whether `\pi` is the number: `2\pi` or a cosine stands somewhere, nowhere a bracket or a subscript behind it."""
    angle = any(node.kind == "operator" and node.value in CIRCULAR for node in pieces(nodes))
    return (angle or any(_twice_pi(nodes))) and not any(_applied_pi(nodes))


def _twice_pi(nodes: Sequence[Node]) -> Iterator[bool]:
    for before, node in pairwise(nodes):
        if before.kind == "number" and node.kind == "symbol" and node.value == "pi":
            yield True
    for node in nodes:
        for part in node.parts:
            yield from _twice_pi(part)


def _applied_pi(nodes: Sequence[Node]) -> Iterator[bool]:
    for place, node in enumerate(nodes):
        if node.kind == "symbol" and node.value == "pi":
            following = nodes[place + 1] if place + 1 < len(nodes) else None
            bracket = following is not None and following.kind == "group" and following.value == "("
            if node.sub is not None or (bracket and not (place and nodes[place - 1].kind == "number")):
                yield True
        for part in node.parts:
            yield from _applied_pi(part)


def with_deviations(left: Term, right: Term) -> list[tuple[Term, Term]]:
    r"""The reading of a step in which N(x; m, \sigma) has a standard deviation in the place of the variance."""
    read = (_with_deviations(left), _with_deviations(right))
    return [] if read == (left, right) else [read]


def _with_deviations(term: Term) -> Term:
    if "normal" not in term.heads:
        return term
    if isinstance(term, App):
        args = [_with_deviations(arg) for arg in term.args]
        if term.head == "normal" and isinstance(args[2], Var) and args[2].name.split("_")[0] in DEVIATIONS:
            args[2] = App("^", (args[2], Num(2)))
        return App(term.head, args)
    if isinstance(term, Bind):
        return Bind(term.head, term.hint, _with_deviations(term.arg), [_with_deviations(body) for body in term.bodies])
    return term


def _as_law(body: Term) -> LawOf | None:
    """The normal density, or the Bernoulli distribution, that a term is."""
    coin = as_bernoulli(body)
    match body if coin is None else coin:
        case App("normal", (Var(name), _, _)) as law:
            return LawOf(name, REALS, law)
        case App("bern", (_, Var(name))) as law:
            return LawOf(name, BITS, law)
    return None

r"""Random variables of one joint distribution: `E[f(X) | Y = y]`, `\mathrm{Var}(X | Y)`, `H(X | Y)`, `I(X; Y)`.

A capital letter in such an operator is a variable with values of its small letter, distributed as the densities
in the same chain say: `E[f(X) | Y = y]` is the sum, or the integral, of p(x | y) f(x) over x. An expectation is over
the random variables that it mentions and that no condition fixes; what is conditioned upon without a value
remains random, for an expectation outside.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from derivations.latex.integrals import Integrals
from derivations.latex.laws import Laws, listed
from derivations.latex.letters import Cursor
from derivations.latex.nodes import Node, Nodes
from derivations.term import (
    App,
    Bind,
    Num,
    Term,
    Var,
    div,
    fresh_name,
    integral,
    mul,
    neg,
    power,
    sub,
    substituted,
    summation,
)

_OPERATORS: Final = {"E": "E", "V": "Var", "Var": "Var", "Cov": "Cov", "H": "H", "I": "I"}
_FONTS: Final = frozenset({"", "bold", "roman"})
_OF_SETS: Final = frozenset({"card", "in"})
_CAPITAL: Final = re.compile(r"[A-Z]\d*")
_SMALL: Final = re.compile(r"[a-z]\d*")
_INFORMATION: Final = frozenset({"H", "I"})


@dataclass(frozen=True)
class Conditions:
    """What stands behind the bar: random variables with their values."""

    values: dict[str, Term]


class Random(Integrals):
    """Reads moments and entropies of random variables; `scope.random` maps their capital letters to small ones."""

    def random_moment(self, head: str, group: Node, over: Sequence[str] | None) -> Term:
        """E, Var or Cov of what stands in a bracket, given what stands behind its bar."""
        inside, behind = _at_bar(group.parts[0])
        conditions = self.conditions(behind)
        parts = listed(inside) if head == "Cov" else [inside]
        arguments = [self.expression(part) for part in parts]
        if len(arguments) != (2 if head == "Cov" else 1):
            raise self.fail(group, "two arguments of the covariance")
        if head == "E":
            return self.averaged(arguments[0], conditions, over)
        first, second = arguments[0], arguments[-1]
        centred = [sub(one, self.averaged(one, conditions, over)) for one in (first, second)]
        product = power(centred[0], 2) if head == "Var" else mul(*centred)
        # The means are constants under the same conditions: random variables in them are fixed or averaged over.
        return self.averaged(product, conditions, over)

    def averaged(self, term: Term, conditions: Conditions, over: Sequence[str] | None) -> Term:
        """The mean of a term over the random variables that it mentions."""
        fixed = {_random(letter): value for letter, value in conditions.values.items() if value != Var(_random(letter))}
        term = substituted(term, fixed)
        free = [name for name in self.scope.random if _random(name) in term.free_vars and name not in conditions.values]
        chosen = [name for name in free if over is None or name in over]
        if not chosen and over is None and not conditions.values:
            # E(x) beside X: what is meant is the mean of X, not the value x.
            small: dict[str, Term] = {
                value: Var(_random(name)) for name, value in self.scope.random.items() if value in term.free_vars
            }
            chosen = [name for name, value in self.scope.random.items() if value in small]
            term = substituted(term, small)
        if not chosen:
            return term
        density = self.random_density(chosen, conditions)
        return self.summed(chosen, mul(density, term))

    def summed(self, letters: Sequence[str], term: Term) -> Term:
        """The sums, or the integrals, over the values of random variables."""
        for letter in reversed(letters):
            small = self.scope.random[letter]
            name = fresh_name(small, term.free_vars)
            domain = self.default_domain(small, Node("symbol", small, 0, 0))
            domain = self.scope.continuous.get(small, domain)
            total = integral if domain in self.scope.measured else summation
            term = total(name, domain, substituted(term, {_random(letter): Var(name)}))
        return term

    def random_density(self, letters: Sequence[str], conditions: Conditions) -> Term:
        """The density of random variables given others, with their capital letters for the values."""
        small = self.scope.random
        joint = self.scope.joint
        if joint is None:
            raise self.fail(None, "a joint distribution")
        density = joint.density(
            frozenset(small[name] for name in letters), frozenset(small[name] for name in conditions.values)
        )
        values: dict[str, Term] = {small[name]: Var(_random(name)) for name in letters}
        return substituted(density, values | {small[name]: value for name, value in conditions.values.items()})

    def conditions(self, nodes: Nodes) -> Conditions:
        """`Y`, `Y = y`, `y`, and several of these."""
        values: dict[str, Term] = {}
        for part in listed(nodes):
            place = next((k for k, one in enumerate(part) if one.kind == "sign" and one.value == "="), None)
            letter = self.random_letter(part[0]) if part[0].kind == "symbol" and place in (None, 1) else None
            if letter is None or (place is None and len(part) != 1):
                raise self.fail(part[0], "a random variable, or its value as in Y = y")
            if place is not None:
                values[letter] = self.expression(Nodes(part[place + 1 :]))
            else:
                small = self.stem(part[0]) in self.scope.lower - self.scope.bound.keys()
                capital = small or self.stem(part[0]) == letter
                values[letter] = Var(_random(letter)) if capital else Var(self.key(part[0]))
        return Conditions(values)

    def bare(self, node: Node, name: str) -> Term:
        """A name alone; a random variable is a variable of its own until an expectation averages over it."""
        return Var(_random(name)) if name in self.scope.random else super().bare(node, name)

    def random_letter(self, node: Node) -> str | None:
        """The random variable that a letter names, also by its small letter."""
        name = self.stem(node)
        if name in self.scope.random:
            return name
        return next((capital for capital, small in self.scope.random.items() if small == name), None)

    def informs(self, cursor: Cursor) -> bool:
        """Whether a bracket follows that holds the two sides of an information, `X; Y`."""
        group = cursor.peek()
        inside = group.parts[0] if group is not None and group.kind == "group" and len(group.parts) == 1 else Nodes()
        return bool(self.scope.random) and any((one.kind, one.value) == ("sign", ";") for one in inside)

    def random_information(self, head: str, group: Node) -> Term:
        """H(X, Y | Z) and I(X; Y | Z)."""
        inside, behind = _at_bar(group.parts[0])
        conditions = self.conditions(behind)
        sides = _sides(inside) if head == "I" else [inside]
        letters = [[self.random_letter(part[0]) for part in listed(side) if len(part) == 1] for side in sides]
        named = [[name for name in side if name is not None] for side in letters]
        if not all(named) or len(named) != (2 if head == "I" else 1):
            raise self.fail(group, "random variables")
        # What is conditioned upon, and what stands there twice, adds nothing: H(X, X | Y) = H(X | Y), H(X | X) = 0.
        met = [name for side in named for name in side]
        named = [[name for name in dict.fromkeys(side) if name not in conditions.values] for side in named]
        every = list(dict.fromkeys(name for side in named for name in side))
        if len(every) < len(met) and any(self.scope.random[name] in self.scope.continuous for name in met):
            raise self.fail(group, "variables without densities where one stands twice")
        if not all(named):
            return Num(0)
        whole = self.random_density(every, conditions)
        ratio = whole
        if head == "I":
            ratio = div(whole, mul(*(self.random_density(side, conditions) for side in named)))
        return self.of_log(every, conditions, ratio, head)

    def of_log(self, letters: Sequence[str], conditions: Conditions, inside: Term, head: str) -> Term:
        """The mean of the logarithm of a density, over its variables and over conditions without a value."""
        still = [name for name, value in conditions.values.items() if value == Var(_random(name))]
        fixed = Conditions({name: value for name, value in conditions.values.items() if name not in still})
        density = self.random_density([*letters, *still], fixed)
        total = self.summed([*letters, *still], mul(density, App("log", (inside,))))
        return neg(total) if head == "H" else total


def _random(letter: str) -> str:
    """The name of the variable that a capital letter is: its set has the letter for a name already."""
    return f"{letter}_random"


def realised(term: Term, random: Mapping[str, str]) -> Term:
    """The term with its random variables that no expectation averages over as their small letters."""
    values: dict[str, Term] = {_random(letter): Var(small) for letter, small in random.items()}
    return substituted(term, values)


def at_value(term: Term, letters: Collection[str], value: Term) -> Term:
    """A term with a value for some letters; a set of the same name stays."""
    if isinstance(term, Var):
        return value if term.name in letters else term
    if isinstance(term, App):
        return term if term.head in _OF_SETS else App(term.head, [at_value(arg, letters, value) for arg in term.args])
    if isinstance(term, Bind):
        bodies = [at_value(body, letters, value) for body in term.bodies]
        return Bind(term.head, term.hint, term.arg, bodies)
    return term


def _at_bar(nodes: Sequence[Node]) -> tuple[Nodes, Nodes]:
    """What stands before the bar of a condition and behind it."""
    bars = [k for k, one in enumerate(nodes) if one.kind == "sign" and one.value == "|"]
    if len(bars) != 1:
        return Nodes(nodes), Nodes()
    return Nodes(nodes[: bars[0]]), Nodes(nodes[bars[0] + 1 :])


def _sides(nodes: Sequence[Node]) -> list[Nodes]:
    """The two sides of `X; Y`, or of `X, Y` where there is no semicolon."""
    for separator in (";", ":", ","):
        place = next((k for k, one in enumerate(nodes) if one.kind == "sign" and one.value == separator), None)
        if place is not None:
            return [Nodes(nodes[:place]), Nodes(nodes[place + 1 :])]
    return [Nodes(nodes)]


# ---------------------------------------------------------------- which letters are random


def random_letters(nodes: Sequence[Node], reader: Laws) -> dict[str, str]:
    """The random variables of a chain that conditions one, or speaks of its entropy, with their small letters."""
    groups = list(_groups(nodes))
    small = reader.scope.variables
    densities = reader.scope.setting.densities
    taken = any(
        node.value.isupper() and node.value.lower() in small
        for _, group in groups
        for node in _symbols(group.parts[0], apart_from=densities)
    )
    own = small_letters(nodes, reader)
    if not taken and not own and not any(_speaks_of_variables(head, group) for head, group in groups):
        return {}
    letters: dict[str, str] = {name.upper(): name for name in sorted(own - {*reader.scope.definitions})}
    for _, group in groups:
        for node in _symbols(group.parts[0]):
            name = reader.stem(node)
            if _CAPITAL.fullmatch(name) and node.font in _FONTS and node.sub is None:
                letters.setdefault(name, name.lower())
    known = {*reader.scope.symbols, *reader.scope.definitions, *reader.scope.profile.symbols}
    return {name: small for name, small in letters.items() if name not in known}


def small_letters(nodes: Sequence[Node], reader: Laws) -> frozenset[str]:
    """The small letters that are random variables themselves, as in `H[x, y] = H[y | x] + H[x]`."""
    groups = list(_groups(nodes))
    taken, densities = reader.scope.variables, reader.scope.setting.densities
    own = {name for head, group in groups for name in _small_variables(head, group, taken, densities)}
    capitals = {node.value for _, group in groups for node in _symbols(group.parts[0]) if _is_capital(node)}
    return frozenset(name for name in own if name.upper() not in capitals)


def _small_variables(head: str, group: Node, taken: Collection[str], densities: Collection[str]) -> list[str]:
    """The letters of variables in `H[x | y]` and `I[x, y]`: square brackets, a bar, or densities at them, say so."""
    inside = group.parts[0]
    names = [one.value for one in inside if one.kind == "symbol"]
    if head not in _INFORMATION or not names or any(not _is_variable(one) for one in inside if one.kind != "sign"):
        return []
    if any(name in densities for name in names):
        return []
    said = group.value == "[" or any(one.value in ("|", ";") for one in inside if one.kind == "sign")
    return names if said or (len(names) > 1 and {*names} <= {*taken}) else []


def _groups(nodes: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    """The brackets of moments and entropies."""
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        head = _OPERATORS.get(node.value) if node.kind in ("operator", "symbol") else None
        if head is not None and following is not None and following.kind == "group":
            yield head, following
        for part in node.parts:
            yield from _groups(part)


def _speaks_of_variables(head: str, group: Node) -> bool:
    """Whether a bracket is of capital letters only, as in H(X), or has a condition with a capital letter behind it."""
    inside, behind = _at_bar(group.parts[0])
    if head in _INFORMATION:
        return all(_is_capital(one) or one.kind == "sign" for one in (*inside, *behind)) and bool(inside)
    return any(_is_capital(one) for one in behind) or (bool(behind) and any(map(_is_capital, _symbols(inside))))


def _is_capital(node: Node) -> bool:
    return node.kind == "symbol" and _CAPITAL.fullmatch(node.value) is not None and node.font in _FONTS


def _is_variable(node: Node) -> bool:
    small = _SMALL.fullmatch(node.value) is not None
    return node.kind == "symbol" and small and node.font in _FONTS and node.sub is None


def _symbols(nodes: Sequence[Node], apart_from: Sequence[str] = ()) -> Iterator[Node]:
    """The letters in some pieces that no bracket follows, those in brackets included but for those of some letters."""
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        called = following is not None and following.kind == "group" and following.value == "("
        if node.kind == "symbol" and not called:
            yield node
        if place and nodes[place - 1].value in apart_from and node.kind == "group":
            continue
        for part in node.parts:
            yield from _symbols(part, apart_from)

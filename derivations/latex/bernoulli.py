r"""Which letters stand for the parameters of two Bernoulli distributions, and the laws that follow from them.

Students say it in many ways: `q(1) = \alpha`, `a = q(z=1|x)`, `q = \mathrm{Bern}(a)`, `q(z) = a^z (1-a)^{1-z}`,
`q_i := q(z_i = 1)`, or in words before the formula. This module recognises the shapes; it judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from derivations.latex.laws import BITS
from derivations.latex.letters import Letters
from derivations.latex.nodes import Node, Nodes, is_bernoulli
from derivations.latex.profile import Law, split_call
from derivations.latex.scope import INDICES
from derivations.notation import read
from derivations.term import App, Num, Term, Var, at, product

_LETTERS: Final = ("q", "p")


@dataclass(frozen=True)
class Parameter:
    """The parameter of the distribution `law`: a letter, or a letter with an index."""

    law: str
    name: str
    indexed: bool = False

    @property
    def term(self) -> Term:
        """The parameter as a term: a letter, or the number that is its name, such as `1 / 2`."""
        return Var(self.name) if self.name.isidentifier() else read(self.name)


def told(left: Nodes, right: Nodes, letters: Letters) -> Parameter | None:
    """The parameter that an equation tells, in either direction; None if it tells none."""
    for one, other in ((left, right), (right, left)):
        law = _value_at_one(one, letters) or _whole_law(one, letters)
        if law is None:
            continue
        value = _value_at_one(one, letters) is not None
        symbol = _parameter(other, letters) if value else _of_bernoulli(other, letters)
        if symbol is not None and (symbol[0] != law or symbol[1] or value):
            return Parameter(law, *symbol)
    return None


def tells_value(left: Nodes, right: Nodes, letters: Letters) -> bool:
    """Whether an equation speaks of the value of a distribution at one, as `q(1) = a`."""
    return _value_at_one(left, letters) is not None or _value_at_one(right, letters) is not None


def _value_at_one(nodes: Nodes, letters: Letters) -> str | None:
    """The law in `q(1)`, `q(z = 1 | x)`, `q_i(1)`, `P(z_i = 1)`."""
    if len(nodes) != 2 or nodes[0].kind != "symbol" or nodes[1].kind != "group":
        return None
    values, _ = split_call(nodes[1].parts[0])
    name = letters.stem(nodes[0])
    if len(values) != 1 or name not in _LETTERS:
        return None
    last = values[0][-1]
    equals = len(values[0]) == 1 or values[0][-2].value == "="
    return name if equals and (last.kind, last.value) == ("number", "1") else None


def _whole_law(nodes: Nodes, letters: Letters) -> str | None:
    """The law in `q`, `q(z)`, `q_\\phi(z|x)`, `q_i(z_i)`."""
    if not nodes or nodes[0].kind != "symbol" or letters.stem(nodes[0]) not in _LETTERS:
        return None
    if len(nodes) == 1 or (len(nodes) == 2 and nodes[1].kind == "group"):
        return letters.stem(nodes[0])
    return None


def _parameter(nodes: Nodes, letters: Letters) -> tuple[str, bool] | None:
    """A letter that may be a parameter, and whether it has an index."""
    if len(nodes) == 1 and nodes[0].kind == "group" and len(nodes[0].parts[0]) == 1:
        nodes = nodes[0].parts[0]
    if len(nodes) != 1 or nodes[0].kind != "symbol" or nodes[0].sup:
        return None
    node = letters.index_above(nodes[0])
    if letters.is_component(node):
        return letters.stem(node), True
    plain = letters.stem(node) not in _LETTERS and not letters.scope.is_callable(letters.stem(node))
    term = letters.base(node) if plain else Var(letters.stem(node))
    return (term.name, False) if isinstance(term, Var) else None


def _of_bernoulli(nodes: Nodes, letters: Letters) -> tuple[str, bool] | None:
    r"""The parameter in `\mathrm{Bern}(a)`, `a^z (1-a)^{1-z}`, and in products of these over an index."""
    place = 0
    while place < len(nodes) and nodes[place].kind == "operator" and nodes[place].value == "prod":
        place += 1
    rest = Nodes(nodes[place:])
    if not rest:
        return None
    if is_bernoulli(rest[0]) and len(rest) == 2 and rest[1].kind == "group":
        values, behind = split_call(rest[1].parts[0])
        chosen = behind[0] if behind else values[-1] if values else Nodes()
        return _parameter(chosen, letters)
    if rest[0].kind == "symbol" and rest[0].sup is not None and len(rest) == 2 and rest[1].kind == "group":
        exponent = "".join(letters.text(node) for node in rest[0].sup)
        if exponent[:1] in ("z", "x", "k", *letters.scope.setting.variables) and rest[1].sup is not None:
            bare = Node("symbol", rest[0].value, rest[0].start, rest[0].end, sub=rest[0].sub, primes=rest[0].primes)
            return _parameter(Nodes([bare]), letters)
    return None


_TYPED: Final = frozenset({"E", "V", "H"})  # operators that are typed as letters


def unknown_letters(nodes: Iterable[Node], letters: Letters, known: frozenset[str]) -> list[tuple[str, bool]]:
    """The letters of a formula that nothing explains, in order, with whether they have an index.

    What stands below a sum or in the arguments of a distribution is not looked at.
    """
    found: list[tuple[str, bool]] = []
    row = list(nodes)
    for place, node in enumerate(row):
        if node.kind == "symbol":
            _symbol_letters(row, place, letters, known, found)
        elif node.kind == "operator" and node.value in ("KL", "E", "H", "CE", "Var", "Cov"):
            if place + 1 < len(row):
                row[place + 1] = Node("text", "", node.start, node.end)
            continue
        for part in node.parts:
            found.extend(unknown_letters(part, letters, known))
    return list(dict.fromkeys(found))


def _symbol_letters(
    row: list[Node], place: int, letters: Letters, known: frozenset[str], found: list[tuple[str, bool]]
) -> None:
    node = letters.index_above(row[place])
    name = letters.stem(node)
    following = row[place + 1] if place + 1 < len(row) else None
    divergence = name == "D" and node.sub is not None and following is not None
    if divergence or (name in _TYPED and following is not None and following.kind == "group"):
        row[place + 1] = Node("text", "", node.start, node.end)
        return
    called = following is not None and following.kind == "group" and following.value == "("
    if called and name in _LETTERS and following is not None and not _is_complement(following):
        row[place + 1] = Node("text", "", node.start, node.end)
        return
    if (
        name in known
        or name in INDICES
        or name in ("e", "z", "x", "d")
        or (name in _LETTERS and node.sub is None and called)
    ):
        return
    indexed = letters.is_component(node)
    plain = not indexed and name not in _LETTERS and not letters.scope.is_callable(name)
    term = letters.base(node) if plain else None
    if indexed or name in _LETTERS:
        below = "" if indexed or node.sub is None else "_" + "".join(letters.text(part) for part in node.sub)
        if not below or below[1:].isdigit():
            found.append((name + below, indexed))
    elif isinstance(term, Var):
        found.append((term.name, False))


def is_indexed(nodes: Sequence[Node], letters: Letters) -> bool:
    """Whether q or p has an index somewhere, as one factor of a product of distributions."""
    return any(
        (node.kind == "symbol" and letters.stem(node) in _LETTERS and letters.is_component(node))
        or any(is_indexed(part, letters) for part in node.parts)
        for node in nodes
    ) or any(_is_call_of_component(node, following, letters) for node, following in pairwise(nodes))


def has_numbered_call(nodes: Sequence[Node], letters: Letters) -> bool:
    """Whether q or p is taken at 0 or 1, `q(1 | x)`: then it is a distribution on {0, 1}, whatever its parameter."""
    for node, group in pairwise(nodes):
        if node.kind == "symbol" and letters.stem(node) in _LETTERS and group.kind == "group" and group.parts[0]:
            first = group.parts[0][0]
            if (first.kind, first.value) in (("number", "0"), ("number", "1")) and not _is_complement(group):
                return True
    return any(has_numbered_call(part, letters) for node in nodes for part in node.parts)


def _is_call_of_component(node: Node, group: Node, letters: Letters) -> bool:
    """`q(z_i)`: one factor, that of the argument's index."""
    if node.kind != "symbol" or letters.stem(node) not in _LETTERS or group.kind != "group" or not group.parts[0]:
        return False
    first = group.parts[0][0]
    return first.kind == "symbol" and letters.is_component(first)


def bernoulli_arguments(nodes: Iterable[Node], letters: Letters) -> list[tuple[str, bool]]:
    r"""The letters in `\mathrm{Bern}(a)` and in products of it, with whether they have an index."""
    found: list[tuple[str, bool]] = []
    row = list(nodes)
    for place, node in enumerate(row):
        following = row[place + 1] if place + 1 < len(row) else None
        if is_bernoulli(node) and following is not None and following.kind == "group":
            letter = _of_bernoulli(Nodes([node, following]), letters)
            if letter is not None:
                found.append(letter)
        for part in node.parts:
            found.extend(bernoulli_arguments(part, letters))
    return list(dict.fromkeys(found))


def _is_complement(group: Node) -> bool:
    """`(1 - a)` is a factor, not the argument of a distribution."""
    inner = group.parts[0]
    return len(inner) >= 3 and inner[0].kind == "number" and inner[1].kind == "sign" and inner[1].value in ("-", "+")


def pair_laws(parameters: Sequence[Parameter], size: Term, variable: str = "z") -> list[Law]:
    """The laws of q and p with these parameters: on {0, 1}, or on {0, 1}^n where a parameter has an index."""
    vector = any(parameter.indexed for parameter in parameters)
    laws: list[Law] = []
    for parameter in parameters:
        if vector:
            place = App(parameter.name, (Var("i"),)) if parameter.indexed else parameter.term
            term: Term = product("i", App("range", (Num(1), size)), App("bern", (place, at(Var(variable), Var("i")))))
            domain: Term = App("tuples", (BITS, size))
        else:
            term, domain = App("bern", (parameter.term, Var(variable))), BITS
        laws.append(Law((parameter.law,), (), (), (variable,), term, domain, loose=True))
    return laws


def told_in_words(items: Sequence[tuple[str, str, bool]]) -> list[Parameter]:
    """The parameters that a sentence names: items are ("law" | "parameter", name, indexed) in the order of the text.

    >>> told_in_words([("parameter", "a", False), ("law", "q", False), ("parameter", "b", False), ("law", "p", False)])
    [Parameter(law='q', name='a', indexed=False), Parameter(law='p', name='b', indexed=False)]
    """
    laws = [name for kind, name, _ in items if kind == "law"]
    letters = [(name, indexed) for kind, name, indexed in items if kind == "parameter"]
    if not 1 <= len(letters) <= 2 or len(set(laws)) > 2:
        return []
    if len(letters) == 2 and (not laws or len(laws) == 1):
        laws = list(_LETTERS)
    order = laws if len(laws) >= len(letters) else list(_LETTERS)
    chosen = list(dict.fromkeys(order))[: len(letters)]
    return [Parameter(law, *letter) for law, letter in zip(chosen, letters, strict=False)]


def by_convention(letters: Sequence[tuple[str, bool]], known: Sequence[Parameter]) -> list[Parameter]:
    """The parameters of q and p where nothing is said: by the names themselves, else in the order of the alphabet."""
    found = {parameter.law: parameter for parameter in known}
    rest = [letter for letter in letters if all(letter[0] != parameter.name for parameter in known)]
    for law in _LETTERS:
        named = [one for one in rest if one[0] == law or one[0].endswith(f"_{law}")]
        if named and law not in found:
            found[law] = Parameter(law, *named[0])
            rest.remove(named[0])
    for law in _LETTERS:
        if law not in found and rest:
            chosen = min(rest)
            found[law] = Parameter(law, *chosen)
            rest.remove(chosen)
    return [found[law] for law in _LETTERS if law in found] if not rest else []

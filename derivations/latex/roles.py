r"""The roles of letters in a chain that no profile declares, by how they are used.

`\mu(a|s)` and `Q(Z)` beside `P(X, Z)` are densities; a capital letter that a density is taken at, or that a sum runs
over, is the variable of the same small letter, unless the chain has that one as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from derivations.latex.nodes import Node, Nodes, is_argument_list, pieces
from derivations.latex.profile import split_call
from derivations.latex.scope import INDICES
from derivations.latex.words import speaks_of_functions

# Operators that are typed as plain letters: the bar in E[X | Y] and H(Y | X) makes no density of them.
_OPERATORS: Final = frozenset({"E", "V", "H", "I", "D", "Var", "Cov", "KL", "L", "ELBO"})
_NAMED_LAWS: Final = frozenset({"N", "B", "U"})  # normal, Bernoulli and uniform distributions
_DIFFERENTIALS: Final = frozenset({"d", "partial"})
_PARENS: Final = frozenset({"(", "["})
_OF_NUMBERS: Final = frozenset(
    {
        "log",
        "lg",
        "lb",
        "exp",
        "sqrt",
        "sigmoid",
        "logit",
        "softplus",
        "max",
        "min",
        "sin",
        "cos",
        "tan",
        "tanh",
        "sign",
    }
)


@dataclass(frozen=True)
class Roles:
    """The letters that are densities, and the capital letters that stand for variables."""

    densities: tuple[str, ...]
    variables: dict[str, str]
    taken: frozenset[str] = frozenset()  # the letters before the bar
    valued: dict[str, str] = field(default_factory=dict)  # k -> z, where a density is taken at z = k


def roles_of(rows: Sequence[Nodes], densities: Sequence[str]) -> Roles:
    r"""The roles of the letters in the sides of a chain.

    >>> from derivations.latex.syntax import parsed
    >>> roles = roles_of([parsed(r"\sum_Z Q(Z) \log P(X, Z)").nodes], ["P"])
    >>> roles.densities, roles.variables, sorted(roles.taken)
    (('P', 'Q'), {'Z': 'z', 'X': 'x'}, ['x', 'z'])
    """
    found = list(densities)
    for row in rows:
        for node, group in _calls(row):
            if node.value not in found and _is_density(node, group, found, rows):
                found.append(node.value)
    found += [name for row in rows for name in _divergent(row) if name not in found]
    capitals: dict[str, str] = {}
    kept: set[str] = set()
    for row in rows:
        for node, group in _calls(row):
            if node.value in found:
                for part in (part for side in split_call(group.parts[0]) for part in side):
                    _take(part, capitals, kept)
        for below in _ranges(row):
            _take(below, capitals, kept)
    variables = {large: small for large, small in capitals.items() if small not in kept}
    taken = {
        part[0].value
        for row in rows
        for node, group in _calls(row)
        if node.value in found
        for part in split_call(group.parts[0])[0]
        if part[0].kind == "symbol"
    }
    valued = {
        part[2].value: part[0].value.lower()
        for row in rows
        for node, group in _calls(row)
        if node.value in found
        for part in (part for side in split_call(group.parts[0]) for part in side)
        if len(part) == 3 and part[1].value == "=" and part[0].kind == part[2].kind == "symbol"
    }
    taken = {name for name in taken if name not in capitals or name in variables} | set(valued.values())
    return Roles(tuple(found), variables, frozenset(variables.get(name, name) for name in taken), valued)


def density_calls(rows: Sequence[Nodes], densities: Collection[str]) -> Iterator[tuple[Node, Node]]:
    """Every density of these letters with its bracket."""
    for row in rows:
        for node, group in _calls(row):
            if node.value in densities and group.value == "(":
                yield node, group


def integrates(rows: Sequence[Nodes]) -> bool:
    """Whether an integral sign stands somewhere."""
    return any(
        node.kind == "operator" and node.value in ("int", "iint", "iiint") for row in rows for node in pieces(row)
    )


def drawn(rows: Sequence[Nodes]) -> Iterator[str]:
    """The letters that sums without bounds run over, and that are drawn from a distribution."""
    for row in rows:
        for node in pieces(row):
            if node.kind == "operator" and node.value in ("sum", "prod") and node.sub and not node.sup:
                yield from (part[0].value for part in _ranges([node]) if len(part) == 1 and part[0].kind == "symbol")
            below = node.sub or Nodes()
            for one, sign in pairwise(below):
                if one.kind == "symbol" and sign.kind == "sign" and sign.value == "sim":
                    yield one.value


def random_arguments(rows: Sequence[Nodes]) -> Iterator[str]:
    """The letters that stand directly in the brackets of moments and entropies."""
    for row in rows:
        flat = [
            row,
            *(part for node in pieces(row) for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes())),
        ]
        for nodes in flat:
            for node, group in pairwise(nodes):
                if node.value in ("E", "V", "Var", "Cov", "H", "I") and group.kind == "group" and node.sub is None:
                    yield from (one.value for one in group.parts[0] if one.kind == "symbol" and len(one.value) == 1)


def drop_variable_names(nodes: Sequence[Node]) -> None:
    r"""`p_X(x)` and `p_{Y|X}(y|x)` say twice which variable is meant: the subscript is left out."""
    for node, group in _calls(nodes):
        if node.sub is not None and node.value in ("p", "P", "f", "q"):
            below = [one.value for one in node.sub if one.kind == "symbol"]
            signs = all(one.kind == "symbol" or one.value in (",", "|") for one in node.sub)
            inside = [part[0].value for side in split_call(group.parts[0]) for part in side if len(part) == 1]
            if signs and below and all(name.isupper() for name in below) and [name.lower() for name in below] == inside:
                node.sub = None


def _divergent(nodes: Sequence[Node]) -> Iterator[str]:
    """The letters that a divergence compares, `KL(P || Q)` and `KL(Q(z) || p(z | x))`."""
    for node, group in pairwise(nodes):
        named = (node.kind, node.value) == ("operator", "KL") or (node.value == "D" and node.sub is not None)
        if named and group.kind == "group":
            inside = group.parts[0]
            marks = [one for one in inside if one.kind == "sign" and one.value in ("||", "|")]
            if marks and all(_names_law(inside, place) for place in range(len(inside))):
                letters = (one.value for one in inside if one.kind == "symbol" and len(one.value) == 1)
                yield from (name for name in letters if name not in _NAMED_LAWS)
    for node in nodes:
        for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
            yield from _divergent(part)


def _names_law(inside: Nodes, place: int) -> bool:
    """Whether a piece of what a divergence compares is a letter, a sign, or the bracket behind a letter."""
    one = inside[place]
    called = place > 0 and inside[place - 1].kind == "symbol" and one.kind == "group" and one.value == "("
    return one.kind in ("symbol", "sign") or called


def _take(part: Nodes, capitals: dict[str, str], kept: set[str]) -> None:
    """Note the letter that an argument is: a capital one, or a small one, which keeps its capital apart."""
    if len(part) > 1 and part[1].kind == "sign" and part[1].value == "=":
        part = Nodes(part[2:3])  # P(X = x) is taken at x
    if len(part) != 1 or part[0].kind != "symbol":
        return
    name = part[0].value
    if len(name) == 1 and name.isupper():
        capitals.setdefault(name, name.lower())
    else:
        kept.add(name)


def _is_density(node: Node, group: Node, known: Sequence[str], rows: Sequence[Nodes]) -> bool:
    """Whether a letter with this bracket is a density: something stands behind a bar, or it is Q beside P."""
    if node.value in _OPERATORS or node.primes or (node.value, node.font) == ("N", "cal"):  # the normal density
        return False
    values, behind = split_call(group.parts[0])
    bar = any(one.kind == "sign" and one.value == "|" for one in group.parts[0])
    if bar and values and behind and all(len(part) == 1 for part in (*values, *behind)):
        return len([one for one in group.parts[0] if one.kind == "sign" and one.value == "|"]) == 1
    beside = node.value == "Q" and "P" in known and any(one.value == "P" for row in rows for one, _ in _calls(row))
    return beside and all(len(part) == 1 and part[0].value.isupper() for part in values)


def _calls(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    """Every letter with a bracket behind it."""
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if node.kind == "symbol" and following is not None and following.kind == "group" and following.value in _PARENS:
            yield node, following
        for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
            yield from _calls(part)


def ends_of(rows: Sequence[Nodes]) -> dict[str, Nodes]:
    """What stands above the first sum or product over each index."""
    found: dict[str, Nodes] = {}
    for row in rows:
        for node in pieces(row):
            if node.kind == "operator" and node.value in ("sum", "prod") and node.sub and node.sup:
                found.setdefault(node.sub[0].value, node.sup)
    return found


def counted_by(rows: Sequence[Nodes], sizes: Mapping[str, str]) -> dict[str, str]:
    r"""The last index of each letter by which values of one size are numbered.

    >>> from derivations.latex.syntax import parsed
    >>> counted_by([parsed(r"\sum_{j \neq i} f_j").nodes], {"f": "K"})
    {'j': 'K'}
    """
    found: dict[str, set[str]] = {}
    for row in rows:
        for node in pieces(row):
            index = _index_of(node) if node.kind == "symbol" and node.value in sizes else None
            if index is not None:
                found.setdefault(index, set()).add(sizes[node.value])
    return {index: next(iter(ends)) for index, ends in found.items() if len(ends) == 1}


def data_of(rows: Sequence[Nodes], default: Nodes | None = None) -> dict[str, Nodes | None]:
    r"""The letters with an index in some rows, and what stands above the first sum or product over that index.

    >>> from derivations.latex.syntax import parsed
    >>> {name: str(above) for name, above in data_of([parsed(r"\sum_{i=1}^N (x_i - \bar x)").nodes]).items()}
    {'x': '[N]'}
    >>> list(data_of([parsed(r"\sum_{i=1}^N x^{(i)}").nodes]))
    ['x']
    """
    bounds, found = ends_of(rows), dict[str, str]()
    for row in rows:
        for node in pieces(row):
            if node.kind == "symbol" and (index := _index_of(node)) is not None:
                found.setdefault(node.value, index)
    return {letter: bounds.get(index, default) for letter, index in found.items() if index in INDICES | bounds.keys()}


def _index_of(node: Node) -> str | None:
    """The letter that numbers a symbol, below it or in brackets above it; None for another script."""
    script = node.sub
    if script is None and node.sup is not None and len(node.sup) == 1 and node.sup[0].kind == "group":
        script = node.sup[0].parts[0] if node.sup[0].value == "(" else None
    return script[0].value if script is not None and len(script) == 1 and script[0].kind == "symbol" else None


def weights_of(rows: Sequence[Nodes]) -> set[str]:
    r"""The letters of probabilities p_k that are summed over k; beside 1 - p_k they are of Bernoulli variables.

    >>> from derivations.latex.syntax import parsed
    >>> weights_of([parsed(r"-\sum_k p_k \log p_k").nodes]), weights_of([parsed(r"\sum_k p_k (1 - p_k)").nodes])
    ({'p'}, set())
    """
    found: set[str] = set()
    complements: set[str] = set()
    for row in rows:
        over = {
            node.sub[0].value for node in pieces(row) if (node.kind, node.value) == ("operator", "sum") and node.sub
        }
        for node in pieces(row):
            below = node.sub or Nodes()
            if node.kind == "symbol" and len(below) == 1 and below[0].value in over:
                found.add(node.value)
        complements |= complemented(row)
    return found - complements


def complemented(row: Sequence[Node]) -> set[str]:
    """The letters of 1 - p: numbers, and chances where they name distributions too."""
    return {
        third.value
        for first, second, third in _triples(row)
        if (first.value, second.value, third.kind) == ("1", "-", "symbol")
    }


def _triples(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node, Node]]:
    """Three pieces in a row, at any depth."""
    yield from zip(nodes, nodes[1:], nodes[2:], strict=False)
    for node in nodes:
        for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
            yield from _triples(part)


def counts_with(rows: Sequence[Nodes], letter: str) -> bool:
    """Whether a letter stands somewhere else than alone above another one, where it may mark a transposed vector."""
    return any(_uses(row, letter) for row in rows)


def numbers_of(rows: Sequence[Nodes]) -> frozenset[str]:
    r"""The letters that the rows use as numbers: ends of sums, what derivatives and limits are taken by, a bare sigma.

    A sigma is the logistic function only where it is never without a
    bracket, or has plain arguments in one.

    >>> from derivations.latex.syntax import parsed
    >>> sorted(numbers_of([parsed(r"\sum_{j=1}^J \sigma^2 + \frac{\partial}{\partial h} \sigma^2 (1 + h)").nodes]))
    ['J', 'h', 'sigma']
    >>> sorted(numbers_of([parsed(r"\frac{d}{d f} g \frac{d}{d x} f + \frac{\partial f}{\partial t}").nodes]))
    ['t', 'x']
    >>> sorted(numbers_of([parsed(r"1 - \sigma(-a) + \sigma").nodes, parsed(r"\sigma(a)").nodes]))
    []
    >>> sorted(numbers_of([parsed(r"\lim_{h \to 0} F(g) / h").nodes]))
    ['h']
    """
    found = {above[0].value for above in ends_of(rows).values() if len(above) == 1 and above[0].kind == "symbol"}
    bare, called, varying = set[str](), set[str](), set[str]()
    for row in (inner for whole in rows for inner in _rows(whole)):
        for before, node, behind in zip((None, *row), row, (*row[1:], None), strict=False):
            if node.kind != "symbol":
                found |= _taken_by(node) | _goes(node)
                continue
            group = behind is not None and behind.kind == "group"
            if behind is not None and is_argument_list(behind):
                called.add(node.value)
            elif not group:
                bare.add(node.value)
            if before is not None and before.value in _DIFFERENTIALS:
                varying.add(node.value)
    return frozenset((found - called - varying) | ({"sigma"} & bare - called))


def _taken_by(node: Node) -> set[str]:
    """The letter that a fraction of differentials is a derivative by."""
    above, below = node.parts if node.kind == "frac" else (Nodes(), Nodes())
    one = len(below) == 2 and all(row and row[0].value in _DIFFERENTIALS for row in (above, below))
    return {below[1].value} if one and below[1].kind == "symbol" and below[1].sub is None else set()


def differentiated_by(rows: Sequence[Nodes]) -> set[str]:
    r"""The letters that derivatives written as fractions are taken by.

    >>> from derivations.latex.syntax import parsed
    >>> sorted(differentiated_by([parsed(r"\frac{d}{dp} \log p + \frac{\partial f}{\partial x}").nodes]))
    ['p', 'x']
    """
    return {name for row in rows for node in pieces(row) for name in _taken_by(node)}


def _goes(node: Node) -> set[str]:
    r"""The letter that a limit is taken in, `\lim_{h \to 0}`."""
    below = node.sub or Nodes()
    limit = (node.kind, node.value) == ("operator", "lim") and len(below) > 2 and below[1].kind == "sign"
    return {below[0].value} if limit and below[0].kind == "symbol" else set()


def numbers_among(rows: Sequence[Nodes], functions: Collection[str], text: str = "") -> frozenset[str]:
    r"""Those of some letters that often are functions which the rows calculate with.

    Nothing acts upon a function there, or a function is taken at them, and they have no bracket behind them; or only
    brackets that hold no arguments, while they are factors elsewhere and the `text` speaks of no functions.

    >>> from derivations.latex.syntax import parsed
    >>> sorted(numbers_among([parsed(r"\sqrt{u v} + h(x)").nodes], "uvh"))
    ['u', 'v']
    >>> sorted(numbers_among([parsed(r"\nabla u v + F'(g)").nodes], "uvgF"))
    ['g']
    >>> sorted(numbers_among([parsed(r"u(a - b) + v(a) + h(a + b) - ua - va - h").nodes], "uvh"))
    ['u']
    >>> sorted(numbers_among([parsed(r"\frac{d}{dx} (u x + v)").nodes], "uv"))
    ['u', 'v']
    >>> sorted(numbers_among([parsed(r"\frac{d}{dx} (u v)").nodes], "uv"))
    []
    """
    whole = [node for row in rows for node in pieces(row)]
    calls = [call for row in rows for call in _calls(row)]
    varying = {two.value for row in rows for inner in _rows(row) for one, two in pairwise(inner) if _is_d(one)}
    found = {
        one.value
        for node, group in calls
        if node.value not in _OPERATORS and is_argument_list(group)
        for one in group.parts[0]
        if one.kind == "symbol" and one.sub is None
    }
    if not _act_on_functions(rows, text):
        found |= {node.value for node in whole if node.kind == "symbol"}
    above = [node.sup or Nodes() for node in whole if node.kind == "symbol" and node.value != "e"]
    found |= {sup[0].value for sup in above if len(sup) == 1 and sup[0].kind == "symbol"}
    called = {node.value for node, _ in calls}
    with_arguments = {node.value for node, group in calls if is_argument_list(group)}
    if not speaks_of_functions(text):
        called -= {name for row in rows for inner in _rows(row) for name in _factors(inner)} - with_arguments
    return frozenset((found & set(functions)) - called - varying)


def _act_on_functions(rows: Sequence[Nodes], text: str) -> bool:
    """Whether something acts upon functions in some rows; a derivative by a letter that is written need not."""
    whole = [node for row in rows for node in pieces(row)]
    if any(node.primes or (_acts(node) and not _is_d(node)) for node in whole):
        return True
    if not any(map(_is_d, whole)):
        return False
    by = {name for node in whole for name in _taken_by(node)}
    written = {node.value for row in rows for inner in _rows(row) for node in inner if node.kind == "symbol"}
    return not by or not by <= written or speaks_of_functions(text)


def _factors(row: Nodes) -> Iterator[str]:
    """The letters of a row that stand beside another factor, and not in front of a bracket."""
    for place, node in enumerate(row):
        beside = row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
        behind = row[place + 1] if place + 1 < len(row) else None
        bracket = behind is not None and behind.kind == "group"
        if node.kind == "symbol" and not bracket and any(one.kind not in ("sign", "text") for one in beside):
            yield node.value


def _is_d(node: Node) -> bool:
    return node.value in _DIFFERENTIALS


def _acts(node: Node) -> bool:
    """Whether a piece is an operator on functions: a derivative, a moment, a sum, an integral."""
    if node.kind == "operator":
        return node.value not in _OF_NUMBERS
    letter = node.kind == "symbol" and node.value in (*_OPERATORS, *_DIFFERENTIALS)
    return letter or (node.kind == "group" and node.value == "<")


def _uses(nodes: Sequence[Node], letter: str) -> bool:
    for node in nodes:
        if node.kind == "symbol" and node.value == letter:
            return True
        above = node.sup or Nodes()
        alone = (node.kind == "symbol" or _has_capitals(node)) and len(above) == 1 and above[0].value == letter
        if any(_uses(part, letter) for part in (*node.parts, node.sub or Nodes(), Nodes() if alone else above)):
            return True
    return False


def _has_capitals(node: Node) -> bool:
    """Whether a bracket holds capital letters and no number, as that of the transposed (AB)^T does."""
    inside = list(pieces(node.parts[0])) if node.kind == "group" and node.parts else []
    letters = [one.value for one in inside if one.kind == "symbol"]
    return any(map(str.isupper, letters)) and all(one.kind in ("symbol", "sign") for one in inside)


def _rows(nodes: Nodes) -> Iterator[Nodes]:
    """A row and the rows inside it, without what derivatives are taken by."""
    yield nodes
    for node in nodes:
        parts = node.parts[:1] if _taken_by(node) else node.parts
        for part in (*parts, node.sub or Nodes(), node.sup or Nodes()):
            yield from _rows(part)


def _ranges(nodes: Sequence[Node]) -> Iterator[Nodes]:
    """The letters that sums run over."""
    for node in nodes:
        if node.kind == "operator" and node.value in ("sum", "prod", "int") and node.sub:
            part = Nodes()
            for one in node.sub:
                if one.kind == "sign":
                    if one.value == "in":
                        break
                    yield part
                    part = Nodes()
                else:
                    part.append(one)
            yield part
        for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
            yield from _ranges(part)

r"""Symbols to terms: which name a letter with its accents, primes and subscripts is.

`z_i` is a component where z is a variable that is drawn or summed over, and a_i the value at i of an abstract
function of the index for any other letter; `\beta_1` is a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from derivations.errors import NotationError
from derivations.latex.nodes import Node, Nodes, listed
from derivations.latex.scope import INDICES, Definition, Scope
from derivations.matching import replaced
from derivations.term import App, Num, Term, Var, at, div, fresh_name, mul, power, substituted, summation

# Words above a letter that tell it from others of its kind.
_WORDS_ABOVE: Final = frozenset(
    {"old", "new", "true", "opt", "ml", "mle", "map", "prev", "ref", "post", "prior", "train", "test", "init", "data"}
)
# What signs and brackets in a subscript are called in the name of a letter.
_BELOW: Final = {
    "+": "plus", "-": "minus", "*": "star", "/": "over", ":": "to", "|": "bar", "=": "is", "<": "below", ">": "above",
    ".": "dot", "dot": "dot", "(": "round", "[": "square", "!": "not",
}  # fmt: skip
_STARS: Final = frozenset({"*", "star"})


class Cursor:
    """A place in a row of pieces."""

    __slots__ = ("nodes", "place")

    def __init__(self, nodes: Nodes) -> None:
        self.nodes, self.place = nodes, 0

    def peek(self, ahead: int = 0) -> Node | None:
        """The piece at this place, or so many further on; None past the end."""
        try:
            return self.nodes[self.place + ahead]
        except IndexError:
            return None

    def next(self) -> Node | None:
        """The piece at this place, which is passed."""
        node = self.peek()
        self.place += node is not None
        return node

    def at_sign(self, *signs: str) -> bool:
        """Whether one of these signs stands here."""
        node = self.peek()
        return node is not None and node.kind == "sign" and node.value in signs


class Letters:
    """Reads symbols. `source` is the text that the places of nodes are offsets of."""

    def __init__(self, scope: Scope, source: str) -> None:
        self.scope, self.source = scope, source
        self.notes: list[str] = []
        self.primes_read: set[int] = set()
        self.indices_around: tuple[str, ...] = ()

    def fail(self, node: Node | None, expected: str) -> NotationError:
        """The error that says what was expected at a piece."""
        offset = len(self.source.rstrip()) if node is None else node.start
        return NotationError(self.source, min(offset, len(self.source)), expected)

    def demand_no_prime(self, node: Node) -> None:
        """Refuse a prime on what has no derivative, and of which the one with a prime is another one: E'[X], p'(x)."""
        if node.primes:
            raise self.fail(node, "this without a prime, which makes another one of it")

    def note(self, text: str) -> None:
        """Say what was supplied or repaired."""
        if text not in self.notes:
            self.notes.append(text)

    @contextmanager
    def summing(self, *names: str) -> Iterator[None]:
        """Read the body of a sum over further variables."""
        around = self.indices_around
        self.indices_around = (*around, *names)
        try:
            yield
        finally:
            self.indices_around = around

    def expression(self, nodes: Nodes) -> Term:
        """The term of a whole row of pieces."""
        raise NotImplementedError  # `Letters` alone only resolves names; `meaning.Reader` reads formulas

    def primed(self, term: Term, node: Node) -> Term:
        """The derivative that primes on a bracket make."""
        raise NotImplementedError  # as above

    def numeral(self, node: Node) -> Term:
        """A natural number, or a decimal number as a fraction."""
        whole, _, decimals = node.value.partition(".")
        if not decimals:
            return Num(int(whole))
        return div(Num(int(whole + decimals)), Num(10 ** len(decimals)))

    # ------------------------------------------------------------ names

    def stem(self, node: Node) -> str:
        """The name of a symbol without its subscripts."""
        if "_" not in node.value:
            return self.scope.name(node.value) + "'" * node.primes
        base, *accents = node.value.split("_")
        return "_".join([self.scope.name(base), *accents]) + "'" * node.primes

    def key(self, node: Node) -> str:
        """A symbol with its subscripts, as the key of what is known about it."""
        below = "" if node.sub is None else f"_{''.join(self.text(part) for part in node.sub)}"
        return self.stem(node) + below

    def plain_key(self, node: Node) -> str:
        """The key of a symbol without its primes."""
        return self.key(node).replace("'", "")

    def raised_key(self, node: Node) -> str:
        """The key of a name that includes its power, `sigma^2`."""
        return f"{self.key(node)}^{''.join(self.text(part) for part in node.sup or ())}"

    def text(self, node: Node) -> str:
        """The letters of a piece, without spaces and brackets; for keys and names."""
        if node.kind == "group":
            return "".join(self.text(part) for part in node.parts[0])
        inner = "".join(self.text(part) for row in node.parts for part in row)
        below = "".join(self.text(part) for part in node.sub or ())
        above = "".join(self.text(part) for part in node.sup or ())
        value = self.scope.name(node.value) if node.kind == "symbol" else node.value
        return f"{value}{inner}{below}{above}" + "'" * node.primes

    def is_component(self, node: Node) -> bool:
        """Whether the subscript of a symbol is an index."""
        if node.sub is None:
            return False
        if self.stem(node) in self.scope.vectors or self.stem(node) in self.scope.setting.variables:
            return all(part.kind in ("symbol", "number", "sign") and part.font != "text" for part in node.sub)
        return any(self.is_index(part) for part in node.sub)

    def is_index(self, part: Node) -> bool:
        """Whether a piece of a subscript is an index."""
        if part.kind == "group":
            return any(self.is_index(inner) for inner in part.parts[0])
        if part.kind != "symbol" or part.font in ("roman", "text"):
            return False
        name = self.stem(part)
        return name in self.scope.bound or name.rstrip("'") in INDICES or name in self.scope.indices

    def is_vector(self, name: str) -> bool:
        """Whether a letter with an index is a component of a variable; other ones are functions of their index."""
        return name in self.scope.vectors or self.scope.domain(name) is not None

    # ------------------------------------------------------------ symbols

    def symbol(self, node: Node) -> Term:
        """The term of a symbol with its scripts."""
        node = self.word_above(self.index_above(node))
        if node.value == "e" and node.sup and node.sub is None and not self.scope.is_symbol("e"):
            self.demand_no_prime(node)
            return App("exp", (self.expression(node.sup),))
        if node.sup is not None and (named := self.scope.definitions.get(self.raised_key(node))) is not None:
            return named.body
        term = self.base(node)
        return self.raised(term, node)

    def raised(self, term: Term, node: Node) -> Term:
        """The derivative that primes make, and the power that a superscript makes; a star was part of the name."""
        if node.primes:
            term = self.primed(term, node)
        if node.sup is None or all(part.kind == "sign" and part.value in _STARS for part in node.sup):
            return term
        if isinstance(term, Num) and [part.value for part in node.sup] == ["circ"]:
            return div(mul(term, App("pi_number")), Num(180))
        if len(node.sup) == 1 and node.sup[0].kind == "sign" and node.sup[0].value in ("T", "dagger", "circ"):
            raise self.fail(node.sup[0], "a power; vectors and their transposes are not read")
        if len(node.sup) == 1 and node.sup[0].kind == "sign" and node.sup[0].value == "-":
            raise self.fail(node.sup[0], "an exponent")
        return power(term, self.expression(node.sup))

    def index_above(self, node: Node) -> Node:
        r"""`z^{(i)}` is `z_i`."""
        sup = node.sup
        if sup is None or len(sup) != 1 or sup[0].kind != "group" or sup[0].value not in ("(", "["):
            return node
        inside = sup[0].parts[0]
        if sup[0].sup is not None or not all(part.kind in ("symbol", "number") for part in inside) or node.value == "e":
            return node
        if node.sub is not None and not node.sub:
            return node
        below = Nodes([*(node.sub or ()), *sup[0].parts[0]])
        return Node(
            node.kind, node.value, node.start, node.end, node.parts, below, None, node.primes, node.gap, node.font
        )

    def word_above(self, node: Node) -> Node:
        r"""`\theta^{old}` is a name, not a power."""
        if node.sup is None:
            return node
        word = "".join([self.text(part) for part in node.sup])
        if word.lower() not in _WORDS_ABOVE:
            return node
        below = Nodes([*(node.sub or ()), Node("symbol", word, node.start, node.end, font="text")])
        return replace(node, sub=below, sup=None)

    def base(self, node: Node) -> Term:
        """The term of a symbol without its power."""
        name, key = self.stem(node), self.key(node)
        scope = self.scope
        if key in scope.components:
            return Var(scope.components[key])
        if key in scope.bound:
            return Var(key)
        defined = self.defined(node, name, key)
        if defined is not None:
            return defined
        if node.sub:
            return self.subscripted(node, name)
        mean = self.sample_mean(node, name)
        if mean is not None:
            return mean
        if name == "pi" and scope.circle and not scope.is_symbol(name):
            return App("pi_number")
        if node.sup and node.sup[0].kind == "sign" and node.sup[0].value in _STARS:
            return Var(f"{name}_star")
        if name == "e" and name not in scope.bound and name not in scope.symbols:
            return App("exp", (Num(1),))
        return self.bare(node, name)

    def sample_mean(self, node: Node, name: str) -> Term | None:
        r"""`\bar x` beside data x_i: their mean, by convention."""
        letter = name.removesuffix("_bar")
        size = self.scope.data.get(letter)
        if letter == name or size is None or node.sub is not None:
            return None
        self.note(f"{name} is read as the mean of the {letter}_i")
        index = fresh_name("i", size.free_vars)
        return div(summation(index, App("range", (Num(1), size)), App(letter, (Var(index),))), size)

    def bare(self, node: Node, name: str) -> Term:
        """A name alone: a variable, or a distribution whose arguments are understood."""
        laws = self.scope.laws_of(name)
        if laws and laws[0].letters[0] == name and not {name} & {*self.scope.bound, *self.scope.symbols}:
            self.note(f"{name} is read as {name} of its usual arguments")
            return laws[0].term
        if self.scope.is_callable(name) and not self.scope.is_symbol(name):
            return self.bare_function(node, name)
        return Var(name)

    def bare_function(self, node: Node, name: str) -> Term:
        """A function without its arguments: in a general rule, it depends on the variable of derivatives."""
        found = self.scope.definitions.get(name)
        if found is not None:
            return self.bare_body(found)
        if not self.scope.general:
            raise self.fail(node, f"the arguments of {name}")
        self.note(f"{name} is read as a function of {self.scope.setting.gradient}")
        self.scope.bare.add(name)
        return App(name, (Var(self.scope.setting.gradient),))

    def bare_body(self, function: Definition) -> Term:
        """A defined function without its arguments: its parameters are what they mean here, p = sigmoid(a) in L."""
        known = self.scope.definitions
        meant = (known.get(name) for name in function.parameters)
        values = zip(function.parameters, meant, strict=True)
        return substituted(function.body, {name: one.body for name, one in values if one and not one.parameters})

    def defined(self, node: Node, name: str, key: str) -> Term | None:
        """What the author has defined a name to be, None if nothing."""
        found = self.scope.definitions
        if key in found and not found[key].parameters:
            return found[key].body
        if not node.sub and f"{name}_" in found:
            return found[f"{name}_"].body
        if key in found and not found[key].indexed:
            return self.bare_body(found[key])
        if name in found and found[name].indexed and node.sub:
            indices = self.indices(node.sub)
            if len(indices) == len(found[name].parameters):
                return found[name].applied(tuple(indices))
        return self.copied(node, name)

    def copied(self, node: Node, name: str) -> Term | None:
        """`X_i`, one of the independent copies of an X that was defined for one draw, and the other way round."""
        found = self.scope.definitions.get(name)
        variable = next(iter(self.scope.setting.variables), "")
        if found is None or not self.scope.setting.sample:
            return None
        if node.sub and not found.parameters and variable in found.body.free_vars:
            indices = self.indices(node.sub)
            if len(indices) == 1 and self.is_draw(node.sub):
                return substituted(found.body, {variable: at(Var(variable), indices[0])})
        if not node.sub and found.indexed and len(found.parameters) == 1:
            one = found.applied((Var("?draw"),))
            single = replaced(one, at(Var(variable), Var("?draw")), Var(variable))
            return single if "?draw" not in single.free_vars else None
        return None

    def is_draw(self, sub: Nodes) -> bool:
        """Whether a subscript tells one of the draws: an index, or a number."""
        return all(self.is_index(part) or part.kind == "number" for part in sub)

    def subscripted(self, node: Node, name: str) -> Term:
        """A component, the value of a function at an index, or a name with a subscript."""
        if self.is_component(node):
            indices = self.indices(node.sub or Nodes())
            if not self.is_vector(name):
                return App(name, indices)
            term: Term = Var(name)
            for index in indices:
                term = at(term, index)
            return term
        sub = node.sub or Nodes()
        numbers = [part for part in sub if part.kind == "number"]
        variable = self.scope.setting.variables.get(name)
        if numbers and len(sub) == 1 and variable is not None:
            return at(Var(name), Num(int(numbers[0].value)))
        tail = re.sub("__+", "_", "".join(map(self.below, sub))).strip("_")
        laws = self.scope.laws_of(name)
        if laws and name not in self.scope.symbols and len(numbers) < len(sub):  # r_1 and r_2 are numbers
            return self.bare_law(node, name)
        bare = name.rstrip("'")
        if sub and not tail:
            raise self.fail(node, "a subscript of letters, numbers or signs")
        if tail in ("plus", "minus") and name in self.scope.symbols and f"{name}_{tail}" not in self.scope.symbols:
            raise self.fail(node, f"a name: {name} with a sign below may be a part of {name}")
        return Var(f"{bare}_{tail}" + "'" * (len(name) - len(bare)) if tail else name)

    def below(self, part: Node) -> str:
        """A piece of a subscript as part of a name: `x_+`, `x_-` and `x_{(1)}` are neither x nor x_1."""
        if part.kind == "group" and part.value in _BELOW:
            return f"_{_BELOW[part.value]}_{''.join(map(self.below, part.parts[0]))}"
        text = self.text(part)
        if text in _BELOW:
            return f"_{_BELOW[text]}_"
        return "".join(sign if sign.isalnum() else "_" for sign in text)

    def bare_law(self, node: Node, name: str) -> Term:
        """`q_\\phi` without a bracket, where a term is wanted."""
        self.note(f"{name} is read as {name} of its usual arguments")
        return self.scope.laws_of(name)[0].term

    def indices(self, nodes: Nodes) -> list[Term]:
        r"""The indices of a subscript: `i`, `i,j`, `ij`, `i+1`."""
        if any(node.kind == "sign" and node.value == "," for node in nodes):
            return [self.expression(part) for part in listed(nodes)]
        if all(node.kind in ("symbol", "number") for node in nodes):
            return [self.expression(Nodes([node])) for node in nodes]
        if len(nodes) == 1 and nodes[0].kind == "group":
            if nodes[0].value in ("(", "["):
                raise self.fail(nodes[0], "an index without brackets: x_{(i)} is not x_i")
            return self.indices(nodes[0].parts[0])
        return [self.expression(nodes)]

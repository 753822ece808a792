r"""Calls to terms: `q_\phi(z|x)`, `q(z)`, `q(z=1;\beta)` and `f(z)`, by the laws and functions of the scope.

A call may leave out parameters and conditions; where several laws have the letter, the values decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from derivations.errors import NotationError
from derivations.latex.letters import Letters
from derivations.latex.nodes import Node, Nodes, is_argument_list, is_bernoulli
from derivations.latex.primes import differentiated_at
from derivations.latex.profile import Law, split_call
from derivations.latex.scope import INDICES, Definition
from derivations.matching import replaced
from derivations.term import App, Bind, Num, Term, Var, at, bind, fresh_name, instantiated, product, substituted

BITS: Final = App("bits")
_ONE: Final = Num(1)
_KNOWN: Final = frozenset({"sigmoid", "logit", "softplus", "tanh", "exp", "log"})
_PARENS: Final = frozenset({"(", "[", "{"})
_ORDERS: Final = frozenset({"O", "o"})  # Landau's


@dataclass(frozen=True)
class LawOf:
    """A distribution of a variable: `pmf` has `name` free, which ranges over `domain`."""

    name: str
    domain: Term
    pmf: Term

    def renamed(self, name: str) -> LawOf:
        """The same distribution of another variable."""
        return LawOf(name, self.domain, substituted(self.pmf, {self.name: Var(name)}))

    def sample(self, size: Term) -> LawOf:
        """The distribution of so many independent draws."""
        index = fresh_name("i", self.pmf.free_vars | size.free_vars | {self.name})
        one = substituted(self.pmf, {self.name: at(Var(self.name), Var(index))})
        pmf = product(index, App("range", (_ONE, size)), one)
        return LawOf(self.name, App("tuples", (self.domain, size)), pmf)


class Laws(Letters):
    """Reads letters with brackets behind them."""

    def call(self, node: Node, group: Node) -> Term | None:
        """The term of `letter(arguments)`, None where the bracket is a factor."""
        if group.kind != "group" or group.value not in _PARENS:
            return None
        name = self.stem(node)
        if name in _ORDERS and group.value == "(" and not self.scope.is_symbol(name):
            raise self.fail(node, "no order of growth; O(x) is a set of functions, and O(x) + O(x) = O(x)")
        called = self.scope.setting.kind == "joint" and name not in self.scope.uncalled  # p(x - a) is p at x - a
        factor = bool(self.scope.laws_of(name)) and not _may_be_arguments(group) and not called
        if self.is_complement(name, group) or factor:
            return None
        defined = self.defined_function(node, name, group)
        if defined is not None:
            return defined
        if name not in self.scope.bound and self.scope.laws_of(name.rstrip("'")) and group.value == "(":
            found = self.law_call(node, group)
            if found is not None:
                return found
            if not self.scope.is_symbol(name):
                return self.law_of_its_own(node, group, name)
        if name.rstrip("'") == "sigma" and "sigma" not in {*self.scope.symbols, *self.scope.numbers}:
            return self.sigmoid(node, group)
        return self.function(node, name, group)

    def law_of_its_own(self, node: Node, group: Node, name: str) -> Term:
        """A density of arguments that no law has, such as p(s_{t+1} | s_t, a_t): a positive function of all of them."""
        values, behind = split_call(group.parts[0])
        if self.scope.setting.kind != "joint" or not values:
            raise self.fail(node, f"{name} with arguments that the given knows")
        below = [] if node.sub is None else listed(node.sub)
        letters = ["".join(self.letter(part) for part in side) for side in (values, behind)]
        head = "_".join([name.rstrip("'"), *letters]).rstrip("_") + "_"
        arguments = [self.expression(part) for part in below]
        arguments += [self.value(part) for part in [*behind, *values]]
        self.note(f"{name} of these arguments is read as a positive function of its own")
        anything = App(head, [Var(f"?a{place}") for place in range(len(arguments))])
        facts: list[Term] = [App("<", (Num(0), anything))]
        for place, part in enumerate(below):
            if self.parameter_name(part) is not None:
                varied = [Var("t") if other == place else one for other, one in enumerate(anything.args)]
                facts.append(bind("differentiable", "t", Var(f"?a{place}"), App(head, varied)))
        self.scope.facts += [fact for fact in facts if fact not in self.scope.facts]
        return App(head, arguments)

    def knows(self, node: Node, group: Node) -> bool:
        """Whether a call of a distribution is one of the setting's, or the bracket is a factor."""
        name = self.stem(node)
        if self.is_complement(name, group) or not _may_be_arguments(group) or self.scope.definitions.get(name):
            return True
        try:
            found = self.law_call(node, group)
        except NotationError:
            return False
        _, behind = split_call(group.parts[0])
        said = [*([] if node.sub is None else listed(node.sub)), *behind]
        parameters = {one for part in said if (one := self.parameter_name(part)) is not None}
        return found is not None and parameters <= found.free_vars

    def is_complement(self, name: str, group: Node) -> bool:
        """Whether the bracket is `(1 - p)` behind p, or behind another letter that is a number: then it is a factor."""
        inner = group.parts[0]
        if len(inner) < 3 or inner[1].kind != "sign" or inner[1].value not in ("+", "-"):
            return False
        return self.scope.is_symbol(name) or any(one.kind == "symbol" and self.stem(one) == name for one in inner)

    def sigmoid(self, node: Node, group: Node) -> Term:
        """The logistic function, or its derivative."""
        argument = self.expression(group.parts[0])
        if node.primes:
            point = fresh_name("t", argument.free_vars)
            return differentiated_at(point, App("sigmoid", (Var(point),)), node.primes, argument)
        return App("sigmoid", (argument,))

    def defined_function(self, node: Node, name: str, group: Node) -> Term | None:
        """A function that the author has defined."""
        found = self.scope.definitions.get(self.key(node))
        numbered = any(part.kind == "number" for part in node.sub or ())
        if found is None and not numbered and not self.is_component(node):  # q_i and q_1 are not the q that was defined
            found = self.scope.definitions.get(name)
        plain = self.scope.definitions.get(self.plain_key(node)) or self.scope.definitions.get(name.rstrip("'"))
        if node.primes and plain is not None:
            return self.primed_definition(plain, node, group)
        if found is None or found.indexed or not found.parameters:
            return None
        values, behind = split_call(group.parts[0])
        if set(found.parameters) <= {*self.scope.setting.densities}:  # F(q), a number that depends on the law q
            if [self.letter(part) for part in [*values, *behind]] != list(found.parameters):
                raise self.fail(group, "the distributions that it was defined with")
            return found.body
        arguments = [self.value(part) for part in [*values, *behind]]
        if len(arguments) != len(found.parameters):
            raise self.fail(group, f"{len(found.parameters)} arguments, as {name} was defined")
        return found.applied(tuple(arguments))

    def primed_definition(self, found: Definition, node: Node, group: Node) -> Term:
        """The derivative of a function of one argument that the author has defined."""
        if len(found.parameters) != 1:
            raise self.fail(node, "a prime on a function of one argument only")
        argument = self.expression(group.parts[0])
        return differentiated_at(found.parameters[0], found.body, node.primes, argument)

    def function(self, node: Node, name: str, group: Node) -> Term | None:
        """An abstract function: its subscripts, its conditions and its values are its arguments."""
        parameters = [] if node.sub is None else listed(node.sub)
        named = any(self.parameter_name(part) is not None for part in parameters)
        values, behind = split_call(group.parts[0])
        several = len(values) + len(behind) > 1
        defined = self.scope.definitions.get(name.rstrip("'"))
        if defined and defined.indexed and self.is_component(node) and not is_argument_list(group):
            return None  # r_i (a + b), where r_i was said to be a number
        several = several or bool(defined and defined.parameters)  # q_i(z_i), where q(z) is the product of them
        if not (self.scope.is_callable(name) or named or several) or not values:
            return None
        if self.scope.is_symbol(name) and not named:
            return None
        if defined and not defined.parameters and not is_argument_list(group):
            return None  # u(1 - a), where u was said to be a number
        arguments = [self.expression(part) for part in parameters]
        arguments += [self.value(part) for part in [*behind, *values]]
        if not node.primes:
            return App(name, arguments)
        if len(arguments) != 1:
            raise self.fail(node, "a prime on a function of one argument only")
        point = fresh_name("t", arguments[0].free_vars)
        return differentiated_at(point, App(name.rstrip("'"), (Var(point),)), node.primes, arguments[0])

    def power_of_function(self, value: Term, node: Node) -> Term:
        r"""`f^2(x)` is a power of the value, which \sigma^{-1}(x) is not: it is that of the inverse function.

        Only a density is divided by so: `q^{-1}(z)`.
        """
        above = "".join(self.text(part) for part in node.sup or ())
        if above != "-1" or self.scope.laws_of(self.stem(node)):
            return self.raised(value, node) if node.sup else value
        if isinstance(value, App) and value.head == "sigmoid":
            return App("logit", value.args)
        raise self.fail(node, "a function whose inverse is known, or a power of its value in brackets")

    def is_value_function(self, node: Node, group: Node) -> bool:
        """Whether V(s) may be the value of a state or a potential: a variance is of X, or in square brackets."""
        plain = group.value == "(" and node.font == "" and not self.scope.random and not self.scope.spread
        return plain and not any(map(str.isupper, self.text(group)))

    def parameter_name(self, part: Nodes) -> str | None:
        """The name of a parameter that a piece is, None if it is none."""
        if len(part) != 1 or part[0].kind != "symbol":
            return None
        name = self.stem(part[0])
        known = self.scope.setting.parameters
        return name if name in known or name in ("phi", "theta", "lambda", "psi") else None

    def value(self, part: Nodes) -> Term:
        """An argument, `1` for `z = 1`."""
        for place, node in enumerate(part):
            if node.kind == "sign" and node.value == "=":
                return self.expression(Nodes(part[place + 1 :]))
        return self.expression(part)

    # ------------------------------------------------------------ laws

    def law_call(self, node: Node, group: Node) -> Term | None:
        """The term of a call of a distribution, None where no law fits."""
        self.demand_no_prime(node)
        values, behind = split_call(group.parts[0])
        below = [] if node.sub is None else listed(node.sub)
        best: tuple[int, Term] | None = None
        for law in self.scope.laws_of(self.stem(node).rstrip("'")):
            found = self.matched(law, below, values, behind)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        return None if best is None else best[1]

    def matched(
        self, law: Law, below: Sequence[Nodes], values: Sequence[Nodes], behind: Sequence[Nodes]
    ) -> tuple[int, Term] | None:
        """How well a law fits a call, and the term that the call then means."""
        indexed = self.coordinate(law, below, values)
        if indexed is not None:
            return 100, indexed
        places = self.value_places(law, values)
        if places is None:
            return None
        score = 10
        conditions = dict(zip(law.conditions, law.conditions, strict=True))
        parameters = [name for name in law.parameters if name not in places]
        for part in behind:
            letter = self.letter(part)
            open_conditions = [name for name in law.conditions if name not in places]
            if letter in conditions:
                places[letter] = self.value(part)
                score += 3
            elif letter in self.scope.bound:  # another variable in the place of a condition, p(x | v)
                if not open_conditions:
                    return None
                places[open_conditions[0]] = self.value(part)
                score += 2
            elif parameters and (letter in parameters or not conditions):
                chosen = letter if letter in parameters else parameters[0]
                parameters.remove(chosen)
                places[chosen] = self.value(part)
                score += 1
            elif not law.loose and self.parameter_name(part) is None:
                return None
            if letter in law.values:
                return None
        score -= sum(name not in places for name in law.conditions)
        for part in below:
            letter = self.letter(part)
            slot = letter if letter in parameters else self.stands_for(part, parameters)
            if slot is not None:
                parameters.remove(slot)
                places[slot] = self.expression(part)
                score += 1
            elif not law.loose and self.parameter_name(part) is None and letter not in law.values:
                return None
        return score, substituted(law.term, places)

    def stands_for(self, part: Nodes, parameters: Sequence[str]) -> str | None:
        """The parameter whose place a subscript takes: an index that of an index, a variable's name none."""
        if len(part) != 1 or part[0].kind != "symbol":
            return next(iter(parameters), None)
        if self.is_index(part[0]):
            return next((name for name in parameters if name in INDICES), None)
        return None if self.stem(part[0]) in self.scope.setting.variables else next(iter(parameters), None)

    def value_places(self, law: Law, values: Sequence[Nodes]) -> dict[str, Term] | None:
        """What stands in the places of a law's values, None where the call has other ones."""
        if len(values) != len(law.values):
            return None
        letters = [self.letter(part) for part in values]
        if all(letter in law.values for letter in letters) and len(set(letters)) == len(letters):
            return {letter: self.placed(letter, part) for letter, part in zip(letters, values, strict=True)}
        if any(node.kind == "sign" and node.value == "=" for node in values[0]):
            return None
        others = {name for other in self.scope.laws for name in (*other.values, *other.conditions)}
        if len(values) > 1 or letters[0] in others:
            return None
        return {law.values[0]: self.placed(law.values[0], values[0])}

    def placed(self, name: str, part: Nodes) -> Term:
        """The value in a call; a dot stands for the variable itself."""
        if len(part) == 1 and part[0].kind == "sign" and part[0].value in ("*", "dot", "."):
            return Var(name)
        return self.value(part)

    def letter(self, part: Nodes) -> str:
        """The letter that an argument is recognised by: `z` for z, z', z_1 and z = 1; empty for a dot."""
        first = part[0]
        if first.kind == "group" and first.value == "{}" and len(first.parts[0]) == 1:
            first = first.parts[0][0]
        if first.kind != "symbol":
            return ""
        if len(part) > 1 and not (part[1].kind == "sign" and part[1].value == "="):
            return ""
        name = self.stem(first).rstrip("'").split("_")[0]
        if len(part) > 1 and len(name) == 1 and name.isupper():
            return name.lower()  # P(X = x)
        return self.scope.random.get(name, name)

    def coordinate(self, law: Law, below: Sequence[Nodes], values: Sequence[Nodes]) -> Term | None:
        """One factor of a product law: `q_i(z_i)`, `q(z_i = 1 | x)`."""
        factor = law.term
        if not isinstance(factor, Bind) or factor.head != "prod" or len(values) != 1:
            return None
        symbol = values[0][0].kind == "symbol"
        index = values[0][0].sub if symbol and self.is_component(values[0][0]) else None
        if index is None:
            index = next((part for part in below if any(self.is_index(node) for node in part)), None)
        if index is None:
            return None
        return self.factor_at(factor, self.indices(Nodes(index))[0], self.value(values[0]), law.values[0])

    def factor_at(self, law: Bind, index: Term, value: Term, name: str) -> Term:
        """The factor of a product law at an index, with a value for the coordinate."""
        one = instantiated(law.bodies[0], (index,))
        return replaced(one, at(Var(name), index), value)

    # ------------------------------------------------------------ distributions as such

    def law_of(self, nodes: Nodes) -> LawOf | None:
        """The distribution that a piece of notation names: `q`, `q_\\phi(z|x)`, `q(\\cdot)`, `Bern(a)`."""
        if not nodes:
            return None
        first = nodes[0]
        if first.kind == "group" and first.value in ("{}", "(") and len(nodes) == 1:
            return self.law_of(first.parts[0])
        if is_bernoulli(first) and len(nodes) > 1:
            return self.bernoulli(nodes)
        if (first.kind, first.value) == ("operator", "prod") and len(nodes) > 1 and nodes[1].kind == "symbol":
            return self.law_of_product(nodes[1])
        if first.kind != "symbol" or len(nodes) > 2:
            return None
        name = self.stem(first)
        if len(nodes) == 2:
            return self.law_of_call(first, nodes[1], name) or self.law_of_factor(first, nodes[1], name)
        for law in self.scope.laws_of(name):
            if law.domain is not None and name not in self.scope.bound:
                return self.law_by_default(law, first)
        return None

    def law_of_product(self, factor: Node) -> LawOf | None:
        r"""The law that `\\prod_i q_i` names, where q is known to be a product."""
        for law in self.scope.laws_of(self.stem(factor)):
            if law.domain is not None and isinstance(law.term, Bind) and law.term.head == "prod":
                return LawOf(law.values[0], law.domain, law.term)
        return None

    def law_by_default(self, law: Law, node: Node) -> LawOf:
        """A law of its own variable, with the parameter that stands below its letter."""
        below = [] if node.sub is None else listed(node.sub)
        index = next((part for part in below if any(self.is_index(one) for one in part)), None)
        if index is not None and isinstance(law.term, Bind) and law.term.head == "prod":
            value = law.values[0]
            term = self.factor_at(law.term, self.indices(index)[0], Var(value), value)
            return LawOf(value, BITS, term)
        found = self.matched(law, below, [Nodes([Node("symbol", law.values[0], node.start, node.end)])], [])
        term = law.term if found is None else found[1]
        return LawOf(law.values[0], law.domain or BITS, term)

    def law_of_call(self, first: Node, group: Node, name: str) -> LawOf | None:
        """The distribution that a call with its variable names."""
        if group.kind != "group" or not self.scope.laws_of(name):
            return None
        values, _ = split_call(group.parts[0])
        term = self.law_call(first, group)
        if term is None or not values:
            return None
        for law in self.scope.laws_of(name):
            if law.domain is None or len(values) != len(law.values):
                continue
            if self.value_places(law, values) is None:
                continue
            written = values[0][0]
            if self.coordinate(law, [] if first.sub is None else listed(first.sub), values) is not None:
                value = Var(law.values[0])
                return LawOf(law.values[0], BITS, replaced(term, self.expression(values[0]), value))
            variable = law.values[0] if written.kind == "sign" else self.key(written)
            return LawOf(variable, law.domain, term)
        return None

    def law_of_factor(self, first: Node, group: Node, name: str) -> LawOf | None:
        """The distribution q_1(z_1), one of the factors of a distribution that the author has defined."""
        if self.scope.setting.kind != "joint" or name not in self.scope.setting.densities or first.sub is None:
            return None
        values, behind = split_call(group.parts[0]) if group.kind == "group" else ([], [])
        if name not in self.scope.definitions or behind or len(values) != 1 or len(values[0]) != 1:
            return None
        variable, term = self.key(values[0][0]), self.call(first, group)
        stem = variable.split("_")[0]
        domain = Var(stem.upper()) if len(stem) == 1 else Var(f"{stem}_set")
        return LawOf(variable, self.scope.domain(stem) or domain, term) if term and variable in term.free_vars else None

    def bernoulli(self, nodes: Nodes) -> LawOf | None:
        """`Bern(a)`, `Bern(z; a)`, `Bern(z | a)` as the distribution of z."""
        if nodes[0].sub is not None and len(nodes) <= 2:
            return LawOf("z", BITS, App("bern", (self.expression(nodes[0].sub), Var("z"))))
        if len(nodes) != 2 or nodes[1].kind != "group":
            return None
        values, behind = split_call(nodes[1].parts[0])
        if not values:
            return None
        if behind:
            written = values[0][0]
            name = self.key(written) if written.kind == "symbol" else "z"
            return LawOf(name, BITS, App("bern", (self.expression(behind[0]), self.value(values[0]))))
        return LawOf("z", BITS, App("bern", (self.expression(values[0]), Var("z"))))


def _may_be_arguments(group: Node) -> bool:
    """Whether a bracket may hold the arguments of a distribution: no operators, no sums."""
    if any(node.kind == "sign" and node.value in ("|", ";", "=") for node in group.parts[0]):
        return True
    return not any(
        node.kind in ("operator", "frac") or (node.kind == "sign" and node.value in ("+", "-"))
        for node in group.parts[0]
    )


def listed(nodes: Nodes) -> list[Nodes]:
    """The parts of a list, cut at its commas and semicolons."""
    parts = [Nodes()]
    for node in nodes:
        if node.kind == "sign" and node.value in (",", ";"):
            parts.append(Nodes())
        else:
            parts[-1].append(node)
    return [part for part in parts if part]

r"""E, Var and Cov with their distributions.

Where a subscript is missing the setting says which variable is meant, and a note says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from derivations.errors import NotationError
from derivations.latex.laws import BITS, LawOf, listed
from derivations.latex.letters import Cursor
from derivations.latex.nodes import Node, Nodes
from derivations.latex.outcomes import OUTCOMES, of_outcome
from derivations.latex.profile import split_call
from derivations.latex.random import Random, at_value, realised
from derivations.latex.sets import set_name
from derivations.matching import replaced
from derivations.term import (
    App,
    Bind,
    Bound,
    Num,
    Term,
    Var,
    children,
    integral,
    mul,
    power,
    sub,
    summation,
)

_PARENS: Final = frozenset({"(", "[", "{"})
_ARITY: Final = {"E": 1, "Var": 1, "Cov": 2}


class Moments(Random):
    """Reads operators that take a distribution."""

    # ------------------------------------------------------------ expectation, variance, covariance

    def moment(self, head: str, node: Node, cursor: Cursor) -> Term:
        """E, Var or Cov of what follows, in brackets or up to the end of the product."""
        law, arguments, group = None, None, cursor.peek()
        below = node.sub
        following = cursor.peek(1)
        if (
            below is None
            and group is not None
            and following is not None
            and (group.kind, group.value, following.kind) == ("group", "{}", "group")
            and self.looks_like_law(group.parts[0])
        ):
            below = group.parts[0]  # a macro of two arguments, \E{z \sim q}{...}
            cursor.next()
            group = following
        if self.scope.random and group is not None and group.kind == "group" and group.value in (*_PARENS, "{}"):
            over = [self.random_letter(one) for one in below or () if one.kind == "symbol"]
            if not below or all(over):
                cursor.next()
                over_letters = [name for name in over if name is not None] or None
                return self.scripted_group(self.random_moment(head, group, over_letters), group)
        if below and group is not None and (several := self.several_laws(below)) is not None:
            return self.moment_of_several(head, several, group, cursor)
        if below and not self.is_drawn(below):
            law = self.law_below(below, node)
        if group is not None and group.kind == "group" and group.value in (*_PARENS, "{}"):
            cursor.next()
            arguments = self.moment_arguments(head, group, law)
            if law is not None:
                arguments = self.drawn(law, arguments, bare=below is not None and len(below) == 1)
            if below and law is None:
                self.demand_alone(below, arguments)
            law = self.law_spoken_of(law, below, arguments, node)
            term = self.moment_of(head, law, arguments, node)
            return self.scripted_group(term, group)
        if head != "E":
            raise self.fail(group, "brackets around what the variance is taken of")
        if law is None:
            return self.moment_of(head, None, [self.product(cursor)], node)
        with self.scope.binding(law.name, law.domain):
            body = self.product(cursor)
        return self.moment_of(head, law, [body], node)

    def is_drawn(self, below: Nodes) -> bool:
        r"""Whether a subscript is a random variable whose law a sentence says, as in E_\epsilon."""
        inside = below[0].parts[0] if len(below) == 1 and below[0].kind == "group" else below
        alone = len(inside) == 1 and inside[0].kind == "symbol"
        return alone and self.stem(inside[0]) in self.scope.drawn and not self.scope.laws_of(self.stem(inside[0]))

    def demand_alone(self, below: Nodes, arguments: list[Term]) -> None:
        """Raise where a mean over one random variable is of another one too."""
        free = frozenset[str]().union(*(term.free_vars for term in arguments)) - set(self.scope.bound)
        others = free - {self.stem(below[0]), *self.scope.profile.symbols}
        if others & self.scope.drawn or any(name[0].isupper() for name in others):
            raise self.fail(below[0], "a mean over all random variables that it is of")

    def looks_like_law(self, nodes: Nodes) -> bool:
        """Whether some pieces name a distribution."""
        return any(node.kind == "sign" and node.value == "sim" for node in nodes) or self.law_of(nodes) is not None

    def law_spoken_of(self, law: LawOf | None, below: Nodes | None, arguments: list[Term], node: Node) -> LawOf | None:
        """The law of E_q in which q has no variable: that of a variable which the bracket speaks of, if any is."""
        bare = below is not None and len(below) == 1 and below[0].kind == "symbol"
        if law is None or below is None or not bare or self.scope.setting.kind != "joint":
            return law
        spoken = frozenset[str]().union(*(term.free_vars for term in arguments)) - set(self.scope.bound)
        variables = {name for other in self.scope.laws for name in (*other.values, *other.conditions)}
        if law.name in spoken or not spoken & variables:
            return law
        for other in self.scope.laws_of(self.stem(below[0])):
            if other.domain is not None and other.values[0] in spoken and len(other.values) == 1:
                return LawOf(other.values[0], other.domain, other.term)
        raise self.fail(below[0], f"what {self.stem(below[0])} is a distribution of")

    def drawn(self, law: LawOf, arguments: list[Term], *, bare: bool) -> list[Term]:
        """The arguments with the capital letter that is drawn from a law, X in E_q[f(X)], as its variable x."""
        values = {name: low for name, low in self.scope.random.items() if bare or low in self.scope.bound}
        arguments = [realised(one, values) for one in arguments]
        capital = law.name.upper()
        if len(law.name) > 1 or self.scope.is_symbol(capital) or capital in self.scope.definitions:
            return arguments
        letters = {capital, f"{capital}_random"}
        return [at_value(one, letters, Var(law.name)) for one in arguments]

    def several_laws(self, below: Nodes) -> list[LawOf] | None:
        r"""The distributions of `p(x, z)`, `x \sim p, z \sim q(z|x)` and `p(x) q(z|x)`, outermost first; else None."""
        below = below[0].parts[0] if len(below) == 1 and below[0].kind == "group" else below
        called = [k for k, one in enumerate(below) if one.kind == "group" and one.value == "(" and k > 0]
        if len(below) == 2 and called == [1]:
            return self.of_joint(below, Nodes())
        place = next((k for k, one in enumerate(below) if one.kind == "sign" and one.value == "sim"), None)
        if place is not None and len(below) == place + 3 and called[-1:] == [place + 2]:
            found = self.of_joint(Nodes(below[place + 1 :]), Nodes(below[:place]))
            if found is not None:
                return found
        parts = listed(below) if place is not None else called_one_by_one(below)
        if len(parts) < 2 or (place is not None and not all(any(n.value == "sim" for n in part) for part in parts)):
            return None
        laws: list[LawOf] = []
        bound = self.scope.bound
        for part in parts:
            law = self.law_below(part, part[0])
            laws.append(law)
            self.scope.bound = {**self.scope.bound, law.name: law.domain}
        self.scope.bound = bound
        return laws

    def of_joint(self, call: Nodes, named: Nodes) -> list[LawOf] | None:
        """The variables of a call of several values, the density with the last one."""
        values, _ = split_call(call[1].parts[0])
        if len(values) < 2 or call[0].kind != "symbol" or not self.is_law(call[0]):
            return None
        names = [self.named(value, None) for value in values if len(value) == 1 and value[0].kind == "symbol"]
        pmf = self.law_call(call[0], call[1]) or self.defined_function(call[0], self.stem(call[0]), call[1])
        if len(names) != len(values) or pmf is None:
            return None
        domains = [self.scope.continuous.get(one.name, one.domain) for one in names]
        laws = [LawOf(one.name, domain, Num(1)) for one, domain in zip(names, domains, strict=True)]
        return [*laws[:-1], LawOf(laws[-1].name, laws[-1].domain, pmf)]

    def is_law(self, node: Node) -> bool:
        """Whether a letter is that of a distribution, also of one that the author has defined."""
        name = self.stem(node)
        defined = name in self.scope.definitions and name in self.scope.setting.densities
        return bool(self.scope.laws_of(name)) or defined

    def moment_of_several(self, head: str, laws: list[LawOf], group: Node, cursor: Cursor) -> Term:
        """E, Var or Cov under a joint distribution."""
        bound = self.scope.bound
        self.scope.bound = {**bound, **{law.name: law.domain for law in laws}}
        if group.kind == "group" and group.value in (*_PARENS, "{}"):
            cursor.next()
            inside = group.parts[0]
            parts = [inside] if _ARITY[head] == 1 else listed(inside)
            arguments = [self.expression(part) for part in parts]
        else:
            arguments = [self.product(cursor)]
        self.scope.bound = bound
        if len(arguments) != _ARITY[head]:
            raise self.fail(group, f"{_ARITY[head]} arguments of {head}")
        return self.scripted_group(self.moment_under(head, laws, arguments), group)

    def moment_under(self, head: str, laws: list[LawOf], arguments: list[Term]) -> Term:
        """The moment of terms under several distributions."""
        if head == "E":
            return self.nested(laws, arguments[0])
        centred = [sub(one, self.nested(laws, one)) for one in arguments]
        return self.nested(laws, power(centred[0], 2) if head == "Var" else mul(*centred))

    def joint_spoken_of(self, arguments: list[Term]) -> list[LawOf]:
        """The one joint law of the chain, where a moment that names no law is of several of its variables."""
        if self.scope.setting.kind != "joint" or len({law.letters for law in self.scope.laws}) != 1:
            return []
        free = frozenset[str]().union(*(term.free_vars for term in arguments)) - set(self.scope.bound)
        met = free & {name for law in self.scope.laws for name in (*law.values, *law.conditions)}
        for law in self.scope.laws:
            if len(met) > 1 and not law.conditions and met <= set(law.values):
                sets = [Var(set_name(name)) for name in law.values]
                domains = [self.scope.continuous.get(*pair) for pair in zip(law.values, sets, strict=True)]
                laws = [LawOf(name, domain, Num(1)) for name, domain in zip(law.values, domains, strict=True)]
                return [*laws[:-1], replace(laws[-1], pmf=law.term)]
        return []

    def nested(self, laws: list[LawOf], body: Term) -> Term:
        """The expectations under several distributions inside one another."""
        for law in reversed(laws):
            total = integral if law.domain in self.scope.measured else summation
            weighted = body if law.pmf == Num(1) else mul(law.pmf, body)
            body = total(law.name, law.domain, weighted)
        return body

    def moment_arguments(self, head: str, group: Node, law: LawOf | None) -> list[Term]:
        """What stands in the brackets of an expectation, a variance or a covariance."""
        inside = group.parts[0]
        if any(node.kind == "sign" and node.value == "|" for node in inside) and not self.bars_paired(inside):
            raise self.fail(inside[0], "an expectation without a condition behind a bar")
        parts = [inside] if _ARITY[head] == 1 else listed(inside)
        if len(parts) != _ARITY[head] or not all(parts):
            raise self.fail(group, f"{_ARITY[head]} arguments of {head}")
        if law is None:
            return [self.expression(part) for part in parts]
        with self.scope.binding(law.name, law.domain):
            return [self.expression(part) for part in parts]

    def bars_paired(self, nodes: Nodes) -> bool:
        """Whether the bars among some pieces are those of absolute values."""
        bars = [node for node in nodes if node.kind == "sign" and node.value == "|"]
        return len(bars) % 2 == 0

    def moment_of(self, head: str, law: LawOf | None, arguments: list[Term], node: Node) -> Term:
        """The moment of terms; a law that is not said is found from the variables that they mention."""
        if law is None and (several := self.joint_spoken_of(arguments)):
            return self.moment_under(head, several, arguments)
        if law is None:
            law = self.understood_law(arguments, node)
        if law is OUTCOMES:
            arguments = of_outcome(arguments, self.scope)
        law, arguments = self.with_sample(law, arguments, node)
        return self.moment_term(head, law.name, law.domain, law.pmf, *arguments)

    def understood_law(self, arguments: list[Term], node: Node) -> LawOf:
        """The distribution of an expectation that names none."""
        free = frozenset[str]().union(*(term.free_vars for term in arguments))
        for law in self.scope.laws:
            if law.domain is not None and len(law.values) == 1 and law.values[0] in free:
                return LawOf(law.values[0], law.domain, law.term)
        known = self.scope.is_symbol
        unknown = sorted(name for name in free if not known(name) and name[0].isalpha())
        if self.scope.setting.kind == "joint":
            return OUTCOMES
        if unknown or not any(law.domain is not None for law in self.scope.laws):
            raise self.fail(node, f"a distribution for {', '.join(unknown) or 'this expectation'}")
        law = next(law for law in self.scope.laws if law.domain is not None)
        return LawOf(law.values[0], law.domain or BITS, law.term)

    def with_sample(self, law: LawOf, arguments: list[Term], node: Node) -> tuple[LawOf, list[Term]]:
        """Where components of the variable of a law for one draw occur, the law of the sample, or of the one draw."""
        if isinstance(law.domain, App) and law.domain.head == "tuples":
            return law, arguments
        places = [place for term in arguments for place in _components(term, law.name)]
        if not places:
            return law, arguments
        bare = any(_mentions_bare(term, law.name) for term in arguments)
        if bare:
            raise self.fail(node, f"either {law.name} or its components, not both")
        single = {place for place in places if place.loose == 0}
        if len(single) == 1 and all(place.loose == 0 for place in places):
            index = single.pop()
            value = Var(law.name)
            return law, [replaced(term, App("at", (value, index)), value) for term in arguments]
        if self.scope.sampled is None:
            raise self.fail(node, f"a distribution for the components of {law.name}")
        sizes = {size for term in arguments for size in _sizes(term, law.name)}
        size = sizes.pop() if len(sizes) == 1 else self.scope.sampled
        return law.sample(size), arguments

    # ------------------------------------------------------------ which distribution

    def law_below(self, below: Nodes, node: Node) -> LawOf:
        """The distribution that a subscript names."""
        if len(below) == 1 and below[0].kind == "group" and below[0].value in ("{}", "("):
            below = below[0].parts[0]
        parts = listed(below)
        domain = None
        if len(parts) > 1 and any(one.kind == "sign" and one.value == "in" for one in parts[0]):
            domain = self.stated_domain(parts[:1])
            parts = parts[1:]
            below = parts[0]
        for place, one in enumerate(below):
            if one.kind == "sign" and one.value in ("sim", "distributed"):
                return self.sampled_from(Nodes(below[:place]), Nodes(below[place + 1 :]), domain, node)
        law = self.law_named(below)
        if law is None:
            raise self.fail(below[0] if below else node, "a distribution that the given knows")
        return law

    def law_below_or_none(self, node: Node) -> object:
        """The distribution that the subscript of E names, None if it names none."""
        try:
            return self.law_below(node.sub or Nodes(), node)
        except NotationError:
            return None

    def sampled_from(self, left: Nodes, right: Nodes, domain: Term | None, node: Node) -> LawOf:
        r"""The distribution in `z \sim q`."""
        parts = listed(left)
        if len(parts) > 1 and any(part[0].value == "..." for part in parts):
            law = self.law_named(right)
            if law is None:
                raise self.fail(right[0] if right else node, "a distribution of one draw")
            vector = self.tuple_binder(parts, node, law.domain)
            size = vector.domain.args[1] if isinstance(vector.domain, App) else None
            if size is None:
                raise self.fail(node, "the number of draws")
            return law.renamed(vector.name).sample(size)
        if len(parts) != 1:
            raise self.fail(node, "one variable of the expectation")
        binder = self.named(parts[0], domain or BITS)
        if domain is not None:
            with self.scope.binding(binder.name, domain):
                return LawOf(binder.name, domain, self.expression(right))
        law = self.law_named(right)
        if law is None:
            raise self.fail(right[0] if right else node, "a distribution that the given knows")
        return law.renamed(binder.name.split("_")[0] if binder.component else binder.name)

    def law_named(self, nodes: Nodes) -> LawOf | None:
        """A distribution by its name, by its parameter (`\\beta`), or by its variable (`z`, `z|x`)."""
        found = self.law_of(nodes)
        if found is not None:
            return found
        first = nodes[0] if nodes else None
        if first is None or first.kind != "symbol":
            return None
        bar = len(nodes) > 1 and nodes[1].kind == "sign" and nodes[1].value in ("|", ";")
        if len(nodes) > 1 and not bar:
            return None
        name = self.stem(first)
        for law in self.scope.laws:
            if law.domain is None or len(law.values) != 1:
                continue
            if name in law.parameters or law.values[0] == name.rstrip("'"):
                return LawOf(law.values[0], law.domain, law.term).renamed(
                    name if name not in law.parameters else law.values[0]
                )
        return None

    def scripted_group(self, term: Term, group: Node) -> Term:
        """A power behind the bracket."""
        return term if group.sup is None else self.raised(term, group)


def called_one_by_one(nodes: Nodes) -> list[Nodes]:
    """The calls in `p(x) q(z|x)`; nothing where there is anything else."""
    pairs = [Nodes(nodes[k : k + 2]) for k in range(0, len(nodes), 2)]
    fits = all(len(pair) == 2 and pair[0].kind == "symbol" and pair[1].kind == "group" for pair in pairs)
    return pairs if fits else []


def _components(term: Term, name: str) -> list[Term]:
    """The indices at which a vector's components are taken."""
    if isinstance(term, App) and term.head == "at" and term.args[0] == Var(name):
        return [term.args[1]]
    return [place for child in children(term) for place in _components(child, name)]


def _mentions_bare(term: Term, name: str) -> bool:
    if name not in term.free_vars:
        return False
    if isinstance(term, App) and term.head == "at" and term.args[0] == Var(name):
        return name in term.args[1].free_vars
    return isinstance(term, Var) or any(_mentions_bare(child, name) for child in children(term))


def _sizes(term: Term, name: str) -> list[Term]:
    """The upper bounds of sums and products that run over the components of a vector."""
    found = [size for child in children(term) for size in _sizes(child, name)]
    if isinstance(term, Bind) and isinstance(term.arg, App) and term.arg.head == "range" and term.arg.loose == 0:
        places = [place for body in term.bodies for place in _components(body, name)]
        if any(isinstance(place, Bound) for place in places):
            found.append(term.arg.args[1])
    return found

r"""Laws for densities that no profile declares: `p(x, z)`, `p(z | x)`, `p(x)` come from one joint distribution.

For each letter the calls in a chain are collected. A letter with one kind of call is an abstract function; one with
several is factorised, p(z) p(x|z), and marginals are sums over it, conditionals quotients. The set of x is called X. It
is finite, unless the chain integrates over x: then it carries a measure, distributions on it are densities, marginals
are integrals, and it is given that the integrals over it that are met converge. That a derivative may be taken under
the integral sign is not given: such a step is proved under this condition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from derivations.latex.chances import chances_in
from derivations.latex.facts import PROBABILITY
from derivations.latex.laws import BITS, Laws, listed
from derivations.latex.nodes import Node, Nodes, differentiated_by, stands_bare
from derivations.latex.profile import Law, split_call
from derivations.latex.scope import INDICES, Definition, Scope
from derivations.latex.sets import set_name
from derivations.latex.style import Shape, symbol
from derivations.term import App, Num, Term, Var, bind, derivative, div, integral, mul, subterms, summation

# Where the notation leaves the factorisation open, causes come before effects.
_CAUSES: Final = "wzshyax"
# Letters that a distribution is often of, where nothing but a bracket says so.
_VARIABLES: Final = frozenset("xyzsk")


@dataclass(frozen=True)
class Call:
    """A density as it is written once: values before the bar, conditions behind it, parameters below or behind."""

    letter: str
    values: tuple[str, ...]
    conditions: frozenset[str]
    parameters: tuple[str, ...]

    def of_variables(self, variables: Collection[str]) -> Call:
        r"""The call with those parameters among its conditions that are variables, as in p(x | \theta) p(\theta)."""
        behind = frozenset(name for name in self.parameters if name in variables)
        if not behind:
            return self
        kept = tuple(name for name in self.parameters if name not in behind)
        return Call(self.letter, self.values, self.conditions | behind, kept)


# A kind of call: its letter, its values and what they are conditioned upon.
_Kind: TypeAlias = "tuple[str, frozenset[str], frozenset[str]]"


@dataclass(frozen=True)
class Reading:
    """How the densities of a chain are taken: as independent, or with the dropped parameters read the other way.

    With `given`, the other variables are independent given this one.
    """

    independent: bool = False
    given: str = ""
    other_parameters: bool = False


USUAL: Final = Reading()


def joint_laws(
    rows: Sequence[Nodes], scope: Scope, source: str, reading: Reading = USUAL
) -> tuple[list[Law], list[Term], JointDistribution | None]:
    """The laws of the densities in a chain, the facts that are given about them, the law of its random variables."""
    reader = Laws(scope, source)
    nodes = [node for row in rows for node in row]
    free = _without_parameters(rows, reader, other=reading.other_parameters)
    calls = [
        call.of_variables(scope.variables)
        for call in dict.fromkeys(_calls(nodes, reader, frozenset(scope.setting.densities)))
    ]
    calls = list(dict.fromkeys(call for call in calls if not set(call.values) & call.conditions))
    laws: list[Law] = []
    facts: list[Term] = []
    joint: JointDistribution | None = None
    variables = tuple(scope.random.values())
    unused = "P" if stands_bare(nodes, "p") else "p"
    together = next((call.letter for call in calls if {*call.values, *call.conditions} & {*variables}), unused)
    if variables:
        calls.append(Call(together, variables, frozenset(), ()))
    usual = _usual_value(calls, nodes, reader)
    varied = scope.variables & {reader.stem(one) for one in differentiated_by(nodes)}
    for letter in dict.fromkeys(call.letter for call in calls):
        own = [call for call in calls if call.letter == letter]
        if letter in scope.definitions and scope.definitions[letter].parameters:
            if not _is_mixture(letter, scope.definitions[letter]):
                continue  # the author has said what it is
            own = [call for call in own if set(call.parameters) & INDICES]
        if not any(call.values and all(call.values) for call in own):
            scope.uncalled |= {letter}
        if usual is None and not any(call.values for call in own):
            continue  # which variable it is a distribution of is not said
        found, factors = _laws_of(letter, own, usual or "x", scope.continuous, free, reading)
        given = [fact for factor in factors for fact in factor.facts(scope.continuous, varied)]
        if variables and letter == together:
            joint = JointDistribution(tuple(factors), scope.continuous)
        laws += found
        facts += given
        scope.shapes.update({factor.head: factor.shape for factor in factors})
    if chances := chances_in(rows, scope, source):
        laws = [law for law in laws if law.letters[0] not in chances]
        for name in chances:
            said = scope.definitions.get(name)
            chance = said.body if said is not None and not said.parameters else Var(name)
            laws.append(Law((name,), (), (), ("x",), App("bern", (chance, Var("x"))), BITS))
        scope.symbols = {**scope.symbols, **dict.fromkeys(chances, PROBABILITY)}
    for name, domain in scope.continuous.items():
        if isinstance(domain, Var):
            facts.append(bind("integrable", name, domain, App("?F", (Var(name),))))
    facts.append(bind("pmf", "w", Var("Omega"), App("pr", (Var("w"),))))
    return laws, facts, joint


def _is_mixture(letter: str, definition: Definition) -> bool:
    """Whether p is defined by densities p_k at the same values."""
    values = {Var(name) for name in definition.parameters}
    return any(
        isinstance(part, App) and part.head == letter and len(part.args) > 1 and part.args[-1] in values
        for part in subterms(definition.body)
    )


def _without_parameters(rows: Sequence[Nodes], reader: Laws, *, other: bool) -> frozenset[_Kind]:
    r"""The calls that leave out parameters since they depend on none.

    In `p_\theta(x|z) p(z)` the second one has none; where no side has both, it has been dropped. `other` takes it the
    other way round.
    """
    densities = frozenset(reader.scope.setting.densities)
    told: set[_Kind] = set()
    never: set[_Kind] = set()
    always: set[_Kind] = set()
    parametrised: set[str] = set()
    sides = [[call.of_variables(reader.scope.variables) for call in _calls(row, reader, densities)] for row in rows]
    own: dict[str, set[str]] = {}
    for call in (call for calls in sides for call in calls):
        own.setdefault(call.letter, set()).update(call.parameters)
    for calls in sides:
        written = {name for call in calls for name in call.parameters}
        letters = {call.letter for call in calls if call.parameters or own[call.letter] & written}
        parametrised |= {letter for letter in letters if own[letter]}
        for call in calls:
            kind = (call.letter, frozenset(call.values), call.conditions)
            if call.parameters:
                always.add(kind)
            else:
                never.add(kind)
                if call.letter in letters:
                    told.add(kind)
    told, never = told - always, never - always
    if not other:
        return frozenset(told)
    return frozenset() if told else frozenset(kind for kind in never if kind[0] in parametrised)


def _usual_value(calls: Sequence[Call], nodes: Sequence[Node], reader: Laws) -> str | None:
    """The variable of a distribution that is named without one; None where the chain leaves that open.

    It is what the brackets behind such names speak of and the rest of the chain does not; where there is no such
    bracket, that of another call, or what functions are of.
    """
    behind = [group for group in _behind_names(nodes, reader) if group.parts]
    inside = dict.fromkeys(name for group in behind for name in _spoken(group.parts[0], reader))
    outside = dict.fromkeys(_spoken(_without(nodes, behind), reader))
    if inside:
        return next((name for name in inside if name not in outside), None)
    values = [call.values[0] for call in calls if len(call.values) == 1 and call.values[0]]
    found = values[:1] or list(_arguments(nodes, reader))[:1] or _alone(behind, reader) or ["x"]
    return found[0] if len(found) == 1 else None


def _behind_names(nodes: Sequence[Node], reader: Laws) -> Iterator[Node]:
    """The brackets behind E_q, where q is named without its variable."""
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        below = node.sub or Nodes()
        bare = len(below) == 1 and below[0].kind == "symbol" and _takes_law(node)
        named = bare and reader.stem(below[0]) in reader.scope.setting.densities
        if named and following is not None and following.kind == "group":
            yield following
        for part in node.parts:
            yield from _behind_names(part, reader)


def _takes_law(node: Node) -> bool:
    return (node.kind, node.value) == ("operator", "E") or node.value in ("E", "V", "Var")


def _without(nodes: Sequence[Node], left_out: Sequence[Node]) -> Nodes:
    """The pieces less some brackets."""
    kept = Nodes()
    for node in nodes:
        if not any(node is one for one in left_out):
            kept.append(replace(node, parts=tuple(_without(part, left_out) for part in node.parts)))
    return kept


def _alone(groups: Sequence[Node], reader: Laws) -> list[str]:
    """The letters in some brackets that variables often have, E_q[z^2]."""
    waiting, found = [part for group in groups for part in group.parts], dict[str, None]()
    while waiting:
        for node in waiting.pop():
            waiting += [*node.parts, node.sub or Nodes(), node.sup or Nodes()]
            if node.kind == "symbol" and reader.stem(node) in _VARIABLES:
                found[reader.stem(node)] = None
    return list(found)


def _spoken(nodes: Sequence[Node], reader: Laws) -> Iterator[str]:
    """The variables in the brackets behind letters."""
    parameters = reader.scope.setting.parameters
    for place, node in enumerate(nodes):
        if node.kind == "group" and node.value == "(" and place > 0 and nodes[place - 1].kind == "symbol":
            values, behind = split_call(node.parts[0])
            for part in (*values, *behind):
                name = reader.letter(part) if part else ""
                known = name in parameters or name in reader.scope.setting.densities
                if len(name) == 1 and name.islower() and not known:
                    yield name
        for part in node.parts:
            yield from _spoken(part, reader)


def _arguments(nodes: Sequence[Node], reader: Laws) -> Iterator[str]:
    """The small letters that stand alone in the bracket behind another letter."""
    for place, node in enumerate(nodes):
        inner = node.parts[0] if node.kind == "group" and node.value == "(" else Nodes()
        called = place > 0 and nodes[place - 1].kind == "symbol"
        if called and len(inner) == 1 and inner[0].kind == "symbol":
            name = reader.stem(inner[0]).rstrip("'")
            if len(name) == 1 and name.islower() and name not in reader.scope.setting.densities:
                yield name
        for part in node.parts:
            yield from _arguments(part, reader)


def _calls(nodes: Sequence[Node], reader: Laws, densities: frozenset[str], *, named: bool = False) -> list[Call]:
    """The calls in some pieces; a bare letter is one where `named` says that distributions are named there."""
    found: list[Call] = []
    naming = False
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if node.kind == "symbol" and reader.stem(node).rstrip("'") in densities:
            call = _call(node, following, reader)
            if call is not None and (call.values or named):
                found.append(call)
        inside = naming and node.kind == "group"
        naming = _names_laws(node)
        for part in node.parts:
            found.extend(_calls(part, reader, densities, named=inside))
        expectation = (node.kind, node.value) == ("operator", "E") or node.value in ("E", "V", "Var")
        found.extend(_calls(node.sub or Nodes(), reader, densities, named=expectation))
        found.extend(_calls(node.sup or Nodes(), reader, densities))
    return found


def _names_laws(node: Node) -> bool:
    """Whether the bracket behind an operator names distributions."""
    return (node.kind == "operator" and node.value in ("KL", "H", "CE")) or (
        node.kind == "symbol" and (node.value == "H" or (node.value == "D" and node.sub is not None))
    )


def _call(node: Node, group: Node | None, reader: Laws) -> Call | None:
    letter = reader.stem(node).rstrip("'")
    below = tuple(name for part in (listed(node.sub) if node.sub else []) if (name := reader.letter(part)))
    if group is None or group.kind != "group" or group.value not in ("(", "["):
        return Call(letter, (), frozenset(), below)
    if reader.is_complement(letter, group):
        return None
    values, behind = split_call(group.parts[0])
    names = tuple(reader.letter(part) for part in values)
    others = [reader.letter(part) for part in behind]
    if not names or not all(name.isidentifier() for name in (*names, *others) if name):
        return None
    parameters = tuple(name for name in others if reader.parameter_name(_symbol(name, node)) is not None)
    return Call(letter, names, frozenset(others) - set(parameters) - {""}, (*below, *parameters))


def _symbol(name: str, node: Node) -> Nodes:
    return Nodes([Node("symbol", name, node.start, node.end)])


def _laws_of(
    letter: str,
    calls: Sequence[Call],
    usual: str,
    continuous: Mapping[str, Term],
    free: frozenset[_Kind],
    reading: Reading,
) -> tuple[list[Law], list[_Factor]]:
    """The laws of one letter, and the factors of its joint distribution."""
    parameters = _slots(calls)
    shapes = [call for call in calls if call.values and all(call.values)]
    single = {(frozenset(call.values), call.conditions) for call in shapes}
    if not shapes:
        single = {(frozenset({usual}), frozenset())}
        shapes = [Call(letter, (usual,), frozenset(), parameters)]
    names = frozenset[str]().union(*(values | conditions for values, conditions in single))
    if reading.independent or reading.given in names:
        factors = _apart(letter, parameters, names, reading.given)
    else:
        factors = _factors(letter, parameters, single)
    factors = [
        replace(one, parameters=()) if (letter, frozenset(one.values), frozenset(one.conditions)) in free else one
        for one in factors
    ]
    laws = []
    for values, conditions in sorted(
        single, key=lambda one: (len(one[1]), len(one[0]), sorted(one[0]), sorted(one[1]))
    ):
        written = next(call.values for call in shapes if frozenset(call.values) == values)
        term = _density(factors, values, conditions, continuous)
        domain = _domain(written[0], continuous) if len(written) == 1 else None
        laws.append(Law((letter,), parameters, tuple(sorted(conditions)), written, term, domain))
    return laws, factors


def _slots(calls: Sequence[Call]) -> tuple[str, ...]:
    """The parameters of a letter: the indices k and j of p_k and p_j stand in one place."""
    names = list(dict.fromkeys(name for call in calls for name in call.parameters))
    indices = [name for name in names if name in INDICES]
    most = max((sum(name in INDICES for name in call.parameters) for call in calls), default=0)
    return tuple(name for name in names if name not in indices[most:])


@dataclass(frozen=True)
class JointDistribution:
    """The joint distribution of the variables of its factors."""

    factors: tuple[_Factor, ...]
    continuous: Mapping[str, Term]

    def density(self, values: frozenset[str], conditions: frozenset[str]) -> Term:
        """The density of some variables given others."""
        return _density(self.factors, values, conditions, self.continuous)


@dataclass(frozen=True)
class _Factor:
    """One factor of a joint distribution: an abstract function of parameters, conditions and a value."""

    head: str
    parameters: tuple[str, ...]
    conditions: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def term(self) -> Term:
        return App(self.head, [Var(name) for name in (*self.parameters, *self.conditions, *self.values)])

    @property
    def shape(self) -> Shape:
        r"""How the factor is written: p_\theta(x \mid z)."""
        letter = symbol(self.head.split("_")[0])
        places = [f"#{place}" for place in range(1, 1 + len(self.parameters) + len(self.conditions) + len(self.values))]
        cut = len(self.parameters) + len(self.conditions)
        below, behind, values = places[: len(self.parameters)], places[len(self.parameters) : cut], places[cut:]
        subscript = f"_{{{', '.join(below)}}}" if below else ""
        bar = rf" \mid {', '.join(behind)}" if behind else ""
        return Shape(f"{letter}{subscript}({', '.join(values)}{bar})", value=cut + 1 if len(values) == 1 else 0)

    def facts(self, continuous: Mapping[str, Term], varied: Collection[str]) -> list[Term]:
        """What is given: it is positive, sums to one, and has derivatives by parameters and by what is `varied`."""
        names = [*self.parameters, *self.conditions, *self.values]
        anything = App(self.head, [Var(f"?{name}") for name in names])
        found: list[Term] = [App("<", (Num(0), anything))]
        if len(self.values) == 1:
            value = self.values[0]
            body = App(self.head, [Var(name if name == value else f"?{name}") for name in names])
            head = "density" if value in continuous else "pmf"
            found.append(bind(head, value, _domain(value, continuous), body))
        for parameter in (name for name in names if name in self.parameters or name in varied):
            body = App(self.head, [Var("t" if name == parameter else f"?{name}") for name in names])
            found.append(bind("differentiable", "t", Var(f"?{parameter}"), body))
            found.append(bind("differentiable", "t", Var(f"?{parameter}"), derivative("t", body)))
        return found


def _domain(name: str, continuous: Mapping[str, Term]) -> Term:
    """The set of a variable."""
    bare = name.rstrip("'")
    return continuous.get(bare, Var(set_name(bare)))


def _factors(
    letter: str, parameters: tuple[str, ...], single: set[tuple[frozenset[str], frozenset[str]]]
) -> list[_Factor]:
    """The factors of the joint distribution, causes first; one factor where there is one kind of call."""
    if len(single) == 1 and len(next(iter(single))[0]) == 1:
        values, conditions = next(iter(single))
        return [_Factor(letter, parameters, tuple(sorted(conditions)), tuple(sorted(values)))]
    together = [values | conditions for values, conditions in single]
    groups: list[frozenset[str]] = []
    for names in together:
        touching = [group for group in groups if group & names]
        groups = [group for group in groups if not group & names]
        groups.append(names.union(*touching))
    factors: list[_Factor] = []
    for group in groups:
        before: list[str] = []
        for name in _ordered(group, single):
            head = letter if len(groups) == 1 and len(group) == 1 else f"{letter}_{name}{''.join(before)}"
            factors.append(_Factor(head, parameters, tuple(before), (name,)))
            before.append(name)
    return factors


def _apart(letter: str, parameters: tuple[str, ...], names: frozenset[str], given: str) -> list[_Factor]:
    """The factors of independent variables, or of variables that are independent given one of them."""
    first = [_Factor(f"{letter}_{given}", parameters, (), (given,))] if given else []
    behind = (given,) if given else ()
    return first + [_Factor(f"{letter}_{name}{given}", parameters, behind, (name,)) for name in sorted(names - {given})]


def _ordered(group: frozenset[str], single: set[tuple[frozenset[str], frozenset[str]]]) -> list[str]:
    """Variables that are conditioned upon, and have a marginal of their own, come first."""

    def rank(name: str) -> tuple[int, int, str]:
        given = sum(name in conditions for _, conditions in single)
        marginal = (frozenset({name}), frozenset()) in single
        place = _CAUSES.find(name) if name in _CAUSES else len(_CAUSES)
        return (-(given + marginal), place, name)

    return sorted(group, key=rank)


def _density(
    factors: Sequence[_Factor], values: frozenset[str], conditions: frozenset[str], continuous: Mapping[str, Term]
) -> Term:
    """The density of some variables given others: a factor itself, or what follows from the joint distribution."""
    for factor in factors:
        if frozenset(factor.values) == values and frozenset(factor.conditions) == conditions:
            return factor.term
    joint = _marginal(factors, values | conditions, continuous)
    return div(joint, _marginal(factors, conditions, continuous)) if conditions else joint


def _marginal(factors: Sequence[_Factor], names: frozenset[str], continuous: Mapping[str, Term]) -> Term:
    """The joint density of some of the variables: the product of the factors, the other ones summed out."""
    needed = [f for f in factors if {*f.values, *f.conditions} & _connected(factors, names)]
    last = max((k for k, factor in enumerate(needed) if {*factor.values} & names), default=-1)
    kept = needed[: last + 1]
    if not kept:
        return Num(1)
    term = kept[0].term
    for factor in kept[1:]:
        term = mul(term, factor.term)
    for name in reversed([name for factor in kept for name in factor.values if name not in names]):
        total = integral if name in continuous else summation
        term = total(name, _domain(name, continuous), term)
    return term


def _connected(factors: Sequence[_Factor], names: frozenset[str]) -> frozenset[str]:
    """All variables of the factors that share a joint distribution with the names."""
    found = set(names)
    for factor in (*factors, *reversed(factors)):
        if {*factor.values, *factor.conditions} & found:
            found |= {*factor.values, *factor.conditions}
    return frozenset(found)

"""How to make models of a given for a claim: in which order symbols get values, and what narrows or checks each.

What depends on the given alone is worked out once. A symbol of which the given says nothing is a real number, unless
the claim counts with it (the bound of a range, a factorial), puts it where a mass function takes the elements of its
set, or takes components of it; reading it more narrowly means trying fewer models, never wrong ones.

>>> from derivations.notation import read
>>> plan = planned(Given.of("k in range(1, n)", "n in integers(1, oo)"), read("f(k) = x"))
>>> plan.order, list(plan.functions)
(['n', 'k', 'x'], [('f', 1)])
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.models.demands import Demand, Demands, is_abstract, is_meta, is_parameter, read_demands, sequence_key
from derivations.models.domain import REALS, Whole
from derivations.models.evaluate import Code, DomainCode, code_of, domain_of
from derivations.models.frame import Scope, measure
from derivations.models.judgement import Judge, proposition
from derivations.models.model import Key, Model
from derivations.term import App, Bind, Bound, Term, Var, subterms
from derivations.vocabulary import ARITHMETIC, FUNCTIONS, SET_BINDERS

_COUNTS: Final = Whole(1, None)
_MIRRORED: Final = {"<": ">", ">": "<", "=": "="}


@dataclass(frozen=True, slots=True)
class Hint:
    """A fact about a symbol x and a bound t: x < t, x > t or x = t."""

    relation: str
    bound: Code


@dataclass(frozen=True, slots=True)
class Plan:
    """The symbols in order with their domains, hints and checks; the sets, vectors and functions; the facts.

    `made` are the first models that were made by it, by their number, and `confirmed` those of them that were seen to
    satisfy the given: claims in the same names under the same given share them.
    """

    wholes: frozenset[str]
    sets: tuple[str, ...]
    order: list[str]
    domains: dict[str, list[DomainCode]]
    hints: dict[str, list[Hint]]
    checks: dict[str, list[Judge]]
    late: list[Judge]
    functions: dict[Key, Demand]
    vectors: dict[str, Key]
    memberships: tuple[Term, ...]
    checked: tuple[Term, ...]
    schemas: tuple[Term, ...]
    numeric: frozenset[str] = frozenset()
    made: dict[int, Model] = field(default_factory=dict)
    confirmed: list[Model] = field(default_factory=list)

    @property
    def has_functions(self) -> bool:
        """Whether models differ in more than the values of symbols and the sizes of sets."""
        return bool(self.functions)


def planned(given: Given, claim: Term) -> Plan:
    """The plan for a claim. Raises OutsideFragment where no models can be made, or the claim is too large."""
    measure(claim)
    roles = _roles(given).copy()
    roles.read(claim)
    return _planned(given, roles)


@lru_cache(maxsize=500)
def _planned(given: Given, roles: Roles) -> Plan:
    """The plan, which depends on the claim by the parts that its names play, and by nothing else."""
    demands = read_demands(given)
    symbols = [name for name in roles.symbols if name not in roles.sets]
    vectors = {name: sequence_key(name) for name in symbols if name in roles.vectors - demands.domains.keys()}
    if roles.sets & (demands.domains.keys() | roles.vectors):
        raise OutsideFragment("a name that stands for a set and for something else")
    order = _ordered([name for name in symbols if name not in vectors], demands, roles.sets)
    functions = {key: demands.demand(key) for key in (*demands.functions, *roles.functions, *vectors.values())}
    domains = {name: _domains(name, demands, roles) for name in order}
    hints, checks, late = _sorted_checks(order, demands, vectors)
    return Plan(
        demands.wholes, tuple(sorted(roles.sets)), order, domains, hints, checks, late, functions, vectors,
        demands.memberships, demands.checks, demands.schemas, frozenset(roles.numeric),
    )  # fmt: skip


@lru_cache(maxsize=200)
def _roles(given: Given) -> Roles:
    roles = Roles()
    for fact in given:
        roles.read(fact)
    return roles


def _ordered(symbols: list[str], demands: Demands, sets: set[str]) -> list[str]:
    """The symbols, each after those that its domain needs and, if possible, those that an equation gives it by."""
    needed = {name: _needs(name, demands, sets) for name in symbols}
    wished = _defined_by(symbols, demands)
    order: list[str] = []
    waiting = list(symbols)
    while waiting:
        ready = [name for name in waiting if needed[name] <= set(order)]
        if not ready:
            raise OutsideFragment("domains that depend on each other")
        chosen = next((name for name in ready if wished.get(name, set()) <= set(order)), ready[0])
        order.append(chosen)
        waiting.remove(chosen)
    return order


def _needs(name: str, demands: Demands, sets: set[str]) -> set[str]:
    return set().union(*(domain.free_vars for domain in demands.domains.get(name, ()))) - sets


def _defined_by(symbols: Iterable[str], demands: Demands) -> dict[str, set[str]]:
    """For facts x = t: the symbols of t."""
    found: dict[str, set[str]] = {}
    for check in demands.checks:
        if isinstance(check, App) and check.head == "=" and isinstance(check.args[0], Var):
            found.setdefault(check.args[0].name, set(check.args[1].free_vars & set(symbols)))
    return found


def _domains(name: str, demands: Demands, roles: Roles) -> list[DomainCode]:
    given = demands.domains.get(name)
    scope = Scope(demands.wholes)
    if given:
        return [domain_of(domain, scope) for domain in given]
    if name in roles.counts:
        return [lambda frame: _COUNTS]
    for key, place in roles.arguments.get(name, ()):
        mass = demands.demand(key).mass
        if mass is not None and mass[0] == place and not mass[1].free_vars - roles.sets:
            return [domain_of(mass[1], scope)]
    return [lambda frame: REALS]


def _sorted_checks(
    order: list[str], demands: Demands, vectors: Iterable[str]
) -> tuple[dict[str, list[Hint]], dict[str, list[Judge]], list[Judge]]:
    """Each check under the last of its symbols, and as a hint for it; those with functions in them come late."""
    hints: dict[str, list[Hint]] = {}
    checks: dict[str, list[Judge]] = {}
    late: list[Judge] = []
    rank = {name: k for k, name in enumerate(order)}
    for check in demands.checks:
        judge = proposition(check, demands.wholes)
        mentioned = [name for name in check.free_vars if name in rank]
        if not mentioned or not is_parameter(check) or not check.free_vars.isdisjoint(vectors):
            late.append(judge)
            continue
        last = max(mentioned, key=rank.__getitem__)
        checks.setdefault(last, []).append(judge)
        hint = _hint(last, check, Scope(demands.wholes))
        if hint is not None:
            hints.setdefault(last, []).append(hint)
    return hints, checks, late


def _hint(name: str, check: Term, scope: Scope) -> Hint | None:
    if not isinstance(check, App) or check.head not in ("<", "<=", "="):
        return None
    left, right = check.args
    relation = check.head[0]
    if left == Var(name) and name not in right.free_vars:
        return Hint(relation, code_of(right, scope))
    if right == Var(name) and name not in left.free_vars:
        return Hint(_MIRRORED[relation], code_of(left, scope))
    return None


# ---------------------------------------------------------------- the part that each name plays


def _base(domain: Term) -> Term:
    """The set from which the elements of a set, or the components of its vectors, are taken."""
    while isinstance(domain, App) and domain.head in ("tuples", "without"):
        domain = domain.args[0]
    return domain


def _is_calculated(term: Term, depth: int, *, inside: bool = True) -> bool:
    """Whether the variable of the binder `depth` binders out, or a component of it, stands where a number is wanted."""
    if isinstance(term, Bound):
        return inside and term.index == depth
    if isinstance(term, App):
        if term.head == "at" and term.args[0] == Bound(depth):
            return inside
        calculates = term.head in ARITHMETIC or (term.head in FUNCTIONS and term.head not in _LOOKS_UP)
        compares = term.head in ("<", "<=")
        return any(_is_calculated(arg, depth, inside=calculates or compares) for arg in term.args)
    if isinstance(term, Bind):
        return any(_is_calculated(body, depth + 1, inside=True) for body in term.bodies)
    return False


_LOOKS_UP: Final = frozenset({"at", "card", "without", "tuples"})


@dataclass(slots=True, eq=False)
class Roles:
    """What the names in some terms are: sets, vectors of unknown length, counts, and abstract functions."""

    sets: set[str] = field(default_factory=set)
    vectors: set[str] = field(default_factory=set)
    counts: set[str] = field(default_factory=set)
    functions: dict[Key, None] = field(default_factory=dict)
    symbols: dict[str, None] = field(default_factory=dict)
    arguments: dict[str, tuple[tuple[Key, int], ...]] = field(default_factory=dict)
    numeric: set[str] = field(default_factory=set)  # sets whose elements are calculated with

    def copy(self) -> Roles:
        """The same, to be read on without changing this one."""
        return Roles(
            self.sets.copy(), self.vectors.copy(), self.counts.copy(), self.functions.copy(), self.symbols.copy(),
            self.arguments.copy(), self.numeric.copy(),
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Roles) and self._signature() == other._signature()

    def __hash__(self) -> int:
        return hash(self._signature())

    def _signature(self) -> tuple[object, ...]:
        """All of it, to be compared; the order of names is part of it, by it symbols get their values."""
        return (
            tuple(self.symbols), tuple(self.functions), frozenset(self.sets), frozenset(self.vectors),
            frozenset(self.counts), frozenset(self.arguments.items()), frozenset(self.numeric),
        )  # fmt: skip

    def read(self, term: Term) -> None:
        """Note the names of one more term."""
        for here in subterms(term):
            if isinstance(here, Var) and not is_meta(here.name):
                self.symbols.setdefault(here.name)
            elif isinstance(here, Bind) and here.head in SET_BINDERS:
                self._read_set(here.arg)
                base = _base(here.arg)
                if isinstance(base, Var) and any(_is_calculated(body, 0) for body in here.bodies):
                    self.numeric.add(base.name)
            elif isinstance(here, App):
                self._read_application(here)

    def _read_application(self, term: App) -> None:
        if is_abstract(term.head):
            self.functions.setdefault((term.head, len(term.args)))
            for place, arg in enumerate(term.args):
                if isinstance(arg, Var):
                    use = ((term.head, len(term.args)), place)
                    self.arguments[arg.name] = (*self.arguments.get(arg.name, ()), use)
        elif term.head == "in":
            self._read_set(term.args[1])
        elif term.head in ("card", "tuples", "without"):
            self._read_set(term.args[0])
        if term.head == "at" and isinstance(term.args[0], Var):
            self.vectors.add(term.args[0].name)
        counted = {"at": term.args[1:], "tuples": term.args[1:]}.get(term.head, ())
        if term.head in ("range", "factorial", "binom"):
            counted = term.args
        self.counts.update(arg.name for arg in counted if isinstance(arg, Var))

    def _read_set(self, term: Term) -> None:
        if isinstance(term, Var):
            self.sets.add(term.name)

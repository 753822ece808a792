"""What the given demands of a model: a domain of each symbol, properties of each abstract function, facts to check.

The forms of facts that are understood are the table `_FORMS`. A fact of any other form cannot be satisfied on purpose,
so that there are no models at all, and nothing is ever refuted under it.

>>> demands = read_demands(Given.of("n in integers(1, oo)", "pmf[z in bits](q(?phi, z))", "0 < f(?x)", "a < b"))
>>> demands.functions[("q", 2)].mass, demands.functions[("f", 1)].lows, demands.checks
((1, <bits>), (<0>,), (<a < b>,))
>>> read_demands(Given.of("decreasing[t in reals](f(t))"))
Traceback (most recent call last):
derivations.errors.OutsideFragment: no models are made for decreasing[t in reals](f(t))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.models.frame import Scope, measure
from derivations.models.gaussian import parts
from derivations.models.model import Key
from derivations.term import App, Bind, Bound, Num, Term, Var, fresh_name, opened, subterms
from derivations.vocabulary import ARITHMETIC, BINDERS, CONSTANTS, FUNCTIONS, RELATIONS

_VOCABULARY: Final = ARITHMETIC.keys() | FUNCTIONS.keys() | RELATIONS | CONSTANTS | BINDERS.keys()
_INFINITE: Final = (App("oo"), App("neg", (App("oo"),)))
_SMOOTH_HEADS: Final = frozenset(
    {"+", "-", "*", "neg", "exp", "sigmoid", "softplus", "tanh", "sin", "cos", "sinh", "cosh", "arctan", "arsinh"}
)


@dataclass(frozen=True, slots=True)
class Demand:
    """What holds of an abstract function for all arguments.

    `lows` and `highs` bound its values strictly, `mass` is the argument (and its set) in which it is a probability
    mass function, or a density where it is `weighted`, `values` is the set of its values, finite or of whole numbers,
    `smooth` and `convex` say what it must be as a function of its number.
    """

    lows: tuple[Term, ...] = ()
    highs: tuple[Term, ...] = ()
    mass: tuple[int, Term] | None = None
    values: Term | None = None
    smooth: bool = False
    weighted: bool = False
    convex: bool = False


@dataclass(slots=True)
class Demands:
    """The given, sorted: `checks` are judged in each model, `memberships` and `schemas` hold by construction."""

    domains: dict[str, list[Term]] = field(default_factory=dict)
    functions: dict[Key, Demand] = field(default_factory=dict)
    memberships: tuple[Term, ...] = ()
    checks: tuple[Term, ...] = ()
    schemas: tuple[Term, ...] = ()

    @property
    def wholes(self) -> frozenset[str]:
        """The symbols that are declared whole numbers, or vectors of whole numbers."""
        scope = Scope(frozenset())
        return frozenset(name for name, domains in self.domains.items() if any(map(scope.has_whole_elements, domains)))

    def demand(self, key: Key) -> Demand:
        """What is demanded of a function; nothing, if the given does not speak about it."""
        return self.functions.get(key, _NOTHING)


_NOTHING: Final = Demand()


@lru_cache(maxsize=200)
def read_demands(given: Given) -> Demands:
    """Sort the facts of the given. Raises OutsideFragment for a fact that is not understood."""
    demands = Demands()
    for fact in given:
        measure(fact)
        if _is_domain(fact):
            demands.domains.setdefault(fact.args[0].name, []).append(fact.args[1])  # type: ignore[attr-defined]
    for fact in given:
        if _is_domain(fact):
            demands.memberships += (fact,)
        elif not _understood(fact, fact, demands):
            raise OutsideFragment(f"no models are made for {fact}")
    for key, demand in demands.functions.items():
        if (demand.values is not None and demand != Demand(values=demand.values)) or not _consistent(demand):
            raise OutsideFragment(f"no models are made for what is given about {key[0]}")
    return demands


def _consistent(demand: Demand) -> bool:
    """A mass function takes bounds that every mass function keeps: at least 0, and 1."""
    if demand.convex:
        return demand == Demand(smooth=True, convex=True)
    if demand.mass is None:
        return True
    if demand.weighted and demand.highs:
        return False
    return all(low == Num(0) for low in demand.lows) and all(high == Num(1) for high in demand.highs)


def _is_domain(fact: Term) -> bool:
    """x in D for a symbol x; D may mention other symbols."""
    if not isinstance(fact, App) or fact.head != "in" or not isinstance(fact.args[0], Var):
        return False
    return not is_meta(fact.args[0].name) and is_parameter(fact.args[1])


def _understood(fact: Term, source: Term, demands: Demands) -> bool:
    """Sort one fact; `source` is the fact as it is given, where `fact` is what stands below its `forall`."""
    head = fact.head if isinstance(fact, App | Bind) else ""
    form = _FORMS.get(head)
    if form is not None and form(fact, demands):
        demands.schemas += (fact,)
        return True
    if isinstance(fact, Bind) and head == "forall" and _forall(fact, source, demands):
        return True
    if fact is source and not any(map(is_meta, _names(fact))) and head in _JUDGED:
        demands.checks += (fact,)
        return True
    return False


_JUDGED: Final = RELATIONS | {"forall", "pmf", "density"}


def _names(term: Term) -> set[str]:
    return {here.name for here in subterms(term) if isinstance(here, Var)} | {
        here.head for here in subterms(term) if isinstance(here, App)
    }


def is_meta(name: str) -> bool:
    """Whether a name is that of a metavariable."""
    return name.startswith("?")


def is_abstract(head: str) -> bool:
    """Whether a head names an abstract function.

    >>> is_abstract("q"), is_abstract("log"), is_abstract("?F")
    (True, False, False)
    """
    return head not in _VOCABULARY and not is_meta(head)


def is_parameter(term: Term) -> bool:
    """A term that has a value before the abstract functions have: no metavariables, no functions."""
    return term.loose == 0 and not any(is_meta(name) or is_abstract(name) for name in _heads_and_metas(term))


def _heads_and_metas(term: Term) -> set[str]:
    heads = {here.head for here in subterms(term) if isinstance(here, App)}
    return heads | {name for name in term.free_vars if is_meta(name)}


def sequence_key(name: str) -> Key:
    """The key of the entries of a vector of unknown length."""
    return f"{name}[]", 1


def _target(term: Term, demands: Demands) -> tuple[Key, tuple[Term, ...]] | None:
    """The abstract function, or vector of unknown length, that a fact speaks about, and its arguments."""
    if not isinstance(term, App):
        return None
    if is_abstract(term.head):
        return (term.head, len(term.args)), term.args
    if term.head == "at" and isinstance(term.args[0], Var) and term.args[0].name not in demands.domains:
        return sequence_key(term.args[0].name), term.args[1:]
    return None


# ---------------------------------------------------------------- the forms of facts


def _range(fact: Term, demands: Demands) -> bool:
    """f(...) in D: an open interval, the reals, whole numbers, or a finite set."""
    if not isinstance(fact, App) or not is_parameter(fact.args[1]):
        return False
    found, domain = _target(fact.args[0], demands), fact.args[1]
    if found is None:
        return False
    demand = demands.demand(found[0])
    if isinstance(domain, App) and domain.head == "interval":
        low, high = domain.args
        lows = demand.lows if low in _INFINITE else (*demand.lows, low)
        highs = demand.highs if high in _INFINITE else (*demand.highs, high)
        demands.functions[found[0]] = replace(demand, lows=lows, highs=highs)
    elif domain == App("reals"):
        demands.functions[found[0]] = demand
    elif demand.values in (None, domain):
        demands.functions[found[0]] = replace(demand, values=domain)
    else:
        return False
    return True


def _bound(fact: Term, demands: Demands) -> bool:
    """c < f(...) or f(...) < c, also with <=."""
    if not isinstance(fact, App):
        return False
    left, right = fact.args
    below, above = _target(right, demands), _target(left, demands)
    if below is not None and is_parameter(left):
        demand = demands.demand(below[0])
        demands.functions[below[0]] = replace(demand, lows=(*demand.lows, left))
        return True
    if above is not None and is_parameter(right):
        demand = demands.demand(above[0])
        demands.functions[above[0]] = replace(demand, highs=(*demand.highs, right))
        return True
    return False


def _nonzero(fact: Term, demands: Demands) -> bool:
    """f(...) != 0: satisfied by a positive function."""
    if not isinstance(fact, App) or fact.args[1] != Num(0):
        return False
    return _bound(App("<", (fact.args[1], fact.args[0])), demands)


def _mass(fact: Term, demands: Demands) -> bool:
    """pmf[z in D](q(..., z, ...)), and density[z in D](q(..., z, ...)) for a named set."""
    if not isinstance(fact, Bind) or not is_parameter(fact.arg):
        return False
    weighted = fact.head == "density"
    if weighted and not isinstance(fact.arg, Var):
        return False
    found = _target(fact.bodies[0], demands)
    if found is None:
        return False
    key, args = found
    places = [place for place, arg in enumerate(args) if arg == Bound(0)]
    if len(places) != 1 or any(arg.loose for place, arg in enumerate(args) if place != places[0]):
        return False
    demand, mass = demands.demand(key), (places[0], fact.arg)
    if demand.mass is not None and (demand.mass != mass or demand.weighted != weighted):
        return False
    demands.functions[key] = replace(demand, mass=mass, weighted=weighted)
    return True


def _convex(fact: Term, demands: Demands) -> bool:
    """convex[t in reals](f(t)) for a function of one number, of which nothing else is said."""
    if not isinstance(fact, Bind) or fact.arg != App("reals"):
        return False
    found = _target(fact.bodies[0], demands)
    if found is None or found[1] != (Bound(0),) or demands.demand(found[0]) not in (_NOTHING, Demand(smooth=True)):
        return False
    demands.functions[found[0]] = Demand(smooth=True, convex=True)
    return True


def _regular(fact: Term, demands: Demands) -> bool:
    """That integrals converge or may be differentiated under their sign.

    Over a named set they do, being sums in every model. Over the reals those have a value that are means of
    polynomials under normal densities, and for these both hold.
    """
    where = fact.bodies[0] if isinstance(fact, Bind) and fact.head == "interchange" else fact
    if not isinstance(where, Bind):
        return False
    return isinstance(where.arg, Var) or (where.arg == App("reals") and parts(where.bodies[0]) is not None)


def _differentiable(fact: Term, demands: Demands) -> bool:
    """A term that is smooth because the functions in it are."""
    if not isinstance(fact, Bind) or not _smooth(fact.bodies[0]):
        return False
    for here in subterms(fact.bodies[0]):
        if isinstance(here, App) and is_abstract(here.head):
            key = (here.head, len(here.args))
            demands.functions[key] = replace(demands.demand(key), smooth=True)
    return True


def _smooth(term: Term) -> bool:
    """Whether a term is differentiable in all its symbols if all abstract functions are."""
    if isinstance(term, Num | Var | Bound):
        return True
    if isinstance(term, Bind):
        if term.head in ("sum", "int", "prod", "E", "Var", "Cov"):
            return is_parameter(term.arg) and all(map(_smooth, term.bodies))
        return term.head == "d" and _smooth(term.arg) and _smooth(term.bodies[0])
    if not isinstance(term, App):
        return False
    if term.head == "^":
        return isinstance(term.args[1], Num) and _smooth(term.args[0])
    return (term.head in _SMOOTH_HEADS or is_abstract(term.head)) and all(map(_smooth, term.args))


def _forall(fact: Bind, source: Term, demands: Demands) -> bool:
    """forall[z in D](P): what is demanded for all z whatever is more than enough."""
    taken = {name.lstrip("?") for name in fact.free_vars}
    return _understood(opened(fact, f"?{fresh_name(fact.hint, taken)}")[0], source, demands)


_FORMS: Final[Mapping[str, Callable[[Term, Demands], bool]]] = {
    "in": _range,
    "<": _bound,
    "<=": _bound,
    "!=": _nonzero,
    "pmf": _mass,
    "density": _mass,
    "convex": _convex,
    "integrable": _regular,
    "interchange": _regular,
    "differentiable": _differentiable,
    "continuous": _differentiable,
}

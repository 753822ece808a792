"""Models that satisfy the given: simple ones first, or random ones for a seed.

Symbols are taken one after the other, each from its domain as narrowed by what is already known, and a fact is judged
as soon as its symbols have values. Abstract functions satisfy what the given says of them by construction.

>>> from derivations.notation import read
>>> given = Given.of("beta in interval(0, 1)", "m in integers(1, oo)")
>>> first = next(models(given, read("beta / m = beta")))
>>> {name: str(value) for name, value in first.symbols.items()}
{'beta': '1/2', 'm': '2'}
>>> list(models(Given.of("x in interval(0, 1)", "1 < x"), read("x = x")))
[]
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import count, product
from typing import Final

from flint import ctx, fmpq

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.models.demands import Demand, is_abstract
from derivations.models.domain import Domain, Finite, Open, Whole, abstract, contains, elements, samples
from derivations.models.evaluate import code_of, domain_of
from derivations.models.frame import Frame, Scope
from derivations.models.judgement import Judge, proposition
from derivations.models.model import (
    Choice,
    Coefficients,
    Convex,
    Interpretation,
    Key,
    Mass,
    Measure,
    Model,
    Smooth,
    Weights,
    component,
    constant_zero,
    counting,
)
from derivations.models.plan import Plan, planned
from derivations.term import App, Term, Var, subterms
from derivations.value import ONE, Undefined, Value

_FOREVER: Final = float("inf")
_MOST_TRIES: Final = 400  # candidates of a deterministic search
_MOST_FAILURES: Final = 100  # candidates in a row that do not satisfy the given, or were seen before
_MOST_MEMBERS: Final = 64  # elements of the set of a mass function
_MOST_KEPT: Final = 12  # models that a plan remembers
_SET_SIZES: Final = (2, 3, 4)  # an author takes for granted that a set of values has more than one
_PRECISIONS: Final = (64, 256)  # at which a fact must be seen to hold
_ARGUMENTS: Final = (fmpq(1, 2), fmpq(-1, 3))  # at which a fact about all arguments is looked at once more


@dataclass(frozen=True, slots=True)
class _Style:
    """What distinguishes one model from the next: its number, and a few habits that some mistakes need to show."""

    number: int
    seed: str
    random: bool

    @property
    def degree(self) -> int:
        """Most functions are quadratic; a third derivative shows only with more."""
        return 3 if self.number % 4 == 3 else 2

    @property
    def choices(self) -> int:
        """The first models have few different coefficients, so that their tables can be read."""
        return 3 if self.number < 3 and not self.random else 10

    @property
    def at_ends(self) -> bool:
        """Symbols lie on the bounds that facts such as a <= b set."""
        return self.number % 5 == 4

    @property
    def alike(self) -> bool:
        """Functions of one kind are equal, for claims that fail only where q = p."""
        return self.number % 7 == 4

    @property
    def vanishing(self) -> bool:
        """Functions of which nothing is given are zero."""
        return self.number % 11 == 6


def models(given: Given, claim: Term, *, seed: int | None = None, deadline: float = _FOREVER) -> Iterator[Model]:
    """Models of the given that interpret every name of the claim.

    There are none where the given holds a fact of a form that is not understood, or cannot be satisfied; the search
    gives up after a bounded number of failures, or at the `deadline` (a value of `time.monotonic`).
    """
    try:
        plan = planned(given, claim)
    except OutsideFragment:
        return
    yield from models_of(plan, seed=seed, deadline=deadline)


def models_of(plan: Plan, *, seed: int | None = None, deadline: float = _FOREVER) -> Iterator[Model]:
    """The same, for a plan that is made already."""
    seen: set[object] = set()
    failures = 0
    for number in count():
        if failures > _MOST_FAILURES or time.monotonic() > deadline or (seed is None and number >= _MOST_TRIES):
            return
        model = plan.made.get(number) if seed is None else None
        if model is None:
            model = _candidate(plan, _Style(number, f"{seed or 0}/{number}", seed is not None), deadline)
            if model is not None and seed is None and number < _MOST_KEPT:
                plan.made[number] = model
        if model is None or not (plan.has_functions or _is_new(model, seen)):
            failures += 1
            continue
        failures = 0
        yield model


def _is_new(model: Model, seen: set[object]) -> bool:
    points = (tuple(model.symbols.values()), tuple(model.sets.values()))
    if points in seen:
        return False
    seen.add(points)
    return True


# ---------------------------------------------------------------- one candidate


def _candidate(plan: Plan, style: _Style, deadline: float) -> Model | None:
    """A model, or None where a fact fails or cannot be evaluated."""
    symbols: dict[str, Value] = {}
    functions: dict[Key, Interpretation] = {}
    sets: dict[str, Domain] = {
        name: _set(name, _SET_SIZES[(style.number + rank) % len(_SET_SIZES)], plan, style)
        for rank, name in enumerate(plan.sets)
    }
    model = Model(symbols, sets, functions, plan.wholes, {name: _measure(name, style) for name in plan.sets})
    walkers: dict[object, int] = {}
    with ctx.workprec(_PRECISIONS[0]):
        try:
            for name in plan.order:
                if not _assigned(name, symbols, plan, style, Frame(model, deadline), walkers):
                    return None
            for key, demand in plan.functions.items():
                functions[key] = _interpretation(key, demand, style, Frame(model, deadline))
            for name, key in plan.vectors.items():
                numbered = plan.functions[key].mass is not None
                symbols[name] = component(name, functions[key], numbered=numbered)
        except Undefined:
            return None
    return model if all(holds(judge, model, deadline) for judge in plan.late) else None


def _set(name: str, size: int, plan: Plan, style: _Style) -> Domain:
    """A set of so many elements: labels, or numbers where the claim calculates with them."""
    if name not in plan.numeric:
        return abstract(size)
    drawn = Coefficients(f"{style.seed}/{name}/elements").draw((), 12)[1:]
    numbers = list(dict.fromkeys(drawn))[:size]
    return Finite(tuple(sorted(numbers)))


def _measure(name: str, style: _Style) -> Measure:
    """The measure of a set: every third one counts the elements, so that it can be read."""
    return counting if style.number % 3 == 0 else Weights(Coefficients(f"{style.seed}/{name}/measure", style.choices))


def holds(judge: Judge, model: Model, deadline: float = _FOREVER) -> bool:
    """Whether a proposition surely holds in a model."""
    for precision in _PRECISIONS:
        with ctx.workprec(precision):
            try:
                answer = judge(Frame(model, deadline)).holds
            except Undefined:
                answer = None
        if answer is not None:
            return answer
    return False


def _assigned(
    name: str, symbols: dict[str, Value], plan: Plan, style: _Style, frame: Frame, walkers: dict[object, int]
) -> bool:
    """Give a symbol the first value that satisfies what is known of it; False where there is none."""
    domains = [code(frame) for code in plan.domains[name]]
    bounds = [(hint.relation, hint.bound(frame)) for hint in plan.hints.get(name, ())]
    checks = plan.checks.get(name, ())
    inner = _points(_narrowed(domains[0], bounds), name, style, walkers)
    ends = [bound for _, bound in bounds]
    for value in [*ends, *inner] if style.at_ends else [*inner, *ends]:
        if all(contains(domain, value) is True for domain in domains):
            symbols[name] = value
            if all(holds(check, frame.model, frame.deadline) for check in checks):
                return True
    symbols.pop(name, None)
    return False


def _points(domain: Domain, name: str, style: _Style, walkers: dict[object, int]) -> Sequence[Value]:
    """Values to try. Symbols of one kind start at different points and walk in all combinations."""
    points = list(samples(domain))
    if not points:
        return points
    if style.random:
        start = _random(f"{style.seed}/{name}", len(points))
        return [*_random_points(domain, f"{style.seed}/{name}"), *points[start:], *points[:start]]
    kind = (type(domain), len(points))
    rank = walkers.get(kind, 0)
    walkers[kind] = rank + 1
    step = 1 + rank % max(1, len(points) - 1)
    carry = style.number // len(points) ** rank if rank else 0
    start = (rank + style.number * step + carry) % len(points)
    return points[start:] + points[:start]


def _random(text: str, below: int) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") % below


def _random_points(domain: Domain, text: str) -> list[Value]:
    """A few random rational points of an interval."""
    if not isinstance(domain, Open) or not samples(domain):
        return []
    low, high = (end if end is None or isinstance(end, fmpq) else None for end in (domain.low, domain.high))
    found: list[Value] = []
    for attempt in range(6):
        below = 2 + _random(f"{text}/{attempt}/q", 60)
        unit = fmpq(1 + _random(f"{text}/{attempt}/p", below - 1), below)
        if low is not None and high is not None:
            found.append(low + (high - low) * unit)
        elif low is not None:
            found.append(low + unit / (1 - unit))
        elif high is not None:
            found.append(high - unit / (1 - unit))
        else:
            found.append(8 * unit - 4)
    return found


def _narrowed(domain: Domain, bounds: Sequence[tuple[str, Value]]) -> Domain:
    """The part of a domain that facts such as x < t leave, perhaps without t itself."""
    for relation, bound in bounds:
        if not isinstance(bound, fmpq):
            continue
        if relation == "=":
            return Finite((bound,))
        below = relation == "<"
        if isinstance(domain, Open):
            end = domain.high if below else domain.low
            if end is None or (isinstance(end, fmpq) and (bound < end if below else bound > end)):
                domain = Open(domain.low, bound) if below else Open(bound, domain.high)
        elif isinstance(domain, Whole) and below:
            last = int(bound.floor())
            domain = Whole(domain.low, last if domain.high is None else min(last, domain.high))
        elif isinstance(domain, Whole):
            first = int(bound.ceil())
            domain = Whole(first if domain.low is None else max(first, domain.low), domain.high)
    return domain


# ---------------------------------------------------------------- abstract functions


def _interpretation(key: Key, demand: Demand, style: _Style, frame: Frame) -> Interpretation:
    """A closed form that satisfies the demand. Raises Undefined where there is none."""
    head, arity = key
    coefficients = Coefficients(f"{style.seed}/{'' if style.alike else head}/{arity}", style.choices)
    scope = Scope(frame.model.wholes)
    if demand.mass is not None:
        place, domain = demand.mass
        members = elements(domain_of(domain, scope)(frame), _MOST_MEMBERS)
        if len(members) < (2 if demand.highs else 1):
            raise Undefined("a mass function below 1 needs two elements")
        measure = frame.model.measures[domain.name] if demand.weighted and isinstance(domain, Var) else None
        return Mass(coefficients, place, members, style.degree, measure)
    if demand.convex:
        return Convex(coefficients)
    if demand.values is not None:
        values = domain_of(demand.values, scope)(frame)
        endless = isinstance(values, Whole) and None in (values.low, values.high)
        choices = samples(values) if endless else elements(values, _MOST_MEMBERS)
        if not choices:
            raise Undefined("a function into the empty set")
        return Choice(coefficients, tuple(choices))
    lows, highs = (_exact(terms, scope, frame) for terms in (demand.lows, demand.highs))
    if not lows and not highs and style.vanishing:
        return constant_zero
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low >= high:
        raise Undefined("a function between bounds that leave no room")
    return Smooth(coefficients, low, high, style.degree)


def _exact(terms: Sequence[Term], scope: Scope, frame: Frame) -> list[fmpq]:
    found = []
    for term in terms:
        bound = code_of(term, scope)(frame)
        if not isinstance(bound, fmpq):
            raise Undefined("a bound that is not rational")
        found.append(bound)
    return found


# ---------------------------------------------------------------- looking once more


def satisfies(model: Model, plan: Plan, deadline: float = _FOREVER) -> bool:
    """Whether every fact of the given that can be evaluated is seen to hold in the model.

    Facts about all arguments are looked at for some; that they hold for all is by construction.
    """
    if any(model is known for known in plan.confirmed):
        return True
    if not all(holds(proposition(fact, plan.wholes), model, deadline) for fact in (*plan.memberships, *plan.checked)):
        return False
    if not all(_schema_holds(schema, model, plan, deadline) for schema in plan.schemas):
        return False
    if any(model is made for made in plan.made.values()):
        plan.confirmed.append(model)
    return True


def _schema_holds(schema: Term, model: Model, plan: Plan, deadline: float) -> bool:
    try:
        judge = proposition(schema, plan.wholes)
    except OutsideFragment:
        return True  # differentiability: by construction
    names = sorted(name for name in schema.free_vars if name.startswith("?"))
    choices = [_arguments(name, schema, plan, Frame(model, deadline)) for name in names]
    for values in list(product(*choices))[:_MOST_MEMBERS]:
        extended = replace(model, symbols={**model.symbols, **dict(zip(names, values, strict=True))})
        if not holds(judge, extended, deadline):
            return False
    return True


def _arguments(name: str, schema: Term, plan: Plan, frame: Frame) -> Sequence[Value]:
    """Values for a metavariable: elements of the set of a mass function, or places of a vector, or numbers."""
    for here in subterms(schema):
        if isinstance(here, App) and Var(name) in here.args:
            if here.head == "at":
                return (ONE, fmpq(2))
            mass = plan.functions[here.head, len(here.args)].mass if is_abstract(here.head) else None
            if mass is not None and here.args[mass[0]] == Var(name):
                return elements(domain_of(mass[1], Scope(plan.wholes))(frame), _MOST_MEMBERS)[:4]
    return _ARGUMENTS

"""The truth of a proposition in a model: it holds, it fails and where, or it cannot be told.

>>> from flint import fmpq
>>> from derivations.models.frame import Frame
>>> from derivations.models.model import Model
>>> from derivations.notation import read
>>> frame = Frame(Model({"x": fmpq(-1)}, {}, {}, frozenset()))
>>> failed = proposition(read("sqrt(x^2) = x"), frozenset())(frame)
>>> failed.holds, str(failed.left), str(failed.right)
(False, '1', '-1')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import Final, TypeAlias, TypeVar

from flint import fmpq

from derivations.errors import OutsideFragment
from derivations.models.domain import Domain, contains, elements, samples
from derivations.models.evaluate import INFINITIES, Code, DomainCode, code_of, domain_of
from derivations.models.frame import Frame, Note, Place, Scope
from derivations.models.model import counting
from derivations.term import App, Bind, Term, Var, fresh_name
from derivations.value import ONE, ZERO, Scalar, Undefined, Value, add, at_most, less, mul, same
from derivations.vocabulary import LIMITS


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a proposition holds (None: cannot tell), and the two values and the relation that decide it.

    `witness` has the values of bound variables at which it fails.
    """

    holds: bool | None
    relation: str = ""
    left: Value = ZERO
    right: Value | Domain = ZERO
    witness: Mapping[str, Value] = field(default_factory=dict)


Judge: TypeAlias = Callable[[Frame], Judgement]
_UNKNOWN: Final = Judgement(None)
_Result = TypeVar("_Result")


def compiled_proposition(term: Term, wholes: frozenset[str]) -> Judge:
    """What judges a closed proposition that has been measured; `wholes` are the symbols that are whole numbers.

    Raises: OutsideFragment for a term that is no proposition, or one that is never evaluated.
    """
    return _judge(term, Scope(wholes), term.free_vars)


proposition: Final = lru_cache(maxsize=2_000)(compiled_proposition)


def _judge(term: Term, scope: Scope, taken: frozenset[str]) -> Judge:
    if isinstance(term, App) and term.head == "in":
        return _membership(code_of(term.args[0], scope), domain_of(term.args[1], scope))
    if isinstance(term, App) and term.head in _COMPARISONS:
        return _relation(term, scope)
    if isinstance(term, Bind) and term.head in _QUANTIFIERS:
        name = fresh_name(term.hint, taken)
        return _QUANTIFIERS[term.head](term, scope, name, taken | {name})
    raise OutsideFragment("this kind of proposition is never evaluated")


# ---------------------------------------------------------------- relations


def _unequal(left: Value, right: Value) -> bool | None:
    answer = same(left, right)
    return None if answer is None else not answer


_COMPARISONS: Final[dict[str, Callable[[Value, Value], bool | None]]] = {
    "=": same, "!=": _unequal, "<": less, "<=": at_most,
}  # fmt: skip


def _relation(term: App, scope: Scope) -> Judge:
    left, right = _side(term.args[0], term.args[1], scope), _side(term.args[1], term.args[0], scope)
    compare, relation = _COMPARISONS[term.head], term.head

    def run(frame: Frame) -> Judgement:
        a, b = left(frame), right(frame)
        return Judgement(compare(a, b), relation, a, b)

    return run


def _side(term: Term, other: Term, scope: Scope) -> Code:
    """A side of a relation; opposite to a limit it may be infinite."""
    if isinstance(other, Bind) and other.head in LIMITS:
        infinite = INFINITIES.get(term)
        if infinite is not None:
            return lambda frame: infinite
    return code_of(term, scope)


def _membership(element: Code, domain: DomainCode) -> Judge:
    def run(frame: Frame) -> Judgement:
        value, whole_set = element(frame), domain(frame)
        return Judgement(contains(whole_set, value), "in", value, whole_set)

    return run


# ---------------------------------------------------------------- propositions about all elements of a set


def _conclusion(judgements: Sequence[Judgement]) -> Judgement:
    """All of them: the first that fails, or unknown if one is unknown, or that they hold."""
    for judgement in judgements:
        if judgement.holds is False:
            return judgement
    if any(judgement.holds is None for judgement in judgements):
        return _UNKNOWN
    return Judgement(True)


def _forall(term: Bind, scope: Scope, name: str, taken: frozenset[str]) -> Judge:
    domain = domain_of(term.arg, scope)
    body = _judge(term.bodies[0], scope.within(Place(scope.has_whole_elements(term.arg))), taken)

    def run(frame: Frame) -> Judgement:
        members, complete = _members_or_samples(domain(frame), frame.bodies)
        for member in members:
            found, notes = _noted(frame, member, body)
            if found is not None and found.holds is False:
                frame.note(*notes)
                return replace(found, witness={name: member, **found.witness})
            complete = complete and found is not None and found.holds is True
        return Judgement(True) if complete else _UNKNOWN

    return run


def _noted(frame: Frame, element: Value, body: Callable[[Frame], _Result]) -> tuple[_Result | None, list[Note]]:
    """The body at an element, None for undefined, and the notes that it took."""
    start = len(frame.notes or ())
    found = frame.attempt(lambda frame: frame.inside(element, body))
    notes = list((frame.notes or ())[start:])
    if frame.notes:
        del frame.notes[start:]
    return found, notes


def _members_or_samples(domain: Domain, most: int) -> tuple[Sequence[Value], bool]:
    """All elements of a set, or some of an infinite one, and whether these are all."""
    try:
        return elements(domain, most), True
    except Undefined:
        return samples(domain), False


def _mass_function(term: Bind, scope: Scope, name: str, taken: frozenset[str]) -> Judge:
    domain = domain_of(term.arg, scope)
    mass = code_of(term.bodies[0], scope.within(Place(scope.has_whole_elements(term.arg))))
    measured = term.arg.name if term.head == "density" and isinstance(term.arg, Var) else None
    if term.head == "density" and measured is None:
        raise OutsideFragment("a density on a set without a name is never evaluated")

    def run(frame: Frame) -> Judgement:
        measure = counting if measured is None else frame.model.measures.get(measured)
        if measure is None:
            raise Undefined(f"{measured} has no measure")
        masses = [(member, frame.inside(member, mass)) for member in elements(domain(frame), frame.bodies)]
        total: Scalar = ZERO
        for member, one in masses:
            total = add(total, mul(measure(member), one))
        signs = [Judgement(at_most(ZERO, one), "<=", ZERO, one, {name: member}) for member, one in masses]
        return _conclusion([*signs, Judgement(same(total, ONE), "=", total, ONE)])

    return run


def _monotone(term: Bind, scope: Scope, name: str, taken: frozenset[str]) -> Judge:
    """Strictly monotone: fails where two points in order have values that are not. It never surely holds."""
    domain = domain_of(term.arg, scope)
    body = code_of(term.bodies[0], scope.within(Place()))
    later = fresh_name(f"{name}'", taken)
    falling = term.head == "decreasing"

    def run(frame: Frame) -> Judgement:
        points = sorted(point for point in samples(domain(frame)) if isinstance(point, fmpq))
        values = [(point, *_noted(frame, point, body)) for point in points]
        for (x, first, here), (y, second, there) in combinations(values, 2):
            if first is None or second is None:
                continue
            holds = less(second, first) if falling else less(first, second)
            if holds is False:
                frame.note(*here, *there)
                return Judgement(False, ">" if falling else "<", first, second, {name: x, later: y})
        return _UNKNOWN

    return run


_QUANTIFIERS: Final[dict[str, Callable[[Bind, Scope, str, frozenset[str]], Judge]]] = {
    "forall": _forall, "pmf": _mass_function, "density": _mass_function, "decreasing": _monotone,
    "increasing": _monotone,
}  # fmt: skip

"""Sets in a model: their elements, what belongs to them, and simple points to try first.

>>> square = Tuples(BITS, 2)
>>> size(square), len(elements(square, 100)), contains(square, (fmpq(0), fmpq(2)))
(4, 4, False)
>>> [str(point) for point in samples(Open(ZERO, ONE))[:4]]
['1/2', '1/3', '2/3', '1/4']
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from flint import arb, fmpq

from derivations.value import ONE, ZERO, Element, Huge, Number, Undefined, Value, less, same

_MOST_SAMPLES: Final = 13


@dataclass(frozen=True, slots=True)
class Finite:
    """A set given by its elements."""

    members: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole numbers from `low` to `high`, both included; None is infinity."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """The real numbers strictly between `low` and `high`; None is infinity."""

    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True, slots=True)
class Tuples:
    """The vectors of a length with components in a set."""

    base: Domain
    length: int


@dataclass(frozen=True, slots=True)
class Without:
    """A set minus one of its elements."""

    base: Domain
    removed: Value


Domain: TypeAlias = Finite | Whole | Open | Tuples | Without

BITS: Final = Finite((ZERO, ONE))
REALS: Final = Open()


def abstract(count: int) -> Finite:
    """An abstract set of `count` elements."""
    return Finite(tuple(Element(k) for k in range(1, count + 1)))


# ---------------------------------------------------------------- elements


def size(domain: Domain) -> int:
    """The number of elements. Raises Undefined for infinite sets, and for n^m with a huge m."""
    if isinstance(domain, Finite):
        return len(domain.members)
    if isinstance(domain, Whole) and domain.low is not None and domain.high is not None:
        return domain.high - domain.low + 1
    if isinstance(domain, Tuples) and domain.length <= 10_000:
        return int(size(domain.base) ** domain.length)
    if isinstance(domain, Without):
        inside = contains(domain.base, domain.removed)
        if inside is not None:
            return size(domain.base) - inside
    raise Undefined("the size of a set that is not finite")


def elements(domain: Domain, most: int) -> Sequence[Value]:
    """All elements in order. Raises Undefined where there are more than `most`."""
    if size(domain) > most:
        raise Huge("a set with too many elements")
    if isinstance(domain, Finite):
        return domain.members
    if isinstance(domain, Whole) and domain.low is not None and domain.high is not None:
        return [fmpq(k) for k in range(domain.low, domain.high + 1)]
    if isinstance(domain, Tuples):
        return list(itertools.product(elements(domain.base, most), repeat=domain.length))
    if isinstance(domain, Without):
        kept = [(element, same(element, domain.removed)) for element in elements(domain.base, most)]
        if any(equal is None for _, equal in kept):
            raise Undefined("a set minus an element that cannot be told from the others")
        return [element for element, equal in kept if not equal]
    raise Undefined("the elements of a set that is not finite")


def contains(domain: Domain, value: Value) -> bool | None:
    """Whether the value belongs to the set; None for cannot tell. Raises Undefined where it makes no sense."""
    if isinstance(domain, Finite):
        return _among(domain.members, value)
    if isinstance(domain, Whole):
        return _is_whole(domain, value)
    if isinstance(domain, Open):
        if not isinstance(value, fmpq | arb):
            raise Undefined("a number was expected")
        above = True if domain.low is None else less(domain.low, value)
        below = True if domain.high is None else less(value, domain.high)
        return _both(above, below)
    if isinstance(domain, Tuples):
        if not isinstance(value, tuple) or len(value) != domain.length:
            raise Undefined("a vector of this length was expected")
        inside: bool | None = True
        for component in value:
            inside = _both(inside, contains(domain.base, component))
        return inside
    other = same(value, domain.removed)
    return _both(contains(domain.base, value), None if other is None else not other)


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _among(members: tuple[Value, ...], value: Value) -> bool | None:
    answers = [same(member, value) for member in members]
    if True in answers:
        return True
    return None if None in answers else False


def _is_whole(domain: Whole, value: Value) -> bool | None:
    if isinstance(value, arb):
        return None if value.contains_integer() else False
    if not isinstance(value, fmpq):
        raise Undefined("a number was expected")
    if value.q != 1:
        return False
    return (domain.low is None or value >= domain.low) and (domain.high is None or value <= domain.high)


# ---------------------------------------------------------------- simple points

# Thirteen of each, a prime number, so that symbols that walk at different speeds meet in all combinations.
_UNIT: Final = tuple(
    map(fmpq, ("1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/7", "5/6", "1/10", "9/10"))
)
_POSITIVE: Final = tuple(map(fmpq, ("2", "3", "1/2", "1", "3/2", "1/3", "5", "2/3", "4", "1/4", "5/2", "7", "1/10")))
_REAL: Final = tuple(map(fmpq, ("2", "3", "1/2", "-1", "1/3", "1", "-2", "0", "3/2", "-1/2", "5", "-3", "2/3")))
_WHOLE: Final = (2, -1, 3, 1, 0, -2, 4)
_STEPS: Final = (1, 2, 0, 3, 4)  # from the lower end: not the end itself first, m = 1 hides a missing 1/m


def samples(domain: Domain) -> Sequence[Value]:
    """Some elements, simple ones first; none where the set is empty or cannot be sampled."""
    if isinstance(domain, Open):
        return _samples_between(domain.low, domain.high)
    if isinstance(domain, Whole):
        return [fmpq(k) for k in _whole_samples(domain)]
    if isinstance(domain, Tuples):
        return _vector_samples(domain)
    if isinstance(domain, Without):
        return [point for point in samples(domain.base) if same(point, domain.removed) is False]
    return domain.members


def _samples_between(low: Number | None, high: Number | None) -> list[Value]:
    """Rational points strictly inside; a ball as an end is replaced by a rational inside the interval."""
    start = low if low is None or isinstance(low, fmpq) else low.upper().fmpq()
    end = high if high is None or isinstance(high, fmpq) else high.lower().fmpq()
    if start is not None and end is not None:
        return [start + (end - start) * point for point in _UNIT] if start < end else []
    if start is not None:
        return [start + point for point in _POSITIVE]
    if end is not None:
        return [end - point for point in _POSITIVE]
    return list(_REAL)


def _whole_samples(domain: Whole) -> list[int]:
    if domain.low is not None:
        found = [domain.low + step for step in _STEPS]
    elif domain.high is not None:
        found = [domain.high - step for step in _STEPS]
    else:
        return list(_WHOLE)
    return [k for k in found if domain.high is None or k <= domain.high]


def _vector_samples(domain: Tuples) -> list[Value]:
    """All vectors where these are few, else vectors whose components walk through the base's points."""
    try:
        if size(domain) <= _MOST_SAMPLES:
            return list(elements(domain, _MOST_SAMPLES))
    except Undefined:
        pass  # vectors over an infinite set
    base = samples(domain.base)
    if not base or domain.length > _MOST_SAMPLES:
        return []
    return [
        tuple(base[(start + place * (1 + start // len(base))) % len(base)] for place in range(domain.length))
        for start in range(_MOST_SAMPLES)
    ]

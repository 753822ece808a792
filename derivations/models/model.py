"""Models: what a name stands for when a claim is tried, such that every derivative is exact.

An abstract function is interpreted by a closed form that is smooth in its numbers and different for different
labels (elements of abstract sets, vectors), and that satisfies what the given says of it *for all* arguments, by
construction: a mass function is a positive weight divided by the sum of the weights, a function into an interval is
low + (high - low) * u / (1 + u) with u > 0.

>>> q = Mass(Coefficients("q"), 0, (ZERO, ONE), 2)
>>> str(add(q((ZERO,)), q((ONE,))))
'1'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, Protocol, TypeAlias

from flint import arb, fmpq

from derivations.models.domain import Domain
from derivations.value import (
    ONE,
    ZERO,
    Element,
    Jet,
    Quotient,
    Scalar,
    Undefined,
    Value,
    add,
    div,
    mul,
    sub,
)
from derivations.value import Sequence as Components

Key: TypeAlias = tuple[str, int]  # an abstract function: its head and the number of its arguments


class Interpretation(Protocol):
    """What an abstract function stands for. Raises Undefined outside its domain."""

    def __call__(self, args: Sequence[Value], /) -> Value:
        """The value at some arguments."""


@dataclass(frozen=True, slots=True)
class Model:
    """An interpretation of symbols, sets and abstract functions.

    `wholes` are the symbols, and vectors of symbols, that the given declares to be whole numbers. `measures` are those
    of the sets that integrals range over.

    An integral over a named set is a sum with positive weights over a finite set. That is a measure space like any
    other: integrals in it are linear, converge, may be exchanged with each other and with derivatives, and a density
    is what sums to one under the weights. A statement about densities on a set X of which no more is given speaks of
    every measure space, so what fails here is refuted. Whoever means length on the real line writes integrals over
    `reals`; these have no value here, and nothing is refuted by them.
    """

    symbols: Mapping[str, Value]
    sets: Mapping[str, Domain]
    functions: Mapping[Key, Interpretation]
    wholes: frozenset[str]
    measures: Mapping[str, Measure] = field(default_factory=dict)


class Measure(Protocol):
    """The positive weights of the elements of a set."""

    def __call__(self, element: Value, /) -> fmpq:
        """The weight of one element."""


_MOST_ARGUMENTS: Final = 24


# ---------------------------------------------------------------- coefficients

_ANY: Final = tuple(map(fmpq, ("1", "2", "-1", "3", "-2", "1/2", "-3", "-1/2", "3/2", "4")))
_POSITIVE: Final = tuple(map(fmpq, ("1", "2", "3", "4", "1/2", "5", "3/2", "1/3")))


class Coefficients:
    """Small rational numbers, the same for the same seed and labels wherever they are drawn.

    `choices` is how many different ones there are: few for models that are to be read.
    """

    __slots__ = ("_choices", "_drawn", "seed")

    def __init__(self, seed: str, choices: int = 10) -> None:
        self.seed, self._choices = seed, choices
        self._drawn: dict[tuple[tuple[Value, ...], int], list[fmpq]] = {}

    def draw(self, labels: tuple[Value, ...], count: int) -> list[fmpq]:
        """A positive number, then `count` numbers that are not zero."""
        found = self._drawn.get((labels, count))
        if found is None:
            text = "|".join((self.seed, str(count), *map(label_text, labels)))
            digits = blake2b(text.encode(), digest_size=32).digest()
            found = [_POSITIVE[digits[0] % min(self._choices, len(_POSITIVE))]]
            found += [_ANY[digits[1 + k % 31] // (1 + k // 31) % min(self._choices, len(_ANY))] for k in range(count)]
            self._drawn[labels, count] = found
        return found


def label_text(value: Value) -> str:
    """A label as text. Raises Undefined for what is not exactly known."""
    if isinstance(value, Element):
        return str(value.index)
    if isinstance(value, fmpq):
        return f"{value}"
    if isinstance(value, Components):
        return value.name
    if isinstance(value, tuple):
        return f"({', '.join(map(label_text, value))})"
    raise Undefined("an argument that is neither a number nor a label")


def _numbers_and_labels(args: Sequence[Value]) -> tuple[list[Scalar], tuple[Value, ...]]:
    if len(args) > _MOST_ARGUMENTS:
        raise Undefined("a function of too many arguments")
    numbers: list[Scalar] = []
    labels: list[Value] = []
    for arg in args:
        if isinstance(arg, fmpq | arb | Jet | Quotient):
            numbers.append(arg)
        else:
            label_text(arg)
            labels.append(arg)
    return numbers, tuple(labels)


def _polynomial(numbers: Sequence[Scalar], coefficients: Sequence[fmpq], degree: int) -> Scalar:
    """A constant, powers of each number up to `degree`, and (from degree 2) the product of each two."""
    waiting = iter(coefficients)
    total: Scalar = next(waiting)
    for number in numbers:
        powers: Scalar = next(waiting)
        for _ in range(degree - 1):
            powers = add(mul(powers, number), next(waiting))
        total = add(total, mul(powers, number))
    if degree > 1:
        for k, left in enumerate(numbers):
            for right in numbers[:k]:
                total = add(total, mul(next(waiting), mul(left, right)))
    return total


def _count(numbers: Sequence[Scalar], degree: int) -> int:
    return 1 + len(numbers) * degree + (len(numbers) * (len(numbers) - 1) // 2 if degree > 1 else 0)


def _weight(coefficients: Coefficients, numbers: Sequence[Scalar], labels: tuple[Value, ...], degree: int) -> Scalar:
    """A number above zero: a positive constant, plus the square of a polynomial in the numbers."""
    if not numbers:
        return coefficients.draw(labels, 0)[0]
    drawn = coefficients.draw(labels, _count(numbers, degree - 1))
    root = _polynomial(numbers, drawn[1:], degree - 1)
    return add(drawn[0], mul(root, root))


# ---------------------------------------------------------------- interpretations


def counting(element: Value) -> fmpq:
    """The measure under which an integral is a sum."""
    return ONE


@dataclass(frozen=True, slots=True)
class Weights:
    """A measure with some positive rational weights."""

    coefficients: Coefficients

    def __call__(self, element: Value, /) -> fmpq:
        """The weight of one element."""
        return self.coefficients.draw((element,), 0)[0]


@dataclass(frozen=True, slots=True)
class Smooth:
    """A function between two bounds (None: unbounded), differentiable in all its numbers, of all orders."""

    coefficients: Coefficients
    low: fmpq | None
    high: fmpq | None
    degree: int

    def __call__(self, args: Sequence[Value], /) -> Scalar:
        """The value at some arguments."""
        numbers, labels = _numbers_and_labels(args)
        if self.low is None and self.high is None:
            drawn = self.coefficients.draw(labels, _count(numbers, self.degree))
            return _polynomial(numbers, drawn[1:], self.degree)
        weight = _weight(self.coefficients, numbers, labels, self.degree)
        if self.high is None:
            return add(self.low or ZERO, weight)
        if self.low is None:
            return sub(self.high, weight)
        return add(self.low, mul(self.high - self.low, div(weight, add(ONE, weight))))


@dataclass(frozen=True, slots=True)
class Convex:
    """A strictly convex polynomial of one number."""

    coefficients: Coefficients

    def __call__(self, args: Sequence[Value], /) -> Scalar:
        """The value at some arguments."""
        (number,), labels = _numbers_and_labels(args)
        leading, constant, slope = self.coefficients.draw(labels, 2)
        return add(constant, mul(number, add(slope, mul(leading, number))))


class Mass:
    """A positive mass function in one argument, or a density under a measure; smooth in its other numbers."""

    __slots__ = ("_coefficients", "_degree", "_latest", "_measure", "_members", "_place")

    def __init__(
        self, coefficients: Coefficients, place: int, members: Sequence[Value], degree: int,
        measure: Measure | None = None,
    ) -> None:  # fmt: skip
        self._coefficients, self._place, self._degree = coefficients, place, degree
        self._measure = counting if measure is None else measure
        self._members = tuple(members)
        self._latest: tuple[tuple[Value, ...], dict[Value, Scalar]] = ((), {})

    def __call__(self, args: Sequence[Value], /) -> Scalar:
        """The value at some arguments."""
        others = (*args[: self._place], *args[self._place + 1 :])
        known, masses = self._latest
        if not masses or not all(a is b for a, b in zip(known, others, strict=True)):
            masses = self._masses(others)
            self._latest = (others, masses)
        try:
            found = masses.get(args[self._place])
        except ValueError as error:  # an enclosure has no hash: it is no one member
            raise Undefined("a mass function at a number that is not exact") from error
        if found is None:
            raise Undefined("a mass function outside of its set")
        return found

    def _masses(self, others: tuple[Value, ...]) -> dict[Value, Scalar]:
        numbers, labels = _numbers_and_labels(others)
        weights = {m: _weight(self._coefficients, numbers, (*labels, m), self._degree) for m in self._members}
        total: Scalar = ZERO
        for member, weight in weights.items():
            total = add(total, mul(self._measure(member), weight))
        return {member: div(weight, total) for member, weight in weights.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """A function into a finite set, without structure; it has values at exact arguments only."""

    coefficients: Coefficients
    members: tuple[Value, ...]

    def __call__(self, args: Sequence[Value], /) -> Value:
        """The value at exact arguments."""
        text = "|".join((self.coefficients.seed, *map(label_text, args)))
        return self.members[blake2b(text.encode(), digest_size=4).digest()[0] % len(self.members)]


def constant_zero(args: Sequence[Value]) -> Value:
    """The function that is 0 everywhere: simple, and a counterexample to much."""
    return ZERO


def component(name: str, entries: Interpretation, *, numbered: bool) -> Components:
    """The vector of unknown length whose entries are the values of a function at 1, 2, 3, ...

    Places are labels, so that the entries are unrelated, unless they are `numbered`: a mass function on a range.
    """
    return Components(name, lambda place: entries((fmpq(place) if numbered else Element(place),)))

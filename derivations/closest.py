"""Where an inequality is closest to failing: a search in floating point along a line, whose finds are proved.

A strict inequality that fails only where both sides are equal, e^x > e x at x = 1, is met by no ball. The place is
looked for in floating point, recognised as a number with a name, and there the two sides are proved to be equal by the
kernel. An inequality that fails on a short interval only is refuted at a rational point in it, as any other one.

>>> from derivations.notation import read
>>> from derivations.prover import theorem_of
>>> found = closest(read("exp(1) * x < exp(x)"), Given.of("x in interval(0, oo)"), theorem_of)
>>> dict(found.point), found.lhs, found.relation
({'x': '1'}, '2.71828182845...', '<')
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from derivations.conditions import holds
from derivations.given import Given
from derivations.glance import gap
from derivations.models.model import Model
from derivations.models.table import written
from derivations.refute import Counterexample, counterexample, value
from derivations.term import App, Bind, Num, Term, Var, add, div, mul, neg, number, power, substituted

Prover: TypeAlias = Callable[[Term, Given], object | None]
_Search: TypeAlias = "Callable[[App, _Line], Iterator[Fraction | Term]]"
_STRICT: Final = frozenset({"<", "!="})
_STEPS: Final = 48  # points on a line, less one
_ROUNDS: Final = 60  # of narrowing an interval down
_TINY: Final = 1e-9  # relative size of a gap that may be none
_NEAR: Final = 2e-6  # distance to a number with a name
_MOST_BELOW: Final = 24  # largest denominator of a rational number that is recognised
_MOST_NAMES: Final = 4
_SIMPLE: Final = (Fraction(1), Fraction(0), Fraction(1, 2), Fraction(2), Fraction(-1))
_LEADING: Final = range(1, 5)  # of quadratic polynomials whose roots are recognised
_MIDDLE: Final = range(-12, 13)
_REALS: Final = App("reals")


class _Line(NamedTuple):
    """All values of t in an open interval, and the values of the symbols there."""

    low: Fraction | None
    high: Fraction | None
    moving: tuple[str, ...]
    fixed: dict[str, Fraction]

    def point(self, share: Fraction) -> Fraction:
        """The t at a share of the line between 0 and 1."""
        if self.low is not None and self.high is not None:
            return self.low + (self.high - self.low) * share
        if self.low is not None:
            return self.low + 2 * share / (1 - share)
        if self.high is not None:
            return self.high - 2 * (1 - share) / share
        return (2 * share - 1) / (share * (1 - share))

    def has(self, place: Fraction) -> bool:
        """Whether the line goes through a point."""
        return (self.low is None or self.low < place) and (self.high is None or place < self.high)

    def at(self, place: Term) -> dict[str, Term]:
        """The values of the symbols as terms."""
        return {**{name: number(fixed) for name, fixed in self.fixed.items()}, **dict.fromkeys(self.moving, place)}


def closest(claim: Term, given: Given, theorem_of: Prover) -> Counterexample | None:
    """A point at which an inequality fails, or holds with equality where it must not; None where none is found."""
    if not isinstance(claim, App) or claim.head not in ("<", "<=", "!=") or len(claim.free_vars) > _MOST_NAMES:
        return None
    if not claim.free_vars:
        return _proved_equal(claim, {}, given, theorem_of)
    return _first(claim, given, theorem_of, _places)


def at_simple_places(claim: Term, given: Given, theorem_of: Prover) -> Counterexample | None:
    """As `closest`, at 1, 0, 1/2, 2 and -1 on each line only: where all letters are equal, most bounds are sharp.

    >>> from derivations.notation import read
    >>> from derivations.prover import theorem_of
    >>> found = at_simple_places(read("2 < x / y + y / x"), Given.of("0 < x", "0 < y"), theorem_of)
    >>> found is not None and dict(found.point)
    {'x': '1', 'y': '1'}
    """
    if not isinstance(claim, App) or claim.head not in ("<", "<=") or not 0 < len(claim.free_vars) <= _MOST_NAMES:
        return None
    return _first(claim, given, theorem_of, _simple_places)


def _first(claim: App, given: Given, theorem_of: Prover, places: _Search) -> Counterexample | None:
    for line in _lines(claim, given):
        for place in places(claim, line):
            if isinstance(place, Fraction):
                facts = [App("=", (Var(name), at)) for name, at in line.at(number(place)).items()]
                found = counterexample(claim, given.assume(*facts))
            else:
                found = _proved_equal(claim, line.at(place), given, theorem_of)
            if found is not None:
                return found
    return None


def _proved_equal(claim: App, point: dict[str, Term], given: Given, theorem_of: Prover) -> Counterexample | None:
    """The counterexample at a point of the given where the sides of a strict inequality are proved to be equal."""
    if claim.head not in _STRICT:
        return None
    nothing = Given()
    for name in point:
        facts = [fact for fact in given.about(name) if not (isinstance(fact, App) and _REALS in fact.args)]
        if not all(holds(substituted(fact, point), nothing) for fact in facts):
            return None
    left, right = (substituted(side, point) for side in claim.args)
    values = [value(side, Model({}, {}, {}, frozenset())) for side in (left, right)]
    if None in values or theorem_of(App("=", (left, right)), nothing) is None:
        return None
    texts = [written(one) for one in values if one is not None]
    text = next((one for one in texts if "." not in one), texts[0])
    return Counterexample({name: _text(at) for name, at in point.items()}, text, text, True, claim.head)


def _text(place: Term) -> str:
    """A point as text, a fraction as counterexamples write it."""
    return str(place).replace(" / ", "/") if not place.heads - {"/", "neg"} else str(place)


# ---------------------------------------------------------------- lines


def _lines(claim: App, given: Given) -> Iterator[_Line]:
    """One line through the domain for each real symbol, the others fixed; before, the line where all are equal."""
    ends: dict[str, tuple[Fraction | None, Fraction | None]] = {}
    fixed: dict[str, Fraction] = {}
    for name in sorted(claim.free_vars):
        domain = _domain(name, given)
        if domain is None:
            return
        if domain.head in ("integers", "range", "bits"):
            low = _end(domain.args[0]) if domain.args else Fraction(0)
            fixed[name] = (low or Fraction(0)) + (domain.head != "bits")
        else:
            ends[name] = (None, None) if domain == _REALS else (_end(domain.args[0]), _end(domain.args[1]))
    if len(ends) > 1:
        lows, highs = ([end[side] for end in ends.values() if end[side] is not None] for side in (0, 1))
        low = max((one for one in lows if one is not None), default=None)
        high = min((one for one in highs if one is not None), default=None)
        if low is None or high is None or low < high:
            yield _Line(low, high, tuple(ends), fixed)
    middles = {name: _Line(*end, (), {}).point(Fraction(1, 2)) for name, end in ends.items()}
    for name, end in ends.items():
        others = {other: middle for other, middle in middles.items() if other != name}
        yield _Line(*end, (name,), {**fixed, **others})


def _domain(name: str, given: Given) -> App | None:
    """The set that a symbol is in: the reals where nothing is said, None for what is no number."""
    for fact in given.about(name):
        if isinstance(fact, Bind):
            return None
        if isinstance(fact, App) and fact.head == "in" and fact.args[0] == Var(name):
            domain = fact.args[1]
            known = isinstance(domain, App) and domain.head in ("interval", "integers", "range", "bits", "reals")
            return domain if known and isinstance(domain, App) else None
    return _REALS


def _end(term: Term) -> Fraction | None:
    """The end of an interval as far as it is a rational number; else none, and points are checked later."""
    match term:
        case Num(whole):
            return Fraction(whole)
        case App("neg", (inner,)):
            end = _end(inner)
            return None if end is None else -end
        case App("/", (Num(above), Num(below))) if below:
            return Fraction(above, below)
    return None


# ---------------------------------------------------------------- places on a line


def _places(claim: App, line: _Line) -> Iterator[Fraction | Term]:
    """Rational points where the inequality seems to fail, and numbers with a name at which the sides seem equal."""

    distance = _distance(claim, line)
    shares = [Fraction(step, _STEPS) for step in range(1, _STEPS)]
    points = [line.point(share) for share in shares]
    gaps = [distance(float(point)) for point in points]
    if claim.head != "!=":
        yield from (point for point, found in zip(points, gaps, strict=True) if found < -_TINY)
    yield from (number(simple) for simple in _SIMPLE if line.has(simple) and abs(distance(float(simple))) <= _TINY)
    for place in sorted(range(1, len(points) - 1), key=lambda place: abs(points[place])):
        if gaps[place] <= min(gaps[place - 1], gaps[place + 1]) < math.inf:
            least = _least(distance, float(points[place - 1]), float(points[place + 1]))
            found = distance(least)
            if found < -_TINY and claim.head != "!=":
                yield Fraction(least).limit_denominator(10_000)
            elif abs(found) <= _NEAR:
                yield from _named(least)


def _simple_places(claim: App, line: _Line) -> Iterator[Fraction | Term]:
    """The simple numbers at which the inequality seems to fail, or its sides seem equal."""
    distance = _distance(claim, line)
    for simple in _SIMPLE:
        if line.has(simple) and (found := distance(float(simple))) <= _TINY:
            yield simple if found < -_TINY else number(simple)


def _distance(claim: App, line: _Line) -> Callable[[float], float]:
    """How far the inequality is from failing at a place on a line; infinite where nothing is seen."""
    fixed = {name: float(at) for name, at in line.fixed.items()}

    def distance(t: float) -> float:
        found = gap(claim, {**fixed, **dict.fromkeys(line.moving, t)})
        return math.inf if found is None else found if claim.head != "!=" else abs(found)

    return distance


def _least(distance: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one valley is least, by thirds."""
    for _ in range(_ROUNDS):
        one, other = low + (high - low) / 3, high - (high - low) / 3
        if distance(one) <= distance(other):
            high = other
        else:
            low = one
    return (low + high) / 2


def _named(t: float) -> Iterator[Term]:
    """Numbers with a name next to t: fractions, and roots, exponentials, logarithms and angles made of them."""
    if (plain := _fraction(t)) is not None:
        yield number(plain)
        return
    if t > 0 and (found := _fraction(math.log(t))) is not None:
        yield App("exp", (number(found),))
    if abs(t) < 20 and (found := _fraction(math.exp(t))) is not None:
        yield App("log", (number(found),))
    if (found := _fraction(t / math.pi)) is not None:
        yield mul(number(found), App("pi_number"))
    for degree in (2, 3):
        if (found := _fraction(abs(t) ** degree)) is not None:
            root = App("sqrt", (number(found),)) if degree == 2 else power(number(found), number(Fraction(1, 3)))
            yield root if t > 0 else neg(root)
            return
    yield from _quadratic(t)


def _quadratic(t: float) -> Iterator[Term]:
    """(b + sqrt(d)) / (2 a) next to a number, with small a and b."""
    for leading in _LEADING:
        for middle in _MIDDLE:
            last = leading * t * t - middle * t
            inner = middle * middle + 4 * leading * round(last)
            if abs(last - round(last)) <= _NEAR and inner > 0 and abs(round(last)) <= _MIDDLE.stop:
                root = App("sqrt", (Num(inner),))
                above = add(number(middle), root if 2 * leading * t > middle else neg(root))
                yield div(above, Num(2 * leading))
                return


def _fraction(t: float) -> Fraction | None:
    """The fraction with a small denominator that is next to a number, if there is one."""
    if not math.isfinite(t) or abs(t) > 1000:
        return None
    found = Fraction(t).limit_denominator(_MOST_BELOW)
    return found if abs(found - t) <= _NEAR * max(1.0, abs(t)) else None

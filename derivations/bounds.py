"""Bounds: an interval that surely holds a term's value, from the given by interval arithmetic over Q.

This is how signs are decided: 1 - beta is positive because beta lies in (0, 1). Intervals remember which ends
are attained, since `0 < x` and `0 <= x` differ. Two occurrences of one symbol are treated as unrelated, so an
interval may be too wide and never too narrow.

Source: Moore, Kearfott, Cloud, *Introduction to Interval Analysis* (2009), chapters 2 and 5.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Final

from derivations.angles import ANGLES, cosine, half_turns, in_numbers, sine
from derivations.enclosures import PI_ABOVE, PI_BELOW, exponential, logarithm
from derivations.given import Given
from derivations.integrality import is_whole_quotient
from derivations.intervals import (
    NONNEGATIVE,
    POSITIVE,
    REALS,
    UNIT,
    Interval,
    added,
    inverted,
    met,
    multiplied,
    negated,
    point,
    raised,
    root,
    root_of_degree,
)
from derivations.matching import Bindings, match
from derivations.term import App, Bind, Bound, Num, Term, Var, fresh_name, opened, shifted

_MOST_DEGREE: Final = 12
_BELOW_ONE: Final = Interval(Fraction(-1), True, Fraction(1), True)
_FROM_ONE: Final = Interval(Fraction(1), False)
_CLOSED_UNIT: Final = Interval(Fraction(0), False, Fraction(1), False)
_INFINITIES: Final = frozenset({App("oo"), App("neg", (App("oo"),))})


def bounds(term: Term, given: Given) -> Interval:
    """An interval that holds the value of `term` under the given.

    >>> from derivations.notation import read
    >>> bounds(read("beta * (1 - beta)"), Given.of("beta in interval(0, 1)")).positive
    True
    """
    if isinstance(term, Num):
        return point(term.value)
    if isinstance(term, (Var, Bound)):
        return _known(term, given, term.name) if isinstance(term, Var) else REALS
    if isinstance(term, Bind):
        return _bounds_of_binder(term, given)
    if not isinstance(term, App):
        return REALS
    head, args = term.head, term.args
    if head in ("+", "-"):
        left, right = bounds(args[0], given), bounds(args[1], given)
        sum_of_both = added(left, right if head == "+" else negated(right))
        return met(sum_of_both, _difference(term, given)) if head == "-" else sum_of_both
    if head == "neg":
        return negated(bounds(args[0], given))
    if head == "*":
        if args[0] == args[1]:
            return raised(bounds(args[0], given), 2)
        return multiplied(bounds(args[0], given), bounds(args[1], given))
    if head == "/":
        return multiplied(bounds(args[0], given), inverted(bounds(args[1], given)))
    if head == "^":
        return _bounds_of_power(args[0], args[1], given)
    return _bounds_of_function(term, given)


_GAPS: Final = {"<": POSITIVE, "<=": NONNEGATIVE}


def _difference(term: App, given: Given) -> Interval:
    """What facts such as a < b say about b - a, beyond the bounds of a and b."""
    left, right = term.args
    found = REALS
    for fact in given:
        if isinstance(fact, App) and fact.head in _GAPS:
            if fact.args == (right, left):
                found = met(found, _GAPS[fact.head])
            elif fact.args == (left, right):
                found = met(found, negated(_GAPS[fact.head]))
    return found


def _bounds_of_power(base: Term, exponent: Term, given: Given) -> Interval:
    below = bounds(base, given)
    exact = bounds(exponent, given)
    if exact.low is not None and exact.low == exact.high and exact.low.denominator == 1:
        return raised(below, int(exact.low))
    if not below.positive:
        return REALS
    if exact.low is None or exact.low != exact.high or exact.low.denominator > _MOST_DEGREE:
        return met(POSITIVE, _beside_one(below, exact))
    degree = exact.low.denominator
    return met(POSITIVE, raised(root(below) if degree == 2 else root_of_degree(below, degree), exact.low.numerator))


def _beside_one(base: Interval, exponent: Interval) -> Interval:
    """A power of what is at least 1, or at most 1, with an exponent that is not negative, is on the same side of 1."""
    if not exponent.nonnegative:
        return POSITIVE
    one = Fraction(1)
    if base.low is not None and base.low >= 1:
        return Interval(one, exponent.positive and (base.low > 1 or base.open_low))
    if base.high is not None and base.high <= 1:
        return Interval(Fraction(0), True, one, exponent.positive and (base.high < 1 or base.open_high))
    return POSITIVE


def _bounds_of_function(term: App, given: Given) -> Interval:
    if term.head in _OF_ONE_NUMBER:
        return _OF_ONE_NUMBER[term.head](bounds(term.args[0], given))
    if term.head in _OF_ARGUMENTS:
        return _OF_ARGUMENTS[term.head](term.args, given)
    if term.head in ANGLES:
        return Interval(*in_numbers(half_turns(term, given, bounds)))
    if term.head == "at" and isinstance(term.args[0], Var):
        return _component(term.args[0], given)
    return _known(term, given, term.head)


def _bounds_of_size(inner: Interval) -> Interval:
    if inner.nonnegative:
        return inner
    if negated(inner).nonnegative:
        return negated(inner)
    return NONNEGATIVE


def _bounds_of_exp(inner: Interval) -> Interval:
    """exp increases; its values at rational ends are rounded outwards."""
    low, open_low = Fraction(0), True
    if inner.low is not None:
        low, open_low = (Fraction(1), inner.open_low) if inner.low == 0 else (exponential(inner.low)[0], True)
    if inner.high is None:
        return Interval(low, open_low)
    if inner.high == 0:
        return Interval(low, open_low, Fraction(1), inner.open_high)
    return Interval(low, open_low, exponential(inner.high)[1], True)


def _bounds_of_log(inner: Interval) -> Interval:
    """log increases; its values at rational ends are rounded outwards."""
    if not inner.nonnegative or inner.low is None:
        return REALS
    below = logarithm(inner.low)
    above = None if inner.high is None else logarithm(inner.high)
    low, open_low = (None, True) if below is None else (below[0], True)
    high, open_high = (None, True) if above is None else (above[1], True)
    if inner.low == 1:
        low, open_low = Fraction(0), inner.open_low
    if inner.high == 1:
        high, open_high = Fraction(0), inner.open_high
    return Interval(low, open_low, high, open_high)


def _of_the_sign(inner: Interval) -> Interval:
    """The bounds of an odd increasing function."""
    if inner.nonnegative:
        return POSITIVE if inner.positive else NONNEGATIVE
    if negated(inner).nonnegative:
        return negated(POSITIVE if negated(inner).positive else NONNEGATIVE)
    return REALS


def _bounds_of_sign(inner: Interval) -> Interval:
    if inner.positive:
        return point(1)
    if negated(inner).positive:
        return point(-1)
    low, high = (0 if inner.nonnegative else -1), (0 if negated(inner).nonnegative else 1)
    return Interval(Fraction(low), False, Fraction(high), False)


def _bounds_of_extreme(head: str, left: Interval, right: Interval) -> Interval:
    """max(a, b) is at least what either is; min(a, b) is -max(-a, -b)."""
    if head == "min":
        return negated(_bounds_of_extreme("max", negated(left), negated(right)))
    known = [side for side in (left, right) if side.low is not None]
    best = max(known, key=lambda side: (side.low or 0, side.open_low), default=REALS)
    if left.high is None or right.high is None:
        return Interval(best.low, best.open_low)
    top = max((left, right), key=lambda side: (side.high or 0, not side.open_high))
    return Interval(best.low, best.open_low, top.high, top.open_high)


def _bounds_of_arcosh(inner: Interval) -> Interval:
    return POSITIVE if added(inner, point(-1)).positive else NONNEGATIVE


def _bounds_of_root(args: tuple[Term, ...], given: Given) -> Interval:
    inner, degree = bounds(args[0], given), args[1]
    if not inner.positive or not isinstance(degree, Num):
        return _of_the_sign(inner)
    return met(POSITIVE, root_of_degree(inner, degree.value)) if 0 < degree.value <= _MOST_DEGREE else POSITIVE


def _is_natural(term: Term, given: Given) -> bool:
    return is_whole(term, given) and bounds(term, given).nonnegative


def _bounds_of_bernoulli(parameter: Interval) -> Interval:
    complement = added(point(1), negated(parameter))
    if parameter.positive and complement.positive:
        return UNIT
    if parameter.nonnegative and complement.nonnegative:
        return _CLOSED_UNIT
    return REALS


def _component(vector: Var, given: Given) -> Interval:
    for fact in given.about(vector.name):
        if isinstance(fact, App) and fact.head == "in" and fact.args[0] == vector:
            domain = fact.args[1]
            if isinstance(domain, App) and domain.head == "tuples":
                return _of_set(domain.args[0], given)
    return REALS


def _bounds_of_binder(term: Bind, given: Given) -> Interval:
    """Sums, integrals and products of terms of one sign; a sum over a set that may be empty can be 0."""
    if term.head not in ("sum", "prod") and not (term.head == "int" and _has_measure(term.arg)):
        return REALS
    name = fresh_name(term.hint, given.names | term.free_vars)
    inside = given.assume(App("in", (Var(name), term.arg)))
    body = bounds(opened(term, name)[0], inside)
    if term.head == "prod":
        return POSITIVE if body.positive else NONNEGATIVE if body.nonnegative else REALS
    if body.nonnegative:
        return POSITIVE if body.positive and _is_not_empty(term.arg, given) else NONNEGATIVE
    if negated(body).nonnegative:
        return negated(POSITIVE) if negated(body).positive and _is_not_empty(term.arg, given) else negated(NONNEGATIVE)
    return REALS


def _has_measure(domain: Term) -> bool:
    """Sets that an integral ranges over by name have a measure that is not zero, and so have the reals."""
    return isinstance(domain, Var) or domain == App("reals")


def _is_not_empty(domain: Term, given: Given) -> bool:
    """Sets named in the given are not empty; a range is not where its ends say so."""
    if isinstance(domain, Var):
        return True
    if isinstance(domain, App):
        if domain.head in ("bits", "reals"):
            return True
        if domain.head == "tuples":
            return _is_not_empty(domain.args[0], given)
        if domain.head == "range":
            low, high = domain.args
            whole = is_whole(low, given) or is_whole(high, given)  # from 1/2 to 3/4 there is no whole number
            return whole and bounds(App("-", (high, low)), given).nonnegative
    return False


def is_whole(term: Term, given: Given) -> bool:
    """Whether a term is a whole number wherever it has a value."""
    if isinstance(term, Num):
        return True
    if isinstance(term, App) and term.head in ("+", "-", "*", "neg", "/"):
        if "/" in term.heads:
            return is_whole_quotient(term, lambda atom: is_whole(atom, given))
        return all(is_whole(arg, given) for arg in term.args)
    if isinstance(term, App) and term.head == "^":
        return isinstance(term.args[1], Num) and is_whole(term.args[0], given)
    if isinstance(term, App) and term.head in ("card", "binom", "factorial"):
        return True
    if isinstance(term, Var):
        for fact in given.about(term.name):
            if isinstance(fact, App) and fact.head == "in" and fact.args[0] == term:
                domain = fact.args[1]
                while isinstance(domain, App) and domain.head == "without":
                    domain = domain.args[0]
                if isinstance(domain, App) and domain.head in ("integers", "range", "bits"):
                    return True
    return False


_OF_ONE_NUMBER: Final[dict[str, Callable[[Interval], Interval]]] = {
    "exp": _bounds_of_exp,
    "log": _bounds_of_log,
    "sqrt": root,
    "abs": _bounds_of_size,
    "sign": _bounds_of_sign,
    "bern": _bounds_of_bernoulli,
    "sigmoid": lambda inner: UNIT,
    "softplus": lambda inner: POSITIVE,
    "tanh": lambda inner: met(_BELOW_ONE, _of_the_sign(inner)),
    "cosh": lambda inner: _FROM_ONE,
    "arcosh": _bounds_of_arcosh,
    "sinh": _of_the_sign,
    "arsinh": _of_the_sign,
    "artanh": _of_the_sign,
}
_OF_ARGUMENTS: Final[dict[str, Callable[[tuple[Term, ...], Given], Interval]]] = {
    "pi_number": lambda args, given: Interval(PI_BELOW, True, PI_ABOVE, True),
    "delta": lambda args, given: _CLOSED_UNIT,
    "normal": lambda args, given: POSITIVE if bounds(args[2], given).positive else REALS,
    "factorial": lambda args, given: _FROM_ONE if _is_natural(args[0], given) else NONNEGATIVE,
    # Of other numbers it may be negative: binom(1/2, 2) is -1/8.
    "binom": lambda args, given: NONNEGATIVE if _is_natural(args[0], given) and is_whole(args[1], given) else REALS,
    "card": lambda args, given: _FROM_ONE if _is_not_empty(args[0], given) else NONNEGATIVE,
    "sin": lambda args, given: Interval(*sine(half_turns(args[0], given, bounds))),
    "cos": lambda args, given: Interval(*cosine(half_turns(args[0], given, bounds))),
    "root": _bounds_of_root,
    "max": lambda args, given: _bounds_of_extreme("max", *[bounds(arg, given) for arg in args]),
    "min": lambda args, given: _bounds_of_extreme("min", *[bounds(arg, given) for arg in args]),
}


def _of_set(domain: Term, given: Given) -> Interval:
    """The bounds of a number that lies in `domain`."""
    if not isinstance(domain, App):
        return REALS
    if domain.head == "bits":
        return _CLOSED_UNIT
    if domain.head == "without":
        return _of_set(domain.args[0], given)
    if domain.head in ("interval", "integers", "range"):
        is_open = domain.head == "interval"
        low, high = (None if end in _INFINITIES else bounds(end, given) for end in domain.args)
        lowest, highest = (low.low if low else None), (high.high if high else None)
        open_low = is_open or (low is not None and low.open_low)
        open_high = is_open or (high is not None and high.open_high)
        return Interval(lowest, open_low, highest, open_high)
    return REALS


@lru_cache(maxsize=2_000)
def _known(term: Term, given: Given, subject: str) -> Interval:
    """What the facts about a variable or an abstract function say, taken together."""
    found = REALS
    for fact in given.about(subject):
        if isinstance(fact, Bind) and _is_probability(fact, term, given):
            found = met(found, _CLOSED_UNIT)
        if not isinstance(fact, App) or fact.head not in ("in", "<", "<="):
            continue
        left, right = fact.args
        if fact.head == "in":
            if _is_instance(left, term):
                # Without this fact, or x in interval(y, 1) and y in interval(x, 1) would ask each other for ever.
                found = met(found, _of_set(right, given.without(fact) if right.free_vars else given))
        elif _is_instance(right, term) and (low := _rational(left)) is not None:
            found = met(found, Interval(low, fact.head == "<"))
        elif _is_instance(left, term) and (high := _rational(right)) is not None:
            found = met(found, Interval(None, True, high, fact.head == "<"))
    return found


def _rational(term: Term) -> Fraction | None:
    """The value of a number, a fraction or a negative one, as they are written in a fact."""
    match term:
        case Num(value):
            return Fraction(value)
        case App("neg", (Num(value),)):
            return Fraction(-value)
        case App("/", (Num(above), Num(below))) if below:
            return Fraction(above, below)
        case App("neg", (App("/", (Num(above), Num(below))),)) if below:
            return Fraction(-above, below)
    return None


def _is_probability(fact: Bind, term: Term, given: Given) -> bool:
    """Whether a term is a value of a mass function at an element of its set."""
    if fact.head != "pmf" or not isinstance(term, App) or not isinstance(fact.bodies[0], App):
        return False
    places = [place for place, arg in enumerate(fact.bodies[0].args) if arg == Bound(0)]
    if len(places) != 1 or len(term.args) != len(fact.bodies[0].args):
        return False
    element = term.args[places[0]]
    if App("in", (element, fact.arg)) not in given:
        return False
    args = [Bound(0) if place == places[0] else shifted(arg, 1) for place, arg in enumerate(term.args)]
    return match(fact, Bind("pmf", fact.hint, fact.arg, (App(term.head, args),)), {})


def _is_instance(schema: Term, term: Term) -> bool:
    if isinstance(term, Var):
        return schema == term
    bindings: Bindings = {}
    return match(schema, term, bindings)

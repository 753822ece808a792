"""Angles in half turns: an interval of term / pi whose ends are exact, so that arctan(x) < pi/2 is seen to hold.

Rational bounds of pi alone would leave a gap between the largest arctan and pi/2. What else is known of a term comes
from its rational bounds, which the caller hands over.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Final, NamedTuple

from derivations.enclosures import PI_ABOVE, PI_BELOW, arcsine, arctangent, sine_of_part
from derivations.given import Given
from derivations.term import App, Term, Var, subterms

# The heads whose values are angles.
ANGLES: Final = frozenset({"pi_number", "arctan", "arcsin", "arccos"})
_HALF: Final = Fraction(1, 2)
_MOST_PARTS: Final = 1_000
# Rational arguments at which the functions have rational values in half turns.
_EXACT: Final = {
    "arctan": {Fraction(-1): Fraction(-1, 4), Fraction(0): Fraction(0), Fraction(1): Fraction(1, 4)},
    "arcsin": {
        Fraction(-1): -_HALF, -_HALF: Fraction(-1, 6), Fraction(0): Fraction(0), _HALF: Fraction(1, 6),
        Fraction(1): _HALF,
    },
}  # fmt: skip


class Ends(NamedTuple):
    """Like an interval of `derivations.bounds`: None is infinity, an open end is not attained."""

    low: Fraction | None = None
    open_low: bool = True
    high: Fraction | None = None
    open_high: bool = True


Known = Callable[[Term, Given], tuple[Fraction | None, bool, Fraction | None, bool]]
ANYTHING: Final = Ends()


def half_turns(term: Term, given: Given, known: Known) -> Ends:
    """An interval that holds the value of term / pi under the given; `known` are the rational bounds of a term.

    >>> from derivations.notation import read
    >>> str(half_turns(read("pi_number - arctan(x)"), Given(), lambda term, given: ANYTHING).high)
    '3/2'
    """
    if not isinstance(term, App):
        return _of_symbol(term, given, known) if isinstance(term, Var) else _by_bounds(term, given, known)
    head, args = term.head, term.args
    if head == "pi_number":
        return Ends(Fraction(1), False, Fraction(1), False)
    if head == "arctan":
        return _of_arctan(Ends(*known(args[0], given)))
    if head == "arcsin":
        return _of_arcsin(Ends(*known(args[0], given)))
    if head == "abs":
        return _size(half_turns(args[0], given, known))
    if head == "arccos":
        return added(Ends(_HALF, False, _HALF, False), _of_arcsin(Ends(*known(args[0], given))), -1)
    if not mentions_angle(term, given):
        return _by_bounds(term, given, known)
    if head in ("+", "-", "neg"):
        zero = Ends(Fraction(0), False, Fraction(0), False)
        left = zero if head == "neg" else half_turns(args[0], given, known)
        return added(left, half_turns(args[-1], given, known), 1 if head == "+" else -1)
    if head in ("*", "/"):
        for factor, other in (args, args[::-1])[: 2 if head == "*" else 1]:
            scale = Ends(*known(other, given))
            if scale.low is not None and scale.low == scale.high and (head == "*" or scale.low):
                return scaled(half_turns(factor, given, known), scale.low if head == "*" else 1 / scale.low)
    return _by_bounds(term, given, known)


def mentions_angle(term: Term, given: Given) -> bool:
    """Whether pi or an inverse function occurs, in the term or in what is given of its variables."""
    return any(
        (isinstance(part, App) and part.head in ANGLES) or (isinstance(part, Var) and _ranges(part, given))
        for part in subterms(term)
    )


def in_numbers(ends: Ends) -> Ends:
    """The interval times pi, its ends rounded outwards."""
    low = None if ends.low is None else ends.low * (PI_BELOW if ends.low > 0 else PI_ABOVE)
    high = None if ends.high is None else ends.high * (PI_ABOVE if ends.high > 0 else PI_BELOW)
    return Ends(low, ends.open_low, high, ends.open_high)


def sine(ends: Ends) -> Ends:
    """Bounds of the sine of an angle: 0 between neighbouring multiples of pi, and 1 where no peak is reached."""
    top, bottom = Fraction(1), Fraction(-1)
    if ends.low is not None and ends.low == ends.high and ends.low.denominator <= _MOST_PARTS:
        low, high = sine_of_part(ends.low)
        return Ends(low, False, high, False)
    open_top, open_bottom = not _reaches(ends, _HALF), not _reaches(ends, -_HALF)
    if ends.low is None or ends.high is None or ends.high > (start := floor(ends.low)) + 1:
        return Ends(bottom, open_bottom, top, open_top)
    strict = (ends.open_low or ends.low > start) and (ends.open_high or ends.high < start + 1)
    zero = Fraction(0)
    return Ends(bottom, open_bottom, zero, strict) if start % 2 else Ends(zero, strict, top, open_top)


def _reaches(ends: Ends, peak: Fraction) -> bool:
    """Whether the interval may hold the peak, or one a whole number of turns away."""
    if ends.low is None or ends.high is None:
        return True
    first = peak + 2 * ceil((ends.low - peak) / 2)
    if first == ends.low and ends.open_low:
        first += 2
    return first < ends.high or (first == ends.high and not ends.open_high)


def cosine(ends: Ends) -> Ends:
    """The same for the cosine: the sine of the angle and a quarter turn."""
    return sine(added(ends, Ends(_HALF, False, _HALF, False)))


def added(left: Ends, right: Ends, sign: int = 1) -> Ends:
    """{x + sign * y}."""
    other = right if sign > 0 else scaled(right, Fraction(-1))
    low = None if left.low is None or other.low is None else left.low + other.low
    high = None if left.high is None or other.high is None else left.high + other.high
    return Ends(low, left.open_low or other.open_low, high, left.open_high or other.open_high)


def scaled(ends: Ends, by: Fraction) -> Ends:
    """{by * x}."""
    if not by:
        return Ends(Fraction(0), False, Fraction(0), False)
    low = None if ends.low is None else ends.low * by
    high = None if ends.high is None else ends.high * by
    return Ends(low, ends.open_low, high, ends.open_high) if by > 0 else Ends(high, ends.open_high, low, ends.open_low)


def _size(ends: Ends) -> Ends:
    """{|x|}."""
    if ends.low is not None and ends.low >= 0:
        return ends
    if ends.high is not None and ends.high <= 0:
        return scaled(ends, Fraction(-1))
    if ends.low is None or ends.high is None:
        return Ends(Fraction(0), False)
    top = max(-ends.low, ends.high)
    attained = (-ends.low == top and not ends.open_low) or (ends.high == top and not ends.open_high)
    return Ends(Fraction(0), False, top, not attained)


def _by_bounds(term: Term, given: Given, known: Known) -> Ends:
    low, open_low, high, open_high = known(term, given)
    below = None if low is None else low / (PI_ABOVE if low > 0 else PI_BELOW)
    above = None if high is None else high / (PI_BELOW if high > 0 else PI_ABOVE)
    return Ends(below, open_low, above, open_high)


def _ranges(name: Var, given: Given) -> list[tuple[Term, Term]]:
    """The intervals with pi in an end in which a variable is given to be."""
    found = []
    for fact in given.about(name.name):
        if isinstance(fact, App) and fact.head == "in" and fact.args[0] == name:
            domain = fact.args[1]
            if isinstance(domain, App) and domain.head == "interval":
                low, high = domain.args
                if not domain.free_vars and App("pi_number") in (*subterms(low), *subterms(high)):
                    found.append((low, high))
    return found


def _of_symbol(name: Var, given: Given, known: Known) -> Ends:
    for low, high in _ranges(name, given):
        below, above = (ANYTHING if _is_infinite(end) else half_turns(end, given, known) for end in (low, high))
        return Ends(below.low, True, above.high, True)
    return _by_bounds(name, given, known)


def _is_infinite(end: Term) -> bool:
    return end == App("oo") or end == App("neg", (App("oo"),))


def _of_arctan(inner: Ends) -> Ends:
    low, open_low = (-_HALF, True) if inner.low is None else _value("arctan", inner.low, inner.open_low, below=True)
    high, open_high = (
        (_HALF, True) if inner.high is None else _value("arctan", inner.high, inner.open_high, below=False)
    )
    return Ends(low, open_low, high, open_high)


def _of_arcsin(inner: Ends) -> Ends:
    """Where the arcsine has a value, its argument is from -1 to 1."""
    low, open_low, high, open_high = -_HALF, False, _HALF, False
    if inner.low is not None and -1 <= inner.low <= 1:
        low, open_low = _value("arcsin", inner.low, inner.open_low, below=True)
    if inner.high is not None and -1 <= inner.high <= 1:
        high, open_high = _value("arcsin", inner.high, inner.open_high, below=False)
    return Ends(low, open_low, high, open_high)


def _value(head: str, end: Fraction, is_open: bool, *, below: bool) -> tuple[Fraction, bool]:
    """The value at one end in half turns: exact where it is rational, else rounded outwards."""
    exact = _EXACT[head].get(end)
    if exact is not None:
        return exact, is_open
    lower, upper = arctangent(end) if head == "arctan" else arcsine(end)
    return (_over_pi(lower, up=False), True) if below else (_over_pi(upper, up=True), True)


def _over_pi(value: Fraction, *, up: bool) -> Fraction:
    return value / (PI_BELOW if (value > 0) == up else PI_ABOVE)


def is_angle(term: Term, given: Given) -> bool:
    """Whether a term is pi, an inverse function, or a variable in an interval that ends at a multiple of pi."""
    if isinstance(term, App):
        return term.head in ANGLES or (term.head == "abs" and is_angle(term.args[0], given))
    return isinstance(term, Var) and bool(_ranges(term, given))

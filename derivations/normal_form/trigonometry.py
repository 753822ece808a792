"""Sine and cosine of sums, of whole multiples, of rational multiples of pi and of inverse functions; these inverses.

sin^2 = 1 - cos^2 is left to the algebra.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor, lcm
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.functions import factored_argument
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Monomial
from derivations.term import App, Bind, Num, Term, add, div, mul, neg, number, subterms

_MOST_MULTIPLE: Final = 12
_MOST_OF_INVERSE: Final = 64  # sin(16 arctan(1/5)) is a number
_CIRCULAR: Final = frozenset({"sin", "cos"})
_INVERSES: Final = frozenset({"arctan", "arcsin"})
_PI: Final = App("pi_number")
_WHOLE: Final = App("integers", (App("neg", (App("oo"),)), App("oo")))
_PLACES: Final = ("zero", "pi", "half-pi", "third-pi", "quarter-pi", "fifth-pi", "sixth-pi")
_VALUES: Final = {
    "arctan": ("arctan-zero", "arctan-one", "arctan-root-three", "arctan-of-third"),
    "arcsin": ("arcsin-zero", "arcsin-half", "arcsin-half-root-two", "arcsin-half-root-three", "arcsin-one"),
}
_UNDONE: Final = {"arctan": "arctan-of-tangent", "arcsin": "arcsin-of-sine"}


def angle(r: Rewriting) -> None:
    """sin or cos of an angle in normal form."""
    if not isinstance(r.term, App):
        return
    head = r.term.head
    r.inside(0, r.normal)
    if not r.term.free_vars and any(r.attempt(f"{head}-{place}") for place in _PLACES):
        r.normal(r)
        return
    if r.attempt("cos-of-absolute-value"):
        r.normal(r)
        return
    inner = r.term.args[0]
    if isinstance(inner, App) and inner.head in _INVERSES and r.attempt(f"{head}-{inner.head}"):
        r.normal(r)
        return
    shape, rules = _taken_apart(r, inner)
    if shape is not None:
        r.inside(0, lambda part: part.compute(shape))
    if any(r.attempt(f"{head}-{rule}") for rule in rules):
        r.normal(r)


def _taken_apart(r: Rewriting, inner: Term) -> tuple[Term | None, tuple[str, ...]]:
    """The angle as a sum, a negative, a half or a multiple of pi, and the rules that may use it."""
    numbers = Laurent(bound=r.bound)
    try:
        polynomial = numbers.polynomial(inner)
    except OutsideFragment:
        return None, ("sum", "negative")
    ordered = sorted(polynomial.items(), key=lambda item: str(numbers.written_monomial(*item)))
    if not ordered:
        return None, ()  # nothing over a common denominator: no angle to take apart
    (first, coefficient), *others = ordered
    if others:
        return add(numbers.written_monomial(first, coefficient), numbers.written(dict(others))), ("sum",)
    if coefficient < 0:
        return neg(numbers.written_monomial(first, -coefficient)), ("negative",)
    return _of_multiple(r, numbers, first, Fraction(coefficient))


def _of_multiple(
    r: Rewriting, numbers: Laurent, monomial: Monomial, coefficient: Fraction
) -> tuple[Term | None, tuple[str, ...]]:
    """A positive multiple of one angle."""
    atoms = [numbers.atoms[g] for g, _ in monomial]
    rest = tuple(pair for pair in monomial if (numbers.atoms[pair[0]], pair[1]) != (_PI, 1))
    if rest != monomial and not rest:
        return _of_pi(coefficient)
    factor = numbers.written_monomial(rest, coefficient)
    if rest != monomial and r.known(App("in", (factor, _WHOLE))):
        return mul(factor, _PI), ("whole-pi",)
    is_inverse = len(atoms) == 1 and isinstance(atoms[0], App) and atoms[0].head in _INVERSES
    if is_inverse and coefficient == Fraction(1, 2):
        return div(atoms[0], Num(2)), ("half-angle", "half-by-cosine")
    most = _MOST_OF_INVERSE if is_inverse and not atoms[0].free_vars else _MOST_MULTIPLE
    if monomial != ONE and 1 < coefficient.numerator <= most:
        return _smaller(lambda share: numbers.written_monomial(monomial, share), coefficient)
    return None, ()


def _smaller(written: Callable[[Fraction], Term], coefficient: Fraction) -> tuple[Term, tuple[str, ...]]:
    """An even multiple as a double angle, an odd one as a single angle and an even multiple."""
    if coefficient.numerator % 2 == 0:
        return mul(Num(2), written(coefficient / 2)), ("double",)
    share = Fraction(1, coefficient.denominator)
    return add(written(share), written(coefficient - share)), ("sum",)


def _of_pi(share: Fraction) -> tuple[Term | None, tuple[str, ...]]:
    """A positive multiple of pi: whole turns first, then quarter turns, then parts whose values are known."""
    whole = floor(share)
    if share == whole:
        return mul(Num(whole), _PI), ("whole-pi",)
    if whole:
        return add(_times_pi(Fraction(whole)), _times_pi(share - whole)), ("sum",)
    if share > Fraction(1, 2):
        return add(_times_pi(Fraction(1, 2)), _times_pi(share - Fraction(1, 2))), ("sum",)
    twos = share.denominator & -share.denominator
    rest = share.denominator // twos
    if twos >= 8:
        return div(_times_pi(2 * share), Num(2)), ("half-angle",)
    if twos == 2 and rest not in (1, 3, 5, 15):
        return add(_times_pi(Fraction(1, 2)), _times_pi(share - Fraction(1, 2))), ("sum",)
    if rest in (3, 5, 15) and twos * rest > 6 - (rest == 5):
        part = 5 if rest % 5 == 0 and twos * rest > 5 else 3
        first = _part_over(share, part)
        if first != share:
            return add(_times_pi(first), _times_pi(share - first)), ("sum",)
    if 1 < share.numerator <= _MOST_MULTIPLE:
        return _smaller(_times_pi, share)
    return None, ()


def _part_over(share: Fraction, prime: int) -> Fraction:
    """A / prime such that the prime divides the denominator of the rest no more."""
    other = share.denominator // prime
    top = share.numerator * pow(other, -1, prime) % prime
    return Fraction(top if 2 * top < prime else top - prime, prime)


def _times_pi(share: Fraction) -> Term:
    """share * pi, as the values of sine and cosine are stated."""
    if share < 0:
        return neg(_times_pi(-share))
    top: Term = _PI if share.numerator == 1 else mul(Num(share.numerator), _PI)
    return top if share.denominator == 1 else div(top, Num(share.denominator))


# ---------------------------------------------------------------- inverse functions


def inverse(r: Rewriting) -> None:
    """arctan or arcsin: of a tangent or sine, of a number with a known value, of a negative."""
    if not isinstance(r.term, App):
        return
    head = r.term.head
    if r.attempt(_UNDONE[head]):
        r.normal(r)
        return
    r.inside(0, r.normal)
    if r.attempt(_UNDONE[head]) or any(r.attempt(name) for name in _VALUES[head]):
        r.normal(r)
        return
    r.inside(0, factored_argument)
    if r.attempt(f"{head}-negative"):
        r.inside(0, r.normal)
        r.normal(r)


# ---------------------------------------------------------------- half angles


def halved(r: Rewriting) -> None:
    """Write sin(x) and cos(x) by x/2 where another angle is an odd multiple of x/2, and so for other fractions."""
    steps: dict[str, int] = {}
    for part in subterms(r.term):
        if isinstance(part, App) and part.head in _CIRCULAR and not part.loose:
            for key, _, coefficient in _multiples(part.args[0]):
                steps[key] = lcm(steps.get(key, 1), coefficient.denominator)
    _halve(r, {key: step for key, step in steps.items() if step > 1})


def _multiples(inner: Term) -> list[tuple[str, Term, Fraction]]:
    """The angles that a sum consists of, each with its coefficient; pi does not count."""
    numbers = Laurent()
    try:
        polynomial = numbers.polynomial(inner)
    except OutsideFragment:
        return []
    found = [(numbers.written_monomial(monomial, 1), Fraction(c)) for monomial, c in polynomial.items()]
    return [(str(term), term, c) for term, c in found if term not in (_PI, Num(1))]


def _halve(r: Rewriting, steps: dict[str, int]) -> None:
    """Innermost angles first; each is written as a sum of equal steps."""
    if isinstance(r.term, (App, Bind)):
        count = len(r.term.args) if isinstance(r.term, App) else 0
        for place in range(count):
            r.inside(place, lambda part: _halve(part, steps))
    if isinstance(r.term, App) and r.term.head in _CIRCULAR:
        _stepped(r, steps)


def _stepped(r: Rewriting, steps: dict[str, int]) -> None:
    """sin or cos of c * x as of (c / 2) x + (c / 2) x, until the coefficient is as small as a step."""
    if not isinstance(r.term, App):
        return
    shape = _split_once(r.term.args[0], steps)
    if shape is None:
        return
    r.inside(0, lambda part: part.compute(shape))
    r.apply(f"{r.term.head}-sum")
    for place in range(2):
        r.inside(place, lambda part: _both(part, steps))


def _both(r: Rewriting, steps: dict[str, int]) -> None:
    for place in range(2):
        r.inside(place, lambda leaf: _stepped(leaf, steps))


def _split_once(inner: Term, steps: dict[str, int]) -> Term | None:
    """The angle as a sum, of which one part is half of what has more than one step; None where nothing has."""
    for key, term, coefficient in _multiples(inner):
        count = abs(coefficient) * steps.get(key, 0)
        if 1 < count <= _MOST_MULTIPLE:
            share = Fraction(floor(count / 2), steps[key]) * (1 if coefficient > 0 else -1)
            taken = mul(number(share), term)
            return add(taken, _tidy(App("-", (inner, taken))))
    return None


def _tidy(term: Term) -> Term:
    """Like terms collected."""
    numbers = Laurent()
    return numbers.written(numbers.polynomial(term))

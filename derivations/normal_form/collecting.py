"""Like terms collected: an arithmetic term, whose atoms are normal already, as its canonical polynomial."""

from __future__ import annotations

from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Coefficient, Field, Monomial
from derivations.term import App, Bind, Num, Term, Var, mul, opened

_BITS: Final = App("bits")
_ZERO: Final = Num(0)
_PARTED: Final = frozenset({"+", "-", "*", "/", "neg"})


def whole_number(exponent: Term) -> int | None:
    """The value of an exponent that is a whole number."""
    if isinstance(exponent, Num):
        return exponent.value
    try:
        top, bottom = Field().quotient(exponent)
    except OutsideFragment:
        return None
    if not set(top) <= {ONE} or bottom != {ONE: 1}:
        return None
    value = top.get(ONE, 0)
    return int(value) if value == int(value) else None


def laurent(r: Rewriting) -> Laurent:
    """An arithmetic in which the elements of {0, 1} known here satisfy z^2 = z, and roots their powers."""
    return Laurent(lambda atom: is_bit(r, atom), roots=True, bound=r.bound)


def monomial_below(r: Rewriting, name: str) -> tuple[Laurent, Monomial, Coefficient] | None:
    """What stands below a binder, opened with this name, if it is one monomial: its arithmetic, it, its coefficient."""
    if not isinstance(r.term, Bind):
        return None
    numbers = laurent(r)
    try:
        polynomial = numbers.polynomial(opened(r.term, name)[0])
    except OutsideFragment:
        return None
    if len(polynomial) != 1:
        return None
    ((monomial, coefficient),) = polynomial.items()
    return numbers, monomial, coefficient


def is_bit(r: Rewriting, atom: Term) -> bool:
    """Whether an atom is known to be 0 or 1."""
    plain = isinstance(atom, Var) or (isinstance(atom, App) and atom.head in ("at", "delta"))
    return plain and r.known(App("in", (atom, _BITS)))


def combine(r: Rewriting) -> None:
    """The canonical form of an arithmetic term whose atoms are normal already.

    A term that divides by what may vanish stays as it is, unless conditions may be assumed; but for its parts.
    """
    numbers = laurent(r)
    try:
        polynomial = numbers.polynomial(r.term)
    except OutsideFragment:
        return
    if may_divide(r, numbers):
        r.compute(numbers.written(polynomial), algebra_of(numbers))
    elif isinstance(r.term, App) and r.term.head in _PARTED:
        for place in range(len(r.term.args)):
            r.inside(place, combine)


def may_divide(r: Rewriting, numbers: Field) -> bool:
    """Whether every denominator met is known not to vanish, or may be assumed not to."""
    return r.assuming or (
        all(r.known(App("!=", (d, _ZERO))) for d in numbers.denominators) and all(map(r.known, numbers.signs))
    )


def algebra_of(numbers: Field) -> str:
    """The computation that justifies what was done: plain, with z^2 = z, or with roots."""
    return "root-algebra" if numbers.signs else "bit-algebra" if numbers.used_bits else "algebra"


def constant_first(part: Rewriting) -> None:
    """A monomial below a binder as c * rest, where c does not depend on the binder's variable."""
    if not part.bound:
        return
    numbers = laurent(part)
    try:
        polynomial = numbers.polynomial(part.term)
    except OutsideFragment:
        return
    if len(polynomial) != 1 or not may_divide(part, numbers):
        return
    ((monomial, coefficient),) = polynomial.items()
    name = part.bound[-1]
    rest = tuple(pair for pair in monomial if name in numbers.atoms[pair[0]].free_vars)
    free = tuple(pair for pair in monomial if pair not in rest)
    if rest and (free or coefficient != 1):
        whole = mul(numbers.written_monomial(free, coefficient), numbers.written_monomial(rest, 1))
        part.compute(whole, algebra_of(numbers))

"""Roots of powers in disguise: sqrt(A + B sqrt(C)) = |sqrt(p) + s sqrt(q)| with p + q = A, 4 p q = B^2 C, and numbers
(A + B sqrt(C))^(1/3) = p + q sqrt(C), where n^3 = A^2 - B^2 C and s = 2 p is a root of s^3 - 3 n s = 2 A.

Source: Borodin, Fagin, Hopcroft, Tompa, *Decreasing the nesting depth of expressions involving square roots* (1985).
"""

from __future__ import annotations

from fractions import Fraction
from math import copysign, isqrt, lcm, sqrt
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import laurent
from derivations.normal_form.factors import factored
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Monomial, Polynomial, constant, plus, raised, times
from derivations.term import App, Num, Term, add, power, sub, subterms

_LARGEST: Final = 10**12  # so that floating point tells the nearest whole number


def is_nested(radicand: Term) -> bool:
    """Whether there are roots below the root."""
    return any(
        isinstance(part, App) and (part.head == "sqrt" or (part.head == "^" and not isinstance(part.args[1], Num)))
        for part in subterms(radicand)
    )


def denested(r: Rewriting) -> bool:
    """Write the radicand of a square root as a square, if it is one; says whether it was."""
    inner = r.term.args[0] if isinstance(r.term, App) else r.term
    numbers = laurent(r)
    try:
        found = _halves(numbers, numbers.polynomial(inner))
    except OutsideFragment:
        return False
    if found is None:
        return False
    first, second = (_root(r, numbers.written(half)) for half in found[:2])
    square = power((add if found[2] > 0 else sub)(first, second), 2)
    if not laurent(r).equal(square, inner):
        return False
    r.inside(0, lambda part: part.compute(square, "root-algebra"))
    return True


def cube_denested(r: Rewriting) -> bool:
    """Write the base of a third root, a number with one square root, as a cube, if it is one; says whether it was."""
    base = r.term.args[0] if isinstance(r.term, App) else r.term
    numbers = laurent(r)
    try:
        found = _third(numbers, numbers.polynomial(base))
    except OutsideFragment:
        return False
    if found is None:
        return False
    cube = power(numbers.written(found), 3)
    part = r.trial()
    part.inside(0, lambda inner: inner.compute(cube, "root-algebra"))
    if not laurent(r).equal(cube, base) or not part.attempt("power-of-power"):
        return False
    r.term = part.term
    r.moves.extend(part.moves)
    return True


def _third(numbers: Laurent, base: Polynomial) -> Polynomial | None:
    """p + q m, for a number A + B m where m is a product of square roots of numbers."""
    roots = [monomial for monomial in base if monomial != ONE]
    if len(roots) != 1 or len(base) != 2:
        return None
    below = numbers.reduced(raised({roots[0]: 1}, 2))
    if not set(below) <= {ONE}:
        return None
    plain, factor, square = Fraction(base[ONE]), Fraction(base[roots[0]]), Fraction(below.get(ONE, 0))
    if max(map(abs, (plain, factor, square))) > _LARGEST:
        return None
    norm = _cube_root(plain**2 - factor**2 * square)
    if norm is None:
        return None
    scale = lcm(norm.denominator, plain.denominator)
    larger, smaller = (_cbrt(float(plain) + sign * float(factor) * sqrt(square)) for sign in (1, -1))
    trace = Fraction(round((larger + smaller) * scale), scale)
    divisor = trace**2 - norm
    if trace**3 - 3 * norm * trace != 2 * plain or not divisor:
        return None
    return plus({ONE: trace / 2} if trace else {}, {roots[0]: factor / divisor})


def _cube_root(value: Fraction) -> Fraction | None:
    """The rational third root, None if there is none."""
    top, bottom = (round(_cbrt(float(part))) for part in (value.numerator, value.denominator))
    return Fraction(top, bottom) if bottom and Fraction(top, bottom) ** 3 == value else None


def _cbrt(value: float) -> float:
    return copysign(abs(value) ** (1 / 3), value)


def _root(r: Rewriting, radicand: Term) -> Term:
    """The normal form of a square root."""
    part = r.trial(App("sqrt", (radicand,)))
    r.normal(part)
    return part.term


def _halves(numbers: Laurent, radicand: Polynomial) -> tuple[Polynomial, Polynomial, int] | None:
    """p, q and the sign s, for a radicand A + B m where m is a product of roots."""
    parts: dict[Monomial, Polynomial] = {}
    for monomial, coefficient in radicand.items():
        roots = tuple(pair for pair in monomial if pair[0] in numbers.roots)
        rest = tuple(pair for pair in monomial if pair[0] not in numbers.roots)
        parts.setdefault(roots, {})[rest] = coefficient
    plain = parts.pop(ONE, None)
    if plain is None or len(parts) != 1:
        return None
    ((monomial, factor),) = parts.items()
    below = numbers.reduced(times(raised(factor, 2), raised({monomial: 1}, 2)))
    if any(g in numbers.roots for m in below for g, _ in m):
        return None
    root = _square_root(plus(raised(plain, 2), below, -1))
    if root is None:
        return None
    half: Polynomial = constant(Fraction(1, 2))
    sign = 1 if next(iter(factor.values())) > 0 else -1
    return times(plus(plain, root), half), times(plus(plain, root, -1), half), sign


def _square_root(polynomial: Polynomial) -> Polynomial | None:
    """A polynomial whose square this is, None if there is none."""
    if not polynomial:
        return {}
    content, common, factors = factored(polynomial)
    top, bottom = content.numerator, content.denominator
    odd = any(e % 2 for _, e in common) or any(e % 2 for _, e in factors)
    if odd or top < 0 or isqrt(top) ** 2 != top or isqrt(bottom) ** 2 != bottom:
        return None
    root: Polynomial = {tuple((g, e // 2) for g, e in common): Fraction(isqrt(top), isqrt(bottom))}
    for factor, exponent in factors:
        root = times(root, raised(factor, exponent // 2))
    return root

"""Square roots of squares in disguise: sqrt(A + B sqrt(C)) = |sqrt(p) + s sqrt(q)| with p + q = A, 4 p q = B^2 C.

Source: Borodin, Fagin, Hopcroft, Tompa, *Decreasing the nesting depth of expressions involving square roots* (1985).
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import laurent
from derivations.normal_form.factors import factored
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Monomial, Polynomial, constant, plus, raised, times
from derivations.term import App, Num, Term, add, power, sub, subterms


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

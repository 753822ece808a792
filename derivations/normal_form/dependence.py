"""What of a polynomial depends on a variable: monomials split into a dependent part and its coefficient."""

from __future__ import annotations

from derivations.normal_form.canonical import Laurent
from derivations.polynomial import Monomial, Polynomial


def by_dependence(numbers: Laurent, polynomial: Polynomial, name: str) -> dict[Monomial, Polynomial]:
    """monomial in atoms that mention `name` -> its coefficient, a polynomial in the others."""
    groups: dict[Monomial, Polynomial] = {}
    for monomial, coefficient in polynomial.items():
        inner = tuple(p for p in monomial if name in numbers.atoms[p[0]].free_vars)
        outer = tuple(p for p in monomial if name not in numbers.atoms[p[0]].free_vars)
        groups.setdefault(inner, {})[outer] = coefficient
    return groups

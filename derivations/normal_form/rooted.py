"""Polynomials in roots and in what these are the roots of, as polynomials in the roots alone: a - 2 sqrt(a) + 1 is
(sqrt(a) - 1)^2, which shows its sign.
"""

from __future__ import annotations

from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Canonical
from derivations.polynomial import Polynomial, monomial_product, root_of
from derivations.term import App, Num, Term, div

_ROOTS: Final = frozenset({"^", "sqrt"})


def over_roots(term: Term) -> Term | None:
    """A term by its irreducible factors, as a rational function of the roots in it; None where that changes nothing.

    >>> from derivations.notation import read
    >>> print(over_roots(read("a - 2 * sqrt(a) + 1")))
    (1 - sqrt(a))^2
    """
    numbers = Canonical()
    try:
        top, bottom = numbers.quotients(term)[0]
        powers = _powers_of_roots(numbers)
        if not powers:
            return None
        over = div(*(numbers.written(_replaced(polynomial, powers)) for polynomial in (top, bottom)))
        return Canonical().factors(over)
    except OutsideFragment:
        return None


def _powers_of_roots(numbers: Canonical) -> dict[int, tuple[int, int]]:
    """For an atom of which a root occurs, the root and its degree."""
    places = {atom: generator for generator, atom in enumerate(numbers.atoms)}
    found: dict[int, tuple[int, int]] = {}
    for generator, atom in enumerate(numbers.atoms):
        root = root_of(atom) if isinstance(atom, App) and atom.head in _ROOTS else None
        if root is not None and root[1] in places and not isinstance(root[1], Num):
            found[places[root[1]]] = generator, root[0]
    return found


def _replaced(polynomial: Polynomial, powers: dict[int, tuple[int, int]]) -> Polynomial:
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        replaced: tuple[tuple[int, int], ...] = ()
        for generator, exponent in monomial:
            root, degree = powers.get(generator, (generator, 1))
            replaced = monomial_product(replaced, ((root, exponent * degree),))
        total[replaced] = total.get(replaced, 0) + coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}

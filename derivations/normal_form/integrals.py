"""Integrals: taken apart by linearity as sums are, then simplified by what is known of densities.

What is left is int[x in D](monomial) with coefficient 1.
"""

from __future__ import annotations

from typing import Final

from derivations.normal_form.collecting import combine
from derivations.normal_form.derivatives import vanishing
from derivations.normal_form.exponentials import exponential_moment
from derivations.normal_form.gaussians import moment
from derivations.normal_form.linearity import Linear, linear
from derivations.normal_form.order import outwards
from derivations.normal_form.rewriting import Rewriting
from derivations.term import Bind, Num


def integral(r: Rewriting) -> None:
    """int[x in D](F(x))."""
    r.inside(0, r.normal)
    r.inside(1, r.normal)
    linear(r, _LINEAR)
    combine(r)


def _constant(r: Rewriting) -> None:
    """An integrand that does not depend on the variable: the size of the set is no number that we know."""
    if isinstance(r.term, Bind) and r.term.bodies[0] == Num(0):
        r.apply("integral-of-zero")


def _of_monomial(r: Rewriting) -> None:
    """The laws of densities on int[x in D](monomial), the moments that are known, the order of integrals."""
    if r.attempt("normalisation-of-density", surely=True) or vanishing(r):
        return
    if not (moment(r) or exponential_moment(r)):
        outwards(r)


_LINEAR: Final = Linear("integral-of-sum", "integral-constant-factor", _constant, _of_monomial)

"""Two values of one function differ by no more than the distance of the places times a bound of the derivative.

|sin a - sin b| <= |a - b| asks for |cos t| <= 1 for every t, which is an inequality in one variable.

Untrusted: the kernel replays every move.
"""

from __future__ import annotations

from typing import TypeAlias

from derivations.errors import KernelError, OutsideFragment
from derivations.extremes import by_extremes, range_of
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move, after
from derivations.matching import function
from derivations.normal_form import normal_form
from derivations.normal_form.canonical import Canonical
from derivations.term import App, Bind, Term, Var, div, fresh_name, mul, opened, substituted

_Moves: TypeAlias = "tuple[Move, ...]"


def by_slope(claim: Term, given: Given) -> _Moves | None:
    """Moves that prove |F(x) - F(y)| <= c |x - y| for two letters by |F'| <= c; None where the claim has another form.

    >>> from derivations.notation import read
    >>> given = Given.of("a in reals", "b in reals")
    >>> by_slope(read("abs(sin(a) - sin(b)) <= abs(a - b)"), given) is not None
    True
    """
    match claim:
        case App("<=", (App("abs", (App("-", (left, right)),)), bound)) if "abs" in bound.heads:
            pass
        case _:
            return None
    if len(left.free_vars - right.free_vars) != 1 or len(right.free_vars - left.free_vars) != 1:
        return None
    (one,), (other,) = left.free_vars - right.free_vars, right.free_vars - left.free_vars
    ends = range_of(one, given)
    if substituted(left, {one: Var(other)}) != right or ends is None or ends != range_of(other, given):
        return None
    try:
        return _proof(claim, given, function(left, one), (one, other), ends)
    except (KernelError, OutsideFragment):
        return None


def _proof(claim: App, given: Given, shape: Term, names: tuple[str, str], ends: tuple[Term, Term]) -> _Moves | None:
    places = [Var(name) for name in names]
    distance = App("abs", (App("-", tuple(places)),))
    factor = _plain(div(claim.args[1], distance), names)
    if factor is None:
        return None
    start = (Inside(1, (Apply("algebra", (("?b", mul(factor, distance)),)),)),)
    known = (("?F", shape), ("?c", factor), ("?x", places[0]), ("?y", places[1]), ("?a", ends[0]), ("?b", ends[1]))
    step = Apply("mean-value-inequality", known)
    reached = after(claim, (*start, step), given)
    if not isinstance(reached, Bind):
        return None
    name = fresh_name(reached.hint, given.names | reached.free_vars)
    inside = given.assume(App("in", (Var(name), reached.arg)))
    slope = opened(reached, name)[0]
    normal, moves = normal_form(slope, inside)
    found = by_extremes(normal, inside)
    return None if found is None else (*start, step, Inside(1, (*moves, *found), name))


def _plain(term: Term, names: tuple[str, str]) -> Term | None:
    """A quotient worked out, if the two letters cancel."""
    numbers = Canonical()
    product = numbers.factors(term)
    return product if product.free_vars.isdisjoint(names) else None

"""Sums over ranges in the usual order: an index that functions take as n - i runs the other way, a sum over a triangle
runs over the rows first, and one of products over a triangle is half a square.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.errors import OutsideFragment
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Field, Polynomial
from derivations.term import App, Bind, Bound, Term, Var, add, mul, opened, subterms
from derivations.vocabulary import ARITHMETIC, FUNCTIONS


def over_triangle(r: Rewriting) -> bool:
    """sum[i in range(a, b)](sum[j in range(i, b)](F)) with j outside; says whether it was one."""
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.bodies[0], Bind) or term.bodies[0].head != "sum":
        return False
    inner = term.bodies[0].arg
    if not isinstance(inner, App) or inner.head != "range" or inner.args[0] != Bound(0):
        return False
    if not r.attempt("sum-over-triangle"):
        return False
    r.normal(r)
    return True


def rearranged(r: Rewriting) -> bool:
    """A sum over a range taken in the opposite order, or as half a square; says whether it changed."""
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.head != "range":
        return False
    name = r.fresh(term.hint)
    if not (_square(r) or (_runs_backwards(opened(term, name)[0], name) and r.attempt("sum-reversed"))):
        return False
    r.normal(r)
    return True


def _square(r: Rewriting) -> bool:
    """sum[i in range(a, b)](F(i) * sum[j in range(a, i)](F(j))), its factors in any order."""
    trial = r.trial()

    def arranged(part: Rewriting) -> None:
        match part.term:
            case App("*", (Bind("sum", _, App("range", (_, Var()))) as inner, other)):
                part.compute(mul(other, inner))

    trial.inside(1, arranged)
    if not trial.attempt("sum-of-products-over-triangle"):
        return False
    r.term = trial.term
    r.moves.extend(trial.moves)
    return True


def _runs_backwards(body: Term, name: str) -> bool:
    """Whether all functions that take the index i take -i, beside anything else, and there is one."""
    taken = [argument for argument in _arguments(body) if name in argument.free_vars]
    return bool(taken) and all(_is_negated(argument, name) for argument in taken)


def _arguments(body: Term) -> Iterator[Term]:
    """The arguments of abstract functions and the indices of components."""
    for part in subterms(body):
        if isinstance(part, App) and (part.head == "at" or not (part.head in ARITHMETIC or part.head in FUNCTIONS)):
            yield from part.args


def _is_negated(argument: Term, name: str) -> bool:
    numbers = Field()
    try:
        rest, bottom = numbers.quotient(add(argument, Var(name)))
    except OutsideFragment:
        return False
    return bottom == {ONE: 1} and not _mentions(numbers, rest, name)


def _mentions(numbers: Field, polynomial: Polynomial, name: str) -> bool:
    return any(name in numbers.atoms[g].free_vars for monomial in polynomial for g, _ in monomial)

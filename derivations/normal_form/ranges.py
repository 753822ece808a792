"""Sums over ranges brought to one form: the index as its functions have it, and the first index 1.

sum[i in range(0, n - 1)](x(i + 1)) becomes a sum over range(1, n) of x(i), sum[i in range(n + 1, m)](x(i)) the sum up
to m less the one up to n. A sum over a triangle runs over the rows first.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import whole_number
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE, Field, Polynomial
from derivations.term import App, Bind, Bound, Num, Term, Var, add, mul, number, opened, sub, subterms
from derivations.vocabulary import ARITHMETIC, FUNCTIONS

_ONE: Final = Num(1)


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


def rebased(r: Rewriting) -> bool:
    """sum[i in range(a, b)](monomial) with its index and its first index in the usual form; says whether it changed."""
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.head != "range":
        return False
    if _square(r):
        r.normal(r)
        return True
    name = r.fresh(term.hint)
    slope, offset = _places(opened(term, name)[0], name)
    if slope < 0 and r.attempt("sum-reversed"):
        r.normal(r)
        return True
    if slope > 0 and offset and r.attempt("sum-shifted", c=number(Fraction(offset))):
        r.normal(r)
        return True
    return slope > 0 and _from_one(r, term.arg.args[0])


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


def _from_one(r: Rewriting, low: Term) -> bool:
    """The sum with the first index 1, where that is known to be possible."""
    start = whole_number(low)
    if start == 1:
        return False
    if start is not None and start < 1:
        done = r.attempt("sum-split", b=Num(0))
    else:
        numbers = Laurent()
        last = numbers.written(numbers.polynomial(sub(low, _ONE)))
        trial = r.trial()
        trial.inside(0, lambda domain: domain.inside(0, lambda end: end.compute(add(last, _ONE))))
        done = trial.attempt("sum-of-tail", a=_ONE)
        if done:
            r.term = trial.term
            r.moves.extend(trial.moves)
    if done:
        r.normal(r)
    return done


def _places(body: Term, name: str) -> tuple[int, int]:
    """Where the functions of a summand are taken, i + c or c - i: the sign of i and the least c; (0, 0) for nowhere."""
    slopes: set[int] = set()
    offsets: list[int] = []
    for argument in _arguments(body):
        if name not in argument.free_vars:
            continue
        found = _linear(argument, name)
        if found is None:
            return 0, 0
        slopes.add(found[0])
        if found[1] is not None:
            offsets.append(found[1])
    if slopes == {1} and offsets:
        return 1, min(offsets)
    return (-1, 0) if slopes == {-1} else (0, 0)


def _arguments(body: Term) -> Iterator[Term]:
    """The arguments of abstract functions and the indices of components."""
    for part in subterms(body):
        if isinstance(part, App) and (part.head == "at" or not (part.head in ARITHMETIC or part.head in FUNCTIONS)):
            yield from part.args


def _linear(argument: Term, name: str) -> tuple[int, int | None] | None:
    """(1, c) for i + c with a number c, (1, None) and (-1, None) for i and -i beside anything else; else None."""
    numbers = Field()
    try:
        rest, bottom = numbers.quotient(sub(argument, Var(name)))
        if bottom == {ONE: 1} and not _mentions(numbers, rest, name):
            whole = rest.get(ONE, 0)
            return (1, int(whole)) if set(rest) <= {ONE} and whole == int(whole) else (1, None)
        rest, bottom = numbers.quotient(add(argument, Var(name)))
    except OutsideFragment:
        return None
    return (-1, None) if bottom == {ONE: 1} and not _mentions(numbers, rest, name) else None


def _mentions(numbers: Field, polynomial: Polynomial, name: str) -> bool:
    return any(name in numbers.atoms[g].free_vars for monomial in polynomial for g, _ in monomial)

"""Limits: of continuous functions, of c/t + b, of c t log t + F(t), and by leading terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from derivations.asymptotics import limit_of
from derivations.errors import OutsideFragment
from derivations.kernel import Move
from derivations.matching import function
from derivations.normal_form.collecting import laurent
from derivations.normal_form.dependence import by_dependence
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import ONE
from derivations.term import App, Bind, Num, Term, Var, add, div, mul, opened, subterms
from derivations.vocabulary import ARITY


def limit(r: Rewriting) -> None:
    """limit_right[t = a](F(t)), limit_left or limit."""
    as_written = r.term, list(r.moves)
    if not isinstance(r.term, Bind):
        return
    if _by_definition(r):
        return
    r.inside(1, r.normal)
    term = r.term
    if any(r.attempt(f"{side}-continuous") for side in ("limit-right", "limit-left", "limit")):
        r.normal(r)
    elif r.attempt("limit-reflected"):
        limit(r)
    elif term.head == "limit_right" and term.arg == Num(0) and _at_zero(r):
        r.normal(r)
    else:
        _by_leading_terms(r, as_written)


def _by_leading_terms(r: Rewriting, as_written: tuple[Term, list[Move]]) -> None:
    """The value by the growth of its terms: those of the normal form of the body, or of the body as it was written."""
    for term, moves in ((r.term, list(r.moves)), as_written):
        found = limit_of(term, r.given) if isinstance(term, Bind) else None
        if found is not None:
            r.term, r.moves = term, moves
            r.compute(found, "leading-terms")
            r.normal(r)
            return


def _by_definition(r: Rewriting) -> bool:
    """A limit of difference quotients of an abstract function, as they are written, as the derivative they define."""
    for rule, value, name in _shapes(r):
        if value.heads - ARITY.keys() and r.attempt(rule, F=function(value, name), x=Var(name)):
            r.normal(r)
            return True
    return False


def _shapes(r: Rewriting) -> Iterator[tuple[str, Term, str]]:
    """The row that may fit, with F(x) and x."""
    name = r.fresh("h")
    match r.term:
        case Bind("limit", _, Num(0)) as term:
            match opened(term, name)[0]:
                case App("/", (App("-", (moved, value)), Var(step))) if step == name:
                    places = {part.args[0] for part in subterms(moved) if _is_step(part, name)}
                    yield from (("limit-of-increments", value, x.name) for x in places if isinstance(x, Var))
        case Bind("limit", _, Var(place)) as term:
            match opened(term, name)[0]:
                case App("/", (App("-", (_, value)), App("-", (Var(near), Var(at))))) if (near, at) == (name, place):
                    yield "limit-of-difference-quotients", value, place


def _is_step(part: Term, name: str) -> TypeGuard[App]:
    """x + h."""
    return isinstance(part, App) and part.head == "+" and part.args[1] == Var(name)


def _at_zero(r: Rewriting) -> bool:
    """Bring F(t) into the shape of a row, by what multiplies 1/t or t log t."""
    shaped: list[bool] = []
    term = r.term
    if not isinstance(term, Bind):
        return False
    name = r.fresh(term.hint)
    r.inside(1, lambda part: shaped.append(_shaped(part, name)))
    return shaped == [True] and (r.attempt("limit-at-pole") or r.attempt("limit-of-t-log-t"))


def _shaped(part: Rewriting, name: str) -> bool:
    numbers = laurent(part)
    try:
        polynomial = numbers.polynomial(part.term)
    except OutsideFragment:
        return False
    t = Var(name)
    groups = by_dependence(numbers, polynomial, name)
    place = numbers.generator(t)
    pole, constant = groups.pop(((place, -1),), None), groups.pop(ONE, {})
    if pole is not None:
        if groups:
            return False
        part.compute(add(mul(numbers.written(pole), div(Num(1), t)), numbers.written(constant)))
        return True
    slow = tuple(sorted([(place, 1), (numbers.generator(App("log", [t])), 1)]))
    coefficient = groups.pop(slow, None)
    if coefficient is None:
        return False
    rest = {m: c for m, c in polynomial.items() if not set(slow) <= set(m)}
    part.compute(add(mul(numbers.written(coefficient), mul(t, App("log", [t]))), numbers.written(rest)))
    return True

r"""Integrals over a real variable of which only values and densities are used, as integrals over any measure space.

`\int (x - \mu)^2 p(x)\,dx` calculates with x, but asks nothing of the real line: what holds over a set of numbers with
any measure holds over the line, and over a small set of numbers a false step has a counterexample. That the integrals
that are met converge is given, as for other sets. Exponentials, shifted arguments, normal densities and derivatives in
the variable do need the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from derivations.latex.sets import set_name
from derivations.matching import mentions
from derivations.term import App, Bind, Bound, Num, Term, Var, bind, subterms
from derivations.vocabulary import ARITHMETIC, FUNCTIONS

_REALS: Final = App("reals")
_ALLOWED: Final = frozenset({"+", "-", "*", "neg"})


def over_any_measure(terms: Iterable[Term], facts: Iterable[Term]) -> tuple[list[Term], list[Term]] | None:
    """Terms and facts with sets of numbers for the real line; None where the line is needed, or no density is met."""
    terms, facts = list(terms), list(facts)
    parts = [part for term in terms for part in subterms(term)]
    integrals = [part for part in parts if isinstance(part, Bind) and part.head == "int" and part.arg == _REALS]
    names = {integral.hint for integral in integrals}
    densities = {
        fact.hint for fact in facts if isinstance(fact, Bind) and fact.head == "density" and fact.arg == _REALS
    }
    free = frozenset[str]().union(*(term.free_vars for term in terms))
    if not integrals or not names <= densities or names & free or not all(_asks_little(one) for one in integrals):
        return None
    found = [bind("integrable", name, Var(set_name(name)), App("?F", (Var(name),))) for name in sorted(names)]
    return [_moved(term) for term in terms], [*map(_moved, facts), *found]


def _moved(term: Term) -> Term:
    """The term with the set of each variable for the real line below integrals, and in what is said of densities."""
    if isinstance(term, App):
        return App(term.head, [_moved(arg) for arg in term.args])
    if not isinstance(term, Bind):
        return term
    on_line = term.head in ("int", "density") and term.arg == _REALS
    domain = Var(set_name(term.hint)) if on_line else _moved(term.arg)
    return Bind(term.head, term.hint, domain, [_moved(body) for body in term.bodies])


def needs_line(term: Term) -> bool:
    """Whether an integral over a set of which nothing is known calculates with its variable as on the real line.

    >>> from derivations.notation import read
    >>> needs_line(read("int[x in X](p(x) * f(x))")), needs_line(read("int[x in X](exp(x) * p(x))"))
    (False, True)
    """
    return any(
        isinstance(part, Bind) and part.head == "int" and isinstance(part.arg, Var) and not _asks_little(part)
        for part in subterms(term)
    )


def _asks_little(integral: Bind) -> bool:
    return _is_plain(integral.bodies[0], 0)


def _is_plain(term: Term, place: int) -> bool:
    """Whether a variable is only calculated with as in a polynomial, and put into abstract functions as it is."""
    if isinstance(term, Bound) or not mentions(term, place):
        return True
    if isinstance(term, Bind):
        return not mentions(term.arg, place) and all(_is_plain(body, place + 1) for body in term.bodies)
    if not isinstance(term, App):
        return False
    match term:
        case App("/", (top, bottom)):
            return _is_plain(top, place) and (not mentions(bottom, place) or _is_of_functions(bottom, place))
        case App("^", (base, Num())):
            return _is_plain(base, place)
        case App("log", (inner,)):
            return _is_of_functions(inner, place)
        case App(head, args) if head in _ALLOWED:
            return all(_is_plain(arg, place) for arg in args)
    return _is_of_functions(term, place)


def _is_of_functions(term: Term, place: int) -> bool:
    """Whether a variable stands only as an argument of abstract functions."""
    if not mentions(term, place):
        return True
    if isinstance(term, Bind):
        return not mentions(term.arg, place) and all(_is_of_functions(body, place + 1) for body in term.bodies)
    if not isinstance(term, App):
        return False
    if term.head in ("*", "/"):
        return all(_is_of_functions(arg, place) for arg in term.args)
    abstract = term.head not in ARITHMETIC and term.head not in FUNCTIONS
    return abstract and all(arg == Bound(place) or not mentions(arg, place) for arg in term.args)

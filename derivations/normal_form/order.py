"""Double sums and integrals in one order: a set whose name comes first goes outside."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.collecting import algebra_of, combine, laurent
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import Monomial
from derivations.term import App, Bind, Term, Var, bind, fresh_name, mul, opened, subterms

# (outer, inner) -> the row that exchanges them, whether backwards, and the row that takes a factor into the inner one.
_SWAPS: Final = {
    ("sum", "sum"): ("sum-swap", False, "sum-constant-factor"),
    ("int", "int"): ("integral-swap", False, "integral-constant-factor"),
    ("int", "sum"): ("sum-of-integrals", True, "sum-constant-factor"),
}
# Sums stand outside integrals.
_RANK: Final = {"sum": 0, "int": 1}


def outwards(r: Rewriting) -> None:
    """Move an inner sum or integral outside where it comes first, with the factors beside it taken in."""
    term = r.term
    if not isinstance(term, Bind):
        return
    body = term.bodies[0]
    if isinstance(body, Bind):
        _swapped(r, body)
    elif isinstance(body, App) and body.head == "*":
        _taken_in(r, term)


def _swapped(r: Rewriting, inner: Bind) -> None:
    term = r.term
    if not isinstance(term, Bind) or (term.head, inner.head) not in _SWAPS or inner.arg.loose:
        return
    rule, reverse, _ = _SWAPS[term.head, inner.head]
    swapped = r.trial()
    if not swapped.attempt(rule, reverse=reverse):
        return
    if term.head == inner.head and term.arg == inner.arg and _comes_apart(r, rule):
        return
    if _order(swapped.term) < _order(term):
        r.apply(rule, reverse=reverse)
        r.normal(r)
    elif _may_shrink(r, term, inner):
        swapped.inside(1, r.normal)
        swapped.inside(1, combine)
        if _size(swapped.term) < _size(term):
            r.term = swapped.term
            r.moves.extend(swapped.moves)
            r.normal(r)


def _comes_apart(r: Rewriting, rule: str) -> bool:
    """Exchange two sums over one set where a factor of the inner one is then free of its variable."""
    swapped = r.trial()
    swapped.apply(rule)
    swapped.inside(1, r.normal)
    if isinstance(swapped.term, Bind) and isinstance(swapped.term.bodies[0], Bind):
        return False
    r.term = swapped.term
    r.moves.extend(swapped.moves)
    r.normal(r)
    return True


def _may_shrink(r: Rewriting, term: Bind, inner: Bind) -> bool:
    """Whether a factor of the summand is a mass function, or a density, in the variable of the outer binder."""
    name = r.fresh(term.hint)
    body, taken = opened(term, name)[0], r.given.names | {name}
    if not isinstance(body, Bind):
        return False
    while isinstance(body, Bind):  # it may have to pass several binders
        other = fresh_name(body.hint, body.free_vars | taken)
        taken |= {other}
        body = opened(body, other)[0]
    judgement = "density" if term.head == "int" else "pmf"
    return any(
        isinstance(part, App) and part.loose == 0 and name in part.free_vars
        and r.known(bind(judgement, name, term.arg, part))
        for part in subterms(body)
    )  # fmt: skip


def _size(term: Term) -> int:
    return sum(isinstance(part, Bind) for part in subterms(term))


def _taken_in(r: Rewriting, term: Bind) -> None:
    """D(rest * C(F)) as C(D(rest * F)), where the set of C comes before that of D."""
    name = r.fresh(term.hint)
    body = opened(term, name)[0]
    if any(isinstance(part, App) and part.head == "at" and part.args[0] == Var(name) for part in subterms(body)):
        return  # coordinates of a vector have an order of their own
    numbers = laurent(r)
    try:
        polynomial = numbers.polynomial(body)
    except OutsideFragment:
        return
    if len(polynomial) != 1:
        return
    ((monomial, coefficient),) = polynomial.items()
    chosen = _first(term, numbers.atoms, monomial, name)
    if chosen is None:
        return
    atom = numbers.atoms[chosen]
    if not isinstance(atom, Bind):
        return
    rest = tuple((g, e - (g == chosen)) for g, e in monomial)
    rest = tuple(p for p in rest if p[1])
    rule, reverse, factor_row = _SWAPS[term.head, atom.head]
    product = mul(numbers.written_monomial(rest, Fraction(coefficient)), atom)
    part = r.trial()
    done: list[bool] = []

    def bring_in(inner: Rewriting) -> None:
        inner.compute(product, algebra_of(numbers))
        done.append(inner.attempt(factor_row, reverse=True))

    # The summand is written with the name that `inside` opens it with, which is the one that was used here.
    part.inside(1, bring_in)
    if done == [True] and part.attempt(rule, reverse=reverse):
        if _key(atom) == _key(term):
            part.inside(1, r.normal)
            if str(_nameless(part.term)) >= str(_nameless(term)):
                return
        r.term = part.term
        r.moves.extend(part.moves)
        r.normal(r)


def _first(term: Bind, atoms: list[Term], monomial: Monomial, name: str) -> int | None:
    """The generator of the inner binder that should stand outside, None where the order is right."""
    found = [
        (_key(atom), g)
        for g, e in monomial
        if e == 1 and isinstance(atom := atoms[g], Bind) and (term.head, atom.head) in _SWAPS
        and name in atom.free_vars and name not in atom.arg.free_vars and _key(atom) <= _key(term)
    ]  # fmt: skip
    return min(found)[1] if found else None


def _key(term: Bind) -> tuple[int, str]:
    return (_RANK[term.head], str(term.arg))


def _order(term: Term) -> tuple[int, str, str]:
    """Where a binder belongs; two over one set are told apart by what is summed, whatever the variables are called."""
    return (*_key(term), str(_nameless(term))) if isinstance(term, Bind) else (0, "", "")


def _nameless(term: Term) -> Term:
    """A term whose bound variables all have one name to be printed with."""
    if isinstance(term, App):
        return App(term.head, [_nameless(arg) for arg in term.args])
    if isinstance(term, Bind):
        return Bind(term.head, "z", _nameless(term.arg), [_nameless(body) for body in term.bodies])
    return term

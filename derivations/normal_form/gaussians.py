"""Moments of the normal distribution; under any other integrand the standard normal distribution; its formula."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from derivations.matching import function
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import algebra_of, monomial_below
from derivations.normal_form.exponentials import degree_of, moved
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import Monomial
from derivations.term import App, Bind, Num, Term, Var, children, mul, power, subterms

_MOST_MOMENT: Final = 24


def moment(r: Rewriting) -> bool:
    """int[x in reals](normal(x, m, v) * rest), where the integrand is one monomial; says whether anything was done."""
    term = r.term
    if not isinstance(term, Bind) or term.arg != App("reals"):
        return False
    name = r.fresh(term.hint)
    found = monomial_below(r, name)
    if found is None:
        return False
    numbers, monomial, coefficient = found
    density = _density(numbers, monomial, name)
    if density is None or coefficient != 1:
        return False
    others = tuple(p for p in monomial if p[0] != density)
    exponent = degree_of(numbers, others, name)
    law = numbers.atoms[density]
    if exponent is None and moved(r, numbers, law, others, name):
        return True
    if exponent is None:
        return _standardised(r, numbers, law, numbers.written_monomial(others, Fraction(1)), name)
    if not 1 <= exponent <= _MOST_MOMENT:
        return False
    factor: Term = Var(name) if exponent == 1 else power(Var(name), Num(exponent))
    r.inside(1, lambda part: part.compute(mul(law, factor), algebra_of(numbers)))
    done = r.attempt("normal-mean" if exponent == 1 else "normal-moment")
    if done:
        r.normal(r)
    return done


def _density(numbers: Laurent, monomial: Monomial, name: str) -> int | None:
    """The one generator that is a normal density of the variable."""
    found = []
    for generator, exponent in monomial:
        match numbers.atoms[generator]:
            case App("normal", (Var(value), mean, variance)) if value == name:
                if exponent == 1 and name not in mean.free_vars | variance.free_vars:
                    found.append(generator)
    return found[0] if len(found) == 1 else None


def _standardised(r: Rewriting, numbers: Laurent, law: Term, rest: Term, name: str) -> bool:
    if not isinstance(law, App) or law.args[1:] == (Num(0), Num(1)):
        return False
    r.inside(1, lambda part: part.compute(mul(law, rest), algebra_of(numbers)))
    _, mean, variance = law.args
    if not r.attempt("normal-standardised", m=mean, v=variance, F=function(rest, name)):
        return False
    r.normal(r)
    return True


def written_out(r: Rewriting) -> None:
    """Normal densities by their formula, wherever they stand."""
    if isinstance(r.term, App) and r.term.head == "normal":
        r.attempt("normal-density")
        return
    for child, part in enumerate(children(r.term)):
        if any(isinstance(one, App) and one.head == "normal" for one in subterms(part)):
            r.inside(child, written_out)

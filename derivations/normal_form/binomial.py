"""Moments of the binomial distribution: sum[s in range(0, n)](binom(n, s) a^s b^(n - s) * polynomial in s)."""

from __future__ import annotations

from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import algebra_of, combine, may_divide
from derivations.normal_form.dependence import by_dependence
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import Monomial
from derivations.term import App, Bind, Term, Var, add, mul, opened, power, sub

_MOMENTS: Final = ("binomial-theorem", "binomial-mean", "binomial-second-moment")


def binomial_sum(r: Rewriting) -> bool:
    """Simplify a sum against binomial weights; says whether it was one.

    The summand is taken as it is written, since the normal form of b^(n - s) would hide the weights.
    """
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.head != "range":
        return False
    name = r.fresh(term.hint)
    index, size = Var(name), term.arg.args[1]
    body = opened(term, name)[0]
    if App("binom", (size, index)) not in _factors_of(body):
        return False
    part = r.trial()
    shaped: list[bool] = []
    part.inside(1, lambda summand: shaped.append(_shaped(summand, index, size)))
    if shaped != [True] or not _moments(part):
        return False
    r.term = part.term
    r.moves.extend(part.moves)
    combine(r)
    return True


def _factors_of(term: Term) -> set[Term]:
    if isinstance(term, App) and term.head in ("*", "/", "+", "-", "neg"):
        return set().union(*(_factors_of(arg) for arg in term.args))
    return {term}


def _shaped(part: Rewriting, index: Var, size: Term) -> bool:
    """Write the summand as a sum of coefficient * (weight * power of the index)."""
    numbers = Laurent()
    try:
        groups = by_dependence(numbers, numbers.polynomial(part.term), index.name)
    except OutsideFragment:
        return False
    if not may_divide(part, numbers):
        return False
    written = []
    for monomial, coefficient in sorted(groups.items()):
        moment = _moment(numbers, monomial, index, size)
        if moment is None:
            return False
        written.append(mul(numbers.written(coefficient), moment))
    total: Term = written[0]
    for summand in written[1:]:
        total = add(total, summand)
    part.compute(total, algebra_of(numbers))
    return True


def _moment(numbers: Laurent, monomial: Monomial, index: Var, size: Term) -> Term | None:
    """binom(n, s) * a^s * b^(n - s) * s^k in the order of the rows; None for any other monomial."""
    atoms = {numbers.atoms[g]: e for g, e in monomial}
    degree = atoms.pop(index, 0)
    if atoms.pop(App("binom", (size, index)), 0) != 1 or not 0 <= degree < len(_MOMENTS):
        return None
    rising = [a for a, e in atoms.items() if e == 1 and isinstance(a, App) and a.head == "^" and a.args[1] == index]
    falling = [
        a for a, e in atoms.items() if e == 1 and isinstance(a, App) and a.head == "^" and a.args[1] == sub(size, index)
    ]
    if len(atoms) != 2 or len(rising) != 1 or len(falling) != 1:
        return None
    weight = mul(mul(App("binom", (size, index)), rising[0]), falling[0])
    return weight if degree == 0 else mul(weight, index if degree == 1 else power(index, degree))


def _moments(r: Rewriting) -> bool:
    """Linearity on a summand that `_shaped` has written, then a row for each moment."""
    term = r.term
    if not isinstance(term, Bind):
        return False
    body = term.bodies[0]
    if isinstance(body, App) and body.head == "+":
        r.apply("sum-of-sum")
        done: list[bool] = []
        for side in (0, 1):
            r.inside(side, lambda part: done.append(_moments(part)))
        return all(done)
    r.apply("sum-constant-factor")
    found: list[bool] = []
    r.inside(1, lambda part: found.append(_moment_known(part)))
    return all(found)


def _moment_known(r: Rewriting) -> bool:
    if not any(r.attempt(rule) for rule in _MOMENTS):
        return False
    r.normal(r)
    return True

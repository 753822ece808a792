"""Sums of binomial coefficients and moments of the binomial distribution.

They are sum[s in range(0, n)](binom(n, s) a^s b^(n - s) * polynomial in s), also without the powers of a and b.
"""

from __future__ import annotations

from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import algebra_of, combine, may_divide
from derivations.normal_form.dependence import by_dependence
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import Monomial
from derivations.term import App, Bind, Num, Term, Var, add, mul, power, sub, subterms

_MOST_MOMENT: Final = 8
_MOMENTS: Final = (
    "binomial-theorem", "binomial-mean", "binomial-second-moment", "sum-of-binomials", "sum-of-binomials-by-index",
    "sum-of-weighted-binomials",
)  # fmt: skip


def binomial_sum(r: Rewriting) -> bool:
    """Simplify a sum against binomial weights; says whether it was one.

    The weights are taken as they are written, since the normal form of b^(n - s) would hide them.
    """
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.head != "range":
        return False
    body = term.bodies[0]
    if body.heads.isdisjoint(("binom", "factorial")):
        return False
    index, size = Var(r.fresh(term.hint)), term.arg.args[1]
    part = r.trial()
    shaped: list[bool] = []
    part.inside(1, lambda summand: shaped.append(_prepared(summand, index, size)))
    if shaped != [True] or not _moments(part):
        return _from_zero(r) or _split(r, body)
    r.term = part.term
    r.moves.extend(part.moves)
    combine(r)
    return True


def _from_zero(r: Rewriting) -> bool:
    """A sum from 1 as the one from 0 less its first term, where that is a moment of the distribution."""
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.args[0] != Num(1):
        return False
    part = r.trial()
    part.inside(0, lambda domain: domain.inside(0, lambda end: end.compute(add(Num(0), Num(1)))))
    if not part.attempt("sum-of-tail", a=Num(0)):
        return False
    known: list[bool] = []
    part.inside(0, lambda whole: known.append(binomial_sum(whole)))
    if known != [True]:
        return False
    part.normal(part)
    r.term = part.term
    r.moves.extend(part.moves)
    return True


def _split(r: Rewriting, body: Term) -> bool:
    """A sum of which a part may still be one against binomial weights."""
    done = isinstance(body, App) and body.head in _LINEAR and "binom" in body.heads and r.attempt(_LINEAR[body.head])
    if done:
        r.normal(r)
    return done


_LINEAR: Final = {"+": "sum-of-sum", "-": "sum-of-difference", "neg": "sum-of-negative"}


def _prepared(part: Rewriting, index: Var, size: Term) -> bool:
    if not _weighed(part, index, size):
        return False
    rising = [t.args[0] for t in subterms(part.term) if isinstance(t, App) and t.head == "^" and t.args[1] == index]
    if rising:
        _completed(part, sub(size, index), sub(Num(1), rising[0]))
    return _shaped(part, index, size)


def _completed(part: Rewriting, exponent: Term, rest: Term) -> None:
    """b^(n - s) as (1 - a)^(n - s) where it is that, beside a^s."""
    term = part.term
    if isinstance(term, App) and term.head == "^" and term.args[1] == exponent:
        part.inside(0, lambda base: _written_as(base, (rest,)))
    elif isinstance(term, App) and term.head in _ARITHMETIC:
        for place in range(len(term.args)):
            part.inside(place, lambda inner: _completed(inner, exponent, rest))


def _weighed(part: Rewriting, index: Var, size: Term) -> bool:
    """Write the weights as the rows do, and all else in its normal form; says whether binom(n, s) is there."""
    term, weight = part.term, App("binom", (size, index))
    if not isinstance(term, App):
        part.normal(part)
    elif part.attempt("binomial-by-factorials", reverse=True) or term.head == "binom":
        for place in (0, 1):
            part.inside(place, part.normal)
    elif part.attempt("power-difference", reverse=True):
        part.inside(1, lambda exponent: _written_as(exponent, (sub(size, index),)))
    elif term.head in _ARITHMETIC:
        found: list[bool] = []
        for place in range(len(term.args)):
            part.inside(place, lambda inner: found.append(_weighed(inner, index, size)))
        return any(found)
    elif term.head == "^" and index.name in term.args[1].free_vars:
        part.inside(0, part.normal)
        part.inside(1, lambda exponent: _written_as(exponent, (index, sub(size, index))))
    else:
        part.normal(part)
        if part.attempt("power-difference", reverse=True):
            part.inside(1, lambda exponent: _written_as(exponent, (sub(size, index),)))
    return part.term == weight


_ARITHMETIC: Final = frozenset({"*", "/", "+", "-", "neg"})


def _written_as(part: Rewriting, forms: tuple[Term, ...]) -> None:
    """Write a term as the first of some forms that it equals by algebra."""
    part.normal(part)
    numbers = Laurent()
    for form in forms:
        try:
            if numbers.equal(part.term, form):
                part.compute(form)
                return
        except OutsideFragment:
            return


def _shaped(part: Rewriting, index: Var, size: Term) -> bool:
    """Write the summand as a sum of coefficient * (weight * power of the index)."""
    numbers = Laurent()
    try:
        groups = by_dependence(numbers, numbers.polynomial(part.term), index.name)
    except OutsideFragment:
        return False
    if not groups or not may_divide(part, numbers):
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
    """The monomial in the order of the rows; None for any other monomial.

    Several powers a^s, and exponentials of multiples of s, stand as one product in the place of a^s.
    """
    atoms = {numbers.atoms[g]: e for g, e in monomial}
    degree = atoms.pop(index, 0)
    weight: Term = App("binom", (size, index))
    if atoms.pop(weight, 0) != 1 or not 0 <= degree <= _MOST_MOMENT:
        return None
    single = [a for a, e in atoms.items() if e == 1]
    falling = [a for a in single if isinstance(a, App) and a.head == "^" and a.args[1] == sub(size, index)]
    rising = [a for a in single if a not in falling and _rises(a, index)]
    if len(atoms) != len(rising) + len(falling) or len(falling) > 1 or (falling and not rising):
        return None
    if not rising:
        return weight if not degree else mul(index if degree == 1 else power(index, degree), weight)
    powers: Term = rising[0]
    for one in rising[1:]:
        powers = mul(powers, one)
    if not falling:
        return mul(weight, powers) if not degree else None
    weight = mul(mul(weight, powers), falling[0])
    return weight if degree == 0 else mul(weight, index if degree == 1 else power(index, degree))


def _rises(atom: Term, index: Var) -> bool:
    """a^s, or exp(c s)."""
    match atom:
        case App("^", (base, exponent)):
            return exponent == index and index.name not in base.free_vars
        case App("exp", (App("*", (left, right)),)):
            return (left == index) != (right == index) and (left.free_vars & right.free_vars).isdisjoint({index.name})
        case App("exp", (inner,)):
            return inner == index
    return False


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
    r.inside(1, _at_powers)
    if any(r.attempt(rule) for rule in _MOMENTS):
        r.normal(r)
        return True
    if r.attempt("binomials-as-weights"):
        found: list[bool] = []
        r.inside(1, lambda part: found.append(_moment_known(part)))
        r.normal(r)
        return all(found)
    if not r.attempt("binomial-moment"):
        return False
    # The moment inside the derivative is known as a polynomial before the derivative is taken.
    r.inside(1, lambda product: product.inside(1, lambda slope: slope.inside(1, slope.normal)))
    r.normal(r)
    return True


def _at_powers(r: Rewriting) -> None:
    """One power in the place of a product of powers, in binom * powers * b^(n - s) * s^k."""
    match r.term:
        case App("*", (App("binom", _), _)):
            r.inside(1, _one_power)
        case App("*", (App("*", _), _)):
            r.inside(0, _at_powers)


def _one_power(r: Rewriting) -> None:
    """a^s * exp(c * s) as (a * exp(c))^s."""
    match r.term:
        case App("*", _):
            r.inside(0, _one_power)
            r.inside(1, _one_power)
            r.attempt("power-of-product-whole", reverse=True)
        case App("exp", (App("*", (left, right)),)):
            if not (isinstance(left, Var) and left.name in r.bound):
                r.inside(0, lambda inner: inner.compute(mul(right, left)))
            r.apply("exp-multiple")
        case App("exp", (inner,)):
            r.inside(0, lambda part: part.compute(mul(inner, Num(1))))
            r.apply("exp-multiple")

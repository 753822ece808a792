"""The weights of a binomial sum in the normal form of its summand, 1/(s! (n - s)!) a^s / b^s."""

from __future__ import annotations

from derivations.errors import OutsideFragment
from derivations.normal_form.binomial import binomial_sum
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import combine
from derivations.normal_form.rewriting import Rewriting
from derivations.term import App, Bind, Num, Term, Var, div, mul, power, sub, subterms


def hidden_weights(r: Rewriting) -> bool:
    """Write the weights of sum[s in range(0, n)](monomial) as they are known; says whether the sum is known then."""
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.head != "range":
        return False
    if "factorial" not in term.bodies[0].heads:
        return False
    index, size = Var(r.fresh(term.hint)), term.arg.args[1]
    part = r.trial()
    found: list[bool] = []
    part.inside(1, lambda summand: found.append(_uncovered(summand, index, size)))
    if found != [True] or not part.attempt("sum-constant-factor"):
        return False
    part.inside(1, lambda rest: found.append(binomial_sum(rest)))
    if not all(found):
        return False
    r.term = part.term
    r.moves.extend(part.moves)
    r.inside(0, r.normal)
    combine(r)
    return True


def _uncovered(part: Rewriting, index: Var, size: Term) -> bool:
    """Write the summand as c * (n!/(s! (n - s)!) a^s (b^n / b^s) s^k), where it is that."""
    numbers = Laurent(bound=part.bound)
    try:
        polynomial = numbers.polynomial(part.term)
    except OutsideFragment:
        return False
    if len(polynomial) != 1 or set(polynomial.values()) != {1}:
        return False
    atoms = {numbers.atoms[g]: e for g, e in next(iter(polynomial))}
    if not _factorials_taken(atoms, numbers, index, size):
        return False
    product = _weighed(atoms, index, size)
    if product is None or not all(part.known(App("!=", (divisor, Num(0)))) for divisor in _divisors(product)):
        return False
    part.compute(product)
    return True


def _factorials_taken(atoms: dict[Term, int], numbers: Laurent, index: Var, size: Term) -> bool:
    """Take 1/(s! (n - s)!) out of the atoms of a monomial; says whether it was there."""
    pair = [a for a in atoms if isinstance(a, App) and a.head == "factorial" and index.name in a.free_vars]
    if len(pair) != 2 or any(atoms.pop(a) != -1 for a in pair):
        return False
    others = [a.args[0] for a in pair if a.args[0] != index]
    return len(others) == 1 and numbers.equal(others[0], sub(size, index))


def _weighed(atoms: dict[Term, int], index: Var, size: Term) -> Term | None:
    """The monomial that the atoms make with these factorials; None where something else depends on s."""
    below = mul(App("factorial", (index,)), App("factorial", (sub(size, index),)))
    constant: Term = div(Num(1), App("factorial", (size,)))
    weight: Term = div(App("factorial", (size,)), below)
    degree = atoms.pop(index, 0)
    for atom, exponent in atoms.items():
        if not isinstance(atom, App) or atom.head != "^" or atom.args[1] != index or abs(exponent) != 1:
            return None
        if exponent > 0:
            weight = mul(weight, atom)
            continue
        whole = power(atom.args[0], size)
        constant, weight = div(constant, whole), mul(weight, div(whole, atom))
    if degree < 0:
        return None
    return mul(constant, mul(weight, power(index, degree)) if degree else weight)


def _divisors(term: Term) -> list[Term]:
    return [part.args[1] for part in subterms(term) if isinstance(part, App) and part.head == "/"]

"""Sums over D^n under a factorised mass function: only the coordinates that a monomial mentions survive.

A monomial is P * (sums over the coordinates) * (functions of single coordinates), with the mass function
P = prod[i in range(1, n)](Q(i, v[i])).
A sum over coordinates is moved outside; where its index may meet a coordinate that is there already, that term is
split off first; then coordinates leave one by one by independence, and the sum of P alone is 1.
"""

from __future__ import annotations

from fractions import Fraction

from derivations.errors import OutsideFragment
from derivations.matching import function, replaced
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import algebra_of, combine, laurent
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import Monomial
from derivations.term import App, Bind, Term, Var, add, at, fresh_name, mul, opened, subterms


def coordinate_sum(r: Rewriting) -> bool:
    """Simplify sum[v in tuples(D, n)](monomial); says whether anything was done."""
    term = r.term
    if not isinstance(term, Bind):
        return False
    name = r.fresh(term.hint)
    body = opened(term, name)[0]
    factors = _Factors.of(r, body, name)
    if factors is None:
        return False
    if factors.sums:
        return _sum_moved_out(r, factors)
    return bool(factors.indices) and _coordinate_removed(r, factors)


class _Factors:
    """A monomial taken apart: its mass function, one sum over coordinates, the coordinates, and the rest."""

    def __init__(self, numbers: Laurent, monomial: Monomial, vector: str) -> None:
        self.numbers, self.monomial, self.vector = numbers, monomial, vector
        self.masses = [g for g, e in monomial if e == 1 and _is_product(numbers.atoms[g])]
        self.sums = [g for g, e in monomial if e > 0 and _is_index_sum(numbers.atoms[g])]
        places: dict[Term, None] = {}
        for g, _ in monomial:
            if g not in self.masses and g not in self.sums:
                places.update(dict.fromkeys(_indices(numbers.atoms[g], vector)))
        self.indices = list(places)

    @classmethod
    def of(cls, r: Rewriting, body: Term, vector: str) -> _Factors | None:
        numbers = laurent(r)
        try:
            polynomial = numbers.polynomial(body)
        except OutsideFragment:
            return None
        if len(polynomial) != 1:
            return None
        ((monomial, coefficient),) = polynomial.items()
        found = cls(numbers, monomial, vector)
        return found if coefficient == 1 and len(found.masses) == 1 else None

    @property
    def mass(self) -> Bind:
        atom = self.numbers.atoms[self.masses[0]]
        if not isinstance(atom, Bind):
            raise TypeError("a mass function on tuples is a product")
        return atom

    def without(self, *generators: int) -> Term:
        """The monomial less one power of each of these."""
        rest = tuple((g, e - (g in generators)) for g, e in self.monomial)
        return self.numbers.written_monomial(tuple(p for p in rest if p[1]), Fraction(1))

    def about(self, index: Term) -> tuple[Term, Term]:
        """(the factors that mention coordinate `index`, the others less the mass function)."""
        mine = tuple(
            p for p in self.monomial
            if p[0] != self.masses[0] and index in _indices(self.numbers.atoms[p[0]], self.vector)
        )  # fmt: skip
        others = tuple(p for p in self.monomial if p not in mine and p[0] != self.masses[0])
        return self.numbers.written_monomial(mine, Fraction(1)), self.numbers.written_monomial(others, Fraction(1))


def _is_product(atom: Term) -> bool:
    return isinstance(atom, Bind) and atom.head == "prod"


def _is_index_sum(atom: Term) -> bool:
    return isinstance(atom, Bind) and atom.head == "sum"


def _indices(atom: Term, vector: str) -> list[Term]:
    """The indices at which an atom looks at the vector."""
    return [
        t.args[1] for t in subterms(atom)
        if isinstance(t, App) and t.head == "at" and t.args[0] == Var(vector) and not t.args[1].loose
    ]  # fmt: skip


def _sum_moved_out(r: Rewriting, factors: _Factors) -> bool:
    """sum[v](S * rest) = sum[k](sum[v](rest * s_k)), after splitting off the coordinates that rest mentions."""
    chosen = factors.sums[0]
    index_sum = factors.numbers.atoms[chosen]
    rest = factors.without(chosen)
    meeting = _meeting(r, index_sum, factors.indices)
    if meeting is not None:
        return _term_split_off(r, index_sum, rest, meeting)
    algebra = algebra_of(factors.numbers)
    product = mul(rest, index_sum)

    def bring_in(part: Rewriting) -> None:
        part.compute(product, algebra)
        part.apply("sum-constant-factor", reverse=True)

    r.inside(1, bring_in)
    if not r.attempt("sum-swap"):
        return False
    r.normal(r)
    return True


def _meeting(r: Rewriting, index_sum: Term, indices: list[Term]) -> Term | None:
    """An index of the rest that the sum's index may equal."""
    if not isinstance(index_sum, Bind):
        return None
    return next((k for k in indices if r.known(App("in", (k, index_sum.arg)))), None)


def _term_split_off(r: Rewriting, index_sum: Term, rest: Term, index: Term) -> bool:
    """rest * S = rest * s_k + rest * sum over the other indices."""
    split = r.trial(index_sum)
    if not isinstance(index_sum, Bind) or not split.attempt("split-off-term", k=index):
        return False

    def distribute(part: Rewriting) -> None:
        part.compute(mul(rest, index_sum))
        part.inside(1, lambda inner: inner.apply("split-off-term", k=index))
        if isinstance(split.term, App):
            part.compute(add(*(mul(rest, summand) for summand in split.term.args)))

    r.inside(1, distribute)
    r.apply("sum-of-sum")
    r.normal(r)
    return True


def _coordinate_removed(r: Rewriting, factors: _Factors) -> bool:
    """sum[v](P * g(v[k]) * rest) = sum[x in D](Q(k, x) * g(x)) * sum[v](P * rest)."""
    term, vector = r.term, factors.vector
    if not isinstance(term, Bind) or not isinstance(term.arg, App):
        return False
    index = factors.indices[0]
    mine, others = factors.about(index)
    value = fresh_name("x", r.taken | {vector})
    one = replaced(mine, at(Var(vector), index), Var(value))
    mass = _coordinate_mass(r, factors, value)
    if mass is None or vector in one.free_vars:
        return False
    algebra = algebra_of(factors.numbers)
    r.inside(1, lambda part: part.compute(mul(factors.mass, mul(mine, others)), algebra))
    size = term.arg.args[1]
    done = r.attempt(
        "independence", D=term.arg.args[0], n=size, k=index, Q=mass, G=function(one, value), R=function(others, vector)
    )
    if done:
        r.inside(0, r.normal)
        r.inside(1, r.normal)
        combine(r)
    return done


def _coordinate_mass(r: Rewriting, factors: _Factors, value: str) -> Term | None:
    """Q(i, x) of the product over i of Q(i, v[i])."""
    product = factors.mass
    index = fresh_name(product.hint, r.taken | {value, factors.vector})
    factor = opened(product, index)[0]
    one = replaced(factor, at(Var(factors.vector), Var(index)), Var(value))
    return None if factors.vector in one.free_vars else function(one, index, value)

"""Side conditions: does a proposition follow from the given? Yes, or it is not known.

The propositions are those that rules ask for: signs and inequalities (by `bounds`), membership, differentiability
and continuity (by the shape of the function), normalisation of probability mass functions, independence of a
coordinate; what integrals and inequalities ask for is in `regularity`. The search is bounded by the size of the
proposition; it never guesses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations
from typing import Final, TypeAlias

from derivations.bounds import bounds, is_whole
from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.matching import match, replaced
from derivations.polynomial import Field
from derivations.regularity import REGULARITY, mixed, normalised, tidied
from derivations.signs import Sign, sign_of
from derivations.smoothness import differentiable
from derivations.term import (
    App,
    Bind,
    Bound,
    Num,
    Term,
    Var,
    add,
    at,
    bind,
    fresh_name,
    instantiated,
    neg,
    opened,
    sub,
    substituted,
    subterms,
)

_Relation: TypeAlias = Callable[[Term, Term, Given], bool]
_ZERO: Final = Num(0)
_ONE: Final = Num(1)
_BITS: Final = App("bits")
_INFINITY: Final = App("oo")
# Functions that rise strictly: everywhere, where the argument is not negative, where it is positive.
_RISING: Final = {
    **dict.fromkeys(("exp", "sigmoid", "softplus", "tanh", "sinh", "arctan", "arsinh"), None),
    "sqrt": "<=", "log": "<",
}  # fmt: skip
# Functions that are 0 at 0 and nowhere else.
_ZERO_AT_ZERO: Final = frozenset({"neg", "abs", "sign", "root", "arctan", "arcsin", "sinh", "tanh", "arsinh", "artanh"})


@lru_cache(maxsize=20_000)
def holds(condition: Term, given: Given) -> bool:
    """Whether `condition` surely follows from the given; False says only that it was not found to.

    >>> from derivations.notation import read
    >>> given = Given.of("beta in interval(0, 1)", "pmf[z in Z](q(?phi, z))")
    >>> holds(read("1 - beta != 0"), given), holds(read("pmf[w in Z](q(3, w))"), given)
    (True, True)
    >>> holds(read("beta < 1/2"), given)
    False
    """
    if condition in given:
        return True
    if isinstance(condition, App):
        check = _RELATIONS.get(condition.head)
        if check is None:
            return False
        return check(condition.args[0], condition.args[1], given) or _by_cases(condition, given)
    if isinstance(condition, Bind):
        judge = _JUDGEMENTS.get(condition.head)
        if judge is not None:
            return judge(condition, given)
        of_integrals = REGULARITY.get(condition.head)
        return of_integrals is not None and of_integrals(condition, given, holds)
    return False


def _by_cases(condition: App, given: Given) -> bool:
    """A relation that holds for both values of a variable in {0, 1}, or of a component of a vector."""
    if condition.head not in ("<", "<=", "!="):
        return False
    for name in sorted(condition.free_vars):
        if _member_by_fact(Var(name), _BITS, given):
            return all(holds(substituted(condition, {name: bit}), given) for bit in (_ZERO, _ONE))
    if "at" in condition.heads:
        for part in subterms(condition):
            if (
                isinstance(part, App)
                and part.head == "at"
                and not part.loose
                and holds(App("in", (part, _BITS)), given)
            ):
                return all(holds(replaced(condition, part, bit), given) for bit in (_ZERO, _ONE))
    return False


# ---------------------------------------------------------------- relations


def _less(left: Term, right: Term, given: Given) -> bool:
    if left == _INFINITY or right == _INFINITY:
        return False
    gap = _gap(left, right)
    if bounds(gap, given).positive or _by_facts("<", left, right, given) or _sign(gap, given).positive:
        return True
    if isinstance(gap, App) and (gap.head == "abs" or (gap.head == "^" and _is_even(gap.args[1]))):
        return _unequal(gap.args[0], _ZERO, given)
    if isinstance(gap, App) and gap.head == "factorial":
        return _at_most(_ZERO, gap.args[0], given)
    return _is_given("<", gap, given) or _of_parts(_less, gap, given) or _of_values(_less, gap, given)


def _at_most(left: Term, right: Term, given: Given) -> bool:
    if left == right or _less(left, right, given):
        return True
    gap = _gap(left, right)
    if bounds(gap, given).nonnegative or _sign(gap, given).nonnegative or _is_given("<=", gap, given):
        return True
    if _is_inside_range(gap, given) or _of_parts(_at_most, gap, given) or _is_sum_of_given(gap, given):
        return True
    return _of_values(_at_most, gap, given)


def _is_inside_range(gap: Term, given: Given) -> bool:
    """Whether t is at least b - k, or k - a, for a k in range(a, b)."""
    for name in sorted(gap.free_vars):
        for fact in given.about(name):
            domain = fact.args[1] if isinstance(fact, App) and fact.head == "in" and fact.args[0] == Var(name) else None
            if isinstance(domain, App) and domain.head == "range":
                low, high = domain.args
                known = [sub(high, Var(name)), sub(Var(name), low)]
                if any(_sign(sub(gap, distance), given).nonnegative for distance in known):
                    return True
    return False


def _of_parts(relation: _Relation, gap: Term, given: Given) -> bool:
    """Whether 0 < or 0 <= holds of the parts of a product, quotient or power, which together are not understood."""
    if not isinstance(gap, App) or gap.head not in ("*", "/", "^", "sqrt"):
        return False
    return all(relation(_ZERO, part, given) for part in (gap.args[:1] if gap.head == "^" else gap.args))


def _of_values(relation: _Relation, gap: Term, given: Given) -> bool:
    """Whether the relation of v and u, and so that of F(v) and F(u), tells it of F(u) - F(v) for an F that rises."""
    match gap:
        case (
            App("neg", (App("-", (below, above)),))
            | App("-", (Num(0), App("-", (below, above))))
            | App("+", (App("neg", (below,)), above))
        ):
            gap = App("-", (above, below))
    match gap:
        case App("-", (App(head, (above,)), App(same, (below,)))) if head == same and head in _RISING:
            where = _RISING[head]
        case App("-", (App("^", (above, exponent)), App("^", (below, other)))) if exponent == other:
            if not bounds(exponent, given).positive:
                return False
            where = "<="
        case _:
            return False
    if where is not None and not all(holds(App(where, (_ZERO, place)), given) for place in (above, below)):
        return False
    return relation(below, above, given)


def _is_given(head: str, gap: Term, given: Given) -> bool:
    """Whether a fact says 0 < t, 0 <= t or t != 0 of the same polynomial t or a multiple; a < b says it of b - a."""
    for fact in given:
        if isinstance(fact, App) and fact.head == head and fact.free_vars == gap.free_vars:
            low, high = fact.args
            field = Field()
            try:
                ratio = field.ratio(gap, low if high == _ZERO else _gap(low, high))
            except OutsideFragment:
                continue
            # t <= 0 says 0 <= -t
            if ratio and (head == "!=" or (ratio > 0) == (high != _ZERO)):
                others = given.without(fact)  # which is not to speak for its own denominators, round and round
                return all(_unequal(d, _ZERO, others) for d in field.denominators)
    return False


def _is_sum_of_given(gap: Term, given: Given) -> bool:
    """Whether t is the sum of what two facts say is not negative: x - z, of x - y and y - z."""
    known = [
        fact.args[1] if fact.args[0] == _ZERO else neg(fact.args[0])
        for fact in given
        if isinstance(fact, App) and fact.head == "<=" and _ZERO in fact.args and fact.free_vars & gap.free_vars
    ]
    for one, other in combinations(known, 2):
        field = Field()
        try:
            if gap.free_vars <= one.free_vars | other.free_vars and field.equal(gap, add(one, other)):
                return not field.denominators
        except OutsideFragment:
            continue
    return False


def _is_even(exponent: Term) -> bool:
    return isinstance(exponent, Num) and exponent.value % 2 == 0


def _gap(left: Term, right: Term) -> Term:
    return right if left == _ZERO else sub(right, left)


@lru_cache(maxsize=4_000)
def _sign(term: Term, given: Given) -> Sign:
    return sign_of(term, given, lambda divisor: holds(App("!=", (divisor, _ZERO)), given))


def _by_facts(head: str, left: Term, right: Term, given: Given) -> bool:
    """A fact, or an instance of a fact with metavariables."""
    goal = App(head, (left, right))
    return goal in given or any(
        isinstance(fact, App) and fact.head == head and match(fact, goal, {}) for fact in given.general
    )


def _unequal(left: Term, right: Term, given: Given) -> bool:
    if isinstance(left, Num) and isinstance(right, Num):
        return left.value != right.value
    if App("!=", (right, left)) in given or _by_facts("!=", left, right, given):
        return True
    if right == _ZERO and isinstance(left, App):
        if left.head in ("*", "/"):
            return all(_unequal(factor, _ZERO, given) for factor in left.args)
        if left.head in _ZERO_AT_ZERO:
            return _unequal(left.args[0], _ZERO, given)
        if left.head == "-":
            return _unequal(left.args[0], left.args[1], given)
        if left.head == "factorial" and _at_most(_ZERO, left.args[0], given):
            return True
        if left.head == "^" and isinstance(left.args[1], Num) and _unequal(left.args[0], _ZERO, given):
            return True
        if left.head == "^" and is_whole(left.args[1], given) and _unequal(left.args[0], _ZERO, given):
            return True
        if left.head in ("^", "sqrt") and _less(_ZERO, left.args[0], given):
            return True
    if _left_out(left, right, given) or _left_out(right, left, given):
        return True
    gap = _gap(right, left)
    if bounds(gap, given).nonzero or _sign(gap, given).nonzero:
        return True
    return _is_given("!=", gap, given) or _is_given("<", gap, given) or _of_values(_unequal, gap, given)


def _left_out(element: Term, other: Term, given: Given) -> bool:
    """An element of without(D, other) is not `other`."""
    if not isinstance(element, Var):
        return False
    for fact in given.about(element.name):
        if isinstance(fact, App) and fact.head == "in" and fact.args[0] == element:
            domain = fact.args[1]
            while isinstance(domain, App) and domain.head == "without":
                if domain.args[1] == other:
                    return True
                domain = domain.args[0]
    return False


def _equal(left: Term, right: Term, given: Given) -> bool:
    return left == right  # by sight only: equations are proved by rules, not by conditions


def _member(element: Term, domain: Term, given: Given) -> bool:
    if isinstance(domain, Var):
        return _member_by_fact(element, domain, given)
    if not isinstance(domain, App):
        return False
    if _member_by_fact(element, domain, given):
        return True
    if domain.head == "bits":
        return _is_bit(element, given)
    if domain.head in ("range", "integers", "interval"):
        return _in_interval(element, domain, given)
    if domain.head == "without":
        whole, removed = domain.args
        return _member(element, whole, given) and _unequal(element, removed, given)
    return False


def _member_by_fact(element: Term, domain: Term, given: Given) -> bool:
    if App("in", (element, domain)) in given:
        return True
    if isinstance(element, Var):  # k in without(D, l) gives k in D
        for fact in given.about(element.name):
            if isinstance(fact, App) and fact.head == "in" and fact.args[0] == element:
                known = fact.args[1]
                while isinstance(known, App) and known.head == "without":
                    known = known.args[0]
                    if known == domain:
                        return True
    if isinstance(element, App) and element.head == "at" and isinstance(element.args[0], Var):
        vector, index = element.args
        for fact in given.about(element.args[0].name):
            if isinstance(fact, App) and fact.head == "in" and fact.args[0] == vector:
                space = fact.args[1]
                if isinstance(space, App) and space.head == "tuples" and space.args[0] == domain:
                    return _member(index, App("range", (_ONE, space.args[1])), given)
    return _by_facts("in", element, domain, given)


def _is_bit(element: Term, given: Given) -> bool:
    if isinstance(element, Num):
        return element.value <= 1
    if isinstance(element, App):
        if element.head == "delta":
            return True
        if element.head == "-" and element.args[0] == _ONE:
            return _member(element.args[1], _BITS, given)
        if element.head == "*":
            return all(_member(factor, _BITS, given) for factor in element.args)
        if element.head == "^" and isinstance(element.args[1], Num):
            return _member(element.args[0], _BITS, given)
    return False


def _in_interval(element: Term, domain: App, given: Given) -> bool:
    low, high = domain.args
    inside = _less if domain.head == "interval" else _at_most
    if domain.head != "interval" and not is_whole(element, given):
        return False
    above = low == App("neg", (App("oo"),)) or inside(low, element, given)
    return above and (high == App("oo") or inside(element, high, given))


_RELATIONS: Final[dict[str, Callable[[Term, Term, Given], bool]]] = {
    "<": _less, "<=": _at_most, "!=": _unequal, "=": _equal, "in": _member,
    "and": lambda one, other, given: holds(one, given) and holds(other, given),
    "if": lambda supposed, conclusion, given: holds(conclusion, given.assume(supposed)),
}  # fmt: skip


# ---------------------------------------------------------------- judgements with a bound variable


def _name(term: Bind, given: Given) -> str:
    return fresh_name(term.hint, given.names | term.free_vars)


def _forall(condition: Bind, given: Given) -> bool:
    name = _name(condition, given)
    return holds(opened(condition, name)[0], given.assume(App("in", (Var(name), condition.arg))))


def _mass_function(condition: Bind, given: Given) -> bool:
    """Non-negative and summing to one over the set."""
    mass = condition.bodies[0]
    if isinstance(mass, App) and any(
        isinstance(fact, Bind) and match(fact, condition, {}) for fact in given.about(mass.head)
    ):
        return True
    if normalised(condition, given, holds) or mixed(condition, given, holds):
        return True
    domain = condition.arg
    if domain == _BITS:
        return _mass_on_bits(mass, given)
    if isinstance(domain, App) and domain.head == "tuples" and isinstance(mass, Bind) and mass.head == "prod":
        return _product_mass(condition, domain, given)
    return False


def _mass_on_bits(mass: Term, given: Given) -> bool:
    values = [instantiated(mass, (bit,)) for bit in (_ZERO, _ONE)]
    if isinstance(mass, App) and mass.head == "bern" and mass.args[0].loose == 0 and mass.args[1] == Bound(0):
        return _at_most(_ZERO, mass.args[0], given) and _at_most(mass.args[0], _ONE, given)
    field = Field()
    try:
        total = field.equal(add(*values), _ONE)
    except OutsideFragment:
        return False
    defined = all(_unequal(d, _ZERO, given) for d in field.denominators)
    return total and defined and all(_at_most(_ZERO, tidied(v), given) for v in values)


def _product_mass(condition: Bind, domain: App, given: Given) -> bool:
    """prod[i in range(1, n)](Q(i, z[i])) on D^n, each Q(i, .) a mass function on D: independence."""
    vector = _name(condition, given)
    product = opened(condition, vector)[0]
    if not isinstance(product, Bind) or product.arg != App("range", (_ONE, domain.args[1])):
        return False
    index = fresh_name(product.hint, given.names | product.free_vars | {vector})
    factor = opened(product, index)[0]
    value = fresh_name("x", given.names | factor.free_vars | {index})
    one_coordinate = replaced(factor, at(Var(vector), Var(index)), Var(value))
    if vector in one_coordinate.free_vars:
        return False
    inside = given.assume(App("in", (Var(index), product.arg)))
    return holds(bind("pmf", value, domain.args[0], one_coordinate), inside)


def _ignores(condition: Bind, given: Given) -> bool:
    """`ignores[v in D^n](R(v), k)`: R looks at v only through coordinates other than k."""
    name = _name(condition, given)
    body, index = opened(condition, name)
    if name in index.free_vars:
        return False
    return _looks_elsewhere(body, name, index, given.assume(App("in", (Var(name), condition.arg))))


def _looks_elsewhere(body: Term, vector: str, index: Term, given: Given) -> bool:
    if vector not in body.free_vars:
        return True
    if isinstance(body, App):
        if body.head == "at" and body.args[0] == Var(vector):
            place = body.args[1]
            return vector not in place.free_vars and _unequal(place, index, given)
        return all(_looks_elsewhere(arg, vector, index, given) for arg in body.args)
    if isinstance(body, Bind):
        if not _looks_elsewhere(body.arg, vector, index, given):
            return False
        name = fresh_name(body.hint, given.names | body.free_vars | index.free_vars)
        inside = given
        if body.head in ("sum", "prod"):
            inside = given.assume(App("in", (Var(name), body.arg)))
        return all(_looks_elsewhere(b, vector, index, inside) for b in opened(body, name))
    return False


_JUDGEMENTS: Final = {
    "forall": _forall,
    "differentiable": lambda condition, given: differentiable(condition, given, holds),
    "continuous": lambda condition, given: differentiable(condition, given, holds),  # being differentiable
    "pmf": _mass_function,
    "ignores": _ignores,
}

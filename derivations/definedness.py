"""Where a term has a value: what its quotients, logarithms, roots and powers ask for.

Two sides that are equal by algebra may still have values at different points: log(x) - log(x) is 0 only where x is
positive. What one side asks for and the other does not, and the given does not say, is a condition of the step.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

from derivations.conditions import holds
from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.normal_form import normal_form
from derivations.normal_form.canonical import Canonical
from derivations.normal_form.factors import factored
from derivations.polynomial import ONE, Coefficient, Polynomial, times
from derivations.term import (
    App,
    Bind,
    Num,
    Term,
    Var,
    bind,
    fresh_name,
    instantiated,
    neg,
    number,
    opened,
    power,
    subterms,
)
from derivations.vocabulary import ARITY, POINT_BINDERS, RELATIONS, SET_BINDERS

_MOST_PRUNED: Final = 12
_ZERO: Final = Num(0)
_ONE: Final = Num(1)
_MINUS_ONE: Final = neg(_ONE)
_NATURAL: Final = App("integers", (_ZERO, App("oo")))
_WHOLE: Final = App("integers", (App("neg", (App("oo"),)), App("oo")))


def open_differences(left: Term, right: Term, given: Given) -> tuple[Term, ...]:
    """What exactly one of two sides needs in order to have a value, beyond the given.

    >>> from derivations.notation import read
    >>> [str(c) for c in open_differences(read("log(x) - log(x)"), read("0"), Given())]
    ['0 < x']
    >>> open_differences(read("log(x) / 2"), read("log(x) * (1 / 2)"), Given())
    ()
    """
    first, second = (dict.fromkeys(demanded(side, given)) for side in (left, right))
    if first.keys() == second.keys():
        return ()
    # 0 < x / 2 and 0 < 1 / 2 * x are one condition.
    one, other = ({_normal(c, given): c for c in asked} for asked in (first, second))
    return tuple(c for n, c in one.items() if n not in other) + tuple(c for n, c in other.items() if n not in one)


def differences(claim: Term, given: Given) -> tuple[Term, ...]:
    """What one side of a proved relation needs to have a value, and the other does not."""
    if not isinstance(claim, App) or claim.head not in RELATIONS:
        return ()
    found = open_differences(claim.args[0], claim.args[1], given)
    if claim.head == "=":
        return found
    # That a mean is positive where its values are is not seen here; an inequality of means has it from its rule.
    return tuple(one for one in found if not any(isinstance(part, Bind) for part in subterms(one)))


def is_hopeless(side: Term, given: Given) -> bool:
    """Whether a side surely has no value wherever the given holds: log(0), or sqrt(x) for negative x.

    >>> from derivations.notation import read
    >>> is_hopeless(read("1 / 0"), Given()), is_hopeless(read("1 / x"), Given())
    (True, False)
    """
    return any(_surely_fails(condition, given) for condition in demanded(side, given))


def _surely_fails(condition: Term, given: Given) -> bool:
    if not isinstance(condition, App) or condition.head not in ("<", "<=", "!="):
        return False
    left, right = condition.args
    if condition.head != "!=":
        return holds(App("<=" if condition.head == "<" else "<", (right, left)), given)
    normal = _normal(condition, given)
    return isinstance(normal, App) and normal.args[0] == normal.args[1]


def domain_facts(left: Term, right: Term, given: Given) -> tuple[Term, ...]:
    """What both sides need in order to have values, beyond the given, in the shape in which conditions use it.

    >>> from derivations.notation import read
    >>> [str(fact) for fact in domain_facts(read("log(x - 1)"), read("log(x^2) / y"), Given())]
    ['1 < x', 'y != 0']
    """
    found: dict[Term, None] = {}
    powers = (part for side in (left, right) for part in subterms(side) if isinstance(part, App) and part.head == "^")
    bases = [condition for part in powers if not part.loose for condition in _of_power(part, given)]
    for condition in (*demanded(left, given), *demanded(right, given), *bases):
        found.update(dict.fromkeys(_tidied(condition)))
        found.update(dict.fromkeys(_tidied(_normal(condition, given))))
    return _needed([fact for fact in found if not holds(fact, given)], given)


def _of_power(term: App, given: Given) -> tuple[Term, ...]:
    """What a power asks of its base: that it is not 0 for whole exponents, and for roots that it is positive.

    Nothing for natural exponents; for real symbols only that a square is not 0, since (-1)^x may have a value.
    """
    base, exponent = term.args
    if holds(App("in", (exponent, _NATURAL)), given):
        return ()
    if holds(App("in", (exponent, _WHOLE)), given):
        return (App("!=", (base, _ZERO)),)
    if exponent.free_vars and not holds(App("<=", (_ZERO, base)), given):
        return ()
    return (App("<", (_ZERO, base)),)


def _needed(facts: list[Term], given: Given) -> tuple[Term, ...]:
    """The facts without those that follow from the others, the longest ones first."""
    for fact in sorted(facts, key=lambda fact: -len(str(fact))):
        others = [other for other in facts if other != fact]
        if len(facts) <= _MOST_PRUNED and holds(fact, given.assume(*others)):
            facts = others
    return tuple(facts)


def _normal(condition: Term, given: Given) -> Term:
    try:
        return normal_form(condition, given)[0]
    except OutsideFragment:
        return condition


def _tidied(condition: Term) -> tuple[Term, ...]:
    """An equivalent condition on what the factors of its polynomial are; itself where that says no more."""
    if not isinstance(condition, App):
        return (condition,)
    low, high = condition.args
    subject = low if condition.head == "!=" else high
    numbers = Canonical()
    try:
        top, bottom = numbers.quotients(subject)[0]
        if not top or _ZERO not in (low, high):
            return (condition,)
        content, common, factors = factored(top if condition.head == "!=" else times(top, bottom))
    except OutsideFragment:
        return (condition,)
    atoms: list[tuple[Polynomial, int]] = [({((g, 1),): 1}, e) for g, e in common]
    powers = [*atoms, *factors]
    if condition.head == "!=":
        return tuple(fact for factor, _ in powers for fact in _nonzero(numbers.written(factor)))
    odd = [factor for factor, exponent in powers if exponent % 2 and not _is_size(numbers.written(factor))]
    even = tuple(f for factor, _ in powers if factor not in odd for f in _nonzero(numbers.written(factor)))
    between = _between(numbers, odd, content) if len(odd) == 2 and not even else None
    if between is not None:
        low, atom, high = between
        if condition.head == "<=":
            return (App("<=", (low, atom)), App("<=", (atom, high)))
        return (App("in", (atom, App("interval", (low, high)))),)
    if condition.head == "<=":
        bound = _order(numbers, odd[0], content) if len(odd) == 1 and not even else None
        return (condition,) if bound is None else (bound,)
    if not odd and content > 0:
        return even
    if len(odd) != 1:
        factors_nonzero = (f for factor in odd for f in _nonzero(numbers.written(factor)))
        return (condition, *even, *factors_nonzero)
    return (*even, *(_half_line(numbers, odd[0], content) or (condition,)))


def _is_size(term: Term) -> bool:
    return isinstance(term, App) and term.head == "abs"


def _nonzero(term: Term) -> tuple[Term, ...]:
    if isinstance(term, App) and _is_size(term):
        return _tidied(App("!=", (term.args[0], _ZERO)))
    match term:
        case App("sqrt", (radicand,)):
            return _tidied(App("<", (_ZERO, radicand)))  # it has a value, so what is below the root is not negative
        case App("^", (base, App("/", (Num(above), Num(below))))) if below and above % below:
            return _tidied(App("<", (_ZERO, base)))
    return (App("!=", (term, _ZERO)),)


def _half_line(numbers: Canonical, factor: Polynomial, sign: Coefficient) -> tuple[Term, ...]:
    """0 < sign * (a x + b) as a bound on x; nothing where the factor is of another kind."""
    ends = _ray(numbers, factor, sign)
    if ends is None:
        return ()
    low, high = ends
    if isinstance(low, Num) or isinstance(high, Num):
        return (App("<", ends),)
    infinite = App("oo")
    above = isinstance(high, Var)
    return (App("in", (high if above else low, App("interval", (low, infinite) if above else (neg(infinite), high)))),)


def _ray(numbers: Canonical, factor: Polynomial, sign: Coefficient) -> tuple[Term, Term] | None:
    """The two sides, in order, of the bound on x that sign * (a x + b) >= 0 is; None for other factors."""
    line = _line(numbers, factor)
    if line is None:
        return None
    slope, atom, root = line
    return (number(root), atom) if sign * slope > 0 else (atom, number(root))


def _line(numbers: Canonical, factor: Polynomial) -> tuple[Coefficient, Var, Fraction] | None:
    """The slope, the letter and the root of a x + b; None for other factors."""
    slopes = [(m, c) for m, c in factor.items() if m != ONE]
    if len(slopes) != 1 or slopes[0][0][0][1] != 1 or len(slopes[0][0]) != 1:
        return None
    slope, atom = slopes[0][1], numbers.atoms[slopes[0][0][0][0]]
    return (slope, atom, -Fraction(factor.get(ONE, 0)) / slope) if isinstance(atom, Var) else None


def _between(numbers: Canonical, factors: list[Polynomial], sign: Coefficient) -> tuple[Term, Var, Term] | None:
    """The ends between which x lies where sign * (a x + b) (c x + d) >= 0; None where it may lie outside."""
    first, second = (_line(numbers, factor) for factor in factors)
    if first is None or second is None or first[1] != second[1] or sign * first[0] * second[0] > 0:
        return None
    low, high = sorted((first[2], second[2]))
    return number(low), first[1], number(high)


def _order(numbers: Canonical, factor: Polynomial, sign: Coefficient) -> Term | None:
    """0 <= sign * (n - k) as k <= n, for letters and numbers."""
    linear = _ray(numbers, factor, sign)
    if linear is not None:
        return App("<=", linear)
    if len(factor) != 2 or set(factor.values()) != {1, -1}:
        return None
    greater = next(m for m, c in factor.items() if c * sign > 0)
    lesser = next(m for m, c in factor.items() if c * sign < 0)
    return App("<=", tuple(numbers.written({m: 1}) for m in (lesser, greater)))


@lru_cache(maxsize=2_000)
def demanded(term: Term, given: Given) -> tuple[Term, ...]:
    """What `demands` yields, which several questions about one step ask for."""
    return tuple(demands(term, given))


def demands(term: Term, given: Given) -> Iterator[Term]:
    """The conditions, not implied by the given, under which the term has a value; below a sum, for all elements."""
    if isinstance(term, App):
        for condition in _own(term):
            if not holds(condition, given):
                yield condition
        for arg in term.args:
            yield from demands(arg, given)
    elif isinstance(term, Bind):
        yield from demands(term.arg, given)
        if term.head == "int":
            condition = Bind("integrable", term.hint, term.arg, term.bodies)
            if not holds(condition, given):
                yield condition
        if term.head == "d":
            smooth = Bind("differentiable", term.hint, term.arg, tuple(map(_with_sums, term.bodies)))
            if _is_number(term.arg) and smooth.heads.isdisjoint(_UNFOLDED) and not holds(smooth, given):
                yield smooth
            yield from demands(instantiated(term.bodies[0], (term.arg,)), given)
        elif term.head in SET_BINDERS and term.head not in POINT_BINDERS:
            name = fresh_name(term.hint, given.names | term.free_vars)
            inside = given.assume(App("in", (Var(name), term.arg)))
            for body in opened(term, name):
                for condition in demands(body, inside):
                    yield bind("forall", name, term.arg, condition) if name in condition.free_vars else condition


_UNFOLDED: Final = frozenset({"Var", "Cov", "KL", "H", "CE"})  # by definitions that are longer


def _with_sums(term: Term) -> Term:
    """A term with its expectations as the sums that they are."""
    if isinstance(term, App):
        return App(term.head, [_with_sums(arg) for arg in term.args])
    if not isinstance(term, Bind):
        return term
    arg, bodies = _with_sums(term.arg), tuple(map(_with_sums, term.bodies))
    if term.head == "E":
        return Bind("sum", term.hint, arg, (App("*", bodies),))
    return Bind(term.head, term.hint, arg, bodies)


def _is_number(term: Term) -> bool:
    return not term.free_vars and term.heads <= ARITY.keys()  # x(1) is a value of x


def _own(term: App) -> tuple[Term, ...]:
    """What the outermost function of a term asks of its arguments."""
    head, args = term.head, term.args
    if head == "/":
        divides = isinstance(args[1], Num) and args[1].value
        return () if divides else (App("!=", (args[1], _ZERO)),)
    if head == "log":
        return (App("<", (_ZERO, args[0])),)
    if head == "normal":
        return (App("<", (_ZERO, args[2])),)
    if head == "sqrt":
        return (App("<=", (_ZERO, args[0])),)
    if head == "factorial":
        return (App("<=", (_ZERO, args[0])),)
    if head in ("arcsin", "arccos"):
        return (App("<=", (_MINUS_ONE, args[0])), App("<=", (args[0], _ONE)))
    if head == "artanh":
        return (App("<", (_MINUS_ONE, args[0])), App("<", (args[0], _ONE)))
    if head == "arcosh":
        return (App("<=", (_ONE, args[0])),)
    if head == "root":
        return (App("<", (power(_MINUS_ONE, args[1]), _ZERO)),)  # an odd degree
    if head == "logit":
        return (App("<", (_ZERO, args[0])), App("<", (args[0], _ONE)))
    return ()


def wanted(term: Term, given: Given) -> Iterator[Term]:
    """Everything that a term needs in order to have a value and that the given grants; derivatives too.

    Each condition once; below a sum or a product, for all elements.

    >>> from derivations.notation import read
    >>> given = Given.of("b in interval(0, 1)")
    >>> [str(condition) for condition in wanted(read("d[b = b](log(b)) = 1 / b"), given)]
    ['differentiable[b = b](log(b))', '0 < b', 'b != 0']
    """
    yield from dict.fromkeys(condition for condition in _wanted(term, given) if holds(condition, given))


def _wanted(term: Term, given: Given) -> Iterator[Term]:
    if isinstance(term, App):
        yield from _own(term)
        for arg in term.args:
            yield from _wanted(arg, given)
    elif isinstance(term, Bind) and term.head == "d":
        yield Bind("differentiable", term.hint, term.arg, term.bodies)
        yield from _wanted(instantiated(term.bodies[0], (term.arg,)), given)
    elif isinstance(term, Bind) and term.head in SET_BINDERS and term.head not in POINT_BINDERS:
        name = fresh_name(term.hint, given.names | term.free_vars)
        for body in opened(term, name):
            for condition in _wanted(body, given.assume(App("in", (Var(name), term.arg)))):
                yield bind("forall", name, term.arg, condition) if name in condition.free_vars else condition

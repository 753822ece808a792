"""The value of a term in a model: exact where it can be, else a ball, else undefined.

A term is compiled once into closures and then run in many models at many precisions. Everything is bounded: the size
and depth of a term, the number of summands, the digits of exact numbers, the time. Where a bound is met the value is
undefined, and an undefined value refutes nothing.

>>> from derivations.models.domain import abstract
>>> from derivations.notation import read
>>> model = Model({"beta": fmpq(1, 3)}, {"Z": abstract(2)}, {}, frozenset())
>>> str(value(read("d[b = beta](log(1 - b))"), model)), str(value(read("sum[z in Z](beta)"), model))
('-3/2', '2/3')
>>> value(read("log(beta - 1)"), model) is None
True
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias

from flint import arb, ctx, fmpq

from derivations.errors import OutsideFragment
from derivations.models.domain import BITS, REALS, Domain, Open, Tuples, Whole, Without, elements, size
from derivations.models.elementary import (
    ELEMENTARY,
    binomial,
    factorial,
    maximum,
    minimum,
    normal_density,
    odd_root,
    real_power,
)
from derivations.models.frame import Frame, Note, Place, Scope, measure
from derivations.models.integrals import HALF_LINE, exponential_integral, gaussian_integral
from derivations.models.model import Model
from derivations.models.reduction import REDUCTIONS
from derivations.term import App, Bind, Bound, Num, Term, Var
from derivations.value import (
    MOST_BITS,
    ONE,
    UNKNOWN,
    ZERO,
    Huge,
    Infinity,
    Jet,
    Number,
    Undefined,
    Value,
    add,
    div,
    limit,
    mul,
    neg,
    same,
    scalar,
    slope,
    sub,
    whole,
    whole_power,
)
from derivations.value import Sequence as Components
from derivations.vocabulary import ARITHMETIC, FUNCTIONS, POINT_BINDERS, RELATIONS

_SIDES: Final = {"limit_right": (1,), "limit_left": (-1,), "limit": (1, -1)}
_MOST_LEVELS: Final = 6  # derivatives inside one another

INFINITIES: Final[dict[Term, Infinity]] = {App("oo"): Infinity(1), App("neg", (App("oo"),)): Infinity(-1)}

Code: TypeAlias = Callable[[Frame], Value]
DomainCode: TypeAlias = Callable[[Frame], Domain]


# ---------------------------------------------------------------- doors


def value(term: Term, model: Model, precision: int = 64) -> Value | None:
    """The value of a closed term, in balls of `precision` bits where it is not rational; None for undefined."""
    with ctx.workprec(precision):
        try:
            measure(term)
            found = compiled(term, model.wholes)(Frame(model))
        except OutsideFragment:
            return None
    return None if isinstance(found, arb) and not found.is_finite() else found


def is_huge(term: Term, model: Model) -> bool:
    """Whether a closed term has a value that is too large, or too much work, to be computed."""
    with ctx.workprec(64):
        try:
            measure(term)
            compiled(term, model.wholes)(Frame(model))
        except Huge:
            return True
        except OutsideFragment:
            return False
    return False


@lru_cache(maxsize=2_000)
def compiled(term: Term, wholes: frozenset[str]) -> Code:
    """The closure that computes a closed term that has been measured."""
    return code_of(term, Scope(wholes))


# ---------------------------------------------------------------- terms


def code_of(term: Term, scope: Scope) -> Code:
    """The closure that computes a term below the binders of `scope`."""
    if isinstance(term, Num):
        return _numeral(term)
    if isinstance(term, Var):
        return _symbol(term.name)
    if isinstance(term, Bound):
        place = -1 - term.index
        return lambda frame: frame.stack[place]
    if isinstance(term, Bind):
        return _remembered(term, _binder(term, scope), scope)
    if isinstance(term, App):
        return _application(term, scope)
    raise OutsideFragment("not a term")


def _numeral(term: Num) -> Code:
    if term.value.bit_length() > MOST_BITS:
        raise OutsideFragment("a numeral with too many digits")
    exact = fmpq(term.value)
    return lambda frame: exact


def _symbol(name: str) -> Code:
    def run(frame: Frame) -> Value:
        found = frame.model.symbols.get(name)
        if found is None:
            raise Undefined(f"{name} stands for no value")
        return found

    return run


def _undefined(frame: Frame) -> Value:
    raise Undefined("this is no number")


_BINARY: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "+": add, "-": sub, "*": mul, "/": div, "binom": binomial, "max": maximum, "min": minimum,
    "root": odd_root,
}  # fmt: skip
_UNARY: Final[dict[str, Callable[[Value], Value]]] = {"neg": neg, "factorial": factorial, **ELEMENTARY}


def _application(term: App, scope: Scope) -> Code:
    head = term.head
    if head == "card":
        domain = domain_of(term.args[0], scope)
        return lambda frame: fmpq(size(domain(frame)))
    known = head in ARITHMETIC or head in FUNCTIONS
    args = [code_of(arg, scope) for arg in term.args] if known or head not in RELATIONS else []
    if head in _BINARY:
        return _binary(_BINARY[head], args[0], args[1])
    if head in _UNARY:
        return _unary(_UNARY[head], args[0])
    if head == "^":
        return _power(args[0], args[1], scope.is_whole(term.args[1]))
    if head == "normal":
        return lambda frame: normal_density(*(arg(frame) for arg in args))
    if head == "pi_number":
        return lambda frame: arb.pi()
    if head == "delta":
        return _binary(_kronecker, args[0], args[1])
    if head == "bern":
        return _binary(_bernoulli, args[0], args[1])
    if head == "at":
        return _component(args[0], args[1])
    if known or head in RELATIONS or head in ("bits", "reals", "oo"):
        return _undefined  # a set, a proposition or infinity where a number should be
    return _abstract(head, args, tuple(map(scope.name_of, term.args)))


def _binary(operation: Callable[[Value, Value], Value], left: Code, right: Code) -> Code:
    return lambda frame: operation(left(frame), right(frame))


def _unary(operation: Callable[[Value], Value], arg: Code) -> Code:
    return lambda frame: operation(arg(frame))


def _power(base: Code, exponent: Code, is_whole: bool) -> Code:
    """0^0 = 1 and negative bases are for exponents that are whole by their form; any other needs a positive base."""
    if is_whole:
        return lambda frame: whole_power(base(frame), whole(exponent(frame)))
    return lambda frame: real_power(base(frame), exponent(frame))


def _kronecker(left: Value, right: Value) -> Value:
    """1 where two values are the same, 0 where they are not."""
    equal = same(left, right)
    if equal is None:
        raise Undefined("two values that cannot be told apart")
    return ONE if equal else ZERO


def _bernoulli(chance: Value, outcome: Value) -> Value:
    """b^z (1 - b)^(1 - z) for z in {0, 1}."""
    if whole(outcome) not in (0, 1):
        raise Undefined("an outcome that is neither 0 nor 1")
    return scalar(chance) if outcome == ONE else sub(ONE, chance)


def _component(vector: Code, index: Code) -> Code:
    def run(frame: Frame) -> Value:
        whole_vector, place = vector(frame), whole(index(frame))
        if isinstance(whole_vector, Components):
            found = whole_vector.component(place)
            if frame.notes is not None:
                frame.note(Note(f"{whole_vector.name}[]", (None,), (fmpq(place),), found))
            return found
        if not isinstance(whole_vector, tuple) or not 1 <= place <= len(whole_vector):
            raise Undefined("no such component")
        return whole_vector[place - 1]

    return run


def _abstract(head: str, args: list[Code], names: tuple[str | None, ...]) -> Code:
    key = (head, len(args))

    def run(frame: Frame) -> Value:
        meaning = frame.model.functions.get(key)
        if meaning is None:
            raise Undefined(f"{head} stands for no function")
        values = tuple([arg(frame) for arg in args])
        result = meaning(values)
        if frame.notes is not None:
            frame.note(Note(head, names, values, result))
        return result

    return run


# ---------------------------------------------------------------- binders


def _remembered(term: Bind, code: Code, scope: Scope) -> Code:
    """A closed binder inside another one has the same value each time."""
    if term.loose or not scope.places:
        return code

    def run(frame: Frame) -> Value:
        found = frame.memo.get(term)
        if found is None:
            found = frame.memo[term] = scalar(code(frame))
        return found

    return run


def _binder(term: Bind, scope: Scope) -> Code:
    if term.head in POINT_BINDERS:
        return _at_point(term, scope)
    if term.head == "int":
        return _integral(term, scope)
    reduce = REDUCTIONS.get(term.head)
    if reduce is None:
        return _undefined  # a proposition where a number should be
    domain = domain_of(term.arg, scope)
    inner = scope.within(Place(scope.has_whole_elements(term.arg)))
    bodies = [code_of(body, inner) for body in term.bodies]

    def run(frame: Frame) -> Value:
        members = elements(domain(frame), frame.bodies)
        stack = frame.stack
        stack.append(ZERO)
        rows = []
        for member in members:
            frame.tick()
            stack[-1] = member
            rows.append([body(frame) for body in bodies])
        stack.pop()
        return reduce(rows)

    return run


def _integral(term: Bind, scope: Scope) -> Code:
    """A sum with the weights of a named set; over a line a mean under normal densities or an exponential; else none."""
    if term.arg == App("reals"):
        return gaussian_integral(term.bodies[0], scope, code_of)
    if term.arg == HALF_LINE:
        return exponential_integral(term.bodies[0], scope, code_of)
    if not isinstance(term.arg, Var):
        return _undefined
    name, domain = term.arg.name, _named_set(term.arg.name)
    body = code_of(term.bodies[0], scope.within(Place()))

    def run(frame: Frame) -> Value:
        measure = frame.model.measures.get(name)
        if measure is None:
            raise Undefined(f"{name} has no measure")
        total: Value = ZERO
        for member in elements(domain(frame), frame.bodies):
            total = add(total, mul(measure(member), frame.inside(member, body)))
        return total

    return run


def _at_point(term: Bind, scope: Scope) -> Code:
    body = code_of(term.bodies[0], scope.within(Place(point=scope.name_of(term.arg))))
    if term.head == "d":
        return _derivative(code_of(term.arg, scope), body)
    if term.head in _SIDES:
        return _limit(_end(term.arg, scope), body, _SIDES[term.head])
    return _undefined


def _derivative(point: Code, body: Code) -> Code:
    def run(frame: Frame) -> Value:
        start = scalar(point(frame))
        frame.level += 1
        level = frame.level
        if level > _MOST_LEVELS:
            raise Undefined("too many derivatives inside one another")
        result = slope(frame.inside(Jet(level, start, ONE), body), level)
        frame.level -= 1
        return result

    return run


def _limit(point: Callable[[Frame], Number | Infinity], body: Code, sides: tuple[int, ...]) -> Code:
    def run(frame: Frame) -> Value:
        if frame.limiting:
            raise Undefined("a limit inside a limit")
        place = point(frame)
        if isinstance(place, arb):
            raise Undefined("a limit at a point that is not rational")
        frame.limiting = True
        near = frame.inside(UNKNOWN, body)
        frame.limiting = False
        first, *others = [limit(near, place, side) for side in sides]
        if any(not _is_same_limit(first, other) for other in others):
            raise Undefined("the limits from the two sides differ")
        return first

    return run


def _is_same_limit(left: Value, right: Value) -> bool:
    if isinstance(left, Infinity) or isinstance(right, Infinity):
        return left == right
    return same(left, right) is True


# ---------------------------------------------------------------- sets


def domain_of(term: Term, scope: Scope) -> DomainCode:
    """The closure that computes a set."""
    if isinstance(term, Var):
        return _named_set(term.name)
    if not isinstance(term, App):
        return _no_set
    if term.head == "bits":
        return lambda frame: BITS
    if term.head == "reals":
        return lambda frame: REALS
    if term.head in ("range", "integers"):
        return _whole_numbers(_end(term.args[0], scope), _end(term.args[1], scope))
    if term.head == "interval":
        return _open_interval(_end(term.args[0], scope), _end(term.args[1], scope))
    if term.head == "tuples":
        return _tuples(domain_of(term.args[0], scope), code_of(term.args[1], scope))
    if term.head == "without":
        base, removed = domain_of(term.args[0], scope), code_of(term.args[1], scope)
        return lambda frame: Without(base(frame), removed(frame))
    return _no_set


def _named_set(name: str) -> DomainCode:
    def run(frame: Frame) -> Domain:
        found = frame.model.sets.get(name)
        if found is None:
            raise Undefined(f"{name} is no set")
        return found

    return run


def _no_set(frame: Frame) -> Domain:
    raise Undefined("not a set")


def _end(term: Term, scope: Scope) -> Callable[[Frame], Number | Infinity]:
    """The end of an interval or the point of a limit: a number or infinity."""
    infinite = INFINITIES.get(term)
    if infinite is not None:
        return lambda frame: infinite
    code = code_of(term, scope)

    def run(frame: Frame) -> Number | Infinity:
        found = code(frame)
        if isinstance(found, fmpq | arb):
            return found
        raise Undefined("not a number")

    return run


def _open_interval(low: Callable[[Frame], Number | Infinity], high: Callable[[Frame], Number | Infinity]) -> DomainCode:
    def run(frame: Frame) -> Domain:
        start, end = low(frame), high(frame)
        if start == Infinity(1) or end == Infinity(-1):
            raise Undefined("an interval beyond infinity")
        return Open(
            None if isinstance(start, Infinity) else start,
            None if isinstance(end, Infinity) else end,
        )

    return run


def _whole_numbers(low: Callable[[Frame], Number | Infinity], high: Callable[[Frame], Number | Infinity]) -> DomainCode:
    def run(frame: Frame) -> Domain:
        start, end = low(frame), high(frame)
        if start == Infinity(1) or end == Infinity(-1):
            raise Undefined("a range beyond infinity")
        first = None if isinstance(start, Infinity) else whole(start)
        last = None if isinstance(end, Infinity) else whole(end)
        if first is not None and last is not None and last < first - 1:
            raise Undefined("a range that runs backwards")  # empty to some authors, a negative sum to others
        return Whole(first, last)

    return run


def _tuples(base: DomainCode, length: Code) -> DomainCode:
    def run(frame: Frame) -> Domain:
        count = whole(length(frame))
        if count < 0:
            raise Undefined("a vector of negative length")
        return Tuples(base(frame), count)

    return run

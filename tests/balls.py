"""An independent opinion in balls: both sides of a claim at random points of the given, by Arb on the terms themselves.

It shares with the product the terms and nothing else: no models, no plans, no closures, no normal forms. Points are
dyadic, so that what is an exact zero is one; they are never simple, so that what agrees at one of them is likely to
agree everywhere. `apart` is a proof that the sides differ there; `agree` is none that they are equal.

Derivatives are exact, by dual numbers; an integral over the reals is the mean of a polynomial under a normal density.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

from flint import arb, ctx

from derivations.given import Given
from derivations.term import App, Bind, Bound, Num, Term, Var

APART, AGREE = "apart", "agree"
_PRECISIONS = (96, 384)
_CLOSE = 2.0**-40  # how wide a difference may be that counts as none
_LARGEST = 10**5
_MOST_ELEMENTS = 4_000
_MOST_EXPONENT = 5_000
_ZERO, _ONE = arb(0), arb(1)


class NoValue(Exception):
    """A side has no real value here, or none that is seen at this precision."""


@dataclass(frozen=True, slots=True)
class Dual:
    """a + b e with e^2 = 0, for the derivative number `level` from outside; both may be duals of lower levels."""

    level: int
    value: Number
    slope: Number


Number: TypeAlias = "arb | Dual"
Element: TypeAlias = "Number | tuple[Number, ...]"
Function: TypeAlias = "Callable[..., Element]"


@dataclass(frozen=True, slots=True)
class World:
    """What the names of a claim stand for: numbers, finite sets of numbers with weights, functions."""

    symbols: Mapping[str, arb]
    sets: Mapping[str, tuple[arb, ...]] = field(default_factory=dict)
    weights: Mapping[str, tuple[arb, ...]] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    wholes: frozenset[str] = frozenset()


# ---------------------------------------------------------------- worlds


def mass(rng: random.Random, members: tuple[arb, ...], weights: tuple[arb, ...]) -> Function:
    """A law q(t, w) on the members: positive, smooth in t, with total 1 under the weights."""
    drawn = [(arb(rng.randint(1, 4)), dyadic(rng, 2), dyadic(rng, 2)) for _ in members]

    def law(at: Number, element: Number) -> Number:
        sizes = [add(a, power(add(b, mul(c, at)), 2)) for a, b, c in drawn]
        total = combined(add, _ZERO, (mul(w, size) for w, size in zip(weights, sizes, strict=True)))
        for member, size in zip(members, sizes, strict=True):
            if isinstance(element, arb) and element.is_exact() and element == member:
                return div(size, total)
        raise NoValue("outside of the set")

    return law


def cubic(rng: random.Random) -> Function:
    """A smooth function of one number."""
    constant, first, second, third = (dyadic(rng, 2) for _ in range(4))
    return lambda at: add(constant, mul(at, add(first, mul(at, add(second, mul(at, third))))))


def dyadic(rng: random.Random, size: int) -> arb:
    """An odd multiple of 1/128 between -size and size: exact, and never simple."""
    return arb(2 * rng.randint(-64 * size, 64 * size - 1) + 1) / 128


def drawn(name: str, given: Given, rng: random.Random) -> arb:
    """A number of the symbol's domain."""
    domain = next((f.args[1] for f in given.about(name) if isinstance(f, App) and f.head == "in"), None)
    head = domain.head if isinstance(domain, App) else "reals"
    if head == "bits":
        return arb(rng.randint(0, 1))
    if head in ("integers", "range"):
        low = _end(domain.args[0])
        return arb(rng.randint(-3, 4) if low is None else low + rng.randint(0, 3))
    if head == "interval":
        low, high = map(_end, domain.args)
        if low is not None and high is not None:
            return low + (high - low) * arb(2 * rng.randint(2, 61) + 1) / 128
        if low is not None:
            return low + arb(2 * rng.randint(1, 224) + 1) / 128
    return dyadic(rng, 3)


def is_whole_domain(name: str, given: Given) -> bool:
    """Whether a symbol is declared a whole number."""
    facts = (f.args[1] for f in given.about(name) if isinstance(f, App) and f.head == "in" and f.args[0] == Var(name))
    return any(isinstance(d, App) and d.head in ("bits", "integers", "range") for d in facts)


def _end(term: Term) -> int | None:
    return term.value if isinstance(term, Num) else None


# ---------------------------------------------------------------- the opinion


def opinion(claim: App, worlds: Iterable[World], conditions: tuple[Term, ...] = ()) -> str | None:
    """`apart` where the sides differ at one of the points that satisfy the conditions; `agree` where they never do.

    None where the sides never had values together.
    """
    met = None
    for world in worlds:
        if all(holds(condition, world) for condition in conditions):
            answer = compared(claim, world)
            if answer == APART:
                return APART
            met = met or answer
    return met


def compared(claim: App, world: World) -> str | None:
    """`apart`, `agree`, or None where a side has no value or too wide a ball."""
    for precision in _PRECISIONS:
        with ctx.workprec(precision):
            try:
                left, right = (_plain(_value(side, world, (), ())) for side in claim.args)
            except (NoValue, OverflowError):
                continue
            gap = left - right
            if not gap.contains(0):
                return APART if gap.is_finite() else None
            if gap.is_finite() and gap.rad() < _CLOSE * (1 + abs(left).mid()):
                return AGREE
    return None


def holds(condition: Term, world: World) -> bool:
    """Whether a condition is seen to hold; of one that is not understood it is not."""
    if isinstance(condition, Bind) and condition.head == "forall":
        try:
            members = _elements(condition.arg, world, (), ())
        except NoValue:
            return False
        return all(_relation(condition.bodies[0], world, (member,)) for member in members)
    return _relation(condition, world, ())


def _relation(condition: Term, world: World, bound: tuple[Element, ...]) -> bool:
    if not isinstance(condition, App) or condition.head not in ("<", "<=", "!=", "="):
        return False
    with ctx.workprec(_PRECISIONS[-1]):
        try:
            wholes = tuple(False for _ in bound)
            left, right = (_plain(_value(side, world, bound, wholes)) for side in condition.args)
        except (NoValue, OverflowError):
            return False
        below, above = bool(left < right), bool(right < left)
        same = bool(left == right)
    return {"<": below, "<=": below or same, "!=": below or above, "=": same}[condition.head]


def _plain(value: Element) -> arb:
    if not isinstance(value, arb) or not value.is_finite():
        raise NoValue("not a number")
    return value


# ---------------------------------------------------------------- arithmetic of duals


def _parts(left: Number, right: Number) -> tuple[int, Number, Number, Number, Number]:
    level = max(left.level if isinstance(left, Dual) else 0, right.level if isinstance(right, Dual) else 0)
    a, da = (left.value, left.slope) if isinstance(left, Dual) and left.level == level else (left, _ZERO)
    b, db = (right.value, right.slope) if isinstance(right, Dual) and right.level == level else (right, _ZERO)
    return level, a, da, b, db


def add(left: Number, right: Number) -> Number:
    """left + right."""
    if isinstance(left, arb) and isinstance(right, arb):
        return left + right
    level, a, da, b, db = _parts(left, right)
    return Dual(level, add(a, b), add(da, db))


def neg(value: Number) -> Number:
    """-value."""
    return -value if isinstance(value, arb) else Dual(value.level, neg(value.value), neg(value.slope))


def sub(left: Number, right: Number) -> Number:
    """left - right."""
    return left - right if isinstance(left, arb) and isinstance(right, arb) else add(left, neg(right))


def mul(left: Number, right: Number) -> Number:
    """left * right."""
    if isinstance(left, arb) and isinstance(right, arb):
        return left * right
    level, a, da, b, db = _parts(left, right)
    return Dual(level, mul(a, b), add(mul(da, b), mul(a, db)))


def div(left: Number, right: Number) -> Number:
    """left / right."""
    if isinstance(left, arb) and isinstance(right, arb):
        if right.contains(0):
            raise NoValue("a denominator that may vanish")
        return left / right
    level, a, da, b, db = _parts(left, right)
    ratio = div(a, b)
    return Dual(level, ratio, div(sub(da, mul(ratio, db)), b))


def power(base: Number, exponent: int) -> Number:
    """base ^ exponent for a whole exponent, with 0^0 = 1."""
    if exponent < 0:
        return div(_ONE, power(base, -exponent))
    if exponent == 0:
        return _ONE
    if exponent > _MOST_EXPONENT:
        raise NoValue("a huge power")
    if isinstance(base, arb):
        return base**exponent
    return Dual(
        base.level, power(base.value, exponent), mul(mul(arb(exponent), power(base.value, exponent - 1)), base.slope)
    )


def combined(operation: Callable[[Number, Number], Number], start: Number, values: Iterator[Number]) -> Number:
    """The sum or the product of some numbers."""
    for value in values:
        start = operation(start, value)
    return start


def _sign(value: Number) -> arb:
    """1 or -1. Raises NoValue at 0."""
    while isinstance(value, Dual):
        value = value.value
    if value.contains(0):
        raise NoValue("a sign that is not known")
    return value.sgn()


# ---------------------------------------------------------------- elementary functions


def _log(x: arb) -> arb:
    if not x > 0:
        raise NoValue("the logarithm of what is not positive")
    return x.log()


def _exp(x: arb) -> arb:
    if not abs(x) < _LARGEST:
        raise NoValue("a huge exponential")
    return x.exp()


def _sqrt(x: arb) -> arb:
    if not x >= 0:
        raise NoValue("the root of a negative")
    return x.sqrt()


def _within_one(function: Callable[[arb], arb]) -> Callable[[arb], arb]:
    def at(x: arb) -> arb:
        if not abs(x) <= 1:
            raise NoValue("beyond 1")
        return function(x)

    return at


def _from_one(x: arb) -> arb:
    if not x >= 1:
        raise NoValue("below 1")
    return x.acosh()


def _sign_of(x: arb) -> arb:
    if x.contains(0) and not x.is_zero():
        raise NoValue("a sign that is not known")
    return x.sgn()


def _bounded(function: Callable[[arb], arb]) -> Callable[[arb], arb]:
    def at(x: arb) -> arb:
        if not abs(x) < _LARGEST:
            raise NoValue("too large")
        return function(x)

    return at


# Each with its derivative at the same place, which may be a dual number again.
_ELEMENTARY: dict[str, tuple[Callable[[arb], arb], Callable[[Number], Number]]] = {
    "log": (_log, lambda x: div(_ONE, x)),
    "exp": (_exp, lambda x: elementary("exp", x)),
    "sqrt": (_sqrt, lambda x: div(_ONE, mul(arb(2), elementary("sqrt", x)))),
    "sin": (_bounded(lambda x: x.sin()), lambda x: elementary("cos", x)),
    "cos": (_bounded(lambda x: x.cos()), lambda x: neg(elementary("sin", x))),
    "sinh": (_bounded(lambda x: x.sinh()), lambda x: elementary("cosh", x)),
    "arctan": (lambda x: x.atan(), lambda x: div(_ONE, add(_ONE, mul(x, x)))),
    "arcsin": (_within_one(lambda x: x.asin()), lambda x: div(_ONE, elementary("sqrt", sub(_ONE, mul(x, x))))),
    "arccos": (_within_one(lambda x: x.acos()), lambda x: neg(div(_ONE, elementary("sqrt", sub(_ONE, mul(x, x)))))),
    "arsinh": (lambda x: x.asinh(), lambda x: div(_ONE, elementary("sqrt", add(_ONE, mul(x, x))))),
    "arcosh": (_from_one, lambda x: div(_ONE, elementary("sqrt", sub(mul(x, x), _ONE)))),
    "artanh": (_within_one(lambda x: x.atanh()), lambda x: div(_ONE, sub(_ONE, mul(x, x)))),
    "sign": (_sign_of, lambda x: div(arb(0), x)),
    "cosh": (_bounded(lambda x: x.cosh()), lambda x: elementary("sinh", x)),
    "tanh": (_bounded(lambda x: x.tanh()), lambda x: sub(_ONE, power(elementary("tanh", x), 2))),
    "sigmoid": (lambda x: 1 / (1 + _exp(-x)), lambda x: mul(elementary("sigmoid", x), elementary("sigmoid", neg(x)))),
    "softplus": (lambda x: (1 + _exp(x)).log(), lambda x: elementary("sigmoid", x)),
    "abs": (abs, _sign),
}  # fmt: skip


def elementary(name: str, x: Number) -> Number:
    """The value of an elementary function, and its derivatives where its argument has them."""
    function, slope = _ELEMENTARY[name]
    if isinstance(x, arb):
        return function(x)
    return Dual(x.level, elementary(name, x.value), mul(slope(x.value), x.slope))


def _logit(x: Number) -> Number:
    return sub(elementary("log", x), elementary("log", sub(_ONE, x)))


def _larger(left: Number, right: Number) -> Number:
    return div(add(add(left, right), elementary("abs", sub(left, right))), arb(2))


def _smaller(left: Number, right: Number) -> Number:
    return div(sub(add(left, right), elementary("abs", sub(left, right))), arb(2))


def _odd_root(x: Number, degree: Number) -> Number:
    count = _whole(degree)
    if count < 1 or count % 2 == 0:
        raise NoValue("a root of a degree that is not odd")
    if not isinstance(x, arb):
        root = _odd_root(x.value, degree)
        return Dual(x.level, root, mul(div(root, mul(arb(count), x.value)), x.slope))
    if x.is_zero():
        return arb(0)
    if x.contains(0):
        raise NoValue("a sign that is not known")
    return x.root(count) if x > 0 else -(-x).root(count)


def _whole(x: Number, least: int = -(10**6), most: int = 10**6) -> int:
    found = x.unique_fmpz() if isinstance(x, arb) and x.is_exact() and x.is_integer() else None
    if found is None or not least <= found <= most:
        raise NoValue("not a whole number within reach")
    return int(found)


def _factorial(x: Number) -> arb:
    return arb.fac_ui(_whole(x, 0, 300))


def _binomial(n: Number, k: Number) -> arb:
    return arb.bin_uiui(_whole(n, 0, 300), _whole(k, 0, 300))


def _bernoulli(chance: Number, outcome: Number) -> Number:
    return chance if _whole(outcome, 0, 1) else sub(_ONE, chance)


def _delta(left: Number, right: Number) -> arb:
    first, second = _plain(left), _plain(right)
    if not first.overlaps(second):
        return _ZERO
    if first.is_exact() and second.is_exact():
        return _ONE
    raise NoValue("two numbers that cannot be told apart")


def _normal(x: Number, mean: Number, variance: Number) -> Number:
    exponent = div(neg(power(sub(x, mean), 2)), mul(arb(2), variance))
    root = elementary("sqrt", mul(mul(arb(2), arb.pi()), variance))
    if _sign(variance) < 0:
        raise NoValue("a negative variance")
    return div(elementary("exp", exponent), root)


_OPERATIONS: dict[str, Callable[..., Number]] = {
    "+": add, "-": sub, "*": mul, "/": div, "neg": neg, "logit": _logit, "max": _larger, "min": _smaller,
    "root": _odd_root,
    "factorial": _factorial, "binom": _binomial, "bern": _bernoulli, "delta": _delta, "normal": _normal,
    "pi_number": arb.pi,
}  # fmt: skip


# ---------------------------------------------------------------- terms


def _value(term: Term, world: World, bound: tuple[Element, ...], wholes: tuple[bool, ...]) -> Element:
    """The value of a term; `wholes` says of each bound variable whether it is a whole number by its set."""
    if isinstance(term, Num):
        return arb(term.value)
    if isinstance(term, Var):
        found = world.symbols.get(term.name)
        if found is None:
            raise NoValue(term.name)
        return found
    if isinstance(term, Bound):
        return bound[-1 - term.index]
    if isinstance(term, Bind):
        return _binder(term, world, bound, wholes)
    if not isinstance(term, App):
        raise NoValue("not a term")
    head = term.head
    if head == "card":
        return arb(len(_elements(term.args[0], world, bound, wholes)))
    args = [_value(arg, world, bound, wholes) for arg in term.args]
    if head == "at":
        vector, place = args[0], _whole(args[1], 1)
        if not isinstance(vector, tuple) or place > len(vector):
            raise NoValue("no such component")
        return vector[place - 1]
    if head in _ELEMENTARY:
        return elementary(head, args[0])
    if head in _OPERATIONS:
        return _OPERATIONS[head](*args)
    if head == "^":
        return _raised(args[0], args[1], _is_whole(term.args[1], world, wholes))
    function = world.functions.get(head)
    if function is None:
        raise NoValue(head)
    return function(*args)


def _raised(base: Number, exponent: Number, is_whole: bool) -> Number:
    """Negative bases, and 0, are for exponents that are whole by their form."""
    if is_whole:
        return power(base, _whole(exponent, -_MOST_EXPONENT, _MOST_EXPONENT))
    return elementary("exp", mul(exponent, elementary("log", base)))


def _is_whole(term: Term, world: World, wholes: tuple[bool, ...]) -> bool:
    if isinstance(term, Num):
        return True
    if isinstance(term, Var):
        return term.name in world.wholes
    if isinstance(term, Bound):
        return wholes[-1 - term.index]
    if not isinstance(term, App):
        return False
    if term.head == "at":
        return _is_whole(term.args[0], world, wholes)
    if term.head == "^":
        return isinstance(term.args[1], Num) and _is_whole(term.args[0], world, wholes)
    if term.head in ("+", "-", "*", "neg", "abs"):
        return all(_is_whole(arg, world, wholes) for arg in term.args)
    return term.head in ("binom", "factorial", "card")


# ---------------------------------------------------------------- sets and binders


def _elements(domain: Term, world: World, bound: tuple[Element, ...], wholes: tuple[bool, ...]) -> list[Element]:
    if isinstance(domain, Var) and domain.name in world.sets:
        return list(world.sets[domain.name])
    if not isinstance(domain, App):
        raise NoValue("not a set")
    if domain.head == "bits":
        return [_ZERO, _ONE]
    if domain.head == "range":
        low, high = (_whole(_plain(_value(end, world, bound, wholes))) for end in domain.args)
        if high < low - 1 or high - low > _MOST_ELEMENTS:
            raise NoValue("a range that runs backwards, or too far")
        return [arb(k) for k in range(low, high + 1)]
    if domain.head == "tuples":
        base = _elements(domain.args[0], world, bound, wholes)
        length = _whole(_plain(_value(domain.args[1], world, bound, wholes)), 0, 12)
        if len(base) ** length > _MOST_ELEMENTS:
            raise NoValue("too many tuples")
        return list(product(base, repeat=length))
    if domain.head == "without":
        members = _elements(domain.args[0], world, bound, wholes)
        removed = _plain(_value(domain.args[1], world, bound, wholes))
        kept = [member for member in members if not _plain(member).overlaps(removed)]
        if len(kept) != len(members) - 1:
            raise NoValue("not an element")
        return kept
    raise NoValue(domain.head)


def _binder(term: Bind, world: World, bound: tuple[Element, ...], wholes: tuple[bool, ...]) -> Number:
    if term.head == "d":
        level = 1 + len(bound)
        at = _value(term.arg, world, bound, wholes)
        found = _value(term.bodies[0], world, (*bound, Dual(level, at, _ONE)), (*wholes, False))
        return found.slope if isinstance(found, Dual) and found.level == level else _ZERO
    if term.head == "int":
        return _integral(term, world, bound, wholes)
    members = _elements(term.arg, world, bound, wholes)
    inside = (*wholes, _has_whole_elements(term.arg))
    rows = [[_value(body, world, (*bound, member), inside) for body in term.bodies] for member in members]
    return _reduced(term.head, rows)


def _has_whole_elements(domain: Term) -> bool:
    if not isinstance(domain, App):
        return False
    if domain.head in ("tuples", "without"):
        return _has_whole_elements(domain.args[0])
    return domain.head in ("bits", "range", "integers")


def _reduced(head: str, rows: list[list[Number]]) -> Number:
    if head == "sum":
        return combined(add, _ZERO, (row[0] for row in rows))
    if head == "prod":
        return combined(mul, _ONE, (row[0] for row in rows))
    if head == "E":
        return _mean(rows, 1)
    if head in ("Var", "Cov"):
        first, second = _mean(rows, 1), _mean(rows, -1)
        return combined(add, _ZERO, (mul(r[0], mul(sub(r[1], first), sub(r[-1], second))) for r in rows))
    if head == "KL":
        return combined(add, _ZERO, (_weighted(q, lambda q=q, p=p: div(q, p)) for q, p in rows))
    if head in ("H", "CE"):
        return neg(combined(add, _ZERO, (_weighted(row[0], lambda p=row[-1]: p) for row in rows)))
    raise NoValue(head)


def _mean(rows: list[list[Number]], place: int) -> Number:
    return combined(add, _ZERO, (mul(row[0], row[place]) for row in rows))


def _weighted(mass: Number, ratio: Callable[[], Number]) -> Number:
    """mass * log(ratio), and 0 for an exact 0: the convention of entropies."""
    if isinstance(mass, arb) and mass.is_zero():
        return _ZERO
    return mul(mass, elementary("log", ratio()))


def _integral(term: Bind, world: World, bound: tuple[Element, ...], wholes: tuple[bool, ...]) -> Number:
    if isinstance(term.arg, Var) and term.arg.name in world.weights:
        pairs = zip(world.sets[term.arg.name], world.weights[term.arg.name], strict=True)
        values = ((w, _value(term.bodies[0], world, (*bound, x), (*wholes, False))) for x, w in pairs)
        return combined(add, _ZERO, (mul(w, value) for w, value in values))
    if term.arg == App("reals"):
        return _gaussian_mean(term.bodies[0], world, (*bound, _ZERO), (*wholes, False))
    raise NoValue("an integral over another set")


# ---------------------------------------------------------------- means of polynomials under a normal density


def _gaussian_mean(body: Term, world: World, bound: tuple[Element, ...], wholes: tuple[bool, ...]) -> Number:
    if isinstance(body, App) and body.head in ("+", "-"):
        left, right = (_gaussian_mean(arg, world, bound, wholes) for arg in body.args)
        return _OPERATIONS[body.head](left, right)
    if isinstance(body, App) and body.head == "neg":
        return neg(_gaussian_mean(body.args[0], world, bound, wholes))
    laws = [part for part in _factors(body) if isinstance(part, App) and part.head == "normal"]
    laws = [law for law in laws if _mentions(law, 0)]
    if len(laws) != 1 or laws[0].args[0] != Bound(0) or any(_mentions(arg, 0) for arg in laws[0].args[1:]):
        raise NoValue("no normal density in front")
    mean, variance = (_value(arg, world, bound, wholes) for arg in laws[0].args[1:])
    if _sign(variance) < 0:
        raise NoValue("a negative variance")
    rest = [_ONE]
    for part in _factors(body):
        if part is not laws[0]:
            rest = _times(rest, _polynomial(part, world, bound, wholes))
    moments: list[Number] = [_ONE, mean]
    while len(moments) < len(rest):
        n = len(moments)
        moments.append(add(mul(mean, moments[-1]), mul(mul(arb(n - 1), variance), moments[-2])))
    return combined(add, _ZERO, (mul(c, moment) for c, moment in zip(rest, moments, strict=False)))


def _factors(term: Term) -> list[Term]:
    if isinstance(term, App) and term.head == "*":
        return [*_factors(term.args[0]), *_factors(term.args[1])]
    return [term]


def _mentions(term: Term, place: int) -> bool:
    if term.loose <= place:
        return False
    if isinstance(term, Bound):
        return term.index == place
    if isinstance(term, App):
        return any(_mentions(arg, place) for arg in term.args)
    return isinstance(term, Bind) and (
        _mentions(term.arg, place) or any(_mentions(body, place + 1) for body in term.bodies)
    )


def _times(left: list[Number], right: list[Number]) -> list[Number]:
    found: list[Number] = [_ZERO] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            found[i + j] = add(found[i + j], mul(a, b))
    return found


def _polynomial(term: Term, world: World, bound: tuple[Element, ...], wholes: tuple[bool, ...]) -> list[Number]:
    """The coefficients of a term as a polynomial in the innermost bound variable."""
    if not _mentions(term, 0):
        return [_value(term, world, bound, wholes)]
    if isinstance(term, Bound):
        return [_ZERO, _ONE]
    if not isinstance(term, App):
        raise NoValue("not a polynomial")
    if term.head == "^" and _is_whole(term.args[1], world, wholes):
        exponent = _whole(_value(term.args[1], world, bound, wholes), 0, 12)
        base, found = _polynomial(term.args[0], world, bound, wholes), [_ONE]
        for _ in range(exponent):
            found = _times(found, base)
        return found
    if term.head == "/" and not _mentions(term.args[1], 0):
        divisor = _value(term.args[1], world, bound, wholes)
        return [div(c, divisor) for c in _polynomial(term.args[0], world, bound, wholes)]
    if term.head not in ("+", "-", "*", "neg"):
        raise NoValue("not a polynomial")
    sides = [_polynomial(arg, world, bound, wholes) for arg in term.args]
    if term.head == "neg":
        return [neg(c) for c in sides[0]]
    left, right = sides
    if term.head == "*":
        return _times(left, right)
    size = max(len(left), len(right))
    left, right = (side + [_ZERO] * (size - len(side)) for side in (left, right))
    return [_OPERATIONS[term.head](a, b) for a, b in zip(left, right, strict=True)]

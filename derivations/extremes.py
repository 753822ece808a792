"""Inequalities by where a function is least: the sign of its derivative, and its value or limit at one place.

0 <= F(x) is looked at as a statement about F on the interval in which x lies. Where F falls up to c and rises from
there, F(c) decides; where it only rises or only falls, its limit at an end. The sign of the derivative, and that of the
value, are questions of the same kind; what is left of them after their positive factors may be asked in the same way.
Absolute values and maxima are settled by cases; logarithms and roots by exponentials and squares.

Untrusted: the kernel replays every move.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Final, TypeAlias

from derivations.bounds import bounds, is_whole
from derivations.conditions import holds
from derivations.errors import KernelError, OutsideFragment
from derivations.factored_signs import (
    BY_DIFFERENCE,
    WORDS,
    before_logarithms,
    difference,
    factors_of,
    has_sign,
    signs,
    stripped,
)
from derivations.given import Given
from derivations.induction import growths, least_whole
from derivations.kernel import Apply, Inside, Move, after
from derivations.matching import function
from derivations.normal_form import normal_form
from derivations.normal_form.canonical import Canonical
from derivations.normal_form.rooted import over_roots
from derivations.polynomial import Field, root_of
from derivations.refute import Limits, counterexample
from derivations.sizes import is_larger
from derivations.term import (
    App,
    Bind,
    Num,
    Term,
    Var,
    add,
    div,
    fresh_name,
    mul,
    number,
    opened,
    power,
    sub,
    subterms,
)

_Moves: TypeAlias = "tuple[Move, ...]"
_ZERO: Final = Num(0)
_INFINITY: Final = App("oo")
_MINUS_INFINITY: Final = App("neg", (_INFINITY,))
_DEEPEST: Final = 3  # derivatives of derivatives
_MOST_CASES: Final = 4  # absolute values and maxima in one claim
_MOST_VARIABLES: Final = 3
_MOST_GOALS: Final = 60  # propositions to try for one claim
_MOST_PARTS: Final = 160
_SECONDS: Final = 3.0  # of this process, whatever else the machine does; the goals are counted too
_MOST_PLACES: Final = 4
_LOOK: Final = Limits(models=6, careful=1, seconds=0.2)
_COUNTED: Final = frozenset({"sum", "prod", "factorial", "binom"})
_RATIONAL: Final = frozenset({"/", "neg"})


def by_extremes(claim: Term, given: Given) -> _Moves | None:
    """Moves that prove a claim with < or <=; None where no way was found.

    >>> from derivations.notation import read
    >>> moves = by_extremes(read("log(x) <= 2 * (sqrt(x) - 1)"), Given.of("0 < x"))
    >>> moves is not None
    True
    """
    try:
        return _Search().proof(claim, given, _DEEPEST)
    except (OutsideFragment, RecursionError):
        return None


def at_sight(claim: Term, given: Given) -> _Moves | None:
    """Moves that prove 0 < t or 0 <= t by the factors of t, without derivatives; None where these do not tell.

    >>> from derivations.notation import read
    >>> at_sight(read("0 <= x + y - 2 * sqrt(x * y)"), Given.of("0 < x", "0 < y")) is not None
    True
    """
    if not isinstance(claim, App) or claim.head not in BY_DIFFERENCE:
        return None
    return _Search().by_sign(claim, given, 0)


class _Search:
    """Tries propositions one after another, a bounded number in all."""

    def __init__(self) -> None:
        self.left = _MOST_GOALS
        self.deadline = time.process_time() + _SECONDS

    def proof(self, claim: Term, given: Given, depth: int) -> _Moves | None:
        """Moves that bring a proposition to one that holds by itself."""
        if holds(claim, given):
            return ()
        if isinstance(claim, App) and claim.head in ("and", "if"):
            return self.compound(claim, given, depth)
        if isinstance(claim, Bind):
            return self.for_all(claim, given, depth)
        if not isinstance(claim, App) or claim.head not in BY_DIFFERENCE or is_larger(claim, _MOST_PARTS):
            return None
        self.left -= 1
        if self.left < 0 or time.process_time() > self.deadline:
            return None

        def quick(claim: App, given: Given, depth: int) -> _Moves | None:
            return self.by_sign(claim, given, 0)

        ways: tuple[Callable[[App, Given, int], _Moves | None], ...] = (
            self.by_cases,
            quick,
            self.by_closed_end,
            self.by_increase,
            self.by_real,
            self.by_detour,
            self.by_sign,
            self.by_logarithms,
        )
        for way in ways:
            try:
                found = way(claim, given, depth)
            except (KernelError, OutsideFragment):
                continue
            if found is not None:
                return found
            if way is quick and (self.left < 0 or not _may_be(claim, given)):
                return None
        return None

    def compound(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """Both parts of a conjunction; the conclusion of an implication."""
        moves: list[Move] = []
        for child in (0, 1) if claim.head == "and" else (1,):
            local = given if claim.head == "and" else given.assume(claim.args[0])
            found = self.proof(claim.args[child], local, depth)
            if found is None:
                return None
            if found:
                moves.append(Inside(child, found))
        return tuple(moves)

    def for_all(self, claim: Bind, given: Given, depth: int) -> _Moves | None:
        """The claim for an arbitrary element."""
        if claim.head != "forall":
            return None
        name = fresh_name(claim.hint, given.names | claim.free_vars)
        inside = given.assume(App("in", (Var(name), claim.arg)))
        found = self.proof(opened(claim, name)[0], inside, depth)
        return None if found is None else (Inside(1, found, name),)

    def onwards(self, claim: Term, moves: _Moves, given: Given, depth: int) -> _Moves | None:
        """The moves and a proof of what they lead to."""
        found = self.proof(after(claim, moves, given), given, depth)
        return None if found is None else (*moves, *found)

    # ------------------------------------------------------------ ways

    def by_cases(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """Absolute values and maxima by the sign of what they are taken of."""
        open_signs = [sign for sign in dict.fromkeys(signs(claim)) if not has_sign(sign, given)]
        if not open_signs or len(open_signs) > _MOST_CASES:
            return None
        return self.onwards(claim, (Apply("cases-of-sign", (("?u", open_signs[0]),)),), given, depth)

    def by_sign(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """The difference, without its positive factors; then the derivative of what is left."""
        start, normal = difference(claim, given)
        if (rooted := over_roots(normal)) is not None:
            normal, start = rooted, (*start, Inside(1, (Apply("root-algebra", (("?b", rooted),)),)))
        reached = App(claim.head, (_ZERO, normal))
        if holds(reached, given):
            return start
        if depth and (grown := self.by_induction(reached, given, depth)) is not None:
            return (*start, *grown)
        if not claim.heads.isdisjoint(_COUNTED) and (real := self.by_real(reached, given, depth)) is not None:
            return (*start, *real)
        if depth and _loses_logs(normal, given) and (found := self.by_derivative(reached, given, depth)) is not None:
            return (*start, *found)
        parts = stripped(normal, given)
        if depth and (divided := before_logarithms(parts[1] if parts else normal, given)) is not None:
            factor, rest = divided
            parts = factor if parts is None or parts[0] is None else mul(parts[0], factor), rest
        if parts is not None:
            positive, rest = parts
            if positive is not None:
                start = (
                    *start,
                    Inside(1, (Apply("root-algebra" if rooted else "algebra", (("?b", mul(positive, rest)),)),)),
                    Apply(f"{WORDS[claim.head]}-multiple"),
                )
                reached = App(claim.head, (_ZERO, rest))
            if holds(reached, given):
                return start
        found = self.by_derivative(reached, given, depth) if depth else None
        return None if found is None else (*start, *found)

    def by_derivative(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """0 <= F(x) by the derivative of F, for one variable after another."""
        names = [name for name in sorted(claim.args[1].free_vars) if range_of(name, given) is not None]
        steps = (step for name in names[:_MOST_VARIABLES] for step in _steps(claim, name, given))
        return self.by_first(steps, claim, given, depth)

    def by_induction(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """0 <= F(n) by the least n, and by F(n + 1) being at least a multiple of F(n)."""
        return self.by_first(_inductions(claim, given), claim, given, depth)

    def by_first(self, steps: Iterable[Apply], claim: App, given: Given, depth: int) -> _Moves | None:
        """By the first of some steps after which a proof is found."""
        for step in steps:
            try:
                found = self.onwards(claim, (step,), given, depth - 1)
            except (KernelError, OutsideFragment):
                continue
            if found is not None:
                return found
        return None

    def by_real(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """A claim about whole numbers, by what holds for all numbers beyond the one before the least."""
        if not depth or not claim.heads.isdisjoint(_COUNTED):
            return None
        word = "less" if claim.head == "<" else "at-most"
        for name in sorted(claim.free_vars):
            if (start := least_whole(name, given)) is not None:
                shapes = (("?F", function(claim.args[0], name)), ("?G", function(claim.args[1], name)))
                known = (*shapes, ("?n", Var(name)), ("?a", sub(start, Num(1))), ("?b", _INFINITY))
                return self.onwards(claim, (Apply(f"{word}-by-real-numbers", known),), given, depth)
        return None

    def by_closed_end(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """A claim about numbers from an end on, by the end itself and the open interval beyond it."""
        if depth < _DEEPEST:
            return None
        for name in sorted(claim.free_vars):
            low, open_low, high, open_high = bounds(Var(name), given)
            left = low is not None and not open_low
            if is_whole(Var(name), given) or (not left and (high is None or open_high)):
                continue
            start: _Moves = () if claim.args[0] == _ZERO else (Apply(BY_DIFFERENCE[claim.head]),)
            reached = after(claim, start, given)
            if isinstance(reached, App):
                ends = (
                    _MINUS_INFINITY if low is None else number(low),
                    _INFINITY if high is None or (left and not open_high) else number(high),
                )
                known = (("?F", function(reached.args[1], name)), ("?x", Var(name)), ("?a", ends[0]), ("?b", ends[1]))
                step = Apply(f"{WORDS[claim.head]}-from-closed-{'left' if left else 'right'}-end", known)
                return self.onwards(claim, (*start, step), given, depth)
        return None

    def by_increase(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """0 <= (x - c) * F(x) for a function that rises and is 0 at c."""
        match claim:
            case App("<=", (Num(0), App("*", (App("-", (Var(name), place)), factor)))) if depth:
                ends = range_of(name, given)
            case _:
                return None
        normal, moves = normal_form(factor, given)
        if ends is None or not isinstance(claim.args[1], App):
            return None
        start = (Inside(1, (Inside(1, moves),)),) if moves else ()
        known = (("?F", function(normal, name)), ("?x", Var(name)), ("?c", place), ("?a", ends[0]), ("?b", ends[1]))
        step = Apply("sign-of-increasing", known)
        reached = after(claim, (*start, step), given)
        if not isinstance(reached, App) or not isinstance(reached.args[0], App):
            return None
        value, zero = normal_form(reached.args[0].args[0], given)
        if value != _ZERO:
            if not Field().equal(value, _ZERO):
                return None
            zero = (*zero, Apply("algebra", (("?b", _ZERO),)))
        found = self.proof(reached.args[1], given, depth - 1)
        return None if found is None else (*start, step, Inside(0, (Inside(0, zero),)), Inside(1, found))

    def by_detour(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """Exponentials where there are logarithms, squares where there are roots, logarithms where there are powers."""
        if depth < _DEEPEST:
            return None
        word = "less" if claim.head == "<" else "at-most"
        heads = {part.head for part in subterms(claim) if isinstance(part, App)}
        detours = (
            ("exponentials", 0 if {"log", "softplus"} & heads else -1),
            ("squares", 0 if "sqrt" in heads and holds(App("<=", (_ZERO, claim.args[1])), given) else -1),
            (
                "logarithms",
                1 if _has_symbolic_power(claim) else 2 if any(map(_has_curved_exponent, claim.args)) else -1,
            ),
        )
        for rule, further in detours:
            if further < 0:
                continue
            found = self.onwards(claim, (Apply(f"{word}-by-{rule}"),), given, further)
            if found is not None:
                return found
        return None

    def by_logarithms(self, claim: App, given: Given, depth: int) -> _Moves | None:
        """The logarithms of both sides where one is an exponential or a power, looked at more deeply than at first."""
        if depth < _DEEPEST or not (_has_symbolic_power(claim) or any(map(_is_exponential, claim.args))):
            return None
        self.left = max(self.left, _MOST_GOALS // 2)
        word = "less" if claim.head == "<" else "at-most"
        return self.onwards(claim, (Apply(f"{word}-by-logarithms"),), given, depth - 1)


def _inductions(claim: App, given: Given) -> Iterator[Apply]:
    """The steps of induction in each variable that is whole from some number on."""
    body = claim.args[1]
    for name in sorted(body.free_vars):
        start = least_whole(name, given)
        if start is None:
            continue
        known = (("?F", function(body, name)), ("?n", Var(name)), ("?a", start))
        for growth in growths(body, name, given):
            yield Apply(f"{WORDS[claim.head]}-by-induction", (*known, ("?C", function(growth, name))))


def _is_exponential(term: Term) -> bool:
    return isinstance(term, App) and term.head == "exp"


def _has_curved_exponent(term: Term) -> bool:
    """Whether a term is exp(x^2) or the like, whose derivatives do not become simpler."""
    return isinstance(term, App) and term.head == "exp" and "^" in term.heads


def _has_symbolic_power(claim: App) -> bool:
    """Whether there is a power with another exponent than a rational number."""
    exponents = [part.args[1] for part in subterms(claim) if isinstance(part, App) and part.head == "^"]
    return any(exponent.free_vars or exponent.heads - _RATIONAL for exponent in exponents)


# ---------------------------------------------------------------- steps


def range_of(name: str, given: Given) -> tuple[Term, Term] | None:
    """The ends of the open interval in which a real variable is known to lie; None for whole numbers and others."""
    variable = Var(name)
    for fact in given.about(name):
        if isinstance(fact, App) and fact.head == "in" and fact.args[0] == variable:
            domain = fact.args[1]
            if isinstance(domain, App) and domain.head == "interval":
                return domain.args[0], domain.args[1]
            if domain != App("reals"):
                return None
    low, open_low, high, open_high = bounds(variable, given)
    ends = (
        _MINUS_INFINITY if low is None or not open_low else number(low),
        _INFINITY if high is None or not open_high else number(high),
    )
    return ends


def _steps(claim: App, name: str, given: Given) -> Iterator[Apply]:
    """Instances of the rows about least values, the places from the zeros of the derivative first."""
    ends = range_of(name, given)
    if ends is None:
        return
    low, high = ends
    shape = function(claim.args[1], name)
    known = (("?F", shape), ("?x", Var(name)), ("?a", low), ("?b", high))
    word = WORDS[claim.head]
    slope = _slope(shape, name, ends, given)
    if slope is None:
        return
    inside, derivative, variable = slope
    if _may_be(App("<=", (_ZERO, derivative)), inside):
        yield Apply(f"{word}-from-left-end", known)
        if claim.head == "<" and (first := _beyond(low, high)) is not None:
            yield Apply("positive-from-left-end-at-first", (*known, ("?c", first)))
    if _may_be(App("<=", (derivative, _ZERO)), inside):
        yield Apply(f"{word}-from-right-end", known)
    domain = App("interval", ends)
    places = dict.fromkeys([*_zeros(derivative, variable), *(Var(n) for n in sorted(claim.free_vars) if n != name)])
    fitting = [place for place in places if holds(App("in", (place, domain)), given)]
    turning = [
        place
        for place in fitting
        if _may_be(App("<=", (_ZERO, mul(App("-", (Var(variable), place)), derivative))), inside)
    ]
    for place in turning[:_MOST_PLACES]:
        yield Apply(f"{word}-by-least-value", (*known, ("?c", place)))


def _beyond(low: Term, high: Term) -> Term | None:
    """A place between the ends of an interval, not far from the left one."""
    if low == _MINUS_INFINITY:
        return None
    return add(low, Num(1)) if high == _INFINITY else div(add(low, high), Num(2))


def _may_be(sign: App, given: Given) -> bool:
    """Whether it is worth to try to prove a sign: it does not fail at a few places."""
    return counterexample(sign, given, limits=_LOOK) is None


def _slope(shape: Term, name: str, ends: tuple[Term, Term], given: Given) -> tuple[Given, Term, str] | None:
    """The derivative at a fresh variable in the interval, in normal form."""
    variable = fresh_name(f"{name}", given.names | shape.free_vars)
    inside = given.assume(App("in", (Var(variable), App("interval", ends))))
    try:
        return inside, normal_form(Bind("d", "s", Var(variable), (shape,)), inside)[0], variable
    except (KernelError, OutsideFragment):
        return None


def _loses_logs(body: Term, given: Given) -> bool:
    """Whether there are logarithms, and none in a derivative: a factor in front of them would keep them there."""
    for name in sorted(body.free_vars if "log" in body.heads else ())[:_MOST_VARIABLES]:
        ends = range_of(name, given)
        slope = None if ends is None else _slope(function(body, name), name, ends, given)
        if slope is not None and "log" not in slope[1].heads:
            return True
    return False


def _zeros(derivative: Term, variable: str) -> Iterator[Term]:
    """Where a factor of the derivative is 0 that is linear in the variable, in its logarithm or in its exponential."""
    numbers = Canonical()
    for factor in factors_of(Canonical().factors(derivative)):
        if isinstance(factor, App) and factor.head == "^":
            factor = factor.args[0]
        if variable not in factor.free_vars:
            continue
        try:
            top, _ = numbers.quotient(factor)
        except OutsideFragment:
            continue
        for place, atom in enumerate(numbers.atoms[:]):
            if variable not in atom.free_vars:
                continue
            slope = {tuple(p for p in m if p[0] != place): c for m, c in top.items() if (place, 1) in m}
            rest = {m: -c for m, c in top.items() if (place, 1) not in m}
            if not slope or any(g == place and e != 1 for m in top for g, e in m):
                continue
            root = div(numbers.written(rest), numbers.written(slope))
            if variable not in root.free_vars:
                yield from _inverted(atom, root, variable)
    yield from (Num(1), Num(0), number(Fraction(1, 2)))


def _inverted(atom: Term, value: Term, variable: str) -> Iterator[Term]:
    """Where an atom has a value: the variable, its logarithm, its exponential."""
    if atom == Var(variable):
        yield normal_form(value, Given())[0]
    elif atom == App("log", (Var(variable),)):
        yield normal_form(App("exp", (value,)), Given())[0]
    elif atom == App("exp", (Var(variable),)):
        yield normal_form(App("log", (value,)), Given())[0]
    elif (root := root_of(atom)) is not None and root[1] == Var(variable):
        yield normal_form(power(value, root[0]), Given())[0]

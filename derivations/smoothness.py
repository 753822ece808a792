"""Differentiability, by the rules of differentiation: what each function asks of its argument.

`holds` is `conditions.holds`, which asks these functions and is asked by them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from derivations.given import Given
from derivations.matching import match
from derivations.regularity import Holds
from derivations.term import App, Bind, Num, Term, Var, bind, fresh_name, opened, substituted, subterms

_ZERO: Final = Num(0)
_ONE: Final = Num(1)
_MINUS_ONE: Final = App("neg", (_ONE,))
_INFINITY: Final = App("oo")
_WHOLE: Final = App("integers", (App("neg", (_INFINITY,)), _INFINITY))


def _inside_one(u: Term) -> tuple[Term, ...]:
    return App("<", (_MINUS_ONE, u)), App("<", (u, _ONE))


# Functions that are smooth in their first argument wherever they are defined, with the condition under which they are.
_SMOOTH: Final[dict[str, Callable[[Term], tuple[Term, ...]]]] = {
    **dict.fromkeys(
        ("exp", "sigmoid", "softplus", "tanh", "sin", "cos", "sinh", "cosh", "arctan", "arsinh"), lambda u: ()
    ),
    "log": lambda u: (App("<", (_ZERO, u)),),
    "sqrt": lambda u: (App("<", (_ZERO, u)),),
    "abs": lambda u: (App("!=", (u, _ZERO)),),
    "sign": lambda u: (App("!=", (u, _ZERO)),),
    "root": lambda u: (App("!=", (u, _ZERO)),),
    "logit": lambda u: (App("<", (_ZERO, u)), App("<", (u, _ONE))),
    "arcsin": _inside_one,
    "arccos": _inside_one,
    "artanh": _inside_one,
    "arcosh": lambda u: (App("<", (_ONE, u)),),
}


def differentiable(condition: Bind, given: Given, holds: Holds) -> bool:
    """Whether t -> F(t) has a derivative at the point, which is not infinity.

    >>> from derivations.conditions import holds
    >>> from derivations.notation import read
    >>> differentiable(read("differentiable[t = x](log(t))"), Given.of("0 < x"), holds)
    True
    """
    if "oo" in condition.arg.heads:
        return False
    name = fresh_name(condition.hint, given.names | condition.free_vars)
    return _Rules(name, condition.arg, given, holds).allow(opened(condition, name)[0])


class _Rules:
    """The rules of differentiation, read as conditions on functions of `name` at a point."""

    def __init__(self, name: str, point: Term, given: Given, holds: Holds) -> None:
        self.name, self.point, self.given, self.holds = name, point, given, holds

    def known(self, head: str, left: Term, right: Term) -> bool:
        """Whether a relation follows from the given."""
        return self.holds(App(head, (left, right)), self.given)

    def here(self, term: Term) -> Term:
        """A term at the point."""
        return substituted(term, {self.name: self.point})

    def allow(self, body: Term) -> bool:
        """Whether a function has a derivative at the point."""
        if self.name not in body.free_vars or body == Var(self.name):
            return True
        if isinstance(body, Bind):
            return self.binder(body)
        return isinstance(body, App) and self.application(body)

    def application(self, body: App) -> bool:
        head, args = body.head, body.args
        if head == "^":
            return self.power(args[0], args[1])
        if head == "*" and (rest := _without_size(body)) is not None:
            return self.allow(rest)
        if head in ("+", "-", "*", "neg", "/"):
            return all(map(self.allow, args)) and (head != "/" or self.known("!=", self.here(args[1]), _ZERO))
        if head in _SMOOTH and all(self.name not in other.free_vars for other in args[1:]):
            wanted = _SMOOTH[head](self.here(args[0]))
            return all(self.holds(condition, self.given) for condition in wanted) and self.allow(args[0])
        if head == "delta":
            return False  # it depends on the variable, so it jumps
        if head == "normal":
            return self.known("<", _ZERO, self.here(args[2])) and all(map(self.allow, args))
        if head == "bern":
            return self.name not in args[1].free_vars and self.allow(args[0])
        return self.abstract(body)

    def power(self, base: Term, exponent: Term) -> bool:
        """A natural exponent asks nothing, a whole one a base that is not 0, any other a positive base."""
        if not self.allow(base) or not self.allow(exponent):
            return False
        below = self.here(base)
        if self.name not in exponent.free_vars and self.known("in", exponent, _WHOLE):
            return self.known("<=", _ZERO, exponent) or self.known("!=", below, _ZERO)
        return self.known("<", _ZERO, below)

    def abstract(self, body: App) -> bool:
        """An abstract function, differentiable in one argument; that argument may be any smooth function of t."""
        places = [k for k, arg in enumerate(body.args) if self.name in arg.free_vars]
        if len(places) != 1:
            return False  # differentiable in each argument is not differentiable
        place = places[0]
        inner = body.args[place]
        slot = fresh_name("t", body.free_vars | self.given.names)
        outer = App(body.head, tuple([Var(slot) if k == place else arg for k, arg in enumerate(body.args)]))
        goal = bind("differentiable", slot, self.here(inner), outer)
        known = any(isinstance(f, Bind) and match(f, goal, {}) for f in self.given.about(body.head))
        return known and self.allow(inner)

    def binder(self, body: Bind) -> bool:
        """An integral by its exchange, a sum or product term by term, others by a fact."""
        if body.head == "int" and self.holds(bind("interchange", self.name, self.point, body), self.given):
            return True
        if body.head in ("sum", "prod") and self.name not in body.arg.free_vars:
            taken = self.given.names | body.free_vars | self.point.free_vars | {self.name}
            element = fresh_name(body.hint, taken)
            inside = self.given.assume(App("in", (Var(element), body.arg)))
            return _Rules(self.name, self.point, inside, self.holds).allow(opened(body, element)[0])
        goal = bind("differentiable", self.name, self.point, body)
        functions = {s.head for s in subterms(body) if isinstance(s, App) and s.head.isidentifier()}
        facts = [fact for f in sorted(functions) for fact in self.given.about(f)]
        return any(isinstance(fact, Bind) and match(fact, goal, {}) for fact in facts)


def _without_size(body: App) -> Term | None:
    """u^n for |u| u^n, which has a derivative wherever u has one, also where u is 0; None for another product."""
    for size, other in (body.args, body.args[::-1]):
        match size, other:
            case App("abs", (inner,)), same if same == inner:
                return other
            case App("abs", (inner,)), App("^", (base, Num(exponent))) if base == inner and exponent >= 1:
                return other
    return None

"""Where a term has a value: what its quotients, logarithms, roots and powers ask for.

Two sides that are equal by algebra may still have values at different points: log(x) - log(x) is 0 only where x is
positive. What one side asks for and the other does not, and the given does not say, is a condition of the step.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.conditions import holds
from derivations.given import Given
from derivations.term import (
    POINT_BINDERS,
    SET_BINDERS,
    App,
    Bind,
    Num,
    Term,
    Var,
    bind,
    fresh_name,
    instantiated,
    opened,
)


def open_differences(left: Term, right: Term, given: Given) -> tuple[Term, ...]:
    """What exactly one of two sides needs in order to have a value, beyond the given.

    >>> from derivations.notation import read
    >>> [str(c) for c in open_differences(read("log(x) - log(x)"), read("0"), Given())]
    ['0 < x']
    >>> open_differences(read("log(x) / 2"), read("log(x) * (1 / 2)"), Given())
    ()
    """
    first, second = (dict.fromkeys(demands(side, given)) for side in (left, right))
    return tuple(c for c in first if c not in second) + tuple(c for c in second if c not in first)


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
        if term.head == "d":
            yield from demands(instantiated(term.bodies[0], (term.arg,)), given)
        elif term.head in SET_BINDERS and term.head not in POINT_BINDERS:
            name = fresh_name(term.hint, given.names | term.free_vars)
            inside = given.assume(App("in", (Var(name), term.arg)))
            for body in opened(term, name):
                for condition in demands(body, inside):
                    yield bind("forall", name, term.arg, condition) if name in condition.free_vars else condition


def _own(term: App) -> tuple[Term, ...]:
    """What the outermost function of a term asks of its arguments."""
    head, args = term.head, term.args
    if head == "/":
        return (App("!=", (args[1], Num(0))),)
    if head == "log":
        return (App("<", (Num(0), args[0])),)
    if head == "sqrt":
        return (App("<=", (Num(0), args[0])),)
    if head == "logit":
        return (App("<", (Num(0), args[0])), App("<", (args[0], Num(1))))
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

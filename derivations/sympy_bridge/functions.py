"""SymPy's functions that are written by others here: tan by sin and cos, gamma by a factorial, and numbers with a name.

>>> print(written(sympy.tan(sympy.Symbol("x")), [Var("x")]))
sin(x) / cos(x)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sympy

from derivations.term import App, Num, Term, Var, add, div, fresh_name, neg, sub, summation

_ONE: Final = Num(1)


def _of(head: str, *args: Term) -> Term:
    return App(head, args)


def _inverse(u: Term) -> Term:
    return div(_ONE, u)


def _harmonic(n: Term) -> Term:
    name = fresh_name("k", n.free_vars)
    return summation(name, App("range", (_ONE, n)), _inverse(Var(name)))


_ONE_ARGUMENT: Final[Mapping[Any, Callable[[Term], Term]]] = {
    sympy.tan: lambda u: div(_of("sin", u), _of("cos", u)),
    sympy.cot: lambda u: div(_of("cos", u), _of("sin", u)),
    sympy.sec: lambda u: _inverse(_of("cos", u)),
    sympy.csc: lambda u: _inverse(_of("sin", u)),
    sympy.coth: lambda u: div(_of("cosh", u), _of("sinh", u)),
    sympy.sech: lambda u: _inverse(_of("cosh", u)),
    sympy.csch: lambda u: _inverse(_of("sinh", u)),
    sympy.acot: lambda u: _of("arctan", _inverse(u)),
    sympy.asec: lambda u: _of("arccos", _inverse(u)),
    sympy.acsc: lambda u: _of("arcsin", _inverse(u)),
    sympy.acoth: lambda u: _of("artanh", _inverse(u)),
    sympy.asech: lambda u: _of("arcosh", _inverse(u)),
    sympy.acsch: lambda u: _of("arsinh", _inverse(u)),
}
# Functions of natural numbers: what SymPy must know of the argument, and the term.
_OF_WHOLE_NUMBERS: Final[Mapping[Any, tuple[str, Callable[[Term], Term]]]] = {
    sympy.gamma: ("is_positive", lambda u: _of("factorial", sub(u, _ONE))),
    sympy.loggamma: ("is_positive", lambda u: _of("log", _of("factorial", sub(u, _ONE)))),
    sympy.harmonic: ("is_nonnegative", _harmonic),
}
CONSTANTS: Final[Mapping[Any, Term]] = {
    sympy.pi: App("pi_number"),
    sympy.E: _of("exp", _ONE),
    sympy.oo: App("oo"),
    -sympy.oo: neg(App("oo")),
    sympy.GoldenRatio: div(add(_ONE, _of("sqrt", Num(5))), Num(2)),
}
WRITTEN: Final = (*_ONE_ARGUMENT, *_OF_WHOLE_NUMBERS)


def written(node: Any, args: list[Term]) -> Term | None:
    """The term of a function of SymPy's that has no head here; None where there is none."""
    known = _ONE_ARGUMENT.get(node.func)
    if known is not None:
        return known(args[0])
    needed, of_whole = _OF_WHOLE_NUMBERS.get(node.func, ("", None))
    if of_whole is None or len(args) != 1:
        return None
    inner = node.args[0]
    return of_whole(args[0]) if inner.is_integer and getattr(inner, needed) else None

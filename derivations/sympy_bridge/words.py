"""The words that our terms and SymPy's expressions share, and SymPy classes for those that SymPy lacks.

>>> b, z = sympy.symbols("b z")
>>> HEADS["bern"](b, z).doit(), HEADS["logit"](b).diff(b)
(b**z*(1 - b)**(1 - z), (1 - b)*(b/(1 - b)**2 + 1/(1 - b))/b)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sympy
from sympy.core.symbol import Str

from derivations.vocabulary import ARITHMETIC, BINDERS, CONSTANTS, FUNCTIONS, POINT_BINDERS, RELATIONS

MINUS: Final = sympy.Integer(-1)
VOCABULARY: Final = ARITHMETIC.keys() | FUNCTIONS.keys() | RELATIONS | CONSTANTS | BINDERS.keys()

# What both languages have, by its name here.
SHARED: Final[Mapping[str, Any]] = {
    "log": sympy.log, "exp": sympy.exp, "abs": sympy.Abs, "tanh": sympy.tanh,
    "sin": sympy.sin, "cos": sympy.cos, "sinh": sympy.sinh, "cosh": sympy.cosh, "max": sympy.Max, "min": sympy.Min,
    "arctan": sympy.atan, "arcsin": sympy.asin, "arccos": sympy.acos, "arsinh": sympy.asinh, "arcosh": sympy.acosh,
    "artanh": sympy.atanh, "sign": sympy.sign, "delta": sympy.KroneckerDelta, "binom": sympy.binomial,
    "factorial": sympy.factorial,
}  # fmt: skip
COMPARISONS: Final[Mapping[str, Any]] = {"=": sympy.Eq, "!=": sympy.Ne, "<": sympy.Lt, "<=": sympy.Le}
# What SymPy has no name for, by its definition.
DEFINED: Final[Mapping[str, Callable[..., Any]]] = {
    "bern": lambda b, z: b**z * (1 - b) ** (1 - z),
    "sigmoid": lambda t: 1 / (1 + sympy.exp(-t)),
    "logit": lambda t: sympy.log(t / (1 - t)),
    "softplus": lambda t: sympy.log(1 + sympy.exp(t)),
    "root": lambda a, n: sympy.sign(a) * sympy.Abs(a) ** (1 / n),
}


def _head(name: str) -> Any:
    """The SymPy function of a head that SymPy does not know; `doit()` and `diff()` go by its definition."""
    definition = DEFINED[name]

    def doit(self: Any, **hints: Any) -> Any:
        return definition(*(arg.doit(**hints) for arg in self.args))

    def fdiff(self: Any, argindex: int = 1) -> Any:
        places = [sympy.Dummy() for _ in self.args]
        slope = definition(*places).diff(places[argindex - 1])
        return slope.subs(dict(zip(places, self.args, strict=True)), simultaneous=True)

    return type(name, (sympy.Function,), {"doit": doit, "fdiff": fdiff, "__doc__": f"`{name}` of the sheet."})


HEADS: Final[Mapping[str, Any]] = {name: _head(name) for name in DEFINED}


class Over(sympy.Expr):  # type: ignore[misc]  # SymPy ships no types
    """A binder that SymPy has no class for: `Over("E", z, Z, q(z), g(z))`.

    Of these only sums are differentiated, term by term; the derivative of any other stays a `Derivative`.

    >>> z, c = sympy.symbols("z c")
    >>> total = Over("sum", z, sympy.Symbol("Z"), c * z)
    >>> total.diff(c), total.subs(c, z), total.free_symbols == {c, sympy.Symbol("Z")}
    (sum[z in Z](z), sum[_z in Z](_z*z), True)
    """

    def __new__(cls, head: str | Str, bound: Any, where: Any, *bodies: Any) -> Any:
        """A binder over the set, or at the point, `where`."""
        return super().__new__(cls, head if isinstance(head, Str) else Str(head), bound, where, *bodies)

    @property
    def bound_symbols(self) -> list[Any]:
        """The bound symbol, as SymPy asks for it."""
        return [self.args[1]]

    @property
    def free_symbols(self) -> Any:
        """The symbols that occur free."""
        inside = set().union(*(body.free_symbols for body in self.args[3:]))
        return self.args[2].free_symbols | (inside - {self.args[1]})

    def _eval_subs(self, old: Any, new: Any) -> Any:
        head, bound, where, *bodies = self.args
        if old == bound:
            return self.func(head, bound, where._subs(old, new), *bodies)
        if bound in new.free_symbols:  # the bound symbol makes way
            away = sympy.Dummy(bound.name, **bound.assumptions0)
            bodies, bound = [body.xreplace({bound: away}) for body in bodies], away
        return self.func(head, bound, where._subs(old, new), *(body._subs(old, new) for body in bodies))

    def _eval_derivative(self, symbol: Any) -> Any:
        head, bound, where, *bodies = self.args
        if head.name != "sum" or symbol in where.free_symbols or symbol == bound:
            return None
        return self.func(head, bound, where, bodies[0].diff(symbol))

    def _sympystr(self, printer: Any) -> str:
        head, bound, where, *bodies = self.args
        link = "=" if head.name in POINT_BINDERS else "in"
        inside = ", ".join(map(printer._print, bodies))
        return f"{head.name}[{printer._print(bound)} {link} {printer._print(where)}]({inside})"

"""A function's own formula: it is called with symbols, and every operation on them is written down and not carried out.

Expressions are built without SymPy's simplifications, so that `x / x` stays what it is. NumPy's functions find their
way here by `__array_ufunc__`, and by the methods that NumPy calls on the elements of an array of objects.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, NoReturn

import sympy

from derivations.sympy_bridge.words import HEADS


class NotTraced(Exception):
    """The body does something with a symbol that only a number allows."""


class Traced:
    """A SymPy expression that a function computes with. What needs a number raises NotTraced."""

    __slots__ = ("expr",)
    __hash__ = None  # type: ignore[assignment]  # two expressions may be equal without looking so

    def __init__(self, expr: Any) -> None:
        self.expr = expr

    def _sympy_(self) -> Any:
        """What SymPy's own functions take."""
        return self.expr

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        name = ufunc.__name__
        make = _OPERATIONS.get(name)
        if make is None or method != "__call__" or any(option not in ("dtype", "where") for option in options):
            raise NotTraced(f"numpy.{name} of a symbol")
        return Traced(make(*map(expression, inputs)))

    def __getattr__(self, name: str) -> Any:
        # NumPy asks the elements of an array of objects for a method of the function's name.
        make = _OPERATIONS.get(name)
        if make is None or name.startswith("_"):
            raise AttributeError(name)
        return lambda: Traced(make(self.expr))

    def __neg__(self) -> Traced:
        return Traced(_negative(self.expr))

    def __pos__(self) -> Traced:
        return self

    def __abs__(self) -> Traced:
        return Traced(sympy.Abs(self.expr, evaluate=False))

    def _number(self, *_: Any) -> NoReturn:
        raise NotTraced("the body needs the value of a symbol")

    __bool__ = __float__ = __int__ = __index__ = __complex__ = __round__ = __iter__ = __len__ = __getitem__ = _number
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __mod__ = __floordiv__ = __rfloordiv__ = __rmod__ = _number


def expression(value: Any) -> Any:
    """A value that a body computes with as a SymPy expression; a decimal is what Python prints for it.

    Raises: NotTraced for anything but a number.

    >>> expression(0.1), expression(True)
    (1/10, 1)
    """
    if isinstance(value, Traced):
        return value.expr
    if isinstance(value, sympy.Basic):
        return value.replace(lambda node: node.is_Float, lambda node: _rational(float(node)))
    item = getattr(value, "item", None)  # a number of NumPy's, or an array that holds just one
    if item is not None and getattr(value, "ndim", 0) == 0:
        return expression(item())
    if isinstance(value, (bool, int)):
        return sympy.Integer(int(value))
    if isinstance(value, float):
        return _rational(value)
    raise NotTraced(f"a {type(value).__name__} in the body")


def _rational(value: float) -> Any:
    try:
        exact = Fraction(repr(value))
    except ValueError as error:
        raise NotTraced(f"{value} in the body") from error
    return sympy.Rational(exact.numerator, exact.denominator)


def _negative(x: Any) -> Any:
    return sympy.Mul(sympy.S.NegativeOne, x, evaluate=False)


def _sum(a: Any, b: Any) -> Any:
    return sympy.Add(a, b, evaluate=False)


def _product(a: Any, b: Any) -> Any:
    return sympy.Mul(a, b, evaluate=False)


def _power(a: Any, b: Any) -> Any:
    return sympy.Pow(a, b, evaluate=False)


def _inverse(x: Any) -> Any:
    return _power(x, sympy.S.NegativeOne)


def _exp(x: Any) -> Any:
    return sympy.exp(x, evaluate=False)


def _log(x: Any) -> Any:
    return sympy.log(x, evaluate=False)


def _base(number: int) -> Callable[[Any], Any]:
    return lambda x: _product(_log(x), _inverse(_log(sympy.Integer(number))))


# By NumPy's names; the operators of Python are among them.
_OPERATIONS: Final[dict[str, Callable[..., Any]]] = {
    "add": _sum,
    "subtract": lambda a, b: _sum(a, _negative(b)),
    "multiply": _product,
    "divide": lambda a, b: _product(a, _inverse(b)),
    "true_divide": lambda a, b: _product(a, _inverse(b)),
    "power": _power,
    "float_power": _power,
    "negative": _negative,
    "positive": lambda x: x,
    "absolute": lambda x: sympy.Abs(x, evaluate=False),
    "fabs": lambda x: sympy.Abs(x, evaluate=False),
    "reciprocal": _inverse,
    "square": lambda x: _power(x, sympy.Integer(2)),
    "sqrt": lambda x: _power(x, sympy.S.Half),
    "exp": _exp,
    "exp2": lambda x: _power(sympy.Integer(2), x),
    "expm1": lambda x: _sum(_exp(x), sympy.S.NegativeOne),
    "log": _log,
    "log1p": lambda x: _log(_sum(sympy.S.One, x)),
    "log2": _base(2),
    "log10": _base(10),
    "tanh": lambda x: sympy.tanh(x, evaluate=False),
    "logaddexp": lambda a, b: _log(_sum(_exp(a), _exp(b))),
    "expit": HEADS["sigmoid"],  # SciPy's name
    "logit": HEADS["logit"],
    "conjugate": lambda x: x,
}


def _operator(name: str, *, reflected: bool = False) -> Callable[[Traced, Any], Any]:
    make = _OPERATIONS[name]

    def run(self: Traced, other: Any) -> Any:
        if getattr(other, "ndim", 0):
            return NotImplemented  # an array: element by element
        own, foreign = self.expr, expression(other)
        return Traced(make(foreign, own) if reflected else make(own, foreign))

    return run


for _name, _numpys in (
    ("add", "add"),
    ("sub", "subtract"),
    ("mul", "multiply"),
    ("truediv", "divide"),
    ("pow", "power"),
):
    setattr(Traced, f"__{_name}__", _operator(_numpys))
    setattr(Traced, f"__r{_name}__", _operator(_numpys, reflected=True))

"""Terms as numpy arrays, for curves: floating point, and no evidence for anything.

Derivatives are taken by a complex step, which is exact to machine precision for analytic functions.

Source: Squire and Trapp, *Using complex variables to estimate derivatives of real functions* (1998).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from derivations.errors import OutsideFragment
from derivations.term import App, Bind, Num, Term, Var, fresh_name, opened

Array: TypeAlias = NDArray[Any]
Values: TypeAlias = "Mapping[str, Array | float | complex]"
Functions: TypeAlias = Mapping[str, Callable[..., Any]]

_STEP: Final = 1e-100


def _binomial(above: Array, below: Array) -> Array:
    return np.asarray(np.vectorize(lambda n, k: float(math.comb(round(n.real), round(k.real))))(above, below))


def _bernoulli(parameter: Array, value: Array) -> Array:
    return np.where(np.real(value) == 1, parameter, 1 - parameter)


_KNOWN: Final[dict[str, Callable[..., Any]]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power, "neg": np.negative,
    "log": np.log, "exp": np.exp, "sqrt": np.sqrt, "tanh": np.tanh, "binom": _binomial, "bern": _bernoulli,
    "sigmoid": lambda u: 1 / (1 + np.exp(-u)), "logit": lambda u: np.log(u / (1 - u)),
    "at": lambda vector, index: vector[..., round(float(np.real(index))) - 1],
}  # fmt: skip


def evaluate(term: Term, values: Values, functions: Functions | None = None) -> Array:
    """The value of a term where its variables have these values; arrays give arrays.

    Domain:  arithmetic, elementary functions, derivatives, sums, products and expectations over {0, 1}, over a range
             of whole numbers, or over a named set, whose value is the array of its elements, summed over all at once.
    Raises:  OutsideFragment for everything else.

    >>> from derivations.notation import read
    >>> evaluate(read("d[b = b](b^3)"), {"b": np.array([1.0, 2.0])}).tolist()
    [3.0, 12.0]
    >>> float(evaluate(read("sum[z in Z](z^2)"), {"Z": np.array([1.0, 2.0, 3.0])}))
    14.0
    """
    return np.real(_Evaluation(functions or {}).value(term, {name: np.asarray(v) for name, v in values.items()}))


class _Evaluation:
    def __init__(self, functions: Functions) -> None:
        self.functions = _KNOWN | dict(functions)

    def value(self, term: Term, values: Mapping[str, Array]) -> Array:
        match term:
            case Num(number):
                return np.asarray(float(number))
            case Var(name) if name in values:
                return values[name]
            case App(head, args) if head in self.functions and args:
                return np.asarray(self.functions[head](*(self.value(arg, values) for arg in args)))
            case Bind("d"):
                return self.derivative(term, values)
            case Bind("sum" | "prod" | "E"):
                return self.total(term, values)
        raise OutsideFragment(f"no curve can be drawn of {term}")

    def derivative(self, term: Bind, values: Mapping[str, Array]) -> Array:
        name = fresh_name(term.hint, frozenset(values))
        point = self.value(term.arg, values)
        if np.iscomplexobj(point):
            raise OutsideFragment("a derivative inside a derivative")
        moved = self.value(opened(term, name)[0], {**values, name: point + _STEP * 1j})
        return np.asarray(np.imag(moved) / _STEP)

    def total(self, term: Bind, values: Mapping[str, Array]) -> Array:
        name = fresh_name(term.hint, frozenset(values))
        bodies = opened(term, name)
        body = bodies[0] if term.head != "E" else App("*", bodies)
        if isinstance(term.arg, Var) and term.arg.name in values:
            return np.asarray(np.sum(self.value(body, {**values, name: values[term.arg.name]}), axis=0))
        parts = [self.value(body, {**values, name: np.asarray(member)}) for member in self.members(term.arg, values)]
        gather = np.prod if term.head == "prod" else np.sum
        return np.asarray(gather(np.stack(np.broadcast_arrays(*parts)), axis=0))

    def members(self, domain: Term, values: Mapping[str, Array]) -> Iterator[float]:
        match domain:
            case App("bits"):
                return iter((0.0, 1.0))
            case App("range", (low, high)):
                first, last = (round(float(np.real(self.value(end, values)))) for end in (low, high))
                return map(float, range(first, last + 1))
        raise OutsideFragment(f"no curve can be drawn of a sum over {domain}")

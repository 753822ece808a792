"""Decimals: the value of a term in a model to fifty digits, by mpmath, apart from our own evaluation.

Sums are enumerated, derivatives taken numerically by `mpmath.diff`, a limit is the value 1e-40 beside its point.
Nothing is enclosed, so that a decimal is evidence and never a verdict.

>>> from derivations.notation import read
>>> model = Model({"b": fmpq(1, 3)}, {}, {}, frozenset())
>>> mp.nstr(Decimals(model).value(read("d[b = b](log(1 - b))")), 20)
'-1.5'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from flint import fmpq
from mpmath import mp, mpf

from derivations.errors import OutsideFragment
from derivations.models.domain import BITS, Domain, Tuples, Whole, Without, elements
from derivations.models.model import Model
from derivations.term import App, Bind, Bound, Num, Term, Var
from derivations.value import Infinity, Value
from derivations.value import Sequence as Components

DIGITS: Final = 50
BESIDE: Final = (10, 20, 40)  # a limit is looked at 1e-10, 1e-20 and 1e-40 beside its point
_MOST_BODIES: Final = 3_000
_MOST_MEMBERS: Final = 300
_LARGEST_EXPONENT: Final = 10**6


class Decimals:
    """Evaluates terms in one model; a value is a decimal, an element of an abstract set, or a tuple.

    Raises: OutsideFragment wherever there is no value, or too much to compute.
    """

    def __init__(self, model: Model, *, beside: int = BESIDE[-1]) -> None:
        self.model, self.beside = model, beside
        self._stack: list[Any] = []
        self._bodies = _MOST_BODIES

    def value(self, term: Term) -> Any:
        """The value of a term, at fifty digits or at the precision that mpmath is working with."""
        if isinstance(term, Num):
            return mpf(term.value)
        if isinstance(term, Bound):
            return self._stack[-1 - term.index]
        if isinstance(term, Var):
            if term.name not in self.model.symbols:
                raise OutsideFragment(f"{term.name} stands for no value")
            return decimal(self.model.symbols[term.name])
        if isinstance(term, Bind):
            return self._binder(term)
        if isinstance(term, App):
            return self._application(term)
        raise OutsideFragment(f"{term} has no value")

    def number(self, term: Term) -> Any:
        """The value of a term that is a number."""
        found = self.value(term)
        if not isinstance(found, mpf) or not mp.isfinite(found):
            raise OutsideFragment(f"{term} is no number here")
        return found

    def inside(self, value: Any, body: Term) -> Any:
        """The value of a body whose bound variable is `value`."""
        self._bodies -= 1
        if self._bodies < 0:
            raise OutsideFragment("too much to compute")
        self._stack.append(value)
        try:
            return self.number(body)
        finally:
            self._stack.pop()

    def members(self, domain: Term) -> list[Any]:
        """The elements of a finite set."""
        return [decimal(element) for element in elements(self._domain(domain), _MOST_MEMBERS)]

    def _application(self, term: App) -> Any:
        head = term.head
        if head == "card":
            return mpf(len(self.members(term.args[0])))
        if head == "at":
            return self._component(self.value(term.args[0]), int(self.number(term.args[1])))
        operation = _OPERATIONS.get(head)
        if operation is not None:
            return operation(*map(self.number, term.args))
        meaning = self.model.functions.get((head, len(term.args)))
        if meaning is None:
            raise OutsideFragment(f"{head} stands for no function")
        return decimal(meaning([_exact(self.value(arg)) for arg in term.args]))

    def _component(self, vector: Any, place: int) -> Any:
        if isinstance(vector, Components):
            return decimal(vector.component(place))
        if not isinstance(vector, tuple) or not 1 <= place <= len(vector):
            raise OutsideFragment("no such component")
        return vector[place - 1]

    def _binder(self, term: Bind) -> Any:
        if term.head == "d":
            return mp.diff(lambda t: self.inside(t, term.bodies[0]), self.number(term.arg))
        if term.head in ("limit_right", "limit_left"):
            side = 1 if term.head == "limit_right" else -1
            with mp.workdps(3 * self.beside):  # the digits that a difference may lose
                return self.inside(self.number(term.arg) + side * mpf(10) ** -self.beside, term.bodies[0])
        reduce = _REDUCTIONS.get(term.head)
        if reduce is None:
            raise OutsideFragment(f"{term.head} has no value")
        return reduce([[self.inside(member, body) for body in term.bodies] for member in self.members(term.arg)])

    def _domain(self, domain: Term) -> Domain:
        if isinstance(domain, Var) and domain.name in self.model.sets:
            return self.model.sets[domain.name]
        if domain == App("bits"):
            return BITS
        if isinstance(domain, App) and domain.head == "range":
            first, last = map(self.number, domain.args)
            return Whole(int(first), int(last))
        if isinstance(domain, App) and domain.head == "tuples":
            return Tuples(self._domain(domain.args[0]), int(self.number(domain.args[1])))
        if isinstance(domain, App) and domain.head == "without":
            return Without(self._domain(domain.args[0]), _exact(self.value(domain.args[1])))
        raise OutsideFragment(f"{domain} is not enumerated")


# ---------------------------------------------------------------- numbers


def decimal(value: Value) -> Any:
    """A rational number as a decimal; a tuple in its components; anything else as it is."""
    if isinstance(value, fmpq):
        return mpf(int(value.p)) / int(value.q)
    if isinstance(value, tuple):
        return tuple(map(decimal, value))
    if isinstance(value, Infinity):
        raise OutsideFragment("infinity is no number")
    return value


def _exact(value: Any) -> Any:
    """A decimal as the rational number that it is."""
    if isinstance(value, tuple):
        return tuple(map(_exact, value))
    if not isinstance(value, mpf):
        return value
    sign, mantissa, exponent, _ = value._mpf_
    whole = fmpq(int(-mantissa if sign else mantissa))
    return whole * 2**exponent if exponent >= 0 else whole / 2**-exponent


def _real(function: Callable[[Any], Any], domain: Callable[[Any], bool]) -> Callable[[Any], Any]:
    """A function where it is real and of a sensible size; mpmath would go on."""

    def run(x: Any) -> Any:
        if not domain(x):
            raise OutsideFragment("a function outside of its domain")
        return function(x)

    return run


def _quotient(a: Any, b: Any) -> Any:
    if b == 0:
        raise OutsideFragment("division by zero")
    return a / b


def _power(base: Any, exponent: Any) -> Any:
    if abs(exponent) > _LARGEST_EXPONENT:
        raise OutsideFragment("a huge power")
    if exponent == int(exponent):
        return _quotient(mpf(1), base ** int(-exponent)) if exponent < 0 else base ** int(exponent)
    return _exp(exponent * _log(base))


def _bernoulli(chance: Any, outcome: Any) -> Any:
    return _power(chance, outcome) * _power(1 - chance, 1 - outcome)


_log: Final = _real(mp.log, lambda x: x > 0)
_exp: Final = _real(mp.exp, lambda x: abs(x) < _LARGEST_EXPONENT)
_OPERATIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _quotient,
    "^": _power,
    "neg": lambda a: -a,
    "abs": abs,
    "log": _log,
    "exp": _exp,
    "sqrt": _real(mp.sqrt, lambda x: x >= 0),
    "tanh": mp.tanh,
    "sinh": mp.sinh,
    "cosh": mp.cosh,
    "sin": mp.sin,
    "cos": mp.cos,
    "arctan": mp.atan,
    "arcsin": _real(mp.asin, lambda x: abs(x) <= 1),
    "arccos": _real(mp.acos, lambda x: abs(x) <= 1),
    "arsinh": mp.asinh,
    "arcosh": _real(mp.acosh, lambda x: x >= 1),
    "artanh": _real(mp.atanh, lambda x: abs(x) < 1),
    "sign": mp.sign,
    "root": lambda x, n: mp.sign(x) * mp.root(abs(x), int(n)),
    "max": max,
    "min": min,
    "pi_number": lambda: +mp.pi,
    "sigmoid": lambda x: 1 / (1 + _exp(-x)),
    "softplus": lambda x: mp.log1p(_exp(x)),
    "logit": lambda x: _log(_quotient(x, 1 - x)),
    "bern": _bernoulli,
    "binom": mp.binomial,
    "factorial": mp.factorial,
}


# ---------------------------------------------------------------- sums


def _mean(rows: Sequence[Sequence[Any]], column: int = 1) -> Any:
    return mp.fsum(row[0] * row[column] for row in rows)


def _covariance(rows: Sequence[Sequence[Any]]) -> Any:
    first, second = _mean(rows), _mean(rows, -1)
    return mp.fsum(row[0] * (row[1] - first) * (row[-1] - second) for row in rows)


_REDUCTIONS: Final[Mapping[str, Callable[[Sequence[Sequence[Any]]], Any]]] = {
    "sum": lambda rows: mp.fsum(row[0] for row in rows),
    "prod": lambda rows: mp.fprod(row[0] for row in rows),
    "E": _mean,
    "Var": _covariance,
    "Cov": _covariance,
    "KL": lambda rows: mp.fsum(q * _log(q / p) for q, p in rows),
    "H": lambda rows: -mp.fsum(q * _log(q) for (q,) in rows),
    "CE": lambda rows: -mp.fsum(q * _log(p) for q, p in rows),
}

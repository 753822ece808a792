"""Whether a function computes its formula: by proof from its trace, and by numbers at dyadic points.

Tolerance: function and formula get the same numbers, since a float holds them exactly. The function rounds, the formula
is enclosed to 128 bits. A sum of terms of size s computed in double precision may miss its value by a few times 1e-16 s
even where it cancels; so they are compared relative to the largest intermediate value of the formula at the point, and
`rtol` = 1e-9 leaves seven digits to the function's own way of computing. A difference below that is left to the proof.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import sympy
from flint import arb, ctx, fmpq
from hypothesis import assume
from hypothesis import strategies as st

from derivations.api import understood
from derivations.checker import judged_in_time
from derivations.errors import DerivationsError, OutsideFragment
from derivations.evidence.examples import tried
from derivations.evidence.extras import extra
from derivations.given import Given
from derivations.notation import read
from derivations.refute import value
from derivations.sympy_bridge import from_sympy
from derivations.sympy_bridge.writer import assumptions
from derivations.term import App, Num, Term, Var, substituted, subterms
from derivations.testing.assertions import account
from derivations.testing.strategies import exact, model_at, pmfs, points
from derivations.testing.ties import Tie, Vector
from derivations.testing.tracing import NotTraced, Traced, expression

_BITS: Final = 128
_SIZES: Final = (1, 2, 3)  # of arrays for which a trace is proved
_MOST_COMPONENTS: Final = 8
_BATCH: Final = 5
# What arithmetic and library functions raise at a point where they have no value.
_FAILURES: Final = (ArithmeticError, ValueError, TypeError, IndexError, KeyError, AttributeError, RuntimeError)


@dataclass(frozen=True)
class Computation:
    """What was found out: `proof` is "proved", or why there is none; `examples` is the number of points that agreed."""

    proof: str
    examples: int
    rtol: float

    def __str__(self) -> str:
        said = "proved from its trace" if self.proof == "proved" else self.proof
        return f"{said}; agrees at {self.examples} points to {self.rtol:g}"


def computed(function: Callable[..., Any], tie: Tie, *, proof: bool) -> Computation:
    """Prove and try. Raises AssertionError where the function does not compute the formula, or is not proved to."""
    __tracebackhide__ = True
    case = _Case(function, tie)
    found = case.proved()
    if proof and found != "proved":
        raise AssertionError(f"{case.name}: {found}")
    return Computation(found, case.tried(), tie.rtol)


class _Case:
    """A function, its formula, and what is given of the symbols."""

    def __init__(self, function: Callable[..., Any], tie: Tie) -> None:
        self.function, self.tie = function, tie
        self.name = getattr(function, "__name__", str(function))
        (self.term,), read_given = understood((tie.latex,), tie.profile)
        self.vectors = {name: domain for name, domain in tie.domains.items() if isinstance(domain, Vector)}
        scalars = {name: domain for name, domain in tie.domains.items() if name not in self.vectors}
        facts = [fact for name, domain in self.vectors.items() for fact in _of_vector(name, domain)]
        self.given = Given((*read_given, *Given.from_dict(scalars), *facts))
        self.sizes = sorted({domain.size for domain in self.vectors.values()})
        self.parameters = self._parameters()

    def _parameters(self) -> dict[str, str]:
        """The symbol of each parameter. Raises TypeError where function and formula do not fit together."""
        called = {part.head for part in subterms(self.term) if isinstance(part, App)}
        symbols = self.term.free_vars | (called & self.vectors.keys())
        found = {}
        for name, parameter in inspect.signature(self.function).parameters.items():
            symbol = self.tie.names.get(name, name)
            if symbol in symbols or symbol in self.tie.domains:
                found[name] = symbol
            elif parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD:
                raise TypeError(f"{self.name}: the formula {self.tie.latex} has no symbol for the parameter {name}")
        missing = symbols - set(found.values()) - set(self.sizes)
        if missing:
            raise TypeError(f"{self.name}: no parameter stands for {', '.join(sorted(missing))} in {self.tie.latex}")
        return found

    # ------------------------------------------------------------ proof

    def proved(self) -> str:
        """ "proved", or why not. Raises AssertionError where the trace is another formula."""
        __tracebackhide__ = True
        if not self.sizes:
            return self._proved_for({})
        said = [self._proved_for(dict.fromkeys(self.sizes, size)) for size in _SIZES]
        if all(one == "proved" for one in said):
            return f"proved from its trace for {' = '.join(self.sizes)} = {_SIZES[0]} to {_SIZES[-1]}"
        return next(one for one in said if one != "proved")

    def _proved_for(self, sizes: Mapping[str, int]) -> str:
        __tracebackhide__ = True
        formula = substituted(self.term, {name: Num(size) for name, size in sizes.items()})
        try:
            traced = self._trace(sizes)
        except NotTraced as why:
            return f"not proved, there is no trace: {why}"
        except OutsideFragment as why:
            return f"not proved, the trace is outside the fragment: {why}"
        except _FAILURES as why:
            return f"not proved, there is no trace: {type(why).__name__}: {why}"
        claim = App("=", (traced, formula))
        given = Given(_concrete(self.given, sizes))
        verdict = judged_in_time(claim, given, self.tie.timeout)
        if verdict.kind in ("refuted", "conditional"):
            raise AssertionError(
                f"{self.name} computes another formula than {self.tie.latex}\n{account(verdict, claim)}"
            )
        return "proved" if verdict.kind == "proved" else f"not proved: {verdict.reason}"

    def _trace(self, sizes: Mapping[str, int]) -> Term:
        arguments = {name: self._symbol(symbol, sizes) for name, symbol in self.parameters.items()}
        return from_sympy(expression(self.function(**arguments)))[0]

    def _symbol(self, symbol: str, sizes: Mapping[str, int]) -> Any:
        if symbol in sizes:
            return sizes[symbol]
        domain = self.vectors.get(symbol)
        if domain is None:
            return Traced(sympy.Symbol(symbol, **assumptions(symbol, self.given)))
        head = sympy.Function(symbol)
        components = [Traced(head(sympy.Integer(place))) for place in range(1, sizes[domain.size] + 1)]
        numpy = extra("numpy")
        array = numpy.empty(len(components), dtype=object)
        array[:] = components
        return array

    # ------------------------------------------------------------ numbers

    def tried(self) -> int:
        """The number of points at which function and formula agree. Raises AssertionError at one where they do not."""
        __tracebackhide__ = True
        agreed = tried(self._compare, self._batches() if self.tie.arrays else self._points(), self.tie.examples)
        if not agreed:
            raise AssertionError(f"{self.name}: {self.tie.latex} has no value at any point that was tried")
        return agreed

    def _points(self) -> st.SearchStrategy[Any]:
        return _drawn(self.given, frozenset(self.parameters.values()), self.vectors)

    def _batches(self) -> st.SearchStrategy[Any]:
        return st.lists(self._points(), min_size=1, max_size=_BATCH)

    def _compare(self, drawn: Any) -> None:
        """Call the function once. Raises AssertionError."""
        __tracebackhide__ = True
        rows = drawn if isinstance(drawn, list) else [drawn]
        found = [self._enclosed(row) for row in rows]
        assume(all(one is not None for one in found))
        try:
            result = self.function(**self._arguments(rows, arrays=isinstance(drawn, list)))
            values = _floats(result, len(rows)) if isinstance(drawn, list) else [float(result)]
        except _FAILURES as error:
            said = f"raises {type(error).__name__}: {error}"
            raise AssertionError(f"{self.name} {said}\n  at {_shown(rows[0])}: the formula is {found[0]}") from error
        for row, one, number in zip(rows, found, values, strict=True):
            if one is not None and not one.holds(number, self.tie.rtol):
                found_here = f"at {_shown(row)}: it returns {number!r}, the formula is {one}"
                raise AssertionError(f"{self.name} does not compute {self.tie.latex}\n  {found_here}")

    def _arguments(self, rows: Sequence[Mapping[str, Any]], *, arrays: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, symbol in self.parameters.items():
            column = [self._number(symbol, row[symbol]) for row in rows]
            found[name] = extra("numpy").array(column, dtype=float) if arrays else column[0]
        return found

    def _number(self, symbol: str, number: Any) -> Any:
        if isinstance(number, tuple):
            return extra("numpy").array([float(one) for one in number])
        return int(number) if symbol in model_at({}, self.given).wholes or symbol in self.sizes else float(number)

    def _enclosed(self, row: Mapping[str, Any]) -> _Enclosed | None:
        """The formula at a point; None where it has no value."""
        numbers = {name: number for name, number in row.items() if not isinstance(number, tuple)}
        tables = {(name, 1): _Table(number) for name, number in row.items() if isinstance(number, tuple)}
        model = model_at(numbers, self.given, tables)
        here = value(self.term, model, _BITS)
        if not isinstance(here, fmpq | arb):
            return None
        parts = (value(part, model) for part in subterms(self.term) if not part.loose and not isinstance(part, Num))
        return _Enclosed(here, max(_size(part) for part in (here, *parts)))


@dataclass(frozen=True)
class _Enclosed:
    """The formula's value at a point, and the size of the largest of its parts there."""

    value: fmpq | arb
    scale: float

    def holds(self, number: float, rtol: float) -> bool:
        """Whether a float is as near to the value as rounding explains."""
        if not math.isfinite(number):
            return False
        with ctx.workprec(_BITS):
            return bool(abs(arb(number) - arb(self.value)) <= arb(rtol) * arb(self.scale))

    def __str__(self) -> str:
        if isinstance(self.value, fmpq):
            return str(self.value)
        return str(self.value.str(17, radius=False))


@dataclass(frozen=True)
class _Table:
    """A vector as the function from places to components that the formula means."""

    components: tuple[Fraction, ...]

    def __call__(self, args: Sequence[Any], /) -> Any:
        (place,) = args
        if not isinstance(place, fmpq) or place.q != 1 or not 1 <= int(place.p) <= len(self.components):
            raise OutsideFragment("no such component")
        return exact(self.components[int(place.p) - 1])


def _size(part: object) -> float:
    if isinstance(part, fmpq):
        return abs(int(part.p) / int(part.q))
    return float(abs(part).upper()) if isinstance(part, arb) else 0.0


def _floats(result: Any, count: int) -> list[float]:
    """The numbers of an array; a single number is meant for each."""
    array = extra("numpy").asarray(result, dtype=float)
    if array.ndim and array.shape != (count,):
        raise ValueError(f"an array of shape {array.shape} for arguments of shape ({count},)")
    return [float(one) for one in array] if array.ndim else [float(array)] * count


def _shown(row: Mapping[str, Any]) -> str:
    parts = [f"{name} = {_written(number)}" for name, number in sorted(row.items())]
    return ", ".join(parts) or "no symbols"


def _written(number: Any) -> str:
    return f"({', '.join(map(str, number))})" if isinstance(number, tuple) else str(number)


# ---------------------------------------------------------------- arrays


def _of_vector(name: str, domain: Vector) -> list[Term]:
    """What is given of a vector, as facts about the function that the formula reads it as."""
    size = read(f"{domain.size} in integers(1, oo)")
    if domain.mass:
        return [size, read(f"pmf[i in range(1, {domain.size})]({name}(i))"), read(f"0 < {name}(?i)")]
    (fact,) = Given.from_dict({"x": domain.of})
    if not isinstance(fact, App):
        raise DerivationsError(f"{name}: the components of an array are real numbers")
    return [size, App("in", (App(name, (Var("?i"),)), fact.args[1]))]


def _concrete(given: Given, sizes: Mapping[str, int]) -> list[Term]:
    """The given for particular sizes, of which nothing need be said any more."""
    values: dict[str, Term] = {name: Num(size) for name, size in sizes.items()}
    return [substituted(fact, values) for name, fact in _subjects(given) if name not in sizes]


def _subjects(given: Given) -> Iterator[tuple[str, Term]]:
    """Each fact, with the name of the symbol whose domain it gives."""
    for fact in given:
        first = fact.args[0] if isinstance(fact, App) and fact.args else None
        yield first.name if isinstance(first, Var) else "", fact


@st.composite
def _drawn(draw: st.DrawFn, given: Given, symbols: frozenset[str], vectors: Mapping[str, Vector]) -> dict[str, Any]:
    """Numbers for the symbols, tuples for the vectors, sizes for these."""
    sizes = {domain.size: draw(st.integers(1, _MOST_COMPONENTS)) for domain in vectors.values()}
    row: dict[str, Any] = dict(draw(points(given, symbols - vectors.keys() - sizes.keys())))
    row.update({name: Fraction(size) for name, size in sizes.items()})
    for name, domain in sorted(vectors.items()):
        size = sizes[domain.size]
        if domain.mass:
            row[name] = draw(pmfs(size))
        else:
            one = points(Given.from_dict({"x": domain.of})).map(lambda point: point["x"])
            row[name] = tuple(draw(st.lists(one, min_size=size, max_size=size)))
    return row

r"""Formulas in your own tests: what must be proved, refuted, unchanged, and what a function must compute.

    assert_proved(lhs, rhs, given)              the kernel proves lhs = rhs, and no condition stays open
    assert_refuted(lhs, rhs, given)             there is a counterexample: a test of the test
    assert_same_formula(one, other, given)      two ways to write one formula or statement
    assert_frozen(path)                         formulas still mean what was frozen
    formula(latex, ...), assert_computes(f)     a Python function computes a formula
    strategies                                  Hypothesis strategies for terms, givens, points and mass functions

Formulas are LaTeX, SymPy expressions or terms, as for `derivations.prove`. What is heavy is loaded by the first call, so
that the import costs nothing. A failure is an AssertionError that says both sides, the counterexample or the reason.

>>> _ = assert_proved(r"\frac{1}{\beta} + \frac{1}{1-\beta}", r"\frac{1}{\beta(1-\beta)}", {"beta": ("0", "1")})
>>> assert_proved(r"\frac{1}{\beta}", r"\frac{1}{\beta^2}", {"beta": ("0", "1")})
Traceback (most recent call last):
AssertionError: refuted: 1 / beta = 1 / beta^2
  at beta = 1/2: left side 2, right side 4
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from derivations.api import Assumed, Formula
    from derivations.testing.computing import Computation
    from derivations.verdict import Verdict

__all__ = [
    "Tie", "Vector", "assert_computes", "assert_frozen", "assert_proved", "assert_refuted", "assert_same_formula",
    "formula", "pmf", "vector",
]  # fmt: skip

TIMEOUT: Final = 10.0
RELATIVE: Final = 1e-9
_F = TypeVar("_F", bound=Callable[..., Any])


def assert_proved(lhs: Formula, rhs: Formula = None, given: Assumed = None, *, timeout: float = TIMEOUT) -> Verdict:
    r"""lhs = rhs is proved under the given, and no condition stays open; without `rhs`, `lhs` is itself a relation.

    Returns: the verdict, with its proof. Raises: AssertionError; NotationError for LaTeX that is not understood.

    >>> assert_proved(r"\log(x^2) \geq 0", given={"x": ("1", "oo")}).kind
    'proved'
    """
    __tracebackhide__ = True
    from derivations.testing import assertions

    return assertions.expected("proved", lhs, rhs, given, timeout)


def assert_refuted(lhs: Formula, rhs: Formula = None, given: Assumed = None, *, timeout: float = TIMEOUT) -> Verdict:
    r"""lhs = rhs has a counterexample that satisfies the given: not being proved is not enough.

    Returns and raises as `assert_proved`.

    >>> dict(assert_refuted(r"\sqrt{x^2}", "x", {"x": "real"}).counterexample.point)
    {'x': '-1'}
    """
    __tracebackhide__ = True
    from derivations.testing import assertions

    return assertions.expected("refuted", lhs, rhs, given, timeout)


def assert_same_formula(one: Formula, other: Formula, given: Assumed = None, *, timeout: float = TIMEOUT) -> None:
    r"""Two formulas are one, however they are written; two statements are, where their parts are.

    Raises: AssertionError that names the part that differs, with normal forms; NotationError.

    >>> assert_same_formula(r"y = \frac{1-x}{x}", r"y = \frac1x - 1", {"x": "positive"})
    >>> assert_same_formula(r"y = \frac{1-x}{x}", r"2y = \frac{2-2x}{x}", {"x": "positive"})
    Traceback (most recent call last):
    AssertionError: the formula has changed
      was: y
      is:  2 * y
      at y = 3: was 3, is 6
      normal form was: y
      normal form is:  2 * y
    """
    __tracebackhide__ = True
    from derivations.testing import assertions

    assertions.same(one, other, given, timeout)


def assert_frozen(path: Path | str, *names: str, timeout: float = TIMEOUT) -> None:
    """The formulas of a file that `derivations freeze` wrote, or those of some names, still mean the same.

    Raises: AssertionError that names each difference; DerivationsError for a file that is missing or none of ours.
    """
    __tracebackhide__ = True
    from derivations.testing import assertions

    assertions.frozen(path, names, timeout)


# ---------------------------------------------------------------- functions


@dataclass(frozen=True)
class Vector:
    """A parameter that is a one-dimensional array: the symbol of its size, and what its components are."""

    size: str
    of: object = "real"
    mass: bool = False


def vector(size: str, of: object = "real") -> Vector:
    """An array of so many components, each of a kind or in an open interval; the formula has them as `x_i`."""
    return Vector(size, of)


def pmf(size: str) -> Vector:
    """An array of probabilities: positive, with the sum 1."""
    return Vector(size, "positive", mass=True)


@dataclass(frozen=True)
class Tie:
    """What `formula` says of a function: the formula, what is given of its symbols, and how it is tried."""

    latex: str
    domains: Mapping[str, object]
    names: Mapping[str, str] = field(default_factory=dict)
    rtol: float = RELATIVE
    examples: int = 50
    arrays: bool = False
    profile: str = "plain"
    timeout: float = TIMEOUT


def formula(
    latex: str, /, *, names: Mapping[str, str] | None = None, rtol: float = RELATIVE, examples: int = 50,
    arrays: bool = False, profile: str = "plain", timeout: float = TIMEOUT, **domains: object,
) -> Callable[[_F], _F]:  # fmt: skip
    r"""Tie a function to the formula that it computes; `assert_computes(f)`, or pytest with `--derivations`, checks it.

    Domain:  each further keyword is a symbol of the formula with its kind, as in `prove`: "real", "positive", "integer",
             "positive integer", "bit", an open interval ("0", "1"), or a `vector` or `pmf`. A parameter is called like
             its symbol; where it cannot be, as with `lambda`, `names={"rate": "lambda"}` says which it stands for.
    Options: `arrays` passes arrays of float64 instead of single numbers, for functions that work element by element;
             `rtol` and `examples` belong to the numerical check.
    Returns: the function itself, unchanged but for the attribute `formula`.

    >>> @formula(r"\frac{1-\beta}{m\beta}", beta=("0", "1"), m="positive integer")
    ... def variance(beta, m):
    ...     return (1 / beta - 1) / m
    >>> variance(0.5, 4)
    0.25
    >>> print(assert_computes(variance))
    proved from its trace; agrees at 50 points to 1e-09
    """

    def tied(function: _F) -> _F:
        tie = Tie(latex, domains, dict(names or {}), rtol, examples, arrays, profile, timeout)
        function.formula = tie  # type: ignore[attr-defined]  # functions take attributes
        return function

    return tied


def assert_computes(function: Callable[..., Any], tie: Tie | None = None, *, proof: bool = False) -> Computation:
    """A function computes its formula: proved from its own SymPy trace where it has one, tried with numbers always.

    A body that branches on a value, loops so often as a symbol says or calls `math.log` has no trace; then numbers alone
    speak, which is no proof: `proof=True` fails then. Numbers are dyadic, so that the function gets them exactly, and are
    compared with the formula's exact or enclosed value.

    Returns: what was found out. Raises: AssertionError with a point where function and formula differ.
    """
    __tracebackhide__ = True
    from derivations.testing.computing import computed

    found = tie or getattr(function, "formula", None)
    if not isinstance(found, Tie):
        raise TypeError(f"{getattr(function, '__name__', function)} is tied to no formula: decorate it with @formula(...)")
    return computed(function, found, proof=proof)

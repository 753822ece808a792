r"""Formulas in your own tests: what must be proved, refuted, unchanged, and what a function must compute.

    assert_proved(lhs, rhs, given)              the kernel proves lhs = rhs, and no condition stays open
    assert_refuted(lhs, rhs, given)             there is a counterexample: a test of the test
    assert_same_formula(one, other, given)      two ways to write one formula or statement
    assert_frozen(path)                         formulas still mean what was frozen
    formula(latex, ...), assert_computes(f)     a Python function computes a formula
    strategies                                  Hypothesis strategies for terms, givens, points and mass functions

Formulas are LaTeX, SymPy expressions or terms, as for `derivations.prove`. What is heavy is loaded by the first call,
so that the import costs nothing. A failure is an AssertionError that says both sides, and the counterexample or the
reason.

>>> _ = assert_proved(r"\frac{1}{\beta} + \frac{1}{1-\beta}", r"\frac{1}{\beta(1-\beta)}", {"beta": ("0", "1")})
>>> assert_proved(r"\frac{1}{\beta}", r"\frac{1}{\beta^2}", {"beta": ("0", "1")})
Traceback (most recent call last):
AssertionError: refuted: 1 / beta = 1 / beta^2
  at beta = 1/2: left side 2, right side 4
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from derivations.testing.ties import TIMEOUT, Tie, Vector, formula, pmf, vector

if TYPE_CHECKING:
    from pathlib import Path

    from derivations.api import Assumed, Formula
    from derivations.testing.computing import Computation
    from derivations.verdict import Verdict

__all__ = [
    "Tie", "Vector", "assert_computes", "assert_frozen", "assert_proved", "assert_refuted", "assert_same_formula",
    "formula", "pmf", "vector",
]  # fmt: skip


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


def assert_computes(function: Callable[..., Any], tie: Tie | None = None, *, proof: bool = False) -> Computation:
    """A function computes its formula: proved from its own SymPy trace where it has one, tried with numbers always.

    A body that branches on a value, loops as often as a symbol says or calls `math.log` has no trace; then numbers
    alone speak, which is no proof: `proof=True` fails then. Numbers are dyadic, so that the function gets them exactly;
    what it returns is compared with the formula's exact or enclosed value, relative to the largest intermediate value,
    to 1e-9 if `rtol` does not say otherwise.

    Returns: what was found out. Raises: AssertionError with a point where function and formula differ.
    """
    __tracebackhide__ = True
    from derivations.testing.computing import computed

    found = tie or getattr(function, "formula", None)
    if not isinstance(found, Tie):
        raise TypeError(
            f"{getattr(function, '__name__', function)} is tied to no formula: decorate it with @formula(...)"
        )
    return computed(function, found, proof=proof)

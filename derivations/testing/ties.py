"""What ties a Python function to the formula that it computes: data only, so that production code may import it.

`derivations.testing.computing` is what checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

TIMEOUT: Final = 10.0
RELATIVE: Final = 1e-9
_F = TypeVar("_F", bound=Callable[..., Any])


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
    r"""Tie a function to its formula; `assert_computes(f)`, or pytest with `--derivations`, checks that it computes it.

    Domain:  each further keyword is a symbol of the formula with its kind, as in `prove`: "real", "positive",
             "integer", "positive integer", "bit", an open interval ("0", "1"), or a `vector` or `pmf`. A parameter is
             called like its symbol; where it cannot be, as with `lambda`, `names={"rate": "lambda"}` says which it
             stands for.
    Options: `arrays` passes arrays of float64 instead of single numbers, for functions that work element by element;
             `rtol` and `examples` belong to the numerical check.
    Returns: the function itself, unchanged but for the attribute `formula`.

    >>> from derivations.testing import assert_computes
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

"""Sums and what is defined by sums: expectation, variance, entropy, divergence.

Each is a function of rows: the values of the binder's bodies at each element of its set.

>>> from flint import fmpq
>>> fair = [[fmpq(1, 2), fmpq(0)], [fmpq(1, 2), fmpq(1)]]
>>> str(REDUCTIONS["E"](fair)), str(REDUCTIONS["Var"](fair))
('1/2', '1/4')
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from flint import fmpq

from derivations.models.elementary import log
from derivations.value import ONE, ZERO, Scalar, Value, add, div, mul, neg, sub

Rows: TypeAlias = list[list[Value]]


def _total(summands: Sequence[Value]) -> Scalar:
    total: Scalar = ZERO
    for summand in summands:
        total = add(total, summand)
    return total


def _sum(rows: Rows) -> Scalar:
    return _total([row[0] for row in rows])


def _product(rows: Rows) -> Scalar:
    result: Scalar = ONE
    for row in rows:
        result = mul(result, row[0])
    return result


def _expectation(rows: Rows) -> Scalar:
    return _total([mul(q, g) for q, g in rows])


def _covariance(rows: Rows) -> Scalar:
    """E[(g - E g)(h - E h)], by definition; the variance is the case g = h."""
    first = _total([mul(row[0], row[1]) for row in rows])
    second = _total([mul(row[0], row[-1]) for row in rows])
    return _total([mul(row[0], mul(sub(row[1], first), sub(row[-1], second))) for row in rows])


def _times_log(mass: Value, ratio: Callable[[], Value]) -> Scalar:
    """mass * log(ratio), where 0 * log(anything) is 0: the convention of entropies, and of these alone."""
    if isinstance(mass, fmpq) and not mass:
        return ZERO
    return mul(mass, log(ratio()))


def _divergence(rows: Rows) -> Scalar:
    return _total([_times_log(q, lambda q=q, p=p: div(q, p)) for q, p in rows])  # type: ignore[misc]


def _cross_entropy(rows: Rows) -> Scalar:
    """-sum q log p; the entropy is the case p = q."""
    return neg(_total([_times_log(row[0], lambda p=row[-1]: p) for row in rows]))  # type: ignore[misc]


REDUCTIONS: Final[dict[str, Callable[[Rows], Scalar]]] = {
    "sum": _sum, "prod": _product, "E": _expectation, "Var": _covariance, "Cov": _covariance,
    "KL": _divergence, "H": _cross_entropy, "CE": _cross_entropy,
}  # fmt: skip

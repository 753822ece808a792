r"""Notations in which a letter is no number: what they say is not refuted by reading it as one."""

from __future__ import annotations

import pytest

import derivations


@pytest.mark.parametrize(
    ("lhs", "rhs", "given", "said"),
    [
        ("(1+i)(1-i)", "2", {}, "imaginary"),
        ("|3+4i|", "5", {}, "imaginary"),
        ("d(uv)", r"u\,dv + v\,du", {}, "differential"),
        ("D_x x^2", "2x", {"x": "real"}, "derivative"),
        (r"\Delta y", "y_2 - y_1", {}, "difference"),
        (r"\nabla f(x)", "f'(x)", {"x": "real"}, "gradient"),
        ("A", r"\pi r^2", {"r": "positive"}, "may define A"),
        (r"\sigma^2", "np(1-p)", {"n": "positive integer", "p": ("0", "1")}, "may define sigma"),
        (r"\lg 8", "3", {}, "ambiguous"),
    ],
)
def test_what_may_be_meant_is_not_refuted(lhs: str, rhs: str, given: dict[str, object], said: str) -> None:
    verdict = derivations.prove(lhs, rhs, given)
    assert verdict.kind == "undecided"
    assert said in str(verdict.reason)


@pytest.mark.parametrize(
    ("lhs", "rhs", "given"),
    [
        ("x_i^2", "x_i", {}),
        (r"\sum_{j=1}^{i} j", "i^2", {"i": "positive integer"}),
        ("i(i+1)", "i^2", {"i": "integer"}),
        ("A", r"\pi r^2", {"r": "positive", "A": "positive"}),
        ("x", "x + 1", {}),
        (r"\Delta^2 - 4ac", "5", {"a": "real", "c": "real"}),
        (r"\frac{d}{dx} x^2", "x", {"x": "real"}),
        ("d(a + b)", "da + b", {"a": "real", "b": "real", "d": "real"}),
    ],
)
def test_what_is_a_number_is_refuted(lhs: str, rhs: str, given: dict[str, object]) -> None:
    assert derivations.prove(lhs, rhs, given).kind == "refuted"

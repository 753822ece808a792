"""What is too large to be looked at, told without walking through all of it."""

from __future__ import annotations

from derivations.notation import read
from derivations.sizes import is_larger, too_large
from derivations.term import Num, Term, Var, add, derivative, equal


def _repeated(step, times: int) -> Term:
    term: Term = Var("x")
    for _ in range(times):
        term = step(term)
    return term


def test_parts_are_counted_as_those_of_a_tree() -> None:
    term = read("x + x * y")
    assert is_larger(term, 4)
    assert not is_larger(term, 5)
    assert too_large(equal(_repeated(lambda t: add(t, t), 60), Num(1))).startswith("size: a claim of more than")


def test_digits_and_orders() -> None:
    assert too_large(equal(Num(10**5000), Num(1))) == "size: a number with too many digits"
    assert too_large(equal(_repeated(lambda t: derivative("x", t), 40), Num(1))).startswith("size: derivatives")
    assert too_large(equal(_repeated(lambda t: derivative("x", t), 12), Num(1))) == ""
    assert too_large(read("x / x = 1")) == ""

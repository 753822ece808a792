"""Where a term has a value, and where the two sides of an equation differ in that."""

from __future__ import annotations

import pytest

from derivations.definedness import demands, open_differences
from derivations.given import Given
from derivations.notation import read


@pytest.mark.parametrize(
    ("term", "asked"),
    [
        ("1 / x", ["x != 0"]), ("log(x)", ["0 < x"]), ("sqrt(x)", ["0 <= x"]), ("logit(x)", ["0 < x", "x < 1"]),
        ("d[t = x](log(t))", ["0 < x"]), ("sum[i in Z](log(f(i)))", ["forall[i in Z](0 < f(i))"]),
        ("sum[i in Z](log(x))", ["0 < x"]), ("log(b) / b", []), ("exp(x)", []), ("limit_right[t = 0](log(t))", []),
    ],
)  # fmt: skip
def test_demands(term: str, asked: list[str]) -> None:
    assert [str(c) for c in demands(read(term), Given.of("b in interval(0, 1)", "x in reals"))] == asked


def test_what_both_sides_need_is_no_difference() -> None:
    assert open_differences(read("log(x) + log(y)"), read("log(y) + log(x)"), Given()) == ()
    assert [str(c) for c in open_differences(read("1"), read("x / x"), Given())] == ["x != 0"]

"""The plain notation: precedence, and errors that say where and what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.errors import NotationError
from derivations.notation import read


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a-b-c", "a - b - c"),
        ("a-(b-c)", "a - (b - c)"),
        ("a/b/c", "a / b / c"),
        ("a/(b*c)", "a / (b * c)"),
        ("a^b^c", "a^b^c"),
        ("(a^b)^c", "(a^b)^c"),
        ("-a^2", "-a^2"),
        ("(-a)^2", "(-a)^2"),
        ("2^-1", "2^(-1)"),
        ("x > y", "y < x"),
        ("x >= y", "y <= x"),
        ("z[i]^2", "z[i]^2"),
        ("v[i + 1]", "v[i + 1]"),
        ("d[i] + H * E", "d[i] + H * E"),
        ("d[ t=x ](t)", "d[t = x](t)"),
        ("E[z in Z](q(z), f(z)) = 0", "E[z in Z](q(z), f(z)) = 0"),
        ("limit_right[t = 0](t * log(t)) = 0", "limit_right[t = 0](t * log(t)) = 0"),
        ("k in without(range(1, n), l)", "k in without(range(1, n), l)"),
    ],
)
def test_reads_as_written(text: str, written: str) -> None:
    assert str(read(text)) == written
    assert read(written) == read(text)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("", 1, "a term"),
        ("1 +", 4, "a term"),
        ("(1", 3, "')'"),
        ("1 $ 2", 3, "a number, a name or a sign"),
        ("log", 4, "the arguments of log"),
        ("log(1, 2)", 1, "another number of arguments"),
        ("sum[z in Z](1, 2)", 1, "another number of arguments"),
        ("sum[z = Z](1)", 7, "'in'"),
        ("d[t in x](t)", 5, "'='"),
        ("1 2", 3, "the end of the formula"),
        ("f(1", 4, "')'"),
        ("a = b = c", 7, "the end of the formula"),
    ],
)
def test_errors_say_where_and_what(text: str, column: int, expected: str) -> None:
    with pytest.raises(NotationError, match="expected") as caught:
        read(text)
    assert caught.value.position + 1 == column
    assert expected in caught.value.expected
    assert str(caught.value).startswith(f"line 1, column {column}: expected {expected}")


def test_brackets_are_bounded() -> None:
    with pytest.raises(NotationError, match="nested brackets"):
        read("(" * 5000 + "1" + ")" * 5000)


def test_rows_of_terms_are_bounded() -> None:
    assert read("1+" * 150 + "x").free_vars == {"x"}
    with pytest.raises(NotationError, match="terms in a row"):
        read("1+" * 5000 + "x")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        term = read(text)
    except NotationError:
        return
    assert read(str(term)) == term

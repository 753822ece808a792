"""Numbers as people set them: groups of three digits, decimal commas, digits that repeat; a gap makes no product."""

import pytest

from derivations.api import prove
from derivations.errors import NotationError
from derivations.latex.reader import read_formula
from derivations.notation import read
from derivations.term import Term

LETTERS = dict.fromkeys("ax", "real")


def _read(formula: str) -> Term:
    return read_formula(formula, "plain", symbols=LETTERS, constants=True)


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        (r"1\,000", "1000"),
        (r"1{,}000{,}000", "1000000"),
        (r"12\,345.6", "123456 / 10"),
        (r"10 000", "10000"),
        (r"1{,}5", "15 / 10"),
        (r"0{,}125", "125 / 1000"),
        (r"0.\overline{3}", "3 / 9"),
        (r"0.1\overline{6}x", "15 / 90 * x"),
        (r"0.\overline{142857}", "142857 / 999999"),
        (r"2\cdot 3", "2 * 3"),
        (r"3\, 2^a", "3 * 2^a"),
        (r"2^2 3^2", "2^2 * 3^2"),
        (r"\frac12 x", "1 / 2 * x"),
        (r"3.14", "314 / 100"),
        (r"(x)_+", "max(x, 0)"),
        (r"[1 - ax]_+^2", "max(1 - a * x, 0)^2"),
        (r"(x)^+", "max(x, 0)"),
        (r"f^{\prime\prime}(x)", "d[t = x](d[t = t](f(t)))"),
        (r"f^{(2)}(x)", "d[t = x](d[t = t](f(t)))"),
        (r"f^{(i)}(x)", "f(i, x)"),
        (r"\lim_{h \to 0} \frac{(a+h)^2 - a^2}{h}", "limit[h = 0](((a + h)^2 - a^2) / h)"),
    ],
)
def test_what_is_read(formula: str, meant: str) -> None:
    assert _read(formula) == read(meant)


@pytest.mark.parametrize("formula", ["2 3", r"2\,3", "x^10", "2^10", r"1\,00", "1,000", r"1.5\,000", "0.\\overline{x}"])
def test_what_is_not_read(formula: str) -> None:
    with pytest.raises(NotationError):
        _read(formula)


def test_a_gap_is_no_product() -> None:
    assert prove(r"1\,000", "0", {}).kind == "refuted"
    assert prove(r"1\,000 + 1", "1001", {}).kind == "proved"


def test_the_second_derivative_by_its_number() -> None:
    assert prove(r"\frac{d^2}{dx^2} f(x)", "f^{(2)}(x)").kind == "proved"
    assert prove(r"f^{(2)}(x)", "f'(x)").kind == "refuted"

"""Orders of growth: which monomial is the larger one beside 0, and what is known of coefficients."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivations.given import Given
from derivations.growth import LOG, ONE, Monomial, Unknown, compared, defined, is_zero, joined, sign_of, tendency, times
from derivations.notation import read

F = Fraction
GIVEN = Given.of("a in interval(0, 1)", "b in reals")
FLAT = Monomial(exponent=((F(-1), F(0), F(-1)),))  # exp(-1/s)
# From the largest to the smallest.
ORDER = [
    Monomial(exponent=((F(-2), F(0), F(1)),)),
    Monomial(exponent=((F(-1), F(0), F(2)),)),
    Monomial(exponent=((F(-1), F(0), F(1)),)),
    Monomial(power=F(-100), exponent=((F(0), F(2), F(1)),)),
    Monomial(power=F(-2)),
    Monomial(power=F(-1), log=F(5)),
    Monomial(power=F(-1)),
    Monomial(log=F(3)),
    LOG,
    Monomial(log=F(1, 2)),
    ONE,
    Monomial(log=F(-1)),
    Monomial(power=F(1, 3), log=F(9)),
    Monomial(power=F(1)),
    Monomial(power=F(-100), exponent=((F(-1), F(0), F(-1)),)),
    FLAT,
]


def test_monomials_in_order() -> None:
    for place, larger in enumerate(ORDER):
        assert compared(larger, larger, GIVEN) == 0
        assert all(compared(larger, smaller, GIVEN) == 1 for smaller in ORDER[place + 1 :])
        assert all(compared(smaller, larger, GIVEN) == -1 for smaller in ORDER[place + 1 :])
    assert [tendency(monomial, GIVEN) for monomial in (ORDER[0], ONE, FLAT)] == [1, 0, -1]


def test_products_and_quotients_of_monomials() -> None:
    assert times(FLAT, FLAT, -1) == ONE
    assert times(Monomial(F(1), F(2)), Monomial(F(3), F(-2))) == Monomial(F(4))


def test_a_symbol_of_unknown_sign_orders_nothing() -> None:
    with pytest.raises(Unknown):
        tendency(Monomial(exponent=((F(-1), F(0), read("b")),)), GIVEN)
    assert tendency(Monomial(exponent=((F(-1), F(0), read("a - 1")),)), GIVEN) == -1


def test_coefficients() -> None:
    assert defined(read("1/2 + 3/4"), GIVEN) == F(5, 4)
    assert joined(F(1), F(2), -1) == -1
    assert is_zero(joined(read("b"), read("b"), -1))
    assert sign_of(read("a - 1"), GIVEN) == -1
    for undefined in ("log(a - 1)", "1 / b", "log(b)", "sqrt(-a)", "oo", "sum[k in range(1, 3)](1 / (b - k))"):
        with pytest.raises(Unknown):
            defined(read(undefined), GIVEN)

"""Values: exact arithmetic, balls that hold the truth, jets that differentiate, limits, and what is undefined."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb, ctx, fmpq
from hypothesis import assume, given
from hypothesis import strategies as st

from derivations.models.elementary import ELEMENTARY, binomial, exp, factorial, log, real_power, sigmoid, sqrt
from derivations.models.table import written, written_apart
from derivations.value import (
    ONE,
    UNKNOWN,
    ZERO,
    Blurred,
    Element,
    Infinity,
    Jet,
    Undefined,
    add,
    at_most,
    div,
    less,
    limit,
    mul,
    neg,
    same,
    slope,
    sub,
    whole,
    whole_power,
)  # fmt: skip

rationals = st.fractions(min_value=-50, max_value=50, max_denominator=60)


def exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


# ---------------------------------------------------------------- numbers


@given(rationals, rationals, st.integers(-4, 6))
def test_rational_arithmetic_is_exact(a, b, n):
    x, y = exact(a), exact(b)
    assert fraction(add(x, y)) == a + b
    assert fraction(sub(x, y)) == a - b
    assert fraction(mul(x, y)) == a * b
    assert fraction(neg(x)) == -a
    if b:
        assert fraction(div(x, y)) == a / b
    if a or n >= 0:
        assert fraction(whole_power(x, n)) == a**n


@given(rationals)
def test_balls_hold_the_value(a):
    with ctx.workprec(64), mpmath.workdps(60):
        x = mpmath.mpf(a.numerator) / a.denominator
        truths = {"exp": mpmath.exp, "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)), "tanh": mpmath.tanh,
                  "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)), "abs": abs}  # fmt: skip
        if a > 0:
            truths |= {"log": mpmath.log, "sqrt": mpmath.sqrt}
        if 0 < a < 1:
            truths["logit"] = lambda x: mpmath.log(x / (1 - x))
        for name, truth in truths.items():
            found = ELEMENTARY[name](exact(a))
            wide = found if isinstance(found, arb) else arb(found)
            assert wide.overlaps(arb(mpmath.nstr(truth(x), 50)) + arb(0, "1e-45")), name
            assert wide.rel_accuracy_bits() > 40 or abs(truth(x)) < 1e-9, name


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (log(ONE), ZERO), (exp(ZERO), ONE), (sqrt(fmpq(9, 4)), fmpq(3, 2)), (sigmoid(ZERO), fmpq(1, 2)),
        (real_power(fmpq(4), fmpq(1, 2)), fmpq(2)), (real_power(fmpq(4, 9), fmpq(-3, 2)), fmpq(27, 8)),
        (real_power(fmpq(2), fmpq(10)), fmpq(1024)), (whole_power(ZERO, 0), ONE), (mul(ZERO, arb(2).log()), ZERO),
        (ELEMENTARY["logit"](fmpq(1, 2)), ZERO), (ELEMENTARY["tanh"](ZERO), ZERO), (factorial(fmpq(5)), fmpq(120)),
        (binomial(fmpq(5), fmpq(2)), fmpq(10)), (binomial(fmpq(2), fmpq(3)), ZERO),
        (whole_power(fmpq(-1), 2**100), ONE),
    ],
)  # fmt: skip
def test_simple_values_stay_exact(found, expected):
    assert isinstance(found, fmpq)
    assert found == expected


UNDEFINED = {
    "1/0": lambda: div(ONE, ZERO),
    "0^-1": lambda: whole_power(ZERO, -1),
    "log 0": lambda: log(ZERO),
    "log -1": lambda: log(fmpq(-1)),
    "sqrt -1": lambda: sqrt(fmpq(-1)),
    "(-8)^(1/3)": lambda: real_power(fmpq(-8), fmpq(1, 3)),
    "0^(1/2)": lambda: real_power(ZERO, fmpq(1, 2)),
    "2^(2^100)": lambda: whole_power(fmpq(2), 2**100),
    "sqrt(2)^(2^100)": lambda: whole_power(arb(2).sqrt(), 2**100),
    "exp(2^100)": lambda: exp(fmpq(2**100)),
    "exp exp exp 5": lambda: exp(exp(exp(fmpq(5)))),
    "100000!": lambda: factorial(fmpq(100_000)),
    "(-1)!": lambda: factorial(fmpq(-1)),
    "(1/2)!": lambda: factorial(fmpq(1, 2)),
    "binom(10^9, 5*10^8)": lambda: binomial(fmpq(10**9), fmpq(5 * 10**8)),
    "logit 1": lambda: ELEMENTARY["logit"](ONE),
    "element + 1": lambda: add(Element(1), ONE),
    "vector * 2": lambda: mul((ONE, ONE), fmpq(2)),
    "oo - oo": lambda: sub(Infinity(1), Infinity(1)),
    "0 * vector": lambda: mul(ZERO, (ONE,)),
    "an index 1/2": lambda: whole(fmpq(1, 2)),
    "derivative of sqrt at 0": lambda: sqrt(Jet(1, ZERO, ONE)),
    "derivative of abs at 0": lambda: ELEMENTARY["abs"](Jet(1, ZERO, ONE)),
    "sqrt(t^2) at 0": lambda: sqrt(mul(Jet(1, ZERO, ONE), Jet(1, ZERO, ONE))),
    "factorial of a jet": lambda: factorial(Jet(1, ONE, ONE)),
    "log of an unknown": lambda: log(UNKNOWN),
    "log 2 times an unknown": lambda: mul(log(fmpq(2)), UNKNOWN),
    "a limit of a jet": lambda: limit(Jet(1, UNKNOWN, UNKNOWN), ZERO, 1),
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_undefined(name):
    with pytest.raises(Undefined):
        UNDEFINED[name]()


def test_a_ball_that_may_be_zero_is_blurred_not_undefined():
    blurred = arb(0, "1e-10")
    for attempt in (lambda: div(ONE, blurred), lambda: log(blurred), lambda: sqrt(blurred)):
        with pytest.raises(Blurred):
            attempt()


def test_exact_numbers_are_bounded():
    number = fmpq(3) ** 12_000
    with pytest.raises(Undefined):
        mul(number, number)


# ---------------------------------------------------------------- comparisons


@given(rationals, rationals)
def test_comparisons_of_rationals(a, b):
    x, y = exact(a), exact(b)
    assert same(x, y) is (a == b)
    assert less(x, y) is (a < b)
    assert at_most(x, y) is (a <= b)


def test_comparisons_of_balls_are_three_valued():
    root, blurred = arb(2).sqrt(), arb("1.5", "0.2")
    assert same(root, mul(root, ONE)) is None
    assert same(root, fmpq(3, 2)) is False
    assert (less(root, fmpq(3, 2)), less(fmpq(3, 2), root), less(root, blurred)) == (True, False, None)
    assert (at_most(root, fmpq(3, 2)), at_most(root, root)) == (True, None)


def test_comparisons_of_other_values():
    assert same(Element(1), Element(1)) is True
    assert same(Element(1), Element(2)) is False
    assert same((ONE, ZERO), (ONE, ONE)) is False
    assert same((arb(2).sqrt(),), (arb(2).sqrt(),)) is None
    assert same(Infinity(1), Infinity(-1)) is False
    assert same(Infinity(1), ONE) is False
    for pair in ((Element(1), ONE), ((ONE,), ONE), ((ONE,), (ONE, ONE))):
        with pytest.raises(Undefined):
            same(*pair)


# ---------------------------------------------------------------- derivatives


@given(rationals, rationals)
def test_product_and_quotient_rule(a, b):
    x = Jet(1, exact(a), ONE)
    c = exact(b)
    assert fraction(slope(mul(mul(x, x), add(x, c)), 1)) == 3 * a**2 + 2 * a * b
    assume(a * a + b != 0)
    assert fraction(slope(div(x, add(mul(x, x), c)), 1)) == (b - a * a) / (a * a + b) ** 2


@given(rationals.filter(bool), st.integers(-5, 5))
def test_powers_of_all_orders(a, n):
    x = Jet(2, Jet(1, exact(a), ONE), ONE)
    second = slope(slope(whole_power(x, n), 2), 1)
    assert fraction(second) == n * (n - 1) * a ** (n - 2)


def test_derivatives_of_elementary_functions_by_closed_forms():
    a = fmpq(2, 7)
    s, t = sigmoid(a), ELEMENTARY["tanh"](a)
    closed = {
        "log": fmpq(7, 2), "exp": exp(a), "sqrt": div(fmpq(1, 2), sqrt(a)), "sigmoid": mul(s, sub(ONE, s)),
        "logit": fmpq(49, 10), "softplus": s, "tanh": sub(ONE, mul(t, t)), "abs": ONE,
    }  # fmt: skip
    second = {
        "log": fmpq(-49, 4), "exp": exp(a), "sigmoid": mul(mul(s, sub(ONE, s)), sub(ONE, mul(fmpq(2), s))),
        "logit": fmpq(-21 * 49, 100), "softplus": mul(s, sub(ONE, s)), "abs": ZERO,
    }  # fmt: skip
    for name, expected in closed.items():
        assert same(slope(ELEMENTARY[name](Jet(1, a, ONE)), 1), expected) is not False, name
    for name, expected in second.items():
        found = slope(slope(ELEMENTARY[name](Jet(2, Jet(1, a, ONE), ONE)), 2), 1)
        assert same(found, expected) is not False, name
        assert same(found, add(expected, fmpq(1, 1000))) is False, name


def test_two_derivatives_are_not_confused():
    """d/dx (x * d/dy (x + y)) = 1, the classical trap of nested forward mode."""
    x = Jet(1, fmpq(5), ONE)
    inner = slope(add(x, Jet(2, fmpq(7), ONE)), 2)
    assert slope(mul(x, inner), 1) == ONE


def test_a_slope_of_zero_is_still_a_slope():
    """t^2 at 0 has slope 0, but sqrt(t^2) has no derivative there: a jet must not turn into a number."""
    square = mul(Jet(1, ZERO, ONE), Jet(1, ZERO, ONE))
    assert isinstance(square, Jet)


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("function", "point", "side", "expected"),
    [
        (lambda t: div(sub(ONE, t), mul(fmpq(3), t)), ZERO, 1, Infinity(1)),
        (lambda t: div(sub(ONE, t), mul(fmpq(3), t)), ZERO, -1, Infinity(-1)),
        (lambda t: div(sub(ONE, t), mul(fmpq(3), t)), ONE, -1, ZERO),
        (lambda t: div(ONE, mul(t, t)), ZERO, -1, Infinity(1)),
        (lambda t: div(sub(mul(t, t), ONE), sub(t, ONE)), ONE, 1, fmpq(2)),
        (lambda t: div(mul(fmpq(2), t), add(t, ONE)), Infinity(1), -1, fmpq(2)),
        (lambda t: mul(t, t), Infinity(-1), 1, Infinity(1)),
        (lambda t: mul(t, mul(t, t)), Infinity(-1), 1, Infinity(-1)),
        (lambda t: div(ONE, t), Infinity(-1), 1, ZERO),
        (lambda t: sub(t, t), ONE, 1, ZERO),
        (lambda t: fmpq(4), ONE, 1, fmpq(4)),
    ],
)
def test_limits_of_rational_functions(function, point, side, expected):
    assert limit(function(UNKNOWN), point, side) == expected


def test_limits_cancel_common_factors_of_high_degree():
    top = whole_power(sub(UNKNOWN, ONE), 30)
    assert limit(div(top, mul(top, UNKNOWN)), ONE, 1) == ONE


def test_a_derivative_inside_a_limit():
    slope_of_inverse = slope(div(ONE, Jet(1, UNKNOWN, ONE)), 1)
    assert limit(slope_of_inverse, ZERO, 1) == Infinity(-1)


# ---------------------------------------------------------------- as text


@given(st.fractions(max_denominator=10**9), st.integers(0, 40), st.integers(1, 30))
def test_decimals_are_right_in_all_digits(a, tenths, digits):
    scaled = exact(a) / fmpq(10) ** tenths
    text = written(arb(scaled) + arb(2).sqrt() - arb(2).sqrt(), digits)
    if "±" not in text:
        mantissa, _, power = text.replace("...e", "...").partition("...")
        shown = Fraction(mantissa) * Fraction(10) ** int(power or 0)
        unit = Fraction(1, 10 ** len(mantissa.partition(".")[2])) * Fraction(10) ** int(power or 0)
        truth = fraction(scaled)
        assert abs(shown) <= abs(truth) < abs(shown) + unit


def test_texts_of_different_values_differ():
    left, right = written_apart(arb(2).log(), arb(2).log() + arb("1e-15"))
    assert left != right
    assert left.startswith("0.693147180559945")
    assert written_apart(fmpq(1, 3), fmpq(2, 3)) == ("1/3", "2/3")
    assert written(exp(fmpq(-1000))).startswith("5.07595889754")
    assert "e" in written(exp(fmpq(-100_000)))

"""Strict inequalities that fail at equality only, and inequalities that fail on a short interval."""

import pytest

from derivations.closest import at_simple_places, closest
from derivations.given import Given
from derivations.notation import read
from derivations.prover import theorem_of, verdict_on

GIVEN = Given.of(
    "x in interval(0, oo)", "y in interval(0, oo)", "p in interval(0, 1)", "u in reals", "n in integers(1, oo)"
)


@pytest.mark.parametrize(
    ("claim", "point"),
    [
        ("exp(1) * x < exp(x)", {"x": "1"}),
        ("1 + u < exp(u)", {"u": "0"}),
        ("-p * log(p) < exp(-1)", {"p": "exp(-1)"}),
        ("u^2 != 2", {"u": "-sqrt(2)"}),
        ("exp(u) != 3", {"u": "log(3)"}),
        ("sin(u) < 1", {"u": "1 / 2 * pi_number"}),
        ("u^2 - u - 1 != 0", {"u": "(1 + -sqrt(5)) / 2"}),
        ("(log(x) + log(y)) / 2 < log((x + y) / 2)", {"x": "1", "y": "1"}),
        ("log(exp(1)) != 1", {}),
        ("2 * sqrt(2) < sqrt(8)", {}),
    ],
)
def test_equality_is_proved_at_a_point_with_a_name(claim: str, point: dict[str, str]) -> None:
    found = closest(read(claim), GIVEN, theorem_of)
    assert found is not None
    assert dict(found.point) == point
    assert found.exact
    assert verdict_on(read(claim), GIVEN).kind == "refuted"


@pytest.mark.parametrize("claim", ["0 <= u^2 + 3 * u + 2", "x^2 <= 2^x", "0 < (u - 7 / 3)^2 - 1 / 1000"])
def test_a_short_interval_is_found(claim: str) -> None:
    found = closest(read(claim), GIVEN, theorem_of)
    assert found is not None


@pytest.mark.parametrize(
    "claim",
    [
        "1 + x < exp(x)", "1 + u <= exp(u)", "0 < u^2 + 1 / 1000000", "x != -1", "f(u) < g(u)", "u^2 != -2", "n < 2^n",
        "0 < (u - pi_number)^2 + (u - 355 / 113)^2", "p != 1", "x = x", "p^2 < p",
    ],
)  # fmt: skip
def test_what_holds_or_is_unknown_is_left_alone(claim: str) -> None:
    assert closest(read(claim), GIVEN, theorem_of) is None


def test_a_point_outside_the_given_refutes_nothing() -> None:
    given = Given.of("x in interval(0, oo)", "x != 1")
    assert closest(read("exp(1) * x < exp(x)"), given, theorem_of) is None


@pytest.mark.parametrize(
    ("claim", "point"),
    [
        ("2 < x / y + y / x", {"x": "1", "y": "1"}),
        ("1 + u < exp(u)", {"u": "0"}),
        ("p * (1 - p) < 1 / 4", {"p": "1/2"}),
        ("9 * x * y <= 8 * x * y", {"x": "1", "y": "1"}),
    ],
)
def test_simple_places_come_first(claim: str, point: dict[str, str]) -> None:
    found = at_simple_places(read(claim), GIVEN, theorem_of)
    assert found is not None
    assert dict(found.point) == point


@pytest.mark.parametrize("claim", ["2 <= x / y + y / x", "1 + x < exp(x)", "u^2 != 1", "0 < 1", "f(u) < 1"])
def test_nothing_at_simple_places(claim: str) -> None:
    assert at_simple_places(read(claim), GIVEN, theorem_of) is None

"""The normaliser is not trusted; what it says that its moves make of a term is what the kernel makes of it all the same."""

from __future__ import annotations

import random

import pytest

from derivations.errors import DerivationsError, OpenCondition
from derivations.given import Given
from derivations.kernel import after
from derivations.normal_form import normal_form
from derivations.notation import read
from tests.generated import GIVEN, random_term


@pytest.mark.parametrize("seed", range(8))
def test_the_moves_lead_to_the_normal_form(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - reproducible examples, not secrets
    judged = 0
    for _ in range(60):
        term = random_term(rng, rng.randint(1, 4))
        try:
            reached, moves = normal_form(term, GIVEN)
        except (DerivationsError, RecursionError):
            continue
        try:
            assert after(term, moves, GIVEN) == reached
        except OpenCondition:
            continue  # it divided by what may vanish: no proof, and none is claimed
        judged += 1
    assert judged > 40


@pytest.mark.parametrize(
    "text",
    [
        "sin(4 / (x^2 * pi_number^2))",
        "cos(2 / pi_number)",
        "sin(n * pi_number^2)",
        "cos(3 * n * pi_number)",
        "(-(x - sum[b in bits](x)^(-1)))^(1 / 3)",
    ],
)
def test_parts_of_a_term_are_not_lost(text: str) -> None:
    given = Given.of("x in interval(0, oo)", "n in integers(1, oo)")
    reached, moves = normal_form(read(text), given)
    assert after(read(text), moves, given) == reached


@pytest.mark.parametrize("letter", ["k", "j", "i"])
def test_names_do_not_come_from_earlier_questions(letter: str) -> None:
    given = Given.of("n in integers(1, oo)")
    earlier = read("sum[s in range(1, n)](f(s)) * 2")
    asked = read(f"sum[{letter} in range(1, n)](f({letter})) * 2")
    normal_form(earlier, given)
    assert str(normal_form(asked, given)[0]) == f"2 * sum[{letter} in range(1, n)](f({letter}))"

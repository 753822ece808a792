"""Signs of polynomials in one variable, against their values at many points and their known roots."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from derivations.sturm import constant_sign


def _multiplied(factors: list[list[int]]) -> list[int]:
    total = [1]
    for factor in factors:
        product = [0] * (len(total) + len(factor) - 1)
        for i, a in enumerate(total):
            for j, b in enumerate(factor):
                product[i + j] += a * b
        total = product
    return total


@pytest.mark.parametrize("half_line", [True, False])
def test_products_of_known_factors(half_line: bool) -> None:
    rng = random.Random(7)  # noqa: S311 - reproducible polynomials, not secrets
    decided = 0
    for _ in range(400):
        roots = [(rng.randint(-3, 3), rng.randint(1, 3)) for _ in range(rng.randint(0, 3))]
        factors = [[-root, 1] for root, times in roots for _ in range(times)]
        factors += [[rng.randint(1, 3), 0, 1]] * rng.randint(0, 2)
        polynomial = _multiplied([[rng.choice([-2, 1, 3])], *factors])
        inside = [root for root, _ in roots if root > 0 or not half_line]
        odd = [root for root in inside if sum(times for other, times in roots if other == root) % 2]
        sign, never_zero = constant_sign(polynomial, half_line=half_line)
        assert bool(sign) is not bool(odd)
        if sign:
            decided += 1
            assert never_zero is not bool(inside)
            for point in [Fraction(k, 7) for k in range(1, 40)]:
                value = sum(c * point**power for power, c in enumerate(polynomial))
                assert value * sign >= 0
    assert decided > 60


def test_nothing_is_said_of_zero_and_of_a_change_of_sign() -> None:
    assert constant_sign([], half_line=True) == (0, False)
    assert constant_sign([0, 0], half_line=False) == (0, False)
    assert constant_sign([-2, 0, 1], half_line=True) == (0, False)


def test_constants_and_the_origin() -> None:
    assert constant_sign([-3], half_line=False) == (-1, True)
    assert constant_sign([0, 0, 1], half_line=False) == (1, False)
    assert constant_sign([0, 0, 1], half_line=True) == (1, True)

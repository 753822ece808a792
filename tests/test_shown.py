"""Conditions are shown in their shortest form, and no condition that follows from the others is shown."""

import pytest

from derivations.api import prove
from derivations.given import Given
from derivations.kernel import Apply, Inside, replay
from derivations.notation import read
from derivations.shown import with_shorter_conditions


@pytest.mark.parametrize(
    ("lhs", "rhs", "given", "conditions"),
    [
        (r"\sum_{k=1}^n k", r"\frac{n(n+1)}{2}", {"n": "integer"}, ["0 <= n"]),
        (r"\frac{(n+1)!}{n!}", "n+1", {"n": "integer"}, ["0 <= n"]),
        (r"\frac{(n+1)!}{n!}", "n+1", None, ["n in integers(0, oo)"]),
        (r"\sum_{k=1}^n k", r"\frac{n(n+1)}{2}", None, ["n in integers(0, oo)"]),
        (r"\binom{n}{k}", r"\frac{n!}{k!(n-k)!}", {"n": "positive integer", "k": "positive integer"}, ["k <= n"]),
    ],
)
def test_conditions(lhs: str, rhs: str, given: dict[str, object] | None, conditions: list[str]) -> None:
    verdict = prove(lhs, rhs, given)
    assert verdict.kind == "conditional"
    assert list(map(str, verdict.conditions)) == conditions


def test_a_count_of_which_nothing_is_said_is_still_refuted() -> None:
    assert prove(r"\sum_{k=1}^n k", r"\frac{n(n-1)}{2}").kind == "refuted"
    assert prove(r"\frac{(n+1)!}{n!}", "n").kind == "refuted"


def test_a_theorem_without_conditions_stays_as_it_is() -> None:
    theorem = replay(read("x / x = 1"), [Inside(0, (Apply("algebra", (("?b", read("1")),)),))], Given.of("0 < x"))
    assert with_shorter_conditions(theorem) is theorem

"""The given: found by subject, compared as a set, extended without change."""

from __future__ import annotations

import pytest

from derivations.errors import NotationError
from derivations.given import Given, subjects
from derivations.notation import read


def test_facts_are_found_by_what_they_speak_about() -> None:
    given = Given.of("b in interval(0, 1)", "0 < q(?t, ?z)", "pmf[z in Z](q(?t, z))")
    assert [str(fact) for fact in given.about("q")] == ["0 < q(?t, ?z)", "pmf[z in Z](q(?t, z))"]
    assert given.about("nobody") == ()
    assert {"b", "q", "Z"} <= given.names
    assert subjects(read("k != l")) == {"k", "l"}


def test_order_and_repetition_do_not_matter() -> None:
    one, other = Given.of("0 < a", "0 < b", "0 < a"), Given.of("0 < b", "0 < a")
    assert one == other
    assert hash(one) == hash(other)
    assert one != "0 < a"
    assert len(list(one)) == 2


def test_assuming_leaves_the_given_alone() -> None:
    given = Given.of("0 < a")
    more = given.assume(read("0 < b"))
    assert read("0 < b") in more
    assert read("0 < b") not in given
    assert more.without(read("0 < b")) == given
    assert repr(given) == "<given 0 < a>"


@pytest.mark.parametrize(
    ("domain", "fact"),
    [
        ("real", "x in reals"), ("positive", "x in interval(0, oo)"), ("integer", "x in integers(-oo, oo)"),
        ("positive integer", "x in integers(1, oo)"), ("bit", "x in bits"), (("0", "1"), "x in interval(0, 1)"),
        ((0, "2 * y"), "x in interval(0, 2 * y)"),
    ],
)  # fmt: skip
def test_kinds_of_symbols(domain: object, fact: str) -> None:
    assert str(Given.from_dict({"x": domain})) == fact


@pytest.mark.parametrize("domain", ["rational", ("0",), 3, None])
def test_unknown_kinds_are_refused(domain: object) -> None:
    with pytest.raises(NotationError, match="for x one of 'real'"):
        Given.from_dict({"x": domain})

"""The kernel: what it accepts, what it records, what is known inside a binder."""

from __future__ import annotations

import pytest

from derivations.errors import KernelError, OpenCondition
from derivations.given import Given
from derivations.kernel import Apply, Have, Inside, Move, after, chain, facts_inside, replay
from derivations.matching import function
from derivations.notation import read
from derivations.term import Bind, Num, Var
from tests.refusals import NOTHING, UNIT, by, here, to

POSITIVE = Given.of("0 < x", "0 < y", "x in reals", "y in reals")


def test_a_rule_at_its_place() -> None:
    theorem = by("1 + log(b * b) = 1 + (log(b) + log(b))", here(0, here(1, Apply("log-product"))))
    assert theorem.rules == ("log-product",)
    assert theorem.conditions == (read("0 < b"),)
    assert theorem.hypotheses == ()
    assert repr(theorem) == "<theorem 1 + log(b * b) = 1 + (log(b) + log(b))>"


def test_a_rule_backwards() -> None:
    theorem = by("log(b) + log(b) = log(b * b)", here(0, Apply("log-product", reverse=True)))
    assert theorem.moves == (here(0, Apply("log-product", reverse=True)),)


def test_the_set_of_a_sum_and_the_point_of_a_derivative() -> None:
    assert by("sum[i in range(1, 1 + 1)](i) = sum[i in range(1, 2)](i)", here(0, here(0, here(1, to("2")))))
    assert by("d[t = b + b](t^2) = d[t = 2 * b](t^2)", here(0, here(0, to("2 * b"))))


def test_inside_a_sum_the_variable_lies_in_the_set() -> None:
    theorem = by("sum[i in bits](i^2) = sum[i in bits](i)", here(0, here(1, to("i", "bit-algebra"), name="i")))
    assert theorem.rules == ("bit-algebra",)


def test_near_a_point_open_facts_go_on_holding() -> None:
    claim = "d[t = b](log(t * (1 - t))) = d[t = b](log(t) + log(1 - t))"
    assert by(claim, here(0, here(1, Apply("log-product"), name="t")))
    facts = facts_inside(
        read("d[t = b](t)"), "t", Given.of("b in interval(0, 1)", "b != c", "b < c", "0 <= b", "b in Z")
    )
    assert [str(fact) for fact in facts] == ["t in interval(0, 1)", "t != c", "t < c"]
    continuous = facts_inside(
        read("d[t = b](t)"),
        "t",
        Given.of("0 < b^2 - c", "exp(b) != 1", "1 / b != 2", "log(b) < 1", "b^c != 1", "f(b) < 1"),
    )
    assert [str(fact) for fact in continuous] == ["0 < t^2 - c", "exp(t) != 1"]
    assert facts_inside(read("d[t = 1/2](t)"), "t", UNIT) == ()
    assert facts_inside(read("d[t = b](t)"), "t", Given.of("pmf[z in Z](q(b, z))")) == ()


@pytest.mark.parametrize(
    ("limit", "fact"),
    [("limit_right[t = 0](t)", "t in interval(0, 1)"), ("limit_left[t = 1](t)", "t in interval(0, 1)")],
)
def test_beside_a_limit_the_variable_lies_beside_the_point(limit: str, fact: str) -> None:
    term = read(limit)
    assert isinstance(term, Bind)
    assert facts_inside(term, "t", NOTHING) == (read(fact),)


def test_beside_a_symbol_nothing_is_known() -> None:
    assert facts_inside(read("limit_right[t = b](t)"), "t", UNIT) == ()


def test_open_conditions_are_hypotheses() -> None:
    theorem = by("x / x = 1", here(0, to("1")), given=NOTHING, allow_open=True)
    assert theorem.hypotheses == (read("x != 0"),)
    assert repr(theorem) == "<theorem x / x = 1 under x != 0>"


def test_open_conditions_below_a_sum_hold_for_all() -> None:
    theorem = by("sum[i in Z](f(i) / f(i)) = sum[i in Z](1)", here(0, here(1, to("1"), name="i")),
                 given=NOTHING, allow_open=True)  # fmt: skip
    assert theorem.hypotheses == (read("forall[i in Z](f(i) != 0)"),)


@pytest.mark.parametrize(("outer", "inner"), [("i", "j"), ("j", "i")])
def test_open_conditions_below_two_sums_leave_no_index_free(outer: str, inner: str) -> None:
    left, right = (
        f"sum[{outer} in range(1, n)](sum[{inner} in range(1, {outer})]({body}))"
        for body in (f"y({inner}) / y({inner})", "1")
    )
    moves = here(0, here(1, here(1, to("1"), name=inner), name=outer))
    theorem = by(f"{left} = {right}", moves, given=NOTHING, allow_open=True)
    assert [condition.free_vars for condition in theorem.hypotheses] == [frozenset("n")]


def test_an_open_condition_that_is_no_relation() -> None:
    theorem = by("d[t = x](c * f(t)) = c * d[t = x](f(t))", here(0, Apply("constant-factor-left")),
                 given=NOTHING, allow_open=True)  # fmt: skip
    assert theorem.hypotheses == (read("differentiable[t = x](f(t))"),)


def test_an_open_denominator_too_large_to_look_at() -> None:
    move = here(0, Apply("constant-divisor"))
    theorem = by("d[t = x](t / (y + 1)^100000) = d[t = x](t) / (y + 1)^100000", move, given=NOTHING, allow_open=True)
    assert theorem.hypotheses == (read("(y + 1)^100000 != 0"),)


def test_sets_of_elements_of_sets() -> None:
    assert by("sum[v in tuples(without(Z, k), n)](1) = sum[v in tuples(without(Z, k), n)](1)", given=NOTHING)


def test_what_nobody_can_assume() -> None:
    with pytest.raises(OpenCondition):
        by("log(0 * y) = log(0) + log(y)", here(0, Apply("log-product")), given=POSITIVE, allow_open=True)


def test_a_condition_is_asked_once() -> None:
    theorem = by("b / b + b / b = 2", here(0, here(0, to("1")), here(1, to("1")), to("2")))
    assert theorem.conditions == (read("b != 0"),)


def test_an_inference_replaces_the_goal() -> None:
    derivative = here(1, here(0, Apply("negative-rule"), here(0, Apply("derivative-of-identity"))), name="x")
    theorem = by("decreasing[t in interval(0, 1)](-t)", Apply("decreasing-by-derivative"), derivative)
    assert theorem.rules == ("decreasing-by-derivative", "negative-rule", "derivative-of-identity")


def test_an_inference_below_for_all() -> None:
    assert by("forall[i in range(1, 2)](b < b + 1)", here(1, Apply("less-by-difference"), here(1, to("1")), name="i"))


def test_a_binding_where_the_match_is_not_unique() -> None:
    move = Apply("bit-cases", (("?z", Var("z")), ("?F", function(read("f(z)"), "z"))))
    assert by("f(z) = (1 - z) * f(0) + z * f(1)", here(0, move))


def test_after_shows_what_moves_make_and_proves_nothing() -> None:
    assert after(read("log(1) = 5"), (here(0, Apply("log-one")),), NOTHING) == read("0 = 5")


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [("=", "=", "="), ("=", "<", "<"), ("<=", "=", "<="), ("<=", "<", "<"), ("<", "<", "<"), ("<=", "<=", "<=")],
)
def test_chains_take_the_strictest_relation(first: str, second: str, together: str) -> None:
    given = Given.of("0 < x", "0 < y", f"a {first} x" if first != "=" else "0 < a")
    left = replay(read(f"a {first} x" if first != "=" else "x = x"), (), given)
    right = (
        replay(read("x = x"), (), given)
        if second == "="
        else replay(
            read(f"x {second} x + y"),
            (Apply("less-by-difference" if second == "<" else "at-most-by-difference"), Inside(1, (to("y"),))),
            given,
        )
    )
    assert str(chain([left, right]).conclusion).split()[1] == together


def test_a_chain_gathers_rules_conditions_and_hypotheses() -> None:
    one = by("x / x = 1", here(0, to("1")), given=NOTHING, allow_open=True)
    two = by("1 = y / y", here(1, to("1")), given=NOTHING, allow_open=True)
    whole = chain([one, two])
    assert whole.conclusion == read("x / x = y / y")
    assert whole.hypotheses == (read("x != 0"), read("y != 0"))
    with pytest.raises(KernelError, match="does not hold"):
        by("0 = 1")


def test_numbers_stay_terms() -> None:
    assert by("2 + 2 = 4", here(0, to("4"))).conclusion == read("2 + 2 = 4")
    assert Num(4) == read("4")


def test_what_is_assumed_is_carried_as_a_hypothesis() -> None:
    moves = (Inside(0, (Apply("algebra", (("?b", read("1")),)),)),)
    theorem = replay(read("x / x = 1"), moves, Given(), assumed=[read("x != 0")])
    assert theorem.hypotheses == (read("x != 0"),)
    assert theorem.given == Given()
    with pytest.raises(OpenCondition):
        replay(read("x / x = 1"), moves, Given(), assumed=[read("y != 0")])


def _square_is_not_negative(claim: str) -> Have:
    return Have(read(claim), (Apply("at-most-by-difference"), here(1, to("(x - y)^2"))))


def test_a_proposition_that_is_proved_first_may_be_used() -> None:
    lemma = _square_is_not_negative("2 * x * y <= x^2 + y^2")
    theorem = replay(read("2 * x * y <= x^2 + y^2"), (lemma,), POSITIVE)
    assert (theorem.hypotheses, theorem.rules) == ((), ("at-most-by-difference", "algebra"))
    assert theorem.moves == (lemma,)


@pytest.mark.parametrize(
    "moves",
    [
        (Have(read("x < y"), ()),),  # not proved
        (Have(read("x < y"), (Have(read("x < y"), ()),)),),
        (_square_is_not_negative("2 * x * y <= x^2 + y^2 - 1"),),
        (Have(read("0 <= w^2"), ()),),  # about something else
        (to("0 < y - x"), Have(read("0 <= x"), ())),  # too late
        (here(0, Have(read("0 <= x"), ())),),
    ],
)
def test_a_proposition_that_is_not_proved_is_of_no_use(moves: tuple[Move, ...]) -> None:
    with pytest.raises(KernelError):
        replay(read("x < y"), moves, POSITIVE)

"""The table of rules: every row is well formed, has its source, and is numerically true wherever its conditions hold.

A row is turned into a claim by putting abstract functions and symbols for its metavariables and its conditions into
the given; random models that satisfy the given must then give both sides the same value.
"""

from __future__ import annotations

from itertools import islice

import pytest

from derivations.given import Given
from derivations.matching import Bindings, filled, function, metavariables
from derivations.mutation import mutants
from derivations.notation import read
from derivations.refute import agree, counterexample, models
from derivations.rules import COMPUTATION, EQUATION, INFERENCE, TABLE, Rule
from derivations.term import App, Bind, Num, Term, Var, instantiated, subterms

EQUATIONS = [rule for rule in TABLE.values() if rule.kind == EQUATION]
# Rows whose metavariables stand for particular functions: bindings in the plain notation, and further facts.
PARTICULAR: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "independence": (
        {"?D": "bits", "?n": "3", "?k": "2", "?Q": "bern(a(#1), #2)", "?G": "g(#1)", "?R": "h(#1[1], #1[3])"},
        ("a(?i) in interval(0, 1)",),
    ),
    "sum-over-tuples-of-product": ({"?D": "bits", "?n": "3", "?F": "f(#1, #2)"}, ()),
    "law-of-bernoulli-sum": ({"?n": "3", "?b": "b", "?G": "g(#1)"}, ("b in reals",)),
    "chain-rule": ({"?F": "#1^3 + 1 / (1 + #1^2)", "?G": "#1^2 + 2 * #1", "?x": "x"}, ("x in reals",)),
    "limit-right-continuous": ({"?F": "(1 + #1) / (2 + #1^2)", "?a": "0"}, ()),
    "limit-left-continuous": ({"?F": "(1 + #1) / (2 + #1^2)", "?a": "1"}, ()),
    "limit-reflected": ({"?F": "(1 + #1) / (2 - #1)"}, ()),
    "limit-at-pole": ({"?c": "c", "?b": "b"}, ("0 < c", "b in reals")),
    "split-off-term": ({"?D": "range(1, 4)", "?k": "k", "?F": "f(#1)"}, ("k in range(1, 4)",)),
    "sum-without-term": ({"?D": "range(1, 4)", "?k": "k", "?F": "f(#1)"}, ("k in range(1, 4)",)),
    "size-without": ({"?D": "range(1, 4)", "?k": "k"}, ("k in range(1, 4)",)),
    "size-of-tuples": ({"?D": "range(1, 3)", "?n": "2"}, ()),
    "size-of-range": ({"?a": "i", "?b": "j"}, ("i in integers(1, 3)", "j in integers(3, 5)")),
    "log-bernoulli": ({"?b": "b", "?z": "z"}, ("b in interval(0, 1)", "z in bits")),
    "exp-multiple": ({"?n": "n", "?a": "a"}, ("n in integers(-3, 3)",)),
    "power-rule-negative": ({"?F": "f(#1)", "?n": "-2", "?x": "x"}, ("0 < f(?t)", "differentiable[s = ?t](f(s))")),
    "cross-entropy": ({"?D": "Z"}, ("0 < p(?z)", "0 < q(?z)")),
    "entropy": ({"?D": "Z"}, ("0 < q(?z)",)),
    "kl-divergence": ({"?D": "Z"}, ("0 < p(?z)", "0 < q(?z)")),
    "normal-moment": ({"?m": "m", "?v": "v", "?n": "5"}, ("m in reals", "v in interval(0, oo)")),
    "binomial-moment": ({"?n": "4", "?b": "b", "?k": "3"}, ("b in reals",)),
    "exponential-moment": ({"?l": "l", "?n": "5"}, ("l in interval(0, oo)",)),
    "logit": ({"?a": "a"}, ("a in interval(0, 1)",)),
}
# Limits of logarithms have no value at a point; the model evaluator knows rational limits only.
NO_VALUES = {"limit-of-t-log-t"}


def _placed(text: str, arity: int) -> Term:
    names = [f"place{k}" for k in range(1, arity + 1)]
    for k, name in enumerate(names, 1):
        text = text.replace(f"#{k}", name)
    return function(read(text), *names)


def _abstract(rule: Rule) -> tuple[Bindings, Given]:
    """Symbols and abstract functions for the metavariables, the conditions as facts about all of their arguments."""
    arities = dict(rule.metavariables)
    for premise in rule.premises:
        arities |= metavariables(premise)
    particular, facts = PARTICULAR.get(rule.name, ({}, ()))
    bindings: Bindings = {}
    for name, arity in arities.items():
        plain = name[1:] if name in ("?D", "?C") else name[1:].lower()
        if name in particular:
            bindings[name] = _placed(particular[name], arity)
        elif arity:
            places = [f"place{k}" for k in range(arity)]
            bindings[name] = function(App(plain, [Var(place) for place in places]), *places)
        else:
            bindings[name] = Var(plain)
    if particular:
        return bindings, Given.of(*facts)
    return bindings, Given(_general(filled(premise, bindings)) for premise in rule.premises)


def _general(fact: Term) -> Term:
    """`forall[i in D](P(i))` as P(?i), and `differentiable[t = x](F(t))` for every x."""
    if isinstance(fact, Bind) and fact.head == "forall":
        return _general(instantiated(fact.bodies[0], (Var(f"?{fact.hint}"),)))
    if isinstance(fact, Bind) and fact.head == "differentiable":
        return Bind(fact.head, fact.hint, Var("?point"), fact.bodies)
    return fact


@pytest.mark.parametrize("name", TABLE)
def test_rows_are_well_formed(name: str) -> None:
    rule = TABLE[name]
    assert rule.name == name
    assert rule.title
    assert rule.source
    if rule.kind != COMPUTATION:
        assert rule.left != rule.right
        known = set(metavariables(rule.left)) | set(metavariables(rule.right))
        for premise in rule.premises:
            assert set(metavariables(premise)) <= known


def _claim(rule: Rule) -> tuple[Term, Given]:
    bindings, given = _abstract(rule)
    return App("=", (filled(rule.left, bindings), filled(rule.right, bindings))), given


@pytest.mark.parametrize("name", [rule.name for rule in EQUATIONS if rule.name not in NO_VALUES])
def test_rows_are_numerically_true(name: str) -> None:
    claim, given = _claim(TABLE[name])
    assert counterexample(claim, given) is None
    answers = [agree(claim, model) for seed in range(3) for model in islice(models(given, claim, seed=seed), 3)]
    assert True in answers, f"no model of {given} gave {claim} a value"
    assert False not in answers


# The right side must matter: a slip in it is seen, unless it is one that cannot be, such as 1 - z + z * a for a^z.
@pytest.mark.parametrize("name", [rule.name for rule in EQUATIONS if rule.name not in NO_VALUES])
def test_a_slip_in_a_row_is_seen(name: str) -> None:
    claim, given = _claim(TABLE[name])
    assert isinstance(claim, App)
    slips = [slip for slip in mutants(claim.args[1]) if slip.term != claim.args[0]]
    seen = [counterexample(App("=", (claim.args[0], slip.term)), given) for slip in slips]
    assert not slips or any(seen)


def test_inferences_go_the_right_way() -> None:
    """What an inference starts from must imply what it proves, so it must fail where that fails."""
    checked = 0
    for rule in TABLE.values():
        if rule.kind == INFERENCE and rule.name in (
            "less-by-difference",
            "at-most-by-difference",
            "unequal-by-difference",
        ):
            bindings, _ = _abstract(rule)
            given = Given.of("a in reals", "b in reals").assume(filled(rule.right, bindings))
            assert counterexample(filled(rule.left, bindings), given) is None
            checked += 1
    assert checked == 3


@pytest.mark.parametrize(
    "rule", [r for r in TABLE.values() if r.kind == INFERENCE and str(r.right) == "0 = 0"], ids=lambda rule: rule.name
)
def test_what_needs_no_premise_is_true_in_every_model(rule: Rule) -> None:
    bindings, given = _abstract(rule)
    claim = filled(rule.left, bindings)
    answers = [agree(claim, model) for model in islice(models(given, claim, seed=5), 12)]
    assert answers.count(True) >= 6
    assert False not in answers
    reversed_claim = App(claim.head, claim.args[::-1]) if isinstance(claim, App) else claim
    assert counterexample(reversed_claim, given) is not None


GAPS = [
    rule.name
    for rule in TABLE.values()
    if rule.kind == INFERENCE and rule.statement.startswith("?a <= ?b <== ?b - ?a =")
]
# What the gap of a row is looked at for, where abstract functions do not do.
GAP_FUNCTIONS = {
    "jensen-convex": "#1^2 + exp(#1)", "jensen-convex-of-densities": "abs(#1 - 1)",
    "jensen-positive": "1 / #1 + #1 * log(#1)", "jensen-positive-of-densities": "-sqrt(#1)",
}  # fmt: skip


def _gap(rule: Rule) -> tuple[App, Given]:
    """0 <= the difference of the two sides, under the conditions of the row."""
    bindings, given = _abstract(rule)
    if rule.name in GAP_FUNCTIONS:
        bindings["?F"] = _placed(GAP_FUNCTIONS[rule.name], 1)
        given = Given(fact for fact in given if not (isinstance(fact, Bind) and fact.head == "convex"))
    equation = filled(rule.right, bindings)
    assert isinstance(equation, App)
    return App("<=", (Num(0), equation.args[1])), given


@pytest.mark.parametrize("name", GAPS)
def test_the_gap_of_an_inequality_is_never_negative(name: str) -> None:
    claim, given = _gap(TABLE[name])
    assert counterexample(claim, given) is None
    answers = [agree(claim, model) for seed in range(4) for model in islice(models(given, claim, seed=seed), 4)]
    assert True in answers
    assert False not in answers


@pytest.mark.parametrize("name", GAPS)
def test_a_gap_turned_round_is_seen(name: str) -> None:
    claim, given = _gap(TABLE[name])
    assert counterexample(App("<=", (claim.args[1], Num(0))), given) is not None


def test_no_row_is_listed_twice() -> None:
    statements = [(rule.statement, rule.conditions) for rule in EQUATIONS]
    assert len(set(statements)) == len(statements)
    assert all(not part.loose for rule in EQUATIONS for part in list(subterms(rule.left))[:1])

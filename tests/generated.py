"""Random terms of the fragment, and pairs that are equal by construction.

A pair is made in one of three ways: random rows of the table are applied at random places of a term, forwards or
backwards, their conditions asked of the given; or the normaliser brings the term to its normal form; or both. A false
pair is a pair with one slip in one place; that it is false is for `tests.balls` to say.

>>> rng = random.Random(1)
>>> term = random_term(rng, 2)
>>> moved(term, GIVEN, rng, 3) is not None
True
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from flint import arb

from derivations.conditions import holds
from derivations.errors import DerivationsError, KernelError, OutsideFragment
from derivations.given import Given
from derivations.kernel import after, facts_inside
from derivations.matching import Bindings, filled, function, match
from derivations.mutation import mutants
from derivations.normal_form import normal_form
from derivations.notation import read
from derivations.rules import EQUATION, TABLE
from derivations.rules.row import Rule, rows
from derivations.term import (
    App,
    Bind,
    Num,
    Term,
    Var,
    add,
    at,
    bind,
    div,
    equal,
    fresh_name,
    mul,
    number,
    opened,
    power,
    sub,
    subterms,
)
from tests.balls import World, cubic, drawn, dyadic, is_whole_domain, mass

GIVEN = Given.of(
    "b in interval(0, 1)", "c in interval(0, 1)", "x in interval(0, oo)", "y in reals", "z in bits",
    "m in integers(1, oo)", "k in integers(0, oo)",
    "pmf[w in Z](q(?t, w))", "0 < q(?t, ?w)", "differentiable[s = ?t](q(s, ?w))", "differentiable[s = ?t](g(s))",
    "density[w in X](r(?t, w))", "0 < r(?t, ?w)", "differentiable[s = ?t](r(s, ?w))", "integrable[w in X](?F(w))",
    "interchange[s = ?t](int[w in X](?F(s, w)))",
)  # fmt: skip
NUMBERS = ("b", "x", "y", "z", "m", "c")
_BITS, _REALS = App("bits"), App("reals")
_MOST_NODES = 90
_MOST_TRIES = 24


class Pair(NamedTuple):
    """A claim, `kind` as in true or slip, and how its sides were made."""

    kind: str
    source: str
    claim: App


# ---------------------------------------------------------------- terms


def random_term(rng: random.Random, depth: int, names: tuple[str, ...] = NUMBERS) -> Term:
    """A term of the fragment, at most about `depth` deep, in some symbols."""
    if depth <= 0 or rng.random() < 0.15:
        return Num(rng.randint(0, 3)) if rng.random() < 0.35 else Var(rng.choice(names))
    return rng.choices(_MAKERS, _WEIGHTS)[0](rng, depth - 1, names)


def _arithmetic(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    return App(rng.choice("++--**/"), (random_term(rng, depth, names), random_term(rng, depth, names)))


def _power(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    kind = rng.random()
    if kind < 0.6:
        return power(random_term(rng, depth, names), number(rng.randint(-2, 3)))
    base = _positive(rng, depth, names)
    if kind < 0.8:
        return power(base, number(Fraction(rng.choice((-3, -1, 1, 2, 3)), rng.choice((2, 2, 3)))))
    return power(base, random_term(rng, min(depth, 1), names))


def _positive(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    """A term that is often, but not always, positive."""
    kind = rng.random()
    if kind < 0.4:
        return random_term(rng, depth, names)
    if kind < 0.7:
        return rng.choice((Var("x"), Var("b"), sub(Num(1), Var("b")), Var("m"), mul(Var("x"), Var("b")), Num(2)))
    inner = random_term(rng, depth - 1, names)
    return rng.choice(
        (App("exp", (inner,)), add(power(inner, 2), Num(1)), App("sigmoid", (inner,)), App("abs", (inner,)))
    )


_FUNCTIONS = (
    "log", "log", "log", "exp", "exp", "sqrt", "sqrt", "sigmoid", "abs", "neg", "softplus", "logit", "tanh", "sinh", "cosh",
    "sin", "cos", "g", "arctan", "arcsin", "arccos", "arsinh", "arcosh", "artanh", "sign",
)  # fmt: skip


def _function(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    head = rng.choice(_FUNCTIONS)
    if rng.random() < 0.03:
        return App("root", (random_term(rng, depth, names), Num(rng.choice((3, 5)))))
    return App(head, (_positive(rng, depth, names) if head in ("log", "sqrt") else random_term(rng, depth, names),))


def _log_of_product(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    factors = [Var("b"), Var("x"), sub(Num(1), Var("b")), App("exp", (random_term(rng, depth, names),)), Num(2)]
    left, right = rng.sample(factors, 2)
    return App("log", (App(rng.choice("**/"), (left, right)),))


def _extreme(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    return App(rng.choice(("max", "min")), (random_term(rng, depth, names), random_term(rng, depth, names)))


def _derivative(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    name = rng.choice(("b", "x", "y"))
    inner = random_term(rng, depth, names)
    if rng.random() < 0.25:
        inner = bind("d", name, Var(name), inner)
    return bind("d", name, Var(name), inner)


def _sum_of_bits(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    name = rng.choice(("z", "b", "x", "s"))
    return bind("sum", name, _BITS, random_term(rng, depth, (*names, name)))


def _sum_of_range(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    """A sum or a product over an index with a symbolic end."""
    low, high = rng.choice(((Num(1), Var("m")), (Num(0), Var("m")), (Num(1), Num(3)), (Num(1), add(Var("m"), Num(1)))))
    inner = random_term(rng, min(depth, 2), (*names, "i", "i"))
    if rng.random() < 0.35:
        inner = rng.choice((Var("i"), power(Var("i"), 2), power(Var("b"), Var("i")), mul(inner, Var("i"))))
    return bind("prod" if rng.random() < 0.3 else "sum", "i", App("range", (low, high)), inner)


def _counting(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    """Factorials and binomial coefficients, and sums with them."""
    m, s, b = Var("m"), Var("s"), Var("b")
    kind = rng.randint(0, 5)
    if kind == 0:
        return div(App("factorial", (add(m, Num(rng.randint(0, 2))),)), App("factorial", (m,)))
    if kind == 1:
        return App("binom", (m, Num(rng.randint(0, 2))))
    if kind == 2:
        return App("binom", (add(m, Var("k")), Var("k")))
    if kind == 3:
        return mul(App("factorial", (m,)), random_term(rng, min(depth, 1), names))
    weight = App("binom", (m, s))
    law = mul(mul(weight, power(b, s)), power(sub(Num(1), b), sub(m, s)))
    body = rng.choice(
        (weight, mul(weight, power(Var(rng.choice("bx")), s)), law, mul(law, s), mul(law, power(s, 2)), mul(s, weight))
    )
    return bind("sum", "s", App("range", (Num(0), m)), body)


def _chance(rng: random.Random) -> Term:
    """A term between 0 and 1."""
    return rng.choice(
        (Var("b"), Var("b"), Var("c"), sub(Num(1), Var("b")), App("sigmoid", (Var("y"),)), div(Num(1), Num(3)))
    )


def _bernoulli(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    """E, Var, Cov, H, CE, KL under Bernoulli distributions."""
    law = App("bern", (_chance(rng), Var("z")))
    inner = [random_term(rng, min(depth, 2), (*names, "z", "z")) for _ in range(2)]
    if rng.random() < 0.2:
        inner[0] = bind("d", "b", Var("b"), App("log", (App("bern", (Var("b"), Var("z"))),)))
    return _moment(rng, law, App("bern", (_chance(rng), Var("z"))), "z", _BITS, inner)


def _on_a_set(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    """The same under a law on a finite set."""
    law, other = App("q", (Var("y"), Var("w"))), App("q", (Var(rng.choice("bx")), Var("w")))
    inner = [random_term(rng, min(depth, 2), (*names, "w", "w")) for _ in range(2)]
    score = bind("d", "y", Var("y"), App("log", (law,)))
    inner[0] = rng.choice((inner[0], inner[0], App("log", (law,)), score, mul(inner[0], score), App("log", (other,))))
    return _moment(rng, law, other, "w", Var("Z"), inner)


def _moment(rng: random.Random, law: Term, other: Term, name: str, domain: Term, inner: list[Term]) -> Term:
    head = rng.choice(("E", "E", "E", "sum", "sum", "Var", "Cov", "KL", "H", "CE"))
    if head == "sum":
        return bind("sum", name, domain, mul(law, inner[0]))
    bodies = {"E": inner[:1], "Var": inner[:1], "Cov": inner, "KL": [other], "H": [], "CE": [other]}[head]
    found = bind(head, name, domain, law, *bodies)
    return bind("d", "y", Var("y"), found) if rng.random() < 0.1 else found


def _sample(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    """A moment of an independent sample of symbolic size."""
    name, base, law = rng.choice(
        (
            ("v", _BITS, App("bern", (Var("b"), at(Var("v"), Var("i"))))),
            ("v", Var("Z"), App("q", (Var("y"), at(Var("v"), Var("i"))))),
        )
    )
    indices = App("range", (Num(1), Var("m")))
    one = at(Var(name), Var("i"))
    summand = rng.choice((one, one, mul(Var("x"), one), power(one, 2), add(one, Var("y")), App("g", (one,))))
    total = bind("sum", "i", indices, summand)
    inner = rng.choice((total, div(total, Var("m")), at(Var(name), Num(1)), add(total, Var("y"))))
    head = rng.choice(("E", "E", "Var", "sum"))
    bodies = (bind("prod", "i", indices, law), inner)
    domain = App("tuples", (base, Var("m")))
    return bind("sum", name, domain, mul(*bodies)) if head == "sum" else bind(head, name, domain, *bodies)


def _integral(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    """An integral against a density on X or a normal density."""
    inner = random_term(rng, min(depth, 2), names)
    name = rng.choice(("w", "y"))
    if rng.random() < 0.5:
        law: Term = App("r", (Var(rng.choice(("x", "b"))), Var(name)))
        return bind("int", name, Var("X"), mul(law, rng.choice((inner, App("log", (law,))))))
    law = App("normal", (Var(name), Var(rng.choice(("b", "m"))), Var(rng.choice(("x", "b")))))
    body = mul(law, App(rng.choice("+*"), (power(Var(name), rng.randint(0, 3)), inner)))
    return bind("int", name, _REALS, body)


def _delta(rng: random.Random, depth: int, names: tuple[str, ...]) -> Term:
    return mul(
        App("delta", (Var(rng.choice("zmk")), rng.choice((Var("z"), Num(1), Var("k"))))), random_term(rng, depth, names)
    )


_TABLE: tuple[tuple[Callable[[random.Random, int, tuple[str, ...]], Term], int], ...] = (
    (_arithmetic, 40), (_power, 12), (_function, 18), (_log_of_product, 3), (_extreme, 2), (_derivative, 8),
    (_sum_of_bits, 4), (_sum_of_range, 5), (_counting, 3), (_bernoulli, 5), (_on_a_set, 5), (_sample, 1), (_integral, 2),
    (_delta, 1),
)  # fmt: skip
_MAKERS = [maker for maker, _ in _TABLE]
_WEIGHTS = [weight for _, weight in _TABLE]


# ---------------------------------------------------------------- random applications of rows

# What `algebra` is made of: a field, one law at a time.
_FIELD = rows(
    "field",
    ("swapped-sum", "?a + ?b = ?b + ?a", (), ""),
    ("swapped-product", "?a * ?b = ?b * ?a", (), ""),
    ("grouped-sum", "?a + ?b + ?c = ?a + (?b + ?c)", (), ""),
    ("grouped-difference", "?a - (?b + ?c) = ?a - ?b - ?c", (), ""),
    ("grouped-product", "?a * ?b * ?c = ?a * (?b * ?c)", (), ""),
    ("distributed", "?a * (?b + ?c) = ?a * ?b + ?a * ?c", (), ""),
    ("distributed-difference", "?a * (?b - ?c) = ?a * ?b - ?a * ?c", (), ""),
    ("divided", "(?a + ?b) / ?c = ?a / ?c + ?b / ?c", ("?c != 0",), ""),
    ("turned", "?a - ?b = -(?b - ?a)", (), ""),
    ("difference", "?a - ?b = ?a + -?b", (), ""),
    ("quotient", "?a / ?b = ?a * (1 / ?b)", ("?b != 0",), ""),
    ("fractions", "?a / ?b + ?c = (?a + ?b * ?c) / ?b", ("?b != 0",), ""),
    ("nested-fraction", "?a / (?b / ?c) = ?a * ?c / ?b", ("?b != 0", "?c != 0"), ""),
    ("fraction-of-fraction", "?a / ?b / ?c = ?a / (?b * ?c)", ("?b != 0", "?c != 0"), ""),
    ("square", "(?a + ?b)^2 = ?a^2 + 2 * ?a * ?b + ?b^2", (), ""),
    ("square-as-product", "?a^2 = ?a * ?a", (), ""),
    ("cube-as-product", "?a^3 = ?a * ?a^2", (), ""),
    ("third-binomial", "?a^2 - ?b^2 = (?a - ?b) * (?a + ?b)", (), ""),
    ("reciprocal", "?a^(-1) = 1 / ?a", ("?a != 0",), ""),
    ("reciprocal-square", "?a^(-2) = 1 / ?a^2", ("?a != 0",), ""),
    ("added-and-taken", "?a = ?a + ?c - ?c", (), ""),
    ("times-and-over", "?a = ?a * ?c / ?c", ("?c != 0",), ""),
    ("halves", "?a = ?a / 2 + ?a / 2", (), ""),
    ("once", "?a = 1 * ?a", (), ""),
    ("twice", "?a + ?a = 2 * ?a", (), ""),
)  # fmt: skip


class _Way(NamedTuple):
    """A row read in one direction."""

    rule: Rule
    here: Term
    there: Term
    arities: dict[str, int]


# Limits have values at no point; and no normal form finds a quotient that was telescoped into a product.
_LEFT_OUT = frozenset({"telescoping-product", *(name for name, rule in TABLE.items() if "limit" in rule.statement)})


def _ways() -> Iterator[_Way]:
    for rule in (*TABLE.values(), *_FIELD):
        if rule.kind != EQUATION or rule.name in _LEFT_OUT:
            continue
        for here, there in ((rule.left, rule.right), (rule.right, rule.left)):
            yield _Way(rule, here, there, rule.metavariables)


def _by_head() -> dict[str, list[_Way]]:
    """The ways by the head that they apply to; under "" those that apply to anything."""
    found: dict[str, list[_Way]] = {}
    for way in _ways():
        here = way.here
        general = not isinstance(here, (App, Bind)) or here.head.startswith("?")
        found.setdefault("" if general else here.head, []).append(way)  # type: ignore[union-attr]
    return found


_WAYS = _by_head()
# What a metavariable stands for that the term does not tell: simple, and with a value wherever the given holds.
_SIMPLE = tuple(
    map(read, ("b", "x", "m", "2", "1 - b", "3", "x + 1", "exp(y)", "1 / 2", "y", "z", "b^2", "sigmoid(y)"))
)
_SETS = (_BITS, Var("Z"), App("range", (Num(1), Var("m"))))
_LAWS = (
    function(App("q", (Var("y"), Var("place"))), "place"), function(App("q", (Var("x"), Var("place"))), "place"),
    function(App("bern", (Var("b"), Var("place"))), "place"), function(App("bern", (Var("c"), Var("place"))), "place"),
)  # fmt: skip


def moved(term: Term, given: Given, rng: random.Random, steps: int) -> Term | None:
    """The term after so many random steps; None where no row applied anywhere."""
    start = term
    for _ in range(steps):
        for _ in range(4):
            found = _at_some_place(term, given, rng)
            if found is not None and sum(1 for _ in subterms(found)) <= _MOST_NODES:
                term = found
                break
    return None if term == start else term


def _at_some_place(term: Term, given: Given, rng: random.Random) -> Term | None:
    """One row applied somewhere at or below the top of a term."""
    below = _below(term)
    sizes = [2, *(_nodes(child) for child in below)]
    place = rng.choices(range(len(sizes)), sizes)[0]
    if place == 0:
        return _applied(term, given, rng)
    if isinstance(term, App):
        changed = _at_some_place(term.args[place - 1], given, rng)
        return None if changed is None else App(term.head, (*term.args[: place - 1], changed, *term.args[place:]))
    if not isinstance(term, Bind):
        return None
    name = fresh_name(term.hint, term.free_vars | given.names)
    bodies = list(opened(term, name))
    changed = _at_some_place(bodies[place - 1], _inside(given, term, name), rng)
    if changed is None:
        return None
    bodies[place - 1] = changed
    return bind(term.head, name, term.arg, *bodies)


# How many arguments of these are numbers that a row may rewrite; of the others all are. Elements and sets are left alone.
_REWRITTEN = {"q": 1, "r": 1, "bern": 1, "at": 0, "factorial": 0, "binom": 0, "delta": 0, "card": 0}


def _below(term: Term) -> tuple[Term, ...]:
    if isinstance(term, App):
        return term.args[: _REWRITTEN.get(term.head, len(term.args))]
    return term.bodies if isinstance(term, Bind) else ()


def _nodes(term: Term) -> int:
    return sum(1 for _ in subterms(term))


@lru_cache(maxsize=5_000)
def _inside(given: Given, term: Bind, name: str) -> Given:
    return given.assume(*facts_inside(term, name, given))


def _applied(term: Term, given: Given, rng: random.Random) -> Term | None:
    """One row applied to a term itself."""
    special = _WAYS.get(term.head, []) if isinstance(term, (App, Bind)) else []
    general = _WAYS[""]
    if not special and rng.random() < 0.6:
        return None
    for _ in range(_MOST_TRIES):
        way = rng.choice(special) if special and rng.random() < 0.95 else rng.choice(general)
        found = _by_way(way, term, given, rng)
        if found is not None and found != term:
            return found
    return None


def _by_way(way: _Way, term: Term, given: Given, rng: random.Random) -> Term | None:
    bindings: Bindings = _cases(way, term, rng)
    try:
        if not match(way.here, term, bindings):
            return None
        for name, arity in way.arities.items():
            if name not in bindings:
                bindings[name] = _simple(name, arity, rng)
        if filled(way.here, bindings) != term:
            return None
        if all(holds(filled(premise, bindings), given) for premise in way.rule.premises):
            return filled(way.there, bindings)
    except (KernelError, OutsideFragment, ValueError):
        return None
    return None


def _cases(way: _Way, term: Term, rng: random.Random) -> Bindings:
    """For a row about any function of a symbol: one of the symbols of the term, and the term as a function of it."""
    here = way.here
    if not isinstance(here, App) or not here.head.startswith("?") or len(here.args) != 1 or not term.free_vars:
        return {}
    name = rng.choice(sorted(term.free_vars))
    found: Bindings = {here.head: function(term, name)}
    if isinstance(here.args[0], Var) and here.args[0].name.startswith("?"):
        found[here.args[0].name] = Var(name)
    return found


def _simple(name: str, arity: int, rng: random.Random) -> Term:
    if name in ("?D", "?C"):
        return rng.choice(_SETS)
    if name in ("?Q", "?P") and arity == 1:
        return rng.choice(_LAWS)
    if arity and rng.random() < 0.6:
        return function(
            rng.choice((Var("place0"), add(Var("place0"), Var("b")), power(Var("place0"), 2))),
            *(f"place{k}" for k in range(arity)),
        )
    return rng.choice(_SIMPLE)


# ---------------------------------------------------------------- pairs


def pairs(rng: random.Random, given: Given = GIVEN) -> Iterator[Pair]:
    """A true pair, if one comes about, and a slip in it."""
    term = random_term(rng, rng.randint(1, 4))
    source, left, right = _true_pair(term, given, rng)
    if right is None or left == right:
        return
    yield Pair("true", source, equal(left, right))
    changed = right if rng.random() < 0.5 else left
    slips = list(mutants(changed))
    if slips:
        slip = rng.choice(slips)
        sides = (left, slip.term) if changed is right else (slip.term, right)
        yield Pair("slip", slip.kind, equal(*sides))


def _true_pair(term: Term, given: Given, rng: random.Random) -> tuple[str, Term, Term | None]:
    kind = rng.random()
    if kind < 0.25:
        return "normal form", term, _normal(term, given)
    left = term if rng.random() < 0.7 else moved(term, given, rng, rng.randint(1, 2)) or term
    right = moved(term, given, rng, rng.randint(1, 4))
    if kind < 0.35 and right is not None:
        return "rules and normal form", left, _normal(right, given)
    return "rules", left, right


def _normal(term: Term, given: Given) -> Term | None:
    """The normal form, where the kernel replays its moves: for that it is true."""
    try:
        reached, moves = normal_form(term, given)
        return reached if after(term, moves, given) == reached else None
    except (DerivationsError, RecursionError):
        return None


# ---------------------------------------------------------------- worlds of the given


def worlds(seed: int, count: int) -> Iterator[World]:
    """Random meanings that satisfy the given."""
    rng = random.Random(seed)  # noqa: S311 - reproducible points, not secrets
    for number_ in range(count):
        yield _world(rng, 2 + number_ % 2)


def _world(rng: random.Random, size: int) -> World:
    symbols = {name: drawn(name, GIVEN, rng) for name in (*NUMBERS, "k")}
    sets = {
        name: tuple(sorted((dyadic(rng, 2) + 4 * place for place in range(size)), key=float)) for name in ("Z", "X")
    }
    ones = tuple(arb(1) for _ in range(size))
    weights = tuple(arb(rng.randint(1, 7)) / 4 for _ in range(size))
    functions = {"q": mass(rng, sets["Z"], ones), "r": mass(rng, sets["X"], weights), "g": cubic(rng)}
    wholes = frozenset(name for name in symbols if is_whole_domain(name, GIVEN))
    return World(symbols, sets, {"X": weights}, functions, wholes)

"""The kernel: a `Theorem` can only come out of here. Read this module to know what a tick means.

A trace is a list of moves on a goal, which is a proposition. `Apply` uses one row of the table at the place in focus;
`Inside` moves the focus to a child, below a binder under a fresh name; `Have` proves another proposition first, which
the moves after it may use. `replay` performs the moves, asks every side condition of the given (see
`derivations.conditions`), and accepts when what is left of the goal holds by itself. Whoever proposed the trace is not
trusted.

What is trusted: this module, `term`, `matching`, `polynomial`, `integrality`, `bounds`, `sturm`, `signs`, `regularity`,
`smoothness`, `conditions`, `growth`, `asymptotics`, `language`, and the rows of `rules`.
Checks raise, they never `assert`, so that `python -O` changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, NoReturn, TypeAlias

from derivations.asymptotics import limit_of
from derivations.conditions import holds
from derivations.errors import KernelError, OpenCondition, OutsideFragment
from derivations.given import Given
from derivations.language import well_formed
from derivations.matching import Bindings, filled, is_filled, match
from derivations.polynomial import Field
from derivations.rules import COMPUTATION, INFERENCE, TABLE, Rule
from derivations.term import App, Bind, Num, Term, Var, bind, number, opened, substituted, subterms
from derivations.vocabulary import LIMITS, POINT_BINDERS, SET_BINDERS

_KEY: Final = object()
_ZERO: Final = Num(0)
_BITS: Final = App("bits")


@dataclass(frozen=True, slots=True)
class Apply:
    """Replace the term in focus by the other side of an instance of the row `rule`.

    `bindings` gives the metavariables that the match alone cannot find; for `algebra` the result is `?b`.
    """

    rule: str
    bindings: tuple[tuple[str, Term], ...] = ()
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """Do `moves` on child number `child` of the term in focus; below a binder its variable is called `name`."""

    child: int
    moves: tuple[Move, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Have:
    """Prove `proposition` by `moves`, and know it from there on; at the beginning of a proof, not inside a term."""

    proposition: Term
    moves: tuple[Move, ...]


Move: TypeAlias = Apply | Inside | Have


class Theorem:
    """A proposition that follows from the given and from `hypotheses`, the conditions that stayed open.

    `rules` are the rows it was derived by, `conditions` the side conditions that were met on the way. The constructor
    refuses everybody but the kernel; this guards against mistakes, not against malice: `object.__new__` is always
    there in Python.
    """

    __slots__ = ("conclusion", "conditions", "given", "hypotheses", "moves", "rules")
    conclusion: Term
    conditions: tuple[Term, ...]
    given: Given
    hypotheses: tuple[Term, ...]
    rules: tuple[str, ...]
    moves: tuple[Move, ...]

    def __init__(self, key: object, conclusion: Term, given: Given, use: _Use, moves: tuple[Move, ...]) -> None:
        if key is not _KEY:
            raise KernelError("a theorem comes out of the kernel only")
        for name, value in (
            ("conclusion", conclusion),
            ("given", given),
            ("hypotheses", tuple(use.hypotheses)),
            ("rules", tuple(use.rules)),
            ("conditions", tuple(use.conditions)),
            ("moves", moves),
        ):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise KernelError(f"a theorem cannot change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise KernelError(f"a theorem cannot change: {name}")

    def __init_subclass__(cls) -> NoReturn:
        raise KernelError("there is one kind of theorem")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise KernelError("a theorem is replayed, not copied: keep its moves")

    def __repr__(self) -> str:
        under = f" under {'; '.join(map(str, self.hypotheses))}" if self.hypotheses else ""
        return f"<theorem {self.conclusion}{under}>"


@dataclass(slots=True)
class _Use:
    """What a replay used so far: rows in order of first use, conditions left open."""

    allow_open: bool
    outside: frozenset[str] = frozenset()
    near: set[str] = field(default_factory=set)
    rules: dict[str, None] = field(default_factory=dict)
    hypotheses: dict[Term, None] = field(default_factory=dict)
    conditions: dict[Term, None] = field(default_factory=dict)
    settled: set[tuple[Term, Given]] = field(default_factory=set)


def replay(
    goal: Term,
    moves: Iterable[Move],
    given: Given,
    *,
    allow_open: bool = False,
    beside: Iterable[Term] = (),
    assumed: Iterable[Term] = (),
) -> Theorem:
    """Prove `goal` by the moves.

    Domain:  a proposition without loose places or metavariables; `beside` are hypotheses that the theorem is to carry
             although the moves do not need them; `assumed` are hypotheses that the moves may use.
    Returns: the theorem; its `hypotheses` are empty unless `allow_open`.
    Raises:  KernelError where a move is no instance of its row or the goal is not reached;
             OpenCondition where a side condition does not follow from the given.

    >>> from derivations.notation import read
    >>> replay(read("x / x = 1"), [Inside(0, (Apply("algebra", (("?b", read("1")),)),))], Given.of("0 < x"))
    <theorem x / x = 1>
    """
    moves, assumed = tuple(moves), tuple(assumed)
    well_formed(goal, given)
    known = given.assume(*assumed) if assumed else given
    use = _Use(allow_open, goal.free_vars | known.names)
    first = next((place for place, move in enumerate(moves) if not isinstance(move, Have)), len(moves))
    for lemma in moves[:first]:
        known = _having(lemma, known, use)
    last = _after(goal, moves[first:], known, use, at_root=True)
    if not holds(last, known):
        raise KernelError(f"the moves end at {last}, which does not hold by itself")
    use.hypotheses = dict.fromkeys(_independent([*assumed, *use.hypotheses, *beside], given))
    return Theorem(_KEY, goal, given, use, moves)


def _having(lemma: Move, given: Given, use: _Use) -> Given:
    """The given and a proposition that is proved from it."""
    if not isinstance(lemma, Have) or not lemma.proposition.free_vars <= use.outside:
        raise KernelError(f"not a proposition about what the goal speaks of: {lemma!r}")
    well_formed(lemma.proposition, given)
    last = _after(lemma.proposition, lemma.moves, given, use, at_root=True)
    if not holds(last, given):
        raise KernelError(f"the moves end at {last}, which does not hold by itself")
    return given.assume(lemma.proposition)


def after(goal: Term, moves: Iterable[Move], given: Given) -> Term:
    """The proposition that the moves make of `goal`; proves nothing. Raises as `replay` does."""
    return _after(goal, moves, given, _Use(False, goal.free_vars | given.names), at_root=True)


def chain(theorems: Sequence[Theorem]) -> Theorem:
    """
    a = b    b = c    c <= d
    ------------------------   (the strictest relation met: `=`, then `<=`, then `<`)
             a <= d

    Raises: KernelError for theorems that do not meet or do not share their given.
    """
    if not theorems:
        raise KernelError("a chain has at least one step")
    first, *rest = theorems
    left, relation, here = _relation(first)
    use = _Use(True)
    _take(use, first)
    for theorem in rest:
        start, also, end = _relation(theorem)
        if start != here or theorem.given != first.given:
            raise KernelError(f"the chain breaks between {here} and {start}")
        relation = _STRICTER[relation, also]
        here = end
        _take(use, theorem)
    return Theorem(_KEY, App(relation, (left, here)), first.given, use, ())


_STRICTER: Final = {
    ("=", "="): "=", ("=", "<"): "<", ("<", "="): "<", ("=", "<="): "<=", ("<=", "="): "<=",
    ("<", "<"): "<", ("<=", "<="): "<=", ("<", "<="): "<", ("<=", "<"): "<",
}  # fmt: skip


def _relation(theorem: Theorem) -> tuple[Term, str, Term]:
    claim = theorem.conclusion
    if not isinstance(claim, App) or claim.head not in ("=", "<", "<="):
        raise KernelError(f"{claim} cannot be chained")
    return claim.args[0], claim.head, claim.args[1]


def _take(use: _Use, theorem: Theorem) -> None:
    use.rules.update(dict.fromkeys(theorem.rules))
    use.hypotheses.update(dict.fromkeys(theorem.hypotheses))
    use.conditions.update(dict.fromkeys(theorem.conditions))


# ---------------------------------------------------------------- moves


def _after(term: Term, moves: Iterable[Move], given: Given, use: _Use, at_root: bool = False) -> Term:
    """The term that the moves make of `term`."""
    for move in moves:
        if isinstance(move, Inside):
            term = _inside(term, move, given, use, at_root)
        elif isinstance(move, Apply):
            term = _applied(term, move, given, use, at_root)
        else:
            raise KernelError(f"not a move: {move!r}")
    return term


def _inside(term: Term, move: Inside, given: Given, use: _Use, at_root: bool) -> Term:
    if isinstance(term, App):
        if not 0 <= move.child < len(term.args):
            raise KernelError(f"{term} has no child {move.child}")
        args = list(term.args)
        conclusion = term.head == "and" or (term.head == "if" and move.child == 1)
        local = given.assume(term.args[0]) if term.head == "if" and conclusion else given
        args[move.child] = _after(args[move.child], move.moves, local, use, at_root and conclusion)
        return App(term.head, args)
    if not isinstance(term, Bind) or not 0 <= move.child <= len(term.bodies):
        raise KernelError(f"{term} has no child {move.child}")
    if move.child == 0:
        return Bind(term.head, term.hint, _after(term.arg, move.moves, given, use), term.bodies)
    name = move.name
    if not name or name in term.free_vars or name in given.names:
        raise KernelError(f"the name {name!r} is not fresh")
    bodies = list(opened(term, name))
    local = given.assume(*facts_inside(term, name, given))
    if term.head in POINT_BINDERS:
        use.near.add(name)
    below = at_root and term.head == "forall"
    bodies[move.child - 1] = _after(bodies[move.child - 1], move.moves, local, use, below)
    return bind(term.head, name, term.arg, *bodies)


_CONTINUOUS: Final = frozenset(
    {
        "+",
        "-",
        "*",
        "neg",
        "abs",
        "exp",
        "sigmoid",
        "softplus",
        "tanh",
        "sin",
        "cos",
        "sinh",
        "cosh",
        "arctan",
        "arsinh",
    }
)


def facts_inside(term: Bind, name: str, given: Given) -> tuple[Term, ...]:
    """What is known of the bound variable `name` inside a binder.

    Over a set: that it is an element. Near a point x, for a derivative: what holds of x strictly (an open
    interval, <, !=) holds of every t near x, by continuity. For a one-sided limit at a: t lies beside a.
    """
    if term.head in SET_BINDERS:
        return (App("in", (Var(name), term.arg)),)
    if term.head in LIMITS:
        return _facts_beside(term, name)
    if term.head == "d" and isinstance(term.arg, Var):
        near: dict[str, Term] = {term.arg.name: Var(name)}
        return tuple(substituted(fact, near) for fact in given.about(term.arg.name) if _is_open(fact, term.arg))
    return ()


def _is_open(fact: Term, variable: Var) -> bool:
    """Whether a fact about a real variable goes on holding when the variable moves a little."""
    if not isinstance(fact, App):
        return False
    if fact.head == "in":
        domain = fact.args[1]
        fixed = variable.name not in domain.free_vars  # the ends do not move with it
        return fixed and fact.args[0] == variable and isinstance(domain, App) and domain.head in ("interval", "reals")
    return fact.head in ("<", "!=") and all(map(_is_continuous, fact.args))


def _is_continuous(term: Term) -> bool:
    """Whether a term is made of functions that are defined and continuous everywhere, and no others."""
    if isinstance(term, App):
        if term.head == "^":
            return isinstance(term.args[1], Num) and _is_continuous(term.args[0])
        return term.head in _CONTINUOUS and all(map(_is_continuous, term.args))
    return isinstance(term, (Var, Num))


def _facts_beside(term: Bind, name: str) -> tuple[Term, ...]:
    """Close enough to a number a: within 1 of it, on the side from which the limit is taken; far out, beyond 1."""
    if term.head == "limit":
        return () if App("oo") in subterms(term.arg) else (App("!=", (Var(name), term.arg)),)
    if term.arg == App("oo") and term.head == "limit_left":
        return (App("in", (Var(name), App("interval", (Num(1), term.arg)))),)
    if term.arg == App("neg", (App("oo"),)) and term.head == "limit_right":
        return (App("in", (Var(name), App("interval", (term.arg, number(-1))))),)
    if not isinstance(term.arg, Num):
        return ()
    side = 1 if term.head == "limit_right" else -1
    ends = sorted((Fraction(term.arg.value), Fraction(term.arg.value + side)))
    return (App("in", (Var(name), App("interval", [number(end) for end in ends]))),)


def _applied(term: Term, move: Apply, given: Given, use: _Use, at_root: bool) -> Term:
    rule = TABLE.get(move.rule)
    if rule is None:
        raise KernelError(f"there is no rule {move.rule}")
    use.rules[rule.name] = None
    if rule.kind == COMPUTATION:
        return _computed(term, rule, dict(move.bindings), given, use)
    if rule.kind == INFERENCE and (move.reverse or not at_root):
        raise KernelError(f"{rule.name} applies forwards, to the whole goal only")
    found, result = instance(rule, term, move)
    for premise in rule.premises:
        _require(filled(premise, found), given, use)
    return result


def instance(rule: Rule, term: Term, move: Apply) -> tuple[Bindings, Term]:
    """The bindings under which one side of the row is `term`, and the other side under them.

    Raises: KernelError where `term` is no instance.
    """
    here, there = (rule.right, rule.left) if move.reverse else (rule.left, rule.right)
    bindings = dict(move.bindings)
    for name, body in bindings.items():
        if body.loose > rule.metavariables.get(name, -1):
            raise KernelError(f"{rule.name}: {name} is bound to a term with loose places")
    # The match only finds bindings; that they make the schema this very term is checked by filling it in.
    if not match(here, term, bindings) or not is_filled(here, term, bindings):
        raise KernelError(f"{term} is not an instance of {rule.name}: {here}")
    return bindings, filled(there, bindings)


def _computed(term: Term, rule: Rule, bindings: Bindings, given: Given, use: _Use) -> Term:
    """Equality of rational functions; everything divided by must not vanish."""
    result = bindings.get("?b")
    if result is None or result.loose:
        raise KernelError(f"{rule.name} needs its result")
    if rule.name == "leading-terms":
        return _tending(term, result, given)
    bits = (lambda atom: holds(App("in", (atom, _BITS)), given)) if rule.name != "algebra" else None
    numbers = Field(bits, roots=rule.name == "root-algebra")
    try:
        same = numbers.equal(term, result)
    except OutsideFragment as error:
        raise KernelError(f"{rule.name}: {error}") from error
    if not same:
        raise KernelError(f"{term} is not {result} by {rule.name}")
    for denominator in dict.fromkeys(numbers.denominators):
        _require(App("!=", (denominator, _ZERO)), given, use)
    for sign in numbers.signs:
        _require(sign, given, use)
    return result


def _tending(term: Term, result: Term, given: Given) -> Term:
    """A limit replaced by its value."""
    if not isinstance(term, Bind) or term.head not in LIMITS or limit_of(term, given) != result:
        raise KernelError(f"{term} does not tend to {result} by its leading terms")
    return result


def _require(condition: Term, given: Given, use: _Use) -> None:
    if (condition, given) in use.settled:
        return
    if not holds(condition, given):
        if not use.allow_open or _is_absurd(condition, given):
            raise OpenCondition(str(condition))
        use.hypotheses[_closed(condition, given, use)] = None
    else:
        use.conditions[condition] = None
    use.settled.add((condition, given))


def _independent(hypotheses: Sequence[Term], given: Given) -> list[Term]:
    """The open conditions, less those that follow from the given and the others."""
    kept = list(hypotheses)
    for condition in hypotheses:
        others = [other for other in kept if other != condition]
        if others and holds(condition, given.assume(*others)):
            kept = others
    return kept


def _is_absurd(condition: Term, given: Given) -> bool:
    """A condition that surely fails, such as 0 != 0 or 0 < b - 1 for b < 1, is not left open."""
    if not isinstance(condition, App) or condition.head not in _OPPOSITES:
        return False
    opposite, exchanged = _OPPOSITES[condition.head]
    left, right = condition.args
    sides = (right, left) if exchanged else (left, right)
    return holds(App(opposite, sides), given) or (condition.head == "!=" and _same(left, right))


def _same(left: Term, right: Term) -> bool:
    try:
        return Field().equal(left, right)
    except OutsideFragment:
        return False


# not (a < b) is b <= a
_OPPOSITES: Final = {"<": ("<=", True), "<=": ("<", True), "!=": ("=", False)}


def _closed(condition: Term, given: Given, use: _Use) -> Term:
    """The condition for all values of the variables that binders around the focus bind.

    Near a point of an open set of numbers it is asked for on the whole set, which is more than is needed.
    Raises: OpenCondition for a condition near another point or beside a limit: its range is no set that we can name.
    """
    while names := sorted(condition.free_vars - use.outside):
        domains = {name: _range_of(name, given, use) for name in names}
        # The innermost first, in whose range the others may stand: j of range(1, i) before i.
        name = min(names, key=lambda one: sum(one in domain.free_vars for domain in domains.values()))
        condition = bind("forall", name, domains[name], condition)
    return condition


def _range_of(name: str, given: Given, use: _Use) -> Term:
    """The set that a bound variable ranges over. Raises OpenCondition where it is none that we can name."""
    fact = next((f for f in given.about(name) if isinstance(f, App) and f.args[0] == Var(name)), None)
    if fact is None or fact.head != "in" or (name in use.near and not _is_open(fact, Var(name))):
        raise OpenCondition(f"a condition on {name}, of which no range is known")
    return fact.args[1]

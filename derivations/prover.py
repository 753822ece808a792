"""From a claim to its verdict: the order in which methods are tried.

Each method proposes moves; the kernel decides. A claim that no method proves is searched for a counterexample;
only then may conditions be assumed, and the verdict is `conditional`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, TypeAlias

from derivations.cases import by_signs
from derivations.closest import at_simple_places, closest
from derivations.conditions import holds
from derivations.definedness import differences, domain_facts, is_hopeless
from derivations.detours import below_integrals, detours
from derivations.differences import by_difference, monotone, normal_sides, proof_at_sight
from derivations.discharging import discharged
from derivations.errors import KernelError, OutsideFragment
from derivations.extremes import by_extremes
from derivations.given import Given
from derivations.glance import looks_false
from derivations.induction import by_induction
from derivations.inequalities import gaps, multiples
from derivations.kernel import Apply, Inside, Move, Theorem, after, instance, replay
from derivations.matching import function
from derivations.normal_form import normal_form
from derivations.normal_form.arithmetic import ARITHMETIC
from derivations.normal_form.collecting import algebra_of
from derivations.orderings import by_orderings
from derivations.polynomial import Field
from derivations.refute import Counterexample, Limits, agree, counterexample, is_huge, models, value
from derivations.rules import TABLE
from derivations.shown import with_shorter_conditions
from derivations.sizes import too_large
from derivations.slopes import by_slope
from derivations.squares import by_squares
from derivations.term import App, Bind, Num, Term, Var, bind, div, fresh_name, number, opened, subterms
from derivations.verdict import Verdict, proved, refuted, undecided
from derivations.vocabulary import LIMITS

# A method proposes moves for a claim under the given, assuming conditions or not; None where it has nothing to say.
_Method: TypeAlias = "Callable[[Term, Given, bool], tuple[Move, ...] | None]"
_BITS: Final = App("bits")
_ARITHMETIC: Final = ARITHMETIC | {"="}
_OF_SIGNS: Final = {"abs", "max", "min"}
_INFINITIES: Final = (App("oo"), App("neg", (App("oo"),)))
_MOST_CASES: Final = 4
_MOST_MODELS: Final = 12
_FEW_MODELS: Final = 3
_FIRST: Final = Limits(models=2, careful=1, bodies=2_000, seconds=0.1)


def verdict_on(claim: Term, given: Given, *, start: tuple[Move, ...] = ()) -> Verdict:
    """The verdict on one proposition under the given; `start` are moves to begin with, where an author knows the way.

    >>> from derivations.notation import read
    >>> verdict_on(read("1/b + 1/(1-b) = 1/(b*(1-b))"), Given.of("b in interval(0, 1)")).kind
    'proved'
    """
    if size := too_large(claim):
        return undecided(claim, size)
    if not start and (found := _refuted_at_once(claim, given)) is not None:
        return refuted(claim, found)
    theorem = _continued(claim, given, start) if start else None
    why = ""
    if theorem is None:
        theorem, why = _theorem(claim, given, assuming=False)
    if theorem is not None and isinstance(claim, App) and any(is_hopeless(side, given) for side in claim.args):
        return undecided(claim, "no rule: a side has no value where the given holds")
    if theorem is not None and not (needed := differences(theorem.conclusion, theorem.given)):
        return proved(theorem)
    if theorem is not None:
        theorem = discharged(replay(claim, theorem.moves, given, beside=needed), proof_at_sight)
        if _is_met_somewhere(theorem):
            return proved(theorem)
        return undecided(claim, _without_value(claim, given) or "no rule: the two sides never have values together")
    domain = _domain(claim, given)
    theorem = _on_common_domain(claim, given, domain)
    if theorem is not None:
        return proved(theorem)  # and no point refutes it: outside the domain one side has no value
    found = counterexample(claim, given) or _refuted_in_normal_form(claim, given)
    if found is None and domain:
        found = counterexample(claim, given.assume(*domain))
    if found is None and isinstance(claim, App) and claim.head != "=":
        found = closest(claim, given, theorem_of)
    if found is not None:
        return refuted(claim, found)
    theorem, _ = _theorem(claim, given, assuming=True)
    if theorem is not None and _is_met_somewhere(theorem):
        return proved(with_shorter_conditions(discharged(theorem, proof_at_sight)))
    if not why.startswith("size"):
        why = _without_value(claim, given) or why
    return undecided(claim, why)


def _refuted_at_once(claim: Term, given: Given) -> Counterexample | None:
    """A counterexample to what looks false; of what a glance does not understand a few models are tried."""
    look = looks_false(claim, given)
    if look is False:
        return at_simple_places(claim, given, theorem_of)
    return counterexample(claim, given) if look else counterexample(claim, given, limits=_FIRST)


def under(claim: Term, theorem: Theorem, given: Given, facts: tuple[Term, ...]) -> Verdict | None:
    """The verdict by a theorem that was found with more facts, which are its conditions now; None where it is none."""
    try:
        return proved(replay(claim, theorem.moves, given, assumed=facts, allow_open=bool(theorem.hypotheses)))
    except KernelError:
        return None


def _domain(claim: Term, given: Given) -> tuple[Term, ...]:
    """What both sides of an equation need in order to have values."""
    if not isinstance(claim, App) or claim.head != "=":
        return ()
    left, right = claim.args
    return domain_facts(left, right, given)


def _on_common_domain(claim: Term, given: Given, domain: tuple[Term, ...]) -> Theorem | None:
    """The theorem that carries as hypotheses that both sides have values, and no more."""
    if not domain:
        return None
    inside, _ = _theorem(claim, given.assume(*domain), assuming=False)
    if inside is None:
        return None
    theorem = discharged(replay(claim, inside.moves, given, assumed=domain), proof_at_sight)
    return theorem if _is_met_somewhere(theorem) else None


def _without_value(claim: Term, given: Given) -> str | None:
    """The reason where one side has no value at points that satisfy the given, and the other has."""
    if not isinstance(claim, App) or claim.head != "=":
        return None
    for model in islice(models(given, claim), _FEW_MODELS):
        if any(is_huge(side, model) for side in claim.args):
            return "size: a value is too large, or too much work, to be computed"
        left, right = (value(side, model) is not None for side in claim.args)
        if left != right:
            side = "right" if left else "left"
            return f"no rule: the {side} side has no value where the given holds"
    return None


def _refuted_in_normal_form(claim: Term, given: Given) -> Counterexample | None:
    """A counterexample to the normal form of a claim about limits, which have no value at a point by themselves.

    The kernel confirms the normal form without open conditions. Other claims are refuted at their own values only:
    0 * log(-1) has none, although its normal form has.
    """
    if not isinstance(claim, App) or claim.head != "=" or not any(_is_limit(part) for part in subterms(claim)):
        return None
    try:
        reached, moves = normal_form(claim, given)
        if reached == claim or after(claim, moves, given) != reached:
            return None
    except (KernelError, OutsideFragment, RecursionError):
        return None
    return counterexample(_beside_infinity(reached), given)


def _beside_infinity(claim: Term) -> Term:
    """A claim in which one side is infinite, as one about limits, beside which alone infinity has a meaning."""
    if not isinstance(claim, App) or not any(side in _INFINITIES for side in claim.args):
        return claim
    left, right = claim.args
    if left in _INFINITIES and right in _INFINITIES:
        left = bind("limit_right", "t", Num(0), div(number(1 if left == App("oo") else -1), Var("t")))
    elif left in _INFINITIES:
        right = Bind("limit_right", "t", Num(0), (right,))
    else:
        left = Bind("limit_right", "t", Num(0), (left,))
    return App(claim.head, (left, right))


def _is_limit(term: Term) -> bool:
    return isinstance(term, Bind) and term.head in LIMITS


def _is_met_somewhere(theorem: Theorem) -> bool:
    """Whether the open conditions hold in some model, with both sides equal there: else nothing was shown."""
    assumed = theorem.given.assume(*theorem.hypotheses)
    return any(agree(theorem.conclusion, model) for model in islice(models(assumed, theorem.conclusion), _MOST_MODELS))


def _continued(claim: Term, given: Given, start: tuple[Move, ...]) -> Theorem | None:
    """The theorem by an author's first moves and the normal forms of what they lead to."""
    try:
        reached, moves = normal_form(after(claim, start, given), given)
        closed = _closed(reached, given, (*start, *moves))
        return None if closed is None else replay(claim, closed, given)
    except (KernelError, OutsideFragment):
        return None


def theorem_of(claim: Term, given: Given) -> Theorem | None:
    """The theorem that proves the claim without open conditions; None where no method finds it."""
    return _theorem(claim, given, assuming=False)[0]


def _theorem(claim: Term, given: Given, *, assuming: bool) -> tuple[Theorem | None, str]:
    """The first method whose moves the kernel accepts; otherwise why the last one stopped."""
    why = "no rule: the two sides have different normal forms and no counterexample was found"
    try:
        for moves in _proposals(claim, given, assuming):
            try:
                return replay(claim, moves, given, allow_open=assuming), ""
            except KernelError:
                continue  # a proposal that is no proof; the next method may have one
    except OutsideFragment as error:
        why = str(error)
    except RecursionError:
        why = "size: the terms nest too deeply"
    return None, why


def _proposals(claim: Term, given: Given, assuming: bool) -> Iterator[tuple[Move, ...]]:
    if not isinstance(claim, App) or claim.head != "=" or claim.args[0] == claim.args[1]:
        yield ()
    methods: tuple[_Method, ...] = ()
    if isinstance(claim, App):
        methods = _EQUATIONS if claim.head == "=" else _INEQUALITIES
    elif isinstance(claim, Bind):
        methods = _PROPOSITIONS.get(claim.head, ())
    for method in methods:
        moves = method(claim, given, assuming)
        if moves is not None:
            yield moves


def _same_normal_form(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Both sides brought to their normal forms, and these compared as rational functions."""
    reached, moves = normal_form(claim, given, assuming=assuming)
    return _closed(reached, given, moves)


def _closed(reached: Term, given: Given, moves: tuple[Move, ...]) -> tuple[Move, ...] | None:
    if not isinstance(reached, App) or reached.head != "=":
        return moves
    left, right = reached.args
    if left == right:
        return moves
    numbers = Field(lambda atom: holds(App("in", (atom, _BITS)), given), roots=True)
    if not numbers.equal(left, right):
        return None
    rule = algebra_of(numbers)
    return (*moves, Inside(0, (Apply(rule, (("?b", right),)),)))


def _by_algebra(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Both sides are one rational function as they are written; where all is arithmetic the kernel looks for itself."""
    if not isinstance(claim, App) or not (claim.heads <= _ARITHMETIC or Field().equal(*claim.args)):
        return None
    return (Inside(0, (Apply("algebra", (("?b", claim.args[1]),)),)),)


def _by_formula(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Normal densities by their formula, where one side writes it."""
    if "normal" not in claim.heads:
        return None
    reached, moves = normal_form(claim, given, assuming=assuming, densities=True)
    return _closed(reached, given, moves)


def _by_score(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Means under normal densities differentiated below the integral, not in what is averaged."""
    if not isinstance(claim, App) or "normal" not in claim.heads:
        return None
    start, changed = below_integrals(claim)
    if not start:
        return None
    reached, moves = normal_form(changed, given, assuming=assuming)
    return _closed(reached, given, (*start, *moves))


def _by_half_angles(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Sines and cosines by the smallest part of an angle that occurs."""
    if not any(isinstance(part, App) and part.head in ("sin", "cos") for part in subterms(claim)):
        return None
    start: tuple[Move, ...] = ()
    if "d" in claim.heads:  # below a derivative an angle is not seen
        claim, start = normal_form(claim, given, assuming=assuming)
    reached, moves = normal_form(claim, given, assuming=assuming, half_angles=True)
    return _closed(reached, given, (*start, *moves))


def _by_cases(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """A free variable in {0, 1} settled by its two values, on each side."""
    bits = [name for name in sorted(claim.free_vars) if holds(App("in", (Var(name), _BITS)), given)]
    if not isinstance(claim, App) or not bits or len(bits) > _MOST_CASES:
        return None
    moves: list[Move] = []
    sides = list(claim.args)
    for name in bits:
        for place, side in enumerate(sides):
            split = Apply("bit-cases", (("?z", Var(name)), ("?F", function(side, name))))
            moves.append(Inside(place, (split,)))
            sides[place] = instance(TABLE["bit-cases"], side, split)[1]
    reached, more = normal_form(App(claim.head, sides), given, assuming=assuming)
    return _closed(reached, given, (*moves, *more))


def _by_signs(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Absolute values and maxima by cases."""
    return None if assuming or not claim.heads & _OF_SIGNS else by_signs(claim, given, _closed)


def _by_detours(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Both sides raised, exponentiated, or a sum telescoped, before their normal forms are taken."""
    if not isinstance(claim, App) or assuming:
        return None
    for start in detours(claim, given):
        try:
            reached, moves = normal_form(after(claim, start, given), given)
            closed = _closed(reached, given, (*start, *moves))
        except (KernelError, OutsideFragment):
            continue
        if closed is not None:
            return closed
    return None


def _by_induction(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """A sum or a product from one number of terms to the next."""
    return None if assuming else by_induction(claim, given, lambda step, inside: _same_normal_form(step, inside, False))


def _gibbs(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """0 <= KL, and 0 < KL where the two distributions differ at 1."""
    if not isinstance(claim, App) or not isinstance(claim.args[1], Bind):
        return None
    if claim.head == "<=" and claim.args[1].head == "int":
        return (Apply("gibbs-inequality-of-densities"),)
    if claim.args[1].head != "KL":
        return None
    if claim.args[0] != Num(0):
        return None
    if claim.head == "<=":
        return (Apply("gibbs-inequality"),)
    step = Apply("gibbs-strict", (("?w", Num(1)),))
    differ = instance(TABLE["gibbs-strict"], claim, step)[1]
    return (step, *normal_form(differ, given, assuming=assuming)[1])


def _by_definition(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """A variance as the mean of a square, which is not negative."""
    if not isinstance(claim, App):
        return None
    places = [place for place, side in enumerate(claim.args) if isinstance(side, Bind) and side.head == "Var"]
    return tuple(Inside(place, (Apply("variance"),)) for place in places) or None


def _by_gap(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """The two sides of <= differ by a divergence, or by the gap of Jensen's inequality."""
    if not isinstance(claim, App) or claim.head != "<=":
        return None
    starts: list[tuple[Move, ...]] = [(), *((step,) for step in multiples(claim, given))]
    for start in starts:
        for step, equation in gaps(claim, given, after(claim, start, given)):
            reached, moves = normal_form(equation, given, assuming=assuming)
            closed = _closed(reached, given, moves)
            if closed is not None:
                return (*start, step, *closed)
    return None


def _solved(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """A bound on a square root or a quotient, turned into one that the given may state."""
    moves: list[Move] = []
    for rule in ("bound-of-square-root", "bound-solved-for-factor"):
        step = Apply(rule)
        try:
            claim = instance(TABLE[rule], claim, step)[1]
        except KernelError:
            continue
        moves.append(step)
    return tuple(moves)


def _monotone_by_extremes(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """Strictly monotone, by the sign of the derivative, which is not told by its factors."""
    if assuming or not isinstance(claim, Bind) or claim.arg == App("reals"):
        return None
    step = Apply(f"{claim.head}-by-derivative")
    moves = by_extremes(after(claim, (step,), given), given)
    return None if moves is None else (step, *moves)


def _for_all(claim: Term, given: Given, assuming: bool) -> tuple[Move, ...] | None:
    """The claim for an arbitrary element."""
    if not isinstance(claim, Bind):
        return None
    name = fresh_name(claim.hint, given.names | claim.free_vars)
    inside = given.assume(App("in", (Var(name), claim.arg)))
    theorem, _ = _theorem(opened(claim, name)[0], inside, assuming=assuming)
    return None if theorem is None else (Inside(1, theorem.moves, name),)


def _unassuming(method: Callable[[Term, Given], tuple[Move, ...] | None]) -> _Method:
    """A method that takes no part where conditions are assumed."""
    return lambda claim, given, assuming: None if assuming else method(claim, given)


_EQUATIONS: Final[tuple[_Method, ...]] = (
    _by_algebra,
    _same_normal_form,
    _by_score,
    _by_formula,
    _by_half_angles,
    _by_cases,
    _by_detours,
    _by_signs,
    _by_induction,
)
_INEQUALITIES: Final[tuple[_Method, ...]] = (
    _gibbs,
    lambda claim, given, assuming: (Apply("cauchy-schwarz"),),
    lambda claim, given, assuming: (Apply("cauchy-schwarz-of-sums"),),
    _by_definition,
    _solved,
    normal_sides,
    by_difference,
    _by_gap,
    _unassuming(by_orderings),
    _unassuming(by_squares),
    _unassuming(by_slope),
    _unassuming(by_extremes),
)
_PROPOSITIONS: Final[dict[str, tuple[_Method, ...]]] = {
    "decreasing": (monotone, _monotone_by_extremes),
    "increasing": (monotone, _monotone_by_extremes),
    "forall": (_for_all,),
}

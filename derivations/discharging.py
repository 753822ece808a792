"""Open conditions that can be proved: from the given, or from the other conditions.

A side condition is looked at by sight, since many are. What stays open at the end is few, and each is worth a normal
form: cosh(x) + sinh(x) is exp(x), and sin(2 x) is not 0 where sin(x) and cos(x) are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from derivations.errors import KernelError, OutsideFragment
from derivations.factored_signs import factors_of
from derivations.given import Given
from derivations.kernel import Have, Move, Theorem, replay
from derivations.normal_form.canonical import Canonical
from derivations.term import App, Num, Term, sub

# The moves that prove a condition under a given; None where there are none.
Discharge: TypeAlias = "Callable[[Term, Given], tuple[Move, ...] | None]"
_RELATIONS: Final = frozenset({"<", "<=", "!="})
_PLAIN: Final = frozenset({*_RELATIONS, "+", "-", "*", "/", "neg", "oo"})


def discharged(theorem: Theorem, prove: Discharge) -> Theorem:
    """The theorem without the conditions that `prove` finds a proof of, the longest ones first."""
    lemmas: list[Have] = []
    kept = list(_apart(theorem, lemmas, prove))
    for condition in sorted(kept, key=lambda one: -len(str(one))):
        if isinstance(condition, App) and condition.head in _RELATIONS and condition.heads - _PLAIN:
            others = [other for other in kept if other != condition]
            moves = prove(condition, theorem.given.assume(*others))
            if moves is not None:
                kept = others
                lemmas.insert(0, Have(condition, moves))  # it may need those that are found later
    if not lemmas:
        return theorem
    moves = (*lemmas, *theorem.moves)
    try:
        # What is assumed for all elements of a set may stay open below a binder, as it did before.
        shorter = replay(theorem.conclusion, moves, theorem.given, assumed=kept, allow_open=True)
    except KernelError:
        return theorem
    return shorter if set(shorter.hypotheses) <= {*kept, *theorem.hypotheses} else theorem


def _apart(theorem: Theorem, lemmas: list[Have], prove: Discharge) -> Iterator[Term]:
    """The conditions, that a product is not 0 as that its factors are not; each once."""
    found: dict[Term, None] = {}
    for condition in theorem.hypotheses:
        factors = _factors(condition)
        moves = prove(condition, theorem.given.assume(*factors)) if len(factors) > 1 else None
        if moves is None:
            found[condition] = None
        else:
            found.update(dict.fromkeys(factors))
            lemmas.append(Have(condition, moves))
    yield from found


def _factors(condition: Term) -> tuple[Term, ...]:
    """That each factor with letters is not 0, of what is not 0."""
    if not isinstance(condition, App) or condition.head != "!=" or not condition.heads - _PLAIN:
        return ()
    try:
        product = Canonical().factors(sub(*condition.args))
    except OutsideFragment:
        return ()
    found: dict[Term, None] = {}
    for factor in factors_of(product):
        match factor:
            case App("/", (Num(1), base)) | App("^" | "abs", (base, *_)):
                found[base.args[0] if isinstance(base, App) and base.head in ("^", "abs") else base] = None
            case _:
                found[factor] = None
    return tuple(App("!=", (factor, Num(0))) for factor in found if factor.free_vars)

"""Numerical checks: a claim tried at examples that Hypothesis draws, by two evaluations that share no code.

At each example the claim is checked in a model of its given: exactly where all values are rational, and by balls that
agree to 60 bits where not, with automatic derivatives (see `derivations.models`); at the first few again with fifty
digits, where derivatives are numerical and limits are looked at near their point (see `derivations.evidence.decimals`).
Agreement proves nothing, but one failure is enough to stop.

The tolerance 1e-30 is far above what rounding, `mpmath.diff` and a point 1e-40 beside a limit do, and far below what a
slip does. A limit that is approached more slowly than 1e-30 at 1e-40 would be called false: the sheet has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from flint import arb
from mpmath import inf, mp, mpf, nstr

from derivations.claim import Claim
from derivations.errors import ClaimFailed, OutsideFragment
from derivations.evidence.decimals import BESIDE, DIGITS, Decimals
from derivations.evidence.examples import tried
from derivations.evidence.extras import extra
from derivations.models.model import Model
from derivations.models.table import written, written_set
from derivations.refute import agree, models, value
from derivations.term import App, Bind, Term, neg, subterms
from derivations.value import Sequence as Components

EXACT, BALLS = "exact rational enumeration", "balls of 60 bits"
DECIMALS, DIFFERENCES, NEAR = "mpmath, 50 digits", "mpmath.diff, 50 digits", "mpmath near the limit, 50 digits"
_TOLERANCE: Final = mpf("1e-30")
_MOST_DECIMAL: Final = 4  # examples that are tried with fifty digits too, which is slower
_GRID: Final = 24  # points of an interval
_LIMITS: Final = ("limit_right", "limit_left")


@dataclass(frozen=True)
class NumericalCheck:
    """That a claim held at all examples.

    Attributes: `examples`; `methods` with the number of examples that each decided; `worst_error`, the largest relative
    difference of two sides that should be equal, of those computed with fifty digits, as text.
    """

    examples: int
    methods: Mapping[str, int]
    worst_error: str

    def __str__(self) -> str:
        return ", ".join(f"{method} ({count} times)" for method, count in self.methods.items())


def cross_check(claim: Claim, *, examples: int = 20, seed: int = 0) -> NumericalCheck:
    """Try the statement of a claim at examples; the same ones for the same seed.

    Raises: ClaimFailed where it fails at one, where its given has no model, or where no method applies;
            DerivationsError where Hypothesis is not installed.

    >>> odds = Claim("odds", "", "", "d[b = b](log(b / (1 - b))) = 1 / (b * (1 - b))", ("b in interval(0, 1)",))
    >>> cross_check(odds, examples=5).methods
    {'exact rational enumeration': 5, 'mpmath.diff, 50 digits': 4}
    >>> cross_check(Claim("slip", "", "", "log(1) = 1", ()))
    Traceback (most recent call last):
    derivations.errors.ClaimFailed: claim slip, numbers: fails at no symbols: 0.0 = 1.0 (exact rational enumeration)
    """
    trial = _Trial(claim, seed)
    # Small numbers, since Hypothesis tries larger ones that it finds in the source files of a checkout.
    strategies = extra("hypothesis.strategies")
    digits = strategies.integers(0, 99)
    tried(
        lambda drawn: trial.run(100 * drawn[0] + drawn[1]),
        extra("hypothesis.strategies").tuples(digits, digits),
        examples,
    )
    if not trial.methods:
        raise ClaimFailed(claim.name, "numbers", "no numerical method applies")
    return NumericalCheck(trial.examples, dict(trial.methods), nstr(trial.worst, 2))


# ---------------------------------------------------------------- one example


class _Trial:
    """What was found out so far about a claim."""

    def __init__(self, claim: Claim, seed: int) -> None:
        self.claim, self.seed = claim, seed
        self.examples, self.methods, self.worst = 0, Counter[str](), mpf(0)
        heads = {here.head for here in subterms(claim.proposition) if isinstance(here, Bind)}
        self.decimals = NEAR if heads.intersection(_LIMITS) else DIFFERENCES if "d" in heads else DECIMALS

    def run(self, number: int) -> None:
        """Check one example. Raises ClaimFailed."""
        proposition = self.claim.proposition
        model = next(models(self.claim.assumptions, proposition, seed=10_000 * self.seed + number), None)
        if model is None:
            raise ClaimFailed(self.claim.name, "numbers", "the given has no model")
        holds = agree(proposition, model)
        if holds is not None:
            method = EXACT if _is_exact(proposition, model) else BALLS
            self.count(holds, method, model)
        if self.methods[self.decimals] < _MOST_DECIMAL:
            self.run_decimals(model)
        self.examples += 1

    def run_decimals(self, model: Model) -> None:
        """Check one example with fifty digits."""
        with mp.workdps(DIGITS):
            try:
                holds, error = _holds(self.claim.proposition, model)
            except OutsideFragment:
                return
            self.worst = max(self.worst, error)
            self.count(holds, self.decimals, model)

    def count(self, holds: bool, method: str, model: Model) -> None:
        """Note that a method decided. Raises ClaimFailed where it decided against the claim."""
        if not holds:
            where = ", ".join(_point(model, self.claim.proposition)) or "no symbols"
            raise ClaimFailed(self.claim.name, "numbers", f"fails at {where}: {self.sides(model)} ({method})")
        self.methods[method] += 1

    def sides(self, model: Model) -> str:
        """The claim with decimals for its sides."""
        proposition, numbers = self.claim.proposition, Decimals(model)
        if not isinstance(proposition, App):
            return str(proposition)
        shown = []
        for side in proposition.args:
            try:
                shown.append(nstr(numbers.number(side), 8))
            except OutsideFragment:
                shown.append(str(side))
        return f" {proposition.head} ".join(shown)


def _is_exact(proposition: Term, model: Model) -> bool:
    """Whether no side of a relation is a ball: they are rational, or infinite."""
    if not isinstance(proposition, App):
        return False
    return not any(isinstance(value(side, model), arb) for side in proposition.args)


def _point(model: Model, proposition: Term) -> Iterator[str]:
    for name in sorted(proposition.free_vars):
        if name in model.sets:
            yield f"{name} = {written_set(model.sets[name])}"
        elif name in model.symbols and not isinstance(model.symbols[name], Components):
            yield f"{name} = {written(model.symbols[name])}"


# ---------------------------------------------------------------- propositions, with fifty digits


def _holds(proposition: Term, model: Model) -> tuple[bool, Any]:
    """Whether a proposition seems to hold, and how far two sides that should be equal are apart.

    Raises: OutsideFragment where it cannot be evaluated.
    """
    numbers = Decimals(model)
    if isinstance(proposition, App) and proposition.head in _RELATIONS:
        left, right = proposition.args
        if isinstance(left, Bind) and left.head in _LIMITS and right in _INFINITE:
            return _grows(left, model, _INFINITE[right]), mpf(0)
        a, b = numbers.number(left), numbers.number(right)
        apart = abs(a - b) / (1 + abs(a) + abs(b))
        return _RELATIONS[proposition.head](a, b, apart < _TOLERANCE), apart if proposition.head == "=" else mpf(0)
    if isinstance(proposition, Bind) and proposition.head in ("decreasing", "increasing"):
        values = [numbers.inside(point, proposition.bodies[0]) for point in _grid(proposition.arg, numbers)]
        side = -1 if proposition.head == "decreasing" else 1
        return all(side * (b - a) > 0 for a, b in pairwise(values)), mpf(0)
    raise OutsideFragment(f"{proposition} is not checked with decimals")


_RELATIONS: Final[Mapping[str, Callable[[Any, Any, bool], Any]]] = {
    "=": lambda a, b, close: close,
    "!=": lambda a, b, close: not close,
    "<": lambda a, b, close: a < b,
    "<=": lambda a, b, close: a < b or close,
}
_INFINITE: Final[Mapping[Term, int]] = {App("oo"): 1, neg(App("oo")): -1}


def _grows(limit: Bind, model: Model, sign: int) -> bool:
    """Whether the values near the point grow beyond bounds: more and more, as a convergent sequence does not."""
    first, second, third = (sign * Decimals(model, beside=beside).number(limit) for beside in BESIDE)
    return bool(0 < second - first <= third - second)


def _grid(interval: Term, numbers: Decimals) -> list[Any]:
    """Points of an open interval in order."""
    if not isinstance(interval, App) or interval.head != "interval":
        raise OutsideFragment(f"{interval} is no interval")
    low, high = (_INFINITE[end] * inf if end in _INFINITE else numbers.number(end) for end in interval.args)
    low, high = max(low, min(high, mpf(0)) - 10), min(high, max(low, mpf(0)) + 10)
    return [low + (high - low) * k / _GRID for k in range(1, _GRID)]

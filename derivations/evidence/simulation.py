"""Simulation: a mean or a variance estimated from random draws, with a bound on the error that is a theorem.

The statement must be an equation with an expectation or a variance on one side. In a small model its distribution and
the values drawn are enumerated, `draws` values are drawn by NumPy, and their mean is compared with the other side of
the equation. For a variance the draws are taken in pairs: half the squared difference of two has it as its mean.

Hoeffding's inequality bounds the error whatever the distribution: n independent values between lo and hi miss their
mean by more than (hi - lo) sqrt(log(2/delta) / (2n)) with a probability of at most delta.

Source: Hoeffding, *Probability inequalities for sums of bounded random variables* (1963), theorem 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import log, sqrt
from typing import Any, Final

from mpmath import mp

from derivations.claim import Claim
from derivations.errors import OutsideFragment
from derivations.evidence.decimals import Decimals
from derivations.evidence.extras import extra
from derivations.refute import models
from derivations.term import App, Bind, Term

BOUND: Final = "(hi - lo) sqrt(log(2/delta) / (2n)), Hoeffding (1963), theorem 2"
FAILURE: Final = 1e-9  # delta: the probability that a true claim fails
_ROUNDING: Final = 1e-9  # far above what double precision adds to a mean
_MOST_MODELS: Final = 10
_DIGITS: Final = 30


@dataclass(frozen=True)
class Simulation:
    """An estimate from random draws, what it should be, and how far from it an honest estimate may be.

    Attributes: `quantity` ("E" or "Var"), `estimate`, `target`, `bound`, `draws`, `seed`, `source` of the bound.
    """

    quantity: str
    estimate: float
    target: float
    bound: float
    draws: int
    seed: int
    source: str = BOUND

    @property
    def passed(self) -> bool:
        """Whether the estimate is as near to the target as the bound says."""
        return abs(self.estimate - self.target) <= self.bound

    def __str__(self) -> str:
        return f"{self.draws} draws: {self.estimate:.4g}, which is {self.target:.4g} to within {self.bound:.1g}"


def simulate(claim: Claim, draws: int = 100_000, seed: int = 0) -> Simulation:
    """Estimate one side of a claim's equation from random draws; the same ones for the same seed.

    Raises: OutsideFragment for a claim without a mean or variance as one side, or too large to enumerate;
            DerivationsError where NumPy is not installed.

    >>> fair = Claim("fair", "", "", "Var[z in bits](bern(1/2, z), z) = 1/4", ())
    >>> simulate(fair, draws=10_000).passed
    True
    >>> simulate(Claim("slip", "", "", "Var[z in bits](bern(1/2, z), z) = 1/2", ()), draws=10_000).passed
    False
    """
    moment, other = _moment(claim)
    for model in islice(models(claim.assumptions, claim.proposition), _MOST_MODELS):
        numbers = Decimals(model)
        try:
            with mp.workdps(_DIGITS):
                chances, values = _distribution(moment, numbers)
                target = float(numbers.number(other))
        except OutsideFragment:
            continue
        return _simulated(moment.head, chances, values, target, draws, seed)
    raise OutsideFragment(f"{claim.name}: no model is small enough to draw from")


def can_simulate(claim: Claim) -> bool:
    """Whether a claim equates a mean or a variance with something."""
    try:
        return bool(_moment(claim))
    except OutsideFragment:
        return False


def _moment(claim: Claim) -> tuple[Bind, Term]:
    """The side that is a mean or a variance, and the other one."""
    statement = claim.proposition
    if isinstance(statement, App) and statement.head == "=":
        for side, other in (statement.args, statement.args[::-1]):
            if isinstance(side, Bind) and side.head in ("E", "Var"):
                return side, other
    raise OutsideFragment(f"{claim.name}: there is no mean or variance to estimate")


def _distribution(moment: Bind, numbers: Decimals) -> tuple[list[float], list[float]]:
    """The probabilities of all elements, and the values at them."""
    mass, body = moment.bodies
    members = numbers.members(moment.arg)
    return [float(numbers.inside(z, mass)) for z in members], [float(numbers.inside(z, body)) for z in members]


def _simulated(
    quantity: str, chances: list[float], values: list[float], target: float, draws: int, seed: int
) -> Simulation:
    numpy = extra("numpy")
    generator = numpy.random.Generator(numpy.random.PCG64(seed))
    share = numpy.array(chances) / sum(chances)  # rounding would leave 1 + 1e-16
    drawn: Any = numpy.array(values)[generator.choice(len(values), size=draws, p=share)]
    span, count = max(values) - min(values), draws
    if quantity == "Var":
        count = draws // 2
        drawn = (drawn[:count] - drawn[count : 2 * count]) ** 2 / 2
        span = span**2 / 2
    bound = span * sqrt(log(2 / FAILURE) / (2 * count)) + _ROUNDING * (1 + abs(target))
    return Simulation(quantity, float(drawn.mean()), target, bound, draws, seed)

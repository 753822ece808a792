"""Typical mistakes by name: a refuted step is one when *undoing* the slip makes it true.

Each row of the table takes a refuted claim back through the inverse of one slip; the prover says whether what comes
out holds. No strings are compared, and a name is never a verdict: it is asked for only where a step is refuted.

>>> from derivations.notation import read
>>> given = Given.of("beta in interval(0, 1)", "z in bits")
>>> wrong = read("d[beta = beta](log(bern(beta, z))) = z / beta + (1 - z) / (1 - beta)")
>>> recognised(wrong, given).code
'sign-of-complement-score'
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Final

from derivations.errors import DerivationsError
from derivations.given import Given
from derivations.models.frame import measure
from derivations.models.model import Model
from derivations.prover import theorem_of
from derivations.refute import agree, models
from derivations.slips import anywhere, divergences, gradients, moments
from derivations.slips.refuted import Slip
from derivations.term import App, Bind, Term

_MOST_CANDIDATES: Final = 60
_MOST_OF_A_ROW: Final = 12
_MOST_PROOFS: Final = 8
_SECONDS: Final = 0.5


@dataclass(frozen=True)
class Mistake:
    """A typical mistake that was recognised: its stable `code`, and a `hint` for its author in one sentence."""

    code: str
    hint: str


@dataclass(frozen=True)
class Typical:
    """A row of the table: `undone` gives the claims that a refuted one may have been before the slip."""

    code: str
    hint: str
    explain: str
    undone: Callable[[Slip], Iterator[App]]


def recognised(claim: Term, given: Given) -> Mistake | None:
    """The typical mistake in a refuted claim; None where undoing none of them makes it true.

    Domain: a relation, or a statement of monotony, that was refuted under the given; None for anything else.
    Never raises, and stops after a bounded number of tries.
    """
    try:
        measure(claim)
        if isinstance(claim, Bind):
            return _monotony(claim, given)
        return _recognised(Slip(claim, given)) if isinstance(claim, App) and len(claim.args) == 2 else None
    except (DerivationsError, RecursionError):  # a name is a courtesy: nothing may fail for want of one
        return None


def _monotony(claim: Bind, given: Given) -> Mistake | None:
    other = {"increasing": "decreasing", "decreasing": "increasing"}.get(claim.head)
    if other is None or theorem_of(Bind(other, claim.hint, claim.arg, claim.bodies), given) is None:
        return None
    row = TYPICAL["wrong-monotony"]
    return Mistake(row.code, row.hint)


def _recognised(slip: Slip) -> Mistake | None:
    deadline = time.monotonic() + _SECONDS
    witnesses = list(islice(_witnesses(slip, deadline), 2))
    tried, proofs = {slip.claim}, 0
    for row in TYPICAL.values():
        for candidate in islice(row.undone(slip), _MOST_OF_A_ROW):
            if candidate in tried:
                continue
            tried.add(candidate)
            if len(tried) > _MOST_CANDIDATES or proofs > _MOST_PROOFS or time.monotonic() > deadline:
                return None
            if all(agree(candidate, model) for model in witnesses):
                proofs += 1
                if theorem_of(candidate, slip.given) is not None:
                    return Mistake(row.code, row.hint)
    return None


def _witnesses(slip: Slip, deadline: float) -> Iterator[Model]:
    """Models in which the claim fails: what is true there after undoing a slip is worth a proof."""
    for model in islice(models(slip.given, slip.claim, deadline=deadline), 8):
        if agree(slip.claim, model) is False:
            yield model


# The order matters: the first slip whose undoing makes the claim true gives its name, so general ones stand last.
_ROWS: Final = (
    Typical(
        "sign-of-complement-score", "The inner derivative of 1 - a is -1: a sign was lost.",
        "In the derivative of log(1 - a) or (1 - a)^k the chain rule brings a factor -1.", moments.sign_of_complement,
    ),
    Typical(
        "log-of-gradient", "The derivative of log q is the derivative of q, divided by q.",
        "The gradient and the logarithm were exchanged, or the division by q was lost.", gradients.log_of_gradient,
    ),
    Typical(
        "gradient-of-decoder", "The gradient belongs to q: the other factor does not depend on the parameter.",
        "The gradient was applied to a factor that is free of the parameter, so that it gives zero.",
        gradients.gradient_of_decoder,
    ),
    Typical(
        "missing-q", "The weights q were dropped from the sum.",
        "Without its probabilities the sum is no expectation.", gradients.missing_weight,
    ),
    Typical(
        "derivative-of-product", "The derivative of a product has two terms: f'g + fg'.",
        "The product of the derivatives was taken for the derivative of the product.", gradients.derivative_of_product,
    ),
    Typical(
        "kl-swapped", "The two distributions of the divergence were exchanged.",
        "The divergence is not symmetric: KL(q || p) is an expectation under q.", divergences.exchanged_arguments,
    ),
    Typical(
        "plus-for-minus", "The terms of the divergence are added.",
        "A sign between the terms for z = 1 and z = 0 is wrong.", divergences.plus_for_minus,
    ),
    Typical(
        "missing-complement", "The term with 1 - a, that of the other value, is missing.",
        "A Bernoulli variable has two values; the sum was written out for one of them.", divergences.missing_complement,
    ),
    Typical(
        "product-of-kls", "Divergences of independent parts are added, not multiplied.",
        "The logarithm of a product is a sum, so divergences add up.", divergences.product_for_sum,
    ),
    Typical(
        "product-of-means", "The mean of a product is not the product of the means: the factors are not independent.",
        "E[fg] = E[f] E[g] needs independent factors, and two functions of one variable are not.",
        moments.product_of_means,
    ),
    Typical(
        "division-by-z", "An equation must not be divided by z, which may be 0.",
        "What holds after multiplication by z need not hold at z = 0.", moments.divided_by_bit,
    ),
    Typical(
        "square-of-beta", "One power of the parameter too many in the denominator.",
        "The denominator is the parameter, not its square.", moments.two_powers_for_one,
    ),
    Typical(
        "variance-sign", "The variance is E[X^2] - E[X]^2, not the other way round.",
        "The square of the mean is subtracted from the mean of the square.", moments.variance_sign,
    ),
    Typical(
        "one-beta-for-two", "A constant factor leaves the variance squared: 1/a^2, not 1/a.",
        "Var[cX] = c^2 Var[X]; the derivative of 1/a has a^2 below as well.", moments.one_power_for_two,
    ),
    Typical(
        "missing-1-over-m", "The average of m independent draws has 1/m of the variance of one.",
        "The factor 1/m of the mean of m draws was lost.", moments.missing_size,
    ),
    Typical(
        "one-over-m-squared", "The m equal variances are added before the division by m^2: 1/m is left.",
        "The factor 1/m^2 was kept, but the sum of m equal terms forgotten.", moments.size_squared,
    ),
    Typical(
        "variance-of-bit", "This is the variance of z; that of z/a has 1/a^2 in front.",
        "The variance of the bit itself, a(1-a), stands for that of the estimate.", moments.variance_of_bit,
    ),
    Typical(
        "second-moment-of-bit", "The square of a bit is the bit: E[z^2] = E[z], not E[z]^2.",
        "The mean of the square was taken to be the square of the mean.", moments.second_moment,
    ),
    Typical(
        "wrong-monotony", "It goes the other way: look at the sign of the derivative.",
        "A decreasing function was called increasing, or an inequality turned round.", moments.turned_round,
    ),
    Typical(
        "wrong-limit", "The limit has another value.",
        "Look at which factor goes to zero, and whether it stands above or below.", moments.another_limit,
    ),
    Typical(
        "scores-sum-to-one", "Probabilities sum to one; their derivatives sum to zero.",
        "The expected score is the derivative of a constant.", gradients.one_for_zero,
    ),
    Typical("sign", "A sign is wrong.", "Turning one sign makes the step true.", anywhere.any_sign),
    Typical(
        "lost-factor", "A factor was lost, or one is too many.",
        "Multiplying or dividing by one factor makes the step true.", anywhere.lost_factor,
    ),
    Typical(
        "lost-term", "A term was lost.", "Adding a term of the line before makes the step true.", anywhere.lost_term
    ),
)  # fmt: skip
TYPICAL: Final = MappingProxyType({row.code: row for row in _ROWS})

"""A small encoder on which the estimator of 1b is tried next to the exact sum of 1a.

The bits are independent; the first one has the probability sigmoid(phi), so that phi is one coordinate of the
encoder's parameters. All values are enumerated, so that gradient and variance are exact up to rounding; what is drawn
is drawn by a seeded generator. The formulas are those of the proved claims. It draws no figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from derivations.output.vectorised import Array, evaluate
from derivations.seminar7.exact_sum import EXACT_GRADIENT, NUMBER_OF_TERMS
from derivations.seminar7.log_trick import UNBIASED
from derivations.term import App, Bind, Term, opened

SIZES: Final = (4, 8, 12)  # the numbers of bits that are tried
SPEED: Final = 1e9  # terms a second, of an imagined machine
TIMES: Final = {"a second": 1.0, "a day": 86_400.0, "a thousand years": 3.156e10}
_SEED: Final = 2022
_PHI: Final = 0.4  # the logit of the first bit


def sides(proposition: Term) -> tuple[Term, Term]:
    """The two sides of a relation. Raises TypeError for a proposition of another kind."""
    if not isinstance(proposition, App) or len(proposition.args) != 2:
        raise TypeError("not a relation")
    return proposition.args[0], proposition.args[1]


def _estimate() -> Term:
    """What the unbiased estimator computes from a draw z."""
    mean, _ = sides(UNBIASED.proposition)
    if not isinstance(mean, Bind):
        raise TypeError("not a mean")
    return opened(mean, "z")[1]


@dataclass(frozen=True)
class Trial:
    """An encoder of `bits` independent bits, and a Gaussian decoder of one observed number."""

    bits: int

    @cached_property
    def words(self) -> Array:
        """All values of z, one a row."""
        return np.array(np.unravel_index(np.arange(2**self.bits), (2,) * self.bits), dtype=float).T

    @property
    def terms(self) -> int:
        """The number of terms of the exact sum, by the proved formula."""
        return number_of_terms(self.bits)

    @cached_property
    def probabilities(self) -> Array:
        """q(z) for all z."""
        law = self._encoder(np.asarray(_PHI), None, self.words)
        return np.asarray(law / law.sum())  # only rounding

    @cached_property
    def estimates(self) -> Array:
        """The estimate that each z would give."""
        return self._value(_estimate(), z=self.words)

    @cached_property
    def gradient(self) -> float:
        """The exact gradient, term by term."""
        return float(self._value(sides(EXACT_GRADIENT.proposition)[1], Z=self.words))

    @cached_property
    def variance(self) -> float:
        """The variance of one estimate, enumerated."""
        return float(self.probabilities @ (self.estimates - self.gradient) ** 2)

    def means(self, draws: int, repeats: int) -> Array:
        """`repeats` averages of `draws` estimates each, simulated."""
        generator = np.random.default_rng((_SEED, self.bits, draws))
        counts = generator.multinomial(draws, self.probabilities, size=repeats)
        return np.asarray(counts @ self.estimates / draws)

    def _value(self, term: Term, **values: Array) -> Array:
        known = {"phi": np.asarray(_PHI), "theta": np.asarray(1.0), "x": np.asarray(self.bits / 2), **values}
        return evaluate(term, known, {"q": self._encoder, "p": self._decoder})

    def _encoder(self, phi: Array, _x: object, words: Array) -> Array:
        others = np.linspace(0.3, 0.7, self.bits)[1:]
        first = 1 / (1 + np.exp(-phi))
        one = np.concatenate((np.reshape(first, 1), others))
        return np.asarray(np.prod(np.where(words == 1, one, 1 - one), axis=-1))

    def _decoder(self, _theta: object, x: Array, words: Array) -> Any:
        weights = np.cos(np.arange(self.bits))
        return np.exp(-((x - words @ weights) ** 2) / 2) / np.sqrt(2 * np.pi)


def number_of_terms(bits: int) -> int:
    """The number of terms of the exact sum, by the proved formula.

    >>> number_of_terms(10)
    1024
    """
    return round(float(evaluate(sides(NUMBER_OF_TERMS.proposition)[1], {"n": np.asarray(float(bits))})))


def bits_beyond(seconds: float) -> int:
    """From how many bits on the exact sum takes longer than that on a machine of our speed.

    >>> bits_beyond(1.0)
    30
    """
    bits = 1
    while number_of_terms(bits) <= seconds * SPEED:
        bits += 1
    return bits

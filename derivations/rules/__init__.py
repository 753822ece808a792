"""THE TABLE: every inference that the product ever makes is an instance of one of these rows.

A row is a schema `left = right` that holds for all values of its metavariables under its conditions. The normaliser
proposes instances, the kernel replays them, the sheet and `explain` print them, a property test checks each row
numerically, and the certificate has one lemma of the same name. Adding mathematics means adding rows.

Two kinds of row are not a schema: a *computation* (`algebra`, `bit-algebra`) is decided by exact arithmetic in the
kernel, and an *inference* replaces a proposition by one that implies it (`decreasing-by-derivative`).

    row            what a row is
    scalars        rational functions, definitions, logarithms, powers, odd roots, bits
    trigonometry   sine and cosine, their values, inverse functions
    calculus       derivatives, limits
    sums           finite sums and products, Kronecker's delta
    probability    mass functions, densities, the normal and the exponential distribution
    inferences     inequalities, monotony
"""

from __future__ import annotations

from typing import Final

from derivations.rules.calculus import DERIVATIVES, LIMITS
from derivations.rules.inferences import INFERENCES
from derivations.rules.probability import EXPONENTIAL, INTEGRALS, NORMAL, PROBABILITY
from derivations.rules.row import COMPUTATION, EQUATION, INFERENCE, Rule
from derivations.rules.scalars import ALGEBRA, BITS, DEFINITIONS, LOGARITHMS, ODD_ROOTS, POWERS
from derivations.rules.sums import DELTA, SUMS
from derivations.rules.trigonometry import INVERSES, TRIGONOMETRY

__all__ = ["COMPUTATION", "EQUATION", "INFERENCE", "TABLE", "Rule"]

TABLE: Final[dict[str, Rule]] = {
    rule.name: rule
    for family in (
        ALGEBRA, DEFINITIONS, LOGARITHMS, POWERS, ODD_ROOTS, TRIGONOMETRY, INVERSES, BITS, DERIVATIVES, SUMS, DELTA,
        PROBABILITY, INTEGRALS, NORMAL, EXPONENTIAL, LIMITS, INFERENCES,
    )
    for rule in family
}  # fmt: skip

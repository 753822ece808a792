"""The claims of the solution sheet, one module for each question, in the order of the question sheet.

exact_sum         1a  the gradient of the finite sum, and what it costs
log_trick         1b  the score-function estimator is unbiased
bernoulli_kl      2a  the Kullback-Leibler divergence of Bernoulli distributions
zero_score        2b  the expected score is zero
score_variance    3   the variance of the estimator of d/dbeta E[z]
appendix              beyond the questions
"""

from __future__ import annotations

from typing import Final

from derivations.claim import Claim
from derivations.seminar7 import appendix, bernoulli_kl, exact_sum, log_trick, score_variance, zero_score

CLAIMS: Final[tuple[Claim, ...]] = (
    *exact_sum.CLAIMS,
    *log_trick.CLAIMS,
    *bernoulli_kl.CLAIMS,
    *zero_score.CLAIMS,
    *score_variance.CLAIMS,
    *appendix.CLAIMS,
)

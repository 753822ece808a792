"""2b: the expected score is zero, and what that saves in the gradient of the divergence."""

from __future__ import annotations

from typing import Final

from derivations.claim import Claim, Line, Mistake
from derivations.seminar7.setting import ENCODER, PRIOR

_SCORE: Final = "d[phi = phi](log(q(phi, x, z)))"
_LEFT: Final = "d[phi = phi](sum[z in Z](q(phi, x, z) * log(q(phi, x, z))))"
_SECOND: Final = f"sum[z in Z](q(phi, x, z) * {_SCORE})"

PRODUCT_RULE: Final = Claim(
    name="two-sums",
    task="2b",
    title="The two sums of the question",
    statement=f"{_LEFT} = sum[z in Z](log(q(phi, x, z)) * d[phi = phi](q(phi, x, z))) + {_SECOND}",
    given=ENCODER,
    lines=(
        Line(
            "sum[z in Z](d[phi = phi](q(phi, x, z) * log(q(phi, x, z))))",
            ("derivative-of-finite-sum",),
            remark="[[Z]] is finite.",
        ),
        Line(
            f"sum[z in Z](log(q(phi, x, z)) * d[phi = phi](q(phi, x, z)) + q(phi, x, z) * {_SCORE})",
            ("product-rule",),
            needs=("differentiable[t = phi](q(t, x, ?z))",),
        ),
        Line(f"sum[z in Z](log(q(phi, x, z)) * d[phi = phi](q(phi, x, z))) + {_SECOND}", ("sum-of-sum",)),
    ),
    points=1,
)

ZERO_SCORE: Final = Claim(
    name="zero-score",
    task="2b",
    title="The second sum is zero",
    statement=f"{_SECOND} = 0",
    given=ENCODER,
    lines=(
        Line(
            "sum[z in Z](d[phi = phi](q(phi, x, z)))",
            ("log-rule", "algebra"),
            needs=("0 < q(phi, x, ?z)",),
            remark="The factor [[q(phi, x, z)]] cancels.",
        ),
        Line(
            "d[phi = phi](sum[z in Z](q(phi, x, z)))",
            ("derivative-of-finite-sum",),
            remark="[[Z]] is finite.",
        ),
        Line(
            "d[phi = phi](1)",
            ("normalisation",),
            remark="The probabilities sum to one for every [[phi]].",
        ),
        Line("0", ("derivative-of-constant",)),
    ),
    conclusion="The expected score is zero, whatever the distribution.",
    breaks="Everything hangs on the sum being one for every [[phi]]. A function that is not normalised, or whose "
    "set [[Z]] itself moves with [[phi]], has an expected score that need not vanish.",
    mistakes=(
        Mistake("scores-sum-to-one", f"{_SECOND} = 1", "The probabilities sum to one; their derivatives sum to zero."),
        Mistake(
            "missing-q", f"{_SECOND} = sum[z in Z]({_SCORE})",
            "The sum of the scores without their weights is not zero.",
        ),
        Mistake(
            "log-of-gradient", f"{_SECOND} = sum[z in Z](d[phi = phi](q(phi, x, z)) / q(phi, x, z))",
            "The weight [[q(phi, x, z)]] was lost when the logarithm was differentiated.",
        ),
    ),
    points=3,
)  # fmt: skip

ENTROPY_GRADIENT: Final = Claim(
    name="entropy-gradient",
    task="2b",
    title="What is left",
    statement=f"{_LEFT} = E[z in Z](q(phi, x, z), log(q(phi, x, z)) * {_SCORE})",
    given=ENCODER,
    lines=(
        Line(
            f"sum[z in Z](log(q(phi, x, z)) * d[phi = phi](q(phi, x, z))) + {_SECOND}",
            ("product-rule",),
        ),
        Line(
            "sum[z in Z](log(q(phi, x, z)) * d[phi = phi](q(phi, x, z)))",
            ("normalisation",),
            remark="The second sum is zero.",
        ),
        Line(
            f"E[z in Z](q(phi, x, z), log(q(phi, x, z)) * {_SCORE})",
            ("log-rule", "expectation"),
            remark="The log-trick.",
        ),
    ),
    points=0,
)

KL_GRADIENT: Final = Claim(
    name="kl-gradient",
    task="2b",
    title="The gradient of the divergence from the prior",
    statement="d[phi = phi](sum[z in Z](q(phi, x, z) * (log(q(phi, x, z)) - log(prior(z)))))"
    f" = E[z in Z](q(phi, x, z), (log(q(phi, x, z)) - log(prior(z))) * {_SCORE})",
    given=(*ENCODER, *PRIOR),
    because=("product-rule", "normalisation", "log-rule"),
    conclusion="No derivative goes through [[log(q(phi, x, z))]] inside the bracket: it may be held fixed. "
    "The term that is dropped has mean zero, but it is not zero in each draw.",
    points=0,
)

PATH_ESTIMATOR: Final = Claim(
    name="sticking-the-landing",
    task="2b",
    title="Sticking the landing",
    statement=f"Var[z in Z](q(phi, x, z), (log(q(phi, x, z)) - log(q(phi, x, z))) * {_SCORE}) = 0",
    given=ENCODER,
    because=("variance", "algebra"),
    introduction="Where the encoder has reached the prior, the bracket of the remaining estimate vanishes for "
    "every [[z]].",
    conclusion="At the optimum the remaining estimator has no variance at all, while the dropped score keeps its own:",
    points=0,
)

SCORE_VARIANCE: Final = Claim(
    name="variance-of-score",
    task="2b",
    title="The variance of the dropped term",
    statement=f"Var[z in Z](q(phi, x, z), {_SCORE}) = E[z in Z](q(phi, x, z), {_SCORE}^2)",
    given=ENCODER,
    lines=(
        Line(
            f"E[z in Z](q(phi, x, z), {_SCORE}^2) - E[z in Z](q(phi, x, z), {_SCORE})^2",
            ("variance", "normalisation"),
        ),
        Line(f"E[z in Z](q(phi, x, z), {_SCORE}^2)", ("normalisation",), remark="The expected score is zero."),
    ),
    conclusion="This is the Fisher information; it is zero only where no probability changes with [[phi]].",
    points=0,
)

CLAIMS: Final = (PRODUCT_RULE, ZERO_SCORE, ENTROPY_GRADIENT, KL_GRADIENT, PATH_ESTIMATOR, SCORE_VARIANCE)

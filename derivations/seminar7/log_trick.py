"""1b: the log-trick, and that it makes an unbiased estimator."""

from __future__ import annotations

from typing import Final

from derivations.claim import Claim, Line, Mistake
from derivations.seminar7.setting import DECODER, DRAWS, ENCODER

_GRADIENT: Final = "d[phi = phi](sum[z in Z](q(phi, x, z) * log(p(theta, x, z))))"
_ESTIMATE: Final = "log(p(theta, x, z)) * d[phi = phi](log(q(phi, x, z)))"

LOG_TRICK: Final = Claim(
    name="log-trick",
    task="1b",
    title="The log-trick",
    statement=f"{_GRADIENT} = sum[z in Z](q(phi, x, z) * log(p(theta, x, z)) * d[phi = phi](log(q(phi, x, z))))",
    given=(*ENCODER, *DECODER),
    lines=(
        Line(
            "sum[z in Z](d[phi = phi](q(phi, x, z) * log(p(theta, x, z))))",
            ("derivative-of-finite-sum",),
            needs=("forall[z in Z](differentiable[t = phi](q(t, x, z) * log(p(theta, x, z))))",),
            remark="[[Z]] is finite and [[q(phi, x, z)]] is differentiable in [[phi]].",
        ),
        Line(
            "sum[z in Z](log(p(theta, x, z)) * d[phi = phi](q(phi, x, z)))",
            ("constant-factor-right",),
            remark="[[log(p(theta, x, z))]] does not depend on [[phi]].",
        ),
        Line(
            "sum[z in Z](q(phi, x, z) * log(p(theta, x, z)) * (d[phi = phi](q(phi, x, z)) / q(phi, x, z)))",
            ("algebra",),
            needs=("q(phi, x, ?z) != 0",),
            remark="Multiplied and divided by [[q(phi, x, z)]], which is positive.",
        ),
        Line(
            "sum[z in Z](q(phi, x, z) * log(p(theta, x, z)) * d[phi = phi](log(q(phi, x, z))))",
            ("log-rule",),
            needs=("0 < q(phi, x, ?z)", "differentiable[t = phi](q(t, x, ?z))"),
        ),
    ),
    conclusion="The gradient of an expectation is itself an expectation under the same distribution.",
    breaks="Where [[q(phi, x, z)]] vanishes its logarithm has no derivative, and a value of [[z]] that is never drawn "
    "can still carry gradient. For a single bit with probability [[b]] the gradient of the mean at [[b = 0]] is "
    "[[d[b = 0](E[z in bits](bern(b, z), z)) = 1]], but every draw is [[0]] and so is every estimate.",
    mistakes=(
        Mistake(
            "missing-q",
            f"{_GRADIENT} = sum[z in Z](log(p(theta, x, z)) * d[phi = phi](log(q(phi, x, z))))",
            "The factor [[q(phi, x, z)]] was dropped, so the sum is no expectation under it.",
        ),
        Mistake(
            "gradient-of-decoder",
            f"{_GRADIENT} = sum[z in Z](q(phi, x, z) * d[phi = phi](log(p(theta, x, z))))",
            "The gradient was applied to the decoder, which does not depend on [[phi]].",
        ),
        Mistake(
            "log-of-gradient",
            f"{_GRADIENT} = sum[z in Z](q(phi, x, z) * log(p(theta, x, z)) * d[phi = phi](q(phi, x, z)))",
            "The derivative of the logarithm was taken to be the derivative: the division by [[q(phi, x, z)]] is lost.",
        ),
    ),
    points=4,
)

UNBIASED: Final = Claim(
    name="unbiased-estimator",
    task="1b",
    title="One draw is an unbiased estimate",
    statement=f"E[z in Z](q(phi, x, z), {_ESTIMATE}) = d[phi = phi](E[z in Z](q(phi, x, z), log(p(theta, x, z))))",
    given=(*ENCODER, *DECODER),
    introduction=f"For a draw [[z]] from the encoder the estimate is [[{_ESTIMATE}]]. Its mean is:",
    lines=(
        Line(f"sum[z in Z](q(phi, x, z) * ({_ESTIMATE}))", ("expectation",)),
        Line(
            _GRADIENT,
            ("log-rule", "derivative-of-finite-sum"),
            remark="This is the log-trick, read from right to left.",
        ),
        Line("d[phi = phi](E[z in Z](q(phi, x, z), log(p(theta, x, z))))", ("expectation",)),
    ),
    conclusion="The mean of the estimate is the gradient (1): the estimator is unbiased.",
    points=1,
)

UNBIASED_MEAN: Final = Claim(
    name="unbiased-mean",
    task="1b",
    title="So is the mean of [[m]] independent draws",
    statement="E[v in tuples(Z, m)](prod[j in range(1, m)](q(phi, x, v[j])), 1 / m * sum[j in range(1, m)]"
    "(log(p(theta, x, v[j])) * d[phi = phi](log(q(phi, x, v[j])))))"
    " = d[phi = phi](E[z in Z](q(phi, x, z), log(p(theta, x, z))))",
    given=(*ENCODER, *DECODER, *DRAWS),
    introduction="The draws [[v]] are independent, so their joint distribution is the product of [[m]] factors.",
    lines=(
        Line(
            "1 / m * sum[j in range(1, m)](E[v in tuples(Z, m)](prod[i in range(1, m)](q(phi, x, v[i])),"
            " log(p(theta, x, v[j])) * d[phi = phi](log(q(phi, x, v[j])))))",
            ("sum-constant-factor", "sum-swap"),
            remark="Expectations are linear.",
        ),
        Line(
            f"1 / m * sum[j in range(1, m)](E[z in Z](q(phi, x, z), {_ESTIMATE}))",
            ("independence", "normalisation"),
            remark="Each draw has the distribution of a single one; the others sum to one.",
        ),
        Line(
            f"E[z in Z](q(phi, x, z), {_ESTIMATE})",
            ("sum-of-constant", "size-of-range"),
            remark="[[m]] equal terms.",
        ),
        Line(
            "d[phi = phi](E[z in Z](q(phi, x, z), log(p(theta, x, z))))",
            ("expectation",),
            remark="One draw is unbiased.",
        ),
    ),
    conclusion="Any number of draws may be averaged without bias; what the average changes is the variance.",
    points=1,
)

CLAIMS: Final = (LOG_TRICK, UNBIASED, UNBIASED_MEAN)

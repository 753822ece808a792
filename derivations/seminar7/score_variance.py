"""3: the variance of the score-function estimator of d/dbeta E[z] for a Bernoulli variable."""

from __future__ import annotations

from typing import Final

from derivations.claim import Claim, Line, Mistake
from derivations.kernel import Apply, Inside
from derivations.matching import function
from derivations.notation import read
from derivations.seminar7.setting import BERNOULLI, DRAWS

_BIT: Final = ("z in bits",)
_SCORE: Final = "d[beta = beta](log(bern(beta, z)))"
_JOINT: Final = "prod[i in range(1, m)](bern(beta, z[i]))"
_MEAN: Final = "1 / m * sum[i in range(1, m)](z[i] / beta)"
_VARIANCE: Final = "(1 - beta) / (m * beta)"
_BINOMIAL: Final = "binom(m, s) * beta^s * (1 - beta)^(m - s)"

MEAN: Final = Claim(
    name="bernoulli-mean",
    task="3a",
    title="The mean",
    statement="E[z in bits](bern(beta, z), z) = beta",
    given=BERNOULLI,
    lines=(
        Line("sum[z in bits](bern(beta, z) * z)", ("expectation",)),
        Line("bern(beta, 0) * 0 + bern(beta, 1) * 1", ("sum-over-bits",)),
        Line("beta", ("bernoulli-zero", "bernoulli-one")),
    ),
    points=1,
)
MEAN_DERIVATIVE: Final = Claim(
    name="derivative-of-mean",
    task="3a",
    title="Its derivative",
    statement="d[beta = beta](E[z in bits](bern(beta, z), z)) = 1",
    given=BERNOULLI,
    lines=(
        Line("d[beta = beta](beta)", ("expectation",), remark="The mean is [[beta]]."),
        Line("1", ("derivative-of-identity",)),
    ),
    points=1,
)
LOG_PROBABILITY: Final = Claim(
    name="log-probability",
    task="3b",
    title="The logarithm of the probability",
    statement="log(beta^z * (1 - beta)^(1 - z)) = z * log(beta) + (1 - z) * log(1 - beta)",
    given=(*BERNOULLI, *_BIT),
    because=("log-product", "log-power"),
    points=1,
)
SCORE: Final = Claim(
    name="score",
    task="3b",
    title="The score",
    statement=f"{_SCORE} = z / beta - (1 - z) / (1 - beta)",
    given=(*BERNOULLI, *_BIT),
    lines=(
        Line("d[beta = beta](z * log(beta) + (1 - z) * log(1 - beta))", ("log-bernoulli",)),
        Line(
            "z / beta - (1 - z) / (1 - beta)",
            ("log-rule",),
            needs=("0 < beta", "0 < 1 - beta"),
            remark="The inner derivative of [[1 - beta]] is [[-1]].",
        ),
    ),
    mistakes=(
        Mistake(
            "sign-of-complement-score", f"{_SCORE} = z / beta + (1 - z) / (1 - beta)",
            "The inner derivative of [[1 - beta]] is [[-1]]; its sign was lost.",
        ),
    ),
    points=1,
)  # fmt: skip
Z_TIMES_SCORE: Final = Claim(
    name="z-times-score",
    task="3b",
    title="Times [[z]]",
    statement=f"z * {_SCORE} = z / beta",
    given=(*BERNOULLI, *_BIT),
    lines=(
        Line("z * (z / beta - (1 - z) / (1 - beta))", ("log-rule",), remark="The score put in."),
        Line("z^2 / beta - z * (1 - z) / (1 - beta)", ("algebra",)),
        Line("z / beta", ("bit-algebra",), remark="On [[bits]] we have [[z^2 = z]] and so [[z * (1 - z) = 0]]."),
    ),
    mistakes=(
        Mistake(
            "division-by-z", f"{_SCORE} = 1 / beta",
            "An equation multiplied by [[z]] must not be divided by it: it may be [[0]].",
        ),
        Mistake("square-of-beta", f"z * {_SCORE} = z / beta^2", "The denominator is [[beta]], not its square."),
    ),
    points=2,
)  # fmt: skip
MEAN_OF_ESTIMATE: Final = Claim(
    name="mean-of-estimate",
    task="3b",
    title="The mean of one estimate",
    statement="E[z in bits](bern(beta, z), z / beta) = 1",
    given=BERNOULLI,
    lines=(
        Line("1 / beta * E[z in bits](bern(beta, z), z)", ("expectation",)),
        Line("1", ("algebra",), remark="The mean of [[z]] is [[beta]]."),
    ),
    conclusion="The estimator is unbiased: its mean is the derivative of 3a.",
    points=1,
)
VARIANCE_OF_ONE: Final = Claim(
    name="variance-of-one-draw",
    task="3b",
    title="The variance of one estimate",
    statement="Var[z in bits](bern(beta, z), z / beta) = (1 - beta) / beta",
    given=BERNOULLI,
    lines=(
        Line(
            "E[z in bits](bern(beta, z), (z / beta)^2) - E[z in bits](bern(beta, z), z / beta)^2",
            ("variance",),
        ),
        Line("1 / beta^2 * E[z in bits](bern(beta, z), z^2) - 1", ("expectation",), remark="The mean is [[1]]."),
        Line(
            "1 / beta - 1",
            ("sum-over-bits",),
            remark="[[E[z in bits](bern(beta, z), z^2) = beta]], since [[z]] is [[0]] or [[1]].",
        ),
        Line("(1 - beta) / beta", ("algebra",)),
    ),
    mistakes=(
        Mistake(
            "variance-sign", "Var[z in bits](bern(beta, z), z / beta) = 1 - 1 / beta",
            "The variance is the mean of the square less the square of the mean, not the other way round.",
        ),
        Mistake(
            "second-moment-of-bit", "E[z in bits](bern(beta, z), z^2) = beta^2",
            "The square of a bit is the bit itself; the mean of the square is not the square of the mean.",
        ),
        Mistake(
            "one-beta-for-two", "Var[z in bits](bern(beta, z), z / beta) = Var[z in bits](bern(beta, z), z) / beta",
            "A constant factor leaves the variance squared.",
        ),
    ),
    points=2,
)  # fmt: skip
VARIANCE_OF_MEAN: Final = Claim(
    name="variance-of-mean",
    task="3b",
    title="The mean of [[m]] independent draws",
    statement=f"Var[z in tuples(bits, m)]({_JOINT}, {_MEAN}) = {_VARIANCE}",
    given=(*BERNOULLI, *DRAWS),
    lines=(
        Line(
            "1 / m^2 * sum[i in range(1, m)](Var[x in bits](bern(beta, x), x / beta))",
            ("independence", "split-off-term"),
            remark="The draws are independent, so the mixed terms cancel and the variances add.",
        ),
        Line("1 / m^2 * (m * ((1 - beta) / beta))", ("sum-of-constant", "size-of-range"), remark="[[m]] equal terms."),
        Line(_VARIANCE, ("algebra",)),
    ),
    breaks="Draws that depend on each other keep their mixed terms: [[m]] copies of one draw have the variance of one.",
    mistakes=(
        Mistake(
            "missing-1-over-m", f"Var[z in tuples(bits, m)]({_JOINT}, {_MEAN}) = (1 - beta) / beta",
            "Averaging [[m]] independent draws divides the variance by [[m]].",
        ),
        Mistake(
            "one-over-m-squared", f"Var[z in tuples(bits, m)]({_JOINT}, {_MEAN}) = (1 - beta) / (m^2 * beta)",
            "The [[m]] equal variances must be added before the division by [[m^2]].",
        ),
        Mistake(
            "variance-of-bit", f"Var[z in tuples(bits, m)]({_JOINT}, {_MEAN}) = beta * (1 - beta) / m",
            "This is the variance of the mean of the bits; the factor [[1 / beta^2]] is missing.",
        ),
    ),
    points=3,
)  # fmt: skip
SECOND_ROUTE: Final = Claim(
    name="variance-by-binomial",
    task="3b",
    title="The same by the binomial distribution",
    statement=f"Var[z in tuples(bits, m)]({_JOINT}, {_MEAN}) = {_VARIANCE}",
    given=(*BERNOULLI, *DRAWS),
    introduction="The number of ones among the draws is binomial, and the mean estimate is a function of it.",
    lines=(
        Line(
            f"sum[z in tuples(bits, m)]({_JOINT} * (sum[i in range(1, m)](z[i]) / (m * beta) - 1)^2)",
            ("variance",),
            remark="The mean is [[1]].",
        ),
        Line(
            f"sum[s in range(0, m)]({_BINOMIAL} * (s / (m * beta) - 1)^2)",
            ("law-of-bernoulli-sum",),
            moves=(
                Inside(0, (Apply("law-of-bernoulli-sum", (("?G", function(read("(s / (m * beta) - 1)^2"), "s")),)),)),
            ),
        ),
        Line(
            f"sum[s in range(0, m)]({_BINOMIAL} * s^2) / (m * beta)^2"
            f" - 2 * sum[s in range(0, m)]({_BINOMIAL} * s) / (m * beta) + sum[s in range(0, m)]({_BINOMIAL})",
            ("sum-of-sum", "sum-constant-factor"),
        ),
        Line(
            "(m * beta * (1 - beta) + (m * beta)^2) / (m * beta)^2 - 2 * (m * beta) / (m * beta) + 1",
            ("binomial-second-moment", "binomial-mean", "binomial-theorem"),
            remark="The moments of the binomial distribution.",
        ),
        Line(_VARIANCE, ("algebra",)),
    ),
    points=0,
)
VARIANCE_DERIVATIVE: Final = Claim(
    name="derivative-of-variance",
    task="3b",
    title="Dependence on the parameter",
    statement=f"d[beta = beta]({_VARIANCE}) = -(1 / (m * beta^2))",
    given=(*BERNOULLI, *DRAWS),
    because=("quotient-rule",),
    points=1,
)
DECREASING: Final = Claim(
    name="variance-decreasing",
    task="3b",
    title="Strictly decreasing",
    statement=f"decreasing[beta in interval(0, 1)]({_VARIANCE})",
    given=DRAWS,
    because=("decreasing-by-derivative",),
    mistakes=(
        Mistake("wrong-monotony", f"increasing[beta in interval(0, 1)]({_VARIANCE})", "The derivative is negative."),
    ),
    points=1,
)
LIMIT_AT_ZERO: Final = Claim(
    name="variance-at-zero",
    task="3b",
    title="Towards zero",
    statement=f"limit_right[beta = 0]({_VARIANCE}) = oo",
    given=DRAWS,
    because=("limit-at-pole",),
    mistakes=(Mistake("wrong-limit", f"limit_right[beta = 0]({_VARIANCE}) = 1", "The variance has a pole at [[0]]."),),
    points=1,
)
LIMIT_AT_ONE: Final = Claim(
    name="variance-at-one",
    task="3b",
    title="Towards one",
    statement=f"limit_left[beta = 1]({_VARIANCE}) = 0",
    given=DRAWS,
    because=("limit-left-continuous",),
    conclusion="The rarer the event [[z = 1]], the noisier the estimate: nearly every draw says [[0]], and once in "
    "a while one says [[1 / beta]].",
    points=1,
)
DRAWS_NEEDED: Final = Claim(
    name="draws-needed",
    task="3b",
    title="How many draws are needed",
    statement=f"sqrt({_VARIANCE}) <= eps",
    given=(*BERNOULLI, *DRAWS, "0 < eps", "(1 - beta) / (eps^2 * beta) <= m"),
    because=("bound-of-square-root", "bound-solved-for-factor"),
    introduction="The mean is [[1]], so the standard deviation is also the relative error. It is at most [[eps]] as "
    "soon as [[(1 - beta) / (eps^2 * beta) <= m]]:",
    points=0,
)

CLAIMS: Final = (
    MEAN, MEAN_DERIVATIVE, LOG_PROBABILITY, SCORE, Z_TIMES_SCORE, MEAN_OF_ESTIMATE, VARIANCE_OF_ONE, VARIANCE_OF_MEAN,
    SECOND_ROUTE, VARIANCE_DERIVATIVE, DECREASING, LIMIT_AT_ZERO, LIMIT_AT_ONE, DRAWS_NEEDED,
)  # fmt: skip

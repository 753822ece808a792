"""Beyond the questions: baselines, the Fisher information, the logit, many bits, and more than two classes."""

from __future__ import annotations

from typing import Final

from derivations.claim import Claim, Line, Mistake
from derivations.seminar7.setting import BERNOULLI, DRAWS, ENCODER, TWO_BERNOULLIS

_LOG_SCORE: Final = "d[beta = beta](log(bern(beta, z)))"
_SCORE: Final = "(z / beta - (1 - z) / (1 - beta))"
_BASELINE: Final = ("b in reals",)

BASELINE_MEAN: Final = Claim(
    name="baseline-mean",
    task="appendix",
    notation="3b",
    title="A baseline leaves the mean alone",
    statement=f"E[z in bits](bern(beta, z), (z - b) * {_LOG_SCORE}) = 1",
    given=(*BERNOULLI, *_BASELINE),
    introduction="Any number [[b]] may be subtracted from [[z]] before it is multiplied by the score.",
    lines=(
        Line(
            f"E[z in bits](bern(beta, z), z * {_LOG_SCORE}) - b * E[z in bits](bern(beta, z), {_LOG_SCORE})",
            ("expectation",),
            remark="Expectations are linear.",
        ),
        Line(
            "E[z in bits](bern(beta, z), z / beta) - b * 0",
            ("log-rule",),
            remark="The expected score is zero, and [[z]] times the score is [[z / beta]].",
        ),
        Line("1", ("sum-over-bits",)),
    ),
    points=0,
)  # fmt: skip

BASELINE_VARIANCE: Final = Claim(
    name="baseline-variance",
    task="appendix",
    notation="3b",
    title="What it does to the variance",
    statement=f"Var[z in bits](bern(beta, z), (z - b) * {_SCORE}) = (1 - beta - b)^2 / (beta * (1 - beta))",
    given=(*BERNOULLI, *_BASELINE),
    lines=(
        Line(
            f"E[z in bits](bern(beta, z), ((z - b) * {_SCORE})^2) - 1",
            ("variance",),
            remark="The mean is [[1]].",
        ),
        Line(
            "(1 - beta) * (b / (1 - beta))^2 + beta * ((1 - b) / beta)^2 - 1",
            ("sum-over-bits",),
            remark="The two cases [[z = 0]] and [[z = 1]].",
        ),
        Line("(1 - beta - b)^2 / (beta * (1 - beta))", ("algebra",)),
    ),
    conclusion="A square over something positive: it is smallest where the square vanishes.",
    points=0,
)

BEST_BASELINE: Final = Claim(
    name="best-baseline",
    task="appendix",
    notation="3b",
    title="The best baseline",
    statement=f"Var[z in bits](bern(beta, z), (z - (1 - beta)) * {_SCORE}) = 0",
    given=BERNOULLI,
    because=("variance",),
    conclusion="With the baseline [[1 - beta]] every draw gives exactly [[1]]: the estimator has no variance at all.",
    points=0,
)  # fmt: skip

FISHER: Final = Claim(
    name="fisher-information",
    task="appendix",
    notation="3b",
    title="The Fisher information",
    statement=f"E[z in bits](bern(beta, z), {_LOG_SCORE}^2) = 1 / (beta * (1 - beta))",
    given=BERNOULLI,
    lines=(
        Line("(1 - beta) * (1 / (1 - beta))^2 + beta * (1 / beta)^2", ("sum-over-bits", "log-rule")),
        Line("1 / (beta * (1 - beta))", ("algebra",)),
    ),
    points=0,
)  # fmt: skip

FISHER_BY_CURVATURE: Final = Claim(
    name="fisher-by-curvature",
    task="appendix",
    notation="3b",
    title="The same by the second derivative",
    statement="-E[z in bits](bern(beta, z), d[t = beta](d[s = t](log(bern(s, z)))))"
    f" = E[z in bits](bern(beta, z), {_LOG_SCORE}^2)",
    given=BERNOULLI,
    lines=(
        Line("(1 - beta) * (1 / (1 - beta)^2) + beta * (1 / beta^2)", ("sum-over-bits", "log-rule")),
        Line(f"E[z in bits](bern(beta, z), {_LOG_SCORE}^2)", ("sum-over-bits",)),
    ),
    points=0,
)

_ENCODER: Final = "q(phi, x, z)"
_ENCODER_SCORE: Final = "d[phi = phi](log(q(phi, x, z)))"
_CENTRED: Final = "g(z) - E[w in Z](q(phi, x, w), g(w))"
CRAMER_RAO: Final = Claim(
    name="cramer-rao",
    task="appendix",
    notation="1b",
    title="The Cramér-Rao bound",
    statement=f"d[phi = phi](E[z in Z]({_ENCODER}, g(z)))^2"
    f" <= Var[z in Z]({_ENCODER}, g(z)) * E[z in Z]({_ENCODER}, {_ENCODER_SCORE}^2)",
    given=ENCODER,
    introduction="No function [[g(z)]] of a draw can follow the parameter closely and vary little.",
    lines=(
        Line(
            f"E[z in Z]({_ENCODER}, ({_CENTRED}) * {_ENCODER_SCORE})^2",
            ("derivative-of-finite-sum", "log-rule", "normalisation"),
            remark="The log-trick; the mean may be subtracted because the expected score is zero.",
        ),
        Line(
            f"E[z in Z]({_ENCODER}, ({_CENTRED})^2) * E[z in Z]({_ENCODER}, {_ENCODER_SCORE}^2)",
            ("cauchy-schwarz",),
            needs=("forall[z in Z](0 <= q(phi, x, z))",),
            relation="<=",
        ),
        Line(
            f"Var[z in Z]({_ENCODER}, g(z)) * E[z in Z]({_ENCODER}, {_ENCODER_SCORE}^2)",
            ("variance",),
        ),
    ),
    points=0,
)

_FREQUENCY: Final = (
    "Var[z in tuples(bits, m)](prod[i in range(1, m)](bern(beta, z[i])), 1 / m * sum[i in range(1, m)](z[i]))"
)
BOUND_IS_MET: Final = Claim(
    name="bound-is-met",
    task="appendix",
    notation="3b",
    title="The relative frequency meets the bound",
    statement=f"{_FREQUENCY} * (m * E[z in bits](bern(beta, z), {_LOG_SCORE}^2)) = 1",
    given=(*BERNOULLI, *DRAWS),
    introduction="The mean of [[m]] independent draws is an unbiased estimate of [[beta]], and [[m]] draws carry "
    "[[m]] times the information of one.",
    lines=(
        Line(
            "beta * (1 - beta) / m * (m * (1 / (beta * (1 - beta))))",
            ("variance", "independence"),
            remark="The variance of the mean, and the information from above.",
        ),
        Line("1", ("algebra",)),
    ),
    points=0,
)

_LOGIT: Final = ("eta in reals",)
_LOGIT_SCORE: Final = "d[eta = eta](log(bern(sigmoid(eta), z)))"
LOGIT_SCORE: Final = Claim(
    name="logit-score",
    task="appendix",
    notation="3b",
    title="The score in the logit",
    statement=f"{_LOGIT_SCORE} = z - sigmoid(eta)",
    given=(*_LOGIT, "z in bits"),
    introduction="Networks put out the logit [[eta]], and the probability is [[sigmoid(eta)]].",
    because=("log-bernoulli", "sigmoid"),
    mistakes=(Mistake("sign", f"{_LOGIT_SCORE} = sigmoid(eta) - z", "The sign of the difference is reversed."),),
    points=0,
)

LOGIT_GRADIENT: Final = Claim(
    name="logit-gradient",
    task="appendix",
    notation="3b",
    title="The gradient in the logit",
    statement="d[eta = eta](E[z in bits](bern(sigmoid(eta), z), z)) = sigmoid(eta) * (1 - sigmoid(eta))",
    given=_LOGIT,
    lines=(
        Line("d[eta = eta](sigmoid(eta))", ("expectation", "sum-over-bits"), remark="The mean is the probability."),
        Line("sigmoid(eta) * (1 - sigmoid(eta))", ("sigmoid",)),
    ),
    points=0,
)

LOGIT_VARIANCE: Final = Claim(
    name="logit-variance",
    task="appendix",
    notation="3b",
    title="The variance in the logit",
    statement="Var[z in bits](bern(sigmoid(eta), z), z * (z - sigmoid(eta))) = sigmoid(eta) * (1 - sigmoid(eta))^3",
    given=_LOGIT,
    because=("variance", "sum-over-bits"),
    conclusion="It is bounded, but for small [[sigmoid(eta)]] the gradient itself is small: relative to it the "
    "estimate is as noisy as before.",
    points=0,
)

_MANY: Final = ("n in integers(1, oo)", "j in range(1, n)")
_BITS: Final = "prod[i in range(1, n)](bern(beta, z[i]))"
_COORDINATE: Final = "sum[i in range(1, n)](z[i]) * (z[j] / beta - (1 - z[j]) / (1 - beta))"
MANY_BITS_MEAN: Final = Claim(
    name="many-bits-mean",
    task="appendix",
    notation="3b",
    title="[[n]] bits: each coordinate is unbiased",
    statement=f"E[z in tuples(bits, n)]({_BITS}, {_COORDINATE}) = 1",
    given=(*BERNOULLI, *_MANY),
    introduction="Take [[n]] independent bits and the number of ones as the function to be averaged. Its mean has the "
    "derivative [[1]] by the probability of each single bit. The estimate for the bit number [[j]]:",
    because=("independence",),
    points=0,
)

MANY_BITS_VARIANCE: Final = Claim(
    name="many-bits-variance",
    task="appendix",
    notation="3b",
    title="[[n]] bits: the variance grows with [[n]]",
    statement=f"Var[z in tuples(bits, n)]({_BITS}, {_COORDINATE})"
    " = (1 - beta) / beta + 3 * (n - 1) + (n - 1)^2 * beta / (1 - beta)",
    given=(*BERNOULLI, *_MANY),
    because=("variance", "independence"),
    conclusion="One bit has the variance of question 3. With every further bit the estimate carries the noise of all "
    "the others, and its variance grows with the square of [[n]].",
    points=0,
)

_DIVERGENCE: Final = "KL[z in bits](bern(a, z), bern(b, z))"
_RATIO: Final = "log(bern(a, z) / bern(b, z))"
_A_SCORE: Final = "d[a = a](log(bern(a, z)))"
DIVERGENCE_BY_SCORE: Final = Claim(
    name="divergence-by-score",
    task="appendix",
    notation="2a",
    title="The gradient of the divergence: score function",
    statement=f"E[z in bits](bern(a, z), ({_RATIO} + 1) * {_A_SCORE}) = d[a = a]({_DIVERGENCE})",
    given=TWO_BERNOULLIS,
    introduction="The gradient of the divergence is [[logit(a) - logit(b)]]. It can also be estimated from draws, "
    "in two ways.",
    because=("expectation", "sum-over-bits"),
    points=0,
)

DIVERGENCE_BY_LANDING: Final = Claim(
    name="divergence-by-landing",
    task="appendix",
    notation="2a",
    title="The same without the dropped term",
    statement=f"E[z in bits](bern(a, z), {_RATIO} * {_A_SCORE}) = d[a = a]({_DIVERGENCE})",
    given=TWO_BERNOULLIS,
    because=("expectation", "sum-over-bits"),
    conclusion="All three have the same mean. The closed form does not vary at all; the two estimates do:",
    points=0,
)

_DIFFERENCE: Final = "(1 + 2 * ((1 - a) * log(a / b) + a * log((1 - a) / (1 - b)))) / (a * (1 - a))"
LANDING_VARIANCE: Final = Claim(
    name="landing-variance",
    task="appendix",
    notation="2a",
    title="Their variances",
    statement=f"Var[z in bits](bern(a, z), ({_RATIO} + 1) * {_A_SCORE})"
    f" = Var[z in bits](bern(a, z), {_RATIO} * {_A_SCORE}) + {_DIFFERENCE}",
    given=TWO_BERNOULLIS,
    because=("variance", "sum-over-bits"),
    conclusion="Where the two probabilities agree the logarithms vanish: the shorter estimate has no variance, and the "
    "longer one keeps the Fisher information. Far from the optimum the difference can have either sign.",
    points=0,
)

CATEGORICAL_KL: Final = Claim(
    name="categorical-kl",
    task="appendix",
    notation="2a",
    title="[[K]] classes: the divergence",
    statement="KL[k in range(1, K)](a(k), b(k))"
    " = sum[k in range(1, K)](a(k) * log(a(k))) - sum[k in range(1, K)](a(k) * log(b(k)))",
    introduction="Nothing in 1b and 2b needed two values: the log-trick and the zero score hold for every finite set "
    "[[Z]], so for [[K]] classes too. The divergence of two distributions on [[K]] classes:",
    given=(
        "K in integers(1, oo)", "pmf[k in range(1, K)](a(k))", "pmf[k in range(1, K)](b(k))", "0 < a(?k)", "0 < b(?k)",
    ),
    lines=(
        Line("sum[k in range(1, K)](a(k) * log(a(k) / b(k)))", ("kl-divergence",)),
        Line(
            "sum[k in range(1, K)](a(k) * log(a(k))) - sum[k in range(1, K)](a(k) * log(b(k)))",
            ("log-quotient", "sum-of-sum"),
        ),
    ),
    points=0,
)  # fmt: skip

CLAIMS: Final[tuple[Claim, ...]] = (
    BASELINE_MEAN, BASELINE_VARIANCE, BEST_BASELINE, FISHER, FISHER_BY_CURVATURE, CRAMER_RAO, BOUND_IS_MET, LOGIT_SCORE,
    LOGIT_GRADIENT, LOGIT_VARIANCE, MANY_BITS_MEAN, MANY_BITS_VARIANCE, DIVERGENCE_BY_SCORE, DIVERGENCE_BY_LANDING,
    LANDING_VARIANCE, CATEGORICAL_KL,
)  # fmt: skip

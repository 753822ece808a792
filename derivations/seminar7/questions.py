"""The questions of the sheet in our own words, equivalent to the course's question sheet.

In texts, `[[...]]` holds a formula in the plain notation; a paragraph that is nothing but a formula is displayed, and
`(1) [[...]]` gives it a number. What a text states is proved before it is printed, like everything on the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from derivations.claim import Claim
from derivations.errors import DerivationsError
from derivations.given import Given
from derivations.seminar7.setting import BERNOULLI, DECODER, DRAWS, ENCODER, PRIOR, TWO_BERNOULLIS

_DATA_TERM: Final = "E[z in Z](q(phi, x, z), log(p(theta, x, z)))"
_SCORE: Final = "d[phi = phi](log(q(phi, x, z)))"
_ENTROPY: Final = "d[phi = phi](sum[z in Z](q(phi, x, z) * log(q(phi, x, z))))"
_SECOND_SUM: Final = f"sum[z in Z](q(phi, x, z) * {_SCORE})"
_MEAN: Final = "E[z in bits](bern(beta, z), z)"


@dataclass(frozen=True)
class Picture:
    """A figure that belongs to a question: its name in `output.figures`, and what is written below it."""

    name: str
    caption: str


@dataclass(frozen=True)
class Question:
    """One task of the question sheet.

    Attributes: `task` (such as "1b"), `title`, `paragraphs`, `answers` (the names of the claims that were asked for;
    other claims of the same task say more than was asked), `room` (shares of the space to write on the handout).
    """

    task: str
    title: str
    paragraphs: tuple[str, ...]
    answers: tuple[str, ...]
    room: int = 1
    picture: Picture | None = None


@dataclass(frozen=True)
class Assignment:
    """Questions with a common setting; what its texts state is proved under `given`."""

    number: str
    title: str
    paragraphs: tuple[str, ...]
    given: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def assumptions(self) -> Given:
        """The given as facts."""
        return Given.of(*self.given)


BERNOULLI_VAE: Final = Assignment(
    number="1",
    title="A variational autoencoder with binary latent variables",
    given=(*ENCODER, *DECODER),
    paragraphs=(
        "The latent variable [[z]] of a variational autoencoder takes its values in the finite set [[Z]], here the set"
        " [[tuples(bits, n)]] of all binary words of length [[n]]. To train the encoder [[q(phi, x, z)]] with the"
        " evidence lower bound we need the gradient of the data term in the encoder's parameters [[phi]]:",
        f"(1) [[d[phi = phi]({_DATA_TERM}) = d[phi = phi](sum[z in Z](q(phi, x, z) * log(p(theta, x, z))))]]",
        "The re-parametrisation trick, which serves Gaussian latent variables, cannot be applied to discrete ones.",
    ),
    questions=(
        Question(
            task="1a",
            title="Summing over all values",
            paragraphs=(
                "As long as [[n]] is small the sum can be taken explicitly. Write the gradient (1) as a sum over all"
                " [[z]] in [[Z]], and say why this is out of the question for large [[n]].",
            ),
            answers=("exact-gradient", "number-of-terms"),
            room=2,
        ),
        Question(
            task="1b",
            title="The score function",
            paragraphs=(
                "Prove the log-trick:",
                f"[[d[phi = phi](sum[z in Z](q(phi, x, z) * log(p(theta, x, z))))"
                f" = sum[z in Z](q(phi, x, z) * log(p(theta, x, z)) * {_SCORE})]]",
                "Conclude that the following procedure is an unbiased estimator of the gradient (1): draw [[z]] from"
                f" [[q(phi, x, z)]] and compute [[log(p(theta, x, z)) * {_SCORE}]].",
            ),
            answers=("log-trick", "unbiased-estimator"),
            room=4,
            picture=Picture(
                "estimate",
                "The estimator of 1b next to the exact sum of 1a, for encoders of independent bits. Left: root mean"
                " square error relative to the gradient, against the number [[m]] of draws; lines from the exact"
                " variance, points from simulation. A diamond marks as many draws as the exact sum has terms: for that"
                " price the sum has no error at all. Right: the number of these terms, [[2^n]], and what a machine that"
                " adds a billion of them in a second can do in some time.",
            ),
        ),
    ),
)

STICKING: Final = Assignment(
    number="2",
    title="The gradient of the divergence from the prior",
    given=(*ENCODER, *PRIOR, *TWO_BERNOULLIS),
    paragraphs=(
        "The other term of the evidence lower bound is the Kullback-Leibler divergence of the encoder from the prior"
        " distribution [[prior(z)]] on the latent space. Training needs its gradient as well:",
        "[[d[phi = phi](sum[z in Z](q(phi, x, z) * (log(q(phi, x, z)) - log(prior(z)))))]]",
    ),
    questions=(
        Question(
            task="2a",
            title="A closed form",
            paragraphs=(
                "For an encoder and a prior of independent bits the divergence is known in closed form, because it"
                " comes down to pairs of Bernoulli distributions. Give the formula for such a pair,"
                " [[KL[z in bits](bern(a, z), bern(b, z))]].",
            ),
            answers=("bernoulli-kl", "factorised-kl"),
            room=2,
            picture=Picture(
                "divergence",
                "The divergence [[KL[z in bits](bern(a, z), bern(b, z))]] against [[a]] for four values of [[b]], drawn"
                " from the closed form. It vanishes where the two are equal and nowhere else, and is finite at both"
                " ends.",
            ),
        ),
        Question(
            task="2b",
            title="The second sum",
            paragraphs=(
                "For the first part of this gradient the product rule gives two sums:",
                f"[[{_ENTROPY} = sum[z in Z](log(q(phi, x, z)) * d[phi = phi](q(phi, x, z))) + {_SECOND_SUM}]]",
                f"Prove that the second of them, [[{_SECOND_SUM}]], is zero whatever the encoder.",
            ),
            answers=("two-sums", "zero-score"),
            room=3,
        ),
    ),
)

SCORE_VARIANCE: Final = Assignment(
    number="3",
    title="The variance of the score-function estimator",
    given=(*BERNOULLI, *DRAWS, "z in bits"),
    paragraphs=(
        "The estimator of the first assignment is unbiased, but its variance is high. A single bit shows how high. Let"
        " [[z]] be [[0]] or [[1]] with the Bernoulli distribution",
        "[[bern(beta, z) = beta^z * (1 - beta)^(1 - z)]]",
        "and consider the derivative of its mean,",
        f"[[d[beta = beta]({_MEAN}) = d[beta = beta](sum[z in bits](bern(beta, z) * z))]]",
    ),
    questions=(
        Question(
            task="3a",
            title="The derivative",
            paragraphs=(f"Show that it equals [[1]]: [[d[beta = beta]({_MEAN}) = 1]].",),
            answers=("derivative-of-mean",),
            room=1,
        ),
        Question(
            task="3b",
            title="The estimator and its variance",
            paragraphs=(
                "The log-trick writes the same derivative as a mean:",
                f"[[d[beta = beta]({_MEAN}) = sum[z in bits](bern(beta, z) * z * d[beta = beta](log(bern(beta, z))))]]",
                "Show that [[z * d[beta = beta](log(bern(beta, z))) = z / beta]]. Then find the variance of the"
                " estimate that averages this quantity over an independent sample of [[m]] draws from the distribution."
                " How does the variance depend on [[beta]]?",
            ),
            answers=("z-times-score", "variance-of-mean", "variance-decreasing", "variance-at-zero", "variance-at-one"),
            room=4,
            picture=Picture(
                "variance",
                "The variance [[(1 - beta) / (m * beta)]] of the mean of [[m]] draws against [[beta]]: lines from the"
                " proved formula, points from simulation.",
            ),
        ),
    ),
)

ASSIGNMENTS: Final = (BERNOULLI_VAE, STICKING, SCORE_VARIANCE)
QUESTIONS: Final = tuple(question for assignment in ASSIGNMENTS for question in assignment.questions)
APPENDIX: Final = "appendix"  # the task of claims beyond the questions


def answering(question: Question, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims of a question, in their order.

    Raises: DerivationsError where a claim that was asked for is missing.

    >>> from derivations.seminar7 import CLAIMS
    >>> [claim.name for claim in answering(QUESTIONS[0], CLAIMS)]
    ['exact-gradient', 'number-of-terms']
    """
    found = tuple(claim for claim in claims if claim.task == question.task)
    missing = [name for name in question.answers if name not in {claim.name for claim in found}]
    if missing:
        raise DerivationsError(f"task {question.task} is not answered: there is no claim {', '.join(missing)}")
    return found

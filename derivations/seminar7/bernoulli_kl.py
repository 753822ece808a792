"""2a: the Kullback-Leibler divergence of Bernoulli distributions in closed form."""

from __future__ import annotations

from typing import Final

from derivations.claim import Claim, Line, Mistake
from derivations.seminar7.setting import TWO_BERNOULLIS

_PAIR: Final = "KL[z in bits](bern(a, z), bern(b, z))"
_CLOSED: Final = "a * log(a / b) + (1 - a) * log((1 - a) / (1 - b))"
_PRODUCT: Final = "prod[i in range(1, n)](bern({0}(i), z[i]))"
_JOINT: Final = f"KL[z in tuples(bits, n)]({_PRODUCT.format('a')}, {_PRODUCT.format('b')})"

BERNOULLI_KL: Final = Claim(
    name="bernoulli-kl",
    task="2a",
    title="Two Bernoulli distributions",
    statement=f"{_PAIR} = {_CLOSED}",
    given=TWO_BERNOULLIS,
    introduction="Let the two distributions give [[z = 1]] the probabilities [[a]] and [[b]].",
    lines=(
        Line("sum[z in bits](bern(a, z) * log(bern(a, z) / bern(b, z)))", ("kl-divergence",)),
        Line(
            "bern(a, 0) * log(bern(a, 0) / bern(b, 0)) + bern(a, 1) * log(bern(a, 1) / bern(b, 1))",
            ("sum-over-bits",),
        ),
        Line(
            _CLOSED,
            ("bernoulli-zero", "bernoulli-one"),
            remark="The probabilities of [[0]] and [[1]] put in.",
        ),
    ),
    breaks="The logarithms need [[0 < a]], [[a < 1]], [[0 < b]] and [[b < 1]]. Where [[b]] is [[0]] or [[1]] and "
    "[[a]] is not, one of them divides by zero: the divergence is infinite.",
    mistakes=(
        Mistake(
            "kl-swapped", f"{_PAIR} = b * log(b / a) + (1 - b) * log((1 - b) / (1 - a))",
            "The two arguments were exchanged.",
        ),
        Mistake(
            "plus-for-minus", f"{_PAIR} = a * log(a / b) - (1 - a) * log((1 - a) / (1 - b))",
            "A minus stands where the two terms of the sum are added.",
        ),
        Mistake("missing-complement", f"{_PAIR} = a * log(a / b)", "The term of [[z = 0]] is missing."),
    ),
    points=2,
)  # fmt: skip

FACTORISED_KL: Final = Claim(
    name="factorised-kl",
    task="2a",
    title="[[n]] independent bits",
    statement=f"{_JOINT} = sum[i in range(1, n)](a(i) * log(a(i) / b(i)) + (1 - a(i)) * log((1 - a(i)) / (1 - b(i))))",
    given=("n in integers(1, oo)", "a(?i) in interval(0, 1)", "b(?i) in interval(0, 1)"),
    introduction="Encoder and prior factorise over the [[n]] bits, with parameters [[a(i)]] and [[b(i)]].",
    lines=(
        Line(
            f"sum[z in tuples(bits, n)]({_PRODUCT.format('a')} * log({_PRODUCT.format('a')} / {_PRODUCT.format('b')}))",
            ("kl-divergence",),
        ),
        Line(
            f"sum[z in tuples(bits, n)]({_PRODUCT.format('a')}"
            " * sum[i in range(1, n)](log(bern(a(i), z[i]) / bern(b(i), z[i]))))",
            ("log-quotient", "log-of-finite-product"),
            remark="The logarithm of a product of positive factors is the sum of their logarithms.",
        ),
        Line(
            "sum[i in range(1, n)](sum[z in bits](bern(a(i), z) * log(bern(a(i), z) / bern(b(i), z))))",
            ("sum-swap", "independence", "normalisation"),
            remark="In the term of bit [[i]] the other bits sum to one.",
        ),
        Line(
            "sum[i in range(1, n)](a(i) * log(a(i) / b(i)) + (1 - a(i)) * log((1 - a(i)) / (1 - b(i))))",
            ("sum-over-bits", "bernoulli-zero", "bernoulli-one"),
        ),
    ),
    conclusion="The divergence of factorised distributions is the sum of the divergences of the pairs: [[n]] terms, "
    "although [[Z]] has [[2^n]] elements.",
    mistakes=(
        Mistake(
            "product-of-kls",
            f"{_JOINT} = prod[i in range(1, n)](KL[x in bits](bern(a(i), x), bern(b(i), x)))",
            "Divergences of independent parts are added, not multiplied.",
        ),
    ),
    points=2,
)

NONNEGATIVE: Final = Claim(
    name="kl-nonnegative",
    task="2a",
    title="It is never negative",
    statement=f"0 <= {_PAIR}",
    given=TWO_BERNOULLIS,
    because=("gibbs-inequality",),
    points=0,
)
ZERO_AT_EQUALITY: Final = Claim(
    name="kl-zero",
    task="2a",
    title="It vanishes for equal distributions",
    statement="KL[z in bits](bern(a, z), bern(a, z)) = 0",
    given=TWO_BERNOULLIS[:1],
    because=("kl-divergence", "sum-over-bits"),
    points=0,
)
POSITIVE: Final = Claim(
    name="kl-positive",
    task="2a",
    title="Positive for different distributions",
    statement=f"0 < {_PAIR}",
    given=(*TWO_BERNOULLIS, "a != b"),
    because=("gibbs-strict",),
    introduction="Let [[a != b]].",
    points=0,
)
T_LOG_T: Final = Claim(
    name="zero-log-zero",
    task="2a",
    title="The convention for the logarithm of zero",
    statement="limit_right[t = 0](t * log(t)) = 0",
    given=(),
    because=("limit-of-t-log-t",),
    conclusion="This is why [[0]] times the logarithm of [[0]] is read as [[0]] at the boundary.",
    points=0,
)
BOUNDARY_ZERO: Final = Claim(
    name="kl-boundary-zero",
    task="2a",
    title="At the left boundary",
    statement=f"limit_right[a = 0]({_CLOSED}) = -log(1 - b)",
    given=TWO_BERNOULLIS[1:],
    because=("limit-of-t-log-t",),
    points=0,
)
BOUNDARY_ONE: Final = Claim(
    name="kl-boundary-one",
    task="2a",
    title="At the right boundary",
    statement=f"limit_left[a = 1]({_CLOSED}) = -log(b)",
    given=TWO_BERNOULLIS[1:],
    because=("limit-reflected", "limit-of-t-log-t"),
    conclusion="In [[a]] the closed form extends continuously to both ends; in [[b]] it does not, and the "
    "divergence is infinite where [[b]] is [[0]] or [[1]] and [[a]] is not.",
    points=0,
)
KL_DERIVATIVE: Final = Claim(
    name="kl-derivative",
    task="2a",
    title="Its derivative",
    statement=f"d[a = a]({_CLOSED}) = logit(a) - logit(b)",
    given=TWO_BERNOULLIS,
    introduction="What an optimiser needs is the derivative in the encoder's parameter.",
    lines=(
        Line(
            "log(a / b) + 1 - log((1 - a) / (1 - b)) - 1",
            ("product-rule", "log-rule"),
            needs=("0 < 1 - a",),
        ),
        Line("logit(a) - logit(b)", ("log-quotient", "logit")),
    ),
    points=0,
)

CLAIMS: Final = (
    BERNOULLI_KL, FACTORISED_KL, NONNEGATIVE, ZERO_AT_EQUALITY, POSITIVE, T_LOG_T, BOUNDARY_ZERO, BOUNDARY_ONE,
    KL_DERIVATIVE,
)  # fmt: skip

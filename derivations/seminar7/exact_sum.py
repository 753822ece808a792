"""1a: the gradient of the data term as an exact finite sum, and what it costs."""

from __future__ import annotations

from typing import Final

from derivations.claim import Claim, Line
from derivations.seminar7.setting import DECODER, ENCODER

EXACT_GRADIENT: Final = Claim(
    name="exact-gradient",
    task="1a",
    title="The gradient as a finite sum",
    statement="d[phi = phi](E[z in Z](q(phi, x, z), log(p(theta, x, z))))"
    " = sum[z in Z](log(p(theta, x, z)) * d[phi = phi](q(phi, x, z)))",
    given=(*ENCODER, *DECODER),
    introduction="The data term is a finite sum over [[Z]], so its gradient can be taken term by term.",
    lines=(
        Line("d[phi = phi](sum[z in Z](q(phi, x, z) * log(p(theta, x, z))))", ("expectation",)),
        Line(
            "sum[z in Z](d[phi = phi](q(phi, x, z) * log(p(theta, x, z))))",
            ("derivative-of-finite-sum",),
            needs=("forall[z in Z](differentiable[t = phi](q(t, x, z) * log(p(theta, x, z))))",),
            remark="[[Z]] is finite and every term is differentiable in [[phi]].",
        ),
        Line(
            "sum[z in Z](log(p(theta, x, z)) * d[phi = phi](q(phi, x, z)))",
            ("constant-factor-right",),
            remark="[[log(p(theta, x, z))]] does not depend on [[phi]].",
        ),
    ),
    conclusion="As long as [[Z]] can be listed, the gradient is computed exactly, without sampling.",
    points=1,
)

NUMBER_OF_TERMS: Final = Claim(
    name="number-of-terms",
    task="1a",
    title="What the exact sum costs",
    statement="card(tuples(bits, n)) = 2^n",
    given=("n in integers(1, oo)",),
    because=("size-of-tuples", "size-of-bits"),
    introduction="For [[n]] binary latent variables [[Z]] is the set [[tuples(bits, n)]].",
    conclusion="The number of terms doubles with every latent variable. The re-parametrisation trick is no way out: "
    "it needs a value that depends smoothly on [[phi]] for a fixed noise, and a map into the discrete set [[Z]] that "
    "is continuous in [[phi]] does not move at all.",
    points=1,
)

CLAIMS: Final = (EXACT_GRADIENT, NUMBER_OF_TERMS)

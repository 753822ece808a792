"""The setting of the sheet: what is given about the encoder q, the decoder p and the prior."""

from __future__ import annotations

from typing import Final

# Z is any finite set, {0, 1}^n among them; phi is an arbitrary coordinate of the encoder's parameters,
# the other coordinates held fixed. Arguments: parameters, what is conditioned on, value.
ENCODER: Final = (
    "phi in reals",
    "pmf[z in Z](q(?phi, ?x, z))",
    "0 < q(?phi, ?x, ?z)",
    "differentiable[t = ?phi](q(t, ?x, ?z))",
)
DECODER: Final = ("0 < p(?theta, ?x, ?z)",)
PRIOR: Final = ("pmf[z in Z](prior(z))", "0 < prior(?z)")
DRAWS: Final = ("m in integers(1, oo)",)
BERNOULLI: Final = ("beta in interval(0, 1)",)
TWO_BERNOULLIS: Final = ("a in interval(0, 1)", "b in interval(0, 1)")

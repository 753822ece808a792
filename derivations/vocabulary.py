"""The vocabulary of terms: the heads that have a meaning, with the number of their arguments or bodies.

A head in none of these tables is an abstract function of the given, such as `q`.

>>> FUNCTIONS["binom"], SET_BINDERS["E"], "q" in ARITY
(2, 2, False)
"""

from __future__ import annotations

from typing import Final

ARITHMETIC: Final = {"+": 2, "-": 2, "*": 2, "/": 2, "^": 2, "neg": 1}
RELATIONS: Final = frozenset({"=", "<", "<=", "!=", "in"})
FUNCTIONS: Final = {
    "log": 1, "exp": 1, "sqrt": 1, "sigmoid": 1, "logit": 1, "softplus": 1, "tanh": 1, "abs": 1, "max": 2, "min": 2,
    "sin": 1, "cos": 1, "sinh": 1, "cosh": 1, "arctan": 1, "arcsin": 1, "arccos": 1, "arsinh": 1, "arcosh": 1,
    "artanh": 1, "sign": 1, "root": 2, "binom": 2, "factorial": 1, "bern": 2, "normal": 3, "delta": 2, "at": 2,
    "card": 1, "range": 2, "tuples": 2, "interval": 2, "integers": 2, "without": 2, "and": 2, "if": 2,
}  # fmt: skip
CONSTANTS: Final = frozenset({"bits", "reals", "oo", "pi_number"})
SET_BINDERS: Final = {
    "sum": 1, "prod": 1, "E": 2, "Var": 2, "Cov": 3, "KL": 2, "H": 1, "CE": 2,
    "forall": 1, "pmf": 1, "decreasing": 1, "increasing": 1, "ignores": 2,
    "int": 1, "density": 1, "integrable": 1, "convex": 1,
}  # fmt: skip
POINT_BINDERS: Final = {
    "d": 1, "limit_right": 1, "limit_left": 1, "limit": 1, "differentiable": 1, "continuous": 1, "interchange": 1,
}  # fmt: skip
LIMITS: Final = frozenset({"limit_right", "limit_left", "limit"})
BINDERS: Final = SET_BINDERS | POINT_BINDERS
# How many arguments a head takes as an application; abstract functions take any number, binders none at all.
ARITY: Final = (
    ARITHMETIC | FUNCTIONS | dict.fromkeys(RELATIONS, 2) | dict.fromkeys(CONSTANTS, 0) | dict.fromkeys(BINDERS, -1)
)

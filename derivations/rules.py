"""THE TABLE: every inference that the product ever makes is an instance of one of these rows.

A row is a schema `left = right` that holds for all values of its metavariables under its conditions. The normaliser
proposes instances, the kernel replays them, the sheet and `explain` print them, a property test checks each row
numerically, and the certificate has one lemma of the same name. Adding mathematics means adding rows.

Two kinds of row are not a schema: a *computation* (`algebra`, `bit-algebra`) is decided by exact arithmetic in the
kernel, and an *inference* replaces a proposition by one that implies it (`decreasing-by-derivative`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from derivations.errors import DerivationsError
from derivations.matching import metavariables
from derivations.notation import read
from derivations.term import App, Term

EQUATION: Final = "equation"
INFERENCE: Final = "inference"
COMPUTATION: Final = "computation"


@dataclass(frozen=True)
class Rule:
    """One row: `statement` and `conditions` in the plain notation with metavariables, `title` as it is printed."""

    name: str
    statement: str
    conditions: tuple[str, ...]
    title: str
    source: str
    kind: str = EQUATION

    @cached_property
    def left(self) -> Term:
        """The left side of the schema; for an inference the proposition that it proves."""
        return self._sides[0]

    @cached_property
    def right(self) -> Term:
        """The right side of the schema; for an inference the proposition that suffices."""
        return self._sides[1]

    @cached_property
    def premises(self) -> tuple[Term, ...]:
        """The conditions as propositions with metavariables."""
        return tuple(read(condition) for condition in self.conditions)

    @cached_property
    def metavariables(self) -> dict[str, int]:
        """The metavariables of the whole row with the number of their arguments."""
        return metavariables(self.left) | metavariables(self.right)

    @cached_property
    def _sides(self) -> tuple[Term, Term]:
        if self.kind == INFERENCE:
            goal, sufficient = self.statement.split(" <== ")
            return read(goal), read(sufficient)
        equation = read(self.statement)
        if not isinstance(equation, App) or equation.head != "=":
            raise DerivationsError(f"the row {self.name} is not an equation")
        return equation.args[0], equation.args[1]


def _rows(family: str, *rows: tuple[str, str, tuple[str, ...], str]) -> tuple[Rule, ...]:
    return tuple(Rule(name, statement, conditions, title, family) for name, statement, conditions, title in rows)


_ALGEBRA: Final = (
    Rule(
        "algebra", "?a = ?b", (), "algebra",
        "equality in the field of rational functions over Q; every denominator must not vanish", COMPUTATION,
    ),
    Rule(
        "bit-algebra", "?a = ?b", (), "algebra with z^2 = z on {0, 1}",
        "equality of rational functions modulo z^2 = z for z in {0, 1}; every denominator must not vanish", COMPUTATION,
    ),
    Rule(
        "root-algebra", "?a = ?b", (), "algebra with roots",
        "equality of rational functions modulo sqrt(a)^2 = a and (a^(1/q))^q = a, and modulo z^2 = z for z in {0, 1}",
        COMPUTATION,
    ),
)  # fmt: skip

_DEFINITIONS: Final = _rows(
    "definition",
    ("expectation", "E[z in ?D](?Q(z), ?G(z)) = sum[z in ?D](?Q(z) * ?G(z))", (), "definition of the expectation"),
    ("variance", "Var[z in ?D](?Q(z), ?G(z)) = sum[z in ?D](?Q(z) * (?G(z) - sum[w in ?D](?Q(w) * ?G(w)))^2)", (),
     "definition of the variance"),
    ("covariance", "Cov[z in ?D](?Q(z), ?G(z), ?H(z)) = sum[z in ?D](?Q(z) * ((?G(z) - sum[w in ?D](?Q(w) * ?G(w)))"
     " * (?H(z) - sum[w in ?D](?Q(w) * ?H(w)))))", (), "definition of the covariance"),
    ("kl-divergence", "KL[z in ?D](?Q(z), ?P(z)) = sum[z in ?D](?Q(z) * log(?Q(z) / ?P(z)))", (),
     "definition of the Kullback-Leibler divergence"),
    ("entropy", "H[z in ?D](?Q(z)) = -sum[z in ?D](?Q(z) * log(?Q(z)))", (), "definition of the entropy"),
    ("cross-entropy", "CE[z in ?D](?Q(z), ?P(z)) = -sum[z in ?D](?Q(z) * log(?P(z)))", (),
     "definition of the cross-entropy"),
    ("bernoulli", "bern(?b, ?z) = ?b^?z * (1 - ?b)^(1 - ?z)", ("?z in bits",), "the Bernoulli distribution"),
    ("bernoulli-zero", "bern(?b, 0) = 1 - ?b", (), "the Bernoulli distribution at z = 0"),
    ("bernoulli-one", "bern(?b, 1) = ?b", (), "the Bernoulli distribution at z = 1"),
    ("sigmoid", "sigmoid(?a) = 1 / (1 + exp(-?a))", (), "definition of the logistic function"),
    ("logit", "logit(?a) = log(?a / (1 - ?a))", (), "definition of the logit"),
    ("softplus", "softplus(?a) = log(1 + exp(?a))", (), "definition of softplus"),
    ("sinh", "sinh(?a) = (exp(?a) - exp(-?a)) / 2", (), "definition of sinh"),
    ("cosh", "cosh(?a) = (exp(?a) + exp(-?a)) / 2", (), "definition of cosh"),
    ("maximum", "max(?a, ?b) = (?a + ?b + abs(?a - ?b)) / 2", (), "the larger of two numbers"),
    ("minimum", "min(?a, ?b) = (?a + ?b - abs(?a - ?b)) / 2", (), "the smaller of two numbers"),
    ("tanh", "tanh(?a) = (exp(?a) - exp(-?a)) / (exp(?a) + exp(-?a))", (), "definition of tanh"),
)  # fmt: skip

_LOGARITHMS: Final = _rows(
    "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.1 and 4.2",
    ("log-product", "log(?a * ?b) = log(?a) + log(?b)", ("0 < ?a", "0 < ?b"), "logarithm of a product"),
    ("log-quotient", "log(?a / ?b) = log(?a) - log(?b)", ("0 < ?a", "0 < ?b"), "logarithm of a quotient"),
    ("log-power", "log(?a^?b) = ?b * log(?a)", ("0 < ?a",), "logarithm of a power"),
    ("log-of-square", "log(?a^2) = 2 * log(abs(?a))", ("?a != 0",), "logarithm of a square"),
    ("log-one", "log(1) = 0", (), "log 1 = 0"),
    ("log-exp", "log(exp(?a)) = ?a", (), "logarithm of an exponential"),
    ("log-sqrt", "log(sqrt(?a)) = log(?a) / 2", ("0 < ?a",), "logarithm of a square root"),
    ("log-of-finite-product", "log(prod[i in ?D](?F(i))) = sum[i in ?D](log(?F(i)))", ("forall[i in ?D](0 < ?F(i))",),
     "logarithm of a product"),
    ("log-bernoulli", "log(bern(?b, ?z)) = ?z * log(?b) + (1 - ?z) * log(1 - ?b)",
     ("?z in bits", "0 < ?b", "?b < 1"), "logarithm of the Bernoulli distribution"),
    ("exp-log", "exp(log(?a)) = ?a", ("0 < ?a",), "exponential of a logarithm"),
    ("exp-zero", "exp(0) = 1", (), "exp 0 = 1"),
    ("exp-sum", "exp(?a + ?b) = exp(?a) * exp(?b)", (), "exponential of a sum"),
    ("exp-negative", "exp(-?a) = 1 / exp(?a)", (), "exponential of a negative"),
    ("exp-multiple", "exp(?c * ?a) = exp(?a)^?c", (), "exponential of a multiple"),
    ("exp-multiple-log", "exp(?c * log(?a)) = ?a^?c", ("0 < ?a",), "exponential of a multiple of a logarithm"),
)  # fmt: skip

_POWERS: Final = _rows(
    "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.2",
    ("power-sum", "?a^(?b + ?c) = ?a^?b * ?a^?c", ("0 < ?a",), "power of a sum"),
    ("power-difference", "?a^(?b - ?c) = ?a^?b / ?a^?c", ("0 < ?a",), "power of a difference"),
    ("power-of-product", "(?a * ?b)^?c = ?a^?c * ?b^?c", ("0 < ?a", "0 < ?b"), "power of a product"),
    ("power-of-quotient", "(?a / ?b)^?c = ?a^?c / ?b^?c", ("0 < ?a", "0 < ?b"), "power of a quotient"),
    ("power-of-power", "(?a^?b)^?c = ?a^(?b * ?c)", ("0 < ?a",), "power of a power"),
    ("power-by-exp", "?a^?b = exp(?b * log(?a))", ("0 < ?a",), "power as an exponential"),
    ("power-of-one", "1^?c = 1", (), "a power of one"),
    ("power-sum-whole", "?a^(?b + ?c) = ?a^?b * ?a^?c", ("?b in integers(0, oo)", "?c in integers(0, oo)"),
     "power of a sum of natural numbers"),
    ("power-sum-nonzero", "?a^(?b + ?c) = ?a^?b * ?a^?c",
     ("?a != 0", "?b in integers(-oo, oo)", "?c in integers(-oo, oo)"), "power of a sum of whole numbers"),
    ("power-of-product-whole", "(?a * ?b)^?c = ?a^?c * ?b^?c", ("?c in integers(0, oo)",),
     "power of a product to a natural number"),
    ("power-of-product-nonzero", "(?a * ?b)^?c = ?a^?c * ?b^?c", ("?a != 0", "?b != 0", "?c in integers(-oo, oo)"),
     "power of a product to a whole number"),
    ("power-of-quotient-whole", "(?a / ?b)^?c = ?a^?c / ?b^?c", ("?b != 0", "?c in integers(0, oo)"),
     "power of a quotient to a natural number"),
    ("power-of-power-whole", "(?a^?b)^?c = ?a^(?b * ?c)", ("?b in integers(0, oo)", "?c in integers(0, oo)"),
     "power of a power to natural numbers"),
    ("power-of-power-nonzero", "(?a^?b)^?c = ?a^(?b * ?c)",
     ("?a != 0", "?b in integers(-oo, oo)", "?c in integers(-oo, oo)"), "power of a power to whole numbers"),
    ("sqrt-square", "sqrt(?a)^2 = ?a", ("0 <= ?a",), "square of a square root"),
    ("sqrt-power", "sqrt(?a) = ?a^(1 / 2)", ("0 < ?a",), "square root as a power"),
    ("sqrt-of-square", "sqrt(?a^2) = abs(?a)", (), "square root of a square"),
    ("sqrt-of-product", "sqrt(?a * ?b) = sqrt(?a) * sqrt(?b)", ("0 <= ?a", "0 <= ?b"), "square root of a product"),
    ("sqrt-of-quotient", "sqrt(?a / ?b) = sqrt(?a) / sqrt(?b)", ("0 <= ?a", "0 < ?b"), "square root of a quotient"),
    ("abs-of-positive", "abs(?a) = ?a", ("0 <= ?a",), "absolute value of what is not negative"),
    ("abs-of-negative", "abs(?a) = -?a", ("?a <= 0",), "absolute value of what is not positive"),
    ("abs-of-product", "abs(?a * ?b) = abs(?a) * abs(?b)", (), "absolute value of a product"),
    ("abs-of-quotient", "abs(?a / ?b) = abs(?a) / abs(?b)", ("?b != 0",), "absolute value of a quotient"),
    ("abs-of-negation", "abs(-?a) = abs(?a)", (), "absolute value of a negative"),
    ("abs-square", "abs(?a)^2 = ?a^2", (), "square of an absolute value"),
    ("abs-by-root", "abs(?a) = sqrt(?a^2)", (), "absolute value as a root"),
)  # fmt: skip

_TRIGONOMETRY: Final = _rows(
    "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.3",
    ("sin-sum", "sin(?a + ?b) = sin(?a) * cos(?b) + cos(?a) * sin(?b)", (), "sine of a sum"),
    ("cos-sum", "cos(?a + ?b) = cos(?a) * cos(?b) - sin(?a) * sin(?b)", (), "cosine of a sum"),
    ("sin-negative", "sin(-?a) = -sin(?a)", (), "sine of a negative"),
    ("cos-negative", "cos(-?a) = cos(?a)", (), "cosine of a negative"),
    ("sin-zero", "sin(0) = 0", (), "sin 0 = 0"),
    ("cos-zero", "cos(0) = 1", (), "cos 0 = 1"),
    ("sin-pi", "sin(pi_number) = 0", (), "sine of a straight angle"),
    ("cos-pi", "cos(pi_number) = -1", (), "cosine of a straight angle"),
    ("sin-half-pi", "sin(pi_number / 2) = 1", (), "sine of a right angle"),
    ("cos-half-pi", "cos(pi_number / 2) = 0", (), "cosine of a right angle"),
)  # fmt: skip

_BITS: Final = _rows(
    "a function of z in {0, 1} is determined by its two values",
    ("bit-square", "?z^2 = ?z", ("?z in bits",), "z^2 = z on {0, 1}"),
    ("bit-power", "?a^?z = 1 - ?z + ?z * ?a", ("?z in bits",), "a^z on {0, 1}"),
    ("bit-cases", "?F(?z) = (1 - ?z) * ?F(0) + ?z * ?F(1)", ("?z in bits",), "the two cases z = 0 and z = 1"),
)  # fmt: skip

_SMOOTH_TWO: Final = ("differentiable[t = ?x](?F(t))", "differentiable[t = ?x](?G(t))")
_DERIVATIVES: Final = _rows(
    "Rudin, Principles of Mathematical Analysis (1976), theorems 5.3 to 5.5",
    ("derivative-of-constant", "d[t = ?x](?c) = 0", (), "derivative of a constant"),
    ("derivative-of-identity", "d[t = ?x](t) = 1", (), "derivative of the variable"),
    ("sum-rule", "d[t = ?x](?F(t) + ?G(t)) = d[t = ?x](?F(t)) + d[t = ?x](?G(t))", _SMOOTH_TWO,
     "derivative of a sum"),
    ("difference-rule", "d[t = ?x](?F(t) - ?G(t)) = d[t = ?x](?F(t)) - d[t = ?x](?G(t))", _SMOOTH_TWO,
     "derivative of a difference"),
    ("negative-rule", "d[t = ?x](-?F(t)) = -d[t = ?x](?F(t))", (), "derivative of a negative"),
    ("constant-factor-left", "d[t = ?x](?c * ?F(t)) = ?c * d[t = ?x](?F(t))", ("differentiable[t = ?x](?F(t))",),
     "constant factor"),
    ("constant-factor-right", "d[t = ?x](?F(t) * ?c) = d[t = ?x](?F(t)) * ?c", ("differentiable[t = ?x](?F(t))",),
     "constant factor"),
    ("constant-divisor", "d[t = ?x](?F(t) / ?c) = d[t = ?x](?F(t)) / ?c", ("?c != 0",), "constant factor"),
    ("product-rule", "d[t = ?x](?F(t) * ?G(t)) = d[t = ?x](?F(t)) * ?G(?x) + ?F(?x) * d[t = ?x](?G(t))", _SMOOTH_TWO,
     "product rule"),
    ("quotient-rule", "d[t = ?x](?F(t) / ?G(t)) = (d[t = ?x](?F(t)) * ?G(?x) - ?F(?x) * d[t = ?x](?G(t))) / ?G(?x)^2",
     (*_SMOOTH_TWO, "?G(?x) != 0"), "quotient rule"),
    ("power-rule", "d[t = ?x](?F(t)^?n) = ?n * ?F(?x)^(?n - 1) * d[t = ?x](?F(t))",
     ("differentiable[t = ?x](?F(t))", "?n in integers(1, oo)"), "power rule"),
    ("power-rule-negative", "d[t = ?x](?F(t)^?n) = ?n * ?F(?x)^(?n - 1) * d[t = ?x](?F(t))",
     ("differentiable[t = ?x](?F(t))", "?n in integers(-oo, oo)", "?F(?x) != 0"), "power rule"),
    ("power-rule-real", "d[t = ?x](?F(t)^?c) = ?c * ?F(?x)^(?c - 1) * d[t = ?x](?F(t))",
     ("differentiable[t = ?x](?F(t))", "0 < ?F(?x)"), "power rule"),
    ("exponential-rule", "d[t = ?x](?a^?F(t)) = ?a^?F(?x) * log(?a) * d[t = ?x](?F(t))",
     ("0 < ?a", "differentiable[t = ?x](?F(t))"), "derivative of a power in its exponent"),
    ("general-power-rule", "d[t = ?x](?F(t)^?G(t))"
     " = ?F(?x)^?G(?x) * (d[t = ?x](?G(t)) * log(?F(?x)) + ?G(?x) * d[t = ?x](?F(t)) / ?F(?x))",
     (*_SMOOTH_TWO, "0 < ?F(?x)"), "derivative of a power in base and exponent"),
    ("log-rule", "d[t = ?x](log(?F(t))) = d[t = ?x](?F(t)) / ?F(?x)",
     ("differentiable[t = ?x](?F(t))", "0 < ?F(?x)"), "chain rule for the logarithm"),
    ("exp-rule", "d[t = ?x](exp(?F(t))) = exp(?F(?x)) * d[t = ?x](?F(t))", ("differentiable[t = ?x](?F(t))",),
     "chain rule for the exponential"),
    ("sqrt-rule", "d[t = ?x](sqrt(?F(t))) = d[t = ?x](?F(t)) / (2 * sqrt(?F(?x)))",
     ("differentiable[t = ?x](?F(t))", "0 < ?F(?x)"), "chain rule for the square root"),
    ("sigmoid-rule", "d[t = ?x](sigmoid(?F(t))) = sigmoid(?F(?x)) * (1 - sigmoid(?F(?x))) * d[t = ?x](?F(t))",
     ("differentiable[t = ?x](?F(t))",), "derivative of the logistic function"),
    ("logit-rule", "d[t = ?x](logit(?F(t))) = d[t = ?x](?F(t)) / (?F(?x) * (1 - ?F(?x)))",
     ("differentiable[t = ?x](?F(t))", "0 < ?F(?x)", "?F(?x) < 1"), "derivative of the logit"),
    ("softplus-rule", "d[t = ?x](softplus(?F(t))) = sigmoid(?F(?x)) * d[t = ?x](?F(t))",
     ("differentiable[t = ?x](?F(t))",), "derivative of softplus"),
    ("tanh-rule", "d[t = ?x](tanh(?F(t))) = (1 - tanh(?F(?x))^2) * d[t = ?x](?F(t))",
     ("differentiable[t = ?x](?F(t))",), "derivative of tanh"),
    ("abs-rule", "d[t = ?x](abs(?F(t))) = abs(?F(?x)) / ?F(?x) * d[t = ?x](?F(t))",
     ("differentiable[t = ?x](?F(t))", "?F(?x) != 0"), "chain rule for the absolute value"),
    ("sin-rule", "d[t = ?x](sin(?F(t))) = cos(?F(?x)) * d[t = ?x](?F(t))", ("differentiable[t = ?x](?F(t))",),
     "chain rule for the sine"),
    ("cos-rule", "d[t = ?x](cos(?F(t))) = -sin(?F(?x)) * d[t = ?x](?F(t))", ("differentiable[t = ?x](?F(t))",),
     "chain rule for the cosine"),
    ("sinh-rule", "d[t = ?x](sinh(?F(t))) = cosh(?F(?x)) * d[t = ?x](?F(t))", ("differentiable[t = ?x](?F(t))",),
     "chain rule for sinh"),
    ("cosh-rule", "d[t = ?x](cosh(?F(t))) = sinh(?F(?x)) * d[t = ?x](?F(t))", ("differentiable[t = ?x](?F(t))",),
     "chain rule for cosh"),
    ("bernoulli-rule", "d[t = ?x](bern(?F(t), ?z)) = (2 * ?z - 1) * d[t = ?x](?F(t))",
     ("?z in bits", "differentiable[t = ?x](?F(t))"), "derivative of the Bernoulli distribution in its parameter"),
    ("chain-rule", "d[t = ?x](?F(?G(t))) = d[s = ?G(?x)](?F(s)) * d[t = ?x](?G(t))",
     ("differentiable[t = ?x](?G(t))", "differentiable[s = ?G(?x)](?F(s))"), "chain rule"),
    ("derivative-of-finite-sum", "d[t = ?x](sum[z in ?D](?F(t, z))) = sum[z in ?D](d[t = ?x](?F(t, z)))",
     ("forall[z in ?D](differentiable[t = ?x](?F(t, z)))",), "derivative of a finite sum, term by term"),
    ("derivative-of-finite-product",
     "d[t = ?x](prod[i in ?D](?F(t, i))) = prod[i in ?D](?F(?x, i)) * sum[i in ?D](d[t = ?x](?F(t, i)) / ?F(?x, i))",
     ("forall[i in ?D](differentiable[t = ?x](?F(t, i)))", "forall[i in ?D](?F(?x, i) != 0)"),
     "logarithmic derivative of a product"),
    ("log-trick", "d[t = ?x](?F(t)) = ?F(?x) * d[t = ?x](log(?F(t)))",
     ("differentiable[t = ?x](?F(t))", "0 < ?F(?x)"), "log-trick"),
)  # fmt: skip

_SUMS: Final = _rows(
    "Graham, Knuth, Patashnik, Concrete Mathematics (1994), section 2.3",
    ("sum-of-sum", "sum[z in ?D](?F(z) + ?G(z)) = sum[z in ?D](?F(z)) + sum[z in ?D](?G(z))", (),
     "linearity of the sum"),
    ("sum-of-difference", "sum[z in ?D](?F(z) - ?G(z)) = sum[z in ?D](?F(z)) - sum[z in ?D](?G(z))", (),
     "linearity of the sum"),
    ("sum-of-negative", "sum[z in ?D](-?F(z)) = -sum[z in ?D](?F(z))", (), "linearity of the sum"),
    ("sum-constant-factor", "sum[z in ?D](?c * ?F(z)) = ?c * sum[z in ?D](?F(z))", (), "linearity of the sum"),
    ("sum-of-constant", "sum[z in ?D](?c) = card(?D) * ?c", (), "sum of a constant"),
    ("sum-over-bits", "sum[z in bits](?F(z)) = ?F(0) + ?F(1)", (), "the two terms written out"),
    ("sum-swap", "sum[z in ?D](sum[w in ?C](?F(z, w))) = sum[w in ?C](sum[z in ?D](?F(z, w)))", (),
     "order of two finite sums"),
    ("product-of-sums", "sum[z in ?D](?F(z)) * sum[w in ?C](?G(w)) = sum[z in ?D](sum[w in ?C](?F(z) * ?G(w)))", (),
     "product of two sums"),
    ("split-off-term", "sum[z in ?D](?F(z)) = ?F(?k) + sum[z in without(?D, ?k)](?F(z))", ("?k in ?D",),
     "one term split off"),
    ("sum-without-term", "sum[z in without(?D, ?k)](?F(z)) = sum[z in ?D](?F(z)) - ?F(?k)", ("?k in ?D",),
     "the sum over all, less one term"),
    ("sum-last-term", "sum[i in range(?a, ?b)](?F(i)) = sum[i in range(?a, ?b - 1)](?F(i)) + ?F(?b)",
     ("?a in integers(-oo, oo)", "?b in integers(-oo, oo)", "?a <= ?b"), "the last term split off"),
    ("sum-of-nothing", "sum[i in range(?a, ?a - 1)](?F(i)) = 0", ("?a in integers(-oo, oo)",), "a sum without terms"),
    ("product-last-factor", "prod[i in range(?a, ?b)](?F(i)) = prod[i in range(?a, ?b - 1)](?F(i)) * ?F(?b)",
     ("?a in integers(-oo, oo)", "?b in integers(-oo, oo)", "?a <= ?b"), "the last factor split off"),
    ("product-of-nothing", "prod[i in range(?a, ?a - 1)](?F(i)) = 1", ("?a in integers(-oo, oo)",),
     "a product without factors"),
    ("sum-of-numbers", "sum[i in range(1, ?n)](i) = ?n * (?n + 1) / 2", ("?n in integers(0, oo)",),
     "sum of the first n numbers"),
    ("sum-of-squares", "sum[i in range(1, ?n)](i^2) = ?n * (?n + 1) * (2 * ?n + 1) / 6",
     ("?n in integers(0, oo)",), "sum of the first n squares"),
    ("sum-of-cubes", "sum[i in range(1, ?n)](i^3) = (?n * (?n + 1) / 2)^2", ("?n in integers(0, oo)",),
     "sum of the first n cubes"),
    ("geometric-sum", "sum[i in range(0, ?n)](?a^i) = (1 - ?a^(?n + 1)) / (1 - ?a)",
     ("?n in integers(0, oo)", "?a != 1"), "geometric sum"),
    ("telescoping-sum",
     "sum[i in range(?a, ?n)](?F(i)) = ?G(?n) - ?G(?a - 1) + sum[i in range(?a, ?n)](?F(i) - (?G(i) - ?G(i - 1)))",
     ("?a in integers(-oo, oo)", "?n in integers(-oo, oo)", "?a - 1 <= ?n"), "a sum of differences telescopes"),
    ("telescoping-product",
     "prod[i in range(?a, ?n)](?F(i)) = ?G(?n) / ?G(?a - 1) * prod[i in range(?a, ?n)](?F(i) * ?G(i - 1) / ?G(i))",
     ("?a in integers(-oo, oo)", "?n in integers(-oo, oo)", "?a - 1 <= ?n",
      "forall[i in range(?a - 1, ?n)](?G(i) != 0)"), "a product of quotients telescopes"),
    ("binomial-zero", "binom(?n, 0) = 1", ("?n in integers(0, oo)",), "the binomial coefficient over 0"),
    ("binomial-step", "binom(?n, ?k + 1) = binom(?n, ?k) * (?n - ?k) / (?k + 1)",
     ("?n in integers(0, oo)", "?k in integers(0, oo)"), "the next binomial coefficient of a row"),
    ("binomial-absorption", "binom(?n + 1, ?k + 1) = (?n + 1) / (?k + 1) * binom(?n, ?k)",
     ("?n in integers(0, oo)", "?k in integers(0, oo)"), "absorption"),
    ("binomial-row-above", "binom(?n, ?k) = binom(?n + 1, ?k) * (?n + 1 - ?k) / (?n + 1)",
     ("?n in integers(0, oo)", "?k in integers(0, oo)"), "the binomial coefficient of the next row"),
    ("factorial-step", "factorial(?n + 1) = (?n + 1) * factorial(?n)", ("?n in integers(0, oo)",),
     "the next factorial"),
    ("factorial-zero", "factorial(0) = 1", (), "0! = 1"),
    ("binomial-by-factorials", "binom(?n, ?k) = factorial(?n) / (factorial(?k) * factorial(?n - ?k))",
     ("?n in integers(0, oo)", "?k in range(0, ?n)"), "the binomial coefficient"),
    ("size-of-range", "card(range(?a, ?b)) = ?b - ?a + 1",
     ("?a in integers(-oo, oo)", "?b in integers(-oo, oo)", "?a - 1 <= ?b"), "number of terms"),
    ("size-without", "card(without(?D, ?k)) = card(?D) - 1", ("?k in ?D",), "number of terms"),
    ("size-of-bits", "card(bits) = 2", (), "number of terms"),
    ("size-of-tuples", "card(tuples(?D, ?n)) = card(?D)^?n", ("?n in integers(0, oo)",), "number of terms"),
    ("product-of-products", "prod[i in ?D](?F(i) * ?G(i)) = prod[i in ?D](?F(i)) * prod[i in ?D](?G(i))", (),
     "product of products"),
    ("product-of-constant", "prod[i in ?D](?c) = ?c^card(?D)", (), "product of a constant"),
)  # fmt: skip

_DELTA: Final = _rows(
    "Graham, Knuth, Patashnik, Concrete Mathematics (1994), section 2.1 (Iverson's convention)",
    ("delta-equal", "delta(?a, ?a) = 1", (), "Kronecker's delta for equal indices"),
    ("delta-unequal", "delta(?a, ?b) = 0", ("?a != ?b",), "Kronecker's delta for different indices"),
    ("delta-symmetric", "delta(?a, ?b) = delta(?b, ?a)", (), "Kronecker's delta is symmetric"),
    ("delta-transport", "delta(?a, ?b) * ?F(?a) = delta(?a, ?b) * ?F(?b)", (),
     "beside Kronecker's delta both indices are one"),
    ("sum-of-delta", "sum[k in ?D](delta(k, ?j) * ?F(k)) = ?F(?j)", ("?j in ?D",),
     "Kronecker's delta picks one term of a sum"),
)  # fmt: skip

_PROBABILITY: Final = _rows(
    "Grimmett and Stirzaker, Probability and Random Processes (2001), chapter 3",
    ("normalisation", "sum[z in ?D](?Q(z)) = 1", ("pmf[z in ?D](?Q(z))",), "probabilities sum to one"),
    ("complementary-probability", "?Q(1) = 1 - ?Q(0)", ("pmf[z in bits](?Q(z))",), "the two probabilities sum to one"),
    ("independence",
     "sum[v in tuples(?D, ?n)](prod[i in range(1, ?n)](?Q(i, v[i])) * (?G(v[?k]) * ?R(v)))"
     " = sum[x in ?D](?Q(?k, x) * ?G(x)) * sum[v in tuples(?D, ?n)](prod[i in range(1, ?n)](?Q(i, v[i])) * ?R(v))",
     ("?n in integers(1, oo)", "?k in range(1, ?n)", "forall[i in range(1, ?n)](pmf[x in ?D](?Q(i, x)))",
      "ignores[v in tuples(?D, ?n)](?R(v), ?k)"), "independence of the coordinates"),
    ("sum-over-tuples-of-product",
     "sum[v in tuples(?D, ?n)](prod[i in range(1, ?n)](?F(i, v[i]))) = prod[i in range(1, ?n)](sum[x in ?D](?F(i, x)))",
     ("?n in integers(0, oo)",), "a sum over all tuples of a product factorises"),
    ("law-of-bernoulli-sum",
     "sum[v in tuples(bits, ?n)](prod[i in range(1, ?n)](bern(?b, v[i])) * ?G(sum[i in range(1, ?n)](v[i])))"
     " = sum[s in range(0, ?n)](binom(?n, s) * ?b^s * (1 - ?b)^(?n - s) * ?G(s))",
     ("?n in integers(1, oo)",), "the sum of independent Bernoulli variables is binomial"),
    ("binomial-mean",
     "sum[s in range(0, ?n)](binom(?n, s) * ?b^s * (1 - ?b)^(?n - s) * s) = ?n * ?b",
     ("?n in integers(0, oo)",), "mean of the binomial distribution"),
    ("binomial-second-moment",
     "sum[s in range(0, ?n)](binom(?n, s) * ?b^s * (1 - ?b)^(?n - s) * s^2) = ?n * ?b * (1 - ?b) + (?n * ?b)^2",
     ("?n in integers(0, oo)",), "second moment of the binomial distribution"),
    ("sum-of-binomials", "sum[s in range(0, ?n)](binom(?n, s)) = 2^?n", ("?n in integers(0, oo)",),
     "sum of a row of binomial coefficients"),
    ("sum-of-weighted-binomials", "sum[s in range(0, ?n)](binom(?n, s) * ?a^s) = (1 + ?a)^?n",
     ("?n in integers(0, oo)",), "binomial theorem"),
    ("sum-of-binomials-by-index", "sum[s in range(0, ?n)](s * binom(?n, s)) = ?n * 2^(?n - 1)",
     ("?n in integers(1, oo)",), "sum of a row of binomial coefficients, each times its index"),
    ("binomial-theorem",
     "sum[s in range(0, ?n)](binom(?n, s) * ?a^s * ?b^(?n - s)) = (?a + ?b)^?n",
     ("?n in integers(0, oo)",), "binomial theorem"),
)  # fmt: skip

_INTEGRALS: Final = _rows(
    "Rudin, Real and Complex Analysis (1987), theorems 1.32 and 8.8; Billingsley, Probability and Measure (1995), 16.8",
    ("integral-of-sum", "int[z in ?D](?F(z) + ?G(z)) = int[z in ?D](?F(z)) + int[z in ?D](?G(z))",
     ("integrable[z in ?D](?F(z))", "integrable[z in ?D](?G(z))"), "linearity of the integral"),
    ("integral-of-difference", "int[z in ?D](?F(z) - ?G(z)) = int[z in ?D](?F(z)) - int[z in ?D](?G(z))",
     ("integrable[z in ?D](?F(z))", "integrable[z in ?D](?G(z))"), "linearity of the integral"),
    ("integral-of-negative", "int[z in ?D](-?F(z)) = -int[z in ?D](?F(z))", (), "linearity of the integral"),
    ("integral-constant-factor", "int[z in ?D](?c * ?F(z)) = ?c * int[z in ?D](?F(z))",
     ("integrable[z in ?D](?F(z))",), "linearity of the integral"),
    ("integral-of-zero", "int[z in ?D](0) = 0", (), "integral of zero"),
    ("integral-swap", "int[z in ?D](int[w in ?C](?F(z, w))) = int[w in ?C](int[z in ?D](?F(z, w)))",
     ("integrable[z in ?D](int[w in ?C](abs(?F(z, w))))",), "order of two integrals (Fubini)"),
    ("sum-of-integrals", "sum[k in ?C](int[z in ?D](?F(k, z))) = int[z in ?D](sum[k in ?C](?F(k, z)))",
     ("forall[k in ?C](integrable[z in ?D](?F(k, z)))",), "a finite sum of integrals"),
    ("normalisation-of-density", "int[z in ?D](?Q(z)) = 1", ("density[z in ?D](?Q(z))",),
     "a density integrates to one"),
    ("derivative-of-integral", "d[t = ?x](int[z in ?D](?F(t, z))) = int[z in ?D](d[t = ?x](?F(t, z)))",
     ("interchange[t = ?x](int[z in ?D](?F(t, z)))",), "derivative under the integral sign"),
)  # fmt: skip

_NORMAL: Final = _rows(
    "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions, volume 1 (1994), chapter 13",
    ("normal-density", "normal(?x, ?m, ?v) = exp(-(?x - ?m)^2 / (2 * ?v)) / sqrt(2 * pi_number * ?v)", ("0 < ?v",),
     "the density of the normal distribution"),
    ("log-normal-density", "log(normal(?x, ?m, ?v)) = -log(2 * pi_number * ?v) / 2 - (?x - ?m)^2 / (2 * ?v)",
     ("0 < ?v",), "logarithm of the density of the normal distribution"),
    ("normal-rule", "d[t = ?x](normal(?F(t), ?G(t), ?S(t))) = normal(?F(?x), ?G(?x), ?S(?x))"
     " * (d[t = ?x](?S(t)) * ((?F(?x) - ?G(?x))^2 / ?S(?x) - 1) / (2 * ?S(?x))"
     " - (?F(?x) - ?G(?x)) * (d[t = ?x](?F(t)) - d[t = ?x](?G(t))) / ?S(?x))",
     (*_SMOOTH_TWO, "differentiable[t = ?x](?S(t))", "0 < ?S(?x)"),
     "derivative of the density of the normal distribution"),
    ("normal-mean", "int[x in reals](normal(x, ?m, ?v) * x) = ?m", ("0 < ?v",), "mean of the normal distribution"),
    ("normal-moment", "int[x in reals](normal(x, ?m, ?v) * x^?n)"
     " = ?m * int[x in reals](normal(x, ?m, ?v) * x^(?n - 1))"
     " + (?n - 1) * ?v * int[x in reals](normal(x, ?m, ?v) * x^(?n - 2))",
     ("0 < ?v", "?n in integers(2, oo)"), "a moment of the normal distribution by the two before it"),
    ("normal-standardised",
     "int[x in reals](normal(x, ?m, ?v) * ?F(x)) = int[x in reals](normal(x, 0, 1) * ?F(?m + sqrt(?v) * x))",
     ("0 < ?v",), "the substitution x = m + sqrt(v) e"),
)  # fmt: skip

_LIMITS: Final = _rows(
    "Rudin, Principles of Mathematical Analysis (1976), theorems 4.4 and 4.6, exercise 4.1",
    ("limit-right-continuous", "limit_right[t = ?a](?F(t)) = ?F(?a)", ("continuous[t = ?a](?F(t))",),
     "limit of a continuous function"),
    ("limit-left-continuous", "limit_left[t = ?a](?F(t)) = ?F(?a)", ("continuous[t = ?a](?F(t))",),
     "limit of a continuous function"),
    ("limit-reflected", "limit_left[t = 1](?F(t)) = limit_right[s = 0](?F(1 - s))", (), "the substitution s = 1 - t"),
    ("limit-at-pole", "limit_right[t = 0](?c * (1 / t) + ?b) = oo", ("0 < ?c",), "1/t tends to infinity"),
    ("limit-of-t-log-t", "limit_right[t = 0](?c * (t * log(t)) + ?F(t)) = ?F(0)", ("continuous[t = 0](?F(t))",),
     "t log t tends to 0"),
)  # fmt: skip


def _inferences(source: str, *rows: tuple[str, str, tuple[str, ...], str]) -> tuple[Rule, ...]:
    return tuple(Rule(name, text, conditions, title, source, INFERENCE) for name, text, conditions, title in rows)


_MASSES: Final = (
    "pmf[z in ?D](?Q(z))", "pmf[z in ?D](?P(z))", "forall[z in ?D](0 < ?Q(z))", "forall[z in ?D](0 < ?P(z))",
)  # fmt: skip
_DENSITIES: Final = (
    "density[z in ?D](?Q(z))", "density[z in ?D](?P(z))", "forall[z in ?D](0 < ?Q(z))", "forall[z in ?D](0 < ?P(z))",
)  # fmt: skip
_INFERENCES: Final = (
    Rule(
        "decreasing-by-derivative",
        "decreasing[t in interval(?a, ?b)](?F(t)) <== forall[x in interval(?a, ?b)](d[t = x](?F(t)) < 0)",
        ("forall[x in interval(?a, ?b)](differentiable[t = x](?F(t)))",),
        "a negative derivative makes a function strictly decreasing",
        "Rudin, Principles of Mathematical Analysis (1976), theorem 5.11", INFERENCE,
    ),
    Rule(
        "increasing-by-derivative",
        "increasing[t in interval(?a, ?b)](?F(t)) <== forall[x in interval(?a, ?b)](0 < d[t = x](?F(t)))",
        ("forall[x in interval(?a, ?b)](differentiable[t = x](?F(t)))",),
        "a positive derivative makes a function strictly increasing",
        "Rudin, Principles of Mathematical Analysis (1976), theorem 5.11", INFERENCE,
    ),
    Rule(
        "gibbs-inequality", "0 <= KL[z in ?D](?Q(z), ?P(z)) <== 0 = 0",
        ("pmf[z in ?D](?Q(z))", "pmf[z in ?D](?P(z))", "forall[z in ?D](0 < ?Q(z))", "forall[z in ?D](0 < ?P(z))"),
        "Gibbs' inequality", "Cover and Thomas, Elements of Information Theory (2006), theorem 2.6.3", INFERENCE,
    ),
    Rule(
        "gibbs-strict", "0 < KL[z in ?D](?Q(z), ?P(z)) <== ?Q(?w) != ?P(?w)",
        ("pmf[z in ?D](?Q(z))", "pmf[z in ?D](?P(z))", "forall[z in ?D](0 < ?Q(z))", "forall[z in ?D](0 < ?P(z))",
         "?w in ?D"),
        "Gibbs' inequality, with equality only for equal distributions",
        "Cover and Thomas, Elements of Information Theory (2006), theorem 2.6.3", INFERENCE,
    ),
    *_inferences(
        "Cover and Thomas, Elements of Information Theory (2006), theorems 2.6.2, 2.6.3 and 8.6.1",
        ("gibbs-inequality-of-densities", "0 <= int[z in ?D](?Q(z) * log(?Q(z) / ?P(z))) <== 0 = 0",
         _DENSITIES, "Gibbs' inequality"),
        ("below-by-divergence", "?a <= ?b <== ?b - ?a = KL[z in ?D](?Q(z), ?P(z))", _MASSES,
         "the two sides differ by a Kullback-Leibler divergence (Gibbs' inequality)"),
        ("below-by-divergence-of-densities", "?a <= ?b <== ?b - ?a = int[z in ?D](?Q(z) * log(?Q(z) / ?P(z)))",
         _DENSITIES, "the two sides differ by a Kullback-Leibler divergence (Gibbs' inequality)"),
        ("below-by-mean-divergence",
         "?a <= ?b <== ?b - ?a = sum[w in ?C](?R(w) * KL[z in ?D](?Q(w, z), ?P(z)))",
         ("forall[w in ?C](0 <= ?R(w))", "forall[w in ?C](pmf[z in ?D](?Q(w, z)))", "pmf[z in ?D](?P(z))",
          "forall[w in ?C](forall[z in ?D](0 < ?Q(w, z)))", "forall[z in ?D](0 < ?P(z))"),
         "the two sides differ by a mean of Kullback-Leibler divergences (Gibbs' inequality)"),
        ("jensen-log",
         "?a <= ?b <== ?b - ?a = log(sum[z in ?D](?Q(z) * ?G(z))) - sum[z in ?D](?Q(z) * log(?G(z)))",
         ("pmf[z in ?D](?Q(z))", "forall[z in ?D](0 < ?G(z))"), "Jensen's inequality for the logarithm"),
        ("jensen-log-of-densities",
         "?a <= ?b <== ?b - ?a = log(int[z in ?D](?Q(z) * ?G(z))) - int[z in ?D](?Q(z) * log(?G(z)))",
         ("density[z in ?D](?Q(z))", "forall[z in ?D](0 < ?G(z))"), "Jensen's inequality for the logarithm"),
        ("jensen-convex", "?a <= ?b <== ?b - ?a = sum[z in ?D](?Q(z) * ?F(?G(z))) - ?F(sum[z in ?D](?Q(z) * ?G(z)))",
         ("pmf[z in ?D](?Q(z))", "convex[t in reals](?F(t))"), "Jensen's inequality"),
        ("jensen-convex-of-densities",
         "?a <= ?b <== ?b - ?a = int[z in ?D](?Q(z) * ?F(?G(z))) - ?F(int[z in ?D](?Q(z) * ?G(z)))",
         ("density[z in ?D](?Q(z))", "convex[t in reals](?F(t))"), "Jensen's inequality"),
    ),
    *_inferences(
        "Hardy, Littlewood, Polya, Inequalities (1934), 2.5 and 4.2",
        ("below-by-tangent-of-log", "?a <= ?b <== ?b - ?a = ?x - 1 - log(?x)", ("0 < ?x",), "log x is at most x - 1"),
        ("below-by-tangent-of-exp", "?a <= ?b <== ?b - ?a = exp(?x) - 1 - ?x", (), "1 + x is at most exp x"),
    ),
    Rule(
        "cauchy-schwarz",
        "E[z in ?D](?Q(z), ?F(z) * ?G(z))^2 <= E[z in ?D](?Q(z), ?F(z)^2) * E[z in ?D](?Q(z), ?G(z)^2) <== 0 = 0",
        ("forall[z in ?D](0 <= ?Q(z))",), "the Cauchy-Schwarz inequality",
        "Grimmett and Stirzaker, Probability and Random Processes (2001), theorem 3.6.9", INFERENCE,
    ),
    Rule(
        "bound-solved-for-factor", "?a / (?m * ?c) <= ?b <== ?a / (?b * ?c) <= ?m", ("0 < ?b", "0 < ?c", "0 < ?m"),
        "an inequality solved for a positive factor", "ordered fields", INFERENCE,
    ),
    Rule(
        "bound-of-square-root", "sqrt(?a) <= ?b <== ?a <= ?b^2", ("0 <= ?a", "0 <= ?b"),
        "a square root is bounded by what bounds its square", "ordered fields", INFERENCE,
    ),
    Rule(
        "equal-by-powers", "?a = ?b <== ?a^?n = ?b^?n", ("0 <= ?a", "0 <= ?b", "?n in integers(1, oo)"),
        "two numbers that are not negative are equal if their powers are", "ordered fields", INFERENCE,
    ),
    Rule(
        "equal-by-exponentials", "?a = ?b <== exp(?a) = exp(?b)", (),
        "two numbers are equal if their exponentials are",
        "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.2", INFERENCE,
    ),
    Rule(
        "less-by-difference", "?a < ?b <== 0 < ?b - ?a", (), "the difference is positive",
        "ordered fields", INFERENCE,
    ),
    Rule(
        "at-most-by-difference", "?a <= ?b <== 0 <= ?b - ?a", (), "the difference is not negative",
        "ordered fields", INFERENCE,
    ),
    Rule(
        "unequal-by-difference", "?a != ?b <== ?b - ?a != 0", (), "the difference is not zero",
        "fields", INFERENCE,
    ),
)  # fmt: skip

TABLE: Final[dict[str, Rule]] = {
    rule.name: rule
    for family in (
        _ALGEBRA, _DEFINITIONS, _LOGARITHMS, _POWERS, _TRIGONOMETRY, _BITS, _DERIVATIVES, _SUMS, _DELTA, _PROBABILITY,
        _INTEGRALS, _NORMAL, _LIMITS, _INFERENCES,
    )
    for rule in family
}  # fmt: skip

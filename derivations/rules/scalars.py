"""Rational functions, definitions, logarithms, powers, odd roots, and the two values of a bit."""

from __future__ import annotations

from typing import Final

from derivations.rules.row import COMPUTATION, Rule, rows

ALGEBRA: Final = (
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
        "equality of rational functions modulo sqrt(a)^2 = a, (a^(1/q))^q = a, sin(a)^2 = 1 - cos(a)^2, the equation of"
        " cos(pi/q), and modulo z^2 = z for z in {0, 1}",
        COMPUTATION,
    ),
)  # fmt: skip

DEFINITIONS: Final = rows(
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
    ("arccos", "arccos(?a) = pi_number / 2 - arcsin(?a)", (), "arccosine by the arcsine"),
    ("arsinh", "arsinh(?a) = log(?a + sqrt(?a^2 + 1))", (), "definition of arsinh"),
    ("arcosh", "arcosh(?a) = log(?a + sqrt(?a^2 - 1))", (), "definition of arcosh"),
    ("artanh", "artanh(?a) = log((1 + ?a) / (1 - ?a)) / 2", (), "definition of artanh"),
    ("sign-of-positive", "sign(?a) = 1", ("0 < ?a",), "sign of a positive number"),
    ("sign-of-negative", "sign(?a) = -1", ("?a < 0",), "sign of a negative number"),
    ("sign-of-zero", "sign(0) = 0", (), "sign of zero"),
    ("sign-by-absolute-value", "sign(?a) = abs(?a) / ?a", ("?a != 0",), "sign as a quotient"),
    ("absolute-value-by-sign", "abs(?a) = ?a * sign(?a)", (), "absolute value as a multiple of the sign"),
    ("sign-of-product", "sign(?a * ?b) = sign(?a) * sign(?b)", (), "sign of a product"),
    ("sign-of-quotient", "sign(?a / ?b) = sign(?a) * sign(?b)", ("?b != 0",), "sign of a quotient"),
    ("maximum", "max(?a, ?b) = (?a + ?b + abs(?a - ?b)) / 2", (), "the larger of two numbers"),
    ("minimum", "min(?a, ?b) = (?a + ?b - abs(?a - ?b)) / 2", (), "the smaller of two numbers"),
    ("tanh", "tanh(?a) = (exp(?a) - exp(-?a)) / (exp(?a) + exp(-?a))", (), "definition of tanh"),
)  # fmt: skip

LOGARITHMS: Final = rows(
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

POWERS: Final = rows(
    "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.2",
    ("power-sum", "?a^(?b + ?c) = ?a^?b * ?a^?c", ("0 < ?a",), "power of a sum"),
    ("power-difference", "?a^(?b - ?c) = ?a^?b / ?a^?c", ("0 < ?a",), "power of a difference"),
    ("power-of-product", "(?a * ?b)^?c = ?a^?c * ?b^?c", ("0 < ?a", "0 < ?b"), "power of a product"),
    ("power-of-quotient", "(?a / ?b)^?c = ?a^?c / ?b^?c", ("0 < ?a", "0 < ?b"), "power of a quotient"),
    ("power-of-power", "(?a^?b)^?c = ?a^(?b * ?c)", ("0 < ?a",), "power of a power"),
    ("power-by-exp", "?a^?b = exp(?b * log(?a))", ("0 < ?a",), "power as an exponential"),
    ("power-of-one", "1^?c = 1", (), "a power of one"),
    ("power-of-zero", "0^?n = 0", ("?n in integers(1, oo)",), "a power of zero"),
    ("parity-of-square", "(-1)^(?n^2) = (-1)^?n", ("?n in integers(-oo, oo)",), "a square is odd where its root is"),
    ("power-of-square", "(?a^2)^?c = abs(?a)^(2 * ?c)", ("?a != 0",), "power of a square"),
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
    ("abs-of-power-whole", "abs(?a^?n) = abs(?a)^?n", ("?n in integers(0, oo)",),
     "absolute value of a power to a natural number"),
    ("abs-of-power-nonzero", "abs(?a^?n) = abs(?a)^?n", ("?a != 0", "?n in integers(-oo, oo)"),
     "absolute value of a power to a whole number"),
    ("abs-of-negation", "abs(-?a) = abs(?a)", (), "absolute value of a negative"),
    ("abs-square", "abs(?a)^2 = ?a^2", (), "square of an absolute value"),
    ("abs-by-root", "abs(?a) = sqrt(?a^2)", (), "absolute value as a root"),
)  # fmt: skip

_ODD: Final = ("?n in integers(1, oo)", "(-1)^?n < 0")
ODD_ROOTS: Final = rows(
    "Rudin, Principles of Mathematical Analysis (1976), theorem 1.21, and t -> t^n being odd for odd n",
    ("root-of-positive", "root(?a, ?n) = ?a^(1 / ?n)", ("0 < ?a", *_ODD), "root as a power"),
    ("root-of-zero", "root(0, ?n) = 0", _ODD, "root of zero"),
    ("root-of-negation", "root(-?a, ?n) = -root(?a, ?n)", _ODD, "odd root of a negative"),
    ("root-of-product", "root(?a * ?b, ?n) = root(?a, ?n) * root(?b, ?n)", _ODD, "odd root of a product"),
    ("root-of-quotient", "root(?a / ?b, ?n) = root(?a, ?n) / root(?b, ?n)", (*_ODD, "?b != 0"),
     "odd root of a quotient"),
    ("root-of-power", "root(?a^?k, ?n) = root(?a, ?n)^?k", (*_ODD, "?k in integers(0, oo)"), "odd root of a power"),
)  # fmt: skip

BITS: Final = rows(
    "a function of z in {0, 1} is determined by its two values",
    ("bit-square", "?z^2 = ?z", ("?z in bits",), "z^2 = z on {0, 1}"),
    ("bit-power", "?a^?z = 1 - ?z + ?z * ?a", ("?z in bits",), "a^z on {0, 1}"),
    ("bit-cases", "?F(?z) = (1 - ?z) * ?F(0) + ?z * ?F(1)", ("?z in bits",), "the two cases z = 0 and z = 1"),
)  # fmt: skip

"""Mass functions, densities and the normal distribution."""

from __future__ import annotations

from typing import Final

from derivations.rules.calculus import SMOOTH_TWO
from derivations.rules.row import rows

PROBABILITY: Final = rows(
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
    ("binomial-moment",
     "sum[s in range(0, ?n)](binom(?n, s) * ?b^s * (1 - ?b)^(?n - s) * s^?k)"
     " = ?n * ?b * sum[s in range(0, ?n)](binom(?n, s) * ?b^s * (1 - ?b)^(?n - s) * s^(?k - 1))"
     " + ?b * (1 - ?b) * d[t = ?b](sum[s in range(0, ?n)](binom(?n, s) * t^s * (1 - t)^(?n - s) * s^(?k - 1)))",
     ("?n in integers(0, oo)", "?k in integers(1, oo)"), "a moment of the binomial distribution by the one before it"),
    ("sum-of-binomials", "sum[s in range(0, ?n)](binom(?n, s)) = 2^?n", ("?n in integers(0, oo)",),
     "sum of a row of binomial coefficients"),
    ("sum-of-weighted-binomials", "sum[s in range(0, ?n)](binom(?n, s) * ?a^s) = (1 + ?a)^?n",
     ("?n in integers(0, oo)",), "binomial theorem"),
    ("sum-of-binomials-by-index", "sum[s in range(0, ?n)](s * binom(?n, s)) = ?n * 2^(?n - 1)",
     ("?n in integers(1, oo)",), "sum of a row of binomial coefficients, each times its index"),
    ("binomials-as-weights",
     "sum[s in range(0, ?n)](?G(s) * binom(?n, s))"
     " = 2^?n * sum[s in range(0, ?n)](binom(?n, s) * (1 / 2)^s * (1 - 1 / 2)^(?n - s) * ?G(s))",
     ("?n in integers(0, oo)",), "a row of binomial coefficients as the binomial distribution for 1/2"),
    ("binomial-theorem",
     "sum[s in range(0, ?n)](binom(?n, s) * ?a^s * ?b^(?n - s)) = (?a + ?b)^?n",
     ("?n in integers(0, oo)",), "binomial theorem"),
)  # fmt: skip

INTEGRALS: Final = rows(
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

NORMAL: Final = rows(
    "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions, volume 1 (1994), chapter 13",
    ("normal-density", "normal(?x, ?m, ?v) = exp(-(?x - ?m)^2 / (2 * ?v)) / sqrt(2 * pi_number * ?v)", ("0 < ?v",),
     "the density of the normal distribution"),
    ("log-normal-density", "log(normal(?x, ?m, ?v)) = -log(2 * pi_number * ?v) / 2 - (?x - ?m)^2 / (2 * ?v)",
     ("0 < ?v",), "logarithm of the density of the normal distribution"),
    ("normal-rule", "d[t = ?x](normal(?F(t), ?G(t), ?S(t))) = normal(?F(?x), ?G(?x), ?S(?x))"
     " * (d[t = ?x](?S(t)) * ((?F(?x) - ?G(?x))^2 / ?S(?x) - 1) / (2 * ?S(?x))"
     " - (?F(?x) - ?G(?x)) * (d[t = ?x](?F(t)) - d[t = ?x](?G(t))) / ?S(?x))",
     (*SMOOTH_TWO, "differentiable[t = ?x](?S(t))", "0 < ?S(?x)"),
     "derivative of the density of the normal distribution"),
    ("normal-mean", "int[x in reals](normal(x, ?m, ?v) * x) = ?m", ("0 < ?v",), "mean of the normal distribution"),
    ("normal-moment", "int[x in reals](normal(x, ?m, ?v) * x^?n)"
     " = ?m * int[x in reals](normal(x, ?m, ?v) * x^(?n - 1))"
     " + (?n - 1) * ?v * int[x in reals](normal(x, ?m, ?v) * x^(?n - 2))",
     ("0 < ?v", "?n in integers(2, oo)"), "a moment of the normal distribution by the two before it"),
    ("normal-standardised",
     "int[x in reals](normal(x, ?m, ?v) * ?F(x)) = int[x in reals](normal(x, 0, 1) * ?F(?m + sqrt(?v) * x))",
     ("0 < ?v",), "the substitution x = m + sqrt(v) e"),
    ("normal-tilted",
     "normal(?x, ?m, ?v) * exp(?t * ?x) = exp(?m * ?t + ?t^2 * ?v / 2) * normal(?x, ?m + ?t * ?v, ?v)", ("0 < ?v",),
     "the square completed in the exponent of a normal density"),
)  # fmt: skip

EXPONENTIAL: Final = rows(
    "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions, volume 1 (1994), chapter 19",
    ("exponential-total", "int[x in interval(0, oo)](exp(-?l * x)) = 1 / ?l", ("0 < ?l",),
     "the exponential distribution has total mass one"),
    ("exponential-moment", "int[x in interval(0, oo)](exp(-?l * x) * x^?n)"
     " = ?n / ?l * int[x in interval(0, oo)](exp(-?l * x) * x^(?n - 1))", ("0 < ?l", "?n in integers(1, oo)"),
     "a moment of the exponential distribution by the one before it (integration by parts)"),
)  # fmt: skip

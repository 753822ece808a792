"""Inequalities and monotony: propositions that follow from others."""

from __future__ import annotations

from typing import Final

from derivations.rules.row import INFERENCE, Rule, inferences

_MASSES: Final = (
    "pmf[z in ?D](?Q(z))", "pmf[z in ?D](?P(z))", "forall[z in ?D](0 < ?Q(z))", "forall[z in ?D](0 < ?P(z))",
)  # fmt: skip
_DENSITIES: Final = (
    "density[z in ?D](?Q(z))", "density[z in ?D](?P(z))", "forall[z in ?D](0 < ?Q(z))", "forall[z in ?D](0 < ?P(z))",
)  # fmt: skip
_INSIDE: Final = "?x in interval(?a, ?b)"
_SMOOTH_INSIDE: Final = "forall[t in interval(?a, ?b)](differentiable[s = t](?F(s)))"
INFERENCES: Final = (
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
    *inferences(
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
    *inferences(
        "Cover and Thomas, Elements of Information Theory (2006), theorems 2.6.2 and 2.7.1",
        ("jensen-positive",
         "?a <= ?b <== ?b - ?a = sum[z in ?D](?Q(z) * ?F(?G(z))) - ?F(sum[z in ?D](?Q(z) * ?G(z)))",
         ("pmf[z in ?D](?Q(z))", "forall[z in ?D](0 < ?G(z))", "convex[t in interval(0, oo)](?F(t))"),
         "Jensen's inequality for a convex function of positive numbers"),
        ("jensen-positive-of-densities",
         "?a <= ?b <== ?b - ?a = int[z in ?D](?Q(z) * ?F(?G(z))) - ?F(int[z in ?D](?Q(z) * ?G(z)))",
         ("density[z in ?D](?Q(z))", "forall[z in ?D](0 < ?G(z))", "convex[t in interval(0, oo)](?F(t))"),
         "Jensen's inequality for a convex function of positive numbers"),
        ("below-by-log-sum",
         "?a <= ?b <== ?b - ?a = sum[z in ?D](?F(z) * log(?F(z) / ?G(z)))"
         " - sum[z in ?D](?F(z)) * log(sum[z in ?D](?F(z)) / sum[z in ?D](?G(z)))",
         ("forall[z in ?D](0 < ?F(z))", "forall[z in ?D](0 < ?G(z))"), "the log-sum inequality"),
    ),
    *inferences(
        "Hardy, Littlewood, Polya, Inequalities (1934), theorem 7",
        ("below-by-cauchy-schwarz",
         "?a <= ?b <== ?b - ?a = sum[z in ?D](?Q(z) * ?F(z)^2) * sum[z in ?D](?Q(z) * ?G(z)^2)"
         " - sum[z in ?D](?Q(z) * (?F(z) * ?G(z)))^2",
         ("forall[z in ?D](0 <= ?Q(z))",), "the Cauchy-Schwarz inequality"),
        ("below-by-sum", "?a <= ?b <== ?b - ?a = sum[z in ?D](?F(z))", ("forall[z in ?D](0 <= ?F(z))",),
         "the two sides differ by a sum of terms that are not negative"),
    ),
    *inferences(
        "Hardy, Littlewood, Polya, Inequalities (1934), 2.5 and 4.2",
        ("below-by-tangent-of-log", "?a <= ?b <== ?b - ?a = ?x - 1 - log(?x)", ("0 < ?x",), "log x is at most x - 1"),
        ("below-by-tangent-of-exp", "?a <= ?b <== ?b - ?a = exp(?x) - 1 - ?x", (), "1 + x is at most exp x"),
    ),
    *inferences(
        "Rudin, Principles of Mathematical Analysis (1976), theorems 4.29 and 5.11",
        ("sign-of-increasing",
         "0 <= (?x - ?c) * ?F(?x) <== and(?F(?c) = 0, forall[t in interval(?a, ?b)](0 <= d[s = t](?F(s))))",
         (_INSIDE, "?c in interval(?a, ?b)", _SMOOTH_INSIDE), "a function that rises changes its sign where it is 0"),
        ("positive-from-left-end-at-first",
         "0 < ?F(?x) <== and(0 <= limit_right[s = ?a](?F(s)), and(forall[t in interval(?a, ?c)](0 < d[s = t](?F(s))), "
         "forall[t in interval(?a, ?b)](0 <= d[s = t](?F(s)))))",
         (_INSIDE, "?c in interval(?a, ?b)", _SMOOTH_INSIDE),
         "a function that rises at first and never falls is more than its limit at the left end"),
        *(
            row
            for word, below, rising, falling in (
                ("not-negative", "0 <=", "0 <= d[s = t](?F(s))", "d[s = t](?F(s)) <= 0"),
                ("positive", "0 <", "0 < d[s = t](?F(s))", "d[s = t](?F(s)) < 0"),
            )
            for row in (
                (f"{word}-by-least-value",
                 f"{below} ?F(?x) <== and({below} ?F(?c), forall[t in interval(?a, ?b)]"
                 "(0 <= (t - ?c) * d[s = t](?F(s))))",
                 (_INSIDE, "?c in interval(?a, ?b)", _SMOOTH_INSIDE),
                 "the least value, where a function stops to fall and begins to rise"),
                (f"{word}-from-left-end",
                 f"{below} ?F(?x) <== and(0 <= limit_right[s = ?a](?F(s)), forall[t in interval(?a, ?b)]({rising}))",
                 (_INSIDE, _SMOOTH_INSIDE), "a function that rises is at least its limit at the left end"),
                (f"{word}-from-right-end",
                 f"{below} ?F(?x) <== and(0 <= limit_left[s = ?b](?F(s)), forall[t in interval(?a, ?b)]({falling}))",
                 (_INSIDE, _SMOOTH_INSIDE), "a function that falls is at least its limit at the right end"),
            )
        ),
    ),
    *inferences(
        "Rudin, Principles of Mathematical Analysis (1976), theorem 5.10",
        ("mean-value-inequality",
         "abs(?F(?x) - ?F(?y)) <= ?c * abs(?x - ?y) <== forall[t in interval(?a, ?b)](abs(d[s = t](?F(s))) <= ?c)",
         (_INSIDE, "?y in interval(?a, ?b)", _SMOOTH_INSIDE),
         "values differ by no more than the distance times a bound of the derivative"),
    ),
    *inferences(
        "Peano, Arithmetices principia (1889), axiom 9",
        *(
            (f"{word}-by-induction",
             f"{below} ?F(?n) <== and({below} ?F(?a), forall[k in integers(?a, oo)]"
             "(0 <= ?F(k + 1) - ?C(k) * ?F(k)))",
             ("?n in integers(?a, oo)", "?a in integers(-oo, oo)", f"forall[k in integers(?a, oo)]({below} ?C(k))"),
             "by induction: each value is at least a multiple of the one before")
            for word, below in (("not-negative", "0 <="), ("positive", "0 <"))
        ),
        *(
            (f"{word}-by-real-numbers", f"?F(?n) {sign} ?G(?n) <== forall[t in interval(?a, ?b)](?F(t) {sign} ?G(t))",
             ("?n in interval(?a, ?b)",), "what holds for all numbers of an interval")
            for word, sign in (("at-most", "<="), ("less", "<"))
        ),
        ("equal-by-induction",
         "?F(?n) = ?G(?n) <== and(?F(?a) = ?G(?a), forall[k in integers(?a, oo)]"
         "(?F(k + 1) - ?F(k) = ?G(k + 1) - ?G(k)))",
         ("?n in integers(?a, oo)", "?a in integers(-oo, oo)"), "by induction: both sides grow alike"),
    ),
    *inferences(
        "ordered fields",
        ("not-negative-multiple", "0 <= ?a * ?b <== 0 <= ?b", ("0 < ?a",), "a positive multiple"),
        ("at-most-by-multiple", "?a <= ?b <== ?c * ?a <= ?c * ?b", ("0 < ?c",), "both sides times a positive factor"),
        ("positive-multiple", "0 < ?a * ?b <== 0 < ?b", ("0 < ?a",), "a positive multiple"),
        ("at-most-by-squares", "?a <= ?b <== ?a^2 <= ?b^2", ("0 <= ?b",), "the squares compared"),
        ("less-by-squares", "?a < ?b <== ?a^2 < ?b^2", ("0 <= ?b",), "the squares compared"),
        ("at-most-by-exponentials", "?a <= ?b <== exp(?a) <= exp(?b)", (), "the exponentials compared"),
        ("less-by-exponentials", "?a < ?b <== exp(?a) < exp(?b)", (), "the exponentials compared"),
        ("at-most-by-logarithms", "?a <= ?b <== log(?a) <= log(?b)", ("0 < ?a", "0 < ?b"), "the logarithms compared"),
        ("less-by-logarithms", "?a < ?b <== log(?a) < log(?b)", ("0 < ?a", "0 < ?b"), "the logarithms compared"),
        ("cases-of-sign", "?p <== and(if(0 <= ?u, ?p), if(?u <= 0, ?p))", (), "the cases of a sign"),
        *(
            row
            for word, below in (("not-negative", "0 <="), ("positive", "0 <"))
            for row in (
                (f"{word}-beyond", f"{below} ?F(?x) <== forall[s in reals]({below} ?F(?y + s^2))", ("?y <= ?x",),
                 "what is at least y is y and a square"),
                (f"{word}-from-closed-left-end",
                 f"{below} ?F(?x) <== and({below} ?F(?a), forall[t in interval(?a, ?b)]({below} ?F(t)))",
                 ("?a <= ?x", "?x in interval(-oo, ?b)"), "the end itself, and what is beyond it"),
                (f"{word}-from-closed-right-end",
                 f"{below} ?F(?x) <== and({below} ?F(?b), forall[t in interval(?a, ?b)]({below} ?F(t)))",
                 ("?x <= ?b", "?x in interval(?a, oo)"), "the end itself, and what is before it"),
            )
        ),
    ),
    Rule(
        "cauchy-schwarz",
        "E[z in ?D](?Q(z), ?F(z) * ?G(z))^2 <= E[z in ?D](?Q(z), ?F(z)^2) * E[z in ?D](?Q(z), ?G(z)^2) <== 0 = 0",
        ("forall[z in ?D](0 <= ?Q(z))",), "the Cauchy-Schwarz inequality",
        "Grimmett and Stirzaker, Probability and Random Processes (2001), theorem 3.6.9", INFERENCE,
    ),
    Rule(
        "cauchy-schwarz-of-sums",
        "sum[z in ?D](?F(z) * ?G(z))^2 <= sum[z in ?D](?F(z)^2) * sum[z in ?D](?G(z)^2) <== 0 = 0", (),
        "the Cauchy-Schwarz inequality", "Hardy, Littlewood, Polya, Inequalities (1934), theorem 7", INFERENCE,
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
        "equal-by-odd-powers", "?a = ?b <== ?a^?n = ?b^?n", ("?n in integers(1, oo)", "(-1)^?n < 0"),
        "two numbers are equal if an odd power of them is", "ordered fields", INFERENCE,
    ),
    Rule(
        "equal-by-exponentials", "?a = ?b <== exp(?a) = exp(?b)", (),
        "two numbers are equal if their exponentials are",
        "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.2", INFERENCE,
    ),
    Rule(
        "equal-by-logarithms", "?a = ?b <== log(?a) = log(?b)", ("0 < ?a", "0 < ?b"),
        "two positive numbers are equal if their logarithms are",
        "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.1", INFERENCE,
    ),
    Rule(
        "equal-angles", "?a = ?b <== sin(?a - ?b) = 0", ("-pi_number < ?a - ?b", "?a - ?b < pi_number"),
        "two angles less than half a turn apart are equal if the sine of their difference is 0",
        "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.3", INFERENCE,
    ),
    Rule(
        "equal-multiples", "?a = ?b <== ?c * ?a = ?c * ?b", ("?c != 0",),
        "two numbers are equal if a multiple of them is", "fields", INFERENCE,
    ),
    Rule(
        "equal-by-cosines", "?a = ?b <== cos(?a) = cos(?b)",
        ("0 <= ?a", "?a <= pi_number", "0 <= ?b", "?b <= pi_number"),
        "two angles of the upper half turn are equal if their cosines are",
        "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.3", INFERENCE,
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

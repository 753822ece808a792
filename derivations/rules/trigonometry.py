"""Sine and cosine: sums, exact values, half angles; and the inverse functions."""

from __future__ import annotations

from typing import Final

from derivations.rules.row import rows

TRIGONOMETRY: Final = rows(
    "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.3",
    ("sin-sum", "sin(?a + ?b) = sin(?a) * cos(?b) + cos(?a) * sin(?b)", (), "sine of a sum"),
    ("cos-sum", "cos(?a + ?b) = cos(?a) * cos(?b) - sin(?a) * sin(?b)", (), "cosine of a sum"),
    ("sin-double", "sin(2 * ?a) = 2 * sin(?a) * cos(?a)", (), "sine of a double angle"),
    ("cos-double", "cos(2 * ?a) = 2 * cos(?a)^2 - 1", (), "cosine of a double angle"),
    ("sin-negative", "sin(-?a) = -sin(?a)", (), "sine of a negative"),
    ("cos-negative", "cos(-?a) = cos(?a)", (), "cosine of a negative"),
    ("cos-of-absolute-value", "cos(abs(?a)) = cos(?a)", (), "cosine of an absolute value"),
    ("sin-zero", "sin(0) = 0", (), "sin 0 = 0"),
    ("cos-zero", "cos(0) = 1", (), "cos 0 = 1"),
    ("sin-pi", "sin(pi_number) = 0", (), "sine of a straight angle"),
    ("cos-pi", "cos(pi_number) = -1", (), "cosine of a straight angle"),
    ("sin-half-pi", "sin(pi_number / 2) = 1", (), "sine of a right angle"),
    ("cos-half-pi", "cos(pi_number / 2) = 0", (), "cosine of a right angle"),
    ("sin-whole-pi", "sin(?n * pi_number) = 0", ("?n in integers(-oo, oo)",), "sine of a multiple of pi"),
    ("cos-whole-pi", "cos(?n * pi_number) = (-1)^?n", ("?n in integers(-oo, oo)",), "cosine of a multiple of pi"),
    ("sin-sixth-pi", "sin(pi_number / 6) = 1 / 2", (), "sine of 30 degrees"),
    ("cos-sixth-pi", "cos(pi_number / 6) = sqrt(3) / 2", (), "cosine of 30 degrees"),
    ("sin-quarter-pi", "sin(pi_number / 4) = sqrt(2) / 2", (), "sine of 45 degrees"),
    ("cos-quarter-pi", "cos(pi_number / 4) = sqrt(2) / 2", (), "cosine of 45 degrees"),
    ("sin-third-pi", "sin(pi_number / 3) = sqrt(3) / 2", (), "sine of 60 degrees"),
    ("cos-third-pi", "cos(pi_number / 3) = 1 / 2", (), "cosine of 60 degrees"),
    ("sin-fifth-pi", "sin(pi_number / 5) = sqrt(10 - 2 * sqrt(5)) / 4", (), "sine of 36 degrees"),
    ("cos-fifth-pi", "cos(pi_number / 5) = (1 + sqrt(5)) / 4", (), "cosine of 36 degrees"),
    ("cos-half-angle", "cos(?a / 2) = sqrt((1 + cos(?a)) / 2)", ("-pi_number <= ?a", "?a <= pi_number"),
     "cosine of half an angle"),
    ("sin-half-by-cosine", "sin(?a / 2) = sin(?a) / (2 * cos(?a / 2))", ("-pi_number < ?a", "?a < pi_number"),
     "sine of half an angle by its cosine"),
    ("sin-half-angle", "sin(?a / 2) = sqrt((1 - cos(?a)) / 2)", ("0 <= ?a", "?a <= 2 * pi_number"),
     "sine of half an angle"),
)  # fmt: skip

INVERSES: Final = rows(
    "Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 4.4",
    ("sin-arctan", "sin(arctan(?a)) = ?a / sqrt(1 + ?a^2)", (), "sine of an arctangent"),
    ("cos-arctan", "cos(arctan(?a)) = 1 / sqrt(1 + ?a^2)", (), "cosine of an arctangent"),
    ("sin-arcsin", "sin(arcsin(?a)) = ?a", ("-1 <= ?a", "?a <= 1"), "sine of an arcsine"),
    ("cos-arcsin", "cos(arcsin(?a)) = sqrt(1 - ?a^2)", ("-1 <= ?a", "?a <= 1"), "cosine of an arcsine"),
    ("arctan-negative", "arctan(-?a) = -arctan(?a)", (), "arctangent of a negative"),
    ("arcsin-negative", "arcsin(-?a) = -arcsin(?a)", (), "arcsine of a negative"),
    ("arctan-of-tangent", "arctan(sin(?a) / cos(?a)) = ?a", ("-pi_number / 2 < ?a", "?a < pi_number / 2"),
     "arctangent of a tangent"),
    ("arcsin-of-sine", "arcsin(sin(?a)) = ?a", ("-pi_number / 2 <= ?a", "?a <= pi_number / 2"),
     "arcsine of a sine"),
    ("arcosh-of-cosh", "arcosh(cosh(?a)) = abs(?a)", (), "inverse of cosh"),
    ("arctan-zero", "arctan(0) = 0", (), "arctan 0 = 0"),
    ("arctan-one", "arctan(1) = pi_number / 4", (), "arctangent of 1"),
    ("arctan-root-three", "arctan(3^(1 / 2)) = pi_number / 3", (), "arctangent of the root of 3"),
    ("arctan-of-third", "arctan(3^(1 / 2) / 3) = pi_number / 6", (), "arctangent of 1 over the root of 3"),
    ("arcsin-zero", "arcsin(0) = 0", (), "arcsin 0 = 0"),
    ("arcsin-half", "arcsin(1 / 2) = pi_number / 6", (), "arcsine of 1/2"),
    ("arcsin-half-root-two", "arcsin(2^(1 / 2) / 2) = pi_number / 4", (), "arcsine of 1 over the root of 2"),
    ("arcsin-half-root-three", "arcsin(3^(1 / 2) / 2) = pi_number / 3", (), "arcsine of half the root of 3"),
    ("arcsin-one", "arcsin(1) = pi_number / 2", (), "arcsine of 1"),
)  # fmt: skip

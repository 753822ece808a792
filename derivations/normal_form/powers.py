"""Powers with exponents that are no plain numbers, roots and absolute values."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Final

from derivations.errors import OutsideFragment
from derivations.normal_form.canonical import Laurent
from derivations.normal_form.collecting import whole_number
from derivations.normal_form.denesting import cube_denested, denested, is_nested
from derivations.normal_form.functions import divides_by_log, factored_argument, is_known_log, prime_powers
from derivations.normal_form.parity import parity
from derivations.normal_form.rewriting import Rewriting
from derivations.normal_form.sines import with_sines
from derivations.polynomial import ONE, Field
from derivations.term import App, Num, Term, add, mul, neg, number, power

# For positive bases, for natural exponents, and for whole exponents of bases that are not 0.
_ZERO: Final = Num(0)
_ONE: Final = Num(1)
_BASE_RULES: Final = {
    "*": ("power-of-product", "power-of-product-whole", "power-of-product-nonzero"),
    "/": ("power-of-quotient", "power-of-quotient-whole"),
    "^": ("power-of-power", "power-of-power-whole", "power-of-power-nonzero"),
}
_THIRD: Final = Fraction(1, 3)
_SUM_RULES: Final = ("power-sum", "power-sum-whole", "power-sum-nonzero")
_ROOT_RULES: Final = {"*": "sqrt-of-product", "/": "sqrt-of-quotient", "^": "sqrt-of-square"}
_ABS_RULES: Final = {
    "*": ("abs-of-product",), "/": ("abs-of-quotient",), "neg": ("abs-of-negation",),
    "^": ("abs-of-power-whole", "abs-of-power-nonzero"),
}  # fmt: skip


def raised(r: Rewriting) -> None:
    """base ^ exponent: taken apart by the exponent, then by the base; what is left has a base that does not factor."""
    r.inside(1, r.normal)
    base, exponent = _parts(r)
    if base == _ONE:
        r.apply("power-of-one")
    elif base == _ZERO and r.attempt("power-of-zero", surely=True):
        pass
    elif isinstance(base, App) and base.head == "exp" and rational(exponent) is None:
        r.attempt("exp-multiple", reverse=True, c=exponent, a=base.args[0])
        r.normal(r)
    elif (
        ((_has_smaller_log(r, base, exponent) or _log_cancels(r, base, exponent)) and r.attempt("power-by-exp"))
        or whole_number(exponent) is not None
        or r.attempt("bit-power", surely=True)
        or r.attempt("parity-of-square")
        or parity(r)
        or _abs_outside(r, base)
        or _exponent_split(r, exponent)
        or ((value := rational(exponent)) is not None and (_root_taken(r, value) or _root_of_power(r, value)))
        or _base_split(r, exponent)
        or (value is None and _multiple_taken(r, exponent))
    ):
        r.normal(r)
    else:
        r.inside(0, _factored if value is not None else _surely_factored)
        r.inside(0, with_sines)
        if _parts(r)[0] != base:
            raised(r)


def _has_smaller_log(r: Rewriting, base: Term, exponent: Term) -> bool:
    """Whether a logarithm in the exponent comes before that of the base: x^log(y) and y^log(x) are one power."""
    if "log" not in exponent.heads:
        return False
    numbers = Laurent(bound=r.bound)
    try:
        polynomial = numbers.polynomial(exponent)
    except OutsideFragment:
        return False
    own = str(App("log", (base,)))
    above = (numbers.atoms[g] for monomial in polynomial for g, e in monomial if e >= 1)
    return any(str(atom) < own and is_known_log(r, atom) for atom in above)


def _log_cancels(r: Rewriting, base: Term, exponent: Term) -> bool:
    """Whether the exponent is divided by the logarithm of the base, as in a^(log(x) / log(a))."""
    if not divides_by_log(exponent):
        return False
    product = r.trial(mul(exponent, App("log", (base,))))
    r.normal(product)
    factored_argument(product)
    return not divides_by_log(product.term)


def _exponent_split(r: Rewriting, exponent: Term) -> bool:
    """a^(b + c), where the exponent is no number; a^(b - c) as a^(b + -c)."""
    if not isinstance(exponent, App) or exponent.head not in ("+", "-") or rational(exponent) is not None:
        return False
    if exponent.head == "-" and not r.attempt("power-difference"):
        b, c = exponent.args
        r.inside(1, lambda part: part.compute(add(b, neg(c))))
    elif exponent.head == "-":
        return True
    return any(r.attempt(rule) for rule in _SUM_RULES)


def _base_split(r: Rewriting, exponent: Term) -> bool:
    """(a b)^c, (a / b)^c, (a^b)^c and (-a)^c; the q-th root of a^x stays, it is the atom for a^(x/q)."""
    base = _parts(r)[0]
    if isinstance(base, App) and base.head == "neg" and base.args[0] != _ONE:
        positive = mul(neg(Num(1)), base.args[0])
        r.inside(0, lambda part: part.compute(positive))
        base = _parts(r)[0]
    if not isinstance(base, App) or base.head not in _BASE_RULES:
        return False
    if base.head == "^" and rational(exponent) is not None:
        if rational(base.args[1]) is None:
            return False
        r.inside(0, _even_power)
    return any(r.attempt(rule) for rule in _BASE_RULES[base.head]) or _square_split(r, base)


def _square_split(r: Rewriting, base: App) -> bool:
    """(a^2)^c as |a|^(2 c), where the sign of a is not known; it is not assumed afterwards either.

    (a^2)^c = a^(2 c) fails for negative a at c = 1/2, where both sides have values.
    """
    if r.assuming:
        return False
    match base:
        case App("^", (inner, Num(exponent))) if exponent % 2 == 0:
            square = power(inner if exponent == 2 else power(inner, exponent // 2), 2)
            r.inside(0, lambda part: part.compute(square))
            return r.attempt("power-of-square")
    return False


def _abs_outside(r: Rewriting, base: Term) -> bool:
    """|a|^n as |a^n| for a symbol n, whose square is that of a^n."""
    if not isinstance(base, App) or base.head != "abs" or _has_known_sign(r, base.args[0]):
        return False
    return any(r.attempt(rule, reverse=True) for rule in _ABS_RULES["^"])


def _even_power(part: Rewriting) -> None:
    """a^2 as |a|^2 where the sign of a is not known, so that a root of it is a power of |a|."""
    match part.term:
        case App("^", (inner, Num(exponent))) if exponent and exponent % 2 == 0:
            if not part.known(App("<", (_ZERO, inner))) and part.known(App("<", (_ZERO, App("abs", (inner,))))):
                part.compute(power(App("abs", (inner,)), exponent), "root-algebra")


def _multiple_taken(r: Rewriting, exponent: Term) -> bool:
    """a^(c x) as (a^x)^c for a number c."""
    numbers = Laurent()
    try:
        polynomial = numbers.polynomial(exponent)
    except OutsideFragment:
        return False
    if len(polynomial) != 1:
        return False
    ((monomial, coefficient),) = polynomial.items()
    if coefficient == 1:
        return False
    base, rest = _parts(r)[0], numbers.written_monomial(monomial, 1)
    r.inside(1, lambda part: part.compute(mul(rest, number(coefficient))))
    return any(r.attempt(rule, reverse=True, a=base, b=rest, c=number(coefficient)) for rule in _BASE_RULES["^"])


def _root_taken(r: Rewriting, value: Fraction) -> bool:
    """a^(p/q) as a^k * (a^(1/q))^p with 0 < p < q; says whether there was anything to do."""
    base, _ = _parts(r)
    whole = floor(value)
    if whole:
        exponent = add(number(whole), number(value - whole))
        r.inside(1, lambda part: part.compute(exponent))
        return r.attempt("power-sum")
    if value.numerator != 1:
        exponent = mul(number(Fraction(1, value.denominator)), Num(value.numerator))
        r.inside(1, lambda part: part.compute(exponent))
        return r.attempt("power-of-power", reverse=True, a=base, b=exponent.args[0], c=exponent.args[1])
    return False


def _root_of_power(r: Rewriting, value: Fraction) -> bool:
    """A third root of a cube in disguise."""
    if value != _THIRD or not is_nested(_parts(r)[0]):
        return False
    r.inside(0, r.normal)
    return cube_denested(r)


def _surely_factored(part: Rewriting) -> None:
    """The same without assumptions: |a|^x = a^x fails for negative a at x = 1, where both sides have values."""
    part.assuming = False
    _factored(part)


def _factored(part: Rewriting) -> None:
    """A base in normal form, as a product of irreducible factors; a number by its primes."""
    part.normal(part)
    factored_argument(part)
    if isinstance(part.term, Num) and len(prime_powers(part.term.value)) == 1:
        prime, exponent = prime_powers(part.term.value)[0]
        if exponent > 1:
            part.compute(power(Num(prime), exponent))
    elif isinstance(part.term, Num) and part.term.value > 1:
        (prime, exponent), *_ = prime_powers(part.term.value)
        part.compute(mul(power(Num(prime), exponent), Num(part.term.value // prime**exponent)))


def rational(exponent: Term) -> Fraction | None:
    """The value of an exponent that is a rational number."""
    try:
        top, bottom = Field().quotient(exponent)
    except OutsideFragment:
        return None
    if not set(top) <= {ONE} or bottom != {ONE: 1}:
        return None
    return Fraction(top.get(ONE, 0))


def square_root(r: Rewriting) -> None:
    """A power with exponent 1/2 where the sign allows; else the root of each factor, of a square its absolute value."""
    if is_nested(_argument(r)):
        r.inside(0, r.normal)
        if denested(r):
            r.apply("sqrt-of-square")
            r.normal(r)
            return
    _root_by_factors(r)


def _root_by_factors(r: Rewriting) -> None:
    if _of_square(r) or r.attempt("sqrt-power"):
        r.normal(r)
        return
    inner = _argument(r)
    if isinstance(inner, App) and inner.head in _ROOT_RULES and r.attempt(_ROOT_RULES[inner.head]):
        r.normal(r)
        return
    r.inside(0, _factored)
    r.inside(0, with_sines)
    if _argument(r) != inner:
        _root_by_factors(r)
    elif inner == _ZERO:
        r.inside(0, lambda part: part.compute(power(Num(0), 2)))
        r.apply("sqrt-of-square")
        r.normal(r)


def sign(r: Rewriting) -> None:
    """The sign of a product is the product of the signs; one that is not known is |a| / a."""
    if any(r.attempt(f"sign-of-{kind}", surely=True) for kind in ("positive", "negative", "zero")):
        r.normal(r)
        return
    inner = _argument(r)
    r.inside(0, _as_product)
    r.inside(0, _as_two_factors)
    if r.attempt("sign-of-product") or r.attempt("sign-of-quotient") or r.attempt("sign-by-absolute-value"):
        r.normal(r)
    elif _argument(r) != inner:
        sign(r)


def odd_root(r: Rewriting) -> None:
    """The real root of odd degree: a power where the sign is known; else the root of each factor."""
    r.inside(1, r.normal)
    if any(r.attempt(f"root-of-{kind}", surely=True) for kind in ("positive", "zero")):
        r.normal(r)
        return
    inner = _argument(r)
    r.inside(0, _as_product)
    if any(r.attempt(f"root-of-{kind}") for kind in ("product", "quotient", "negation", "power")):
        r.normal(r)
    elif _argument(r) != inner:
        odd_root(r)


def _as_product(part: Rewriting) -> None:
    """An argument in normal form, as a product or quotient of irreducible factors."""
    part.normal(part)
    factored_argument(part)


def _as_two_factors(part: Rewriting) -> None:
    """-a as -1 * a, and a whole power as a product."""
    match part.term:
        case App("neg", (inner,)) if not isinstance(inner, Num):
            part.compute(mul(neg(Num(1)), inner))
        case App("^", (base, Num(exponent))) if exponent > 1:
            part.compute(mul(base, power(base, exponent - 1) if exponent > 2 else base))


def _of_square(r: Rewriting) -> bool:
    """The root of an even power as an absolute value, which needs no condition."""
    match _argument(r):
        case App("^", (base, Num(exponent))) if exponent and exponent % 2 == 0:
            square = power(base if exponent == 2 else power(base, exponent // 2), 2)
            r.inside(0, lambda part: part.compute(square))
            return r.attempt("sqrt-of-square")
    return False


def absolute_value(r: Rewriting) -> None:
    """|a| by its sign; of a product the product of the absolute values."""
    if r.attempt("abs-of-positive", surely=True) or r.attempt("abs-of-negative", surely=True):
        r.normal(r)
        return
    inner = _argument(r)
    if isinstance(inner, App) and _may_go_inside(r, inner) and any(map(r.attempt, _ABS_RULES.get(inner.head, ()))):
        r.normal(r)
        return
    r.inside(0, r.normal)
    r.inside(0, factored_argument)
    if _argument(r) != inner:
        absolute_value(r)


def _may_go_inside(r: Rewriting, inner: App) -> bool:
    """Whether the absolute value goes inside: of a power a^n for a symbol n only where the sign of a is known."""
    return inner.head != "^" or whole_number(inner.args[1]) is not None or _has_known_sign(r, inner.args[0])


def _has_known_sign(r: Rewriting, term: Term) -> bool:
    return r.known(App("<", (_ZERO, term))) or r.known(App("<", (term, _ZERO)))


def _argument(r: Rewriting) -> Term:
    return r.term.args[0] if isinstance(r.term, App) else r.term


def _parts(r: Rewriting) -> tuple[Term, Term]:
    if isinstance(r.term, App) and len(r.term.args) == 2:
        return r.term.args[0], r.term.args[1]
    return r.term, Num(1)

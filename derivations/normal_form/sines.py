"""(1 - cos x)(1 + cos x) as sin(x)^2, where a square root asks for squares."""

from __future__ import annotations

from derivations.normal_form.rewriting import Rewriting
from derivations.term import App, Num, Term, add, div, mul, power, sub, subterms

_ONE = Num(1)


def with_sines(part: Rewriting) -> None:
    """A product of factors in which 1 - cos x and 1 + cos x stand side by side."""
    factors: dict[Term, int] = {}
    _list(part.term, 1, factors)
    for cosine in [one for one in dict.fromkeys(subterms(part.term)) if isinstance(one, App) and one.head == "cos"]:
        pair = sub(_ONE, cosine), add(_ONE, cosine)
        low, high = (factors.get(one, 0) for one in pair)
        if low * high <= 0:
            continue
        shared = min(low, high) if low > 0 else max(low, high)
        sine = App("sin", cosine.args)
        if shared < 0 and not part.known(App("!=", (sine, Num(0)))):
            continue
        for one in pair:
            factors[one] -= shared
        factors[sine] = factors.get(sine, 0) + 2 * shared
    if any(isinstance(one, App) and one.head == "sin" and exponent for one, exponent in factors.items()):
        part.compute(_product(factors), "root-algebra")


def _list(term: Term, exponent: int, factors: dict[Term, int]) -> None:
    match term:
        case App("*", (left, right)):
            _list(left, exponent, factors)
            _list(right, exponent, factors)
        case App("/", (left, right)):
            _list(left, exponent, factors)
            _list(right, -exponent, factors)
        case App("^", (base, Num(value))):
            factors[base] = factors.get(base, 0) + exponent * value
        case _:
            factors[term] = factors.get(term, 0) + exponent


def _product(factors: dict[Term, int]) -> Term:
    """The factors again, those with negative exponents below the fraction bar."""
    sides: dict[bool, Term] = {True: _ONE, False: _ONE}
    for base, exponent in factors.items():
        if exponent and base != _ONE:
            factor = base if abs(exponent) == 1 else power(base, abs(exponent))
            whole = sides[exponent > 0]
            sides[exponent > 0] = factor if whole == _ONE else mul(whole, factor)
    return sides[True] if sides[False] == _ONE else div(sides[True], sides[False])

"""Logarithms and exponentials, taken apart as far as the signs allow; Bernoulli and abstract functions."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from derivations.errors import OutsideFragment
from derivations.matching import function
from derivations.normal_form.canonical import Canonical, Laurent
from derivations.normal_form.collecting import may_divide
from derivations.normal_form.rewriting import Rewriting
from derivations.term import App, Bind, Num, Term, Var, mul, number, power, subterms

_ZERO: Final = Num(0)
_UNFOLDED: Final = {
    "sigmoid": "sigmoid", "logit": "logit", "softplus": "softplus", "tanh": "tanh", "sinh": "sinh", "cosh": "cosh",
    "arccos": "arccos", "arsinh": "arsinh", "arcosh": "arcosh", "artanh": "artanh", "max": "maximum", "min": "minimum",
}  # fmt: skip
_LOG_RULES: Final = {
    "*": "log-product", "/": "log-quotient", "^": "log-power", "exp": "log-exp", "sqrt": "log-sqrt",
    "bern": "log-bernoulli", "normal": "log-normal-density",
}  # fmt: skip
_LARGEST_FACTORED: Final = 10**12


def logarithm(r: Rewriting) -> None:
    """log of products, quotients, powers and finite products of positive things; log of a number by its primes."""
    inner = _argument(r)
    if _is_square_of_unknown(r, inner) and r.attempt("log-of-square"):
        r.normal(r)
        return
    if isinstance(inner, App) and inner.head in _LOG_RULES and r.attempt(_LOG_RULES[inner.head]):
        r.normal(r)
        return
    if isinstance(inner, Bind) and inner.head == "prod" and r.attempt("log-of-finite-product"):
        r.normal(r)
        return
    if isinstance(inner, Num):
        _log_of_number(r, inner.value)
        return
    r.inside(0, r.normal)
    r.inside(0, factored_argument)
    if _argument(r) != inner:
        logarithm(r)


def _is_square_of_unknown(r: Rewriting, inner: Term) -> bool:
    """a^2 where a may be negative: then log(a^2) is 2 log|a|, and 2 log(a) only under a condition."""
    if not isinstance(inner, App) or inner.head != "^" or r.assuming:
        return False
    return not r.known(App("<", (_ZERO, inner.args[0])))


def factored_argument(part: Rewriting) -> None:
    """The argument of a logarithm as a product of irreducible factors, of the sign that makes them positive."""
    numbers = Canonical(bound=part.bound)
    try:
        product = numbers.factors(part.term, lambda factor: part.known(App("<", (factor, _ZERO))))
    except OutsideFragment:
        return
    if may_divide(part, numbers):
        part.compute(product)


def _log_of_number(r: Rewriting, value: int) -> None:
    if value == 1:
        r.apply("log-one")
        return
    factors = prime_powers(value)
    if not factors or factors == [(value, 1)]:
        return
    written = [Num(p) if e == 1 else power(Num(p), e) for p, e in factors]
    whole: Term = written[0]
    for factor in written[1:]:
        whole = mul(whole, factor)
    r.inside(0, lambda part: part.compute(whole))
    r.normal(r)


def prime_powers(value: int) -> list[tuple[int, int]]:
    """The factorisation by trial division; what is too large stays one factor."""
    found: list[tuple[int, int]] = []
    divisor = 2
    while divisor * divisor <= value and value <= _LARGEST_FACTORED:
        count = 0
        while value % divisor == 0:
            value //= divisor
            count += 1
        if count:
            found.append((divisor, count))
        divisor += 1
    return [*found, (value, 1)] if value > 1 else found


def exponential(r: Rewriting) -> None:
    """exp of a sum is a product, exp of a multiple a power, exp of a logarithm its argument."""
    r.inside(0, r.normal)
    if divides_by_log(_argument(r)):
        r.inside(0, _log_cancelled)
    inner = _argument(r)
    if inner == _ZERO:
        r.apply("exp-zero")
    elif isinstance(inner, App) and inner.head == "-":
        r.inside(0, lambda part: part.compute(App("+", (inner.args[0], App("neg", (inner.args[1],))))))
        r.apply("exp-sum")
        r.normal(r)
    elif any(r.attempt(rule) for rule in ("exp-sum", "exp-negative", "exp-log")) or _product_of_logs(r, inner):
        r.normal(r)
    elif _multiplied(r):
        if not r.attempt("exp-multiple-log"):
            r.apply("exp-multiple")
        r.normal(r)


def _product_of_logs(r: Rewriting, inner: Term) -> bool:
    """exp(sum[i in D](log(F(i)))) as exp(log(prod[i in D](F(i))))."""
    if not isinstance(inner, Bind) or inner.head != "sum":
        return False
    part = r.trial()
    done: list[bool] = []
    part.inside(0, lambda total: done.append(total.attempt("log-of-finite-product", reverse=True)))
    if done != [True] or not part.attempt("exp-log"):
        return False
    r.term = part.term
    r.moves.extend(part.moves)
    return True


def _log_cancelled(part: Rewriting) -> None:
    """(log 2 + log 5) log x / (log 2 + log 5) as log x; what goes on dividing by a logarithm stays as it is."""
    trial = part.trial()
    factored_argument(trial)
    if not divides_by_log(trial.term):
        part.term = trial.term
        part.moves.extend(trial.moves)


def divides_by_log(term: Term) -> bool:
    """Whether something is divided by a logarithm."""
    return "log" in term.heads and any(
        isinstance(part, App) and part.head == "/" and "log" in part.args[1].heads for part in subterms(term)
    )


def is_known_log(r: Rewriting, atom: Term) -> bool:
    """A logarithm of what is known, or may be assumed, to be positive."""
    if not isinstance(atom, App) or atom.head != "log":
        return False
    return r.assuming or r.known(App("<", (_ZERO, atom.args[0])))


def _multiplied(r: Rewriting) -> bool:
    """Write the argument as number * monomial; False where the number is 1 already or there is more than one term."""
    numbers = Laurent(bound=r.bound)
    try:
        polynomial = numbers.polynomial(_argument(r))
    except OutsideFragment:
        return False
    if len(polynomial) != 1:
        return False
    ((monomial, coefficient),) = polynomial.items()
    logs = [g for g, e in monomial if e >= 1 and is_known_log(r, numbers.atoms[g])]
    if logs:
        chosen = min(logs, key=lambda g: str(numbers.atoms[g]))
        rest = tuple((g, e - (g == chosen)) for g, e in monomial if g != chosen or e > 1)
        product = mul(numbers.written_monomial(rest, coefficient), numbers.atoms[chosen])
        r.inside(0, lambda part: part.compute(product))
        return True
    if coefficient == 1:
        return False
    shape = mul(number(coefficient), numbers.written_monomial(monomial, Fraction(1)))
    r.inside(0, lambda part: part.compute(shape))
    return True


def bernoulli(r: Rewriting) -> None:
    """bern(b, z): its value at a known z, else the polynomial that it is on {0, 1}."""
    r.inside(1, r.normal)
    _, bit = _parts(r)
    if bit == Num(0):
        r.apply("bernoulli-zero")
    elif bit == Num(1):
        r.apply("bernoulli-one")
    elif not r.attempt("bernoulli", surely=True):
        r.inside(0, r.normal)
        return
    r.normal(r)


def unfolded(r: Rewriting) -> None:
    """Functions that are defined by others: by exp and log, or by the absolute value."""
    if isinstance(r.term, App) and r.term.head == "arcosh" and r.attempt("arcosh-of-cosh"):
        r.normal(r)
    elif isinstance(r.term, App) and r.term.head in _UNFOLDED:
        r.apply(_UNFOLDED[r.term.head])
        r.normal(r)


def component(r: Rewriting) -> None:
    """v[i] with the index in normal form."""
    r.inside(1, r.normal)


def abstract_function(r: Rewriting) -> None:
    """Arguments in normal form; on {0, 1} the probability of 1 is expressed by that of 0."""
    term = r.term
    if not isinstance(term, App):
        return
    for place in range(len(term.args)):
        r.inside(place, r.normal)
    term = r.term
    if isinstance(term, App):
        for place, arg in enumerate(term.args):
            if arg == Num(1):
                name = r.fresh("z")
                args = [Var(name) if k == place else a for k, a in enumerate(term.args)]
                if r.attempt("complementary-probability", surely=True, Q=function(App(term.head, args), name)):
                    return


def _argument(r: Rewriting) -> Term:
    return r.term.args[0] if isinstance(r.term, App) else r.term


def _parts(r: Rewriting) -> tuple[Term, Term]:
    if isinstance(r.term, App) and len(r.term.args) == 2:
        return r.term.args[0], r.term.args[1]
    return r.term, Num(1)

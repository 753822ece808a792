"""Derivatives, pushed to the leaves: what is left is d[t = x](q(t, z)) of abstract functions."""

from __future__ import annotations

from typing import Final

from derivations.errors import OutsideFragment
from derivations.matching import function
from derivations.normal_form.rewriting import Rewriting
from derivations.sizes import is_larger
from derivations.term import App, Bind, Bound, Num, Term, Var, instantiated, opened

_BY_HEAD: Final[dict[str, tuple[str, ...]]] = {
    "+": ("sum-rule",),
    "-": ("difference-rule",),
    "neg": ("negative-rule",),
    "*": ("constant-factor-left", "constant-factor-right", "abs-product-rule", "abs-power-rule", "product-rule"),
    "/": ("constant-divisor", "quotient-rule"),
    "^": ("power-rule", "power-rule-negative", "power-rule-real", "exponential-rule", "general-power-rule"),
    "log": ("log-rule",),
    "exp": ("exp-rule",),
    "sqrt": ("sqrt-rule",),
    "sigmoid": ("sigmoid-rule",),
    "logit": ("logit-rule",),
    "softplus": ("softplus-rule",),
    "tanh": ("tanh-rule",),
    "abs": ("abs-rule",),
    "sin": ("sin-rule",),
    "cos": ("cos-rule",),
    "sinh": ("sinh-rule",),
    "cosh": ("cosh-rule",),
    "arctan": ("arctan-rule",),
    "arcsin": ("arcsin-rule",),
    "root": ("root-rule",),
    "sign": ("sign-rule",),
    "bern": ("bernoulli-rule",),
    "normal": ("normal-rule",),
    "sum": ("derivative-of-finite-sum",),
    "int": ("derivative-of-integral",),
    "prod": ("derivative-of-finite-product",),
}
# What the binder of a mass function or a density is called, its normalisation, and its exchange with a derivative.
_NORMALISED: Final = {
    "sum": ("pmf", "normalisation", "derivative-of-finite-sum"),
    "int": ("density", "normalisation-of-density", "derivative-of-integral"),
}
_ABSORBED: Final = frozenset({"E", "Var", "Cov", "KL", "H", "CE", "d"})
_MOST_NODES: Final = 300  # of what is differentiated once more
_UNFOLDED: Final = frozenset({"max", "min", "arccos", "arsinh", "arcosh", "artanh"})
_SPLITTING_LOG: Final = frozenset({"*", "/", "^", "bern", "normal", "exp", "sqrt", "prod"})


def derivative(r: Rewriting) -> None:
    """d[t = x](F(t)) by the rules of differentiation."""
    term = r.term
    if not isinstance(term, Bind):
        return
    body = term.bodies[0]
    if not body.loose:
        r.apply("derivative-of-constant")
    elif body == Bound(0):
        r.apply("derivative-of-identity")
    elif _prepared(r, body):
        derivative(r)
    elif any(r.attempt(rule) for rule in _rules(body)) or _chained(r, body):
        r.normal(r)
    elif _settled(r):
        derivative(r)
    else:
        r.inside(0, r.normal)


def _settled(r: Rewriting) -> bool:
    """Whether the function changed by its own normal form, of which more may be known to be differentiable."""
    before = r.term
    r.inside(1, r.normal)
    return r.term != before


def _rules(body: Term) -> tuple[str, ...]:
    return _BY_HEAD.get(body.head, ()) if isinstance(body, (App, Bind)) else ()


def _is_absorbed(body: Term) -> bool:
    """Whether a binder is unfolded first: an expectation, an integral over all reals, a sum of binomials."""
    if not isinstance(body, Bind):
        return False
    counts = body.head == "sum" and not body.heads.isdisjoint(("binom", "factorial"))
    return counts or body.head in _ABSORBED or (body.head, body.arg) == ("int", App("reals"))


def _prepared(r: Rewriting, body: Term) -> bool:
    """Whether the function was first rewritten: expectations unfolded, inner derivatives taken, logs split."""
    before = r.term
    if _is_absorbed(body) or (isinstance(body, App) and body.head in _UNFOLDED):
        r.inside(1, r.normal)
        if is_larger(r.term, _MOST_NODES):
            raise OutsideFragment("size: a derivative with too many terms")
    elif isinstance(body, App) and body.head == "log":
        inner = body.args[0]
        if isinstance(inner, (App, Bind)) and (inner.head in _SPLITTING_LOG or isinstance(inner, Bind)):
            r.inside(1, r.normal)
    return r.term != before


def _chained(r: Rewriting, body: Term) -> bool:
    """An abstract function of an inner function of t: the chain rule; of t itself: nothing to do."""
    if isinstance(body, Bind):
        return body.head == "d" and _moving(r, body)
    if not isinstance(body, App) or body.head in _BY_HEAD or not body.args:
        return False
    places = [k for k, arg in enumerate(body.args) if arg.loose]
    if len(places) != 1 or body.args[places[0]] == Bound(0):
        return _complementary(r, body)
    place = places[0]
    name = r.fresh("s")
    args = [Var(name) if k == place else arg for k, arg in enumerate(body.args)]
    outer = function(App(body.head, args), name)
    return r.attempt("chain-rule", F=outer, G=body.args[place])


def _moving(r: Rewriting, moving: Bind) -> bool:
    """A derivative at a point that moves with t, as f'(a t), by the chain rule."""
    name = r.fresh(r.term.hint if isinstance(r.term, Bind) else "t")
    inner = opened(r.term, name)[0] if isinstance(r.term, Bind) else None
    if not isinstance(inner, Bind) or inner.arg == Var(name) or name in Bind("d", "s", Num(0), inner.bodies).free_vars:
        return False
    place = r.fresh("s")
    outer = function(Bind("d", inner.hint, Var(place), inner.bodies), place)
    return r.attempt("chain-rule", F=outer, G=moving.arg)


def _complementary(r: Rewriting, body: App) -> bool:
    """d q(t, 1) = -d q(t, 0) for a mass function on {0, 1}."""
    return Num(1) in body.args and _settled(r)


def vanishing(r: Rewriting) -> bool:
    """sum[z in D](d[t = x](Q(t, z))) = 0 where Q is a mass function for every t, and so for densities.

    Returns whether it applied.
    """
    term = r.term
    if not isinstance(term, Bind) or term.head not in _NORMALISED:
        return False
    depth, body = 0, term.bodies[0]
    while isinstance(body, Bind) and body.head == "d":
        depth, body = depth + 1, body.bodies[0]
    if depth == 0 or not _is_mass(r, term, depth):
        return False
    part = r.trial()
    if not _pulled_out(part, depth) or part.term != Num(0):
        return False
    r.term = part.term
    r.moves.extend(part.moves)
    return True


def _pulled_out(r: Rewriting, depth: int) -> bool:
    """Move `depth` derivatives in front of the sum, then differentiate the constant 1."""
    term = r.term
    if not isinstance(term, Bind):
        return False
    _, normalisation, exchange = _NORMALISED[term.head]
    if depth == 0:
        return r.attempt(normalisation, surely=True)
    if not r.attempt(exchange, reverse=True):
        return False
    below: list[bool] = []
    r.inside(1, lambda part: below.append(_pulled_out(part, depth - 1)))
    return below == [True] and r.attempt("derivative-of-constant")


def _is_mass(r: Rewriting, term: Bind, depth: int) -> bool:
    """A quick look before the work: the innermost function at the point is a mass function."""
    name = r.fresh(term.hint)
    body = opened(term, name)[0]
    for _ in range(depth):
        if not isinstance(body, Bind):
            return False
        body = instantiated(body.bodies[0], (body.arg,))
    mass = Bind(_NORMALISED[term.head][0], term.hint, term.arg, (function(body, name),))
    return r.known(mass)

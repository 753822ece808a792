"""Inequalities whose two sides differ by what is never negative: a divergence, a gap in Jensen's inequality.

A row says: a <= b if b - a is this quantity. Which distributions it is about is searched for in the claim; that the
difference is this quantity, and every condition, the kernel checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import islice, permutations, product
from typing import Final, NamedTuple

from derivations.conditions import holds
from derivations.errors import KernelError
from derivations.given import Given
from derivations.kernel import Apply, instance
from derivations.matching import function, replaced
from derivations.rules import TABLE
from derivations.term import (
    App,
    Bind,
    Bound,
    Num,
    Term,
    Var,
    bind,
    children,
    div,
    fresh_name,
    instantiated,
    mul,
    neg,
    opened,
    power,
    sub,
    subterms,
    summation,
)

_MOST: Final = 40  # instances to try for a claim
_FEW: Final = 3  # denominators to multiply by
_ZERO: Final = Num(0)
_ONE: Final = Num(1)
_REALS: Final = App("reals")
_HALF_LINE: Final = App("interval", (_ZERO, App("oo")))
_PLACE: Final = Bound(0)  # the argument of a function that a metavariable stands for
# The heads that average under the distribution of their first body.
_AVERAGES: Final = frozenset({"E", "Var", "Cov", "KL", "H", "CE"})


# Besides abstract functions, what may be a distribution by its form: a quotient, a mixture.
_MASSES: Final = frozenset({"/", "sum"})


class Law(NamedTuple):
    """A distribution on a set: `mass` as a function of one place, under a `sum` or an `int`."""

    total: str
    domain: Term
    mass: Term


class Average(NamedTuple):
    """A subterm that is the mean of `values` under a law."""

    term: Term
    law: Law
    values: Term


def gaps(claim: App, given: Given, reached: Term | None = None) -> Iterator[tuple[Apply, Term]]:
    """Steps that reduce a <= b to an equation, with that equation; of what was `reached` from it, if it was changed.

    >>> from derivations.notation import read
    >>> claim = read("sum[z in Z](q(z) * log(f(z))) <= log(sum[z in Z](q(z) * f(z)))")
    >>> given = Given.of("pmf[z in Z](q(z))", "0 < q(?z)", "0 < f(?z)")
    >>> [step.rule for step, _ in gaps(claim, given)][:1]
    ['jensen-log']
    """
    for rule, bindings in islice(_instances(claim, given), _MOST):
        step = Apply(rule, tuple((f"?{name}", body) for name, body in bindings.items()))
        try:
            yield step, instance(TABLE[rule], claim if reached is None else reached, step)[1]
        except KernelError:
            continue


def _instances(claim: App, given: Given) -> Iterator[tuple[str, dict[str, Term]]]:
    """Rows with what their metavariables may stand for here."""
    laws = list(dict.fromkeys(_laws(claim, given)))
    means = list(dict.fromkeys(_averages(claim, laws)))
    uniform = list(dict.fromkeys(_uniform(claim)))
    yield from _jensen_log(claim, means)
    yield from _jensen_convex(claim, [*means, *_plain_means(claim)], given)
    yield from _divergences(claim, laws)
    yield from _mean_divergences(claim, laws, given)
    yield from _tangents(claim)
    yield from _log_sums(claim)
    yield from _cauchy_schwarz(claim, given)
    yield from _jensen_inside([*laws, *uniform], claim)
    yield from _distances([*laws, *uniform])
    yield from _sums_of_signs(claim, laws, given)
    yield from _variances(claim, laws, given)


def _row(name: str, law: Law) -> str:
    return f"{name}-of-densities" if law.total == "int" else name


# ---------------------------------------------------------------- what a claim speaks of


def _laws(claim: Term, given: Given) -> Iterator[Law]:
    """The distributions in a claim: those that averages name, and factors of summands that are distributions."""
    for part in subterms(claim):
        if isinstance(part, Bind) and not part.loose and part.head in _AVERAGES:
            yield Law("sum", part.arg, part.bodies[0])
            if part.head in ("KL", "CE"):
                yield Law("sum", part.arg, part.bodies[1])
    for part, places in _places(claim, given, ()):
        inside = [place for place in places if place.name in part.free_vars]
        if len(inside) == 1 and isinstance(part, (App, Bind)) and part.head in _MASSES | _heads(part):
            name, domain, head = inside[0]
            total = "sum" if head in _AVERAGES else head
            judgement = "density" if total == "int" else "pmf"
            if total in ("sum", "int") and holds(bind(judgement, name, domain, part), given):
                yield Law(total, domain, function(part, name))


class Place(NamedTuple):
    """A binder around: the name its variable was given, its set, its head."""

    name: str
    domain: Term
    head: str


def _places(term: Term, given: Given, around: tuple[Place, ...]) -> Iterator[tuple[Term, tuple[Place, ...]]]:
    """The parts of a term, below binders with names for the variables, and the binders around each."""
    yield term, around
    if isinstance(term, Bind):
        name = fresh_name(term.hint, given.names | term.free_vars | {place.name for place in around})
        for body in opened(term, name):
            yield from _places(body, given, (*around, Place(name, term.arg, term.head)))
    else:
        for child in children(term):
            yield from _places(child, given, around)


def _heads(term: Term) -> frozenset[str]:
    """The head of an application of a function."""
    return frozenset({term.head}) if isinstance(term, App) and term.head.isidentifier() else frozenset()


def _averages(claim: Term, laws: list[Law]) -> Iterator[Average]:
    """The means in a claim; any sum is one under any law on its set, after division by its mass."""
    for part in subterms(claim):
        if not isinstance(part, Bind) or part.loose:
            continue
        if part.head == "E":
            yield Average(part, Law("sum", part.arg, part.bodies[0]), part.bodies[1])
        elif part.head in ("sum", "int"):
            for law in laws:
                if (law.total, law.domain) == (part.head, part.arg):
                    yield Average(part, law, _without_factor(part.bodies[0], law.mass))


def _without_factor(body: Term, mass: Term) -> Term:
    """body / mass, with the factor left out where it stands in the product."""
    if body == mass:
        return Num(1)
    if isinstance(body, App) and body.head == "*":
        left, right = body.args
        if mass in _factors(left):
            rest = _without_factor(left, mass)
            return right if rest == Num(1) else App("*", (rest, right))
        if mass in _factors(right):
            rest = _without_factor(right, mass)
            return left if rest == Num(1) else App("*", (left, rest))
    return div(body, mass)


def _factors(term: Term) -> list[Term]:
    if isinstance(term, App) and term.head == "*":
        return [factor for arg in term.args for factor in _factors(arg)]
    return [term]


# ---------------------------------------------------------------- the rows


def _jensen_log(claim: Term, means: list[Average]) -> Iterator[tuple[str, dict[str, Term]]]:
    """log E[G] - E[log G], for each logarithm of a mean."""
    inside = {part.args[0] for part in subterms(claim) if isinstance(part, App) and part.head == "log"}
    for mean in means:
        if mean.term in inside:
            yield _row("jensen-log", mean.law), {"D": mean.law.domain, "Q": mean.law.mass, "G": mean.values}


def _jensen_convex(claim: App, means: list[Average], given: Given) -> Iterator[tuple[str, dict[str, Term]]]:
    """E[F(G)] - F(E[G]), with F read off the smaller side, or -F off the larger one."""
    for mean in means:
        for side, sign in ((claim.args[0], False), (claim.args[1], True)):
            if side == mean.term or mean.term not in set(subterms(side)):
                continue
            name = fresh_name("t", side.free_vars | given.names)
            outer = replaced(side, mean.term, Var(name))
            shape = _tidied(function(neg(outer) if sign else outer, name))
            for rule, domain in (("jensen-convex", _REALS), ("jensen-positive", _HALF_LINE)):
                if holds(Bind("convex", "t", domain, (shape,)), given):
                    yield _row(rule, mean.law), _bindings(mean.law, mean.values, shape)
                    break


def _bindings(law: Law, values: Term, shape: Term) -> dict[str, Term]:
    return {"D": law.domain, "Q": law.mass, "G": values, "F": shape}


def _tidied(shape: Term) -> Term:
    """--F as F."""
    match shape:
        case App("neg", (App("neg", (inner,)),)):
            return inner
    return shape


def _divergences(claim: Term, laws: list[Law]) -> Iterator[tuple[str, dict[str, Term]]]:
    """KL(Q, P) for two distributions on one set; P may be what a logarithm is taken of the total of."""
    others = [*laws, *_posteriors(claim)]
    for q, p in product(laws, others):
        if q[:2] == p[:2] and q.mass != p.mass:
            yield _row("below-by-divergence", q), {"D": q.domain, "Q": q.mass, "P": p.mass}


def _posteriors(claim: Term) -> Iterator[Law]:
    """J(z) / (sum of J) for each logarithm of a sum of J."""
    for part in subterms(claim):
        if isinstance(part, App) and part.head == "log":
            total = part.args[0]
            if isinstance(total, Bind) and total.head in ("sum", "int") and not total.loose:
                yield Law(total.head, total.arg, div(total.bodies[0], total))


def _mean_divergences(claim: Term, laws: list[Law], given: Given) -> Iterator[tuple[str, dict[str, Term]]]:
    """The mean under R of KL(Q(w, .), P), for each conditional distribution Q in the claim."""
    sums = [law for law in laws if law.total == "sum"]
    for outer, inner, conditional in dict.fromkeys(_conditionals(claim, given)):
        for r, p in product(sums, sums):
            if r.domain == outer and p.domain == inner:
                yield "below-by-mean-divergence", {
                    "C": outer, "D": inner, "R": r.mass, "Q": conditional, "P": p.mass,
                }  # fmt: skip


def _conditionals(claim: Term, given: Given) -> Iterator[tuple[Term, Term, Term]]:
    """The sets of w and z, and Q as a function of both, for the mass functions Q(w, .) below two sums."""
    for w, z, part in _conditional_places(claim, given):
        yield w.domain, z.domain, function(part, w.name, z.name)


def _conditional_places(claim: Term, given: Given) -> Iterator[tuple[Place, Place, Term]]:
    """The places of w and z, and the mass function Q(w, z) of z."""
    for part, places in _places(claim, given, ()):
        inside = [place for place in places if place.name in part.free_vars]
        if len(inside) == 2 and _heads(part):
            for w, z in permutations(inside):
                if holds(bind("pmf", z.name, z.domain, part), given):
                    yield w, z, part


def _tangents(claim: Term) -> Iterator[tuple[str, dict[str, Term]]]:
    """x - 1 - log x, and exp x - 1 - x."""
    for part in subterms(claim):
        if isinstance(part, App) and part.loose == 0 and part.head in ("log", "exp"):
            yield f"below-by-tangent-of-{part.head}", {"x": part.args[0]}
            if part.head == "log":
                yield "below-by-tangent-of-log", {"x": div(Num(1), part.args[0])}


# ---------------------------------------------------------------- sums over a set, with or without weights


def _uniform(claim: Term) -> Iterator[Law]:
    """The uniform distribution on each set that the claim sums over."""
    for part in subterms(claim):
        if isinstance(part, Bind) and part.head in ("sum", *_AVERAGES) and not part.loose:
            yield _equal_masses(part.arg)


def _equal_masses(domain: Term) -> Law:
    return Law("sum", domain, div(_ONE, Bind("sum", "z", domain, (_ONE,))))


def _plain_means(claim: Term) -> Iterator[Average]:
    """Sums that are divided by the number of their terms."""
    for part in subterms(claim):
        match part:
            case App("/", (Bind("sum") as total, size)) | App("*", (App("/", (Num(1), size)), Bind("sum") as total)):
                sizes = (App("range", (_ONE, size)), size.args[0] if isinstance(size, App) and size.args else size)
                if not part.loose and total.arg in sizes:
                    yield Average(part, _equal_masses(total.arg), total.bodies[0])


def _bodies(claim: Term) -> Iterator[tuple[Term, Term]]:
    """The sets that are summed over, with what is summed; of a mean under a law, the product with the mass."""
    for part in subterms(claim):
        if isinstance(part, Bind) and not part.loose:
            if part.head == "sum":
                yield part.arg, part.bodies[0]
            elif part.head == "E":
                yield part.arg, mul(*part.bodies)
            elif part.head in ("H", "CE"):
                yield part.arg, mul(part.bodies[0], App("log", (part.bodies[-1],)))
            elif part.head == "KL":
                yield part.arg, mul(part.bodies[0], App("log", (div(*part.bodies),)))


def _log_sums(claim: Term) -> Iterator[tuple[str, dict[str, Term]]]:
    """sum F log(F / G) and (sum F) log(sum F / sum G), for each F that is multiplied with its logarithm."""
    for domain, body in dict.fromkeys(_bodies(claim)):
        factors = _factors(body)
        for factor in factors:
            match factor:
                case App("log", (App("/", (top, bottom)),)) if top in factors:
                    yield "below-by-log-sum", {"D": domain, "F": top, "G": bottom}
                case App("log", (top,)) if top in factors:
                    yield "below-by-log-sum", {"D": domain, "F": top, "G": _ONE}


def _cauchy_schwarz(claim: App, given: Given) -> Iterator[tuple[str, dict[str, Term]]]:
    """The square of a sum of products on the smaller side, with one factor as a weight or none."""
    for part in subterms(claim.args[0]):
        match part:
            case App("^", (Bind("sum", hint, domain, (body,)) as total, Num(2))) if not total.loose:
                factors = _factors(body)
            case App("^", (Bind("Cov", _, domain, (mass, *values)) as total, Num(2))) if not total.loose:
                centred = [sub(value, Bind("E", "z", domain, (mass, value))) for value in values]
                yield "below-by-cauchy-schwarz", {"D": domain, "Q": mass, "F": centred[0], "G": centred[1]}
                continue
            case _:
                continue
        weights = [_ONE, *(f for f in factors if holds(Bind("forall", hint, domain, (App("<=", (_ZERO, f)),)), given))]
        for weight in weights:
            rest = factors.copy()
            if weight in rest:
                rest.remove(weight)
            for place in range(max(1, len(rest))):
                one, other = _product(rest[: place + 1]), _product(rest[place + 1 :])
                yield "below-by-cauchy-schwarz", {"D": domain, "Q": weight, "F": one, "G": other}


def _product(factors: list[Term]) -> Term:
    return reduce(mul, factors) if factors else _ONE


def _jensen_inside(laws: list[Law], claim: Term) -> Iterator[tuple[str, dict[str, Term]]]:
    """The mean of F(G), for each logarithm, square root and reciprocal that is summed."""
    for domain, body in dict.fromkeys(_bodies(claim)):
        for part in _factors(body):
            match part:
                case App("log" | "sqrt", (inner,)) | App("/", (Num(1), inner)):
                    pass
                case _:
                    continue
            for law in (law for law in laws if law.domain == domain and law.total == "sum"):
                if isinstance(part, App) and part.head == "log":
                    yield "jensen-log", {"D": domain, "Q": law.mass, "G": inner}
                elif isinstance(part, App):
                    shape = neg(App("sqrt", (_PLACE,))) if part.head == "sqrt" else div(_ONE, _PLACE)
                    yield "jensen-positive", _bindings(law, inner, shape)


def _distances(laws: list[Law]) -> Iterator[tuple[str, dict[str, Term]]]:
    """The mean of the square of the ratio of two distributions, and half the squared distance of their roots."""
    for q, p in product(laws, laws):
        if q[:2] == p[:2] and q.mass != p.mass and q.total == "sum":
            yield "jensen-convex", _bindings(q, div(p.mass, q.mass), power(_PLACE, 2))
            roots = [App("sqrt", (law.mass,)) for law in (p, q)]
            yield "below-by-sum", {"D": q.domain, "F": div(power(sub(*roots), 2), Num(2))}


def _sums_of_signs(claim: App, laws: list[Law], given: Given) -> Iterator[tuple[str, dict[str, Term]]]:
    """The terms of the larger sum less those of the smaller one; a number is that many times a distribution."""
    for law in (law for law in laws if law.total == "sum"):
        sides: list[Term] = []
        for side in claim.args:
            match side:
                case Bind("sum", _, domain, (body,)) if domain == law.domain:
                    sides.append(body)
                case _ if isinstance(side, Num):
                    sides.append(law.mass if side == _ONE else mul(side, law.mass))
        if len(sides) == len(claim.args):
            terms = sub(sides[1], sides[0])
            if holds(Bind("forall", "z", law.domain, (App("<=", (_ZERO, terms)),)), given):
                yield "below-by-sum", {"D": law.domain, "F": terms}


def _variances(claim: App, laws: list[Law], given: Given) -> Iterator[tuple[str, dict[str, Term]]]:
    """The mean of a conditional variance, and the variance of a conditional mean, of the values themselves."""
    for w, z, conditional in dict.fromkeys(_conditional_places(claim, given)):
        mean = summation(z.name, z.domain, mul(conditional, Var(z.name)))
        within = summation(z.name, z.domain, mul(conditional, power(sub(Var(z.name), mean), 2)))
        for law in (law for law in laws if law.total == "sum" and law.domain == w.domain):
            weight = instantiated(law.mass, (Var(w.name),))
            total = summation(w.name, w.domain, mul(weight, mean))
            for squares in (within, power(sub(mean, total), 2)):
                yield "below-by-sum", {"D": w.domain, "F": function(mul(weight, squares), w.name)}


def multiples(claim: App, given: Given) -> Iterator[Apply]:
    """Steps that multiply a <= b by a positive denominator, or by all of them.

    >>> from derivations.notation import read
    >>> [str(dict(step.bindings)["?c"]) for step in multiples(read("1 / n <= x"), Given.of("0 < n"))]
    ['n']
    """
    found = [part.args[1] for part in subterms(claim) if isinstance(part, App) and part.head == "/" and not part.loose]
    open_ones = [part for part in dict.fromkeys(found) if not isinstance(part, Num)][:_FEW]
    for factor in dict.fromkeys([*open_ones, *([_product(open_ones)] if len(open_ones) > 1 else [])]):
        if holds(App("<", (_ZERO, factor)), given):
            yield Apply("at-most-by-multiple", (("?c", factor),))

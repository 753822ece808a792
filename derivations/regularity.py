"""What integrals and inequalities ask of functions: densities, integrability, convexity.

By facts of the given, and by the shape of a function; nothing is guessed. `holds` is `conditions.holds`, which asks
these functions and is asked by them.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias

from derivations.given import Given
from derivations.matching import match, mentions
from derivations.polynomial import Field
from derivations.term import App, Bind, Bound, Num, Term, Var, bind, fresh_name, instantiated, opened

Holds: TypeAlias = Callable[[Term, Given], bool]
_ZERO: Final = Num(0)
_HALF_LINE: Final = App("interval", (_ZERO, App("oo")))
_ONE: Final = Num(1)


def normalised(condition: Bind, given: Given, holds: Holds) -> bool:
    """F(z) over the sum, or the integral, of F: for positive F, a finite total and a set that is not empty."""
    mass, total = condition.bodies[0], "int" if condition.head == "density" else "sum"
    if not isinstance(mass, App) or mass.head != "/":
        return False
    top, bottom = mass.args
    if bottom != Bind(total, condition.hint, condition.arg, (top,)):
        return False
    positive = Bind("forall", condition.hint, condition.arg, (App("<", (_ZERO, top)),))
    finite = Bind("integrable", condition.hint, condition.arg, (top,))
    return (
        bottom.loose == 0
        and holds(positive, given)
        and holds(App("<", (_ZERO, bottom)), given)
        and (total == "sum" or holds(finite, given))
    )


def tidied(mass: Term) -> Term:
    """b^1 * (1 - b)^0 as b: factors with exponents that come out 0 or 1."""
    if isinstance(mass, App) and mass.head == "^":
        field = Field()
        if field.equal(mass.args[1], _ZERO):
            return _ONE
        if field.equal(mass.args[1], _ONE):
            return mass.args[0]
    if isinstance(mass, App) and mass.head in ("*", "+"):
        return App(mass.head, [tidied(arg) for arg in mass.args])
    return mass


def mixed(condition: Bind, given: Given, holds: Holds) -> bool:
    """sum[y in C](R(y) * Q(y, x)) with a mass function R, and Q(y, .) a mass function for each y."""
    mass = condition.bodies[0]
    if not isinstance(mass, Bind) or mass.head != "sum" or mass.arg.loose:
        return False
    value = fresh_name(condition.hint, given.names | condition.free_vars)
    summed = opened(condition, value)[0]
    if not isinstance(summed, Bind):
        return False
    index = fresh_name(summed.hint, given.names | summed.free_vars | {value})
    body = opened(summed, index)[0]
    if not isinstance(body, App) or body.head != "*":
        return False
    weight, component = body.args
    inside = given.assume(App("in", (Var(index), summed.arg)))
    return (
        value not in weight.free_vars
        and holds(bind("pmf", index, summed.arg, weight), given)
        and holds(bind("pmf", value, condition.arg, component), inside)
    )


def _density(condition: Bind, given: Given, holds: Holds) -> bool:
    """By a fact, by its form F / (the integral of F), or as a normal density on the real line."""
    if _by_schema(condition, given, holds) or normalised(condition, given, holds):
        return True
    return condition.arg == App("reals") and _is_normal(condition.bodies[0], given, holds)


def _is_normal(mass: Term, given: Given, holds: Holds) -> bool:
    """normal(x, m, v) of the outermost bound variable, for v > 0."""
    match mass:
        case App("normal", (Bound(0), mean, variance)) if not mean.loose and not variance.loose:
            return holds(App("<", (_ZERO, variance)), given)
    return False


def _has_moments(body: Term, given: Given, holds: Holds) -> bool:
    """A normal density, or its derivative in a parameter, times what grows at most as exp(c |x|) does."""
    match body:
        case App("*", (left, right)):
            return (_has_moments(left, given, holds) and _grows_slowly(right, 0)) or (
                _has_moments(right, given, holds) and _grows_slowly(left, 0)
            )
        case App("/", (top, bottom)):
            return (not bottom.loose or _is_exponential(bottom)) and _has_moments(top, given, holds)
        case Bind("d", _, point, (App("normal", (Bound(1), _, _)) as law,)) if not point.loose:
            return _is_normal(instantiated(law, (point,)), given, holds)
    return _is_normal(body, given, holds)


def _is_exponential(term: Term) -> bool:
    """exp of what is linear in the outermost bound variable, or a whole power of that."""
    match term:
        case App("exp", (inner,)):
            return _slope(inner) is not None
        case App("^", (base, Num())):
            return _is_exponential(base)
        case App("*", (left, right)):
            return _is_exponential(left) and _is_exponential(right)
    return False


def _slope(term: Term) -> Term | None:
    """c where a term is c x + b in the outermost bound variable x, with c and b that mention none; else None."""
    if not term.loose:
        return _ZERO
    if isinstance(term, Bound):
        return Num(1) if term.index == 0 else None
    match term:
        case App("neg", (inner,)):
            slope = _slope(inner)
            return None if slope is None else App("neg", (slope,))
        case App(("+" | "-") as sign, (left, right)):
            first, second = _slope(left), _slope(right)
            return None if first is None or second is None else App(sign, (first, second))
        case App("*", (left, right)) if not left.loose or not right.loose:
            factor, slope = (left, _slope(right)) if not left.loose else (right, _slope(left))
            return None if slope is None else App("*", (factor, slope))
        case App("/", (top, bottom)) if not bottom.loose:
            slope = _slope(top)
            return None if slope is None else App("/", (slope, bottom))
    return None


def _decay(body: Term) -> Term | None:
    """l where a term is exp(-l x) times what grows at most as a polynomial in the outermost bound variable x."""
    if _is_bounded_by_polynomial(body):
        return _ZERO
    match body:
        case App("exp", (inner,)):
            slope = _slope(inner)
            return None if slope is None else App("neg", (slope,))
        case App("^", (base, Num() as times)):
            decay = _decay(base)
            return None if decay is None else App("*", (times, decay))
        case App(("*" | "/") as sign, (left, right)):
            first = _decay(left)
            second = _decay(right) if sign == "*" or _is_exponential(right) or not right.loose else None
            if first is None or second is None:
                return None
            return App("+" if sign == "*" else "-", (first, second))
    return None


def _is_bounded_by_polynomial(body: Term) -> bool:
    """At most as a polynomial in the outermost bound variable: logarithms of exponentials grow so too."""
    if not body.loose or body == Bound(0):
        return True
    match body:
        case App("log", (App(("*" | "/"), args),)):
            return all(_is_bounded_by_polynomial(App("log", (arg,))) for arg in args)
        case App("log", (App("exp", (inner,)),)):
            return _slope(inner) is not None
        case App(("+" | "-" | "*" | "neg"), args):
            return all(map(_is_bounded_by_polynomial, args))
        case App("^", (base, Num())):
            return _is_bounded_by_polynomial(base)
        case App("/", (top, bottom)):
            return not bottom.loose and _is_bounded_by_polynomial(top)
    return False


def _falls(condition: Bind, given: Given, holds: Holds) -> bool:
    """Over (0, oo), exp(-l x) with 0 < l times what grows at most as a polynomial."""
    if condition.arg != _HALF_LINE:
        return False
    decay = _decay(condition.bodies[0])
    return decay is not None and holds(App("<", (_ZERO, decay)), given)


def _grows_slowly(term: Term, place: int) -> bool:
    """At most as exp(c |x|) in a bound variable x: polynomials, logarithms of normal densities, derivatives of such."""
    if isinstance(term, Bound) or not mentions(term, place):
        return True
    match term:
        case App("^", (base, Num())):
            return _grows_slowly(base, place)
        case App(("+" | "-" | "*" | "neg"), args):
            return all(_grows_slowly(arg, place) for arg in args)
        case App("/", (top, bottom)):
            bounded = not mentions(bottom, place) or (place == 0 and _is_exponential(bottom))
            return bounded and _grows_slowly(top, place)
        case App("exp", (inner,)) if place == 0:
            return _slope(inner) is not None
        case App("log", (App(("*" | "/"), args),)):
            return all(_grows_slowly(App("log", (arg,)), place) for arg in args)
        case App("log", (App("normal", (value, mean, variance)),)):
            slow = _grows_slowly(value, place) and _grows_slowly(mean, place)
            return slow and not mentions(variance, place)
        case Bind("d", _, point, (body,)) if not mentions(point, place):
            return _grows_slowly(body, place + 1)
    return False


def _by_schema(condition: Bind, given: Given, holds: Holds) -> bool:
    """An instance of a fact of the same form, such as one about all integrands."""
    return any(isinstance(f, Bind) and f.head == condition.head and match(f, condition, {}) for f in given)


def _integrable(condition: Bind, given: Given, holds: Holds) -> bool:
    """By a fact, as a density, or as a linear combination of what is integrable."""
    as_density = Bind("density", condition.hint, condition.arg, condition.bodies)
    if _by_schema(condition, given, holds) or _by_schema(as_density, given, holds):
        return True
    body = condition.bodies[0]
    if body == _ZERO or (condition.arg == App("reals") and _has_moments(body, given, holds)):
        return True
    if _falls(condition, given, holds):
        return True
    if not isinstance(body, App):
        return False
    parts = [Bind("integrable", condition.hint, condition.arg, (arg,)) for arg in body.args]
    if body.head in ("+", "-", "neg"):
        return all(_integrable(part, given, holds) for part in parts)
    if body.head == "*":
        left, right = body.args
        return (not left.loose and _integrable(parts[1], given, holds)) or (
            not right.loose and _integrable(parts[0], given, holds)
        )
    return body.head == "/" and not body.args[1].loose and _integrable(parts[0], given, holds)


def _convex(condition: Bind, given: Given, holds: Holds) -> bool:
    """By a fact, or by the shape of the function: sums, positive multiples and a few functions of what is linear."""
    if _by_schema(condition, given, holds):
        return True
    body = condition.bodies[0]
    if _is_linear(body):
        return True
    if not isinstance(body, App):
        return False
    parts = [Bind("convex", condition.hint, condition.arg, (arg,)) for arg in body.args]
    match body.head, body.args:
        case "+", _:
            return all(_convex(part, given, holds) for part in parts)
        case "-", (_, right) if _is_linear(right):
            return _convex(parts[0], given, holds)
        case "*", (factor, _) if not factor.loose:
            return holds(App("<=", (_ZERO, factor)), given) and _convex(parts[1], given, holds)
        case (("*" | "/"), (_, factor)) if not factor.loose:
            return holds(App("<", (_ZERO, factor)), given) and _convex(parts[0], given, holds)
        case "^", (base, Num(exponent)) if exponent > 0 and exponent % 2 == 0 and _is_linear(base):
            return True
        case (("exp" | "abs" | "softplus"), (inner,)):
            return _is_linear(inner)
    return condition.arg == _HALF_LINE and _convex_on_half_line(body, condition, given, holds)


def _convex_on_half_line(body: App, condition: Bind, given: Given, holds: Holds) -> bool:
    """On positive numbers: t log t, c / t^n, the powers t^a but for 0 < a < 1, and what is minus a concave function."""
    variable = Bound(0)

    def convex(part: Term) -> bool:
        return _convex(Bind("convex", condition.hint, condition.arg, (part,)), given, holds)

    match body:
        case App("*", (Bound(0), App("log", (Bound(0),)))) | App("*", (App("log", (Bound(0),)), Bound(0))):
            return True
        case App("/", (top, Bound(0) | App("^", (Bound(0), Num()))) as parts) if not top.loose:
            exponent = parts[1].args[1] if isinstance(parts[1], App) else _ONE
            return isinstance(exponent, Num) and exponent.value > 0 and holds(App("<=", (_ZERO, top)), given)
        case App("^", (Bound(0), exponent)):
            power = _rational(exponent)
            return power is not None and not 0 < power < 1
        case App("neg", (part,)):
            return _concave(part, variable, given, holds)
        case App("-", (left, right)):
            return convex(left) and _concave(right, variable, given, holds)
    return False


def _concave(body: Term, variable: Bound, given: Given, holds: Holds) -> bool:
    """On positive numbers: log t, sqrt t, t^a with 0 < a < 1, and multiples of these that are not negative."""
    match body:
        case App(("log" | "sqrt"), (inner,)):
            return inner == variable
        case App("^", (base, exponent)) if base == variable:
            power = _rational(exponent)
            return power is not None and 0 < power < 1
        case App("*", (factor, part)) if not factor.loose:
            return holds(App("<=", (_ZERO, factor)), given) and _concave(part, variable, given, holds)
        case App("/", (part, factor)) if not factor.loose:
            return holds(App("<", (_ZERO, factor)), given) and _concave(part, variable, given, holds)
    return _is_linear(body)


def _rational(term: Term) -> Fraction | None:
    """The value of a numeral with a sign or a slash."""
    match term:
        case Num(value):
            return Fraction(value)
        case App("neg", (Num(value),)):
            return -Fraction(value)
        case App("/", (Num(top), Num(bottom))) if bottom:
            return Fraction(top) / Fraction(bottom)
        case App("neg", (App("/", (Num(top), Num(bottom))),)) if bottom:
            return -Fraction(top) / Fraction(bottom)
    return None


def _is_linear(body: Term) -> bool:
    """Whether the outermost bound variable occurs at most to the first power."""
    if isinstance(body, Bound) or not body.loose:
        return True
    if not isinstance(body, App):
        return False
    if body.head in ("+", "-", "neg"):
        return all(map(_is_linear, body.args))
    if body.head == "*":
        return any(not arg.loose for arg in body.args) and all(map(_is_linear, body.args))
    return body.head == "/" and not body.args[1].loose and _is_linear(body.args[0])


REGULARITY: Final[dict[str, Callable[[Bind, Given, Holds], bool]]] = {
    "density": _density,
    "integrable": _integrable,
    "interchange": _by_schema,
    "convex": _convex,
}

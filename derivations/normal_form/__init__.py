"""The normal form: decides equations of the fragment, and emits the trace that the kernel replays.

    rewriting      a term on its way, and the moves made
    factors        factorisation over Q, by FLINT
    canonical      the one way to write a Laurent polynomial
    collecting     like terms collected
    functions      log, exp, the Bernoulli distribution, abstract functions
    parity         powers of -1
    powers         powers, roots, absolute values
    rooted         polynomials in roots, where a sign is asked
    denesting      square roots of squares in disguise
    sines          squares of sines below a root
    trigonometry   sine and cosine of sums, of multiples of pi; inverse functions
    arithmetic     polynomials in normalised atoms
    deltas         Kronecker's delta
    derivatives    d pushed to the leaves
    dependence     what of a polynomial depends on a variable
    combinatorics  factorials and binomial coefficients, brought down step by step
    ends           sums and products up to n + c
    binomial       sums of binomial coefficients, moments of the binomial distribution
    weights        the same, found in a summand's normal form
    tuples         sums over D^n under a factorised mass function
    telescoping    sums of powers and geometric sums between any ends
    alignment      sums between the same ends
    linearity      sums and integrals, one for each monomial
    ranges         sums over ranges and triangles in the usual order
    order          double sums and integrals in one order
    sums           linearity, the laws of mass functions
    exponentials   exponentials under an integral: normal densities moved, the exponential distribution
    gaussians      moments of the normal distribution
    integrals      linearity, the laws of densities
    limits         limits

Untrusted: a mistake here costs a proof, never a wrong tick.
"""

from __future__ import annotations

from typing import Final

from derivations.given import Given
from derivations.kernel import Move
from derivations.normal_form.arithmetic import ARITHMETIC, arithmetic
from derivations.normal_form.collecting import constant_first
from derivations.normal_form.combinatorics import binomial_coefficient, factorial
from derivations.normal_form.deltas import delta
from derivations.normal_form.derivatives import derivative
from derivations.normal_form.ends import settled_end
from derivations.normal_form.functions import (
    abstract_function,
    bernoulli,
    component,
    exponential,
    logarithm,
    unfolded,
)
from derivations.normal_form.gaussians import written_out
from derivations.normal_form.integrals import integral
from derivations.normal_form.limits import limit
from derivations.normal_form.powers import absolute_value, odd_root, sign, square_root
from derivations.normal_form.rewriting import Conversion, Memory, Rewriting
from derivations.normal_form.sums import emptied, finite_sum, numeric_range, vanished
from derivations.normal_form.trigonometry import angle, halved, inverse
from derivations.term import App, Bind, Num, Term, Var, subterms
from derivations.vocabulary import RELATIONS

_MOST_FACTORS: Final = 40
_MOST_REMEMBERED: Final = 4_000
# Neighbouring steps share a side, and methods begin with the same one. By whether conditions may be assumed.
REMEMBERED: Final[dict[bool, Memory]] = {False: {}, True: {}}
_PRODUCTS: Final = ("product-of-constant", "product-of-exponentials", "product-of-exponents")
_DEFINED: Final = {
    "E": "expectation", "Var": "variance", "Cov": "covariance", "KL": "kl-divergence", "H": "entropy",
    "CE": "cross-entropy",
}  # fmt: skip


def normal_form(
    term: Term, given: Given, *, assuming: bool = False, densities: bool = False, half_angles: bool = False
) -> tuple[Term, tuple[Move, ...]]:
    """The normal form of a term or of both sides of a relation, and the moves that lead to it.

    `assuming`: use conditions that do not follow from the given; the kernel will list them. `densities`: write normal
    densities by their formula first. `half_angles`: write sin(x) by x/2 first where another angle asks for it.
    Raises: OutsideFragment("size: ...") where the work would be too large.

    >>> from derivations.notation import read
    >>> print(normal_form(read("d[b = b](log(1 - b))"), Given.of("b in interval(0, 1)"))[0])
    -1 / (1 - b)
    """
    memory = REMEMBERED[assuming]
    if len(memory) > _MOST_REMEMBERED:
        memory.clear()
    r = Rewriting(term, given, _normal, assuming=assuming, memory=memory)
    if densities:
        written_out(r)
    if half_angles:
        halved(r)
    _normal(r)
    return r.term, tuple(r.moves)


def _normal(r: Rewriting) -> None:
    if isinstance(r.term, (App, Bind)):
        r.remembered(_converted)


def _converted(r: Rewriting) -> None:
    term = r.term
    if isinstance(term, App):
        if term.head in ARITHMETIC:
            arithmetic(r)
        elif term.head in RELATIONS:
            for side in range(len(term.args)):
                r.inside(side, _normal)
        else:
            _BY_FUNCTION.get(term.head, abstract_function)(r)
    elif isinstance(term, Bind):
        _binder(r, term)


def _binder(r: Rewriting, term: Bind) -> None:
    rule = _DEFINED.get(term.head)
    if rule is not None:
        r.apply(rule)
        _normal(r)
        return
    _BY_BINDER.get(term.head, _bodies)(r)


def _bodies(r: Rewriting) -> None:
    if isinstance(r.term, Bind):
        for child in range(1, len(r.term.bodies) + 1):
            r.inside(child, _normal)


def _size(r: Rewriting) -> None:
    """card(D)."""
    if any(r.attempt(rule) for rule in ("size-of-bits", "size-of-range", "size-without", "size-of-tuples")):
        _normal(r)


def _arguments(r: Rewriting) -> None:
    if isinstance(r.term, App):
        for place in range(len(r.term.args)):
            r.inside(place, _normal)


def _finite_product(r: Rewriting) -> None:
    """A product stays as it is but for its factors; a mass function b^z (1 - b)^(1 - z) is written bern(b, z)."""
    r.inside(0, r.normal)
    if settled_end(r):
        return
    ends = numeric_range(r.term.arg) if isinstance(r.term, Bind) else None
    if ends is not None and ends[1] == ends[0] - 1:
        emptied(r)
        r.apply("product-of-nothing")
    elif ends is not None and 0 <= ends[1] - ends[0] < _MOST_FACTORS and not _is_law(r):
        r.apply("product-last-factor")
        r.inside(0, lambda part: part.inside(0, part.normal))
        _normal(r)
    else:
        r.inside(1, _factor)
        r.inside(1, lambda part: vanished(part, Num(1)))
        r.inside(1, constant_first)
        if any(r.attempt(rule) for rule in _PRODUCTS) or _taken_apart(r):
            _normal(r)


def _is_law(r: Rewriting) -> bool:
    """Whether a product over all components of a vector is one that a sum over its tuples may need."""
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App):
        return False
    vectors = {part.args[0] for part in subterms(term.bodies[0]) if isinstance(part, App) and part.head == "at"}
    facts = [fact for v in vectors if isinstance(v, Var) and v.name in r.bound for fact in r.given.about(v.name)]
    spaces = [fact.args[1] for fact in facts if isinstance(fact, App) and fact.head == "in"]
    return any(isinstance(s, App) and s.head == "tuples" and s.args[1] == term.arg.args[1] for s in spaces)


def _taken_apart(r: Rewriting) -> bool:
    """A product of products, of quotients or of powers; what is taken at coordinates is left to the sums over them."""
    term = r.term
    if not isinstance(term, Bind) or any(isinstance(one, App) and one.head == "at" for one in subterms(term)):
        return False
    return any(r.attempt(rule) for rule in ("product-of-products", "product-of-quotients", "product-of-powers"))


def _factor(r: Rewriting) -> None:
    if r.attempt("bernoulli-zero") or r.attempt("bernoulli-one"):
        _normal(r)
    elif r.attempt("bernoulli", reverse=True) or (isinstance(r.term, App) and r.term.head == "bern"):
        _arguments(r)
    else:
        _normal(r)


_BY_FUNCTION: Final[dict[str, Conversion]] = {
    "log": logarithm,
    "exp": exponential,
    "sqrt": square_root,
    "abs": absolute_value,
    "sigmoid": unfolded,
    "logit": unfolded,
    "softplus": unfolded,
    "tanh": unfolded,
    "sinh": unfolded,
    "cosh": unfolded,
    "arccos": unfolded,
    "arsinh": unfolded,
    "arcosh": unfolded,
    "artanh": unfolded,
    "arctan": inverse,
    "arcsin": inverse,
    "sign": sign,
    "root": odd_root,
    "max": unfolded,
    "min": unfolded,
    "sin": angle,
    "cos": angle,
    "bern": bernoulli,
    "delta": delta,
    "at": component,
    "card": _size,
    "factorial": factorial,
    "binom": binomial_coefficient,
    "range": _arguments,
    "tuples": _arguments,
    "without": _arguments,
    "interval": _arguments,
    "integers": _arguments,
}
_BY_BINDER: Final[dict[str, Conversion]] = {
    "sum": finite_sum,
    "int": integral,
    "prod": _finite_product,
    "d": derivative,
    "limit_right": limit,
    "limit_left": limit,
    "limit": limit,
}

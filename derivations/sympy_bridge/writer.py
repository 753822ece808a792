"""From terms to SymPy: unevaluated expressions that keep all of what was written.

What SymPy knows is written in its own classes (`Sum` and `Product` over {0, 1} and ranges, `Derivative`, `Limit`,
relations); a binder that it does not know, such as an expectation or a sum over an abstract set, is an `Over`; a
function that it does not know is a `Function` of the same name, whose `doit()` is its definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

import sympy

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.sympy_bridge.words import COMPARISONS, HEADS, MINUS, SHARED, VOCABULARY, Over
from derivations.term import App, Bind, Num, Term, Var, fresh_name, opened
from derivations.vocabulary import ARITHMETIC, CONSTANTS, POINT_BINDERS, RELATIONS

Key: TypeAlias = tuple[str, int]  # an abstract function: its head and the number of its arguments
_SIDES: Final = {"limit_right": "+", "limit_left": "-", "limit": "+-"}
_Local: TypeAlias = Mapping[str, dict[str, bool]]  # the assumptions of the bound variables around


def to_sympy(term: Term, given: Given) -> Any:
    """The term as an unevaluated SymPy expression, whose symbols bring what the given says of them and SymPy can hold.

    Domain:  terms and relations without loose places.
    Returns: a `sympy.Expr`, or a `Relational` for a relation.
    Raises:  OutsideFragment for memberships and loose places.

    >>> from derivations.notation import read
    >>> to_sympy(read("E[z in bits](bern(b, z), z) = b"), Given.of("b in interval(0, 1)"))
    Eq(E[z in bits](bern(b, z), z), b)
    """
    if term.loose:
        raise OutsideFragment("a term with loose places has no SymPy expression")
    return _Writer(given, term.free_vars).written(term, {})


# ---------------------------------------------------------------- what SymPy can hold of the given


def assumptions(name: str, given: Given) -> dict[str, bool]:
    """What SymPy can hold of what the given says about a symbol.

    >>> assumptions("b", Given.of("b in interval(0, 1)")), assumptions("n", Given.of("n in integers(0, oo)"))
    ({'positive': True}, {'integer': True, 'nonnegative': True})
    """
    found: dict[str, bool] = {}
    for fact in given.about(name):
        if isinstance(fact, App) and fact.head == "in" and fact.args[0] == Var(name):
            found |= of_domain(fact.args[1])
        elif fact == App("<", (Num(0), Var(name))):
            found["positive"] = True
    return found


def of_domain(domain: Term) -> dict[str, bool]:
    """What SymPy can hold of the elements of a set."""
    if not isinstance(domain, App):
        return {}
    if domain.head == "bits":
        return {"integer": True, "nonnegative": True}
    if domain.head not in ("interval", "integers", "range"):
        return {"real": True} if domain.head == "reals" else {}
    low, high = domain.args
    whole = {"integer": True} if domain.head != "interval" else {}
    if isinstance(low, Num):  # a numeral is never negative
        above = not whole or low.value > 0
        return whole | ({"positive": True} if above else {"nonnegative": True})
    return whole or ({"negative": True} if high == Num(0) else {"real": True})


def positive_functions(given: Given) -> frozenset[Key]:
    """The abstract functions that the given calls positive for all arguments.

    >>> sorted(positive_functions(Given.of("0 < q(?phi, ?z)", "a(?i) in interval(0, 1)", "0 < f(1)", "0 < g(?x, ?x)")))
    [('a', 1), ('q', 2)]
    """
    return frozenset(key for key in map(any_call, filter(None, map(_called_positive, given))) if key is not None)


def any_call(term: Term) -> Key | None:
    """The function that is called with arbitrary arguments, that is with distinct metavariables."""
    if not isinstance(term, App) or not term.args or term.head in VOCABULARY:
        return None
    names = {arg.name for arg in term.args if isinstance(arg, Var) and arg.name[0] == "?"}
    return (term.head, len(term.args)) if len(names) == len(term.args) else None


def _called_positive(fact: Term) -> Term | None:
    if not isinstance(fact, App) or len(fact.args) != 2:
        return None
    left, right = fact.args
    if fact.head == "<" and left == Num(0):
        return right
    inside = fact.head == "in" and isinstance(right, App) and right.head == "interval"
    return left if inside and of_domain(right) == {"positive": True} else None


# ---------------------------------------------------------------- writing


class _Writer:
    """Writes one term; a bound variable is called like none around it, and like no free one."""

    def __init__(self, given: Given, free: frozenset[str]) -> None:
        self.given, self.positive, self.taken = given, positive_functions(given), given.names | free

    def written(self, term: Term, local: _Local) -> Any:
        """The expression of a subterm below the binders of `local`."""
        if isinstance(term, Num):
            return sympy.Integer(term.value)
        if isinstance(term, Var):
            return sympy.Symbol(term.name, **self.known(term.name, local))
        if isinstance(term, Bind):
            return self.binder(term, local)
        if isinstance(term, App):
            return self.application(term, [self.written(arg, local) for arg in term.args])
        raise OutsideFragment(f"{term!r} has no SymPy expression")

    def known(self, name: str, local: _Local) -> dict[str, bool]:
        """The assumptions of a variable."""
        return local[name] if name in local else assumptions(name, self.given)

    def application(self, term: App, args: list[Any]) -> Any:
        """The expression of a head and its arguments."""
        head = term.head
        if head in ARITHMETIC:
            return _arithmetic(head, term.args, args)
        if head in COMPARISONS:
            return COMPARISONS[head](*args, evaluate=False)
        if head == "sqrt":
            return sympy.Pow(args[0], sympy.S.Half, evaluate=False)
        if head in SHARED:
            return SHARED[head](*args, evaluate=False)
        if head in CONSTANTS:
            return {"oo": sympy.oo, "pi_number": sympy.pi}.get(head) or sympy.Symbol(head)
        if head in RELATIONS:
            raise OutsideFragment(f"{head} has no SymPy expression")
        known = {"positive": True} if (head, len(args)) in self.positive else {}
        function = HEADS.get(head) or sympy.Function(head, **known)
        return function(*args)

    def binder(self, term: Bind, local: _Local) -> Any:
        """The expression of a binder, in a class of SymPy's own where there is one."""
        where, point = self.written(term.arg, local), term.arg
        if term.head in POINT_BINDERS and isinstance(point, Var) and point.name not in _free(term.bodies):
            name, known = point.name, self.known(point.name, local)  # d[x = x](...) is Derivative(..., x)
        else:
            name = fresh_name(term.hint, self.taken | local.keys())
            known = {} if term.head in POINT_BINDERS else of_domain(point)
        bound = sympy.Symbol(name, **known)
        bodies = [self.written(body, {**local, name: known}) for body in opened(term, name)]
        native = _native(term, bound, where, bodies[0])
        return Over(term.head, bound, where, *bodies) if native is None else native


def _free(bodies: Iterable[Term]) -> set[str]:
    return set().union(*(body.free_vars for body in bodies))


def _arithmetic(head: str, terms: tuple[Term, ...], args: list[Any]) -> Any:
    if head == "neg":
        return sympy.Mul(MINUS, args[0], evaluate=False)
    left, right = args
    if head == "+":
        # a + (-b) is kept apart from a - b, which is a + (-1)*b to SymPy
        apart = isinstance(terms[1], App) and terms[1].head == "neg"
        return sympy.Add(left, sympy.UnevaluatedExpr(right) if apart else right, evaluate=False)
    if head == "-":
        return sympy.Add(left, sympy.Mul(MINUS, right, evaluate=False), evaluate=False)
    if head == "*":
        return sympy.Mul(left, right, evaluate=False)
    if head == "/":
        return sympy.Mul(left, sympy.Pow(right, MINUS, evaluate=False), evaluate=False)
    return sympy.Pow(left, right, evaluate=False)


def _native(term: Bind, bound: Any, where: Any, body: Any) -> Any | None:
    """The binder in a class of SymPy's own; None where there is none that keeps all of it."""
    if term.head in ("sum", "prod") and isinstance(term.arg, App):
        finite = sympy.Sum if term.head == "sum" else sympy.Product
        if term.arg.head == "bits":
            return finite(body, (bound, 0, 1))
        if term.arg.head == "range" and where.args != (0, 1):  # these limits are read as bits
            return finite(body, (bound, *where.args))
    if term.head == "d":
        slope = sympy.Derivative(body, bound)
        return slope if bound == where else sympy.Subs(slope, bound, where)
    if term.head in _SIDES:
        return sympy.Limit(body, bound, where, _SIDES[term.head])
    return None

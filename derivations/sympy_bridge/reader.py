"""From SymPy to terms: what an expression means, and the facts that its symbols and functions bring.

SymPy's canonical forms are read as they are usually written: `Mul(-1, x)` as -x, `Mul(x, Pow(y, -1))` as x / y.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache, reduce
from typing import Any, Final, NoReturn, TypeAlias

import sympy
from sympy.core.function import AppliedUndef

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.sympy_bridge.functions import CONSTANTS as FAMOUS
from derivations.sympy_bridge.functions import WRITTEN, written
from derivations.sympy_bridge.words import COMPARISONS, HEADS, MINUS, SHARED, VOCABULARY, Over
from derivations.term import (
    App,
    Num,
    Term,
    Var,
    add,
    at,
    bind,
    div,
    fresh_name,
    mul,
    neg,
    number,
    power,
    sub,
    substituted,
)
from derivations.vocabulary import CONSTANTS, FUNCTIONS

_Bound: TypeAlias = frozenset[Any]  # the symbols of the binders around
_OO: Final = App("oo")


def from_sympy(expr: Any) -> tuple[Term, Given]:
    """The term that a SymPy expression or relation means, and the facts that its symbols and functions bring.

    Domain:  expressions of SymPy; text is refused, `sympify` would run it. A symbol without assumptions is complex to
             SymPy; here it is real, and brings no fact. Powers and square roots are SymPy's, so that cbrt(x) has a
             value where x is positive; the real root of any x is `sign(x) * cbrt(Abs(x))`, or the function
             `root(x, 3)`. A symbol whose name is no name here, or a word of ours, is given another one.
    Raises:  OutsideFragment, naming the node that has no term, a symbol that is not real, or a name that two different
             symbols share.

    >>> x, n = sympy.Symbol("x", positive=True), sympy.Symbol("n", integer=True)
    >>> term, given = from_sympy(sympy.Derivative(sympy.log(x) / n, x))
    >>> print(term, "given", given)
    d[x = x](1 / n * log(x)) given n in integers(-oo, oo); x in interval(0, oo)
    >>> from_sympy(sympy.Integral(x, x))
    Traceback (most recent call last):
    derivations.errors.OutsideFragment: Integral(x, x): there is no term for Integral
    """
    (term,), given = all_from_sympy([expr])
    return term, given


def all_from_sympy(exprs: Iterable[Any]) -> tuple[tuple[Term, ...], Given]:
    """The same for several expressions, in which a symbol has one name and one meaning."""
    exprs = tuple(exprs)
    for expr in exprs:
        if not isinstance(expr, sympy.Basic):
            _refuse(expr)
    reader = _Reader()
    free = set().union(*(expr.free_symbols for expr in exprs))
    plain = [s for s in free if isinstance(s, sympy.Symbol) and not isinstance(s, sympy.Dummy)]
    # Those with a good name keep it, others make way.
    for symbol in sorted(plain, key=lambda s: (not _is_name(s.name), s.name)):
        if symbol.name not in CONSTANTS:
            reader.name(symbol, frozenset())
    terms = tuple(reader.read(expr, frozenset()) for expr in exprs)
    return terms, Given(reader.facts)


class _Reader:
    """Reads one expression, collecting facts and giving each symbol a name of its own."""

    def __init__(self) -> None:
        self.facts: dict[Term, None] = {}
        self.names: dict[Any, str] = {}

    def read(self, node: Any, bound: _Bound) -> Term:
        """The term of a node."""
        kind: Any = type(node)
        read = _reader_of(kind)
        if read is None:
            _refuse(node)
        return read(self, node, bound)

    def name(self, symbol: Any, bound: _Bound) -> str:
        """The name of a symbol; bound symbols and dummies make way where it is taken."""
        known = self.names.get(symbol)
        if known is not None:
            return known
        name, taken = str(symbol.name), set(self.names.values())
        if not _is_name(name):
            name = fresh_name(re.sub(r"[\W_]+", "_", name).strip("_") or "x", taken | VOCABULARY)
            name = name if _is_name(name) else fresh_name(f"x_{name}", taken | VOCABULARY)
        elif name in taken:
            if symbol not in bound and not isinstance(symbol, sympy.Dummy):
                raise OutsideFragment(f"{name} names two different symbols")
            name = fresh_name(name, taken | VOCABULARY)
        self.names[symbol] = name
        return name

    def symbol(self, node: Any, bound: _Bound) -> Term:
        if node.name in CONSTANTS:
            return App(node.name)
        if node.is_real is False or (node.is_complex and not node.is_real):
            raise OutsideFragment(f"{node} is not a real number")
        name = Var(self.name(node, bound))
        if node not in bound:
            self.facts.update(dict.fromkeys(_facts(node, name)))
        return name

    # ------------------------------------------------------------ arithmetic

    def number(self, node: Any, bound: _Bound) -> Term:
        if node < 0:
            return neg(self.number(-node, bound))
        return Num(int(node.p)) if node.q == 1 else div(Num(int(node.p)), Num(int(node.q)))

    def decimal(self, node: Any, bound: _Bound) -> Term:
        """A decimal number is the fraction that its digits say."""
        if not node.is_finite:
            _refuse(node)
        return number(Fraction(Decimal(str(node))))

    def constant(self, node: Any, bound: _Bound) -> Term:
        return FAMOUS[node]

    def sum(self, node: Any, bound: _Bound) -> Term:
        term = self.read(node.args[0], bound)
        for arg in node.args[1:]:
            size = _without_minus(arg)
            term = add(term, self.read(arg, bound)) if size is None else sub(term, self.read(size, bound))
        return term

    def product(self, node: Any, bound: _Bound) -> Term:
        size = _without_minus(node)
        if size is not None:
            return neg(self.read(size, bound))
        first, *rest = node.args
        term = self.read(first, bound)
        for arg in rest:
            divisor = _divisor(arg)
            term = mul(term, self.read(arg, bound)) if divisor is None else div(term, self.read(divisor, bound))
        return term

    def power(self, node: Any, bound: _Bound) -> Term:
        divisor = _divisor(node)
        if divisor is not None:
            return div(Num(1), self.read(divisor, bound))
        base, exponent = node.args
        if base is sympy.S.Exp1:
            return App("exp", (self.read(exponent, bound),))
        if exponent == sympy.S.Half:
            return App("sqrt", (self.read(base, bound),))
        return power(self.read(base, bound), self.read(exponent, bound))

    # ------------------------------------------------------------ functions and relations

    def function(self, node: Any, bound: _Bound) -> Term:
        """A function that SymPy does not know: one of ours by its name, else an abstract one."""
        head, args = node.func.__name__, [self.read(arg, bound) for arg in node.args]
        if not head.isidentifier() or (head in VOCABULARY and head not in FUNCTIONS):
            _refuse(node)
        if node.is_positive and head not in FUNCTIONS:
            anything = [Var(f"?x{place}") for place in range(1, len(args) + 1)]
            self.facts[App("<", (Num(0), App(head, anything)))] = None
        return _application(node, head, args)

    def shared(self, node: Any, bound: _Bound) -> Term:
        head = next(name for name, cls in SHARED.items() if isinstance(node, cls))
        args = [self.read(arg, bound) for arg in node.args]
        if head == "log" and len(args) == 2:
            return div(App("log", args[:1]), App("log", args[1:]))
        if head in ("max", "min") and args:
            return reduce(lambda left, right: App(head, (left, right)), args)
        return _application(node, head, args)

    def written(self, node: Any, bound: _Bound) -> Term:
        term = written(node, [self.read(arg, bound) for arg in node.args])
        if term is None:
            _refuse(node)
        return term

    def component(self, node: Any, bound: _Bound) -> Term:
        term = self.read(node.base.label, bound)
        for index in node.indices:
            term = at(term, self.read(index, bound))
        return term

    def relation(self, node: Any, bound: _Bound) -> Term:
        left, right = (self.read(side, bound) for side in node.args)
        head = next((name for name, cls in COMPARISONS.items() if isinstance(node, cls)), None)
        if head is not None:
            return App(head, (left, right))
        return App("<" if isinstance(node, sympy.StrictGreaterThan) else "<=", (right, left))

    # ------------------------------------------------------------ binders

    def finite(self, node: Any, bound: _Bound) -> Term:
        """`Sum` and `Product`; their innermost limits come first."""
        symbols = bound | {limits[0] for limits in node.limits}
        term = self.read(node.function, symbols)
        for limits in node.limits:
            if any(end.is_infinite for end in limits[1:]):
                raise OutsideFragment(f"{node}: only finite sums and products have a term")
            ends = tuple(self.read(end, symbols) for end in limits[1:])
            where = App("bits") if limits[1:] == (0, 1) else App("range", ends)
            term = bind("sum" if isinstance(node, sympy.Sum) else "prod", self.name(limits[0], symbols), where, term)
        return term

    def integral(self, node: Any, bound: _Bound) -> Term:
        """Over an interval, the innermost limits first."""
        symbols = bound | {limits[0] for limits in node.limits}
        term = self.read(node.function, symbols)
        for limits in node.limits:
            if len(limits) != 3:
                _refuse(node)
            ends = tuple(self.read(end, symbols) for end in limits[1:])
            where = App("reals") if ends == (neg(_OO), _OO) else App("interval", ends)
            term = bind("int", self.name(limits[0], symbols), where, term)
        return term

    def derivative(self, node: Any, bound: _Bound) -> Term:
        if not all(count.is_Integer for _, count in node.variable_count):
            _refuse(node)
        term = self.read(node.expr, bound)
        for variable in node.variables:
            point = self.read(variable, bound)
            if not isinstance(point, Var):
                _refuse(node)
            term = bind("d", point.name, point, term)
        return term

    def substitution(self, node: Any, bound: _Bound) -> Term:
        inside = bound | set(node.variables)
        values = {self.name(v, inside): self.read(p, bound) for v, p in zip(node.variables, node.point, strict=True)}
        return substituted(self.read(node.expr, inside), values)

    def limit(self, node: Any, bound: _Bound) -> Term:
        body, symbol, point, side = node.args
        head = {"+": "limit_right", "-": "limit_left", "+-": "limit"}.get(str(side))
        if head is None:
            _refuse(node)
        inside = bound | {symbol}
        return bind(head, self.name(symbol, inside), self.read(point, bound), self.read(body, inside))

    def over(self, node: Any, bound: _Bound) -> Term:
        head, symbol, where, *bodies = node.args
        inside = bound | {symbol}
        name = self.name(symbol, inside)
        return bind(head.name, name, self.read(where, bound), *(self.read(body, inside) for body in bodies))


def _refuse(node: Any) -> NoReturn:
    raise OutsideFragment(f"{node}: there is no term for {type(node).__name__}")


def _application(node: Any, head: str, args: list[Term]) -> Term:
    try:
        return App(head, args)
    except ValueError as error:
        raise OutsideFragment(f"{node}: {error}") from error


def _without_minus(node: Any) -> Any | None:
    """b for the node -b; None for a node without a minus in front."""
    if isinstance(node, sympy.Rational):
        return -node if node < 0 else None
    if not isinstance(node, sympy.Mul) or not isinstance(node.args[0], sympy.Rational) or not node.args[0] < 0:
        return None
    coefficient, *rest = node.args
    if coefficient != MINUS:
        rest = [-coefficient, *rest]
    return rest[0] if len(rest) == 1 else sympy.Mul(*rest, evaluate=False)


def _divisor(node: Any) -> Any | None:
    """b for the node 1/b, b^2 for b^(-2); None for another node."""
    if not isinstance(node, sympy.Pow) or not isinstance(node.args[1], sympy.Rational) or not node.args[1] < 0:
        return None
    base, exponent = node.args
    return base if exponent == MINUS else sympy.Pow(base, -exponent, evaluate=False)


def _facts(symbol: Any, name: Var) -> list[Term]:
    """A symbol's assumptions in our language: the strongest domain, and what that leaves out."""
    if not symbol.is_real:
        return []
    facts: list[Term] = []
    if symbol.is_integer:
        low: Term = Num(1) if symbol.is_positive else Num(0) if symbol.is_nonnegative else neg(_OO)
        high: Term = neg(Num(1)) if symbol.is_negative else Num(0) if symbol.is_nonpositive else _OO
        facts.append(App("in", (name, App("integers", (low, high)))))
    else:
        low, high = (Num(0) if symbol.is_positive else neg(_OO)), (Num(0) if symbol.is_negative else _OO)
        bounded = symbol.is_positive or symbol.is_negative
        facts.append(App("in", (name, App("interval", (low, high)) if bounded else App("reals"))))
        if symbol.is_nonnegative and not bounded:
            facts.append(App("<=", (Num(0), name)))
        if symbol.is_nonpositive and not bounded:
            facts.append(App("<=", (name, Num(0))))
    if symbol.is_nonzero and not symbol.is_positive and not symbol.is_negative:
        facts.append(App("!=", (name, Num(0))))
    return facts


def _is_name(name: str) -> bool:
    """Whether a name can stand for a variable as it is."""
    return name.isidentifier() and name not in VOCABULARY


@cache
def _reader_of(cls: Any) -> Callable[[_Reader, Any, _Bound], Term] | None:
    """How nodes of a class are read; None where they are not."""
    return next((read for known, read in _READERS if issubclass(cls, known)), None)


_READERS: Final[tuple[tuple[Any, Callable[[_Reader, Any, _Bound], Term]], ...]] = (
    (sympy.Symbol, _Reader.symbol),
    (sympy.Rational, _Reader.number),
    (sympy.Float, _Reader.decimal),
    (tuple(type(one) for one in FAMOUS), _Reader.constant),
    (sympy.Add, _Reader.sum),
    (sympy.Mul, _Reader.product),
    (sympy.Pow, _Reader.power),
    (sympy.UnevaluatedExpr, lambda reader, node, bound: reader.read(node.args[0], bound)),
    (tuple(SHARED.values()), _Reader.shared),
    (WRITTEN, _Reader.written),
    ((AppliedUndef, *HEADS.values()), _Reader.function),
    (sympy.Indexed, _Reader.component),
    (sympy.core.relational.Relational, _Reader.relation),
    ((sympy.Sum, sympy.Product), _Reader.finite),
    (sympy.Integral, _Reader.integral),
    (sympy.Derivative, _Reader.derivative),
    (sympy.Subs, _Reader.substitution),
    (sympy.Limit, _Reader.limit),
    (Over, _Reader.over),
)

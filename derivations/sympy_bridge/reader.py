"""From SymPy to terms: what an expression means, and the facts that its symbols and functions bring.

SymPy's canonical forms are read as they are usually written: `Mul(-1, x)` as -x, `Mul(x, Pow(y, -1))` as x / y.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NoReturn, TypeAlias

import sympy
from sympy.core.function import AppliedUndef

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.sympy_bridge.words import COMPARISONS, HEADS, MINUS, SHARED, VOCABULARY, Over
from derivations.term import (
    CONSTANTS,
    FUNCTIONS,
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
    power,
    sub,
    substituted,
)

_Bound: TypeAlias = frozenset[Any]  # the symbols of the binders around
_OO: Final = App("oo")


def from_sympy(expr: Any) -> tuple[Term, Given]:
    """The term that a SymPy expression or relation means, and the facts that its symbols and functions bring.

    Domain:  expressions of SymPy; text is refused, `sympify` would run it. A symbol without assumptions is complex to
             SymPy and brings no fact.
    Raises:  OutsideFragment, naming the node that has no term, or a name that two different symbols share.

    >>> x, n = sympy.Symbol("x", positive=True), sympy.Symbol("n", integer=True)
    >>> term, given = from_sympy(sympy.Derivative(sympy.log(x) / n, x))
    >>> print(term, "given", given)
    d[x = x](1 / n * log(x)) given n in integers(-oo, oo); x in interval(0, oo)
    >>> from_sympy(sympy.Integral(x, x))
    Traceback (most recent call last):
    derivations.errors.OutsideFragment: Integral(x, x): there is no term for Integral
    """
    if not isinstance(expr, sympy.Basic):
        _refuse(expr)
    reader = _Reader()
    for symbol in sorted(expr.free_symbols, key=str):  # these keep their names, bound ones make way
        if isinstance(symbol, sympy.Symbol) and not isinstance(symbol, sympy.Dummy) and symbol.name not in CONSTANTS:
            reader.name(symbol, frozenset())
    term = reader.read(expr, frozenset())
    return term, Given(reader.facts)


class _Reader:
    """Reads one expression, collecting facts and giving each symbol a name of its own."""

    def __init__(self) -> None:
        self.facts: dict[Term, None] = {}
        self.names: dict[Any, str] = {}

    def read(self, node: Any, bound: _Bound) -> Term:
        """The term of a node."""
        for cls, read in _READERS:
            if isinstance(node, cls):
                return read(self, node, bound)
        _refuse(node)

    def name(self, symbol: Any, bound: _Bound) -> str:
        """The name of a symbol; bound symbols and dummies make way where it is taken."""
        known = self.names.get(symbol)
        if known is not None:
            return known
        name, taken = str(symbol.name), set(self.names.values())
        if not name.isidentifier():
            raise OutsideFragment(f"{name!r} is no name of a variable")
        if name in taken or name in VOCABULARY:
            if symbol not in bound and not isinstance(symbol, sympy.Dummy):
                why = "has a meaning of its own" if name in VOCABULARY else "names two different symbols"
                raise OutsideFragment(f"{name} {why}")
            name = fresh_name(name, taken | VOCABULARY)
        self.names[symbol] = name
        return name

    def symbol(self, node: Any, bound: _Bound) -> Term:
        if node.name in CONSTANTS:
            return App(node.name)
        name = Var(self.name(node, bound))
        if node not in bound:
            self.facts.update(dict.fromkeys(_facts(node, name)))
        return name

    # ------------------------------------------------------------ arithmetic

    def number(self, node: Any, bound: _Bound) -> Term:
        if node < 0:
            return neg(self.number(-node, bound))
        return Num(int(node.p)) if node.q == 1 else div(Num(int(node.p)), Num(int(node.q)))

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
        return _application(node, head, [self.read(arg, bound) for arg in node.args])

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

    def derivative(self, node: Any, bound: _Bound) -> Term:
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
        head = {"+": "limit_right", "-": "limit_left"}.get(str(side))
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


_READERS: Final[tuple[tuple[Any, Callable[[_Reader, Any, _Bound], Term]], ...]] = (
    (sympy.Symbol, _Reader.symbol),
    (sympy.Rational, _Reader.number),
    (type(sympy.pi), lambda reader, node, bound: App("pi_number")),
    (type(sympy.oo), lambda reader, node, bound: _OO),
    (type(-sympy.oo), lambda reader, node, bound: neg(_OO)),
    (type(sympy.E), lambda reader, node, bound: App("exp", (Num(1),))),
    (sympy.Add, _Reader.sum),
    (sympy.Mul, _Reader.product),
    (sympy.Pow, _Reader.power),
    (sympy.UnevaluatedExpr, lambda reader, node, bound: reader.read(node.args[0], bound)),
    (tuple(SHARED.values()), _Reader.shared),
    ((AppliedUndef, *HEADS.values()), _Reader.function),
    (sympy.Indexed, _Reader.component),
    (sympy.core.relational.Relational, _Reader.relation),
    ((sympy.Sum, sympy.Product), _Reader.finite),
    (sympy.Derivative, _Reader.derivative),
    (sympy.Subs, _Reader.substitution),
    (sympy.Limit, _Reader.limit),
    (Over, _Reader.over),
)

"""A finite instance of a claim as evaluated SymPy expressions: what SymPy is asked to prove.

In an instance every abstract set has a size and every whole number that counts something has a value, so that all sums
are finite; everything else stays symbolic. An abstract function becomes one undefined SymPy function for each tuple of
labels, so f is arbitrary. What the given says is encoded without loss: a number in (0, 1) is u/(1 + u) with u > 0, and
of a probability mass function the last value is one minus the others.

Sums are expanded by `Add`, derivatives taken by `diff`, limits by `limit`; neither our rules nor our normal form take
part.

>>> from derivations.notation import read
>>> facts = Facts.of(Given.of("pmf[z in Z](q(?phi, z))", "phi in reals"))
>>> pair = Instance(facts, {"Z": 2}, {})
>>> total = pair.value(read("sum[z in Z](d[phi = phi](q(phi, z)))"))
>>> total, pair.reduced(total, sympy.Derivative)
(Derivative(q(., #1)(phi), phi) + Derivative(q(., #2)(phi), phi), 0)
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import sympy
from sympy.core.function import AppliedUndef

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.sympy_bridge.words import DEFINED, SHARED
from derivations.sympy_bridge.writer import Key, any_call, assumptions, positive_functions
from derivations.term import App, Bind, Bound, Num, Term, Var, children, opened

_MOST_MEMBERS: Final = 100
_SIDES: Final = {"limit_right": "+", "limit_left": "-", "limit": "+-"}
_HOLE: Final = "."  # among labels: the place of a symbolic number


@dataclass(frozen=True)
class Facts:
    """What is encoded of the given.

    Attributes: `domains` of symbols; for functions `positive`, `intervals` (open, of their values) and `masses` (the
    argument in which one is a probability mass function, and its set); `relations` between symbols.
    What is left out makes a proof harder, never wrong.
    """

    given: Given
    positive: frozenset[Key]
    domains: Mapping[str, Term]
    intervals: Mapping[Key, App]
    masses: Mapping[Key, tuple[int, Term]]
    relations: tuple[App, ...]

    @classmethod
    def of(cls, given: Given) -> Facts:
        """Sort the facts of the given."""
        domains: dict[str, Term] = {}
        intervals: dict[Key, App] = {}
        masses: dict[Key, tuple[int, Term]] = {}
        relations: list[App] = []
        for fact in given:
            if isinstance(fact, Bind) and fact.head == "pmf":
                places = [k for k, arg in enumerate(children(fact.bodies[0])) if arg == Bound(0)]
                key = any_call(opened(fact, "?")[0])
                if key is not None and len(places) == 1:
                    masses[key] = places[0], fact.arg
            elif isinstance(fact, App) and fact.head == "in":
                subject, domain = fact.args
                key = any_call(subject)
                if isinstance(subject, Var):
                    domains[subject.name] = domain
                elif key is not None and isinstance(domain, App) and domain.head == "interval":
                    intervals[key] = domain
            elif isinstance(fact, App) and not any(name[0] == "?" for name in fact.free_vars):
                relations.append(fact)
        return cls(given, positive_functions(given), domains, intervals, masses, tuple(relations))


@dataclass(frozen=True)
class Element:
    """An element of an abstract set."""

    index: int

    def __str__(self) -> str:
        return f"#{self.index}"


class Instance:
    """Sizes of abstract sets and values of symbols; evaluates terms. A value is an expression, an element or a tuple.

    `parameters` says how symbols and functions in an open interval are written with positive ones.
    """

    def __init__(self, facts: Facts, sizes: Mapping[str, int], values: Mapping[str, Any]) -> None:
        self.facts, self.sizes, self.values = facts, sizes, values
        self.parameters: dict[Any, Any] = {}
        self._rests: dict[Any, tuple[Any, ...]] = {}
        self._stack: list[Any] = []
        self._memo: dict[tuple[Term, tuple[Any, ...]], Any] = {}
        self._slopes: dict[tuple[Any, Any], Any] = {}
        self._level = 0  # derivatives in progress

    def __str__(self) -> str:
        known = [f"|{name}| = {size}" for name, size in self.sizes.items()]
        return ", ".join(known + [f"{name} = {value}" for name, value in self.values.items()])

    # ------------------------------------------------------------ terms

    def value(self, term: Term) -> Any:
        """The value of a term. Raises OutsideFragment for what is no number, or not finite here."""
        if isinstance(term, Num):
            return sympy.Integer(term.value)
        if isinstance(term, Bound):
            return self._stack[-1 - term.index]
        if isinstance(term, Var):
            return self.values[term.name] if term.name in self.values else self.symbol(term.name)
        if isinstance(term, Bind):
            key = (term, tuple(self._stack[len(self._stack) - term.loose :]))
            if key not in self._memo:
                self._memo[key] = self._binder(term)
            return self._memo[key]
        if isinstance(term, App):
            return self._application(term)
        raise OutsideFragment(f"{term} has no value")

    def symbol(self, name: str) -> Any:
        """The SymPy symbol of a variable that stays symbolic."""
        known = assumptions(name, self.facts.given)
        symbol = sympy.Symbol(name, **(known or {"real": True}))
        domain = self.facts.domains.get(name)
        if isinstance(domain, App) and domain.head == "interval":
            self.restrict(symbol, domain)
        return symbol

    def restrict(self, symbol: Any, interval: App) -> None:
        """Note that a symbol ranges over an open interval."""
        low, high = map(self.value, interval.args)
        if low.is_finite and not (symbol.is_positive and low == 0 and high is sympy.oo):
            self.parameters.setdefault(symbol, _between(low, high, sympy.Dummy(f"u_{symbol.name}", positive=True)))

    def _application(self, term: App) -> Any:
        head = term.head
        if head == "card":
            return sympy.Integer(len(self.members(term.args[0])))
        if head == "oo":
            return sympy.oo
        args = [self.value(arg) for arg in term.args]
        if head == "at":
            vector, index = args
            if isinstance(vector, tuple) and index in range(1, len(vector) + 1):
                return vector[int(index) - 1]
            raise OutsideFragment(f"{term} is no component")
        operation = _OPERATIONS.get(head)
        if operation is None:
            return self._abstract(head, args)
        if not all(isinstance(arg, sympy.Expr) for arg in args):
            raise OutsideFragment(f"{term} calculates with what is no number")
        return operation(*args)

    def _abstract(self, head: str, args: list[Any]) -> Any:
        """A function at labels and symbolic numbers: one symbol, or undefined function, for each tuple of labels."""
        labels = [_HOLE if isinstance(arg, sympy.Expr) and not arg.is_number else arg for arg in args]
        numbers = [arg for label, arg in zip(labels, args, strict=True) if label is _HOLE]
        found = self._letter(head, labels)
        if (head, len(args)) in self.facts.masses:
            self._normalise(found, head, labels)
        interval = self.facts.intervals.get((head, len(args)))
        if not numbers:
            if interval is not None:
                self.restrict(found, interval)
            return found
        low, high = (-sympy.oo, sympy.oo) if interval is None else map(self.value, interval.args)
        return _between(low, high, found(*numbers)) if low.is_finite else found(*numbers)

    def _letter(self, head: str, labels: Sequence[Any]) -> Any:
        """A symbol, or where holes are left for numbers an undefined function."""
        key = head, len(labels)
        # a function into an interval is written with a positive one
        positive = key in self.facts.positive or (_HOLE in labels and key in self.facts.intervals)
        known = {"positive": True} if positive else {"real": True}
        name = f"{head}({', '.join(map(str, labels))})"
        return sympy.Function(name, **known) if _HOLE in labels else sympy.Symbol(name, **known)

    def _normalise(self, letter: Any, head: str, labels: Sequence[Any]) -> None:
        """Note the other values of a mass function at its last element."""
        place, domain = self.facts.masses[head, len(labels)]
        members = self.members(domain)
        if labels[place] not in members:
            raise OutsideFragment(f"{head} is taken outside of its set")
        if labels[place] == members[-1]:
            others = ([*labels[:place], member, *labels[place + 1 :]] for member in members[:-1])
            self._rests[letter] = tuple(self._letter(head, other) for other in others)

    # ------------------------------------------------------------ binders

    def inside(self, value: Any, body: Term) -> Any:
        """The value of a body whose bound variable is `value`."""
        with self.bound_to(value):
            return self.value(body)

    @contextmanager
    def bound_to(self, value: Any) -> Iterator[None]:
        """Inside a binder whose variable is `value`."""
        self._stack.append(value)
        try:
            yield
        finally:
            self._stack.pop()

    def _binder(self, term: Bind) -> Any:
        if term.head == "d":
            return self._derivative(term)
        if term.head in _SIDES:
            return self._limit(term)
        reduce = _REDUCTIONS.get(term.head)
        if reduce is None:
            raise OutsideFragment(f"{term.head} has no value")
        return reduce([[self.inside(member, body) for body in term.bodies] for member in self.members(term.arg)])

    def _derivative(self, term: Bind) -> Any:
        point = self.value(term.arg)
        if not isinstance(point, sympy.Expr):
            raise OutsideFragment("a derivative at what is no number")
        self._level += 1
        known = point.assumptions0 if point.is_Symbol else {"real": True}
        variable = sympy.Dummy(term.hint, dummy_index=-self._level, **known)  # the same again for the same level
        key = self.inside(variable, term.bodies[0]), variable
        self._level -= 1
        slope = self._slopes.get(key)
        if slope is None:
            slope = self._slopes[key] = key[0].diff(variable)
        return slope.xreplace({variable: point}) if point.is_Symbol else slope.subs(variable, point)

    def _limit(self, term: Bind) -> Any:
        side = _SIDES[term.head]
        point = self.value(term.arg)
        variable = sympy.Dummy(term.hint, **({"positive": True} if side == "+" and point == 0 else {"real": True}))
        body = self.inside(variable, term.bodies[0]).xreplace(self.parameters)
        return sympy.limit(body, variable, point, side)

    def members(self, domain: Term) -> tuple[Any, ...]:
        """The elements of a finite set. Raises OutsideFragment for any other set, and for large ones."""
        found = tuple(itertools.islice(self._members(domain), _MOST_MEMBERS + 1))
        if len(found) > _MOST_MEMBERS:
            raise OutsideFragment(f"{domain} is too large")
        return found

    def _members(self, domain: Term) -> Iterator[Any]:
        if isinstance(domain, Var) and domain.name in self.sizes:
            return map(Element, range(1, self.sizes[domain.name] + 1))
        if not isinstance(domain, App) or domain.head not in ("bits", "range", "tuples", "without"):
            raise OutsideFragment(f"{domain} is not a finite set")
        if domain.head == "bits":
            return iter(sympy.FiniteSet(0, 1))
        if domain.head == "without":
            removed = self.value(domain.args[1])
            return (member for member in self._members(domain.args[0]) if member != removed)
        ends = [self.value(end) for end in domain.args[domain.head == "tuples" :]]
        if not all(isinstance(end, sympy.Integer) for end in ends):
            raise OutsideFragment(f"{domain} is not a finite set here")
        if domain.head == "range":
            return iter(sympy.Range(ends[0], ends[1] + 1))
        return itertools.product(self.members(domain.args[0]), repeat=int(ends[0]))

    # ------------------------------------------------------------ normalisation

    def reduced(self, expr: Any, *kinds: Any) -> Any:
        """Atoms of some kinds that belong to the last value of a mass function, by those of the other values."""
        found: dict[Any, Any] = {}
        for atom in expr.atoms(*kinds) if self._rests else ():
            inner = atom.expr if isinstance(atom, sympy.Derivative) else atom
            others = self._rests.get(inner.func if isinstance(inner, AppliedUndef) else inner)
            if others is None:
                continue
            values = [one(*inner.args) if inner.args else one for one in others]
            if inner is atom:
                found[atom] = 1 - sympy.Add(*values)
            else:
                found[atom] = -sympy.Add(*(sympy.Derivative(one, *atom.variable_count) for one in values))
        return expr.xreplace(found)

    def weighted(self, expr: Any) -> Any:
        """The values of mass functions as weights over their sum, all positive; their derivatives sum to 0."""
        expr = self.reduced(expr, sympy.Derivative)
        slopes = {atom: sympy.Dummy("slope", real=True) for atom in expr.atoms(sympy.Derivative)}
        expr = expr.xreplace(slopes)
        found: dict[Any, Any] = {}
        for last, others in self._rests.items():
            used = {atom.args for atom in expr.atoms(AppliedUndef) if atom.func in (last, *others)} or {()}
            for args in used:
                weights = [sympy.Dummy("w", positive=True) for _ in (last, *others)]
                for one, weight in zip((last, *others), weights, strict=True):
                    found[one(*args) if args else one] = weight / sympy.Add(*weights)
        return expr.xreplace(found)


def _between(low: Any, high: Any, positive: Any) -> Any:
    """Any number between two ends, by a positive one."""
    if high is sympy.oo:
        return low + positive
    return low + (high - low) * positive / (1 + positive)


def _mean(rows: list[list[Any]], column: int = 1) -> Any:
    return sympy.Add(*(row[0] * row[column] for row in rows))


def _covariance(rows: list[list[Any]]) -> Any:
    """By definition; the variance is the case of one function twice."""
    first, second = _mean(rows), _mean(rows, -1)
    return sympy.Add(*(row[0] * (row[1] - first) * (row[-1] - second) for row in rows))


_OPERATIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a**b,
    "neg": lambda a: -a,
    "sqrt": sympy.sqrt,
    **SHARED,
    **DEFINED,
}
_REDUCTIONS: Final[Mapping[str, Callable[[list[list[Any]]], Any]]] = {
    "sum": lambda rows: sympy.Add(*(row[0] for row in rows)),
    "prod": lambda rows: sympy.Mul(*(row[0] for row in rows)),
    "E": _mean,
    "Var": _covariance,
    "Cov": _covariance,
    "KL": lambda rows: sympy.Add(*(q * sympy.log(q / p) for q, p in rows)),
    "H": lambda rows: -sympy.Add(*(q * sympy.log(q) for (q,) in rows)),
    "CE": lambda rows: -sympy.Add(*(q * sympy.log(p) for q, p in rows)),
}

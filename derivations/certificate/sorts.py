"""Sorts: what each variable of an untyped claim stands for, found by unification.

Our terms have no types; Coq's have. A sort is a real number, a vector of things of one sort, or an element of a set
about which nothing is known, which becomes a type of its own. Whole numbers and bits are reals.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from derivations.errors import OutsideFragment
from derivations.term import App, Bind, Num, Term, Var, opened
from derivations.vocabulary import CONSTANTS, FUNCTIONS, POINT_BINDERS, RELATIONS

FINITE_SETS: Final = frozenset({"bits", "range", "tuples", "without"})
REAL_SETS: Final = frozenset({"interval", "integers", "reals"})
_SETS: Final = FINITE_SETS | REAL_SETS
_NO_FUNCTIONS: Final = RELATIONS | {"oo"}
_REAL_FUNCTIONS: Final = frozenset({
    "+", "-", "*", "/", "^", "neg", "log", "exp", "sqrt", "sigmoid", "logit", "softplus", "tanh", "abs", "binom",
    "factorial", "bern", "sin", "cos", "sinh", "cosh", "max", "min", "pi_number",
    "normal", "arctan", "arcsin", "arccos", "arsinh", "arcosh", "artanh", "sign", "root",
})  # fmt: skip


class Uncertified(OutsideFragment):
    """What the certificate cannot express; the message says what."""


class Sort:
    """Real, vector or opaque; unknown until it is unified with one of them."""

    __slots__ = ("_is", "inner", "kind", "name")

    def __init__(self, kind: str = "", inner: Sort | None = None) -> None:
        self.kind, self.inner, self.name = kind, inner, ""
        self._is: Sort | None = None

    @property
    def known(self) -> Sort:
        """The sort that stands for all that were unified with this one."""
        here = self
        while here._is is not None:
            here = here._is
        return here

    def is_like(self, other: Sort) -> None:
        """Make two sorts one. Raises Uncertified."""
        left, right = self.known, other.known
        if left is right:
            return
        if not left.kind:
            left._is = right
        elif not right.kind:
            right._is = left
        elif left.kind == right.kind == "vector" and left.inner is not None and right.inner is not None:
            left.inner.is_like(right.inner)
        elif left.kind != right.kind:
            raise Uncertified(f"one thing is used as a {left.kind} and as a {right.kind}")


REAL: Final = "real"
VECTOR: Final = "vector"


class Signature:
    """The sorts of all names of some terms: `variables`, `sets` (of their elements), `functions` (arguments, value)."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.real = Sort(REAL)
        self.variables: dict[str, Sort] = {}
        self.sets: dict[str, Sort] = {}
        self.functions: dict[str, tuple[list[Sort], Sort]] = {}
        self._bound = 0
        for term in terms:
            self.proposition(term)

    def proposition(self, term: Term) -> None:
        """Learn from a proposition. Raises Uncertified."""
        if isinstance(term, App) and term.head == "in":
            self.of(term.args[0]).is_like(self.elements(term.args[1]))
        elif isinstance(term, App) and term.head in RELATIONS:
            left, right = (self.of(arg) for arg in term.args)
            left.is_like(right)
            if term.head in ("<", "<="):
                left.is_like(self.real)
        elif isinstance(term, Bind):
            self._binder(term)
        else:
            raise Uncertified(f"{term} is not a proposition")

    def of(self, term: Term) -> Sort:
        """The sort of a term. Raises Uncertified."""
        if isinstance(term, Num):
            return self.real
        if isinstance(term, Var):
            return self.variables.setdefault(term.name, Sort())
        if isinstance(term, Bind):
            self._binder(term)
            return self.real
        if not isinstance(term, App) or term.head in _SETS or term.head in _NO_FUNCTIONS - {"oo"}:
            raise Uncertified(f"{term} is no element")
        if term.head == "at":
            item = Sort()
            self.of(term.args[0]).is_like(Sort(VECTOR, item))
            self.of(term.args[1]).is_like(self.real)
            return item
        if term.head == "delta":
            left, right = (self.of(arg) for arg in term.args)
            left.is_like(right)
            return self.real
        if term.head == "card":
            self.elements(term.args[0])
            return self.real
        if term.head in _REAL_FUNCTIONS or term.head == "oo":
            for arg in term.args:
                self.of(arg).is_like(self.real)
            return self.real
        if term.head in FUNCTIONS or term.head in CONSTANTS:
            raise Uncertified(f"{term.head}, which the library for Coq does not have")
        return self._function(term)

    def elements(self, term: Term) -> Sort:
        """The sort of the elements of a set."""
        if isinstance(term, Var):
            return self.sets.setdefault(term.name, Sort())
        if not isinstance(term, App) or term.head not in _SETS:
            raise Uncertified(f"{term} is no set")
        if term.head == "tuples":
            self.of(term.args[1]).is_like(self.real)
            return Sort(VECTOR, self.elements(term.args[0]))
        if term.head == "without":
            items = self.elements(term.args[0])
            self.of(term.args[1]).is_like(items)
            return items
        for arg in term.args:
            self.of(arg).is_like(self.real)
        return self.real

    def _function(self, term: App) -> Sort:
        found = self.functions.setdefault(term.head, ([Sort() for _ in term.args], Sort()))
        if len(found[0]) != len(term.args):
            raise Uncertified(f"{term.head} is used with different numbers of arguments")
        for sort, arg in zip(found[0], term.args, strict=True):
            self.of(arg).is_like(sort)
        return found[1]

    def _binder(self, term: Bind) -> None:
        self._bound += 1
        name = f"#{self._bound}"  # no name of a user
        if term.head in POINT_BINDERS:
            self.of(term.arg).is_like(self.real)
            self.variables[name] = self.real
        else:
            self.variables[name] = self.elements(term.arg)
        bodies = opened(term, name)
        if term.head == "forall":
            self.proposition(bodies[0])
            return
        for body in bodies:
            self.of(body).is_like(self.real)

    def settle(self) -> tuple[Sort, ...]:
        """Give names to the sorts about which nothing is known, and reals to the values of functions; the new sorts."""
        for _, value in self.functions.values():
            if not value.known.kind:
                value.is_like(self.real)
        new: list[Sort] = []
        for name, sort in (*self.sets.items(), *self.variables.items()):
            self._settle(sort, name, new)
        for name, (arguments, _) in self.functions.items():
            for argument in arguments:
                self._settle(argument, name, new)
        return tuple(new)

    def _settle(self, sort: Sort, name: str, new: list[Sort]) -> None:
        here = sort.known
        if here.kind == VECTOR and here.inner is not None:
            self._settle(here.inner, name, new)
        elif not here.kind:
            here.kind, here.name = "opaque element", name
            new.append(here)

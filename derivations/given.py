"""The given: everything that is assumed, as propositions in the same language as the claims.

    beta in interval(0, 1)               a real symbol in an open interval (`reals` for no bounds)
    m in integers(1, oo)                 a whole number, bounds included
    z in Z,  b in bits,  k in range(1, n),  x in tuples(bits, n)       elements of finite sets
    k != l,  a < b,  0 <= c              further facts
    pmf[z in Z](q(?phi, z))              q is a probability mass function in its second argument
    0 < q(?phi, ?z)                      it is positive
    differentiable[t = ?phi](q(t, ?z))   and differentiable in its first argument
    density[x in X](p(x))                p is a probability density on X: not negative, and its integral is 1
    convex[t in reals](f(t))             f is convex
    integrable[x in X](?F(x))            the integrals over X that are met converge
    interchange[t = ?phi](int[x in X](?F(t, x)))   and may be differentiated under the integral sign

A metavariable such as `?phi` means "for all". Sets that a sum ranges over are finite and not empty. A set that an
integral ranges over carries a measure of its own, sigma-finite and not zero: the same in all integrals over this set.
`reals` carries length.
An abstract function depends on its arguments and on nothing else: what f does not take, f does not depend on.

>>> print(Given.of("beta in interval(0, 1)", "0 < q(?phi, ?z)"))
beta in interval(0, 1); 0 < q(?phi, ?z)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from derivations.errors import NotationError
from derivations.notation import read
from derivations.term import App, Bind, Term, Var, substituted

_KINDS: Final = {
    "real": "reals", "positive": "interval(0, oo)", "integer": "integers(-oo, oo)",
    "positive integer": "integers(1, oo)", "bit": "bits",
}  # fmt: skip


class Given:
    """An immutable collection of facts, found by the variable or the function that they speak about."""

    __slots__ = ("_by_subject", "_hash", "_set", "facts", "general", "names")
    general: tuple[Term, ...]  # the facts with metavariables, which speak about all instances
    names: frozenset[str]  # every variable and function that the given speaks about

    def __init__(self, facts: Iterable[Term] = ()) -> None:
        self.general = ()
        self._know(tuple(dict.fromkeys(facts)), (), {})

    def _know(self, new: tuple[Term, ...], known: tuple[Term, ...], index: dict[str, tuple[Term, ...]]) -> None:
        """Set up for the known facts, which the index has already, and the new ones."""
        for fact in new:
            for subject in subjects(fact):
                index[subject] = (*index.get(subject, ()), fact)
        self.facts = known + new
        self.general += tuple([fact for fact in new if _is_general(fact)])
        self._set = frozenset(self.facts)
        self._hash = hash(self._set)
        self._by_subject = index
        self.names = frozenset(index)

    @classmethod
    def of(cls, *facts: str) -> Given:
        """The given whose facts are written in the plain notation. Raises NotationError."""
        return cls(read(fact) for fact in facts)

    @classmethod
    def from_dict(cls, domains: Mapping[str, object]) -> Given:
        """Symbols with a kind or an open interval, as users write them.

        Raises: NotationError for a kind that is not known.

        >>> print(Given.from_dict({"beta": ("0", "1"), "m": "positive integer"}))
        beta in interval(0, 1); m in integers(1, oo)
        """
        return cls(_domain_fact(name, domain) for name, domain in domains.items())

    def about(self, subject: str) -> tuple[Term, ...]:
        """The facts that speak about a variable or an abstract function."""
        return self._by_subject.get(subject, ())

    def assume(self, *facts: Term) -> Given:
        """This given with more facts."""
        new = tuple([fact for fact in dict.fromkeys(facts) if fact not in self._set])
        if not new:
            return self
        more = Given.__new__(Given)
        more.general = self.general
        more._know(new, self.facts, dict(self._by_subject))
        return more

    def without(self, fact: Term) -> Given:
        """This given less one fact."""
        return Given(other for other in self.facts if other != fact)

    def __contains__(self, fact: object) -> bool:
        return fact in self._set

    def __iter__(self) -> Iterator[Term]:
        return iter(self.facts)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Given) and self._set == other._set)

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        return "; ".join(str(fact) for fact in self.facts)

    def __repr__(self) -> str:
        return f"<given {self}>"


def _is_general(fact: Term) -> bool:
    return any(name.startswith("?") for name in (*fact.free_vars, *fact.heads))


def subjects(fact: Term) -> frozenset[str]:
    """The variables and abstract functions in a fact; metavariables are not counted."""
    found = {name for name in fact.free_vars if not name.startswith("?")}
    waiting = [fact]
    while waiting:
        term = waiting.pop()
        if isinstance(term, App):
            if term.head.isidentifier() and term.args:
                found.add(term.head)
            waiting.extend(term.args)
        elif isinstance(term, Bind):
            waiting.extend((term.arg, *term.bodies))
    return frozenset(found)


_ENDS: Final[dict[str, Term]] = {"pi": App("pi_number"), "infty": App("oo"), "inf": App("oo")}


_DECIMAL: Final = re.compile(r"\d*\.\d+")


def _end(end: object) -> Term:
    r"""An end of an interval as users write it: "0", "0.5", "pi/2", r"-\infty"."""
    text = _DECIMAL.sub(lambda found: f"({Fraction(found[0])})", str(end).replace("\\", ""))
    return substituted(read(text), _ENDS)


def _domain_fact(name: str, domain: object) -> Term:
    if isinstance(domain, str) and domain in _KINDS:
        return App("in", (Var(name), read(_KINDS[domain])))
    if isinstance(domain, (tuple, list)) and len(domain) == 2:
        return App("in", (Var(name), App("interval", [_end(end) for end in domain])))
    wanted = ", ".join(repr(kind) for kind in _KINDS)
    raise NotationError(str(domain), 0, f"for {name} one of {wanted}, or an open interval such as ('0', '1')")

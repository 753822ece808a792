"""A refuted claim taken apart: what a slip may have lost or confused, and every place where it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, TypeAlias

from derivations.given import Given
from derivations.term import (
    App,
    Bind,
    Num,
    Term,
    Var,
    bind,
    children,
    fresh_name,
    instantiated,
    opened,
    substituted,
    subterms,
)
from derivations.vocabulary import POINT_BINDERS

PLACE: Final = "?place"  # stands in a weight for the value that it weighs
Around: TypeAlias = "tuple[tuple[str, Term], ...]"  # the bound variables around a place, with their sets


@dataclass(frozen=True)
class Slip:
    """A refuted claim, and the names and distributions in it that a slip may have lost or confused."""

    claim: App
    given: Given

    @property
    def left(self) -> Term:
        """The left side."""
        return self.claim.args[0]

    @property
    def right(self) -> Term:
        """The right side, where a step is newest."""
        return self.claim.args[1]

    def becoming(self, right: Term, left: Term | None = None) -> App:
        """The claim with other sides."""
        return App(self.claim.head, (self.left if left is None else left, right))

    @cached_property
    def heads(self) -> frozenset[str]:
        """The heads that occur in the claim."""
        return frozenset(part.head for part in subterms(self.claim) if isinstance(part, (App, Bind)))

    @cached_property
    def weights(self) -> tuple[tuple[Term, Term], ...]:
        """The probability mass functions of the claim with the sets of their values, `?place` for the value."""
        facts = [fact for fact in self.given if isinstance(fact, Bind) and fact.head == "pmf"]
        known = {body.head for fact in facts for body in fact.bodies if isinstance(body, App)}
        return tuple(dict.fromkeys(chain(*(_weights(side, known | {"bern"}) for side in self.claim.args))))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Variables and indexed families that are Bernoulli parameters, and variables in the unit interval."""
        first = (part.args[0] for part in subterms(self.claim) if isinstance(part, App) and part.head == "bern")
        names = [name_of(term) for term in first]
        return tuple(dict.fromkeys([name for name in names if name] + self._within("interval")))

    @cached_property
    def bits(self) -> tuple[str, ...]:
        """The free variables of the claim in {0, 1}."""
        return tuple(self._within("bits"))

    @cached_property
    def sizes(self) -> tuple[str, ...]:
        """The free whole numbers of the claim, such as the number of draws."""
        return tuple(self._within("integers"))

    def _within(self, domain: str) -> list[str]:
        return [name for name in sorted(self.claim.free_vars) if domain_of(name, self.given) == domain]


def domain_of(name: str, given: Given) -> str | None:
    """The head of the set that a variable is given to be in."""
    for fact in given.about(name):
        if isinstance(fact, App) and fact.head == "in" and fact.args[0] == Var(name) and isinstance(fact.args[1], App):
            return fact.args[1].head
    return None


def name_of(term: Term) -> str | None:
    """The name of a variable or of an indexed family."""
    if isinstance(term, Var):
        return term.name
    return term.head if isinstance(term, App) and term.args and term.head.isidentifier() else None


def _weights(term: Term, known: set[str]) -> Iterator[tuple[Term, Term]]:
    """The mass functions below sums and expectations, with derivatives read at their points."""
    if isinstance(term, Bind):
        if term.head in POINT_BINDERS:
            for body in term.bodies:
                yield from _weights(instantiated(body, (term.arg,)), known)
            return
        for body in opened(term, PLACE):
            for part in _at_points(body):
                if isinstance(part, App) and part.head in known and part.args[-1] == Var(PLACE) and not part.loose:
                    yield part, term.arg
            yield from ((one, term.arg) for one, _ in _weights(body, known) if PLACE in one.free_vars)
    for child in children(term) if isinstance(term, App) else ():
        yield from _weights(child, known)


def _at_points(term: Term) -> Iterator[Term]:
    """The subterms, and those of what is differentiated at the point where that is done."""
    for part in subterms(term):
        yield part
        if isinstance(part, Bind) and part.head in POINT_BINDERS and not part.loose:
            for body in part.bodies:
                yield from _at_points(instantiated(body, (part.arg,)))


# ---------------------------------------------------------------- rewriting one place

# What a subterm may have been, given the bound variables around it with their sets.
Rewrite: TypeAlias = "Callable[[Term, Around], Iterator[Term]]"


def rewritten(term: Term, rewrite: Rewrite, around: Around = ()) -> Iterator[Term]:
    """Every term that comes from rewriting one subterm, outermost first; binders are opened under fresh names."""
    yield from rewrite(term, around)
    if isinstance(term, App):
        for place, arg in enumerate(term.args):
            for changed in rewritten(arg, rewrite, around):
                yield App(term.head, (*term.args[:place], changed, *term.args[place + 1 :]))
    elif isinstance(term, Bind):
        name = fresh_name(term.hint, term.free_vars | {other for other, _ in around})
        bodies = opened(term, name)
        for place, body in enumerate(bodies):
            for changed in rewritten(body, rewrite, (*around, (name, term.arg))):
                yield bind(term.head, name, term.arg, *bodies[:place], changed, *bodies[place + 1 :])


def on_the_right(slip: Slip, rewrite: Rewrite) -> Iterator[App]:
    """The claims whose right side differs in one place."""
    return (slip.becoming(right) for right in rewritten(slip.right, rewrite))


def on_either_side(slip: Slip, rewrite: Rewrite) -> Iterator[App]:
    """The new side first: it is where a step goes wrong."""
    yield from on_the_right(slip, rewrite)
    yield from (slip.becoming(slip.right, left) for left in rewritten(slip.left, rewrite))


def head_of(term: Term) -> str:
    """The head of a term, empty for numbers and variables."""
    return term.head if isinstance(term, (App, Bind)) else ""


def mentions(term: Term, *heads: str) -> bool:
    """Whether one of the heads occurs in a term."""
    return any(head_of(part) in heads for part in subterms(term))


def has_complement(term: Term) -> bool:
    """Whether some 1 - a occurs in a term."""
    return any(isinstance(part, App) and part.head == "-" and part.args[0] == Num(1) for part in subterms(term))


def factors_of(term: Term) -> list[Term]:
    """The factors of a product."""
    if isinstance(term, App) and term.head == "*":
        return [*factors_of(term.args[0]), *factors_of(term.args[1])]
    return [term]


def product_of(factors: list[Term]) -> Term:
    """The product of factors."""
    found = factors[0]
    for factor in factors[1:]:
        found = App("*", (found, factor))
    return found


def times(one: Term, other: Term) -> Term:
    """The product of two terms."""
    return App("*", (one, other))


def over(top: Term, bottom: Term) -> Term:
    """The quotient of two terms."""
    return App("/", (top, bottom))


def weights_at(slip: Slip, around: Around) -> Iterator[Term]:
    """The probabilities of the values of the bound variables around a place."""
    for name, domain in around:
        yield from (substituted(one, {PLACE: Var(name)}) for one, values in slip.weights if values == domain)


def flips(chosen: Callable[[Term], bool]) -> Rewrite:
    """One sign turned, of a term that is chosen."""

    def rewrite(term: Term, around: Around) -> Iterator[Term]:
        if not isinstance(term, App):
            return
        if term.head in ("+", "-"):
            if chosen(term.args[1]):
                yield App("-" if term.head == "+" else "+", term.args)
            if chosen(term.args[0]):
                negative = App("neg", (term.args[0],))
                yield App(term.head, (negative, term.args[1]))
        elif term.head == "neg" and chosen(term.args[0]):
            yield term.args[0]

    return rewrite

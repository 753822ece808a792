"""What a script may use at a place: the facts with the names of their hypotheses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from derivations.certificate.gallina import Gallina
from derivations.given import Given, subjects
from derivations.matching import Bindings, match
from derivations.term import App, Bind, Term, Var


@dataclass(frozen=True)
class Fact:
    """A fact, the name of its hypothesis, and the metavariables for which it holds, in the hypothesis's order."""

    term: Term
    name: str
    metavariables: tuple[str, ...] = ()

    def instance(self, bindings: Bindings, text: Gallina) -> str:
        """The hypothesis for these values of the metavariables."""
        if not self.metavariables:
            return self.name
        return " ".join([self.name, *(text.term(bindings[m], 9) for m in self.metavariables)])


def metavariables_of(fact: Term) -> tuple[str, ...]:
    """The metavariables of a fact of the given, in the order in which its hypothesis has them."""
    return tuple(sorted(name for name in fact.free_vars if name.startswith("?")))


@dataclass(frozen=True)
class Context:
    """The given, as the kernel has it at this place, and a hypothesis for each of its facts.

    `sizes` are the named sets with the hypotheses that say that they are not empty.
    """

    given: Given
    facts: tuple[Fact, ...]
    text: Gallina
    sizes: tuple[tuple[str, str], ...] = ()

    def assuming(self, *facts: Fact) -> Context:
        """The context further inside."""
        given = self.given.assume(*(fact.term for fact in facts))
        return Context(given, (*self.facts, *facts), self.text, self.sizes)

    @contextmanager
    def entered(self, binder: Bind) -> Iterator[tuple[str, str, str, Context]]:
        """Below a binder over a set: a name of ours for its variable, what Coq calls it and its membership, and
        the context there."""
        names = self.text.names
        name = self.text.new_name(binder.hint)
        with names.standing_for(name) as word, names.lent(f"H{word}") as hypothesis:
            yield name, word, hypothesis, self.assuming(Fact(fact_inside(name, binder.arg), hypothesis))

    def about(self, subject: str) -> Iterator[Fact]:
        """The facts that speak about a variable or a function, the innermost first."""
        for fact in reversed(self.facts):
            if subject in subjects(fact.term):
                yield fact

    def exactly(self, proposition: Term) -> str | None:
        """A hypothesis, or an instance of one, that is this very proposition."""
        for fact in reversed(self.facts):
            found: Bindings = {}
            if fact.term == proposition or (fact.metavariables and _matches(fact.term, proposition, found)):
                return fact.instance(found, self.text)
        return None

    def memberships(self, element: Term) -> Iterator[tuple[Term, str]]:
        """The sets that facts say an element lies in, with their hypotheses."""
        for fact in reversed(self.facts):
            found: Bindings = {}
            if isinstance(fact.term, App) and fact.term.head == "in" and _matches(fact.term.args[0], element, found):
                domain = fact.term.args[1]
                if not any(name.startswith("?") for name in domain.free_vars):
                    yield domain, fact.instance(found, self.text)

    def matched(self, schema: Term, term: Term) -> Bindings | None:
        """The values of metavariables that make a schema this term."""
        found: Bindings = {}
        return found if _matches(schema, term, found) else None

    def nonempty(self, name: str) -> str | None:
        """The hypothesis that a named set is not empty."""
        return dict(self.sizes).get(name)


def _matches(schema: Term, term: Term, bindings: Bindings) -> bool:
    if not any(name.startswith("?") for name in schema.free_vars):
        return schema == term
    same_shape = isinstance(schema, (App, Bind)) and isinstance(term, (App, Bind)) and schema.head == term.head
    return same_shape and match(schema, term, bindings)


def fact_inside(name: str, domain: Term) -> Term:
    """That the variable of a binder lies in its set."""
    return App("in", (Var(name), domain))

"""Expectations over outcomes as expectations under the laws of samples and random variables that sentences speak of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from derivations.latex.laws import LawOf
from derivations.latex.outcomes import OUTCOMES
from derivations.latex.samples import Sample, Variable, any_law
from derivations.latex.scope import Scope, explained, name_inside
from derivations.matching import replaced
from derivations.term import (
    App,
    Bind,
    Num,
    Term,
    Var,
    at,
    bind,
    div,
    fresh_name,
    mul,
    opened,
    power,
    sub,
    substituted,
    subterms,
    summation,
)

_DRAW: Final = "draw"  # the number of a draw, where each has a law of its own


class Drawn:
    """Expectations over outcomes as expectations under the law of a sample."""

    def __init__(self, sample: Sample, scope: Scope, text: str) -> None:
        self.sample, self.text = sample, text
        self.apart: tuple[str, str] | None = None  # two indices that the text says are different
        self.size: Term = Var(sample.size or f"{sample.letter}_count")
        self.least = 1
        laws = [one for one in scope.laws_of(sample.law) if one.domain is not None and len(one.values) == 1]
        law = next((one for one in laws if one.values[0] == sample.letter.lower()), None)
        if law is not None and law.domain is not None:
            self.law = LawOf(law.values[0], law.domain, law.term)
            self.new = False
        elif sample.chance:
            chance = Var(sample.chance) if sample.alike else App(sample.chance, (Var(_DRAW),))
            self.law = LawOf("x", App("bits"), App("bern", (chance, Var("x"))))
            self.new = False
        else:
            self.law = any_law(sample.letter, "x")
            if not sample.alike:
                self.law = replace(self.law, pmf=App(f"p_{sample.letter}", (Var(_DRAW), Var("x"))))
            self.new = True

    def term(self, term: Term) -> Term:
        """The term with its expectations under the law; unchanged where it mentions other random variables."""
        found = self.expectations(term)
        if not self.sample.alike:
            return self.with_moments(found)
        if self.sample.variance is not None:
            found = replaced(found, self.sample.variance, self.moment("Var"))
            letter = next(iter(self.sample.variance.free_vars))
            found = substituted(found, {letter: App("sqrt", (self.moment("Var"),))})
        if self.sample.mean:
            found = substituted(found, {self.sample.mean: self.moment("E")})
        return found

    def moment(self, head: str, draw: Term | None = None) -> Term:
        """The mean or the variance of the law, of one draw where each has its own."""
        pmf = self.law.pmf if draw is None else substituted(self.law.pmf, {_DRAW: draw})
        return bind(head, self.law.name, self.law.domain, pmf, Var(self.law.name))

    def with_moments(self, term: Term) -> Term:
        """The term with its mu_i and sigma_i^2 as the moments of the draws."""
        if isinstance(term, App):
            args = [self.with_moments(arg) for arg in term.args]
            match self.sample.variance, term:
                case Var(name), App(head, _) if head == name and len(args) == 1:
                    return self.moment("Var", args[0])
                case App("^", (Var(name), _)), App("^", (App(head, _), Num(2))) if head == name:
                    inner = term.args[0]
                    return self.moment("Var", self.with_moments(inner.args[0])) if isinstance(inner, App) else term
                case App("^", (Var(name), _)), App(head, _) if head == name and len(args) == 1:
                    return App("sqrt", (self.moment("Var", args[0]),))
            mean = term.head == self.sample.mean and len(args) == 1
            return self.moment("E", args[0]) if mean else App(term.head, args)
        if not isinstance(term, Bind):
            return term
        name = name_inside(term, term.free_vars)
        bodies = [self.with_moments(body) for body in opened(term, name)]
        return bind(term.head, name, self.with_moments(term.arg), *bodies)

    def facts(self, terms: list[Term]) -> list[Term]:
        """What is given of the law, of the number of draws and of the free indices in some terms that were read."""
        found: list[Term] = []
        if self.new:
            pmf = substituted(self.law.pmf, {_DRAW: Var("?i")})
            found.append(bind("pmf", self.law.name, self.law.domain, pmf))
        if self.sample.chance:
            name = self.sample.chance
            chance = Var(name) if self.sample.alike else App(name, (Var("?i"),))
            found.append(App("in", (chance, App("interval", (Num(0), Num(1))))))
        if self.apart is not None:
            found.append(App("!=", (Var(self.apart[0]), Var(self.apart[1]))))
        if not self.sample.size or self.least > 1:
            found.append(App("in", (self.size, App("integers", (Num(self.least), App("oo"))))))
        places = {
            part.args[1].name
            for term in terms
            for part in subterms(term)
            if isinstance(part, App) and part.head == "at" and isinstance(part.args[1], Var)
        }
        free = frozenset[str]().union(*(term.free_vars for term in terms))
        whole = App("range", (Num(1), self.size))
        return found + [App("in", (Var(name), whole)) for name in sorted(places & free)]

    def expectations(self, term: Term) -> Term:
        """The term with each expectation over outcomes, the innermost ones first, under the law of the sample."""
        if isinstance(term, App):
            return App(term.head, [self.expectations(arg) for arg in term.args])
        if not isinstance(term, Bind):
            return term
        name = name_inside(term, term.free_vars)
        bodies = [self.expectations(body) for body in opened(term, name)]
        if term.arg != OUTCOMES.domain or term.head not in ("E", "Var", "Cov"):
            return bind(term.head, name, term.arg, *bodies)
        return self.under_law(term.head, name, bodies) or bind(term.head, name, term.arg, *bodies)

    def under_law(self, head: str, outcome: str, bodies: list[Term]) -> Term | None:
        """An expectation over outcomes under the law; None where other random variables, or X_i and X_j, are met."""
        taken = frozenset[str]().union(*(body.free_vars for body in bodies))
        single = App(self.sample.letter, (Var(outcome),))
        if not self.sample.alike or not any(part == single for body in bodies for part in subterms(body)):
            return self.under_product(head, outcome, bodies, fresh_name(self.sample.letter.lower(), taken))
        value = fresh_name(self.law.name, taken)
        read = [replaced(body, single, Var(value)) for body in bodies[1:]]
        if any(outcome in body.free_vars for body in read):
            return None
        return bind(head, value, self.law.domain, substituted(self.law.pmf, {self.law.name: Var(value)}), *read)

    def under_product(self, head: str, outcome: str, bodies: list[Term], vector: str) -> Term | None:
        """An expectation of several draws under the product of their laws."""
        places: set[Term] = set()
        read = [self.with_draws(body, Var(outcome), Var(vector), places) for body in bodies[1:]]
        known = frozenset[str]().union(*(body.free_vars for body in bodies))
        free = sorted(part.name for part in places if isinstance(part, Var) and part.name in known)
        numbered = any(isinstance(part, Num) for part in places)
        if any(outcome in body.free_vars for body in read) or not self.may_tell_apart(free, numbered=numbered):
            return None
        index = fresh_name("i", frozenset({vector}))
        one = substituted(self.law.pmf, {self.law.name: at(Var(vector), Var(index)), _DRAW: Var(index)})
        joint = bind("prod", index, App("range", (Num(1), self.size)), one)
        return bind(head, vector, App("tuples", (self.law.domain, self.size)), joint, *read)

    def may_tell_apart(self, free: list[str], *, numbered: bool) -> bool:
        """Whether it is known that the indices of some draws are different; then that is a fact."""
        if len(free) + numbered < 2:
            return True
        if len(free) != 2 or numbered or not _told_apart(free[0], free[1], self.text):
            return False
        self.least = max(self.least, 2)
        self.apart = (free[0], free[1])
        return True

    def with_draws(self, term: Term, outcome: Term, vector: Var, places: set[Term]) -> Term:
        """X(i, outcome) as the component i of the vector of draws; the index of each goes to `places`."""
        letter = self.sample.letter
        match term:
            case App("at", (App(head, (one,)), where)) if head == letter and one == outcome:
                places.add(where)
                return at(vector, where)
        if isinstance(term, App) and outcome in term.args:
            head, _, number = term.head.partition("_")
            if head == letter and not number and len(term.args) == 2 and term.args[1] == outcome:
                places.add(term.args[0])
                return at(vector, term.args[0])
            if head == letter and number.isdigit() and len(term.args) == 1:
                self.least = max(self.least, int(number))
                places.add(Num(int(number)))
                return at(vector, Num(int(number)))
            if head == letter and number == "bar" and len(term.args) == 1:
                index = fresh_name("i", frozenset({vector.name}))
                draws = summation(index, App("range", (Num(1), self.size)), at(vector, Var(index)))
                return div(draws, self.size)
        if isinstance(term, App):
            return App(term.head, [self.with_draws(arg, outcome, vector, places) for arg in term.args])
        if isinstance(term, Bind):
            name = fresh_name(term.hint, term.free_vars | {vector.name})
            arg = self.with_draws(term.arg, outcome, vector, places)
            inner = [self.with_draws(body, outcome, vector, places) for body in opened(term, name)]
            return bind(term.head, name, arg, *inner)
        return term


def _told_apart(first: str, second: str, text: str) -> bool:
    r"""Whether a text says `i \neq j` of two indices."""
    return re.search(rf"(?<!\w){first}\s*(?:\\neq?|\\not\s*=)\s*{second}(?!\w)", text) is not None


def under_law(terms: list[Term], sample: Sample, scope: Scope, text: str) -> tuple[list[Term], list[Term]] | None:
    """Terms with their expectations under the law of a sample, and what is given; None where some are of others."""
    letter = re.compile(rf"{sample.letter}(?:_(?:\d+|bar))?")
    heads = {part.head for term in terms for part in subterms(term) if isinstance(part, App)}
    if not any(map(letter.fullmatch, heads)) or not any(map(speaks_of_outcomes, terms)):
        return None
    law = Drawn(sample, scope, text)
    if law.new and (sample.varies or scope.laws_of(sample.law)):
        return None
    moments = {sample.mean} | (frozenset() if sample.variance is None else sample.variance.free_vars)
    taken_by = {part.arg for term in terms for part in subterms(term) if isinstance(part, Bind)}
    if any(Var(name) in taken_by for name in moments if name):
        return None  # how a law changes with its mean is not known
    found = [law.term(term) for term in terms]
    return None if any(map(speaks_of_outcomes, found)) else (found, law.facts(found))


def under_laws(
    terms: list[Term], said: Sequence[Variable], independent: Callable[[Collection[str]], bool]
) -> tuple[list[Term], list[Term]] | None:
    """Terms with their expectations under the laws of some random variables, and what is given; None for others.

    Several variables have a joint law that is known only where these letters are `independent`.
    """
    by_letter = {one.letter: one for one in reversed(said)}
    met = {part.head for term in terms for part in subterms(term) if isinstance(part, App)} & by_letter.keys()
    if not met or not any(map(speaks_of_outcomes, terms)) or (len(met) > 1 and not independent(met)):
        return None
    found = [_averaged(term, by_letter) for term in terms]
    if any(map(speaks_of_outcomes, found)):
        return None
    return found, [fact for letter in sorted(met) for fact in by_letter[letter].facts]


def laws_explained(old: Sequence[Term], new: Sequence[Term], scope: Scope) -> list[Term]:
    """Terms under the laws of sentences, with what the author defines the parameters of these laws to be."""
    known = frozenset[str]().union(*(term.free_vars for term in old))
    found = list(new)
    for name in sorted(frozenset[str]().union(*(term.free_vars for term in new)) - known):
        definition = scope.definitions.get(name)
        if definition is not None and not definition.parameters:
            found = [explained(term, definition) for term in found]
    return found


def _averaged(term: Term, said: Mapping[str, Variable]) -> Term:
    if isinstance(term, App):
        return App(term.head, [_averaged(arg, said) for arg in term.args])
    if not isinstance(term, Bind):
        return term
    name = name_inside(term, term.free_vars)
    bodies = [_averaged(body, said) for body in opened(term, name)]
    if term.arg != OUTCOMES.domain or term.head not in ("E", "Var", "Cov"):
        return bind(term.head, name, term.arg, *bodies)
    heads = {
        part.head
        for body in bodies[1:]
        for part in subterms(body)
        if isinstance(part, App) and part.args == (Var(name),) and part.head in said
    }
    values = {App(head, (Var(name),)): Var(said[head].law.name) for head in sorted(heads)}
    read = bodies[1:]
    for old, new in values.items():
        read = [replaced(body, old, new) for body in read]
    if any(name in body.free_vars for body in read):
        return bind(term.head, name, term.arg, *bodies)
    laws = [said[head].law for head in sorted(heads)]
    if term.head == "E":
        return _nested(laws, read[0])
    centred = [sub(body, _nested(laws, body)) for body in read]
    return _nested(laws, power(centred[0], 2) if term.head == "Var" else mul(*centred))


def _nested(laws: Sequence[LawOf], body: Term) -> Term:
    """The mean under several laws, one inside another."""
    for law in reversed(laws):
        if isinstance(law.domain, App) and law.domain.head in ("reals", "interval"):
            body = bind("int", law.name, law.domain, mul(law.pmf, body))
        else:
            body = bind("E", law.name, law.domain, law.pmf, body)
    return body


def speaks_of_outcomes(term: Term) -> bool:
    """Whether an expectation that names no distribution stands in a term."""
    return any(isinstance(part, Bind) and part.arg == OUTCOMES.domain for part in subterms(term))

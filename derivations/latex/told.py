r"""The sets of variables that an author says, `$z \in \{0, 1\}^n$`, or that a distribution shows, a^z (1 - a)^(1 - z).

A sum over z without a set is one over what was said of z; densities at z are mass functions there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from derivations.latex.laws import BITS
from derivations.latex.profile import Law
from derivations.latex.samples import said_anew
from derivations.latex.scope import Definition, Joint, Scope
from derivations.latex.sets import set_name
from derivations.term import App, Bind, Num, Term, Var, subterms

_FINITE: Final = frozenset({"bits", "tuples", "range"})


_ELSEWHERE: Final = re.compile(r"\\(?:sub)*section\b|\\paragraph\b|^#", re.MULTILINE)


class Told:
    """The finite sets that sentences say of letters, each with the place where they do."""

    def __init__(self) -> None:
        self.sets: dict[str, tuple[int, Term | None]] = {}

    def hear(self, place: int, said: Mapping[str, Sequence[Term]]) -> None:
        """Take in what a statement says; what is no finite set ends what was said before."""
        for name, facts in said.items():
            domains = [fact.args[1] for fact in facts if isinstance(fact, App) and fact.head == "in"]
            if domains or not facts:
                found = domains[-1] if domains else None
                self.sets[name] = place, found if isinstance(found, App) and found.head in _FINITE else None

    def before(self, place: int, text: str) -> dict[str, Term]:
        """The sets that hold at a place: neither another section nor another variable of the name begins there."""
        return {
            name: domain
            for name, (start, domain) in self.sets.items()
            if domain is not None and start <= place and not said_anew(name, text[start:place])
            if not _ELSEWHERE.search(text, start, place)
        }


def sets_of(definitions: Iterable[Definition]) -> dict[str, Term]:
    r"""The sets of the variables of Bernoulli mass functions that an author has defined.

    >>> from derivations.notation import read
    >>> sets_of([Definition("q", ("z",), read("a^z * (1 - a)^(1 - z)"))])
    {'z': <bits>}
    >>> body = read("prod[i in range(1, n)](a(i)^z(i) * (1 - a(i))^(1 - z(i)))")
    >>> sets_of([Definition("q", ("z",), body)])
    {'z': <tuples(bits, n)>}
    """
    found: dict[str, Term] = {}
    for one in definitions:
        parts = () if one.indexed else tuple(subterms(one.body))
        for name in one.parameters:
            if any(_is_chance(part, Var(name)) for part in parts):
                found[name] = BITS
            for size in _sizes(parts, name):
                found[name] = App("tuples", (BITS, size))
    return found


def _sizes(parts: Iterable[Term], name: str) -> Iterator[Term]:
    """How many factors a^z_i (1 - a)^(1 - z_i) a product has."""
    for part in parts:
        match part:
            case Bind("prod", _, App("range", (Num(1), size)), (body,)) if size.loose == 0:
                if any(_is_chance(one, other) for one in subterms(body) for other in _components(body, name)):
                    yield size


def _components(term: Term, name: str) -> Iterator[Term]:
    for part in subterms(term):
        match part:
            case App("at", (Var(head), _)) if head == name:
                yield part
            case App(head, (_,)) if head == name:
                yield part


def _is_chance(term: Term, value: Term) -> bool:
    """Whether a term is the factor (1 - a)^(1 - z) of a Bernoulli mass function."""
    match term:
        case App("^", (App("-", (Num(1), _)), App("-", (Num(1), exponent)))):
            return exponent == value
    return False


def on_sets(term: Term, told: Mapping[str, Term]) -> Term:
    """A term with the sets that are said in the places of those that letters have by themselves."""
    own: dict[Term, Term] = {Var(set_name(name)): domain for name, domain in told.items()}
    return _on(term, own) if own else term


def _on(term: Term, own: Mapping[Term, Term]) -> Term:
    if isinstance(term, App):
        return App(term.head, [_on(arg, own) for arg in term.args])
    if isinstance(term, Bind):
        return Bind(term.head, term.hint, own.get(term.arg, term.arg), [_on(body, own) for body in term.bodies])
    return term


def laws_on(laws: Sequence[Law], told: Mapping[str, Term]) -> list[Law]:
    """Laws of variables whose sets are said."""
    own: dict[Term, Term] = {Var(set_name(name)): domain for name, domain in told.items()}
    if not own:
        return list(laws)
    return [
        replace(law, term=_on(law.term, own), domain=None if law.domain is None else own.get(law.domain, law.domain))
        for law in laws
    ]


def with_chances(laws: list[Law], facts: list[Term], chances: Mapping[str, Term]) -> tuple[list[Law], list[Term]]:
    """Laws on {0, 1} whose chance of a one is said, `p(z = 1) = a`, and what is given then."""
    for letter, chance in chances.items():
        own = [law for law in laws if law.letters == (letter,)]
        if len(own) == 1 and own[0].domain == BITS and not own[0].parameters and not own[0].conditions:
            known = replace(own[0], term=App("bern", (chance, Var(own[0].values[0]))))
            laws = [known if law is own[0] else law for law in laws]
            facts = [fact for fact in facts if letter not in fact.heads]
            facts.append(App("in", (chance, App("interval", (Num(0), Num(1))))))
    return laws, facts


@dataclass(frozen=True)
class JointOn:
    """A joint distribution of variables whose sets are said."""

    joint: Joint
    told: Mapping[str, Term]

    def density(self, values: frozenset[str], conditions: frozenset[str]) -> Term:
        """The density of some variables given others."""
        return on_sets(self.joint.density(values, conditions), self.told)


def same_sets(base: Scope, domain: Term) -> dict[Term, Term]:
    """The names of the set of all values."""
    names: list[Term] = [Var("Z"), *(name for name in base.setting.same if isinstance(name, Var))]
    return dict.fromkeys(names, domain)

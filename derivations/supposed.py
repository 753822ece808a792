"""What the sentences of a document suppose, and what its letters are said to be behind the steps that use them.

A refutation stands if its counterexample satisfies this too. Proofs never rest on it, unless they say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, TypeAlias

from derivations.errors import OutsideFragment
from derivations.given import Given, subjects
from derivations.kernel import Theorem
from derivations.latex.document import Defined
from derivations.latex.scope import Definition, explained
from derivations.prover import under
from derivations.report import JudgedChain, JudgedStep
from derivations.term import App, Bind, Term, Var, substituted, subterms
from derivations.verdict import Verdict, undecided
from derivations.vocabulary import ARITY, RELATIONS

Judge: TypeAlias = "Callable[[Term, Given], Verdict]"

_OUTCOME: Final = "pr"  # the law of outcomes, which all expectations share


def in_context(chains: Sequence[JudgedChain], defined: Iterable[Defined], judge: Judge) -> list[JudgedChain]:
    """The chains, without the refutations that do not stand with what the rest of the document says.

    Words suppose an equation (`Suppose $a + b = 1$`), and so does one in a sentence of which nothing is known; but for
    one that is concluded behind the step: what follows from a wrong step agrees with it.
    """
    supposed = [
        _Supposed(claim, place, chain.chain.concluded, chain.chain.supposed)
        for place, chain in enumerate(chains)
        for step in chain.steps
        if (chain.chain.supposed and step.verdict.kind != "proved") or (chain.chain.inline and _is_open(step))
        if isinstance(claim := step.verdict.claim, App)
    ]
    named = [one for one in defined if one.term is not None and one.name]
    formed = frozenset(head for chain in chains for step in chain.steps if (head := _formed(step)))
    contexts = [
        _Context(
            chain,
            [one.claim for one in supposed if one.limits(place)],
            [one.claim for one in supposed if one.told and one.place < place and one.claim.head == "="],
            named,
            formed,
            judge,
        )
        for place, chain in enumerate(chains)
    ]
    return [replace(context.chain, steps=context.steps()) for context in contexts]


class _Supposed(NamedTuple):
    """A claim that may be supposed, the number of its chain, and whether words conclude it or let it be so."""

    claim: App
    place: int
    concluded: bool
    told: bool

    def limits(self, place: int) -> bool:
        """Whether it is taken for granted in a chain."""
        return self.place != place and not (self.concluded and self.place > place)


def _formed(step: JudgedStep) -> str:
    """The distribution that a step says the form of, `q(z; r) = r^z (1 - r)^(1 - z)`; empty for other steps."""
    left, right = step.step.lhs, step.step.rhs
    if step.verdict.kind != "definition" or not isinstance(left, App) or right is None or left.head in right.heads:
        return ""
    return left.head if left.args else ""


def _is_open(step: JudgedStep) -> bool:
    """Whether a relation was read, and nothing is known of it."""
    return step.verdict.kind == "undecided"


@dataclass(frozen=True)
class _Context:
    """A chain with what is supposed, and what is defined, elsewhere in the document."""

    chain: JudgedChain
    supposed: Sequence[App]
    tied: Sequence[App]  # the equations among it that words before the chain let hold
    defined: Sequence[Defined]
    formed: frozenset[str]  # the distributions of which the document says a form that is not taken in
    judge: Judge

    def steps(self) -> tuple[JudgedStep, ...]:
        """The steps; refuted ones are judged again with what concerns them."""
        return tuple(
            self.judged(step) if step.verdict.kind == "refuted" else self.apart(step) for step in self.chain.steps
        )

    def apart(self, step: JudgedStep) -> JudgedStep:
        r"""A step; undecided where it is proved with a derivative by \theta of a p with `\theta = g(p)`."""
        claim = step.verdict.claim
        if step.verdict.kind not in ("proved", "conditional") or claim is None:
            return step
        slopes = {part.arg for part in subterms(claim) if isinstance(part, Bind) and part.head == "d"}
        for fact in self.tied if slopes else ():
            for side, other in (fact.args, fact.args[::-1]):
                letters = (other.free_vars & claim.free_vars) - _sets(other)
                alike = isinstance(other, Var)  # if t = p, which is a case
                if side in slopes and fact != claim and letters and not alike and not side.free_vars & other.free_vars:
                    return withdrawn(
                        step, undecided(claim, f"definition missing: what depends on {side}, as in {fact}")
                    )
        return step

    def judged(self, step: JudgedStep) -> JudgedStep:
        claim = step.verdict.claim
        if claim is None:
            return step
        if self.chain.chain.supposed:
            return withdrawn(step, undecided(claim, "it is supposed, not claimed"))
        meant = self.meant(claim, step)
        if meant is None:
            return withdrawn(step, undecided(claim, "definition missing: the form of a distribution is not taken in"))
        given = self.chain.chain.given
        for read in dict.fromkeys((claim, meant)):
            facts = self.facts(read, claim)
            if read == claim and not facts:
                continue
            second = self.judge(read, given.assume(*step.step.heard, *step.step.suppositions, *facts))
            if second.kind == "refuted":
                step = step if meant != claim else replace(step, verdict=second)
                continue
            if second.kind == "proved" and second.proof is not None and read == claim:
                found = _under(claim, second.proof, given, (*step.step.heard, *facts))
                if found is not None:
                    return withdrawn(step, found)
            said = "; ".join(map(str, facts)) or f"what is defined behind it: {meant}"
            return withdrawn(step, undecided(claim, f"definition missing: it may be meant with {said}"))
        return step

    def facts(self, read: Term, claim: Term) -> tuple[App, ...]:
        """What is supposed of the letters of a claim, as it is read, with other names as the document defines them."""
        names = subjects(read)
        others = [one for one in self.defined if one.name not in names and not one.parameters]
        found: list[App] = []
        for fact in self.supposed:
            said: Term = fact
            for one in others if fact != claim else ():
                if one.term is not None:
                    said = explained(said, Definition(one.name, (), one.term))
            if fact != claim and isinstance(said, App) and _constrains(said, read):
                found.append(_of_every_index(said, read))
        return tuple(found)

    def meant(self, claim: Term, step: JudgedStep) -> Term | None:
        """A claim with names as they are defined behind it; None where one is of a distribution."""
        later = [one for one in self.defined if one.start > step.step.span[0] or one.passing]
        laws = {head for fact in self.chain.chain.given if (head := _law(fact))}
        if laws & self.formed & subjects(claim):
            return None
        for one in later:
            if one.name in subjects(claim) and (one.name in laws or _is_of_densities(one.term)):
                return None
            if one.term is not None:
                claim = explained(claim, Definition(one.name, one.parameters, one.term))
        return claim


def _sets(term: Term) -> frozenset[str]:
    """The letters of a term that only name what its sums are over."""
    return frozenset(part.arg.name for part in subterms(term) if isinstance(part, Bind) and isinstance(part.arg, Var))


def _under(claim: Term, theorem: Theorem, given: Given, facts: tuple[Term, ...]) -> Verdict | None:
    try:
        return under(claim, theorem, given, facts)
    except (OutsideFragment, RecursionError):
        return None


def _is_of_densities(term: Term | None) -> bool:
    """Whether a term has functions without a meaning of their own: in another chain they may be other ones."""
    return term is not None and any(
        isinstance(part, App) and part.args and part.head not in ARITY for part in subterms(term)
    )


def _law(fact: Term) -> str:
    """The head of what a fact says to be a mass function; empty for other facts."""
    body = fact.bodies[0] if isinstance(fact, Bind) and fact.head == "pmf" else None
    return body.head if isinstance(body, App) else ""


def withdrawn(step: JudgedStep, verdict: Verdict) -> JudgedStep:
    """A step with another verdict than that it is wrong."""
    return replace(step, verdict=verdict, mistake=None, hint=None)


def _constrains(fact: App, claim: Term) -> bool:
    """Whether a fact says something of the letters of a claim; what it says another letter to be does not."""
    names = subjects(claim)
    ranges = [part.arg for part in subterms(fact) if isinstance(part, Bind)]
    sizes = frozenset[str]().union(*(one.free_vars for one in ranges)) - _outside(fact)
    if not (subjects(fact) - ARITY.keys() - {_OUTCOME} - sizes) & names:
        return False
    named = [_name_of(side) for side in fact.args] if fact.head == "=" else []
    return not any(name and name not in names for name in named)


def _of_every_index(fact: App, claim: Term) -> App:
    """A fact said of a_k for every k, where k only numbers what the claim has in its sums."""
    free = fact.free_vars - claim.free_vars
    numbers = {name for name in free if not _stands_alone(fact, name)}
    said = substituted(fact, {name: Var(f"?{name}") for name in sorted(numbers)})
    return said if isinstance(said, App) else fact


def _stands_alone(term: Term, name: str) -> bool:
    """Whether a letter is anything but the argument of a function without a meaning of its own."""
    if isinstance(term, Bind):
        return name in term.free_vars
    if not isinstance(term, App):
        return False
    numbers = term.head not in ARITY and term.head not in RELATIONS
    return any((arg == Var(name) and not numbers) or _stands_alone(arg, name) for arg in term.args)


def _outside(term: Term) -> frozenset[str]:
    """The letters of a term that do not only say how far its sums go."""
    if isinstance(term, Bind):
        return frozenset[str]().union(*map(_outside, term.bodies))
    if isinstance(term, App):
        return frozenset[str]().union(*map(_outside, term.args))
    return term.free_vars


def _name_of(side: Term) -> str:
    """The letter, or the function, that a side of an equation is, also below a logarithm; empty for other terms."""
    while isinstance(side, App) and side.head in ("log", "exp", "neg"):
        side = side.args[0]
    if isinstance(side, Var):
        return side.name
    return side.head if isinstance(side, App) and side.head in subjects(side) - ARITY.keys() else ""

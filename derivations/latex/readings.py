"""How the sides of a chain are read, and in which other ways they may be meant.

A side is read narrowly and widely where the notation allows both; what its author may take for granted, and other
readings that would save a step from a refutation, are its doubts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeGuard

from derivations.errors import NotationError
from derivations.latex.chances import has_complement
from derivations.latex.densities import Reading
from derivations.latex.document import CLAIM, Doubt, Step
from derivations.latex.doubts import (
    counted,
    described,
    excuse,
    factors_taken,
    indices_left_out,
    named_in,
    of_two_settings,
    of_variables,
    said_of_function,
    suppositions,
    unmatched,
    unnamed_end,
    unnamed_mean,
    with_means,
)
from derivations.latex.events import said_of_events
from derivations.latex.facts import natural_notes, subjects, unknowns
from derivations.latex.gaussians import with_deviations
from derivations.latex.matrices import matrices, speaks_of_matrices
from derivations.latex.meaning import term_of
from derivations.latex.names import GREEK_ALIASES
from derivations.latex.nodes import Formula, Node, Nodes
from derivations.latex.roles import differentiated_by
from derivations.latex.said import valued, weights_called
from derivations.latex.scope import Definition, Scope
from derivations.latex.sequences import sequences, with_values
from derivations.latex.settings import Settings, letters_of, name_of
from derivations.latex.sides import Side
from derivations.latex.signed import SETS, facts_said
from derivations.latex.unsaid import hypotheses, may_be_independent, without_sentences
from derivations.latex.words import named_anew, speaks_of_independence, speaks_of_moments
from derivations.term import App, Bind, Term, substituted, subterms
from derivations.vocabulary import ARITY

_TOGETHER: Final = frozenset({r"\cap", r"\mid", "|", ","})  # who writes P(A \cap B) does not take it for 0
_LONG: Final = 100  # sides of a chain that is no longer read in several ways
_CONDITIONED: Final = 3  # variables of which conditional independence is tried
_AMBIGUOUS: Final = frozenset({"log", "nabla", "partial"})
_REACHING: Final = frozenset({r"\sum", r"\prod", r"\frac", r"\dfrac", r"\partial", r"\nabla"})  # d/dx is a fraction
_LOGARITHMS: Final = frozenset({r"\log", r"\ln", r"\lg"})


class Readings(Settings):
    """Reads the sides of a chain."""

    def read(self, side: Side, scopes: Sequence[Scope]) -> None:
        """Read a side in every scope that the letters allow, narrowly and widely."""
        if side.formula is None:
            side.error = side.error or NotationError(self.source.text, 0, "a formula")
            return
        found: list[Term] = []
        by_scope: list[tuple[Term, ...]] = []
        for scope in scopes:
            before = len(found)
            for wide in (False, True) if _is_ambiguous(side.formula.nodes) else (False,):
                try:
                    scope.wide = wide
                    term, notes = term_of(side.formula, scope, self.source.text)
                except NotationError as error:
                    if not found and not wide:
                        side.error = error
                        return
                    continue
                finally:
                    scope.wide = False
                if not found:
                    side.notes = tuple(notes)
                found.append(term)
            by_scope.append(tuple(found[before:]))
        side.terms, side.by_scope = tuple(found), tuple(by_scope)

    def doubted(self, steps: list[Step], sides: Sequence[Side], scope: Scope) -> list[Step]:
        """The steps with what their author may take for granted."""
        terms = [term for side in sides for term in side.terms[:1]]
        supposed = (*suppositions(terms, scope, self.source.text), *counted(terms, self.source.text, self.heard))
        supposed += tuple(dict.fromkeys(scope.laws_defined))
        met = frozenset[str]().union(*(term.free_vars | term.heads for term in terms))
        here = sorted(self.heard.keys() & met)
        everywhere = of_variables(self.heard, terms)
        start = sides[0].tokens[0].start if sides[0].tokens else 0
        signs: dict[tuple[str, bool], tuple[str, str]] = {}  # what was last said before, else what is said first behind
        for place, relation, letter in self.signs:
            if place <= start or (letter, relation in SETS) not in signs:
                signs[letter, relation in SETS] = (relation, letter)
        heard = (*(fact for name in here for fact in self.heard[name]), *everywhere, *facts_said(signs.values(), terms))
        heard += (
            *factors_taken(terms, scope),
            *weights_called(terms, self.source.text),
            *indices_left_out(terms),
            *self.parameters_heard(met, start),
        )
        taken = natural_notes(terms, scope, self.assumed, self.heard)
        names = sequences(terms)
        named = named_in(self.source.text)
        others = [
            (
                tuple(fact for fact in other.facts if fact not in scope.facts),
                words,
                [None if (term := self.read_in(side, other)) is None else with_values(term, names) for side in sides],
            )
            for words, other in self.other_scopes(sides, scope)
        ]
        found: list[Step] = []
        for number, step in enumerate(steps):
            if step.kind != CLAIM or step.lhs is None or step.rhs is None:
                found.append(step)
                continue
            doubts = [Doubt(*pair) for pair in with_means(step.lhs, step.rhs, scope, self.source.text)]
            for name in here:  # all cases but the last one, which is heard
                for value in self.cases.values.get(name, ())[:-1]:
                    pair = [substituted(side, {name: value}) for side in (step.lhs, step.rhs)]
                    doubts.append(Doubt(pair[0], pair[1]))
            doubts += [Doubt(*pair) for pair in with_deviations(step.lhs, step.rhs)]
            for facts, words, other in others:
                left, right = other[number], other[number + 1]
                if words and step.relation != "=":
                    continue  # an inequality holds with equality for independent variables
                if left is not None and right is not None and (left, right) != (step.lhs, step.rhs):
                    doubts.append(Doubt(left, right, facts, words))
            if step.relation == "=" and without_sentences(self.source.text):
                doubts += hypotheses(step.lhs, step.rhs, scope)
            open_numbers = unknowns(step.lhs, step.rhs, scope, self.assumed)
            text = self.source.text
            told, moments = speaks_of_independence(text), speaks_of_moments(text)
            reason = (
                excuse(step.lhs, step.rhs, scope, told=told, moments=moments)
                or said_of_function(step.lhs, step.rhs, scope, self.heard)
                or unnamed_mean(step.lhs, step.rhs)
                or unnamed_end(step.lhs, step.rhs, named)
                or self.property_of(step.lhs, step.rhs)
                or self.renamed(sides[number : number + 2], start)
                or unmatched(scope)
                or said_of_events(scope, text)
                or self.other_law(step.lhs, step.rhs, scope, start)
                or self.perhaps_chance(step.lhs, step.rhs, scope)
                or of_two_settings(step.lhs, step.rhs, scope)
            )
            found.append(
                replace(
                    step,
                    suppositions=supposed,
                    heard=tuple(dict.fromkeys(heard)),
                    doubts=tuple(doubts),
                    unknowns=open_numbers,
                    excuse=reason,
                    matrices=matrices(
                        f"{step.lhs_latex} {step.rhs_latex}",
                        step.lhs.free_vars | step.rhs.free_vars,
                        spoken=speaks_of_matrices(text),
                    ),
                    notes=tuple(dict.fromkeys([*step.notes, *taken])),
                )
            )
        return found

    def heard_later(self, step: Step) -> Step:
        """A step with what is said of its letters together, and behind it of those of which nothing was said before."""
        if step.lhs is None or step.rhs is None:
            return step
        free, told = step.lhs.free_vars | step.rhs.free_vars, {name for fact in step.heard for name in subjects(fact)}
        later = [fact for name in sorted(free - told) for fact in self.first_heard.get(name, ())]
        later += [fact for fact in self.related if fact.free_vars & free and fact.heads <= ARITY.keys()]
        step = replace(step, heard=tuple(dict.fromkeys([*step.heard, *later]))) if later else step
        behind = [facts for (start, end), facts in self.cases.behind if start <= step.span[0] < end]
        others = [fact for facts in behind for fact in facts if subjects(fact) & told and fact not in step.heard]
        if not others or step.lhs is None or step.rhs is None:
            return step
        return replace(
            step, doubts=(*step.doubts, Doubt(step.lhs, step.rhs, tuple(dict.fromkeys(others)), strict=True))
        )

    def property_of(self, left: Term, right: Term) -> str:
        """Why a refutation would not stand: something is said of a letter that is not taken in."""
        unheard = {name for name, facts in self.heard.items() if not facts}
        told = valued(self.source.text) - {one.letter for _, one in self.variables}
        names = sorted((described(self.source.text) | unheard | told) & (subjects(left) | subjects(right)))
        return f"outside the fragment: what is said of {', '.join(names)}" if names else ""

    def renamed(self, sides: Sequence[Side], start: int) -> str:
        """Why a refutation would not stand: words of the sentence, or before it, let a letter be another one now."""
        said = {GREEK_ALIASES.get(name, name) for place, name in named_anew(self.source.text) if place <= start}
        letters = {name for side in sides for name in letters_of(side.formula, self.profile)}
        names = sorted(said & letters & self.definitions.keys())
        return f"outside the fragment: what words say that {names[0]} is now" if names else ""

    def parameters_heard(self, letters: frozenset[str], start: int) -> tuple[Term, ...]:
        r"""What the laws that sentences say tell of some letters: theta in (0, 1) for `z \sim Ber(\theta)`."""
        facts = (fact for _, one in self.variables_said(start) for fact in one.facts if isinstance(fact, App))
        return tuple(fact for fact in facts if fact.free_vars and fact.free_vars <= letters)

    def other_law(self, left: Term, right: Term, scope: Scope, start: int) -> str:
        r"""Why a refutation would not stand: a sentence gives the variable another law, `z \sim Ber(p)`."""
        if scope.setting.kind == "joint" or not any(
            isinstance(part, Bind) and part.head in ("E", "Var", "Cov")
            for side in (left, right)
            for part in subterms(side)
        ):
            return ""
        for _, one in self.variables_said(start):
            parameters = one.law.pmf.free_vars - {one.law.name}
            own = scope.setting.kind != "bernoulli pair" and parameters <= {*scope.setting.parameters}
            if one.letter in scope.setting.variables and not own:
                return f"outside the fragment: the law of {one.letter} that a sentence says"
        return ""

    def perhaps_chance(self, left: Term, right: Term, scope: Scope) -> str:
        """Why a refutation would not stand: H(p) for a p that is a chance elsewhere, 1 - p."""
        parts = (part for side in (left, right) for part in subterms(side))
        if not any(isinstance(part, Bind) and part.head in ("H", "KL", "CE") for part in parts):
            return ""
        found = sorted(name for name in scope.uncalled - scope.symbols.keys() if has_complement(name, self.source.text))
        return f"ambiguous: {found[0]} may be the chance of a Bernoulli distribution" if found else ""

    def other_scopes(self, sides: Sequence[Side], scope: Scope) -> list[tuple[str, Scope]]:
        """Other ways to take a chain that may save it from a refutation, with the hypotheses that nobody says.

        Independent variables, wider sums and derivatives, mixed numbers, the power in log(x)^2 as one of the logarithm.
        """
        found: list[tuple[str, Scope]] = []
        if len(sides) > _LONG:
            return found
        first = sides[0].formula.nodes if sides[0].formula is not None else Nodes()
        called = len(sides) == 2 and len(first) == 2 and first[0].kind == "symbol" and first[1].kind == "group"
        structure = called and name_of(first[0], self.profile) in scope.setting.densities
        joint = self.scope(scope.setting)
        rows = [side.formula.nodes for side in sides if side.formula is not None]
        several = bool(scope.random) or any(len(law.values) + len(law.conditions) > 1 for law in scope.laws)
        silent = several and without_sentences(self.source.text) and may_be_independent(rows)
        if scope.setting.kind == "joint" and (structure or silent or speaks_of_independence(self.source.text)):
            words = "the variables are independent" if silent else ""
            found.append((words, self.with_densities(joint, sides, Reading(independent=True))))
        if scope.setting.kind == "joint" and several and without_sentences(self.source.text):
            for words, reading in conditional_independences(scope):
                found.append((words, self.with_densities(joint, sides, reading)))
        if scope.setting.kind == "joint" and any(law.parameters for law in scope.laws):
            found.append(("", self.with_densities(joint, sides, Reading(other_parameters=True))))
        written = {token.text for side in sides for token in side.tokens}
        if scope.events and without_sentences(self.source.text) and written.isdisjoint(_TOGETHER):
            found.append(("the events are disjoint", replace(scope, disjoint=True)))
        if any(token.text in _REACHING for side in sides for token in side.tokens):
            found.append(("", replace(scope, reaching=True)))
        if any(token.text == "V" for side in sides for token in side.tokens):
            found.append(("", replace(scope, spread=True)))
        if any(_has_mixed_number(row) for row in rows):
            found.append(("", replace(scope, wide=True)))
        if any(token.text in _LOGARITHMS for side in sides for token in side.tokens):
            found.append(("", replace(scope, outside=True)))
            found.append(("", replace(scope, base=2)))
        letters = {name for row in rows for name in letters_of(Formula(row), self.profile)}
        if alike := {name: other for name, other in self.cases.alike.items() if name in letters}:
            found.append(("", replace(scope, aliases={**scope.aliases, **alike})))
        general = any(token.text == r"\nabla" for side in sides for token in side.tokens)
        if scope.bare and not general:  # functions without their arguments may be numbers
            numbers = replace(scope, numbers=scope.numbers | scope.bare, bare=set())
            found.append(("", self.with_definitions(numbers, scope.definitions)))
        if earlier := {name: old for name, old in self.superseded.items() if scope.definitions.get(name) != old}:
            found.append(("", replace(scope, definitions={**scope.definitions, **earlier})))
        if self.definitions.keys() - scope.definitions.keys():  # the letters that the chain differentiates by
            found.append(("", self.with_definitions(scope, self.definitions)))
        if (fixed := self.held_fixed(sides, scope)) is not None:
            found.append(("", fixed))
        return found

    def held_fixed(self, sides: Sequence[Side], scope: Scope) -> Scope | None:
        """The scope in which derivatives hold fixed what is defined without arguments; None where none depends on it.

        The responsibilities r_i of a mixture depend on the parameters by which Q(pi, mu) is differentiated, and are
        constants there.
        """
        taken = [side for side in sides if side.terms and any(map(_is_slope, subterms(side.terms[0])))]
        slopes = {part.hint for side in taken for part in subterms(side.terms[0]) if _is_slope(part)}
        written = {
            name for side in taken if not _has_twice(side, slopes) for name in letters_of(side.formula, self.profile)
        }
        names = [
            name
            for name, one in scope.definitions.items()
            if (one.indexed or not one.parameters) and slopes & one.body.free_vars and name not in written
        ]
        if not names:
            return None
        return self.with_definitions(scope, {name: one for name, one in scope.definitions.items() if name not in names})

    def with_variables(self, scope: Scope, sides: Sequence[Side]) -> Scope:
        r"""A scope in which a defined letter is free where the chain differentiates by it alone: `\frac{dL}{dp}`."""
        known = scope.definitions
        met: set[str] = set()
        for side in sides:
            row = side.formula.nodes if side.formula is not None else Nodes()
            by = differentiated_by([row])
            if by and not all(name in known and not known[name].parameters for name in by):
                return scope
            parts = differentiated_by([row], components=True)
            by |= {name for name in parts if name in known and known[name].indexed}
            sources = [one.source or Nodes() for one in self.mentioned([side]) if one.name not in by] if by else []
            used = {name for part in (row, *sources) for name in letters_of(Formula(part), self.profile)}
            if any((known[name].body.free_vars - {*known[name].parameters}) & used for name in by):
                return scope  # p in d/dt p depends on t, where t is defined by p
            met |= by
        return (
            self.with_definitions(scope, {name: one for name, one in known.items() if name not in met})
            if met
            else scope
        )

    def with_definitions(self, scope: Scope, definitions: Mapping[str, Definition]) -> Scope:
        """A scope with some definitions, read in it."""
        scope = replace(scope, definitions=dict(definitions))
        again = {name: self.read_together(one, scope) for name, one in definitions.items() if one.source is not None}
        return replace(scope, definitions={**definitions, **again})

    def read_in(self, side: Side, scope: Scope) -> Term | None:
        """A side in another scope, None where it makes no sense there."""
        if side.formula is None:
            return None
        try:
            return term_of(side.formula, scope, self.source.text)[0]
        except NotationError:
            return None


def conditional_independences(scope: Scope) -> list[tuple[str, Reading]]:
    """The hypotheses that three variables of a joint law leave open: two of them are independent given the third."""
    found: list[tuple[str, Reading]] = []
    for letter in dict.fromkeys(law.letters[0] for law in scope.laws):
        names = sorted({name for law in scope.laws_of(letter) for name in (*law.values, *law.conditions)})
        if len(names) == _CONDITIONED:
            for given in names:
                one, other = (name for name in names if name != given)
                found.append((f"{one} and {other} are independent given {given}", Reading(given=given)))
    return found


def readings_of(left: Side, right: Side) -> tuple[tuple[Term, Term], ...]:
    """The pairs of other readings, the likeliest first."""
    first = (left.terms[0], right.terms[0])
    pairs = [
        (one, other)
        for ones, others in zip(left.by_scope, right.by_scope, strict=False)
        for one in ones
        for other in others
    ]
    return tuple(pair for pair in dict.fromkeys(pairs) if pair != first)[:4]


def _has_mixed_number(nodes: Sequence[Node]) -> bool:
    """Whether a number stands before a fraction, as in three and a half."""
    beside = any(one.kind == "number" and other.kind == "frac" for one, other in pairwise(nodes))
    return beside or any(_has_mixed_number(part) for node in nodes for part in node.parts)


def _is_slope(term: Term) -> TypeGuard[Bind]:
    return isinstance(term, Bind) and term.head == "d"


def _has_twice(side: Side, slopes: Collection[str]) -> bool:
    """Whether what a side differentiates has the variable itself: in `d/dx r` only the derivative has it."""
    names = Counter(token.text.lstrip("\\") for token in side.tokens)
    return any(names[name] > 1 for name in slopes)


def _is_ambiguous(nodes: Sequence[Node]) -> bool:
    return any(
        (node.kind == "operator" and node.value in _AMBIGUOUS)
        or (node.kind == "sign" and (node.value == "/" or (node.value == "|" and node.sub is not None)))
        or (node.kind == "frac" and len(node.parts[0]) == 1 and node.parts[0][0].value in ("d", "partial"))
        or any(_is_ambiguous(part) for part in node.parts)
        for node in nodes
    )

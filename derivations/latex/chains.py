r"""Statements to chains: which setting holds, what is a definition and what a claim, and the terms of both sides.

A definition is learnt and not judged: `X = z / \beta` for a letter that nothing has explained, `G(z) := ...`,
`a = q(z=1)`. A mere case (`z = 1`) or a declaration (`z \sim q`, `\beta \in (0, 1)`) is no claim either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from derivations.errors import NotationError
from derivations.given import Given, subjects
from derivations.latex.anew import Restated
from derivations.latex.bernoulli import (
    Parameter,
    tells_value,
    told,
)
from derivations.latex.blocks import Block
from derivations.latex.coordinates import are_numbered, depends_on_twins, met_twice, not_of_densities, with_twins
from derivations.latex.document import CLAIM, DEFINITION, UNREAD, Chain, Defined, Step
from derivations.latex.facts import PROBABILITY, given_for, unexplained
from derivations.latex.gaussians import is_normal
from derivations.latex.indices import fixed_indices
from derivations.latex.laws import BITS, Laws
from derivations.latex.letters import Letters
from derivations.latex.meaning import term_of
from derivations.latex.naming import Name, Named, change_made, is_reparametrisation, named, same_operator
from derivations.latex.nodes import Formula, Node, Nodes, only_called
from derivations.latex.numbered import numbered, told_apart
from derivations.latex.outcomes import VARYING, with_varying_law
from derivations.latex.profile import Law, Setting
from derivations.latex.random import random_letters
from derivations.latex.readings import readings_of
from derivations.latex.roles import counts_with, data_of, numbers_of, roles_of
from derivations.latex.said import declared
from derivations.latex.scope import Definition, Scope, explained
from derivations.latex.sequences import sequences, values_given
from derivations.latex.settings import letters_of
from derivations.latex.sides import Side, take_values
from derivations.latex.statements import Statement, written
from derivations.latex.telling import JUDGED, perhaps_told, tells_anew
from derivations.latex.words import base_said, concludes, conditions, goes_on, speaks_of_moments, supposes
from derivations.term import App, Num, Term, Var

_DEFINING: Final = frozenset({":=", "=:"})


class ChainReader(Restated):
    """Reads one statement after another and remembers what they define."""

    # ------------------------------------------------------------ one statement

    def chain(self, statement: Statement, block: Block, task: str | None) -> Chain | None:
        """The chain of a statement, None where it claims nothing."""
        said, self.said, self.running = self.said, "", block.inline
        going_on = self.supposing and block.inline and goes_on(said)
        self.supposing = supposes(said) or (block.inline and conditions(said)) or going_on
        self.concluding = concludes(said)
        links = statement.links
        self.take_beside(statement, block, said)
        self.random_variables(statement, task)
        judged = next((k for k, link in enumerate(links) if link.relation not in JUDGED), len(links))
        links = links[:judged] if judged else links
        if not links and statement.first and not block.inline:
            self.last = self.parsed(statement.first)  # a left side that stands alone: the next display goes on
        if not links:
            return None
        first = self.parsed(statement.first) if statement.first is not None else self.last
        sides = [first or Side([]), *(self.parsed(link.tokens) for link in links)]
        relations = [link.relation for link in links]
        if block.inline and self.take_case(sides, relations):
            return None
        if statement.form == "condition" or self.declares(sides, relations, block, said):
            for letter in (*self.beside, sides[0]):
                self.hear([letter, *sides[1:]], relations)
            self.relate(sides, relations)
            return None
        if block.inline and relations == ["="] and not self.concluding:
            self.compare(sides)
        setting = self.chosen(task, sides)
        self.setting = setting
        if setting.kind == "joint":
            self.tell_apart(sides, setting)
        if setting.kind != "joint" and _says_normal(sides, relations):
            return None
        # What is solved for behind an arrow is no definition of the letter that stands before it.
        learnt = self.learn(sides, relations, setting, block, said) if statement.form != "implied" else None
        if learnt is None and relations[0] in _DEFINING:
            self.hear_nothing_of(sides[0 if relations[0] == ":=" else 1])
        if learnt is not None or (block.inline and relations == ["="]):
            self.hear(sides[:2], ["="])  # x = 3, which holds until something else is said of x
        scopes = [self.with_variables(scope, sides) for scope in self.scopes_for(setting, sides)]
        scopes += [replace(scope, base=base) for scope in scopes if (base := base_said(self.source.text))]
        self.take_other(sides[1], scopes[0])
        scopes = self.with_others(sides, scopes)
        functions = only_called([node for side in sides if side.formula is not None for node in side.formula.nodes])
        for scope in scopes:
            scope.functions = {name for name in functions if scope.is_function(name)}
            scope.general = bool(setting.gradient) and not self.speaks_of_laws(sides, scope)
        self.take_data(sides, scopes)
        if learnt is not None and learnt.name is not None:
            scopes = [_with_parameters(scope, learnt.name.parameters) for scope in scopes]
        for number, side in enumerate(sides):
            if not (number == 0 and learnt is not None) or not learnt.replaces:
                self.read(side, scopes)
        if (name := met_twice(side.error for side in sides)) and scopes[0].setting.kind == "joint":
            two, one = with_twins(scopes[0], name)
            for side in sides:
                side.error = None
                self.read(side, [two])
            scopes = [two] if are_numbered(two) else [two, one]
            for side in sides:
                self.read(side, scopes)
                if not depends_on_twins(side.terms, scopes[0]):
                    side.error, side.terms = not_of_densities(self.source.text), ()
        take_values(sides)
        self.draw(sides, scopes[0])
        self.measure(sides, scopes[0])
        if self.case is not None and not block.inline:
            self.case.used = True
        if not block.inline:
            self.cases.display(block.start, block.end)
        if learnt is not None and learnt.name is not None:
            if block.inline and self.is_a_case(sides, said):
                self.begin_case(learnt.name.name)
            self.define(learnt.name, sides[1], scopes[0])
            self.places[learnt.name.name] = block.start
        if not block.inline:
            self.last = sides[-1]
        self.met |= {name for side in sides for name in letters_of(side.formula, self.profile)}
        steps = [
            self.step(
                sides[k], sides[k + 1], relations[k], scopes[0], definition=learnt is not None and k == learnt.place
            )
            for k in range(len(links))
        ]
        steps = [self.perhaps_asked(step) for step in self.doubted(steps, sides, scopes[0])]
        rows = [side.formula.nodes for side in sides[:1] if side.formula is not None]
        anew = any(self.is_function_defined(row, Letters(scopes[0], self.source.text)) for row in rows)
        if steps and ((block.inline and not self.concluding and len(steps) == 1) or (anew and self.superseded)):
            steps = [perhaps_told(steps[0], anew=anew), *steps[1:]]
        if block.inline and statement.first is None and steps and any(map(str.isalpha, said)) and not steps[0].excuse:
            steps = [replace(steps[0], excuse="definition missing: what the words before the relation are"), *steps[1:]]
        chain = self.assembled(steps, sides, scopes[0], statement, block, task)
        if block.inline and (self.take_weights(steps) or self.take_chance(steps)):
            return replace(chain, supposed=True)
        return chain

    def take_chance(self, steps: Sequence[Step]) -> bool:
        """Remember the chance of a one that a sentence says: `p(z = 1) = a`."""
        if len(steps) == 1 and steps[0].relation == "=" and isinstance(steps[0].rhs, Var) and not self.concluding:
            match steps[0].lhs:
                case App(head, (Num(1),)) if head in self.setting.densities:
                    self.chances[head] = steps[0].rhs
                    return True
        return False

    def tell_apart(self, sides: Sequence[Side], setting: Setting) -> None:
        """Take z_1 and z_2 in p(z_1, z_2) for two variables."""
        rows = [side.formula.nodes for side in sides if side.formula is not None]
        letters = told_apart(rows, setting.densities)
        for side in sides:
            if letters and side.formula is not None:
                side.formula = replace(side.formula, nodes=numbered(side.formula.nodes, letters))

    def take_data(self, sides: Sequence[Side], scopes: Sequence[Scope]) -> None:
        """Tell the scopes which letters of the chain are data, x_1 to x_n."""
        rows = [side.formula.nodes for side in sides if side.formula is not None]
        rows += [one.source for one in self.mentioned(sides) if one.source is not None]
        start = sides[0].tokens[0].start if sides[0].tokens else 0
        for scope in scopes:
            scope.numbers = numbers_of(rows) | self.parameters_said() | self.calculated_with(rows)
            scope.fixed = fixed_indices(rows)
            scope.drawn = frozenset(one.letter for _, one in self.variables_said(start))
            scope.drawn |= {one.letter for place, one in self.samples if place < start and one.chance and not one.alike}
            scope.counts = frozenset({"T"}) if counts_with(rows, "T") else frozenset()
            for letter, above in data_of(rows).items():
                if scope.domain(letter) is None and (letter in scope.uncalled or not scope.laws_of(letter)):
                    size = None if above is None else self.read_in(Side([], Formula(above)), scope)
                    scope.data[letter] = Var("n") if size is None else size

    def assembled(
        self, steps: list[Step], sides: list[Side], scope: Scope, statement: Statement, block: Block, task: str | None
    ) -> Chain:
        """The chain of the steps, with what is given where it stands."""
        terms = [term for side in sides for term in side.terms[:1]]
        start = sides[0].tokens[0].start if sides[0].tokens else block.start
        varied = VARYING if any(step.readings for step in steps) else ()
        given = given_for(terms, scope, [*self.assumed, *scope.facts, *self.weights_in(terms), *varied], self.heard)
        return Chain(
            task=None if scope.setting.kind == "joint" and not self.told else task,
            line=self.source.place(start)[0],
            environment=block.environment,
            steps=tuple(steps),
            given=values_given(given, sequences(terms)),
            setting=scope.setting.name,
            inline=block.inline,
            form=statement.form,
            supposed=self.supposing,
            concluded=self.concluding,
            shapes=scope.shapes if scope.setting.kind == "joint" else None,
            letters=scope.setting.letters,
        )

    def step(self, left: Side, right: Side, relation: str, scope: Scope, *, definition: bool) -> Step:
        """The step from one side to the next."""
        source = self.source
        line, column = source.place(right.tokens[0].start)
        span = (min(t.start for t in right.tokens), max(t.end for t in right.tokens))
        step = Step(
            line, column, {":=": "=", "=:": "="}.get(relation, relation), written(left.tokens, source.text),
            written(right.tokens, source.text), notes=tuple(dict.fromkeys([*left.notes, *right.notes])), span=span,
        )  # fmt: skip
        if definition or relation in _DEFINING:
            return replace(step, kind=DEFINITION, lhs=_first(left), rhs=_first(right))
        error = left.error or right.error
        if not left.terms or not right.terms:
            reason = error.expected if error is not None else "a formula"
            at = source.place(error.position) if error is not None else (line, column)
            return replace(step, kind=UNREAD, lhs=_first(left), rhs=_first(right), reason=f"expected {reason}", at=at)
        return replace(
            step, kind=CLAIM, lhs=left.terms[0], rhs=right.terms[0],
            readings=(*readings_of(left, right), *with_varying_law(left.terms[0], right.terms[0], self.source.text)),
            unexplained=self.unexplained(left, right, scope),
            repaired=any("bracket" in note for note in (*left.notes, *right.notes)),
        )  # fmt: skip

    def unexplained(self, left: Side, right: Side, scope: Scope) -> tuple[str, ...]:
        """The names on one side that nothing explains: no definition that the step uses, and no sentence."""
        found = unexplained(left.terms[0], right.terms[0], scope, [*self.assumed, *self.weights.values()])
        if not found or self.running:
            return found
        before = {one.name for one in self.defined if one.start < right.tokens[0].start}
        used = [one for one in self.mentioned([left, right]) if one.name in before]
        known = {name for one in used for name in subjects(one.body)} - {*scope.setting.densities}
        if not speaks_of_moments(self.source.text):
            known |= declared(self.source.text)
        return tuple(name for name in found if name not in known and name[0] not in scope.events)

    def unreadable(self, block: Block, expected: str, task: str | None) -> Chain:
        """A display that could not even be taken apart: one unread step."""
        line, column = self.source.place(block.start)
        text = self.source.text[block.start : block.end].strip()
        step = Step(line, column, "=", "", text[:200], kind=UNREAD, reason=f"expected {expected}", at=(line, column))
        return Chain(task, line, block.environment, (step,), Given())

    # ------------------------------------------------------------ definitions and declarations

    def learn(self, sides: list[Side], relations: list[str], setting: Setting, block: Block, said: str) -> Named | None:
        """What the first step defines, if it defines anything."""
        left, right = sides[0].formula, sides[1].formula
        if left is None or right is None or relations[0] not in ("=", ":=", "=:"):
            return None
        scope = self.scope(setting)
        letters = Letters(scope, self.source.text)
        parameter = told(left.nodes, right.nodes, letters)
        value_only = bool(setting.sample) and tells_value(left.nodes, right.nodes, letters)
        if parameter is not None and not value_only and (found := self.tells(parameter, scope, setting)) is not None:
            return found
        if relations[0] == "=:":
            inverse = named(right.nodes, letters, self.is_known(scope))
            return None if inverse is None else replace(inverse, replaces=False)
        if (number := self.number_named(left.nodes, right, letters)) is not None:
            return number
        anew = self.is_function_defined(left.nodes, letters) and tells_anew(said)
        anew = block.inline and not self.concluding and (anew or self.has_other_arguments(left.nodes, letters))
        surely = relations[0] == ":=" or anew or self.defines_anew(sides[0], letters, scope, block)
        surely = surely or self.is_another_function(left.nodes, right, letters)
        noise = {one.letter for _, one in self.variables} & letters_of(right, self.profile)
        taken = self.is_known(scope) - ({"x"} if noise and scope.setting.kind == "joint" else set())
        found = named(left.nodes, letters, taken, surely=surely)
        # What is said by means of itself is a claim: y^2 = y^3, sigma(x) = 1 - sigma(-x).
        own = {letters.key(node) for node in left.nodes[:1]}
        if found is not None and found.name is not None:
            own.add(found.name.name)
        counts = found is not None and found.name is not None and found.name.indexed  # N_k by a sum up to N
        if found is not None and any(_occurs(name, right.nodes, letters, ends=not counts) for name in own):
            return None
        if found is not None and found.name is not None and self.is_recursive(found.name, right, letters):
            return None
        if found is not None and self.is_information(left.nodes, right.nodes, letters):
            return None
        if found is not None and block.inline and self.only_compares(sides, said):
            return None
        if found is None:
            self.infer(left, right, letters, scope)
            return self.changes(left, right, scope)
        return found

    def is_information(self, left: Nodes, right: Nodes, letters: Letters) -> bool:
        """Whether a left side is an entropy, a mutual information or a normal density, not the name of a function."""
        if is_normal(left[0]):
            return True
        taken = roles_of([left, right], letters.scope.setting.densities).taken
        about = random_letters([*left, *right], Laws(replace(letters.scope, variables=taken), self.source.text))
        return left[0].value in ("I", "H") and bool(about) and letters.scope.setting.kind == "joint"

    def number_named(self, left: Nodes, right: Formula, letters: Letters) -> Named | None:
        """`q = 1 - p` where the setting has q for a distribution: a bare letter for a formula in the parameter."""
        setting = letters.scope.setting
        if len(left) != 1 or left[0].kind != "symbol" or left[0].sub is not None or left[0].sup is not None:
            return None
        name = letters.stem(left[0])
        used = letters_of(right, self.profile)
        if not setting.sample or not letters.scope.laws_of(name) or name in self.definitions:
            return None
        if not used or not used <= set(setting.parameters) or any(node.kind == "group" for node in right.nodes):
            return None
        return Named(Name(name, name))

    def infer(self, left: Formula, right: Formula, letters: Letters, scope: Scope) -> None:
        """Take in what an equation of two variances or expectations says about an unexplained name."""
        if scope.setting.kind == "joint":
            return  # E[X] = E[Y] is a claim about X there
        inferred = same_operator(left.nodes, right.nodes, letters, self.is_known(scope))
        if inferred is None:
            return
        name, nodes = inferred
        try:
            body = term_of(Formula(nodes), scope, self.source.text)[0]
        except NotationError:
            return
        self.definitions[name.name] = Definition(name.name, (), body)

    def tells(self, parameter: Parameter, scope: Scope, setting: Setting) -> Named | None:
        """Take the parameter of a Bernoulli distribution in."""
        known = parameter.name in setting.parameters or parameter.name in setting.variables
        if setting.sample:
            if known or parameter.law not in {letter for law in scope.laws for letter in law.letters}:
                return None
            variable = next(iter(setting.variables), "z")
            term = App("bern", (Var(parameter.name), Var(variable)))
            old = scope.laws[0]
            scope.laws = [Law(old.letters, (parameter.name,), (), (variable,), term, BITS)]
            scope.symbols[parameter.name] = PROBABILITY
            scope.setting = replace(setting, parameters=(parameter.name,), gradient=parameter.name)
            return Named(None)
        if known or not any(other.kind == "bernoulli pair" for other in self.profile.settings):
            return None
        self.pair[parameter.law] = parameter
        return Named(None, replaces=False)

    def changes(self, left: Formula, right: Formula, scope: Scope) -> Named | None:
        """A change of variable, `\\beta = \\sigma(\\phi)`."""
        if len(left.nodes) != 1 or left.nodes[0].kind != "symbol":
            return None
        name = Letters(scope, self.source.text).key(left.nodes[0])
        try:
            term = term_of(right, scope, self.source.text)[0]
        except NotationError:
            return None
        if scope.setting.kind == "joint":
            written = self.source.text[left.nodes[0].start : left.nodes[0].end]
            return Named(Name(name, written)) if is_reparametrisation(term) and name not in self.definitions else None
        change = change_made(name, term, scope)
        if change is None:
            return None
        scope.changes = [*scope.changes, change]
        return Named(None)

    def define(self, name: Name, side: Side, scope: Scope) -> None:
        """Learn a name, and the change of variable that it may make."""
        start = side.tokens[0].start if side.tokens else 0
        line = self.source.place(start)[0] if side.tokens else 1
        term = _first(side)
        passing = self.case is not None and name.name in self.case.names and not name.parameters
        self.defined.append(Defined(name.written, line, term, name.name, name.parameters, start, passing))
        if term is None:
            return
        change = change_made(name.name, term, scope)
        if change is not None and scope.setting.kind != "joint":  # whose scopes are made anew for each chain
            scope.changes = [*scope.changes, change]
            return
        source = side.formula.nodes if side.formula is not None and scope.setting.kind == "joint" else None
        found = Definition(name.name, name.parameters, term, name.indexed, source)
        if name.name in self.definitions:
            self.superseded[name.name] = self.definitions[name.name]
        for key, earlier in self.definitions.items():
            if found.name not in earlier.parameters:  # in L(p) = ..., p stays what L is taken at
                self.definitions[key] = replace(earlier, body=explained(earlier.body, found))
        self.definitions[name.name] = found

    def foretell(self, statement: Statement, task: str | None, *, first: bool = False) -> None:
        """Take in the parameters that a display tells behind the formula that uses them; `first` changes none."""
        if len(statement.links) != 1 or statement.links[0].relation not in ("=", ":=") or not statement.first:
            return
        setting = self.profile.setting(task)
        left, right = self.parsed(statement.first).formula, self.parsed(statement.links[0].tokens).formula
        if setting.kind != "bernoulli pair" or left is None or right is None:
            return
        try:
            parameter = told(left.nodes, right.nodes, Letters(self.scope(setting), self.source.text))
        except NotationError:
            return
        if parameter is not None and not (first and parameter.law in self.pair):
            self.pair[parameter.law] = parameter


def _first(side: Side) -> Term | None:
    return side.terms[0] if side.terms else None


def _with_parameters(scope: Scope, names: Sequence[str]) -> Scope:
    """A scope in which the parameters of a definition are no names of others."""
    others = {name: one for name, one in scope.definitions.items() if name not in names}
    return scope if len(others) == len(scope.definitions) else replace(scope, definitions=others)


def _says_normal(sides: Sequence[Side], relations: Sequence[str]) -> bool:
    """Whether `q(x) = N(x; m, v)` says what a distribution is: it is none of a setting of Bernoulli variables."""
    rows = [side.formula.nodes if side.formula is not None else Nodes() for side in sides]
    if relations != ["="] or [len(row) for row in rows] != [2, 2]:
        return False
    called = all(row[1].kind == "group" for row in rows) and rows[0][0].kind == "symbol"
    return called and is_normal(rows[1][0]) and not is_normal(rows[0][0])


def _occurs(name: str, nodes: Sequence[Node], letters: Letters, *, ends: bool = True) -> bool:
    """Whether a name is met in some pieces; without the `ends`, not only above the signs of sums."""
    return any(
        (node.kind == "symbol" and letters.key(node) == name)
        or any(
            _occurs(name, part, letters, ends=ends)
            for part in (*node.parts, node.sub or (), (node.sup if ends or node.kind != "operator" else None) or ())
        )
        for node in nodes
    )

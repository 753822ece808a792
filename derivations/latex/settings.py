"""Which setting a chain stands in, and the scope in which it is read: what the words around the formulas say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from derivations.errors import NotationError
from derivations.latex.abbreviations import written_out
from derivations.latex.bernoulli import (
    Parameter,
    bernoulli_arguments,
    by_convention,
    has_numbered_call,
    is_indexed,
    pair_laws,
    told_in_words,
    unknown_letters,
)
from derivations.latex.components import classes
from derivations.latex.densities import USUAL, Reading, joint_laws
from derivations.latex.document import Defined, Step
from derivations.latex.drawn import laws_explained, under_law, under_laws
from derivations.latex.events import event_letters
from derivations.latex.facts import PROBABILITY
from derivations.latex.gaussians import normal_variables, speaks_of_circle
from derivations.latex.heard import Cases, conditions, number_said
from derivations.latex.independence import are_independent
from derivations.latex.indices import indices_among
from derivations.latex.integrals import continuous
from derivations.latex.laws import BITS, Laws
from derivations.latex.letters import Letters
from derivations.latex.meaning import Reader, term_of
from derivations.latex.measures import over_any_measure
from derivations.latex.names import GREEK_ALIASES
from derivations.latex.nodes import Formula, Node, Nodes, diverges, only_called, upper_bound
from derivations.latex.profile import Profile, Setting
from derivations.latex.random import random_letters, small_letters
from derivations.latex.roles import (
    counted_by,
    data_of,
    density_calls,
    drawn,
    drop_variable_names,
    ends_of,
    integrates,
    numbers_among,
    random_arguments,
    roles_of,
    weights_of,
)
from derivations.latex.said import densities_said
from derivations.latex.samples import Variable, components, said_anew, samples, sizes_said, variables
from derivations.latex.scope import INDICES, Case, Definition, Scope
from derivations.latex.sides import Side
from derivations.latex.signed import signs_said
from derivations.latex.source import Source
from derivations.latex.supports import supports
from derivations.latex.syntax import parse
from derivations.latex.tokens import Token
from derivations.latex.told import JointOn, Told, laws_on, on_sets, same_sets, sets_of, with_chances
from derivations.latex.words import drawn_elsewhere, ends_sentence
from derivations.term import App, Bind, Bound, Num, Term, Var, substituted, subterms


class Settings:
    """Keeps the scopes of a document and chooses among them."""

    def __init__(self, source: Source, profile: Profile, assumed: Sequence[Term]) -> None:
        self.source, self.profile, self.assumed = source, profile, list(assumed)
        self.definitions: dict[str, Definition] = {}
        self.superseded: dict[str, Definition] = {}  # what letters meant before they were defined anew
        self.recursive: set[str] = set()  # the letters of sequences whose values are told by earlier ones
        self.met: set[str] = set()  # the letters of the formulas so far
        self.case: Case | None = None  # a value that a letter has in the next display
        self.cases = Cases()
        self.scopes: dict[str, Scope] = {}
        self.pair: dict[str, Parameter] = {}
        self.items: list[tuple[str, str, bool]] = []
        self.said = ""
        self.beside: list[Side] = []  # the letters that stand before the formula in one list with it
        self.supposing = False  # whether the words before the formula suppose it
        self.running = False  # whether the formula stands in a sentence, which may suppose it
        self.concluding = False  # whether they conclude it
        spelt = written_out(source.text)
        found = sorted((*samples(spelt.text), *components(spelt.text)), key=itemgetter(0))
        self.samples = tuple((spelt.place(place), one) for place, one in found)
        self.variables = tuple((spelt.place(place), one) for place, one in variables(spelt.text))
        self.signs = sorted(signs_said(source.text))  # in the order in which they are said
        self.foreign: set[str] = set()  # random variables whose laws are none of the setting's
        self.weights: dict[str, Term] = {}  # the mass functions that sentences speak of, by their letters
        self.defined: list[Defined] = []
        self.last: Side | None = None
        self.heard: dict[str, list[Term]] = {}  # what was last said of a letter in passing
        self.first_heard: dict[str, list[Term]] = {}
        self.related: list[Term] = []  # what was said of more than a letter
        self.told_sets = Told()
        self.chances: dict[str, Term] = {}  # of a one, by the letters of distributions
        self.signed = False  # whether a chain of the document had the letters of the profile's own settings
        self.told = False  # whether a heading, or the caller, says which task the document is about
        self.setting: Setting = profile.settings[0]

    # ------------------------------------------------------------ what the words between the formulas say

    def forget(self) -> None:
        """Another assignment begins: its letters are new."""
        self.definitions.clear()
        self.superseded.clear()
        self.scopes.clear()
        self.pair.clear()
        self.items.clear()
        self.foreign.clear()
        self.weights.clear()
        self.chances.clear()

    def words(self, text: str) -> None:
        """Prose: remembered up to the next formula, and for what it says about parameters."""
        self.said = text
        if self.case is not None and text.strip() and (self.case.used or ends_sentence(text)):
            self.case.end(self.definitions)
            self.case = None
        self.cases.words(text)

    def inline(self, tokens: Sequence[Token]) -> None:
        """A formula inside a sentence: perhaps the name of a distribution, or of a parameter."""
        nodes = self.parsed(list(tokens)).formula
        if nodes is not None and (number := number_said(nodes)) is not None:
            self.items.append(("parameter", number, False))
            return
        if nodes is None or not nodes.nodes or len(nodes.nodes) > 2:
            return
        first = nodes.nodes[0]
        letters = Letters(self.scope(self.setting), self.source.text)
        if first.kind != "symbol" or (len(nodes.nodes) == 2 and nodes.nodes[1].kind != "group"):
            return
        name = letters.stem(first)
        if name in ("q", "p") and not letters.is_component(first):
            self.items.append(("law", name, False))
        elif len(nodes.nodes) == 1 and name not in ("z", "x", "n", "m", "i", "k", "phi", "theta", "Z"):
            indexed = letters.is_component(first)
            key = name if indexed else letters.key(first)
            self.items.append(("parameter", key, indexed))

    # ------------------------------------------------------------ what sentences say of weights and samples

    def draw(self, sides: Sequence[Side], scope: Scope) -> None:
        """Take the expectations of a chain under the law of the sample that a sentence before it speaks of."""
        start = sides[0].tokens[0].start if sides[0].tokens else 0
        terms, text = [term for side in sides for term in side.terms], self.source.text
        for place, sample in reversed(self.samples):
            if place > start or scope.setting.kind != "joint" or said_anew(sample.letter, text[place:start]):
                continue
            found = under_law(terms, sample, scope, text)
            if found is not None:
                self.replace(sides, terms, laws_explained(terms, found[0], scope))
                scope.facts = [*scope.facts, *found[1]]
                return
        said = [one for place, one in self.variables_said(start) if not said_anew(one.letter, text[place:start])]
        single = under_laws(terms, said, lambda letters: are_independent(letters, text, start))
        if scope.setting.kind == "joint" and single is not None:
            self.replace(sides, terms, laws_explained(terms, single[0], scope))
            scope.facts = [*scope.facts, *single[1]]

    def parameters_said(self) -> frozenset[str]:
        """The letters that are parameters of laws which sentences say."""
        return frozenset(name for _, one in self.variables for name in one.law.pmf.free_vars - {one.law.name})

    def calculated_with(self, rows: Sequence[Nodes]) -> frozenset[str]:
        """The letters of functions that are numbers in some rows."""
        return numbers_among(rows, self.profile.callables - self.definitions.keys(), self.source.text)

    def variables_said(self, start: int) -> list[tuple[int, Variable]]:
        """The random variables that sentences before a place speak of."""
        return [one for one in self.variables if one[0] < start]

    def measure(self, sides: Sequence[Side], scope: Scope) -> None:
        """Take integrals that ask nothing of the real line over any measure space."""
        terms = [term for side in sides for term in side.terms]
        if scope.setting.kind == "joint" and (found := over_any_measure(terms, scope.facts)) is not None:
            self.replace(sides, terms, found[0])
            scope.facts = found[1]

    def replace(self, sides: Sequence[Side], old: Sequence[Term], new: Sequence[Term]) -> None:
        """Put other terms in the places of those that were read."""
        read = dict(zip(old, new, strict=True))
        for side in sides:
            side.terms = tuple(read[term] for term in side.terms)
            side.by_scope = tuple(tuple(read[term] for term in row) for row in side.by_scope)

    def take_weights(self, steps: Sequence[Step]) -> bool:
        r"""Remember what a sentence says of weights: with `$\sum_k y_k = 1$` the y_k are a mass function."""
        known = len(self.weights)
        if not steps or steps[-1].rhs != Num(1) or any(step.relation != "=" for step in steps):
            return False
        for step in steps:
            match step.lhs:
                case Bind("sum", hint, domain, (App(head, (Bound(0),)) as weight,)):
                    unknown = head == "x" and head not in self.definitions
                    if unknown or head in (*step.unexplained, *self.setting.parameters):
                        self.weights[head] = Bind("pmf", hint, domain, (weight,))
        return len(self.weights) > known

    def weights_in(self, terms: Sequence[Term]) -> list[Term]:
        """What the sentences before a chain say of the weights that it uses."""
        heads = {part.head for term in terms for part in subterms(term) if isinstance(part, App)}
        return [fact for head, fact in self.weights.items() if head in heads]

    # ------------------------------------------------------------ scopes

    def scope(self, setting: Setting) -> Scope:
        """The scope of a setting, with the definitions so far."""
        found = self.scopes.get(setting.name)
        if found is None:
            found = Scope.of(self.profile, setting)
            found.definitions = self.definitions
            self.scopes[setting.name] = found
        return found

    def chosen(self, task: str | None, sides: Sequence[Side]) -> Setting:
        """The setting of the task, unless the letters of the chain belong to another one."""
        setting = self.profile.setting(task) if task is not None else self.setting
        general = next((one for one in self.profile.settings if one.kind == "joint"), None)
        if general is not None and self.speaks_of_foreign(sides):
            return general
        if not self.told and general is not None and setting is not general:
            if not self.belongs(setting, sides):
                return general
        elif setting is general and task is None and self.profile.settings[0] is not general:
            setting = self.profile.settings[0] if self.belongs(self.profile.settings[0], sides) else general
        letters = {name for side in sides for name in letters_of(side.formula, self.profile)}
        own = set(setting.parameters) | {change.new for change in self.scope(setting).changes}
        if setting.kind or letters & own or not setting.parameters:
            return setting
        for other in self.profile.settings:
            if other.gradient and other.gradient in letters and other.kind != "joint":
                return other
        return setting

    def speaks_of_foreign(self, sides: Sequence[Side]) -> bool:
        """Whether a chain, or a definition that it uses, has a random variable whose law is none of the setting's."""
        letters = {name for side in sides for name in letters_of(side.formula, self.profile)}
        letters |= {name for one in self.mentioned(sides) for name in one.body.free_vars}
        said = {GREEK_ALIASES.get(name, name) for name in drawn_elsewhere(self.source.text)}
        return bool(letters & (self.foreign | said))

    def belongs(self, setting: Setting, sides: Sequence[Side]) -> bool:
        """Whether a chain may be of a setting: no integrals, no densities or random variables unknown to it."""
        rows = [side.formula.nodes for side in sides if side.formula is not None]
        scope = self.scope(setting)
        laws = Reader(scope, self.source.text)
        known = {letter for law in scope.laws for letter in law.letters}
        if integrates(rows) or set(roles_of(rows, sorted(known)).densities) - known:
            return False
        called = only_called([node for row in rows for node in row]) & {"H", "I"}  # an entropy is no factor
        if any(name.isupper() and name not in self.definitions for name in (*random_arguments(rows), *called)):
            return False
        variables = {*setting.variables, *INDICES}
        if any(name not in variables and name not in self.definitions for name in drawn(rows)):
            return False
        if setting.sample and data_of(rows).keys() & {*setting.parameters}:
            return False  # beta_i: the draws have distributions of their own
        if not all(laws.knows(node, group) for node, group in density_calls(rows, known | {"P", "pi"})):
            return False
        letters = {name for side in sides for name in letters_of(side.formula, self.profile)}
        if letters & self.weights.keys() or weights_of(rows) & known:
            return False
        self.signed = self.signed or (setting.gradient in letters and bool(letters & {*setting.variables, *known}))
        return self.signed or (setting.kind == "bernoulli pair" and (diverges(rows) or bool(letters & known)))

    def speaks_of_laws(self, sides: Sequence[Side], scope: Scope) -> bool:
        """Whether a chain mentions a distribution of the setting."""
        letters = {name for side in sides for name in letters_of(side.formula, self.profile)}
        return any(letter in letters for law in scope.laws for letter in law.letters)

    def scopes_for(self, setting: Setting, sides: Sequence[Side]) -> list[Scope]:
        """The scope to read a chain in, and others where the letters leave a choice."""
        if setting.kind == "joint":
            return [self.with_densities(self.scope(setting), sides)]
        if setting.kind != "bernoulli pair":
            return [self.scope(setting)]
        general = self.profile.settings[0]
        base = self.scope(setting)
        letters = Letters(base, self.source.text)
        known = frozenset(self.definitions) | {"phi", "theta", "m", "n", "N", "K"}
        nodes = [node for side in sides if side.formula is not None for node in side.formula.nodes]
        known |= {"sigma"} & set(only_called(nodes))  # the logistic function, not a parameter
        used = list(dict.fromkeys(unknown_letters(nodes, letters, known)))
        named_laws = bernoulli_arguments(nodes, letters)
        if named_laws:
            symbols: dict[str, Term | None] = {name: PROBABILITY for name, indexed in named_laws if not indexed}
            scope = replace(base, laws=[], symbols={**base.symbols, **symbols})
            scope.facts = [App("in", (App(name, (Var("?i"),)), PROBABILITY)) for name, indexed in named_laws if indexed]
            return [scope]
        said = list(self.pair.values()) or told_in_words(self.items)
        said = [replace(one, indexed=one.indexed or (one.name, True) in used) for one in said]
        if any(node.kind == "operator" and node.value == "nabla" for node in nodes) and not used:
            return [self.scope(general)]
        if not used and is_indexed(nodes, letters) and not any(one.indexed for one in said):
            said = []
            used = [("q", True), ("p", True)]
        if not used and not said and has_numbered_call(nodes, letters):
            used = [("q", False), ("p", False)]
        if not used and not said:
            return [self.scope(general)]
        chosen = by_convention(used, said)
        if len(chosen) < 2:
            named = any(one.name == name for one in said for name, _ in used)
            return [self.paired(base, said, nodes)] if named else [self.scope(general)]
        first = self.paired(base, chosen, nodes)
        if {one.law for one in said} >= {"q", "p"} or {one.name[-1] for one in chosen} == {"q", "p"}:
            return [first]
        swapped = [replace(one, law={"q": "p", "p": "q"}[one.law]) for one in chosen]
        return [first, self.paired(base, swapped, nodes)]

    def with_densities(self, base: Scope, sides: Sequence[Side], reading: Reading = USUAL) -> Scope:
        """The scope in which the chain's densities come from one joint distribution for each letter."""
        rows = [side.formula.nodes for side in sides if side.formula is not None]
        used = self.mentioned(sides)
        rows += [definition.source for definition in used if definition.source is not None]
        nodes = [node for row in rows for node in row]
        named = (*base.setting.densities, *densities_said(self.source.text))
        roles = roles_of(rows, tuple(dict.fromkeys(named)))
        start = sides[0].tokens[0].start if sides[0].tokens else 0
        told = {**sets_of(used), **self.told_sets.before(start, self.source.text)}
        same = {**base.setting.same, **supports(rows, self.source.text)}
        base = replace(base, setting=replace(base.setting, densities=roles.densities, same=same), variables=roles.taken)
        base = replace(
            base, valued=roles.valued, shapes={}, uncalled=frozenset(), indices=indices_among(rows), told=told
        )
        base = replace(base, random=random_letters(nodes, Laws(base, self.source.text)))
        aliases = {large: small for large, small in roles.variables.items() if large not in base.random}
        base = replace(base, aliases=aliases)
        base = replace(base, continuous=continuous(nodes, Laws(base, self.source.text)))
        real = dict.fromkeys(normal_variables(nodes, Laws(base, self.source.text)), App("reals"))
        base = replace(base, continuous={**base.continuous, **real}, circle=speaks_of_circle(nodes))
        base = replace(base, classes=self.number_of_classes(nodes, base), ends=self.last_indices(rows, base))
        small = small_letters(nodes, Laws(base, self.source.text))
        base = replace(base, random=random_letters(nodes, Laws(base, self.source.text)), lower=small)
        laws, facts, joint = joint_laws(rows, base, self.source.text, reading)
        told = {name: domain for name, domain in told.items() if name not in base.continuous}
        on_told = None if joint is None else JointOn(joint, told)
        scope = replace(base, laws=laws_on(laws, told), joint=on_told, symbols=dict(base.symbols), told=told)
        scope.facts = [on_sets(fact, told) for fact in facts]
        scope.laws, scope.facts = with_chances(scope.laws, scope.facts, self.chances)
        again = [definition for definition in used if definition.source is not None]
        scope.events, scope.laws_defined = event_letters(rows), []
        scope.functions = {name for name in only_called(nodes) if scope.is_function(name)}
        if again:
            read = {one.name: self.read_together(one, scope) for one in again}
            scope.definitions = {**self.definitions, **read}
        return scope

    def mentioned(self, sides: Sequence[Side]) -> list[Definition]:
        """The author's definitions that a chain uses, and those that these use."""
        letters = {name for side in sides for name in letters_of(side.formula, self.profile)}
        found: list[Definition] = []
        for _ in range(3):
            new = [one for one in self.definitions.values() if one not in found and one.name.split("_")[0] in letters]
            letters |= {name for one in new if one.source for name in letters_of(Formula(one.source), self.profile)}
            found += new
        return found

    def read_together(self, definition: Definition, scope: Scope) -> Definition:
        """A definition read with the densities of the chain that uses it; its parameters are no names of others."""
        others = {name: one for name, one in scope.definitions.items() if name not in definition.parameters}
        indices = frozenset(definition.parameters) if definition.indexed else frozenset[str]()
        scope = replace(scope, definitions=others, fixed=scope.fixed | indices)
        try:
            body = term_of(Formula(definition.source or Nodes()), scope, self.source.text)[0]
        except NotationError:
            return definition
        return replace(definition, body=body)

    def last_indices(self, rows: Sequence[Nodes], base: Scope) -> dict[str, Term]:
        """The last index of each letter that a sum of the chain says, where it is a letter or a number."""
        single = {name: above[0] for name, above in ends_of(rows).items() if len(above) == 1}
        letters = Letters(base, self.source.text)
        listed = counted_by(rows, sizes_said(self.source.text))
        said: dict[str, Term] = {name: Var(size) for name, size in listed.items() if name not in single}
        return said | {name: Var(letters.key(node)) for name, node in single.items() if node.kind == "symbol"}

    def number_of_classes(self, nodes: Sequence[Node], base: Scope) -> Term | None:
        """What stands above the sums of a chain, where it is one and the same."""
        sizes = classes(nodes)
        if len(sizes) != 1:
            return None
        if len(sizes[0]) == 1 and sizes[0][0].kind == "symbol":
            return Var(Letters(base, self.source.text).key(sizes[0][0]))
        try:
            return term_of(Formula(sizes[0]), base, self.source.text)[0]
        except NotationError:
            return None

    def paired(self, base: Scope, parameters: Sequence[Parameter], nodes: Sequence[Node]) -> Scope:
        """The scope in which q and p are Bernoulli distributions with these parameters."""
        vector = any(parameter.indexed for parameter in parameters)
        size: Term = Var("n")
        bound = upper_bound(nodes)
        if vector and bound is not None:
            size = term_of(Formula(bound), base, self.source.text)[0]
        variable = next(iter(base.setting.variables), "z")
        laws = pair_laws(parameters, size, variable)
        domain = laws[0].domain or BITS
        setting = replace(base.setting, variables={variable: domain}, same=same_sets(base, domain))
        symbols: dict[str, Term | None] = {
            one.name: PROBABILITY for one in parameters if not one.indexed and one.name.isidentifier()
        }
        scope = replace(base, setting=setting, laws=laws, symbols={**base.symbols, **symbols})
        scope.facts = [App("in", (App(one.name, (Var("?i"),)), PROBABILITY)) for one in parameters if one.indexed]
        return scope

    def parsed(self, tokens: list[Token]) -> Side:
        """A side as written, taken apart, with the error where that fails."""
        side = Side(tokens)
        try:
            side.formula = parse(tokens, self.source.text) if tokens else None
            if side.formula is not None:
                drop_variable_names(side.formula.nodes)
        except NotationError as error:
            side.error = error
        return side

    def hear(self, sides: Sequence[Side], relations: Sequence[str]) -> None:
        """Remember what a statement says of letters."""
        nodes = [side.formula.nodes for side in sides if side.formula is not None]
        scope = replace(self.scope(self.setting), numbers=self.calculated_with(nodes))
        reader = Reader(scope, self.source.text)
        if len(nodes) == len(sides):
            said = conditions(nodes, relations, reader.expression, reader.domain)
            self.hear_through(nodes, relations, reader)
            self.cases.hear(said, relations)
            self.heard |= said
            self.told_sets.hear(sides[0].tokens[0].start if sides[0].tokens else 0, said)
            if "=" not in relations:  # a case that is named later is no condition
                self.first_heard = said | self.first_heard

    def hear_through(self, nodes: Sequence[Nodes], relations: Sequence[str], reader: Reader) -> None:
        """Remember what is said of a letter of what it is: with `$a = 1/x$` for a positive a, 1/x is positive."""
        if list(relations) != ["="] or len(nodes[0]) != 1 or nodes[0][0].kind != "symbol":
            return
        name = name_of(nodes[0][0], self.profile)
        if not (facts := self.heard.get(name)) or nodes[0][0].sub is not None or nodes[0][0].sup is not None:
            return
        try:
            meant = reader.expression(nodes[1])
        except NotationError:
            return
        for letter in sorted(meant.free_vars - {name}):
            said = [substituted(fact, {name: meant}) for fact in facts]
            self.heard[letter] = [*self.heard.get(letter, ()), *said]

    def is_known(self, scope: Scope) -> frozenset[str]:
        """The names that mean something already."""
        laws = {law.letters[0] for law in scope.laws}
        own = {*scope.setting.parameters, *scope.setting.variables, *scope.symbols, scope.setting.sample}
        return frozenset(laws | own | set(self.definitions) | {"sigma", "x"})


def name_of(node: Node, profile: Profile) -> str:
    """The name of a symbol, aliases resolved."""
    return profile.aliases.get(node.value, node.value)


def letters_of(formula: Formula | None, profile: Profile) -> set[str]:
    """The letters of a formula, scripts and arguments included."""
    found: set[str] = set()
    waiting = list(formula.nodes) if formula is not None else []
    while waiting:
        node = waiting.pop()
        if node.kind == "symbol":
            found.add(name_of(node, profile))
        for part in (*node.parts, node.sub or Nodes(), node.sup or Nodes()):
            waiting.extend(part)
    return found

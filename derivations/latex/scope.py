"""What the letters mean at one place of a document: the setting, the definitions so far, the bound variables.

It holds knowledge and answers questions; it reads no notation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from derivations.latex.nodes import Nodes
from derivations.latex.profile import Law, Profile, Setting
from derivations.latex.style import Shape
from derivations.term import App, Bind, Term, Var, at, bind, derivative, fresh_name, opened, substituted, subterms

INDICES: Final = frozenset("ijklnrst")
_INVERSE: Final = {"sigmoid": "logit", "logit": "sigmoid", "exp": "log", "log": "exp"}


@dataclass(frozen=True)
class Definition:
    """A name of the author's: `body` with `parameters` in it, which a call or a subscript fills."""

    name: str
    parameters: tuple[str, ...]
    body: Term
    indexed: bool = False  # the parameters are subscripts, as in X_i = z_i / beta
    source: Nodes | None = None  # as written, where its densities must be read together with those of the chain

    def applied(self, arguments: tuple[Term, ...]) -> Term:
        """The body with arguments for the parameters."""
        body = self.body if self.indexed else _with_components(self.body, frozenset(self.parameters))
        return substituted(body, dict(zip(self.parameters, arguments, strict=True)))


def _with_components(term: Term, vectors: frozenset[str]) -> Term:
    """A body in which z_i was read as a function of i, for a parameter z: it is a component of the argument."""
    if isinstance(term, App):
        args = [_with_components(arg, vectors) for arg in term.args]
        return at(Var(term.head), args[0]) if term.head in vectors and len(args) == 1 else App(term.head, args)
    if isinstance(term, Bind):
        bodies = [_with_components(body, vectors) for body in term.bodies]
        return Bind(term.head, term.hint, _with_components(term.arg, vectors), bodies)
    return term


def name_inside(binder: Bind, taken: frozenset[str]) -> str:
    """A name for the variable of a binder; d/ds keeps its s, and differentiates what is put in for a name with it."""
    own = binder.head == "d" and binder.arg == Var(binder.hint)
    return binder.hint if own else fresh_name(binder.hint, taken)


def explained(term: Term, definition: Definition) -> Term:
    """A term with a name that it mentions replaced by what the name is defined to be."""
    if definition.name not in {one.head for one in subterms(term) if isinstance(one, App)} | term.free_vars:
        return term

    def changed(here: Term) -> Term:
        if isinstance(here, Var) and here.name == definition.name and not definition.parameters:
            return definition.body
        if isinstance(here, App):
            args = tuple([changed(arg) for arg in here.args])
            if here.head == definition.name and len(args) == len(definition.parameters):
                return definition.applied(args)
            return App(here.head, args)
        if isinstance(here, Bind):
            name = name_inside(here, here.free_vars | definition.body.free_vars | {definition.name})
            bodies = [changed(body) for body in opened(here, name)]
            return bind(here.head, name, changed(here.arg), *bodies)
        return here

    return changed(term)


@dataclass
class Case:
    r"""A case, `for $b = \\frac12$`: definitions that reach up to the words behind the display which they are about."""

    names: frozenset[str]
    before: dict[str, Definition]
    used: bool = False

    def end(self, definitions: dict[str, Definition]) -> None:
        """Take the definitions back, and what they made of earlier ones."""
        since = {key: one for key, one in definitions.items() if key not in {*self.before, *self.names}}
        definitions.clear()
        definitions.update(self.before | since)


@dataclass(frozen=True)
class ChangeOfVariable:
    """`old = head(new)`, as in beta = sigmoid(phi): both letters stand for one quantity; terms keep `old`."""

    old: str
    new: str
    head: str

    @property
    def forward(self) -> Term:
        """The old variable in terms of the new one."""
        return App(self.head, (Var(self.new),))

    @property
    def backward(self) -> Term:
        """The new variable in terms of the old one."""
        return App(_INVERSE[self.head], (Var(self.old),))


def change_of_variable(name: str, body: Term) -> ChangeOfVariable | None:
    """The change of variable that a definition `name = body` makes, None if it makes none."""
    if isinstance(body, App) and body.head in _INVERSE and isinstance(body.args[0], Var):
        return ChangeOfVariable(name, body.args[0].name, body.head)
    return None


class Slot(NamedTuple):
    """A component that a derivative is taken by: the letter of the vector and the index."""

    head: str
    place: Term


class Joint(Protocol):
    """A joint distribution of variables."""

    def density(self, values: frozenset[str], conditions: frozenset[str]) -> Term:
        """The density of some variables given others, with the names of the variables in it."""


@dataclass
class Scope:
    """The knowledge at one place. `wide` asks for the wider of two possible reaches of an operator."""

    profile: Profile
    setting: Setting
    laws: list[Law] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    changes: list[ChangeOfVariable] = field(default_factory=list)
    bound: dict[str, Term] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)  # written component `z_[i]` -> the variable it is
    symbols: dict[str, Term | None] = field(default_factory=dict)  # letters of the author's, with their domain
    vectors: set[str] = field(default_factory=set)
    coordinates: dict[str, str] = field(default_factory=dict)  # the one coordinate of each parameter that is named
    places: dict[str, Slot] = field(default_factory=dict)  # which coordinate a derivative by a parameter stands for
    numbered: dict[str, str] = field(default_factory=dict)  # the same for w_1, which is a name
    twins: dict[str, str] = field(default_factory=dict)  # a second coordinate of a parameter, as one of its own
    data: dict[str, Term] = field(default_factory=dict)  # letters with an index, x_i, and how many of them there are
    bare: set[str] = field(default_factory=set)  # functions that were written without their arguments
    counts: frozenset[str] = frozenset()  # capital letters that are numbers of the chain, not marks of transposition
    functions: set[str] = field(default_factory=set)
    numbers: frozenset[str] = frozenset()  # letters that the chain uses as numbers, whatever they often stand for
    drawn: frozenset[str] = frozenset()  # letters that sentences say are random variables
    sampled: Term | None = None
    continuous: dict[str, Term] = field(default_factory=dict)  # what the chain integrates over, with its set
    events: frozenset[str] = frozenset()  # capital letters that are events
    disjoint: bool = False  # the events are taken to be disjoint
    laws_defined: list[Term] = field(default_factory=list)  # that laws which the author defined sum to one
    told: dict[str, Term] = field(default_factory=dict)  # finite sets that sentences say of variables
    slots: dict[str, Slot] = field(default_factory=dict)  # components that derivatives are taken by
    uncalled: frozenset[str] = frozenset()  # distributions that are named and never called, KL(p || q)
    classes: Term | None = None  # the number of components of vectors, where the chain says one
    ends: dict[str, Term] = field(default_factory=dict)  # the last index of a letter that some sum of the chain says
    indices: frozenset[str] = frozenset()  # letters that number what other, summed letters number in the chain
    fixed: frozenset[str] = frozenset()  # indices that the chain has outside the sums that leave them out
    circle: bool = False  # whether pi is the number
    alone: bool = False  # whether one formula is read, and no document
    random: dict[str, str] = field(default_factory=dict)  # capital letters that are random variables, and small ones
    lower: frozenset[str] = frozenset()  # small letters that are random variables themselves
    joint: Joint | None = None  # their distribution
    facts: list[Term] = field(default_factory=list)  # about the author's own letters
    shapes: dict[str, Shape] = field(default_factory=dict)  # how the factors of joint distributions are written
    variables: frozenset[str] = frozenset()  # the letters that densities of the chain are taken at
    valued: dict[str, str] = field(default_factory=dict)  # k -> z, where a density is taken at z = k
    aliases: dict[str, str] = field(default_factory=dict)  # capital letters that stand for variables of the chain
    general: bool = False  # the chain speaks of functions in general, not of the setting's distributions
    wide: bool = False
    reaching: bool = False  # a sum, a product or a derivative takes in all terms behind it
    spread: bool = False  # V(x) is a variance for small letters too
    base: int = 0  # of logarithms that are written without one, where it is not e
    outside: bool = False  # the power in log(x)^2 is one of the logarithm, as it is for sin(x)^2

    @classmethod
    def of(cls, profile: Profile, setting: Setting) -> Scope:
        """The scope at the beginning of a setting."""
        size = Var(setting.sample) if setting.sample else None
        return cls(profile, setting, laws=list(setting.laws), sampled=size)

    def name(self, letter: str) -> str:
        """The name of a letter, aliases resolved."""
        return self.aliases.get(letter) or self.profile.aliases.get(letter, letter)

    def laws_of(self, letter: str) -> list[Law]:
        """The laws that are written with a letter."""
        return [law for law in self.laws if letter in law.letters]

    def domain(self, name: str) -> Term | None:
        """The set that a variable ranges over, None where nothing says."""
        stem = name.rstrip("'").split("_")[0]
        for table in (self.bound, self.setting.variables, self.told):
            for key in (name, stem):
                if key in table:
                    return table[key]
        return None

    @property
    def measured(self) -> frozenset[Term]:
        """The sets that carry a measure: distributions on them are densities."""
        return frozenset((*self.continuous.values(), App("reals")))

    def is_symbol(self, name: str) -> bool:
        """Whether a name is known as a number, so that a bracket behind it makes a product."""
        if name.rstrip("'") in self.functions:
            return False
        return (
            name in self.bound
            or name in self.numbers
            or name in self.profile.symbols
            or name in self.symbols
            or name in self.setting.parameters
            or name in self.setting.variables
        )

    def is_function(self, name: str) -> bool:
        r"""Whether a letter that never stands without arguments is a function: `w(x)`, though w may be a parameter."""
        parameter = self.setting.kind == "joint" and name in self.setting.parameters
        return not self.laws_of(name) and (not self.is_symbol(name) or (parameter and not self.is_number(name)))

    def is_number(self, name: str) -> bool:
        """Whether a name is a number whatever the setting says of it."""
        return any(name in known for known in (self.bound, self.numbers, self.profile.symbols, self.symbols))

    def is_callable(self, name: str) -> bool:
        """Whether a bracket behind the name holds its arguments."""
        name = name.rstrip("'")
        if name in self.functions:
            return True
        return name.split("_")[0] in self.profile.callables and name not in self.bound and name not in self.symbols

    @contextmanager
    def binding(self, name: str, domain: Term) -> Iterator[None]:
        """Bind a variable while its operator's body is read."""
        before = self.bound  # which other scopes of the document share: it is replaced, never changed
        self.bound = {**before, name: domain}
        try:
            yield
        finally:
            self.bound = before

    def differentiated(self, name: str, body: Term) -> Term:
        """The derivative by `name`; through a change of variable where the author has made one."""
        for change in self.changes:
            if name == change.new:
                inside = substituted(body, {change.old: change.forward})
                return derivative(name, inside, change.backward)
            if name == change.old and change.new in body.free_vars:
                return derivative(name, substituted(body, {change.new: change.backward}))
        return derivative(name, body)

    def closed(self, term: Term) -> Term:
        """The term with the new letters of all changes of variable replaced by the old ones."""
        for change in self.changes:
            if change.new in term.free_vars:
                term = substituted(term, {change.new: change.backward})
        return term

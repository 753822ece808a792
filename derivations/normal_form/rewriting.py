"""A term on its way to its normal form, and the moves that brought it there.

Nothing here is trusted: every move is replayed by the kernel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from derivations.conditions import holds
from derivations.errors import KernelError
from derivations.given import Given
from derivations.kernel import Apply, Inside, Move, facts_inside, instance
from derivations.matching import filled, match
from derivations.rules import TABLE
from derivations.term import App, Bind, Num, Term, Var, bind, fresh_name, opened, substituted, subterms
from derivations.vocabulary import BINDERS

Conversion: TypeAlias = "Callable[[Rewriting], None]"
# What became of a term under a given, below binders whose variables have these names, by which moves, and the term.
Memory: TypeAlias = "dict[tuple[Term, Given, tuple[str, ...]], tuple[Term, tuple[Move, ...], Term]]"


# (a^b)^c = a^(b c) fails for negative a at some whole b, where both sides have values; a < 0 is not just left out.
_NEVER_ASSUMED: Final = frozenset({"power-of-power"})


def _met(condition: Term, given: Given, may_assume: bool) -> bool:
    """Whether a condition holds, or may be assumed: that a number is a bit, or whole, is never assumed."""
    domain = condition.args[1] if isinstance(condition, App) and condition.head == "in" else None
    is_discrete = isinstance(domain, App) and domain.head in ("bits", "integers")
    return (may_assume and not is_discrete) or holds(condition, given)


def _are_named_alike(one: Term, other: Term) -> bool:
    """Whether two equal terms call their bound variables alike: what is shown must not depend on earlier questions."""
    if one is other or one.heads.isdisjoint(BINDERS):
        return True
    return all(
        a.hint == b.hint
        for a, b in zip(subterms(one), subterms(other), strict=True)
        if isinstance(a, Bind) and isinstance(b, Bind)
    )


class Rewriting:
    """The current term, the given in force at its place, the moves so far.

    `normal` is the whole normaliser, so that each part can ask for the normal form of what it made.
    `bound` are the names of the variables of the binders around, outermost first.
    `assuming` says that conditions which do not follow from the given may be used; the kernel lists them.
    `memory` keeps the normal forms that were found already, with the moves that led to them.
    """

    __slots__ = ("assuming", "bound", "given", "memory", "moves", "normal", "term")

    def __init__(
        self,
        term: Term,
        given: Given,
        normal: Conversion,
        *,
        assuming: bool = False,
        bound: tuple[str, ...] = (),
        memory: Memory | None = None,
    ) -> None:
        self.term, self.given, self.normal, self.assuming = term, given, normal, assuming
        self.bound = bound
        self.memory: Memory = {} if memory is None else memory
        self.moves: list[Move] = []

    @property
    def taken(self) -> frozenset[str]:
        """The names that a new bound variable may not have: those of the binders around, and all that is named here."""
        return self.term.free_vars.union(self.given.names, self.bound)

    def remembered(self, conversion: Conversion) -> None:
        """The conversion, unless what it makes of this term at this place is known already."""
        start, place = self.term, len(self.moves)
        found = self.memory.get((start, self.given, self.bound))
        if found is not None and _are_named_alike(found[2], start):
            self.term = found[0]
            self.moves.extend(found[1])
            return
        conversion(self)
        self.memory[start, self.given, self.bound] = self.term, tuple(self.moves[place:]), start
        self.memory[self.term, self.given, self.bound] = self.term, (), self.term  # a normal form is its own

    def apply(self, rule: str, *, reverse: bool = False, **bindings: Term) -> None:
        """Use a row here. Raises KernelError where it does not fit."""
        move = Apply(rule, tuple((f"?{name}", body) for name, body in bindings.items()), reverse)
        _, self.term = instance(TABLE[rule], self.term, move)
        self.moves.append(move)

    def attempt(self, rule: str, *, reverse: bool = False, surely: bool = False, **bindings: Term) -> bool:
        """Use a row here if it fits and its conditions are met; says whether it did.

        `surely`: its conditions are never assumed, such as that something unknown is a density.
        """
        row = TABLE[rule]
        here, there = (row.right, row.left) if reverse else (row.left, row.right)
        known = tuple([(f"?{name}", body) for name, body in bindings.items()]) if bindings else ()
        found = dict(known)
        try:
            if not match(here, self.term, found):
                return False
            may_assume = self.assuming and not surely and rule not in _NEVER_ASSUMED
            if not all(_met(filled(premise, found), self.given, may_assume) for premise in row.premises):
                return False
            self.term = filled(there, found)
        except KernelError:
            return False  # a metavariable that nothing determines
        self.moves.append(Apply(rule, known, reverse))
        return True

    def compute(self, result: Term, rule: str = "algebra") -> None:
        """Replace the term by an equal rational function."""
        if result != self.term:
            self.moves.append(Apply(rule, (("?b", result),)))
            self.term = result

    def inside(self, child: int, conversion: Conversion) -> None:
        """Rewrite one child: an argument, or for a binder 0 the set or point, 1, 2, ... the bodies."""
        term = self.term
        if isinstance(term, App):
            if isinstance(term.args[child], (Num, Var)) and conversion is self.normal:
                return  # normal already
            part = self._at(term.args[child], self.given, self.bound)
            conversion(part)
            if part.moves:
                self.term = App(term.head, (*term.args[:child], part.term, *term.args[child + 1 :]))
                self.moves.append(Inside(child, tuple(part.moves)))
            return
        if not isinstance(term, Bind):
            raise KernelError(f"{term} has no children")
        if child == 0:
            part = self._at(term.arg, self.given, self.bound)
            conversion(part)
            if part.moves:
                self.term = Bind(term.head, term.hint, part.term, term.bodies)
                self.moves.append(Inside(0, tuple(part.moves)))
            return
        name = self.fresh(term.hint)
        bodies = list(opened(term, name))
        local = self.given.assume(*facts_inside(term, name, self.given))
        part = self._at(bodies[child - 1], local, (*self.bound, name))
        conversion(part)
        if part.moves:
            bodies[child - 1] = part.term
            self.term = bind(term.head, name, term.arg, *bodies)
            self.moves.append(Inside(child, tuple(part.moves), name))

    def _at(self, term: Term, given: Given, bound: tuple[str, ...]) -> Rewriting:
        return Rewriting(term, given, self.normal, assuming=self.assuming, bound=bound, memory=self.memory)

    def trial(self, term: Term | None = None) -> Rewriting:
        """A rewriting at the same place, of this term or another one, that may be thrown away."""
        return self._at(self.term if term is None else term, self.given, self.bound)

    def impersonal(self, term: Term) -> str:
        """A term as text in which the variables of the binders around are called by their place."""
        return str(substituted(term, {name: Var(f"~{place}") for place, name in enumerate(self.bound)}))

    def fresh(self, hint: str) -> str:
        """A name for a bound variable that nothing here uses yet."""
        return fresh_name(hint, self.taken)

    def known(self, condition: Term) -> bool:
        """Whether a condition follows from the given."""
        return holds(condition, self.given)

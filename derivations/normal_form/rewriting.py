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
from derivations.matching import filled
from derivations.rules import TABLE
from derivations.term import App, Bind, Term, Var, bind, fresh_name, opened, substituted

Conversion: TypeAlias = "Callable[[Rewriting], None]"


# (a^b)^c = a^(b c) fails for negative a at some whole b, where both sides have values; a < 0 is not just left out.
_NEVER_ASSUMED: Final = frozenset({"power-of-power"})


def _met(condition: Term, given: Given, may_assume: bool) -> bool:
    """Whether a condition holds, or may be assumed: that a number is a bit, or whole, is never assumed."""
    domain = condition.args[1] if isinstance(condition, App) and condition.head == "in" else None
    is_discrete = isinstance(domain, App) and domain.head in ("bits", "integers")
    return (may_assume and not is_discrete) or holds(condition, given)


class Rewriting:
    """The current term, the given in force at its place, the moves so far.

    `normal` is the whole normaliser, so that each part can ask for the normal form of what it made.
    `bound` are the names of the variables of the binders around, outermost first.
    `assuming` says that conditions which do not follow from the given may be used; the kernel lists them.
    """

    __slots__ = ("assuming", "bound", "given", "moves", "normal", "taken", "term")

    def __init__(
        self,
        term: Term,
        given: Given,
        normal: Conversion,
        *,
        assuming: bool = False,
        taken: frozenset[str] = frozenset(),
        bound: tuple[str, ...] = (),
    ) -> None:
        self.term, self.given, self.normal, self.assuming = term, given, normal, assuming
        self.taken, self.bound = taken, bound
        self.moves: list[Move] = []

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
        move = Apply(rule, tuple((f"?{name}", body) for name, body in bindings.items()), reverse)
        try:
            found, result = instance(row, self.term, move)
        except KernelError:
            return False
        may_assume = self.assuming and not surely and rule not in _NEVER_ASSUMED
        if not all(_met(filled(premise, found), self.given, may_assume) for premise in row.premises):
            return False
        self.term = result
        self.moves.append(move)
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
            part = self._at(term.args[child], self.given)
            conversion(part)
            if part.moves:
                self.term = App(term.head, (*term.args[:child], part.term, *term.args[child + 1 :]))
                self.moves.append(Inside(child, tuple(part.moves)))
            return
        if not isinstance(term, Bind):
            raise KernelError(f"{term} has no children")
        if child == 0:
            part = self._at(term.arg, self.given)
            conversion(part)
            if part.moves:
                self.term = Bind(term.head, term.hint, part.term, term.bodies)
                self.moves.append(Inside(0, tuple(part.moves)))
            return
        name = self.fresh(term.hint)
        bodies = list(opened(term, name))
        local = self.given.assume(*facts_inside(term, name, self.given))
        part = self._at(bodies[child - 1], local, name)
        conversion(part)
        if part.moves:
            bodies[child - 1] = part.term
            self.term = bind(term.head, name, term.arg, *bodies)
            self.moves.append(Inside(child, tuple(part.moves), name))

    def _at(self, term: Term, given: Given, *names: str) -> Rewriting:
        taken = self.taken | self.term.free_vars | frozenset(names)
        return Rewriting(term, given, self.normal, assuming=self.assuming, taken=taken, bound=(*self.bound, *names))

    def trial(self, term: Term | None = None) -> Rewriting:
        """A rewriting at the same place, of this term or another one, that may be thrown away."""
        start = self.term if term is None else term
        return Rewriting(start, self.given, self.normal, assuming=self.assuming, taken=self.taken, bound=self.bound)

    def impersonal(self, term: Term) -> str:
        """A term as text in which the variables of the binders around are called by their place."""
        return str(substituted(term, {name: Var(f"~{place}") for place, name in enumerate(self.bound)}))

    def fresh(self, hint: str) -> str:
        """A name for a bound variable that nothing here uses yet."""
        return fresh_name(hint, self.taken | self.term.free_vars | self.given.names)

    def known(self, condition: Term) -> bool:
        """Whether a condition follows from the given."""
        return holds(condition, self.given)

r"""Two coordinates of a parameter, as in `\frac{\partial^2}{\partial\theta_i \partial\theta_j} \log p_\theta(x)`.

A density that depends on theta is a function of both: theta stands for the first that is met, its twin for the second.
That i and j may be one coordinate is another reading, in which both are theta; a verdict must hold in the two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from derivations.errors import NotationError
from derivations.latex.differentials import COORDINATES
from derivations.latex.scope import Scope
from derivations.term import App, Bind, Term, Var, bind, children, derivative, instantiated, subterms


def with_twins(scope: Scope, name: str) -> tuple[Scope, Scope]:
    """The scope in which a second coordinate of a parameter is a variable of its own, and that in which it is not."""
    twin = f"{name}_twin"
    places = _places(scope, name)
    laws = [replace(law, term=_inserted(law.term, places, Var(twin))) for law in scope.laws]
    facts = [_inserted(fact, places, Var(f"?{twin}")) for fact in scope.facts]
    two = replace(scope, laws=laws, twins={name: twin}, coordinates={}, shapes={})
    # What is given of functions of theta alone stays, for the reading in which both are one coordinate.
    smooth = [fact for law in scope.laws for fact in _smooth(law.term, places)]
    two.facts = list(dict.fromkeys([*facts, *smooth, *scope.facts]))
    one = replace(scope, twins={name: name}, coordinates={})
    one.facts = list(scope.facts)
    return two, one


def met_twice(errors: Iterable[NotationError | None]) -> str:
    """The parameter by two coordinates of which a chain differentiates, as an error says; empty for none."""
    prefix = f"{COORDINATES} of "
    said = next((error.expected for error in errors if error is not None and error.expected.startswith(prefix)), "")
    return said.removeprefix(prefix).split(" ")[0]


def are_numbered(scope: Scope) -> bool:
    """Whether the coordinates that were met are theta_1 and theta_2, which are different ones."""
    return all(key[-1:].isdigit() for key in scope.coordinates.values())


def not_of_densities(source: str) -> NotationError:
    """The error for derivatives by two coordinates of anything but densities."""
    return NotationError(source, 0, f"{COORDINATES}, or by two of what depends on them through densities only")


def depends_on_twins(terms: Iterable[Term], scope: Scope) -> bool:
    """Whether all functions of the parameter are densities, which depend on both coordinates."""
    ((name, twin),) = scope.twins.items()
    heads = {part.head for law in scope.laws for part in subterms(law.term) if isinstance(part, App)}
    return name == twin or all(
        part.head in heads
        for term in terms
        for part in _at_points(term)
        if isinstance(part, App) and part.head.isidentifier() and Var(name) in part.args
    )


def _at_points(term: Term) -> Iterator[Term]:
    """All parts of a term; below a derivative at the point where it is taken."""
    yield term
    derived = isinstance(term, Bind) and term.head == "d" and instantiated(term.bodies[0], (term.arg,))
    for part in (derived,) if derived else children(term):
        yield from _at_points(part)


def _places(scope: Scope, name: str) -> dict[str, int]:
    """Where each factor of a density has the parameter among its arguments."""
    parts = [part for law in scope.laws for part in subterms(law.term) if isinstance(part, App)]
    factors = [part for part in parts if part.head.isidentifier() and Var(name) in part.args]
    return {part.head: part.args.index(Var(name)) for part in factors}


def _inserted(term: Term, places: dict[str, int], twin: Term) -> Term:
    """The term with the twin behind the parameter in each factor."""
    if isinstance(term, App):
        args = [_inserted(arg, places, twin) for arg in term.args]
        place = places.get(term.head)
        return App(term.head, args if place is None else [*args[: place + 1], twin, *args[place + 1 :]])
    if isinstance(term, Bind):
        bodies = [_inserted(body, places, twin) for body in term.bodies]
        return Bind(term.head, term.hint, _inserted(term.arg, places, twin), bodies)
    return term


def _smooth(term: Term, places: dict[str, int]) -> list[Term]:
    """The factors of a density are differentiable in the twin, and their derivatives in both."""
    found: list[Term] = []
    for part in subterms(term):
        place = places.get(part.head) if isinstance(part, App) else None
        if not isinstance(part, App) or place is None:
            continue
        names = [f"?a{k}" for k in range(len(part.args) + 1)]
        first, second = names[place], names[place + 1]

        def factor(one: str, other: str, head: str = part.head, place: int = place, names: list[str] = names) -> App:
            return App(head, [Var(name) for name in (*names[:place], one, other, *names[place + 2 :])])

        found += [
            bind("differentiable", "t", Var(second), factor(first, "t")),
            bind("differentiable", "t", Var(second), derivative("t", factor(first, "t"))),
            bind("differentiable", "t", Var(second), derivative("s", factor("s", "t"), Var(first))),
            bind("differentiable", "t", Var(first), derivative("s", factor("t", "s"), Var(second))),
        ]
    return list(dict.fromkeys(found))

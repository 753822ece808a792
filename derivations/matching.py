"""Schemas: terms with metavariables, matched against terms and filled in.

`?c` stands for a term that does not mention the variables bound around it; `?F(z)` for one that may mention z.
Matching is Miller's: on the left of a rule a metavariable is applied to distinct bound variables, so the match is
unique. Where it is applied to anything else the binding must be known already, and is compared.

Source: Miller, *A logic programming language with lambda-abstraction* (1991), section 4.
"""

from __future__ import annotations

from itertools import repeat
from typing import Final, TypeAlias

from derivations.errors import KernelError
from derivations.term import App, Bind, Bound, Term, Var, abstracted, children, instantiated, shifted

# A metavariable of k arguments is bound to a term with k loose places, `Bound(0)` for the first argument.
Bindings: TypeAlias = dict[str, Term]

_SIGN: Final = "?"


def function(body: Term, *names: str) -> Term:
    """The binding of a metavariable: `body` as a function of the named variables.

    >>> from derivations.notation import read
    >>> print(function(read("c * z"), "z"))
    c * #0
    """
    return abstracted(body, names)


def metavariables(schema: Term) -> dict[str, int]:
    """The metavariables of a schema and the number of their arguments."""
    found: dict[str, int] = {}
    waiting = [schema]
    while waiting:
        term = waiting.pop()
        if isinstance(term, Var) and term.name.startswith(_SIGN):
            found[term.name] = 0
        elif isinstance(term, App) and term.head.startswith(_SIGN):
            found[term.head] = len(term.args)
        waiting.extend(children(term))
    return found


def filled(schema: Term, bindings: Bindings) -> Term:
    """The schema with every metavariable replaced.

    Raises: KernelError for a metavariable without a binding.

    >>> from derivations.notation import read
    >>> print(filled(read("sum[z in ?D](?F(z))"), {"?D": read("Z"), "?F": function(read("f(w)"), "w")}))
    sum[z in Z](f(z))
    """
    return _filled(schema, bindings, 0)


def _filled(schema: Term, bindings: Bindings, depth: int) -> Term:
    if isinstance(schema, Var):
        if not schema.name.startswith(_SIGN):
            return schema
        return shifted(_looked_up(schema.name, bindings), depth)
    if isinstance(schema, App):
        args = tuple([_filled(arg, bindings, depth) for arg in schema.args])
        if schema.head.startswith(_SIGN):
            return _applied(_looked_up(schema.head, bindings), args)
        return App(schema.head, args)
    if isinstance(schema, Bind):
        bodies = [_filled(body, bindings, depth + 1) for body in schema.bodies]
        return Bind(schema.head, schema.hint, _filled(schema.arg, bindings, depth), bodies)
    return schema


def is_filled(schema: Term, term: Term, bindings: Bindings) -> bool:
    """Whether `filled(schema, bindings)` is `term`, without building it. Raises as `filled` does.

    >>> from derivations.notation import read
    >>> is_filled(read("?a + ?a"), read("x + x"), {"?a": read("x")}), is_filled(read("?a + 1"), read("x"), {})
    (True, False)
    """
    return _is_filled(schema, term, bindings, 0)


def _is_filled(schema: Term, term: Term, bindings: Bindings, depth: int) -> bool:
    if isinstance(schema, Var):
        return _filled(schema, bindings, depth) == term
    if isinstance(schema, App):
        if schema.head.startswith(_SIGN):
            return _filled(schema, bindings, depth) == term
        if not isinstance(term, App) or term.head != schema.head or len(term.args) != len(schema.args):
            return False
        return all(map(_is_filled, schema.args, term.args, repeat(bindings), repeat(depth)))
    if isinstance(schema, Bind):
        if not isinstance(term, Bind) or term.head != schema.head:
            return False
        if not _is_filled(schema.arg, term.arg, bindings, depth):
            return False
        return all(map(_is_filled, schema.bodies, term.bodies, repeat(bindings), repeat(depth + 1)))
    return schema == term


def _applied(function: Term, args: tuple[Term, ...]) -> Term:
    """The function at the arguments; at its own places in their order it is what it is."""
    if function.loose <= len(args) and [a.index for a in args if isinstance(a, Bound)] == [*range(len(args))]:
        return function
    return instantiated(function, args)


def _looked_up(name: str, bindings: Bindings) -> Term:
    found = bindings.get(name)
    if found is None:
        raise KernelError(f"the metavariable {name} has no binding")
    return found


def match(schema: Term, term: Term, bindings: Bindings) -> bool:
    """Whether `term` is an instance of `schema`; extends `bindings`, which may be half filled after a failure.

    >>> from derivations.notation import read
    >>> found = {}
    >>> match(read("sum[z in ?D](?F(z) + ?G(z))"), read("sum[w in Z](f(w) + 1)"), found)
    True
    >>> {name: str(body) for name, body in found.items()}
    {'?D': 'Z', '?F': 'f(#0)', '?G': '1'}
    """
    return _match(schema, term, bindings, 0)


def _match(schema: Term, term: Term, bindings: Bindings, depth: int) -> bool:
    if isinstance(schema, Var):
        if not schema.name.startswith(_SIGN):
            return schema == term
        return _bound_to(schema.name, (), term, bindings, depth)
    if isinstance(schema, App):
        if schema.head.startswith(_SIGN):
            return _bound_to(schema.head, schema.args, term, bindings, depth)
        if not isinstance(term, App) or term.head != schema.head or len(term.args) != len(schema.args):
            return False
        pairs = zip(schema.args, term.args, strict=True)
        return all(_match(part, arg, bindings, depth) for part, arg in pairs)
    if isinstance(schema, Bind):
        if not isinstance(term, Bind) or term.head != schema.head:
            return False
        if not _match(schema.arg, term.arg, bindings, depth):
            return False
        pairs = zip(schema.bodies, term.bodies, strict=True)
        return all(_match(s, t, bindings, depth + 1) for s, t in pairs)
    return schema == term


def _bound_to(name: str, args: tuple[Term, ...], term: Term, bindings: Bindings, depth: int) -> bool:
    """Match `name(args)`, standing `depth` binders inside the schema, against `term`."""
    known = bindings.get(name)
    if known is not None:
        given_args = tuple([_filled(arg, bindings, depth) for arg in args])
        return _applied(known, given_args) == term
    places = [arg.index for arg in args if isinstance(arg, Bound)]
    if len(places) != len(args) or len(set(places)) != len(places):
        return False
    body = _as_function(term, places, depth)
    if body is None:
        return False
    bindings[name] = body
    return True


def _as_function(term: Term, places: list[int], depth: int) -> Term | None:
    """`term` as a function of the bound variables at `places`; None where it mentions another one."""
    if term.loose <= len(places) and places == [*range(len(places))]:
        return term
    position = {place: k for k, place in enumerate(places)}

    def rebuilt(here: Term, inner: int) -> Term | None:
        if here.loose <= inner:
            return here
        if isinstance(here, Bound):
            k = position.get(here.index - inner)
            return None if k is None else Bound(k + inner)
        if isinstance(here, App):
            args = [rebuilt(arg, inner) for arg in here.args]
            return None if None in args else App(here.head, [arg for arg in args if arg is not None])
        if isinstance(here, Bind):
            arg = rebuilt(here.arg, inner)
            bodies = [rebuilt(body, inner + 1) for body in here.bodies]
            if arg is None or None in bodies:
                return None
            return Bind(here.head, here.hint, arg, [body for body in bodies if body is not None])
        return None

    return rebuilt(term, 0)


def mentions(term: Term, place: int) -> bool:
    """Whether a term mentions the variable of the binder `place` binders further out.

    >>> from derivations.notation import read
    >>> mentions(function(read("x + sum[k in range(1, n)](k)"), "x"), 0)
    True
    """
    if isinstance(term, Bound):
        return term.index == place
    if isinstance(term, Bind):
        return mentions(term.arg, place) or any(mentions(body, place + 1) for body in term.bodies)
    return any(mentions(child, place) for child in children(term))


def replaced(term: Term, old: Term, new: Term) -> Term:
    """Every occurrence of the closed term `old` replaced by `new`."""
    if term == old:
        return new
    if isinstance(term, App):
        return App(term.head, [replaced(arg, old, new) for arg in term.args])
    if isinstance(term, Bind):
        bodies = [replaced(body, old, new) for body in term.bodies]
        return Bind(term.head, term.hint, replaced(term.arg, old, new), bodies)
    return term

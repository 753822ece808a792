r"""`x_1` beside `\sum_i x_i`: the value at 1 of the sequence that x is there, not a letter of its own."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from derivations.given import Given
from derivations.term import (
    App,
    Bind,
    Bound,
    Num,
    Term,
    Var,
    add,
    bind,
    children,
    fresh_name,
    mul,
    opened,
    sub,
    substituted,
    subterms,
)


def sequences(terms: Iterable[Term]) -> frozenset[str]:
    """The functions of one argument that are taken at the index of a sum or product over a range.

    >>> from derivations.notation import read
    >>> sorted(sequences([read("sum[i in range(1, n)](x(i) * f(y))")]))
    ['x']
    """
    found: set[str] = set()
    for term in terms:
        if any(isinstance(part, Bind) for part in subterms(term)):
            found.update(_taken_at_index(term, ()))
    return frozenset(found)


def _taken_at_index(term: Term, places: tuple[bool, ...]) -> Iterator[str]:
    """`places` says of each binder around, outermost first, whether it is a sum or product over a range."""
    if isinstance(term, App) and len(term.args) == 1 and term.args[0].loose and term.head.isidentifier():
        bound = [part for part in subterms(term.args[0]) if isinstance(part, Bound)]
        if all(places[-1 - one.index] for one in bound if one.index < len(places)):
            yield term.head
    if isinstance(term, Bind):
        over_range = term.head in ("sum", "prod") and isinstance(term.arg, App) and term.arg.head == "range"
        yield from _taken_at_index(term.arg, places)
        for body in term.bodies:
            yield from _taken_at_index(body, (*places, over_range))
        return
    for child in children(term):
        yield from _taken_at_index(child, places)


def with_values(term: Term, names: frozenset[str]) -> Term:
    """A term with `x_1` as x(1) for every sequence x.

    >>> from derivations.notation import read
    >>> print(with_values(read("x_1 + x_n + y_1"), frozenset({"x"})))
    x(1) + x_n + y_1
    """
    if not names:
        return term
    if isinstance(term, Var):
        return _value(term.name, names) or term
    if isinstance(term, App):
        return App(term.head, [with_values(arg, names) for arg in term.args])
    if isinstance(term, Bind):
        by = _value(term.hint, names) if term.head == "d" else None
        if by is not None:
            return _by_value(term, by, names)
        bodies = [with_values(body, names) for body in term.bodies]
        return Bind(term.head, term.hint, with_values(term.arg, names), bodies)
    return term


def of_one_kind(terms: Sequence[Term]) -> list[Term]:
    """Some terms with the components z[i] of a letter as z(i), where both are in them: they are the same numbers.

    >>> from derivations.notation import read
    >>> [str(term) for term in of_one_kind([read("z[i] + x[i]"), read("z(i)")])]
    ['z(i) + x[i]', 'z(i)']
    """
    parts = {part for term in terms for part in subterms(term)}
    functions = {part.head for part in parts if isinstance(part, App) and len(part.args) == 1}
    names = {
        letter.name
        for part in parts
        if isinstance(part, App) and part.head == "at" and isinstance(letter := part.args[0], Var)
        if letter.name in functions
    }
    changed = [_as_functions(term, names) for term in terms] if names else list(terms)
    whole = {name for term in changed for name in term.free_vars}
    return list(terms) if names & whole else changed


def _as_functions(term: Term, names: Container[str]) -> Term:
    if isinstance(term, App):
        args = [_as_functions(arg, names) for arg in term.args]
        if term.head == "at" and isinstance(args[0], Var) and args[0].name in names:
            return App(args[0].name, args[1:])
        return App(term.head, args)
    if isinstance(term, Bind):
        bodies = [_as_functions(body, names) for body in term.bodies]
        return Bind(term.head, term.hint, _as_functions(term.arg, names), bodies)
    return term


def other_values(term: Term, name: str) -> bool:
    """Whether a letter may stand for more than itself in a term: x_1 beside x_i for any i, x for all values x(i).

    >>> from derivations.notation import read
    >>> other_values(read("x_i + x_1"), "x_1"), other_values(read("x_1 + x_2"), "x_1"), other_values(read("x(i)"), "x")
    (True, False, True)
    """
    stem, _, index = name.rpartition("_")
    if name in sequences([term]) or any(isinstance(part, App) and part.head == name for part in subterms(term)):
        return True
    if not index.isdecimal() or stem in sequences([term]):
        return False
    others = {part.name for part in subterms(term) if isinstance(part, Var)} - {name}
    called = any(isinstance(part, App) and part.head == stem for part in subterms(term))
    return called or any(o.rpartition("_")[0] == stem and not o.rpartition("_")[2].isdecimal() for o in others)


def with_value(term: Term, name: str, point: Term) -> Term:
    """A term with a number in the place of a letter; `x_1` is the value at 1 where x is a sequence.

    >>> from derivations.notation import read
    >>> print(with_value(read("x + x_1"), "x", Num(2)))
    2 + x_1
    >>> print(with_value(read("sum[i in range(1, n)](x(i))"), "x_1", Num(0)))
    sum[i in range(1, n)](x(i) + delta(i, 1) * (0 - x(1)))
    """
    values = sequences([term])
    by = _value(name, values)
    return substituted(term, {name: point}) if by is None else _moved(with_values(term, values), by, point)


def _value(name: str, names: frozenset[str]) -> App | None:
    """x(1) for the name `x_1`, None for another name."""
    stem, _, index = name.rpartition("_")
    return App(stem, (Num(int(index)),)) if stem in names and index.isdecimal() else None


def _by_value(term: Bind, by: App, names: frozenset[str]) -> Term:
    """The derivative by one value of a sequence x: by t, where x(i) is x(i) + delta(i, 1) (t - x(1))."""
    inner = with_values(opened(term, term.hint)[0], names)
    name = fresh_name("t", inner.free_vars)
    return bind("d", name, with_values(term.arg, names), _moved(inner, by, Var(name)))


def _moved(term: Term, by: App, variable: Term) -> Term:
    if term == by:
        return variable
    if isinstance(term, App):
        moved = App(term.head, [_moved(arg, by, variable) for arg in term.args])
        if term.head != by.head or isinstance(term.args[0], Num):
            return moved
        return add(moved, mul(App("delta", (moved.args[0], by.args[0])), sub(variable, by)))
    if isinstance(term, Bind):
        bodies = [_moved(body, by, variable) for body in term.bodies]
        return Bind(term.head, term.hint, _moved(term.arg, by, variable), bodies)
    return term


def values_given(given: Given, names: frozenset[str]) -> Given:
    """The given, speaking of values of sequences."""
    return Given(with_values(fact, names) for fact in given)

"""Terms: an immutable tree that keeps what the author wrote and never evaluates.

Five shapes and no more: `Num`, `Var`, `App`, `Bind`, and `Bound`, the place of a bound variable.
Binders are locally nameless: inside a body the bound variable is `Bound(k)`, k counting the binders
in between, so that equality of terms *is* alpha-equivalence and capture cannot happen.
Outside this module nobody meets `Bound` unless he looks into `Bind.bodies`; use `bind` and `opened`.

Source: Charguéraud, *The Locally Nameless Representation* (2012), sections 2-3.

>>> from derivations.term import Num, Var, add, summation
>>> print(summation("z", Var("Z"), add(Var("z"), Num(1))))
sum[z in Z](z + 1)
>>> summation("z", Var("Z"), Var("z")) == summation("w", Var("Z"), Var("w"))
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Final, NoReturn, TypeAlias, cast

from derivations.vocabulary import ARITY, BINDERS, POINT_BINDERS, RELATIONS

_PRECEDENCE: Final = {"=": 1, "<": 1, "<=": 1, "!=": 1, "in": 1, "+": 2, "-": 2, "neg": 3, "*": 4, "/": 4, "^": 6}

_set = object.__setattr__
_NOTHING: Final[frozenset[str]] = frozenset()


class Term:
    """Base of the five shapes; immutable, hashable, compared by structure up to bound names.

    `loose` is the number of binders missing around the term: 0 for every term that users meet.
    """

    __slots__ = ("_free", "_hash", "_heads", "loose")
    _free: frozenset[str] | None
    _hash: int
    _heads: frozenset[str] | None
    loose: int

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> NoReturn:
        raise TypeError("terms are written with str() and read with derivations.notation, not pickled")

    @property
    def free_vars(self) -> frozenset[str]:
        """The names of the variables that occur free.

        >>> sorted(summation("z", Var("Z"), mul(Var("c"), Var("z"))).free_vars)
        ['Z', 'c']
        """
        found = self._free
        if found is None:
            found = frozenset().union(*[child.free_vars for child in children(self)])
            _set(self, "_free", found)
        return found

    @property
    def heads(self) -> frozenset[str]:
        """The heads of the applications and binders in the term."""
        found = self._heads
        if found is None:
            own = [self.head] if isinstance(self, (App, Bind)) else []
            found = frozenset(own).union(*[child.heads for child in children(self)])
            _set(self, "_heads", found)
        return found

    def __str__(self) -> str:
        return _written(self, 0)

    def __repr__(self) -> str:
        return f"<{self}>"


class _Fixed:
    """What a shape is made of stays. A draft, which has the layout of its shape, becomes one when it is complete."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a term cannot change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a term cannot change: {name}")


def _leaf(term: Term, key: int, free: frozenset[str] = _NOTHING, loose: int = 0) -> None:
    _set(term, "loose", loose)
    _set(term, "_hash", key)
    _set(term, "_free", free)
    _set(term, "_heads", _NOTHING)


class Num(Term, _Fixed):
    """A natural number. -2 is `neg(Num(2))` and 1/2 is `div(Num(1), Num(2))`, as they are written; see `number`."""

    __slots__ = ("value",)
    __match_args__ = ("value",)
    value: int

    def __init__(self, value: int) -> None:
        if value < 0:
            raise ValueError("a numeral is a natural number")
        _set(self, "value", value)
        _leaf(self, hash(("num", value)))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Num) and self.value == other.value)

    __hash__ = Term.__hash__


class Var(Term, _Fixed):
    """A free variable: a real symbol, an index, an element of a set, or a set itself, as the given says."""

    __slots__ = ("name",)
    __match_args__ = ("name",)
    name: str

    def __init__(self, name: str) -> None:
        if not name:
            raise ValueError("a variable has a name")
        _set(self, "name", name)
        _leaf(self, hash(("var", name)), frozenset((name,)))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Var) and self.name == other.name)

    __hash__ = Term.__hash__


class Bound(Term, _Fixed):
    """The variable of the binder that stands `index` binders further out."""

    __slots__ = ("index",)
    __match_args__ = ("index",)
    index: int

    def __init__(self, index: int) -> None:
        _set(self, "index", index)
        _leaf(self, hash(("bound", index)), loose=index + 1)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Bound) and self.index == other.index)

    __hash__ = Term.__hash__


class _AppDraft(Term):
    __slots__ = ("args", "head")
    head: str
    args: tuple[Term, ...]


_app_draft: Final = cast("Callable[[], App]", _AppDraft)


class App(_AppDraft, _Fixed):
    """A head applied to arguments: arithmetic, a relation, a known function, a set, or an abstract function."""

    __slots__ = ()
    __match_args__ = ("head", "args")

    def __new__(cls, head: str, args: Sequence[Term] = ()) -> App:
        """Raises ValueError where a known head takes another number of arguments."""
        args = tuple(args)
        count = len(args)
        if ARITY.get(head, count) != count:
            raise ValueError(f"{head} does not take {count} arguments")
        draft = _app_draft()
        if count == 2:  # the most frequent counts without a loop
            left, right = args
            draft.loose = left.loose if left.loose > right.loose else right.loose
            draft._hash = hash((head, left._hash, right._hash))
        elif count == 1:
            draft.loose = args[0].loose
            draft._hash = hash((head, args[0]._hash))
        else:
            draft.loose = max([arg.loose for arg in args], default=0)
            draft._hash = hash((head, *[arg._hash for arg in args]))
        draft.head, draft.args = head, args
        draft._free = draft._heads = None
        draft.__class__ = App
        return draft

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, App) and self._hash == other._hash and self.head == other.head and self.args == other.args
        )

    __hash__ = Term.__hash__


class Bind(Term, _Fixed):
    """A binder `head[hint in arg](bodies)`: the variable ranges over the set `arg`, or stands at the point `arg`.

    `d[t = x](F(t))` is the derivative of t -> F(t) at x; `E[z in Z](q(z), g(z))` the expectation of g under q.
    The hint is only for printing: terms that differ in it are equal.
    """

    __slots__ = ("arg", "bodies", "head", "hint")
    __match_args__ = ("head", "hint", "arg", "bodies")
    head: str
    hint: str
    arg: Term
    bodies: tuple[Term, ...]

    def __init__(self, head: str, hint: str, arg: Term, bodies: Sequence[Term]) -> None:
        if BINDERS.get(head) != len(bodies):
            raise ValueError(f"{head} does not bind over {len(bodies)} bodies")
        bodies = tuple(bodies)
        _set(self, "head", head)
        _set(self, "hint", hint)
        _set(self, "arg", arg)
        _set(self, "bodies", bodies)
        _set(self, "loose", max(arg.loose, *(b.loose - 1 for b in bodies)))
        _set(self, "_hash", hash((head, arg, bodies)))
        _set(self, "_free", None)
        _set(self, "_heads", None)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Bind)
            and self._hash == other._hash
            and self.head == other.head
            and self.arg == other.arg
            and self.bodies == other.bodies
        )

    __hash__ = Term.__hash__


# ---------------------------------------------------------------- walking and substituting

_Leaf: TypeAlias = Callable[[Term, int], Term | None]


def children(term: Term) -> tuple[Term, ...]:
    """The direct subterms in order; for a binder its set or point, then its bodies."""
    if isinstance(term, App):
        return term.args
    if isinstance(term, Bind):
        return (term.arg, *term.bodies)
    return ()


def subterms(term: Term) -> Iterator[Term]:
    """The term and all terms below it, outermost first; below a binder with `Bound` showing."""
    waiting = [term]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += (here.args if isinstance(here, App) else children(here))[::-1]


def _mapped(term: Term, depth: int, leaf: _Leaf) -> Term:
    """Rebuild `term`, asking `leaf(subterm, binders above)` first; None means: go on below."""
    changed = leaf(term, depth)
    if changed is not None:
        return changed
    if isinstance(term, App):
        return App(term.head, tuple([_mapped(a, depth, leaf) for a in term.args]))
    if isinstance(term, Bind):
        bodies = tuple([_mapped(b, depth + 1, leaf) for b in term.bodies])
        return Bind(term.head, term.hint, _mapped(term.arg, depth, leaf), bodies)
    return term


def shifted(term: Term, by: int) -> Term:
    """Let the loose places of `term` mean binders `by` further out."""
    if by == 0 or term.loose == 0:
        return term

    def leaf(here: Term, depth: int) -> Term | None:
        if here.loose <= depth:
            return here
        return Bound(here.index + by) if isinstance(here, Bound) else None

    return _mapped(term, 0, leaf)


def instantiated(body: Term, values: Sequence[Term]) -> Term:
    """Put terms for the outermost loose places: `values[k]` for the one that `Bound(k)` means here.

    >>> print(instantiated(add(Bound(0), Var("c")), [Num(2)]))
    2 + c
    """

    def leaf(term: Term, depth: int) -> Term | None:
        if term.loose <= depth:
            return term
        if not isinstance(term, Bound):
            return None
        place = term.index - depth
        return shifted(values[place], depth) if place < len(values) else Bound(term.index - len(values))

    return _mapped(body, 0, leaf)


def abstracted(term: Term, names: Sequence[str]) -> Term:
    """Turn free variables into loose places: `names[k]` becomes `Bound(k)`."""
    places = {name: k for k, name in enumerate(names)}

    def leaf(term: Term, depth: int) -> Term | None:
        if isinstance(term, Var):
            return Bound(places[term.name] + depth) if term.name in places else term
        return term if term.free_vars.isdisjoint(places) else None

    return _mapped(term, 0, leaf)


def substituted(term: Term, values: dict[str, Term]) -> Term:
    """Simultaneous substitution of closed terms for free variables; capture cannot happen.

    >>> from derivations.notation import read
    >>> print(substituted(read("d[b = b](b^2 * x)"), {"b": Num(3), "x": Var("b")}))
    d[b1 = 3](b1^2 * b)
    """

    def leaf(term: Term, depth: int) -> Term | None:
        if isinstance(term, Var):
            return values.get(term.name, term)
        return term if term.free_vars.isdisjoint(values) else None

    return _mapped(term, 0, leaf)


def fresh_name(hint: str, taken: frozenset[str] | set[str]) -> str:
    """A name like `hint` that is not taken: z, z1, z2, ...

    >>> fresh_name("z", {"z", "z1"})
    'z2'
    """
    stem = hint.lstrip("?") or "x"
    name, count = stem, 0
    while name in taken:
        count += 1
        name = f"{stem}{count}"
    return name


def opened(term: Bind, name: str) -> tuple[Term, ...]:
    """The bodies of a binder with the free variable `name` in the place of the bound one."""
    value = (Var(name),)
    return tuple([instantiated(body, value) for body in term.bodies])


def bind(head: str, name: str, arg: Term, *bodies: Term) -> Bind:
    """Close the bodies over the free variable `name`.

    >>> print(bind("E", "z", Var("Z"), App("q", [Var("z")]), Var("z")))
    E[z in Z](q(z), z)
    """
    return Bind(head, name, arg, tuple([abstracted(body, (name,)) for body in bodies]))


# ---------------------------------------------------------------- builders: they build, nothing more


def add(left: Term, right: Term) -> App:
    """left + right."""
    return App("+", (left, right))


def sub(left: Term, right: Term) -> App:
    """left - right."""
    return App("-", (left, right))


def neg(term: Term) -> App:
    """-term."""
    return App("neg", (term,))


def mul(left: Term, right: Term) -> App:
    """left * right."""
    return App("*", (left, right))


def div(left: Term, right: Term) -> App:
    """left / right."""
    return App("/", (left, right))


def number(value: Fraction | int) -> Term:
    """The rational number as it would be written: 2, -2, 1 / 2, -1 / 2.

    >>> print(number(Fraction(-1, 2)))
    -1 / 2
    """
    exact = Fraction(value)
    top: Term = Num(abs(exact.numerator))
    size = top if exact.denominator == 1 else div(top, Num(exact.denominator))
    return neg(size) if exact < 0 else size


def power(base: Term, exponent: Term | int) -> App:
    """base ^ exponent."""
    return App("^", (base, number(exponent) if isinstance(exponent, int) else exponent))


def equal(left: Term, right: Term) -> App:
    """The proposition left = right."""
    return App("=", (left, right))


def at(vector: Term, index: Term) -> App:
    """The component vector[index]."""
    return App("at", (vector, index))


def summation(name: str, domain: Term, body: Term) -> Bind:
    """The finite sum of `body` over `name` in `domain`."""
    return bind("sum", name, domain, body)


def integral(name: str, domain: Term, body: Term) -> Bind:
    """The integral of `body` over `name` in `domain`."""
    return bind("int", name, domain, body)


def product(name: str, domain: Term, body: Term) -> Bind:
    """The finite product of `body` over `name` in `domain`."""
    return bind("prod", name, domain, body)


def derivative(name: str, body: Term, point: Term | None = None) -> Bind:
    """The derivative of name -> body, at `point` or at the variable of the same name."""
    return bind("d", name, Var(name) if point is None else point, body)


# ---------------------------------------------------------------- the plain notation, written


def _written(term: Term, level: int) -> str:
    """`term` in the plain notation, in brackets where it binds less tightly than `level`."""
    if isinstance(term, Num):
        return str(term.value)
    if isinstance(term, Var):
        return term.name
    if isinstance(term, Bound):
        return f"#{term.index}"
    if isinstance(term, Bind):
        return _written_binder(term)
    if not isinstance(term, App):
        raise TypeError(f"not one of the five shapes: {type(term).__name__}")
    return _written_application(term, level)


def _written_binder(term: Bind) -> str:
    name = fresh_name(term.hint, term.free_vars | {"in"})
    is_at_itself = term.head in POINT_BINDERS and term.arg == Var(term.hint)
    if is_at_itself and not any(term.hint in body.free_vars for body in term.bodies):
        name = term.hint  # d[beta = beta](...): as mathematicians write it
    bodies = ", ".join(_written(body, 0) for body in opened(term, name))
    link = "=" if term.head in POINT_BINDERS else "in"
    return f"{term.head}[{name} {link} {_written(term.arg, 2)}]({bodies})"


def _written_application(term: App, level: int) -> str:
    head, args = term.head, term.args
    if head == "neg":
        text, own = f"-{_written(args[0], 4)}", 3
    elif head == "at":
        return f"{_written(args[0], 9)}[{_written(args[1], 0)}]"
    elif head in _PRECEDENCE:
        own = _PRECEDENCE[head]
        left, right = own + (head == "^" or head in RELATIONS), own + (head != "^")
        gap = "" if head == "^" else " "
        text = f"{_written(args[0], left)}{gap}{head}{gap}{_written(args[1], right)}"
    elif not args:
        return head
    else:
        return f"{head}({', '.join(_written(a, 0) for a in args)})"
    return f"({text})" if own < level else text

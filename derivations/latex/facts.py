"""What is given where a chain stands: the setting's facts, and the domains of the letters that the chain uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from derivations.conditions import holds
from derivations.given import Given
from derivations.given import subjects as _subjects
from derivations.latex.scope import Scope
from derivations.latex.sets import set_name
from derivations.term import App, Bind, Bound, Num, Term, Var, children, instantiated, subterms
from derivations.vocabulary import FUNCTIONS, LIMITS

_NOTHING: Final[Mapping[str, Sequence[Term]]] = MappingProxyType({})
subjects = lru_cache(maxsize=4096)(_subjects)

_REALS: Final = App("reals")
PROBABILITY: Final = App("interval", (Num(0), Num(1)))
_POSITIVE: Final = App("interval", (Num(0), App("oo")))
_WHOLE: Final = App("integers", (Num(1), App("oo")))
POSITIVE: Final = App("interval", (Num(0), App("oo")))
_FEW: Final = 8
_NATURAL: Final = App("integers", (Num(0), App("oo")))
ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "^", "neg", "log", "exp", "sqrt", "sigmoid", "logit", "abs"})


def given_for(
    terms: Iterable[Term], scope: Scope, assumed: Iterable[Term], heard: Mapping[str, Sequence[Term]] = _NOTHING
) -> Given:
    """The given of a chain with these sides: facts of the setting, of the author's letters, and what is assumed.

    A letter of which its author said something else, such as x <= 0, is not taken to lie in its natural domain.
    """
    terms = list(terms)
    facts = [fact for fact in scope.setting.given if not _contradicted(fact, terms, scope)]
    assumed = list(assumed)
    spoken = {name for fact in assumed for name in subjects(fact)}
    facts = [fact for fact in facts if not (_is_domain(fact) and subjects(fact) & spoken and _replaced(fact, assumed))]
    facts += assumed
    facts += [App("in", (Var(name), domain)) for name, domain in scope.symbols.items() if domain is not None]
    facts += _vectors(terms, scope)
    facts += [fact for fact in indices_met(terms) if fact not in facts]
    known = {name for fact in facts for name in _settled(fact)}
    deviations = {name for term in terms for name in _deviations(term)} - known
    facts += [App("in", (Var(name), _POSITIVE)) for name in sorted(deviations)]
    known |= deviations
    used = sorted(set().union(*(_numbers(term, arithmetic=True) for term in terms)) - known) if terms else []
    spoken |= otherwise(heard)
    facts += [App("in", (Var(name), _domain_of(name, scope, terms, told=name in spoken))) for name in used]
    heads = sorted({head for term in terms for head in _indexed(term, scope)} - known)
    facts += [App("in", (App(head, (Var("?i"),)), _data_domain(head, terms, scope))) for head in heads]
    return Given(facts)


def otherwise(heard: Mapping[str, Sequence[Term]]) -> set[str]:
    """The letters of which something was said from which it does not follow that they are positive."""
    return {name for name, facts in heard.items() if not holds(App("<", (Num(0), Var(name))), Given(facts))}


def _settled(fact: Term) -> frozenset[str]:
    """The names whose domain a fact settles: a relation such as a < m says something of m, but not that it is whole."""
    if isinstance(fact, App) and fact.head in ("<", "<=", "!=") and not any("?" in name for name in fact.free_vars):
        return frozenset()
    if isinstance(fact, App) and fact.head == "in":
        return frozenset(subjects(fact.args[0]))  # j in range(1, n) says nothing of n
    if isinstance(fact, Bind):
        return frozenset(subjects(fact)) - fact.arg.free_vars  # nor does a mass function on range(1, n)
    return frozenset(subjects(fact))


def _is_domain(fact: Term) -> bool:
    return isinstance(fact, App) and fact.head == "in" and isinstance(fact.args[0], Var)


def _replaced(fact: Term, assumed: list[Term]) -> bool:
    """Whether an assumption gives the same variable a domain of its own."""
    return isinstance(fact, App) and any(
        isinstance(other, App) and other.head == "in" and other.args[0] == fact.args[0] for other in assumed
    )


def _contradicted(fact: Term, terms: list[Term], scope: Scope) -> bool:
    """`z in bits` is not meant where z is a vector."""
    if not (isinstance(fact, App) and _is_domain(fact) and isinstance(fact.args[0], Var)):
        return False
    name = fact.args[0].name
    return any(_components(term, name) for term in terms)


def _components(term: Term, name: str) -> list[Term]:
    if isinstance(term, App) and term.head == "at" and term.args[0] == Var(name):
        return [term.args[1]]
    return [place for child in children(term) for place in _components(child, name)]


def _vectors(terms: list[Term], scope: Scope) -> list[Term]:
    """The domains of variables whose components occur free, and of their indices."""
    facts: list[Term] = []
    for name, domain in scope.setting.variables.items():
        places = [place for term in terms for place in _components(term, name)]
        if not places:
            continue
        size = scope.sampled if scope.sampled is not None else Var("n")
        item = domain if isinstance(domain, App) and domain.head == "bits" else App("bits")
        facts.append(App("in", (Var(name), App("tuples", (item, size)))))
        indices = {place.name for place in places if isinstance(place, Var)}
        facts += [App("in", (Var(index), App("range", (Num(1), size)))) for index in sorted(indices)]
    return facts + _numbered(terms, scope)


def _numbered(terms: list[Term], scope: Scope) -> list[Term]:
    """Who speaks of z_2 has two draws at least."""
    parts = [part for term in terms for part in subterms(term) if isinstance(part, App) and part.head == "at"]
    numbers = [part.args[1].value for part in parts if isinstance(part.args[1], Num)]
    if scope.sampled is None or max(numbers, default=1) < 2:
        return []
    return [App("<=", (Num(max(numbers)), scope.sampled))]


def _deviations(term: Term) -> set[str]:
    """The letters that are the variance of a normal distribution, or whose square is: they are positive."""
    found = set().union(*map(_deviations, children(term))) if children(term) else set()
    match term:
        case App("normal", (_, _, (Var(name) | App("^", (Var(name), Num(2)))))):
            found.add(name)
    return found


def indices_met(terms: list[Term]) -> list[App]:
    """Where Kronecker's delta is used: a free index of a vector lies in the one range that its components have."""
    if not any("delta" in term.heads for term in terms):
        return []
    return indices_in_range(terms)


def indices_in_range(terms: list[Term]) -> list[App]:
    """A free index of a vector in the one range that its components have.

    >>> from derivations.notation import read
    >>> print(*indices_in_range([read("exp(z(k)) / sum[j in range(1, K)](exp(z(j)))")]))
    k in range(1, K)
    """
    if all(term.heads.isdisjoint(("sum", "prod")) for term in terms):
        return []
    parts = [part for term in terms for part in subterms(term)]
    ranges: dict[str, set[Term]] = {}
    for part in parts:
        if isinstance(part, Bind) and part.head in ("sum", "prod") and part.arg.loose == 0:
            for one in subterms(part.bodies[0]):
                if isinstance(one, App) and one.args == (Bound(0),):
                    ranges.setdefault(one.head, set()).add(part.arg)
    return [
        App("in", (part.args[0], domain))
        for part in dict.fromkeys(parts)
        if isinstance(part, App) and len(part.args) == 1 and isinstance(part.args[0], Var)
        for domain in ranges.get(part.head, ())
        if len(ranges[part.head]) == 1 and isinstance(domain, App) and domain.head == "range"
    ]


def _numbers(term: Term, *, arithmetic: bool) -> set[str]:
    """The free variables that stand where a number is wanted, not only as arguments of abstract functions."""
    if isinstance(term, Var):
        return {term.name} if arithmetic else set()
    if isinstance(term, App):
        if term.head == "tuples":
            return _numbers(term.args[1], arithmetic=True)
        inside = term.head in ARITHMETIC or term.head in ("bern", "range", "binom", "factorial", "<", "<=")
        return set().union(*(_numbers(arg, arithmetic=inside) for arg in term.args)) if term.args else set()
    if isinstance(term, Bind):
        point = term.head == "d" or term.head in LIMITS
        arg = _numbers(term.arg, arithmetic=point)
        return arg.union(*(_numbers(body, arithmetic=True) for body in term.bodies))
    return set()


def _domain_of(name: str, scope: Scope, terms: list[Term], *, told: bool) -> Term:
    """The domain of a letter; its natural one unless the author has `told` something about it."""
    known = scope.profile.symbols.get(name) or scope.setting.variables.get(name)
    if known is not None:
        return known
    if scope.setting.kind == "joint" and name.split("_")[0] == "sigma":
        return POSITIVE  # a standard deviation; the logistic function has its argument behind it
    natural = natural_domain(Var(name), terms) if scope.setting.kind == "joint" and not told else None
    if natural is not None:
        return natural
    if name in ("i", "j", "k", "l") or any(_is_bound_of_range(term, name) for term in terms):
        return _WHOLE
    return _REALS


def unknowns(left: Term, right: Term, scope: Scope, assumed: Iterable[Term]) -> frozenset[str]:
    """The numbers in an equation, and the letters of its data x_i, that nothing declares."""
    known = (*scope.setting.given, *scope.facts, *assumed)
    declared = {name for fact in known for name in subjects(fact)} | set(scope.symbols)
    numbers = set().union(*(_numbers(term, arithmetic=True) | _indexed(term, scope) for term in (left, right)))
    return frozenset(numbers - declared - {"pr"})


def natural_domain(letter: Term, terms: Iterable[Term]) -> Term | None:
    r"""Where a letter must lie for a chain to have a meaning: positive beside log a, in (0, 1) with log(1 - a) too.

    >>> from derivations.notation import read
    >>> print(natural_domain(Var("a"), [read("d[a = a](x * log(a) + (1 - x) * log(1 - a))")]))
    interval(0, 1)
    """
    logs: set[Term] = set()
    for term in terms:
        for part in _parts(term):
            if part == App("factorial", (letter,)):
                return _NATURAL
            if isinstance(part, App) and (part.head == "log" or (part.head == "^" and _is_open(part.args[1]))):
                logs.add(part.args[0])
    if letter in logs:
        return PROBABILITY if App("-", (Num(1), letter)) in logs else POSITIVE
    return None


def natural_notes(
    terms: Sequence[Term], scope: Scope, assumed: Iterable[Term], heard: Mapping[str, Sequence[Term]] = _NOTHING
) -> list[str]:
    """What is taken for granted about letters, without which the chain has no meaning, for the author to see."""
    if scope.setting.kind != "joint":
        return []
    told = {name for fact in (*assumed, *scope.setting.given) for name in subjects(fact)} | set(scope.symbols)
    told |= otherwise(heard)
    names = sorted(set().union(*(_numbers(term, arithmetic=True) for term in terms)) - told) if terms else []
    words: dict[Term | None, str] = {
        PROBABILITY: "is taken to lie between 0 and 1",
        POSITIVE: "is taken to be positive",
    }
    found = {name: natural_domain(Var(name), terms) for name in names if name not in scope.profile.symbols}
    return [f"{name} {words[domain]}" for name, domain in found.items() if domain in words]


def _is_open(exponent: Term) -> bool:
    """Whether an exponent may be other than a whole number: data, which nothing says are whole."""
    return isinstance(exponent, App) and exponent.head not in ("neg", "/") and not exponent.head.isdigit()


def _data_domain(head: str, terms: Iterable[Term], scope: Scope) -> Term:
    """The natural domain of the data x_i, whose index is bound or free."""
    if scope.setting.kind != "joint":
        return _REALS
    terms = list(terms)
    law = next((law for law in scope.laws if law.values == (head,)), None)
    if law is not None and law.domain is not None and not any(_calculates_with(term, head) for term in terms):
        return law.domain  # a draw of the distribution that it is put into
    places = {part for term in terms for part in _parts(term) if isinstance(part, App) and part.head == head}
    found = [domain for place in sorted(places, key=str)[:_FEW] if (domain := natural_domain(place, terms)) is not None]
    return found[0] if found else _REALS


def _calculates_with(term: Term, head: str) -> bool:
    """Whether the data of a letter stand where a number is wanted, not only as arguments of functions."""
    numbers = isinstance(term, Bind) or (isinstance(term, App) and term.head in ARITHMETIC)
    if numbers and any(isinstance(child, App) and child.head == head for child in children(term)):
        return True
    return any(_calculates_with(child, head) for child in children(term))


def _parts(term: Term) -> Iterator[Term]:
    """All parts of a term; below a derivative at the point where it is taken."""
    yield term
    if isinstance(term, Bind) and term.head == "d":
        yield from _parts(instantiated(term.bodies[0], (term.arg,)))
        return
    for child in children(term):
        yield from _parts(child)


def _is_bound_of_range(term: Term, name: str) -> bool:
    if isinstance(term, App) and term.head in ("range", "tuples") and any(name in arg.free_vars for arg in term.args):
        return True
    return any(_is_bound_of_range(child, name) for child in children(term))


def _indexed(term: Term, scope: Scope) -> set[str]:
    """The heads of abstract functions of one index, a_i."""
    found = set().union(*(_indexed(child, scope) for child in children(term))) if children(term) else set()
    if isinstance(term, App) and len(term.args) == 1 and term.head.isidentifier():
        letter = term.head.split("_")[0]
        if term.head not in ARITHMETIC and letter not in scope.profile.callables and not _is_known(term.head):
            found = found | {term.head}
    return found


def _is_known(head: str) -> bool:
    return head in FUNCTIONS or head in ("card", "prior", "pr")


def _parameters(term: Term) -> set[str]:
    """The names in the parameters of normal distributions: there they have their meaning."""
    if isinstance(term, App) and term.head == "normal":
        return {name for arg in term.args for name in subjects(arg)}
    return set().union(*map(_parameters, children(term))) if children(term) else set()


def _bound_over(term: Term) -> set[str]:
    """The sets that bound variables have by themselves, Z for z, and the letters that derivatives are taken in."""
    binders = [part for part in subterms(term) if isinstance(part, Bind) and isinstance(part.arg, Var)]
    own = {binder.arg for binder in binders if binder.head == "d" or binder.arg == Var(set_name(binder.hint))}
    return {name.name for name in own if isinstance(name, Var)}


def unexplained(left: Term, right: Term, scope: Scope, assumed: Iterable[Term]) -> tuple[str, ...]:
    """The names on one side only that neither the setting nor the author explains."""
    setting = scope.setting
    known = {*setting.parameters, *setting.variables, *scope.symbols, setting.sample, "n", "x"}
    known |= {name for fact in (*setting.given, *assumed, *scope.facts) for name in subjects(fact)}
    known |= {name for law in scope.laws for name in subjects(law.term)}
    known |= ARITHMETIC
    known |= {"pi_number", *FUNCTIONS, *scope.profile.symbols}
    bodies = [definition.body for definition in scope.definitions.values()]
    known |= {name for side in (left, right, *bodies) for name in _parameters(side)}
    known |= {name for side in (left, right) for name in _bound_over(side)}
    if "d" in left.heads | right.heads:  # a derivative of the author's K(m, s) may well be free of m
        known |= {name for one in scope.definitions.values() if not one.indexed for name in one.parameters}
    different = subjects(left) | subjects(right) if setting.unsettled else subjects(left) ^ subjects(right)
    called = {part.head for side in (left, right) for part in subterms(side) if isinstance(part, App) and part.args}
    indexed = {*setting.parameters} & called if setting.sample else set()  # beta_i, where the setting has one beta
    found = (different - known) | indexed
    return tuple(sorted(name for name in found if name not in ("i", "j", "k", "l")))

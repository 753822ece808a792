"""What is given where a chain stands: the setting's facts, and the domains of the letters that the chain uses."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from derivations.given import Given
from derivations.given import subjects as _subjects
from derivations.latex.scope import Scope
from derivations.term import App, Bind, Num, Term, Var, children, subterms

subjects = lru_cache(maxsize=4096)(_subjects)

_REALS: Final = App("reals")
PROBABILITY: Final = App("interval", (Num(0), Num(1)))
_WHOLE: Final = App("integers", (Num(1), App("oo")))
_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "^", "neg", "log", "exp", "sqrt", "sigmoid", "logit", "abs"})


def given_for(terms: Iterable[Term], scope: Scope, assumed: Iterable[Term]) -> Given:
    """The given of a chain with these sides: facts of the setting, of the author's letters, and what is assumed."""
    terms = list(terms)
    facts = [fact for fact in scope.setting.given if not _contradicted(fact, terms, scope)]
    assumed = list(assumed)
    spoken = {name for fact in assumed for name in subjects(fact)}
    facts = [fact for fact in facts if not (_is_domain(fact) and subjects(fact) & spoken and _replaced(fact, assumed))]
    facts += assumed
    facts += [App("in", (Var(name), domain)) for name, domain in scope.symbols.items() if domain is not None]
    facts += _vectors(terms, scope)
    known = {name for fact in facts for name in _settled(fact)}
    used = sorted(set().union(*(_numbers(term, arithmetic=True) for term in terms)) - known) if terms else []
    facts += [App("in", (Var(name), _domain_of(name, scope, terms))) for name in used]
    heads = sorted({head for term in terms for head in _indexed(term, scope)} - known)
    facts += [App("in", (App(head, (Var("?i"),)), _REALS)) for head in heads]
    return Given(facts)


def _settled(fact: Term) -> frozenset[str]:
    """The names whose domain a fact settles: a relation such as a < m says something of m, but not that it is whole."""
    if isinstance(fact, App) and fact.head in ("<", "<=", "!=") and not any("?" in name for name in fact.free_vars):
        return frozenset()
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


def _numbers(term: Term, *, arithmetic: bool) -> set[str]:
    """The free variables that stand where a number is wanted, not only as arguments of abstract functions."""
    if isinstance(term, Var):
        return {term.name} if arithmetic else set()
    if isinstance(term, App):
        inside = term.head in _ARITHMETIC or term.head in ("bern", "range", "tuples", "binom", "factorial", "<", "<=")
        return set().union(*(_numbers(arg, arithmetic=inside) for arg in term.args)) if term.args else set()
    if isinstance(term, Bind):
        point = term.head in ("d", "limit_right", "limit_left")
        arg = _numbers(term.arg, arithmetic=point and not isinstance(term.arg, Var))
        return arg.union(*(_numbers(body, arithmetic=True) for body in term.bodies))
    return set()


def _domain_of(name: str, scope: Scope, terms: list[Term]) -> Term:
    known = scope.profile.symbols.get(name) or scope.setting.variables.get(name)
    if known is not None:
        return known
    if name in ("i", "j", "k", "l") or any(_is_bound_of_range(term, name) for term in terms):
        return _WHOLE
    return _REALS


def _is_bound_of_range(term: Term, name: str) -> bool:
    if isinstance(term, App) and term.head in ("range", "tuples") and Var(name) in term.args:
        return True
    return any(_is_bound_of_range(child, name) for child in children(term))


def _indexed(term: Term, scope: Scope) -> set[str]:
    """The heads of abstract functions of one index, a_i."""
    found = set().union(*(_indexed(child, scope) for child in children(term))) if children(term) else set()
    if isinstance(term, App) and len(term.args) == 1 and term.head.isidentifier():
        letter = term.head.split("_")[0]
        if term.head not in _ARITHMETIC and letter not in scope.profile.callables and not _is_known(term.head):
            found = found | {term.head}
    return found


def _is_known(head: str) -> bool:
    return head in ("softplus", "tanh", "factorial", "card", "prior", "pr")


def unexplained(left: Term, right: Term, scope: Scope, assumed: Iterable[Term]) -> tuple[str, ...]:
    """The names on one side only that neither the setting nor the author explains."""
    setting = scope.setting
    known = {*setting.parameters, *setting.variables, *scope.symbols, setting.sample, "n", "x"}
    known |= {name for fact in (*setting.given, *assumed, *scope.facts) for name in subjects(fact)}
    known |= {name for law in scope.laws for name in subjects(law.term)}
    known |= set(_ARITHMETIC) | {"bern", "at", "card", "range", "tuples", "binom", "factorial", "softplus", "tanh"}
    different = subjects(left) | subjects(right) if setting.unsettled else subjects(left) ^ subjects(right)
    return tuple(sorted(name for name in different - known if name not in ("i", "j", "k", "l")))

"""Random variables as functions of an outcome, for expectations that name no distribution.

Capital letters are random, and X_i; small letters are where there are no capital ones, but for such as stand for
constants; so are estimators and noise.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from derivations.latex.laws import LawOf
from derivations.latex.scope import Scope
from derivations.matching import mentions
from derivations.notation import read
from derivations.term import App, Bind, Term, Var, bind, fresh_name, opened, substituted, subterms

# The law of an expectation that names none: some finite space of outcomes, on which capital letters are functions.
OUTCOMES: Final = LawOf("omega", Var("Omega"), App("pr", (Var("omega"),)))
# Small letters that stand for constants inside an expectation, and Greek ones that stand for noise.
_CONSTANTS: Final = frozenset("abcdeijklmn")
_NOISE: Final = frozenset({"epsilon", "xi", "eta", "zeta"})


def of_outcome(arguments: list[Term], scope: Scope) -> list[Term]:
    """Some terms with their random variables as functions of the outcome: capital letters, X_i among them.

    Where there are none, small letters are random, but for such as stand for constants; estimators always are.
    """
    parts = [part for term in arguments for part in subterms(term)]
    sets = {one.arg.name for one in parts if isinstance(one, Bind) and isinstance(one.arg, Var)}
    counts = {arg.name for one in parts if isinstance(one, App) and one.head == "range" for arg in _variables(one)}
    known = {OUTCOMES.name, *scope.bound, *scope.profile.symbols, *scope.symbols, *counts}  # N is how many there are
    known -= scope.drawn
    free = frozenset[str]().union(*(term.free_vars for term in arguments)) - sets - known
    heads = {one.head for one in parts if isinstance(one, App)} & set(scope.data)
    random = {name for name in free if name[0].isupper() or "_hat" in name or name.split("_")[0] in _NOISE}
    random |= free & scope.drawn
    samples = {name for name in heads if name[0].isupper() or name in scope.drawn}
    if not random and not samples and not any(isinstance(one, Bind) and one.arg == OUTCOMES.domain for one in parts):
        random = {name for name in free if _may_be_random(name)}
        samples = heads
    gradient = (Var(scope.setting.gradient),)
    functions = {one.head for one in parts if isinstance(one, App) and one.args == gradient and one.head in scope.bare}
    values: dict[str, Term] = {name: App(name, (Var(OUTCOMES.name),)) for name in sorted(random)}
    return [_with_outcome(substituted(term, values), samples, functions) for term in arguments]


def _variables(term: App) -> list[Var]:
    return [part for part in subterms(term) if isinstance(part, Var)]


def _may_be_random(name: str) -> bool:
    """Whether a small letter may be a random variable: x and y are, a and n are constants, as Greek letters are."""
    base = name.split("_")[0].rstrip("'")
    return len(base) == 1 and base not in _CONSTANTS


def _with_outcome(term: Term, samples: Collection[str], functions: Collection[str]) -> Term:
    """The term with the outcome as a further argument of the random variables X_i, and as that of bare functions."""
    if not samples and not functions:
        return term
    if isinstance(term, App):
        if term.head in functions:
            return App(term.head, (Var(OUTCOMES.name),))
        args = [_with_outcome(arg, samples, functions) for arg in term.args]
        outcome = Var(OUTCOMES.name)
        return App(term.head, [*args, outcome] if term.head in samples and outcome not in args else args)
    if isinstance(term, Bind) and term.arg != OUTCOMES.domain:
        name = fresh_name(term.hint, term.free_vars)
        bodies = [_with_outcome(body, samples, functions) for body in opened(term, name)]
        return bind(term.head, name, _with_outcome(term.arg, samples, functions), *bodies)
    return term


# What is given of outcomes whose law depends on a parameter, in the reading that says so.
VARYING: Final = tuple(
    map(
        read,
        ("pmf[w in Omega](pr(?t, w))", "0 < pr(?t, ?w)", "differentiable[s = ?t](pr(s, ?w))"),
    )
)


def varying(term: Term, parameters: Collection[str]) -> Term:
    """The term with outcomes whose law depends on the parameter that an expectation is differentiated by.

    Where no distribution is named, nothing says that it does not: the gradient of E[f(z)].
    """
    if isinstance(term, App):
        return App(term.head, [varying(arg, parameters) for arg in term.args])
    if not isinstance(term, Bind):
        return term
    name = fresh_name(term.hint, term.free_vars | {OUTCOMES.name})
    bodies = [varying(body, parameters) for body in opened(term, name)]
    if term.head == "d" and isinstance(term.arg, Var) and term.arg.name in parameters:
        bodies = [_on(body, Var(name)) for body in bodies]
    return bind(term.head, name, varying(term.arg, parameters), *bodies)


def _on(term: Term, parameter: Var) -> Term:
    """The term with the law of outcomes on a parameter."""
    if isinstance(term, App):
        args = [_on(arg, parameter) for arg in term.args]
        return App(term.head, [parameter, *args] if term.head == "pr" and len(args) == 1 else args)
    if not isinstance(term, Bind):
        return term
    name = fresh_name(term.hint, term.free_vars | {parameter.name})
    return bind(term.head, name, _on(term.arg, parameter), *(_on(body, parameter) for body in opened(term, name)))


def everywhere(term: Term, parameter: str) -> Term:
    """The term with the law of outcomes on a parameter wherever it is, below derivatives at their variable."""
    return _on(varying(term, (parameter,)), Var(parameter))


def with_varying_law(left: Term, right: Term, text: str) -> list[tuple[Term, Term]]:
    r"""The reading of an equation in which the law of outcomes depends on what an expectation is differentiated by.

    It is meant where the document samples from a law with this parameter, `z \sim p_\theta(z)`, and where an
    expectation depends on the parameter in no other way: the gradient of what has none is not meant.
    """
    found = [
        (part.arg.name, mentions(part.bodies[0], 0))
        for side in (left, right)
        for part in subterms(side)
        if isinstance(part, Bind) and part.head == "d" and isinstance(part.arg, Var)
        if any(isinstance(one, Bind) and one.arg == OUTCOMES.domain for one in subterms(part))
    ]
    names = sorted({name for name, met in found if not met or _samples_by(name, text)})
    return [(everywhere(left, name), everywhere(right, name)) for name in names]


@lru_cache(maxsize=64)
def _samples_by(name: str, text: str) -> bool:
    """Whether a document samples from a law with a parameter of this name."""
    law = rf"(?:\\sim|_\{{)\s*\{{?\s*(?:\\pi|[pqrP])_\{{?\s*\\?(?:var)?{re.escape(name)}(?![A-Za-z])"
    return re.search(law, text) is not None

"""Random variables as functions of an outcome, for expectations that name no distribution.

Capital letters are random, and X_i; small letters are where there are no capital ones, but for such as stand for
constants; so are estimators and noise.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from derivations.latex.laws import LawOf
from derivations.latex.scope import Scope
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
    free = frozenset[str]().union(*(term.free_vars for term in arguments)) - sets - known
    heads = {one.head for one in parts if isinstance(one, App)} & set(scope.data)
    random = {name for name in free if name[0].isupper() or "_hat" in name or name.split("_")[0] in _NOISE}
    samples = {name for name in heads if name[0].isupper()}
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

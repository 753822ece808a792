r"""Letters of Bernoulli distributions that are their chances too, and distributions that have the form of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derivations.latex.nodes import Nodes
from derivations.latex.roles import complemented
from derivations.latex.scope import Scope
from derivations.term import App, Num, Term, Var


def chances_in(rows: Sequence[Nodes], scope: Scope, source: str) -> list[str]:
    """The letters of Bernoulli distributions that are the chances too: H(p) = -p log p - (1 - p) log(1 - p).

    The chain says so, or the rest of the document, where it takes p at no values.
    """
    met = set[str]().union(*map(complemented, rows))
    elsewhere = any(has_complement(name, source) and not _has_values(name, source) for name in scope.uncalled)
    return sorted(scope.uncalled) if elsewhere or met & scope.uncalled else []


def has_complement(letter: str, text: str) -> bool:
    r"""Whether `1 - p` stands somewhere in a text, for a letter p.

    >>> has_complement("p", r"\log(1 - p)"), has_complement("p", "1 - p(x)"), has_complement("pi", r"1-\pi")
    (True, False, True)
    """
    return re.search(rf"(?<!\d)1\s*-\s*{_written(letter)}(?![A-Za-z]|\s*[(_])", text) is not None


def _has_values(letter: str, text: str) -> bool:
    """Whether a letter stands before a bracket of arguments in a text, `p(x)`; p(1 - p) is a product."""
    return (
        re.search(rf"{_written(letter)}\s*(?:_\{{?\w+\}}?)?\s*(?:\\[Bb]igl?|\\left)?\((?!\s*1\s*-)", text) is not None
    )


def _written(letter: str) -> str:
    return rf"(?<![A-Za-z\\]){letter}" if len(letter) == 1 else rf"\\{letter}(?![A-Za-z])"


def as_bernoulli(body: Term) -> App | None:
    """The Bernoulli distribution that `a^z (1 - a)^(1 - z)` is; None for other terms.

    >>> from derivations.notation import read
    >>> print(as_bernoulli(read("a^z * (1 - a)^(1 - z)")))
    bern(a, z)
    """
    match body:
        case App(
            "*",
            (
                App("^", (chance, Var() as value)),
                App("^", (App("-", (Num(1), other)), App("-", (Num(1), Var() as again)))),
            ),
        ) if (chance, value) == (other, again) and value.name not in chance.free_vars:
            return App("bern", (chance, value))
    return None

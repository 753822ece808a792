r"""Hypotheses that a formula without sentences may stand under: `E[XY] = E[X] E[Y]` holds if X and Y are independent.

Whether X and Y are independent is said in words, and a formula that was taken out of its text says nothing of it. A
step that holds under such a hypothesis is neither proved nor refuted: the hypothesis is named as missing. Where there
are words around a formula, their author says what is independent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Final

from derivations.latex.document import Doubt
from derivations.latex.doubts import random_variables, weights
from derivations.latex.drawn import under_laws
from derivations.latex.facts import ARITHMETIC
from derivations.latex.laws import LawOf
from derivations.latex.nodes import Node, Nodes
from derivations.latex.samples import Variable, any_law
from derivations.latex.scope import Scope
from derivations.term import App, Bind, Num, Term, Var, bind, div, mul, opened, substituted, subterms, summation

_ENVIRONMENT: Final = r"(?:align|equation|gather|multline|eqnarray|displaymath|math|split|aligned|cases|array)\*?"
_FORMULA: Final = re.compile(
    r"\$\$.*?\$\$|\$[^$]*\$|\\\[.*?\\\]|\\\(.*?\\\)" rf"|\\begin\{{(?P<name>{_ENVIRONMENT})\}}.*?\\end\{{(?P=name)\}}",
    re.DOTALL,
)
_WORD: Final = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{3,}")
_AVERAGING: Final = frozenset({"E", "Var", "Cov", "sum"})
_MOST: Final = 3  # random variables of which hypotheses are tried
_MEANS: Final = frozenset({"mu", "m"})


@lru_cache(maxsize=8)
def without_sentences(text: str) -> bool:
    r"""Whether a text is formulas only, and nothing is said around them.

    >>> without_sentences(r"\[ E[XY] = E[X] E[Y] \]"), without_sentences(r"For dice, \[ E[XY] = E[X] E[Y] \]")
    (True, False)
    """
    return _WORD.search(_FORMULA.sub(" ", text)) is None


def may_be_independent(rows: Sequence[Nodes]) -> bool:
    r"""Whether the variables of a chain may be meant as independent: it conditions nothing, or says that it need not.

    >>> from derivations.latex.syntax import parsed
    >>> [may_be_independent([parsed(side).nodes for side in sides]) for sides in (
    ...     ("H(X, Y)", "H(X) + H(Y)"), ("H(X | Y)", "H(X)"), ("H(X)", "H(X, Y) - H(X | Y)"), ("I(X; Y)", "0"))]
    [True, True, False, True]
    """
    told = [_conditions(row) for row in rows]
    if not any(told):
        return True
    if len(rows) != 2 or all(told):
        return False
    one, other = rows if told[0] else rows[::-1]
    alone = len(one) == 2 and one[1].kind == "group"
    if alone and one[0].value == "I":
        return len(other) == 1 and other[0].value == "0"
    return alone and len(other) == 2 and other[0].value == one[0].value


def _conditions(nodes: Sequence[Node]) -> bool:
    """Whether there is a condition, or the information of one variable about another."""
    return any(
        (node.kind == "sign" and node.value in ("|", ";")) or any(map(_conditions, (*node.parts, node.sub or ())))
        for node in nodes
    )


def hypotheses(left: Term, right: Term, scope: Scope) -> Iterator[Doubt]:
    """The readings of a step under what its author may have said in words, with the hypothesis of each."""
    if (left.heads | right.heads).isdisjoint(_AVERAGING):
        return
    letters = sorted(random_variables([left, right]))
    if 0 < len(letters) <= _MOST and scope.setting.kind == "joint":
        if len(letters) > 1:
            yield from _independent(left, right, letters, alike=not scope.events)
        elif not scope.events:
            yield from _bit(left, right, letters[0])
    yield from _averages(left, right)


def _independent(left: Term, right: Term, letters: Sequence[str], *, alike: bool) -> Iterator[Doubt]:
    """Independent random variables, with laws of their own or with one law; who writes a covariance has not these."""
    written = any(isinstance(part, Bind) and part.head == "Cov" for side in (left, right) for part in subterms(side))
    if written and Num(0) not in (left, right):
        return
    apart = [_variable(letter, letter) for letter in letters]
    ways = [(apart, "independent")]
    if alike:
        ways.append(([_variable(letter, letters[0]) for letter in letters], "independent and identically distributed"))
    for said, words in ways:
        found = under_laws([left, right], said, lambda letters: True)
        if found is not None:
            one, other = found[0]
            yield Doubt(one, other, tuple(dict.fromkeys(found[1])), f"{_listed(letters)} are {words}")


def _bit(left: Term, right: Term, letter: str) -> Iterator[Doubt]:
    """A random variable with the values 0 and 1."""
    law = replace(any_law(letter, letter.lower()), domain=App("bits"))
    found = under_laws([left, right], [Variable(letter, law, _facts(law))], lambda letters: True)
    if found is not None:
        one, other = found[0]
        yield Doubt(one, other, tuple(found[1]), f"{letter} is 0 or 1")


def _facts(law: LawOf) -> tuple[Term, ...]:
    return (bind("pmf", law.name, law.domain, law.pmf),)


def _variable(letter: str, like: str) -> Variable:
    """A random variable with the law that belongs to a letter."""
    law = any_law(like, like.lower())
    return Variable(letter, law.renamed(letter.lower()), _facts(law))


def _averages(left: Term, right: Term) -> Iterator[Doubt]:
    r"""Weights p_k that sum to one, with \mu as the mean of other values of k; \mu as the mean of x_1 to x_n."""
    free = means_met([left, right])
    for head, domain in sorted(set(weights([left, right])), key=str):
        facts = (App("<", (Num(0), App(head, (Var("?i"),)))), bind("pmf", "i", domain, App(head, (Var("i"),))))
        yield Doubt(left, right, facts, f"the values of {head} are positive and sum to one")
        for mean, values in product(free, _beside(head, domain, (left, right))):
            body = mul(App(head, (Var("i"),)), App(values, (Var("i"),)))
            read = [substituted(side, {mean: summation("i", domain, body)}) for side in (left, right)]
            words = f"the values of {head} are positive and sum to one, and {mean} is the mean of {values}"
            yield Doubt(read[0], read[1], facts, words)
    for mean, domain in product(free, _ranges((left, right))):
        for values in _beside("", domain, (left, right)):
            average = div(summation("i", domain, App(values, (Var("i"),))), domain.args[1])
            one, other = (substituted(side, {mean: average}) for side in (left, right))
            yield Doubt(one, other, (), f"{mean} is the mean of {values}")


def means_met(terms: Iterable[Term]) -> list[str]:
    r"""The letters of means beside sums of x_1 to x_n.

    >>> from derivations.notation import read
    >>> means_met([read("sum[i in range(1, n)](x(i) - mu)")]), means_met([read("mu + x")])
    (['mu'], [])
    """
    terms = list(terms)
    return sorted(set().union(*(term.free_vars for term in terms)) & _MEANS) if _ranges(terms) else []


def _ranges(terms: Iterable[Term]) -> list[App]:
    """The ranges 1..n that sums run over."""
    found = [
        part.arg
        for term in terms
        for part in subterms(term)
        if isinstance(part, Bind) and part.head == "sum" and isinstance(part.arg, App) and part.arg.head == "range"
    ]
    return [domain for domain in dict.fromkeys(found) if not domain.loose and domain.args[0] == Num(1)]


def _beside(head: str, domain: Term, terms: Sequence[Term]) -> list[str]:
    """The other sequences whose values are met in sums over a range."""
    found: set[str] = set()
    for part in (part for term in terms for part in subterms(term)):
        if isinstance(part, Bind) and part.head == "sum" and part.arg == domain:
            inside = (one for body in opened(part, "i") for one in subterms(body))
            found |= {one.head for one in inside if isinstance(one, App) and one.args == (Var("i"),)}
    return sorted(found - {head} - ARITHMETIC)


def _listed(letters: Sequence[str]) -> str:
    return " and ".join(letters)

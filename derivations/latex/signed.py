r"""What sentences say of signs in words: `a positive random variable $X$`, `$a$ and $b$ are positive`.

Nouns say it as well, `the temperature $t$`, and that numbers are probabilities, or zero or one: `binary labels $t_n$`.

Like what is said in a formula in passing, it keeps a counterexample from counting that violates it; it is no part of
the given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from derivations.latex.facts import PROBABILITY
from derivations.term import App, Num, Term, Var, subterms

_SIGN: Final = (
    r"(?P<below>(?:strictly\s+|streng\s+)?negativ\w*|záporn\w+)|"
    r"(?P<weak>non-?\s?negativ\w*|nichtnegativ\w*|nezáporn\w+)|(?:strictly\s+|streng\s+)?positiv\w*|kladn\w+"
)
_MOST_WORDS: Final = 3  # between the attribute and its letters: `positive i.i.d. random variables $X$`
_FORMULAS: Final = r"\$[^$]{1,60}\$(?:\s*(?:,|,?\s*and|,?\s*und|,?\s*a|,?\s*or)\s*\$[^$]{1,60}\$){0,8}"
_VERBS: Final = (
    r"(?:be|is|are|being|denote|sei|seien|ist|sind|je|jsou|buď|buďte)\s+"
    r"(?:(?:an?|two|all|both|some|the|eine?|zwei)\s+)?"
)
_BEFORE: Final = re.compile(
    rf"(?<![-\w])(?:{_SIGN})(?![-\w])(?:\s+[^\s$.,]+){{0,{_MOST_WORDS}}}\s+(?P<letters>{_FORMULAS})", re.IGNORECASE
)
_BEHIND: Final = re.compile(rf"(?P<letters>{_FORMULAS})\s+{_VERBS}(?:{_SIGN})(?![-\w])", re.IGNORECASE)
_PLURAL: Final = r"(?:s|es|en|e)?"
_VALUES: Final = r"(?:(?:random\s+)?variable|label|target|value|number|outcome|feature|output)s?"
_NOUNS: Final = (
    (
        "<",
        r"(?:temperature|variance|standard\s+deviation|bandwidth|radius|precision|learning\s+rate|step[-\s]?size|half-life"
        r"|scale\s+parameter|length\s*scale|Temperatur|Varianz|Standardabweichung|Schrittweite|Lernrate|rozptyl|teplota"
        rf"|température|écart-type){_PLURAL}",
    ),
    ("<=", rf"(?:distance|norm|length|Abstand|Abständ|Länge|vzdálenost){_PLURAL}"),
    ("unit", r"(?:probability|probabilities|Wahrscheinlichkeit(?:en)?|pravděpodobnost|probabilités?)"),
    (
        "bits",
        rf"(?:(?:binary|zero-one|boolean|dichotomous)(?:\s+{_VALUES})?|indicators?(?:\s+{_VALUES})?|Bernoulli\s+{_VALUES}"
        r"|binäre?n?(?:\s+(?:Variablen?|Labels?|Werte))?|Indikator(?:variablen?|en)?|zero\s+or\s+one|null\s+oder\s+eins)",
    ),
)  # what nouns say of the letters that they name: the relation to zero, or the set
_OTHER_NOUN: Final = (
    r"(?!\s+(?:of\s+a\b|densit|mass|vector|distribution|measure|space|function|matri|entrop|code|search|cross|loss"
    r"|classif))"
)
_NAMING: Final = tuple(
    (relation, re.compile(form, re.IGNORECASE))
    for relation, noun in _NOUNS
    for form in (
        rf"(?<![-\w])(?:{noun})\s+(?P<letters>{_FORMULAS})",
        rf"(?P<letters>{_FORMULAS})\s+(?:be|is|are|denotes?|sei|seien|ist|sind|je|jsou|est|sont)\s+"
        rf"(?:(?:an?|the|two|all|both|some|eine?|zwei|die|der|das|la|le|une?)\s+)?(?:{noun})(?![-\w]){_OTHER_NOUN}",
    )
)
# `the rate $a$ and the curvature $h$, both positive`: of all letters of the sentence before.
_TOGETHER: Final = re.compile(
    rf"(?<=[\s(])(?:both|all|beide|alle|obě|všechny)\s+(?:of\s+(?:them|which)\s+)?(?:(?:are|being|sind|jsou)\s+)?(?:{_SIGN})"
    r"(?=\s*(?:[.,;:)]|$|and\b|und\b))",
    re.IGNORECASE,
)
# Of matrices and of other things the word says something else.
_OTHERWISE: Final = re.compile(r"definit|semi|correlat|korrel|class|rate|dependen", re.IGNORECASE)
SETS: Final = {"unit": PROBABILITY, "bits": App("bits")}
_NAME: Final = re.compile(r"\\?(?P<name>[A-Za-z]+)\s*(?:_\s*(?:\{[^{}]*\}|\w)|\([\w\s,]*\))?")
_DOTS: Final = re.compile(r"\\[lc]?dots[bc]?|\.\.\.")


def signs_said(text: str) -> Iterator[tuple[int, str, str]]:
    r"""The letters whose sign a text tells: the place where it does, the relation of zero to them, the letter.

    >>> [found[1:] for found in signs_said(r"For positive numbers $a_1, \dots, a_n$ and $b_1, \dots, b_n$")]
    [('<', 'a'), ('<', 'b')]
    >>> [found[1:] for found in signs_said(r"Let $X$ be a non-negative random variable, $A$ be positive definite.")]
    [('<=', 'X')]
    >>> [found[1:] for found in signs_said(r"If $c$ is negative, then")]
    [('>', 'c')]
    >>> [found[1:] for found in signs_said(r"Let $t$ be a temperature, $p$ the chance of binary labels $y_n$.")]
    [('<', 't'), ('bits', 'y')]
    """
    for pattern in (_BEFORE, _BEHIND):
        for found in pattern.finditer(text):
            if _OTHERWISE.search(text, found.start(), found.end() + len("-semidefinite")):
                continue
            for formula in found["letters"].split("$")[1::2]:
                for letter in _letters(formula):
                    yield found.end(), "<=" if found["weak"] else ">" if found["below"] else "<", letter
    for found in _TOGETHER.finditer(text):
        before = max(text.rfind(end, 0, found.start()) for end in (". ", ".\n", "\n\n", "\\]", "$$", "\\end{"))
        relation = "<=" if found["weak"] else ">" if found["below"] else "<"
        for formula in text[before + 1 : found.start()].split("$")[1::2]:
            for letter in _letters(formula):
                yield found.end(), relation, letter
    for relation, pattern in _NAMING:
        for found in pattern.finditer(text):
            for formula in found["letters"].split("$")[1::2]:
                for letter in _letters(formula):
                    yield found.end(), relation, letter


def _letters(formula: str) -> list[str]:
    """The letters of a list such as `a, b` or `a_1, ..., a_n`; none of anything else."""
    parts = [part.strip() for part in re.split(r",(?![^(]*\))", _DOTS.sub("", formula))]
    names = [_NAME.fullmatch(part) for part in parts if part]
    if not all(names):
        return []
    return list(dict.fromkeys(name["name"] for name in names if name is not None))


def facts_said(said: Iterable[tuple[str, str]], terms: Iterable[Term]) -> tuple[Term, ...]:
    """The signs of letters as facts about the terms of a chain: of a name, and of a function wherever it is taken.

    >>> from derivations.notation import read
    >>> [str(fact) for fact in facts_said([("<", "a"), ("<=", "b")], [read("a(1) + b")])]
    ['0 < a(?a0)', '0 <= b']
    >>> [str(fact) for fact in facts_said([("<", "a")], [read("a_1 + a_2 * b_1")])]
    ['0 < a_1', '0 < a_2']
    """
    parts = [part for term in terms for part in subterms(term)]
    names = frozenset[str]().union(*(part.free_vars for part in parts))
    found: dict[Term, None] = {}
    for relation, letter in said:
        for name in sorted(one for one in names if one == letter or re.fullmatch(rf"{letter}_\w+", one)):
            found[_compared(relation, Var(name))] = None
        arities = {len(part.args) for part in parts if isinstance(part, App) and part.head == letter and part.args}
        for arity in sorted(arities):
            anything = App(letter, [Var(f"?a{place}") for place in range(arity)])
            found[_compared(relation, anything)] = None
    return tuple(found)


def _compared(relation: str, term: Term) -> Term:
    """How zero is related to a term, `>` read from the right; or the set that it is in."""
    if relation in SETS:
        return App("in", (term, SETS[relation]))
    return App("<", (term, Num(0))) if relation == ">" else App(relation, (Num(0), term))

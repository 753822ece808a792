r"""Notations in which a letter is no number: d(uv), D_x, \Delta y, f^{-1}(x), f_x(x, y), 3 + 4i.

We read the letter as a number, and a refutation would rest on that: it is withheld. Nothing else depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from derivations.latex.names import GREEK_ALIASES
from derivations.term import App, Num, Term, Var, children, subterms

_SUBSCRIPTED: Final = re.compile(r"(?<![A-Za-z\\])([A-Za-z])_(\w|\{\s*[A-Za-z]{1,3}\s*\})\s*(?:\\left)?\(([^()]*)\)")
_INVERSE: Final = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*\^\s*\{\s*-\s*1\s*\}\s*(?:\\left)?\(")
# What may be an operator, by the name of the letter that we read, with how it is written before what it acts upon.
_OPERATORS: Final = (
    ("d", re.compile(r"(?<![A-Za-z\\])d(?:\s*(?:\\left)?[(\[]|[a-zA-Z](?![A-Za-z]))"), "differential"),
    ("D", re.compile(r"(?<![A-Za-z\\])D(?:_|\s*(?:\\left)?[(\[])"), "derivative"),
    ("Delta", re.compile(r"\\Delta\s*[A-Za-z]"), "difference"),
    ("delta", re.compile(r"\\delta\s*[A-Za-z]"), "variation"),
)
_NABLA: Final = re.compile(r"\\(?:nabla|grad)(?![A-Za-z])(?!\s*_)")
_COUNTED: Final = frozenset({"range", "binom", "factorial", "integers"})
_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "neg", "^", "abs", "sqrt", "="})


def may_be_meant(text: str, claim: App, numbers: Container[str]) -> str:
    r"""Why a refutation would not stand: a notation that is read here as a product, or as a number; `numbers` are the
    letters of which nothing is given.

    >>> from derivations.notation import read
    >>> may_be_meant("|3 + 4i| = 5", read("abs(3 + 4 * i) = 5"), {"i"})
    'definition missing: i may be the imaginary unit'
    """
    return (
        partially(text)
        or _inverse(text)
        or _operator(text, numbers)
        or _imaginary(claim, numbers)
        or _defined(claim, numbers)
    )


def partially(text: str) -> str:
    """Why a refutation would not stand: f_x(x, y) was read as the value of a function called f_x.

    >>> partially("f_x(x, y)"), partially("p_x(x)"), partially("f_i(x, y)")
    ('ambiguous: f_x(x, y) may be a partial derivative', '', '')
    """
    for letter, below, inside in _SUBSCRIPTED.findall(text):
        places, marks = [place.strip() for place in inside.split(",")], below.strip("{} ")
        if len(places) > 1 and all(mark in places for mark in marks):
            return f"ambiguous: {letter}_{marks}({', '.join(places)}) may be a partial derivative"
    return ""


def _inverse(text: str) -> str:
    found = _INVERSE.search(text)
    return f"ambiguous: {found[1]}^{{-1}}(...) may be the inverse function" if found else ""


def _operator(text: str, numbers: Container[str]) -> str:
    if _NABLA.search(text):
        return "definition missing: by which letters the gradient is taken"
    for letter, written, meaning in _OPERATORS:
        for found in written.finditer(text):
            name = letter if letter != "D" else found[0].split("(")[0].strip("_ ")
            if any(candidate in numbers for candidate in _names(name, text, found.end())):
                return f"ambiguous: {letter} may stand for a {meaning}"
    return ""


def _names(name: str, text: str, end: int) -> tuple[str, ...]:
    """The names that an operator's letter may have been read by: with what stands below it."""
    below = re.match(r"\{?\s*([A-Za-z])", text[end:])
    return (name, f"{name}_{below[1]}") if below else (name,)


def _imaginary(claim: App, numbers: Container[str]) -> str:
    """Whether an i of which nothing is given is calculated with, and is no index."""
    if "i" not in numbers or not claim.heads.isdisjoint(_COUNTED):
        return ""
    return "definition missing: i may be the imaginary unit" if _calculated(claim, "i") else ""


def _calculated(term: Term, name: str) -> bool:
    """Whether a letter stands in arithmetic, and nowhere as an argument of an abstract function."""
    indexed = any(
        isinstance(part, App) and part.head not in _ARITHMETIC and Var(name) in part.args for part in subterms(term)
    )
    return not indexed and name in term.free_vars


def _defined(claim: App, numbers: Container[str]) -> str:
    """Whether one side is a letter of which nothing is given, or a power of it, and the other side does not know it."""
    for side, other in (claim.args, claim.args[::-1]):
        base = side.args[0] if isinstance(side, App) and side.head == "^" and isinstance(side.args[1], Num) else side
        if isinstance(base, Var) and base.name in numbers and base.name not in other.free_vars and children(other):
            return f"definition missing: the other side may define {base.name}"
    return ""


# A set that is ranged over, and a law with its arguments, are no numbers, and are told from a letter by that.
_OTHER_FONT: Final = re.compile(
    r"(?<!\\in)(?<!\\in )\\(?:mathcal|mathscr|mathfrak)\s*\{?\s*([A-Za-z])\s*\}?(?!\s*(?:\\left)?\()"
)
_WORDS: Final = re.compile(r"\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+")


def two_letters(text: str) -> str:
    r"""Whether a letter stands in two fonts or shapes, which we read alike: \mathcal{L} and L, \phi and \varphi."""
    for variant, letter in GREEK_ALIASES.items():
        if variant in text and all(re.search(rf"\\{name}(?![A-Za-z])", text) for name in (letter, variant)):
            return f"ambiguous: {letter} stands there in two shapes, and may be two letters"
    plain = _WORDS.sub(" ", _OTHER_FONT.sub(" ", text))
    for letter in _OTHER_FONT.findall(text):
        if letter in plain:
            return f"ambiguous: {letter} stands there in two fonts, and may be two letters"
    return ""

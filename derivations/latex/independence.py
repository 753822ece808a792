r"""Which random variables sentences say are independent of each other.

A proof may rest on it, and so nothing is taken for it that might mean something else: independence in pairs or given
another variable, of something else, or said of others in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

# What follows where something is independent of another thing, or only given it.
_FROM_OTHERS: Final = (
    r"of(?! (?:each|one) )|from|given|condition\w*|when|if"
    + r"|von|gegeben|bedingt|unter|falls|wenn|na|při|za|pod\w*|pokud|když"
)


def apart(*, unless: str = "") -> str:
    """A pattern for `independent` where it is of each other: not of or given something else, nor in pairs.

    `unless` is a further word that may not follow.
    """
    return (
        r"(?<!pairwise )(?<!paarweise )(?<!linearly )(?<!linear )\b(?:independent|unabhängig\w*|nezávisl\w+)\b"
        rf"(?!\s*,?\s+(?:{_FROM_OTHERS}{unless and '|'}{unless})\b)"
    )


_APART: Final = rf"(?:{apart()}|\bi\.?\s*i\.?\s*d\b\.?(?!\s*,?\s+(?:{_FROM_OTHERS})\b))"
_FORMULAS: Final = r"(?P<list>\$[^$]*\$(?:\s*,?\s*(?:and|und|a)?\s*\$[^$]*\$)*)"
_FEW_WORDS: Final = r"[\s,]*(?:(?!where\b|while\b|but\b|wobei\b|aber\b|kde\b|ale\b)[^\W\d]+\s+){0,4}?"
_BEFORE: Final = re.compile(rf"{_FORMULAS}{_FEW_WORDS}{_APART}", re.IGNORECASE)
_BEHIND: Final = re.compile(rf"{_APART}\s+(?:[^\W\d]+\s+){{0,4}}?{_FORMULAS}", re.IGNORECASE)
_OF: Final = re.compile(
    r"\$(?P<one>[^$]*)\$\s+(?:is|be|ist|sei|je)\s+(?:independent|unabhängig|nezávisl\w+)\s+(?:of|from|von|na)"
    r"\s+\$(?P<other>[^$]*)\$",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    rf"\b(?:they|both|all|variables|draws|sie|beide|alle|Variablen|Zufallsvariablen|jsou|obě|veličiny)\b[^$]*{_APART}"
    rf"|\b(?:assum\w+|suppos\w+)\s+(?:\w+\s+)?independence\b(?!\s+(?:of|from|given)\b)",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:not|non|never|neither|nor|without|dependent|correlated|conditional\w*|pairwise|nicht|ohne|abhängig\w*|bedingt\w*"
    r"|nejsou|není|bez|závisl\w*|podmíněn\w*)\b|n't\b",
    re.IGNORECASE,
)
_LONGEST: Final = 1_000  # characters of a sentence that is looked at
_GIVEN: Final = re.compile(r"\$\s*,?\s+(?:given|gegeben|při)\b", re.IGNORECASE)
_END: Final = re.compile(r"(?<!i)(?<!d)\.(?=\s|$)|[;!?]|\\\[|\\\]|\$\$|\\begin\{|\\end\{|\n\s*\n")


def are_independent(letters: Collection[str], text: str, start: int) -> bool:
    r"""Whether a text says of these random variables that they are independent; of `all` only before a place.

    >>> text = r"Let $X \sim p$ and $Y \sim q$ be independent, and $Z$ any variable. "
    >>> are_independent(["X", "Y"], text, 99), are_independent(["X", "Z"], text, 99)
    (True, False)
    >>> are_independent(["X", "Y"], "Let $X$ and $Y$ be normal. They are independent. ", 99)
    True
    >>> are_independent(["X", "Y"], "Let $X$ and $Y$ be independent given $Z$. The mean is independent of $c$.", 99)
    False
    """
    found = False
    for place, sentence in _sentences(text):
        if len(sentence) > _LONGEST:
            continue
        if _DENIED.search(sentence) and (place < start or any(_is_named(letter, sentence) for letter in letters)):
            found = False  # said of these, or nobody knows of which
            continue
        lists = [match["list"] for match in (*_BEFORE.finditer(sentence), *_BEHIND.finditer(sentence))]
        lists += [f"${match['one']}$ ${match['other']}$" for match in _OF.finditer(sentence)]
        told = not _GIVEN.search(sentence) and any(all(_is_listed(letter, one) for letter in letters) for one in lists)
        found = found or told or (place < start and "$" not in sentence and _ALL.search(sentence) is not None)
    return found


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def _written(letter: str) -> str:
    """A pattern for a letter that is not a part of a word or of a command."""
    return rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])" if len(letter) == 1 else rf"\\{letter}(?![A-Za-z])"


def _is_named(letter: str, sentence: str) -> bool:
    return re.search(_written(letter), sentence) is not None


def _is_listed(letter: str, formulas: str) -> bool:
    r"""Whether a letter is a subject of formulas: at the beginning, `$X \sim p$`, or behind a comma, `$X, Y$`."""
    return re.search(rf"(?:\$|,|\band\b)\s*{_written(letter)}", formulas) is not None

r"""What the words of a document speak of: independence, moments, functions; whether they suppose or conclude.

Accents may be written as commands: `unabh\"angig` is `unabhängig`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_COMBINING: Final = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "v": "\u030c", "r": "\u030a", "~": "\u0303",
}  # fmt: skip
_ACCENT: Final = re.compile(
    r"""\\(?:(["'`^~])\s*|([vr])(?:\s+|(?=\{)))(?:\{\\?(i|[A-Za-z])\}|\\?(i|[A-Za-z])(?![A-Za-z]*\{))"""
)


@lru_cache(maxsize=8)
def plain_words(text: str) -> str:
    r"""A text with its accents as letters.

    >>> plain_words(r"unabh\"angig, nez\'avisl\'y, d\'{e}rivable, st\v{r}edn\'{\i}")
    'unabhängig, nezávislý, dérivable, střední'
    """
    if "\\" not in text:
        return text

    def letter(found: re.Match[str]) -> str:
        return unicodedata.normalize("NFC", (found[3] or found[4]) + _COMBINING[found[1] or found[2]])

    return _ACCENT.sub(letter, text).replace(r"{\ss}", "ß").replace(r"\ss ", "ß")


_INDEPENDENT: Final = re.compile(
    r"independen|i\.\s*i\.\s*d|\biid\b|uncorrelated|markov|unabhängig|nezávisl|mean[- ]field", re.IGNORECASE
)


_MOMENTS: Final = re.compile(
    r"\bzero[- ]mean|\bmean[- ](?:\w+ )?(?:zero|\$?0\b)|\bcent(?:red|ered)\b"
    r"|\bunit[- ]variance|\bvariance (?:one|\$?1\b)"
    r"|\bstandardi[sz]ed|zentriert|standardisiert|(?:Erwartungswert|Mittelwert) (?:null|\$?0\b)"
    r"|centrovan|nulov\w+ (?:střední|průměr)|střední hodnot\w+ (?:nul|\$?0\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def speaks_of_moments(text: str) -> bool:
    """Whether a document says in words what a mean or a variance is.

    >>> speaks_of_moments("a variable with mean zero"), speaks_of_moments("the mean of the draws")
    (True, False)
    """
    return _MOMENTS.search(plain_words(text)) is not None


@lru_cache(maxsize=8)
def speaks_of_independence(text: str) -> bool:
    """Whether a document says that something is independent of something else.

    >>> speaks_of_independence("the draws are i.i.d."), speaks_of_independence("the draws are many")
    (True, False)
    """
    return _INDEPENDENT.search(plain_words(text)) is not None


_SUPPOSING: Final = re.compile(
    r"\b(?<!up )(?<!end )(?<!ends )(?<!left )(?<!begin )(?<!start )(?<!starts )(?:with|having)[ \n]*$"
    r"|\b(?:suppos(?:e|ing)|assum(?:e|ing)|let|if|given|provided|when|whenever|under|subject to|such that"
    r"|angenommen|falls|wenn|sei(?:en)?|vorausgesetzt|unter|nechť|pokud|když|předpokládejme|supposons|si|soit|soient"
    r"|sea|sean|supongamos|sia|siano|supponiamo|se|seja|suponhamos|niech|jeśli)\b"
    r"(?:[ \n]+(?!(?:we|get|gives?|have|us|then|obtain|find|see|gilt|ist|platí)\b)\w+){0,4}[ \n,:]*$",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:for(?:[ \n]+(?:all|any|every|each|both|fixed|real|positive|small|large))*|with|where|(?:as|so) long as"
    r"|f(?:ü|ue)r(?:[ \n]+(?:alle|jedes|festes))?|mit|wobei|pour(?:[ \n]+tout)?|avec|où|pro(?:[ \n]+všechn\w+)?|kde)"
    r"[ \n,:]*$",
    re.IGNORECASE,
)
_GOING_ON: Final = re.compile(r"[ \n,;]*(?:and|und|a|et|or|oder|nebo)?[ \n,]*")


def supposes(said: str) -> bool:
    """Whether words before a formula suppose it.

    >>> supposes("Suppose that"), supposes("Let the weights satisfy"), supposes("If we take logs, we get")
    (True, True, False)
    """
    return _SUPPOSING.search(plain_words(said)) is not None


def conditions(said: str) -> bool:
    """Whether the last words before a formula in a sentence make it a condition, not a claim.

    >>> conditions("which converges for"), conditions("for all x we have"), conditions("where")
    (True, False, True)
    """
    return _CONDITION.search(plain_words(said)) is not None


# Only words that leave no doubt: `so that $a + b = 1$`, `then` and the German and English `also` may suppose.
_CONCLUDING: Final = re.compile(
    r"\b(?:therefore|thus|hence|consequently|it follows|daher|somit|folglich|tedy|takže|proto|donc|ainsi|luego|entonces"
    r"|quindi|dunque|portanto|zatem)\b",
    re.IGNORECASE,
)


def concludes(said: str) -> bool:
    """Whether words before a formula conclude it from what stands before.

    >>> concludes("Therefore"), concludes("where also"), concludes("so that the weights satisfy")
    (True, False, False)
    """
    return _CONCLUDING.search(plain_words(said)) is not None


def goes_on(said: str) -> bool:
    """Whether words between two formulas only join them, as a comma does."""
    return _GOING_ON.fullmatch(said) is not None


_FUNCTIONS: Final = re.compile(
    r"functions?\b|funktion|fonction|funkc|funzion|función|operator\b|\bmap(?:s|ping)?\b|convex|konvex|concave|konkav"
    r"|differentiable|differenzierbar|dérivable|d\\'erivable|continu|stetig|linear|linéaire|\\(?:to|rightarrow|mapsto|colon|circ)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def speaks_of_functions(text: str) -> bool:
    r"""Whether a text speaks of functions, so that `f x` may be the value of one.

    >>> speaks_of_functions("Let $f$ be convex."), speaks_of_functions(r"Let $v \in \{0, 1\}$.")
    (True, False)
    """
    return _FUNCTIONS.search(plain_words(text)) is not None


_SENTENCE: Final = re.compile(r"(?<!i)(?<!\be)[.!?](?:\s|$)|\n\s*\n")


def ends_sentence(said: str) -> bool:
    """Whether a sentence ends in some words.

    >>> ends_sentence(". Also"), ends_sentence(", i.e. for all x"), ends_sentence(" we get")
    (True, False, False)
    """
    return _SENTENCE.search(said) is not None


_LAW: Final = (
    r"(?:(?:standard|continuous\w*|discrete)[ -])?(?:uniform|normal|gauss|exponential|poisson|geometric|laplace|gumbel"
    r"|gleichverteilt|exponentiell|geometrisch|rovnoměrn|normáln|exponenciáln|géométrique|exponentiel)\w*"
)
_IS: Final = (
    r"(?:\s+(?:be|is|are|has|have|an?|the|with|drawn|from|distributed|sei|ist|hat|eine?|mit|buď|je|má|est|une?|soit))*"
)
_OTHER_LAW: Final = re.compile(
    rf"\$\s*(\\?[A-Za-z]+)\s*\${_IS}\s+{_LAW}\b"
    rf"|\b{_LAW}(?:\s+(?:random|distributed|noise|variables?|Zufallsvariablen?|Rauschen))*\s+\$\s*(\\?[A-Za-z]+)\s*\$",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def drawn_elsewhere(text: str) -> frozenset[str]:
    r"""The letters that words give a law of numbers: normal, uniform, exponential.

    >>> sorted(drawn_elsewhere(r"Let $u$ be uniform on $[0, 1]$, and $\varepsilon$ standard normal noise"))
    ['u', 'varepsilon']
    >>> sorted(drawn_elsewhere(r"the normal density of $x$"))
    []
    """
    found = _OTHER_LAW.finditer(plain_words(text))
    return frozenset((one[1] or one[2]).lstrip("\\") for one in found)


_BASE: Final = re.compile(
    r"\b(?:logs?|logarithms?|Logarithm\w*|logaritm\w*|\\log\$?)\s[^.]{0,40}?"
    r"\b(?:base|Basis|základ\w*|podstaw\w*|bas)[ -]\s*\$?(2|10|two|ten|zwei|zehn|deux|dix)\b"
    r"|\\log\s*(?:=|:=|\\equiv|:\\!*=)\s*\\log_\{?(2|10)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def base_said(text: str) -> int:
    r"""The base that a document says its logarithms have, 0 where it says none.

    >>> base_said("Logs are to base 2."), base_said(r"where $\log = \log_{10}$"), base_said("based on 2 logs")
    (2, 10, 0)
    """
    found = _BASE.search(text)
    return 0 if found is None else 2 if (found[1] or found[2]).lower() in ("2", "two", "zwei", "deux") else 10


_NOW: Final = (
    r"(?:now|here|instead|this time|from now on|jetzt|nun|hier|nyní|teď|zde"
    r"|maintenant|ici|ahora|aquí|ora|qui|agora|teraz)"
)
_BE: Final = r"(?:is|are|be|denotes?|means|stands for|ist|sei|bezeichne\w*|je|značí|est|désigne|es|è|é|jest|oznacza)"
_ANEW: Final = re.compile(
    rf"\b{_NOW}\s+(?:let\s+)?\$\s*(\\?[A-Za-z]+)\s*\$\s+{_BE}\b|\$\s*(\\?[A-Za-z]+)\s*\$\s+(?:{_NOW}\s+{_BE}|{_BE}\s+{_NOW})\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def named_anew(text: str) -> tuple[tuple[int, str], ...]:
    """The letters that words let be something else, each with the place where the sentence of them begins.

    >>> named_anew("Let $h = 1$. Then $a = h$, where now $h$ is the entropy.")
    ((13, 'h'),)
    """
    ends = [0, *(found.end() for found in _SENTENCE.finditer(text))]
    return tuple(
        (max(end for end in ends if end <= found.start()), (found[1] or found[2]).lstrip("\\"))
        for found in _ANEW.finditer(text)
    )

"""What the words of a document say of its letters: any functions, energies, probabilities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from derivations.latex.doubts import named_in, weights
from derivations.term import App, Term, Var, bind

_CHANCES: Final = frozenset({"p", "q", "pi", "p_hat", "q_hat", "y_hat"})
_ARGUMENTS: Final = re.compile(r"\([^)]*\)")
_ENERGY: Final = re.compile(
    r"(?:energ\w*|Energie\w*)(?:\s+(?:function|levels?|Funktion|funkce))?\s+\$\s*E\s*\(\s*[a-z]"
    r"|e\s*\^\s*\{\s*-\s*(?:\\beta\s*)?E\s*\(\s*[a-z]|\\exp\s*(?:\\left)?[({\[]\s*-\s*(?:\\beta\s*)?E\s*\(\s*[a-z]"
)


@lru_cache(maxsize=8)
def speaks_of_energy(text: str) -> bool:
    r"""Whether E(x) is an energy in a text, and no mean.

    >>> speaks_of_energy(r"$P(x) = \frac{1}{Z} e^{-E(x)}$"), speaks_of_energy("$E(X)$")
    (True, False)
    """
    return _ENERGY.search(text) is not None


_OF_ANY: Final = r"(?:control variates?|random variables?|rewards?|functions?)\b"
_PLAIN: Final = (
    r"(?:(?:an?|any|two|three|some|arbitrary|every|real|real-valued|scalar|discrete|continuous|differentiable|smooth"
    r"|measurable|integrable|test)\s+)"
)
_AND_MORE: Final = r"((?:\$[^$]*\$)(?:\s*(?:,|and|or)+\s*\$[^$]*\$)*)"
_ARBITRARY: Final = re.compile(
    rf"\b{_PLAIN}+{_OF_ANY}\s+{_AND_MORE}|\b[Ll]et\s+{_AND_MORE}\s+be\s+{_PLAIN}*{_OF_ANY}|{_AND_MORE}\s+{_PLAIN}+{_OF_ANY}"
)
# What is said further of them, but for what makes their moments exist.
_FURTHER: Final = re.compile(
    r"\s*,?\s*(?!with\s+(?:finite|joint)\b)(?:with|such|taking|satisfying|whose|that|which|where|in|bounded|of)\b"
)


@lru_cache(maxsize=8)
def declared(text: str) -> frozenset[str]:
    r"""The letters that a document takes for any function, or any random variable.

    >>> sorted(declared(r"for a function $f$ and $c$ a control variate. Let $X$ and $Y$ be random variables."))
    ['X', 'Y', 'c', 'f']
    """
    free = (match for match in _ARBITRARY.finditer(text) if not _FURTHER.match(text, match.end()))
    found = (group for match in free for group in match.groups() if group)
    plain = (_ARGUMENTS.sub("", letters) for letters in found if not re.search(r"[=<>]|\\(?:sim|in|[lg]e)", letters))
    return frozenset(name for letters in plain for name in named_in(letters.replace("and", " ")))


_PROBABILITY_WORDS: Final = re.compile(
    r"probabilit|distribution|mass function|\bpmfs?\b|simplex|mixing|mixture|categorical|Wahrscheinlichkeit|Verteilung"
    r"|pravděpodobnost|rozdělení",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def _speaks_of_probabilities(text: str) -> bool:
    return _PROBABILITY_WORDS.search(text) is not None


_VALUED: Final = re.compile(
    r"\$([^$]{1,40})\$[^$.]{0,60}?\bvalues?\s+(?:in|from|between|on)\b|\$([^$]{1,40})\$[^$.]{0,30}?\bbounded\b"
)


@lru_cache(maxsize=8)
def valued(text: str) -> frozenset[str]:
    r"""The letters of random variables of which a text says which values they take.

    >>> sorted(valued(r"Let $Y$ be a random variable with values in $[0, 1]$, and $X$ another one."))
    ['Y']
    """
    found = (group for match in _VALUED.finditer(text) for group in match.groups() if group)
    return frozenset(name for letters in found for name in named_in(_ARGUMENTS.sub("", letters)))


def weights_called(terms: Iterable[Term], text: str) -> tuple[Term, ...]:
    """That p_k, q_k and pi_k are mass functions, where the document speaks of probabilities."""
    if not _speaks_of_probabilities(text):
        return ()
    found = {(head, domain) for head, domain in weights(terms) if head in _CHANCES}
    return tuple(bind("pmf", "i", domain, App(head, (Var("i"),))) for head, domain in sorted(found, key=str))


_NO_DISTRIBUTIONS: Final = frozenset({"E", "V", "H", "I", "D", "L", "N", "B", "U"})
_DISTRIBUTION: Final = (
    r"(?:distributions?(?!\s+function)|densit(?:y|ies)|mass functions?|pmfs?|pdfs?|posteriors?|priors?|polic(?:y|ies)"
    r"|recognition (?:model|network)|inference (?:model|network)|Verteilung|Dichte|rozdělení|hustota)\b"
)
_CALLED: Final = r"\$\s*([A-Za-z])(?:_(?:\w|\\[a-z]+|\{[^{}$]*\}))?\s*\([^$=]*\)\s*\$"
_SAID: Final = re.compile(
    rf"\b{_DISTRIBUTION}\s+{_CALLED}"
    rf"|{_CALLED}\s+(?:(?:be|is|denotes?|for)\s+)?(?:an?|any|some|the)\s+(?:(?!of\b)[\w-]+\s+){{0,3}}{_DISTRIBUTION}",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def densities_said(text: str) -> tuple[str, ...]:
    r"""The letters that a text calls distributions of something.

    >>> densities_said(r"For any distribution $Q(z)$, and $R_\phi(h|x)$ the inference network, and the law of $g(z)$")
    ('Q', 'R')
    """
    found = (group for match in _SAID.finditer(text) for group in match.groups() if group)
    return tuple(name for name in dict.fromkeys(found) if name not in _NO_DISTRIBUTIONS)

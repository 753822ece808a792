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
    r"\benerg(?:y|ies)\b|\bEnergie|energi[eí]|e\s*\^\s*\{\s*-\s*E\s*\(|\\exp\s*(?:\\left)?[({\[]\s*-\s*E\s*\(",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def speaks_of_energy(text: str) -> bool:
    r"""Whether E(x) is an energy in a text, and no mean.

    >>> speaks_of_energy(r"$P(x) = \frac{1}{Z} e^{-E(x)}$"), speaks_of_energy("$E(X)$")
    (True, False)
    """
    return _ENERGY.search(text) is not None


_OF_ANY: Final = r"(?:control variates?|random variables?|rewards?|functions?)"
_AND_MORE: Final = r"((?:\$[^$]*\$)(?:\s*(?:,|and|or)+\s*\$[^$]*\$)*)"
_ARBITRARY: Final = re.compile(
    rf"\b(?:an?|any|arbitrary|every|some|two|differentiable|real)\s+(?:[\w-]+\s+){{0,2}}{_OF_ANY}\s+{_AND_MORE}"
    rf"|\b[Ll]et\s+{_AND_MORE}\s+be\s+(?:an?\s+|any\s+|two\s+|arbitrary\s+|(?!independent)[\w-]+\s+){{0,3}}{_OF_ANY}\b"
    rf"|{_AND_MORE}\s+an?\s+(?:[\w-]+\s+){{0,2}}{_OF_ANY}\b",
)


@lru_cache(maxsize=8)
def declared(text: str) -> frozenset[str]:
    r"""The letters that a document takes for any function, or any random variable.

    >>> sorted(declared(r"for a function $f$ and $c$ a control variate. Let $X$ and $Y$ be random variables."))
    ['X', 'Y', 'c', 'f']
    """
    found = (group for match in _ARBITRARY.finditer(text) for group in match.groups() if group)
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


def weights_called(terms: Iterable[Term], text: str) -> tuple[Term, ...]:
    """That p_k, q_k and pi_k are mass functions, where the document speaks of probabilities."""
    if not _speaks_of_probabilities(text):
        return ()
    found = {(head, domain) for head, domain in weights(terms) if head in _CHANCES}
    return tuple(bind("pmf", "i", domain, App(head, (Var("i"),))) for head, domain in sorted(found, key=str))

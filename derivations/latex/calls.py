r"""What reads like the value of a function at a letter, as `K(x)`, although nobody says that K is one."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

_ARGUMENT: Final = r"\s*(?:-\s*)?(?:\\[A-Za-z]+|[A-Za-z])\s*"
_CALL: Final = re.compile(rf"(?<![_^])\\([A-Za-z]+)\s*(?:\\left)?\({_ARGUMENT}(?:\\right)?\)")
_LETTER_CALL: Final = re.compile(
    rf"(?<![A-Za-z\\_^])([A-Za-z])(_\w|_\{{\w+\}}|)'*\s*(?:\\left)?\({_ARGUMENT}(?:,{_ARGUMENT})*(?:\\right)?\)"
)
# Primes and a power may stand between a function and its bracket: K'(x), K^2(x).
_BEHIND: Final = r"'*\s*(?:\^\s*(?:\w|\{[^{}]*\})\s*)?(?:\\left)?\("
_BARE: Final = rf"(?<![A-Za-z\\])%s(?![A-Za-z])(?!{_BEHIND})"
_BEFORE_BRACKET: Final = re.compile(rf"(?<![A-Za-z\\_^])([A-Za-z])(){_BEHIND}")
_NO_BRACES: Final = str.maketrans("", "", "{}")


def called(text: str, numbers: Container[str]) -> str:
    r"""What reads like the value of a function at a letter, and was taken for a product: `\Phi(-x)`.

    A single letter is one where it never stands without a bracket: `K(x)`, but not k in `k(x) + k`.

    >>> called(r"\Phi(-x)", {"Phi"}).split(":")[0], called(r"\Phi(1 - x)", {"Phi"})
    ('ambiguous', '')
    >>> called("K(x) + K(x + y)", {"K"}).split(":")[0], called("k(x) + k", {"k"})
    ('ambiguous', '')
    """
    names = (f"\\{name}" for name in _CALL.findall(text) if name in numbers)
    found = next(chain(names, _letters_called(text, numbers)), None)
    return f"ambiguous: {found}(...) is read as a product, and may be the value of a function" if found else ""


def _letters_called(text: str, numbers: Container[str]) -> Iterator[str]:
    """The single letters, perhaps with a subscript, that a letter in brackets follows wherever they stand."""
    for letter, below in _LETTER_CALL.findall(text):
        written = letter + below
        if written.translate(_NO_BRACES) in numbers and not _stands_bare(written, text):
            yield written


def _stands_bare(letter: str, text: str) -> bool:
    return re.search(_BARE % re.escape(letter), text) is not None


@lru_cache(maxsize=500)
def always_called(text: str, *, at_letters: bool = True) -> frozenset[str]:
    r"""The single letters that never stand without a bracket behind them: they may be functions.

    `at_letters` asks that the bracket holds a letter at one place at least, as it never does behind a factor.

    >>> sorted(always_called("K(x)^2 + a(b) a + c(x + 1)")), sorted(always_called("c(x + 1)", at_letters=False))
    (['K'], ['c'])
    """
    calls = (_LETTER_CALL if at_letters else _BEFORE_BRACKET).finditer(text)
    return frozenset(call[1] for call in calls if not call[2] and not _stands_bare(call[1], text))

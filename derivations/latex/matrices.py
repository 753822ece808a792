r"""Capital letters that may be matrices: bold ones, and all where a document speaks of matrices.

We calculate with numbers, whose products commute. A proof about matrices that needs this proves nothing; a
counterexample in numbers, which are matrices of one row, stands. Whether it is needed is told by small matrices with
whole numbers in them: what fails for these was not proved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from derivations.term import App, Num, Term, Var, children, subterms
from derivations.vocabulary import ARITHMETIC

_SPOKEN: Final = re.compile(r"\bmatri(?:x|ces)\b|\b\w*matri(?:x|zen)\b|\bmatic\w*\b", re.IGNORECASE)
_BOLD: Final = re.compile(r"\\(?:mathbf|boldsymbol|bm|pmb|bf)\s*\{?\s*\\?([A-Za-z]+)\s*\}?")
_CAPITALS: Final = frozenset(
    {"Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"}
)
_MOST_POWER: Final = 6


class Matrix(NamedTuple):
    """A matrix of two rows and columns."""

    a: Fraction
    b: Fraction
    c: Fraction
    d: Fraction


@lru_cache(maxsize=8)
def speaks_of_matrices(text: str) -> bool:
    """Whether a text speaks of matrices.

    >>> speaks_of_matrices("Let $A$ be a matrix."), speaks_of_matrices("a matter of taste")
    (True, False)
    """
    return _SPOKEN.search(text) is not None


def matrices(formula: str, letters: Collection[str], *, spoken: bool) -> frozenset[str]:
    r"""The letters that may be matrices; `spoken` says that the document speaks of some.

    >>> sorted(matrices(r"\mathbf{A} B", {"A", "B"}, spoken=False)), sorted(matrices("AB + c", {"A", "B"}, spoken=True))
    (['A'], ['A', 'B'])
    """
    bold = {*_BOLD.findall(formula)}
    if not bold and not spoken:
        return frozenset()
    capital = {name: stem for name in letters if _is_capital(stem := name.split("_")[0])}
    return frozenset(name for name, stem in capital.items() if spoken or stem in bold)


def _is_capital(letter: str) -> bool:
    return letter in _CAPITALS or (len(letter) == 1 and letter.isupper())


def fails_for_matrices(left: Term, right: Term, names: Collection[str]) -> bool:
    """Whether two sides differ for some matrices with these names, or cannot be compared for them.

    >>> from derivations.notation import read
    >>> fails_for_matrices(read("A * B"), read("B * A"), {"A", "B"})
    True
    >>> fails_for_matrices(read("(A + B)^2"), read("A^2 + A * B + B * A + B^2"), {"A", "B"})
    False
    >>> fails_for_matrices(read("p(A, B)"), read("q(B) * q(A)"), {"A", "B"})
    False
    """
    if len(names) < 2:
        return False
    parts = [part for side in (left, right) for part in subterms(side)]
    met = set[str]().union(*(_calculated(part) & {*names} for part in parts if isinstance(part, App)))
    if not any(len(_calculated(part) & met) > 1 for part in parts):
        return False
    others = sorted((left.free_vars | right.free_vars) - met)
    values: dict[str, Matrix | Fraction] = {name: _some(place) for place, name in enumerate(sorted(met))}
    values |= {name: Fraction(2 * place + 3, place + 2) for place, name in enumerate(others)}
    one, other = _value(left, values), _value(right, values)
    return one is None or other is None or _as_matrix(one) != _as_matrix(other)


def _calculated(term: Term) -> set[str]:
    """The letters that a term calculates with, those in arguments of functions not counted."""
    if isinstance(term, Var):
        return {term.name}
    arithmetic = isinstance(term, App) and term.head in ARITHMETIC
    return set[str]().union(*map(_calculated, children(term))) if arithmetic else set()


def _some(place: int) -> Matrix:
    """A matrix that has an inverse and commutes with few others."""
    return Matrix(Fraction(place + 1), Fraction(2), Fraction(place * place + 1), Fraction(place - 3))


def _value(term: Term, values: Mapping[str, Matrix | Fraction]) -> Matrix | Fraction | None:
    match term:
        case Num(value):
            return Fraction(value)
        case Var(name):
            return values.get(name)
        case App("neg", (inner,)):
            return _times(Fraction(-1), _value(inner, values))
        case App(("+" | "-") as sign, (left, right)):
            return _sum(_value(left, values), _value(right, values), 1 if sign == "+" else -1)
        case App("*", (left, right)):
            return _times(_value(left, values), _value(right, values))
        case App("/", (top, bottom)):
            return _times(_value(top, values), _inverse(_value(bottom, values)))
        case App("^", (base, Num(power))) if power <= _MOST_POWER:
            return _power(_value(base, values), power)
        case App("^", (base, App("neg", (Num(power),)))) if power <= _MOST_POWER:
            return _power(_inverse(_value(base, values)), power)
    return None


def _as_matrix(value: Matrix | Fraction) -> Matrix:
    return value if isinstance(value, Matrix) else Matrix(value, Fraction(0), Fraction(0), value)


def _sum(left: Matrix | Fraction | None, right: Matrix | Fraction | None, sign: int) -> Matrix | Fraction | None:
    if left is None or right is None:
        return None
    if not isinstance(left, Matrix) and not isinstance(right, Matrix):
        return left + sign * right
    return Matrix(*(x + sign * y for x, y in zip(_as_matrix(left), _as_matrix(right), strict=True)))


def _times(left: Matrix | Fraction | None, right: Matrix | Fraction | None) -> Matrix | Fraction | None:
    if left is None or right is None:
        return None
    if not isinstance(left, Matrix) and not isinstance(right, Matrix):
        return left * right
    a, b, c, d = _as_matrix(left)
    e, f, g, h = _as_matrix(right)
    return Matrix(a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h)


def _inverse(value: Matrix | Fraction | None) -> Matrix | Fraction | None:
    if isinstance(value, Matrix):
        size = value.a * value.d - value.b * value.c
        return Matrix(value.d / size, -value.b / size, -value.c / size, value.a / size) if size else None
    return 1 / value if value else None


def _power(base: Matrix | Fraction | None, exponent: int) -> Matrix | Fraction | None:
    total: Matrix | Fraction | None = Fraction(1)
    for _ in range(exponent):
        total = _times(total, base)
    return total

"""Sums, products and quotients: one Laurent polynomial in normalised atoms, written in the canonical way."""

from __future__ import annotations

from typing import Final

from derivations.normal_form.collecting import combine, whole_number
from derivations.normal_form.deltas import one_index
from derivations.normal_form.functions import factored_argument
from derivations.normal_form.powers import raised
from derivations.normal_form.rewriting import Rewriting
from derivations.polynomial import MOST_EXPONENT
from derivations.term import App, Bind, Num, number

_ZERO: Final = Num(0)
ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "neg", "^"})


def arithmetic(r: Rewriting) -> None:
    """Normal forms of the atoms first, then of the polynomial in them."""
    _atoms(r)
    combine(r)
    if "delta" in r.term.heads:
        one_index(r)


def _atoms(r: Rewriting) -> None:
    term = r.term
    if not isinstance(term, App) or term.head not in ARITHMETIC:
        r.normal(r)
    elif term.head != "^":
        for place, arg in enumerate(term.args):
            if isinstance(arg, (App, Bind)):
                r.inside(place, _atoms)
        if term.head == "/":
            _divisor(r)
    elif (exponent := whole_number(term.args[1])) is not None:
        r.inside(0, _atoms)
        if not isinstance(term.args[1], Num):
            r.inside(1, lambda part: part.compute(number(exponent)))
        if abs(exponent) > MOST_EXPONENT:  # it will not be expanded, so its base is taken apart
            r.inside(0, factored_argument)
    else:
        raised(r)


def _divisor(r: Rewriting) -> None:
    """What is divided by as a product, if it is not known to be other than 0: its factors may be."""
    if isinstance(r.term, App) and not r.assuming and not r.known(App("!=", (r.term.args[1], _ZERO))):
        r.inside(1, factored_argument)

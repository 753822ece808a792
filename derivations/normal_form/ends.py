"""Sums and products between an end and n + c: brought to the end n, the terms between split off or put back."""

from __future__ import annotations

from typing import Final

from derivations.normal_form.combinatorics import constant_of, lowered
from derivations.normal_form.rewriting import Rewriting
from derivations.term import App, Bind, Num, Term, add, div, instantiated, mul, sub

_MOST_STEPS: Final = 4
_LAST: Final = {"sum": "sum-last-term", "prod": "product-last-factor"}


def settled_end(r: Rewriting) -> bool:
    """sum[i in range(a, n + 1)](F(i)) as a sum up to n and F(n + 1), and up to n - 1 as one up to n less F(n).

    Products likewise, where the factor that is divided by is not 0. Says whether anything was done; n is no number.
    """
    term = r.term
    if not isinstance(term, Bind) or not isinstance(term.arg, App) or term.arg.head != "range":
        return False
    end = term.arg.args[1]
    steps = constant_of(end)
    if not steps or not end.free_vars or abs(steps) > _MOST_STEPS:
        return False
    done = r.attempt(_LAST[term.head]) if steps > 0 else _put_back(r, term, end)
    if done:
        r.normal(r)
    return done


def _put_back(r: Rewriting, term: Bind, end: Term) -> bool:
    """The sum up to n - 1 as (the sum and F(n)) - F(n), the bracket being the sum up to n."""
    last = lowered(end, -1)
    missing = instantiated(term.bodies[0], (last,))
    part = r.trial()
    part.inside(0, lambda domain: domain.inside(1, lambda place: place.compute(sub(last, Num(1)))))
    if term.head == "sum":
        part.compute(sub(add(part.term, missing), missing))
    elif r.known(App("!=", (missing, Num(0)))):
        part.compute(div(mul(part.term, missing), missing))
    else:
        return False
    merged: list[bool] = []
    part.inside(0, lambda whole: merged.append(whole.attempt(_LAST[term.head], reverse=True)))
    if merged != [True]:
        return False
    r.term = part.term
    r.moves.extend(part.moves)
    return True

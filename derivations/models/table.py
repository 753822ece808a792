"""A counterexample in words: numbers, sets, and tables of abstract functions, as text.

>>> from flint import fmpq
>>> written(fmpq(-3, 2)), written((fmpq(0), fmpq(1))), written(arb(2).log())
('-3/2', '(0, 1)', '0.693147180559...')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from flint import arb, fmpq

from derivations.models.domain import Domain, Finite, Open, Tuples, Whole, Without
from derivations.models.frame import Note
from derivations.value import ONE, ZERO, Jet, Number, Quotient, Value

_DIGITS: Final = 12
_MOST_DIGITS: Final = 400
_MOST_EXACT: Final = 60  # characters of a fraction; longer ones are written as decimals
_MOST_ENTRIES: Final = 64  # of all tables together
_TEN: Final = fmpq(10)
_LARGEST: Final = arb(2) ** 4_000
_LEAST: Final = arb(2) ** -4_000


# ---------------------------------------------------------------- numbers


def written(value: Value, digits: int = _DIGITS) -> str:
    """A value as text; a decimal that ends in dots is right in all digits shown."""
    if isinstance(value, fmpq):
        text = str(value)
        return text if len(text) <= _MOST_EXACT else _decimal(value, value, digits) or text
    if isinstance(value, arb):
        if not value.abs_lower() > _LEAST or not value.abs_upper() < _LARGEST:
            return _enclosed(value, digits)  # too large or too small for decimals, or next to zero
        return _decimal(value.lower().fmpq(), value.upper().fmpq(), digits) or _enclosed(value, digits)
    if isinstance(value, tuple):
        return f"({', '.join(written(one, digits) for one in value)})"
    return str(value)


def _enclosed(ball: arb, digits: int) -> str:
    """A ball that no decimals can be cut off from, as a number next to a whole one: its middle and its radius."""
    return str(ball.str(digits)).strip("[]").replace("+/-", "±").strip()


def written_apart(left: Value, right: Value) -> tuple[str, str]:
    """Two different values as texts that show where they differ."""
    digits = _DIGITS
    while digits < _MOST_DIGITS:
        texts = written(left, digits), written(right, digits)
        if texts[0] != texts[1]:
            return texts
        digits *= 2
    return str(left), str(right)


def _decimal(low: fmpq, high: fmpq, digits: int) -> str:
    """The digits, cut off and not rounded, on which both ends of an enclosure without 0 agree; "" for none."""
    if high < 0:
        positive = _decimal(-high, -low, digits)
        return positive and f"-{positive}"
    near, far = low, high
    exponent = _exponent(far)
    suffix = f"e{exponent}" if not -6 < exponent < 16 else ""
    if suffix:
        near, far = near / _TEN**exponent, far / _TEN**exponent
    for places in range(digits if suffix else max(1, digits - 1 - exponent), 0, -1):
        scale = _TEN**places
        first = int((near * scale).floor())
        if first == int((far * scale).floor()):
            text = str(first).rjust(places + 1, "0")
            return f"{text[: len(text) - places]}.{text[len(text) - places :]}...{suffix}"
    return ""


def _exponent(number: fmpq) -> int:
    """The place of the first digit of a positive number."""
    exponent = len(str(number.p)) - len(str(number.q))
    return exponent if number >= _TEN**exponent else exponent - 1


def written_set(domain: Domain) -> str:
    """A set as text."""
    if isinstance(domain, Finite):
        return f"{{{', '.join(map(written, domain.members))}}}"
    if isinstance(domain, Whole):
        low = "-oo" if domain.low is None else domain.low
        return f"integers({low}, {'oo' if domain.high is None else domain.high})"
    if isinstance(domain, Open):
        return f"interval({_end(domain.low, '-oo')}, {_end(domain.high, 'oo')})"
    if isinstance(domain, Tuples):
        return f"tuples({written_set(domain.base)}, {domain.length})"
    if isinstance(domain, Without):
        return f"without({written_set(domain.base)}, {written(domain.removed)})"
    raise TypeError(f"not a set: {domain!r}")


def _end(end: Number | None, infinite: str) -> str:
    return infinite if end is None else written(end)


# ---------------------------------------------------------------- tables of abstract functions


def tables(notes: Iterable[Note]) -> Mapping[str, str]:
    """The values of abstract functions, and of their derivatives, where the evaluation of a claim used them."""
    found: dict[str, str] = {}
    for note in notes:
        for call, value in _entries(note):
            if len(found) < _MOST_ENTRIES:
                found.setdefault(call, written(value))
    return found


def _entries(note: Note) -> list[tuple[str, Value]]:
    orders = [_order(arg) for arg in note.args]
    texts = [name or written(_standard(arg)) for name, arg in zip(note.names, note.args, strict=True)]
    value, call = note.value, _call(note.head, texts)
    if any(order is None for order in orders) or isinstance(_standard(value), Quotient):
        return [(call, _standard(value))] if not isinstance(_standard(value), Quotient) else []
    entries = [(call, _standard(value))]
    places = [place for place, order in enumerate(orders) if order]
    if len(places) == 1:
        place = places[0]
        name = note.names[place]
        levels = _levels(note.args[place])
        for order in range(1, len(levels) + 1):
            slope = _slope(value, levels[:order])
            if name is not None:
                power = "" if order == 1 else f"^{order}"
                entries.append((f"d{power}/d{name}{power} {call}", slope))
            elif order == 1:
                inner = _call(note.head, [*texts[:place], "t", *texts[place + 1 :]])
                entries.append((f"d[t = {texts[place]}]({inner})", slope))
    return entries


def _call(head: str, texts: list[str]) -> str:
    return f"{head[:-1]}{texts[0]}]" if head.endswith("[]") else f"{head}({', '.join(texts)})"


def _standard(value: Value) -> Value:
    while isinstance(value, Jet):
        value = value.standard
    return value


def _order(arg: Value) -> int | None:
    """How many derivatives are taken directly with respect to an argument; None where it is not that simple."""
    order = 0
    while isinstance(arg, Jet):
        if not isinstance(arg.slope, fmpq) or arg.slope != ONE:
            return None
        arg, order = arg.standard, order + 1
    return order


def _levels(arg: Value) -> list[int]:
    """The levels of a jet, innermost derivative first."""
    levels = []
    while isinstance(arg, Jet):
        levels.append(arg.level)
        arg = arg.standard
    return levels


def _slope(value: Value, levels: list[int]) -> Value:
    """The mixed coefficient of the eps of some levels, the highest first, and standard in the others."""
    for level in levels:
        value = value.slope if isinstance(value, Jet) and value.level == level else ZERO
    return _standard(value)

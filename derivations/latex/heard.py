r"""What an author says of letters in passing: `let $x > 0$`, `for $0 < b < 1$`, `$n \in \mathbb{N}$`.

How far such words reach cannot be told, so they are no part of the given: they keep a counterexample from counting that
violates them, and a step that holds under them is conditional on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from derivations.errors import NotationError
from derivations.latex.nodes import Formula, Nodes, listed
from derivations.latex.words import ends_sentence
from derivations.term import App, Bind, Num, Term, Var, power, substituted, subterms
from derivations.vocabulary import ARITY

_CAPITAL: Final = re.compile(r"\s*[A-ZÄÖÜÉ][a-zäöüéß]")  # a new sentence behind a display without a full stop
_EXCHANGED: Final = {">": "<", ">=": "<="}
_RELATIONS: Final = frozenset({"<", "<=", ">", ">=", "!="})
Reading: TypeAlias = "Callable[[Nodes], Term]"


@dataclass
class Cases:
    """What sentences say of letters for the formulas beside them: up to the words behind the next display."""

    alike: dict[str, str] = field(default_factory=dict)  # letters that a sentence equates
    values: dict[str, list[Term]] = field(default_factory=dict)  # the values that letters were said to have
    behind: list[tuple[tuple[int, int], tuple[Term, ...]]] = field(default_factory=list)  # a display, what follows it
    open: tuple[int, int] | None = None  # the last display, up to the end of its sentence
    used: bool = False  # whether a display came since then

    def words(self, text: str) -> None:
        """Words end what was said before the last display, and a sentence that ends what was equated in it."""
        if ends_sentence(text) or _CAPITAL.match(text):
            self.open = None
        if self.used and text.strip():
            self.alike, self.values, self.used = {}, {}, False
        elif self.alike and ends_sentence(text):
            self.alike = {}

    def display(self, start: int, end: int) -> None:
        """A display stands here."""
        self.open, self.used = (start, end), True

    def hear(self, said: Mapping[str, Sequence[Term]], relations: Sequence[str]) -> None:
        """Remember facts behind the display that they may be said of, and the values of letters."""
        facts = tuple(fact for facts in said.values() for fact in facts)
        if self.open is not None and facts:
            self.behind.append((self.open, facts))
        for name, told in said.items() if "=" in relations else ():
            ends = [side for fact in told[:1] if isinstance(fact, App) for side in fact.args if side != Var(name)]
            self.values.setdefault(name, []).extend(ends)


def conditions(
    sides: Sequence[Nodes], relations: Sequence[str], term: Reading, domain: Reading
) -> dict[str, list[Term]]:
    """The facts that a statement says of single letters, by letter; none of those of which it says something else."""
    found: dict[str, list[Term]] = {}
    for left, relation, right in zip(sides, relations, sides[1:], strict=False):
        try:
            facts = _powers(left, relation, right, term) if relation in ("=", "in") else []
            facts = facts or _facts(left, relation, right, term, domain)
        except (NotationError, ValueError):
            facts = []
        if not facts and relation in (*_RELATIONS, "in"):
            for one in (*listed(left), *(listed(right) if relation != "in" else ())):
                if len(one) == 1 and one[0].kind == "symbol" and (name := _name(one, term)):
                    found.setdefault(name, [])
        for name, fact in facts:
            found.setdefault(name, []).append(fact)
    return found


def related(sides: Sequence[Nodes], relations: Sequence[str], term: Reading) -> list[Term]:
    """The facts that a statement says of more than single letters: `x y > 0`, `|x| < 1`, `a + b = 1`."""
    found: list[Term] = []
    for left, relation, right in zip(sides, relations, sides[1:], strict=False):
        try:
            one, other = term(left), term(right)
        except (NotationError, ValueError, RecursionError):
            continue
        if relation in _EXCHANGED:
            one, other = other, one
        fact = App(_EXCHANGED.get(relation, relation), (one, other))
        compound = any(side.free_vars and not isinstance(side, Var) for side in (one, other))
        if compound and relation in (*_RELATIONS, "=") and not any(isinstance(part, Bind) for part in subterms(fact)):
            found.append(fact)
    return found


def _powers(left: Nodes, relation: str, right: Nodes, term: Reading) -> list[tuple[str, Term]]:
    r"""What `y = \pm 1`, `y \in \{-1, 1\}` and `y^2 = 1` say: a power of y is a number."""
    if len(left) != 1 or left[0].kind != "symbol" or not (name := _name(Nodes([replace(left[0], sup=None)]), term)):
        return []
    above = left[0].sup
    if above is None:
        size = _size(right, relation)
        return [(name, App("=", (power(Var(name), 2), Num(size * size))))] if size is not None else []
    if relation != "=" or not is_number(right) or len(above) != 1 or not above[0].value.isdigit():
        return []
    return [(name, App("=", (power(Var(name), int(above[0].value)), term(right))))]


def _size(nodes: Nodes, relation: str) -> int | None:
    r"""The number c of `\pm c`, or of a set of c and -c; None for anything else."""
    among = relation == "in" and len(nodes) == 1 and nodes[0].kind == "group"
    parts = listed(nodes[0].parts[0]) if among else [nodes]
    if among != (relation == "in") or any(node.kind not in ("sign", "number") for part in parts for node in part):
        return None
    said = sorted("".join(node.value for node in part).lstrip("+") for part in parts)
    number = said[0].removeprefix("pm") if len(said) == 1 else said[-1]
    alike = said in ([f"pm{number}"], [f"-{number}", number])
    return int(number) if alike and number.isdigit() else None


def _facts(left: Nodes, relation: str, right: Nodes, term: Reading, domain: Reading) -> list[tuple[str, Term]]:
    if relation == "in":
        parts = [part for part in listed(left) if [node.value for node in part] != ["..."]]
        letters = [named for part in parts if (named := _for_every_index(term(part))) is not None]
        if len(right) == 1 and right[0].kind == "group" and right[0].value == "[":
            low, high = (term(end) for end in listed(right[0].parts[0]))
            bounds = [(App("<=", (low, letter)), App("<=", (letter, high))) for _, letter in letters]
            return [(name, fact) for (name, _), facts in zip(letters, bounds, strict=True) for fact in facts]
        whole = domain(right)
        each = App("bits") if _says_bits(right) else whole  # a setting may have another name for the set
        return [(name, App("in", (letter, whole if isinstance(letter, Var) else each))) for name, letter in letters]
    if relation == "=":
        letter, number = (right, left) if is_number(left) else (left, right)
        if not is_number(number) or len(letter) != 1 or letter[0].kind != "symbol":
            return []
        return [fact for way in ("<=", ">=") for fact in _facts(left, way, right, term, domain)]
    if relation not in _RELATIONS:
        return []
    if len(parts := listed(left)) > 1 or len(listed(right)) > 1:  # a, b > 0
        several, end = (parts, right) if len(parts) > 1 else (listed(right), left)
        if term(end).free_vars or not all(isinstance(term(part), Var) for part in several):
            return []
        pairs = [(part, end) if several is parts else (end, part) for part in several]
        return [fact for pair in pairs for fact in _facts(pair[0], relation, pair[1], term, domain)]
    one, other = term(left), term(right)
    if relation in _EXCHANGED:
        one, other = other, one
    fact = App(_EXCHANGED.get(relation, relation), (one, other))
    names = [side.name for side in (one, other) if isinstance(side, Var)]
    plain = all(isinstance(side, Var) or not side.free_vars for side in (one, other))
    if plain and one != other:
        return [(name, fact) for name in names]
    return _of_every_index(one, other, fact)


def _says_bits(nodes: Nodes) -> bool:
    r"""Whether a set is `\{0, 1\}`."""
    inside = nodes[0].parts[0] if len(nodes) == 1 and nodes[0].kind == "group" and nodes[0].parts else ()
    return [one.value for one in inside] == ["0", ",", "1"] and nodes[0].value == "{" and not nodes[0].sup


def _for_every_index(letter: Term) -> tuple[str, Term] | None:
    """The name of a letter, and the letter; of x_k that of x, and x at every k."""
    if isinstance(letter, Var):
        return letter.name, letter
    if isinstance(letter, App) and letter.head not in ARITY and all(isinstance(index, Var) for index in letter.args):
        places = [Var(f"?i{place}") for place in range(len(letter.args))]
        return letter.head, App(letter.head, places if len(places) > 1 else [Var("?i")])
    return None


def _of_every_index(one: Term, other: Term, fact: App) -> list[tuple[str, Term]]:
    """What is said of x_k, beside a number, for every k; of x_2, it is said of x, and of |x| too."""
    for side, number in ((one, other), (other, one)):
        if isinstance(side, App) and side.args and isinstance(side.args[-1], Num) and not number.free_vars:
            vector = side.args[0]
            name = vector.name if side.head == "at" and isinstance(vector, Var) else side.head
            return [(name, fact)] if side.head == "at" or len(side.args) == 1 else []
        if isinstance(side, App) and len(side.args) == 1 and isinstance(side.args[0], Var) and not number.free_vars:
            if side.head in ARITY:
                return [(side.args[0].name, fact)]
            return [(side.head, substituted(fact, {side.args[0].name: Var("?i")}))]
    return []


def _name(nodes: Nodes, term: Reading) -> str:
    """The name of a letter, empty for what is none."""
    try:
        letter = term(nodes)
    except NotationError:
        return ""
    return letter.name if isinstance(letter, Var) else ""


def is_number(nodes: Nodes) -> bool:
    """Whether a side is a number: a numeral, a fraction or a root of such, perhaps with a sign."""
    return any(node.kind != "sign" for node in nodes) and all(
        node.kind == "number"
        or (node.kind == "sign" and node.value in ("+", "-", "/"))
        or (node.kind in ("frac", "group", "root") and all(is_number(part) for part in node.parts))
        for node in nodes
    )


def number_said(formula: Formula) -> str | None:
    """A fraction of numbers or a decimal number as text in the plain notation, None for anything else."""
    if len(formula.nodes) != 1:
        return None
    node = formula.nodes[0]
    if node.kind == "frac" and all(len(part) == 1 and part[0].kind == "number" for part in node.parts):
        return " / ".join(part[0].value for part in node.parts)
    if node.kind == "number" and "." in node.value:
        whole, _, decimals = node.value.partition(".")
        return f"{int(whole + decimals)} / {10 ** len(decimals)}"
    return None

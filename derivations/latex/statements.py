r"""Rows to statements: `a = b \\ = c` becomes one statement of two links, `a = b, \quad c = d` becomes two.

A forgotten bracket costs one side and not the display. It must not know what a formula means.

>>> from derivations.latex.tokens import tokenize
>>> text = r"a &= b + \\ & c \\ &= d, \qquad e = f"
>>> [statement.written(text) for statement in statements(tokenize(text), "align")]
['a = b + \\\\ & c = d', 'e = f']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from derivations.latex import names
from derivations.latex.brackets import paired
from derivations.latex.relations import after_argument, relations, top_level
from derivations.latex.rows import BINARY, TEXTS, table
from derivations.latex.tokens import DIGIT, OPEN, SUB, SUPER, Token

_CONDITIONS: Final = frozenset(
    {"for", "if", "when", "für", "falls", "wenn", "pro", "pokud", "když", "all", "assuming", "given", "provided", "bei",
     "case", "sofern", "whenever", "unless"}
)  # fmt: skip

_MOST_WORDS: Final = 4  # of a remark that only begins a condition, `for all`; behind more of them a claim may stand

# Behind these words the argument goes on; any other words before a claim are a remark on the claim before it.
_CONNECTIVES: Final = frozenset(
    {"and", "so", "hence", "thus", "then", "therefore", "i.e", "or", "also", "und", "daher", "somit", "folglich",
     "damit", "dann", "a", "tedy", "takže", "proto", "pak", "tj", "d.h"}
)  # fmt: skip


@dataclass
class Link:
    """A relation and the side behind it."""

    relation: str
    tokens: list[Token]


@dataclass
class Statement:
    """Sides joined by relations. `first` is None where the statement goes on from the one before it."""

    first: list[Token] | None
    links: list[Link] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    # "brace" below a brace, "condition" behind a word such as `for`, "premise" and "implied" around an arrow
    form: str = ""
    asides: list[Statement] = field(default_factory=list)  # claims in the remarks on its rows

    def written(self, source: str) -> str:
        """The statement as its author wrote it, alignment left out."""
        sides = [written(self.first or [], source)]
        for link in self.links:
            sides += [link.relation, written(link.tokens, source)]
        return " ".join(sides).strip()


def written(tokens: Sequence[Token], source: str) -> str:
    """The source between the first and the last of some tokens."""
    if not tokens:
        return ""
    return source[min(t.start for t in tokens) : max(t.end for t in tokens)].strip()


def statements(tokens: Sequence[Token], environment: str = "") -> list[Statement]:
    """The statements of a display, in order; the claims of braces come behind the statement that holds them."""
    chain = _Assembly(joined=environment.startswith("multline"))
    for row in table(tokens, environment):
        for column, cells in enumerate(row):
            chain.row(cells, column)
    found: list[Statement] = []
    for statement in chain.done():
        found.append(statement)
        for side in [statement.first or [], *(link.tokens for link in statement.links)]:
            found.extend(_brace_claims(side))
    return found


class _Assembly:
    """Joins sides and relations, row by row, into statements; one open statement for each column."""

    def __init__(self, *, joined: bool) -> None:
        self.joined = joined
        self.open: dict[int, Statement] = {}
        self.finished: list[Statement] = []

    def done(self) -> list[Statement]:
        for column in sorted(self.open):
            self.finish(column)
        return self.finished

    def finish(self, column: int) -> None:
        statement = self.open.pop(column, None)
        if statement is None:
            return
        statement.links = [link for link in statement.links if link.tokens]
        if statement.first or statement.links:
            self.finished.append(statement)
        self.finished.extend(statement.asides)

    def row(self, cells: list[list[Token]], column: int) -> None:
        tokens = [token for cell in cells for token in cell]
        empty_start = not cells[0] and len(cells) > 1
        parts = _parts(tokens)
        for number, part in enumerate(parts):
            if part.aside and column in self.open:
                aside = Statement(
                    part.sides[0].tokens or None, [link for link in part.sides[1:] if link.tokens], [], part.form
                )
                self.open[column].asides.append(aside)
                continue
            if number:
                self.finish(column)
            self.part(part, column, first=number == 0, indented=empty_start)

    def part(self, part: _Part, column: int, *, first: bool, indented: bool) -> None:
        statement = self.open.get(column)
        sides = part.sides
        if statement is not None and first:
            awaiting = bool(statement.links) and not statement.links[-1].tokens
            head = sides[0].tokens
            if not head and len(sides) > 1 and awaiting:  # `= \\ = b`: the relation is written twice
                statement.links.pop()
            elif head and not awaiting:
                if self.continues(statement, part, indented=indented):
                    _last_side(statement).extend(head)
                else:
                    self.finish(column)
                    statement = None
            elif head:
                statement.links[-1].tokens = head
        if statement is None:
            statement = Statement(sides[0].tokens or None, [], [], part.form)
            self.open[column] = statement
        statement.links.extend(sides[1:])
        statement.remarks.extend(part.remarks)

    def continues(self, statement: Statement, part: _Part, *, indented: bool) -> bool:
        """Whether a row that begins with a formula goes on with the side before it."""
        if part.form == "condition":
            return False
        head, last = part.sides[0].tokens, _last_side(statement)
        if self.joined or (not statement.links and not statement.first):
            return True
        if head[0].text in BINARY:
            return indented or len(part.sides) == 1 or head[0].text != "-"
        if last and (last[-1].text in BINARY or len(last) in paired(last).partner.values()):
            return True
        return indented and len(part.sides) == 1 and bool(statement.links)


def _last_side(statement: Statement) -> list[Token]:
    if statement.links:
        return statement.links[-1].tokens
    if statement.first is None:
        statement.first = []
    return statement.first


@dataclass
class _Part:
    """One statement's worth of a row: the first side is a link without relation, perhaps without tokens."""

    sides: list[Link]
    remarks: list[str] = field(default_factory=list)
    form: str = ""
    aside: bool = False  # a claim inside a remark: the row that follows does not go on from it


def _parts(tokens: list[Token]) -> list[_Part]:
    """A row cut where a new statement begins: at an arrow, a remark, a comma or a wide space before another claim."""
    claims = {start: (relation, after) for start, relation, after in relations(tokens)}
    parts = [_Part([Link("", [])])]
    levels = list(top_level(tokens))
    top = frozenset(levels)
    place = 0
    while place < len(tokens):
        part = parts[-1]
        side = part.sides[-1].tokens
        token = tokens[place]
        if place in claims:
            relation, after = claims[place]
            if len(part.sides) > 1 and not side:  # a second relation at once: `= \leq`; the first one stands
                place = after
                continue
            part.sides.append(Link(relation, []))
            place = after
        elif place in top and token.text in names.SEPARATORS:
            part.form = part.form or "premise"
            parts.append(_Part([Link("", [])], form="implied"))
            place += 1
        elif place in top and token.text in TEXTS and not _is_word(tokens, place):
            place = _remark(tokens, place, parts, claims)
        elif place in top and token.text == "(" and side and _is_aside(tokens, place):
            parts[-1].remarks.append("".join(one.text for one in tokens[place:]))
            break
        elif place in top and token.text == r"\forall":
            parts.extend(_condition(tokens[place + 1 :]) if any(len(one.sides) > 1 for one in parts) else ())
            break
        elif place in top and token.text in (",", ";") and _ends_claim(tokens, place, part, claims):
            parts.append(_Part([Link("", [])]))
            place += 1
        elif place in top and token.text in names.WIDE_SPACES:
            place = _wide_space(tokens, place, parts, claims, levels)
        else:
            if not (token.text in names.SPACES and not side):
                side.append(token)
            place += 1
    for part in parts:
        for link in part.sides:
            _strip(link.tokens)
    kept = [part for part in parts if any(link.tokens for link in part.sides) or len(part.sides) > 1]
    return kept or [_Part([Link("", [])])] if parts[0].sides[0].tokens or kept else []


def _strip(side: list[Token]) -> None:
    """Punctuation and spacing at the ends are no part of a formula."""
    while side and side[0].text in names.SPACES:
        side.pop(0)
    while side and (side[-1].text in (".", ",", ";", ":") or side[-1].text in names.SPACES):
        side.pop()
    while side and (side[-1].text in names.IGNORED and side[-1].text in (r"\qed", r"\square", r"\nonumber", r"\notag")):
        side.pop()
        _strip(side)


def _is_aside(tokens: list[Token], place: int) -> bool:
    r"""Whether a bracket at the end of a row holds nothing but words, `(\text{evidence lower bound})`."""
    if place + 1 >= len(tokens) or tokens[place + 1].text not in TEXTS or _is_word(tokens, place + 1):
        return False
    after = after_argument(tokens, place + 2)
    rest = [token.text for token in tokens[after:]]
    return rest[:1] == [")"] and all(sign in (".", ",", ";") for sign in rest[1:])


def _is_word(tokens: list[Token], place: int) -> bool:
    r"""Whether `\text{...}` is the name of an operator or of a quantity, not a remark."""
    after = after_argument(tokens, place + 1)
    inner = tokens[place + 2 : after - 1]
    word = "".join(token.text for token in inner)
    if not inner or any(token.spaced for token in inner[1:]) or not word.isalpha():
        return False
    following = tokens[after].text if after < len(tokens) else ""
    if word.lower() in names.WORDS and word.lower() not in ("e", "mean"):
        return True
    return word in ("E", "V", "H", "d") or (word.isupper() and following != "") or following in ("(", "[", "_", "^")


def _remark(tokens: list[Token], place: int, parts: list[_Part], claims: dict[int, tuple[str, int]]) -> int:
    """A remark in words ends the statement; what follows is one of its own, or the condition that it speaks of."""
    after = after_argument(tokens, place + 1)
    words = "".join((" " if token.spaced else "") + token.text for token in tokens[place + 1 : after]).strip("{} ")
    parts[-1].remarks.append(words)
    follows = any(start >= after for start in claims)
    first = words.lower().split()[:1]
    condition = bool(first) and first[0].strip(",.()") in _CONDITIONS
    if not parts[-1].sides[-1].tokens and len(parts[-1].sides) == 1:
        parts[-1].form = parts[-1].form or ("condition" if condition and len(words.split()) < _MOST_WORDS else "")
    else:
        if not follows and not condition:
            return (
                after
                if after < len(tokens) and tokens[after].text in (".", ",")
                else _rest_is_formula(tokens, after, parts)
            )
        aside = not (first and first[0].strip(",.()") in _CONNECTIVES)
        parts.append(_Part([Link("", [])], form="condition" if condition else "", aside=aside))
    return after


def _rest_is_formula(tokens: list[Token], after: int, parts: list[_Part]) -> int:
    """Behind a remark without a claim of its own nothing is read."""
    return len(tokens) if len(parts[-1].sides) > 1 else after


def _ends_claim(tokens: list[Token], place: int, part: _Part, claims: dict[int, tuple[str, int]]) -> bool:
    if len(part.sides) < 2 or not part.sides[-1].tokens:
        return False
    following = [start for start in claims if start > place]
    if not following:
        return False
    gap = tokens[place + 1 : following[0]]
    return bool(gap) and not any(token.text in names.DOTS for token in gap)


def _wide_space(
    tokens: list[Token], place: int, parts: list[_Part], claims: dict[int, tuple[str, int]], levels: list[int]
) -> int:
    """A wide space: between formula and relation nothing, before another claim its beginning, before `(1)` the end."""
    after = place
    while after < len(tokens) and (tokens[after].text in names.SPACES or tokens[after].text in names.IGNORED):
        after += 1
    part = parts[-1]
    if len(part.sides) == 1 and _is_label(part.sides[0].tokens) and after < len(tokens):
        part.sides[0].tokens.clear()
        return after
    if after >= len(tokens) or not part.sides[-1].tokens or after in claims or tokens[after].text in BINARY:
        return after
    if part.sides[-1].tokens[-1].text in BINARY:
        return after
    follows = any(start > after for start in claims)
    if len(part.sides) > 1 and follows:
        parts.append(_Part([Link("", [])]))
    elif (
        len(part.sides) > 1
        and tokens[after].text in ("(", "[")
        and not any(k > after + 1 and tokens[k].text not in (".", ",", ";") for k in levels)
    ):
        closing = max(k for k, token in enumerate(tokens) if token.text in (")", "]"))
        inside = tokens[after + 1 : closing]
        if next(relations(inside), None) is None and any(token.text in BINARY for token in inside):
            return after  # a factor, and no condition or label
        parts.extend(_condition(inside))
        return len(tokens)
    return after


def _condition(tokens: list[Token]) -> Iterator[_Part]:
    """What `(x > 0)`, behind a formula, says; nothing where it says no relation."""
    claims = list(relations(tokens))
    if claims:
        ends = [*(start for start, _, _ in claims[1:]), len(tokens)]
        links = [Link(relation, tokens[after:end]) for (_, relation, after), end in zip(claims, ends, strict=True)]
        yield _Part([Link("", tokens[: claims[0][0]]), *links], form="condition")


def _is_label(side: list[Token]) -> bool:
    """Whether a side is only `(a)` or `a)` or `(1)`, a label before the formula."""
    texts = [token.text for token in side]
    if texts[:1] == ["("]:
        texts = texts[1:]
    return len(texts) == 2 and texts[1] == ")" and len(texts[0]) == 1 and texts[0] in "abcdefi123456789"


# ---------------------------------------------------------------- claims below braces


def _brace_claims(tokens: list[Token]) -> Iterator[Statement]:
    r"""`\underbrace{x}_{= y}` claims x = y; so does `\cancelto{y}{x}`."""
    for place, token in enumerate(tokens):
        if token.text in (r"\underbrace", r"\overbrace"):
            after = after_argument(tokens, place + 1)
            while after < len(tokens) and tokens[after].text in (r"\limits",):
                after += 1
            script = SUB if token.text == r"\underbrace" else SUPER
            if after + 1 < len(tokens) and tokens[after].kind == script:
                end = after_argument(tokens, after + 1)
                label = tokens[after + 2 : end - 1] if tokens[after + 1].kind == OPEN else [tokens[after + 1]]
                yield from _claim(tokens[place + 2 : after - 1], list(label))
        elif token.text == r"\cancelto":
            middle = after_argument(tokens, place + 1)
            end = after_argument(tokens, middle)
            if tokens[place + 1 : middle] and tokens[middle:end]:
                inner = list(tokens[middle + 1 : end - 1])
                yield Statement(inner, [Link("=", list(tokens[place + 2 : middle - 1]))], [], "brace")


def _claim(inside: list[Token], label: list[Token]) -> Iterator[Statement]:
    _strip(label)
    while label and label[0].text in names.SPACES:
        label.pop(0)
    words = next((k for k in top_level(label) if label[k].text in TEXTS and not _is_word(label, k)), len(label))
    label = label[:words]
    found = list(relations(label))
    if found and found[0][0] == 0:
        links: list[Link] = []
        for number, (_, relation, after) in enumerate(found):
            end = found[number + 1][0] if number + 1 < len(found) else len(label)
            links.append(Link(relation, label[after:end]))
        if all(link.tokens for link in links):
            yield Statement(inside, links, [], "brace")
    elif label and all(token.kind == DIGIT for token in label):
        yield Statement(inside, [Link("=", label)], [], "brace")

r"""A display as rows and cells: tables taken apart, equations that stand side by side kept apart.

It must not know what a formula means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from derivations.latex import names
from derivations.latex.relations import CLOSES, OPENS, after_argument, begins_with_relation, has_relation, relations
from derivations.latex.tokens import ALIGN, CONTROL, DIGIT, LETTER, OPEN, Token

_ROW_ENDS: Final = frozenset({"\\\\", r"\newline", r"\cr", r"\tabularnewline", r"\crcr"})
_TABLES: Final = frozenset(
    {"cases", "rcases", "dcases", "matrix", "pmatrix", "bmatrix", "vmatrix", "Bmatrix", "smallmatrix"}
)
_WITH_ARGUMENT: Final = frozenset({"alignat", "array", "IEEEeqnarray", "xalignat", "alignedat", "numcases", "empheq"})
BINARY: Final = frozenset({"+", "-", r"\cdot", r"\times", "*", "/", r"\pm"})
TEXTS: Final = frozenset(command for command, font in names.FONTS.items() if font == "text")


def table(tokens: Sequence[Token], environment: str) -> Iterator[list[list[list[Token]]]]:
    """The rows of a display; each row has its columns, equations side by side, and each of these its cells."""
    aligned = environment.rstrip("*") not in ("gather", "gathered")
    several = False
    for row in _rows(_unwrapped(_laid_open(tokens), environment.rstrip("*"))):
        columns = list(_columns(row, aligned=aligned, several=several))
        several = several or len(columns) > 1
        yield columns


def _laid_open(tokens: Sequence[Token]) -> list[Token]:
    r"""The tokens without boxes and overlays around whole rows: `\boxed{a = b}`, `\uncover<2->{&= c}`."""
    dropped: set[int] = set()
    for place, token in enumerate(tokens):
        if token.text not in names.WRAPPERS or token.kind != CONTROL:
            continue
        after = place + 1
        if after < len(tokens) and tokens[after].text == "<":
            while after < len(tokens) and tokens[after].text != ">":
                after += 1
            dropped.update(range(place, min(after + 1, len(tokens))))
            after += 1
        if token.text in names.COLOURED:
            after = after_argument(tokens, after)
        if after >= len(tokens) or tokens[after].kind != OPEN:
            continue
        end = after_argument(tokens, after)
        inside = list(tokens[after + 1 : end - 1])
        if has_relation(inside) or any(one.kind == ALIGN or one.text in _ROW_ENDS for one in inside):
            dropped.update((*range(place, after + 1), end - 1))
    return [token for place, token in enumerate(tokens) if place not in dropped]


def _unwrapped(tokens: Sequence[Token], environment: str) -> list[Token]:
    r"""The tokens without the `\begin` and `\end` of alignments; those of other tables stay, as one token each."""
    found: list[Token] = []
    place = after_argument(tokens, 0) if environment in _WITH_ARGUMENT else 0
    while place < len(tokens):
        token = tokens[place]
        if token.text in (r"\begin", r"\end") and place + 1 < len(tokens) and tokens[place + 1].kind == OPEN:
            name, after = _environment_name(tokens, place + 1)
            place = after
            if name.rstrip("*") in _TABLES:
                cases = name.rstrip("*") in ("cases", "dcases", "rcases")
                text = {r"\begin": r"\cases", r"\end": r"\endcases"}[token.text] if cases else token.text
                found.append(Token(CONTROL, text, token.start, tokens[after - 1].end, spaced=True))
            elif token.text == r"\begin":
                if name.rstrip("*") in _WITH_ARGUMENT:
                    place = after_argument(tokens, place)
                elif place + 2 < len(tokens) and tokens[place].text == "[" and tokens[place + 2].text == "]":
                    place += 3
            continue
        if token.text in (r"\label", r"\tag") and token.kind == CONTROL:
            place = after_argument(tokens, place + 1)
            continue
        found.append(token)
        place += 1
    return found


def _environment_name(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    name = ""
    place += 1
    while place < len(tokens) and (tokens[place].kind in (LETTER, DIGIT) or tokens[place].text == "*"):
        name += tokens[place].text
        place += 1
    closed = place < len(tokens) and tokens[place].text == "}"
    return name, place + closed


def _rows(tokens: list[Token]) -> Iterator[list[Token]]:
    """The rows; a row's end inside a small table or a stack is none."""
    row: list[Token] = []
    inner, place = 0, 0
    guarded = _stack_ranges(tokens)
    while place < len(tokens):
        token = tokens[place]
        inner += (token.text in OPENS) - (token.text in CLOSES)
        place += 1
        if token.text in _ROW_ENDS and token.kind == CONTROL and inner <= 0 and place - 1 not in guarded:
            if row:
                yield row
            row = []
            place = _after_row_end(tokens, place)
        elif token.text in (r"\intertext", r"\shortintertext") and inner <= 0:
            if row:
                yield row
            row = []
            place = after_argument(tokens, place)
        else:
            row.append(token)
    if row:
        yield row


def _stack_ranges(tokens: list[Token]) -> frozenset[int]:
    guarded: set[int] = set()
    for place, token in enumerate(tokens):
        if token.text in (r"\substack", r"\shortstack", r"\parbox") or token.text in TEXTS:
            guarded.update(range(place, min(after_argument(tokens, place + 1), place + 200)))
    return frozenset(guarded)


def _after_row_end(tokens: list[Token], place: int) -> int:
    r"""Past the star and the length of `\\*[4pt]`."""
    if place < len(tokens) and tokens[place].text == "*":
        place += 1
    if place < len(tokens) and tokens[place].text == "[":
        word = ""
        for ahead in range(place + 1, min(len(tokens), place + 12)):
            if tokens[ahead].text == "]":
                measure = word.lstrip("-.0123456789")
                return ahead + 1 if measure in _LENGTHS else place
            word += tokens[ahead].text
    return place


_LENGTHS: Final = frozenset(
    {"pt", "ex", "em", "mm", "cm", "in", "px", "bp", r"\baselineskip", r"\jot", r"\smallskipamount"}
)


def _columns(row: list[Token], *, aligned: bool, several: bool) -> Iterator[list[list[Token]]]:
    """The equations that stand side by side in a row, each as its cells; `several` says that a row before had them."""
    cells: list[list[Token]] = [[]]
    inner = 0
    for token in row:
        inner += (token.text in OPENS) - (token.text in CLOSES)
        if token.kind == ALIGN and inner <= 0:
            cells.append([])
        else:
            cells[-1].append(token)
    group = [cells[0]]
    for place in range(1, len(cells)):
        cell = cells[place]
        after = cells[place + 1] if place + 1 < len(cells) else []
        before = [token for one in group for token in one]
        if aligned and cell and not cells[place - 1] and _is_remark(cell) and has_relation(before):
            if has_relation(cell):  # a reason with a formula in it is a statement of its own
                yield group
                group = [cell]
            continue
        resumes = several and place % 2 == 0 and not cell and begins_with_relation(after) and has_relation(before)
        starts = resumes or (
            aligned and place % 2 == 0 and cell and has_relation(before) and not _goes_on(before, cell)
        )
        if starts and (has_relation(cell) or begins_with_relation(after)):
            yield group
            group = [cell]
        else:
            group.append(cell)
    yield group


def _is_remark(cell: list[Token]) -> bool:
    """Whether a cell behind `&&` says something in words, or begins with words."""
    return cell[0].text in TEXTS or (not has_relation(cell) and any(token.text in TEXTS for token in cell))


def _goes_on(before: list[Token], cell: list[Token]) -> bool:
    """Whether a cell goes on with the formula before it."""
    found = list(relations(before))
    if found and found[-1][2] == len(before):
        return True
    return begins_with_relation(cell) or cell[0].text in BINARY or (bool(before) and before[-1].text in BINARY)

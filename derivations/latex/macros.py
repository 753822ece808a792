r"""The author's own macros: found in the source, expanded within a budget, positions kept.

Known forms: `\newcommand` and its kin with optional arguments, `\def` with parameters, `\let`,
`\DeclareMathOperator`, `\DeclarePairedDelimiter`, `\NewDocumentCommand`. A body is only ever substituted.

>>> macros = Macros()
>>> macros.learn(tokenize(r"\newcommand{\half}[1]{\frac{#1}{2}}"), 0)
16
>>> "".join(token.text for token in macros.expanded(tokenize(r"\half{x}")))
'\\frac{x}{2}'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from derivations.errors import NotationError
from derivations.latex.tokens import CLOSE, CONTROL, OPEN, PARAMETER, Token, tokenize

_COMMANDS: Final = frozenset(
    {r"\newcommand", r"\renewcommand", r"\providecommand", r"\DeclareRobustCommand", r"\newrobustcmd"}
)
_DEFS: Final = frozenset({r"\def", r"\gdef", r"\edef", r"\xdef"})
_OPERATORS: Final = frozenset({r"\DeclareMathOperator", r"\operatornamedef"})
_DOCUMENT_COMMANDS: Final = frozenset(
    {r"\NewDocumentCommand", r"\RenewDocumentCommand", r"\DeclareDocumentCommand", r"\ProvideDocumentCommand"}
)
DEFINERS: Final = (
    _COMMANDS | _DEFS | _OPERATORS | _DOCUMENT_COMMANDS | {r"\let", r"\DeclarePairedDelimiter", r"\futurelet"}
)
# What an author may not take away: redefining these would hide the structure of the page.
_KEPT: Final = frozenset({r"\begin", r"\end", r"\\", r"\frac", r"\left", r"\right", r"\sum", r"\prod"})
_SHIFTS: Final = frozenset({"$", r"\(", r"\)", r"\[", r"\]"})
_BUDGET: Final = 20_000


@dataclass(frozen=True)
class Macro:
    """A macro: number of arguments, defaults of the optional first ones, and a body with `#1` ... in it."""

    arity: int
    body: tuple[Token, ...]
    defaults: tuple[tuple[Token, ...] | None, ...] = ()
    delimiters: tuple[str, ...] = ()
    starred: bool = False

    def formula_places(self) -> frozenset[int]:
        """The arguments that stand in a formula of the body: those of the first formula that has any."""
        inside, found = False, set[int]()
        for token in self.body:
            if token.text in _SHIFTS:
                inside = not inside if token.text == "$" else token.text in (r"\(", r"\[")
                if not inside and found:
                    break
            elif inside and token.kind == PARAMETER:
                found.add(int(token.text[1]))
        return frozenset(found)


@dataclass
class Macros:
    """The macros known so far, and how many tokens their expansions may still produce in this document."""

    table: dict[str, Macro] = field(default_factory=dict)
    left: int = 10 * _BUDGET

    def learn(self, tokens: Sequence[Token], place: int) -> int:
        """Learn the definition that begins at `place`; returns where it ends, `place + 1` if it is broken."""
        reader = _Reader(tokens, place + 1)
        command = tokens[place].text
        reader.take_star()
        name = reader.name()
        if name is None:
            return place + 1
        macro = self._definition(command, reader)
        if macro is not None and name not in _KEPT:
            self.table[name] = macro
        return reader.place if macro is not None else place + 1

    def _definition(self, command: str, reader: _Reader) -> Macro | None:
        if command in _COMMANDS:
            return _newcommand(reader)
        if command in _DEFS:
            return _def(reader)
        if command in _DOCUMENT_COMMANDS:
            return _document_command(reader)
        if command == r"\let":
            reader.skip("=")
            target = reader.next()
            return None if target is None else self.table.get(target.text, Macro(0, (target,)))
        body = reader.group()
        if body is None:
            return None
        if command == r"\DeclarePairedDelimiter":
            right = reader.group() or ()
            inside = [*tokenize(r"\left"), *body, *tokenize("#1"), *tokenize(r"\right"), *right]
            return Macro(1, tuple(inside), starred=True)
        return Macro(0, (*tokenize(r"\operatorname"), *tokenize("{"), *body, *tokenize("}")))

    def expanded(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with all macros expanded; a token out of a body stands where the call stands.

        Raises: NotationError where the expansion does not end within the budget.
        """
        if not any(token.text in self.table or token.text in DEFINERS for token in tokens if token.kind == CONTROL):
            return list(tokens)
        waiting = list(reversed(tokens))
        done: list[Token] = []
        produced = 0
        while waiting:
            token = waiting.pop()
            macro = self.table.get(token.text) if token.kind == CONTROL else None
            if macro is None:
                if token.text in DEFINERS and token.kind == CONTROL:
                    self._learn_inside(token, waiting)
                else:
                    done.append(token)
                continue
            body = _call(macro, token, waiting)
            produced += len(body) + 1
            self.left -= len(body) + 1
            if produced > _BUDGET or self.left < 0:
                raise NotationError(token.text, 0, "macros that expand to a formula of readable size")
            waiting.extend(reversed(body))
        return done

    def _learn_inside(self, token: Token, waiting: list[Token]) -> None:
        """A definition inside a display."""
        rest = [token, *reversed(waiting[-400:])]
        used = self.learn(rest, 0)
        for _ in range(used - 1):
            waiting.pop()


def _call(macro: Macro, token: Token, waiting: list[Token]) -> list[Token]:
    """Take the arguments of a call from `waiting` and fill the body in."""
    arguments: list[Sequence[Token]] = []
    reader = _Reader(list(reversed(waiting[-4000:])), 0)
    if macro.starred:
        reader.take_star()
    for delimiter in macro.delimiters[:1]:
        if delimiter:
            reader.skip(delimiter)
    for number in range(macro.arity):
        default = macro.defaults[number] if number < len(macro.defaults) else None
        if number < len(macro.defaults):
            found = reader.optional()
            arguments.append(found if found is not None else (default or ()))
        else:
            until = macro.delimiters[number + 1] if number + 1 < len(macro.delimiters) else ""
            arguments.append(reader.until(until) if until else reader.argument())
    for _ in range(reader.place):
        waiting.pop()
    end = reader.tokens[reader.place - 1].end if reader.place else token.end
    end = max(end, token.end)
    body: list[Token] = []
    for part in macro.body:
        if part.kind == PARAMETER:
            place = int(part.text[1]) - 1
            body.extend(arguments[place] if place < len(arguments) else ())
        else:
            body.append(Token(part.kind, part.text, token.start, end, part.spaced))
    return body


class _Reader:
    """Reads names, groups and arguments from a list of tokens."""

    def __init__(self, tokens: Sequence[Token], place: int) -> None:
        self.tokens, self.place = tokens, place

    def peek(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def next(self) -> Token | None:
        token = self.peek()
        self.place += token is not None
        return token

    def skip(self, text: str) -> bool:
        token = self.peek()
        found = token is not None and token.text == text
        self.place += found
        return found

    def take_star(self) -> None:
        self.skip("*")

    def name(self) -> str | None:
        braced = self.skip("{")
        token = self.next()
        if braced:
            self.skip("}")
        return token.text if token is not None and token.kind == CONTROL else None

    def group(self) -> tuple[Token, ...] | None:
        """A braced group without its braces, or None; never runs over a missing brace for ever."""
        if not self.skip("{"):
            return None
        start, depth = self.place, 1
        while (token := self.next()) is not None:
            depth += (token.kind == OPEN) - (token.kind == CLOSE)
            if depth == 0:
                return tuple(self.tokens[start : self.place - 1])
        self.place = start
        return None

    def argument(self) -> tuple[Token, ...]:
        token = self.peek()
        if token is None or token.kind == CLOSE:
            return ()
        if token.kind == OPEN:
            return self.group() or ()
        self.place += 1
        return (token,)

    def optional(self) -> tuple[Token, ...] | None:
        if not self.skip("["):
            return None
        start = self.place
        depth = 0
        while (token := self.next()) is not None:
            depth += (token.kind == OPEN) - (token.kind == CLOSE)
            if token.text == "]" and depth == 0:
                return tuple(self.tokens[start : self.place - 1])
        self.place = start
        return ()

    def until(self, text: str) -> tuple[Token, ...]:
        start = self.place
        while (token := self.next()) is not None:
            if token.text == text:
                return tuple(self.tokens[start : self.place - 1])
        self.place = start
        return self.argument()


def _newcommand(reader: _Reader) -> Macro | None:
    arity, default = 0, None
    size = reader.optional()
    if size is not None:
        arity = int(size[0].text) if len(size) == 1 and size[0].text.isdigit() else 0
        default = reader.optional()
    body = reader.group()
    if body is None:
        token = reader.next()
        body = None if token is None else (token,)
    return None if body is None else Macro(arity, body, () if default is None else (default,))


def _def(reader: _Reader) -> Macro | None:
    arity, delimiters = 0, [""]
    while (token := reader.peek()) is not None and token.kind != OPEN:
        if token.kind == PARAMETER:
            arity += 1
            delimiters.append("")
        else:
            delimiters[-1] = token.text
        reader.place += 1
        if reader.place > len(reader.tokens) or arity > 9:
            return None
    body = reader.group()
    return None if body is None else Macro(arity, body, (), tuple(delimiters))


def _document_command(reader: _Reader) -> Macro | None:
    signature = reader.group()
    body = reader.group()
    if signature is None or body is None:
        return None
    kinds = [token.text for token in signature if token.text in ("m", "o", "O", "s")]
    optional = [kind for kind in kinds if kind in ("o", "O")]
    return Macro(len([k for k in kinds if k != "s"]), body, tuple(() for _ in optional), starred="s" in kinds)

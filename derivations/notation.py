"""The plain notation: a formula as one line of text, for the table of rules, the given, tests and frozen files.

It is what `str(term)` writes, so `read(str(term)) == term`. This is our own notation, not a student's LaTeX.

    relation   :=  sum [("=" | "<" | "<=" | ">" | ">=" | "!=" | "in") sum]
    sum        :=  ["-"] product (("+" | "-") product)*
    product    :=  factor (("*" | "/") factor)*
    factor     :=  "-" factor | postfix ["^" factor]
    postfix    :=  atom ("[" relation "]")*
    atom       :=  number | "(" relation ")" | name | name "(" relation, ... ")"
                 | binder "[" name ("in" | "=") sum "]" "(" relation, ... ")"

A name that begins with "?" is a metavariable: it stands for any term, `?F(z)` for any term that may mention z.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from derivations.errors import NotationError
from derivations.term import App, Num, Term, Var, at, bind, neg
from derivations.vocabulary import BINDERS, CONSTANTS, FUNCTIONS, POINT_BINDERS

_TOKEN: Final = re.compile(r"\s*(?:(\d+)|(\??[^\W\d][\w']*)|(<=|>=|!=|[-+*/^=<>()\[\],]))")
_BINDING: Final = re.compile(r"\[\s*[^\W\d][\w']*\s*(?:=|in\b)")  # else d[i] is a component of d
_RELATIONS: Final = {"=", "<", "<=", ">", ">=", "!=", "in"}
_DEPTH: Final = 60  # nested brackets, so that no walk over a term runs out of stack
_LENGTH: Final = 200  # terms in a sum, which nest to the left


def read(text: str) -> Term:
    """Read one formula or proposition in the plain notation.

    Raises: NotationError, with the place and what was expected there.

    >>> print(read("sum[z in Z](q(phi, z) * log(q(phi, z)))"))
    sum[z in Z](q(phi, z) * log(q(phi, z)))
    >>> read("1 + )")
    Traceback (most recent call last):
    derivations.errors.NotationError: line 1, column 5: expected a term
      1 + )
          ^
    """
    reader = _Reader(text)
    term = reader.relation()
    if reader.kind is not None:
        raise NotationError(text, reader.start, "the end of the formula")
    return term


class _Reader:
    """A recursive descent over the tokens; `kind` is the token class, `token` its text."""

    def __init__(self, text: str) -> None:
        self.text, self.position, self.depth = text, 0, 0
        self.kind: str | None = None
        self.token, self.start = "", 0
        self._next()

    def _next(self) -> None:
        found = _TOKEN.match(self.text, self.position)
        if found is None:
            rest = self.text[self.position :]
            self.start = self.position + len(rest) - len(rest.lstrip())
            if rest.strip():
                raise NotationError(self.text, self.start, "a number, a name or a sign")
            self.start = len(self.text)
            self.kind, self.token = None, ""
            return
        number, name, sign = found.groups()
        self.kind = "number" if number else "name" if name else "sign"
        self.token = number or name or sign
        self.start, self.position = found.start(found.lastindex or 0), found.end()

    def _expect(self, sign: str) -> None:
        if self.token != sign or self.kind is None:
            raise NotationError(self.text, self.start, f"'{sign}'")
        self._next()

    def relation(self) -> Term:
        left = self._sum()
        if self.token in _RELATIONS:
            sign = self.token
            self._next()
            right = self._sum()
            if sign in (">", ">="):
                left, right, sign = right, left, {">": "<", ">=": "<="}[sign]
            left = App(sign, (left, right))
        return left

    def _sum(self) -> Term:
        return self._left_associative(self._product, ("+", "-"))

    def _product(self) -> Term:
        return self._left_associative(self._factor, ("*", "/"))

    def _left_associative(self, part: Callable[[], Term], signs: tuple[str, ...]) -> Term:
        term, length = part(), 1
        while self.kind == "sign" and self.token in signs:
            length += 1
            if length > _LENGTH:
                raise NotationError(self.text, self.start, f"at most {_LENGTH} terms in a row")
            sign = self.token
            self._next()
            term = App(sign, (term, part()))
        return term

    def _factor(self) -> Term:
        self.depth += 1
        if self.depth > _DEPTH:
            raise NotationError(self.text, self.start, f"at most {_DEPTH} nested brackets")
        term = self._signed()
        self.depth -= 1
        return term

    def _signed(self) -> Term:
        if self.kind == "sign" and self.token == "-":
            self._next()
            return neg(self._product())  # -a*b is -(a*b)
        term = self._postfix()
        if self.kind == "sign" and self.token == "^":
            self._next()
            return App("^", (term, self._factor()))
        return term

    def _postfix(self) -> Term:
        term = self._atom()
        while self.kind == "sign" and self.token == "[":
            self._next()
            term = at(term, self.relation())
            self._expect("]")
        return term

    def _atom(self) -> Term:
        token, start = self.token, self.start
        if self.kind == "number":
            self._next()
            return Num(int(token))
        if self.kind == "sign" and token == "(":
            self._next()
            term = self.relation()
            self._expect(")")
            return term
        if self.kind != "name":
            raise NotationError(self.text, start, "a term")
        self._next()
        if token in BINDERS and _BINDING.match(self.text, self.start):
            return self._binder(token, start)
        if self.token == "(" and self.kind == "sign":
            return self._built(start, lambda: App(token, self._arguments()))
        if token in CONSTANTS:
            return App(token)
        if token in FUNCTIONS:
            raise NotationError(self.text, self.start, f"the arguments of {token}")
        return Var(token)

    def _arguments(self) -> list[Term]:
        self._expect("(")
        found = [self.relation()]
        while self.token == "," and self.kind == "sign":
            self._next()
            found.append(self.relation())
        self._expect(")")
        return found

    def _binder(self, head: str, start: int) -> Term:
        self._expect("[")
        name = self.token
        self._next()
        self._expect("=" if head in POINT_BINDERS else "in")
        arg = self._sum()
        self._expect("]")
        return self._built(start, lambda: bind(head, name, arg, *self._arguments()))

    def _built(self, start: int, build: Callable[[], Term]) -> Term:
        """Build, and turn a wrong number of arguments into an error with a place."""
        try:
            return build()
        except NotationError:
            raise
        except ValueError as error:
            raise NotationError(self.text, start, f"another number of arguments ({error})") from error

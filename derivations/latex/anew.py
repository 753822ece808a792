r"""Names that are defined a second time: `Let $f(x) = x^2$. ... Now take $f(x) = x^3$.`

Words tell whether `f(x) = ...` defines f anew or claims something of the f that is known. Where they do not, what
follows is read with both, and only a verdict that both share counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from derivations.latex.blocks import Block
from derivations.latex.letters import Letters
from derivations.latex.naming import Name, named
from derivations.latex.profile import Profile
from derivations.latex.scope import Definition, Scope
from derivations.latex.sides import Side
from derivations.latex.source import Source
from derivations.latex.telling import Telling
from derivations.term import Term

_LOOKED_AT: Final = 120  # characters before a formula
_BEFORE: Final = re.compile(r".*(?:[.:;!?]\s|\$|\\\]|\\\)|\\end\{[^}]*\}|\n\s*\n)", re.DOTALL)
_DEFINING: Final = re.compile(
    r"\b(?:let|set|put|define|denote|choose|take|fix|consider|suppose|assume|if|for|instead|redefine|next|new|another|case"
    r"|example|function|model|exercise|with|sei(?:en)?|setze|definiere|wähle|betrachte|nehmen|wenn|falls|für|neu\w*|Beispiel"
    r"|nechť|označme|položme|buď|uvažujme|pokud|pro|příklad)\b|\\(?:item|(?:sub)*section|paragraph)\b|\(?\b[a-z\d]\)\s*$",
    re.IGNORECASE,
)
_CLAIMING: Final = re.compile(
    r"\b(?:then|thus|hence|so|therefore|consequently|have|get|obtain|find|see|gives?|yields?|becomes?|equals?|using|by|since"
    r"|follows?|expand\w*|simplif\w*|substitut\w*|rewrit\w*|rearrang\w*|plug\w*|insert\w*|again|also|recall|show\w*|prove\w*"
    r"|dann|also|daher|somit|folgt|erhalten|gilt|einsetzen|umformen|pak|tedy|proto|dostaneme|platí|máme)\b",
    re.IGNORECASE,
)


class Restated(Telling):
    """Notices where a name that was defined is said to be something else."""

    def __init__(self, source: Source, profile: Profile, assumed: Sequence[Term]) -> None:
        super().__init__(source, profile, assumed)
        self.others: dict[str, Definition] = {}  # what names may have been defined to be since
        self.restated: Name | None = None  # the name that a statement may define anew
        self.places: dict[str, int] = {}  # where the displays begin that define names

    def forget(self) -> None:
        """Another assignment begins: its letters are new."""
        super().forget()
        self.others.clear()

    def defines_anew(self, side: Side, letters: Letters, scope: Scope, block: Block) -> bool:
        """Whether a statement whose left side is a known name defines it; what cannot be told is remembered."""
        name = self.known_name(side, letters, scope)
        if name is None:
            return False
        words = self.words_before(block)
        if _CLAIMING.search(words) or self.places.get(name.name) == block.start:  # a further row of its own display
            return False
        if _DEFINING.search(words):
            self.others.pop(name.name, None)
            return True
        self.restated = name
        return False

    def known_name(self, side: Side, letters: Letters, scope: Scope) -> Name | None:
        """The name that a left side is, where the author has defined it."""
        if side.formula is None:
            return None
        found = named(side.formula.nodes, letters, self.is_known(scope) - self.definitions.keys())
        return found.name if found is not None and found.name and found.name.name in self.definitions else None

    def words_before(self, block: Block) -> str:
        """The words between a formula and what stands before it: another formula, a sentence, a heading."""
        before = self.source.text[max(block.start - _LOOKED_AT, 0) : block.start]
        before = re.sub(r"(?:\$\$?|\\\[|\\\(|\\begin\{[^}]*\})\s*$", "", before)
        last = _BEFORE.match(before)
        words = before[last.end() :] if last else before
        label = re.search(r"(?:\w+\s+\w+|\(?\w\))[.:]\s*$", before)  # `Example 2.`, `(b)`
        return words if words.strip() or label is None else label[0]

    def take_other(self, side: Side, scope: Scope) -> None:
        """Remember what a name may have been defined to be by a statement that leaves it open."""
        name, self.restated = self.restated, None
        term = self.read_in(side, scope) if name is not None else None
        if name is not None and term is not None and side.formula is not None:
            source = side.formula.nodes if scope.setting.kind == "joint" else None
            self.others[name.name] = Definition(name.name, name.parameters, term, name.indexed, source)

    def with_others(self, sides: Sequence[Side], scopes: list[Scope]) -> list[Scope]:
        """The scopes, and the first one with what the names of a chain may have been defined to be."""
        letters = {one.name for one in self.mentioned(sides)}
        others = [self.read_together(one, scopes[0]) if one.source else one for one in self.others.values()]
        met = {one.name: one for one in others if one.name in letters}
        return [*scopes, replace(scopes[0], definitions={**scopes[0].definitions, **met})] if met else scopes

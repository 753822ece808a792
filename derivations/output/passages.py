r"""Texts with formulas, as LaTeX: no formula reaches the page that does not stand.

In a text, `[[...]]` holds a formula in the plain notation. A term is printed as it is; a relation is a statement, and
is printed only if it is given, belongs to what was proved, or is proved here and now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from derivations.claim import Claim
from derivations.conditions import holds
from derivations.errors import ClaimFailed
from derivations.given import Given
from derivations.latex.printer import latex
from derivations.latex.style import Style
from derivations.matching import metavariables
from derivations.notation import read
from derivations.output.templates import escape_tex
from derivations.prover import verdict_on
from derivations.term import App, Bind, Num, Term, Var, substituted, subterms
from derivations.vocabulary import RELATIONS

_FORMULA: Final = re.compile(r"\[\[(.+?)\]\](?!\])")
_DISPLAY: Final = re.compile(r"(?:\((\d+)\) )?\[\[((?:(?!\]\] ).)+)\]\]")
_WORDS: Final = re.compile(r"\\text\{ ([^}]*) \}")
_PROPOSITIONS: Final = frozenset(
    {"forall", "pmf", "ignores", "decreasing", "increasing", "differentiable", "continuous"}
)


@dataclass(frozen=True)
class Author:
    """Who speaks: the texts of a claim or a question, under its given, in its style.

    `proved` are the propositions that stand already.
    """

    name: str
    given: Given
    style: Style
    proved: tuple[Term, ...] = ()

    @classmethod
    def of(cls, claim: Claim, style: Style, *steps: Term) -> Author:
        """The author of the texts of a proved claim with these steps."""
        return cls(claim.name, claim.assumptions, style, (claim.proposition, *steps))

    def formula(self, term: Term) -> str:
        """A term that stands, for mathematics mode."""
        return latex(term, self.style)

    def inline(self, term: Term) -> str:
        """A term that stands, in a line of text; its words can be broken across lines."""
        return "$" + _WORDS.sub(r"$ \1~$", self.formula(term)) + "$"

    def condition(self, term: Term) -> str:
        """A given fact or a side condition; what it says for all values is said of letters."""
        letters: dict[str, Term] = {name: Var(name.removeprefix("?")) for name in _open_letters(term)}
        return self.inline(substituted(term, letters))

    def letters(self, term: Term) -> str:
        """The letters of which a given fact is said for all values; empty where it speaks of one value only."""
        return ", ".join(self.inline(Var(name.removeprefix("?"))) for name in _open_letters(term))

    def prose(self, text: str, where: str) -> str:
        """A text as LaTeX.

        Raises: ClaimFailed, naming the author and the place, where a formula in it does not stand; NotationError
                where one cannot be read.
        """
        return _woven(text, lambda formula: self.inline(self.checked(read(formula), where)))

    def heading(self, text: str, where: str) -> str:
        """A heading, with the plain notation of its formulas for the outline of the PDF."""
        outline = _FORMULA.sub(lambda found: found[1], text)
        if outline == text:
            return escape_tex(text)
        return rf"\texorpdfstring{{{self.prose(text, where)}}}{{{escape_tex(outline)}}}"

    def checked(self, term: Term, where: str) -> Term:
        """The term, if it states nothing or what it states stands. Raises ClaimFailed."""
        if not is_proposition(term) or self._known(term) or self._names_a_case(term):
            return term
        verdict = verdict_on(term, self.given)
        if verdict.kind != "proved":
            found = f" by {verdict.counterexample}" if verdict.counterexample else ""
            raise ClaimFailed(self.name, where, f"the text says {term}, which is {verdict.kind}{found}")
        return term

    def _known(self, term: Term) -> bool:
        return term in self.given or any(term in subterms(statement) for statement in self.proved)

    def _names_a_case(self, term: Term) -> bool:
        """`z = 1` names a case of a variable and states nothing, if the variable may have that value."""
        match term:
            case App("=", (Var(name), Num() as value)):
                domains = (_domain(fact, name) for fact in self.given.about(name))
                return all(holds(App("in", (value, domain)), self.given) for domain in domains if domain is not None)
        return False


def is_proposition(term: Term) -> bool:
    """Whether a term states something."""
    return isinstance(term, App | Bind) and (term.head in RELATIONS or term.head in _PROPOSITIONS)


def outlined(text: str) -> str:
    """A text with its formulas in the plain notation, for terminals and outlines.

    >>> outlined("The mean is [[1 / m]].")
    'The mean is 1 / m.'
    """
    return _FORMULA.sub(lambda found: found[1], text)


def displayed(author: Author, paragraphs: Sequence[str], where: str) -> tuple[tuple[str, str, str], ...]:
    """Paragraphs as (kind, LaTeX, number): a "text", or a formula to "display" with a number or none.

    Raises: ClaimFailed for a formula that does not stand.
    """
    found = []
    for paragraph in paragraphs:
        display = _DISPLAY.fullmatch(paragraph)
        if display is None:
            found.append(("text", author.prose(paragraph, where), ""))
        else:
            term = author.checked(read(display[2]), where)
            found.append(("display", author.formula(term), display[1] or ""))
    return tuple(found)


def formulas(text: str) -> list[Term]:
    """The formulas of a text.

    >>> formulas("Let [[a]] be [[v[i]]].")
    [<a>, <v[i]>]
    """
    return [read(found) for found in _FORMULA.findall(text)]


def _woven(text: str, printed: Callable[[str], str]) -> str:
    """Words escaped, formulas printed."""
    parts = _FORMULA.split(text)
    return "".join(printed(part) if place % 2 else escape_tex(part) for place, part in enumerate(parts))


def _open_letters(term: Term) -> list[str]:
    return [name for name in sorted({*term.free_vars, *metavariables(term)}) if name.startswith("?")]


def _domain(fact: Term, name: str) -> Term | None:
    """The set that a fact puts a variable in; None for a fact of another kind."""
    match fact:
        case App("in", (Var(found), domain)) if found == name:
            return domain
    return None

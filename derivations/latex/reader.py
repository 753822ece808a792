r"""The reader's two doors: one formula, or a whole document.

>>> print(read_formula(r"\nabla_\varphi \sum_z q_\varphi(z|x) \log p_\theta(x|z)"))
d[phi = phi](sum[z in Z](q(phi, x, z) * log(p(theta, x, z))))
>>> [(step.line, step.kind) for step in read_document(r"Let $a = b + 1$. \[ \log a^2 = 2 \log a \]").steps]
[(1, 'definition'), (1, 'claim')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from derivations.errors import NotationError
from derivations.given import Given
from derivations.latex.blocks import Block, Scan
from derivations.latex.chains import ChainReader
from derivations.latex.document import UNREAD, Chain, Document, Passage
from derivations.latex.macros import Macros
from derivations.latex.meaning import Reader, term_of
from derivations.latex.profile import Profile, Setting, load
from derivations.latex.scope import Scope
from derivations.latex.source import Source, source_of
from derivations.latex.statements import Statement, statements
from derivations.latex.syntax import parse
from derivations.latex.tasks import TaskState, guessed
from derivations.latex.tokens import CLOSE, DIGIT, LETTER, OPEN, SUB, SUPER, Token, tokenize
from derivations.term import App, Term

# `assume` holds from its place on, until `assume nothing` takes all assumptions back.
_ASSUME: Final = re.compile(r"%\s*derivations:\s*assume\s+([^\n]+)")
_NOTHING: Final = "nothing"
_DOLLARS: Final = re.compile(r"\$([^$]{1,200})\$")
_MOST_STEPS: Final = 5000
_RELATION: Final = {"=": "=", "<": "<", "<=": "<=", ">": "<", ">=": "<=", "!=": "!=", "in": "in"}


def read_formula(
    text: str,
    profile: Profile | str = "seminar7",
    task: str | None = None,
    *,
    symbols: Iterable[str] = (),
    constants: bool = False,
) -> Term:
    r"""One formula, or one relation, as a term.

    `symbols` are letters that stand for numbers, whatever the profile says; with `constants`, a bare pi that is none
    of them is 3.14...

    Raises: NotationError with the place that is not understood.

    >>> print(read_formula(r"\mathrm{Var}_{q_\beta}[z] \geq 0"))
    0 <= Var[z in bits](bern(beta, z), z)
    """
    profile = load(profile) if isinstance(profile, str) else profile
    source = text.strip().strip("$")
    scope = Scope.of(profile, setting_of(profile, task or guessed("", source), source))
    scope.symbols.update(dict.fromkeys(symbols))
    scope.constants = constants
    tokens = Macros().expanded(tokenize(source))
    if _is_one_side(tokens):
        return term_of(parse(tokens, source), scope, source)[0]
    found = statements(tokens)
    if len(found) != 1 or len(found[0].links) > 1 or (found[0].links and found[0].first is None):
        raise NotationError(source, 0, "one formula or one relation")
    first = term_of(parse(found[0].first or [], source), scope, source)[0]
    if not found[0].links:
        return first
    link = found[0].links[0]
    if link.relation not in _RELATION:
        raise NotationError(source, link.tokens[0].start, "another relation")
    formula = parse(link.tokens, source)
    if link.relation == "in":
        return App("in", (first, Reader(scope, source).domain(formula.nodes)))
    second = term_of(formula, scope, source)[0]
    sides = (second, first) if link.relation in (">", ">=") else (first, second)
    return App(_RELATION[link.relation], sides)


# Signs and commands that neither relate nor separate formulas: with no others, a formula is one side.
_WITHIN: Final = frozenset({
    "+", "-", "*", "/", "(", ")", "[", "]", "|", "!", "'", r"\frac", r"\dfrac", r"\tfrac", r"\sqrt", r"\binom", r"\log",
    r"\ln", r"\exp", r"\tanh", r"\left", r"\right", r"\cdot", r"\times", r"\lvert", r"\rvert", r"\,", r"\operatorname",
    r"\mathrm", r"\alpha", r"\beta", r"\gamma", r"\theta", r"\lambda", r"\mu", r"\sigma", r"\pi", r"\partial", r"\phi",
})  # fmt: skip
_PLAIN_KINDS: Final = frozenset({LETTER, DIGIT, OPEN, CLOSE, SUPER, SUB})


def _is_one_side(tokens: Sequence[Token]) -> bool:
    """Whether nothing in a formula can separate or relate parts of it; then it needs no search for them."""
    return bool(tokens) and all(token.kind in _PLAIN_KINDS or token.text in _WITHIN for token in tokens)


def setting_of(profile: Profile, task: str | None, source: str) -> Setting:
    """The setting of a task, unless the letters of a formula belong to another one."""
    setting = profile.setting(task)
    if setting.kind == "bernoulli pair" and "log" in source and "KL" not in source and "\\nabla" in source:
        return profile.settings[0]
    return setting


def read_document(
    text: str | bytes, profile: Profile | str = "seminar7", task: str | None = None, kind: str | None = None
) -> Document:
    """All chains of a LaTeX source, a Markdown page or a notebook.

    `task` is the task where the document does not say; `kind` is "tex", "markdown" or "notebook" if it is known.
    Raises: NotationError for an unknown profile and a document that is too large. What cannot be read inside the
    document is a step of the kind `unread`.
    """
    profile = load(profile) if isinstance(profile, str) else profile
    return _DocumentReader(source_of(text, kind), profile, task).document()


class _DocumentReader:
    """Walks through the blocks and hands each display to the reader of chains."""

    def __init__(self, source: Source, profile: Profile, task: str | None) -> None:
        self.source, self.profile = source, profile
        self.expected = None if task in ("1", "2", "3") else task
        self.scan = Scan(source)
        self.state = TaskState(task if task in ("1", "2", "3") else "")
        self.chains: list[Chain] = []
        self.headings: list[Passage] = []
        self.prose: list[Passage] = []
        self.notes: list[str] = []
        self.guess: str | None = None
        self.count, self.full = 0, False
        self.waiting: list[tuple[int, Statement, Block, str | None]] = []
        self.assumptions = [(line.start(), line[1].strip()) for line in _ASSUME.finditer(source.text)]
        self.reader = ChainReader(source, profile, [])

    def assume(self, position: int) -> None:
        """Take in the comments of the form `% derivations: assume x > 0` before this place."""
        while self.assumptions and self.assumptions[0][0] < position:
            _, said = self.assumptions.pop(0)
            if said == _NOTHING:
                self.reader.assumed = []
                continue
            for part in re.split(r",(?![^(]*\))", said.strip("$")):
                # One that is not understood is an error of the whole file: without it the verdicts would be others.
                self.reader.assumed = [*self.reader.assumed, read_formula(part, self.profile, self.expected)]

    def document(self) -> Document:
        for block in self.scan.blocks():
            self.assume(block.start)
            if block.kind == "math":
                self.mathematics(block)
            else:
                self.words(block)
        facts = dict.fromkeys(fact for chain in self.chains for fact in chain.given)
        return Document(
            profile=self.profile.name,
            chains=tuple(self.chains),
            given=Given(facts),
            definitions=tuple(self.reader.defined),
            prose=tuple(self.prose),
            headings=tuple(self.headings),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def words(self, block: Block) -> None:
        text = self.source.text[block.start : block.end]
        before = self.state.number
        if block.kind == "heading":
            self.state.heading(text)
            self.headings.append(Passage(self.source.place(block.start)[0], text, self.task("")))
        else:
            starts_line = block.start == 0 or self.source.text[block.start - 1] == "\n" or "\n" in text
            if starts_line or not self.prose:
                self.state.prose(text)
            self.add_prose(block, text)
        if self.state.number != before:
            self.reader.forget()
            self.waiting.clear()
        self.reader.words(text)

    def add_prose(self, block: Block, text: str) -> None:
        line = self.source.place(block.start)[0]
        if text.strip():
            self.prose.append(Passage(line, text.strip(), self.task("")))

    def task(self, formula: str) -> str | None:
        """The task here: from the headings, from what the caller expects, or from the letters of a formula."""
        if self.state.task is not None:
            return self.state.task
        if self.expected is not None and (not self.state.number or self.expected.startswith(self.state.number)):
            return self.expected
        if not formula:
            return None
        self.guess = guessed(self.state.number, formula) or self.guess
        return self.guess

    def mathematics(self, block: Block) -> None:
        if self.full:
            return
        written = self.source.text[block.start : block.end]
        self.notes.extend(block.notes)
        label = re.match(r"\s*\\(?:text|mbox|textbf|textrm)\s*\{([^{}]{1,20})\}", written)
        if label is not None:
            self.state.heading(label[1])
        try:
            written_tokens = [token for span in block.spans for token in tokenize(self.source.text, *span)]
            tokens = self.scan.macros.expanded(written_tokens)
        except NotationError as error:
            self.chains.append(self.reader.unreadable(block, error.expected, self.task(written)))
            return
        if block.inline:
            self.reader.inline(tokens)
        task = self.task(written)
        found = statements(tokens, block.environment)
        for statement in (*found, *self.remarked(block)):
            self.reader.foretell(statement, task)
        for statement in found:
            if self.count > _MOST_STEPS:
                self.too_long(block)
                return
            known = len(self.reader.definitions)
            chain = self.reader.chain(statement, block, task)
            if len(self.reader.definitions) > known:
                self.read_again()
            if chain is not None:
                if any(step.kind == UNREAD for step in chain.steps):
                    self.waiting.append((len(self.chains), statement, block, task))
                self.chains.append(chain)
                self.count += len(chain.steps)

    def remarked(self, block: Block) -> list[Statement]:
        """The formulas in the words inside a display, as of an intertext."""
        inside = [] if block.inline else _DOLLARS.finditer(self.source.text, block.start, block.end)
        return [one for found in inside for one in statements(tokenize(self.source.text, *found.span(1)))]

    def read_again(self) -> None:
        """A name was defined: what could not be read shortly before may have waited for it."""
        last = self.reader.last
        for place, statement, block, task in self.waiting[-8:]:
            chain = self.reader.chain(statement, block, task)
            if chain is not None and not any(step.kind == UNREAD for step in chain.steps):
                self.chains[place] = chain
                self.waiting.remove((place, statement, block, task))
        self.reader.last = last

    def too_long(self, block: Block) -> None:
        """What stands behind the last step that is read is one unread step, so that nothing passes in silence."""
        if not self.full:
            self.full = True
            self.chains.append(self.reader.unreadable(block, f"at most {_MOST_STEPS} steps in a document", None))

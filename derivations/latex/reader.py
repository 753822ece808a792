r"""The reader's two doors: one formula, or a whole document.

>>> print(read_formula(r"\nabla_\varphi \sum_z q_\varphi(z|x) \log p_\theta(x|z)"))
d[phi = phi](sum[z in Z](q(phi, x, z) * log(p(theta, x, z))))
>>> [(step.line, step.kind) for step in read_document(r"Let $a = b + 1$. \[ \log a^2 = 2 \log a \]").steps]
[(1, 'definition'), (1, 'claim')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from derivations.errors import NotationError, TooLong
from derivations.given import Given
from derivations.latex.blocks import Block, Scan
from derivations.latex.chains import ChainReader
from derivations.latex.document import UNREAD, Chain, Document, Passage
from derivations.latex.macros import Macros
from derivations.latex.meaning import Reader, term_of
from derivations.latex.nodes import Nodes, is_binomial
from derivations.latex.parts import in_letters_of
from derivations.latex.profile import Profile, Setting, load
from derivations.latex.scope import Scope
from derivations.latex.source import Source, source_of
from derivations.latex.statements import Statement, statements
from derivations.latex.style import GREEK
from derivations.latex.syntax import parse
from derivations.latex.tasks import TaskState, guessed
from derivations.latex.tokens import CLOSE, DIGIT, LETTER, OPEN, SUB, SUPER, Token, tokenize
from derivations.latex.uses import Uses
from derivations.term import App, Term

# A directive holds from its place on: `assume` until `assume nothing`, `task` until the next heading or `task none`.
_DIRECTIVE: Final = re.compile(r"%\s*derivations:\s*(assume|task)\s+([^\n]+)")
# A display that begins with the letter of its task: `\text{b)}` or `(b)\quad`.
_LABEL: Final = re.compile(r"\s*(?:\\(?:text|mbox|textbf|textrm)\s*\{([^{}]{1,20})\}|(\(?[a-c]\))\s*\\q?quad)")
_NOTHING: Final = "nothing"
_NONE: Final = "none"
_TOP_COMMA: Final = re.compile(r",(?![^(]*\)|[^{]*\})")
_DOLLARS: Final = re.compile(r"\$([^$]{1,200})\$")
_MOST_STEPS: Final = 5000
_LONGEST: Final = 60_000  # characters of one formula; a document is read piece by piece
_SHOWN: Final = 80
_RELATION: Final = {"=": "=", "<": "<", "<=": "<=", ">": "<", ">=": "<=", "!=": "!=", "in": "in"}


def read_formula(
    text: str,
    profile: Profile | str = "seminar7",
    task: str | None = None,
    *,
    symbols: Iterable[str] = (),
    constants: bool = False,
    wide: bool = False,
    outside: bool = False,
    reaching: bool = False,
    spread: bool = False,
    functions: Iterable[str] = (),
) -> Term:
    r"""One formula, or one relation, as a term.

    `symbols` are letters that stand for numbers, and `functions` those that have their arguments in a bracket, whatever
    the profile says; with `constants`, a bare pi that is none of them is 3.14... Read widely, 1/2x is 1/(2x), and an
    operator reaches as far as it may; `outside`, log(x)^2 is the power of a logarithm; `reaching`, sums, products and
    derivatives take in all terms behind them; `spread`, V(x) is a variance.

    Raises: NotationError with the place that is not understood.

    >>> print(read_formula(r"\mathrm{Var}_{q_\beta}[z] \geq 0"))
    0 <= Var[z in bits](bern(beta, z), z)
    """
    profile = load(profile) if isinstance(profile, str) else profile
    source = text.strip().strip("$")
    if len(source) > _LONGEST:
        raise TooLong(source[:_SHOWN], 0, f"a formula of at most {_LONGEST} characters")
    if task is None and len(profile.settings) > 1:
        task = guessed("", source)
    scope = Scope.of(profile, setting_of(profile, task, source))
    scope.symbols.update(dict.fromkeys(symbols))
    scope.functions.update(functions)
    scope.circle, scope.alone, scope.wide, scope.outside = constants, constants, wide, outside
    scope.reaching, scope.spread = reaching, spread
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
    r"\ln", r"\exp", r"\tanh", r"\sinh", r"\cosh", r"\sin", r"\cos", r"\tan", r"\left", r"\right", r"\cdot", r"\times",
    r"\lvert", r"\rvert", r"\,", r"\operatorname", r"\mathrm", r"\partial", *(f"\\{letter}" for letter in GREEK),
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
    text: str | bytes,
    profile: Profile | str = "seminar7",
    task: str | None = None,
    kind: str | None = None,
    *,
    assumed: Iterable[Term] = (),
) -> Document:
    """All chains of a LaTeX source, a Markdown page or a notebook.

    `task` is the task where the document does not say; `kind` is "tex", "markdown" or "notebook" if it is known;
    `assumed` is given beside what the document says.
    Raises: NotationError for an unknown profile and a document that is too large. What cannot be read inside the
    document is a step of the kind `unread`.
    """
    profile = load(profile) if isinstance(profile, str) else profile
    source = source_of(text, kind)
    survey = Survey.of(source, profile, task)
    # Letters play the parts of an assignment; a document that names none of them keeps a textbook's.
    used = in_letters_of(profile, survey.uses) if survey.told else profile
    reader = _DocumentReader(source, used, task, survey.inline)
    reader.reader.assumed.extend(assumed)
    return reader.document()


@dataclass
class Survey:
    """A first walk through a document: the uses of letters in each setting, and each assignment's inline claims."""

    uses: dict[str, Uses]
    inline: dict[str, list[Statement]] = field(default_factory=dict)
    told: bool = False  # whether a heading, or the caller, names an assignment

    @classmethod
    def of(cls, source: Source, profile: Profile, task: str | None) -> Survey:
        """The survey of a source; `task` is expected where the document does not say."""
        scan, state = Scan(source), TaskState(task if task in ("1", "2", "3") else "")
        found = cls({setting.name: Uses(profile.aliases) for setting in profile.settings}, told=task is not None)
        for block in scan.blocks():
            text = source.text[block.start : block.end]
            if block.kind == "heading":
                state.heading(text)
            elif block.kind == "prose":
                state.prose(text)
            else:
                names = _settings_of(profile, state.task or (None if state.number else task), state.number, text)
                found.take(source, scan, block, names, state.number)
            found.told = found.told or bool(state.number)
        return found

    def take(self, source: Source, scan: Scan, block: Block, names: list[str], number: str) -> None:
        """Count the uses in one display."""
        try:
            tokens = scan.macros.expanded([token for span in block.spans for token in tokenize(source.text, *span)])
        except NotationError:
            return
        for statement in statements(tokens, block.environment):
            if block.inline and len(statement.links) == 1:
                self.inline.setdefault(number, []).append(statement)
            if [link.relation for link in statement.links] == ["sim"]:
                self.counted(source, statement, names)
            for side in (statement.first or [], *(link.tokens for link in statement.links)):
                try:
                    nodes = parse(side, source.text).nodes if side else Nodes()
                except NotationError:
                    continue
                for name in names:
                    self.uses[name].take(nodes)

    def counted(self, source: Source, statement: Statement, names: list[str]) -> None:
        r"""`K \sim \mathrm{Bin}(n, a)`: K is a count, not the variable of one draw."""
        try:
            left, right = (
                parse(statement.first or [], source.text).nodes,
                parse(statement.links[0].tokens, source.text).nodes,
            )
        except (NotationError, IndexError):
            return
        if len(left) == 1 and right and is_binomial(right[0]):
            for name in names:
                self.uses[name].counts[self.uses[name].name(left[0])] += 1


def _settings_of(profile: Profile, task: str | None, number: str, text: str) -> list[str]:
    """The settings that a passage may belong to."""
    task = task or guessed(number, text) if number in ("", "3") else task
    if task is not None and task not in ("1", "2", "3"):
        return [profile.setting(task).name]
    return [one.name for one in profile.settings if any(name.startswith(number) for name in one.tasks)]


class _DocumentReader:
    """Walks through the blocks and hands each display to the reader of chains."""

    def __init__(self, source: Source, profile: Profile, task: str | None, inline: dict[str, list[Statement]]) -> None:
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
        self.directives = [(line.start(), line[1], line[2].strip()) for line in _DIRECTIVE.finditer(source.text)]
        self.reader = ChainReader(source, profile, [])
        self.inline = inline
        self.told_ahead()

    def directed(self, position: int) -> None:
        """Take in the comments of the form `% derivations: assume x > 0` and `... task 3b` before a place."""
        while self.directives and self.directives[0][0] < position:
            _, directive, said = self.directives.pop(0)
            if directive == "task":
                self.state = TaskState(*said[:2]) if said != _NONE else TaskState()
            elif said == _NOTHING:
                self.reader.assumed = []
            else:
                self.assume(said)

    def assume(self, said: str) -> None:
        """One that is not understood is an error of the whole file: without it the verdicts would be others."""
        for part in _TOP_COMMA.split(said.strip("$")):
            self.reader.assumed = [*self.reader.assumed, read_formula(part, self.profile, self.expected)]

    def document(self) -> Document:
        for block in self.scan.blocks():
            self.directed(block.start)
            if block.kind == "math":
                self.mathematics(block)
            else:
                self.words(block)
        later = self.reader.heard_later
        self.chains = [replace(chain, steps=tuple(map(later, chain.steps))) for chain in self.chains]
        facts = dict.fromkeys(fact for chain in self.chains for fact in chain.given)
        return Document(
            profile=self.profile.name,
            chains=tuple(self.chains),
            given=Given(facts),
            definitions=tuple(self.reader.defined),
            prose=tuple(self.prose),
            headings=tuple(self.headings),
            notes=tuple(dict.fromkeys(self.notes)),
            style=self.profile.style,
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
            self.told_ahead()
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
        label = _LABEL.match(written)
        if label is not None:
            self.state.heading(label[1] or label[2])
        try:
            written_tokens = [token for span in block.spans for token in tokenize(self.source.text, *span)]
            tokens = self.scan.macros.expanded(written_tokens)
        except NotationError as error:
            self.chains.append(self.reader.unreadable(block, error.expected, self.task(written)))
            return
        if block.inline:
            self.reader.inline(tokens)
        task = self.task(written)
        self.reader.told = bool(self.state.number) or self.expected is not None
        found = statements(tokens, block.environment)
        for statement in (*found, *self.remarked(block)):
            self.reader.foretell(statement, task)
            self.reader.overhear(statement)
        for statement in found:
            if self.count > _MOST_STEPS:
                self.too_long(block)
                return
            known = len(self.reader.definitions)
            chain = self.chain(statement, block, task)
            if (
                len(self.reader.definitions) > known and self.reader.case is None
            ):  # a case is not one of what was before
                self.read_again()
            if chain is not None:
                if any(step.kind == UNREAD or step.unexplained for step in chain.steps):
                    self.waiting.append((len(self.chains), statement, block, task))
                self.chains.append(chain)
                self.count += len(chain.steps)

    def chain(self, statement: Statement, block: Block, task: str | None) -> Chain | None:
        """The chain of a statement; one unread step where no single side can be blamed."""
        try:
            return self.reader.chain(statement, block, task)
        except NotationError as error:
            return self.reader.unreadable(block, error.expected, task)

    def told_ahead(self) -> None:
        """Take in which parameters the sentences of this assignment tell, also behind the formulas that use them."""
        for statement in self.inline.get(self.state.number, []):
            self.reader.foretell(statement, self.state.number + "a", first=True)

    def remarked(self, block: Block) -> list[Statement]:
        """The formulas in the words inside a display, as of an intertext."""
        inside = [] if block.inline else _DOLLARS.finditer(self.source.text, block.start, block.end)
        return [one for found in inside for one in statements(tokenize(self.source.text, *found.span(1)))]

    def read_again(self) -> None:
        """A name was defined: what could not be read shortly before may have waited for it."""
        last = self.reader.last
        for place, statement, block, task in self.waiting[-8:]:
            chain = self.chain(statement, block, task)
            if chain is not None and not any(step.kind == UNREAD or step.unexplained for step in chain.steps):
                self.chains[place] = chain
                self.waiting.remove((place, statement, block, task))
        self.reader.last = last

    def too_long(self, block: Block) -> None:
        """What stands behind the last step that is read is one unread step, so that nothing passes in silence."""
        if not self.full:
            self.full = True
            self.chains.append(self.reader.unreadable(block, f"at most {_MOST_STEPS} steps in a document", None))

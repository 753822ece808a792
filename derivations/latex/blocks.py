r"""A document as a row of blocks: mathematics, headings, prose; broken ends are closed where the paragraph ends.

Nothing is executed, no file is opened: `\input` is prose. It must not look inside a formula.

>>> from derivations.latex.source import source_of
>>> [block.kind for block in blocks(source_of(r"\section{One} Let $a = b$. \[ c = d \]"))]
['heading', 'prose', 'math', 'prose', 'math']
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from derivations.latex.macros import DEFINERS, Macros
from derivations.latex.source import Source
from derivations.latex.tokens import tokenize

ENVIRONMENTS: Final = frozenset(
    f"{name}{star}"
    for name in (
        "equation", "align", "alignat", "flalign", "eqnarray", "gather", "multline", "IEEEeqnarray", "displaymath",
        "math", "dmath", "dgroup", "xalignat", "split", "aligned", "gathered", "multlined", "array", "subequations",
        "empheq", "numcases", "alignedat",
    )
    for star in ("", "*")
)  # fmt: skip
_VERBATIM: Final = frozenset({"verbatim", "verbatim*", "lstlisting", "minted", "comment", "filecontents", "Verbatim"})
_HEADINGS: Final = frozenset(
    {"part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "title", "item",
     "exercise", "task", "question", "problem", "textbf", "textsc", "underline", "bf", "textit", "emph", "assignment"}
)  # fmt: skip
_SECTION: Final = re.compile(
    r"\\(?:part|chapter|(?:sub)*section|(?:sub)?paragraph|end\{document\}|begin\{document\})(?![a-zA-Z])"
)
_EVENT: Final = re.compile(
    r"(?P<comment>%[^\n]*)"
    r"|(?P<fence>^[ \t]*(?:```|~~~)[^\n]*$)"
    r"|(?P<code>`[^`\n]+`)"
    r"|(?P<verb>\\verb\*?([^a-zA-Z\s*]).*?(?:\5|$)|\\lstinline([^a-zA-Z\s]).*?(?:\6|$))"
    r"|(?P<directive>^[ \t]*\.\. math::[^\n]*$)"
    r"|(?P<begin>\\begin\s*\{(?P<env>[A-Za-z]+\*?)\})"
    r"|(?P<open>\\\\?[\[(]|\$\$?)"
    r"|(?P<command>\\[A-Za-z]+\*?)"
    r"|(?P<escape>\\.)"
    r"|(?P<mark>^\#{1,6}[ \t][^\n]*$|^\*\*[^*\n]+\*\*|^[ \t]*\w+\n(?:===+|---+)$)",
    re.MULTILINE | re.DOTALL,
)
_BLANK: Final = re.compile(r"\n[ \t]*\n|\Z")


@dataclass(frozen=True)
class Block:
    """A part of the document: `kind` is math, heading or prose; `start` and `end` enclose its contents."""

    kind: str
    start: int
    end: int
    environment: str = ""
    notes: tuple[str, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()  # of a formula that is spread over several arguments of a macro

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The offsets of the formula, part by part."""
        return self.parts or ((self.start, self.end),)

    @property
    def inline(self) -> bool:
        r"""Whether it stands inside a line: `$...$` or `\(...\)`."""
        return self.environment in ("$", r"\(", "math")


@dataclass
class Scan:
    """A walk through the source that learns macros on the way."""

    source: Source
    macros: Macros = field(default_factory=Macros)

    def __post_init__(self) -> None:
        text = self.source.text
        # Where paragraphs and sections end: looked up for every formula, so found once.
        self._blanks = [found.start() for found in _BLANK.finditer(text)]
        self._sections = [found.start() for found in _SECTION.finditer(text)]

    def blocks(self) -> Iterator[Block]:
        """The blocks in order."""
        text = self.source.text
        place = prose = 0
        while (found := _EVENT.search(text, place)) is not None:
            block, after = self.block_at(found)
            if block is None:
                place = max(after, found.start() + 1)
                continue
            if text[prose : found.start()].strip():
                yield Block("prose", prose, found.start())
            yield block
            place = prose = max(after, found.start() + 1)
        if text[prose:].strip():
            yield Block("prose", prose, len(text))

    def block_at(self, found: re.Match[str]) -> tuple[Block | None, int]:
        """The block that begins at an event, and where to go on."""
        kind, end = found.lastgroup, found.end()
        if found["env"] is not None:
            return self.environment(found["env"], found.start(), end)
        if kind == "fence":
            return self.fence(found) if self.source.markdown else (None, end)
        if kind == "directive":
            return self.directive(found)
        if kind == "code":
            return None, end if self.source.markdown else found.start() + 1
        if kind == "open":
            return self.delimited(found.group(), found.start(), end)
        if kind == "mark":
            return (Block("heading", found.start(), end), end) if self.source.markdown else (None, found.start() + 1)
        if kind == "command":
            return self.command(found)
        return None, end

    # ------------------------------------------------------------ mathematics

    def environment(self, name: str, start: int, body: int) -> tuple[Block | None, int]:
        """The display of an environment; the optional argument of any other one is a heading."""
        text = self.source.text
        if name in _VERBATIM:
            close = text.find(f"\\end{{{name}}}", body)
            return None, close if close >= 0 else self.first_behind(self._blanks, body)
        if name == "document" or name not in ENVIRONMENTS:
            label = re.compile(r"\[([^\]\n]{1,60})\]").match(text, body)
            return (Block("heading", label.start(1), label.end(1)), label.end()) if label else (None, body)
        if name == "subequations":
            return None, body
        end, after, notes = self.environment_end(name, body)
        return Block("math", body, end, name, notes), after

    def environment_end(self, name: str, body: int) -> tuple[int, int, tuple[str, ...]]:
        r"""Where an environment ends: at its `\end`, or where it was forgotten."""
        text = self.source.text
        limit = self.outer_limit(body)
        depth = 0
        for found in re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}?").finditer(text, body, limit):
            if found[1] == "begin":
                depth += 1
            elif depth:
                depth -= 1
            elif found[2] in ENVIRONMENTS and not self.abandoned(body, found.start()):
                notes = () if found[2] == name else (f"\\begin{{{name}}} is closed by \\end{{{found[2]}}}",)
                return found.start(), found.end(), notes
            else:
                break
        end = min(limit, self.first_behind(self._blanks, body))
        found_end = re.compile(r"\\end\s*\{[A-Za-z]+\*?\}?").search(text, body, end)
        if found_end is not None:
            return found_end.start(), found_end.end(), (f"\\begin{{{name}}} is not closed as it was opened",)
        return end, end, (f"\\begin{{{name}}} is never closed",)

    def abandoned(self, body: int, end: int) -> bool:
        """Whether prose of several paragraphs stands between a beginning and an end: then the end is not its own."""
        paragraphs = re.split(r"\n[ \t]*\n", self.source.text[body:end])
        return any(len(re.findall(r"(?<![\\\w])[A-Za-z]{4,}", part)) > 12 for part in paragraphs[1:])

    def outer_limit(self, body: int) -> int:
        """The next place at which no display can still be open."""
        return self.first_behind(self._sections, body)

    def first_behind(self, places: list[int], offset: int) -> int:
        """The first of some places from an offset on, the end of the text if there is none."""
        at = bisect_left(places, offset)
        return places[at] if at < len(places) else len(self.source.text)

    def delimited(self, sign: str, start: int, body: int) -> tuple[Block | None, int]:
        r"""`$...$`, `$$...$$`, `\(...\)`, `\[...\]`, also with two backslashes in Markdown."""
        text = self.source.text
        if sign.startswith(r"\\") and not self.source.markdown:
            return None, start + 2  # a row's end, such as \\[4pt]
        if sign == "$" and self.source.markdown and text[body : body + 1] in (" ", "\n", ""):
            return None, body
        paragraph = min(self.first_behind(self._blanks, body), self.outer_limit(body))
        display = sign == "$$" or sign.endswith("[")
        limit = self.outer_limit(body) if display else paragraph
        end, after = self.closing(sign, body, limit)
        if end is None:
            if not display:
                return None, body
            return Block("math", body, paragraph, sign[-2:], ("a display is never closed",)), paragraph
        if display and end > paragraph and self.abandoned(body, end):
            return Block("math", body, paragraph, sign[-2:], ("a display is never closed",)), paragraph
        environment = sign if sign.startswith("$") else "\\" + sign[-1]
        return Block("math", body, end, environment), after

    def closing(self, sign: str, body: int, limit: int) -> tuple[int | None, int]:
        """Where the mathematics that `sign` opened ends, and where to go on."""
        text = self.source.text
        if not sign.startswith("$"):
            wanted = sign[:-1] + ("]" if sign.endswith("[") else ")")
            at = self.unescaped(wanted, body, limit)
            return (None, body) if at < 0 else (at, at + len(wanted))
        depth = 0
        for found in re.compile(r"\\.|[{}]|\$\$?|%[^\n]*", re.DOTALL).finditer(text, body, limit):
            mark = found.group()
            depth += (mark == "{") - (mark == "}")
            if mark.startswith("$") and (depth <= 0 or sign == "$" or mark == "$$"):
                return found.start(), found.start() + (len(sign) if mark == "$$" else 1)
        return None, body

    def unescaped(self, wanted: str, body: int, limit: int) -> int:
        r"""The next `\]` that is not the tail of `\\]`; in Markdown's `\\[ \\]` the mark itself."""
        text = self.source.text
        at = text.find(wanted, body, limit)
        while at > 0 and len(wanted) == 2 and text[at - 1] == "\\" and not self.source.markdown:
            at = text.find(wanted, at + 1, limit)
        return at

    def fence(self, found: re.Match[str]) -> tuple[Block | None, int]:
        """A fenced block of Markdown: code is passed over, `math` is a display."""
        mark = found.group().strip()[:3]
        close = re.compile(rf"^[ \t]*{mark}[ \t]*$", re.MULTILINE).search(self.source.text, found.end())
        end = close.start() if close is not None else len(self.source.text)
        after = close.end() if close is not None else end
        if found.group().strip()[3:].strip() in ("math", "latex", "tex"):
            return Block("math", found.end(), end, "math*"), after
        return None, after

    def directive(self, found: re.Match[str]) -> tuple[Block | None, int]:
        """A display of reStructuredText: the lines below `.. math::` that are indented further."""
        text = self.source.text
        indent = len(found.group()) - len(found.group().lstrip())
        end = place = min(found.end() + 1, len(text))
        for line in text[place:].split("\n"):
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                break
            place += len(line) + 1
            end = place if line.strip() else end
        start = found.start() + found.group().index("::") + 2
        end = min(max(end, found.end()), len(text))
        options = re.compile(r"(?:\s*:\w+:[^\n]*)*").match(text, start)
        return Block("math", options.end() if options else start, end, "align*"), end

    # ------------------------------------------------------------ commands in the prose

    def command(self, found: re.Match[str]) -> tuple[Block | None, int]:
        """A macro that is defined or called here, or a heading."""
        name = found.group().rstrip("*")
        if name in DEFINERS:
            return None, self.learn(found.start())
        if name in self.macros.table:
            block, after = self.user_environment(name, found.end())
            return (block, after) if block is not None else self.user_display(name, found.end())
        if name[1:] in _HEADINGS:
            return self.heading(name[1:], found)
        return None, found.end()

    def user_display(self, name: str, after: int) -> tuple[Block | None, int]:
        """A macro that sets some of its arguments as a formula: these arguments are mathematics."""
        macro = self.macros.table[name]
        places = macro.formula_places()
        if not places:
            return None, after
        spans: list[tuple[int, int]] = []
        for number in range(1, macro.arity + 1):
            opening = re.compile(r"\s*(?:%[^\n]*\n\s*)*\{").match(self.source.text, after)
            end = None if opening is None else self.closing_brace(opening.end())
            if opening is None or end is None:
                break
            if number in places:
                spans.append((opening.end(), end))
            after = end + 1
            if number == max(places):
                break
        if not spans:
            return None, after
        return Block("math", spans[0][0], spans[-1][1], "macro", (), tuple(spans)), after

    def closing_brace(self, start: int) -> int | None:
        """The offset of the brace that closes the one before `start`."""
        depth = 1
        for found in re.compile(r"\\.|%[^\n]*|[{}]", re.DOTALL).finditer(self.source.text, start, start + 20_000):
            depth += (found.group() == "{") - (found.group() == "}")
            if depth == 0:
                return found.start()
        return None

    def heading(self, name: str, found: re.Match[str]) -> tuple[Block | None, int]:
        """The argument of a command that makes headings, unless it holds mathematics."""
        text = self.source.text
        if name == "bf":
            close = re.compile(r"[}\n]").search(text, found.end())
            end = close.start() if close is not None else len(text)
            return Block("heading", found.end(), end), end
        given = re.compile(r"\s*(?:\[([^\]\n]*)\])?(?:\{([^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*)\}?)?").match(
            text, found.end()
        )
        if given is None or (given[1] is None and given[2] is None):
            return None, found.end()
        span = given.span(2) if given[2] is not None and name != "item" else given.span(1)
        if span[0] < 0 or "$" in text[slice(*span)]:
            return None, found.end()
        return Block("heading", *span), span[1]

    def learn(self, start: int) -> int:
        """Learn a macro's definition; returns the offset behind it."""
        tokens = tokenize(self.source.text, start, min(len(self.source.text), start + 4000))
        used = self.macros.learn(tokens, 0)
        return tokens[min(used, len(tokens)) - 1].end

    def user_environment(self, name: str, after: int) -> tuple[Block | None, int]:
        r"""A macro that stands for `\begin{...}`: find its partner, a macro that stands for the `\end`."""
        body = "".join(token.text for token in self.macros.table[name].body)
        found = re.match(r"\\begin\{([A-Za-z]+\*?)\}", body)
        if found is None or found[1] not in ENVIRONMENTS:
            return None, after
        enders = [
            re.escape(other) + r"(?![A-Za-z])"
            for other, macro in self.macros.table.items()
            if "".join(token.text for token in macro.body).startswith(rf"\end{{{found[1]}}}")
        ]
        pattern = "|".join([*enders, rf"\\end\{{{re.escape(found[1])}\}}"])
        close = re.compile(pattern).search(self.source.text, after)
        if close is None:
            return None, after
        return Block("math", after, close.start(), found[1]), close.end()


def blocks(source: Source) -> Iterator[Block]:
    """The blocks of a document in order."""
    return Scan(source).blocks()

"""Reports as a page for people: the student's source beside its steps, formulas as MathML, no script, no network.

Everything that a document says reaches the page as escaped text or as a formula that was rebuilt from harmless parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Final

from markupsafe import Markup

from derivations.output.mathml import formula
from derivations.output.plain import SETTLED, Chain, File, Step, first_wrong, printable, total
from derivations.output.templates import render_html
from derivations.output.text import counts
from derivations.verdict import KINDS

TEMPLATE: Final = "report.html.j2"
# Sign, and what the verdict means, for the legend.
SIGNS: Final[Mapping[str, str]] = {
    "proved": "✓", "conditional": "✓?", "refuted": "✗", "undecided": "?", "unread": "…", "definition": ":=",
}  # fmt: skip
_LEGEND: Final[Mapping[str, str]] = {
    "proved": "a proof exists, checked move by move",
    "conditional": "proved under conditions that are left open",
    "refuted": "a counterexample exists: the two sides differ there",
    "undecided": "read, but neither proved nor refuted; no sign of an error",
    "unread": "the notation was not understood",
    "definition": "introduces a name; nothing to prove",
}
_RELATIONS: Final[Mapping[str, str]] = {
    "=": "=", "<=": r"\le", "<": "<", ">=": r"\ge", ">": ">", "!=": r"\ne", "approx": r"\approx", "propto": r"\propto",
}  # fmt: skip
_CLOSING: Final = re.compile(r"\s*(?:\\end\s*\{[^{}\n]*\}|\\\]|\$\$|```|[.,;])+\s*(?:%.*)?")


@dataclass(frozen=True)
class Segment:
    """A part of a source line: plain, or of the right-hand side of a step; `begins` are the steps that begin here."""

    text: str
    kind: str = ""
    begins: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A step as it is shown: texts and markup, nothing left to decide for the template."""

    kind: str
    sign: str
    line: int
    formula: Markup
    continued: bool
    message: str
    point: tuple[tuple[Markup, str], ...]
    sides: tuple[str, str] | None
    rounded: bool
    conditions: tuple[Markup, ...]
    mistake: str
    hint: str
    notes: tuple[str, ...]
    rules: tuple[str, ...]
    read_as: Markup | None
    recovers: int | None
    span: tuple[int, int]
    anchor: str = ""
    number: int = 0
    first_wrong: bool = False


@dataclass(frozen=True)
class Argument:
    """A chain as it is shown."""

    title: str
    steps: tuple[Shown, ...]


@dataclass
class Part:
    """Lines of the source up to the end of a chain, and the chains that end there."""

    lines: list[tuple[int, list[Segment]]] = field(default_factory=list)
    arguments: list[Argument] = field(default_factory=list)


def to_html(files: Sequence[File]) -> str:
    """One page about all files, complete in itself."""
    sheets = [_sheet(file, number) for number, file in enumerate(files, 1)]
    return render_html(
        TEMPLATE,
        title=printable(files[0]["path"]) if len(files) == 1 else f"{len(files)} files",
        tool=f"derivations {version('derivations')}",
        counts=counts(total(files)),
        sheets=sheets,
        legend=[(kind, SIGNS[kind], _LEGEND[kind]) for kind in KINDS],
    )


def typeset(file: File) -> File:
    """The file with its formulas typeset: slow work, for the process whose time and memory are limited."""
    _sheet(file, 1)
    return file


# ---------------------------------------------------------------- formulas


class _Typesetter:
    """Turns LaTeX into MathML, or into code where that fails; remembers what it made in the file."""

    def __init__(self, file: File) -> None:
        self.made = file["view"]["formulas"]

    def mathml(self, latex: str) -> str | None:
        if latex not in self.made:
            self.made[latex] = formula(latex)
        return self.made[latex]

    def any_of(self, *choices: str | None) -> Markup:
        """The first choice that can be typeset; else the first as code."""
        told = [choice for choice in choices if choice]
        for latex in told:
            made = self.mathml(latex)
            if made is not None:
                return Markup(made)  # noqa: S704  (rebuilt from harmless elements, text escaped)
        return Markup("<code>{}</code>").format(printable(told[0] if told else ""))

    def step(self, step: Step, *, continued: bool = False) -> Markup:
        """A step as a formula; behind another one of its chain only relation and right-hand side."""
        read = step["read_as"]
        relation = _RELATIONS.get(step["relation"], step["relation"])
        sides = [] if continued else [self.any_of(step["lhs"], read["lhs"])]
        return Markup(" ").join([*sides, self.any_of(relation), self.any_of(step["rhs"], read["rhs"])])

    def reading(self, step: Step) -> Markup | None:
        left, right = step["read_as"]["lhs"], step["read_as"]["rhs"]
        if left is None or right is None:
            return None
        relation = _RELATIONS.get(step["relation"], step["relation"])
        return Markup(" ").join([self.any_of(left), self.any_of(relation), self.any_of(right)])


# ---------------------------------------------------------------- a file


def _sheet(file: File, number: int) -> dict[str, object]:
    arguments = _arguments(file, f"f{number}")
    places = [max((step.span[1] for step in argument.steps), default=0) for argument in arguments]
    goals = file["goals"].items()
    steps = (step for argument in arguments for step in argument.steps)
    return {
        "path": printable(file["path"]),
        "anchor": f"f{number}",
        "errors": [printable(error) for error in file["errors"]],
        "counts": [(kind, SIGNS[kind], file["summary"][kind]) for kind in KINDS if file["summary"][kind]],
        "goals": [(name, goal["status"], goal["line"], printable(goal["detail"])) for name, goal in goals],
        "first_wrong": next((step for step in steps if step.kind == "refuted"), None),
        "parts": _parts(file, arguments, places),
    }


def _arguments(file: File, anchor: str) -> list[Argument]:
    setter = _Typesetter(file)
    wrong = first_wrong(file)
    found: list[Argument] = []
    number = 0
    for chain in file["chains"]:
        shown: list[Shown] = []
        for place, step in enumerate(chain["steps"]):
            number += 1
            made = _shown(step, chain, place, setter)
            shown.append(replace(made, anchor=f"{anchor}s{number}", number=number, first_wrong=step is wrong))
        task = f"Task {chain['task']}, " if chain["task"] else ""
        found.append(Argument(printable(f"{task}line {chain['line']}"), tuple(shown)))
    return found


def _shown(step: Step, chain: Chain, place: int, setter: _Typesetter) -> Shown:
    found = step["counterexample"]
    before = chain["steps"][:place]
    breaks = step["verdict"] == "refuted" and all(other["verdict"] != "refuted" for other in before)
    # A step that needs a look is shown with both sides, any other one as its author writes a chain.
    continued = bool(before) and before[-1]["rhs"] == step["lhs"] and step["verdict"] in SETTLED
    conditions = zip(step["view"]["conditions"], step["conditions"], strict=True)
    return Shown(
        kind=step["verdict"],
        sign=SIGNS[step["verdict"]],
        line=step["line"],
        formula=setter.step(step, continued=continued),
        continued=continued,
        message=printable(step["reason"] or ""),
        point=tuple(_coordinate(setter, step, name, text) for name, text in (found["point"] if found else {}).items()),
        sides=(found["lhs"], found["rhs"]) if found else None,
        rounded=bool(found and "..." in found["lhs"] + found["rhs"]),
        conditions=tuple(_condition(setter, tex, text) for tex, text in conditions),
        mistake=step["mistake"] or "",
        hint=printable(step["hint"] or ""),
        notes=tuple(map(printable, step["notes"])),
        rules=tuple(step["rules"]),
        read_as=setter.reading(step),
        recovers=chain["recovers"] if breaks else None,
        span=step["view"]["span"],
    )


def _coordinate(setter: _Typesetter, step: Step, name: str, text: str) -> tuple[Markup, str]:
    """A name of the counterexample as a symbol, a table's call as code, and the value."""
    names = step["view"]["point"]
    shown = setter.any_of(names[name]) if name in names else Markup("<code>{}</code>").format(printable(name))
    return shown, printable(text)


def _condition(setter: _Typesetter, latex: str, text: str) -> Markup:
    made = setter.mathml(latex) if latex else None
    return Markup("<code>{}</code>").format(text) if made is None else setter.any_of(latex)


# ---------------------------------------------------------------- the source with its marks


def _parts(file: File, arguments: Sequence[Argument], places: Sequence[int]) -> list[Part]:
    """The source cut behind the display of each chain, so that its steps stand beside it."""
    text = file["view"]["text"]
    if not text:
        return [Part(arguments=list(arguments))] if arguments else []
    lines = _lines(text)
    segments = _Segments(text, [step for argument in arguments for step in argument.steps])
    parts = [Part()]
    waiting = sorted(zip(places, range(len(arguments)), strict=True))
    for number, (start, end) in enumerate(lines):
        parts[-1].lines.append((file["view"]["lines"][number], list(segments.between(start, end))))
        while waiting and waiting[0][0] <= end:
            parts[-1].arguments.append(arguments[waiting.pop(0)[1]])
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        if parts[-1].arguments and not _CLOSING.fullmatch(following):
            parts.append(Part())
    parts[-1].arguments += [arguments[k] for _, k in waiting]
    return [part for part in parts if part.lines or part.arguments]


def _lines(text: str) -> list[tuple[int, int]]:
    """Where the lines begin and end; blank ones at the end of the text are left out."""
    starts = [0, *(at + 1 for at, sign in enumerate(text.rstrip()) if sign == "\n")]
    ends = [*(start - 1 for start in starts[1:]), len(text.rstrip())]
    return list(zip(starts, ends, strict=True))


class _Segments:
    """Cuts lines where steps begin and end; where steps lie in one another, the inner one gives the colour."""

    def __init__(self, text: str, steps: Sequence[Shown]) -> None:
        self.text = text
        self.steps = sorted(steps, key=lambda step: step.span)
        self.next = 0
        self.open: list[Shown] = []

    def between(self, start: int, end: int) -> Iterator[Segment]:
        """The segments of a line; lines are asked for in order."""
        while self.next < len(self.steps) and self.steps[self.next].span[0] <= end:
            self.open.append(self.steps[self.next])
            self.next += 1
        self.open = [step for step in self.open if step.span[1] > start]
        inside = {at for step in self.open for at in step.span if start < at < end}
        cuts = sorted({start, end, *inside})
        for left, right in zip(cuts, [*cuts[1:], end], strict=True):
            begins = tuple(step for step in self.open if step.span[0] == left)
            over = [step for step in self.open if step.span[0] <= left and step.span[1] >= right]
            inner = min(over, key=lambda step: step.span[1] - step.span[0], default=None)
            if right > left or begins:
                yield Segment(printable(self.text[left:right]), inner.kind if inner else "", begins)

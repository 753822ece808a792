"""Reports for the terminal: place and verdict of a step, the author's line with the step underlined, and why.

The author's text is quoted with control characters made visible, so that a document cannot command the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from derivations.output.plain import SETTLED, Chain, File, Step, Summary, first_wrong, printable, total

QUIET, NORMAL, VERBOSE = -1, 0, 1
_COLOURS: Final[Mapping[str, str]] = {
    "proved": "32", "conditional": "33", "refuted": "31;1", "undecided": "90", "unread": "90", "definition": "34",
    "wrong": "31", "circular": "31", "not reached": "90", "open": "33", "bold": "1", "dim": "2",
}  # fmt: skip
_OPEN: Final = ("conditional", "undecided", "unread")
_WIDEST: Final = 160  # signs of a line that are quoted


def to_text(files: Sequence[File], *, colour: bool = False, verbosity: int = NORMAL) -> str:
    """The report on all files; the summary is its last line.

    `verbosity` is QUIET (problems only), NORMAL, or VERBOSE (also what is proved, with rules and reading).
    """
    pen = _Pen(colour)
    lines = [line for file in files for line in _file(file, pen, verbosity)]
    if verbosity > QUIET or any(_problems(file) for file in files):
        lines.append(_last_line(files, pen))
    return "".join(f"{line}\n" for line in lines)


def told(step: Step, chain: Chain, file: File, *, colour: bool = False) -> str:
    """What is said about one step: place and verdict, the author's line, and why."""
    return "\n".join(_step(step, chain, file, _Pen(colour), NORMAL, first=False)).rstrip()


def counts(summary: Mapping[str, int]) -> str:
    """How many steps have which verdict; what stays open comes last, behind a word of its own.

    >>> counts({"proved": 8, "refuted": 1, "definition": 2, "undecided": 1, "unread": 2})
    '8 proved, 1 refuted, 2 definitions; open: 1 undecided, 2 unread'
    """
    settled = [f"{summary.get(kind, 0)} {kind}" for kind in ("proved", "refuted")]
    if names := summary.get("definition", 0):
        settled.append(f"{names} definition{'s' * (names > 1)}")
    still = [f"{summary[kind]} {kind}" for kind in _OPEN if summary.get(kind)]
    return ", ".join(settled) + (f"; open: {', '.join(still)}" if still else "")


class _Pen:
    """Writes in colour, or not at all."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour else text


# ---------------------------------------------------------------- a file


def _problems(file: File) -> bool:
    return bool(file["errors"]) or any(number for kind, number in file["summary"].items() if kind not in SETTLED)


def _file(file: File, pen: _Pen, verbosity: int) -> Iterator[str]:
    path = printable(file["path"])
    for error in file["errors"]:
        yield f"{pen('bold', path)}: {pen('refuted', 'error')}: {printable(' '.join(error.split()))}"
    if file["errors"]:
        return
    wrong = first_wrong(file)
    for chain in file["chains"]:
        for step in chain["steps"]:
            if verbosity >= VERBOSE or step["verdict"] not in SETTLED:
                yield from _step(step, chain, file, pen, verbosity, first=step is wrong)
    if verbosity > QUIET:
        yield from _goals(file, pen)
        yield f"{pen('bold', path)}: {counts(file['summary'])}"
        yield ""


def _goals(file: File, pen: _Pen) -> Iterator[str]:
    width = max(map(len, file["goals"]), default=0)
    for name, goal in file["goals"].items():
        place = f" (line {goal['line']})" if goal["line"] else ""
        detail = printable(" ".join(goal["detail"].split()))
        status = pen(goal["status"] if goal["status"] in _COLOURS else "dim", f"{goal['status']:<11}")
        yield f"  goal {name:<{width}}  {status}  {detail}{place}".rstrip()


def _last_line(files: Sequence[File], pen: _Pen) -> str:
    summary: Summary = total(files)
    failed = sum(bool(file["errors"]) for file in files)
    said = counts(summary) if any(summary.values()) else "no steps found"
    if failed:
        said += f"; {failed} file{'s' * (failed > 1)} could not be checked"
    return pen("bold", said)


# ---------------------------------------------------------------- a step


def _step(step: Step, chain: Chain, file: File, pen: _Pen, verbosity: int, *, first: bool) -> Iterator[str]:
    place = f"{printable(file['path'])}:{step['line']}:{step['column']}"
    kind = step["verdict"]
    message = _message(step) + (" (the first wrong step)" if first else "")
    yield f"{pen('bold', place)}: {pen(kind, kind)}{': ' if message else ''}{message}"
    yield from _quoted(step, file, pen)
    for label, text in _details(step, verbosity):
        yield f"    {pen('dim', f'{label}:')} {printable(text)}"
    if step["verdict"] == "refuted" and chain["recovers"] is not None and _breaks(step, chain):
        line = chain["recovers"]
        yield f"    the argument holds again {'later on this line' if line == step['line'] else f'from line {line}'}"
    yield ""


def _message(step: Step) -> str:
    if step["verdict"] == "refuted":
        return "the two sides differ"
    if step["verdict"] == "conditional":
        return f"holds if {printable(', '.join(step['conditions']))}"
    return printable(" ".join((step["reason"] or "").split()))


def _breaks(step: Step, chain: Chain) -> bool:
    """Whether this is the step behind which the argument recovers: the first refuted one of its chain."""
    return next((other for other in chain["steps"] if other["verdict"] == "refuted"), None) is step


def _details(step: Step, verbosity: int) -> Iterator[tuple[str, str]]:
    found = step["counterexample"]
    if found is not None:
        where = ", ".join(f"{name} = {text}" for name, text in found["point"].items())
        yield "counterexample", where or "everywhere"
        yield "left side", found["lhs"] + _digits(found["lhs"])
        yield "right side", found["rhs"] + _digits(found["rhs"])
    if step["mistake"]:
        yield "mistake", step["mistake"] + (f". {step['hint']}" if step["hint"] else "")
    elif step["hint"]:
        yield "hint", step["hint"]
    for note in step["notes"]:
        yield "note", note
    if verbosity >= VERBOSE:
        if step["rules"]:
            yield "rules", ", ".join(step["rules"])
        left, right = step["read_as"]["lhs"], step["read_as"]["rhs"]
        if left is not None or right is not None:
            yield "read as", f"{left or '(not read)'} {step['relation']} {right or '(not read)'}"


def _digits(value: str) -> str:
    return " (all digits shown are right)" if value.endswith("...") else ""


# ---------------------------------------------------------------- the author's line


def _quoted(step: Step, file: File, pen: _Pen) -> Iterator[str]:
    """The line on which the right-hand side begins, and a line of marks below it."""
    text = file["view"]["text"]
    start, end = step["view"]["span"]
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    if not text[begin:stop].strip():
        return
    line, left, right = _window(text[begin:stop], start - begin, min(end, stop) - begin)
    before, marked = line[:left].expandtabs(4), line[:right].expandtabs(4)
    number = f"{step['line']:>6} | "
    yield f"{pen('dim', number)}{printable(line.expandtabs(4))}"
    marks = "^" * max(1, len(marked) - len(before)) + ("..." if end > stop else "")
    yield f"{' ' * (len(number) - 2)}{pen('dim', '|')} {' ' * len(before)}{pen(step['verdict'], marks)}"


def _window(line: str, left: int, right: int) -> tuple[str, int, int]:
    """A part of a very long line around the marked part, and the marked part in it."""
    if len(line) <= _WIDEST:
        return line.rstrip(), left, right
    first = max(0, min(left - 40, len(line) - _WIDEST))
    shown = line[first : first + _WIDEST]
    lead = "…" if first else ""
    tail = "…" if first + _WIDEST < len(line) else ""
    right = min(right - first, len(shown))
    return f"{lead}{shown.rstrip()}{tail}", left - first + len(lead), right + len(lead)

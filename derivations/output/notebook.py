r"""Verdicts and reports as they show themselves in a notebook: a badge, the formula, and why.

HTML needs neither script nor network, and everything from a document is escaped or rebuilt; LaTeX is for pages that a
notebook is printed on. `Verdict` and `Report` load this module when they are shown.

>>> import derivations
>>> derivations.prove("x", "x + 1")._repr_latex_()
'$\\displaystyle x = x + 1\\quad\\text{refuted at x = 2: left side 2, right side 3}$'
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from derivations.errors import NotationError
from derivations.latex.printer import latex
from derivations.output.html import SIGNS
from derivations.output.mathml import formula
from derivations.output.plain import File, Step, plain, printable, steps_of
from derivations.output.text import counts
from derivations.refute import Counterexample
from derivations.report import Report
from derivations.term import Term
from derivations.verdict import Verdict

_COLOURS: Final = {
    "proved": "#1a7f37", "conditional": "#9a6700", "refuted": "#cf222e", "undecided": "#6e7781", "unread": "#6e7781",
    "definition": "#0969da",
}  # fmt: skip
_BADGE: Final = Markup('<b style="color:{}">{} {}</b>')
_CELL: Final = Markup('<td style="text-align:left">{}</td>')
_RELATIONS: Final = {"<=": r"\leq", ">=": r"\geq", "!=": r"\neq", "approx": r"\approx", "propto": r"\propto"}
# What stands for itself in a formula has to be escaped in words.
_ESCAPES: Final = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
})  # fmt: skip


# ---------------------------------------------------------------- a verdict


def verdict_html(verdict: Verdict) -> str:
    """A line: badge, claim, and the counterexample, the conditions or the reason."""
    shown = "" if verdict.claim is None else _typeset(_latex(verdict.claim))
    return str(Markup("<div>{} {} {}</div>").format(_badge(verdict.kind), shown, " ".join(_why(verdict))))


def verdict_latex(verdict: Verdict) -> str:
    """The claim as a formula, the verdict in words behind it."""
    claim = "" if verdict.claim is None else _latex(verdict.claim) + r"\quad"
    said = " ".join([verdict.kind, *(() if verdict.kind == "proved" else _why(verdict))])
    return rf"$\displaystyle {claim}\text{{{_words(said)}}}$"


def _why(verdict: Verdict) -> Iterator[str]:
    found = verdict.counterexample
    if isinstance(found, Counterexample):
        where = ", ".join(f"{name} = {value}" for name, value in found.point.items()) or "everywhere"
        yield f"at {where}: left side {found.lhs}, right side {found.rhs}"
    if verdict.conditions:
        yield f"if {', '.join(map(str, verdict.conditions))}"
    if verdict.rules:
        yield f"by {', '.join(verdict.rules)}"
    if verdict.reason:
        yield printable(verdict.reason)


def _latex(term: Term) -> str:
    try:
        return latex(term)
    except NotationError:
        return rf"\text{{{_words(str(term))}}}"


def _words(text: str) -> str:
    return " ".join(printable(text).split()).translate(_ESCAPES)


# ---------------------------------------------------------------- a report


def report_html(report: Report) -> str:
    """A table with a row for each step, the summary above it."""
    file = plain(report)
    rows = Markup("").join(Markup("<tr>{}</tr>").format(_row(step)) for step in steps_of(file))
    errors = Markup("").join(Markup("<p>{}</p>").format(printable(error)) for error in file["errors"])
    return str(Markup("<div><p>{}</p>{}<table>{}</table></div>").format(counts(file["summary"]), errors, rows))


def report_latex(report: Report) -> str:
    """The steps one below the other, in our own spelling, each with its verdict."""
    return "$$\n\\begin{array}{ll}\n" + "\n".join(_latex_rows(plain(report))) + "\n\\end{array}\n$$"


def _latex_rows(file: File) -> Iterator[str]:
    for step in steps_of(file):
        left, right = step["read_as"]["lhs"], step["read_as"]["rhs"]
        relation = _RELATIONS.get(step["relation"], step["relation"])
        said = rf"\text{{{_words(' '.join([step['verdict'], _remark(step)]).strip())}}}"
        if left is None or right is None:
            yield rf"\text{{line {step['line']}}} & {said} \\"
        else:
            yield rf"{left} {relation} {right} & {said} \\"


def _row(step: Step) -> Markup:
    relation = _RELATIONS.get(step["relation"], step["relation"])
    written = [_typeset(step["lhs"], step["read_as"]["lhs"]), _typeset(relation)]
    shown = Markup(" ").join([*written, _typeset(step["rhs"], step["read_as"]["rhs"])])
    cells = (step["line"], _badge(step["verdict"]), shown, _remark(step))
    return Markup("").join(_CELL.format(cell) for cell in cells)


def _remark(step: Step) -> str:
    """Why the verdict is what it is, in one line."""
    found = step["counterexample"]
    parts = []
    if found is not None:
        where = ", ".join(f"{name} = {value}" for name, value in found["point"].items()) or "everywhere"
        parts.append(f"at {where}: left side {found['lhs']}, right side {found['rhs']}")
    if step["conditions"]:
        parts.append(f"if {', '.join(step['conditions'])}")
    parts += [text for text in (step["reason"], step["hint"]) if text]
    return printable(". ".join(parts))


def _badge(kind: str) -> Markup:
    return _BADGE.format(_COLOURS[kind], SIGNS[kind], kind)


def _typeset(*choices: str | None) -> Markup:
    """The first choice that can be typeset; else the first as code."""
    told = [choice for choice in choices if choice]
    for choice in told:
        made = formula(choice)
        if made is not None:
            return Markup(made)  # noqa: S704  (rebuilt from harmless elements, text escaped)
    return Markup("<code>{}</code>").format(printable(told[0] if told else ""))

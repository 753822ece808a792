"""The sheet: claims are proved, then laid out as data for the templates, then typeset.

Nothing is printed that was not proved: every formula on the page is printed from a term of a proof, of a refutation,
or of a text that `passages` has checked. A claim that fails stops everything before a file is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from derivations.checker import check
from derivations.claim import Claim
from derivations.errors import ClaimFailed, RenderError
from derivations.evidence import Evidence
from derivations.output.claim_view import ClaimView, Mistakes, Proved, seen
from derivations.output.figures import drawn
from derivations.output.look import STYLE, style_of
from derivations.output.passages import Author, displayed
from derivations.output.pdf import ENGINES, build_pdf
from derivations.output.record import recorded
from derivations.output.templates import render
from derivations.output.trial_view import TrialTable, trial_table
from derivations.output.variants import READ_BACK, VARIANTS
from derivations.rules import TABLE
from derivations.seminar7 import CLAIMS
from derivations.seminar7.questions import APPENDIX, ASSIGNMENTS, QUESTIONS, Assignment, Picture, Question, answering

# What is being done, how much of it is done, and how much there is.
Progress: TypeAlias = Callable[[str, int, int], None]

_NO_EVIDENCE: Final[Mapping[str, Evidence]] = MappingProxyType({})


@dataclass(frozen=True)
class PictureView:
    """A figure: the file beside the document, the LaTeX of its caption."""

    file: str
    caption: str


@dataclass(frozen=True)
class QuestionView:
    """A task as the templates need it; `room` is its share of the space to write."""

    task: str
    heading: str
    body: tuple[tuple[str, str, str], ...]
    room: int
    claims: tuple[ClaimView, ...]
    picture: PictureView | None
    trials: TrialTable | None
    points: int


@dataclass(frozen=True)
class AssignmentView:
    """An assignment: its heading and setting, and its questions."""

    number: str
    heading: str
    body: tuple[tuple[str, str, str], ...]
    questions: tuple[QuestionView, ...]


def write_sheet(
    folder: Path,
    variant: str = "solution",
    *,
    engine: str = "embedded",
    progress: Progress | None = None,
    evidence: Mapping[str, Evidence] = _NO_EVIDENCE,
    claims: Sequence[Claim] = CLAIMS,
) -> Path:
    """Prove every claim, then write the PDF of a variant into the folder, which is made if need be.

    Domain:  a variant of `output.variants`, an engine of `output.pdf.ENGINES`; `evidence` by the names of claims,
             of which the sheet tells what was really done; claims that answer all questions.
    Returns: the path of the PDF.
    Raises:  ClaimFailed for a claim, a formula in a text or (for `marking`) a mistake that does not stand as it should;
             RenderError where the page cannot be made. The folder is then as it was.
    """
    if variant not in VARIANTS:
        raise RenderError(f"there is no variant {variant}, only {', '.join(VARIANTS)}")
    if engine not in ENGINES:
        raise RenderError(f"there is no engine {engine}, only {', '.join(ENGINES)}")
    told = progress or _silent
    source, assets = sheet_source(variant, told, evidence, claims)
    if variant in READ_BACK:
        told("reading the page back", 0, 1)
        read_back(source)
    target = folder / f"seminar7-{variant}.pdf"
    told("typesetting", 0, 1)
    build_pdf(source, target, engine=engine, assets=assets)
    told("typesetting", 1, 1)
    return target


def read_back(source: str) -> None:
    """Read the page as a student's solution is read, and judge it: what is printed is what was proved.

    Raises: ClaimFailed for a step on the page that is not proved.
    """
    for step in check(source).steps:
        if step.verdict.kind not in ("proved", "definition"):
            found = f"{step.step.lhs_latex} {step.step.relation} {step.step.rhs_latex} is {step.verdict.kind}"
            raise ClaimFailed("the printed page", f"line {step.step.line} of its source", found)


def sheet_source(
    variant: str, progress: Progress, evidence: Mapping[str, Evidence], claims: Sequence[Claim]
) -> tuple[str, dict[str, bytes]]:
    """The LaTeX of a variant and the files that it includes, after every claim was proved. Raises as `write_sheet`."""
    proved = _proved(claims, progress, marking=variant == "marking")
    pictures = [question.picture.name for question in QUESTIONS if question.picture and variant != "handout"]
    assignments = tuple(_assignment(one, proved, variant) for one in ASSIGNMENTS)
    beyond = tuple(seen(one, answer=False) for one in proved.values() if one.claim.task == APPENDIX)
    source = render(
        "sheet.tex.j2",
        variant=variant,
        assignments=assignments,
        beyond=beyond,
        record=recorded([one.proof for one in proved.values()], evidence, STYLE),
        rows=len(TABLE),
        total=sum(one.claim.points for one in proved.values()),
    )
    return source, _drawn(pictures, progress)


def _silent(_what: str, _done: int, _of: int) -> None:
    """Tells nobody."""


def _proved(claims: Sequence[Claim], progress: Progress, *, marking: bool) -> dict[str, Proved]:
    """Every claim with its proof, and for markers with its refuted mistakes."""
    found: dict[str, Proved] = {}
    for place, claim in enumerate(claims):
        progress(f"proving {claim.name}", place, len(claims))
        mistakes: Mistakes = claim.refutations() if marking else ()
        found[claim.name] = Proved(claim, claim.proof(), mistakes)
    progress("proved", len(claims), len(claims))
    return found


def _drawn(names: Sequence[str], progress: Progress) -> dict[str, bytes]:
    pictures: dict[str, bytes] = {}
    for place, name in enumerate(names):
        progress(f"drawing {name}", place, len(names))
        pictures[_file(name)] = drawn(name)
    progress("drawn", len(names), len(names))
    return pictures


def _file(picture: str) -> str:
    return f"figure-{picture}.pdf"


def _assignment(assignment: Assignment, proved: Mapping[str, Proved], variant: str) -> AssignmentView:
    author = Author(f"assignment {assignment.number}", assignment.assumptions, style_of(assignment.number))
    return AssignmentView(
        number=assignment.number,
        heading=author.heading(assignment.title, "title"),
        body=displayed(author, assignment.paragraphs, "text"),
        questions=tuple(_question(one, author, proved, variant) for one in assignment.questions),
    )


def _question(question: Question, setting: Author, proved: Mapping[str, Proved], variant: str) -> QuestionView:
    author = Author(f"question {question.task}", setting.given, setting.style, setting.proved)
    claims = answering(question, (one.claim for one in proved.values()))
    views = () if variant == "handout" else _views(claims, question, proved)
    picture = question.picture if variant != "handout" else None
    return QuestionView(
        task=question.task,
        heading=author.heading(question.title, "title"),
        body=displayed(author, question.paragraphs, "text"),
        room=question.room,
        claims=views,
        picture=_picture(picture, author),
        trials=trial_table(author) if picture and picture.name == "estimate" else None,
        points=sum(claim.points for claim in claims),
    )


def _views(claims: Iterable[Claim], question: Question, proved: Mapping[str, Proved]) -> tuple[ClaimView, ...]:
    return tuple(seen(proved[claim.name], answer=claim.name in question.answers) for claim in claims)


def _picture(picture: Picture | None, author: Author) -> PictureView | None:
    if picture is None:
        return None
    return PictureView(_file(picture.name), author.prose(picture.caption, f"caption of {picture.name}"))

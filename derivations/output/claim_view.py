"""A proved claim as its template needs it: every formula as LaTeX, every text checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from derivations.claim import Claim, Line, Mistake, Proof, Step
from derivations.errors import DerivationsError
from derivations.given import Given
from derivations.latex.printer import latex
from derivations.notation import read
from derivations.output.look import STYLE, style_of
from derivations.output.passages import Author
from derivations.output.templates import escape_tex
from derivations.rules import TABLE
from derivations.term import App, Num, Term, number
from derivations.verdict import Verdict

Mistakes: TypeAlias = tuple[tuple[Mistake, Verdict], ...]

# How rules are printed whose titles hold a formula.
_TITLES: Final = {
    "bit-algebra": "algebra with [[z^2 = z]]",
    "bernoulli-zero": "the Bernoulli distribution at [[0]]",
    "bernoulli-one": "the Bernoulli distribution at [[1]]",
    "limit-at-pole": "the pole of [[1 / t]] at [[0]]",
    "limit-of-t-log-t": "[[limit_right[t = 0](t * log(t)) = 0]]",
    "limit-reflected": "substitution of [[1 - t]]",
}
_DERIVATIVE: Final = re.compile(r"d/d(\w+) (.+)")
_ELEMENTS: Final = re.compile(r"\{(.*)\}")
_DECIMALS: Final = re.compile(r"(-?)(\d+\.\d+?)(\.{3})?")


@dataclass(frozen=True)
class Proved:
    """A claim with its proof, and its typical mistakes with their verdicts where these are asked for."""

    claim: Claim
    proof: Proof
    mistakes: Mistakes = ()


@dataclass(frozen=True)
class Reason:
    """What is printed beside a formula: titles of rules, a sentence, conditions."""

    titles: str
    remark: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class StepView:
    """A numbered line of a derivation: `formula` begins with the sign of the relation."""

    number: int
    formula: str
    reason: Reason


@dataclass(frozen=True)
class MistakeView:
    """A refuted statement: what a student writes, why it is wrong, and where it fails."""

    name: str
    formula: str
    why: str
    point: str
    lhs: str
    rhs: str


@dataclass(frozen=True)
class ClaimView:
    """A claim: `start` and `steps` of a derivation, or what was proved in one go, with its reason.

    The latter is in two halves: `start`, the left side or nothing, and `statement`, the rest.
    """

    name: str
    heading: str
    notation: str
    assumed: tuple[str, ...]
    answer: bool
    points: int
    introduction: str
    start: str
    steps: tuple[StepView, ...]
    statement: str
    reason: Reason
    conclusion: str
    breaks: str
    mistakes: tuple[MistakeView, ...]


def seen(proved: Proved, *, answer: bool) -> ClaimView:
    """The view of a claim; `answer` says that it was asked for. Raises ClaimFailed for a text that does not stand."""
    claim, proof = proved.claim, proved.proof
    author = Author.of(
        claim, style_of(claim.notation or claim.task), *(step.theorem.conclusion for step in proof.steps)
    )
    steps = tuple(_step(place, step, author) for place, step in enumerate(proof.steps, 1))
    start, statement = _sides(proof.theorem.conclusion, author)
    return ClaimView(
        name=claim.name,
        heading=author.heading(claim.title, "title"),
        notation=claim.notation,
        assumed=_assumed(claim, author),
        answer=answer,
        points=claim.points,
        introduction=author.prose(claim.introduction, "introduction"),
        start=start,
        steps=steps,
        statement=statement,
        reason=_reason(Line(claim.statement, claim.because), author, "the statement"),
        conclusion=author.prose(claim.conclusion, "conclusion"),
        breaks=author.prose(claim.breaks, "what breaks"),
        mistakes=tuple(_mistake(mistake, verdict, author) for mistake, verdict in proved.mistakes),
    )


def _assumed(claim: Claim, author: Author) -> tuple[str, ...]:
    """What a reader of the source must know beyond the setting: relations between letters, and ranges of indices."""
    facts = [fact for fact in claim.assumptions if isinstance(fact, App) and (fact.head in _ORDER or _is_index(fact))]
    return tuple(author.formula(fact) for fact in facts if not any(name.startswith("?") for name in fact.free_vars))


def _is_index(fact: App) -> bool:
    return fact.head == "in" and isinstance(fact.args[1], App) and fact.args[1].head == "range"


def _step(place: int, step: Step, author: Author) -> StepView:
    sign = _sign(step.line.relation, author)
    return StepView(place, f"{sign} {author.formula(step.after)}", _reason(step.line, author, f"step {place}"))


def _sides(statement: Term, author: Author) -> tuple[str, str]:
    """The left side of a relation, and its sign with the right side; a statement of another kind is all right side."""
    match statement:
        case App(("=" | "<" | "<=" | "!=") as relation, (left, right)):
            return author.formula(left), f"{_sign(relation, author)} {author.formula(right)}"
    return "", author.formula(statement)


def _sign(relation: str, author: Author) -> str:
    """The sign of a relation, as the printer writes it between two numbers."""
    return latex(App(relation, (Num(0), Num(0))), author.style).strip("0 ")


def _reason(line: Line, author: Author, where: str) -> Reason:
    titles = "; ".join(dict.fromkeys(title(rule) for rule in line.because))
    return Reason(
        titles=titles[:1].upper() + titles[1:],
        remark=author.prose(line.remark, f"remark on {where}"),
        needs=tuple(author.condition(read(condition)) for condition in line.needs),
    )


def title(rule: str) -> str:
    """The printed name of a rule, as LaTeX; a formula in it is proved like any other."""
    return _RULES.prose(_TITLES.get(rule) or TABLE[rule].title, f"title of {rule}")


def _mistake(mistake: Mistake, verdict: Verdict, author: Author) -> MistakeView:
    found = verdict.counterexample
    if found is None or verdict.claim is None:
        raise DerivationsError(f"the mistake {mistake.name} has no counterexample")
    point: Mapping[str, str] = getattr(found, "point", {})
    return MistakeView(
        name=escape_tex(mistake.name),
        formula=author.formula(verdict.claim),
        why=author.prose(mistake.why, f"mistake {mistake.name}"),
        point=", ".join(f"${_named(name, author)} = {_valued(text, author)}$" for name, text in point.items()),
        lhs=f"${_valued(found.lhs, author)}$",
        rhs=f"${_valued(found.rhs, author)}$",
    )


def _named(name: str, author: Author) -> str:
    """The name of a symbol, of a value of an abstract function, or of a derivative of one."""
    found = _DERIVATIVE.fullmatch(name)
    if found is None:
        return author.formula(read(name))
    return author.formula(read(f"d[{found[1]} = {found[1]}]({found[2]})"))


def _valued(text: str, author: Author) -> str:
    """A value of a counterexample: a rational, rounded digits, a set, or whatever the plain notation can say."""
    if elements := _ELEMENTS.fullmatch(text):
        return rf"\{{{elements[1]}\}}"
    if decimals := _DECIMALS.fullmatch(text):
        return decimals[1] + _rounded(decimals[2]) + (r"\ldots" if decimals[3] else "")
    return author.formula(_number(text))


def _number(text: str) -> Term:
    try:
        return number(Fraction(text))
    except ValueError:
        return read(text)


def _rounded(digits: str) -> str:
    """The first digits of a decimal fraction: leading zeros and five more; the rest is cut off."""
    whole, _, places = digits.partition(".")
    kept = len(places) - len(places.lstrip("0")) + 5 if int(whole) == 0 else 5
    return f"{whole}.{places[:kept]}"


_ORDER: Final = ("<", "<=", "!=")
_RULES: Final = Author("the table of rules", Given.of("z in bits"), STYLE)

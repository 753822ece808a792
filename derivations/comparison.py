"""Two formulas compared by proof: the same however they are written, or the difference by name.

A statement is compared part by part: two relations are the same where their sides are, two quantified statements
where their bodies are for an arbitrary element. That two statements follow from one another is not enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from derivations.checker import TIMEOUT, in_time, judged_in_time
from derivations.given import Given
from derivations.normal_form import normal_form
from derivations.normal_form.canonical import Canonical
from derivations.refute import Counterexample
from derivations.term import App, Bind, Term, Var, fresh_name, opened
from derivations.verdict import Verdict
from derivations.vocabulary import RELATIONS

# Binders that make statements, and those of them that say something about each element of a set; others make values.
_QUANTIFIED: Final = frozenset({"forall", "pmf", "increasing", "decreasing"})
_STATEMENTS: Final = _QUANTIFIED | {"ignores", "differentiable", "continuous"}


@dataclass(frozen=True)
class Difference:
    """Where two formulas part: the two parts, and the verdict on their equality; None where they cannot be equal."""

    before: Term
    after: Term
    verdict: Verdict | None
    given: Given

    def __str__(self) -> str:
        lines = [self._headline(), f"  was: {self.before}", f"  is:  {self.after}"]
        found = None if self.verdict is None else self.verdict.counterexample
        if isinstance(found, Counterexample):
            where = ", ".join(f"{name} = {text}" for name, text in found.point.items()) or "everywhere"
            lines.append(f"  at {where}: was {found.lhs}, is {found.rhs}")
        if self.verdict is not None:
            lines += [
                f"  normal form was: {normal(self.before, self.given)}",
                f"  normal form is:  {normal(self.after, self.given)}",
            ]
        return "\n".join(lines)

    def _headline(self) -> str:
        if self.verdict is None:
            return "another statement"
        if self.verdict.kind == "refuted":
            return "the formula has changed"
        if self.verdict.kind == "conditional":
            return f"the same only if {', '.join(map(str, self.verdict.conditions))}"
        return f"not shown to be the same ({self.verdict.reason})"


def normal(term: Term, given: Given, timeout: float = TIMEOUT) -> str:
    """The normal form over its common denominator, as text; a sign in its place where there is none in time.

    >>> from derivations.notation import read
    >>> normal(read("1/b + 1/(1-b)"), Given.of("b in interval(0, 1)"))
    '1 / ((1 - b) * b)'
    """
    found = in_time(lambda: Canonical().factors(normal_form(term, given)[0]), timeout)
    return "(no normal form)" if found is None else str(found)


def difference(before: Term, after: Term, given: Given, *, timeout: float = TIMEOUT) -> Difference | None:
    """The first difference between two formulas under the given; None where they are proved to be the same.

    Domain: terms, relations and quantified statements. What is only the same under conditions differs.

    >>> from derivations.notation import read
    >>> given = Given.of("b in interval(0, 1)")
    >>> difference(read("x = (1 - b) / b"), read("x = 1/b - 1"), given) is None
    True
    >>> print(difference(read("x = (1 - b) / b"), read("x = 1/b + 1"), given))
    the formula has changed
      was: (1 - b) / b
      is:  1 / b + 1
      at b = 1/2: was 1, is 3
      normal form was: (1 - b) / b
      normal form is:  (1 + b) / b
    """
    if before == after:
        return None
    if isinstance(before, Bind) and before.head in _QUANTIFIED:
        return _of_quantified(before, after, given, timeout)
    if _is_relation(before) or _is_relation(after):
        return _of_relations(before, after, given, timeout)
    if any(isinstance(one, Bind) and one.head in _STATEMENTS for one in (before, after)):
        return Difference(before, after, None, given)
    verdict = judged_in_time(App("=", (before, after)), given, timeout)
    return None if verdict.kind == "proved" else Difference(before, after, verdict, given)


def _is_relation(term: Term) -> bool:
    return isinstance(term, App) and term.head in RELATIONS


def _of_relations(before: Term, after: Term, given: Given, timeout: float) -> Difference | None:
    if not isinstance(before, App) or not isinstance(after, App) or before.head != after.head:
        return Difference(before, after, None, given)
    sides = zip(before.args, after.args, strict=True)
    found = [apart for old, new in sides if (apart := difference(old, new, given, timeout=timeout)) is not None]
    if found and before.head in ("=", "!="):
        turned = zip(before.args, reversed(after.args), strict=True)
        if all(difference(old, new, given, timeout=timeout) is None for old, new in turned):
            return None
    return found[0] if found else None


def _of_quantified(before: Bind, after: Term, given: Given, timeout: float) -> Difference | None:
    if not isinstance(after, Bind) or after.head != before.head or before.arg != after.arg:
        return Difference(before, after, None, given)
    name = fresh_name(before.hint, given.names | before.free_vars | after.free_vars)
    inside = given.assume(App("in", (Var(name), before.arg)))
    for old, new in zip(opened(before, name), opened(after, name), strict=True):
        if (apart := difference(old, new, inside, timeout=timeout)) is not None:
            return apart
    return None

"""The rows of the table as statements of lemmas: what `Rules.v` proves, row by row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from derivations.certificate.gallina import Gallina, bracketed, source
from derivations.certificate.sorts import Signature, Sort, Uncertified
from derivations.rules import COMPUTATION, INFERENCE, TABLE, Rule
from derivations.term import App

# The rows that are no schema but a computation; each is a tactic (see `derivations.certificate.computations`).
COMPUTATIONS: Final = frozenset({"algebra", "bit-algebra", "root-algebra"})


# Rows without a lemma in `Rules.v`, with the reason; what uses them is reported as uncertified.
_INTEGRAL: Final = "the library for Coq has no integral against a measure"
WITHOUT_LEMMA: Final[Mapping[str, str]] = dict.fromkeys(
    (
        "integral-of-sum", "integral-of-difference", "integral-of-negative", "integral-constant-factor",
        "integral-of-zero", "integral-swap", "sum-of-integrals", "derivative-of-integral", "normalisation-of-density",
        "gibbs-inequality-of-densities", "below-by-divergence-of-densities", "jensen-log-of-densities",
        "jensen-convex-of-densities", "jensen-positive-of-densities", "normal-mean", "normal-moment",
        "normal-standardised", "exponential-total", "exponential-moment",
    ), _INTEGRAL,
) | {
    "leading-terms": "the library for Coq has no expansions of functions by their growth",
    **dict.fromkeys(
        ("limit-continuous", "limit-of-increments", "limit-of-difference-quotients"),
        "the library for Coq has limits from one side only",
    ),
} | dict.fromkeys(
    (
        "sign-of-increasing", "not-negative-by-least-value", "cauchy-schwarz-of-sums",
        "not-negative-from-left-end", "not-negative-from-right-end",
        "positive-by-least-value", "positive-from-left-end", "positive-from-right-end", "not-negative-multiple",
        "positive-multiple", "at-most-by-squares", "less-by-squares", "at-most-by-exponentials", "less-by-exponentials",
        "at-most-by-logarithms", "less-by-logarithms", "cases-of-sign", "not-negative-by-induction",
        "positive-by-induction", "equal-by-induction", "positive-from-left-end-at-first",
        "not-negative-from-closed-left-end", "not-negative-from-closed-right-end", "positive-from-closed-left-end",
        "positive-from-closed-right-end",
    ), "the library for Coq does not have it yet",
) | dict.fromkeys(
    ("sum-reversed", "sum-over-triangle", "sum-of-products-over-triangle", "binomial-moment"),
    "its lemma has not been proved with Coq yet",
)  # fmt: skip


def lemma_name(rule: str) -> str:
    """The name of the lemma for a row."""
    return rule.replace("-", "_")


class Schema:
    """A row as a lemma: `arguments` are its metavariables in the lemma's order, `statement` is what Coq reads.

    Raises: Uncertified for a row that is a computation (those are tactics), or that Coq's words cannot say.

    >>> print(Schema(TABLE["log-quotient"]).statement)
    Lemma log_quotient (a b : R) :
      0 < a ->
      0 < b ->
      ln (a / b) = ln a - ln b.
    """

    def __init__(self, rule: Rule) -> None:
        if rule.kind == COMPUTATION:
            raise Uncertified(f"{rule.name} is a computation")
        goal = (rule.right, rule.left) if rule.kind == INFERENCE else (App("=", (rule.left, rule.right)),)
        terms = (*rule.premises, *goal)
        self.rule, self.name = rule, lemma_name(rule.name)
        self.signature = Signature(terms)
        self.types = {id(sort): "ABCD"[k] for k, sort in enumerate(self.signature.settle())}
        self.text = Gallina()
        groups = (self.signature.sets, self.signature.variables, self.signature.functions)
        self.arguments = tuple(name for group in groups for name in sorted(group) if name.startswith("?"))
        binders = [f"{{{name} : Type}}" for name in self.types.values()]
        binders += [f"`{{{one} {name}}}" for one in self.text.classes(terms) for name in self.types.values()]
        binders += [self._declared(name) for name in self.arguments]
        head = " ".join(["Lemma", lemma_name(rule.name), *_together(binders)])
        *premises, conclusion = (self.text.proposition(term) for term in terms)
        self.statement = f"{head} :\n  " + " ->\n  ".join([*map(bracketed, premises), conclusion]) + "."

    def _declared(self, name: str) -> str:
        if name in self.signature.sets:
            return f"({self.text.names.of(name)} : fset {self._type(self.signature.sets[name])})"
        if name in self.signature.variables:
            return f"({self.text.names.of(name)} : {self._type(self.signature.variables[name])})"
        arguments, value = self.signature.functions[name]
        arrows = " -> ".join(self._type(sort) for sort in (*arguments, value))
        return f"({self.text.names.of(name, 'function')} : {arrows})"

    def _type(self, sort: Sort) -> str:
        return self.text.sort(sort, self.types)


def _together(binders: list[str]) -> list[str]:
    """(a : R) (b : R) as (a b : R)."""
    joined: list[str] = []
    for binder in binders:
        name, colon, kind = binder.partition(" : ")
        if joined and colon and joined[-1].endswith(f" : {kind}") and binder[0] == "(":
            joined[-1] = f"{joined[-1].partition(' : ')[0]} {name[1:]} : {kind}"
        else:
            joined.append(binder)
    return joined


@cache
def _lemmas() -> frozenset[str]:
    """The statements in `Rules.v`, as they stand there."""
    return frozenset(re.findall(r"^(Lemma .*?)\nProof\.$", source("Rules.v"), re.MULTILINE | re.DOTALL))


@cache
def schema(rule: str) -> Schema:
    """The lemma of a row of the table, if `Rules.v` has one with this very statement. Raises Uncertified."""
    found = Schema(TABLE[rule])
    if found.statement not in _lemmas():
        reason = WITHOUT_LEMMA.get(rule, "Rules.v does not have it as the row states it")
        raise Uncertified(f"the row {rule}, which has no lemma: {reason}")
    return found


@cache
def uncertified() -> Mapping[str, str]:
    """The rows of the table that a certificate cannot use, with the reason.

    >>> "algebra" in uncertified(), "log-rule" in uncertified()
    (False, False)
    """
    found: dict[str, str] = {}
    for name in TABLE:
        if name in COMPUTATIONS:
            continue
        try:
            schema(name)
        except Uncertified as reason:
            found[name] = str(reason)
    return found

"""Everything that terms, schemas, the kernel and verdicts must refuse: a table of calls and the error each raises.

It is run by test_refusals.py, under `python -O` as well, and once for each `raise` taken out of the source. As a script
it exits with 1 and names the calls that went through.
"""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass

from derivations import kernel
from derivations.errors import KernelError, NotationError, OpenCondition
from derivations.given import Given
from derivations.kernel import Apply, Have, Inside, Theorem, chain, replay
from derivations.matching import filled
from derivations.notation import read
from derivations.term import App, Bind, Bound, Num, Term, Var, bind
from derivations.verdict import Verdict, proved, refuted

NOTHING = Given()
UNIT = Given.of("b in interval(0, 1)", "z in bits", "m in integers(1, oo)")


def by(claim: str, *moves: object, given: Given = UNIT, allow_open: bool = False) -> Theorem:
    return replay(read(claim), moves, given, allow_open=allow_open)  # type: ignore[arg-type]


def to(result: str, rule: str = "algebra") -> Apply:
    return Apply(rule, (("?b", read(result)),))


def here(child: int, *moves: object, name: str = "") -> Inside:
    return Inside(child, tuple(moves), name)  # type: ignore[arg-type]


TRUE = by("b = b")
LESS = by("0 < b")


@dataclass
class Point:
    lhs: str = "0"
    rhs: str = "1"
    exact: bool = True


def _set_theorem() -> None:
    TRUE.conclusion = read("0 = 1")


def _delete_from_theorem() -> None:
    del TRUE.conclusion


def _set_term() -> None:
    Var("x").name = "y"


def _delete_from_term() -> None:
    del Var("x").name


def _subclass() -> None:
    class Mine(Theorem):
        pass


def _too_large() -> None:
    term: Term = Num(1)
    for _ in range(18):
        term = App("+", (term, term))
    replay(App("=", (term, term)), (), NOTHING)


def _child_of_a_leaf() -> None:
    by("b = b", here(0, here(0, to("b"))))


def _loose_on_both_sides() -> None:
    nothing = Apply("algebra", (("?b", App("*", (Num(0), Bound(0)))),))
    by("b - b = b - b", here(0, nothing), here(1, nothing))


def _truth(verdict: Verdict) -> None:
    try:
        bool(verdict)
    except TypeError as error:
        if "ask for its kind" in str(error):  # Python has a TypeError of its own for a __bool__ without a result
            raise


REFUSALS: dict[str, tuple[Callable[[], object], type[Exception]]] = {
    # the seal of a theorem
    "a theorem made by hand": (lambda: Theorem(object(), read("0 = 1"), NOTHING, kernel._Use(False), ()), KernelError),
    "a theorem changed": (_set_theorem, KernelError),
    "a part of a theorem deleted": (_delete_from_theorem, KernelError),
    "a kind of theorem": (_subclass, KernelError),
    "a theorem copied": (lambda: copy.copy(TRUE), KernelError),
    "a theorem pickled": (lambda: pickle.dumps(TRUE), KernelError),
    # what a goal may be
    "a goal that is false": (lambda: by("b = 1 - b"), KernelError),
    "a strict inequality at equality": (lambda: by("b < b"), KernelError),
    "a goal with loose places": (lambda: replay(App("=", (Bound(0), Bound(0))), (), NOTHING), KernelError),
    "a goal with a metavariable": (lambda: by("?a = ?a"), KernelError),
    "a goal with a function metavariable": (lambda: by("?f(b) = ?f(b)"), KernelError),
    "a goal that is no proposition": (lambda: by("b + 1"), KernelError),
    "a goal with a binder that is no proposition": (lambda: by("sum[i in bits](i)"), KernelError),
    "a goal that is too large": (_too_large, KernelError),
    "a sum over all numbers": (lambda: by("sum[i in range(1, oo)](i) = sum[i in range(1, oo)](i)"), KernelError),
    "the size of an infinite set": (lambda: by("card(range(1, oo)) = card(range(1, oo))"), KernelError),
    "a sum over an interval": (lambda: by("sum[t in interval(0, 1)](t) = sum[t in interval(0, 1)](t)"), KernelError),
    "a sum over a number": (lambda: by("sum[t in 3](t) = sum[t in 3](t)"), KernelError),
    "a sum over a sum": (lambda: by("sum[t in sum[i in bits](i)](t) = 0"), KernelError),
    # moves
    "something that is no move": (lambda: by("b = b", "algebra"), KernelError),
    "an unknown rule": (lambda: by("b = b", Apply("magic")), KernelError),
    "a child that is not there": (lambda: by("b = b", here(2, to("b"))), KernelError),
    "a negative child": (lambda: by("b = b", here(-1, to("b"))), KernelError),
    "a child of a leaf": (_child_of_a_leaf, KernelError),
    "a body that is not there": (lambda: by("sum[i in bits](i) = 1", here(0, here(2, to("i"), name="i"))), KernelError),
    "a body without a name": (lambda: by("sum[i in bits](i) = 1", here(0, here(1, to("i")))), KernelError),
    "a name that is free there": (
        lambda: by("sum[i in bits](i * x) = 1", here(0, here(1, to("x * x"), name="x")), given=NOTHING), KernelError),
    "a name that the given knows": (lambda: by("sum[i in bits](i) = 1", here(0, here(1, to("b"), name="b"))), KernelError),
    "a rule that does not match": (lambda: by("b = b", here(0, Apply("log-product"))), KernelError),
    "a rule at the wrong place": (lambda: by("log(b) + 0 = 0", here(0, Apply("log-one"))), KernelError),
    "a binding that does not fit": (
        lambda: by("b + 1 = b + 1", here(0, Apply("power-of-one", (("?c", read("b")),)))), KernelError),
    "a binding with loose places": (
        lambda: by("0 = 0", here(0, Apply("derivative-of-constant", (("?c", Bound(0)), ("?x", Num(1))), reverse=True))),
        KernelError),
    "a binding for no metavariable": (
        lambda: by("log(1) = 0", here(0, Apply("log-one", (("?q", Num(1)),)))), KernelError),
    "a metavariable left over": (lambda: by("0 = 0", here(0, Apply("derivative-of-constant", reverse=True))), KernelError),
    "an inference below the root": (
        lambda: by("log(1) = 0", here(0, Apply("less-by-difference"))), KernelError),
    "an inference backwards": (lambda: by("0 < b - 0", Apply("less-by-difference", (), reverse=True)), KernelError),
    "an inference on a supposition": (
        lambda: by("if(0 < b, b < 1)", here(0, Apply("less-by-difference"))), KernelError),
    "a proposition used that is not proved": (lambda: by("b < 0", Have(read("b < 0"), ())), KernelError),
    "a proposition about something else": (lambda: by("0 < b", Have(read("0 < exp(w)"), ())), KernelError),
    "a proposition in the middle": (lambda: by("0 < b", here(0, to("0")), Have(read("0 < b"), ())), KernelError),
    "a conjunction of which one part holds": (lambda: by("and(0 < b, b < 0)"), KernelError),
    "a conclusion that does not follow": (lambda: by("if(0 <= x, 1 <= x)", given=NOTHING), KernelError),
    "a supposition used outside": (
        lambda: by("and(if(0 <= x, 0 <= x), 0 <= x)", given=NOTHING), KernelError),
    "squares of what may be negative": (
        lambda: by("b <= x", Apply("at-most-by-squares"), given=UNIT.assume(read("b^2 <= x^2"))), OpenCondition),
    "a multiple that may be negative": (
        lambda: by("0 <= x * b", Apply("not-negative-multiple"), given=UNIT), OpenCondition),
    "the least value of what jumps": (
        lambda: by("0 <= abs(b)", Apply("not-negative-by-least-value", (
            ("?F", App("abs", (Bound(0),))), ("?x", Var("b")), ("?c", read("1 / 2")), ("?a", read("-1")),
            ("?b", Num(1))))), OpenCondition),
    "a place outside of the interval": (
        lambda: by("0 <= b^2", Apply("not-negative-by-least-value", (
            ("?F", App("^", (Bound(0), Num(2)))), ("?x", Var("b")), ("?c", Num(2)), ("?a", Num(0)),
            ("?b", Num(1))))), OpenCondition),
    # limits
    "a limit with a wrong value": (
        lambda: by("limit_right[t = 0](1 / t) = 0", here(0, to("0", "leading-terms"))), KernelError),
    "a value of what is no limit": (lambda: by("b = 0", here(0, to("0", "leading-terms"))), KernelError),
    "a limit from two sides that differ": (
        lambda: by("limit[t = 0](1 / t) = oo", here(0, to("oo", "leading-terms"))), KernelError),
    "a limit that depends on an unknown sign": (
        lambda: by("limit_left[t = oo](x * t) = oo", here(0, to("oo", "leading-terms")), given=NOTHING), KernelError),
    "continuity at infinity": (
        lambda: by("limit_left[t = oo](exp(-t)) = exp(-oo)", here(0, Apply("limit-left-continuous"))), KernelError),
    # arithmetic
    "algebra without a result": (lambda: by("b = b", here(0, Apply("algebra"))), KernelError),
    "algebra with a loose result": (lambda: by("b = b", here(0, Apply("algebra", (("?b", Bound(0)),)))), KernelError),
    "algebra that brings in loose places": (_loose_on_both_sides, KernelError),
    "algebra on a proposition": (lambda: by("b = 2 * b", to("b = b")), KernelError),
    "false algebra": (lambda: by("b + b = b^2", here(0, to("b^2"))), KernelError),
    "division by zero": (lambda: by("b / (b - b) = 1", here(0, to("1"))), KernelError),
    "z^2 = z for a number": (lambda: by("b^2 = b", here(0, to("b", "bit-algebra"))), KernelError),
    "z^2 = z without saying so": (lambda: by("z^2 = z", here(0, to("z"))), KernelError),
    # conditions
    "an open denominator": (lambda: by("x / x = 1", here(0, to("1")), given=NOTHING), OpenCondition),
    "an open sign": (lambda: by("log(x * b) = log(x) + log(b)", here(0, Apply("log-product"))), OpenCondition),
    "an open sign beside a limit": (
        lambda: by("limit_right[t = x](log(t * t)) = 0", here(0, here(1, Apply("log-product"), name="t")),
                   given=NOTHING, allow_open=True),
        OpenCondition),
    "an absurd condition": (
        lambda: by("1 / (b * 0) = 1 / (b * 0) + 0", here(0, to("1 / (b * 0) + 0")), allow_open=True), KernelError),
    "a condition that cannot hold": (lambda: by("log(0 * 1) = log(0) + log(1)", here(0, Apply("log-product")),
                                                allow_open=True), OpenCondition),
    # chains
    "a chain of nothing": (lambda: chain([]), KernelError),
    "a chain that breaks": (lambda: chain([TRUE, by("1 - b = 1 - b")]), KernelError),
    "a chain of two givens": (lambda: chain([TRUE, by("b = b", given=UNIT.assume(read("b < 1/2")))]), KernelError),
    "a chain of what is no relation": (lambda: chain([by("pmf[z in bits](bern(b, z))")]), KernelError),
    "a chain through unequal": (lambda: chain([by("b != 0")]), KernelError),
    # terms
    "a term changed": (_set_term, AttributeError),
    "a part of a term deleted": (_delete_from_term, AttributeError),
    "a term pickled": (lambda: pickle.dumps(Var("x")), TypeError),
    "a term copied": (lambda: copy.copy(Var("x")), TypeError),
    "a negative numeral": (lambda: Num(-1), ValueError),
    "a variable without a name": (lambda: Var(""), ValueError),
    "a logarithm of two things": (lambda: App("log", (Num(1), Num(2))), ValueError),
    "a constant with an argument": (lambda: App("bits", (Num(1),)), ValueError),
    "a binder as a function": (lambda: App("sum", (Num(1),)), ValueError),
    "a binder with a body too many": (lambda: bind("sum", "z", Var("Z"), Num(1), Num(2)), ValueError),
    "an unknown binder": (lambda: Bind("argmax", "z", Var("Z"), (Num(1),)), ValueError),
    "writing what is no shape of term": (lambda: str(Term()), TypeError),
    "a schema without a binding": (lambda: filled(read("?a + 1"), {}), KernelError),
    "a formula with a rest": (lambda: read("1 + 2 3"), NotationError),
    # verdicts
    "proved without a theorem": (lambda: Verdict("proved", read("b = b")), KernelError),
    "a theorem of another claim": (lambda: Verdict("proved", read("0 = 1"), proof=TRUE), KernelError),
    # Inverse functions undo only on their own half turn, roots of any number only where their degree is odd.
    "arctan of a tangent beyond pi/2": (
        lambda: by("arctan(sin(y) / cos(y)) = y", here(0, Apply("arctan-of-tangent"))), OpenCondition),
    "arcsin of a sine beyond pi/2": (lambda: by("arcsin(sin(y)) = y", here(0, Apply("arcsin-of-sine"))), OpenCondition),
    "sine of an arcsine beyond 1": (lambda: by("sin(arcsin(y)) = y", here(0, Apply("sin-arcsin"))), OpenCondition),
    "angles that may be half a turn apart": (
        lambda: by("pi_number = 0", Apply("equal-angles"), here(0, here(0, to("pi_number")), Apply("sin-pi"))),
        OpenCondition),
    "half an angle beyond pi": (
        lambda: by("cos(y / 2) = sqrt((1 + cos(y)) / 2)", here(0, Apply("cos-half-angle"))), OpenCondition),
    "the cosine of pi times what is not whole": (
        lambda: by("cos(b * pi_number) = (-1)^b", here(0, Apply("cos-whole-pi"))), OpenCondition),
    "an odd root of even degree": (
        lambda: by("root(-b, 2) = -root(b, 2)", here(0, Apply("root-of-negation"))), OpenCondition),
    "an even power that frees nothing": (
        lambda: by("-1 = 1", Apply("equal-by-odd-powers", (("?n", Num(2)),)), here(0, to("1"))), OpenCondition),
    "a multiple of nothing": (
        lambda: by("1 = 2", Apply("equal-multiples", (("?c", Num(0)),)), here(0, to("0")), here(1, to("0"))), OpenCondition),
    "cosines of angles on both sides": (
        lambda: by("-y = y", Apply("equal-by-cosines"), here(0, Apply("cos-negative"))), OpenCondition),
    "the root of a squared cosine": (
        lambda: by("sqrt(cos(y)^2) = cos(y)", here(0, Apply("sqrt-of-square"), Apply("abs-of-positive"))), OpenCondition),
    "undecided with a theorem": (lambda: Verdict("undecided", TRUE.conclusion, proof=TRUE), KernelError),
    "refuted without a point": (lambda: Verdict("refuted", read("0 = 1")), KernelError),
    "undecided with a point": (lambda: Verdict("undecided", read("0 = 1"), counterexample=Point()), KernelError),
    "open conditions called proved": (
        lambda: Verdict("proved", read("x / x = 1"),
                        proof=by("x / x = 1", here(0, to("1")), given=NOTHING, allow_open=True)), KernelError),
    "the truth value of a verdict": (lambda: _truth(proved(TRUE)), TypeError),
    "the truth value of a refutation": (lambda: _truth(refuted(read("0 = 1"), Point())), TypeError),
}  # fmt: skip


def gone_through() -> list[str]:
    """The names of the calls that were not refused, or with another error."""
    found = []
    for name, (call, error) in REFUSALS.items():
        try:
            call()
        except error:
            continue
        except Exception as other:
            found.append(f"{name}: {type(other).__name__}: {other}")
        else:
            found.append(name)
    return found


if __name__ == "__main__":
    through = gone_through()
    sys.stderr.write("\n".join(through))
    sys.exit(1 if through else 0)

"""The engines that are asked the same questions: `prove`, SymPy, Math-Verify, Maxima and Z3.

Each answers True (the sides are equal), False (they differ) or None (it cannot tell), and says how long that took.
What translates a question into an engine's own language is ours and is not counted, except for `prove` and
Math-Verify, which read the LaTeX themselves; `prove (terms)` is asked with the terms. It and SymPy forget before each
question what they remember of earlier ones. Times are those of the processor, for Maxima, a process of its own, of the
clock.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from collections.abc import Callable
from functools import cache

import sympy
from sympy.core.cache import clear_cache

from derivations import bounds, conditions
from derivations.api import prove
from derivations.conditions import holds
from derivations.definedness import demanded
from derivations.errors import DerivationsError, OutsideFragment
from derivations.given import Given
from derivations.latex.reader import read_formula
from derivations.models import evaluate, judgement, plan
from derivations.normal_form import REMEMBERED
from derivations.prover import verdict_on
from derivations.sympy_bridge import to_sympy
from derivations.term import App, Bind, Num, Term, Var, equal, opened
from tests.questions import Question

Answer = tuple[bool | None, float]
Engine = Callable[[Question], Answer]


def _timed(ask: Callable[[], bool | None], clock: Callable[[], float] = time.process_time) -> Answer:
    start = clock()
    answer = ask()
    return answer, clock() - start


def _sides(question: Question) -> tuple[Term, Term, Given]:
    read = {"symbols": question.domains, "constants": True}
    left, right = (read_formula(side, "plain", **read) for side in (question.lhs, question.rhs))
    return left, right, Given.from_dict(question.domains)


_MEMORIES = (
    holds, conditions._sign, bounds._known, demanded, plan._planned, evaluate.compiled, judgement.proposition,
)  # fmt: skip


def forget() -> None:
    """As if nothing had been asked before."""
    for memory in _MEMORIES:
        memory.cache_clear()
    for forms in REMEMBERED.values():
        forms.clear()


_KINDS = {"proved": True, "conditional": True, "refuted": False}


def by_prove(question: Question) -> Answer:
    """Ours, from LaTeX."""
    return _timed(lambda: _KINDS.get(prove(question.lhs, question.rhs, question.domains).kind))


def by_prove_from_terms(question: Question) -> Answer:
    """Ours, from what the reader made of the LaTeX, as if nothing had been asked before."""
    left, right, given = _sides(question)
    forget()
    return _timed(lambda: _KINDS.get(verdict_on(equal(left, right), given).kind))


# ---------------------------------------------------------------- SymPy, Math-Verify


def _expressions(question: Question) -> tuple[sympy.Expr, sympy.Expr]:
    left, right, given = _sides(question)
    return to_sympy(left, given), to_sympy(right, given)


def by_simplify(question: Question) -> Answer:
    """Whether `simplify(lhs - rhs)` is 0; anything else is no answer."""
    left, right = _expressions(question)
    clear_cache()
    return _timed(lambda: True if sympy.simplify(left - right) == 0 else None)


def by_equals(question: Question) -> Answer:
    """`lhs.equals(rhs)`."""
    left, right = _expressions(question)
    clear_cache()
    return _timed(lambda: left.equals(right))


def by_math_verify(question: Question) -> Answer:
    """A checker of final answers, from LaTeX."""
    import math_verify

    def ask() -> bool:
        gold, answer = (math_verify.parse(f"${side}$", parsing_timeout=None) for side in (question.lhs, question.rhs))
        return math_verify.verify(gold, answer, timeout_seconds=None)

    return _timed(ask)


# ---------------------------------------------------------------- Maxima

# The chain of simplifiers that finds most; `is(equal(...))` alone answers some constants wrongly, so it is not used.
_CHAIN = ("fullratsimp", "radcan", "trigsimp", "logcontract", "lambda([e], radcan(ev(e, logexpand = super)))")
_SAME_IN_MAXIMA = frozenset({"log", "exp", "sqrt", "abs", "sin", "cos", "sinh", "cosh", "tanh", "max", "min"})


class Maxima:
    """One process that is asked one question after the other, through a pipe."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(  # the name is looked up on the path, as a user's would be
            ["maxima", "--very-quiet"],  # noqa: S607
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.asked("display2d: false")

    def asked(self, *statements: str) -> str:
        """What is printed until the mark behind the statements."""
        self.process.stdin.write("$".join(statements) + '$ print("<end>")$\n')
        self.process.stdin.flush()
        lines = []
        while "<end>" not in (line := self.process.stdout.readline()):
            if not line:
                raise DerivationsError("maxima has ended")
            lines.append(line)
        return "".join(lines)


@cache
def _maxima() -> Maxima:
    return Maxima()


def by_maxima(question: Question) -> Answer:
    """Whether one of its simplifiers makes the difference 0."""
    left, right, _ = _sides(question)
    difference = f"({_in_maxima(left)}) - ({_in_maxima(right)})"
    facts = [fact for name, domain in question.given for fact in _assumed(name, domain)]
    tries = "".join(f"if is({step}(d) = 0) then true else " for step in _CHAIN)
    maxima = _maxima()
    maxima.asked("kill(all)", "display2d: false", *(f"assume({fact})" for fact in facts))
    return _timed(
        lambda: True if maxima.asked(f"d: {difference}", f"print({tries}unknown)").strip() == "true" else None,
        time.perf_counter,
    )


def _assumed(name: str, domain: object) -> list[str]:
    letter = _name(name)
    if isinstance(domain, tuple):
        low, high = domain
        return [f"{letter} > {low}"] * ("oo" not in low) + [f"{letter} < {high}"] * ("oo" not in high)
    return {"positive": [f"{letter} > 0"], "positive integer": [f"{letter} > 0"]}.get(str(domain), [])


def _name(name: str) -> str:
    return f"v_{''.join(sign if sign.isalnum() else '_' for sign in name)}"


def _in_maxima(term: Term) -> str:
    """A term in the language of Maxima. Raises OutsideFragment for what it has no word for."""
    if isinstance(term, Num):
        return str(term.value)
    if isinstance(term, Var):
        return _name(term.name)
    if isinstance(term, App):
        args = [f"({_in_maxima(arg)})" for arg in term.args]
        if term.head in ("+", "-", "*", "/", "^"):
            return f"{args[0]} {term.head} {args[1]}"
        if term.head in _SAME_IN_MAXIMA:
            return f"{term.head}({', '.join(args)})"
        shapes = {
            "neg": "-{0}", "pi_number": "%pi", "factorial": "{0}!", "binom": "binomial({0}, {1})",
            "sigmoid": "1/(1 + exp(-{0}))", "logit": "log({0}/(1 - {0}))", "softplus": "log(1 + exp({0}))",
        }  # fmt: skip
        if term.head in shapes:
            return shapes[term.head].format(*args)
    if isinstance(term, Bind):
        inner = opened(term, term.hint)[0]
        if term.head == "d" and term.arg == Var(term.hint):
            return f"diff({_in_maxima(inner)}, {_name(term.hint)})"
        if term.head in ("sum", "prod") and isinstance(term.arg, App) and term.arg.head == "range":
            low, high = (_in_maxima(end) for end in term.arg.args)
            word = "sum" if term.head == "sum" else "product"
            return f"{word}({_in_maxima(inner)}, {_name(term.hint)}, {low}, {high})"
    raise OutsideFragment("Maxima has no word for it")


# ---------------------------------------------------------------- Z3


def by_z3(question: Question) -> Answer:
    """Whether no point makes the sides differ; for polynomials and rational functions."""
    import z3

    left, right, _ = _sides(question)
    divisors: list[Term] = []
    names: dict[str, object] = {}
    sides = [_in_z3(side, names, divisors) for side in (left, right)]
    facts = [_in_z3(divisor, names, divisors) != 0 for divisor in divisors]
    for name, domain in question.given:
        low, high = domain if isinstance(domain, tuple) else ("0" if "positive" in str(domain) else "-oo", "oo")
        variable = names.get(name)
        if variable is not None and "oo" not in low:
            facts.append(variable > z3.RealVal(low))
        if variable is not None and "oo" not in high:
            facts.append(variable < z3.RealVal(high))

    def ask() -> bool | None:
        solver = z3.Solver()
        solver.set("timeout", 5_000)
        solver.add(*facts, sides[0] != sides[1])
        return {"unsat": True, "sat": False}.get(str(solver.check()))

    return _timed(ask)


def _in_z3(term: Term, names: dict[str, object], divisors: list[Term]) -> object:
    import z3

    if isinstance(term, Num):
        return z3.RealVal(term.value)
    if isinstance(term, Var):
        return names.setdefault(term.name, z3.Real(term.name))
    if isinstance(term, App) and term.head in ("+", "-", "*", "/"):
        left, right = (_in_z3(arg, names, divisors) for arg in term.args)
        if term.head == "/":
            divisors.append(term.args[1])
        return {"+": left + right, "-": left - right, "*": left * right, "/": left / right}[term.head]
    if isinstance(term, App) and term.head == "neg":
        return -_in_z3(term.args[0], names, divisors)
    if isinstance(term, App) and term.head == "^" and (exponent := _whole(term.args[1])) is not None:
        base = _in_z3(term.args[0], names, divisors)
        if exponent < 0:
            divisors.append(term.args[0])
        raised = z3.RealVal(1)
        for _ in range(abs(exponent)):
            raised = raised * base
        return raised if exponent >= 0 else 1 / raised
    raise OutsideFragment("not a rational function")


def _whole(term: Term) -> int | None:
    if isinstance(term, Num) and term.value <= 60:
        return term.value
    if isinstance(term, App) and term.head == "neg" and isinstance(term.args[0], Num):
        return -term.args[0].value
    return None


ENGINES: dict[str, Engine] = {
    "prove": by_prove, "prove (terms)": by_prove_from_terms, "simplify": by_simplify, "equals": by_equals,
    "math-verify": by_math_verify, "maxima": by_maxima, "z3": by_z3,
}  # fmt: skip


def missing(name: str) -> str:
    """What must be installed for an engine; empty where nothing must."""
    package = {"math-verify": "math_verify", "z3": "z3"}.get(name)
    if package is not None and importlib.util.find_spec(package) is None:
        return f"{name} (pip install derivations[peers])"
    return "maxima (apt install maxima maxima-share)" if name == "maxima" and shutil.which("maxima") is None else ""

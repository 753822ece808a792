"""Proofs that a function has a derivative at a point, by its shape: the recursion of `conditions`, in Coq."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from derivations.certificate.context import Context
from derivations.certificate.sorts import Uncertified
from derivations.matching import match
from derivations.term import App, Bind, Num, Term, Var, bind, opened, substituted, subterms

Prove = Callable[[Term, Context], str]
_ZERO: Final = Num(0)
_ONE: Final = Num(1)
_MINUS_ONE: Final = App("neg", (_ONE,))
_TWO_PARTS: Final = {"+": "smooth_plus", "-": "smooth_minus", "*": "smooth_mult", "/": "smooth_div"}
# The lemma for a function, and what it asks of the argument at the point.
_ONE_PART: Final[dict[str, tuple[str, Callable[[Term], tuple[Term, ...]]]]] = {
    "neg": ("smooth_opp", lambda u: ()),
    "exp": ("smooth_exp", lambda u: ()),
    "sigmoid": ("smooth_Sigmoid", lambda u: ()),
    "softplus": ("smooth_Softplus", lambda u: ()),
    "tanh": ("smooth_Tanh", lambda u: ()),
    "sinh": ("smooth_Sinh", lambda u: ()),
    "cosh": ("smooth_Cosh", lambda u: ()),
    "sin": ("smooth_sin", lambda u: ()),
    "cos": ("smooth_cos", lambda u: ()),
    "arctan": ("smooth_atan", lambda u: ()),
    "arsinh": ("smooth_Arsinh", lambda u: ()),
    "arcsin": ("smooth_asin", lambda u: (App("<", (_MINUS_ONE, u)), App("<", (u, _ONE)))),
    "arccos": ("smooth_acos", lambda u: (App("<", (_MINUS_ONE, u)), App("<", (u, _ONE)))),
    "artanh": ("smooth_Artanh", lambda u: (App("<", (_MINUS_ONE, u)), App("<", (u, _ONE)))),
    "arcosh": ("smooth_Arcosh", lambda u: (App("<", (_ONE, u)),)),
    "sign": ("smooth_sign", lambda u: (App("!=", (u, _ZERO)),)),
    "log": ("smooth_ln", lambda u: (App("<", (_ZERO, u)),)),
    "sqrt": ("smooth_sqrt", lambda u: (App("<", (_ZERO, u)),)),
    "abs": ("smooth_abs", lambda u: (App("!=", (u, _ZERO)),)),
    "logit": ("smooth_Logit", lambda u: (App("<", (_ZERO, u)), App("<", (u, _ONE)))),
}


class Smoothness:
    """Writes proofs of `ex_derive (fun t => ...) x`; `prove` is asked for the conditions on the way."""

    def __init__(self, prove: Prove) -> None:
        self._prove = prove

    def proof(self, condition: Bind, context: Context) -> str:
        """A tactic for `differentiable[t = x](F(t))`. Raises Uncertified."""
        name, _ = context.text.inner(condition)
        return self._of(opened(condition, name)[0], name, condition.arg, context)

    def _lambda(self, body: Term, name: str, context: Context) -> str:
        return (
            context.text.function(bind("differentiable", name, _ZERO, body))
            if name in body.free_vars
            else (f"(fun _ => {context.text.term(body)})")
        )

    def _of(self, body: Term, name: str, point: Term, context: Context) -> str:
        if name not in body.free_vars:
            return "apply smooth_const"
        if body == Var(name):
            return "apply smooth_id"
        if isinstance(body, App):
            return self._application(body, name, point, context)
        if isinstance(body, Bind):
            return self._binder(body, name, point, context)
        raise Uncertified(f"that {body} has a derivative")

    def _applied(
        self, lemma: str, parts: tuple[Term, ...], name: str, point: Term, context: Context, *goals: str
    ) -> str:
        functions = " ".join(self._lambda(part, name, context) for part in parts)
        where = context.text.term(point, 9)
        blanks = " _" * len(goals)
        return f"refine ({lemma} {functions} {where}{blanks}); [ {' | '.join(goals)} ]"

    def _application(self, body: App, name: str, point: Term, context: Context) -> str:
        head, args = body.head, body.args
        here = {name: point}
        if head == "^":
            return self._power(args[0], args[1], name, point, context)
        if head in _TWO_PARTS:
            goals = [self._of(arg, name, point, context) for arg in args]
            if head == "/":
                goals.append(self._prove(App("!=", (substituted(args[1], here), _ZERO)), context))
            return self._applied(_TWO_PARTS[head], args, name, point, context, *goals)
        if head in _ONE_PART:
            lemma, wanted = _ONE_PART[head]
            goals = [self._of(args[0], name, point, context)]
            goals += [self._prove(condition, context) for condition in wanted(substituted(args[0], here))]
            return self._applied(lemma, args, name, point, context, *goals)
        if head == "root" and name not in args[1].free_vars:
            goals = [self._of(args[0], name, point, context)]
            goals.append(self._prove(App("!=", (substituted(args[0], here), _ZERO)), context))
            function, where = self._lambda(args[0], name, context), context.text.term(point, 9)
            degree = context.text.term(args[1], 9)
            return f"refine (smooth_Root {function} {where} _ {degree} _); [ {' | '.join(goals)} ]"
        if head == "normal":
            goals = [self._of(arg, name, point, context) for arg in args]
            goals.append(self._prove(App("<", (_ZERO, substituted(args[2], here))), context))
            return self._applied("smooth_Normal", args, name, point, context, *goals)
        if head == "bern":
            inner = self._of(args[0], name, point, context)
            value = context.text.term(args[1], 9)
            function, where = self._lambda(args[0], name, context), context.text.term(point, 9)
            return f"refine (smooth_bern {function} {where} _ {value}); {inner}"
        return self._function(body, name, point, context)

    def _power(self, base: Term, exponent: Term, name: str, point: Term, context: Context) -> str:
        inner = self._of(base, name, point, context)
        below = substituted(base, {name: point})
        function, where = self._lambda(base, name, context), context.text.term(point, 9)
        if name not in exponent.free_vars:
            n = context.text.term(exponent, 9)
            whole = App("in", (exponent, App("integers", (App("neg", (App("oo"),)), App("oo")))))
            for lemma, condition in (
                ("smooth_natural", App("<=", (_ZERO, exponent))), ("smooth_whole", App("!=", (below, _ZERO))),
            ):  # fmt: skip
                try:
                    goals = (inner, self._prove(whole, context), self._prove(condition, context))
                except Uncertified:
                    continue
                return f"refine ({lemma} {function} {where} _ {n} _ _); [ {' | '.join(goals)} ]"
        goals = (inner, self._of(exponent, name, point, context), self._prove(App("<", (_ZERO, below)), context))
        return self._applied("smooth_power", (base, exponent), name, point, context, *goals)

    def _function(self, body: App, name: str, point: Term, context: Context) -> str:
        """An abstract function, differentiable in one argument, which may be any smooth function."""
        places = [k for k, arg in enumerate(body.args) if name in arg.free_vars]
        if len(places) != 1:
            raise Uncertified(f"that {body.head} is differentiable in several arguments at once")
        inner, slot = body.args[places[0]], f"{name}'"
        outer = App(body.head, tuple(Var(slot) if k == places[0] else arg for k, arg in enumerate(body.args)))
        goal = bind("differentiable", slot, substituted(inner, {name: point}), outer)
        known = self._known(goal, {body.head}, context)
        if inner == Var(name):
            return known
        functions = f"{self._lambda(outer, slot, context)} {self._lambda(inner, name, context)}"
        where = context.text.term(point, 9)
        return f"refine (smooth_comp {functions} {where} _ _); [ {known} | {self._of(inner, name, point, context)} ]"

    def _known(self, goal: Bind, heads: set[str], context: Context) -> str:
        for head in sorted(heads):
            for fact in context.about(head):
                found: dict[str, Term] = {}
                if isinstance(fact.term, Bind) and match(fact.term, goal, found):
                    return f"exact ({fact.instance(found, context.text)})"
        raise Uncertified(f"{goal}")

    def _binder(self, body: Bind, name: str, point: Term, context: Context) -> str:
        if body.head in ("sum", "prod") and name not in body.arg.free_vars:
            lemma = "smooth_Sum" if body.head == "sum" else "smooth_Prod"
            with context.entered(body) as (inner, word, hypothesis, inside):
                proof = self._of(opened(body, inner)[0], name, point, inside)
            return f"apply {lemma}; intros {word} {hypothesis}; {proof}"
        heads = {s.head for s in subterms(body) if isinstance(s, App) and s.head.isidentifier()}
        return self._known(bind("differentiable", name, point, body), heads, context)

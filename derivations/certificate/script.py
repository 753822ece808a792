"""A theorem of the kernel as a script of Coq's tactics: each move of its trace becomes one line of the proof.

The moves lead from the goal to a proposition that holds by itself; read backwards they are a proof, and that is how
Coq proves too. `Apply` is a lemma of the same name with all its arguments, `Inside` a congruence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from derivations.certificate.computations import computed
from derivations.certificate.conditions import Conditions
from derivations.certificate.context import Context, Fact
from derivations.certificate.schemas import Schema, schema
from derivations.certificate.signs import less
from derivations.certificate.sorts import Uncertified
from derivations.kernel import Apply, Have, Inside, Move, facts_inside, instance
from derivations.matching import filled
from derivations.rules import COMPUTATION, INFERENCE, TABLE
from derivations.term import App, Bind, Num, Term, Var, bind, children, instantiated, opened
from derivations.vocabulary import POINT_BINDERS

_EXT: Final = {
    "sum": "Sum_ext", "prod": "Prod_ext", "E": "Expectation_ext", "Var": "Variance_ext", "Cov": "Covariance_ext",
    "KL": "Divergence_ext", "H": "Entropy_ext", "CE": "CrossEntropy_ext",
}  # fmt: skip
_LIMITS: Final = {"limit_right": "tends_right", "limit_left": "tends_left"}
_INDENT: Final = "  "


class Script:
    """Writes the proofs of propositions by moves: lines that close the goal. Every method may raise Uncertified."""

    def __init__(self) -> None:
        self.conditions = Conditions()

    # ---------------------------------------------------------------- propositions

    def goal(self, goal: Term, moves: Sequence[Move], context: Context) -> list[str]:
        """A proof of `goal` by moves."""
        if moves and isinstance(moves[0], Have):
            return self._having(goal, moves[0], moves[1:], context)
        if isinstance(goal, App) and goal.head == "=" and any(map(_is_limit, goal.args)):
            return self._limit(goal, moves, context)
        if not moves:
            return [f"{self.conditions.proof(goal, context)}."]
        move, *rest = moves
        if isinstance(move, Apply):
            return self._inferred(goal, move, rest, context)
        if isinstance(move, Have):
            raise Uncertified("a proposition that is proved on the way")
        if isinstance(goal, Bind) and goal.head == "forall" and move.child == 1:
            return self._for_all(goal, move, rest, context)
        if isinstance(goal, App) and len(goal.args) == 2:
            return self._side(goal, move, rest, context)
        raise Uncertified(f"moves inside {goal}")

    def _having(self, goal: Term, lemma: Have, rest: Sequence[Move], context: Context) -> list[str]:
        """The proposition as a hypothesis with a name, and the goal under it."""
        with context.text.names.lent("H") as hypothesis:
            claimed = f"assert ({hypothesis} : {context.text.proposition(lemma.proposition)})."
            proof = _block(self.goal(lemma.proposition, lemma.moves, context))
            inside = context.assuming(Fact(lemma.proposition, hypothesis))
            return [claimed, *proof, *self.goal(goal, rest, inside)]

    def _inferred(self, goal: Term, move: Apply, rest: Sequence[Move], context: Context) -> list[str]:
        """The goal follows from the premises of the row and from what is left."""
        rule = TABLE[move.rule]
        if rule.kind != INFERENCE:
            raise Uncertified(f"{rule.name} on a whole proposition")
        found, left = instance(rule, goal, move)
        premises = [filled(premise, found) for premise in rule.premises]
        lines = [f"rule ({self._lemma(move.rule, found, context)}{' _' * (len(premises) + 1)})."]
        for premise in premises:
            lines += _block([f"{self.conditions.proof(premise, context)}."])
        return lines + _block(self.goal(left, rest, context))

    def _for_all(self, goal: Bind, move: Inside, rest: Sequence[Move], context: Context) -> list[str]:
        if rest:
            raise Uncertified("moves after a quantifier was opened")
        names = context.text.names
        with names.standing_for(move.name) as word, names.lent(f"H{word}") as hypothesis:
            body = opened(goal, move.name)[0]
            inside = context.assuming(Fact(App("in", (Var(move.name), goal.arg)), hypothesis))
            introduced = word if context.text.membership(word, goal.arg) == "True" else f"{word} {hypothesis}"
            return [f"intros {introduced}.", *self.goal(body, move.moves, inside)]

    def _side(self, goal: App, move: Inside, rest: Sequence[Move], context: Context) -> list[str]:
        """One side of a relation is rewritten."""
        if move.child not in (0, 1):
            raise Uncertified(f"{goal} has no child {move.child}")
        before = goal.args[move.child]
        after, lines = self.equation(before, move.moves, context)
        args = list(goal.args)
        args[move.child] = after
        left = App(goal.head, args)
        if before == after:
            return self.goal(left, rest, context)
        text = context.text
        if goal.head == "=" and move.child == 0:
            return [f"transitivity ({text.term(after)}).", *_block(lines), *self.goal(left, rest, context)]
        if goal.head == "=":
            turned = [f"transitivity ({text.term(after)}); [ | symmetry ].", *_block(self.goal(left, rest, context))]
            return turned + lines
        hole = text.new_name("u")
        args[move.child] = Var(hole)
        word = text.names.beside(bind("forall", hole, App("reals"), App("=", args)))
        text.names.call(hole, word)
        pattern = f"(fun {word} => {text.proposition(App(goal.head, args))})"
        first = f"refine (eq_ind_r {pattern} _ (_ : {text.proposition(App('=', (before, after)))}))."
        return [first, *_block(self.goal(left, rest, context)), *lines]

    # ---------------------------------------------------------------- limits

    def _limit(self, goal: App, moves: Sequence[Move], context: Context) -> list[str]:
        """An equation with a limit says that it exists and what it is; the moves turn the limit into a number."""
        left = 0 if _is_limit(goal.args[0]) else 1
        sides: dict[int, list[Move]] = {0: [], 1: []}
        for move in moves:
            if not isinstance(move, Inside):
                raise Uncertified(f"{move} on an equation with a limit")
            sides[move.child] += move.moves
        return self._tends(goal.args[left], sides[left], goal.args[1 - left], sides[1 - left], context)

    def _tends(self, here: Term, moves: list[Move], value: Term, beside: list[Move], context: Context) -> list[str]:
        """A proof that the limit `here` is `value`, by moves on it and, `beside`, on the value."""
        if not isinstance(here, Bind) or not _is_limit(here):
            return self.goal(App("=", (here, value)), [Inside(0, tuple(moves)), Inside(1, tuple(beside))], context)
        if not moves or _is_limit(value):
            raise Uncertified(f"the limit {here} = {value}")
        move, *rest = moves
        if isinstance(move, Inside):
            return self._below_limit(here, move, rest, value, beside, context)
        if isinstance(move, Have):
            raise Uncertified("a proposition that is proved inside a limit")
        rule, text = TABLE[move.rule], context.text
        if rule.kind == COMPUTATION or move.reverse:
            raise Uncertified(f"{rule.name} on a limit")
        found, after = instance(rule, here, move)
        premises = [filled(premise, found) for premise in rule.premises]
        needs = [line for p in premises for line in _block([f"{self.conditions.proof(p, context)}."])]
        lemma, blanks = self._lemma(move.rule, found, context), " _" * len(premises)
        if _is_limit(after):
            onwards = self._tends(after, rest, value, beside, context)
            return [f"rule (proj2 ({lemma} {text.limit_value(value)}) _).", *needs, *onwards]
        if App("oo") in (after, value):
            if rest or beside or after != value:
                raise Uncertified("an infinite limit that is rewritten")
            return [f"rule ({lemma}{blanks}).", *needs]
        numbers = f"{text.term(after, 9)} {text.term(value, 9)}"
        lines = [f"refine ({_LIMITS[here.head]}_value _ _ {numbers} _ _)."]
        lines += _block(self._tends(after, rest, value, beside, context))
        return lines + _block([f"rule ({lemma}{blanks}).", *needs])

    def _below_limit(
        self, here: Bind, move: Inside, rest: list[Move], value: Term, beside: list[Move], context: Context
    ) -> list[str]:
        """The function is rewritten close enough to the point: within 1 of it."""
        if move.child != 1 or not isinstance(here.arg, Num):
            raise Uncertified("a limit at a point that is no number, or that is rewritten")
        names, text = context.text.names, context.text
        with names.standing_for(move.name) as word, names.lent(f"H{word}") as hypothesis:
            (fact,) = facts_inside(here, move.name, context.given)
            inside = context.assuming(Fact(fact, hypothesis))
            body, lines = self.equation(opened(here, move.name)[0], move.moves, inside)
            after = bind(here.head, move.name, here.arg, body)
            known = f"assert ({hypothesis} : {text.proposition(fact)}) by lra."
            proof = [f"intros {word} {hypothesis}0.", known, *lines]
        first = f"refine ({_LIMITS[here.head]}_ext _ {text.function(after)} {here.arg} {text.limit_value(value)} _ _)."
        return [first, *_block(proof), *self._tends(after, rest, value, beside, context)]

    # ---------------------------------------------------------------- equations

    def equation(self, term: Term, moves: Sequence[Move], context: Context) -> tuple[Term, list[str]]:
        """What the moves make of a term, and a proof that it is equal to it."""
        steps: list[tuple[Term, list[str]]] = []
        for move in moves:
            after, lines = self._step(term, move, context)
            if after != term:
                steps.append((after, lines))
            term = after
        if not steps:
            return term, ["same."]
        lines = []
        for after, proof in steps[:-1]:
            lines += [f"transitivity ({self._written(after, context)}).", *_block(proof)]
        return term, lines + steps[-1][1]

    def _written(self, term: Term, context: Context) -> str:
        is_set = isinstance(term, App) and term.head in ("bits", "range", "tuples", "without")
        return context.text.set(term) if is_set else context.text.term(term)

    def _step(self, term: Term, move: Move, context: Context) -> tuple[Term, list[str]]:
        if isinstance(move, Apply):
            return self._applied(term, move, context)
        if isinstance(move, Have):
            raise Uncertified("a proposition that is proved inside a term")
        if not 0 <= move.child < len(children(term)):
            raise Uncertified(f"{term} has no child {move.child}")
        if isinstance(term, App):
            after, lines = self.equation(term.args[move.child], move.moves, context)
            args = list(term.args)
            args[move.child] = after
            return App(term.head, args), [f"refine (f_equal {context.text.hole(term, move.child)} _).", *lines]
        if not isinstance(term, Bind):
            raise Uncertified(f"moves inside {term}")
        if move.child == 0:
            after, lines = self.equation(term.arg, move.moves, context)
            changed = Bind(term.head, term.hint, after, term.bodies)
            return changed, [f"refine (f_equal {context.text.hole(term, 0)} _).", *lines]
        return self._below(term, move, context)

    def _applied(self, term: Term, move: Apply, context: Context) -> tuple[Term, list[str]]:
        rule = TABLE[move.rule]
        if rule.kind == COMPUTATION:
            result = dict(move.bindings)["?b"]
            return result, computed(rule.name, term, result, self.conditions, context)
        found, after = instance(rule, term, move)
        premises = [filled(premise, found) for premise in rule.premises]
        lemma = f"{self._lemma(move.rule, found, context)}{' _' * len(premises)}"
        lines = [f"{'symmetry; ' if move.reverse else ''}rule ({lemma})."]
        for premise in premises:
            lines += _block([f"{self.conditions.proof(premise, context)}."])
        return after, lines

    def _lemma(self, rule: str, found: dict[str, Term], context: Context) -> str:
        """The lemma of a row with all its arguments."""
        row = schema(rule)
        arguments = [self._argument(name, found[name], row, context) for name in row.arguments]
        return " ".join([f"Rules.{row.name}", *arguments])

    def _argument(self, name: str, value: Term, row: Schema, context: Context) -> str:
        """The value of a metavariable; `Bound(k)` in it is the argument number k."""
        if name in row.signature.sets:
            return context.text.set(value)
        arity = len(row.signature.functions[name][0]) if name in row.signature.functions else 0
        places = tuple(context.text.new_name(word) for word in "tuvw"[:arity])
        return context.text.lambda_of(instantiated(value, [Var(place) for place in places]), places)

    def _below(self, term: Bind, move: Inside, context: Context) -> tuple[Term, list[str]]:
        """One body of a binder, with what is known of its variable there."""
        names, text = context.text.names, context.text
        with names.standing_for(move.name) as word, names.lent(f"H{word}") as hypothesis:
            facts = facts_inside(term, move.name, context.given)
            bodies = list(opened(term, move.name))
            if term.head in POINT_BINDERS:
                known = [f for f in facts if text.proposition(f) != "True"]
                hypotheses = [f"{hypothesis}{k or ''}" for k in range(len(known))]
                inside = context.assuming(*(Fact(f, h) for f, h in zip(known, hypotheses, strict=True)))
            else:
                inside = context.assuming(Fact(facts[0], hypothesis))
            bodies[move.child - 1], lines = self.equation(bodies[move.child - 1], move.moves, inside)
            after = bind(term.head, move.name, term.arg, *bodies)
            if term.head == "d":
                return after, [*self._near(term, known, hypotheses, word, move.name, context), *lines]
        if term.head not in _EXT:
            raise Uncertified(f"moves below {term.head}")
        proof = _block([f"intros {word} {hypothesis}.", *lines])
        others = _block(["same."])
        goals = [line for k in range(len(bodies)) for line in (proof if k == move.child - 1 else others)]
        return after, [f"apply {_EXT[term.head]}.", *goals]

    def _near(
        self, term: Bind, facts: list[Term], hypotheses: list[str], word: str, name: str, context: Context
    ) -> list[str]:
        """Below a derivative the equation is needed near the point, where the open facts about it hold."""
        text = context.text
        said = " /\\ ".join(f"({text.proposition(fact)})" for fact in facts) or "True"
        first = f"refine (Derive_near _ _ _ (fun {word} => {said}) _ _)."
        near = [self._stays(fact, term.arg, name, context) for fact in facts]
        proof = near[-1] if near else "apply near_true"
        for one in reversed(near[:-1]):
            proof = f"apply near_and; [ {one} | {proof} ]"
        pattern = hypotheses[-1] if hypotheses else "_"
        for one in reversed(hypotheses[:-1]):
            pattern = f"[{one} {pattern}]"
        return [first, *_block([f"{proof}."]), f"intros {word} {pattern}."]

    def _stays(self, fact: Term, point: Term, name: str, context: Context) -> str:
        """A strict inequality at the point holds near it."""
        prove = self.conditions.proof
        if not isinstance(fact, App):
            raise Uncertified(f"{fact} near a point")
        domain = fact.args[1]
        if fact.head == "in" and isinstance(domain, App):
            low, high = domain.args
            parts = []
            if low != App("neg", (App("oo"),)):
                parts.append(f"apply near_above; {prove(less(low, point), context)}")
            if high != App("oo"):
                parts.append(f"apply near_below; {prove(less(point, high), context)}")
            return parts[0] if len(parts) == 1 else f"apply near_and; [ {parts[0]} | {parts[1]} ]"
        left, right = fact.args
        alone = left if name in left.free_vars else right
        if alone != Var(name) or (name in left.free_vars and name in right.free_vars):
            raise Uncertified(f"{fact} near a point")
        lemma = {"<": ("near_below", "near_above"), "!=": ("near_unequal", "near_unequal_sym")}[fact.head]
        here = App(fact.head, (point, right)) if left == Var(name) else App(fact.head, (left, point))
        return f"apply {lemma[0] if left == Var(name) else lemma[1]}; {prove(here, context)}"


def _is_limit(term: Term) -> bool:
    return isinstance(term, Bind) and term.head in _LIMITS


def _block(lines: list[str]) -> list[str]:
    """Lines that prove one of several goals."""
    if len(lines) == 1:
        return [f"{{ {lines[0]} }}"]
    inner = [_INDENT + line for line in lines]
    inner[0] = "{ " + lines[0]
    inner[-1] += " }"
    return inner

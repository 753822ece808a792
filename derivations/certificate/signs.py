"""Proofs of relations between numbers: what is known of every part is laid before Coq, which does the arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from derivations.bounds import bounds
from derivations.certificate.context import Context
from derivations.certificate.schemas import schema
from derivations.certificate.sorts import Uncertified
from derivations.conditions import holds
from derivations.matching import filled
from derivations.term import App, Bind, Num, Term, Var, mul, number, opened

Prove = Callable[[Term, Context], str]
_ZERO: Final = Num(0)
_ONE: Final = Num(1)
_BITS: Final = App("bits")
_ARITHMETIC: Final = ("+", "-", "*", "/", "neg")


def less(left: Term, right: Term) -> App:
    """left < right."""
    return App("<", (left, right))


def at_most(left: Term, right: Term) -> App:
    """left <= right."""
    return App("<=", (left, right))


class Signs:
    """Writes proofs of <, <= and !=; `prove` is asked for what the parts need."""

    def __init__(self, prove: Prove) -> None:
        self._prove = prove

    def proof(self, condition: App, context: Context) -> str:
        """A tactic for a relation. Raises Uncertified."""
        known = context.exactly(condition)
        if known is not None:
            return f"exact ({known})"
        opposite = App("!=", (condition.args[1], condition.args[0]))
        if condition.head == "!=" and (known := context.exactly(opposite)) is not None:
            return f"apply not_eq_sym; exact ({known})"
        other = self._left_out(condition, context)
        if other is not None:
            return other
        said = dict.fromkeys(fact for side in condition.args for fact in self.said(side, context))
        return "; ".join([*said, "sign"])

    def _left_out(self, condition: App, context: Context) -> str | None:
        """An element of without(D, other) is not `other`."""
        if condition.head != "!=":
            return None
        for turned, (element, other) in ((False, condition.args), (True, condition.args[::-1])):
            for domain, hypothesis in context.memberships(element):
                proof = hypothesis
                while isinstance(domain, App) and domain.head == "without":
                    if domain.args[1] == other:
                        found = f"(without_other _ _ _ {_in(proof)})"
                        return f"exact {found}" if not turned else f"apply not_eq_sym; exact {found}"
                    proof, domain = f"without_member _ _ _ {_in(proof)}", domain.args[0]
        return None

    def said(self, term: Term, context: Context) -> Iterator[str]:
        """Tactics that put what is known of the parts of a term before Coq."""
        if isinstance(term, Num) or term.loose:
            return
        if isinstance(term, App) and term.head in _ARITHMETIC:
            for arg in term.args:
                yield from self.said(arg, context)
            if term.head == "/":
                yield from self._of_quotient(term, context)
            return
        if isinstance(term, App) and term.head == "^":
            yield from self._of_power(term, context)
            return
        yield from self._by_facts(term, context)
        if isinstance(term, App):
            yield from self._of_function(term, context)
        elif isinstance(term, Bind):
            yield from self._of_binder(term, context)

    def _of_quotient(self, term: App, context: Context) -> Iterator[str]:
        """Bounds of a quotient other than 0: its sign Coq finds by itself, but not that 1 / b is more than 1."""
        own, (top, bottom) = bounds(term, context.given), term.args
        if not bounds(bottom, context.given).positive or isinstance(bottom, Num):
            return
        for end, is_open, lemmas, is_low in (
            (own.low, own.open_low, ("quotient_above", "quotient_at_least"), True),
            (own.high, own.open_high, ("quotient_below", "quotient_at_most"), False),
        ):
            if not end:
                continue
            limit, relation = number(end), less if is_open else at_most
            sides = (mul(limit, bottom), top) if is_low else (top, mul(limit, bottom))
            proofs = self._prove(less(_ZERO, bottom), context), self._prove(relation(*sides), context)
            fact = relation(limit, term) if is_low else relation(term, limit)
            proof = f"apply {lemmas[0 if is_open else 1]}; [ {' | '.join(proofs)} ]"
            for tactic in self._known(fact, proof, context):
                yield f"try ({tactic})"

    def _of_power(self, term: App, context: Context) -> Iterator[str]:
        base, exponent = term.args
        yield from self.said(base, context)
        if isinstance(exponent, Num):
            return
        if bounds(base, context.given).positive:
            yield from self._known(
                less(_ZERO, term), f"apply power_positive; {self._prove(less(_ZERO, base), context)}", context
            )

    def _by_facts(self, term: Term, context: Context) -> Iterator[str]:
        """Inequalities and memberships that the given states."""
        subject = term.name if isinstance(term, Var) else term.head if isinstance(term, (App, Bind)) else ""
        for domain, hypothesis in context.memberships(term):
            yield from self._of_member(domain, hypothesis, context)
        for fact in context.about(subject):
            if not isinstance(fact.term, App) or fact.term.head not in ("<", "<=", "!=") or not fact.metavariables:
                continue  # without metavariables it is a hypothesis already
            for side in fact.term.args:
                found = context.matched(side, term)
                if found is not None and all(name in found for name in fact.metavariables):
                    yield f"pose proof ({fact.instance(found, context.text)})"

    def _of_member(self, domain: Term, hypothesis: str, context: Context) -> Iterator[str]:
        while isinstance(domain, App) and domain.head == "without":
            hypothesis, domain = f"without_member _ _ _ {_in(hypothesis)}", domain.args[0]
        if not isinstance(domain, App):
            return
        if domain.head in ("bits", "range"):
            blanks = "_" if domain.head == "bits" else "_ _ _"
            for side in ("low", "high"):
                yield f"pose proof ({domain.head}_{side} {blanks} {_in(hypothesis)})"
            for end in domain.args:
                yield from self.said(end, context)
        elif domain.head in ("interval", "integers"):
            yield f"pose proof {_in(hypothesis)}"
            for end in domain.args:
                if not _is_infinite(end):
                    yield from self.said(end, context)

    def _of_function(self, term: App, context: Context) -> Iterator[str]:
        head, args, text = term.head, term.args, context.text
        inner = text.term(args[0], 9) if args and head != "card" else ""
        within = bounds(args[0], context.given) if inner else None
        if head == "exp":
            yield f"pose proof (exp_pos {inner})"
        elif head in ("sigmoid", "tanh"):
            yield f"pose proof ({head}_inside {inner})"
        elif head == "softplus":
            yield f"pose proof (softplus_positive {inner})"
        elif head in ("sin", "cos"):
            yield f"pose proof ({head.upper()}_bound {inner})"
            yield from self._of_sine(term, context)
        elif head in ("arctan", "arcsin", "arccos", "sign"):
            yield f"pose proof ({head}_inside {inner})"
            yield from self.said(App("pi_number"), context)
            if head == "arctan":
                yield from self._of_arctan(term, context)
        elif head == "root" and holds(App("!=", (args[0], _ZERO)), context.given):
            need = self._prove(App("!=", (args[0], _ZERO)), context)
            yield from self._known(App("!=", (term, _ZERO)), f"apply root_nonzero; {need}", context)
        elif head == "cosh":
            yield f"pose proof (cosh_at_least_one {inner})"
        elif head == "delta":
            yield f"pose proof (delta_inside {inner} {text.term(args[1], 9)})"
        elif head == "pi_number":
            yield "pose proof PI_inside"
        elif head in ("max", "min"):
            yield f"destruct ({head}_among {inner} {text.term(args[1], 9)}) as [? [? [?|?]]]"
            for arg in args:
                yield from self.said(arg, context)
        elif head == "normal" and bounds(args[2], context.given).positive:
            need = self._prove(less(_ZERO, args[2]), context)
            yield from self._known(less(_ZERO, term), f"apply Normal_positive; {need}", context)
        elif head == "factorial":
            yield f"pose proof (factorial_positive {inner})"
        elif head == "binom":
            yield f"pose proof (binom_nonnegative {inner} {text.term(args[1], 9)})"
        elif head == "sqrt" and within is not None:
            yield f"pose proof (sqrt_pos {inner})"
            if within.positive:
                yield from self._known(
                    less(_ZERO, term), f"apply sqrt_lt_R0; {self._prove(less(_ZERO, args[0]), context)}", context
                )
        elif head == "abs" and within is not None:
            yield f"pose proof (Rabs_pos {inner})"
            if within.nonzero:
                need = self._prove(App("!=", (args[0], _ZERO)), context)
                yield from self._known(less(_ZERO, term), f"apply Rabs_pos_lt; {need}", context)
        elif head == "bern":
            yield from self._of_bernoulli(term, context)
        elif head == "log" and within is not None:
            yield from self._of_log(term, context)
        elif head == "card":
            yield from self._of_card(term, context)
        elif head == "at":
            yield from self._of_component(term, context)

    def _of_arctan(self, term: App, context: Context) -> Iterator[str]:
        """The sign of an arctangent, and on which side of a quarter turn it lies."""
        inner, quarter = term.args[0], App("/", (App("pi_number"), Num(4)))
        for lemma, needed, fact in (
            ("arctan_positive", less(_ZERO, inner), less(_ZERO, term)),
            ("arctan_negative_of", less(inner, _ZERO), less(term, _ZERO)),
            ("arctan_below_quarter", less(inner, _ONE), less(term, quarter)),
            ("arctan_above_quarter", less(App("neg", (_ONE,)), inner), less(App("neg", (quarter,)), term)),
        ):
            if holds(needed, context.given):
                for tactic in self._known(fact, f"apply {lemma}; {self._prove(needed, context)}", context):
                    yield f"try ({tactic})"

    def _of_sine(self, term: App, context: Context) -> Iterator[str]:
        """The sign of a sine or cosine where the angle lies in the right half turn."""
        inner, pi = term.args[0], App("pi_number")
        half = App("/", (pi, Num(2)))
        low, high = (_ZERO, pi) if term.head == "sin" else (App("neg", (half,)), half)
        needed = less(low, inner), less(inner, high)
        if all(holds(one, context.given) for one in needed):
            proofs = [self._prove(one, context) for one in needed]
            yield from self._known(less(_ZERO, term), f"apply {term.head}_gt_0; [ {' | '.join(proofs)} ]", context)

    def _of_bernoulli(self, term: App, context: Context) -> Iterator[str]:
        parameter, one = bounds(term.args[0], context.given), App("-", (_ONE, term.args[0]))
        if parameter.positive and bounds(one, context.given).positive:
            need = [self._prove(less(_ZERO, term.args[0]), context), self._prove(less(term.args[0], _ONE), context)]
            for lemma, fact in (("bern_positive", less(_ZERO, term)), ("bern_below_one", less(term, _ONE))):
                yield from self._known(fact, f"apply {lemma}; [ {' | '.join(need)} ]", context)
        elif parameter.nonnegative and bounds(one, context.given).nonnegative:
            need = [
                self._prove(at_most(_ZERO, term.args[0]), context),
                self._prove(at_most(term.args[0], _ONE), context),
            ]
            for lemma, fact in (("bern_nonnegative", at_most(_ZERO, term)), ("bern_at_most_one", at_most(term, _ONE))):
                yield from self._known(fact, f"apply {lemma}; [ {' | '.join(need)} ]", context)

    def _of_log(self, term: App, context: Context) -> Iterator[str]:
        inner = bounds(term.args[0], context.given)
        own = bounds(term, context.given)
        if own.positive:
            need = self._prove(less(_ONE, term.args[0]), context)
            yield from self._known(less(_ZERO, term), f"apply ln_positive; {need}", context)
        elif own.nonnegative:
            need = self._prove(at_most(_ONE, term.args[0]), context)
            yield from self._known(at_most(_ZERO, term), f"apply ln_nonnegative; {need}", context)
        elif own.nonzero and inner.positive:
            needs = [self._prove(less(_ZERO, term.args[0]), context), self._prove(less(term.args[0], _ONE), context)]
            yield from self._known(less(term, _ZERO), f"apply ln_negative; [ {' | '.join(needs)} ]", context)

    def _of_card(self, term: App, context: Context) -> Iterator[str]:
        domain = term.args[0]
        yield f"pose proof (card_nonnegative {context.text.set(domain)})"
        if isinstance(domain, Var) and context.nonempty(domain.name) is not None:
            yield f"pose proof (card_at_least_one _ {context.nonempty(domain.name)})"
        elif domain == _BITS:
            yield "pose proof Rules.size_of_bits"
        elif isinstance(domain, App) and domain.head in ("range", "tuples"):
            size = schema(f"size-of-{domain.head}")
            bindings = dict(zip(("?a", "?b") if domain.head == "range" else ("?D", "?n"), domain.args, strict=True))
            needs = [self._prove(filled(premise, bindings), context) for premise in size.rule.premises]
            equation = filled(App("=", (size.rule.left, size.rule.right)), bindings)
            yield from self._known(equation, f"apply Rules.{size.name}; [ {' | '.join(needs)} ]", context)
            yield from self.said(filled(size.rule.right, bindings), context)

    def _of_component(self, term: App, context: Context) -> Iterator[str]:
        try:
            inside = self._prove(App("in", (term, _BITS)), context)
        except Uncertified:
            return
        element = context.text.term(term, 9)
        for lemma in ("bits_low", "bits_high"):
            yield f"assert (T := {lemma} {element} ltac:({inside})); revert T; intro"

    def _of_binder(self, term: Bind, context: Context) -> Iterator[str]:
        own = bounds(term, context.given)
        if term.head not in ("sum", "prod") or not own.nonnegative:
            return
        big = "Sum" if term.head == "sum" else "Prod"
        for strict, relation, kind in ((True, less, "positive"), (False, at_most, "nonnegative")):
            if strict and not own.positive:
                continue
            with context.entered(term) as (name, word, hypothesis, inside):
                part = self._prove(relation(_ZERO, opened(term, name)[0]), inside)
            proof = f"apply {big}_{kind}"
            if big == "Sum" and strict:
                size = self._prove(less(_ZERO, App("card", (term.arg,))), context)
                proof += f"; [ {size} | intros {word} {hypothesis}; {part} ]"
            else:
                proof += f"; intros {word} {hypothesis}; {part}"
            yield from self._known(relation(_ZERO, term), proof, context)
            return

    def _known(self, fact: Term, proof: str, context: Context) -> Iterator[str]:
        yield f"assert ({context.text.proposition(fact)}) by ({proof})"


def _in(proof: str) -> str:
    return f"({proof})" if " " in proof else proof


def _is_infinite(end: Term) -> bool:
    return end == App("oo") or end == App("neg", (App("oo"),))

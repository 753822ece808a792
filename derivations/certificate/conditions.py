"""Proofs of side conditions: what `derivations.conditions` found to follow from the given, told to Coq."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from derivations.bounds import bounds
from derivations.certificate.context import Context
from derivations.certificate.signs import Signs, at_most, less
from derivations.certificate.smooth import Smoothness
from derivations.certificate.sorts import Uncertified
from derivations.matching import replaced
from derivations.polynomial import Field
from derivations.term import App, Bind, Num, Term, Var, add, at, bind, instantiated, opened, sub, substituted

_ZERO: Final = Num(0)
_ONE: Final = Num(1)
_BITS: Final = App("bits")
_MINUS_INFINITY: Final = App("neg", (App("oo"),))
_WHOLE: Final = App("integers", (_MINUS_INFINITY, App("oo")))
_EXT: Final = {
    "sum": "Sum", "prod": "Prod", "E": "Expectation", "Var": "Variance", "Cov": "Covariance", "KL": "Divergence",
    "H": "Entropy", "CE": "CrossEntropy",
}  # fmt: skip


class Conditions:
    """Writes tactics for propositions that hold by themselves; each closes its goal.

    >>> from derivations.certificate.gallina import Gallina
    >>> from derivations.given import Given
    >>> from derivations.notation import read
    >>> Conditions().proof(read("0 in bits"), Context(Given(), (), Gallina()))
    'apply zero_in_bits'
    """

    def __init__(self) -> None:
        self._signs = Signs(self.proof)
        self._smooth = Smoothness(self.proof)
        self._judgements: dict[str, Callable[[Bind, Context], str]] = {
            "forall": self._forall, "pmf": self._pmf, "ignores": self._ignores, "differentiable": self._smooth.proof,
            "continuous": lambda c, context: f"apply smooth_continuous; {self._smooth.proof(c, context)}",
        }  # fmt: skip

    def proof(self, condition: Term, context: Context) -> str:
        """A tactic that proves the condition. Raises Uncertified."""
        if not isinstance(condition, App) or condition.head not in ("<", "<=", "!="):
            known = context.exactly(condition)
            if known is not None:
                return f"exact ({known})"
        if isinstance(condition, Bind) and condition.head in self._judgements:
            return self._judgements[condition.head](condition, context)
        if isinstance(condition, App) and condition.head == "=":
            return "same"
        if isinstance(condition, App) and condition.head == "in":
            return self._member(condition.args[0], condition.args[1], context)
        if isinstance(condition, App) and condition.head in ("<", "<=", "!="):
            return self._relation(condition, context)
        raise Uncertified(f"the condition {condition}")

    def _relation(self, condition: App, context: Context) -> str:
        if context.exactly(condition) or _settled(condition, context):
            return self._signs.proof(condition, context)
        for name in sorted(condition.free_vars):
            inside = next((h for domain, h in context.memberships(Var(name)) if domain == _BITS), None)
            if inside is not None:
                with context.text.names.lent("E") as e:
                    cases = [
                        f"rewrite {e}; {self.proof(substituted(condition, {name: bit}), context)}"
                        for bit in (_ZERO, _ONE)
                    ]
                word = context.text.term(Var(name), 9)
                return f"destruct (bits_cases {word} {_argument(inside)}) as [{e} | {e}]; [ {' | '.join(cases)} ]"
        return self._signs.proof(condition, context)

    # ---------------------------------------------------------------- membership

    def _member(self, element: Term, domain: Term, context: Context) -> str:
        for known, hypothesis in context.memberships(element):
            proof = _argument(hypothesis)
            while isinstance(known, App) and known.head == "without" and known != domain:
                proof, known = f"(without_member _ _ _ {proof})", known.args[0]
            if known == domain:
                return f"exact {proof}"
        if isinstance(element, App) and element.head == "at":
            found = self._component(element, domain, context)
            if found is not None:
                return found
        if not isinstance(domain, App):
            raise Uncertified(f"{element} in {domain}")
        if domain.head == "bits":
            return self._bit(element, context)
        if domain.head == "without":
            whole, removed = domain.args
            different = self.proof(App("!=", (element, removed)), context)
            return f"apply in_without; [ {self._member(element, whole, context)} | {different} ]"
        if domain.head == "range":
            goals = [self._integer(part, context) for part in (*domain.args, element)]
            goals += [self.proof(at_most(domain.args[0], element), context)]
            goals += [self.proof(at_most(element, domain.args[1]), context)]
            return f"apply in_range; [ {' | '.join(goals)} ]"
        if domain.head in ("interval", "integers"):
            return self._between(element, domain, context)
        if domain.head == "reals":
            return "exact I"
        raise Uncertified(f"{element} in {domain}")

    def _between(self, element: Term, domain: App, context: Context) -> str:
        low, high = domain.args
        relation = less if domain.head == "interval" else at_most
        goals = [self._integer(element, context)] if domain.head == "integers" else []
        if low != _MINUS_INFINITY:
            goals.append(self.proof(relation(low, element), context))
        if high != App("oo"):
            goals.append(self.proof(relation(element, high), context))
        return _conjunction(goals)

    def _component(self, element: App, domain: Term, context: Context) -> str | None:
        """A component of a vector whose components lie in the set."""
        vector, index = element.args
        for space, hypothesis in context.memberships(vector):
            if isinstance(space, App) and space.head == "tuples" and space.args[0] == domain:
                size = space.args[1]
                goals = [self._integer(size, context), f"exact {_argument(hypothesis)}"]
                goals.append(self._member(index, App("range", (_ONE, size)), context))
                where = f"{context.text.set(domain)} {context.text.term(size, 9)}"
                return f"apply (component_member {where}); [ {' | '.join(goals)} ]"
        return None

    def _bit(self, element: Term, context: Context) -> str:
        if element == _ZERO:
            return "apply zero_in_bits"
        if element == _ONE:
            return "apply one_in_bits"
        if isinstance(element, App) and element.head == "-" and element.args[0] == _ONE:
            return f"apply complement_in_bits; {self._member(element.args[1], _BITS, context)}"
        if isinstance(element, App) and element.head == "*":
            goals = [self._member(factor, _BITS, context) for factor in element.args]
            return f"apply product_in_bits; [ {' | '.join(goals)} ]"
        raise Uncertified(f"{element} in bits")

    def _integer(self, term: Term, context: Context) -> str:
        """That a number is whole."""
        if isinstance(term, Num):
            return f"exact (integer_IZR {term.value})"
        if isinstance(term, App) and term.head in ("+", "-", "*"):
            lemma = {"+": "integer_plus", "-": "integer_minus", "*": "integer_mult"}[term.head]
            return f"apply {lemma}; [ {' | '.join(self._integer(arg, context) for arg in term.args)} ]"
        if isinstance(term, App) and term.head == "neg":
            return f"apply integer_opp; {self._integer(term.args[0], context)}"
        if isinstance(term, App) and term.head in ("card", "factorial"):
            return f"apply integer_{term.head}"
        for domain, hypothesis in context.memberships(term):
            proof = _argument(hypothesis)
            while isinstance(domain, App) and domain.head == "without":
                proof, domain = f"(without_member _ _ _ {proof})", domain.args[0]
            if isinstance(domain, App) and domain.head == "bits":
                return f"exact (bits_integer _ {proof})"
            if isinstance(domain, App) and domain.head == "integers":
                only = all(end in (_MINUS_INFINITY, App("oo")) for end in domain.args)
                return f"exact {proof}" if only else f"apply {proof}"
            if isinstance(domain, App) and domain.head == "range":
                return f"refine (range_integer _ _ _ _ {proof}); {self._integer(domain.args[0], context)}"
        raise Uncertified(f"that {term} is a whole number")

    # ---------------------------------------------------------------- judgements

    def _forall(self, condition: Bind, context: Context) -> str:
        with context.entered(condition) as (name, word, hypothesis, inside):
            proof = self.proof(opened(condition, name)[0], inside)
            introduced = word if context.text.membership(word, condition.arg) == "True" else f"{word} {hypothesis}"
        return f"intros {introduced}; {proof}"

    def _pmf(self, condition: Bind, context: Context) -> str:
        mass, domain = condition.bodies[0], condition.arg
        if domain == _BITS and isinstance(mass, App) and mass.head == "bern" and mass.args[0].loose == 0:
            goals = [
                self.proof(at_most(_ZERO, mass.args[0]), context),
                self.proof(at_most(mass.args[0], _ONE), context),
            ]
            return f"apply pmf_bern; [ {' | '.join(goals)} ]"
        if domain == _BITS:
            values = [instantiated(mass, (bit,)) for bit in (_ZERO, _ONE)]
            goals = [self.proof(at_most(_ZERO, value), context) for value in values]
            goals.append("; ".join([*self.denominators(add(*values), context), "algebra"]))
            return f"apply (pmf_bits {context.text.function(condition)}); [ {' | '.join(goals)} ]"
        if isinstance(domain, App) and domain.head == "tuples" and isinstance(mass, Bind) and mass.head == "prod":
            return self._product(condition, domain, context)
        raise Uncertified(f"{condition}")

    def denominators(self, term: Term, context: Context) -> list[str]:
        """Tactics that say of everything divided by that it does not vanish."""
        numbers = Field()
        numbers.quotient(term)
        return [self.does_not_vanish(denominator, context) for denominator in dict.fromkeys(numbers.denominators)]

    def does_not_vanish(self, term: Term, context: Context) -> str:
        """A tactic that puts before Coq that a denominator is not 0."""
        condition = App("!=", (term, _ZERO))
        return f"assert ({context.text.proposition(condition)}) by ({self.proof(condition, context)})"

    def _product(self, condition: Bind, domain: App, context: Context) -> str:
        """Independent components, each with a distribution of its own."""
        text = context.text
        vector = text.new_name(condition.hint)
        product = opened(condition, vector)[0]
        size = domain.args[1]
        if not isinstance(product, Bind) or product.arg != App("range", (_ONE, size)):
            raise Uncertified(f"{condition}")
        index, value = text.new_name(product.hint), text.new_name("x")
        factor = replaced(opened(product, index)[0], at(Var(vector), Var(index)), Var(value))
        if vector in factor.free_vars:
            raise Uncertified(f"{condition}")
        one = bind("forall", index, product.arg, bind("pmf", value, domain.args[0], factor))
        functions = text.lambda_of(factor, (index, value))
        where = f"{text.set(domain.args[0])} {text.term(size, 9)} {functions}"
        return f"apply (pmf_product {where}); [ {self._integer(size, context)} | {self._forall(one, context)} ]"

    def _ignores(self, condition: Bind, context: Context) -> str:
        domain, text = condition.arg, context.text
        if not isinstance(domain, App) or domain.head != "tuples":
            raise Uncertified(f"{condition}")
        first, second = text.new_name("v"), text.new_name("w")
        names = text.names
        with names.lent("v") as v, names.lent("w") as w, names.lent("Hvw") as agree:
            names.call(first, v)
            names.call(second, w)
            body, index = opened(condition, first)
            place = _Elsewhere(self, first, second, index, domain.args[1], agree)
            proof = place.equal(body, context)
            return f"intros {v} {w} _ _ {agree}; {proof}"


class _Elsewhere:
    """That a term is the same for two vectors that differ in one component only."""

    def __init__(self, conditions: Conditions, first: str, second: str, index: Term, size: Term, agree: str) -> None:
        self._conditions, self._first, self._second = conditions, first, second
        self._index, self._size, self._agree = index, size, agree

    def equal(self, term: Term, context: Context) -> str:
        """A tactic for `term` for the one vector = `term` for the other."""
        if self._first not in term.free_vars:
            return "same"
        if isinstance(term, App) and term.head == "at" and term.args[0] == Var(self._first):
            place, prove = term.args[1], self._conditions.proof
            goals = [prove(App("in", (place, _WHOLE)), context), _conjunction([
                prove(at_most(_ONE, place), context), prove(at_most(place, self._size), context)])]  # fmt: skip
            goals.append(prove(App("!=", (place, self._index)), context))
            return f"apply {self._agree}; [ {' | '.join(goals)} ]"
        if isinstance(term, App):
            return self._arguments(term, context)
        if isinstance(term, Bind) and term.head in _EXT and self._first not in term.arg.free_vars:
            goals = []
            for k in range(len(term.bodies)):
                with context.entered(term) as (name, word, hypothesis, inside):
                    goals.append(f"intros {word} {hypothesis}; {self.equal(opened(term, name)[k], inside)}")
            return f"apply {_EXT[term.head]}_ext; [ {' | '.join(goals)} ]"
        raise Uncertified(f"that {term} does not look at a component")

    def _arguments(self, term: App, context: Context) -> str:
        """One argument after the other."""
        text = context.text
        other: dict[str, Term] = {self._first: Var(self._second)}
        here, steps = term, []
        changing = [k for k, arg in enumerate(term.args) if self._first in arg.free_vars]
        for k in changing:
            args = list(here.args)
            args[k] = substituted(args[k], other)
            after = App(term.head, args)
            step = f"refine (f_equal {text.hole(here, k)} _); {self.equal(here.args[k], context)}"
            steps.append((after, step))
            here = after
        *before, (_, last) = steps
        for after, step in reversed(before):
            last = f"transitivity ({text.term(after)}); [ {step} | {last} ]"
        return last


def _argument(proof: str) -> str:
    return f"({proof})" if " " in proof and not proof.startswith("(") else proof


def _conjunction(goals: list[str]) -> str:
    """A tactic for all of them at once."""
    if not goals:
        return "exact I"
    *before, last = goals
    for goal in reversed(before):
        last = f"split; [ {goal} | {last} ]"
    return last


def _settled(condition: App, context: Context) -> bool:
    """Whether the bounds of the two sides already tell."""
    left, right = condition.args
    found = bounds(right if left == _ZERO else sub(right, left), context.given)
    return {"<": found.positive, "<=": found.nonnegative, "!=": found.nonzero}[condition.head]

"""Files of Coq: what is given, as hypotheses; the statement; its proof. One file for each claim or proved step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from derivations.certificate.context import Context, Fact, metavariables_of
from derivations.certificate.gallina import Gallina, bracketed
from derivations.certificate.script import Script
from derivations.certificate.sorts import Signature, Sort, Uncertified
from derivations.claim import Claim
from derivations.definedness import wanted
from derivations.given import Given
from derivations.kernel import Theorem
from derivations.term import App, Term, Var, substituted

HEAD = """From Coquelicot Require Import Coquelicot.
From Coq Require Import Reals Lra List.
From Derivations Require Import Base Facts Tactics.
From Derivations Require Rules.
Open Scope R_scope.
Opaque Sum Prod Expectation Variance Covariance Divergence Entropy CrossEntropy pmf card range tuples without component.
Opaque Derive ex_derive continuous power bern Sigmoid Logit Softplus Tanh Sinh Cosh factorial binom sin cos Rmax Rmin.
Opaque tends_right tends_left.
"""


@dataclass(frozen=True)
class Certificate:
    """A file of Coq: its `name` without ending, the `theorem` in it, its `text`, the `fingerprint` of its statement."""

    name: str
    theorem: str
    text: str
    fingerprint: str


def of_claim(claim: Claim) -> Certificate:
    """The certificate of a claim.

    Raises: ClaimFailed where it does not prove; Uncertified for what cannot be told to Coq.
    """
    proof = claim.proof()
    theorems = tuple(step.theorem for step in proof.steps) or (proof.theorem,)
    return certificate(claim.name, claim.title, proof.theorem.conclusion, theorems, claim.fingerprint)


def of_theorem(name: str, title: str, theorem: Theorem) -> Certificate:
    """The certificate of one theorem of the kernel. Raises Uncertified."""
    said = "\n".join((str(theorem.conclusion), *map(str, theorem.given)))
    return certificate(name, title, theorem.conclusion, (theorem,), sha256(said.encode()).hexdigest()[:8])


def certificate(name: str, title: str, statement: Term, theorems: Sequence[Theorem], fingerprint: str) -> Certificate:
    """The file for a statement that a chain of theorems proves. Raises Uncertified."""
    if any(theorem.hypotheses for theorem in theorems):
        raise Uncertified("it holds under conditions that are not given")
    theory = Theory(theorems[0].given, [theorem.conclusion for theorem in theorems])
    word = theory.text.names.fresh(name)
    parts = [_comment(title, statement, theorems[0].given, fingerprint), HEAD, "Section Claim."]
    parts += [*theory.declarations(), "", *theory.proofs(word, statement, theorems)]
    parts += ["End Claim.", "", *theory.audit(), ""]
    return Certificate(_file(name), word, "\n".join(parts), fingerprint)


def _comment(title: str, statement: Term, given: Given, fingerprint: str) -> str:
    lines = [title, f"statement: {statement}", *(f"given: {fact}" for fact in given), f"fingerprint: {fingerprint}"]
    safe = "\n   ".join(lines).replace("(*", "( *").replace("*)", "* )").replace('"', "''")
    return f"(* {safe} *)"


class Theory:
    """The names of a given and of statements, with their types, and the context in which the statements are proved."""

    def __init__(self, given: Given, statements: Sequence[Term]) -> None:
        self.given, self.text = given, Gallina()
        self.theorems: list[str] = []
        self.facts = [_separate(fact, k) for k, fact in enumerate(given)]
        self.signature = Signature((*self.facts, *statements))
        self.classes = ["Point", *(one for one in self.text.classes((*self.facts, *statements)) if one != "Point")]
        names = self.text.names
        self.types = {
            id(sort): names.fresh(f"T_{sort.name.lstrip('?').partition('#')[0]}") for sort in self.signature.settle()
        }
        self.script = Script()
        for name in (n for n in self.signature.variables if not n.startswith(("?", "#"))):
            names.of(name)
        self.names = [
            "I" if self._is_trivial(fact) else names.fresh(f"given_{k}") for k, fact in enumerate(self.facts, 1)
        ]  # fmt: skip
        self.sizes = tuple((name, names.fresh(f"{names.of(name)}_not_empty")) for name in self.signature.sets)

    def _is_trivial(self, fact: Term) -> bool:
        return isinstance(fact, App) and fact.head == "in" and fact.args[1] == App("reals")

    def declarations(self) -> Iterator[str]:
        """The variables with their types, and the given as hypotheses."""
        for word in self.types.values():
            known = "".join(f" `{{{one} {word}}}" for one in self.classes)
            yield f"Context {{{word} : Type}}{known}."
        names = self.text.names
        for name, sort in self.signature.sets.items():
            yield f"Variable {names.of(name)} : fset {self._type(sort)}."
        for name, sort in self.signature.variables.items():
            if not name.startswith(("?", "#")):
                yield f"Variable {names.of(name)} : {self._type(sort)}."
        for name, (arguments, value) in self.signature.functions.items():
            arrows = " -> ".join(self._type(sort) for sort in (*arguments, value))
            yield f"Variable {names.of(name, 'function')} : {arrows}."
        for name, hypothesis in self.sizes:
            yield f"Hypothesis {hypothesis} : 0 < card {names.of(name)}."
        for fact, hypothesis in zip(self.facts, self.names, strict=True):
            if hypothesis != "I":
                yield f"Hypothesis {hypothesis} : {self._hypothesis(fact)}."

    def _type(self, sort: Sort) -> str:
        return self.text.sort(sort, self.types)

    def _hypothesis(self, fact: Term) -> str:
        """A fact, for all values of its metavariables."""
        names, binders = self.text.names, []
        metavariables = metavariables_of(fact)
        for name in metavariables:
            word = names.of(name)
            binders.append(f"({word} : {self._type(self.signature.variables[name])})")
        body = self.text.proposition(fact)
        return f"forall {' '.join(binders)}, {body}" if binders else body

    def context(self) -> Context:
        """The given with its hypotheses."""
        known = [
            Fact(fact, name, metavariables_of(fact)) for fact, name in zip(self.given, self.names, strict=True)
        ]  # fmt: skip
        return Context(self.given, tuple(known), self.text, self.sizes)

    def proofs(self, word: str, statement: Term, theorems: Sequence[Theorem]) -> Iterator[str]:
        """The theorem, by a lemma for each line where there are several, and where its two sides have values."""
        context = self.context()
        self.theorems.append(word)
        if len(theorems) == 1:
            yield from self._proved("Theorem", word, statement, self.script.goal(statement, theorems[0].moves, context))
        else:
            steps = [self.text.names.fresh(f"{word}_step_{k}") for k, _ in enumerate(theorems, 1)]
            for step, theorem in zip(steps, theorems, strict=True):
                lines = self.script.goal(theorem.conclusion, theorem.moves, context)
                yield from self._proved("Lemma", step, theorem.conclusion, lines)
            yield from self._proved("Theorem", word, statement, [_chained(steps, theorems)])
        values = [self.text.proposition(need) for need in wanted(statement, self.given)]
        if values:
            proofs = [f"{{ {self.script.conditions.proof(need, context)}. }}" for need in wanted(statement, self.given)]
            both = " /\\\n  ".join(map(bracketed, values))
            yield "(* Both sides have values. *)"
            self.theorems.append(self.text.names.fresh(f"{word}_has_values"))
            yield f"Theorem {self.theorems[-1]} :\n  {both}."
            yield "\n".join(["Proof.", *(f"  {line}" for line in _splits(proofs)), "Qed.", ""])

    def audit(self) -> Iterator[str]:
        """What the theorems rest on: one question, since each takes Coq a second."""
        *before, last = [f"(@{name})" for name in self.theorems]
        for name in before:
            last = f"(conj {name} {last})"
        yield f"Definition audited := {last}."
        yield "Print Assumptions audited."

    def _proved(self, kind: str, word: str, statement: Term, lines: Sequence[str]) -> Iterator[str]:
        yield f"{kind} {word} :\n  {self.text.proposition(statement)}."
        yield "\n".join(["Proof.", *(f"  {line}" for line in lines), "Qed.", ""])


def _splits(proofs: list[str]) -> Iterator[str]:
    """One conjunct after the other."""
    for proof in proofs[:-1]:
        yield "split."
        yield proof
    yield proofs[-1]


def _file(name: str) -> str:
    """The name of a file, which is also that of a module of Coq."""
    word = re.sub(r"\W", "_", name, flags=re.ASCII)
    return word if word[:1].isalpha() and word not in ("Base", "Facts", "Tactics", "Rules") else f"c_{word}"


def _separate(fact: Term, number: int) -> Term:
    """The fact with metavariables of its own: they are bound in it alone."""
    return substituted(fact, {name: Var(f"{name}#{number}") for name in metavariables_of(fact)})


def _chained(steps: Sequence[str], theorems: Sequence[Theorem]) -> str:
    """a = b, b = c, ... taken together."""
    relations = {theorem.conclusion.head for theorem in theorems if isinstance(theorem.conclusion, App)}
    if relations == {"="}:
        proof = steps[-1]
        for step in reversed(steps[:-1]):
            proof = f"eq_trans {step} {proof if proof in steps else f'({proof})'}"
        return f"exact ({proof})."
    known = " ".join(f"pose proof {step};" for step in steps)
    return f"{known} lra."

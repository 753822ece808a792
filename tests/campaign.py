"""A long hunt for unsound verdicts: random true pairs and their slips, judged and checked in exact or ball arithmetic.

    python -m tests.campaign --pairs 100000 --seed 1

A pair is a random term with the result of random moves of the normaliser on it (true by construction) or with one slip
in that result. It counts as unsound if a pair is proved and a model refutes it, or refuted and the kernel proves it, or
if numbers of 50 digits contradict the verdict. A pair whose sides never have values together is `vacuous`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from itertools import islice

from derivations.errors import OutsideFragment
from derivations.given import Given
from derivations.mutation import mutants
from derivations.normal_form import normal_form
from derivations.prover import theorem_of, verdict_on
from derivations.refute import agree, counterexample, models, value
from derivations.term import App, Num, Term, Var, bind, equal, number
from tests.opinion import label

GIVEN = Given.of(
    "b in interval(0, 1)", "x in interval(0, oo)", "y in reals", "z in bits", "m in integers(1, oo)",
    "pmf[w in Z](q(?t, w))", "0 < q(?t, ?w)", "differentiable[s = ?t](q(s, ?w))",
    "density[w in X](r(?t, w))", "0 < r(?t, ?w)", "differentiable[s = ?t](r(s, ?w))", "integrable[w in X](?F(w))",
    "interchange[s = ?t](int[w in X](?F(s, w)))",
)  # fmt: skip
SYMBOLS = ("b", "x", "y", "z", "m")


_FUNCTIONS = (
    "log", "exp", "sqrt", "sigmoid", "abs", "neg", "softplus", "logit", "log", "exp", "sqrt", "abs", "tanh", "sinh", "cosh",
    "sin", "cos",
)  # fmt: skip


def random_term(rng: random.Random, depth: int) -> Term:
    """A term of the fragment, at most `depth` deep."""
    if depth == 0 or rng.random() < 0.2:
        return Num(rng.randint(0, 3)) if rng.random() < 0.4 else Var(rng.choice(SYMBOLS))
    kind = rng.random()
    inner = random_term(rng, depth - 1)
    if kind < 0.45:
        return App(rng.choice("+-*/"), (inner, random_term(rng, depth - 1)))
    if kind < 0.55:
        return App("^", (inner, number(rng.randint(-2, 3))))
    if kind < 0.6:
        return App("^", (inner, random_term(rng, 1)))
    if kind < 0.8:
        return App(rng.choice(_FUNCTIONS), (inner,))
    if kind < 0.82:
        return App(rng.choice(("max", "min")), (inner, random_term(rng, depth - 1)))
    if kind < 0.87:
        name = rng.choice(("b", "x", "y"))
        return bind("d", name, Var(name), inner)
    if kind < 0.93:
        return bind("sum", rng.choice(SYMBOLS), App("bits"), inner)
    if kind < 0.95:
        return integral_or_delta(rng, inner)
    name = rng.choice(("w", "b"))
    weighted = App("*", (App("q", (Var("y"), Var(name))), inner))
    return bind("sum", name, Var("Z"), weighted) if rng.random() < 0.7 else bind("E", name, Var("Z"), *weighted.args)


def integral_or_delta(rng: random.Random, inner: Term) -> Term:
    """An integral against a density on X or a normal density, or Kronecker's delta beside a term."""
    if rng.random() < 0.2:
        return App("*", (App("delta", (Var(rng.choice(SYMBOLS)), Var(rng.choice(SYMBOLS)))), inner))
    name = rng.choice(("w", "y"))
    if rng.random() < 0.5:
        law: Term = App("r", (Var(rng.choice(("x", "y"))), Var(name)))
        return bind("int", name, Var("X"), App("*", (law, inner)))
    law = App("normal", (Var(name), Var(rng.choice(("b", "m"))), Var(rng.choice(("x", "b")))))
    power = App("^", (Var(name), Num(rng.randint(0, 3))))
    body = App("*", (law, App(rng.choice("+*"), (power, inner))))
    return bind("int", name, App("reals"), body)


def judged(claim: App) -> str:
    """proved, refuted, undecided, vacuous, or UNSOUND."""
    theorem = theorem_of(claim, GIVEN)
    found = counterexample(claim, GIVEN)
    by_numbers = label(claim, GIVEN, points=4)
    if theorem is not None:
        answers = [agree(claim, model) for model in islice(models(GIVEN, claim, seed=7), 2)]
        return "UNSOUND" if found is not None or False in answers or by_numbers is False else "proved"
    if found is not None:
        return "UNSOUND" if by_numbers is True and not claim.free_vars else "refuted"
    if is_vacuous(claim):
        return "vacuous"
    verdict = verdict_on(claim, GIVEN)
    return "UNSOUND" if verdict.kind == "conditional" and by_numbers is False else verdict.kind


def is_vacuous(claim: App) -> bool:
    """Whether no model that is tried gives both sides a value."""
    tried = islice(models(GIVEN, claim), 12)
    return not any(all(value(side, model) is not None for side in claim.args) for model in tried)


def hunt(pairs: int, seed: int, seconds: float) -> Counter[str]:
    """Judge so many pairs, or as many as the time allows."""
    rng = random.Random(seed)  # noqa: S311 - reproducible examples, not secrets
    found: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while sum(found.values()) < pairs and time.monotonic() < end:
        term = random_term(rng, rng.randint(1, 4))
        try:
            reached, _ = normal_form(term, GIVEN)
        except (OutsideFragment, RecursionError):
            found["outside"] += 1
            continue
        claims = [("true", equal(term, reached))]
        slips = list(mutants(reached if rng.random() < 0.5 else term))
        if slips:
            claims.append(("slip", equal(term, rng.choice(slips).term)))
        for kind, claim in claims:
            verdict = judged(claim)
            found[f"{kind} {verdict}"] += 1
            if verdict == "UNSOUND":
                sys.stderr.write(f"UNSOUND: {claim}\n")
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600.0)
    asked = parser.parse_args()
    result = hunt(asked.pairs, asked.seed, asked.seconds)
    for kind, count in sorted(result.items()):
        sys.stdout.write(f"{kind:20} {count}\n")
    sys.exit(1 if any("UNSOUND" in kind for kind in result) else 0)

import pytest

from derivations.given import Given
from derivations.mistakes import TYPICAL, recognised
from derivations.mutation import mutants
from derivations.notation import read
from derivations.refute import counterexample
from derivations.seminar7 import CLAIMS
from derivations.term import App

STATED = [(claim, mistake) for claim in CLAIMS for mistake in claim.mistakes]
BIT = Given.of("beta in interval(0, 1)", "z in bits", "m in integers(1, oo)")
ENCODER = Given.of("phi in reals", "pmf[z in Z](q(?phi, z))", "0 < q(?phi, ?z)", "differentiable[t = ?phi](q(t, ?z))")
PAIR = Given.of("a in interval(0, 1)", "b in interval(0, 1)")
SCORE = "d[phi = phi](log(q(phi, z)))"


@pytest.mark.parametrize(("claim", "mistake"), STATED, ids=lambda one: one.name)
def test_every_mistake_of_the_sheet_is_recognised_by_its_name(claim, mistake):
    found = recognised(read(mistake.statement), claim.assumptions)
    assert found is not None
    assert found.code == mistake.name
    assert found.hint == TYPICAL[found.code].hint


@pytest.mark.parametrize(
    ("given", "claim", "code"),
    [
        (BIT, "d[beta = beta](log(1 - beta)) = 1 / (1 - beta)", "sign-of-complement-score"),
        (BIT, "d[beta = beta]((1 - beta)^3) = 3 * (1 - beta)^2", "sign-of-complement-score"),
        (BIT, "E[z in bits](bern(beta, z), (z / beta)^2) = 1", "second-moment-of-bit"),
        (BIT, "E[z in bits](bern(beta, z), z^2) / beta^2 = beta^2 / beta^2", "second-moment-of-bit"),
        (BIT, "d[beta = beta]((1 - beta) / (m * beta)) = -1 / (m * beta)", "one-beta-for-two"),
        (BIT, "0 < d[beta = beta]((1 - beta) / (m * beta))", "wrong-monotony"),
        (BIT, "limit_left[b = 1]((1 - b) / (m * b)) = oo", "wrong-limit"),
        (BIT, "d[beta = beta](log(bern(beta, z))) = 1 / beta", "division-by-z"),
        (BIT, "(1 + beta)^2 = 1 + beta^2 - 2 * beta", "sign"),
        (BIT, "2 * beta * (1 - beta) = beta * (1 - beta)", "lost-factor"),
        (ENCODER, f"sum[z in Z](q(phi, z) * {SCORE}) = sum[z in Z](q(phi, z) * log(d[phi = phi](q(phi, z))))", "log-of-gradient"),
        (ENCODER, f"{SCORE} = log(d[phi = phi](q(phi, z)))", "log-of-gradient"),
        (ENCODER, f"{SCORE} = d[phi = phi](q(phi, z))", "log-of-gradient"),
        (ENCODER, f"d[phi = phi](sum[z in Z](q(phi, z) * f(z))) = sum[z in Z]({SCORE} * f(z))", "missing-q"),
        (ENCODER, "d[phi = phi](sum[z in Z](q(phi, z) * f(z))) = sum[z in Z](q(phi, z) * d[phi = phi](f(z)))", "gradient-of-decoder"),
        (ENCODER, "d[phi = phi](sum[z in Z](q(phi, z) * f(z))) = sum[z in Z](d[phi = phi](q(phi, z)))", "lost-factor"),
        (ENCODER, "d[phi = phi](q(phi, z) * log(q(phi, z))) = d[phi = phi](q(phi, z)) * " + SCORE, "derivative-of-product"),
        (ENCODER, "sum[z in Z](d[phi = phi](q(phi, z))) = 1", "scores-sum-to-one"),
        (PAIR, "sum[z in bits](bern(a, z) * log(bern(a, z) / bern(b, z))) = b * log(b / a) + (1 - b) * log((1 - b) / (1 - a))", "kl-swapped"),
        (PAIR, "KL[z in bits](bern(a, z), bern(b, z)) = sum[z in bits](bern(b, z) * log(bern(b, z) / bern(a, z)))", "kl-swapped"),
    ],
)  # fmt: skip
def test_slips_in_other_words(given, claim, code):
    found = recognised(read(claim), given)
    assert (found.code if found else None) == code


def test_the_names_of_the_sheet_are_in_the_table():
    assert {mistake.name for _, mistake in STATED} <= TYPICAL.keys()


def test_rows_explain_themselves():
    for code, row in TYPICAL.items():
        assert code == row.code
        assert row.hint.endswith(".")
        assert row.explain.endswith(".")


PLAUSIBLE = {
    "sign": {"sign", "sign-of-complement-score", "plus-for-minus", "variance-sign"},
    "lost term": {"lost-term", "missing-complement", "lost-factor", "scores-sum-to-one", "sign"},
}


def _slipped():
    for claim in CLAIMS:
        before = read(claim.statement).args[0] if claim.lines else None
        for line in claim.lines:
            after, taken = read(line.term), 0
            for kind, term in mutants(after):
                wrong = App(line.relation, (before, term))
                if taken < 2 and kind in PLAUSIBLE and counterexample(wrong, claim.assumptions) is not None:
                    taken += 1
                    yield claim, kind, wrong
            before = after


def test_one_place_mutants_of_the_sheet_get_a_plausible_name():
    named = {kind: [] for kind in PLAUSIBLE}
    for claim, kind, wrong in _slipped():
        found = recognised(wrong, claim.assumptions)
        named[kind].append(found is not None)
        assert found is None or found.code in PLAUSIBLE[kind], f"{wrong}: {found}"
    assert sum(named["sign"]) >= 0.9 * len(named["sign"])  # on a busy machine a search may run out of its time
    assert sum(named["lost term"]) >= len(named["lost term"]) / 3


@pytest.mark.parametrize(
    "claim", ["x = x + y + w", "p(z) = 3", "forall[x in Z](f(x) = 0)", "b in bits", "increasing[t in reals](t^3 - t)"]
)
def test_what_has_no_name_gets_none(claim):
    assert recognised(read(claim), Given()) is None


def test_a_claim_that_is_too_large_gets_no_name():
    wide = read(" + ".join(["x"] * 150))
    deep = wide
    for _ in range(60):
        deep = App("+", (deep, wide))
    assert recognised(App("=", (deep, read("1"))), Given()) is None

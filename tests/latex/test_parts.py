"""Letters that take over the parts of a profile: they must be used as the part demands, and never on a guess."""

import pytest

from derivations.checker import check
from derivations.latex.parts import in_letters_of, parts_of
from derivations.latex.profile import load
from derivations.latex.syntax import parsed
from derivations.latex.uses import Uses

PROFILE = load("seminar7")


def uses_of(*formulas):
    found = Uses(PROFILE.aliases)
    for formula in formulas:
        found.take(parsed(formula).nodes)
    return found


@pytest.mark.parametrize(
    ("setting", "formulas", "wanted"),
    [
        ("score", [r"\theta^y (1-\theta)^{1-y}"], {"beta": "theta", "z": "y"}),
        ("score", [r"\frac{d}{d\mu} E_\mu[s]", r"1-\mu"], {"beta": "mu", "z": "s"}),
        ("score", [r"\frac{1}{N} \sum_{i=1}^N \frac{z_i}{p}", r"\frac{1-p}{p N}"], {"beta": "p", "m": "N"}),
        ("score", [r"\mathrm{Var}(K)", r"\mathrm{Bin}(N, \theta)"], {"beta": "theta", "m": "N"}),
        ("score", [r"\frac{d}{d\beta} q_\beta(z)", r"\theta^z (1-\theta)^{1-z}"], {}),  # the profile's own letter is used
        ("score", [r"\sigma(\phi) (1 - \sigma(\phi))"], {}),
        ("encoder", [r"\nabla_\psi q_\psi(z|x)"], {"phi": "psi"}),
        ("encoder", [r"q_\lambda(h|v)", r"p_\omega(v|h)"], {"phi": "lambda", "theta": "omega", "z": "h", "x": "v"}),
        ("encoder", [r"q_\theta(z|x)", r"p_\varphi(x|z)"], {"phi": "theta", "theta": "phi"}),
        ("encoder", [r"q_\varphi(z|x)", r"\nabla_\varphi q"], {}),
        ("encoder", [r"a + b"], {}),
        ("pair", [r"\sum_{k \in \{0,1\}} q(k) \log q(k)"], {"z": "k"}),
    ],
)  # fmt: skip
def test_parts_are_found_by_their_use(setting, formulas, wanted):
    assert parts_of(PROFILE.named(setting), uses_of(*formulas)) == wanted


def test_a_count_is_no_variable():
    uses = uses_of(r"\mathrm{Var}(s)", r"\mathrm{Bin}(N, \theta)")
    uses.counts["s"] += 1
    assert parts_of(PROFILE.named("score"), uses) == {"beta": "theta", "m": "N"}


def test_a_profile_in_its_own_letters_stays_itself():
    assert in_letters_of(PROFILE, {"score": uses_of(r"q_\beta(z)"), "encoder": uses_of(r"q_\varphi(z|x)")}) is PROFILE


def test_counterexamples_are_in_the_letters_of_the_author():
    step = check(
        r"3b) $$\frac{d}{d\theta} \log \theta^y (1-\theta)^{1-y} = \frac{y}{\theta} + \frac{1-y}{1-\theta}$$"
    ).steps[0]
    assert step.verdict.kind == "refuted"
    assert set(dict(step.verdict.counterexample.point)) == {"theta", "y"}
    assert "theta" in step.read_as[0]


@pytest.mark.parametrize("letter", ["\\theta", "p", "\\mu", "\\lambda", "\\rho", "\\beta"])
@pytest.mark.parametrize(("variable", "size"), [("y", "N"), ("z", "m"), ("s", "T"), ("b", "k"), ("h", "n")])
def test_a_true_and_a_false_variance_in_any_letters(letter, variable, size):
    text = (
        rf"3b) Let $q_{letter}({variable}) = {letter}^{variable} (1-{letter})^{{1-{variable}}}$. "
        rf"$$\mathrm{{Var}}\left[\frac{{1}}{{{size}}} \sum_{{i=1}}^{{{size}}} \frac{{{variable}_i}}{{{letter}}}\right] = %s$$"
    )
    true, false = rf"\frac{{1-{letter}}}{{{size} {letter}}}", rf"\frac{{1-{letter}}}{{{letter}}}"
    assert [step.verdict.kind for step in check(text % true).steps][-1] == "proved"
    assert [step.verdict.kind for step in check(text % false).steps][-1] == "refuted"

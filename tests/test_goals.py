"""Goals of small documents in many notations: right, wrong, circular, skipped, in words."""

import json
import os
from pathlib import Path

import pytest

from derivations import goals as module
from derivations.argument import words
from derivations.argument.alike import alike, without_common_terms
from derivations.checker import check
from derivations.notation import read

LEFT = r"\nabla_\phi \sum_z q_\phi(z|x)\log p_\theta(x|z)"
MIDDLE = r"\sum_z \log p_\theta(x|z)\nabla_\phi q_\phi(z|x)"
RIGHT = r"\sum_z q_\phi(z|x)\log p_\theta(x|z)\nabla_\phi\log q_\phi(z|x)"
SECOND = r"\sum_z q_\phi(z|x)\nabla_\phi\log q_\phi(z|x)"
ENTROPY = r"\nabla_\phi\sum_z q_\phi(z|x)\log q_\phi(z|x)"
FIRST = r"\sum_z \log q_\phi(z|x)\nabla_\phi q_\phi(z|x)"
SCORE = r"z\frac{d}{d\beta}\log q_\beta(z)"
VARIANCE = r"\mathrm{Var}\left[\frac1m\sum_{i=1}^m \frac{z_i}{\beta}\right]"
FORMULA = rf"3b) \[{VARIANCE} = \frac{{1-\beta}}{{m\beta}}\]"


def statuses(text):
    return {name: goal.status for name, goal in judged(text).items()}


def judged(text):
    return module.goals(check(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (rf"1b) \[{LEFT} = {MIDDLE} = {RIGHT}\]", "proved"),
        (rf"1b) \[{RIGHT} = {MIDDLE} = {LEFT}\]", "proved"),
        (rf"Aufgabe 1b. \[{LEFT} = {MIDDLE}\] Weiter \[{MIDDLE} = {RIGHT}.\]", "proved"),
        (rf"1b) Use $\nabla_\phi q_\phi(z|x) = q_\phi(z|x)\nabla_\phi\log q_\phi(z|x)$. \[{LEFT} = {MIDDLE}\] so \[{LEFT} = {RIGHT}.\]", "proved"),
        (rf"1b) We show \[{LEFT} = {RIGHT}.\] Proof: \[{LEFT} = {MIDDLE} = {RIGHT}\]", "proved"),
        (rf"1b) To show: \[{LEFT} = {RIGHT}.\] Now \[{LEFT} = {MIDDLE}\] and $\nabla_\phi q_\phi(z|x) = q_\phi(z|x)\nabla_\phi\log q_\phi(z|x)$.", "proved"),
        (r"1b) \[\nabla_\phi \mathbb{E}_{q_\phi(z|x)}[\log p_\theta(x|z)] = \sum_z \log p_\theta(x|z)\nabla_\phi q_\phi(z|x) = \mathbb{E}_{q_\phi(z|x)}[\log p_\theta(x|z)\nabla_\phi \log q_\phi(z|x)]\]", "proved"),
        (r"1b) \[\nabla_\phi \sum_z q_\phi(z|x) f(z) = \sum_z f(z)\nabla_\phi q_\phi(z|x) = \sum_z f(z) q_\phi(z|x)\nabla_\phi \log q_\phi(z|x)\]", "proved"),
        (rf"1b) \[{LEFT} = {RIGHT}\]", "not reached"),
        (rf"1b) \[{LEFT} = {MIDDLE}\]", "not reached"),
        (rf"1b) \[{LEFT} = {RIGHT}\]" + " as the lecture has shown for many models" * 6, "open"),
        (rf"1b) We have \[{LEFT} = {RIGHT}.\] With $\nabla_\phi\log q_\phi(z|x) = \frac{{\nabla_\phi q_\phi(z|x)}}{{q_\phi(z|x)}}$ this is \[{LEFT} = {MIDDLE}.\] So $0 = 0$.", "circular"),
        (rf"1b) Assume the claim. Then \[{LEFT} = {RIGHT}.\]", "circular"),
        (rf"1b) \[{LEFT} = \sum_z q_\phi(z|x)\nabla_\phi \log p_\theta(x|z) = {RIGHT}\]", "wrong"),
        (rf"1b) \[{LEFT} = \sum_z \left( \log p_\theta(x|z)\nabla_\phi q_\phi(z|x) = {RIGHT}\]", "open"),
    ],
)  # fmt: skip
def test_the_log_trick(text, wanted):
    assert statuses(text)["1b.identity"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (rf"2b) \[{SECOND} = \sum_z \nabla_\phi q_\phi(z|x) = \nabla_\phi \sum_z q_\phi(z|x) = \nabla_\phi 1 = 0\]", "proved"),
        (rf"2b) \[0 = \nabla_\phi 1 = \nabla_\phi \sum_z q_\phi(z|x) = \sum_z \nabla_\phi q_\phi(z|x) = {SECOND}\]", "proved"),
        (r"Cvičení 2b \[\mathbb{E}_{q_\phi(z|x)}[\nabla_\phi \ln q_\phi(z|x)] = \sum_z \nabla_\phi q_\phi(z|x) = \nabla_\phi \sum_z q_\phi(z|x) = 0\]", "proved"),
        (rf"2b) \[{ENTROPY} = {FIRST} + {SECOND} = {FIRST} + \sum_z \nabla_\phi q_\phi(z|x) = {FIRST} + \nabla_\phi\sum_z q_\phi(z|x) = {FIRST}\]", "proved"),
        (rf"2b) \[{SECOND} = 0\]", "not reached"),
        (r"2b) The expected score vanishes because probabilities always sum to one.", "open"),
        (rf"2b) \[{SECOND} = {ENTROPY} - {FIRST} = {FIRST} - {FIRST} = 0\]", "open"),
        (rf"2b) Suppose that the claim holds. \[{SECOND} = {ENTROPY} - {FIRST} = {FIRST} - {FIRST} = 0\]", "circular"),
        (rf"2b) Angenommen, die zweite Summe ist null. Dann \[{ENTROPY} = {FIRST}\] also ${SECOND} = 0$.", "circular"),
        (rf"2b) \[{SECOND} = \sum_z \nabla_\phi q_\phi(z|x) = 1\]", "wrong"),
        (rf"2b) \[{SECOND} = \sum_z \log \nabla_\phi q_\phi(z|x) = 0\]", "open"),
    ],
)  # fmt: skip
def test_the_second_sum(text, wanted):
    assert statuses(text)["2b"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"3a) \[\frac{d}{d\beta}\mathbb{E}_\beta[z] = \frac{d}{d\beta}\beta = 1\]", "proved"),
        (r"3a) \[\frac{\partial}{\partial\beta}\sum_z q_\beta(z) z = \sum_z z \frac{\partial}{\partial\beta}q_\beta(z) = 0\cdot(-1) + 1\cdot 1 = 1\]", "proved"),
        (r"3a) \[\mathbb{E}_\beta[z] = \sum_z z q_\beta(z) = 0\cdot(1-\beta) + 1\cdot\beta = \beta\] and its derivative with respect to $\beta$ is $1$.", "proved"),
        (r"3a) \[\frac{d}{d\beta}\mathbb{E}_\beta[z] = 1\]", "not reached"),
        (r"3a) \[\frac{d}{d\beta}\mathbb{E}_\beta[z] = \frac{d}{d\beta}(1-\beta) = 1\]", "wrong"),
    ],
)  # fmt: skip
def test_the_derivative_of_the_mean(text, wanted):
    assert statuses(text)["3a"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (rf"3b) \[{SCORE} = z\left(\frac z\beta - \frac{{1-z}}{{1-\beta}}\right) = \frac z\beta\]", "proved"),
        (rf"3b) \[{SCORE} = \frac{{z - \beta z}}{{\beta(1-\beta)}} = \frac z\beta\]", "open"),
        (rf"3b) \[{SCORE} = z\left(\frac z\beta + \frac{{1-z}}{{1-\beta}}\right) = \frac z\beta\]", "open"),
        (rf"3b) \[{SCORE} = \frac{{z^2}}\beta + \frac{{z(1-z)}}{{1-\beta}} = \frac z\beta\]", "open"),
        (rf"3b) For $z=0$ both sides vanish. For $z=1$: $\frac{{d}}{{d\beta}}\log\beta = \frac1\beta$. So ${SCORE} = \frac z\beta$.", "proved"),
        (rf"3b) \[\frac{{d}}{{d\beta}}\log q_\beta(z) = \frac z\beta - \frac{{1-z}}{{1-\beta}}\] With $z^2=z$: \[{SCORE} = \frac z\beta\]", "proved"),
        (rf"3b) \[{SCORE} = \frac z\beta\]", "not reached"),
        (rf"3b) \[{SCORE} = z \cdot \frac{{d}}{{d\beta}} \log\beta = \frac z\beta\]", "proved"),
        (rf"3b) \[\frac{{d}}{{d\beta}}\log q_\beta(z) = \frac z\beta + \frac{{1-z}}{{1-\beta}}\] so \[{SCORE} = \frac z\beta\]", "wrong"),
    ],
)  # fmt: skip
def test_the_score(text, wanted):
    assert statuses(text)["3b.score"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FORMULA, "proved"),
        (rf"3b) \[{VARIANCE} = \frac1m \mathrm{{Var}}[z/\beta] = \frac1m\left(\frac1\beta - 1\right)\]", "proved"),
        (r"3b) $q(z) = p^z(1-p)^{1-z}$. \[\mathrm{Var}\left[\frac1N\sum_{i=1}^N \frac{z_i}{p}\right] = \frac1N\cdot\frac{1-p}{p}\]", "proved"),
        (r"3b) Let $\hat g = \frac1m\sum_{i=1}^m \frac{z_i}{\beta}$. \[\mathrm{Var}[\hat g] = \frac{1-\beta}{m\beta}\]", "proved"),
        (r"3b) \[\mathrm{Var}[z/\beta] = \frac{1-\beta}{\beta}\]", "not reached"),
        (rf"3b) \[{VARIANCE} = \frac{{1-\beta}}{{\beta}}\]", "wrong"),
        (rf"3b) \[\mathbb{{E}}[z^2] = \beta^2\] \[{VARIANCE} = \frac{{1-\beta}}{{m\beta}}\]", "wrong"),
        (rf"3b) \[{VARIANCE} = \sum_i \left( \frac{{1}}{{m \beta}} = \frac{{1-\beta}}{{m\beta}}\]", "open"),
    ],
)  # fmt: skip
def test_the_variance(text, wanted):
    assert statuses(text)["3b.variance"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FORMULA + "\nThe variance is decreasing in $\\beta$ and goes to infinity for $\\beta \\to 0$.", "proved"),
        (FORMULA + "\nDie Varianz fällt streng monoton in $\\beta$.", "proved"),
        (FORMULA + "\n" + r"\[\frac{d}{d\beta}\frac{1-\beta}{m\beta} = -\frac{1}{m\beta^2} < 0\]", "proved"),
        (FORMULA + "\n" + r"\[\lim_{\beta\to 0^+}\frac{1-\beta}{m\beta} = \infty\]", "proved"),
        (FORMULA + "\n" + r"\[\lim_{\beta\to 0^+}\frac{1-\beta}{m\beta} = 0\]", "wrong"),
        (FORMULA + "\nThe variance is increasing in $\\beta$.", "wrong"),
        (FORMULA + "\nThe variance does not depend on $\\beta$.", "wrong"),
        (FORMULA + "\nThe variance is decreasing in $\\beta$, but maximal in the middle.", "open"),
        (FORMULA + "\nThe variance goes to infinity for $\\beta \\to 1$.", "wrong"),
        (FORMULA + "\nThe variance is not decreasing in $\\beta$.", "open"),
        (FORMULA + "\nThe variance depends on $\\beta$ through the odds.", "open"),
        (rf"3b) \[{VARIANCE} = \frac{{1-\beta}}{{\beta}}\] The variance is decreasing in $\beta$.", "open"),
        (FORMULA, None),
    ],
)  # fmt: skip
def test_the_dependence_on_the_parameter(text, wanted):
    assert statuses(text).get("3b.dependence") == wanted


@pytest.mark.parametrize(
    ("text", "pair", "joint"),
    [
        (r"2a) With $a = q(z=1)$ and $b = p(z=1)$ we have $D_{KL}(q\|p) = a\log\frac ab + (1-a)\log\frac{1-a}{1-b}$.", "proved", None),
        (r"2a) Let $a = q(1)$, $b = p(1)$. \[KL(q\|p) = \sum_z q(z)\log\frac{q(z)}{p(z)} = a\log\frac ab + (1-a)\log\frac{1-a}{1-b}\] For $n$ components these are added.", "proved", "open"),
        (r"2a) Let $a = q(1)$, $b = p(1)$. \[KL(q\|p) = a\log\frac ab\]", "wrong", None),
        (r"2a) Let $a = q(1)$, $b = p(1)$. \[KL(q\|p) = b\log\frac ba + (1-b)\log\frac{1-b}{1-a}\] For $n$ components these are added.", "wrong", "wrong"),
        (r"2a) Let $q_i = q(z_i=1|x)$, $p_i = p(z_i=1)$. \[KL(q\|p) = \sum_{i=1}^n \left(q_i\log\frac{q_i}{p_i} + (1-q_i)\log\frac{1-q_i}{1-p_i}\right)\]", "open", "proved"),
    ],
)  # fmt: skip
def test_the_divergence(text, pair, joint):
    found = statuses(text)
    assert (found.get("2a.pair"), found.get("2a.sum")) == (pair, joint)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (rf"1b) \[{LEFT} = {MIDDLE} = {RIGHT}\] This is the mean of the estimator, which is therefore unbiased.", "proved"),
        (rf"1b) \[{LEFT} = {MIDDLE} = {RIGHT}\] Der Erwartungswert ist der Gradient, also erwartungstreu.", "proved"),
        (rf"1b) \[{LEFT} = {MIDDLE} = {RIGHT}\] So it is not unbiased in the mean.", "open"),
        (rf"1b) \[{LEFT} = {RIGHT}\] Its mean makes it unbiased.", "open"),
        (rf"1b) \[{LEFT} = \sum_z q_\phi(z|x)\nabla_\phi \log p_\theta(x|z) = {RIGHT}\] Its mean makes it unbiased.", "wrong"),
        (rf"1b) \[{LEFT} = {MIDDLE} = {RIGHT}\]", None),
    ],
)  # fmt: skip
def test_the_unbiased_estimator(text, wanted):
    assert statuses(text).get("1b.unbiased") == wanted


def test_a_goal_says_where_and_why():
    goal = judged("3b)\n" + rf"\[{VARIANCE} = \frac{{1-\beta}}{{\beta}}\]")["3b.variance"]
    assert goal.line == 2
    assert "refuted" in goal.detail


def test_what_is_open_quotes_the_passage():
    goal = judged(FORMULA + "\nThe variance is decreasing, but maximal in the middle.")["3b.dependence"]
    assert "maximal in the middle" in goal.detail


@pytest.mark.parametrize("text", ["", "no mathematics", r"\[ x", r"\[ 1 = 2 \]", "3b) $$$$", r"2b) \[ = \]"])
def test_nothing_is_proved_where_nothing_is_argued(text):
    assert "proved" not in statuses(text).values()


# ---------------------------------------------------------------- the parts of it


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("KL[z in D](q(z), p(z))", "sum[z in D](log(q(z) / p(z)) * q(z))", True),
        ("E[z in bits](bern(b, z), z)", "sum[z in bits](z * b^z * (1 - b)^(1 - z))", True),
        ("sum[i in range(1, m)](z[i] / (m * b))", "1 / m * sum[i in range(1, m)](z[i] / b)", True),
        ("(1 - b) / (m * b)", "(1 / b - 1) / m", True),
        ("sum[z in Z](d[t = t](q(t, z)))", "d[t = t](sum[z in Z](q(t, z)))", False),
        ("d[t = t](log(q(t)))", "d[t = t](q(t)) / q(t)", False),
        ("z^2", "z", False),
        ("bern(b, 1)", "b", False),
    ],
)
def test_alike_is_a_matter_of_notation(one, other, same):
    assert (alike(read(one)) == alike(read(other))) is same


def test_common_terms_are_taken_from_both_sides():
    assert without_common_terms(read("a + b - c"), read("b - c + 0")) == (read("a"), read("0"))
    assert without_common_terms(read("a"), read("b")) is None


def test_words_in_three_languages():
    assert all(words.assumes(text) for text in ("Předpokládejme, že", "Angenommen, es gilt", "Suppose"))
    assert all(words.announces(text) for text in ("Wir zeigen", "Chceme dokázat", "To show"))
    assert not words.announces("We have")
    assert words.calls_unbiased("Die Erwartung stimmt: Erwartungswert, erwartungstreu")
    assert not words.calls_unbiased("The mean shows that it is not unbiased")
    assert words.dependence("Rozptyl klesá.") == {"decreasing"}
    assert "unclear" in words.dependence("The variance decreases for small values only.")


# ---------------------------------------------------------------- labelled submissions

FOLDER = os.environ.get("DERIVATIONS_SUBMISSIONS")


@pytest.mark.skipif(FOLDER is None, reason="DERIVATIONS_SUBMISSIONS names no folder of labelled submissions")
def test_labelled_submissions():
    agreed = total = 0
    for path in sorted(Path(FOLDER or ".").glob("*.json")):
        labels = json.loads(path.read_text("utf-8"))
        wanted = {k: v for k, v in labels["goals"].items() if k in ("2b", "3a")} | labels.get("subgoals", {})
        found = statuses(path.with_suffix(".tex").read_text("utf-8"))
        for name, label in wanted.items():
            said = found.get(name, "not reached")
            assert said in (label, "open"), f"{path.stem} {name}: labelled {label}, judged {said}"
            agreed, total = agreed + (said == label), total + 1
    assert agreed >= 0.8 * total

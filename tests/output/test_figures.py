"""Figures: the same bytes twice, drawn from the proved formulas."""

import numpy as np
import pytest

from derivations.errors import OutsideFragment
from derivations.notation import read
from derivations.output import figures
from derivations.output.figures import FIGURES, drawn
from derivations.output.trial import Trial, bits_beyond, number_of_terms
from derivations.output.vectorised import evaluate


@pytest.fixture(scope="module")
def pictures():
    return {name: drawn(name) for name in FIGURES}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_a_pdf_without_a_date(pictures, name):
    assert pictures[name].startswith(b"%PDF-")
    assert b"Date" not in pictures[name]
    assert b"atplotlib" not in pictures[name]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_the_same_bytes_every_time(pictures, name):
    assert drawn(name) == pictures[name]


def test_there_is_no_other_figure():
    with pytest.raises(KeyError):
        drawn("none")


def test_the_style_of_figures_does_not_leak(pictures):
    import matplotlib as mpl

    assert mpl.rcParams["font.family"] != ["cmr10"]


def test_curves_are_the_claims_formulas(monkeypatch):
    """Another formula in the claim draws another curve."""
    before = drawn("variance")
    other = type("Claim", (), {"proposition": read("v = (1 - beta) / (m^2 * beta)")})()
    monkeypatch.setattr(figures, "VARIANCE_OF_MEAN", other)
    assert drawn("variance") != before


def test_simulated_variances_lie_on_the_line():
    expected = (1 - figures._TRIED) / (10 * figures._TRIED)
    assert np.allclose(figures._simulated(10), expected, rtol=0.15)


# ---------------------------------------------------------------- terms as arrays


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("a * log(a / b) + (1 - a) * log((1 - a) / (1 - b))", {"a": 0.5, "b": 0.5}, 0.0),
        ("d[b = b](log(b))", {"b": 4.0}, 0.25),
        ("d[t = 2 * b](t^2)", {"b": 3.0}, 12.0),
        ("E[z in bits](bern(b, z), z)", {"b": 0.3}, 0.3),
        ("sum[s in range(0, n)](binom(n, s) * b^s * (1 - b)^(n - s) * s)", {"n": 5.0, "b": 0.2}, 1.0),
        ("prod[i in range(1, 3)](i)", {}, 6.0),
        ("sum[i in range(1, 2)](v[i])", {"v": np.array([3.0, 4.0])}, 7.0),
        ("sqrt(sigmoid(logit(b)))", {"b": 0.25}, 0.5),
        ("-tanh(0) + exp(0)", {}, 1.0),
    ],
)
def test_terms_have_their_values(text, values, expected):
    assert float(evaluate(read(text), values)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("text", ["f(x)", "y", "sum[z in Z](z)", "oo", "d[a = a](d[b = a](b^2))", "x < 1"])
def test_what_cannot_be_drawn_is_refused(text):
    with pytest.raises(OutsideFragment):
        evaluate(read(text), {"x": 1.0, "a": 1.0})


# ---------------------------------------------------------------- the small encoder


@pytest.mark.parametrize("bits", [1, 4, 6])
def test_the_exact_gradient_is_the_derivative_of_the_mean(bits):
    trial = Trial(bits)
    known = {"theta": np.asarray(1.0), "x": np.asarray(bits / 2), "Z": trial.words}
    functions = {"q": trial._encoder, "p": trial._decoder}
    mean = read("sum[z in Z](q(phi, x, z) * log(p(theta, x, z)))")
    low, high = (float(evaluate(mean, {**known, "phi": 0.4 + step}, functions)) for step in (-1e-5, 1e-5))
    assert trial.gradient == pytest.approx((high - low) / 2e-5, rel=1e-6)
    assert trial.probabilities @ trial.estimates == pytest.approx(trial.gradient)


def test_simulated_means_lie_about_the_gradient():
    trial = Trial(4)
    error = (trial.variance / 1000 / 400) ** 0.5
    assert abs(trial.means(1000, 400).mean() - trial.gradient) < 4 * error


def test_the_exact_sum_ends_somewhere():
    assert number_of_terms(20) == 2**20
    assert number_of_terms(bits_beyond(60.0)) > 60e9 >= number_of_terms(bits_beyond(60.0) - 1)

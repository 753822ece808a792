"""The figures of the sheet as PDF, drawn from the formulas of the proved claims; the only door to matplotlib.

Same claims, same bytes: no dates, seeded draws. The colours are those of Okabe and Ito, and every curve has a dash of
its own, so that the figures can be read in grey and by those who do not tell red from green.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from derivations.latex.printer import latex
from derivations.notation import read
from derivations.output.look import STYLE
from derivations.output.trial import SIZES, SPEED, TIMES, Trial, number_of_terms, sides
from derivations.output.vectorised import Array, evaluate
from derivations.seminar7.bernoulli_kl import BERNOULLI_KL
from derivations.seminar7.score_variance import VARIANCE_OF_MEAN, VARIANCE_OF_ONE
from derivations.term import Bind, Term, opened

_WIDTH: Final = 160 / 25.4  # of the text, in inches
_INK: Final = "#3c4650"
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
_DASHES: Final[tuple[Any, ...]] = ("-", (0, (6, 2)), (0, (2, 1.4)), (0, (7, 2, 1.5, 2)))
_MARKERS: Final = ("o", "s", "^", "v")
_LOOK: Final[Any] = {
    "font.family": "cmr10", "mathtext.fontset": "cm", "axes.formatter.use_mathtext": True, "font.size": 9.5,
    "axes.unicode_minus": False, "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.6,
    "axes.edgecolor": _INK, "axes.labelcolor": _INK, "xtick.color": _INK, "ytick.color": _INK, "text.color": _INK,
    "xtick.major.width": 0.6, "ytick.major.width": 0.6, "xtick.minor.width": 0.4, "ytick.minor.width": 0.4,
    "xtick.labelsize": 8.5, "ytick.labelsize": 8.5, "lines.linewidth": 1.3, "legend.frameon": False,
    "legend.fontsize": 8.5, "legend.handlelength": 2.6, "axes.grid": True, "grid.color": "#e3e7eb",
    "grid.linewidth": 0.5, "axes.axisbelow": True, "pdf.compression": 6, "pdf.fonttype": 3,
}  # fmt: skip
_NO_DATES: Final[dict[str, Any]] = {"CreationDate": None, "Creator": None, "Producer": None}


def drawn(name: str) -> bytes:
    """The PDF of a figure: `variance`, `divergence` or `estimate`.

    Raises: KeyError for any other name.

    >>> drawn("divergence")[:5]
    b'%PDF-'
    """
    draw = FIGURES[name]
    with mpl.rc_context(_LOOK):
        figure = draw()
        target = io.BytesIO()
        figure.savefig(target, format="pdf", metadata=_NO_DATES)
    return target.getvalue()


def _formula(text: str) -> str:
    """A formula in the plain notation, as matplotlib's mathtext."""
    return _printed(read(text))


def _printed(term: Term) -> str:
    return f"${latex(term, STYLE)}$"


def _grey_grid(axes: Axes) -> None:
    axes.tick_params(which="minor", length=2)
    axes.grid(visible=False, which="minor")


# ---------------------------------------------------------------- the variance against beta

_BETAS: Final = np.geomspace(2e-3, 0.998, 400)
_TRIED: Final = np.array([0.005, 0.015, 0.05, 0.15, 0.4, 0.7, 0.9, 0.98])
_REPEATS: Final = 20_000


def _variance() -> Figure:
    """(1 - beta) / (m beta) on logarithmic axes, with simulated points over the lines."""
    figure = Figure(figsize=(_WIDTH, 2.9), layout="constrained")
    axes = figure.subplots()
    formula = sides(VARIANCE_OF_MEAN.proposition)[1]
    for place, draws in enumerate((1, 10, 100)):
        line = evaluate(formula, {"beta": _BETAS, "m": draws})
        label = f"{_formula('m')} = {draws}"
        axes.plot(_BETAS, line, color=_COLOURS[place], ls=_DASHES[place], label=label)
        axes.plot(
            _TRIED, _simulated(draws), _MARKERS[place], color=_COLOURS[place], ms=4.5, mfc="white", mew=1.1, zorder=3
        )
    axes.set(xscale="log", yscale="log", xlabel=_formula("beta"), ylabel=f"variance  {_printed(formula)}")
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.legend(title="draws", loc="upper right")
    _grey_grid(axes)
    return figure


def _simulated(draws: int) -> Array:
    """The variance of the mean of so many estimates, over many repeated samples."""
    single, _ = sides(VARIANCE_OF_ONE.proposition)
    if not isinstance(single, Bind):
        raise TypeError("not a variance")
    estimate = opened(single, "z")[1]
    generator = np.random.default_rng((7, draws))
    found = []
    for beta in _TRIED:
        worth = evaluate(estimate, {"beta": beta, "z": np.array([0.0, 1.0])})
        ones = generator.binomial(draws, beta, size=_REPEATS)
        found.append(np.var(((draws - ones) * worth[0] + ones * worth[1]) / draws, ddof=1))
    return np.array(found)


# ---------------------------------------------------------------- the divergence against a

_PRIORS: Final = ("1/10", "3/10", "1/2", "9/10")


def _divergence() -> Figure:
    """The closed form as a function of a, for several b."""
    figure = Figure(figsize=(_WIDTH, 2.7), layout="constrained")
    axes = figure.subplots()
    left, formula = sides(BERNOULLI_KL.proposition)
    alphas = np.linspace(1e-4, 1 - 1e-4, 500)
    for place, prior in enumerate(_PRIORS):
        value = float(evaluate(read(prior), {}))
        line = evaluate(formula, {"a": alphas, "b": value})
        label = f"{_formula('b')} = {value:g}"
        axes.plot(alphas, line, color=_COLOURS[place], ls=_DASHES[place], label=label)
        axes.plot([value], [0], _MARKERS[place], color=_COLOURS[place], ms=4.5, clip_on=False, zorder=3)
    axes.set(xlim=(0, 1), ylim=(0, 2.4), xlabel=_formula("a"), ylabel=_printed(left))
    axes.legend(loc="upper center", ncols=4, columnspacing=1.6)
    _grey_grid(axes)
    return figure


# ---------------------------------------------------------------- the estimator next to the exact sum

_DRAWS: Final = (1, 10, 100, 1_000, 10_000, 100_000)


def _estimation() -> Figure:
    """Relative error against the number of draws, and the number of terms of the exact sum."""
    figure = Figure(figsize=(_WIDTH, 2.9), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(1.45, 1), gridspec_kw={"wspace": 0.08})
    for place, bits in enumerate(SIZES):
        _error(left, Trial(bits), place)
    left.set(xscale="log", yscale="log", xlabel=f"draws  {_formula('m')}", ylabel="relative error")
    left.legend(loc="upper right")
    _cost(right)
    for axes in (left, right):
        _grey_grid(axes)
    return figure


def _error(axes: Axes, trial: Trial, place: int) -> None:
    colour, size = _COLOURS[place], abs(trial.gradient)
    draws = np.geomspace(_DRAWS[0], _DRAWS[-1], 100)
    single = trial.variance**0.5 / size
    axes.plot(draws, single / draws**0.5, color=colour, ls=_DASHES[place], label=f"{_formula('n')} = {trial.bits}")
    found = [np.sqrt(np.mean((trial.means(count, 300) - trial.gradient) ** 2)) / size for count in _DRAWS]
    axes.plot(_DRAWS, found, _MARKERS[place], color=colour, ms=4.5, mfc="white", mew=1.1, zorder=3)
    axes.plot([trial.terms], [single / trial.terms**0.5], "D", color=colour, ms=5.5, zorder=4)


def _cost(axes: Axes) -> None:
    sizes = np.arange(1, 81)
    axes.plot(sizes, [float(number_of_terms(int(bits))) for bits in sizes], color=_INK)
    for bits, colour in zip(SIZES, _COLOURS, strict=False):
        axes.plot([bits], [number_of_terms(bits)], "D", color=colour, ms=5.5)
    for name, seconds in TIMES.items():
        axes.axhline(seconds * SPEED, color=_INK, lw=0.5, ls=":")
        axes.text(1, seconds * SPEED * 1.6, name, fontsize=7.5)
    power = _formula("2^n")
    axes.set(yscale="log", xlim=(0, 80), xlabel=f"bits  {_formula('n')}", ylabel=f"terms of the exact sum  {power}")
    axes.set_yticks([1.0, 1e6, 1e12, 1e18, 1e24])


FIGURES: Final[dict[str, Callable[[], Figure]]] = {
    "variance": _variance,
    "divergence": _divergence,
    "estimate": _estimation,
}

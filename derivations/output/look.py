r"""How the sheet writes the functions of the seminar: `q(phi, x, z)` as q_phi(z | x), and so on.

Arguments of the encoder are its parameters, what stands behind the bar, the value; the decoder has its value first.
It must not say what a function means: that is in `setting`.
"""

from __future__ import annotations

from typing import Final

from derivations.latex.style import Shape, Style
from derivations.term import App, Var

_SHAPES: Final = {
    "q": Shape(r"q_{#1}(#3 \mid #2)", value=3),
    "p": Shape(r"p_{#1}(#2 \mid #3)"),
    "prior": Shape(r"p(#1)", value=1),
    "a": Shape(r"a_{#1}"),
    "b": Shape(r"b_{#1}"),
}
_SETS: Final = {"q": Var("Z"), "prior": Var("Z"), "bern": App("bits")}
_LETTERS: Final = {
    "phi": r"\varphi", "epsilon": r"\varepsilon", "eps": r"\varepsilon",
    "Z": r"\mathcal{Z}",  # also where it is not the set of a sum
}  # fmt: skip
# In the third assignment the Bernoulli distribution has a name of its own.
_NAMED_BERNOULLI: Final = Shape(r"q_{#1}(#2)", value=2, law=r"q_{#1}")

STYLE: Final = Style(functions=_SHAPES, domains=_SETS, letters=_LETTERS)
SCORE_STYLE: Final = Style(functions={**_SHAPES, "bern": _NAMED_BERNOULLI}, domains=_SETS, letters=_LETTERS)


def style_of(task: str) -> Style:
    """The style in which a task of the question sheet is printed, by its name such as "3b".

    >>> from derivations.latex.printer import latex
    >>> from derivations.notation import read
    >>> print(latex(read("bern(beta, z)"), style_of("3b")), latex(read("bern(beta, z)"), style_of("2a")))
    q_{\\beta}(z) \\mathrm{Bern}(z; \\beta)
    """
    return SCORE_STYLE if task.startswith("3") else STYLE

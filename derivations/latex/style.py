r"""How terms look in LaTeX: letters, fonts, and the shape in which each abstract function is written.

A shape is a line of LaTeX with places, `q_{#1}(#3 \mid #2)` for q(phi, x, z): the printer fills it in, and the
reader learns from the same line which argument is the parameter, which comes behind the bar, which is the value.
It must not decide what a formula means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from derivations.errors import NotationError
from derivations.term import App, Term

GREEK: Final = frozenset({
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma",
    "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell",
})  # fmt: skip
ACCENTS: Final = ("hat", "bar", "tilde", "vec", "dot", "check", "breve")
_STAR: Final = "star"
_PLACE: Final = re.compile(r"#([1-9])")


@dataclass(frozen=True)
class Shape:
    r"""How an abstract function is written.

    `written` has places `#1`, `#2`, ... for the arguments; `law`, where it is not empty, is the same without the
    value: the name of the distribution, such as `\mathrm{Bern}(#1)`. `value` is the place of the value (1-based).

    >>> Shape(r"q_{#1}(#3 \mid #2)", value=3).filled(["\\varphi", "x", "z"])
    'q_{\\varphi}(z \\mid x)'
    """

    written: str
    value: int = 0
    law: str = ""

    def filled(self, arguments: list[str], *, law: bool = False) -> str:
        """The shape with the arguments in their places. Raises NotationError where there are too few."""
        line = self.law if law else self.written
        if any(int(place) > len(arguments) for place in _PLACE.findall(line)):
            raise NotationError(line, 0, f"no more than {len(arguments)} places")
        return _PLACE.sub(lambda found: arguments[int(found[1]) - 1], line)

    @property
    def arity(self) -> int:
        """The number of arguments."""
        return max((int(place) for place in _PLACE.findall(self.written)), default=0)


BERNOULLI: Final = Shape(r"\mathrm{Bern}(#2; #1)", value=2, law=r"\mathrm{Bern}(#1)")


@dataclass(frozen=True)
class Style:
    r"""What may be chosen about the look of a formula.

    `callables` are the letters that a reader takes for functions, `f` in `f (x)`; `functions` maps a head to its
    shape; `domains` maps the head of a distribution to the set that its value ranges
    over, so that the set need not be printed; `letters` overrides the LaTeX of a name; a derivative by one of the
    `gradients` is printed with a nabla. The symbols default to such as need no fonts of the AMS.
    """

    functions: Mapping[str, Shape] = field(default_factory=dict)
    domains: Mapping[str, Term] = field(default_factory=lambda: {"bern": App("bits")})
    letters: Mapping[str, str] = field(default_factory=lambda: {"phi": r"\varphi", "epsilon": r"\varepsilon"})
    callables: frozenset[str] = frozenset("fghpqrFGHJLPQ")
    gradients: frozenset[str] = frozenset({"phi", "theta"})
    expectation: str = r"\operatorname{E}"
    variance: str = r"\operatorname{Var}"
    covariance: str = r"\operatorname{Cov}"
    entropy: str = r"\operatorname{H}"
    divergence: str = r"D_{\mathrm{KL}}"
    differential: str = "d"
    reals: str = r"\mathbf{R}"

    def shape(self, head: str) -> Shape | None:
        """The shape of a function, None for one that is written `head(a, b)`."""
        return self.functions.get(head, BERNOULLI if head == "bern" else None)


PLAIN: Final = Style()


def symbol(name: str, style: Style = PLAIN) -> str:
    r"""The LaTeX of a name: Greek letters, accents, subscripts, primes, a star.

    >>> [symbol(name) for name in ("phi", "beta_1", "p_hat", "z'", "theta_star_old")]
    ['\\varphi', '\\beta_{1}', '\\hat{p}', "z'", '\\theta_{old}^{*}']
    """
    bare = name.rstrip("'")
    primes = name[len(bare) :]
    base, *parts = bare.split("_")
    text = _letter(base, style)
    while parts and parts[0] in ACCENTS:
        text = f"\\{parts.pop(0)}{{{text}}}"
    star = "^{*}" if _STAR in parts else ""
    below = ",".join(_subscript(part, style) for part in parts if part != _STAR)
    return text + (f"_{{{below}}}" if below else "") + (primes or star)


def _subscript(part: str, style: Style) -> str:
    return part if part.isdigit() or part not in GREEK else _letter(part, style)


def _letter(base: str, style: Style) -> str:
    if base in style.letters:
        return style.letters[base]
    if base in GREEK:
        return f"\\{base}"
    return base if len(base) == 1 else f"\\mathrm{{{base}}}"


def calligraphic(name: str, style: Style = PLAIN) -> str:
    r"""The LaTeX of the name of a set.

    >>> calligraphic("Z")
    '\\mathcal{Z}'
    """
    if name[:1].isupper() and "_" not in name and len(name) == 1 and name not in style.letters:
        return f"\\mathcal{{{name}}}"
    return symbol(name, style)

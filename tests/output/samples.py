"""Documents for the tests of reports: every verdict once, and what a hostile author would write."""

from dataclasses import replace

from derivations.checker import check
from derivations.latex.profile import load
from derivations.output.plain import plain
from derivations.report import Goal

EVERY_VERDICT = r"""\section*{Assignment 3b}
The score is
\begin{align}
	\frac{d}{d\beta}\log q_\beta(z) &= \frac{z}{\beta} + \frac{1-z}{1-\beta} \\
 \frac{d}{d\beta}\log q_\beta(z) &= \frac{z}{\beta} - \frac{1-z}{1-\beta} \\
 x/x &= 1 \\
 \nabla \times \oint y &= 3 \\
 2 &\approx 3 \\
 X &:= z/\beta
\end{align}
"""
GOALS = {
    "3b.score": Goal("wrong", 4, "the argument for it holds a refuted step"),
    "3b.dependence": Goal("open", 9, 'a person must read: "so it <b>grows</b>"'),
}
HOSTILE = (
    "\\section{3b <script>alert('x')</script>}\n"
    '\x1b[31m\u202e </pre></details> " onload="alert(1)\n'
    "\\[ \\frac{d}{d\\beta} \\log\\beta = \\frac{2}{\\beta} \\text{<img src=x onerror=alert(2)>} \\]\n"
    "\\[ \\href{javascript:alert(3)}{z} = z + 1 \\qquad \\text{</style><script>} \\]\n"
)


def file_of(text, path="notes.tex", profile="seminar7", goals=None):
    used = load(profile)
    report = replace(check(text, used, path=path), goals=goals or {})
    return plain(report, text, used.style)


def every_verdict():
    return file_of(EVERY_VERDICT, goals=GOALS)

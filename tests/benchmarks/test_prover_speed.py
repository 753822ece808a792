"""How fast `prove` answers the scalar questions, beside `simplify(lhs - rhs) == 0` on the same ones in the same run.

    pytest tests/benchmarks/test_prover_speed.py --benchmark-only

Each group is a family; its ratio is the figure to read. No test of time. `tests.benchmarks.peers` asks more engines.
"""

from __future__ import annotations

import pytest
import sympy
from sympy.core.cache import clear_cache

from derivations.api import prove
from derivations.given import Given
from derivations.latex.reader import read_formula
from derivations.sympy_bridge import to_sympy
from tests.benchmarks.engines import forget
from tests.questions import Question, questions

_EVERY = 4  # questions of a family that are asked
FAMILIES = {
    family: [question for question in questions() if question.family == family][::_EVERY]
    for family in dict.fromkeys(question.family for question in questions())
}


def _proved(asked: list[Question]) -> int:
    forget()
    return len([prove(question.lhs, question.rhs, question.domains) for question in asked])


def _simplified(differences: list[sympy.Expr]) -> int:
    """Each from the start: SymPy remembers what it has simplified."""
    clear_cache()
    return len([sympy.simplify(difference) == 0 for difference in differences])


def _difference(question: Question) -> sympy.Expr:
    given = Given.from_dict(question.domains)
    read = {"symbols": question.domains, "constants": True}
    left, right = (to_sympy(read_formula(side, "plain", **read), given) for side in (question.lhs, question.rhs))
    return left - right


@pytest.mark.parametrize("family", FAMILIES)
def test_prove(benchmark, family: str) -> None:
    benchmark.group = family
    assert benchmark.pedantic(_proved, args=(FAMILIES[family],), rounds=5) == len(FAMILIES[family])


@pytest.mark.parametrize("family", FAMILIES)
def test_simplify(benchmark, family: str) -> None:
    benchmark.group = family
    differences = [_difference(question) for question in FAMILIES[family]]
    assert benchmark.pedantic(_simplified, args=(differences,), rounds=1) == len(differences)

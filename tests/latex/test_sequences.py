"""x_1 is a value of the sequence x where the line sums over x_i, and a letter of its own elsewhere."""

import pytest

from derivations.api import prove
from derivations.checker import check
from derivations.errors import NotationError
from derivations.verdict import Verdict

HOLD = [
    (r"\sum_{i=1}^2 x_i", "x_1 + x_2"),
    (r"\prod_{i=1}^2 (1 - p_i)", "(1 - p_1)(1 - p_2)"),
    (r"(x_1 + x_2)^2", r"\sum_{i=1}^2 \sum_{j=1}^2 x_i x_j"),
    (r"\frac{\partial}{\partial x_1} \sum_{i=1}^2 x_i^2", "2 x_1"),
    (r"\frac{\partial}{\partial x_1} \sum_{i=1}^n x_i^2", "2 x_1"),
    (r"\frac{\partial^2}{\partial x_1^2} \sum_{i=1}^3 x_i^3", "6 x_1"),
    (r"\frac{\partial}{\partial x_2} \ln \sum_{i=1}^3 e^{x_i}", r"\frac{e^{x_2}}{\sum_{j=1}^3 e^{x_j}}"),
    (r"\frac{\partial}{\partial x_1} \sum_{i=1}^2 x_i^2 \Big|_{x_1 = 3}", "6"),
    (r"\frac{d}{dt} \sum_{i=1}^n t^i \Big|_{t=1}", r"\frac{n(n+1)}{2}"),
    (r"\sum_{i=1}^n \frac{d}{dt} t^2 \Big|_{t=i}", "n(n+1)"),
]
FAIL = [
    (r"\sum_{i=1}^2 x_i", "x_1 - x_2"),
    (r"\frac{\partial}{\partial x_1} \sum_{i=1}^2 x_i^2", "0"),
    (r"\frac{\partial^2}{\partial x_1 \partial x_2} \prod_{i=1}^2 x_i", "0"),
]


def _verdict(left: str, right: str) -> Verdict:
    return prove(left, right, {"n": "positive integer"})


@pytest.mark.parametrize(("left", "right"), HOLD)
def test_values_of_a_sequence(left: str, right: str) -> None:
    assert _verdict(left, right).kind == "proved"


@pytest.mark.parametrize(("left", "right"), FAIL)
def test_slips_are_seen(left: str, right: str) -> None:
    assert _verdict(left, right).kind == "refuted"


def test_what_has_two_indices_withholds_a_refutation() -> None:
    assert _verdict(r"\sum_{i=1}^2 a_{ii}", "a_{11} + a_{22}").kind == "undecided"


def test_the_given_speaks_of_the_values() -> None:
    verdict = prove(r"\sum_{i=1}^2 \ln x_i", r"\ln(x_1 x_2)", {"x_1": "positive", "x_2": "positive"})
    assert verdict.kind in ("proved", "conditional")


def test_documents_read_alike() -> None:
    report = check(r"\begin{align*} \sum_{i=1}^3 w_i &= w_1 + w_2 + w_3 \\ &= w_1 + w_2 - w_3 \end{align*}", "plain")
    assert [step.verdict.kind for chain in report.chains for step in chain.steps] == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        (r"\left.\sum_{i=1}^n x_i\right|_{x_1=0}", r"\sum_{i=1}^n x_i", "refuted"),  # it was proved
        (r"\left.\sum_{i=1}^n x_i\right|_{x_1=0}", r"\sum_{i=2}^n x_i", "proved"),  # it was refuted
        (r"\left.\sum_{i=1}^n x_i^2\right|_{x_2=0}", r"\sum_{i=1}^n x_i^2", "refuted"),
        (r"\left. x^2 + y\right|_{x=1}", "1 + y", "proved"),
    ],
)
def test_a_value_is_put_in_below_a_bar(left: str, right: str, kind: str) -> None:
    assert prove(left, right, {"n": "positive integer"}).kind == kind


@pytest.mark.parametrize(("value", "kind"), [("1", "proved"), ("0", "refuted")])
def test_two_points_at_a_bar_are_a_difference(value: str, kind: str) -> None:
    assert prove(r"\left. x^2 \right|_{x=0}^{1}", value).kind == kind


@pytest.mark.parametrize(
    "formula",
    [
        r"\left. x_i^2\right|_{x_1=0}", r"\left. x_i + x_1\right|_{x_1=0}", r"\left.\sum_{i=1}^n x_i\right|_{x=0}",
        r"\left.\sum_{i=1}^n x_i\right|_{x_k=0}",
    ],
)  # fmt: skip
def test_what_may_be_other_values_is_not_read_below_a_bar(formula: str) -> None:
    with pytest.raises(NotationError):
        prove(formula, "0")


def test_a_mean_of_what_nobody_wrote_refutes_nothing() -> None:
    assert prove(r"\frac{\partial}{\partial x_1} \bar x", r"\frac1n", {"n": "positive integer"}).kind == "undecided"
    assert prove(r"\frac{d}{dx} \bar y", "1").kind == "refuted"


def test_a_command_before_a_letter_in_brackets_may_be_a_function() -> None:
    assert prove(r"\Phi(x) + \Phi(-x)", "0").kind == "undecided"
    assert prove(r"\Phi(x) + \Phi(-x)", "0", {"Phi": "real"}).kind == "proved"
    assert prove(r"\alpha(1 - \beta)", r"\alpha - \alpha\beta").kind == "proved"

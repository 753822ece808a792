"""Relations other than =: labels by independent numbers, verdicts that never contradict them, and most of them decided."""

from __future__ import annotations

import pytest

from derivations.checker import check
from derivations.given import Given
from derivations.notation import read
from derivations.prover import verdict_on
from tests.opinion import holds
from tests.relations import Relation, relations

# What stays open, and why. A line that is decided after all must leave this list.
_DEEPER = "needs more derivatives than are tried"
OPEN = {
    r"e^{x} + e^{-x} \ge 2 + x^2": _DEEPER,
    r"-p\log p - (1-p)\log(1-p) \ge 4p(1-p) \log 2": _DEEPER,
    r"-p\log p - (1-p)\log(1-p) \ge 2p(1-p)": _DEEPER,
}


@pytest.mark.parametrize("relation", relations(), ids=str)
def test_labels_are_right(relation: Relation) -> None:
    assert holds(relation.claim, relation.known) is relation.holds


@pytest.mark.parametrize("relation", relations(), ids=str)
def test_relations_are_decided(relation: Relation) -> None:
    verdict = verdict_on(relation.claim, relation.known)
    if relation.line in OPEN:
        assert verdict.kind == "undecided", "this line can leave the list"
    else:
        assert verdict.kind == ("proved" if relation.holds else "refuted"), verdict.reason


def test_half_of_them_are_false() -> None:
    assert len(relations()) >= 300
    assert sum(not relation.holds for relation in relations()) >= 130


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (r"\log(x^2+1) \le x^2", "proved"),
        (r"p(1-p) \le \frac{1}{4}", "proved"),
        (r"2xy \le x^2 + y^2", "proved"),
        (r"e^x \ge 1 + x", "proved"),
        (r"|x+y| \le |x| + |y|", "proved"),
        (r"\lim_{x\to\infty} x e^{-x} = 0", "proved"),
        (r"2xy \ge x^2 + y^2", "refuted"),
        (r"e^x \le 1 + x", "refuted"),
        (r"\lim_{x\to\infty} x e^{-x} = 1", "refuted"),
    ],
)
def test_relations_in_documents(step: str, kind: str) -> None:
    found = check(rf"We have \[ {step} \]", profile="plain").steps
    assert [one.verdict.kind for one in found] == [kind]


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("decreasing[t in interval(0, oo)](log(1 + t) / t)", "proved"),
        ("increasing[t in interval(0, oo)](t * exp(t) - t)", "proved"),
        ("increasing[t in interval(0, oo)](log(1 + t) / t)", "refuted"),
        (
            "sum[i in range(1, n)](a(i) * b(i))^2 <= sum[i in range(1, n)](a(i)^2) * sum[i in range(1, n)](b(i)^2)",
            "proved",
        ),
        (
            "sum[i in range(1, n)](a(i)^2) * sum[i in range(1, n)](b(i)^2) <= sum[i in range(1, n)](a(i) * b(i))^2",
            "refuted",
        ),
    ],
)
def test_monotony_and_sums(claim: str, kind: str) -> None:
    assert verdict_on(read(claim), Given.of("n in integers(1, oo)")).kind == kind

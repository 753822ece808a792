"""A claim accounts for what it prints: rules, conditions, and the statement it ends with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivations.claim import Claim, Line, Mistake
from derivations.errors import ClaimFailed

CLAIM = Claim(
    name="example",
    task="0",
    title="An example",
    statement="log(b * (1 - b)) = log(b) + log(1 - b)",
    given=("b in interval(0, 1)",),
    lines=(Line("log(b) + log(1 - b)", ("log-product",), needs=("0 < b", "0 < 1 - b")),),
    mistakes=(Mistake("product", "log(b * (1 - b)) = log(b) * log(1 - b)", "The logarithm of a product is a sum."),),
)


def test_a_claim_that_stands() -> None:
    proof = CLAIM.proof()
    assert proof.steps[0].titles == ("logarithm of a product",)
    assert [verdict.kind for _, verdict in CLAIM.refutations()] == ["refuted"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lines": (Line("log(b) - log(1 - b)", ()),)}, "step 1: .* is refuted by"),
        ({"lines": (Line("log(b) + log(1 - b)", ("product-rule",)),)}, "said to rest on product-rule"),
        ({"lines": (Line("log(b) + log(1 - b)", (), needs=("0 < b - 1",)),)}, "said to need 0 < b - 1"),
        ({"lines": (Line("log(b) + log(1 - b) + 0", ()),)}, "the last line: the derivation shows"),
        ({"given": ("b in interval(0, 2)",)}, "step 1: .* (holds only under|is undecided)"),
        ({"lines": (), "because": ("product-rule",)}, "the statement: is said to rest on product-rule"),
        ({"lines": (), "statement": "b = 1 - b"}, "the statement: .* is refuted by"),
        ({"statement": "decreasing[t in interval(0, 1)](-t)"}, "needs a relation to start from"),
        ({"mistakes": (Mistake("none", CLAIM.statement, ""),)}, "the mistake none: is proved, not refuted"),
    ],
)
def test_a_claim_that_does_not(change: dict, message: str) -> None:
    broken = replace(CLAIM, **change)
    with pytest.raises(ClaimFailed, match=message):
        (broken.refutations if "mistakes" in change else broken.proof)()

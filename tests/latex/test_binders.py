"""What stands below sums, and numbers with commas."""

from __future__ import annotations

import pytest

from derivations.checker import check


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        (r"\sum_{1 \le i \le n} (2i - 1) = n^2", "proved"),
        (r"\sum_{1 \le i < j \le n} 1 = \frac{n(n-1)}{2}", "proved"),
        (r"\sum_{1 \le i \le j \le n} 1 = \frac{n(n-1)}{2}", "refuted"),
        (r"\sum_{0 < i < n} 1 = n - 1", "proved"),
        (r"\sum_{i=1}^n \sum_{j=1, j \ne i}^n x_i x_j = (\sum_{i=1}^n x_i)^2 - \sum_{i=1}^n x_i^2", "proved"),
        (r"\sum_{i=1}^n \sum_{\substack{j=1 \\ j \ne i}}^n x_i x_j = (\sum_{i=1}^n x_i)^2", "refuted"),
        (r"\sum_{i \le n} 1 = n", "unread"),  # where it begins is not said
        (r"\sum_{i=1}^K a_i \sum_{j=1}^K A_{ij} b_j = \sum_{j=1}^K b_j \sum_{i=1}^K a_i A_{ij}", "proved"),
        (r"\sum_{i=1}^K a_i \sum_{j=1}^K A_{ij} b_j = \sum_{j=1}^K b_j \sum_{i=1}^K a_i A_{ji}", "refuted"),
        (r"\sum_{j=1}^K \sum_{i=1}^K A_{ij} = \sum_{i=1}^K \sum_{j=1}^K A_{ij}", "proved"),
        (r"1{,}5^2 = 2{,}25", "proved"),
        (r"0{,}125 = \frac14", "refuted"),
        (r"1{,}000{,}000 = 10^6", "proved"),
        (r"\frac1a_1 = \frac1a_2", "unread"),  # the index belongs to a, and does not stand there
        (r"1{,}000 = 1000", "unread"),  # or 1
    ],
)
def test_sums_and_numbers(claim: str, kind: str) -> None:
    assert [step.verdict.kind for step in check(rf"\[ {claim} \]", profile="plain").steps] == [kind]

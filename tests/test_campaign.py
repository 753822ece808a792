"""A small campaign in every test run: see `tests/campaign.py`."""

from __future__ import annotations

import pytest

from tests.campaign import hunt


@pytest.mark.parametrize("seed", [3, 2026])
def test_nothing_unsound_is_found_and_most_is_decided(seed: int) -> None:
    found = hunt(160, seed, 120.0)
    assert not any("UNSOUND" in kind for kind in found)
    true = {kind: count for kind, count in found.items() if kind.startswith("true") and "vacuous" not in kind}
    decided = sum(count for kind, count in true.items() if "undecided" not in kind)
    assert decided >= 0.97 * sum(true.values())

"""A small campaign in every test run: see `tests/campaign.py`. What labels the pairs is tested here too."""

from __future__ import annotations

import pytest

from derivations.notation import read
from derivations.term import App
from tests.balls import AGREE, APART, opinion
from tests.campaign import campaign, hunt, record
from tests.generated import worlds


@pytest.mark.parametrize("seed", [3, 2026])
def test_nothing_unsound_is_found_and_most_is_decided(seed: int) -> None:
    found = hunt(600, str(seed))
    assert found.unsound == found.faults == []
    assert found.pairs == pytest.approx(600, abs=1)
    assert found.share("true", "proved", "conditional") >= 0.97
    assert found.share("false", "refuted") >= 0.98
    assert all(reason.count(": ") for reason in found.reasons)


def test_the_same_seed_finds_the_same() -> None:
    first, second = (record(hunt(60, "5"), {"seed": 5}) for _ in range(2))
    assert first["counts"] == second["counts"]
    assert first["seed"] == 5


def test_however_many_jobs_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.campaign._BATCH", 12)
    (*_, one), (*so_far, two) = (list(campaign(41, 1, jobs=jobs)) for jobs in (1, 2))
    assert len(so_far) == 3
    assert one.counts == two.counts
    assert 41 <= two.pairs <= 45
    assert two.unsound == two.faults == []


def test_no_batch_begins_when_the_time_is_over() -> None:
    assert [found.pairs for found in campaign(41, 1, seconds=0.0)] == [0]


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("d[x = x](d[t = x](t^3 * sin(x))) = 6 * x * sin(x) + 3 * x^2 * cos(x)", AGREE),
        ("d[y = y](int[w in X](r(y, w) * log(r(y, w)))) = int[w in X](d[s = y](r(s, w)) * log(r(y, w)))", AGREE),
        ("int[w in reals](normal(w, b, x) * (w - b)^4) = 3 * x^2", AGREE),
        ("int[w in reals](normal(w, b, x) * (w - b)^4) = 2 * x^2", APART),
        ("Var[v in tuples(bits, m)](prod[i in range(1, m)](bern(b, v[i])), sum[i in range(1, m)](v[i]) / m)"
         " = b * (1 - b) / m", AGREE),
        ("KL[w in Z](q(y, w), q(x, w)) = KL[w in Z](q(x, w), q(y, w))", APART),
        ("max(x, y) + min(x, y) = x + y", AGREE),
        ("log(x^2) = log(x)", APART),
        ("log(-x) = log(-x)", None),
        ("y^(1 / 2) = sqrt(y)", AGREE),
    ],
)  # fmt: skip
def test_balls_tell_what_is_apart(claim: str, answer: str | None) -> None:
    asked = read(claim)
    assert isinstance(asked, App)
    assert opinion(asked, worlds(7, 6)) == answer

"""How long a student's submission takes once the program runs: reading and judging, the median of the corpus."""

import pytest

from derivations.checker import check
from derivations.latex.reader import read_document
from tests.labels import documents

TEXTS = {path.stem: path.read_bytes() for path in documents()}
MEDIAN = sorted(TEXTS, key=lambda name: len(TEXTS[name]))[len(TEXTS) // 2]


@pytest.fixture(autouse=True)
def warm():
    check(TEXTS[MEDIAN])


def test_reading_a_submission(benchmark):
    document = benchmark(read_document, TEXTS[MEDIAN])
    assert document.steps


def test_judging_a_submission(benchmark):
    report = benchmark(check, TEXTS[MEDIAN])
    assert report.steps
    assert report.goals


def test_judging_all_submissions(benchmark):
    reports = benchmark.pedantic(lambda: [check(text) for text in TEXTS.values()], rounds=1)
    assert all(report.chains for report in reports)

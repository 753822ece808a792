"""What students write, judged whole: labelled documents in many styles, half of them wrong (the labels: labels.py)."""

import pytest

from derivations.checker import check
from tests.labels import Labels, Score, _matched, documents, score


@pytest.fixture(scope="module")
def found():
    return score(documents())


def test_no_verdict_contradicts_a_label(found):
    assert not found.contradicted


def test_true_steps_are_proved_and_false_ones_refuted(found):
    assert found.share("T", "proved") >= 0.98, found.differing
    assert found.share("F", "refuted") >= 0.95, found.differing
    assert found.steps["F", "refuted"] >= 40  # the corpus keeps its wrong steps


def test_goals_are_reached_as_labelled(found):
    assert not found.goals["differ"], found.differing
    assert found.goals["agree"] >= 0.93 * found.goals.total()


def test_mistakes_have_their_names(found):
    assert not found.unnamed


def test_every_document_has_its_labels():
    for path in documents():
        labels = Labels.of(path.with_suffix(".labels").read_text("utf-8"))
        lines = path.read_text("utf-8").split("\n")
        assert labels.steps
        assert set("".join(labels.steps.values())) <= set("TF-")
        assert max(labels.steps) <= len(lines)


@pytest.mark.parametrize(("old", "new"), [("T", "F"), ("F", "T")])
def test_a_wrong_label_would_be_seen(old, new):
    path = next(path for path in documents() if path.stem == "a02")
    labels = Labels.of(path.with_suffix(".labels").read_text("utf-8"))
    turned = Labels({line: letters.replace(old, new) for line, letters in labels.steps.items()}, {}, {})
    compared = Score()
    compared.take("a02", check(path.read_bytes()), turned)
    assert compared.contradicted


def test_claims_that_are_not_found_are_counted_as_missing():
    assert _matched("TT-", []) == [("T", None), ("T", None)]


def verdicts(data):
    return [(step.step.line, step.verdict.kind, step.mistake) for step in check(data).steps]


@pytest.mark.parametrize("path", documents()[::6], ids=lambda path: path.stem)
def test_line_ends_marks_and_encodings_change_nothing(path):
    text = path.read_text("utf-8")
    usual = verdicts(text.encode())
    assert verdicts(text.replace("\n", "\r\n").encode()) == usual
    assert verdicts(text.encode("utf-8-sig")) == usual
    assert verdicts(text.encode("utf-16")) == usual
    if all(ord(sign) < 256 for sign in text):
        assert verdicts(text.encode("latin-1")) == usual


@pytest.mark.parametrize("path", documents()[3::9], ids=lambda path: path.stem)
def test_one_document_twice_is_judged_twice_alike(path):
    text = path.read_text("utf-8").replace("\\end{document}", "")
    once = [kind for _, kind, _ in verdicts(text)]
    twice = [kind for _, kind, _ in verdicts(text + "\n\n" + text)]
    assert twice[: len(once)] == once

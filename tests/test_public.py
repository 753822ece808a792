"""Derivations as they are written in public notes: a hundred and more short documents, many with a wrong step.

A file of `corpus/` holds documents behind `### markdown | tex | notebook | rst`, each with a word for every step of its
displays behind `---`, chosen by reasoning before the checker ran: `true`, `false`, `definition`, or `open` for what
only the author's words could decide (a condition, an approximation, an assumption). No verdict may contradict its word.
"""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from derivations.checker import check

FILES = sorted((Path(__file__).parent / "corpus").glob("*.txt"))
PROFILES = ("plain", "seminar7")
HOLDS = ("proved", "conditional")
CONTRADICTIONS = {
    *(("false", kind) for kind in HOLDS),
    *((word, "refuted") for word in ("true", "open", "definition")),
}


def notebook(text: str) -> str:
    """The cells of a notebook, one for each paragraph."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": part.splitlines(keepends=True)}
        for part in re.split(r"\n\n(?=\S)", text)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def documents(path: Path) -> list[tuple[str, list[str]]]:
    """The documents of a file with the words for their steps."""
    found = []
    for block in re.split(r"^### ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        kind, body = block.split("\n", 1)
        text, _, words = body.rpartition("\n---\n")
        found.append((notebook(text) if kind.strip() == "notebook" else text, words.split()))
    return found


@cache
def judged(path: Path, profile: str) -> list[tuple[str, str, str]]:
    """Word, verdict and reason of every step in the displays of a file."""
    found = []
    for text, words in documents(path):
        report = check(text, profile)
        steps = [step for chain in report.chains if not chain.chain.inline for step in chain.steps]
        assert len(steps) == len(words), f"{len(steps)} steps for {len(words)} words in\n{text}"
        for word, step in zip(words, steps, strict=True):
            shown = f"{step.step.lhs_latex} {step.step.relation} {step.step.rhs_latex}: {step.verdict.reason or ''}"
            found.append((word, step.verdict.kind, " ".join(shown.split())))
    return found


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_verdict_contradicts_the_author(path, profile):
    wrong = [entry for entry in judged(path, profile) if entry[:2] in CONTRADICTIONS]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_read_and_proved(profile, record_property):
    entries = [entry for path in FILES for entry in judged(path, profile)]
    table = Counter(entry[:2] for entry in entries)
    for key, count in sorted(table.items()):
        record_property(f"{profile}: {' '.join(key)}", count)
    missed = "\n".join(map(str, sorted(entry for entry in entries if entry[1] in ("unread", "undecided"))))
    read = sum(kind != "unread" for _, kind, _ in entries) / len(entries)
    holds = [kind in HOLDS for word, kind, _ in entries if word == "true"]
    fails = [kind == "refuted" for word, kind, _ in entries if word == "false"]
    assert read >= 0.97, missed
    assert sum(holds) / len(holds) >= 0.88, missed
    assert sum(fails) / len(fails) >= 0.75, missed


def test_the_corpus_is_large_and_half_of_it_is_wrong():
    words = [word for path in FILES for _, document in documents(path) for word in document]
    assert sum(len(documents(path)) for path in FILES) >= 150
    assert words.count("false") >= 70

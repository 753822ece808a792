"""Short documents in many notations, each with what it is read as.

A file holds documents behind `### profile [task]`, each with its readings behind `---`, a step a line:
`left | relation | right` in the plain notation, with `define` or `unread` before it for other steps.
"""

import re
from pathlib import Path

import pytest

from derivations.latex.document import CLAIM, DEFINITION, Step
from derivations.latex.reader import read_document

FILES = sorted((Path(__file__).parent / "corpus").glob("*.txt"))


def shown(step: Step) -> str:
    if step.kind == CLAIM:
        return f"{step.lhs} | {step.relation} | {step.rhs}"
    if step.kind == DEFINITION:
        return f"define | {step.lhs_latex} | {step.rhs}"
    return f"unread | {step.rhs_latex} | {step.reason}"


def documents(path: Path) -> list[tuple[str, str, str]]:
    blocks = re.split(r"^### ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for block in blocks:
        head, body = block.split("\n", 1)
        text, _, readings = body.partition("\n---\n")
        found.append((head.strip(), text, readings.strip()))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_documents_are_read_as_written_down(path):
    wrong = []
    for head, text, readings in documents(path):
        profile, *task = head.split()
        steps = read_document(text, profile, task[0] if task else None).steps
        got = "\n".join(shown(step).replace("\n", " ") for step in steps)
        if got != readings:
            wrong.append(f"{text}\nread as\n{got}\nexpected\n{readings}\n")
    assert not wrong, "\n".join(wrong)


def test_the_corpus_is_large_enough():
    assert sum(len(documents(path)) for path in FILES) >= 60

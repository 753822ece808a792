"""Reports for machines: JSON as the contract says, GitHub's annotations, SARIF 2.1.0. They hold the same verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from derivations.output.plain import File, Step, printable, steps_of

NAME: Final = "derivations"
SCHEMA: Final = 1
# How loud a verdict is; what is proved or defined is not spoken of.
LEVELS: Final[Mapping[str, str]] = {
    "refuted": "error", "conditional": "warning", "undecided": "warning", "unread": "warning",
}  # fmt: skip
_BAD_GOALS: Final = ("wrong", "circular")
_MEANINGS: Final[Mapping[str, str]] = {
    "refuted": "A counterexample satisfies the given, and the two sides differ there.",
    "conditional": "The step holds under conditions that do not follow from the given.",
    "undecided": "The step was read, but neither proved nor refuted. This is no sign of an error.",
    "unread": "The notation was not understood.",
    "goal-wrong": "The argument for what was to be shown holds a refuted step.",
    "goal-circular": "What was to be shown is assumed in its own proof.",
}


# ---------------------------------------------------------------- JSON


def to_json(files: Sequence[File]) -> str:
    """The JSON of `check --format json`, schema 1.

    >>> json.loads(to_json([]))["files"]
    []
    """
    tool = {"name": NAME, "version": version(NAME)}
    document = {"schema": SCHEMA, "tool": tool, "files": [_bare(file) for file in files]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _bare(value: Any) -> Any:
    """The data without what only pages for people need."""
    if isinstance(value, Mapping):
        return {key: _bare(part) for key, part in value.items() if key not in ("view", "internal")}
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return value


# ---------------------------------------------------------------- what is worth an annotation


@dataclass(frozen=True)
class Finding:
    """One thing to say about a place: `code` is what `derivations explain` knows, a verdict or a mistake."""

    path: str
    line: int
    column: int
    level: str
    code: str
    message: str


def findings(file: File) -> Iterator[Finding]:
    """What is worth an annotation in a file, in the order of the document; then the goals that were missed badly."""
    for step in steps_of(file):
        if step["verdict"] in LEVELS:
            code = step["mistake"] or step["verdict"]
            level = LEVELS[step["verdict"]]
            yield Finding(file["path"], step["line"], step["column"], level, code, message(step))
    for name, goal in file["goals"].items():
        if goal["status"] in _BAD_GOALS:
            text = f"{name}: {goal['status']}. {goal['detail']}"
            yield Finding(file["path"], goal["line"] or 1, 1, "warning", f"goal-{goal['status']}", printable(text))


def message(step: Step) -> str:
    """One sentence or two about a step that is not proved, without its verdict's name where it says itself."""
    said = [step["verdict"]]
    if step["counterexample"] is not None:
        found = step["counterexample"]
        where = ", ".join(f"{name} = {text}" for name, text in found["point"].items())
        said.append(f"{f'at {where} ' if where else ''}the left side is {found['lhs']}, the right side {found['rhs']}")
    if step["verdict"] == "conditional":
        said.append(f"holds if {', '.join(step['conditions'])}")
    if step["reason"]:
        said.append(step["reason"])
    text = ": ".join(said)
    return printable(f"{text}. {step['hint']}" if step["hint"] else text)


# ---------------------------------------------------------------- GitHub


def to_github(files: Sequence[File]) -> str:
    r"""GitHub's workflow commands, one a line.

    Source: GitHub Docs, *Workflow commands for GitHub Actions*.
    """
    return "".join(f"{_command(found)}\n" for file in files for found in [*_errors(file), *findings(file)])


def _errors(file: File) -> list[Finding]:
    return [Finding(file["path"], 0, 0, "error", "unreadable", printable(text)) for text in file["errors"]]


def _command(found: Finding) -> str:
    place = f",line={found.line},col={found.column}" if found.line else ""
    title = _property(f"{NAME}: {found.code}")
    return f"::{found.level} file={_property(found.path)}{place},title={title}::{_data(found.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# ---------------------------------------------------------------- SARIF


def to_sarif(files: Sequence[File]) -> str:
    """A SARIF 2.1.0 log with one run.

    Source: OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0* (2020).
    """
    found = [finding for file in files for finding in findings(file)]
    codes = sorted({finding.code for finding in found})
    run = {
        "tool": {"driver": {"name": NAME, "version": version(NAME), "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(files)],
        "artifacts": [{"location": {"uri": _uri(file["path"])}} for file in files],
        "results": [_result(finding, codes) for finding in found],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str) -> dict[str, Any]:
    text = _MEANINGS.get(code, f"A typical mistake: {code.replace('-', ' ')}.")
    level = LEVELS.get(code, "warning" if code.startswith("goal-") else "error")
    return {
        "id": code,
        "shortDescription": {"text": text},
        "help": {"text": f"derivations explain {code}"},
        "defaultConfiguration": {"level": level},
    }


def _invocation(files: Sequence[File]) -> dict[str, Any]:
    notes = [
        {
            "level": "error",
            "message": {"text": printable(error)},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file["path"])}}}],
        }
        for file in files
        for error in file["errors"]
    ]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _result(found: Finding, codes: Sequence[str]) -> dict[str, Any]:
    region = {"startLine": found.line, "startColumn": found.column}
    return {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": found.level,
        "message": {"text": found.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(found.path)}, "region": region}}],
    }


def _uri(path: str) -> str:
    """A path as a URI reference; an absolute one says so, and backslashes are those of Windows."""
    quoted = quote(path.replace("\\", "/"), safe="/")
    return f"file://{quoted}" if quoted.startswith("/") else quoted

"""The certificates of a document: one for each step that was proved."""

from __future__ import annotations

from derivations.certificate.sorts import Uncertified
from derivations.certificate.theory import Certificate, of_theorem
from derivations.report import JudgedStep, Report


def of_steps(report: Report) -> list[tuple[str, Certificate | str]]:
    """The proved steps in the order of the document: a name, and the certificate or why there is none."""
    proved = [step for step in report.steps if step.verdict.kind == "proved"]
    return [_of(step, f"step_{number}_line_{step.step.line}", report.path) for number, step in enumerate(proved, 1)]


def _of(step: JudgedStep, name: str, path: str) -> tuple[str, Certificate | str]:
    theorem = step.verdict.proof
    if theorem is None:
        return name, "there is no proof of it"
    try:
        return name, of_theorem(name, f"{path}, line {step.step.line}", theorem)
    except Uncertified as reason:
        return name, str(reason)
    except RecursionError:
        return name, "it is nested too deeply"

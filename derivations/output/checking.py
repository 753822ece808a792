"""The command `derivations check`: which files, how they are judged, where the report goes, and the exit code.

What is heavy is imported when the command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from derivations.errors import DerivationsError
from derivations.output.commands import FAILED, INTERNAL, UNUSABLE, Command, quiet, verbose
from derivations.output.options import (
    STDIN,
    bar,
    files_of,
    jobs_option,
    profile_option,
    require_profile,
    task_option,
    timeout_option,
    write,
)
from derivations.output.terminal import console

if TYPE_CHECKING:
    from derivations.output.plain import File
    from derivations.output.workers import Job

FORMATS: Final = ("text", "json", "github", "sarif", "html")
_CHECK_CODES: Final = """\b
Exit codes:
  0  every step is proved, or a definition; undecided, unread and conditional
     steps alone give 0 too, and the last line says how many there were
  1  a step is refuted; with --strict, any step is not proved
  2  wrong usage, a file missing or unreadable, or nothing to check
  3  an internal error
"""


@click.command(name="check", cls=Command, epilog=_CHECK_CODES)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--format", "style", type=click.Choice(FORMATS), default="text", show_default=True, help="The report's form."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The report's file, not stdout.")
@profile_option
@task_option
@timeout_option
@jobs_option
@click.option(
    "--certify", "certificates", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Also write the proved steps as files for Coq into a folder, and compile them where there is coqc.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Also exit with 1 if a step is undecided, unread or conditional.")
@quiet
@verbose("Also show what is proved, by which rules, and how it was read.")
def check_command(
    paths: tuple[str, ...], style: str, output: Path | None, profile: str, task: str | None, timeout: float, jobs: int,
    certificates: Path | None, strict: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Give a verdict for each step of the derivations in LaTeX documents.

    PATH is a file (.tex, .md, .ipynb), a folder of such files, or - for standard input. What a document says is never
    executed, and a step that is not understood is never called wrong.

    \b
    Examples:
      derivations check homework.tex
      derivations check submissions --format html -o report.html
      derivations check notes.md --profile plain --strict
      derivations check - --task 3b -v < notes.tex
      derivations check *.tex --format github
      derivations check homework.tex --certify certificates
    """
    from derivations.output.plain import unchecked
    from derivations.output.workers import Job, judged

    require_profile(profile)
    model = Job("", profile, task, timeout, finish=_finish(style), certify=certificates is not None)
    ready, entries = _jobs(paths, model)
    with bar(len(ready), "checking", shown=not quiet) as advance:
        found = iter(judged(ready, jobs, advance))
    files = [unchecked(path, profile, error) if error else next(found) for path, error in entries]
    proofs = [(file["path"], file.pop("certificates", [])) for file in files]  # files for Coq, not for the report
    write(_rendered(files, style, verbose - quiet, to_file=output is not None), output, plain_text=style == "text")
    _complain(files, style, output)
    if certificates is not None:
        from derivations.output.certifying import certify_steps

        certify_steps(proofs, certificates, jobs, quiet=quiet)
    code = exit_code_of(files, strict=strict)
    if code:
        raise click.exceptions.Exit(code)


def exit_code_of(files: Sequence[File], *, strict: bool = False) -> int:
    """The exit code of the contract; that a report is incomplete outweighs what it says.

    >>> exit_code_of([])
    2
    """
    from derivations.output.plain import SETTLED, total

    if any(file.get("internal") for file in files):
        return INTERNAL
    summary = total(files)
    if any(file["errors"] for file in files) or not any(summary.values()):
        return UNUSABLE
    wrong = [kind for kind in summary if summary[kind] and (kind == "refuted" or (strict and kind not in SETTLED))]
    return FAILED if wrong else 0


# ---------------------------------------------------------------- what to check


def _jobs(paths: Sequence[str], model: Job) -> tuple[list[Job], list[tuple[str, str | None]]]:
    """The jobs, and for every entry of the report its path and why it cannot be a job, if so."""
    from dataclasses import replace

    ready: list[Job] = []
    entries: list[tuple[str, str | None]] = []
    for path, error in files_of(paths):
        entries.append((os.fsencode(path).decode("utf-8", "replace"), error))
        if error is None:
            ready.append(replace(model, path=path, data=_standard_input() if path == STDIN else None))
    return ready, entries


def _standard_input() -> bytes:
    from derivations.output.workers import LARGEST, TOO_LARGE

    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DerivationsError(f"standard input: {TOO_LARGE}")
    return data


# ---------------------------------------------------------------- where it goes


def _finish(style: str) -> Callable[[File], File] | None:
    """What a worker does with its outcome for a format."""
    if style != "html":
        return None
    from derivations.output.html import typeset

    return typeset


def _rendered(files: Sequence[File], style: str, verbosity: int, *, to_file: bool) -> str:
    if style == "html":
        from derivations.output.html import to_html

        return to_html(files)
    if style == "text":
        from derivations.output.text import to_text

        out = console()
        return to_text(files, colour=out.is_terminal and not out.no_color and not to_file, verbosity=verbosity)
    from derivations.output import machine

    return {"json": machine.to_json, "github": machine.to_github, "sarif": machine.to_sarif}[style](files)


def _complain(files: Sequence[File], style: str, output: Path | None) -> None:
    """Say on stderr what the reader of a machine's format would not see."""
    if style != "text" or output is not None:
        for file in files:
            for error in file["errors"]:
                click.echo(f"derivations: {file['path']}: {' '.join(error.split())}", err=True)
    if files and not any(file["errors"] for file in files) and not any(file["chains"] for file in files):
        click.echo("derivations: nothing to check: no step was found", err=True)

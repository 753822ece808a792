"""The command `derivations mutate`: how sharp is the checker on a document?

What is heavy is imported when the command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from derivations.output.commands import FAILED, INTERNAL, UNUSABLE, Command, quiet, verbose
from derivations.output.options import (
    bar,
    files_of,
    jobs_option,
    profile_option,
    require_profile,
    task_option,
    timeout_option,
    write,
)

if TYPE_CHECKING:
    from derivations.mutation_testing import Tally
    from derivations.output.mutants import Row
    from derivations.output.plain import File

_CLAIMS: Final = "claims"
_CODES: Final = """\b
Exit codes:
  0  every false mutant is refuted
  1  a false mutant is not refuted; with --strict, a mutant is open
  2  wrong usage, a file missing or unreadable, or no step that stands
  3  an internal error
"""


@click.command(name="mutate", cls=Command, epilog=_CODES)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--format", "style", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The report's file, not stdout.")
@profile_option
@task_option
@timeout_option
@jobs_option
@click.option("--strict", is_flag=True, help="Also exit with 1 if a mutant is neither proved nor refuted.")
@quiet
@verbose("Show every mutant, also those that are refuted, with their counterexamples.")
def mutate_command(
    paths: tuple[str, ...], style: str, output: Path | None, profile: str, task: str | None, timeout: float, jobs: int,
    strict: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Make every slip in one place of each step that stands, and see whether the checker refutes it.

    A slip is in a sign, a factor, an index, an exponent, a number, the order of arguments, or a lost term. Some leave
    every value alone, others leave a side without any value; the false ones must be refuted. PATH is a file (.tex, .md,
    .ipynb), a folder of such files, or `claims` for the derivations of the solution sheet.

    \b
    Examples:
      derivations mutate notes.tex
      derivations mutate claims
      derivations mutate notes.tex -v --jobs 4
      derivations mutate notes --format json -o mutants.json
    """
    from derivations.output.plain import unchecked

    require_profile(profile)
    files: list[tuple[str, list[Row], list[str], bool]] = []
    documents = [path for path in paths if path != _CLAIMS]
    entries = list(files_of(documents))
    ready = [path for path, error in entries if error is None]
    for file in [
        *([_of_claims(shown=not quiet)] if _CLAIMS in paths else []),
        *(unchecked(path, profile, error) for path, error in entries if error),
        *_of_documents(ready, profile, task, timeout, jobs, shown=not quiet),
    ]:
        files.append((file["path"], list(file.get("found", ())), file["errors"], bool(file.get("internal"))))
    text = _json(files) if style == "json" else "".join(f"{line}\n" for line in _lines(files, verbose - quiet))
    write(text, output, plain_text=style == "text")
    code = _code(files, strict=strict)
    if code:
        raise click.exceptions.Exit(code)


def _of_claims(*, shown: bool) -> File:
    from derivations.output.mutants import of_claims
    from derivations.output.plain import plain
    from derivations.report import Report
    from derivations.seminar7 import CLAIMS

    file = plain(Report(_CLAIMS, ""))
    with bar(len(CLAIMS), "mutating", shown=shown) as advance:
        file["found"] = of_claims(advance)
    return file


def _of_documents(
    paths: Sequence[str], profile: str, task: str | None, timeout: float, jobs: int, *, shown: bool
) -> list[File]:
    from derivations.output.mutants import mutated, parts
    from derivations.output.workers import Job

    if not paths:
        return []
    with bar(len(paths) * parts(len(paths), jobs), "mutating", shown=shown) as advance:
        return mutated(paths, Job("", profile, task, timeout), jobs, advance)


def _code(files: Sequence[tuple[str, list[Row], list[str], bool]], *, strict: bool) -> int:
    if any(internal for *_, internal in files):
        return INTERNAL
    counted = _counted(files)
    if any(errors for _, _, errors, _ in files) or not sum(counted.values()):
        return UNUSABLE
    return FAILED if counted["escaped"] or (strict and counted["undecided"]) else 0


def _counted(files: Sequence[tuple[str, list[Row], list[str], bool]]) -> Tally:
    from derivations.output.mutants import tallied

    return tallied(row for _, rows, _, _ in files for row in rows)


# ---------------------------------------------------------------- what is said


def _json(files: Sequence[tuple[str, list[Row], list[str], bool]]) -> str:
    from derivations.output.mutants import tallied

    document = {
        "schema": 1,
        "tool": {"name": "derivations", "version": version("derivations")},
        "files": [
            {"path": path, "steps": rows, "summary": dict(tallied(rows)), "errors": errors}
            for path, rows, errors, _ in files
        ],
        "summary": dict(_counted(files)),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _lines(files: Sequence[tuple[str, list[Row], list[str], bool]], verbosity: int) -> Iterator[str]:
    from derivations.output.plain import printable

    for path, rows, errors, _ in files:
        for error in errors:
            yield f"{printable(path)}: error: {printable(' '.join(error.split()))}"
        if verbosity >= 0:
            for row in rows:
                yield from (printable(line) for line in _step(path, row, verbosity))
    if verbosity >= 0 or any(_counted(files)[outcome] for outcome in ("escaped", "undecided")):
        yield _last(files)


def _step(path: str, row: Row, verbosity: int) -> Iterator[str]:
    from derivations.output.mutants import STANDING, tallied

    place = f"{path}:{row['place']}"
    if row["verdict"] not in STANDING:
        yield f"{place}: {row['verdict']}, not mutated: {row['written']}"
        return
    yield f"{place}: {said(tallied([row]))}: {row['written']}"
    for mutant in row["mutants"]:
        if verbosity > 0 or mutant["outcome"] != "refuted":
            yield f"    {mutant['outcome']:<13}  {mutant['slip']:<14}  {mutant['mutant']}"
            yield f"    {'':<13}  {mutant['reason'] or _point(mutant['counterexample'])}"


def _point(found: Any) -> str:
    where = ", ".join(f"{name} = {text}" for name, text in found["point"].items()) or "everywhere"
    return f"at {where}: left side {found['lhs']}, right side {found['rhs']}"


def _last(files: Sequence[tuple[str, list[Row], list[str], bool]]) -> str:
    failed = sum(bool(errors) for _, _, errors, _ in files)
    counted = _counted(files)
    words = said(counted) if sum(counted.values()) else "nothing to mutate: no step stands"
    return words + (f"; {failed} file{'s' * (failed > 1)} could not be read" if failed else "")


def said(counted: Tally) -> str:
    """The outcomes in words.

    >>> from derivations.mutation_testing import Tally
    >>> said(Tally({"refuted": 3, "proved": 1, "undecided": 2}))
    '3 of 3 false mutants refuted; 1 true, 2 open'
    """
    named = (("proved", "true"), ("without value", "without a value"), ("undecided", "open"))
    others = [f"{counted[outcome]} {name}" for outcome, name in named if counted[outcome]]
    return f"{counted.caught} false mutants refuted" + (f"; {', '.join(others)}" if others else "")

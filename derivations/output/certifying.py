"""The command `derivations certify`, and certificates as options of other commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from derivations.output.commands import FAILED, Command, quiet, verbose
from derivations.output.terminal import console, progress

if TYPE_CHECKING:
    from derivations.certificate.folder import Entry
    from derivations.certificate.theory import Certificate
    from derivations.claim import Claim

_CODES: Final = """\b
Exit codes:
  0  every claim has its certificate; where there is coqc, each one compiled
  1  a certificate is missing or was rejected, or a claim does not prove
  2  wrong usage, or a folder that cannot be used
  3  an internal error
"""
_COLOURS: Final = {"compiled": "green", "written": "blue", "rejected": "bold red", "uncertified": "yellow"}

certificates_option = click.option(
    "--certificates",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder that `derivations certify` made; the evidence then says which certificates compiled.",
)


@click.command(name="certify", cls=Command, epilog=_CODES)
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path("build/certificates"),
    show_default=True, help="The folder for the files; made if need be.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(1, 3600), default=60.0, show_default=True, metavar="SECONDS",
    help="The time that Coq has for one file; a time-out is a rejection.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="How many files at a time.")
@quiet
@verbose("Show how long each file took.")
def certify_command(output: Path, timeout: float, jobs: int, quiet: bool, verbose: bool) -> None:
    """Write the proof of every claim of the sheet as a file for Coq, and have Coq check it where there is coqc.

    A certificate rests on no code of ours: Coq's kernel checks it. Read its statement, which is made from the claim.

    \b
    Examples:
      derivations certify
      derivations certify -o certificates --jobs 4
      derivations sheet --certificates build/certificates
    """
    from derivations.certificate.coq import find
    from derivations.certificate.folder import certify, exported
    from derivations.seminar7 import CLAIMS

    with progress(shown=not quiet) as told:
        count = 0

        def done(name: str) -> None:
            nonlocal count
            count += 1
            told(f"certified {name}", count, len(CLAIMS))

        told("proving", 0, len(CLAIMS))
        entries = certify(exported(CLAIMS), output, find(), jobs=jobs, timeout=timeout, done=done)
    _tell(entries, output, every=not quiet, times=verbose)
    if any(entry.status in ("rejected", "uncertified") for entry in entries):
        raise click.exceptions.Exit(FAILED)


def certify_steps(
    files: Sequence[tuple[str, list[tuple[str, Certificate | str]]]], folder: Path, jobs: int, *, quiet: bool
) -> None:
    """Write the certificates of the proved steps, one folder a document, and say on stderr what came of it."""
    from derivations.certificate.coq import find
    from derivations.certificate.folder import certify

    coq = find()
    for number, (path, wanted) in enumerate(files, 1):
        if not wanted:
            continue
        below = folder if len(files) == 1 else folder / f"{number}-{Path(path).stem or 'document'}"
        entries = certify(wanted, below, coq, jobs=jobs)
        named = [replace(entry, name=f"{path}: {entry.name}") for entry in entries]
        _tell(named, below, every=not quiet, times=False, stderr=True)


def compiled(folder: Path | None, claims: Sequence[Claim]) -> Mapping[str, str]:
    """For each claim whose certificate compiled, what compiled it. Raises DerivationsError without a record."""
    if folder is None:
        return {}
    from derivations.certificate.folder import recorded

    return recorded(folder, claims)


def _tell(entries: Sequence[Entry], folder: Path, *, every: bool, times: bool, stderr: bool = False) -> None:
    from rich.text import Text

    from derivations.certificate.coq import find

    out = console(stderr=stderr)
    for entry in entries:
        if every or entry.status in ("rejected", "uncertified"):
            seconds = f"  {entry.seconds:.1f} s" if times and entry.seconds else ""
            detail = f"  {entry.detail}" if entry.detail else ""
            status = (f"{entry.status:<12}", _COLOURS[entry.status])
            out.print(Text.assemble(status, entry.name, (seconds + detail, "dim")))
    counts = Counter(entry.status for entry in entries)
    said = ", ".join(f"{counts[status]} {status}" for status in _COLOURS if counts[status]) or "nothing to certify"
    coq = find()
    who = f"by {coq}" if coq else f"coqc is not installed; where it is, run sh {folder / 'check.sh'}"
    out.print(Text(f"{said}, in {folder}; {who}"))

"""The command `derivations freeze`: formulas written down, and later compared with what they have become.

What is heavy is imported when the command runs, so that `--help` answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from derivations.errors import DerivationsError
from derivations.output.commands import FAILED, Command, quiet, verbose
from derivations.output.options import profile_option, require_profile, task_option, timeout_option, write

if TYPE_CHECKING:
    from derivations.frozen import Frozen

_CLAIMS: Final = "claims"
_ENDING: Final = ".frozen.toml"
_CODES: Final = """\b
Exit codes:
  0  the formulas were written; with --check, all of them are what they were
  1  with --check, a formula has changed
  2  wrong usage, a file missing or unreadable, or nothing to freeze
  3  an internal error
"""


@click.command(name="freeze", cls=Command, epilog=_CODES)
@click.argument("sources", metavar="[SOURCE...]", nargs=-1, type=click.Path())
@click.option("-o", "--output", metavar="FILE", help="Where to write, instead of beside the source; - for stdout.")
@click.option("--check", is_flag=True, help="Write nothing; compare by proof with what was frozen.")
@profile_option
@task_option
@timeout_option
@quiet
@verbose("Also name the formulas that are what they were.")
def freeze_command(
    sources: tuple[str, ...], output: str | None, check: bool, profile: str, task: str | None, timeout: float,
    quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Write formulas with their normal forms to a file that a person can read and compare.

    SOURCE is a document (.tex, .md, .ipynb), whose file is NAME.frozen.toml beside it; or such a file, which is written
    anew from its source; or `claims`, the default, for the claims of the solution sheet. With --check SOURCE may also
    be a folder; a formula that is written in another way passes, and one that means something else does not.

    \b
    Examples:
      derivations freeze notes.tex
      derivations freeze notes.tex --check
      derivations freeze --check .
      derivations freeze claims -o -
    """
    if output is not None and (check or len(sources) > 1):
        raise click.UsageError("-o writes one file, and --check writes none")
    require_profile(profile)
    changed = 0
    for source in sources or (_CLAIMS,):
        if not check:
            _freeze(source, output, profile, task, timeout, quiet=quiet)
            continue
        for file in _files_of(source):
            changed += _compare(file, timeout, quiet=quiet, verbose=verbose)
    if changed:
        raise click.exceptions.Exit(FAILED)


def _file_of(source: str) -> Path:
    """The file of frozen formulas that belongs to a source."""
    if source.endswith(_ENDING):
        return Path(source)
    return Path(_CLAIMS + _ENDING) if source == _CLAIMS else Path(source).with_suffix(_ENDING)


def _files_of(source: str) -> list[Path]:
    """The files of frozen formulas that are meant: those in a folder and below, hidden ones left out, or one."""
    if not Path(source).is_dir():
        return [_file_of(source)]
    found = sorted(path for path in Path(source).rglob(f"*{_ENDING}"))
    visible = [path for path in found if not any(part.startswith(".") for part in path.relative_to(source).parts)]
    if not visible:
        raise DerivationsError(f"{source}: a folder without {_ENDING} files")
    return visible


def _freeze(source: str, output: str | None, profile: str, task: str | None, timeout: float, *, quiet: bool) -> None:
    from derivations.frozen import written

    target = _file_of(source) if output is None or output == "-" else Path(output)
    frozen = _frozen(source, target.parent, profile, task, timeout)
    if output == "-":
        write(written(frozen), None, plain_text=False)
        return
    write(written(frozen), target, plain_text=False)
    if not quiet:
        count = len(frozen.entries)
        click.echo(f"{target}: {count} formula{'s' * (count != 1)}")


def _frozen(source: str, folder: Path, profile: str, task: str | None, timeout: float) -> Frozen:
    from derivations.output.frozen_files import frozen_claims, frozen_document, load_frozen

    document = Path(source)
    if source.endswith(_ENDING):
        before = load_frozen(document)
        source, profile, task = before.source, before.profile or profile, before.task or task
        document = document.parent / source
    return frozen_claims() if source == _CLAIMS else frozen_document(document, folder, profile, task, timeout)


def _compare(file: Path, timeout: float, *, quiet: bool, verbose: bool) -> int:
    """How many formulas of a file have changed."""
    from derivations.output.frozen_files import compared, load_frozen, now
    from derivations.output.plain import printable

    if not file.exists():
        raise DerivationsError(f"{file}: there is no such file; `derivations freeze` writes it")
    frozen = load_frozen(file)
    entries = now(frozen, file.parent, timeout)
    changed = 0
    for entry in frozen.entries:
        found = compared(entry, entries, of_claims=frozen.source == _CLAIMS, timeout=timeout)
        changed += found is not None
        if found is not None or verbose:
            click.echo(printable(f"{file}:{entry.line}: {entry.name}: {found or 'the same'}"))
    if not quiet or changed:
        click.echo(_last(file, len(frozen.entries), changed, _new(frozen, [entry.name for entry in entries])))
    return changed


def _new(frozen: Frozen, names: Sequence[str]) -> int:
    known = {entry.name for entry in frozen.entries}
    return sum(name not in known for name in names)


def _last(file: Path, count: int, changed: int, new: int) -> str:
    said = f"{count - changed} of {count} formulas are what they were"
    return f"{file}: {said}" + (f"; {new} not frozen yet" if new else "")

"""What commands on documents share: options, which files are meant, a bar, and where the report goes."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from derivations.errors import DerivationsError, NotationError

SUFFIXES: Final = (".tex", ".md", ".ipynb")
STDIN: Final = "-"


def _finite(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter("a number of seconds is needed")
    return value


def _processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


profile_option = click.option(
    "--profile", default="seminar7", show_default=True, metavar="NAME|FILE",
    help="Notation and what is given; `plain` for none.",
)  # fmt: skip
task_option = click.option("--task", metavar="1b", help="The task where the document does not say which.")
timeout_option = click.option(
    "--timeout", type=click.FloatRange(0, 3600, min_open=True), default=10.0, show_default=True, callback=_finite,
    metavar="SECONDS", help="The time for one step.",
)  # fmt: skip
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 256), default=_processors, metavar="N",
    help="How many files at a time.  [default: one a processor]",
)  # fmt: skip


def require_profile(name: str) -> None:
    """Raises a usage error for a profile that cannot be loaded."""
    from derivations.latex.profile import load

    try:
        load(name)
    except NotationError as error:
        raise click.UsageError(f"--profile {name}: expected {error.expected}") from error


def files_of(paths: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Every file in the order of the arguments, folders opened, or the reason why there is none."""
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            missing = path != STDIN and not os.path.lexists(path)
            yield path, "there is no such file" if missing else None
            continue
        inside = sorted(_inside(path))
        yield from ((found, None) for found in inside)
        if not inside:
            yield path, f"a folder without {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} files"


def _inside(folder: str) -> Iterator[str]:
    """The documents in a folder and below, hidden ones left out (a notebook's checkpoints, a repository's files)."""
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        yield from (str(Path(place, name)) for name in names if name.endswith(SUFFIXES) and not name.startswith("."))


@contextmanager
def bar(length: int, label: str, *, shown: bool) -> Iterator[Callable[[], None]]:
    """A bar on a terminal. Not that of `terminal.progress`: it runs in a thread, and processes are forked meanwhile."""
    if not shown or not sys.stderr.isatty() or length < 2:
        yield lambda: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as shown_bar:
        yield lambda: shown_bar.update(1)


def write(text: str, output: Path | None, *, plain_text: bool) -> None:
    """Write the report: UTF-8, except that text for a terminal is in the terminal's encoding."""
    if output is not None:
        try:
            output.write_bytes(text.encode("utf-8", "replace"))
        except OSError as error:
            raise DerivationsError(f"{output} cannot be written: {error.strerror or error}") from error
        return
    encoding = (sys.stdout.encoding or "utf-8") if plain_text else "utf-8"
    sys.stdout.buffer.write(text.encode(encoding, "replace"))
    sys.stdout.buffer.flush()

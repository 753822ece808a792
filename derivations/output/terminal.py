"""How all commands speak on a terminal. Colours and the progress bar go to terminals only; `NO_COLOR` is obeyed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

# What is being done, how much of it is done, and how much there is.
Reporter: TypeAlias = Callable[[str, int, int], None]


def console(*, stderr: bool = False) -> Console:
    """A console that prints what it is given: no highlighting, no wrapping."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


@contextmanager
def progress(*, shown: bool) -> Iterator[Reporter]:
    """A reporter that moves a bar on the terminal; a silent one where stderr is no terminal or `shown` is false."""
    target = console(stderr=True)
    if not shown or not target.is_terminal:
        yield lambda _what, _done, _of: None
        return
    columns = (TextColumn("{task.description:<32}"), BarColumn(bar_width=32), TimeElapsedColumn())
    with Progress(*columns, console=target, transient=True) as bar:
        task = bar.add_task("")
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)

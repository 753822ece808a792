"""What all commands share: the codes with which they end, how an error is told, and the options `-q` and `-v`."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final

import click

from derivations.errors import ClaimFailed, DerivationsError, KernelError

FAILED, UNUSABLE, INTERNAL = 1, 2, 3
EXIT_CODES: Final = """\b
Exit codes:
  0  everything was proved
  1  a claim does not prove
  2  wrong usage, or a file that cannot be read or made
  3  an internal error
"""
_VERBOSE: Final = "derivations.verbose"


class Command(click.Command):
    """A command whose errors are one clear line on stderr, with the exit codes of the contract."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _Reported(ctx):
            return super().invoke(ctx)


class _Reported:
    """Turns an error into its line and its exit code; a manager, since nothing here may swallow all exceptions."""

    def __init__(self, context: click.Context) -> None:
        self.context = context

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception) or isinstance(error, click.exceptions.Exit | click.ClickException):
            return
        if isinstance(error, click.Abort | BrokenPipeError):
            return
        verbose = bool(self.context.meta.get(_VERBOSE))
        code = exit_code(error)
        if verbose:
            click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        click.echo(f"derivations: {_line(error, code, verbose=verbose)}", err=True)
        raise click.exceptions.Exit(code) from None


def exit_code(error: Exception) -> int:
    """The exit code of an error.

    >>> exit_code(ClaimFailed("a", "step 1", "...")), exit_code(DerivationsError("...")), exit_code(ValueError())
    (1, 2, 3)
    """
    if isinstance(error, ClaimFailed):
        return FAILED
    if isinstance(error, DerivationsError) and not isinstance(error, KernelError):
        return UNUSABLE
    return INTERNAL


def _line(error: Exception, code: int, *, verbose: bool) -> str:
    said = " ".join(str(error).split()) or "no message"
    if code != INTERNAL:
        return said
    hint = "" if verbose else " (-v shows the traceback)"
    return f"internal error, {type(error).__name__}: {said}{hint}"


def _set_verbose(context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    context.meta[_VERBOSE] = value
    return value


quiet = click.option("-q", "--quiet", is_flag=True, help="Say only what is asked for, and show no progress.")


def verbose(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `-v`, which for every command also shows the traceback of an error."""
    return click.option("-v", "--verbose", is_flag=True, is_eager=True, callback=_set_verbose, help=text)

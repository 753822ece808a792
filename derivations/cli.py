"""The command line. What is heavy is imported by the command that needs it, so that `--help` answers at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from derivations.errors import ClaimFailed, DerivationsError
from derivations.output.certifying import certificates_option, certify_command, compiled
from derivations.output.checking import check_command
from derivations.output.commands import EXIT_CODES, FAILED, UNUSABLE, Command, quiet, verbose
from derivations.output.freezing import freeze_command
from derivations.output.mutating import mutate_command
from derivations.output.pdf import ENGINES
from derivations.output.terminal import Reporter, console, progress
from derivations.output.variants import VARIANTS

if TYPE_CHECKING:
    from derivations.claim import Claim
    from derivations.evidence import Evidence
    from derivations.output.account import Account
    from derivations.output.explain import Entry

_VERSION = version("derivations")


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_VERSION, prog_name="derivations")
def main() -> None:
    """Prove the derivations of the seminar on score-function gradient estimators, and print them."""


# ---------------------------------------------------------------- sheet


@main.command(cls=Command, epilog=EXIT_CODES)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder that the PDF goes to; made if need be.",
)
@click.option("--variant", type=click.Choice(VARIANTS), default="solution", show_default=True, help="What to print.")
@click.option("--engine", type=click.Choice(ENGINES), default="embedded", show_default=True, help="The TeX to use.")
@click.option(
    "--evidence/--no-evidence",
    default=True,
    show_default=True,
    help="Have SymPy and numbers check each claim too, and say so in the record at the end.",
)
@certificates_option
@quiet
@verbose("Show the traceback of an error.")
def sheet(
    output: Path, variant: str, engine: str, evidence: bool, certificates: Path | None, quiet: bool, verbose: bool
) -> None:
    """Prove every claim of the sheet, then write it as PDF.

    A claim that does not prove stops the build, and no PDF is written.

    \b
    Examples:
      derivations sheet
      derivations sheet -o handouts --variant handout
      derivations sheet --variant marking --engine lualatex
      derivations sheet --no-evidence
      derivations sheet --certificates build/certificates
    """
    try:
        from derivations.output.sheet import write_sheet
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    with progress(shown=not quiet) as told:
        found = _evidence(told, certificates) if evidence and variant != "handout" else {}  # a handout has no record
        written = write_sheet(output, variant, engine=engine, progress=told, evidence=found)
    if not quiet:
        click.echo(written)


def _evidence(told: Reporter, certificates: Path | None) -> dict[str, Evidence]:
    """All evidence for all claims but the simulations."""
    from derivations.evidence import gather
    from derivations.seminar7 import CLAIMS
    from derivations.seminar7.questions import APPENDIX

    found = {}
    for claim in CLAIMS:
        claim.proof()  # one that fails stops the print before anything that takes long
    certified = compiled(certificates, CLAIMS)
    for place, claim in enumerate(CLAIMS):
        told(f"checking {claim.name}", place, len(CLAIMS))
        # The slips of the long claims beyond the questions take a minute; `derivations mutate claims` makes them too.
        asked = claim.task != APPENDIX
        found[claim.name] = gather(claim, mutate=asked, certificate=certified.get(claim.name))
    return found


def _missing(error: ModuleNotFoundError) -> DerivationsError:
    """A package of an extra is not there; any other missing module is our own mistake."""
    if (error.name or "").split(".")[0] not in ("matplotlib", "numpy"):
        raise error
    return DerivationsError(f"the sheet needs {error.name}: pip install 'derivations[sheet]'")


# ---------------------------------------------------------------- prove


@main.command(cls=Command, epilog=EXIT_CODES)
@click.argument("claim", nargs=-1)
@click.option("--format", "style", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--no-sympy", is_flag=True, help="Leave out the second proof by SymPy.")
@click.option("--no-numeric", is_flag=True, help="Leave out the numerical cross-check.")
@click.option("--simulate", is_flag=True, help="Estimate means and variances from random draws too.")
@click.option("--mutate", is_flag=True, help="Make every slip in every step too, and see that it is refuted.")
@certificates_option
@quiet
@verbose("Show the rules and the conditions of every step.")
def prove(
    claim: tuple[str, ...],
    style: str,
    no_sympy: bool,
    no_numeric: bool,
    simulate: bool,
    mutate: bool,
    certificates: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Prove claims of the sheet again, and show the evidence for each.

    CLAIM is the name of a claim, or a task such as 1b for all of its claims; without it, all claims are proved.

    \b
    Examples:
      derivations prove
      derivations prove log-trick -v
      derivations prove 3b --no-sympy --simulate
      derivations prove 3b --mutate
      derivations prove 2a 2b --format json
    """
    from derivations.evidence import gather
    from derivations.output.account import document, last_line, lines, without_lemma
    from derivations.seminar7 import CLAIMS

    chosen = _chosen(claim, CLAIMS)
    out = console()
    certified = compiled(certificates, chosen)
    with progress(shown=not quiet) as told:
        wanted = partial(gather, sympy=not no_sympy, numeric=not no_numeric, simulate=simulate, mutate=mutate)
        accounts = list(_accounts(chosen, told, lambda one: wanted(one, certificate=certified.get(one.name))))
    if style == "json":
        click.echo(json.dumps(document(accounts, _VERSION), indent=2, ensure_ascii=False))
    else:
        for account in accounts:
            for line in lines(account, verbose=verbose) if not quiet or account.failure else ():
                out.print(line)
        missing = without_lemma(accounts)
        if missing and not quiet:
            out.print(missing)
        out.print(last_line(accounts))
    if any(account.failure for account in accounts):
        raise click.exceptions.Exit(FAILED)


def _chosen(names: Sequence[str], claims: Sequence[Claim]) -> list[Claim]:
    """The claims of these names or tasks in the order of the sheet; all of them if there are no names."""
    known = {word for claim in claims for word in (claim.name, claim.task)}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=3, cutoff=0.6)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise DerivationsError(f"there is no claim {name}{hint}")
    return [claim for claim in claims if not names or claim.name in names or claim.task in names]


def _accounts(claims: Sequence[Claim], told: Reporter, wanted: Callable[[Claim], Evidence]) -> Iterator[Account]:
    """The accounts of claims, with the evidence that is wanted."""
    from derivations.output.account import Account

    for place, claim in enumerate(claims):
        told(f"proving {claim.name}", place, len(claims))
        try:
            found = wanted(claim)
            yield Account(claim, claim.proof(), found)
        except ClaimFailed as failure:
            yield Account(claim, None, failure=failure)


# ---------------------------------------------------------------- explain


@main.command(cls=Command, epilog=EXIT_CODES)
@click.argument("code", required=False)
@verbose("Show the traceback of an error.")
def explain(code: str | None, verbose: bool) -> None:
    """Say what a rule, a verdict or the code of a typical mistake means; without CODE, list them all.

    \b
    Examples:
      derivations explain log-rule
      derivations explain refuted
      derivations explain kl-swapped
    """
    from derivations.output.explain import UnknownCode, entries, explained

    if code is None:
        _list(list(entries().values()))
        return
    try:
        _show(explained(code))
    except UnknownCode as error:
        click.echo(f"derivations: {error}", err=True)
        raise click.exceptions.Exit(UNUSABLE) from error


def _list(found: Sequence[Entry]) -> None:
    from rich.text import Text

    out = console()
    width = max(len(entry.code) for entry in found) + 2
    for kind in dict.fromkeys(entry.kind for entry in found):
        out.print(Text(f"{kind}s", style="bold"))
        for entry in found:
            if entry.kind == kind:
                out.print(Text.assemble(f"  {entry.code:<{width}}", (entry.title, "dim")))


def _show(entry: Entry) -> None:
    from rich.text import Text

    out = console()
    out.print(Text.assemble((entry.code, "bold"), (f"  {entry.kind}", "dim")))
    for name, text in (
        ("means", entry.title),
        ("statement", entry.statement),
        *(("needs", condition) for condition in entry.conditions),
        ("source", entry.source),
        ("example", entry.example),
        ("used in", ", ".join(entry.used)),
    ):
        if text:
            out.print(Text.assemble((f"  {name:<11}", "cyan"), text))


main.add_command(check_command)
main.add_command(freeze_command)
main.add_command(mutate_command)
main.add_command(certify_command)

if __name__ == "__main__":
    main()

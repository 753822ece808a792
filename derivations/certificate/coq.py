"""Coq, where it is installed: the library compiled once, each file under limits of time and memory.

Coq is no dependency: without it the files are written, and whoever has it runs `check.sh` beside them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from derivations.certificate.gallina import source
from derivations.errors import DerivationsError

# In the order in which they are compiled; the last two need only what stands before both.
LIBRARY: Final = ("Base", "Facts", "Tactics", "Rules")
TIMEOUT: Final = 60.0  # seconds for one file; the slowest of the sheet needs a tenth of it
_LIBRARY_TIMEOUT: Final = 300.0
_MEMORY: Final = 4 << 20  # kilobytes of address space
_OPTIONS: Final = ("-q", "-w", "none", "-Q", ".", "Derivations")
# What Coq's classical reals rest on; a certificate may rest on nothing else.
AXIOMS: Final = frozenset({
    "ClassicalDedekindReals.sig_not_dec", "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep", "Classical_Prop.classic",
})  # fmt: skip
COMPILED, REJECTED = "compiled", "rejected"
_CHECK: Final = """#!/bin/sh
# Checks the certificates in this folder; needs Coq 8.16 or later and Coquelicot (Debian: coq, libcoq-coquelicot).
cd "$(dirname "$0")" || exit 2
for file in {library} {files}; do
  coqc {options} "$file.v" || exit 1
done
"""


@dataclass(frozen=True)
class Outcome:
    """What Coq said of a file: `status` is COMPILED or REJECTED, `detail` says why it was rejected."""

    status: str
    detail: str
    seconds: float


@dataclass(frozen=True)
class Coq:
    """A compiler and the versions of what it brings."""

    program: str
    version: str
    coquelicot: str

    def __str__(self) -> str:
        return f"Coq {self.version}" + (f", Coquelicot {self.coquelicot}" if self.coquelicot else "")

    def library(self, folder: Path) -> None:
        """Compile the library in a folder, unless that was done. Raises DerivationsError."""
        write_library(folder)
        *first, left, right = LIBRARY
        stale = False
        for name in first:
            stale = self._part(folder, name, again=stale)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: self._part(folder, name, again=stale), (left, right)))

    def _part(self, folder: Path, name: str, *, again: bool) -> bool:
        compiled, text = folder / f"{name}.vo", folder / f"{name}.v"
        if not again and compiled.exists() and compiled.stat().st_mtime >= text.stat().st_mtime:
            return False
        found = self._run(folder, name, _LIBRARY_TIMEOUT)
        if found.status != COMPILED:
            raise DerivationsError(f"Coq does not compile {name}.v of the library: {found.detail}")
        return True

    def compile(self, folder: Path, name: str, timeout: float = TIMEOUT) -> Outcome:
        """Compile `name.v` in a folder where the library is. A time-out is a rejection, as is any axiom of its own."""
        return self._run(folder, name, timeout)

    def _run(self, folder: Path, name: str, timeout: float) -> Outcome:
        start = time.monotonic()
        command = [self.program, *_OPTIONS, f"{name}.v"]
        if shutil.which("sh"):
            command = ["sh", "-c", f'ulimit -v {_MEMORY}; exec "$@"', "sh", *command]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program on a file of ours
                command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=timeout, check=False
            )
        except subprocess.TimeoutExpired:
            return Outcome(REJECTED, f"not compiled within {timeout:g} s", time.monotonic() - start)
        except OSError as error:
            return Outcome(REJECTED, f"{self.program}: {error.strerror or error}", time.monotonic() - start)
        seconds = time.monotonic() - start
        if done.returncode:
            said = " ".join(done.stderr.split())
            return Outcome(REJECTED, said[:500] or f"exit status {done.returncode}", seconds)
        alien = sorted(axioms(done.stdout) - AXIOMS)
        if alien:
            return Outcome(REJECTED, f"it rests on {', '.join(alien)}", seconds)
        return Outcome(COMPILED, "", seconds)


def axioms(printed: str) -> frozenset[str]:
    """The axioms that `Print Assumptions` names.

    >>> sorted(axioms("Axioms:\\nClassical_Prop.classic : forall P, P\\nmine\\n  : False\\n"))
    ['Classical_Prop.classic', 'mine']
    """
    _, _, named = printed.partition("Axioms:\n")
    return frozenset(re.findall(r"^([\w.']+)\s*:", named, re.MULTILINE))


@cache
def find() -> Coq | None:
    """Coq on the search path, if it is there."""
    program = shutil.which("coqc")
    if program is None:
        return None
    said = _said(program, "--print-version")
    return Coq(program, said.split()[0] if said else "", _coquelicot())


def _coquelicot() -> str:
    """The version of Coquelicot as the system's packages know it; the compiled library does not say."""
    packages = shutil.which("dpkg-query")
    if packages is None:
        return ""
    return _said(packages, "-W", "-f", "${Version}", "libcoq-coquelicot").partition("-")[0].partition("+")[0]


def _said(*command: str) -> str:
    try:
        return subprocess.run(  # noqa: S603 - a fixed program and fixed arguments
            command, capture_output=True, text=True, timeout=30, check=True
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def write_library(folder: Path) -> None:
    """Put the library into a folder; a file that is there already is left alone, so that it stays compiled."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in LIBRARY:
        write(folder / f"{name}.v", source(f"{name}.v"))


def write(path: Path, text: str) -> None:
    """Write a file if it says something new."""
    data = text.encode("utf-8")
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def write_check(folder: Path, names: list[str]) -> None:
    """A script that checks everything in the folder."""
    text = _CHECK.format(library=" ".join(LIBRARY), files=" ".join(names), options=" ".join(_OPTIONS))
    write(folder / "check.sh", text)

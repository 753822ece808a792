"""Files of frozen formulas: written from the claims or a document, and compared with what these say now.

Documents are read in a process of their own, with the limits of `derivations check`.
"""

from __future__ import annotations

import os
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final

from derivations.checker import outline
from derivations.errors import DerivationsError
from derivations.frozen import CLAIMS, Entry, Frozen, changed, entry_of_chain, entry_of_claim, found_in, parsed
from derivations.labels import labelled
from derivations.latex.profile import Profile
from derivations.output.plain import File, places, plain
from derivations.output.workers import Job, judged
from derivations.seminar7 import CLAIMS as SHEET

_LARGEST: Final = 20_000_000


def load_frozen(path: Path) -> Frozen:
    """The file at a path. Raises DerivationsError for one that is missing or none of ours."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
        return parsed(data.decode("utf-8"), path.name)
    except OSError as error:
        raise DerivationsError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DerivationsError(f"{path}: not UTF-8") from error


def frozen_claims(*names: str) -> Frozen:
    """The claims of the sheet of these names, all of them without names. Raises DerivationsError for another name."""
    known = {claim.name for claim in SHEET}
    if unknown := [name for name in names if name not in known]:
        raise DerivationsError(f"there is no claim {', '.join(unknown)}")
    return Frozen(CLAIMS, tuple(entry_of_claim(claim) for claim in SHEET if not names or claim.name in names))


def frozen_document(path: Path, folder: Path, profile: str, task: str | None, timeout: float) -> Frozen:
    """A document's formulas, for a file in the folder. Raises DerivationsError."""
    entries = _entries(path, profile, task, timeout, normals=True)
    if not entries:
        raise DerivationsError(f"{path}: nothing to freeze: no formula with a relation was found")
    return Frozen(Path(os.path.relpath(path, folder)).as_posix(), entries, profile, task or "")


def now(frozen: Frozen, folder: Path, timeout: float) -> tuple[Entry, ...]:
    """What the source of a frozen file in this folder says now. Raises DerivationsError where it cannot be read."""
    if frozen.source == CLAIMS:
        return tuple(entry_of_claim(claim) for claim in SHEET)
    return _entries(folder / frozen.source, frozen.profile or "seminar7", frozen.task or None, timeout, normals=False)


def compared(entry: Entry, entries: tuple[Entry, ...], *, of_claims: bool, timeout: float) -> str | None:
    """How the formula of a frozen entry has changed; None where it is proved to be the same."""
    found = found_in(entry, entries)
    if found is None:
        return "the formula is gone"
    return changed(entry, found, strictly=of_claims, timeout=timeout)


def _entries(path: Path, profile: str, task: str | None, timeout: float, *, normals: bool) -> tuple[Entry, ...]:
    (file,) = judged([Job(str(path), profile, task, timeout, work=partial(_rows, normals=normals))], 1)
    if file["errors"]:
        raise DerivationsError(f"{path}: {'; '.join(file['errors'])}")
    return tuple(_entry(row) for row in file.get("found", ()))


def _rows(job: Job, data: bytes, profile: Profile, *, normals: bool) -> File:
    """The work of a job: each formula of a document as an entry, in a form that leaves the process."""
    report = outline(data, profile, job.task, path=job.shown)
    file = plain(report, data, profile.style)
    names = labelled(file["view"]["text"], places(file))
    chains = [judged.chain for judged in report.chains]
    file["found"] = [
        asdict(entry_of_chain(name, chain, normals=normals, timeout=job.timeout))
        for name, chain in zip(names, chains, strict=True)
    ]
    return file


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(**row)

"""A folder of certificates: the files, what Coq said of them, and a record that can be read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from derivations.certificate.coq import COMPILED, LIBRARY, TIMEOUT, Coq, write, write_check, write_library
from derivations.certificate.gallina import source
from derivations.certificate.sorts import Uncertified
from derivations.certificate.theory import Certificate, of_claim
from derivations.claim import Claim
from derivations.errors import DerivationsError

RECORD: Final = "certificates.json"
UNCERTIFIED, WRITTEN = "uncertified", "written"
_SCHEMA: Final = 1


@dataclass(frozen=True)
class Entry:
    """One certificate: `status` is compiled, rejected, written (nobody ran Coq) or uncertified (`detail` says why)."""

    name: str
    file: str
    theorem: str
    fingerprint: str
    digest: str
    status: str
    detail: str = ""
    seconds: float = 0.0


def certify(
    wanted: Iterable[tuple[str, Certificate | str]],
    folder: Path,
    coq: Coq | None,
    *,
    jobs: int = 1,
    timeout: float = TIMEOUT,
    done: Callable[[str], None] = lambda name: None,
) -> list[Entry]:
    """Write certificates into a folder and have Coq compile them where there is Coq; the record is written too.

    `wanted` are names with a certificate, or with the reason why there is none.
    Raises: DerivationsError where the folder cannot be used or the library does not compile.
    """
    named = list(wanted)
    try:
        write_library(folder)
        certificates = [found for _, found in named if isinstance(found, Certificate)]
        for one in certificates:
            write(folder / f"{one.name}.v", one.text)
        write_check(folder, [one.name for one in certificates])
        if coq is not None and certificates:
            coq.library(folder)

        def entry(item: tuple[str, Certificate | str]) -> Entry:
            found = _entry(*item, folder, coq, timeout)
            done(found.name)
            return found

        with ThreadPoolExecutor(max(1, jobs)) as pool:
            entries = list(pool.map(entry, named))
        record = {"schema": _SCHEMA, "coq": str(coq) if coq else None, "library": library_digest()}
        text = json.dumps(record | {"certificates": [asdict(one) for one in entries]}, indent=1, ensure_ascii=False)
        write(folder / RECORD, f"{text}\n")
    except OSError as error:
        raise DerivationsError(f"{folder} cannot be used: {error.strerror or error}") from error
    return entries


def _entry(name: str, found: Certificate | str, folder: Path, coq: Coq | None, timeout: float) -> Entry:
    if isinstance(found, str):
        return Entry(name, "", "", "", "", UNCERTIFIED, found)
    said = found.name, found.theorem, found.fingerprint, digest(found.text)
    if coq is None:
        return Entry(name, *said, WRITTEN)
    outcome = coq.compile(folder, found.name, timeout)
    return Entry(name, *said, outcome.status, outcome.detail, round(outcome.seconds, 1))


def digest(text: str) -> str:
    """The hash of a file's text."""
    return sha256(text.encode("utf-8")).hexdigest()


def library_digest() -> str:
    """The hash of the library that the certificates stand on."""
    return digest("".join(source(f"{name}.v") for name in LIBRARY))


def exported(claims: Sequence[Claim]) -> list[tuple[str, Certificate | str]]:
    """The certificates of claims, or why there is none. Raises ClaimFailed for a claim that does not prove."""
    return [(claim.name, _exported(claim)) for claim in claims]


def _exported(claim: Claim) -> Certificate | str:
    try:
        return of_claim(claim)
    except Uncertified as reason:
        return str(reason)


def recorded(folder: Path, claims: Sequence[Claim]) -> Mapping[str, str]:
    """For each claim whose certificate compiled, by the record in a folder, the versions that compiled it.

    Only for the very file that the claim is exported to today, on the library of today.
    Raises: DerivationsError where there is no record.
    """
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        entries = [Entry(**entry) for entry in record["certificates"]]
        versions, library = record["coq"], record["library"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DerivationsError(f"{folder} has no certificates: run derivations certify -o {folder}") from error
    if library != library_digest() or not isinstance(versions, str):
        return {}
    compiled = {(entry.name, entry.digest) for entry in entries if entry.status == COMPILED}
    today = ((name, found) for name, found in exported(claims) if isinstance(found, Certificate))
    return {name: versions for name, found in today if (name, digest(found.text)) in compiled}

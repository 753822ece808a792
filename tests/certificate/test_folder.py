"""The folder of certificates: what is written without Coq, and what its record is worth."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from derivations.certificate.coq import COMPILED, LIBRARY, Coq, Outcome
from derivations.certificate.folder import RECORD, UNCERTIFIED, WRITTEN, certify, exported, recorded
from derivations.errors import DerivationsError
from derivations.seminar7.score_variance import LIMIT_AT_ZERO, MEAN

_CLAIMS = (MEAN, LIMIT_AT_ZERO)


class _Obliging(Coq):
    """A compiler that takes the first file and rejects the others, without being there."""

    def library(self, folder: Path) -> None:
        assert all((folder / f"{name}.v").exists() for name in LIBRARY)

    def compile(self, folder: Path, name: str, timeout: float = 1.0) -> Outcome:
        good = name == "bernoulli_mean"
        return Outcome(COMPILED if good else "rejected", "" if good else "no", 0.5)


_COQ = _Obliging("coqc", "9.9", "3.3")


def test_without_coq_the_files_are_written_with_a_script_that_checks_them(tmp_path: Path) -> None:
    entries = certify(exported(_CLAIMS), tmp_path, None)
    assert [entry.status for entry in entries] == [WRITTEN, WRITTEN]
    script = (tmp_path / "check.sh").read_text()
    for name in (*LIBRARY, "bernoulli_mean", "variance_at_zero"):
        assert (tmp_path / f"{name}.v").exists()
        assert f" {name}" in script
    assert recorded(tmp_path, _CLAIMS) == {}, "nobody has checked them"


def test_the_record_tells_of_those_that_compiled(tmp_path: Path) -> None:
    entries = certify(exported(_CLAIMS), tmp_path, _COQ)
    assert [entry.status for entry in entries] == [COMPILED, "rejected"]
    assert recorded(tmp_path, _CLAIMS) == {"bernoulli-mean": "Coq 9.9, Coquelicot 3.3"}


@pytest.mark.parametrize("key", ["digest", "name", "status"])
def test_a_record_of_another_file_counts_for_nothing(key: str, tmp_path: Path) -> None:
    certify(exported(_CLAIMS), tmp_path, _COQ)
    record = json.loads((tmp_path / RECORD).read_text())
    record["certificates"][0][key] = "other"
    (tmp_path / RECORD).write_text(json.dumps(record))
    assert recorded(tmp_path, _CLAIMS) == {}


def test_a_record_on_another_library_counts_for_nothing(tmp_path: Path) -> None:
    certify(exported(_CLAIMS), tmp_path, _COQ)
    record = json.loads((tmp_path / RECORD).read_text())
    (tmp_path / RECORD).write_text(json.dumps(record | {"library": "older"}))
    assert recorded(tmp_path, _CLAIMS) == {}


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"certificates": [{}], "coq": "", "library": ""}'])
def test_without_a_record_the_user_is_told_how_to_make_one(text: str, tmp_path: Path) -> None:
    (tmp_path / RECORD).write_text(text)
    with pytest.raises(DerivationsError, match="derivations certify"):
        recorded(tmp_path, _CLAIMS)


def test_what_has_no_certificate_is_told_with_its_reason(tmp_path: Path) -> None:
    (entry,) = certify([("odd", "an integral")], tmp_path, _COQ)
    assert (entry.status, entry.detail) == (UNCERTIFIED, "an integral")


def test_a_second_run_leaves_the_library_alone(tmp_path: Path) -> None:
    certify(exported(_CLAIMS), tmp_path, None)
    os.utime(tmp_path / "Rules.v", (1, 1))
    certify(exported(_CLAIMS), tmp_path, None)
    assert (tmp_path / "Rules.v").stat().st_mtime == 1


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DerivationsError, match="cannot be used"):
        certify(exported(_CLAIMS), tmp_path / "file" / "below", None)

"""Frozen formulas: what is written is read back, rewritten formulas pass, changed ones do not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.errors import DerivationsError
from derivations.frozen import Entry, Frozen, changed, entry_of_claim, found_in, parsed, written
from derivations.mutation import mutants
from derivations.output.frozen_files import frozen_claims, frozen_document, load_frozen, now
from derivations.prover import verdict_on
from derivations.seminar7 import CLAIMS
from tests.strategies import terms

NAMES = st.text(min_size=1, max_size=12)
BETA = ("b in interval(0, 1)",)


@given(NAMES, terms, st.text(max_size=30))
def test_what_is_written_is_read_back(name: str, term, latex: str) -> None:
    frozen = Frozen("a.tex", (Entry(name, (str(term), f"= {term}"), (f"{term}",), BETA, latex),), "plain", "1b")
    again = parsed(written(frozen))
    assert (again.source, again.profile, again.task) == ("a.tex", "plain", "1b")
    (entry,) = again.entries
    assert (entry.name, entry.sides, entry.given, entry.latex) == (name, (str(term), f"= {term}"), BETA, latex)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (("x", "= 1/b - 1"), ("x", "= (1 - b)/b"), None),
        (("x", "= 1/b - 1"), ("x", "= (1 + b)/b"), "the formula has changed"),
        (("x", "= 1/b"), ("x", "< 1/b"), "the relation was =, is <"),
        (("x", "= 1/b"), ("x", "= 1/b", "= 1/b"), "it had 2 sides, and has 3 sides"),
        (("x", r"= ? \oint y"), ("x", r"= ? \oint y"), None),
        (("x", r"= ? \oint y"), ("x", r"= ? \oint z"), "it is not understood"),
        (("x", ":= y"), ("x", ":= y + 0"), None),
    ],
)
def test_changes(before: tuple[str, ...], after: tuple[str, ...], said: str | None) -> None:
    found = changed(Entry("a", before, given=BETA), Entry("a", after, given=BETA))
    assert found is None if said is None else found is not None and found.startswith(said)


def test_only_what_is_given_then_and_now_is_used() -> None:
    before, after = Entry("a", ("sqrt(x^2)",), given=("x in interval(0, oo)",)), Entry("a", ("x",))
    assert changed(before, after) is not None
    assert changed(before, Entry("a", ("x",), given=("x in interval(0, oo)",))) is None


def test_assumptions_of_a_claim_belong_to_it() -> None:
    before, after = Entry("a", ("x",), given=("0 < x",)), Entry("a", ("x",), given=("0 <= x",))
    assert changed(before, after) is None
    assert changed(before, after, strictly=True) == "other assumptions: no longer 0 < x; now 0 <= x"


def test_a_formula_that_moved_is_found() -> None:
    entries = (Entry("display-1", ("1",)), Entry("display-2", ("2",)), Entry("eq:a", ("3",)))
    assert found_in(Entry("display-1", ("2",)), entries) == entries[1]
    assert found_in(Entry("display-1", ("4",)), entries) == entries[0]
    assert found_in(Entry("eq:a", ("2",)), entries) == entries[2]
    assert found_in(Entry("eq:b", ("5",)), entries) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "schema = 1", "schema = 2", "x", 'schema = 1\nsource = "a.tex"', 'schema = 1\nsource = "a"\nformula = 3',
        'schema = 1\nsource = "a"\n[[formula]]\nname = "b"\nsides = ["1 +"]',
        'schema = 1\nsource = "a"\n[[formula]]\nname = "b"\nsides = ["1"]\ngiven = [")"]',
        'schema = 1\nsource = "a"\n[[formula]]\nname = "b"\n[[formula]]\nname = "b"',
    ],
)  # fmt: skip
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(DerivationsError):
        parsed(text)


def test_the_claims_are_what_was_frozen() -> None:
    frozen = load_frozen(Path(__file__).parent / "claims.frozen.toml")
    entries = {entry.name: entry for entry in now(frozen, Path(), 10)}
    assert {entry.name for entry in frozen.entries} <= entries.keys()


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_slip_in_a_claim_is_no_longer_what_was_frozen(claim) -> None:
    """Each slip is named, unless it is no error: then both sides are still what they were, proved to be so."""
    entry = entry_of_claim(claim)
    for mutant in [*mutants(claim.proposition)][:3]:
        slipped = entry_of_claim(type(claim)(claim.name, claim.task, "", str(mutant.term), claim.given))
        found = changed(entry, slipped)
        assert found is not None or verdict_on(mutant.term, claim.assumptions).kind == "proved", mutant


def test_documents(tmp_path: Path) -> None:
    page = tmp_path / "sub" / "page.tex"
    page.parent.mkdir()
    page.write_text(r"\begin{align}\label{eq:a} x + x &= 2x \\ &= 3x - x\end{align} $$\oint x = \oint x$$")
    frozen = frozen_document(page, tmp_path, "plain", None, 10)
    assert frozen.source == "sub/page.tex"
    assert frozen.entries[0].sides == ("x + x", "= 2 * x", "= 3 * x - x")
    assert frozen.entries[0].normal == ("2 * x", "= 2 * x", "= 2 * x")
    assert frozen.entries[1].sides[0].startswith("? ")
    assert [entry.sides for entry in now(frozen, tmp_path, 10)] == [entry.sides for entry in frozen.entries]
    page.write_text("words")
    with pytest.raises(DerivationsError, match="nothing to freeze"):
        frozen_document(page, tmp_path, "plain", None, 10)


def test_the_same_bytes_in_every_run() -> None:
    code = "from derivations.output.frozen_files import *; from derivations.frozen import written; print(written(frozen_claims()))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert runs.pop().decode().strip() == written(frozen_claims()).strip()

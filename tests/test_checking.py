"""The command `check`: files, options, exit codes, and what no document may do to it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivations.output import checking, workers
from derivations.output.checking import check_command, exit_code_of
from derivations.output.plain import unchecked
from tests.output.samples import EVERY_VERDICT

TRUE = r"$$\frac{d}{d\beta} \log\beta = \frac{1}{\beta}$$"
FALSE = r"$$\frac{d}{d\beta} \log\beta = \frac{2}{\beta}$$"
CONDITIONAL = "$$x/x = 1$$"

forks = pytest.mark.skipif(sys.platform != "linux", reason="patches reach a worker only where processes are forked")


def run(*arguments, data=None):
    return CliRunner().invoke(check_command, [*map(str, arguments)], input=data)


def files_of(*arguments, data=None):
    return json.loads(run(*arguments, "--format", "json", data=data).stdout)["files"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "true.tex").write_text(TRUE)
    (tmp_path / "false.tex").write_text(FALSE)
    (tmp_path / "conditional.tex").write_text(CONDITIONAL)
    (tmp_path / "words.tex").write_text("only words")
    return tmp_path


# ---------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("names", "options", "code"),
    [
        (["true"], [], 0),
        (["true"], ["--strict"], 0),
        (["false"], [], 1),
        (["true", "false"], [], 1),
        (["conditional"], [], 0),
        (["conditional"], ["--strict"], 1),
        (["words"], [], 2),
        (["true", "words"], [], 0),
        (["gone"], [], 2),
        (["false", "gone"], [], 2),
    ],
)
def test_exit_codes(folder, names, options, code):
    assert run(*(folder / f"{name}.tex" for name in names), *options).exit_code == code


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--format", "pdf", "a.tex"],
        ["--timeout", "0", "a.tex"],
        ["--timeout", "nan", "a.tex"],
        ["--timeout", "inf", "a.tex"],
        ["--jobs", "0", "a.tex"],
        ["--profile", "nowhere", "a.tex"],
        ["--unknown"],
    ],
)
def test_wrong_usage(arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_what_is_open_stands_in_the_last_line(folder):
    assert run(folder / "conditional.tex").stdout.splitlines()[-1] == "0 proved, 0 refuted; open: 1 conditional"


def test_nothing_to_check_is_said(folder):
    done = run(folder / "words.tex")
    assert "nothing to check" in done.stderr


def test_internal_errors_outweigh_all():
    assert exit_code_of([unchecked("a.tex", "plain", "broken", internal=True)]) == 3


# ---------------------------------------------------------------- which files


def test_the_order_is_that_of_the_arguments(folder):
    names = ["true", "gone", "false", "true", "conditional"]
    found = files_of(*(folder / f"{name}.tex" for name in names), "--jobs", "4")
    assert [Path(file["path"]).stem for file in found] == names
    assert [bool(file["errors"]) for file in found] == [False, True, False, False, False]


def test_output_is_deterministic(folder):
    assert run(folder, "--jobs", "1").stdout == run(folder, "--jobs", "3").stdout


def test_a_folder_is_opened(tmp_path):
    for name in ("b.tex", "a.md", "c.ipynb", "d.txt", "below/e.tex", ".hidden/f.tex", ".g.tex"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("$$1 + 1 = 2$$")
    assert [os.path.relpath(file["path"], tmp_path) for file in files_of(tmp_path)] == [
        "a.md", "b.tex", "below/e.tex", "c.ipynb",
    ]  # fmt: skip
    (tmp_path / "empty").mkdir()
    done = run(tmp_path / "empty")
    assert done.exit_code == 2
    assert "a folder without" in done.output


def test_standard_input():
    (file,) = files_of("-", data=FALSE)
    assert file["path"] == "-"
    assert file["summary"]["refuted"] == 1


def test_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "LARGEST", 1000)
    (tmp_path / "large.tex").write_text("x" * 2000)
    assert "larger than" in run(tmp_path / "large.tex").output
    assert run("-", data="x" * 2000).exit_code == 2


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_file():
    done = run("/dev/zero")
    assert done.exit_code == 2
    assert "larger than" in done.output


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(folder):
    (folder / "true.tex").chmod(0)
    assert "cannot be read" in run(folder / "true.tex").output


def test_a_dangling_link_is_an_unreadable_file(tmp_path):
    (tmp_path / "link.tex").symlink_to(tmp_path / "nowhere")
    done = run(tmp_path / "link.tex")
    assert done.exit_code == 2
    assert "cannot be read" in done.output


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff.tex"
    Path(os.fsdecode(path)).write_text(TRUE)
    for style in checking.FORMATS:
        assert run(os.fsdecode(path), "--format", style).exit_code == 0


# ---------------------------------------------------------------- options


def test_every_format_of_every_verdict(tmp_path):
    (tmp_path / "notes.tex").write_text(EVERY_VERDICT)
    for style in checking.FORMATS:
        done = run(tmp_path / "notes.tex", "--format", style)
        assert done.exit_code == 1, done.output
        assert "refuted" in done.stdout
        target = tmp_path / f"report.{style}"
        assert run(tmp_path / "notes.tex", "--format", style, "-o", target).stdout == ""
        assert target.read_text(encoding="utf-8") == done.stdout


def test_a_report_that_cannot_be_written(folder):
    done = run(folder / "true.tex", "-o", folder / "nowhere" / "a.txt")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_quiet_and_verbose(folder):
    assert run(folder / "true.tex", "-q").stdout == ""
    assert "rules: " in run(folder / "true.tex", "-v").stdout


def test_profile_and_task(folder):
    assert files_of(folder / "true.tex", "--profile", "plain")[0]["profile"] == "plain"
    (folder / "task.tex").write_text("$$1 + 1 = 2$$")
    assert files_of(folder / "task.tex", "--task", "3b")[0]["chains"][0]["task"] == "3b"


def test_errors_are_told_beside_a_format_for_machines(folder):
    done = run(folder / "gone.tex", "--format", "json")
    assert "there is no such file" in done.stderr
    assert json.loads(done.stdout)["files"][0]["errors"] == ["there is no such file"]


def test_help_names_examples_and_exit_codes():
    done = run("--help")
    assert done.exit_code == 0
    for words in ("Examples:", "Exit codes:", "derivations check homework.tex", "nothing to check", "--strict"):
        assert words in done.output


def test_help_loads_nothing_heavy():
    script = (
        "import sys\nfrom derivations.output.checking import check_command\n"
        "try:\n    check_command(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'sympy', 'flint', 'jinja2', 'latex2mathml', 'derivations.checker'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_colour_needs_a_terminal(folder):
    assert "\x1b" not in run(folder / "false.tex").stdout


# ---------------------------------------------------------------- what no document may do


def _hang(*_arguments, **_options):
    while True:
        time.sleep(10)


def _swell(*_arguments, **_options):
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def _crash(*_arguments, **_options):
    os.kill(os.getpid(), signal.SIGKILL)


def _stumble(*_arguments, **_options):
    raise ZeroDivisionError("a mistake of ours")


def _dive(*_arguments, **_options):
    raise RecursionError


def _mixed(bad):
    honest = workers.check

    def check(data, *arguments, path, **options):
        return bad() if "false" in path else honest(data, *arguments, path=path, **options)

    return check


@forks
@pytest.mark.parametrize(
    ("bad", "said", "code"),
    [
        (_hang, "stopped: not checked within", 2),
        (_swell, "more memory", 2),
        (_crash, "ended early (exit code -9)", 3),
        (_stumble, "internal error, ZeroDivisionError: a mistake of ours", 3),
        (_dive, "nested too deeply", 2),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_file_stops_no_other(folder, monkeypatch, bad, said, code, jobs):
    monkeypatch.setattr(workers, "check", _mixed(bad))
    monkeypatch.setattr(workers, "_LEAST", 5.0 if bad is _hang else 60.0)  # a busy machine is slow, too
    monkeypatch.setattr(workers, "_STEPS", 0)
    monkeypatch.setattr(workers, "_MEMORY", 600 << 20)
    done = run(folder / "false.tex", folder / "true.tex", "--format", "json", "--jobs", jobs)
    bad_file, good_file = json.loads(done.stdout)["files"]
    assert said in bad_file["errors"][0]
    assert good_file["summary"]["proved"] == 1
    assert done.exit_code == code


@forks
def test_a_step_that_takes_too_long_is_undecided(tmp_path):
    (tmp_path / "a.tex").write_text(TRUE)
    (file,) = files_of(tmp_path / "a.tex", "--timeout", "0.00001")
    assert file["errors"] == []
    assert file["summary"]["undecided"] == 1


def test_an_assumption_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "a.tex").write_text("% derivations: assume x >> )\n" + TRUE)
    done = run(tmp_path / "a.tex")
    assert done.exit_code == 2
    assert "a.tex: error: expected" in done.stdout


def test_hostile_bytes_give_a_report(tmp_path):
    for number, data in enumerate(
        (b"\xff\xfe\x00$", b"\x00" * 100, b"$$" * 5000, b"{" * 20000, rb"\def\a{\a\a}$\a = 1$")
    ):
        (tmp_path / f"{number}.tex").write_bytes(data)
    assert [file["errors"] for file in files_of(tmp_path)] == [[]] * 5

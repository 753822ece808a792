"""The command line: what it says, where, and with which code it ends."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivations import cli, seminar7
from derivations.errors import KernelError
from derivations.output import sheet as output_sheet
from derivations.output.explain import entries
from derivations.rules import TABLE
from derivations.seminar7 import CLAIMS
from derivations.verdict import KINDS

REPOSITORY = Path(__file__).parents[1]
KERNEL_ONLY = ("--no-sympy", "--no-numeric")


def run(*arguments, **environment):
    return CliRunner().invoke(cli.main, arguments, env={"COLUMNS": "80", **environment})


@pytest.fixture
def false_claim(monkeypatch):
    """The score with a lost sign."""
    claims = list(CLAIMS)
    place = next(place for place, claim in enumerate(claims) if claim.name == "score")
    lines = (
        claims[place].lines[0],
        dataclasses.replace(claims[place].lines[1], term="z / beta + (1 - z) / (1 - beta)"),
    )
    claims[place] = dataclasses.replace(claims[place], lines=lines)
    monkeypatch.setattr(seminar7, "CLAIMS", tuple(claims))
    monkeypatch.setitem(output_sheet.write_sheet.__kwdefaults__, "claims", tuple(claims))


# ---------------------------------------------------------------- help and version


@pytest.mark.parametrize("option", ["--help", "--version"])
@pytest.mark.parametrize("command", [[], ["sheet"], ["prove"], ["explain"]])
def test_help_and_version_load_nothing_heavy(command, option):
    if command and option == "--version":
        pytest.skip("the version is the program's")
    code = (
        "import sys\n"
        "from derivations.cli import main\n"
        f"try: main({[*command, option]!r})\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        "heavy = {'sympy', 'matplotlib', 'flint', 'numpy', 'jinja2', 'hypothesis'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("command", ["sheet", "prove", "explain"])
def test_help_has_examples_and_exit_codes(command):
    said = run(command, "--help").output
    assert f"derivations {command} " in said
    assert "Exit codes:" in said
    for code in "0123":
        assert f"\n    {code}  " in said


def test_the_version_is_that_of_the_package():
    assert run("--version").output == f"derivations, version {cli._VERSION}\n"


def test_the_module_runs_too():
    done = subprocess.run(
        [sys.executable, "-m", "derivations", "explain", "refuted"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("refuted  verdict\n")


def test_build_report_is_the_same_command(tmp_path):
    done = subprocess.run(
        [sys.executable, "build_report.py", "-o", str(tmp_path), "--variant", "handout"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path / 'seminar7-handout.pdf'}\n"
    assert (tmp_path / "seminar7-handout.pdf").is_file()


@pytest.mark.parametrize("arguments", [["nothing"], ["sheet", "--variant", "poster"], ["prove", "--format", "xml"]])
def test_wrong_usage_is_two(arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Usage:" in done.stderr


# ---------------------------------------------------------------- sheet


def test_the_sheet_is_written_and_named(tmp_path):
    done = run("sheet", "-o", str(tmp_path / "build"), "--variant", "handout")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path / 'build' / 'seminar7-handout.pdf'}\n"


def test_a_quiet_sheet_says_nothing(tmp_path):
    done = run("sheet", "-q", "-o", str(tmp_path), "--variant", "handout")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.usefixtures("false_claim")
@pytest.mark.parametrize("evidence", ["--evidence", "--no-evidence"])
def test_a_false_claim_writes_no_sheet(tmp_path, evidence):
    done = run("sheet", evidence, "-o", str(tmp_path / "build"))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    for part in ("claim score", "step 2", "z / beta + (1 - z) / (1 - beta)", "beta = 1/2, z = 0", "-2", "Traceback"):
        assert (part in done.stderr) == (part != "Traceback")
    assert not (tmp_path / "build").exists()


def test_what_cannot_be_written_is_two(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("sheet", "-o", str(tmp_path / "file" / "folder"), "--variant", "handout")
    assert done.exit_code == 2
    assert done.stderr.startswith("derivations: cannot write ")
    assert done.stderr.count("\n") == 1


def test_a_missing_engine_is_two(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("sheet", "-o", str(tmp_path), "--variant", "handout", "--engine", "latexmk")
    assert done.exit_code == 2
    assert done.stderr == "derivations: latexmk was not found: install it, or use --engine embedded\n"


def test_a_missing_extra_is_two(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "derivations.output.sheet")
    monkeypatch.delitem(sys.modules, "derivations.output.figures")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = run("sheet", "-o", str(tmp_path))
    assert done.exit_code == 2
    assert "pip install 'derivations[sheet]'" in done.stderr


def broken(error):
    def write_sheet(*_, **__):
        raise error

    return write_sheet


@pytest.mark.parametrize("error", [ZeroDivisionError("division\nby zero"), KernelError("a move is no instance")])
def test_an_internal_error_is_three_and_one_line(tmp_path, monkeypatch, error):
    monkeypatch.setattr(output_sheet, "write_sheet", broken(error))
    done = run("sheet", "--no-evidence", "-o", str(tmp_path))
    assert done.exit_code == 3
    assert done.stderr.startswith(f"derivations: internal error, {type(error).__name__}: ")
    assert done.stderr.endswith(" (-v shows the traceback)\n")
    assert done.stderr.count("\n") == 1


def test_verbose_shows_the_traceback(tmp_path, monkeypatch):
    monkeypatch.setattr(output_sheet, "write_sheet", broken(ZeroDivisionError("oops")))
    done = run("sheet", "--no-evidence", "-v", "-o", str(tmp_path))
    assert done.exit_code == 3
    assert done.stderr.startswith("Traceback")
    assert done.stderr.endswith("derivations: internal error, ZeroDivisionError: oops\n")


def test_an_interruption_is_not_an_internal_error(tmp_path, monkeypatch):
    monkeypatch.setattr(output_sheet, "write_sheet", broken(KeyboardInterrupt()))
    done = run("sheet", "--no-evidence", "-o", str(tmp_path))
    assert done.exit_code == 1
    assert "internal" not in done.stderr


# ---------------------------------------------------------------- prove


def test_prove_names_every_claim_and_counts_them():
    done = run("prove", *KERNEL_ONLY)
    assert done.exit_code == 0
    for claim in CLAIMS:
        assert f"proved  {claim.name}  {claim.task}" in done.stdout
    assert done.stdout.endswith(f"\n{len(CLAIMS)} claims proved\n")
    assert "\x1b" not in done.stdout


def test_prove_takes_names_and_tasks_in_the_order_of_the_sheet():
    done = run("prove", *KERNEL_ONLY, "3a", "log-trick")
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("proved")] == [
        "log-trick",
        *(claim.name for claim in CLAIMS if claim.task == "3a"),
    ]


def test_prove_shows_all_evidence_that_is_asked_for():
    said = run("prove", "variance-of-one-draw", "--simulate").stdout
    for kind in ("kernel", "SymPy", "numerical", "simulation"):
        assert f"\n    {kind} " in said
    assert "replayed in" in said
    bare = run("prove", "variance-of-one-draw", *KERNEL_ONLY).stdout
    for kind in ("SymPy", "numerical", "simulation"):
        assert kind not in bare


def test_prove_verbose_shows_rules_and_conditions():
    said = run("prove", "-v", "log-trick", *KERNEL_ONLY).stdout
    assert "step 4" in said
    assert "rules       derivative-of-finite-sum" in said
    assert "condition   0 < q(phi, x, z)" in said


def test_prove_quiet_says_the_last_line_only():
    assert run("prove", "-q", "3a", *KERNEL_ONLY).stdout == "2 claims proved\n"


def test_prove_as_json():
    done = run("prove", "log-trick", "--format", "json", *KERNEL_ONLY)
    found = json.loads(done.stdout)
    assert (found["schema"], found["tool"]["name"]) == (1, "derivations")
    assert found["summary"] == {"proved": 1, "failed": 0}
    (claim,) = found["claims"]
    assert (claim["name"], claim["verdict"], claim["failure"]) == ("log-trick", "proved", None)
    assert len(claim["kernel"]["steps"]) == 4
    assert set(claim["kernel"]["rules"]) <= set(TABLE)
    assert claim["sympy"] is claim["numerical"] is claim["simulation"] is claim["certificate"] is None


def test_evidence_as_json():
    done = run("prove", "variance-of-one-draw", "--simulate", "--format", "json")
    (claim,) = json.loads(done.stdout)["claims"]
    assert claim["sympy"]["instances"] == 1
    assert claim["numerical"]["examples"] == 20
    assert abs(claim["simulation"]["estimate"] - claim["simulation"]["target"]) <= claim["simulation"]["bound"]
    assert claim["kernel"]["microseconds"] > 0


@pytest.mark.usefixtures("false_claim")
def test_prove_goes_on_after_a_failure():
    done = run("prove", "3b", *KERNEL_ONLY)
    assert done.exit_code == 1
    assert "failed  score  3b" in done.stdout
    assert "claim score, step 2: " in done.stdout
    assert "proved  z-times-score" in done.stdout
    assert done.stdout.endswith("claims proved, 1 failed\n")


@pytest.mark.usefixtures("false_claim")
def test_a_failure_in_json():
    done = run("prove", "score", "--format", "json", *KERNEL_ONLY)
    assert done.exit_code == 1
    (claim,) = json.loads(done.stdout)["claims"]
    assert claim["verdict"] == "failed"
    assert claim["failure"].startswith("claim score, step 2: ")
    assert claim["kernel"] is None


def test_prove_suggests_names_that_are_near():
    done = run("prove", "log-trik")
    assert done.exit_code == 2
    assert done.stderr == "derivations: there is no claim log-trik; did you mean log-trick?\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
@pytest.mark.parametrize("colour", [True, False])
def test_colours_go_to_a_terminal_and_obey_no_color(colour):
    import pty

    mine, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"}
    with subprocess.Popen(
        [sys.executable, "-m", "derivations", "explain", "log-rule"],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment if colour else environment | {"NO_COLOR": "1"},
    ) as process:
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(mine, 4096):
                said += piece
        except OSError:
            pass  # the other end was closed
        process.wait()
    os.close(mine)
    assert b"log-rule" in said
    assert (b"\x1b[36m" in said) == colour


# ---------------------------------------------------------------- explain


@pytest.mark.parametrize("code", [*KINDS, *TABLE, *(mistake.name for claim in CLAIMS for mistake in claim.mistakes)])
def test_everything_is_explained_with_an_example(code):
    entry = entries()[code]
    assert entry.title
    assert entry.example


def test_explain_a_rule():
    done = run("explain", "log-rule")
    assert done.exit_code == 0
    for part in ("chain rule for the logarithm", "0 < ?F(?x)", "Rudin", "example", "log-trick"):
        assert part in done.stdout


def test_explain_a_mistake():
    said = run("explain", "missing-q").stdout
    assert "The factor q(phi, x, z) was dropped" in said
    assert "log-trick, zero-score" in said


def test_explain_lists_all():
    said = run("explain").stdout
    for code in entries():
        assert f"\n  {code} " in said


def test_explain_suggests_codes_that_are_near():
    done = run("explain", "log-rul")
    assert done.exit_code == 2
    assert "did you mean log-rule" in done.stderr
    assert run("explain", "xyzzy").stderr == "derivations: there is no rule, verdict or mistake xyzzy\n"


# ---------------------------------------------------------------- certify


@pytest.fixture
def without_coq(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that has no Coq."""
    monkeypatch.setattr("derivations.certificate.coq.find", lambda: None)


def test_certify_without_coq_writes_the_files_and_says_how_to_check_them(without_coq: None, tmp_path: Path) -> None:
    found = run("certify", "-o", str(tmp_path))
    assert found.exit_code == 0, found.output
    assert (tmp_path / "log_trick.v").exists()
    assert "coqc is not installed" in found.output
    assert str(tmp_path / "check.sh") in found.output


def test_prove_says_what_compiled_a_certificate(without_coq: None, tmp_path: Path) -> None:
    run("certify", "-o", str(tmp_path))
    record = json.loads((tmp_path / "certificates.json").read_text())
    record["coq"] = "Coq 8.16.1"
    for entry in record["certificates"]:
        entry["status"] = "compiled" if entry["name"] == "bernoulli-mean" else "written"
    (tmp_path / "certificates.json").write_text(json.dumps(record))
    options = ("--no-sympy", "--no-numeric", "--format", "json", "--certificates", str(tmp_path))
    claims = json.loads(run("prove", "bernoulli-mean", "score", *options).output)["claims"]
    assert [claim["certificate"] for claim in claims] == ["Coq 8.16.1", None]


def test_a_folder_without_certificates_is_a_usage_error(tmp_path: Path) -> None:
    found = run("prove", "score", "--certificates", str(tmp_path))
    assert found.exit_code == 2
    assert "derivations certify" in found.output


def test_check_writes_certificates_of_the_proved_steps_only(without_coq: None, tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(r"$$\beta + \beta = 2\beta$$" + "\n" + r"$$\beta + \beta = 3\beta$$")
    found = run("check", str(tmp_path / "a.tex"), "--certify", str(tmp_path / "out"))
    assert found.exit_code == 1, "a certificate changes no verdict"
    assert len(list((tmp_path / "out").glob("step_*.v"))) == 1
    options = ("--format", "json", "-o", str(tmp_path / "a.json"), "--certify", str(tmp_path / "out"))
    run("check", str(tmp_path / "a.tex"), *options)
    assert "certificates" not in json.loads((tmp_path / "a.json").read_text())["files"][0]


def test_rules_without_a_lemma_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivations.output.account.uncertified", lambda: {"log-rule": "none yet", "tanh": "none yet"})
    said = run("prove", "score", "--no-sympy", "--no-numeric").output
    assert f"2 rules of {len(TABLE)} uncertified, 1 of them used here" in said
    monkeypatch.setattr("derivations.output.account.uncertified", dict)
    assert "uncertified" not in run("prove", "score", "--no-sympy", "--no-numeric").output

"""Files judged in processes of their own, each with limits from outside: no document can hang or exhaust the command.

A step's own alarm cannot interrupt arithmetic in C, and reading has no alarm at all; a process can always be ended,
and its memory has a lid. Where processes can be forked, one costs a few milliseconds, so that every file has its own,
also a single one: there is only one way, and it is the safe one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Final

from derivations.certificate.steps import of_steps
from derivations.checker import check, outline
from derivations.errors import DerivationsError, NotationError
from derivations.latex.profile import Profile, load
from derivations.output.plain import File, plain, unchecked

if sys.platform != "win32":
    import resource

LARGEST: Final = 20_000_000  # bytes of a document
TOO_LARGE: Final = f"larger than {LARGEST // 1_000_000} MB"
_MEMORY: Final = 2 << 30  # bytes of address space on top of the parent's, several times what an honest document needs
_STEPS: Final = 20  # a file has the time that so many steps at their limit would take,
_LEAST: Final = 60.0  # and never less than this
_INSIDE: Final = 0.75  # of that for judging: the verdicts so far are sent before the process is ended


@dataclass(frozen=True)
class Job:
    """A file to check.

    `data` is the text where it was read already (standard input); `finish` is further work on the outcome, such as
    typesetting, that shall stand under the same limits; `work` is what is done with the document, if it is not judged,
    and `seconds` the time for all of it, if not that for so many steps; with `certify` the outcome has files for Coq.
    """

    path: str
    profile: str
    task: str | None
    timeout: float
    data: bytes | None = None
    finish: Callable[[File], File] | None = None
    work: Callable[[Job, bytes, Profile], File] | None = None
    seconds: float | None = None
    certify: bool = False

    @property
    def shown(self) -> str:
        """The path as text, also where its bytes are none."""
        return os.fsencode(self.path).decode("utf-8", "replace")


@dataclass(frozen=True)
class _Running:
    number: int
    process: BaseProcess
    deadline: float


def judged(jobs: Sequence[Job], parallel: int, done: Callable[[], object] = lambda: None) -> list[File]:
    """The files in the order of the jobs, `parallel` of them at a time; `done` is called after each.

    Raises: nothing for a file that cannot be checked; the reason is in its `errors`.
    """
    found: dict[int, File] = {}
    for number, file in _Pool(jobs, parallel).outcomes():
        found[number] = file
        done()
    return [found[number] for number in range(len(jobs))]


# ---------------------------------------------------------------- outside


class _Pool:
    """Starts a process for each job, and ends it when its time is over."""

    def __init__(self, jobs: Sequence[Job], parallel: int) -> None:
        self.jobs, self.parallel = jobs, parallel
        # Forking spares each process the imports; only the calling thread exists then, so nothing else is copied.
        self.context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.running: dict[Connection, _Running] = {}

    def outcomes(self) -> Iterator[tuple[int, File]]:
        """Number and outcome of each job, as they end."""
        waiting = iter(range(len(self.jobs)))
        left = len(self.jobs)
        try:
            while left:
                while len(self.running) < self.parallel and (number := next(waiting, None)) is not None:
                    self.start(number)
                for number, file in self.ended():
                    left -= 1
                    yield number, file
        finally:
            for running in self.running.values():
                running.process.kill()

    def start(self, number: int) -> None:
        receiver, sender = self.context.Pipe(duplex=False)
        process = self.context.Process(target=_work, args=(self.jobs[number], sender), daemon=True)  # type: ignore[attr-defined]
        with warnings.catch_warnings():
            # From Python 3.12 on: the caller has threads (those of a test runner). The child takes none of their locks.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        sender.close()  # ours; the end of the process is then the end of the pipe
        self.running[receiver] = _Running(number, process, time.monotonic() + _limit(self.jobs[number]))

    def ended(self) -> Iterator[tuple[int, File]]:
        soonest = min(running.deadline for running in self.running.values())
        ready = wait(list(self.running), max(0.0, soonest - time.monotonic()))
        for receiver, running in list(self.running.items()):
            late = running.deadline <= time.monotonic()
            if receiver in ready or late:
                yield running.number, self.outcome(receiver, running)

    def outcome(self, receiver: Connection, running: _Running) -> File:
        """What a process found out, or why it did not."""
        job, process = self.jobs[running.number], running.process
        del self.running[receiver]
        try:
            if receiver.poll():
                file: File = receiver.recv()
                return file
            process.kill()
            return unchecked(job.shown, job.profile, f"stopped: not checked within {_limit(job):g} s")
        except EOFError:
            process.join()
            return unchecked(job.shown, job.profile, _death(process.exitcode), internal=True)
        finally:
            receiver.close()
            process.join()


def _limit(job: Job) -> float:
    return job.seconds or max(_LEAST, _STEPS * job.timeout)


def _death(code: int | None) -> str:
    return f"the process that checked this file ended early (exit code {code}); was there enough memory?"


# ---------------------------------------------------------------- inside


def _work(job: Job, sender: Connection) -> None:
    """Check one file in a process of its own, and send what was found out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who then ends this process
    _limit_memory()
    with _Told(job, sender):
        sender.send(_checked(job))


def _checked(job: Job) -> File:
    try:
        data = job.data if job.data is not None else _contents(job.path)
        profile = load(job.profile)
        file = (job.work or _verdicts)(job, data, profile)
        return file if job.finish is None else job.finish(file)
    except NotationError as error:
        place = f" in {error.source[:80]!r}" if error.source else ""
        return unchecked(job.shown, job.profile, f"expected {error.expected}{place}")
    except DerivationsError as error:
        return unchecked(job.shown, job.profile, str(error))
    except OSError as error:
        return unchecked(job.shown, job.profile, f"cannot be read: {error.strerror or error}")
    except MemoryError:
        return unchecked(job.shown, job.profile, "stopped: it needs more memory than a document may")
    except RecursionError:
        return unchecked(job.shown, job.profile, "stopped: it is nested too deeply")


def _verdicts(job: Job, data: bytes, profile: Profile) -> File:
    report = check(data, profile, job.task, path=job.shown, timeout=job.timeout, limit=_INSIDE * _limit(job))
    file = plain(report, data, report.document.style if report.document is not None else profile.style)
    if job.certify:
        file["certificates"] = of_steps(report)
    return file


def outlined(job: Job, data: bytes, profile: Profile) -> File:
    """The work of a job that only reads the document."""
    return plain(outline(data, profile, job.task, path=job.shown), data, profile.style)


def _contents(path: str) -> bytes:
    """The bytes of a file; an endless one is not read for ever."""
    with Path(path).open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DerivationsError(TOO_LARGE)
    return data


class _Told:
    """Tells the parent of an unexpected error, our own mistake; a manager, since nothing may swallow all exceptions."""

    def __init__(self, job: Job, sender: Connection) -> None:
        self.job, self.sender = job, sender

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        said = f"internal error, {type(error).__name__}: {' '.join(str(error).split())[:500]}"
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is not None:
            said += f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})"
        self.sender.send(unchecked(self.job.shown, self.job.profile, said, internal=True))
        return True


def _limit_memory() -> None:
    """Put a lid on this process's memory, where the system has lids."""
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    lid = _MEMORY + _address_space()
    lid = lid if hard == resource.RLIM_INFINITY else min(lid, hard)
    resource.setrlimit(resource.RLIMIT_AS, (lid, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """The bytes of address space that are taken already: a test run with large libraries is forked with all of them."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0

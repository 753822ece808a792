"""Examples that Hypothesis draws: the same ones in every run, in silence, and no files are left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from derivations.evidence.extras import extra


def tried(run: Callable[[Any], object], strategy: Any, examples: int) -> int:
    """Run something at examples of a strategy, and return at how many it came to its end.

    Raises: what `run` raises at an example, after Hypothesis has looked for a simpler one;
            DerivationsError where Hypothesis is not installed.

    >>> from hypothesis import strategies as st
    >>> tried(print, st.just("at every example"), 1)
    at every example
    1
    """
    hypothesis = extra("hypothesis")
    quiet = hypothesis.settings(
        derandomize=True, database=None, deadline=None, max_examples=examples, report_multiple_bugs=False,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink], suppress_health_check=list(hypothesis.HealthCheck),
        verbosity=hypothesis.Verbosity.quiet, print_blob=False,
    )  # fmt: skip
    ended = 0

    def drawn(example: Any) -> None:
        nonlocal ended
        run(example)
        ended += 1

    with (
        _files_elsewhere(),
        suppress(hypothesis.errors.Unsatisfiable),
    ):  # where none came to its end
        quiet(hypothesis.given(strategy)(drawn))()
    return ended


@contextmanager
def _files_elsewhere() -> Iterator[None]:
    """Hypothesis keeps notes in a folder, which is not ours to leave behind."""
    configuration = extra("hypothesis.configuration")
    before = vars(configuration).get("__hypothesis_home_directory")  # we may run inside somebody's tests
    with tempfile.TemporaryDirectory() as folder:
        configuration.set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            configuration.set_hypothesis_home_dir(before)

"""What the user asked for: which files, under which profile, how strictly. It must not collect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

import pytest

from derivations.errors import NotationError
from derivations.latex.profile import load

FROZEN: Final = ".frozen.toml"
_DOCUMENTS: Final = ("*.tex", "*.md", "*.ipynb")
_SUFFIXES: Final = (".tex", ".md", ".ipynb", FROZEN)


@dataclass(frozen=True)
class Asked:
    """What the user asked for, on the command line or in the configuration file."""

    root: Path
    globs: tuple[str, ...]
    profile: str
    task: str | None
    timeout: float
    lax: bool

    @classmethod
    def of(cls, config: pytest.Config) -> Asked:
        """The options of the command line, else those of the configuration file. Raises pytest.UsageError."""
        timeout = str(_option(config, "timeout"))
        profile = str(_option(config, "profile"))
        return cls(
            root=config.rootpath,
            globs=tuple(_option(config, "glob") or ()),
            profile=_profile(profile, config.rootpath),
            task=str(_option(config, "task") or "") or None,
            timeout=_seconds(timeout),
            lax=bool(_option(config, "lax")),
        )

    def __str__(self) -> str:
        return f"derivations: profile {self.profile}, {self.timeout:g} s a step{', lax' if self.lax else ''}"

    def wants(self, path: Path, *, named: bool) -> bool:
        """Whether a file is collected; one that is named on the command line always is."""
        patterns = self.globs or (*_DOCUMENTS, f"*{FROZEN}")
        place = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()
        matched = any(fnmatch(path.name, pattern) or fnmatch(place, pattern) for pattern in patterns)
        return matched or (named and path.name.endswith(_SUFFIXES))


def _option(config: pytest.Config, name: str) -> Any:
    return config.getoption(f"derivations_{name}") or config.getini(f"derivations_{name}")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 3600:
        raise pytest.UsageError(f"--derivations-timeout {text}: expected a number of seconds")
    return seconds


def _profile(name: str, root: Path) -> str:
    """The profile's name, or its file from the folder of the configuration file."""
    name = str(root / name) if name.endswith(".toml") and (root / name).is_file() else name
    try:
        load(name)
    except NotationError as error:
        raise pytest.UsageError(f"--derivations-profile {name}: expected {error.expected}") from error
    return name

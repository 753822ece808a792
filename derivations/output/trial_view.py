"""What stands below the figure of the estimator: exact gradients beside simulated ones, the reach of the exact sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from derivations.output.passages import Author
from derivations.output.trial import SIZES, TIMES, Trial, bits_beyond

_DRAWS: Final = 1_000
_DAY, _AGES = "a day", "a thousand years"


@dataclass(frozen=True)
class TrialRow:
    """An encoder of so many bits: the exact gradient of so many terms, an estimate from draws, its standard error."""

    bits: int
    terms: int
    gradient: str
    estimate: str
    error: str


@dataclass(frozen=True)
class TrialTable:
    """A row for each size of the figure, estimates from so many draws, and a sentence on the reach of the exact sum."""

    rows: tuple[TrialRow, ...]
    draws: int
    reach: str


def trial_table(author: Author) -> TrialTable:
    """The table, with numbers from the proved formulas."""
    day, ages = bits_beyond(TIMES[_DAY]), bits_beyond(TIMES[_AGES])
    reach = (
        "A machine that adds a billion terms in a second is busy with the exact sum for more than"
        f" {_DAY} from [[n = {day}]] on, and for more than {_AGES} from [[n = {ages}]] on."
    )
    return TrialTable(tuple(_row(Trial(bits)) for bits in SIZES), _DRAWS, author.prose(reach, "reach of the exact sum"))


def _row(trial: Trial) -> TrialRow:
    estimate = float(trial.means(_DRAWS, 1)[0])
    error = (trial.variance / _DRAWS) ** 0.5
    return TrialRow(trial.bits, trial.terms, f"{trial.gradient:.4f}", f"{estimate:.2f}", f"{error:.2f}")

"""A checker for the mathematics of score-function gradient estimators and the derivations around it.

    prove                the verdict on lhs = rhs: LaTeX, SymPy expressions or terms
    check                a LaTeX document judged step by step
    read, Given          a formula in the plain notation; what is assumed
    verdict_on           the verdict on any proposition
    claims               the claims of the sheet, each with `.statement`, `.derivation`, `.evidence()`, `.sympy`
    Verdict, Theorem     what comes out; `Theorem` only from the kernel

The map of the house is in CONTRIBUTING.md. Names are loaded when they are first used, so that the command line
answers `--help` at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from derivations.api import claims, prove
    from derivations.checker import check
    from derivations.claim import Claim
    from derivations.given import Given
    from derivations.kernel import Theorem
    from derivations.notation import read
    from derivations.prover import verdict_on
    from derivations.report import Report
    from derivations.verdict import Verdict

__version__: Final = "0.1.0"
__all__ = ["Claim", "Given", "Report", "Theorem", "Verdict", "check", "claims", "prove", "read", "verdict_on"]

_HOMES: Final = {
    "Claim": "derivations.claim",
    "Given": "derivations.given",
    "Theorem": "derivations.kernel",
    "Report": "derivations.report",
    "Verdict": "derivations.verdict",
    "check": "derivations.checker",
    "claims": "derivations.api",
    "prove": "derivations.api",
    "read": "derivations.notation",
    "verdict_on": "derivations.prover",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'derivations' has no attribute {name!r}")
    return getattr(import_module(home), name)

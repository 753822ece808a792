"""Beyond the questions: the place of the appendix. Its claims are proved and printed like all others."""

from __future__ import annotations

from typing import Final

from derivations.claim import Claim

CLAIMS: Final[tuple[Claim, ...]] = ()

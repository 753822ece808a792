"""The variants of the sheet: for students after the seminar, before it, and for markers."""

from __future__ import annotations

from typing import Final

VARIANTS: Final = ("solution", "handout", "marking")
# The marking variant prints the typical mistakes too, which are false on purpose.
READ_BACK: Final = ("solution", "handout")

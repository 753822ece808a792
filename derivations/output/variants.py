"""The variants of the sheet: for students after the seminar, before it, and for markers."""

from __future__ import annotations

from typing import Final

VARIANTS: Final = ("solution", "handout", "marking")

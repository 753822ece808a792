"""Every exception that the product raises on purpose, by who must act.

A refuted step is no exception: verdicts are values (see `derivations.verdict`).
"""

from __future__ import annotations


class DerivationsError(Exception):
    """Base of all errors raised on purpose; the command line prints its message and no traceback."""


class NotationError(DerivationsError, ValueError):
    """A formula could not be read: the author of the text must act.

    Attributes: `source` (the text), `position` (0-based offset), `expected` (what was looked for).
    """

    def __init__(self, source: str, position: int, expected: str) -> None:
        super().__init__(source, position, expected)
        self.source, self.position, self.expected = source, position, expected

    def __str__(self) -> str:
        line = self.source.count("\n", 0, self.position) + 1
        start = self.source.rfind("\n", 0, self.position) + 1
        column = self.position - start
        quoted = self.source[start:].split("\n", 1)[0]
        return f"line {line}, column {column + 1}: expected {self.expected}\n  {quoted}\n  {' ' * column}^"


class TooLong(NotationError):
    """A formula that is too long or too deeply nested to be read: nothing is wrong with it otherwise."""


class OutsideFragment(DerivationsError):
    """A method was asked for something that it does not decide; becomes `undecided` with this reason."""


class KernelError(DerivationsError):
    """A step of a trace is not an instance of its rule: a mistake in the search, never a verdict."""


class OpenCondition(KernelError):
    """A side condition neither follows from the given nor may stay open.

    Attribute: `condition`, the proposition as text.
    """

    def __init__(self, condition: str) -> None:
        super().__init__(f"the side condition {condition} does not follow from the given")
        self.condition = condition


class ClaimFailed(DerivationsError):
    """A claim of the sheet does not prove, so nothing may be printed.

    Attributes: `claim` and `step` (names), `detail` (both sides, counterexample), one line each.
    """

    def __init__(self, claim: str, step: str, detail: str) -> None:
        super().__init__(f"claim {claim}, {step}: {detail}")
        self.claim, self.step, self.detail = claim, step, detail


class RenderError(DerivationsError):
    """The page could not be made: template, TeX engine, disk or folder. One clear line, no half-written file."""

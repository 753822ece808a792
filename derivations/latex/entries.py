"""The entries of a profile's TOML, each asked for by its kind; what is amiss is said with its place in the table.

>>> print(Entries({"setting": [{"name": 3}]}).tables("setting")[0].fail("name", "a text").expected)
setting 1: name: a text
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from derivations.errors import DerivationsError, NotationError
from derivations.notation import read
from derivations.term import Term

_REQUIRED: Final = object()
Value = TypeVar("Value")


class Entries:
    """A table, and the words that say where it stands."""

    def __init__(self, values: Mapping[str, Any], place: str = "") -> None:
        self.values, self.place = values, place

    def fail(self, key: str, expected: str) -> NotationError:
        """The error that says what an entry should have been."""
        return NotationError(self.place + key, 0, f"{self.place}{key}: {expected}")

    def text(self, key: str, default: str | object = _REQUIRED) -> str:
        """A text; the default where there is none. Raises NotationError, as all that follow."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.fail(key, "a text" if value is _REQUIRED else f"a text, not {value!r}")
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(key, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
            raise self.fail(key, f"a list of texts, not {value!r}")
        return tuple(value)

    def named(self, key: str) -> dict[str, str]:
        """A table of texts."""
        value = self.values.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise self.fail(key, f"a table of texts, not {value!r}")
        return dict(value)

    def tables(self, key: str) -> list[Entries]:
        """A list of tables, `[[key]]`."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fail(key, f"tables in double brackets, [[{key}]]")
        return [Entries(one, f"{self.place}{key} {number}: ") for number, one in enumerate(value, 1)]

    def term(self, key: str, text: str) -> Term:
        """The term that a text in this entry is."""
        return self.understood(key, text, read)

    def understood(self, key: str, text: str, reader: Callable[[str], Value]) -> Value:
        """What a reader makes of a text in this entry."""
        try:
            return reader(text)
        except NotationError as error:
            raise self.fail(key, f"{error.expected} at {error.position + 1} in {text!r}") from error
        except (DerivationsError, ValueError) as error:
            raise self.fail(key, f"{error} in {text!r}") from error

"""Libraries of the extra `evidence`, which a plain installation does not have."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from derivations.errors import DerivationsError


def extra(name: str) -> ModuleType:
    """The library, imported when it is first needed.

    Raises: DerivationsError where it is not installed, saying how to get it.

    >>> extra("no_such_library")
    Traceback (most recent call last):
    derivations.errors.DerivationsError: numerical evidence needs no_such_library: pip install 'derivations[evidence]'
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        library = name.partition(".")[0]
        raise DerivationsError(f"numerical evidence needs {library}: pip install 'derivations[evidence]'") from error

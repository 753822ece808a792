r"""Profiles: who is what in the notation of a course, read from TOML.

A profile has settings, one for each situation that the tasks speak of: which letters are distributions, which
are parameters, what a free letter ranges over, and what is given. It must not read formulas of a student.

>>> [setting.name for setting in load("seminar7").settings]
['encoder', 'pair', 'score', 'densities']
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from derivations.errors import NotationError
from derivations.given import Given
from derivations.latex.entries import Entries
from derivations.latex.nodes import Node, Nodes
from derivations.latex.style import Shape, Style
from derivations.latex.syntax import parsed
from derivations.term import App, Term, Var


@dataclass(frozen=True)
class Law:
    r"""A distribution as it is written: `letter_{parameters}(values \mid conditions)` means `term`.

    The names of parameters, conditions and values occur in the term; a call puts what it says in their places.
    `loose` lets a call say more parameters and conditions than the law knows, as for q_\phi(z|x) = Bern(a).
    """

    letters: tuple[str, ...]
    parameters: tuple[str, ...]
    conditions: tuple[str, ...]
    values: tuple[str, ...]
    term: Term
    domain: Term | None = None
    loose: bool = False


@dataclass(frozen=True)
class Setting:
    """What holds in some of the tasks."""

    name: str
    tasks: tuple[str, ...] = ()
    kind: str = ""
    laws: tuple[Law, ...] = ()
    parameters: tuple[str, ...] = ()
    gradient: str = ""
    sample: str = ""
    variables: Mapping[str, Term] = field(default_factory=dict)
    same: Mapping[Term, Term] = field(default_factory=dict)
    densities: tuple[str, ...] = ()
    given: Given = field(default_factory=Given)
    unsettled: bool = False  # an unknown letter may be that of a part
    letters: Mapping[str, str] = field(default_factory=dict)  # the author's letters -> those of the profile


@dataclass(frozen=True)
class Profile:
    """A notation: aliases and symbols for all settings, and the settings; the first one is the default."""

    name: str
    settings: tuple[Setting, ...]
    symbols: Mapping[str, Term] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    callables: frozenset[str] = frozenset()
    style: Style = field(default_factory=Style)

    def setting(self, task: str | None) -> Setting:
        """The setting of a task, the first one where the task is not known."""
        return next((s for s in self.settings if task in s.tasks), self.settings[0])

    def named(self, name: str) -> Setting | None:
        """The setting of a name, None if there is none."""
        return next((s for s in self.settings if s.name == name), None)


@cache
def load(name: str) -> Profile:
    """A profile by its name or by the path of its file.

    Raises: NotationError for a profile that does not exist or cannot be read.
    """
    shipped = files("derivations.profiles") / f"{name}.toml"
    try:
        text = shipped.read_text("utf-8") if shipped.is_file() else Path(name).read_text("utf-8")
        return profile_of(tomllib.loads(text))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotationError(name, 0, f"the name or the file of a profile ({error})") from error


def profile_of(table: Mapping[str, Any]) -> Profile:
    """The profile that a TOML table describes. Raises NotationError with the entry that is amiss."""
    entries = Entries(table)
    settings = tuple(_setting(entry) for entry in entries.tables("setting")) or (Setting("plain"),)
    callables = frozenset(entries.texts("callables"))
    return Profile(
        name=entries.text("name", "profile"),
        settings=settings,
        symbols={name: entries.term("symbols", domain) for name, domain in entries.named("symbols").items()},
        aliases=entries.named("aliases"),
        callables=callables,
        style=_style(settings, entries.named("letters"), callables),
    )


def restyled(profile: Profile) -> Profile:
    """The profile with the look that its settings' own letters ask for."""
    style = profile.style
    own = _style(profile.settings, style.letters, profile.callables)
    return replace(profile, style=replace(own, gradients=own.gradients | style.gradients))


def _setting(entry: Entries) -> Setting:
    kind = entry.text("kind", "")
    facts = [entry.understood("given", fact, Given.of) for fact in entry.texts("given")]
    return Setting(
        name=entry.text("name"),
        tasks=entry.texts("tasks"),
        kind=kind,
        laws=tuple(_law(law, loose=bool(kind)) for law in entry.tables("law")),
        parameters=entry.texts("parameters"),
        gradient=entry.text("gradient", ""),
        sample=entry.text("sample", ""),
        variables={name: entry.term("variables", domain) for name, domain in entry.named("variables").items()},
        same={entry.term("same", one): entry.term("same", other) for one, other in entry.named("same").items()},
        densities=entry.texts("densities"),
        given=Given(fact for given in facts for fact in given),
    )


def _law(entry: Entries, *, loose: bool) -> Law:
    written = entry.text("latex")
    nodes = entry.understood("latex", written, parsed).nodes
    if len(nodes) != 2 or nodes[0].kind != "symbol" or nodes[1].kind != "group":
        raise entry.fail("latex", f"a letter with its arguments in brackets, not {written!r}")
    values, conditions = split_call(nodes[1].parts[0])
    if not values:
        raise entry.fail("latex", f"an argument in the brackets of {written!r}")
    domain = entry.text("domain", "")
    return Law(
        letters=entry.texts("letters", (nodes[0].value,)) or (nodes[0].value,),
        parameters=tuple(node.value for node in nodes[0].sub or ()),
        conditions=tuple(part[0].value for part in conditions if part),
        values=tuple(part[0].value for part in values),
        term=entry.term("term", entry.text("term")),
        domain=entry.term("domain", domain) if domain else None,
        loose=loose,
    )


def split_call(nodes: Sequence[Node]) -> tuple[list[Nodes], list[Nodes]]:
    r"""The arguments of a call before and behind the bar (`|` or `;`).

    >>> [[str(part) for part in side] for side in split_call(parsed(r"x, z \mid y").nodes)]
    [['[x]', '[z]'], ['[y]']]
    """
    sides: list[list[Nodes]] = [[Nodes()], []]
    behind = False
    for node in nodes:
        if node.kind == "sign" and node.value in ("|", ";"):
            behind = True
            sides[1].append(Nodes())
        elif node.kind == "sign" and node.value == ",":
            sides[behind].append(Nodes())
        else:
            sides[behind][-1].append(node)
    return [part for part in sides[0] if part], [part for part in sides[1] if part]


_BERNOULLI: Final = App("bern", (Var("a"), Var("z")))


def _style(settings: tuple[Setting, ...], letters: Mapping[str, str], callables: frozenset[str]) -> Style:
    """The look of abstract functions, from the laws that define them."""
    functions: dict[str, Shape] = {}
    domains: dict[str, Term] = {"bern": App("bits")}
    for setting in settings:
        for law in setting.laws:
            term = law.term
            if not isinstance(term, App) or not all(isinstance(arg, Var) for arg in term.args) or not term.args:
                continue
            if term.head in functions or not term.head.isidentifier() or term.head == "bern":
                continue
            places = {arg.name: f"#{k}" for k, arg in enumerate(term.args, 1) if isinstance(arg, Var)}
            functions[term.head] = Shape(_written(law, places), value=int(places[law.values[0]][1:]))
            if law.domain is not None:
                domains[term.head] = law.domain
    heads = {shape.written[0] for shape in functions.values()}
    parameters = frozenset(name for setting in settings for name in setting.parameters if name in ("phi", "theta"))
    return Style(
        functions=functions,
        domains=domains,
        letters={"epsilon": r"\varepsilon", **letters},
        callables=callables | heads | {"p", "q"},
        gradients=parameters,
    )


def _written(law: Law, places: Mapping[str, str]) -> str:
    below = ", ".join(places[name] for name in law.parameters)
    values = ", ".join(places[name] for name in law.values)
    behind = ", ".join(places[name] for name in law.conditions)
    subscript = f"_{{{below}}}" if below else ""
    return f"{law.letters[0]}{subscript}({values}" + (rf" \mid {behind})" if behind else ")")

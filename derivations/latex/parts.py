r"""Which letters play the parts of a profile in a document: theta for beta, y for z, N for m.

A profile speaks of a parameter, a variable, a size; authors choose their own letters. Where a document never uses the
profile's letter and another one does its work, that one is taken; the terms, the counterexamples and what is shown
back are then in the author's letters. Nothing is renamed on a guess: a letter must be used as the part demands.

>>> from derivations.latex.profile import load
>>> from derivations.latex.syntax import parsed
>>> found = Uses()
>>> found.take(parsed(r"\frac{d}{d\theta} \sum_y y \theta^y (1-\theta)^{1-y}").nodes)
>>> parts_of(load("seminar7").named("score"), found)
{'beta': 'theta', 'z': 'y'}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from derivations.given import Given
from derivations.latex.profile import Law, Profile, Setting, restyled
from derivations.latex.uses import Call, Uses
from derivations.term import Term, Var, substituted

_SIZES: Final = ("N", "n", "M", "K", "k", "T", "S", "L", "B")
_NEVER: Final = frozenset({"d", "e", "E", "i", "j", "Z", "X", "H", "D", "V"})


def in_letters_of(profile: Profile, uses: Mapping[str, Uses]) -> Profile:
    """The profile with the letters that an author uses in each setting; itself where they are the profile's."""
    settings = tuple(
        _renamed(setting, parts_of(setting, uses[setting.name]), uses[setting.name])
        if setting.name in uses
        else setting
        for setting in profile.settings
    )
    aliases = _capitals(uses.values())
    if settings == profile.settings and not aliases:
        return profile
    return restyled(replace(profile, settings=settings, aliases={**profile.aliases, **aliases}))


def _capitals(uses: Iterable[Uses]) -> dict[str, str]:
    """Q and P for the two distributions, where q and p never occur."""
    letters = {letter for one in uses for letter in one.letters}
    return {"Q": "q", "P": "p"} if {"Q", "P"} <= letters and not {"q", "p"} & letters else {}


def parts_of(setting: Setting | None, uses: Uses) -> dict[str, str]:
    """The author's letters for those of a setting that differ, as profile's letter -> author's letter."""
    if setting is None:
        return {}
    if setting.sample:
        found = _of_sample(setting, uses)
    elif setting.kind == "bernoulli pair":
        found = _of_pair(setting, uses)
    elif setting.laws and setting.laws[0].parameters and setting.laws[0].conditions:
        found = _of_encoder(setting, uses)
    else:
        return {}
    return _exchanged({own: other for own, other in found.items() if other and own != other}, setting)


def _exchanged(found: dict[str, str], setting: Setting) -> dict[str, str]:
    """Where a letter of the setting takes over another part, its own part gets the letter that became free."""
    own = {
        *setting.parameters,
        *setting.variables,
        setting.sample,
        *(c for law in setting.laws for c in law.conditions),
    }
    if len(set(found.values())) != len(found):
        return {}
    for name, other in list(found.items()):
        if other in own and other not in found:
            found[other] = name
    return found if len(set(found.values())) == len(found) else {}


def _best(*counted: Iterable[str], never: frozenset[str] = frozenset()) -> str:
    """The letter that is used most by the first use that has any."""
    for letters in counted:
        count = Counter(one for one in letters if one and one not in never and one not in _NEVER)
        if count:
            return count.most_common(1)[0][0]
    return ""


# ---------------------------------------------------------------- one distribution on {0, 1}, and a sample of it


def _of_sample(setting: Setting, uses: Uses) -> dict[str, str]:
    chance, variable, size = setting.parameters[0], next(iter(setting.variables)), setting.sample
    found: dict[str, str] = {}
    scalar = {*uses.slopes, *uses.complements, *uses.chances, *(name for name, _ in uses.powers)}
    if chance not in uses.letters:
        below = [name for call in uses.calls for name in call.below] + list(uses.below.elements())
        found[chance] = _best(
            [name for name, _ in uses.powers.elements()],
            uses.chances.elements(),
            [name for name in below if name in scalar],
            [name for name in uses.slopes.elements() if name in uses.complements],
            uses.complements if len(uses.complements) == 1 else [],
            [name for name in uses.under.elements() if name not in uses.sizes and name not in _SIZES],
            never=frozenset({variable, "x"}),
        )
    parameter = found.get(chance) or chance
    if variable not in uses.letters:
        valued = [call.values[0] for call in uses.calls if parameter in call.below and len(call.values) == 1]
        never = frozenset({parameter, *uses.counts, *setting.laws[0].letters} - {"f"})
        found[variable] = _best(
            [name for _, name in uses.powers.elements()],
            valued,
            uses.summed.elements(),
            uses.taken.elements(),
            [name for name in uses.above.elements() if name not in uses.sizes and not name.isupper()],
            never=never,
        )
    if size not in uses.letters:
        taken = frozenset({parameter, found.get(variable, variable)})
        sizes = [name for name in uses.sizes.elements() if len(name) == 1]
        lonely = [name for name in _SIZES if name in uses.letters and name not in uses.summed]
        found[size] = _best(sizes, lonely if len(lonely) == 1 else [], never=taken)
    return found


# ---------------------------------------------------------------- two distributions on {0, 1}


def _of_pair(setting: Setting, uses: Uses) -> dict[str, str]:
    variable = next(iter(setting.variables))
    if variable in uses.letters:
        return {}
    letters = {letter for law in setting.laws for letter in law.letters}
    valued = [call.values[0] for call in uses.calls if call.letter in letters and len(call.values) == 1]
    return {
        variable: _best([name for name in uses.summed.elements() if name in valued], uses.summed.elements(), valued)
    }


# ---------------------------------------------------------------- an encoder and a decoder


def _of_encoder(setting: Setting, uses: Uses) -> dict[str, str]:
    law = setting.laws[0]
    encoder = _encoder_calls(law, uses)
    if not encoder:
        return {}
    own, condition, value = law.parameters[0], law.conditions[0], law.values[0]
    found: dict[str, str] = {}
    values = [call.values[0] for call in encoder]
    if value not in values:
        found[value] = _best(values)
    conditions = [call.conditions[0] for call in encoder if call.conditions]
    if conditions and condition not in conditions:
        found[condition] = _best(conditions)
    below = [call.below[0] for call in encoder if call.below]
    if own not in below:
        free = [name for name in uses.slopes.elements() if own not in uses.slopes]
        found[own] = _best(below, free, never=frozenset({condition, value, *found.values()}))
    others = [call for call in uses.calls if call.letter not in {one.letter for one in encoder} and call.below]
    seen = found.get(condition, condition)
    decoder = [call.below[0] for call in others if call.conditions and call.values[:1] == (seen,)]
    if len(setting.parameters) > 1 and decoder and setting.parameters[1] not in decoder:
        found[setting.parameters[1]] = _best(decoder)
    return found


def _encoder_calls(law: Law, uses: Uses) -> list[Call]:
    """The calls of the law, by its letter, else by the letter whose parameter is differentiated by."""
    shaped = [call for call in uses.calls if len(call.values) == 1 and len(call.conditions) <= 1]
    named = [call for call in shaped if call.letter in law.letters]
    conditional = [call for call in named if call.conditions]
    if named:
        return conditional or named
    return [call for call in shaped if call.conditions and call.below and call.below[0] in uses.slopes]


# ---------------------------------------------------------------- a setting in other letters


def _renamed(setting: Setting, names: Mapping[str, str], uses: Uses) -> Setting:
    """The setting in the author's letters."""
    letters = _law_letters(setting, names, uses)
    same = _sets(setting, names, uses)
    unsettled = _is_unsettled(setting, names, uses)
    if not names and same == setting.same and not unsettled and letters == [law.letters for law in setting.laws]:
        return setting
    terms: dict[str, Term] = {own: Var(other) for own, other in names.items()}

    def other(name: str) -> str:
        return names.get(name, name)

    laws = tuple(
        replace(
            law,
            letters=own,
            parameters=tuple(map(other, law.parameters)),
            conditions=tuple(map(other, law.conditions)),
            values=tuple(map(other, law.values)),
            term=substituted(law.term, terms),
        )
        for law, own in zip(setting.laws, letters, strict=True)
    )
    return replace(
        setting,
        laws=laws,
        parameters=tuple(map(other, setting.parameters)),
        gradient=other(setting.gradient),
        sample=other(setting.sample),
        variables={other(name): domain for name, domain in setting.variables.items()},
        given=Given(substituted(fact, terms) for fact in setting.given),
        same=same,
        unsettled=unsettled,
        letters={other_name: own for own, other_name in names.items()},
    )


def _is_unsettled(setting: Setting, names: Mapping[str, str], uses: Uses) -> bool:
    """Whether the parameter or the variable of a sample has no letter: then an unknown letter may be it."""
    if not setting.sample:
        return False
    parts = [*setting.parameters, *setting.variables]
    return any(name not in uses.letters and name not in names for name in parts) and bool(uses.letters)


def _sets(setting: Setting, names: Mapping[str, str], uses: Uses) -> dict[Term, Term]:
    """The names of sets, with what the author calls the set of the setting's variable."""
    found = dict(setting.same)
    known = {domain.name for domain in (*found, *found.values()) if isinstance(domain, Var)}
    for own, domain in setting.variables.items():
        for variable, name in uses.sets:
            if variable == names.get(own, own) and name not in known and Var(name) != domain:
                found[Var(name)] = domain
    return found


def _law_letters(setting: Setting, names: Mapping[str, str], uses: Uses) -> list[tuple[str, ...]]:
    """The letters of the laws: without those that are numbers now, and with another one that does the work."""
    found = [tuple(one for one in law.letters if one not in names.values()) or law.letters for law in setting.laws]
    if not setting.laws or any(letter in uses.letters for letter in found[0]):
        return found
    first = setting.laws[0]
    parameter = names.get(first.parameters[0], first.parameters[0]) if first.parameters else ""
    letter = _best(call.letter for call in uses.calls if call.below[:1] == (parameter,))
    if letter and parameter:
        own = first.letters[0]
        found = [(letter, *letters) if own in letters or law is first else letters
                 for law, letters in zip(setting.laws, found, strict=True)]  # fmt: skip
    return found

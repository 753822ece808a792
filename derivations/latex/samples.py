r"""Samples that the sentences speak of: `$X_1, \dots, X_m$ i.i.d. with mean $\mu$ and variance $\sigma^2$`.

An expectation that names no distribution is then one under the product of equal laws on a finite set of values, and
\mu and \sigma^2 are the mean and the variance of this law. A law that has a name of its own, such as a normal
distribution, has no finite set of values: such samples are left as they are. Random variables of which a sentence says
that they are independent, or Bernoulli or binomial, are read in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final

from derivations.latex.gaussians import DEVIATIONS
from derivations.latex.independence import apart
from derivations.latex.laws import LawOf
from derivations.latex.names import GREEK_ALIASES
from derivations.term import (
    App,
    Num,
    Term,
    Var,
    bind,
    mul,
    neg,
    power,
    sub,
)

_LETTER: Final = r"(?:\\[a-z]+|[A-Za-z])"
_AT: Final = r"(?:_|\^(?=\s*\{?\s*[(\[]))\s*\{?\s*[(\[]?\s*"  # x_1, x^{(1)}
_LIST: Final = re.compile(
    rf"\$\s*(?P<letter>[A-Za-z]){_AT}1\s*[)\]]?\s*\}}?\s*,\s*(?:(?P=letter){_AT}2\s*[)\]]?\s*\}}?\s*,?\s*)?"
    rf"(?:(?:\\[lc]?dots[bcio]?|\.\.\.)\s*,?\s*(?P=letter){_AT}(?P<size>\w)\s*[)\]]?\s*\}}?\s*)?"
    r"(?:\\(?:overset\{[^$]*?\}\{\\sim\}|stackrel\{[^$]*?\}\{\\sim\}|sim)\s*(?P<law>[^$]*))?\$"
)
# `$\\pi_1, \\dots, \\pi_K$` and `$x_1, \\dots, x_N \\in \\{0, 1\\}$`
_VALUES: Final = re.compile(
    rf"\$\s*(?P<letter>{_LETTER}){_AT}1\s*[)\]]?\s*\}}?\s*,\s*(?:(?P=letter){_AT}2\s*[)\]]?\s*\}}?\s*,?\s*)?"
    rf"(?:\\[lc]?dots[bcio]?|\.\.\.)\s*,?\s*(?P=letter){_AT}(?P<size>[A-Za-z])(?![A-Za-z])"
)
# Not what is so given a random variable, and not the noise that is added to the draws.
_IDENTICAL: Final = re.compile(
    r"(?:\bi\.?\s*i\.?\s*d\b|\bindependent(?:ly)? and identically"
    r"|\bunabhängig(?:e[nr]?)? und identisch|\bnezávisl\w+ (?:a )?stejně)"
    r"(?!\.?\s*(?:(?:distributed|verteilt|rozdělen\w+)\s*)?,?\s+(?:given\s+\$\s*[A-Z]|noise|errors?|residuals?|Rauschen|Fehler))",
    re.IGNORECASE,
)
_APART_ALIKE: Final = re.compile(apart(), re.IGNORECASE)  # draws of a law that is named
_APART_ALONE: Final = re.compile(apart(unless="variables?"), re.IGNORECASE)  # nor what a function is taken of
_WORDS_ONLY: Final = re.compile(r"[^$]{0,40}")
_DENIED: Final = re.compile(
    r"\b(?:not|non|never|neither|conditional\w*|nicht|bedingt\w*|nejsou|není|podmíněn\w*)\b|n't\b", re.IGNORECASE
)
_EACH: Final = r"_\{?[a-z]\}?"  # the index of \mu_i, where each draw has a mean of its own
_MEAN: Final = re.compile(
    rf"(?:means?|expectations?|expected values?)\s+(?:value\s+)?\$\s*(?P<said>{_LETTER})(?P<each>{_EACH})?\s*\$"
    rf"|E\}}?\s*[\[(]\s*[A-Za-z]{_EACH}\s*[\])]\s*=\s*(?P<written>{_LETTER})(?P<every>{_EACH})?\s*[$,]"
    rf"|\$\s*(?P<called>{_LETTER})(?P<all>{_EACH})\s*=\s*(?:\\\w+\{{)?E\}}?\s*[\[(]\s*[A-Za-z]{_EACH}\s*[\])]"
)
_SQUARE: Final = r"\s*\^\s*\{?2\}?"
_VARIANCE: Final = re.compile(
    rf"variances?\s+\$\s*(?P<said>{_LETTER})(?P<each>{_EACH})?(?P<square>{_SQUARE})?\s*\$"
    rf"|(?:Var|V)\}}?\s*[\[(]\s*[A-Za-z]{_EACH}\s*[\])]\s*=\s*"
    rf"(?P<written>{_LETTER})(?P<every>{_EACH})?(?P<squared>{_SQUARE})?\s*[$,]"
    rf"|\$\s*(?P<called>{_LETTER})(?P<all>{_EACH})(?P<power>{_SQUARE})?\s*=\s*(?:\\\w+\{{)?(?:Var|V)\}}?"
    rf"\s*[\[(]\s*[A-Za-z]{_EACH}\s*[\])]"
)
# A sentence ends at a full stop with a space behind it, or where a display begins.
_END: Final = re.compile(r"(?<!i)(?<!d)\.(?=\s)|\\\[|\$\$|\\begin\{|\n\s*\n")
_BERNOULLI: Final = (
    r"(?:\\(?:mathrm|text|operatorname|mathcal|textrm|mathbf)\s*\{)?(?:Bern(?:oulli)?|Ber|B)\}?(?:oulli)?"
    rf"\s*\(\s*(?P<chance>{_LETTER})\s*\)"
)
# `$X_1, ..., X_m$ be i.i.d. samples from $q$`
_SOURCE: Final = re.compile(r"[^$]{0,60}?\b(?:from|according to|aus|podle)\s+(?:\w+\s+){0,2}\$(?P<law>[^$]*)\$")
_LONGEST: Final = 1_000  # characters of a sentence that are read on each side of a list
_DENSITIES: Final = re.compile(r"\s*\\?(?P<letter>[pqr]|pi)(?![A-Za-z])")


@dataclass(frozen=True)
class Sample:
    """Independent draws: their letter, how many there are, the letter of their law and of its moments.

    A law that `varies` has parameters: where a chain does not write it, it is not known on which. Draws that are not
    `alike` have a law each, and moments with an index.
    """

    letter: str
    size: str
    law: str
    varies: bool
    mean: str
    variance: Term | None
    chance: str = ""  # of a one, where the draws are Bernoulli variables
    alike: bool = True


@lru_cache(maxsize=8)
def sizes_said(text: str) -> dict[str, str]:
    r"""How many values of a letter a text lists, where it says one number of them.

    >>> sizes_said(r"Let $f_1, \dots, f_K$ be numbers.")
    {'f': 'K'}
    """
    found: dict[str, set[str]] = {}
    for one in _LIST.finditer(text):
        if one["size"]:
            found.setdefault(one["letter"], set()).add(one["size"])
    for one in _VALUES.finditer(text):
        found.setdefault(_name(one["letter"]), set()).add(one["size"])
    return {letter: next(iter(sizes)) for letter, sizes in found.items() if len(sizes) == 1}


def samples(text: str) -> Iterator[tuple[int, Sample]]:
    r"""The samples that a text speaks of, each with the place where it does.

    >>> [sample.size for _, sample in samples(r"Let $X_1, \dots, X_m$ be i.i.d. with mean $\mu$.")]
    ['m']
    >>> [sample.alike for _, sample in samples(r"Let $X_1, \dots, X_n$ be independent with means $\mu_i$.")]
    [False]
    >>> list(samples(r"Let $X_1, \dots, X_n$ be pairwise independent, and independent of $Y$."))
    []
    >>> list(samples(r"Let $X_1, \dots, X_m$ be exchangeable."))
    []
    """
    marks = [(end.start(), end.end()) for end in _END.finditer(text)]
    for found in _LIST.finditer(text):
        before = bisect_right(marks, found.start(), key=itemgetter(1))
        after = bisect_left(marks, found.end(), key=itemgetter(0))
        start = max(marks[before - 1][1] if before else 0, found.start() - _LONGEST)
        last = min(marks[after][0] if after < len(marks) else len(text), found.end() + _LONGEST)
        sentence, place = text[start:last], found.start() - start
        law = found["law"] or ""
        if not law and (source := _SOURCE.match(text, found.end())) is not None:
            law = source["law"]
        named, each = _DENSITIES.match(law), _bernoulli(found["letter"], law, sentence)
        chance = _name(each["chance"]) if each else ""
        if (law and named is None and not chance) or _DENIED.search(sentence):
            continue
        same = _is_said_of(_IDENTICAL, place, sentence) or _IDENTICAL.search(found[0])
        alike = bool(same or ((named or chance) and _is_said_of(_APART_ALIKE, place, sentence)))
        if not alike and not _is_said_of(_APART_ALONE, place, sentence):
            continue
        mean, variance = _moment(_MEAN.search(sentence), alike), _moment(_VARIANCE.search(sentence), alike)
        yield (
            max(found.end(), start + each.end()) if each and not law else found.end(),
            Sample(
                found["letter"],
                found["size"] or "",
                named["letter"] if named else "",
                "_" in law or "|" in law or r"\mid" in law,
                mean.name if isinstance(mean, Var) else "",
                variance,
                chance,
                alike,
            ),
        )


# `independent $z_i \\sim \\mathrm{Bernoulli}(\\mu_i)$`, each with a chance of its own
_COMPONENTS: Final = re.compile(
    rf"\$\s*(?P<letter>[A-Za-z])_\{{?(?P<index>[a-z])\}}?\s*\\sim\s*"
    r"(?:\\(?:mathrm|text|operatorname|mathcal|textrm|mathbf)\s*\{)?Ber(?:n(?:oulli)?)?\}?(?:oulli)?\s*"
    rf"\(\s*(?P<chance>{_LETTER})_\{{?(?P=index)\}}?\s*\)[^$]*\$"
)


def components(text: str) -> Iterator[tuple[int, Sample]]:
    r"""The independent Bernoulli variables that have a chance each.

    >>> [(one.letter, one.chance) for _, one in components(r"independent $z_i \sim \mathrm{Bernoulli}(\mu_i)$.")]
    [('z', 'mu')]
    """
    marks = [(end.start(), end.end()) for end in _END.finditer(text)]
    for found in _COMPONENTS.finditer(text):
        start = max((end for _, end in marks if end <= found.start()), default=0)
        last = min((begin for begin, _ in marks if begin >= found.end()), default=len(text))
        sentence = text[max(start, found.start() - _LONGEST) : min(last, found.end() + _LONGEST)]
        if _APART_ALONE.search(sentence) and not _DENIED.search(sentence):
            listed = re.search(
                rf"{found['letter']}_\{{?1\}}?\s*,[^$]*?{found['letter']}_\{{?(?P<size>[A-Za-z])\}}?", sentence
            )
            size = listed["size"] if listed else ""
            letter, chance = found["letter"], _name(found["chance"])
            yield found.end(), Sample(letter, size, "", False, "", None, chance, alike=False)


def _is_said_of(words: re.Pattern[str], place: int, sentence: str) -> bool:
    """Whether a sentence says something of the list of draws that stands at a place, and not of another list in it."""
    lists = [(one["letter"], one.start(), one.end()) for one in _LIST.finditer(sentence)]
    if len({letter for letter, _, _ in lists}) == 1:
        return words.search(sentence) is not None
    for said in words.finditer(sentence):
        before = max((one for one in lists if one[2] <= said.start()), key=itemgetter(2), default=None)
        behind = min((one for one in lists if one[1] >= said.end()), key=itemgetter(1), default=None)
        if before is not None and _WORDS_ONLY.fullmatch(sentence, before[2], said.start()):
            subject = before
        elif behind is not None and _WORDS_ONLY.fullmatch(sentence, said.end(), behind[1]):
            subject = behind
        else:
            continue
        if subject[1] == place:
            return True
    return False


def _moment(found: re.Match[str] | None, alike: bool) -> Term | None:
    """The letter of a mean or a variance, or its square; draws with a law each have an index there, others none."""
    if found is None or bool(found["each"] or found["every"] or found["all"]) == alike:
        return None
    letter = Var(_name(found["said"] or found["written"] or found["called"]))
    squares = found.re.groupindex.keys() & {"square", "squared", "power"}
    return power(letter, 2) if any(found[group] for group in squares) else letter


def _bernoulli(letter: str, law: str, sentence: str) -> re.Match[str] | None:
    r"""The chance of a one, where a sentence says `X_i \sim \mathrm{Ber}(p)` of the draws, or the list of them does."""
    own = re.match(rf"\s*{_BERNOULLI}\s*$", law)
    ones = rf"\$\s*(?:\\Pr|P|p|q)\s*\(\s*{letter}_\{{?[a-z]\}}?\s*=\s*1\s*\)\s*=\s*(?P<chance>{_LETTER})\s*\$"
    return (
        own
        or re.search(ones, sentence)
        or re.search(rf"\$\s*{letter}_\{{?[a-z]\}}?\s*\\sim\s*{_BERNOULLI}\s*\$", sentence)
    )


_POSITIVE: Final = App("interval", (Num(0), App("oo")))
_OF_NAME: Final = r"(?:\\[a-z]+|[A-Za-z])(?:_\{?\w\}?)?"  # the letter of a random variable or of a parameter
_VARIABLE: Final = re.compile(
    rf"\$\s*(?P<letter>{_LETTER})\s*\\sim\s*(?:\\(?:mathrm|text|operatorname|mathcal|textrm|mathbf)\s*\{{)?"
    r"(?P<law>Bern(?:oulli)?|Ber|Bin(?:om(?:ial)?)?|B)\}?(?:oulli|omial)?\s*\(\s*"
    rf"(?:(?P<size>{_LETTER})\s*,\s*)?(?P<chance>{_OF_NAME})\s*\)\s*\$"
)
_EXPONENTIAL: Final = re.compile(
    rf"\$\s*(?P<letter>{_LETTER})\s*\\sim\s*(?:\\(?:mathrm|text|operatorname|mathcal|textrm)\s*\{{)?"
    rf"Exp(?:onential)?\}}?\s*\(\s*(?P<rate>{_OF_NAME})\s*\)\s*\$"
    rf"|\$\s*(?P<other>{_LETTER})\s*\$\s+(?:be|is)\s+exponential(?:ly distributed)?\s+with\s+(?:rate|parameter)\s+"
    rf"\$\s*(?P<told>{_OF_NAME})\b"
)
_ONE: Final = re.compile(
    rf"\$\s*(?:\\(?:mathbb|mathrm)\s*\{{\s*)?(?:\\Pr|P|p|q)\s*\}}?\s*\(\s*(?P<letter>{_LETTER})\s*=\s*1\s*\)\s*=\s*"
    rf"(?P<chance>{_OF_NAME})\s*(?:=[^$]*)?\$"
)
_CATEGORY: Final = re.compile(
    rf"\$\s*(?P<letter>{_LETTER})\s*\$\s+(?:take|takes|taking|has|have|with)\s+(?:the\s+)?values\s+"
    rf"(?:in\s+)?\$\s*(?:\\\{{)?\s*1\s*,[^$]*?(?P<size>{_LETTER})\s*(?:\\\}})?\s*\$"
    rf"\s+with\s+(?:the\s+)?probabilit(?:y|ies)\s+\$\s*(?P<weight>\\pi|[a-z])_[^$]*\$"
    rf"|\$\s*(?P<other>{_LETTER})\s*\\sim\s*(?:\\(?:mathrm|text|operatorname|mathcal|textrm)\s*\{{)?"
    r"Cat(?:egorical)?\}?\s*\(\s*(?P<weights>\\pi|[a-z])(?:_1\s*,[^$]*?_\{?(?P<last>\w)\}?)?\s*\)\s*\$"
)
_NORMAL: Final = re.compile(
    rf"\$\s*(?P<letter>{_LETTER})\s*\\sim\s*(?:\\(?:mathcal|mathrm)\s*\{{?\s*)?N\s*\}}?\s*\(\s*"
    rf"(?P<mean>{_OF_NAME}|\d+)\s*,\s*(?P<spread>{_OF_NAME}|\d+)\s*(?P<square>\^\s*\{{?2\}}?)?\s*\)\s*\$"
)
_AND: Final = r"(?:\$\s*(?:and|und|a)\s*\$|,)"
_TOGETHER: Final = re.compile(
    rf"\$\s*(?P<first>[A-Z])\s*{_AND}\s*(?P<second>[A-Z])\s*\$\s*(?:be|are|sind|seien|jsou)?\s*{apart()}"
    r"|(?<!nicht\s)(?:independent|unabhängige|nezávislé)\s+"
    r"(?:random\s+variables\s+|Zufallsvariablen\s+|náhodné\s+veličiny\s+)?"
    rf"\$\s*(?P<one>[A-Z])\s*{_AND}\s*(?P<other>[A-Z])\s*\$(?!\s*,?\s+(?:given|condition|gegeben|bedingt|při))"
)


@dataclass(frozen=True)
class Variable:
    """A random variable with a law of its own, independent of others of which something is said."""

    letter: str
    law: LawOf
    facts: tuple[Term, ...]


def variables(text: str) -> Iterator[tuple[int, Variable]]:
    r"""The random variables whose laws, or whose independence, a text speaks of, each with the place where it does.

    >>> [str(one.law.pmf) for _, one in variables(r"Let $X \sim \mathrm{Bernoulli}(p)$.")]
    ['bern(p, x)']
    >>> [one.letter for _, one in variables(r"Let $X$ and $Y$ be independent.")]
    ['X', 'Y']
    """
    for found in _VARIABLE.finditer(text):
        letter = _name(found["letter"])
        value, chance = Var(letter.lower()), Var(_name(found["chance"]))
        facts: tuple[Term, ...] = (App("in", (chance, App("interval", (Num(0), Num(1))))),)
        if found["size"] is None and found["law"].startswith("Ber"):
            law = LawOf(value.name, App("bits"), App("bern", (chance, value)))
        elif found["size"] is not None and not found["law"].startswith("Ber"):
            size = Var(_name(found["size"]))
            others = power(sub(Num(1), chance), sub(size, value))
            weight = mul(mul(App("binom", (size, value)), power(chance, value)), others)
            law = LawOf(value.name, App("range", (Num(0), size)), weight)
            facts = (*facts, App("in", (size, App("integers", (Num(1), App("oo"))))))
        else:
            continue
        yield found.end(), Variable(letter, law, facts)
    for found in _NORMAL.finditer(text):
        if found["square"] or _name(found["spread"]) not in DEVIATIONS:
            yield found.end(), _normal(found)
    for found in _ONE.finditer(text):
        if _is_bit(found["letter"], text):
            chance, value = Var(_name(found["chance"])), Var(_name(found["letter"]).lower())
            law = LawOf(value.name, App("bits"), App("bern", (chance, value)))
            fact = App("in", (chance, App("interval", (Num(0), Num(1)))))
            yield found.end(), Variable(_name(found["letter"]), law, (fact,))
    for found in _EXPONENTIAL.finditer(text):
        if r"\lambda" in (found["rate"], found["told"]) or "rate" in found[0]:  # another parameter may be the mean
            yield found.end(), _exponential(found)
    for found in _CATEGORY.finditer(text):
        yield found.end(), _category(found)
    for found in _TOGETHER.finditer(text):
        for letter in (found["first"] or found["one"], found["second"] or found["other"]):
            law = any_law(letter, letter.lower())
            yield found.end(), Variable(letter, law, (bind("pmf", law.name, law.domain, law.pmf),))


def _normal(found: re.Match[str]) -> Variable:
    """The random variable of a normal law."""
    letter = _name(found["letter"])
    value, mean, spread = Var(letter.lower()), _number(found["mean"]), _number(found["spread"])
    variance = power(spread, 2) if found["square"] else spread
    facts = (App("in", (spread, _POSITIVE)),) if isinstance(spread, Var) else ()
    law = LawOf(value.name, App("reals"), App("normal", (value, mean, variance)))
    return Variable(letter, law, facts)


def _is_bit(letter: str, text: str) -> bool:
    r"""Whether a text says `$X \in \{0, 1\}$`."""
    name = re.escape(letter)
    return re.search(rf"(?<![A-Za-z\\]){name}\s*\\in\s*\\\{{\s*0\s*,\s*1\s*\\\}}\s*(?![\^_])", text) is not None


def _exponential(found: re.Match[str]) -> Variable:
    """The random variable of an exponential law, whose parameter is the rate."""
    letter, rate = _name(found["letter"] or found["other"]), Var(_name(found["rate"] or found["told"]))
    value = Var(letter.lower())
    law = LawOf(value.name, _POSITIVE, mul(rate, App("exp", (neg(mul(rate, value)),))))
    return Variable(letter, law, (App("in", (rate, _POSITIVE)),))


def _category(found: re.Match[str]) -> Variable:
    """The random variable with values in 1..K."""
    letter = _name(found["letter"] or found["other"])
    value, size = Var(letter.lower()), Var(_name(found["size"] or found["last"] or "K"))
    weight = App(_name(found["weight"] or found["weights"]), (value,))
    law = LawOf(value.name, App("range", (Num(1), size)), weight)
    whole = App("in", (size, App("integers", (Num(1), App("oo")))))
    return Variable(letter, law, (bind("pmf", law.name, law.domain, law.pmf), whole))


def _number(said: str) -> Term:
    return Num(int(said)) if said.isdigit() else Var(_name(said))


def any_law(letter: str, value: str) -> LawOf:
    """A law of which nothing is known but that its values are finitely many numbers."""
    return LawOf(value, Var(f"{letter}_values"), App(f"p_{letter}", (Var(value),)))


def _name(letter: str) -> str:
    name = re.sub(r"[\\{}]", "", letter)
    return GREEK_ALIASES.get(name, name)


def said_anew(letter: str, text: str) -> bool:
    r"""Whether a text gives a random variable another law, `X \sim \mathcal{N}(0, 1)`, or lets it be another one.

    >>> said_anew("X", r"Now let $X$ be normal."), said_anew("X", r"The mean of $X$ is")
    (True, False)
    """
    letter = letter if len(letter) == 1 else rf"\\{letter}"
    again = rf"\$\s*{letter}(?:_\{{?\w\}}?)?\s*(?:\\overset[^$]*?|\\stackrel[^$]*?)?\\sim"
    return re.search(rf"{again}|\b[Ll]et\s+\$\s*{letter}(?![A-Za-z])", text) is not None

r"""Samples that the sentences speak of: `$X_1, \dots, X_m$ i.i.d. with mean $\mu$ and variance $\sigma^2$`.

An expectation that names no distribution is then one under the product of equal laws on a finite set of values, and
\mu and \sigma^2 are the mean and the variance of this law. A law that has a name of its own, such as a normal
distribution, has no finite set of values: such samples are left as they are. Random variables of which a sentence says
that they are independent, or Bernoulli or binomial, are read in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from derivations.latex.laws import LawOf
from derivations.latex.outcomes import OUTCOMES
from derivations.latex.scope import Scope
from derivations.matching import replaced
from derivations.term import (
    App,
    Bind,
    Num,
    Term,
    Var,
    at,
    bind,
    div,
    fresh_name,
    mul,
    opened,
    power,
    sub,
    substituted,
    subterms,
    summation,
)

_LETTER: Final = r"(?:\\[a-z]+|[A-Za-z])"
_AT: Final = r"(?:_|\^(?=\s*\{?\s*[(\[]))\s*\{?\s*[(\[]?\s*"  # x_1, x^{(1)}
_LIST: Final = re.compile(
    rf"\$\s*(?P<letter>[A-Za-z]){_AT}1\s*[)\]]?\s*\}}?\s*,\s*(?:(?P=letter){_AT}2\s*[)\]]?\s*\}}?\s*,?\s*)?"
    rf"(?:(?:\\[lc]?dots[bcio]?|\.\.\.)\s*,?\s*(?P=letter){_AT}(?P<size>\w)\s*[)\]]?\s*\}}?\s*)?"
    r"(?:\\(?:overset\{[^$]*?\}\{\\sim\}|stackrel\{[^$]*?\}\{\\sim\}|sim)\s*(?P<law>[^$]*))?\$"
)
_IDENTICAL: Final = re.compile(
    r"\bi\.?\s*i\.?\s*d\b|\bindependent(?:ly)? and identically"
    r"|\bunabhängig(?:e[nr]?)? und identisch|\bnezávisl\w+ (?:a )?stejně",
    re.IGNORECASE,
)
_INDEPENDENT: Final = re.compile(r"\b(?:independent|unabhängig|nezávisl)", re.IGNORECASE)
_DENIED: Final = re.compile(
    r"\b(?:not|non|never|neither|conditional\w*|nicht|bedingt\w*|nejsou|není|podmíněn\w*)\b|n't\b", re.IGNORECASE
)
_MEAN: Final = re.compile(
    rf"(?:mean|expectation|expected value)\s+(?:value\s+)?\$\s*(?P<said>{_LETTER})\s*\$"
    rf"|E\}}?\s*[\[(]\s*[A-Za-z]_\{{?\w\}}?\s*[\])]\s*=\s*(?P<written>{_LETTER})\s*[$,]"
)
_VARIANCE: Final = re.compile(
    rf"variance\s+\$\s*(?P<said>{_LETTER})\s*(?P<square>\^\s*\{{?2\}}?)?\s*\$"
    rf"|(?:Var|V)\}}?\s*[\[(]\s*[A-Za-z]_\{{?\w\}}?\s*[\])]\s*=\s*(?P<written>{_LETTER})\s*(?P<squared>\^\s*\{{?2\}}?)?\s*[$,]"
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
    """Independent draws from one law: their letter, how many there are, the letter of their law and of its moments.

    A law that `varies` has parameters: where a chain does not write it, it is not known on which.
    """

    letter: str
    size: str
    law: str
    varies: bool
    mean: str
    variance: Term | None
    chance: str = ""  # of a one, where the draws are Bernoulli variables


def samples(text: str) -> Iterator[tuple[int, Sample]]:
    r"""The samples that a text speaks of, each with the place where it does.

    >>> [sample.size for _, sample in samples(r"Let $X_1, \dots, X_m$ be i.i.d. with mean $\mu$.")]
    ['m']
    >>> list(samples(r"Let $X_1, \dots, X_m$ be exchangeable."))
    []
    """
    marks = [(end.start(), end.end()) for end in _END.finditer(text)]
    for found in _LIST.finditer(text):
        before = bisect_right(marks, found.start(), key=itemgetter(1))
        after = bisect_left(marks, found.end(), key=itemgetter(0))
        start = max(marks[before - 1][1] if before else 0, found.start() - _LONGEST)
        last = min(marks[after][0] if after < len(marks) else len(text), found.end() + _LONGEST)
        sentence = text[start:last]
        law = found["law"] or ""
        if not law and (source := _SOURCE.match(text, found.end())) is not None:
            law = source["law"]
        named, each = _DENSITIES.match(law), _bernoulli(found["letter"], law, sentence)
        chance = _name(each["chance"]) if each else ""
        if (law and named is None and not chance) or _DENIED.search(sentence):
            continue
        alike = named or chance
        if _IDENTICAL.search(sentence) or _IDENTICAL.search(found[0]) or (alike and _INDEPENDENT.search(sentence)):
            mean, variance = _MEAN.search(sentence), _VARIANCE.search(sentence)
            yield (
                max(found.end(), start + each.end()) if each and not law else found.end(),
                Sample(
                    found["letter"],
                    found["size"] or "",
                    named["letter"] if named else "",
                    "_" in law or "|" in law or r"\mid" in law,
                    _name(mean["said"] or mean["written"]) if mean else "",
                    _variance(variance) if variance else None,
                    chance,
                ),
            )


def _bernoulli(letter: str, law: str, sentence: str) -> re.Match[str] | None:
    r"""The chance of a one, where a sentence says `X_i \sim \mathrm{Ber}(p)` of the draws, or the list of them does."""
    own = re.match(rf"\s*{_BERNOULLI}\s*$", law)
    ones = rf"\$\s*(?:\\Pr|P|p|q)\s*\(\s*{letter}_\{{?[a-z]\}}?\s*=\s*1\s*\)\s*=\s*(?P<chance>{_LETTER})\s*\$"
    return (
        own
        or re.search(ones, sentence)
        or re.search(rf"\$\s*{letter}_\{{?[a-z]\}}?\s*\\sim\s*{_BERNOULLI}\s*\$", sentence)
    )


_OF_NAME: Final = r"(?:\\[a-z]+|[A-Za-z])(?:_\{?\w\}?)?"  # the letter of a random variable or of a parameter
_VARIABLE: Final = re.compile(
    rf"\$\s*(?P<letter>{_LETTER})\s*\\sim\s*(?:\\(?:mathrm|text|operatorname|mathcal|textrm|mathbf)\s*\{{)?"
    r"(?P<law>Bern(?:oulli)?|Ber|Bin(?:om(?:ial)?)?|B)\}?(?:oulli|omial)?\s*\(\s*"
    rf"(?:(?P<size>{_LETTER})\s*,\s*)?(?P<chance>{_OF_NAME})\s*\)\s*\$"
)
_NORMAL: Final = re.compile(
    rf"\$\s*(?P<letter>{_LETTER})\s*\\sim\s*(?:\\(?:mathcal|mathrm)\s*\{{?\s*)?N\s*\}}?\s*\(\s*"
    rf"(?P<mean>{_OF_NAME}|\d+)\s*,\s*(?P<spread>{_OF_NAME}|\d+)\s*(?P<square>\^\s*\{{?2\}}?)?\s*\)\s*\$"
)
# Independent, and not only given something else.
_APART: Final = (
    r"(?:independent|unabhängig|nezávisl\w+)\b"
    r"(?!\s*,?\s+(?:given|condition\w*|when|if|gegeben|bedingt|unter|falls|wenn|při|za|pod\w*|pokud|když))"
)
_AND: Final = r"(?:\$\s*(?:and|und|a)\s*\$|,)"
_TOGETHER: Final = re.compile(
    rf"\$\s*(?P<first>[A-Z])\s*{_AND}\s*(?P<second>[A-Z])\s*\$\s*(?:be|are|sind|seien|jsou)?\s*{_APART}"
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
        yield found.end(), _normal(found)
    for found in _TOGETHER.finditer(text):
        for letter in (found["first"] or found["one"], found["second"] or found["other"]):
            law = any_law(letter, letter.lower())
            yield found.end(), Variable(letter, law, (bind("pmf", law.name, law.domain, law.pmf),))


def _normal(found: re.Match[str]) -> Variable:
    """The random variable of a normal law."""
    letter = _name(found["letter"])
    value, mean, spread = Var(letter.lower()), _number(found["mean"]), _number(found["spread"])
    variance = power(spread, 2) if found["square"] else spread
    facts = (App("in", (spread, App("interval", (Num(0), App("oo"))))),) if isinstance(spread, Var) else ()
    law = LawOf(value.name, App("reals"), App("normal", (value, mean, variance)))
    return Variable(letter, law, facts)


def _number(said: str) -> Term:
    return Num(int(said)) if said.isdigit() else Var(_name(said))


def any_law(letter: str, value: str) -> LawOf:
    """A law of which nothing is known but that its values are finitely many numbers."""
    return LawOf(value, Var(f"{letter}_values"), App(f"p_{letter}", (Var(value),)))


def _name(letter: str) -> str:
    return re.sub(r"[\\{}]", "", letter)


def _variance(found: re.Match[str]) -> Term:
    letter = Var(_name(found["said"] or found["written"]))
    return power(letter, 2) if found["square"] or found["squared"] else letter


class Drawn:
    """Expectations over outcomes as expectations under the law of a sample."""

    def __init__(self, sample: Sample, scope: Scope, text: str) -> None:
        self.sample, self.text = sample, text
        self.apart: tuple[str, str] | None = None  # two indices that the text says are different
        self.size: Term = Var(sample.size or f"{sample.letter}_count")
        self.least = 1
        laws = [one for one in scope.laws_of(sample.law) if one.domain is not None and len(one.values) == 1]
        law = next((one for one in laws if one.values[0] == sample.letter.lower()), None)
        if law is not None and law.domain is not None:
            self.law = LawOf(law.values[0], law.domain, law.term)
            self.new = False
        elif sample.chance:
            self.law = LawOf("x", App("bits"), App("bern", (Var(sample.chance), Var("x"))))
            self.new = False
        else:
            self.law = any_law(sample.letter, "x")
            self.new = True

    def term(self, term: Term) -> Term:
        """The term with its expectations under the law; unchanged where it mentions other random variables."""
        found = self.expectations(term)
        if self.sample.variance is not None:
            found = replaced(found, self.sample.variance, self.moment("Var"))
            letter = next(iter(self.sample.variance.free_vars))
            found = substituted(found, {letter: App("sqrt", (self.moment("Var"),))})
        if self.sample.mean:
            found = substituted(found, {self.sample.mean: self.moment("E")})
        return found

    def moment(self, head: str) -> Term:
        """The mean or the variance of the law."""
        return bind(head, self.law.name, self.law.domain, self.law.pmf, Var(self.law.name))

    def facts(self, terms: list[Term]) -> list[Term]:
        """What is given of the law, of the number of draws and of the free indices in some terms that were read."""
        found: list[Term] = []
        if self.new:
            found.append(bind("pmf", self.law.name, self.law.domain, self.law.pmf))
        if self.sample.chance:
            found.append(App("in", (Var(self.sample.chance), App("interval", (Num(0), Num(1))))))
        if self.apart is not None:
            found.append(App("!=", (Var(self.apart[0]), Var(self.apart[1]))))
        if not self.sample.size or self.least > 1:
            found.append(App("in", (self.size, App("integers", (Num(self.least), App("oo"))))))
        places = {
            part.args[1].name
            for term in terms
            for part in subterms(term)
            if isinstance(part, App) and part.head == "at" and isinstance(part.args[1], Var)
        }
        free = frozenset[str]().union(*(term.free_vars for term in terms))
        whole = App("range", (Num(1), self.size))
        return found + [App("in", (Var(name), whole)) for name in sorted(places & free)]

    def expectations(self, term: Term) -> Term:
        """The term with each expectation over outcomes, the innermost ones first, under the law of the sample."""
        if isinstance(term, App):
            return App(term.head, [self.expectations(arg) for arg in term.args])
        if not isinstance(term, Bind):
            return term
        name = fresh_name(term.hint, term.free_vars)
        bodies = [self.expectations(body) for body in opened(term, name)]
        if term.arg != OUTCOMES.domain or term.head not in ("E", "Var", "Cov"):
            return bind(term.head, name, term.arg, *bodies)
        return self.under_law(term.head, name, bodies) or bind(term.head, name, term.arg, *bodies)

    def under_law(self, head: str, outcome: str, bodies: list[Term]) -> Term | None:
        """An expectation over outcomes under the law; None where other random variables, or X_i and X_j, are met."""
        taken = frozenset[str]().union(*(body.free_vars for body in bodies))
        single = App(self.sample.letter, (Var(outcome),))
        if not any(part == single for body in bodies for part in subterms(body)):
            return self.under_product(head, outcome, bodies, fresh_name(self.sample.letter.lower(), taken))
        value = fresh_name(self.law.name, taken)
        read = [replaced(body, single, Var(value)) for body in bodies[1:]]
        if any(outcome in body.free_vars for body in read):
            return None
        return bind(head, value, self.law.domain, substituted(self.law.pmf, {self.law.name: Var(value)}), *read)

    def under_product(self, head: str, outcome: str, bodies: list[Term], vector: str) -> Term | None:
        """An expectation of several draws under the product of their laws."""
        places: set[Term] = set()
        read = [self.with_draws(body, Var(outcome), Var(vector), places) for body in bodies[1:]]
        known = frozenset[str]().union(*(body.free_vars for body in bodies))
        free = sorted(part.name for part in places if isinstance(part, Var) and part.name in known)
        numbered = any(isinstance(part, Num) for part in places)
        if any(outcome in body.free_vars for body in read) or not self.may_tell_apart(free, numbered=numbered):
            return None
        index = fresh_name("i", frozenset({vector}))
        one = substituted(self.law.pmf, {self.law.name: at(Var(vector), Var(index))})
        joint = bind("prod", index, App("range", (Num(1), self.size)), one)
        return bind(head, vector, App("tuples", (self.law.domain, self.size)), joint, *read)

    def may_tell_apart(self, free: list[str], *, numbered: bool) -> bool:
        """Whether it is known that the indices of some draws are different; then that is a fact."""
        if len(free) + numbered < 2:
            return True
        if len(free) != 2 or numbered or not _told_apart(free[0], free[1], self.text):
            return False
        self.least = max(self.least, 2)
        self.apart = (free[0], free[1])
        return True

    def with_draws(self, term: Term, outcome: Term, vector: Var, places: set[Term]) -> Term:
        """X(i, outcome) as the component i of the vector of draws; the index of each goes to `places`."""
        letter = self.sample.letter
        if isinstance(term, App) and outcome in term.args:
            head, _, number = term.head.partition("_")
            if head == letter and not number and len(term.args) == 2 and term.args[1] == outcome:
                places.add(term.args[0])
                return at(vector, term.args[0])
            if head == letter and number.isdigit() and len(term.args) == 1:
                self.least = max(self.least, int(number))
                places.add(Num(int(number)))
                return at(vector, Num(int(number)))
            if head == letter and number == "bar" and len(term.args) == 1:
                index = fresh_name("i", frozenset({vector.name}))
                draws = summation(index, App("range", (Num(1), self.size)), at(vector, Var(index)))
                return div(draws, self.size)
        if isinstance(term, App):
            return App(term.head, [self.with_draws(arg, outcome, vector, places) for arg in term.args])
        if isinstance(term, Bind):
            name = fresh_name(term.hint, term.free_vars | {vector.name})
            arg = self.with_draws(term.arg, outcome, vector, places)
            inner = [self.with_draws(body, outcome, vector, places) for body in opened(term, name)]
            return bind(term.head, name, arg, *inner)
        return term


def _told_apart(first: str, second: str, text: str) -> bool:
    r"""Whether a text says `i \neq j` of two indices."""
    return re.search(rf"(?<!\w){first}\s*(?:\\neq?|\\not\s*=)\s*{second}(?!\w)", text) is not None


def under_law(terms: list[Term], sample: Sample, scope: Scope, text: str) -> tuple[list[Term], list[Term]] | None:
    """Terms with their expectations under the law of a sample, and what is given; None where some are of others."""
    letter = re.compile(rf"{sample.letter}(?:_(?:\d+|bar))?")
    heads = {part.head for term in terms for part in subterms(term) if isinstance(part, App)}
    if not any(map(letter.fullmatch, heads)) or not any(map(speaks_of_outcomes, terms)):
        return None
    law = Drawn(sample, scope, text)
    if law.new and (sample.varies or scope.laws_of(sample.law)):
        return None
    found = [law.term(term) for term in terms]
    return None if any(map(speaks_of_outcomes, found)) else (found, law.facts(found))


def under_laws(
    terms: list[Term], said: Sequence[Variable], *, independent: bool
) -> tuple[list[Term], list[Term]] | None:
    """Terms with their expectations under the laws of some random variables, and what is given; None for others.

    Several variables have a joint law that is known only where they are `independent`.
    """
    by_letter = {one.letter: one for one in reversed(said)}
    met = {part.head for term in terms for part in subterms(term) if isinstance(part, App)} & by_letter.keys()
    if not met or (len(met) > 1 and not independent) or not any(map(speaks_of_outcomes, terms)):
        return None
    found = [_averaged(term, by_letter) for term in terms]
    if any(map(speaks_of_outcomes, found)):
        return None
    return found, [fact for letter in sorted(met) for fact in by_letter[letter].facts]


def _averaged(term: Term, said: Mapping[str, Variable]) -> Term:
    if isinstance(term, App):
        return App(term.head, [_averaged(arg, said) for arg in term.args])
    if not isinstance(term, Bind):
        return term
    name = fresh_name(term.hint, term.free_vars)
    bodies = [_averaged(body, said) for body in opened(term, name)]
    if term.arg != OUTCOMES.domain or term.head not in ("E", "Var", "Cov"):
        return bind(term.head, name, term.arg, *bodies)
    heads = {
        part.head
        for body in bodies[1:]
        for part in subterms(body)
        if isinstance(part, App) and part.args == (Var(name),) and part.head in said
    }
    values = {App(head, (Var(name),)): Var(said[head].law.name) for head in sorted(heads)}
    read = bodies[1:]
    for old, new in values.items():
        read = [replaced(body, old, new) for body in read]
    if any(name in body.free_vars for body in read):
        return bind(term.head, name, term.arg, *bodies)
    laws = [said[head].law for head in sorted(heads)]
    if term.head == "E":
        return _nested(laws, read[0])
    centred = [sub(body, _nested(laws, body)) for body in read]
    return _nested(laws, power(centred[0], 2) if term.head == "Var" else mul(*centred))


def _nested(laws: Sequence[LawOf], body: Term) -> Term:
    """The mean under several laws, one inside another."""
    for law in reversed(laws):
        if law.domain == App("reals"):
            body = bind("int", law.name, law.domain, mul(law.pmf, body))
        else:
            body = bind("E", law.name, law.domain, law.pmf, body)
    return body


def said_anew(letter: str, text: str) -> bool:
    r"""Whether a text gives a random variable another law, `X \sim \mathcal{N}(0, 1)`, or lets it be another one.

    >>> said_anew("X", r"Now let $X$ be normal."), said_anew("X", r"The mean of $X$ is")
    (True, False)
    """
    letter = letter if len(letter) == 1 else rf"\\{letter}"
    again = rf"\$\s*{letter}(?:_\{{?\w\}}?)?\s*(?:\\overset[^$]*?|\\stackrel[^$]*?)?\\sim"
    return re.search(rf"{again}|\b[Ll]et\s+\$\s*{letter}(?![A-Za-z])", text) is not None


def speaks_of_outcomes(term: Term) -> bool:
    """Whether an expectation that names no distribution stands in a term."""
    return any(isinstance(part, Bind) and part.arg == OUTCOMES.domain for part in subterms(term))

"""What the prose says, as far as a few words of English, German and Czech tell; everything else is left to a person.

It must not decide a mathematical question: it finds out whether a claim is announced or assumed, and which statement
about the dependence on the parameter a sentence makes.

>>> assumes("Suppose the second sum is zero. Then"), announces("We want to show that")
(True, True)
>>> sorted(dependence("The variance decreases and goes to infinity for $\\\\beta \\\\to 0$."))
['decreasing', 'infinite at 0']
"""

from __future__ import annotations

import re
from typing import Final

_ASSUMED: Final = re.compile(
    r"\b(suppose|assum\w+|let us (?:suppose|assume|accept)|angenommen|nehmen? wir an|annahme|wir setzen voraus|"
    r"předpokl\w+|predpokl\w+|as (?:claimed|stated|given) (?:in|on|by) the (?:sheet|question|assignment)|"
    r"we know (?:already )?that the (?:claim|equality|result)|by the claim|using the claim|from the claim)",
    re.IGNORECASE,
)
_ANNOUNCED: Final = re.compile(
    r"\b(show|prove|claim\w*|want|goal|aim|to be shown|task|statement|theorem|proposition|lemma|"
    r"zeigen|zu zeigen|beweisen|beweis|behaupt\w+|behauptung|aufgabe|satz|"
    r"dokáz\w+|dokaz\w+|ukáz\w+|ukaž\w+|chceme|tvrzení|máme|věta)\b",
    re.IGNORECASE,
)
_VERIFIED: Final = re.compile(
    r"which is true|is true|holds\b|hence the claim|the claim is proven|stimmt|ist wahr|wahre aussage|platí|je pravda|"
    r"comparing|vergleich\w*|porovn\w+",
    re.IGNORECASE,
)
_UNBIASED: Final = re.compile(r"\b(unbiased|erwartungstreu\w*|unverzerrt\w*|nestrann\w+|nevychýlen\w+)", re.IGNORECASE)
_BIASED: Final = re.compile(
    r"\b(not|never|nicht|kein\w*|není|nikoli\w*)\s+(?:\w+\s+){0,2}(unbiased|erwartungstreu|unverzerrt|nestrann)",
    re.IGNORECASE,
)
_MEAN: Final = re.compile(
    r"\\mathbb\s*\{?E|\\mathbf\s*\{?E|(?-i:\\E[A-Za-z]{0,4})(?![A-Za-z])|\\operatorname\s*\{E|\bE[_\[(]|expect\w+|\bmean\b|erwartungswert\w*|"
    r"mittelwert|středn\w+|stredn\w+|průměr\w*",
    re.IGNORECASE,
)
_ADDED: Final = re.compile(
    r"compon\w+|dimension\w*|sum up|add up|\badd(?:ed)?\b|addier\w+|komponent\w+|summier\w+|slož\w+|sečt\w+|sčít\w+",
    re.IGNORECASE,
)


def assumes(text: str) -> bool:
    """Whether the prose takes something for granted."""
    return _ASSUMED.search(text) is not None


def assumption(text: str) -> str:
    """The passage that takes something for granted, empty if there is none."""
    found = _ASSUMED.search(text)
    return "" if found is None else _around(text, found.start())


def announces(text: str) -> bool:
    """Whether the prose says that a claim is still to be shown."""
    return _ANNOUNCED.search(text) is not None


def verifies(text: str) -> bool:
    """Whether the prose concludes from something true that the claim is true."""
    return _VERIFIED.search(text) is not None


def calls_unbiased(text: str) -> bool:
    """Whether the prose speaks of a mean and calls an estimator unbiased, without any denial."""
    return _UNBIASED.search(text) is not None and _BIASED.search(text) is None and _MEAN.search(text) is not None


def speaks_of_bias(text: str) -> str | None:
    """The passage that calls an estimator unbiased, None if there is none."""
    found = _UNBIASED.search(text)
    return None if found is None else _around(text, found.start())


def speaks_of_components(text: str) -> str | None:
    """The passage about several components, None if there is none."""
    found = _ADDED.search(text)
    return None if found is None else _around(text, found.start())


def _around(text: str, place: int) -> str:
    """The sentence at a place, in one line."""
    start = max(text.rfind(". ", 0, place) + 1, text.rfind(".\n", 0, place) + 1, text.rfind("\n\n", 0, place) + 1, 0)
    ends = [k for k in (text.find(". ", place), text.find(".\n", place), text.find("\n\n", place)) if k >= 0]
    return quoted(text[start : min(ends, default=len(text))])


def quoted(text: str) -> str:
    """A passage in one line, not too long."""
    line = " ".join(re.sub(r"\\(?:end|begin)\{[^}]*\}", " ", text).split())
    return line if len(line) <= 160 else line[:157] + "..."


# ---------------------------------------------------------------- dependence on the parameter

_TO: Final = (
    r"(?:\\to|\\rightarrow|\\longrightarrow|\\searrow|\\nearrow|\\downarrow|\\uparrow|→|->|approaches|tends to|goes to|"
    r"gegen|nahe|near|close to|jde k|blíží se k)"
)
_END: Final = r"(?:\s|\\,|\$|\{|\}|\\text)*"
_TO_ZERO: Final = re.compile(rf"(?:\\beta|β|p|\\theta|\\mu){_END}{_TO}{_END}(?:0\b|zero|null\b)", re.IGNORECASE)
_TO_ONE: Final = re.compile(rf"(?:\\beta|β|p|\\theta|\\mu){_END}{_TO}{_END}(?:1\b|one\b|eins\b)", re.IGNORECASE)
_INFINITE: Final = re.compile(
    r"infin\w*|\\infty|∞|explo\w+|diverg\w+|unbounded|blows? up|unendlich\w*|unbeschränkt\w*|nade všechny meze|"
    r"nekonečn\w*|neomezen\w*",
    re.IGNORECASE,
)
_ZERO: Final = re.compile(
    r"vanish\w*|verschwind\w*|(?:to|gegen|k|towards|→|\\to)\s*\$?\s*(?:0\b|zero|null\b|nule)", re.IGNORECASE
)
_DOWN: Final = re.compile(
    r"decreas\w+|decay\w*|falling|\bfalls\b|shrinks?|fallend\w*|fällt|sinkt|abnehmend\w*|nimmt .{0,40}\bab\b|kles\w+",
    re.IGNORECASE,
)
_UP: Final = re.compile(
    r"increas\w+|\bgrow\w*|\brises?\b|steig\w+|wächst|wachsend\w*|zunehmend\w*|nimmt .{0,40}\bzu\b|rost\w+",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\bnot\b|\bno\b|nicht|kein|\bnení\b|\bne\w+ávis\w*|constant|konstant\w*|independen\w*|unabhängig\w*|symmetr\w*|"
    r"maxim\w*|minim\w*|largest|smallest|größte\w*|kleinste\w*|linear\w*|quadrat\w*|exponen\w*|1/2|\\frac|\\tfrac|"
    r"both|beide\w*|only|nur|until|bis zu|first|then",
    re.IGNORECASE,
)
# A sentence that goes on from the formula before it speaks of that formula.
_CARRIED_ON: Final = re.compile(
    r"[^\w$\\]*(?:(?:which|so|hence|thus|it|that|this|also|daher|somit|was|das|tedy|takže|což)\s+)?(?:(?:is|ist|je|are)\s+)?"
    r"(?:(?:strictly|monotonically|monotone|monotonously|streng|strikt|monoton|ostře|monotónně|striktně)\s+)*"
    r"(?:decreas|fallend|fällt|kles|increas|steig|wachs|rost)",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(r"varian[cz]\w*|rozptyl\w*|streuung|\bit\b|\bsie\b", re.IGNORECASE)


def dependence(text: str) -> frozenset[str]:
    """The statements that sentences make about the variance as a function of the parameter.

    Each is one of: decreasing, increasing, constant, `infinite at 0`, `infinite at 1`, `zero at 0`, `zero at 1`;
    `unclear` where a sentence says more than these words tell.
    """
    found: set[str] = set()
    for sentence in re.split(r"(?<=[.;])\s+|\n\s*\n", text):
        if any(said.search(sentence) for said in (_DOWN, _UP, _INFINITE, _CONSTANT)):
            found |= _said(sentence)
    return frozenset(found)


_PARAMETER: Final = r"\$?\\?(?:beta|β|theta|mu|lambda|rho|p)\b"
_CONSTANT: Final = re.compile(
    rf"(?:not depend(?:ing)? on|independent of|unabhängig von|nezávis\w+ na)\s+{_PARAMETER}"
    rf"|hängt\s+(?:also\s+|daher\s+)?nicht\s+von\s+{_PARAMETER}",
    re.IGNORECASE,
)
# "decreases with growing beta": what grows is the parameter, which the sentence takes for granted.
_AS_PARAMETER_GROWS: Final = re.compile(
    r"\b(?:with|for|in|s|se|při|mit|bei|für)\s+(?:an?\s+)?(?:increasing|growing|larger|rostoucím|wachsende[mns]|steigende[mns])\s+"
    r"(?:parameter\w*\s+)?\$?\\?\w+\$?"
    r"|\b(?:as|when|if|wenn|když)\s+\$?\\?\w+\$?\s+(?:increases|grows|wächst|steigt|roste)",
    re.IGNORECASE,
)


def _said(sentence: str) -> set[str]:
    if _CONSTANT.search(sentence) and _SUBJECT.search(sentence):
        return {"constant"}
    sentence = _AS_PARAMETER_GROWS.sub(" ", sentence)
    if _OTHER.search(sentence) or not (_SUBJECT.search(sentence) or _CARRIED_ON.match(sentence)):
        return {"unclear"}
    found: set[str] = set()
    for clause in re.split(r",|\band\b|\bund\b|\ba\b|\bwhile\b|\bwhereas\b|\bbut\b|\baber\b", sentence):
        found |= _of_clause(clause)
    return found


def _of_clause(clause: str) -> set[str]:
    at_zero, at_one = _TO_ZERO.search(clause) is not None, _TO_ONE.search(clause) is not None
    infinite = _INFINITE.search(clause) is not None
    rest = _TO_ONE.sub(" ", _TO_ZERO.sub(" ", clause))
    zero = _ZERO.search(rest) is not None
    if (at_zero and at_one) or (infinite and zero):
        return {"unclear"}
    if at_zero or at_one:
        end = "0" if at_zero else "1"
        said = {f"infinite at {end}"} if infinite else {f"zero at {end}"} if zero else set()
        if _DOWN.search(rest) and (at_one or not said):
            said.add("decreasing" if at_one else "unclear")
        elif _UP.search(rest) and not said:
            said.add("unclear")
        return said or {"unclear"}
    if infinite or zero:
        return {"unclear"}
    down, up = _DOWN.search(clause) is not None, _UP.search(clause) is not None
    if down and up:
        return {"unclear"}
    return {"decreasing"} if down else {"increasing"} if up else set()


def speaks_of_variance(text: str) -> bool:
    """Whether the prose says something about a variance."""
    return _SUBJECT.search(text) is not None and len(text.split()) > 4


def dependence_passage(text: str) -> str:
    """The first sentence that speaks of the dependence on the parameter, empty if there is none."""
    found = _DOWN.search(text) or _INFINITE.search(text) or _UP.search(text)
    return "" if found is None else _around(text, found.start())


def sentence(text: str, place: int) -> str:
    """The sentence at a place, in one line."""
    return _around(text, place)

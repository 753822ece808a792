r"""Formulas as MathML for browsers, or nothing where a formula cannot be shown as its author meant it.

The converter escapes nothing and takes any command for a name; so its tree is rebuilt here from a list of harmless
elements, and a formula with an unknown command is refused rather than shown with a backslash in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element

from derivations.output.plain import printable

_LONGEST: Final = 4_000
_ELEMENTS: Final = frozenset({
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder",
    "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", "menclose",
})  # fmt: skip
_ATTRIBUTES: Final = frozenset({
    "stretchy", "fence", "form", "minsize", "maxsize", "width", "height", "depth", "lspace", "rspace", "linethickness",
    "displaystyle", "scriptlevel", "accent", "accentunder", "columnalign", "notation", "separator", "symmetric",
    "largeop", "movablelimits",
})  # fmt: skip
# Labels and numbers of equations, alignment, colour: nothing of it belongs to a formula that stands alone.
_APART: Final = re.compile(
    r"\\(?:label|tag\*?|hspace\*?|vspace\*?|color|ref|eqref)\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle|limits)(?![A-Za-z])"
    r"|(?<!\\)&|\\\\(?:\[[^\]]*\])?|(?<!\\)%[^\n]*(?:\n|$)"
)
# What the converter raises on purpose, and what it stumbles into on broken formulas.
_FAILURES: Final[tuple[type[Exception], ...]] = (
    *(kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception)),
    LookupError, ValueError, TypeError, AttributeError, StopIteration, RecursionError,
)  # fmt: skip
_CLOSING: Final = (")", "]", "}", "|")
_SCRIPT: Final = dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True))


@lru_cache(maxsize=4096)
def formula(latex: str) -> str | None:
    r"""A formula as a `math` element; None where it is too long, empty, or not understood.

    >>> formula(r"\frac12").count("<mn>"), formula(r"\mymacro x"), formula(r"\text{<script>}").count("<script")
    (2, None, 0)
    """
    bare = printable(_APART.sub(" ", latex)).strip()
    if not bare or len(bare) > _LONGEST:
        return None
    try:
        found = convert_to_element(bare, display="block")
        root = _rebuilt(found)
    except _FAILURES:
        return None
    if root is None:
        return None
    root.set("displaystyle", "true")
    return tostring(root, encoding="unicode")


def _rebuilt(element: Element, parent: Element | None = None) -> Element | None:
    """The element again, of harmless parts only; None where there is a part that is not."""
    if element.tag not in _ELEMENTS:
        return None
    kept = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}
    made = Element("math") if parent is None else SubElement(parent, element.tag, kept)
    text = unescape(element.text or "")
    if element.tag != "mtext" and ("\\" in text or text in ("&", "}", "{")):
        return None
    made.text = _styled(text, element) or None
    _name(made, element)
    for child in element:
        if _rebuilt(child, made) is None:
            return None
        if made.tag in ("mrow", "math"):
            _apart(made)
    return made


def _name(made: Element, element: Element) -> None:
    """A word is a name, upright and without the space of an operator: `E` in front of a bracket is no plus sign."""
    if made.tag == "mo" and (made.text or "").isalpha():
        made.tag = "mi"
        made.set("mathvariant", "normal")
    if made.tag == "mi" and element.get("mathvariant") == "normal":
        made.set("mathvariant", "normal")


def _apart(made: Element) -> None:
    """A thin space on both sides of the name of a function, but not before its bracket or behind an operator."""
    if len(made) < 2:
        return
    before, after = made[-2], made[-1]
    behind = _is_word(before) and after.tag not in ("mo", "mspace")
    ahead = _is_word(after) and (before.tag not in ("mo", "mspace") or before.text in _CLOSING)
    if behind or ahead:
        made.remove(after)
        SubElement(made, "mspace", {"width": "0.167em"})
        made.append(after)


def _is_word(element: Element) -> bool:
    if element.tag in ("msub", "msup", "msubsup") and len(element):
        return _is_word(element[0])
    text = element.text or ""
    return element.tag == "mi" and len(text) > 1 and text.isascii()


def _styled(text: str, element: Element) -> str:
    """Script and bold letters as letters of their own: browsers know no other variant than upright any more."""
    variant = element.get("mathvariant", "")
    if len(text) != 1 or not (text.isascii() and text.isalpha()):
        return text
    place = ord(text) - ord("A") if text.isupper() else ord(text) - ord("a") + 26
    if variant == "script":
        return _SCRIPT.get(text, chr(0x1D49C + place))
    if variant in ("bold", "bold-italic"):
        return chr((0x1D400 if variant == "bold" else 0x1D468) + place)
    return text

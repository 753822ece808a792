r"""Tokens to a tree of notation: symbols with their scripts, brackets, fractions, operators, each with its place.

The tree says what is written, not what it means: whether a letter before a bracket is a function, and how far a
logarithm reaches, is decided later, by who knows the letters.

>>> print(parsed(r"q_\phi(z|x)"))
q_[phi] ([z | x]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from derivations.errors import NotationError, TooLong
from derivations.latex import names
from derivations.latex.brackets import Pairs, kind_of, paired
from derivations.latex.nodes import Formula, Node, Nodes
from derivations.latex.numbers import may_be_decimal, number_at
from derivations.latex.tokens import ALIGN, CONTROL, DIGIT, LETTER, OPEN, PARAMETER, SUB, SUPER, Token, tokenize

_DEPTH: Final = 60
_SIZE: Final = 3000
_BLANK: Final = names.IGNORED | names.SPACES
_INITIALS: Final = frozenset(word[0] for word in names.TYPED)
_TWO_PARTS: Final = frozenset(
    {r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\nicefrac", r"\sfrac", r"\binom", r"\dbinom", r"\tbinom"}
)
_BOLD: Final = re.compile(r"(?:bs|bf|bm|mb|rv|b|v)([A-Za-z])")
_CALLIGRAPHIC: Final = re.compile(r"(?:c|cal)([A-Z])")


def parsed(source: str) -> Formula:
    """Parse one formula, macros not expanded. Raises NotationError."""
    return parse(tokenize(source), source)


def parse(tokens: Sequence[Token], source: str, depth: int = 0) -> Formula:
    """Parse the tokens of one formula; places are offsets in `source`.

    Raises: NotationError for a missing argument, a table inside the formula, and for what is too deep or too long.
    """
    if len(tokens) > _SIZE:
        raise TooLong(source, tokens[0].start, f"a formula of at most {_SIZE} signs")
    parser = _Parser(tokens, source)
    nodes = parser.row(0, len(tokens), depth)
    return Formula(nodes, list(dict.fromkeys([*parser.pairs.notes, *parser.notes])))


class _Parser:
    """Recursive descent over paired brackets; `row(start, end)` reads the tokens between two places."""

    def __init__(self, tokens: Sequence[Token], source: str) -> None:
        self.tokens, self.source = tokens, source
        self.pairs: Pairs = paired(tokens)
        self.owner: dict[int, int] = {}  # of a bracket that closes: the first that opens and ends there
        for start, close in self.pairs.partner.items():
            self.owner[close] = min(start, self.owner.get(close, start))
        self.notes: list[str] = []
        self.place = 0

    def fail(self, place: int, expected: str) -> NotationError:
        if not self.tokens:
            return NotationError(self.source, 0, expected)
        offset = self.tokens[place].start if place < len(self.tokens) else self.tokens[-1].end
        return NotationError(self.source, min(offset, len(self.source)), expected)

    def row(self, start: int, end: int, depth: int) -> Nodes:
        """The pieces between two places. Handles `a \\over b` and `n \\choose k`, which split their group."""
        if depth > _DEPTH:
            raise TooLong(self.source, self.tokens[start].start, f"at most {_DEPTH} nested brackets")
        split = self.infix_fraction(start, end)
        if split is not None:
            above, below = self.row(start, split, depth + 1), self.row(split + 1, end, depth + 1)
            kind = "frac" if self.tokens[split].text == r"\over" else "binom"
            return Nodes([Node(kind, kind, self.tokens[start].start, self.tokens[end - 1].end, (above, below))])
        found = Nodes()
        outer, self.place = self.place, start
        gap = False
        while self.place < end:
            spacing = self.tokens[self.place].text in names.SPACES
            if self.skipped(depth):
                gap = gap or spacing
                continue
            if self.script(found, end, depth):
                continue
            node = self.piece(end, depth)
            if node is not None and (self.is_empty(node, end) or _completes(found, node)):
                continue
            if node is not None:
                if _names_divergence(found, node):
                    found[-1].kind, found[-1].value = "operator", "KL"
                node.gap = gap
                found.append(node)
                gap = False
        self.place = max(outer, end)
        return found

    def is_empty(self, node: Node, end: int) -> bool:
        """Whether a piece is a bare `{}`, set for its spacing only."""
        scripted = self.place < end and self.tokens[self.place].kind in (SUB, SUPER)
        return node.kind == "group" and node.value == "{}" and node.parts == (Nodes(),) and not scripted

    def infix_fraction(self, start: int, end: int) -> int | None:
        place = start
        while place < end:
            if self.tokens[place].text in (r"\over", r"\choose") and start < place < end - 1:
                return place
            place = max(self.pairs.partner.get(place, place), place) + 1
        return None

    def skipped(self, depth: int) -> bool:
        """Pass over spacing and marks that mean nothing."""
        token = self.tokens[self.place]
        if self.place in self.pairs.dropped:
            self.place += 2 if token.text == r"\right" else 1
            return True
        if token.text == r"\textcolor":
            self.place += 1
            self.argument(depth)
            return True
        if token.kind == ALIGN or token.text in _BLANK:
            self.place += 1
            return True
        if token.text in names.DROPPED:
            self.place += 1
            if self.place < len(self.tokens) and self.tokens[self.place].kind == OPEN:
                self.place = min(self.pairs.partner[self.place] + 1, len(self.tokens))
            return True
        if token.text == "<" and re.match(r"<[-0-9,]+>", self.source[token.start : token.start + 8]):
            while self.tokens[self.place].text != ">":  # the overlay of a slide, \uncover<2->
                self.place += 1
            self.place += 1
            return True
        return False

    # ------------------------------------------------------------ scripts

    def script(self, found: Nodes, end: int, depth: int) -> bool:
        """Attach a subscript, a superscript or a prime to the piece before it."""
        token = self.tokens[self.place]
        if token.text in ("'", r"\prime"):
            self.named(found).primes += 1
            self.place += 1
            return True
        if token.kind not in (SUB, SUPER):
            return False
        place = self.place
        self.place += 1
        while self.place < end and self.tokens[self.place].text in _BLANK:
            self.place += 1
        if self.place >= end:
            raise self.fail(place, "a script behind this sign")
        script = self.argument(depth)
        base = self.base(found)
        if token.kind == SUB:
            base.sub = script if base.sub is None else Nodes([*base.sub, *script])
        elif script and (primes := sum(map(_primes, script))) and all(map(_primes, script)):
            self.named(found).primes += primes
        elif script:
            if base.sup is not None and not _is_mark(base.sup) and not _is_mark(script):
                raise self.fail(place, "one exponent; what is raised to a power first needs brackets")
            base.sup = script if base.sup is None else Nodes([*base.sup, *script])
        base.end = max(base.end, self.tokens[self.place - 1].end)
        return True

    def named(self, found: Nodes) -> Node:
        """What a prime belongs to: the letter in braces, as in `{x}'`, or the piece before it."""
        base = self.base(found)
        inside = base.parts[0] if base.value == "{}" else Nodes()
        return inside[0] if len(inside) == 1 and inside[0].kind == "symbol" and inside[0].sup is None else base

    def base(self, found: Nodes) -> Node:
        if not found:
            token = self.tokens[self.place - 1 if self.place else 0]
            found.append(Node("group", "{}", token.start, token.start, (Nodes(),)))
        return found[-1]

    def argument(self, depth: int) -> Nodes:
        """The next argument of a command: a group in braces, or one single token."""
        while self.place < len(self.tokens) and self.tokens[self.place].text in _BLANK:
            self.place += 1
        if self.place >= len(self.tokens) or self.place in self.pairs.dropped:
            raise self.fail(self.place, "an argument in braces")
        token = self.tokens[self.place]
        if token.kind == OPEN:
            if self.pairs.partner[self.place] == len(self.tokens):
                raise self.fail(self.place, "a closing brace for this one")
            return self.inside(depth)
        node = self.piece(len(self.tokens), depth, single=True)
        return Nodes() if node is None else Nodes([node])

    def inside(self, depth: int) -> Nodes:
        """The contents of the brackets that open here; goes past the closing one."""
        start = self.place
        close = self.pairs.partner[start]
        shift = 2 if self.tokens[start].text == r"\left" else 1
        found = self.row(start + shift, close, depth + 1)
        self.place = close
        if close < len(self.tokens) and self.closes(start, close):
            self.place += 2 if self.tokens[close].text == r"\right" else 1
        return found

    def closes(self, start: int, close: int) -> bool:
        """Whether the token at `close` is the bracket's own partner, not only the end of its surroundings."""
        return self.owner[close] == start

    # ------------------------------------------------------------ pieces

    def piece(self, end: int, depth: int, *, single: bool = False) -> Node | None:
        token = self.tokens[self.place]
        what, which = kind_of(self.tokens, self.place)
        if what == "open" and self.place in self.pairs.partner:
            return self.group(which, depth)
        self.place += 1
        if token.kind == DIGIT:
            if single:
                return Node("number", token.text, token.start, token.end)
            if may_be_decimal(self.tokens, self.place - 1, end):
                raise self.fail(self.place, "a number: the comma may part thousands or decimals")
            number, self.place = number_at(self.tokens, self.place - 1, end)
            return number
        if token.kind == LETTER:
            return self.letters(token, end, single=single)
        if token.kind == CONTROL:
            return self.control(token, depth)
        if token.kind == PARAMETER:
            raise self.fail(self.place - 1, "a formula, not the place of a macro's argument")
        return Node("sign", token.text, token.start, token.end)

    def group(self, which: str, depth: int) -> Node:
        start = self.place
        token = self.tokens[start]
        if which == "{}" and (switch := self.font_switch(start)) is not None:
            self.tokens = [*self.tokens]
            close = self.pairs.partner[start]
            content = self.tokens[start + 2 : close]
            self.place = min(close + 1, len(self.tokens))
            return self.styled(switch, content, token.start, self.tokens[self.place - 1].end, depth)
        inside = self.inside(depth)
        end = self.tokens[min(self.place, len(self.tokens)) - 1].end
        if which == "{}" and len(inside) == 1 and inside[0].kind == "operator":
            return inside[0]
        return Node("group", which.removeprefix("left"), token.start, end, (inside,))

    def font_switch(self, start: int) -> str | None:
        if start + 1 >= len(self.tokens):
            return None
        return names.FONT_SWITCHES.get(self.tokens[start + 1].text)

    def letters(self, token: Token, end: int, *, single: bool) -> Node:
        """A letter, or a word that people type without a backslash."""
        if not single and token.text in _INITIALS:
            run = [token]
            for place in range(self.place, min(end, self.place + 9)):
                here = self.tokens[place]
                if here.kind != LETTER or here.spaced:
                    break
                run.append(here)
            typed = "".join(t.text for t in run)
            for word in names.TYPED:
                if typed.startswith(word) and (typed == word or word in ("log", "ln")):
                    self.place += len(word) - 1
                    return self.word(word, token.start, run[len(word) - 1].end)
        return Node("symbol", token.text, token.start, token.end)

    def word(self, word: str, start: int, end: int) -> Node:
        found = names.WORDS.get(word.lower())
        if found is None or (len(word) == 1 and word.islower()):
            return Node("symbol", word, start, end)
        return Node("operator", found, start, end)

    def control(self, token: Token, depth: int) -> Node | None:
        text = token.text
        if text in _TWO_PARTS:
            above, below = self.argument(depth + 1), self.argument(depth + 1)
            kind = "binom" if "binom" in text else "frac"
            return Node(kind, kind, token.start, self.tokens[self.place - 1].end, (above, below))
        if text == r"\sqrt":
            return self.root(token, depth)
        if text in names.FONTS:
            return self.font(text, token, depth)
        if text in names.ACCENTS:
            return self.accent(text, token, depth)
        if text in (r"\underset", r"\overset", r"\stackrel", r"\underbrace", r"\overbrace", r"\cancelto", r"\substack"):
            return self.stacked(text, token, depth)
        if text == r"\cases":
            return self.cases(token, depth)
        if text in (r"\begin", r"\end", r"\endcases"):
            raise self.fail(self.place - 1, "a formula without a table inside")
        if text in (r"\left", r"\right"):
            return None
        if text in names.BARS:
            return Node("sign", "|", token.start, token.end)
        if text in names.DOUBLE_BARS:
            return Node("sign", "||", token.start, token.end)
        if text in names.DOTS:
            return Node("sign", "...", token.start, token.end)
        if text == r"\Pr":
            return Node("symbol", "P", token.start, token.end)
        if text in names.OPERATORS:
            return Node("operator", names.OPERATORS[text], token.start, token.end)
        if text in names.DIFFERENTIALS:
            return Node("symbol", "d", token.start, token.end, font="roman")
        return self.letter_command(text, token)

    def letter_command(self, text: str, token: Token) -> Node:
        name = text[1:]
        if not name.isalpha():
            return Node("sign", name or text, token.start, token.end)
        bold = _BOLD.fullmatch(name)
        if bold is not None and name not in ("bb", "mb"):
            return Node("symbol", bold[1], token.start, token.end, font="bold")
        calligraphic = _CALLIGRAPHIC.fullmatch(name)
        if calligraphic is not None:
            return Node("symbol", calligraphic[1], token.start, token.end, font="cal")
        if name in names.SIGNS:
            return Node("sign", names.SIGNS[name], token.start, token.end)
        if name == "R":
            return Node("symbol", "R", token.start, token.end, font="double")
        return Node("symbol", names.GREEK_ALIASES.get(name, name), token.start, token.end)

    def cases(self, token: Token, depth: int) -> Node:
        """The rows of a distinction of cases: value and condition in turn."""
        start = self.place
        end = next((k for k in range(start, len(self.tokens)) if self.tokens[k].text == r"\endcases"), len(self.tokens))
        cells: list[Nodes] = []
        cut = start
        for place in range(start, end + 1):
            if place == end or self.tokens[place].kind == ALIGN or self.tokens[place].text == "\\\\":
                cells.append(self.row(cut, place, depth + 1))
                cut = place + 1
        self.place = min(end + 1, len(self.tokens))
        cells = cells[:-1] if not cells[-1] and len(cells) % 2 else cells
        return Node("cases", "cases", token.start, self.tokens[self.place - 1].end, tuple(cells))

    def root(self, token: Token, depth: int) -> Node:
        degree = Nodes()
        if self.place < len(self.tokens) and self.tokens[self.place].text == "[":
            degree = self.inside(depth)
        return Node("root", "root", token.start, token.end, (self.argument(depth + 1), degree))

    def stacked(self, text: str, token: Token, depth: int) -> Node:
        """Material above or below: the base counts; under an operator it is a subscript."""
        if text in (r"\underbrace", r"\overbrace"):
            inner = self.argument(depth + 1)
            while self.place + 1 < len(self.tokens) and self.tokens[self.place].kind in (SUB, SUPER):
                self.place += 1
                if self.tokens[self.place].kind == OPEN:
                    self.place = min(self.pairs.partner[self.place] + 1, len(self.tokens))
                else:
                    self.place += 1
            return Node("group", "{}", token.start, self.tokens[self.place - 1].end, (inner,))
        if text == r"\substack":
            rows = self.argument(depth + 1)
            listed = Nodes([replace(one, value=",") if one.value == "\\" else one for one in rows])
            return Node("group", "{}", token.start, token.end, (listed,))
        script, base = self.argument(depth + 1), self.argument(depth + 1)
        node = base[0] if len(base) == 1 else Node("group", "{}", token.start, token.end, (base,))
        if [one.value for one in base] in (["arg", "max"], ["arg", "min"]):
            node = Node("operator", f"arg{base[1].value}", token.start, self.tokens[self.place - 1].end)
        if text == r"\underset" and node.sub is None:
            node.sub = script
        return node

    # ------------------------------------------------------------ fonts and accents

    def font(self, command: str, token: Token, depth: int) -> Node | None:
        if self.place < len(self.tokens) and self.tokens[self.place].text == "*":
            self.place += 1  # \operatorname*
        if self.place >= len(self.tokens):
            raise self.fail(self.place, "an argument in braces")
        here = self.tokens[self.place]
        if here.kind != OPEN:
            self.place += 1
            return self.styled(command, [here], token.start, here.end, depth)
        close = self.pairs.partner[self.place]
        content = self.tokens[self.place + 1 : close]
        self.place = min(close + 1, len(self.tokens))
        return self.styled(command, content, token.start, self.tokens[self.place - 1].end, depth)

    def styled(self, command: str, content: Sequence[Token], start: int, end: int, depth: int) -> Node:
        font = names.FONTS[command]
        letters = [t for t in content if t.text not in _BLANK]
        word = "".join(t.text for t in letters)
        if word.isalpha() and word.isascii():
            return self.word_in_font(word, font, start, end)
        if font == "text":
            said = self.source[content[0].start : content[-1].end] if content else ""
            return Node("text", said, start, end)
        if word in ("0", "1") and font in ("bold", "double"):
            return Node("number", word, start, end, font=font)
        inner = parse(content, self.source, depth + 1).nodes
        for node in inner:
            node.font = node.font or font
            if font == "roman" and node.kind == "symbol" and len(inner) == 1:
                return node
        if len(inner) == 1:
            inner[0].start, inner[0].end = start, end
            return inner[0]
        if font == "roman" and word.replace("_", "").replace("{", "").replace("}", "").lower() in ("dkl", "d_kl"):
            return Node("operator", "KL", start, end)
        return Node("group", "{}", start, end, (inner,))

    def word_in_font(self, word: str, font: str, start: int, end: int) -> Node:
        if len(word) > 1:
            found = names.WORDS.get(word.lower()) if font != "cal" else None
            if found == "Pr":
                return Node("symbol", "P", start, end)
            if found is not None:
                return Node("operator", found, start, end)
            return Node("text" if font == "text" else "symbol", word, start, end, font=font)
        if (font in ("double", "text") and word in "EVH") or (font in ("roman", "bold") and word in "EH"):
            return Node("operator", {"E": "E", "V": "Var", "H": "H"}[word], start, end)
        if font == "double" and word == "P":
            return Node("symbol", "P", start, end)
        return Node("symbol", word, start, end, font=font)

    def accent(self, command: str, token: Token, depth: int) -> Node:
        inner = self.argument(depth + 1)
        if len(inner) != 1 or inner[0].kind not in ("symbol", "operator"):
            raise self.fail(self.place - 1, "one letter below the accent")
        node = inner[0]
        node.kind, node.value = "symbol", f"{node.value}_{names.ACCENTS[command]}"
        node.start = token.start
        return node


def _names_divergence(found: Nodes, node: Node) -> bool:
    r"""Whether a bracket holds two distributions that are compared by a D without a name, `D(p \| q)`."""
    before = found[-1] if found else None
    if before is None or before.kind != "symbol" or before.value != "D" or before.sub is not None or before.primes:
        return False
    inside = node.parts[0] if node.kind == "group" and node.value in ("(", "[") else Nodes()
    signs = [one.value if one.kind == "sign" else "" for one in inside]
    return "||" in signs or ("|", "|") in pairwise(signs)


def _completes(found: Nodes, node: Node) -> bool:
    r"""Whether letters complete the name of an operator before them, as in `\mathbb{V}\mathrm{ar}`."""
    before = found[-1] if found else None
    if before is None or before.sub is not None or before.sup is not None or node.font not in ("roman", "text"):
        return False
    if node.value == "ar" and before.value == "Var":
        return True
    if node.value == "ov" and before.value == "C":
        before.kind, before.value = "operator", "Cov"
        return True
    return False


def _primes(node: Node) -> int:
    r"""How many primes a piece of a superscript is: f^\prime and f^{\prime\prime}."""
    if node.kind == "sign" and node.value == "'":
        return 1
    return node.primes if node.value == "{}" and node.parts == (Nodes(),) and not node.sub and not node.sup else 0


def _is_mark(script: Nodes) -> bool:
    """Whether a superscript is a star, a prime, words or a number in brackets, which belong to a name."""
    return all(node.kind in ("sign", "text", "group") or node.font in ("text", "roman") for node in script)

r"""What statements only tell: conditions on letters, cases that are looked at, names that are defined anew.

Nothing of it is judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from derivations.latex.blocks import Block
from derivations.latex.document import Step
from derivations.latex.heard import is_number, related
from derivations.latex.letters import Letters
from derivations.latex.meaning import Reader
from derivations.latex.naming import Name
from derivations.latex.nodes import Formula, Nodes, is_argument_list, is_binomial, pieces
from derivations.latex.profile import split_call
from derivations.latex.readings import Readings
from derivations.latex.scope import Case, Definition, Scope
from derivations.latex.settings import letters_of, name_of
from derivations.latex.sides import Side
from derivations.latex.statements import Statement
from derivations.latex.words import goes_on, plain_words
from derivations.term import App, Num, Var, at, summation

JUDGED: Final = frozenset({"=", "<", ">", "<=", ">=", "!=", ":=", "=:", "approx", "propto"})


class Telling(Readings):
    """Takes in what a statement tells of letters."""

    def random_variables(self, statement: Statement, task: str | None) -> None:
        r"""`X \sim q` and `X_1, ..., X_m \sim q`: another letter for the variable of the setting."""
        if not statement.first or not statement.links or statement.links[0].relation != "sim":
            return
        formula = self.parsed(statement.first).formula
        if formula is None or not formula.nodes or formula.nodes[0].kind != "symbol":
            return
        scope = self.scope(self.profile.setting(task) if task is not None else self.setting)
        letters = Letters(scope, self.source.text)
        name = letters.stem(formula.nodes[0])
        one = self.parsed(statement.links[0].tokens).formula
        self.foreign.discard(name)
        if one is not None and names_other_law(one.nodes, letters):
            self.foreign.add(name)
            return
        if name in self.is_known(scope) or not scope.setting.sample:
            return
        variable = Var(next(iter(scope.setting.variables)))
        if one is not None and one.nodes and is_binomial(one.nodes[0]):
            self.count(name, scope, one)
            return
        self.definitions[name] = Definition(name, ("i",), at(variable, Var("i")), indexed=True)
        self.definitions[f"{name}_"] = Definition(name, (), variable)

    def count(self, name: str, scope: Scope, law: Formula) -> None:
        r"""`S \sim \mathrm{Bin}(m, \beta)`: the number of ones in the sample has this distribution."""
        letters = Letters(scope, self.source.text)
        values = split_call(law.nodes[1].parts[0])[0] if len(law.nodes) == 2 and law.nodes[1].kind == "group" else []
        said = [letters.stem(part[0]) for part in values if len(part) == 1 and part[0].kind == "symbol"]
        if said != [scope.setting.sample, *scope.setting.parameters]:
            return
        draw = at(Var(next(iter(scope.setting.variables))), Var("i"))
        body = summation("i", App("range", (Num(1), Var(scope.setting.sample))), draw)
        self.definitions[name] = Definition(name, (), body)

    def take_case(self, sides: Sequence[Side], relations: Sequence[str]) -> bool:
        """Take in the case `$a = b = 1$` of several letters that are one number; what else it is, is for others."""
        rows = [side.formula.nodes if side.formula is not None else Nodes() for side in sides]
        alike = len(rows) > 1 and set(relations) == {"="} and is_number(rows[-1]) and all(map(is_letter, rows[:-1]))
        known = {"m", "n", *self.is_known(self.scope(self.setting))} - self.definitions.keys()
        several = len(rows) > 2 or self.setting.kind == "joint"  # of one letter that has a meaning, or more
        if not alike or not several or (len(rows) == 2 and name_of(rows[0][0], self.profile) not in known):
            return False
        if self.case is not None and self.case.used:
            return False
        scope = self.scope(self.setting)
        letters = Letters(scope, self.source.text)
        names = [letters.key(row[0]) for row in rows[:-1]]
        value = self.read_in(sides[-1], scope)
        if value is None:
            return False
        for name in names:
            self.begin_case(name)
        for name, side in zip(names, sides, strict=False):
            self.hear([side, sides[-1]], ["="])
            self.definitions[name] = Definition(name, (), value)
        return True

    def is_a_case(self, sides: Sequence[Side], said: str) -> bool:
        """Whether a definition in a sentence says which case is meant: `with a = 1/2`, `for a = b`, `iff q(z) = p(z)`.

        So does one of a letter, or of a distribution, that formulas before it use, unless words let it be so.
        """
        rows = [side.formula.nodes for side in sides if side.formula is not None]
        if len(rows) != 2:
            return False
        words, first = plain_words(said), rows[0][0]
        if is_number(rows[1]):
            return not lets(words)
        joined, name = goes_on(said), name_of(first, self.profile)  # what joins two formulas says the same of both
        case = _CASE.search(words) is not None or (joined and self.case is not None)
        alike = all(is_letter(row) and row[0].sup is None for row in rows)
        used = name in self.met and (len(rows[0]) == 1 or name in self.setting.densities)
        told = joined or lets(words) or _NAMING.search(words) is not None or self.supposing
        return (case and (used or (alike and not lets(words)))) or (used and not told)

    def begin_case(self, name: str) -> None:
        """Take a definition that follows as one of the case that is looked at."""
        before, others = (self.case.before, self.case.names) if self.case else (dict(self.definitions), frozenset())
        self.case = Case(others | {name}, before)

    def only_compares(self, sides: Sequence[Side], said: str) -> bool:
        """Whether `$a = b$` in a sentence is no definition: both letters were met before, and no words let a be b."""
        rows = [side.formula.nodes for side in sides if side.formula is not None]
        if len(rows) != 2 or not all(is_letter(row) and row[0].sup is None for row in rows) or lets(said):
            return False
        start = sides[0].tokens[0].start if sides[0].tokens else 0
        before = [match[0] for match in _NAMES.finditer(self.source.text[:start])]
        known = all(self.source.text[row[0].start : row[0].end].strip() in before for row in rows)
        words = plain_words(said)
        return known and _NAMING.search(words) is None and _CASE.search(words) is None

    def compare(self, sides: Sequence[Side]) -> None:
        """Remember that a sentence equates two letters: what follows may be said of the case in which they are one."""
        rows = [side.formula.nodes for side in sides if side.formula is not None]
        if len(rows) == 2 and all(is_letter(row) and row[0].sup is None for row in rows):
            one, other = (name_of(row[0], self.profile) for row in rows)
            if one != other:
                self.cases.alike[one] = other

    def perhaps_asked(self, step: Step) -> Step:
        r"""A step, which refutes nothing where its relation is a question, or a demand: `\overset{?}{=}`."""
        text, (start, end) = self.source.text, step.span
        asked = _ASKED.search(text[max(start - 60, 0) : start]) or _QUESTION.match(text[end : end + 20])
        return step if asked is None or step.excuse else replace(step, excuse="it is asked, not claimed")

    def is_recursive(self, name: Name, right: Formula, letters: Letters) -> bool:
        """Whether m_t is told by m_{t-1}, here or before: what follows from that for m is not taken in."""
        others = (node for node in pieces(right.nodes) if node.kind == "symbol")
        if name.indexed and any(node.sub is not None and letters.stem(node) == name.name for node in others):
            self.recursive.add(name.name)
            self.heard[name.name] = []
        return name.name in self.recursive

    def hear_nothing_of(self, side: Side) -> None:
        """Remember that a letter is defined by what is not taken in: nothing is refuted by its values."""
        letter = side.formula.nodes[0] if side.formula is not None and side.formula.nodes else None
        if letter is not None and letter.kind == "symbol":
            self.heard[Letters(self.scope(self.setting), self.source.text).stem(letter)] = []

    def relate(self, sides: Sequence[Side], relations: Sequence[str]) -> None:
        """Remember what a condition says of several letters together, or of more than a letter."""
        nodes = [side.formula.nodes for side in sides if side.formula is not None]
        scope = replace(self.scope(self.setting), numbers=self.calculated_with(nodes))
        if len(nodes) == len(sides):
            self.related += related(nodes, relations, Reader(scope, self.source.text).expression)

    def take_beside(self, statement: Statement, block: Block, said: str) -> None:
        """Remember the letters of `$a$, $b$ and $c > 0$` up to the relation, which is said of them all."""
        if not block.inline or not goes_on(said):
            self.beside = []
        if block.inline and not statement.links and statement.first:
            letter = self.parsed(statement.first)
            alone = letter.formula is not None and is_letter(letter.formula.nodes)
            self.beside = [*self.beside, letter] if alone else []

    def overhear(self, statement: Statement) -> None:
        """Take in a condition that stands behind the formula which it belongs to: `... for x > 0`."""
        if statement.first is None or not statement.links:
            return
        sides = [self.parsed(tokens) for tokens in (statement.first, *(link.tokens for link in statement.links))]
        relations = [link.relation for link in statement.links]
        rows = [side.formula.nodes if side.formula is not None else Nodes() for side in sides]
        is_limit = relations[0] in ("<", ">", "<=", ">=", "!=")
        if statement.form == "condition" or (is_limit and self.limits(rows, inline=False)):
            self.hear(sides, relations)

    def declares(self, sides: list[Side], relations: list[str], block: Block, said: str) -> bool:
        """Whether a statement only says what letters are: nothing to judge."""
        if not all(relation in JUDGED for relation in relations):
            return True
        nodes = [side.formula.nodes if side.formula is not None else Nodes() for side in sides]
        if any(_is_list(row) for row in nodes[1:]):
            return len(nodes[0]) == 1 or not block.inline
        if relations[0] in ("<", ">", "<=", ">=", "!=") and self.limits(nodes, inline=block.inline):
            return True
        if relations == ["="] and self.is_case(nodes):
            return True
        if relations == ["="] and block.inline and len(nodes[0]) == 1 and len(nodes[1]) == 1:
            known = self.scope(self.setting).is_symbol(name_of(nodes[0][0], self.profile))
            number = nodes[1][0].kind == "number" and nodes[0][0].kind == "symbol"
            return number and (known or not lets(said))
        return False

    def limits(self, nodes: list[Nodes], *, inline: bool) -> bool:
        """Whether an inequality is a condition on a letter, `0 < a < 1` or `k < m`, not a claim."""
        known = self.is_known(self.scope(self.setting)) | {"m", "n"}
        if len(nodes) == 2:
            one, other = ({*letters_of(Formula(row), self.profile)} for row in nodes)
            if one & other:
                return False  # x^2 <= x compares
            if any(is_letter(row) and name_of(row[0], self.profile) in known for row in nodes):
                return True
        if len(nodes) == 3 and _is_number(nodes[0]) and _is_number(nodes[2]) and is_letter(nodes[1]):
            tasks = (one for one in self.profile.settings if one.kind != "joint")
            own = {name for one in tasks for name in one.parameters}  # of which something is given
            return inline or name_of(nodes[1][0], self.profile) not in {*self.definitions, *own}  # 0 < p < 1
        if not inline:
            return False
        if len(nodes) == 2 and any(_limited(one) and _is_number(other) for one, other in (nodes, nodes[::-1])):
            return True
        middle = nodes[1] if len(nodes) > 2 else nodes[0]
        if is_letter(middle) or (len(nodes) == 2 and is_letter(nodes[1])):
            return True
        said = {name for row in nodes for name in letters_of(Formula(row), self.profile)}
        if any(node.kind in ("operator", "frac") for row in nodes for node in row):
            return False
        return len(nodes) == 2 and bool(said - known - {"d", "e"}) and any(_is_number(row) for row in nodes)

    def is_case(self, nodes: list[Nodes]) -> bool:
        """`z = 0` for a variable of the setting: a case that is looked at."""
        left, right = nodes
        if len(left) != 1 or len(right) != 1 or left[0].kind != "symbol" or right[0].kind != "number":
            return False
        return left[0].sup is None and name_of(left[0], self.profile) in self.setting.variables

    def is_function_defined(self, left: Nodes, letters: Letters) -> bool:
        """Whether a left side is `g(x)` for a function g that was defined, which may be another one now."""
        plain = len(left) == 2 and left[0].kind == "symbol" and not left[0].primes and is_argument_list(left[1])
        known = self.definitions.get(letters.key(left[0])) if plain and left[1].sup is None else None
        return known is not None and bool(known.parameters) and not known.indexed

    def is_another_function(self, left: Nodes, right: Formula, letters: Letters) -> bool:
        """Whether `f(z) = z^2` tells a function where f may be the distribution, which has parameters."""
        setting = letters.scope.setting
        plain = len(left) == 2 and left[0].kind == "symbol" and is_argument_list(left[1]) and left[1].sup is None
        name = letters.stem(left[0]) if plain else ""
        if not setting.parameters or name not in self.profile.callables or not letters.scope.laws_of(name):
            return False
        arguments = [node.kind == "symbol" for node in left[1].parts[0] if node.value != ","]
        tied = {*setting.parameters, *(one.new for one in letters.scope.changes)}
        laws = {letter for law in letters.scope.laws for letter in law.letters}
        return all(arguments) and not letters_of(right, self.profile) & (tied | laws)

    def has_other_arguments(self, left: Nodes, letters: Letters) -> bool:
        """Whether it is `f(x; a)` for a function f(x; s) that was defined."""
        known = self.definitions.get(letters.key(left[0])) if self.is_function_defined(left, letters) else None
        said = {letters.key(node) for node in left[1].parts[0] if node.kind == "symbol"} if known else set()
        return known is not None and said != set(known.parameters) and len(left[1].parts[0]) > 1


def names_other_law(nodes: Nodes, letters: Letters) -> bool:
    r"""Whether `\mathcal{N}(0, 1)` names a law that no setting has: not q(z), no Bernoulli and no binomial law."""
    place = next((k for k, node in enumerate(nodes) if node.kind not in ("symbol", "operator", "text")), len(nodes))
    word = "".join(node.value for node in nodes[:place])
    if not 0 < place < len(nodes) or word.lower().startswith("b"):
        return False
    return nodes[0].kind != "symbol" or place > 1 or not letters.scope.laws_of(letters.stem(nodes[0]))


def perhaps_told(step: Step, *, anew: bool) -> Step:
    r"""A step of a sentence, which refutes nothing where it may say what a known letter is: `with $p = \sigma(a)$`.

    Nor does one that may define a function anew.
    """
    if step.lhs is None or step.rhs is None or step.relation != "=" or step.excuse:
        return step
    alone = isinstance(step.lhs, Var) and not step.lhs.free_vars & step.rhs.free_vars
    said = step.lhs if alone else step.lhs_latex
    anew = anew or _LETTER_ALONE.fullmatch(step.lhs_latex) is not None
    return replace(step, excuse=f"definition missing: it may say what {said} is") if alone or anew else step


def _is_list(nodes: Nodes) -> bool:
    """Whether a row is a list, `0, 1` or `1, \\dots, n`; dots between plus signs are a sum."""
    signs = {node.value for node in nodes if node.kind == "sign"}
    return "," in signs or ("..." in signs and "+" not in signs)


def is_letter(nodes: Nodes) -> bool:
    """Whether a row is one letter."""
    return len(nodes) == 1 and nodes[0].kind == "symbol"


def _limited(nodes: Nodes) -> bool:
    """Whether a row is letters, or the absolute value of one, of which a number is a bound."""
    size = len(nodes) == 3 and nodes[0].value == nodes[2].value == "|"
    return _are_letters(Nodes(nodes[1:2]) if size else nodes)


def _are_letters(nodes: Nodes) -> bool:
    """Whether a row lists letters, `a, b`."""
    return bool(nodes) and all(node.kind == "symbol" or node.value == "," for node in nodes)


def _is_number(nodes: Nodes) -> bool:
    return len(nodes) == 1 and nodes[0].kind == "number"


_ASKED: Final = re.compile(
    r"\\(?:overset|stackrel)\s*\{?\s*(?:\\(?:text|mathrm)\s*\{)?\s*[?!]+[\s}]*\{?\s*[^{}\s]{1,6}\s*\}?[\s&]*$"
)
_QUESTION: Final = re.compile(r"\s*(?:\$|\\\))\s*\?")
_LETTER_ALONE: Final = re.compile(
    r"\\?[A-Za-z]+(?:_(?:\w|\\[A-Za-z]+|\{[^{}]*\}))?"
)  # also one that was read as a function, `for $f = s$`
# "Let a = 1/2" says what a is; "at a = 1/2", "fails for a = 1/2", "the boundary a = 0" say which case is meant.
_LETS: Final = re.compile(
    r"\b(?:let|set|put|define|denote|write|choose|take|fix|sei(?:en)?|setze|setzen|definiere|wähle|nechť|označme|položme|buď"
    r"|soit|soient|posons|prenons|sea|sean|tomemos|pongamos|sia|siano|poniamo|prendiamo|seja|sejam|niech|laat)"
    r"\b[^.$]*$",
    re.IGNORECASE,
)


_CASE: Final = re.compile(
    r"\b(?:for|iff?|when|case|at|equality|unless|falls|wenn|für|bei|genau dann|gleichheit|pour|si|lorsque|pro|pokud"
    r"|když|para|cuando|caso|cas|per|quando|se|dla|gdy|jeśli|voor|als)\b[^.$]*$",
    re.IGNORECASE,
)
_NAMES: Final = re.compile(r"\\[A-Za-z]+|(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
_NAMING: Final = re.compile(
    r"\b(?:where|with|wobei|mit|kde|où|avec|donde|con|dove|onde|com|gdzie|waar|that is|i\.e\.)\b[^.$]*$",
    re.IGNORECASE,
)
# "For g(x) = x^2", "if instead g(x) = x^2" and "now let" say what a letter means from here on.
_ANEW: Final = re.compile(
    r"\b(?:let|set|put|define|denote|choose|choosing|take|taking|consider|now|instead|for|with|if|when|sei(?:en)?|setze|wähle"
    r"|für|mit|nun|jetzt|pour|avec|soit|posons|pro|nechť|položme|nyní|para|sea|con|ahora|per|sia|ora|seja|com|dla|niech)\b[^.$]*$",
    re.IGNORECASE,
)


def lets(said: str) -> bool:
    """Whether words before a formula say what a letter is from here on."""
    return _LETS.search(plain_words(said)) is not None


def tells_anew(said: str) -> bool:
    """Whether words before a formula may give a letter another meaning."""
    return _ANEW.search(plain_words(said)) is not None

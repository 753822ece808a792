r"""Notation to terms: sums, products, powers, and how far an operator without brackets reaches.

The reach of `\log`, `\nabla` and `d/dx` is not always said by the notation. The reader takes the reading that
mathematicians take, and the other one where the scope is told to be `wide`; the caller compares the two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from derivations.errors import NotationError, TooLong
from derivations.latex.components import Components, indicates
from derivations.latex.divergences import Divergences
from derivations.latex.functions import CIRCULAR, Functions, of_degree
from derivations.latex.letters import Cursor
from derivations.latex.nodes import (
    Formula,
    Node,
    Nodes,
    are_numbers,
    is_argument_list,
    is_proper,
    subscripts,
    with_subscript,
    without_plus,
)
from derivations.latex.primes import Primes
from derivations.latex.random import realised
from derivations.latex.scope import Scope
from derivations.latex.vectors import Vectors
from derivations.term import (
    App,
    Num,
    Term,
    Var,
    add,
    bind,
    children,
    div,
    fresh_name,
    mul,
    neg,
    sub,
    subterms,
)

_HEIGHT: Final = 150
_PARENS: Final = frozenset({"(", "[", "{"})
_BINDING: Final = {"E": "E", "V": "Var", "D": "Var", "H": "H"}
_FUNCTIONS: Final = frozenset({"exp", "sigmoid", "logit", "softplus", "sqrt"})
_OPTIMA: Final = frozenset({"max", "min", "sup", "inf", "arg", "argmax", "argmin"})
_ENDS: Final = frozenset({"+", "-", "pm", ",", ";", "||", "=", ":", "...", "<", ">", "forall", "\\"})


def term_of(formula: Formula, scope: Scope, source: str) -> tuple[Term, list[str]]:
    """The term of a formula in a scope, and the notes of what was supplied.

    Raises: NotationError at the piece that is not understood.
    """
    reader = Reader(scope, source)
    try:
        term = reader.expression(formula.nodes)
        reader.demand_primes_read(formula.nodes)
        if _height(term) > _HEIGHT:
            raise TooLong(source, formula.nodes[0].start, f"a term of at most {_HEIGHT} levels")
        if not scope.is_symbol("i") and _has_imaginary_exponent(term):
            raise NotationError(source, formula.nodes[0].start, "a real exponent; i may be the imaginary unit there")
    except RecursionError as error:
        raise TooLong(source, formula.nodes[0].start, "a formula that is less deeply nested") from error
    except ValueError as error:
        if isinstance(error, NotationError):
            raise
        raise NotationError(source, formula.nodes[0].start, f"another number of arguments ({error})") from error
    return realised(scope.closed(term), scope.random), [*formula.notes, *reader.notes]


def _has_imaginary_exponent(term: Term) -> bool:
    """Whether an exponential is taken of i times something, where nothing says that i is an index."""
    if "i" not in term.free_vars or "exp" not in term.heads:
        return False
    return any(
        isinstance(part, App) and part.head == "exp" and "i" in _factors(part.args[0]) for part in subterms(term)
    )


def _factors(term: Term) -> set[str]:
    """The letters that are factors of the terms of a sum."""
    if isinstance(term, Var):
        return {term.name}
    inside = isinstance(term, App) and term.head in ("+", "-", "*", "/", "neg")
    return set().union(*map(_factors, children(term))) if inside else set()


def _height(term: Term) -> int:
    """The number of levels of a term, found without recursion."""
    height, level = 0, [term]
    while level:
        height += 1
        if height > _HEIGHT:
            break
        level = [child for one in level for child in children(one)]
    return height


class Reader(Divergences, Functions, Components, Vectors, Primes):
    """Reads a row of pieces by recursive descent: sum, product, factor."""

    def expression(self, nodes: Nodes) -> Term:
        """The term of a whole row of pieces; in a bracket it stands by itself, whatever is summed over around."""
        cursor = Cursor(nodes)
        if not nodes:
            raise self.fail(None, "a formula")
        around, self.indices_around = self.indices_around, ()
        try:
            term = self.sum(cursor)
        finally:
            self.indices_around = around
        if cursor.peek() is not None:
            raise self.fail(cursor.peek(), "the end of the formula or an operator")
        return term

    def sum(self, cursor: Cursor) -> Term:
        """Terms joined by + and -, with `t_1 + \\dots + t_n` read as the sum that it means."""
        term = self.signed(cursor)
        terms = [term]
        while cursor.at_sign("+", "-", "|"):
            sign = cursor.next()
            if sign is not None and sign.value == "|":  # read widely: t_1 + t_2 |_{x = a} is the whole sum at a point
                term = self.at_point(term, sign)
                terms = [term]
                continue
            if cursor.at_sign("...") and sign is not None and sign.value == "+":
                term = self.ellipsis(cursor, terms)
                terms = [term]
                continue
            following = self.product(cursor)
            terms.append(following)
            term = add(term, following) if sign is not None and sign.value == "+" else sub(term, following)
        return term

    def signed(self, cursor: Cursor) -> Term:
        """A product with the sign before it."""
        if cursor.at_sign("-"):
            cursor.next()
            return neg(self.signed_product(cursor))
        if cursor.at_sign("+"):
            cursor.next()
        return self.product(cursor)

    def signed_product(self, cursor: Cursor) -> Term:
        """A product behind a minus sign."""
        if cursor.at_sign("-"):
            cursor.next()
            return neg(self.signed_product(cursor))
        return self.product(cursor)

    def ellipsis(self, cursor: Cursor, before: list[Term]) -> Term:
        """`t_1 + t_2 + \\dots + t_n`: the sum over 1..n, if the first terms are what the last one says."""
        dots = cursor.next()
        if not cursor.at_sign("+"):
            raise self.fail(dots, "a last term behind the dots")
        cursor.next()
        start = cursor.place
        self.product(cursor)
        last = Nodes(cursor.nodes[start : cursor.place])
        for size in subscripts(last):
            name = fresh_name("i", set(self.scope.bound) | {self.text(one) for one in size})
            general = with_subscript(last, size, Nodes([Node("symbol", name, last[0].start, last[0].end)]))
            high = self.expression(size)
            domain = App("range", (Num(1), high))
            with self.scope.binding(name, domain):
                body = self.expression(general)
            numbers = [Nodes([Node("number", str(k), last[0].start, last[0].end)]) for k in range(1, len(before) + 1)]
            if [self.expression(with_subscript(last, size, number)) for number in numbers] == before:
                return bind("sum", name, domain, body)
        raise self.fail(dots, "terms that differ in their index only")

    # ------------------------------------------------------------ products

    def product(self, cursor: Cursor, index: str = "") -> Term:
        """Factors side by side or joined by signs, up to a + or -, or to what is free of the index."""
        term = self.factor(cursor)
        while (node := cursor.peek()) is not None:
            if index and index in term.free_vars and self.is_free_of(index, cursor):
                break
            if node.kind == "sign" and node.value in ("*", "dot"):
                cursor.next()
                term = mul(term, self.signed_factor(cursor))
            elif node.kind == "sign" and node.value == "/":
                cursor.next()
                term = div(term, self.divisor(cursor))
            elif node.kind == "sign" and node.value == "|" and node.sub:
                if (self.scope.wide or self.indices_around) and not self.is_at_index(node.sub):
                    break  # \sum_k x^k |_{x = 1}: the whole sum at a point
                cursor.next()
                term = self.at_point(term, node)
            elif not self.begins_factor(node, cursor):
                break
            elif are_numbers(cursor.nodes[cursor.place - 1], node, self.source):
                raise self.fail(node, "a sign between two numbers")
            else:
                term = mul(term, self.factor(cursor))
        return term

    def is_at_index(self, below: Nodes) -> bool:
        """Whether a point depends on a variable that is summed over."""
        return any(node.kind == "symbol" and self.stem(node) in self.indices_around for node in below)

    def is_free_of(self, index: str, cursor: Cursor) -> bool:
        """Whether the next factor does not mention an index, so that it stands outside the product over it."""
        start = cursor.place
        if cursor.at_sign("*", "dot", "/"):
            cursor.next()
        node = cursor.peek()
        if node is None or not self.begins_factor(node, cursor):
            cursor.place = start
            return False
        following = self.factor(cursor)
        cursor.place = start
        return index not in following.free_vars

    def signed_factor(self, cursor: Cursor) -> Term:
        """A factor behind a sign of multiplication, perhaps negative."""
        if cursor.at_sign("-"):
            cursor.next()
            return neg(self.factor(cursor))
        return self.factor(cursor)

    def divisor(self, cursor: Cursor) -> Term:
        """What stands behind a slash: one factor, or, read widely, all letters that stand close to it."""
        term = self.factor(cursor)
        while self.scope.wide and (node := cursor.peek()) is not None and node.kind == "symbol" and not node.gap:
            term = mul(term, self.factor(cursor))
        return term

    def begins_factor(self, node: Node, cursor: Cursor) -> bool:
        """Whether a piece is a factor, and not the end of the product."""
        if node.kind == "sign":
            if node.value == "|":
                return self.closing_bar(cursor) is not None
            return node.value not in _ENDS
        if node.kind == "text":
            raise self.fail(node, "a formula, not words")
        return True

    # ------------------------------------------------------------ factors

    def factor(self, cursor: Cursor) -> Term:
        """One factor with its scripts: a letter, a call, a bracket, a fraction, an operator with its operand."""
        node = cursor.peek()
        if node is None:
            raise self.fail(cursor.nodes[-1] if cursor.nodes else None, "something behind this sign")
        found = self.differential(cursor)
        if found is None:
            cursor.next()
            found = self.one_factor(node, cursor)
        while cursor.at_sign("!"):
            mark = cursor.next() or node
            if cursor.at_sign("!"):
                raise self.fail(mark, "one exclamation mark; double factorials are not read")
            found = self.raised(App("factorial", (found,)), mark)
        return found

    def one_factor(self, node: Node, cursor: Cursor) -> Term:
        """The factor that begins with a piece, which is passed already."""
        if indicates(node) and not self.informs(cursor) and (shown := self.indicated(node, cursor)) is not None:
            return shown
        if node.sub and node.kind in ("number", "frac", "binom", "root", "cases"):
            raise self.fail(node.sub[0], "no subscript here")
        match node.kind:
            case "number":
                value, part = self.numeral(node), cursor.peek()
                if self.scope.wide and part is not None and is_proper(node, part):  # 3\tfrac12 as a mixed number
                    cursor.next()
                    return add(value, self.one_factor(part, cursor))
                return self.raised(value, node)
            case "symbol":
                return self.symbol_or_call(node, cursor)
            case "operator":
                return self.operator(node, cursor)
            case "group":
                return self.group(node)
            case "frac":
                return self.raised(div(self.expression(node.parts[0]), self.expression(node.parts[1])), node)
            case "binom":
                return self.raised(App("binom", (self.expression(node.parts[0]), self.expression(node.parts[1]))), node)
            case "root":
                return self.raised(self.root(node), node)
            case "cases":
                return self.raised(self.by_cases(node), node)
            case "text" if name := self.words_as_name(node, cursor):
                return Var(name)
            case "sign":
                return self.sign(node, cursor)
        raise self.fail(node, "a formula, not words")

    def indicated(self, node: Node, cursor: Cursor) -> Term | None:
        """The indicator whose sign is passed already, with what stands below it or in the bracket behind."""
        if node.sub:
            inside = node.sub[0].parts[0] if len(node.sub) == 1 and node.sub[0].kind == "group" else node.sub
            return self.indicator(inside, node)
        group = cursor.peek()
        if group is None or group.kind != "group" or group.value not in _PARENS:
            return None
        cursor.next()
        return self.scripted_group(self.indicator(group.parts[0], node), group)

    def optimum(self, node: Node, cursor: Cursor) -> Term:
        r"""`\max_\theta F`, `\arg\max_\theta F`: a number that depends on F alone; what it is, is not looked at."""
        head, below = node.value, node.sub
        following = cursor.peek()
        if head == "arg" and following is not None and following.kind == "operator" and following.value in _OPTIMA:
            cursor.next()
            head, below = f"arg{following.value}", below or following.sub
        group = cursor.peek()
        if below is None and group is not None and any(one.value == "," for part in group.parts for one in part):
            raise self.fail(node, f"another operator than {node.value}")
        name = "".join(sign if sign.isalnum() else "_" for sign in self.text_of(below or Nodes())).strip("_")
        return App(f"{head}_{name}_optimum", (self.sum(cursor),))

    def words_as_name(self, node: Node, cursor: Cursor) -> str:
        r"""The name that words are which stand alone, as in `(\text{evidence}) = \log p(x)`; empty for other words."""
        words = node.value.split()
        if len(cursor.nodes) > 1 or not words or not all(word.isalpha() for word in words) or len(words) > 4:
            return ""
        self.note("words are read as a name")
        return "_".join(words).lower()

    def root(self, node: Node) -> Term:
        """A square root, or a power for another degree."""
        radicand, degree = node.parts
        if degree:
            return of_degree(self.expression(radicand), self.expression(degree))
        return App("sqrt", (self.expression(radicand),))

    def sign(self, node: Node, cursor: Cursor) -> Term:
        """A factor that begins with a sign: a bar, infinity, a minus."""
        if node.value == "oo":
            return App("oo")
        if node.value == "|":
            return self.bar(node, cursor)
        if node.value == "-":
            return neg(self.factor(cursor))
        if node.value == "...":
            raise self.fail(node, "a formula without dots")
        raise self.fail(node, "a formula")

    def symbol_or_call(self, node: Node, cursor: Cursor) -> Term:
        """A letter, a call, or an operator that is typed as a letter."""
        product = self.scalar_product(node, cursor)
        if product is not None:
            return product
        if (energy := self.energy(node, cursor)) is not None:
            return energy
        if self.is_operator_letter(node, cursor):
            self.demand_no_prime(node)
            return self.operator(Node("operator", _operator_name(node), node.start, node.end, sub=_own_sub(node),
                                      sup=node.sup), cursor)  # fmt: skip
        if self.is_kronecker(node):
            self.demand_no_prime(node)
            return self.raised(App("delta", self.indices(node.sub or Nodes())), node)
        following = cursor.peek()
        if node.value == "I" and self.scope.random and following is not None and following.kind == "group":
            cursor.next()
            return self.scripted_group(self.random_information("I", following), following)
        if following is not None and following.kind == "group" and following.value in _PARENS:
            called = self.index_above(node)
            found = self.derivative_above(node, following) or self.call(called, following)
            if found is not None:
                cursor.next()
                return self.raised(self.power_of_function(found, called), following)
        return self.symbol(node)

    def is_operator_letter(self, node: Node, cursor: Cursor) -> bool:
        """E, V, H, D_KL typed as plain letters, where brackets or a distribution follow."""
        if node.value == "D" and node.sub is not None and self.text_of(node.sub).upper().startswith("KL"):
            return True
        if node.value not in _BINDING:
            return False
        following = cursor.peek()
        if {node.value, self.plain_key(node)} & {*self.scope.symbols, *self.scope.definitions}:
            return False
        bracket = following is not None and following.kind == "group" and following.value in _PARENS
        if node.value == "V" and following is not None and self.is_value_function(node, following):
            return False
        number = following is not None and (node.value in self.scope.functions or not is_argument_list(following))
        if node.sub and node.value == "V" and number and not self.scope.random and not self.law_below_or_none(node):
            return False  # V_f (1 - c), a number, and V_k(s), a function
        bare = node.value == "E" and node.sup is None and following is not None and following.kind == "symbol"
        if bare and following is not None and self.stem(following) in self.scope.setting.variables:
            return True
        if node.value == "E":
            return bracket or (node.sub is not None and self.law_below_or_none(node) is not None)
        if node.value == "D":
            return bracket and following is not None and following.value == "["
        return bracket

    def text_of(self, nodes: Nodes) -> str:
        """The letters of some pieces."""
        return "".join(self.text(node) for node in nodes)

    def group(self, node: Node) -> Term:
        """A bracket used for grouping, an evaluation at a point, an absolute value, an average."""
        if node.value == "|":
            return self.closed(self.between_bars(node.parts[0]), node)
        if node.value == ".":
            return self.evaluated(node)
        if node.value == "<":
            return self.moment_of("E", None if node.sub is None else self.law_below(node.sub, node),
                                  [self.expression(node.parts[0])], node)  # fmt: skip
        if node.value not in (*_PARENS, "{}"):
            raise self.fail(node, "another bracket")
        inside = node.parts[0]
        letter = inside[0] if node.value == "{}" and node.sub and len(inside) == 1 else None
        if letter is not None and letter.kind == "symbol" and letter.sub is None and letter.sup is None:
            return self.symbol(replace(letter, sub=node.sub, sup=node.sup))  # {x}_1 is x_1
        term = self.expression(inside)
        if self.has_point(node) or (node.value == "[" and self.has_ends(node)):
            return self.at_point(term, node)
        if (bare := without_plus(node)) is not None and node.value in _PARENS:
            return self.raised(App("max", (term, Num(0))), bare)
        if node.sub:
            for index in self.indices(node.sub):
                term = App("at", (term, index))
        return self.raised(term, node)

    # ------------------------------------------------------------ operators

    def operator(self, node: Node, cursor: Cursor) -> Term:
        """An operator with what it acts upon."""
        value = node.value
        if node.primes:
            return self.primed_operator(node, cursor)
        if value in ("sum", "prod"):
            return self.big_operator(node, cursor)
        if value in ("int", "iint", "iiint"):
            return self.integral(node, cursor)
        if value in ("log", "lg", "lb"):
            return self.logarithm(node, cursor)
        if value in _FUNCTIONS:
            return self.applied(node, cursor)
        if value in CIRCULAR:
            return self.circular(node, cursor)
        if value in ("max", "min") and node.sub is None:
            return self.extreme(node, cursor)
        if value in ("E", "Var", "Cov"):
            term = self.moment(value, node, cursor)
            return term if node.sup is None else self.raised(term, node)
        if value in ("KL", "H", "CE"):
            term = self.divergence(node, cursor) if value == "KL" else self.entropy(node, cursor)
            return div(term, App("log", (Num(self.scope.base),))) if self.scope.base else term
        if value == "softmax" and (group := cursor.peek()) is not None and group.kind == "group":
            cursor.next()
            return self.scripted_group(self.softmax(node, group), group)
        if value == "lim":
            return self.limit(node, cursor)
        if value in _OPTIMA and cursor.peek() is not None:
            return self.optimum(node, cursor)
        if value == "Bern":
            law = self.law_of(Nodes([node, *cursor.nodes[cursor.place : cursor.place + 1]]))
            if law is not None:
                cursor.next()
                return law.pmf
        raise self.fail(node, f"another operator than {value}")


def _operator_name(node: Node) -> str:
    return "KL" if node.value == "D" and node.sub is not None else _BINDING[node.value]


def _own_sub(node: Node) -> Nodes | None:
    return None if node.value == "D" else node.sub

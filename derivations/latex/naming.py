r"""The shapes of definitions: `X = ...`, `X_i = ...`, `G(z) = ...` for letters that nothing has explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from derivations.latex.laws import listed
from derivations.latex.letters import Letters
from derivations.latex.nodes import Node, Nodes
from derivations.latex.scope import ChangeOfVariable, Scope, change_of_variable
from derivations.term import App, Num, Term, Var

_OPERATORS: Final = frozenset({"E", "V", "H", "I", "D", "d", "e"})
_DENSITIES: Final = frozenset({"p", "q", "P", "Q"})
_INFORMATION: Final = frozenset({"H", "D"})


@dataclass(frozen=True)
class Name:
    """A name with its parameters: arguments in brackets, or indices."""

    name: str
    written: str
    parameters: tuple[str, ...] = ()
    indexed: bool = False


@dataclass(frozen=True)
class Named:
    """What a first step defines: a name, or None for what is learnt elsewhere.

    `replaces` says that the left side is the name itself, which is not read as a formula.
    """

    name: Name | None
    replaces: bool = True
    place: int = 0


def named(nodes: Nodes, letters: Letters, known: frozenset[str], *, surely: bool = False) -> Named | None:
    """The name that a left side introduces, None if it introduces none."""
    if not nodes or nodes[0].kind not in ("symbol", "operator"):
        return None
    node = letters.index_above(nodes[0])
    written = letters.source[node.start : nodes[-1].end].strip()
    if len(nodes) == 1 and node.kind == "symbol" and _is_square(node):
        key = letters.raised_key(node)
        taken = letters.key(node) in known and letters.key(node) != "sigma"
        return None if taken or key in known else Named(Name(key, written))
    if len(nodes) == 1 and node.kind == "symbol" and node.sup is None:
        return _bare(node, letters, known, written, surely=surely)
    if len(nodes) == 2 and node.kind == "symbol" and nodes[1].kind == "group" and nodes[1].sup is None:
        return _function(node, nodes[1], letters, known, written, surely=surely)
    return None


def _is_square(node: Node) -> bool:
    """`\\sigma^2`, which names a variance as a whole."""
    return node.sup is not None and len(node.sup) == 1 and (node.sup[0].kind, node.sup[0].value) == ("number", "2")


def same_operator(left: Nodes, right: Nodes, letters: Letters, known: frozenset[str]) -> tuple[Name, Nodes] | None:
    """`V[X] = V[z / beta]`: what the unexplained X is, and the pieces that it stands for."""
    if len(left) != 2 or len(right) != 2 or left[1].kind != "group" or right[1].kind != "group":
        return None
    one, other = left[0], right[0]
    if (one.kind, one.value) != (other.kind, other.value) or one.value not in ("E", "V", "Var"):
        return None
    inside = left[1].parts[0]
    found = named(inside, letters, known)
    if found is None or found.name is None or found.name.parameters or any(node.sup for node in inside):
        return None
    return found.name, right[1].parts[0]


def _bare(node: Node, letters: Letters, known: frozenset[str], written: str, *, surely: bool) -> Named | None:
    stem, key = letters.stem(node), letters.key(node)
    if node.sub is not None and letters.is_component(node):
        names = [letters.stem(part) for part in node.sub if part.kind == "symbol"]
        if stem in known and not surely:
            return None
        return Named(Name(stem, written, tuple(names), indexed=True))
    if key in known and not surely:
        return None
    if stem in known and node.sub is not None and stem in ("q", "p"):
        return None
    return Named(Name(key, written))


def _function(
    node: Node, group: Node, letters: Letters, known: frozenset[str], written: str, *, surely: bool
) -> Named | None:
    name = letters.key(node)
    if node.primes:
        return None
    arguments = listed(group.parts[0])
    if any(len(part) == 1 and part[0].value == "..." for part in arguments):  # of a sample, g(z_1, ..., z_m)
        variables = letters.scope.setting.variables
        sample = all(
            part[0].kind == "symbol" and letters.stem(part[0]) in variables for part in (arguments[0], arguments[-1])
        )
        return Named(Name(name, written)) if sample else None
    if not all(len(argument) == 1 and argument[0].kind == "symbol" for argument in arguments):
        return None
    if letters.stem(node) in _OPERATORS and group.value == "[":  # E_q[z] = m
        return None
    if name in _OPERATORS and (group.value == "[" or all(argument[0].value.isupper() for argument in arguments)):
        return None
    if name in _INFORMATION and all(letters.stem(argument[0]) in _DENSITIES for argument in arguments):
        return None
    parameter = (
        letters.scope.is_function(name) and not letters.is_component(node) and name not in letters.scope.definitions
    )
    if name in known and not surely and not parameter:
        return Named(None) if name == "sigma" else None
    if letters.scope.laws_of(letters.stem(node)) and not surely:
        return None
    parameters = tuple(letters.key(argument[0]) for argument in arguments)
    if len(set(parameters)) != len(parameters) or ("e" in parameters and not letters.scope.is_symbol("e")):
        return None  # g(e) = e is a value of g
    return Named(Name(name, written, parameters))


def change_made(name: str, term: Term, scope: Scope) -> ChangeOfVariable | None:
    """The change of variable in `beta = sigmoid(phi)` or `phi = log(beta / (1 - beta))`, None if there is none."""
    parameters = scope.setting.parameters
    logit = _as_logit(term)
    if logit is not None and logit in parameters and name not in parameters:
        return ChangeOfVariable(logit, name, "sigmoid")
    found = change_of_variable(name, _as_sigmoid(term))
    if found is None:
        return None
    if found.old in parameters and found.new not in parameters:
        return found
    if found.new in parameters and found.old not in parameters:
        inverse = {"sigmoid": "logit", "logit": "sigmoid", "exp": "log", "log": "exp"}[found.head]
        return ChangeOfVariable(found.new, found.old, inverse)
    return None


def is_reparametrisation(term: Term) -> bool:
    """Whether a term is the logistic function, the log-odds, the exponential or the logarithm of one letter."""
    return _as_logit(term) is not None or change_of_variable("", _as_sigmoid(term)) is not None


def _as_logit(term: Term) -> str | None:
    match term:
        case App("log", (App("/", (Var(one), App("-", (Num(1), Var(other))))),)) if one == other:
            return one
        case App("-", (App("log", (Var(one),)), App("log", (App("-", (Num(1), Var(other))),)))) if one == other:
            return one
        case App("logit", (Var(one),)):
            return one
    return None


def _as_sigmoid(term: Term) -> Term:
    """1 / (1 + exp(-x)) and exp(x) / (1 + exp(x)) are sigmoid(x)."""
    match term:
        case App("/", (Num(1), App("+", (Num(1), App("exp", (App("neg", (Var(name),)),)))))):
            return App("sigmoid", (Var(name),))
        case App("/", (App("exp", (Var(name),)), App("+", (Num(1), App("exp", (Var(other),)))))) if name == other:
            return App("sigmoid", (Var(name),))
    return term

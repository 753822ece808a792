"""The rows that are computations, as tactics: equality of rational functions, modulo z^2 = z, modulo roots."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.certificate.conditions import Conditions
from derivations.certificate.context import Context
from derivations.certificate.sorts import Uncertified
from derivations.conditions import holds
from derivations.polynomial import Field, root_of
from derivations.term import App, Bind, Num, Term, subterms


def computed(rule: str, term: Term, result: Term, conditions: Conditions, context: Context) -> list[str]:
    """Tactics that prove `term = result`, one a line. Raises Uncertified."""
    bits = (lambda atom: holds(App("in", (atom, App("bits"))), context.given)) if rule != "algebra" else None
    numbers = Field(bits, roots=rule == "root-algebra")
    numbers.equal(term, result)  # Coq is the judge; what is wanted here is what was divided by
    names = context.text.names
    lines = [*dict.fromkeys(_exponents(App("=", (term, result)), context))]
    words = []
    for denominator in dict.fromkeys(numbers.denominators):
        words.append(names.fresh("N"))
        condition = App("!=", (denominator, Num(0)))
        lines.append(
            f"assert ({words[-1]} : {context.text.proposition(condition)}) by ({conditions.proof(condition, context)})."
        )
    lines += _finish(numbers, rule, words, conditions, context)
    for word in words:
        names.release(word)
    return lines


def _finish(numbers: Field, rule: str, words: list[str], conditions: Conditions, context: Context) -> list[str]:
    text = context.text
    bits = [
        atom for atom in numbers.atoms if rule != "algebra" and holds(App("in", (atom, App("bits"))), context.given)
    ]
    roots = [(atom, root) for atom in numbers.atoms if rule == "root-algebra" and (root := root_of(atom)) is not None]
    if numbers.used_bits and bits:
        cases = []
        with text.names.lent("E") as e:
            for bit in bits:
                inside = conditions.proof(App("in", (bit, App("bits"))), context)
                cases.append(
                    f"destruct (bits_cases {text.term(bit, 9)} ltac:({inside})) as [{e} | {e}]; rewrite ?{e}; clear {e}"
                )
        back = f"revert {' '.join(words)}; " if words else ""
        return [f"{back}{'; '.join(cases)}; intros; algebra."]
    if roots:
        words = [text.names.fresh("root") for _ in roots]
        known = [
            f"assert ({word} := {_power_of(atom, condition, conditions, context)})."
            for word, (atom, (_, _, condition)) in zip(words, roots, strict=True)
        ]
        for word in words:
            text.names.release(word)
        laws = " ".join(words)
        return [*known, f"powers; factors; first [ ring [{laws}] | field [{laws}]; divisors ]."]
    return ["algebra."]


def _power_of(atom: Term, condition: Term, conditions: Conditions, context: Context) -> str:
    """A proof that a root to its power is what it is the root of."""
    text = context.text
    if not isinstance(atom, App):
        raise Uncertified(f"algebra with the root {atom}")
    base = text.term(atom.args[0], 9)
    if atom.head == "abs":
        return f"square_of_abs {base}"
    if atom.head == "sin":
        return f"square_of_sin {base}"
    if atom.head == "cos":
        raise Uncertified(f"algebra with the equation of {atom}")
    if atom.head == "root":
        degree = atom.args[1]
        return f"odd_power_of_root {base} {degree}%positive {degree}%nat eq_refl ltac:(simpl; ring)"
    need = conditions.proof(condition, context)
    if atom.head == "sqrt":
        return f"pow2_sqrt {base} ltac:({need})"
    if isinstance(condition, App) and condition.head == "in":
        return f"square_of_sign {base} {text.term(atom.args[1], 9)} ltac:(ring) ltac:({need})"
    degree = atom.args[1].args[1] if isinstance(atom.args[1], App) else atom
    return f"power_of_root {base} {degree}%positive {degree}%nat eq_refl ltac:({need})"


def _exponents(term: Term, context: Context) -> Iterator[str]:
    """Exponents that are whole numbers once their arithmetic is done, as numerals."""
    for here in subterms(term):
        if isinstance(here, App) and here.head == "^" and not here.loose and isinstance(here.args[1], App):
            value = _whole(here.args[1])
            if value is not None:
                numeral = str(value) if value >= 0 else f"({value})"
                yield f"replace ({context.text.term(here.args[1])}) with {numeral} by lra."


def _whole(term: Term) -> int | None:
    """The value of closed arithmetic that comes out whole."""
    if any(not isinstance(s, (Num, App)) for s in subterms(term)) or isinstance(term, Bind):
        return None
    numbers = Field()
    top, bottom = numbers.quotient(term)
    if numbers.atoms or bottom != {(): 1} or not set(top) <= {()}:
        return None
    value = top.get((), 0)
    return int(value) if value == int(value) else None

"""How SymPy proves one finite instance of a claim.

- equations: the difference, with logarithms expanded, comes to 0 by `expand` or `together`;
- inequalities: SymPy's assumptions give the sign of the factored difference, also with probabilities written as weights
  over their sum; or the squares of both sides are compared; or the difference is convex in a variable and vanishes with
  its derivative at a point;
- monotony: the sign of the derivative; limits were taken by SymPy's `limit`.
"""

from __future__ import annotations

from typing import Any, Final

import sympy
from sympy.core.function import AppliedUndef

from derivations.errors import OutsideFragment
from derivations.second_proof.instance import Instance
from derivations.term import App, Bind, Term, Var
from derivations.vocabulary import RELATIONS

_LARGEST: Final = 200  # operations of what is left to `simplify`


def shown(claim: Term, instance: Instance) -> str:
    """The method that proves the claim in this instance. Raises OutsideFragment, saying why SymPy does not."""
    if isinstance(claim, App) and claim.head in RELATIONS - {"in"}:
        left, right = (instance.value(side) for side in claim.args)
        if claim.head == "=":
            return _equation(left, right, instance)
        return _inequality(claim.head, left, right, instance)
    if isinstance(claim, Bind) and claim.head in ("decreasing", "increasing"):
        return _monotone(claim, instance)
    if isinstance(claim, Bind) and claim.head == "forall":
        return _for_all(claim, instance)
    if isinstance(claim, Bind) and claim.head == "pmf":
        values = [instance.inside(member, claim.bodies[0]) for member in instance.members(claim.arg)]
        for value in values:
            _inequality("<=", sympy.Integer(0), value, instance)
        return _equation(sympy.Add(*values), sympy.Integer(1), instance)
    raise OutsideFragment(f"{claim} is no claim for SymPy")


def _equation(left: Any, right: Any, instance: Instance) -> str:
    sides = (left, right)
    if not all(isinstance(side, sympy.Expr) for side in sides) or any(side.is_infinite for side in sides):
        if left == right:
            return "the sides are equal"
        raise OutsideFragment(f"{left} is not {right}")
    if _rest((left - right).subs(_slack(instance)), instance) != 0:
        raise OutsideFragment(f"the sides differ: lhs - rhs = {_brief(left - right)} does not come to 0")
    return "the difference is 0"


def _brief(expr: Any) -> str:
    text = str(sympy.expand(expr))
    return text if len(text) < 200 else f"{text[:200]}..."


def _rest(difference: Any, instance: Instance) -> Any:
    """0 where the difference vanishes identically; else what SymPy makes of it.

    Logarithms become letters, and functions and their derivatives too: where the difference vanishes for all values of
    these, it vanishes.
    """
    expr = _canonical(difference, instance, everywhere=_is_entangled(difference, instance))
    expr = expr.xreplace({atom: sympy.Dummy("log", real=True) for atom in expr.atoms(sympy.log)})
    # first the derivatives, whose sum is 0: a last probability in a denominator may cancel by itself
    expr = sympy.expand(instance.reduced(expr, sympy.Derivative))
    expr = instance.reduced(expr, AppliedUndef, sympy.Symbol)
    atoms = expr.atoms(sympy.Derivative, AppliedUndef)
    rest = sympy.expand(expr.xreplace({atom: sympy.Dummy("value", real=True) for atom in atoms}))
    if rest == 0:
        return rest
    rest = sympy.expand(sympy.fraction(sympy.together(rest))[0])
    return rest if rest == 0 or rest.count_ops() > _LARGEST else sympy.simplify(rest)


def _canonical(expr: Any, instance: Instance, *, everywhere: bool = True) -> Any:
    """Logarithms expanded; symbols in intervals by positive ones, in logarithms or everywhere.

    A real symbol below an exponential is the logarithm of a positive one.
    """
    if everywhere:
        expr = expr.rewrite(sympy.tanh, sympy.exp).xreplace(instance.parameters)
        below = set().union(*(e.free_symbols for e in expr.atoms(sympy.exp)))
        expr = expr.xreplace({s: sympy.log(sympy.Dummy(f"w_{s.name}", positive=True)) for s in below if s.is_real})
    return _expanded_logs(expr, instance)


def _is_entangled(expr: Any, instance: Instance) -> bool:
    """Whether logarithms are not independent of the rest: there are exponentials or roots, or limits were taken."""
    if expr.has(sympy.exp, sympy.tanh) or any(not power.exp.is_Integer for power in expr.atoms(sympy.Pow)):
        return True
    return any(expr.has(*value.free_symbols) for value in instance.parameters.values())


def _expanded_logs(expr: Any, instance: Instance) -> Any:
    found = {}
    for atom in expr.atoms(sympy.log):
        inside = _expanded_logs(atom.args[0].xreplace(instance.parameters), instance)
        found[atom] = sympy.expand_log(sympy.log(sympy.factor(sympy.together(inside))))
    return expr.xreplace(found)


# ---------------------------------------------------------------- inequalities


def _inequality(relation: str, left: Any, right: Any, instance: Instance) -> str:
    """left <= right, left < right or left != right."""
    bounds = _slack(instance)
    left, right = left.subs(bounds), right.subs(bounds)
    strict, difference = relation != "<=", right - left
    if _is_above(difference, instance, strict) or (relation == "!=" and _is_above(-difference, instance, strict)):
        return "the difference has a sign"
    comparable = relation != "!=" and all(_is_above(side, instance, False) for side in (left, right))
    if comparable and _is_above(right**2 - left**2, instance, strict):
        return "the squares are compared"
    if _is_above(instance.weighted(difference), instance, strict):
        return "the difference has a sign for all weights"
    for variable in instance.parameters:
        if _is_convex(difference, variable, instance, strict):
            return f"convex in {variable}, with its minimum 0"
    raise OutsideFragment(f"SymPy finds no sign of {_brief(difference)}")


def _is_above(expr: Any, instance: Instance, strict: bool) -> bool:
    """Whether SymPy knows that an expression is positive, or with not `strict` that it is not negative."""
    factored = sympy.factor(sympy.together(_canonical(expr, instance)))
    return bool(factored.is_positive if strict else factored.is_nonnegative)


def _slack(instance: Instance) -> dict[Any, Any]:
    """Bounds in the given, encoded: t <= x makes x = t + s with s >= 0."""
    found: dict[Any, Any] = {}
    for fact in instance.facts.relations:
        if fact.head not in ("<", "<=", "="):
            continue
        left, right = map(instance.value, fact.args)
        if not all(isinstance(side, sympy.Expr) for side in (left, right)):
            continue
        left, right = left.subs(found), right.subs(found)
        gap = 0 if fact.head == "=" else sympy.Dummy("s", **_SLACKS[fact.head])
        if right.is_Symbol and right not in instance.parameters:
            found[right] = left + gap
        elif left.is_Symbol and left not in instance.parameters:
            found[left] = right - gap
    return found


_SLACKS: Final = {"<": {"positive": True}, "<=": {"nonnegative": True}}


def _is_convex(difference: Any, variable: Any, instance: Instance, strict: bool) -> bool:
    """Strictly convex in a variable of an open interval, with a stationary value 0 at another symbol of it."""
    if not _is_above(difference.diff(variable, 2), instance, strict=True):
        return False
    domains = instance.facts.domains
    for other in instance.parameters:
        if other == variable or domains.get(other.name) is None or domains[other.name] != domains.get(variable.name):
            continue
        at_other = (part.subs(variable, other) for part in (difference, difference.diff(variable)))
        if all(_rest(value, instance) == 0 for value in at_other):
            return not strict or _differ(variable, other, instance)
    return False


def _differ(first: Any, second: Any, instance: Instance) -> bool:
    """Whether the given says that two symbols are different."""
    pairs = [
        {side.name for side in f.args if isinstance(side, Var)} for f in instance.facts.relations if f.head == "!="
    ]
    return {first.name, second.name} in pairs


def _monotone(claim: Bind, instance: Instance) -> str:
    """Strictly monotone on an open interval, since the derivative has a sign there."""
    if not isinstance(claim.arg, App) or claim.arg.head != "interval":
        raise OutsideFragment(f"{claim.arg} is no interval")
    variable = sympy.Dummy(claim.hint, real=True)
    instance.restrict(variable, claim.arg)
    slope = instance.inside(variable, claim.bodies[0]).diff(variable)
    if not _is_above(-slope if claim.head == "decreasing" else slope, instance, strict=True):
        raise OutsideFragment(f"SymPy finds no sign of the derivative {_brief(slope)}")
    return "the derivative has a sign"


def _for_all(claim: Bind, instance: Instance) -> str:
    """Each element of a finite set, or an arbitrary point of an interval."""
    if isinstance(claim.arg, App) and claim.arg.head == "interval":
        variable = sympy.Dummy(claim.hint, real=True)
        instance.restrict(variable, claim.arg)
        members: tuple[Any, ...] = (variable,)
    else:
        members = instance.members(claim.arg)
    return " and ".join(dict.fromkeys(_body_shown(claim.bodies[0], member, instance) for member in members))


def _body_shown(body: Term, member: Any, instance: Instance) -> str:
    with instance.bound_to(member):
        return shown(body, instance)

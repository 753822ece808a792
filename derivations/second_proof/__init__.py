"""The second proof: each claim by SymPy alone, apart from our rules, normal form and kernel.

    instance       a finite instance of a claim as SymPy expressions
    methods        how SymPy proves an instance

Scalar claims are proved exactly. A claim about an abstract set Z is proved for |Z| = 1 to 8 with arbitrary symbolic
functions (an inequality for 1 to 3), one about tuples for small lengths, and the method says so: for these claims SymPy
gives evidence, and the proof is the kernel's.

SymPy's polynomials may run on FLINT where that is installed; the kernel never does.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

import sympy

from derivations.claim import Claim
from derivations.errors import ClaimFailed, OutsideFragment
from derivations.second_proof.instance import Facts, Instance
from derivations.second_proof.methods import shown
from derivations.term import App, Bind, Num, Term, Var, subterms
from derivations.vocabulary import LIMITS, SET_BINDERS

_MOST_ELEMENTS: Final = 8  # of an abstract set, or of a range
_MOST_UNDER_TUPLES: Final = 3  # where tuples of its elements are summed over
_MOST_IN_A_BOUND: Final = 3  # up to here the difference of an inequality has one factor of unclear sign, a square
_MOST_PLACES: Final = 4  # of a tuple


@dataclass(frozen=True)
class SympyProof:
    """That SymPy proves a claim: by which method, in how many instances, in how many seconds."""

    method: str
    instances: int
    seconds: float

    def __str__(self) -> str:
        return self.method


_GIVES_UP: Final = (NotImplementedError, sympy.PoleError, sympy.PolynomialError)  # what SymPy raises when it does


def prove_with_sympy(claim: Claim) -> SympyProof:
    """Prove the statement of a claim under its given, by SymPy alone.

    Raises: ClaimFailed where SymPy finds the claim false, or cannot show it.

    >>> even = Claim("even", "", "", "E[z in bits](bern(b, z), z) = b", ("b in interval(0, 1)",))
    >>> prove_with_sympy(even).method
    'sums expanded, the difference is 0'
    >>> odd = Claim("odd", "", "", "E[z in bits](bern(b, z), z) = 1 - b", ("b in interval(0, 1)",))
    >>> prove_with_sympy(odd)
    Traceback (most recent call last):
    derivations.errors.ClaimFailed: claim odd, SymPy: the sides differ: lhs - rhs = 2*b - 1 does not come to 0
    """
    start = time.perf_counter()
    facts, methods, count = Facts.of(claim.assumptions), dict[str, None](), 0
    for instance in _instances(claim.proposition, facts):
        where = f" (for {instance})" if str(instance) else ""
        try:
            methods[shown(claim.proposition, instance)] = None
        except (OutsideFragment, *_GIVES_UP) as error:
            raise ClaimFailed(claim.name, "SymPy", f"{error}{where}") from error
        count += 1
    if not count:
        raise ClaimFailed(claim.name, "SymPy", "there is no instance")
    return SympyProof(_told(claim.proposition, facts, methods), count, time.perf_counter() - start)


def _told(claim: Term, facts: Facts, methods: Iterable[str]) -> str:
    """The method in words: what SymPy computed, how it concluded, and for which sizes."""
    steps = [word for heads, word in _WORDS if heads & _heads(claim)]
    scope = [f"{name} = {values[0]} to {values[-1]}" for name, values in _choices(claim, facts).items()]
    return ", ".join([*steps, *methods]) + (f"; {', '.join(scope)}" if scope else "")


_WORDS: Final = (
    ({"d"}, "derivatives by diff"),
    (LIMITS, "limits by limit"),
    (SET_BINDERS.keys() - {"decreasing", "increasing", "forall", "pmf"}, "sums expanded"),
)


def _heads(term: Term) -> set[str]:
    return {here.head for here in subterms(term) if isinstance(here, (App, Bind))}


# ---------------------------------------------------------------- the instances


def _instances(claim: Term, facts: Facts) -> Iterator[Instance]:
    """All choices of sizes, of counting numbers, and of free variables with finitely many values."""
    choices = _choices(claim, facts)
    for chosen in product(*choices.values()):
        known = dict(zip(choices, chosen, strict=True))
        sizes = {name[1:-1]: value for name, value in known.items() if name[0] == "|"}
        values = {name: sympy.Integer(value) for name, value in known.items() if name[0] != "|"}
        yield from _with_elements(claim, Instance(facts, sizes, values))


def _with_elements(claim: Term, instance: Instance) -> Iterator[Instance]:
    """The instance for each value of the free variables that range over finite sets."""
    domains = instance.facts.domains
    finite = [name for name in sorted(claim.free_vars) if name not in instance.values and _is_finite(domains.get(name))]
    for members in product(*(instance.members(domains[name]) for name in finite)):
        values = {**instance.values, **dict(zip(finite, members, strict=True))}
        yield Instance(instance.facts, instance.sizes, values)


def _is_finite(domain: Term | None) -> bool:
    if isinstance(domain, App):
        return domain.head in ("bits", "range", "tuples", "without")
    return isinstance(domain, Var)


def _choices(claim: Term, facts: Facts) -> Mapping[str, range]:
    """For `|Z|` the sizes of each abstract set, for `n` the values of each symbol that counts elements or places."""
    domains = [domain for name, domain in facts.domains.items() if name in claim.free_vars]
    domains += [domain for (head, _), (_, domain) in facts.masses.items() if head in _heads(claim)]
    found: dict[str, range] = {}
    for term in (claim, *domains):
        for here in subterms(term):
            if isinstance(here, Bind) and here.head in SET_BINDERS and isinstance(here.arg, Var):
                found[f"|{here.arg.name}|"] = range(1, _most(f"|{here.arg.name}|", claim) + 1)
            elif isinstance(here, App) and here.head in ("tuples", "range"):
                counting = {name for end in here.args[here.head == "tuples" :] for name in end.free_vars}
                for name in counting & facts.domains.keys():
                    found[name] = range(_least(facts.domains[name]), _most(name, claim) + 1)
    for domain in domains:
        if isinstance(domain, Var):
            found.setdefault(f"|{domain.name}|", range(1, _most(f"|{domain.name}|", claim) + 1))
    return found


def _most(name: str, claim: Term) -> int:
    """How far to go: for sets under tuples, lengths of tuples, and everything else."""
    tuples = [here for here in subterms(claim) if isinstance(here, App) and here.head == "tuples"]
    if any(name.strip("|") in here.args[1].free_vars for here in tuples):
        return _MOST_PLACES
    if isinstance(claim, App) and claim.head != "=":
        return _MOST_IN_A_BOUND
    return _MOST_UNDER_TUPLES if any(name.strip("|") in here.args[0].free_vars for here in tuples) else _MOST_ELEMENTS


def _least(domain: Term) -> int:
    low = domain.args[0] if isinstance(domain, App) and domain.head == "integers" else None
    return low.value if isinstance(low, Num) else 1

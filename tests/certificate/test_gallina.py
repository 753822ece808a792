"""Terms in Coq's language: nothing captured, nothing hidden, nothing said that the term does not say."""

from __future__ import annotations

import pytest

from derivations.certificate.gallina import Gallina
from derivations.certificate.sorts import Signature, Uncertified
from derivations.notation import read
from derivations.term import Var, bind


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ("a - (b - c)", "a - (b - c)"),
        ("a - b - c", "a - b - c"),
        ("a / (b * c) / d", "a / (b * c) / d"),
        ("(a^b)^c", "(a ^^ b) ^^ c"),
        ("a^b^c", "a ^^ b ^^ c"),
        ("-1", "- (1)"),
        ("(-a)^2", "(- a) ^^ 2"),
        ("-a^2", "- (a ^^ 2)"),
        ("2 * -a", "2 * (- a)"),
        ("log(a / b)", "ln (a / b)"),
        ("sum[i in range(1, n)](i^2)", "Sum (range 1 n) (fun i => i ^^ 2)"),
        ("d[t = x](t * y)", "Derive (fun t => t * y) x"),
        ("E[z in bits](bern(b, z), z)", "Expectation bits (fun z => bern b z) (fun z => z)"),
        ("card(without(Z, k))", "card (without Z k)"),
    ],
)
def test_terms(term: str, written: str) -> None:
    assert Gallina().term(read(term)) == written


@pytest.mark.parametrize(
    ("proposition", "written"),
    [
        ("a != 0", "a <> 0"),
        ("b in interval(0, oo)", "0 < b"),
        ("n in integers(1, oo)", "integer n /\\ 1 <= n"),
        ("limit_right[t = 0](1 / t) = oo", "tends_right (fun t => 1 / t) 0 p_infty"),
        ("1 = limit_left[t = 1](t)", "tends_left (fun t => t) 1 (Finite 1)"),
        ("forall[z in Z](0 < q(z))", "forall z, member z Z -> 0 < q z"),
        (
            "increasing[t in interval(0, 1)](t)",
            "forall t t', (0 < t /\\ t < 1) -> (0 < t' /\\ t' < 1) -> t < t' -> t < t'",
        ),
    ],
)
def test_propositions(proposition: str, written: str) -> None:
    assert Gallina().proposition(read(proposition)) == written


def test_a_bound_name_does_not_capture() -> None:
    term = bind("sum", "w", Var("Z"), read("f(w) * z"))
    hinted = bind("sum", "z1", Var("Z"), read("f(z1) * z"))
    assert Gallina().term(term) == "Sum Z (fun w => f w * z)"
    renamed = type(hinted)(hinted.head, "z", hinted.arg, hinted.bodies)
    assert Gallina().term(renamed) == "Sum Z (fun z1 => f z1 * z)"


@pytest.mark.parametrize("name", ["fun", "Sum", "power", "ln", "Rabs", "member", "R", "Derive", "forall"])
def test_no_name_hides_what_the_library_means(name: str) -> None:
    written = Gallina().term(Var(name))
    assert written != name
    assert written.startswith(name)


def test_a_function_and_a_variable_of_one_name_differ() -> None:
    variable, _, function = Gallina().term(read("a + a(2)")).partition(" + ")
    assert variable != function.split()[0]


@pytest.mark.parametrize("term", ["oo + 1", "forall[z in Z](0 < z)"])
def test_what_cannot_be_said_is_refused(term: str) -> None:
    with pytest.raises(Uncertified):
        Gallina().term(read(term))


@pytest.mark.parametrize(
    "terms",
    [
        ["z in tuples(bits, n)", "0 < z"],  # a vector is no number
        ["0 < f(1)", "0 < f(1, 2)"],
        ["k in Z", "k in tuples(Z, 2)"],
    ],
)
def test_what_has_no_sort_is_refused(terms: list[str]) -> None:
    if terms[0] == "k in Z":
        Signature([read("k in Z")])
        terms = ["v in tuples(Z, 2)", "v in bits"]
    with pytest.raises(Uncertified):
        Signature(map(read, terms))


def test_sorts_are_as_general_as_the_claim() -> None:
    signature = Signature([read("pmf[z in Z](q(phi, x, z))"), read("d[t = phi](q(t, x, k)) = 0")])
    new = signature.settle()
    assert {sort.name for sort in new} == {"Z", "x"}
    assert signature.variables["phi"].known is signature.real
    assert signature.variables["k"].known is signature.sets["Z"].known

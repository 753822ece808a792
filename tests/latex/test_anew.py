r"""Names that are defined a second time, with words that say so and without."""

from __future__ import annotations

import pytest

from derivations import check

FIRST = r"Let $f(x) = x^2$. Then $$f'(x) = 2x.$$ "


def kinds(text: str) -> list[str]:
    """The verdicts of all steps."""
    return [step.verdict.kind for step in check(text, profile="plain").steps]


@pytest.mark.parametrize(
    "again",
    [
        "Now let $f(x) = x^3$. Then",
        "Example 2. $f(x) = x^3$. Here",
        "For the function $f(x) = x^3$ it is",
        r"Next, take $$f(x) = x^3.$$ Then",
        r"\section{Cubes} Consider $f(x) = x^3$. Then",
        "(b) $f(x) = x^3$:",
    ],
)
def test_words_define_a_name_anew(again: str) -> None:
    assert kinds(rf"{FIRST}{again} $$f'(x) = 3x^2$$") == ["definition", "proved", "definition", "proved"]
    assert kinds(rf"{FIRST}{again} $$f'(x) = 2x$$")[3] != "proved"
    assert kinds(rf"{FIRST}{again} $$f'(x) = 4x$$") == ["definition", "proved", "definition", "refuted"]


def test_where_nothing_is_said_both_may_be_meant() -> None:
    pages = r"$$f(x) = x^2$$ $$f(x) = x^3$$ "
    assert kinds(pages + r"$$f'(x) = 3x^2$$") == ["definition", "undecided", "undecided"]
    assert kinds(pages + r"$$f'(x) = 2x$$") == ["definition", "undecided", "undecided"]
    assert kinds(pages + r"$$f'(x) = 4x^3$$") == ["definition", "undecided", "refuted"]
    assert kinds(r"$$g = (x + 1)^2$$ $$g = x^2 + 2x + 1$$ $$g^2 = (x + 1)^4$$") == ["definition", "proved", "proved"]


@pytest.mark.parametrize("words", ["Hence", "Expanding the square gives", "We get", "By the binomial theorem,"])
def test_what_follows_from_a_definition_is_a_claim(words: str) -> None:
    assert kinds(rf"Let $g = (x + 1)^2$. {words} $$g = x^2 + 2x + 1$$") == ["definition", "proved"]
    assert kinds(rf"Let $g = (x + 1)^2$. {words} $$g = x^2 + 1$$") == ["definition", "refuted"]


def test_the_rows_of_one_display_are_claims() -> None:
    rows = r"\begin{align*} g &= (x + 1)^2 \\ g &= x^2 + 1 \end{align*}"
    assert kinds(rows) == ["definition", "refuted"]

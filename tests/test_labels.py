"""Names of formulas: the author's where there are any, different ones always."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.labels import labelled
from derivations.output.plain import places
from derivations.output.workers import Job, judged, outlined


def names(text: str) -> list[str]:
    (file,) = judged([Job("-", "plain", None, 10.0, text.encode(), work=outlined)], 1)
    return labelled(file["view"]["text"], places(file))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\begin{equation}\label{eq:a} a = b \end{equation}", ["eq:a"]),
        (r"\begin{equation} a = b \label{eq:a}\end{equation}", ["eq:a"]),
        (r"\begin{align} a &= b \label{x}\\ c &= d \label{y} \end{align}", ["x", "y"]),
        (r"\begin{align} a &= b \\ c &= d \label{y} \end{align}", ["display-1", "y"]),
        (r"\begin{equation}\label{a}\begin{aligned} a &= b \\ &= c \end{aligned}\end{equation}", ["a"]),
        (r"\begin{equation}\begin{aligned} a &= b \\ &= c \end{aligned}\label{a}\end{equation}", ["a"]),
        (r"\section{S}\label{sec:s} $$a = b$$ and \[ c = d \]", ["display-1", "display-2"]),
        (r"$a = b$ $$c = d$$ $e = f$", ["inline-1", "display-1", "inline-2"]),
        (r"$$a = b \tag{1}$$ $$c = d \tag{1}$$", ["1", "1+2"]),
        ("$$a = b %\\label{no}\n$$", ["display-1"]),
        (r"$$a = b \label{a::b c/d}$$", ["a:b-c-d"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@given(
    st.lists(
        st.sampled_from([r"$a = b$", r"$$a = b \label{l}$$", r"$$a = b$$", "words", r"\label{m}", "\n\n"]), max_size=8
    )
)
def test_names_differ_and_can_stand_in_an_id(parts: list[str]) -> None:
    found = names(" ".join(parts))
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"[\w:+*'-]+", name) and "::" not in name for name in found)

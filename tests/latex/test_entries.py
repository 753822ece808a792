"""A profile that is amiss says which entry, and what it should have been."""

import tomllib

import pytest

from derivations.errors import NotationError
from derivations.latex.profile import load, profile_of

BROKEN = {
    'name = 3': "name: a text, not 3",
    'symbols = 4': "symbols: a table of texts",
    'callables = "f"': "callables: a list of texts",
    '[setting]\nname = "a"': "setting: tables in double brackets",
    '[[setting]]\ntasks = ["1b"]': "setting 1: name: a text",
    '[[setting]]\nname = "a"\ntasks = 3': "setting 1: tasks: a list of texts, not 3",
    '[[setting]]\nname = "a"\ngiven = ["b in interval(0,"]': "setting 1: given: ",
    '[[setting]]\nname = "a"\n[[setting]]\nname = "b"\n[[setting.law]]\nterm = "q(z)"\nlatex = "="': "setting 2: law 1: latex: ",
    '[[setting]]\nname = "a"\n[[setting.law]]\nlatex = "q(z)"': "setting 1: law 1: term: a text",
    '[[setting]]\nname = "a"\n[[setting.law]]\nlatex = "q()"\nterm = "q(z)"': "setting 1: law 1: latex: an argument",
    '[[setting]]\nname = "a"\nvariables = { z = "(" }': "setting 1: variables: ",
}  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_amiss_is_said_with_its_place(text):
    with pytest.raises(NotationError) as caught:
        profile_of(tomllib.loads(text))
    assert BROKEN[text] in caught.value.expected


@pytest.mark.parametrize("data", [b"name = ", b"[[", b"\xff\xfe\x00"])
def test_files_that_are_no_toml_are_refused(data, tmp_path):
    path = tmp_path / "notation.toml"
    path.write_bytes(data)
    with pytest.raises(NotationError):
        load(str(path))

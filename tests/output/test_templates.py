"""Templates: TeX passes untouched, text is escaped, every mistake is one clear line."""

from pathlib import Path

import jinja2
import pytest

from derivations.errors import RenderError
from derivations.output import templates
from derivations.output.templates import escape_tex, find_templates, render


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Puts a template where `render` finds it; `page.tex.j2` unless told otherwise."""
    monkeypatch.setattr(templates.ENVIRONMENT, "loader", jinja2.FileSystemLoader(tmp_path))
    return lambda text, name="page.tex.j2": (tmp_path / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{a}{b} \sum_{z\in\{0,1\}} {{x}} {%x%} {#x#} <<x>> <% x %> ((x)) [[x]]",
        "#1 \\% 50\\% % a comment\n%a comment\n  % indented\n",
        r"\newcommand{\E}[1]{\mathbf{E}\left[#1\right]}%",
        "\\begin{align*}\n  a &= b \\\\\n  &= c\n\\end{align*}\n\n\nž – “x”\n",
    ],
)
def test_tex_passes_untouched(write, tex):
    write(tex)
    assert render("page.tex.j2") == tex


def test_values_print_as_they_are_inside_nested_braces(write):
    write(r"\textbf{\VAR{title}} $\frac{\VAR{a}}{2}$ \\VAR{rows[0].name}")
    text = render("page.tex.j2", title=r"{\VAR{x}} & <b>", a=r"\sum_{z} z", rows=[{"name": "n"}])
    assert text == r"\textbf{{\VAR{x}} & <b>} $\frac{\sum_{z} z}{2}$ \n"


def test_statements_and_comments_leave_no_lines_behind(write):
    write(
        "%# Needs: rows.\n"
        "  %% for row in rows\n"
        "\\item \\VAR{row}\n"
        "  %% endfor\n"
        "\\COMMENT{nothing}\n"
        "  \\BLOCK{if rows}\n"
        "some\n"
        "  \\BLOCK{endif}\n"
    )
    # Only a line comment leaves one, empty.
    assert render("page.tex.j2", rows=[1, 2]) == "\n\\item 1\n\\item 2\nsome\n"


def test_a_template_includes_another(write):
    write("a\n\\BLOCK{include 'part.tex.j2'}\nb\n")
    write("\\VAR{x}\n", "part.tex.j2")
    assert render("page.tex.j2", x=1) == "a\n1\nb\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\nb \\VAR{absent}\n", "template page.tex.j2, line 2: 'absent' is undefined"),
        ("\n\n\\VAR{absent.field}", "template page.tex.j2, line 3: 'absent' is undefined"),
        ("\\VAR{absent|escape_tex}", "template page.tex.j2, line 1: 'absent' is undefined"),
        ("a\n%% if absent\n%% endif\n", "template page.tex.j2, line 2: 'absent' is undefined"),
        ("a\n\\BLOCK{if}\n", "template page.tex.j2, line 2: "),
        ("%% for x in y\n", "template page.tex.j2, line 1: Unexpected end of template."),
        ("a\n\n\\VAR{1|nope}\n", "template page.tex.j2, line 3: No filter named 'nope'."),
        ("a\n\\BLOCK{include 'no.tex.j2'}", "template page.tex.j2, line 2: there is no template no.tex.j2"),
        ("\\BLOCK{include 'part.tex.j2'}", "template part.tex.j2, line 2: 'absent' is undefined"),
        ("\\BLOCK{include 'bad.tex.j2'}", "template bad.tex.j2, line 2: "),
    ],
)
def test_a_mistake_is_one_line_with_template_and_line(write, text, message):
    write("\n\\VAR{absent}", "part.tex.j2")
    write("\n\\VAR{1 +}", "bad.tex.j2")
    write(text)
    with pytest.raises(RenderError) as caught:
        render("page.tex.j2")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_missing_template_is_named(write):
    with pytest.raises(RenderError, match=r"^template no\.tex\.j2: there is no template no\.tex\.j2$"):
        render("no.tex.j2")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# $ % & _ { }", r"\# \$ \% \& \_ \{ \}"),
        ("\\~^", r"\textbackslash{}\textasciitilde{}\textasciicircum{}"),
        (r"\input{/x}", r"\textbackslash{}input\{/x\}"),
        ("--a ---- <<b>> ,,c'' ``d", "-{}-a -{}-{}-{}- <{}<b>{}> ,{},c'{}' `{}`d"),
        ("a-b, c's <d>", "a-b, c's <d>"),
        ("– — ‘a’ „b“ ž\u00a0ß", "– — ‘a’ „b“ ž\u00a0ß"),
        ("a\n\n b\r\nc\td\x00e\f\u2028f", "a b c d e f"),
        (1 / 2, "0.5"),
        ("", ""),
    ],
)
def test_free_text_is_escaped(text, escaped):
    assert escape_tex(text) == escaped


def test_the_filter_is_the_function(write):
    write(r"\VAR{a|escape_tex} \VAR{b}")
    assert render("page.tex.j2", a="$", b="$x$") == r"\$ $x$"


def test_templates_are_found_in_a_wheel_and_in_a_checkout(tmp_path):
    package = tmp_path / "derivations"
    (tmp_path / "templates").mkdir()
    assert find_templates(package) == tmp_path / "templates"
    (package / "templates").mkdir(parents=True)
    assert find_templates(package) == package / "templates"


def test_the_environment_reads_this_checkout():
    assert templates.ENVIRONMENT.loader.searchpath == [str(Path(__file__).parents[2] / "templates")]

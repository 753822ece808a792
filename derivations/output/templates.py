r"""The sheet's templates: Jinja, with delimiters that leave TeX's braces alone.

`\VAR{x}` prints a value; `\BLOCK{if x}` and lines that begin with `%%` hold statements; `\COMMENT{..}` and the rest of
a line after `%#` are comments.  The first `}` ends a delimiter, so an expression holds none.  Nothing is escaped
unasked: formulas arrive as LaTeX, and free text goes through the filter `escape_tex`.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path

import jinja2

from derivations.errors import RenderError

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_SPECIAL_CHARACTER = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
_LIGATURE = re.compile(r"([-,'`<>])(?=\1)")  # `--strict` must not print as a dash, nor `<<` as a guillemet
_SPACE = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")


def escape_tex(text: object) -> str:
    r"""Free text as LaTeX that prints it as it is; in templates, the filter `escape_tex`.

    Domain:  whatever has a `str`.  Dashes, quotes and letters beyond ASCII are left to the engine's UTF-8 input.  Line
             breaks and control characters become spaces: an empty line would end the paragraph inside an argument.

    >>> print(escape_tex("100% of {x_1}\n\nwith --strict"))
    100\% of \{x\_1\} with -{}-strict
    """
    line = _SPACE.sub(" ", str(text))
    escaped = _SPECIAL_CHARACTER.sub(lambda match: _SPECIAL[match[0]], line)
    return _LIGATURE.sub(r"\1{}", escaped)


def find_templates(package: Path) -> Path:
    """The folder of the templates: inside an installed package, beside the package in a checkout."""
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(find_templates(Path(__file__).parents[1])),
    undefined=jinja2.StrictUndefined,
    autoescape=False,  # noqa: S701  (HTML's escapes mean nothing to TeX)
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    block_start_string=r"\BLOCK{",
    block_end_string="}",
    variable_start_string=r"\VAR{",
    variable_end_string="}",
    comment_start_string=r"\COMMENT{",
    comment_end_string="}",
    line_statement_prefix="%%",
    line_comment_prefix="%#",
)
ENVIRONMENT.filters["escape_tex"] = escape_tex


# Pages for browsers: Jinja's own delimiters, and everything is escaped that is not marked as markup.
HTML_ENVIRONMENT = jinja2.Environment(
    loader=ENVIRONMENT.loader, undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def render_html(template_name: str, /, **data: object) -> str:
    """The text of an HTML template, filled with data. Raises RenderError, as `render` does."""
    return _rendered(HTML_ENVIRONMENT, template_name, data)


def render(template_name: str, /, **data: object) -> str:
    """The text of a template, filled with data.

    Domain:  a name relative to the folder of templates, such as `solution.tex.j2`.
    Raises:  RenderError, if the template or one that it includes is missing or malformed, or uses a name that the data
             lacks; one line, with the template and its line.
    """
    return _rendered(ENVIRONMENT, template_name, data)


def _rendered(environment: jinja2.Environment, template_name: str, data: Mapping[str, object]) -> str:
    try:
        return environment.get_template(template_name).render(data)
    except jinja2.TemplateSyntaxError as error:
        raise RenderError(f"template {error.name}, line {error.lineno}: {error.message}") from error
    except jinja2.TemplateNotFound as error:
        raise RenderError(f"{_place(error, template_name)}: there is no template {error.name}") from error
    except jinja2.TemplateError as error:
        raise RenderError(f"{_place(error, template_name)}: {error.message}") from error


def _place(error: jinja2.TemplateError, template_name: str) -> str:
    """Template and line in which an error arose; the template alone, if it did not begin to run."""
    # Jinja rewrites the traceback of a running template so that its frames bear the template's file and line.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    if not frames:
        return f"template {template_name}"
    return f"template {Path(frames[-1].filename).name}, line {frames[-1].lineno}"

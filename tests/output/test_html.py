"""The page for people: complete in itself, readable by browsers and screen readers, deaf to what a document says."""

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from derivations.errors import RenderError
from derivations.output.html import to_html, typeset
from derivations.output.mathml import formula
from derivations.output.plain import unchecked
from derivations.output.templates import render_html
from derivations.verdict import KINDS
from tests.output.samples import HOSTILE, every_verdict, file_of

CHROMIUM = shutil.which("chromium")
POPPLER = shutil.which("pdftotext")
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """The elements of a page, their attributes, and whether they nest."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.words, self.broken = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def source():
    return to_html([every_verdict()])


@pytest.fixture(scope="module")
def page(source):
    return Page(source)


def test_the_page_is_well_formed_and_in_a_language(page):
    assert page.broken == []
    assert page.open == []
    assert page.named("html") == [{"lang": "en"}]
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(identifiers)) == len(identifiers)
    for attributes in page.named("a"):
        assert attributes["href"].removeprefix("#") in identifiers


def test_no_script_and_no_network(source, page):
    assert page.named("script") == []
    assert page.named("link") == []
    assert page.named("img") == []
    assert not re.search(r"https?://|@import|url\(", source)
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_headings_go_down_one_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_marks_carry_text_and_not_only_colour(page):
    labels = [attributes.get("aria-label", "") for attributes in page.named("a")]
    for kind in KINDS:
        assert any(label.endswith(kind) for label in labels)
        assert f" {kind}" in page.text


def test_counterexample_conditions_and_goals_are_there(page):
    assert "The first wrong step is step 1, line 4" in page.text
    assert "left side-2" in page.text.replace(" -2", "-2")
    assert "Looks like: sign of complement score." in page.text
    assert "Holds if" in page.text
    assert 'a person must read: "so it <b>grows</b>"' in page.text
    assert len(page.named("math")) > 10


def test_rules_and_reading_are_on_demand(page):
    details = page.named("details")
    assert any("open" in attributes for attributes in details)
    assert any("open" not in attributes for attributes in details)
    assert "Rules, and how it was read" in page.text


def test_the_source_is_all_there_with_its_marks(page):
    assert r"\section*{Assignment 3b}" in page.text
    marked = [attributes["class"] for attributes in page.named("span") if "mark" in attributes.get("class", "").split()]
    assert [name.split()[1] for name in marked] == [
        "refuted", "proved", "conditional", "unread", "undecided", "definition",
    ]  # fmt: skip


def test_print_dark_and_narrow_styles(source):
    assert "prefers-color-scheme: dark" in source
    assert "@media print" in source
    assert "details::details-content" in source
    assert 'name="viewport"' in source


def _luminance(colour):
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_sufficient_in_light_and_dark(source):
    themes = re.findall(r":root \{(.*?)\}", source, re.DOTALL)[:2]
    assert len(themes) == 2
    for theme in themes:
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", theme))
        for kind in KINDS:
            assert _contrast(colours[kind], colours[f"{kind}-tint"]) >= 4.5
            assert _contrast(colours["ink"], colours[f"{kind}-tint"]) >= 4.5
        for name in ("ink", "soft", "link"):
            assert _contrast(colours[name], colours["page"]) >= 4.5
            assert _contrast(colours[name], colours["card"]) >= 4.5


def test_hostile_source_is_shown_as_text():
    source = to_html([file_of(HOSTILE, path="<script>.tex")])
    page = Page(source)
    assert page.named("script") == []
    assert page.named("img") == []
    assert page.named("style") == [{}]
    assert page.broken == []
    assert not [attributes for _, attributes in page.elements if "onload" in attributes or "onerror" in attributes]
    assert not [link for link in page.named("a") if not link["href"].startswith("#")]
    assert "<script>alert('x')</script>" in page.text
    assert "\x1b" not in source
    assert "\u202e" not in source
    assert "javascript:" not in "".join(str(attributes) for _, attributes in page.elements)


def test_several_files_one_of_them_broken():
    page = Page(to_html([every_verdict(), unchecked("gone.tex", "plain", "there is no such file")]))
    assert "2 files" in page.text
    assert "Not checked: there is no such file" in page.text
    assert page.named("nav") == [{"aria-label": "Files"}]
    assert page.broken == []


def test_empty_documents_and_documents_without_steps():
    assert "No steps were found." in Page(to_html([file_of("")])).text
    assert "only words" in Page(to_html([file_of("only words\n\n")])).text


def test_steps_in_steps_keep_their_places():
    text = r"$$1 + \underbrace{1 + 1}_{= 3} = 3$$ and $$2 = 2$$"
    page = Page(to_html([file_of(text)]))
    assert page.broken == []
    source = "".join(re.findall(r"[ -~]", "".join(page.words)))
    assert "1 + 1}_{" in source


def test_formulas_are_typeset_once_and_beforehand():
    file = typeset(every_verdict())
    made = file["view"]["formulas"]
    assert made[r"\frac{z}{\beta} + \frac{1-z}{1-\beta}"].startswith("<math")
    before = dict(made)
    to_html([file])
    assert file["view"]["formulas"] == before


@pytest.mark.parametrize(
    "latex",
    [r"\unknown{x}", "x^", "{" * 3000 + "}" * 3000, "x" * 5000, "", "a}", r"\frac", r"\left(", "x_1_2"],
)
def test_what_is_no_formula_is_refused(latex):
    assert formula(latex) is None or "\\" not in formula(latex)


def test_a_formula_that_cannot_be_typeset_is_shown_as_code():
    page = Page(to_html([file_of(r"$$\mystery{x} \oint = 1$$")]))
    assert r"\mystery{x} \oint" in page.text


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"a<b", "&lt;"),
        (r"z\log q", '<mi>z</mi><mspace width="0.167em" /><mi>log</mi><mspace width="0.167em" /><mi>q</mi>'),
        (r"\log(x)", '<mi>log</mi><mo stretchy="false">('),
        (r"\mathcal{Z}", "𝒵"),
        (r"\mathcal{L}", "ℒ"),
        (r"\mathbf{x}", "𝐱"),
        (r"\operatorname{E}", '<mi mathvariant="normal">E</mi>'),
        (r"&= x \label{eq:a} \\", "<mi>x</mi>"),
        (r"\text{<script>}", "&lt;script&gt;"),
    ],
)
def test_formulas_in_the_words_of_browsers(latex, expected):
    assert expected in formula(latex)


def test_errors_of_the_template_are_told():
    with pytest.raises(RenderError, match="there is no template"):
        render_html("none.html.j2")
    with pytest.raises(RenderError, match="undefined"):
        render_html("report.html.j2")


# ---------------------------------------------------------------- in a browser


def _chromium(folder, *arguments):
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: the page is not opened in a browser")
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    command = [CHROMIUM, *options, f"--user-data-dir={folder / 'profile'}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ, "HOME": str(folder)})
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout


@pytest.fixture(scope="module")
def written(tmp_path_factory, source):
    folder = tmp_path_factory.mktemp("page")
    (folder / "report.html").write_text(source, encoding="utf-8")
    (folder / "hostile.html").write_text(to_html([file_of(HOSTILE)]), encoding="utf-8")
    return folder


def test_a_browser_shows_the_page(written, tmp_path, page):
    shot = tmp_path / "page.png"
    _chromium(tmp_path, "--window-size=1300,1400", f"--screenshot={shot}", (written / "report.html").as_uri())
    assert shot.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert shot.stat().st_size > 40_000


def test_a_browser_builds_the_same_elements(written, tmp_path, page):
    seen = Page(_chromium(tmp_path, "--dump-dom", (written / "report.html").as_uri()))
    assert len(seen.named("math")) == len(page.named("math"))
    assert len(seen.named("details")) == len(page.named("details"))
    assert seen.text == page.text


def test_a_browser_finds_no_script_in_a_hostile_document(written, tmp_path):
    seen = Page(_chromium(tmp_path, "--dump-dom", (written / "hostile.html").as_uri()))
    assert seen.named("script") == []
    assert seen.named("img") == []
    assert "<script>alert('x')</script>" in seen.text


@pytest.mark.skipif(POPPLER is None, reason="poppler is not installed")
def test_print_opens_what_is_folded(written, tmp_path):
    target = tmp_path / "page.pdf"
    _chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={target}", (written / "report.html").as_uri())
    text = subprocess.run([POPPLER, str(target), "-"], capture_output=True, text=True).stdout
    assert "log-bernoulli" in text

"""The grid: every page of every therapy in every format and width, whole, in bounds and inert."""

import html
import re
from collections.abc import Callable, Iterator

import pytest
from msgspec import structs

from therapyinfo.errors import NothingFound
from therapyinfo.inlines import Cite, to_text
from therapyinfo.page import Grid, Page, SourceLine, StepList
from therapyinfo.render import Format, render
from therapyinfo.render.documents import without_commands
from therapyinfo.render.options import RenderOptions, display_width
from therapyinfo.store.artifact import TherapyEntry
from therapyinfo.views import catalogue, numbers, reference
from therapyinfo.views.compare import compare
from therapyinfo.views.explain import explain, explain_sections
from therapyinfo.views.products import products
from therapyinfo.views.search import search_page
from therapyinfo.views.section_table import SECTIONS
from therapyinfo.views.walkthrough import walkthrough

from . import knowledge
from .conftest import Run
from .measure import ESCAPES, controls, lost, too_wide
from .warm import warm_cache  # noqa: F401 - a fixture

WIDTHS = (20, 40, 80, 200)
THERAPIES = (
    "car-t nk-nkt msc growth-factor hsct bispecific-antibody til tcr-t car-nk gene-edited-hsc"
    " dendritic-cell-vaccine checkpoint-inhibitor prp"
).split()
"""Written out, so that collecting the tests does not read the knowledge file."""

FORMATS: tuple[Format, ...] = ("terminal", "plain", "markdown", "html", "json", "csv")


def _pages(entry: TherapyEntry) -> Iterator[Page]:
    library = knowledge.builtin()
    other = library.entry("msc" if entry.id == "car-t" else "car-t")
    yield explain(library, entry, brief=True)
    yield explain(library, entry)
    yield explain(library, entry, full=True)
    yield walkthrough(library, entry)
    yield walkthrough(library, entry, len(entry.therapy.steps))
    yield numbers.numbers(library, entry)
    yield compare(library, [entry, other], [])
    yield compare(library, [entry, other], library.comparison[2:5])
    yield reference.sources(library, entry)
    try:
        yield products(library, [entry])
    except NothingFound:
        assert not entry.therapy.products


def _shared_pages() -> Iterator[Page]:
    library = knowledge.builtin()
    yield catalogue.home(library)
    yield catalogue.catalogue(library)
    yield compare(library, [library.entry(id) for id in THERAPIES[:4]], [])
    yield products(library, library.entries())
    us = library.in_region("US")
    yield products(us, us.entries())
    yield numbers.overview(library)
    yield reference.glossary(library, full=False)
    yield reference.glossary(library, full=True)
    yield reference.define(library, "leukapheresis")
    yield reference.sources(library)
    yield search_page(library, "cytokine release")


def _check_screen(page: Page, text: str, width: int) -> None:
    assert too_wide(text, width) == []
    assert lost(page, text) == []
    assert controls(text) == []
    assert "…" not in text


def _check_plain(page: Page) -> None:
    in_columns = any(isinstance(block, Grid | StepList) for block in page.blocks)
    for width in WIDTHS:
        text = render(page, "plain", RenderOptions(width=width))
        _check_screen(page, text, width)

        assert not re.search("[\u2500-\u257f●○]", text)
        assert in_columns or not re.search(r"\S {4,}\S", text)


def _check_terminal(page: Page) -> None:
    """Check every width, every other one in colour, which changes no word."""
    for number, width in enumerate(WIDTHS):
        text = render(page, "terminal", RenderOptions(width=width, color=bool(number % 2)))
        bare = ESCAPES.sub("", text)
        _check_screen(page, bare, width)

        assert (bare != text) == bool(number % 2)
        assert "\x1b[38;" not in text
        assert "\n\n\n" not in bare


TAG = re.compile("<[^>]*>")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


CITED = re.compile(r"\[\s*\d+(?:\s*,\s*\d+)+\s*\]")


def _in_runs(found: re.Match[str]) -> str:
    """Return citations as a screen shows them, which writes numbers in a row as a run."""
    return to_text(tuple(Cite(int(number), "") for number in re.findall(r"\d+", found[0])))


def _on_paper(page: Page) -> Page:
    """Return a page without commands, its list of sources in place of the line for it."""
    kept = (block for block in page.blocks if not isinstance(block, SourceLine))
    return structs.replace(page, blocks=tuple(without_commands(kept)))


def _check_markdown(page: Page) -> None:
    text = render(page, "markdown", RenderOptions())
    numbered = re.sub(r'^#+ <a id="source-(\d+)"></a>.*', r"[\1]", text, flags=re.MULTILINE)
    addresses = re.sub("<(https://[^>]*)>", r"\1", numbered)
    linked = re.sub(r"\[(\d+)\]\(#[^)]*\)", r"\1", TAG.sub("", addresses))
    read = ESCAPED.sub(r"\1", linked.replace("**", ""))

    assert text.startswith("# ")
    assert controls(text) == []
    assert lost(_on_paper(page), CITED.sub(_in_runs, read)) == []


def _check_html(page: Page) -> None:
    text = render(page, "html", RenderOptions())
    body = re.sub("<(style|title)>.*?</", "</", text, flags=re.DOTALL)
    numbered = re.sub(r'<li id="source-(\d+)"[^>]*>', r"[\1] ", body)
    read = html.unescape(TAG.sub(" ", numbered))

    assert text.casefold().startswith("<!doctype html>")
    assert controls(text) == []
    assert lost(_on_paper(page), CITED.sub(_in_runs, read)) == []


def _check_json(page: Page) -> None:
    text = render(page, "json", RenderOptions(width=20))

    assert text == render(page, "json", RenderOptions(width=200, color=True, encoding="ascii"))
    assert text.isascii()


def _check_csv(page: Page) -> None:
    if page.csv_rows is None:
        with pytest.raises(ValueError, match="no table"):
            render(page, "csv", RenderOptions())
        return
    text = render(page, "csv", RenderOptions())

    assert controls(text) == []
    assert all(not re.match(r"[=+@\t-]", cell) for cell in text.split(","))


CHECKS: dict[Format, Callable[[Page], None]] = {
    "terminal": _check_terminal,
    "plain": _check_plain,
    "markdown": _check_markdown,
    "html": _check_html,
    "json": _check_json,
    "csv": _check_csv,
}


def test_the_grid_knows_every_therapy() -> None:
    assert knowledge.builtin().ids == THERAPIES


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("id", THERAPIES)
def test_every_page_of_a_therapy_is_whole_and_in_bounds(id: str, format: Format) -> None:
    for page in _pages(knowledge.builtin().entry(id)):
        CHECKS[format](page)


@pytest.mark.parametrize("format", FORMATS)
def test_every_page_about_all_of_them_is_whole_and_in_bounds(format: Format) -> None:
    for page in _shared_pages():
        CHECKS[format](page)


@pytest.mark.parametrize("section", [section.id for section in SECTIONS])
def test_every_section_alone_is_whole_and_in_bounds(section: str) -> None:
    library = knowledge.builtin()

    for entry in library.entries():
        try:
            page = explain_sections(library, entry, [section])
        except NothingFound:
            continue
        _check_screen(page, render(page, "plain", RenderOptions(width=40)), 40)


ENVIRONMENTS = {
    "no colour": {"NO_COLOR": "1"},
    "dumb terminal": {"TERM": "dumb"},
    "forced colour": {"FORCE_COLOR": "1", "COLUMNS": "60"},
    "plain locale": {"LC_ALL": "C", "COLUMNS": "40"},
    "no columns": {},
}
LINES = (
    "",
    "list",
    "explain car-t",
    "explain msc --full",
    "walkthrough til",
    "compare car-t nk-nkt msc growth-factor",
    "numbers hsct",
    "products prp",
    "define",
    "sources tcr-t",
    "search infusion",
)


@pytest.mark.usefixtures("warm_cache")
@pytest.mark.parametrize("name", ENVIRONMENTS)
@pytest.mark.parametrize("line", LINES)
def test_every_command_answers_in_every_environment(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, line: str, name: str
) -> None:
    for variable, value in ENVIRONMENTS[name].items():
        monkeypatch.setenv(variable, value)
    width = int(ENVIRONMENTS[name].get("COLUMNS", "80"))
    code, out, err = therapyinfo(line)
    bare = ESCAPES.sub("", out)

    assert (code, err) == (0, "")
    assert controls(bare) == (["\t"] * bare.count("\t") if line == "list" else [])
    assert "\x1b" not in out  # forced colour changes colour alone, and a pipe gets plain text
    assert line == "list" or too_wide(bare, width) == []
    assert name != "plain locale" or out.isascii()


@pytest.mark.usefixtures("warm_cache")
@pytest.mark.parametrize("format", FORMATS[:5])
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_format_answers_in_every_environment(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, format: str, name: str
) -> None:
    for variable, value in ENVIRONMENTS[name].items():
        monkeypatch.setenv(variable, value)

    for line in ("explain car-t --brief", "compare car-t msc", "walkthrough car-t"):
        code, out, err = therapyinfo(f"{line} -f {format}")

        assert (code, err) == (0, "")
        assert ("\x1b" in out) == (format == "terminal" and name == "forced colour")


def test_prose_stays_within_a_hundred_columns_on_the_widest_screen() -> None:
    library = knowledge.builtin()
    page = explain(library, library.entry("car-t"), full=True)
    lines = render(page, "terminal", RenderOptions(width=300)).split("\n")

    assert [line for line in lines if display_width(line) > 100 and "https://" not in line] == []

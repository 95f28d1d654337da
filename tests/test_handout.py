"""What a page has on paper, and what files to keep leave out: commands, and sources if asked."""

import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.knowledge import builtin
from therapyinfo.inlines import InlineCode, Text
from therapyinfo.page import Bullets, DefinitionList, Page, Paragraph
from therapyinfo.render import Format, render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views.explain import explain
from therapyinfo.views.notices import a_year_later

DOCUMENTS: tuple[Format, ...] = ("html", "markdown")
COMMAND = InlineCode("therapyinfo list")
LAYER = """
extends: builtin
therapies:
  car-t:
    contacts:
      our-ward:
        name: Ward 7, day and night
        how: 555 0100
        note: For the people whom we treat.
"""


@pytest.fixture
def layer(tmp_path: Path) -> str:
    path = tmp_path / "ours.yaml"
    path.write_text(LAYER, encoding="utf-8")
    return str(path)


def words(html: str) -> str:
    """Return the words of a page, without its style and tags."""
    body = html.partition("</style>")[2]
    return " ".join(re.sub("<[^>]+>", " ", body).split())


@pytest.mark.parametrize("format", DOCUMENTS)
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (("Each step: ", COMMAND, "."), ""),
        ((COMMAND,), ""),
        ((COMMAND, " (3 more there)"), ""),
        (("It harms. More: ", COMMAND), "It harms."),
        (("It harms. More: ", COMMAND, ". It helps too."), "It harms. It helps too."),
        (("It harms.",), "It harms."),
    ],
)
def test_a_sentence_that_holds_a_command_is_left_out(format: Format, text: Text, kept: str) -> None:
    blocks = (Paragraph(text), Bullets((text,)), DefinitionList((("Label", text),)))
    found = render(Page("T", blocks, dict), format, RenderOptions())

    assert "therapyinfo list" not in found
    assert found.count("It harms.") == (3 if kept else 0)
    assert found.count("It helps too.") == (3 if "too" in kept else 0)


@pytest.mark.parametrize("format", DOCUMENTS)
@pytest.mark.parametrize(
    "line",
    [
        "explain car-t",
        "explain car-t --brief",
        "explain hsct --full",
        "compare car-t msc",
        "compare car-t nk-nkt msc",
        "walkthrough car-t",
        "numbers",
        "numbers car-t",
        "products",
        "products kymriah",
        "search driving",
        "define",
        "define crs",
        "list",
        "sources car-t",
    ],
)
def test_no_command_stands_in_a_document(therapyinfo: Run, line: str, format: Format) -> None:
    code, out, _ = therapyinfo(f"{line} -f {format}")
    assert code == 0
    assert "<code>" not in out
    assert not re.search(r"therapyinfo +(?:[a-z-]+|--)", out.replace("`", ""))


@pytest.mark.parametrize(
    "line", ["explain car-t", "explain car-t --brief", "compare car-t msc", "walkthrough car-t"]
)
def test_a_sheet_has_lines_to_write_on_and_its_dates(therapyinfo: Run, line: str) -> None:
    _, out, _ = therapyinfo(f"{line} -f html")
    told = words(out)

    assert '<p class="write">For</p>' in out
    assert '<p class="write">Our number, day and night</p>' in out
    assert "My own questions" in told
    reviewed = builtin().reviewed
    assert f"{int(reviewed[:4]) + 1}." in told.partition("Check again by ")[2]
    assert "Made on 30 November 2026." in told
    assert "does not replace a doctor" in told


def test_other_pages_have_no_lines_to_write_on(therapyinfo: Run) -> None:
    for line in ("list", "define crs", "products car-t"):
        _, out, _ = therapyinfo(f"{line} -f html")
        assert "Our number" not in out
        assert "Made on 30 November 2026." in out


def test_a_page_of_no_known_day_says_none() -> None:
    page = explain(builtin(), builtin().entry("car-t"))
    assert "Made on" not in render(page, "html", RenderOptions())


@pytest.mark.parametrize("line", ["explain car-t", "compare car-t msc", "walkthrough car-t"])
def test_the_contact_of_a_layer_stands_on_top(therapyinfo: Run, layer: str, line: str) -> None:
    _, out, _ = therapyinfo([*line.split(), "-f", "html", "--data", layer])
    told = words(out)

    assert "Our number" not in told
    contact = "Ward 7, day and night: 555 0100. For the people whom we treat."
    assert 0 <= told.find(contact) < 200


def test_a_contact_of_another_therapy_is_not_taken(therapyinfo: Run, layer: str) -> None:
    _, out, _ = therapyinfo(["explain", "msc", "-f", "html", "--data", layer])
    assert "Our number, day and night" in out
    assert "Ward 7" not in out


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        ("2026-11-25", "2027-11-25"),
        ("2026-01-01", "2027-01-01"),
        ("2028-02-29", "2029-02-28"),
        ("2027-02-28", "2028-02-28"),
    ],
)
def test_a_page_is_due_twelve_months_after_its_check(reviewed: str, due: str) -> None:
    assert a_year_later(reviewed) == due


@pytest.mark.parametrize("format", ["plain", "terminal", "markdown", "html"])
@pytest.mark.parametrize("line", ["explain car-t", "compare car-t msc", "numbers car-t"])
def test_sources_and_their_numbers_can_be_left_out(
    therapyinfo: Run, line: str, format: str
) -> None:
    _, whole, _ = therapyinfo(f"{line} -f {format}")
    code, out, _ = therapyinfo(f"{line} --no-sources -f {format}")
    told = " ".join((words(out) if format == "html" else out).split())

    assert code == 0
    assert re.search(r"\[\d|source-1", whole)
    assert not re.search(r"\[\d|source-1|Sources", told)
    assert "which this copy leaves out" in told.replace("> ", "")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("explain car-t -f json", "not for json"),
        ("compare car-t msc -f csv", "not for csv"),
        ("sources car-t", "leaves nothing"),
        ("explain car-t --sources", "leaves nothing"),
    ],
)
def test_leaving_sources_out_is_refused_where_it_means_nothing(
    therapyinfo: Run, line: str, told: str
) -> None:
    code, out, err = therapyinfo(f"{line} --no-sources")
    assert code == 2
    assert told in out + err


@pytest.mark.parametrize(
    "name", ["CAR-T", "CAR-NK", "TCR-T", "B-cell", "T-cell", "G-CSF", "1-800-FDA-1088"]
)
def test_a_name_or_number_with_a_hyphen_stays_on_one_line(name: str) -> None:
    page = Page("T", (Paragraph((f"A {name} follow-up.",)),), dict)
    assert f'<span class="whole">{name}</span> follow-up' in render(page, "html", RenderOptions())


def test_a_pdf_is_made_from_html(therapyinfo: Run, tmp_path: Path) -> None:
    code, out, err = therapyinfo(["explain", "car-t", "-o", str(tmp_path / "car-t.pdf")])
    assert (code, out) == (2, "")
    assert "write .html and print it to PDF" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", ["", "soon", "-1", "9" * 40, "١"])
def test_a_day_that_is_none_leaves_the_clock(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    _, out, _ = therapyinfo("explain car-t -f html")
    assert re.search(r"Made on \d{1,2} [A-Z][a-z]+ \d{4}\.", out)

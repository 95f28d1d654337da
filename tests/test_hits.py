"""What a hit shows: the whole passage with its sources, by therapy, in every format."""

import csv
import io
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from msgspec import structs

from therapyinfo.inlines import Cite, InlineCode, to_text
from therapyinfo.library import Library
from therapyinfo.page import Block, Bullets, Heading, Page, Paragraph, SourceLine, Sources
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.text import without_citations
from therapyinfo.views.citations import format_date, placed_and_dated
from therapyinfo.views.documents import all_documents
from therapyinfo.views.search import CSV_COLUMNS, search_page

from . import knowledge
from .conftest import Run
from .measure import controls, lost, too_wide
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

QUESTIONS = {
    "a name and a wish": "can I drive after car-t?",
    "an emergency without a therapy": "fever",
    "an emergency with one": "can't wake him after car-t",
    "a product": "kymriah cost",
    "the steps": "what are the steps of car-t",
    "the products": "which products of car-t",
    "the differences": "compare car-t and hsct",
    "what it is": "what is car-t",
    "the questions": "questions to ask about car-t",
    "a word": "leukapheresis",
    "a misconception": "is car-t a vaccine myth",
}


@cache
def library() -> Library:
    """Return the knowledge that is shipped, with an index in the cache of this run."""
    return Library.open()


@cache
def page(question: str, region: str | None = None) -> Page:
    """Return the answer to a question."""
    asked = library().in_region(region) if region else library()
    return search_page(asked, question)


def headings(answer: Page, level: int) -> list[str]:
    found = (block for block in answer.blocks if isinstance(block, Heading))
    return [block.text for block in found if block.level == level and not block.anchor]


def commands(answer: Page) -> list[str]:
    paragraphs = (block for block in answer.blocks if isinstance(block, Paragraph))
    return [part.text for each in paragraphs for part in each.text if isinstance(part, InlineCode)]


def under(answer: Page, heading: str) -> Sequence[Block]:
    """Return the blocks under the first heading of this text."""
    blocks = list(answer.blocks)
    start = next(
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and block.text.startswith(heading)
    )
    end = next(
        (
            place
            for place, block in enumerate(blocks[start + 1 :], start + 1)
            if isinstance(block, Heading)
        ),
        len(blocks),
    )
    return blocks[start + 1 : end]


def test_the_documents_hold_the_citations_of_their_page() -> None:
    documents = all_documents(knowledge.builtin())
    cited = [each for each in documents if any("[@" in part.text for part in each.parts)]

    assert len(cited) > len(documents) / 2
    for each in documents:
        words = " ".join(without_citations(part.text) for part in each.parts)
        assert set(words.split()) <= set(each.text.split()) | {"…"}, each.title


def test_a_hit_shows_each_region_with_its_date_and_its_sources() -> None:
    (block,) = [each for each in under(page("can I drive after car-t?"), "Life") if each]

    assert isinstance(block, Bullets)
    labels = [to_text(item[:1]) for item in block.items]
    assert labels == ["US, 27 June 2025:", "UK:", "Canada:"]
    assert all(any(isinstance(part, Cite) for part in item) for item in block.items)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_numbers_of_a_page_are_those_of_its_sources(question: str) -> None:
    answer = page(question)
    lines = [block for block in answer.blocks if isinstance(block, SourceLine)]
    (listed,) = [block for block in answer.blocks if isinstance(block, Sources)]
    numbers = sorted(cite.number for _, cites in lines[0].publishers for cite in cites)

    assert len(lines) == 1
    assert numbers == [entry.number for entry in listed.entries]
    assert numbers == list(range(1, len(numbers) + 1))
    sources = answer.data()["sources"]
    assert {entry.id: entry.number for entry in listed.entries}.items() <= {
        id: each["number"] for id, each in sources.items()
    }.items()


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_therapy_stands_once_with_one_command(question: str) -> None:
    answer = page(question)
    data = answer.data()
    emergency = data["emergency"]
    signs = emergency["commands"] if emergency and emergency["signs"] else []
    groups = [each for each in headings(answer, 2) if each != "Sources"]
    opened = [each for each in commands(answer) if each not in signs]

    assert len(groups) == len(set(groups))
    assert len(opened) in (len(groups), len(groups) - len(signs))


def test_the_best_hit_is_the_first_thing_read_and_whole_on_the_first_screen() -> None:
    lines = render(page("can I drive after car-t?"), "terminal", RenderOptions(width=80))
    first = "\n".join(lines.split("\n")[:23])

    assert "Life during and after: Driving" in first
    assert "rule not before 8 weeks" in first
    assert first.index("CAR-T therapy") < first.index("Life during and after: Driving")


LABELS = {
    "a region": ("UK", ["uk"], ""),
    "a region with a colon": ("UK:", ["uk"], ""),
    "a region and a day": ("US, 26 June 2025", ["us"], "2025-06-26"),
    "regions and a month": ("US, EU, March 2025", ["us", "eu"], "2025-03"),
    "regions in brackets at the end": ("Lymphoma, after 2 (US, UK, 2024)", ["us", "uk"], "2024"),
    "a year alone": ("1989", [], ""),
    "words": ("What is done", [], ""),
    "a name with commas": ("Kymriah (tisagenlecleucel, tisa-cel)", [], ""),
    "nothing": ("", [], ""),
}


@pytest.mark.parametrize(("label", "regions", "date"), LABELS.values(), ids=LABELS)
def test_a_label_tells_where_and_since_when(label: str, regions: list[str], date: str) -> None:
    assert placed_and_dated(library(), label) == (tuple(regions), date)


@pytest.mark.parametrize("date", ["2025", "2025-06", "2025-06-26", "1999-12-01"])
def test_a_date_in_a_label_is_read_as_it_was_written(date: str) -> None:
    assert placed_and_dated(library(), f"UK, {format_date(date)}") == (("uk",), date)


def test_a_hit_for_programs_tells_its_sources_regions_and_date() -> None:
    data = page("can I drive after car-t?").data()
    first = data["hits"][0]

    assert (first["therapy"], first["section"], first["title"]) == ("car-t", "life", "Driving")
    assert first["region"] == ["us", "uk", "canada"]
    assert first["date"] == "2025-06-27"
    assert first["sources"]
    assert "[" not in first["text"]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_source_of_a_hit_has_its_address_and_publisher(question: str) -> None:
    data = page(question).data()
    signs = data["emergency"]["signs"] if data["emergency"] else []
    told = [sign for each in signs for sign in (*each["emergency"], *each["call_team"])]
    named = {id for each in (*data["hits"], *told) for id in each["sources"]}

    assert named == set(data["sources"])
    for each in data["sources"].values():
        assert {"number", "publisher", "title", "url", "published", "kind"} <= each.keys()


def test_a_table_of_hits_has_a_row_a_passage(therapyinfo: Run) -> None:
    code, out, _ = therapyinfo(["search", "can I drive after car-t?", "-f", "csv"])
    rows = list(csv.DictReader(io.StringIO(out)))

    assert code == 0
    assert list(rows[0]) == CSV_COLUMNS
    assert rows[0]["region"] == "us uk canada"
    assert rows[0]["addresses"].startswith("https://")
    assert len(rows) == len(page("can I drive after car-t?").data()["hits"])


WHOLE = {
    "the steps": ("what are the steps of car-t", "Short chemotherapy", "walkthrough car-t"),
    "the products": ("which products of car-t", "Kymriah", "products car-t"),
    "the differences": ("compare car-t and hsct", "Main Action", "compare car-t hsct"),
    "what it is": ("what is car-t", "markers", "explain car-t"),
}


@pytest.mark.parametrize(("question", "part", "command"), WHOLE.values(), ids=WHOLE)
def test_a_question_about_a_whole_is_one_hit_with_its_parts(
    question: str, part: str, command: str
) -> None:
    data = page(question).data()
    first, *others = data["hits"]
    text = render(page(question), "plain", RenderOptions(width=80))

    assert first["command"] == f"therapyinfo {command}"
    assert part.removesuffix("s") in text
    place = (first["therapy"], first["section"])
    assert place not in [(each["therapy"], each["section"]) for each in others]


def test_a_misconception_is_told_as_one_with_its_fact() -> None:
    text = render(page("is car-t a vaccine myth"), "plain", RenderOptions(width=80))

    assert "What people get wrong: “It works for any cancer.”\nThis is wrong. What is so:" in text


@pytest.mark.parametrize("question", ["can I drive after car-t?", "lymphoma", "carer"])
def test_what_to_ask_is_no_answer(question: str) -> None:
    assert "questions" not in {each["section"] for each in page(question).data()["hits"]}


REGIONS = {
    "a region": ("can I drive after car-t", "uk", "UK", "US, 27 June"),
    "a use of several": ("car-t lymphoma approved", "uk", "UK", "Japan"),
    "a product": ("kymriah", "japan", "Japan", "Canada:"),
}


@pytest.mark.parametrize(("question", "region", "has", "lacks"), REGIONS.values(), ids=REGIONS)
def test_a_region_narrows_what_a_hit_says(question: str, region: str, has: str, lacks: str) -> None:
    answer = page(question, region)
    text = render(answer, "plain", RenderOptions(width=80))
    held = {region, "international", "england", "wales", "scotland", "northern-ireland"}

    assert has in text
    assert lacks not in text
    assert {id for each in answer.data()["hits"] for id in each["region"]} <= held


def test_a_region_is_asked_of_the_kept_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Library.open(cache=tmp_path)
    search_page(kept, "driving")
    monkeypatch.setattr("therapyinfo.views.search.documents", None)

    assert search_page(kept.in_region("uk"), "driving").data()["region"] == "uk"


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_an_answer_fits_every_width(question: str) -> None:
    answer = page(question)
    for width in (20, 30, 40, 60, 80, 100, 132, 200):
        for format in ("terminal", "plain"):
            text = render(answer, format, RenderOptions(width=width))
            assert too_wide(text, width) == [], (format, width)
            assert lost(answer, text) == [], (format, width)
            assert controls(text) == []


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("format", ["markdown", "html", "json", "csv"])
def test_an_answer_has_every_format(question: str, format: str) -> None:
    answer = structs.replace(page(question), footer=())
    text = render(answer, format, RenderOptions(width=80))  # type: ignore[arg-type]
    found = json.loads(text)["hits"] if format == "json" else text

    assert found
    assert "[@" not in text


CEILING = 30_000
LARGEST = 60_000
"""What a search weighs at most, a whole page with all that it rests on."""


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_an_answer_for_programs_stays_under_its_ceiling(question: str) -> None:
    size = len(render(page(question), "json", RenderOptions(width=80)).encode())
    whole = any(question in each for each in WHOLE.values())

    assert size < (LARGEST if whole else CEILING)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("what are the chances of dying from CAR-T", "Deaths: "),
        ("what are the side effects of Ryoncil", "Deaths: "),
        ("how long will I be in hospital after CAR-T", "In hospital while the cells work: "),
        ("what are the steps of a transplant", "In all: "),
    ],
)
def test_a_page_as_a_whole_tells_what_is_nearest_before_its_parts(
    question: str, start: str, therapyinfo: Run
) -> None:
    _, out, _ = therapyinfo(f"search {question}")
    lines = out.splitlines()
    told = next(number for number, line in enumerate(lines) if line.startswith(start))

    assert any(line.startswith("The page tells all of it") for line in lines[told:])

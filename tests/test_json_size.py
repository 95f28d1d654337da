"""What an answer for programs weighs: a ceiling for each, so that none grows unseen."""

import json
from collections.abc import Iterator

import pytest

from therapyinfo.errors import NothingFound
from therapyinfo.page import Page
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views import numbers, products
from therapyinfo.views.catalogue import catalogue
from therapyinfo.views.explain import explain, explain_sections
from therapyinfo.views.section_table import SECTIONS

from .knowledge import builtin

SECTION = 20_000
"""A section takes less, but for those that are lists of trials, decisions or many sources."""
LARGE_SECTIONS = {"numbers": 32_000, "risks": 30_000, "products": 55_000}
BRIEF, WHOLE_THERAPY = 20_000, 200_000
NUMBERS, PRODUCTS, ALL_PRODUCTS, EVERYTHING = 32_000, 58_000, 260_000, 1_500_000

THERAPIES = builtin().ids


def _size(page: Page) -> int:
    return len(render(page, "json", RenderOptions(width=80)).encode())


def _sections(therapy: str) -> Iterator[tuple[str, Page]]:
    library = builtin()
    for section in SECTIONS:
        try:
            yield section.id, explain_sections(library, library.entry(therapy), [section.id])
        except NothingFound:
            continue


@pytest.mark.parametrize("therapy", THERAPIES)
def test_a_section_stays_under_its_ceiling(therapy: str) -> None:
    sizes = {section: _size(page) for section, page in _sections(therapy)}

    assert len(sizes) > 10
    assert {id: n for id, n in sizes.items() if n > LARGE_SECTIONS.get(id, SECTION)} == {}


@pytest.mark.parametrize("therapy", THERAPIES)
def test_a_therapy_stays_under_its_ceilings(therapy: str) -> None:
    library = builtin()
    entry = library.entry(therapy)

    assert _size(explain(library, entry, brief=True)) < BRIEF
    assert _size(explain(library, entry)) < WHOLE_THERAPY
    assert _size(numbers.numbers(library, entry)) < NUMBERS
    assert _size(products.products(library, [entry])) < PRODUCTS


def test_the_lists_of_all_stay_under_their_ceilings() -> None:
    library = builtin()

    assert _size(products.products(library, library.entries())) < ALL_PRODUCTS
    assert _size(catalogue(library, full=True)) < EVERYTHING


def test_a_full_list_is_the_whole_knowledge() -> None:
    library = builtin()
    page = catalogue(library, full=True)
    data = json.loads(render(page, "json", RenderOptions(width=80)))

    assert [each["id"] for each in data["therapies"]] == library.ids
    assert list(data["sources"]) == library.source_ids()
    assert set(data["terms"]) == set(library.glossary)
    first = explain(library, library.entry(library.ids[0])).data()["therapy"]
    assert data["therapies"][0]["risks"] == first["risks"]
    assert "[@" not in json.dumps(data)


@pytest.mark.parametrize("therapy", THERAPIES)
def test_a_section_carries_only_the_sources_that_its_records_name(therapy: str) -> None:
    for section, page in _sections(therapy):
        data = page.data()
        sources = data.pop("sources")

        assert set(sources) == {id for ids in _source_lists(data) for id in ids}, section
        assert all(each["url"] and each["publisher"] for each in sources.values()), section


def _source_lists(value: object) -> Iterator[list[str]]:
    if isinstance(value, list):
        for each in value:
            yield from _source_lists(each)
    elif isinstance(value, dict):
        if isinstance(value.get("sources"), list):
            yield value["sources"]
        for each in value.values():
            yield from _source_lists(each)

"""What stands on a page: every section, contact, question and command that belongs there, once."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from therapyinfo.cli.authoring import example_layer
from therapyinfo.inlines import InlineCode, to_text
from therapyinfo.layers import load
from therapyinfo.library import Library
from therapyinfo.page import Bullets, Callout, Heading, Page, Paragraph
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views import catalogue, numbers, reference
from therapyinfo.views.compare import compare
from therapyinfo.views.explain import explain, explain_sections
from therapyinfo.views.products import products
from therapyinfo.views.search import search_page
from therapyinfo.views.walkthrough import walkthrough

from . import knowledge
from .measure import parts_of, said
from .small import SMALL

DEFAULT = {
    "uses": "Who is it for?",
    "benefits": "What it can do",
    "risks": "What can go wrong",
    "process": "How it goes",
    "without": "If you do not have it",
    "unknowns": "What nobody knows yet",
    "questions": "Ask your team",
}
"""The sections of a default page of a therapy that has something in each, in their order."""

FULL = [
    *("how", "mechanism", "special", "uses", "considered", "benefits", "numbers", "risks", "help"),
    *("process", "life", "access", "without", "differences", "unknowns", "unproven", "products"),
    *("misconceptions", "history", "questions", "contacts", "words", "codes"),
]
"""The sections of the full page of such a therapy, in their order."""


@cache
def complete() -> Library:
    """Return the small knowledge and, over it, a therapy that fills every field there is."""
    layer = example_layer("schema.json", date(2026, 11, 25), "layer.yaml")
    files = {"layer.yaml": layer, "small.yaml": SMALL}
    return knowledge.of_layered(
        load(Path("layer.yaml"), Path("small.yaml"), lambda path: files[path.name].encode())
    )


def _sections(page: Page) -> dict[str, str]:
    """Return the heading of each section of a page by its id."""
    headings = (each for each in page.blocks if isinstance(each, Heading) and each.level == 2)
    return {each.anchor: each.text for each in headings}


def _section(page: Page, id: str) -> list[str]:
    """Return what a section says: a text for each paragraph, and each item of its lists."""
    told: list[str] = []
    within = False
    for block in page.blocks:
        if isinstance(block, Heading) and block.level == 2:
            within = block.anchor == id
        elif within and isinstance(block, Paragraph):
            told.append(to_text(block.text))
        elif within and isinstance(block, Bullets):
            told += map(to_text, block.items)
    return told


# sections


def test_a_default_page_has_these_sections_in_this_order() -> None:
    page = explain(complete(), complete().entry("example-therapy"))

    assert list(_sections(page).items()) == [*DEFAULT.items(), ("sources", "Sources")]
    assert page.data()["sections"] == [
        *("glance", "uses", "benefits", "risks", "help", "process", "without", "unknowns"),
        "questions",
    ]
    assert [block.anchor for block in page.blocks if isinstance(block, Callout)] == ["help"]


def test_a_full_page_has_these_sections_in_this_order() -> None:
    page = explain(complete(), complete().entry("example-therapy"), full=True)

    assert list(_sections(page)) == [*FULL, "layers", "sources"]
    assert page.data()["sections"] == ["glance", *FULL]


# contacts

CONTACTS = """\
    contacts:
      first-uk: {{name: First UK, how: 555 0101, region: UK}}
      second-uk: {{name: Second UK, how: 555 0102, region: UK}}
      first-us: {{name: First US, how: 555 0103, region: US}}
{more}    questions:"""
OTHERS = """\
      second-us: {name: Second US, how: 555 0104, region: US}
      nowhere: {name: Nowhere, how: 555 0105}
"""


def _with_contacts(more: str = "") -> Library:
    return knowledge.of_text(SMALL.replace("    questions:", CONTACTS.format(more=more)))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", "First UK (UK) 555 0101; First US (US) 555 0103; Second UK (UK) 555 0102"),
        (OTHERS, "First UK (UK) 555 0101; First US (US) 555 0103; Nowhere 555 0105"),
    ],
    ids=["as many as there is room for", "more than there is room for"],
)
def test_a_page_has_one_telephone_of_each_region_before_a_second_of_any(
    more: str, expected: str
) -> None:
    library = _with_contacts(more)
    page = explain(library, library.entry("car-t"))
    told = [to_text(block.text) for block in page.blocks if isinstance(block, Paragraph)]

    assert told[-1] == f"Help by telephone: {expected}."


def test_a_contact_without_a_telephone_is_told_on_the_full_page_alone() -> None:
    library = _with_contacts("      web: {name: Web, how: https://example.org/12345}\n")
    default, full = (
        "\n".join(said(explain(library, library.entry("car-t"), full=full)))
        for full in (False, True)
    )

    assert "example.org/12345" not in default
    assert "Web: https://example.org/12345" in full


def test_the_section_of_contacts_has_each_once_as_the_file_has_them() -> None:
    library = _with_contacts(OTHERS)
    page = explain_sections(library, library.entry("car-t"), ["contacts"])

    assert _section(page, "contacts") == [
        "First UK (UK): 555 0101",
        "Second UK (UK): 555 0102",
        "First US (US): 555 0103",
        "Second US (US): 555 0104",
        "Nowhere: 555 0105",
    ]


# the time that it takes in all


@pytest.mark.parametrize(
    ("total", "number", "told"),
    [
        ("About 2 months [@label-2024].", None, ["In all: About 2 months [1]."]),
        ("About 2 months [@label-2024].", 1, []),
        ("null", None, []),
        ("null", 1, []),
    ],
)
def test_the_time_in_all_is_told_of_the_whole_process_where_it_is_known(
    total: str, number: int | None, told: list[str]
) -> None:
    library = knowledge.of_text(SMALL.replace("About 2 months [@label-2024].", total))
    page = walkthrough(library, library.entry("car-t"), number)
    texts = [to_text(block.text) for block in page.blocks if isinstance(block, Paragraph)]

    assert [text for text in texts if text.startswith("In all")] == told


# search


def test_a_result_is_found_with_what_it_counts() -> None:
    (hit,) = [
        each
        for each in search_page(knowledge.small(), "remission").data()["hits"]
        if each["section"] == "numbers"
    ]

    assert hit["title"] == "Adults with lymphoma"
    assert hit["snippet"].startswith("in remission: Of 100 people, 69 were in remission (65 of")


# the tone of a paragraph


def test_a_paragraph_is_an_aside_or_the_lead_only_where_it_is_said_to_be() -> None:
    page = Page(
        "Title",
        (Paragraph(("Plain.",)), Paragraph(("Aside.",), "quiet"), Paragraph(("Lead.",), "lead")),
        dict,
    )
    document = render(page, "html", RenderOptions())
    found = re.findall(r"<p([^>]*)>\s*(Plain|Aside|Lead)\.", document)

    assert Paragraph(("Plain.",)) == Paragraph(("Plain.",), "normal")
    assert found == [("", "Plain"), (' class="quiet"', "Aside"), (' class="lead"', "Lead")]


# commands


def _every_page(library: Library) -> dict[str, Page]:
    """Return a page of each kind about the first therapy of a library, by what asks for it."""
    entry, other = library.entry("car-t"), library.entry("msc")
    return {
        "front": catalogue.home(library),
        "list": catalogue.catalogue(library),
        "brief": explain(library, entry, brief=True),
        "explain": explain(library, entry),
        "full": explain(library, entry, full=True),
        "walkthrough": walkthrough(library, entry),
        "step": walkthrough(library, entry, 1),
        "compare": compare(library, [entry, other], []),
        "numbers": numbers.numbers(library, entry),
        "products": products(library, [entry]),
        "search": search_page(library, "cells"),
        "define": reference.define(library, "leukapheresis"),
        "glossary": reference.glossary(library),
        "sources": reference.sources(library, entry),
    }


NAMED = re.compile(r"\btherapyinfo (explain|walkthrough|compare|numbers|products|search|define)\b")


@pytest.mark.parametrize("library", [knowledge.small(), complete()], ids=["small", "complete"])
def test_commands_in_pages_are_code(library: Library) -> None:
    told = {name: (page.blocks, page.footer) for name, page in _every_page(library).items()}
    parts = [part for each in told.values() for part in parts_of(each, str, InlineCode)]
    with_commands = [
        name
        for name, each in told.items()
        if any(isinstance(part, InlineCode) for part in parts_of(each, str, InlineCode))
    ]

    assert [part for part in parts if isinstance(part, str) and NAMED.search(part)] == []
    assert with_commands == ["front", "search"]

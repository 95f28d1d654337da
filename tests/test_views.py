"""Records to pages: what each view says, in which order, and with which sources."""

import pytest

from therapyinfo.errors import NothingFound, UnknownName
from therapyinfo.inlines import Cite, to_text
from therapyinfo.library import Library
from therapyinfo.page import (
    Bullets,
    DefinitionList,
    Heading,
    Page,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepList,
)
from therapyinfo.text import cited_ids
from therapyinfo.views import reference
from therapyinfo.views.citations import Citations, format_date, page_footer, region_and_date
from therapyinfo.views.explain import explain, explain_sections
from therapyinfo.views.section_table import SECTIONS
from therapyinfo.views.walkthrough import walkthrough

from . import knowledge
from .measure import said
from .small import SMALL

SECTION_IDS = [section.id for section in SECTIONS]

HEADINGS = [section.heading for section in SECTIONS if section.heading]
"""The headings of a full page, in their order."""


def _small(old: str = "", new: str = "") -> Library:
    """Return the small knowledge, with one text in it replaced by another."""
    assert old in SMALL
    return knowledge.of_text(SMALL.replace(old, new)) if old else knowledge.small()


def _headings(page: Page, level: int = 2) -> list[str]:
    return [
        block.text for block in page.blocks if isinstance(block, Heading) and block.level == level
    ]


def _text(page: Page) -> str:
    return "\n".join(said(page))


def _cites(value: object) -> list[Cite]:
    if isinstance(value, Cite):
        return [value]
    if isinstance(value, tuple):
        return [cite for each in value for cite in _cites(each)]
    if hasattr(value, "__struct_fields__"):
        return _cites(tuple(getattr(value, name) for name in value.__struct_fields__))
    return []


def _listed(page: Page) -> tuple[SourceEntry, ...]:
    return next(block.entries for block in page.blocks if isinstance(block, Sources))


# explain


def test_the_first_thing_said_is_the_main_message_and_how_it_works() -> None:
    library = knowledge.small()
    page = explain(library, library.entry("car-t"))
    lead, how = page.blocks[:2]

    assert isinstance(lead, Paragraph)
    assert isinstance(how, Paragraph)
    assert lead.style == "lead"
    assert to_text(lead.text) == (
        "A laboratory changes your T cells [1]. They can harm you too [2]."
    )
    assert to_text(how.text) == "A new gene helps your T cells to find cancer [1]."
    assert (page.title, page.subtitle) == (
        "CAR-T therapy",
        "chimeric antigen receptor T-cell therapy",
    )


def test_sections_stand_in_their_order() -> None:
    library = knowledge.builtin()

    for entry in library.entries():
        usual = _headings(explain(library, entry))
        full = _headings(explain(library, entry, full=True))

        assert usual[0] == "Who is it for?"
        assert full == [each for each in HEADINGS if each in full] + ["Sources"]
        assert usual == [each for each in full if each in usual]


def test_every_section_is_found_in_some_therapy() -> None:
    library = knowledge.builtin()
    pages = [explain(library, entry, full=True) for entry in library.entries()]
    found = {heading for page in pages for heading in _headings(page)}

    assert found == {*HEADINGS, "Sources"}


def test_brief_is_the_lead_and_a_list_with_their_sources() -> None:
    library = knowledge.builtin()

    for entry in library.entries():
        page = explain(library, entry, brief=True)

        assert [type(block) for block in page.blocks] == [
            *(Paragraph, Bullets, SourceLine),
            *(Heading, Sources),
        ]
        assert page.next_commands == (f"therapyinfo explain {entry.id}",)


def test_an_empty_section_is_left_out() -> None:
    library = knowledge.small()
    page = explain(library, library.entry("msc"), full=True)

    assert "How it differs" in _headings(page)
    assert not {"How it goes", "Products", "Codes", "Ask your team"} & set(_headings(page))


def test_only_the_sections_asked_for_are_shown_in_the_pages_order() -> None:
    library = knowledge.small()
    page = explain_sections(library, library.entry("car-t"), ["risks", "How it works", "risks"])

    assert _headings(page) == ["How it works", "What can go wrong", "Sources"]
    assert page.data()["sections"] == ["how", "risks"]


@pytest.mark.parametrize("id", [*SECTION_IDS, "sources"])
def test_every_section_can_be_asked_for_alone(id: str) -> None:
    library = knowledge.builtin()
    asked = [section for section in SECTIONS if section.id == id]
    entry = next(
        each
        for each in library.entries()
        if all(section.full(each, Citations(library)) for section in asked)
    )
    page = explain_sections(library, entry, [id])

    assert set(_headings(page)) <= {*(section.heading for section in asked), "Sources"}
    assert page.blocks


def test_the_section_of_sources_lists_all_that_the_whole_page_cites() -> None:
    library = knowledge.small()
    whole = explain(library, library.entry("car-t"), full=True)
    alone = explain_sections(library, library.entry("car-t"), ["sources"])

    assert _headings(alone) == ["Sources"]
    assert alone.blocks[-1] == whole.blocks[-1]


def test_an_unknown_section_raises_with_the_nearest() -> None:
    library = knowledge.small()

    with pytest.raises(UnknownName) as caught:
        explain_sections(library, library.entry("car-t"), ["risk"])

    assert caught.value.suggestions[0] == "risks"
    assert "glance, " in str(caught.value)


def test_a_section_that_a_therapy_lacks_is_said_to_be_missing() -> None:
    library = knowledge.small()

    with pytest.raises(NothingFound, match="MSC therapy has nothing in: codes"):
        explain_sections(library, library.entry("msc"), ["codes"])


@pytest.mark.parametrize("full", [False, True])
def test_citations_are_numbered_in_order_and_all_are_listed(*, full: bool) -> None:
    library = knowledge.builtin()

    for entry in library.entries():
        page = explain(library, entry, full=full)
        sources = page.blocks[-1]
        assert isinstance(sources, Sources)
        cited = {cite.number: cite.source for cite in _cites(page.blocks)}

        assert list(cited) == list(range(1, len(cited) + 1))
        assert [(each.number, each.id) for each in sources.entries] == list(cited.items())
        assert page.data()["sources"].keys() >= set(cited.values())


def test_a_claim_names_each_of_its_sources_once_in_the_order_of_their_numbers() -> None:
    citations = Citations(knowledge.small())

    assert to_text(citations.text("Told [@label-2024].")) == "Told [1]."
    assert to_text(citations.text("Told [@elara-2022; @label-2024; @elara-2022].")) == (
        "Told [1, 2]."
    )
    assert to_text(citations.text("Once [@label-2024].", ["elara-2022"])) == "Once [1, 2]."


def test_sources_of_a_record_stand_before_its_full_stop_and_not_twice() -> None:
    citations = Citations(knowledge.small())

    assert to_text(citations.text("Told.", ["label-2024"])) == "Told [1]."
    assert to_text(citations.text("Told", ["label-2024"])) == "Told [1]"
    assert to_text(citations.text("Told [@label-2024].", ["label-2024"])) == "Told [1]."
    assert citations.text(None) == ()


def test_uses_are_told_apart_in_words() -> None:
    library = _small(
        """        standing: approved
        who: Adults after 2 treatments.
""",
        """        standing: unproven
        who: Adults after 2 treatments.
""",
    )
    page = explain(library, library.entry("car-t"), full=True)

    assert "Lymphoma (US, May 2024): Adults after 2 treatments [1]." in _text(page)
    assert "Offered without approval" in _headings(page, level=3)
    assert "Approved" not in _headings(page, level=3)
    assert "Lymphoma" not in _text(explain(library, library.entry("car-t")))


def test_serious_harms_come_first() -> None:
    library = _small(
        """    risks:
""",
        """    risks:
      - name: Tiredness
        seriousness: mild
        what: You feel tired.
        sources: [label-2024]
      - name: Infection
        seriousness: serious
        what: Germs get in.
        sources: [label-2024]
""",
    )
    full = explain(library, library.entry("car-t"), full=True)
    order = [*_headings(full, 3), *_headings(full, 4)]

    assert order.index("Can threaten life") < order.index("Serious") < order.index("Milder")
    assert order.index("Severe reaction (CRS)") < order.index("Infection")
    assert order.index("Infection") < order.index("Tiredness")


@pytest.mark.parametrize(("full", "labels"), [(False, 0), (True, 3)])
def test_the_process_is_a_line_a_step_and_in_full_all_that_is_told_of_it(
    *, full: bool, labels: int
) -> None:
    library = knowledge.small()
    page = explain(library, library.entry("car-t"), full=full)
    steps = next(block for block in page.blocks if isinstance(block, StepList))

    assert [(step.number, step.title, to_text(step.time)) for step in steps.items] == [
        (1, "Collection", "3 hours."),
        (2, "Infusion", ""),
    ]
    assert len(steps.items[0].details) == labels


def test_words_used_here_are_those_of_the_entry() -> None:
    library = knowledge.small()
    page = explain_sections(library, library.entry("car-t"), ["words"])
    facts = page.blocks[1]

    assert isinstance(facts, DefinitionList)
    assert [label for label, _ in facts.rows] == ["leukapheresis", "T cell"]


def test_next_commands_lead_on() -> None:
    library = knowledge.small()

    assert explain(library, library.entry("car-t")).next_commands == (
        "therapyinfo walkthrough car-t",
        "therapyinfo numbers car-t",
        "therapyinfo compare car-t msc",
        "therapyinfo explain car-t --sources",
        "therapyinfo explain car-t --full",
    )
    assert explain(library, library.entry("msc"), full=True).next_commands == (
        "therapyinfo compare msc car-t",
    )


# walkthrough


def test_a_walk_tells_every_step_with_its_details() -> None:
    library = knowledge.small()
    page = walkthrough(library, library.entry("car-t"))
    total, steps = page.blocks[:2]
    assert isinstance(total, Paragraph)
    assert isinstance(steps, StepList)
    first, second = steps.items

    assert to_text(total.text) == "In all: About 2 months [1]."
    assert [(label, to_text(text)) for label, text in first.details] == [
        ("What happens", "A machine takes T cells from your blood (leukapheresis) [1]."),
        ("What you do", "You lie still."),
        ("Where", "Hospital"),
    ]
    assert to_text(first.time) == "3 hours."
    assert second.details[0][1][1] == Cite(2, "elara-2022")


def test_one_step_keeps_its_number() -> None:
    library = knowledge.small()
    page = walkthrough(library, library.entry("car-t"), 2)
    steps = next(block for block in page.blocks if isinstance(block, StepList))

    assert [step.number for step in steps.items] == [2]
    assert page.title.endswith("step 2 of 2")
    assert [step["number"] for step in page.data()["steps"]] == [2]


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_step_that_is_not_there_is_unknown(number: int) -> None:
    library = knowledge.small()

    with pytest.raises(UnknownName, match="1 to 2") as caught:
        walkthrough(library, library.entry("car-t"), number)

    assert caught.value.code == "unknown_step"


def test_a_therapy_without_steps_says_so() -> None:
    library = knowledge.small()

    with pytest.raises(NothingFound, match="MSC therapy"):
        walkthrough(library, library.entry("msc"))


# the glossary and the sources


def test_data_names_every_source_that_its_records_cite() -> None:
    library = knowledge.builtin()
    page = explain_sections(library, library.entry("car-t"), ["glance"])
    shown = {cite.source for cite in _cites(page.blocks)}
    numbers = [source["number"] for source in page.data()["sources"].values()]

    assert set(cited_ids(str(page.data()["therapy"]))) <= set(page.data()["sources"])
    assert list(page.data()["sources"])[: len(shown)] == [entry.id for entry in _listed(page)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_term_is_told_with_how_to_say_it_and_where_it_comes_up() -> None:
    page = reference.define(knowledge.small(), "Leukapheresis")
    lead, facts = page.blocks
    assert isinstance(lead, Paragraph)
    assert isinstance(facts, DefinitionList)

    assert page.title == "leukapheresis"
    assert to_text(lead.text) == "A machine takes white cells from your blood."
    assert [(label, to_text(text)) for label, text in facts.rows] == [
        ("Say it", "loo-kuh-fuh-REE-sis"),
        ("Comes up in", "CAR-T therapy"),
    ]
    assert page.next_commands == ("therapyinfo explain car-t",)


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    page = reference.glossary(knowledge.builtin())
    facts = page.blocks[0]
    assert isinstance(facts, DefinitionList)
    labels = [label.casefold() for label, _ in facts.rows]

    assert labels == sorted(labels)
    assert len(labels) == len(knowledge.builtin().glossary)


def test_the_sources_of_one_therapy_are_those_that_it_cites() -> None:
    library = knowledge.builtin()
    entry = library.entry("prp")
    page = reference.sources(library, entry)
    full = explain(library, entry, full=True)

    assert set(full.data()["sources"]) <= set(page.data()["sources"])
    assert len(page.data()["sources"]) < len(library.source_ids())
    assert set(reference.sources(library).data()["sources"]) == set(library.source_ids())


def test_every_source_is_told_with_publisher_date_kind_and_address() -> None:
    page = reference.sources(knowledge.small())
    block = next(block for block in page.blocks if isinstance(block, Sources))

    assert [(each.publisher, each.date, each.kind, each.address) for each in block.entries] == [
        ("Nature Medicine", "January 2022", "trial", "https://example.org/elara"),
        ("A regulator", "undated", "label", "https://example.org/label"),
    ]


# what every page shares


def test_every_page_ends_with_what_it_is_not_and_how_old_it_is() -> None:
    assert to_text(page_footer(knowledge.small())) == (
        "This is general information and does not replace a doctor."
        " No clinician has reviewed this text yet. Last checked 25 November 2026."
    )


@pytest.mark.parametrize(
    ("region", "as_of", "told"),
    [
        (("uk",), "2025-03", "UK, March 2025"),
        (("us", "south-korea"), None, "US, South Korea"),
        (("a-town",), None, "A Town"),
        ((), "2025", "2025"),
        ((), None, ""),
    ],
)
def test_place_and_time_stand_together(
    region: tuple[str, ...], as_of: str | None, told: str
) -> None:
    assert region_and_date(knowledge.builtin(), region, as_of) == told


def test_a_date_that_is_not_known_is_no_word() -> None:
    assert format_date(None) == ""

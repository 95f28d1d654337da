"""Records to pages: what each view says, in which order, and with which sources."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec import structs

from therapyinfo.errors import NothingFound, UnknownName
from therapyinfo.inlines import Cite, to_text
from therapyinfo.library import Library
from therapyinfo.page import (
    Bullets,
    DefinitionList,
    Heading,
    IconArray,
    Page,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepList,
    Table,
)
from therapyinfo.records import Comparison, Outcome
from therapyinfo.text import cited_ids
from therapyinfo.views import catalogue, reference
from therapyinfo.views import numbers as numbers_module
from therapyinfo.views.citations import Citations, format_date, page_footer, region_and_date
from therapyinfo.views.compare import compare
from therapyinfo.views.explain import explain, explain_sections
from therapyinfo.views.products import products
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


# compare


def _compared(library: Library, ids: Sequence[str], rows: Sequence[str] = ()) -> Page:
    entries = [library.find(id) for id in ids]
    return compare(library, entries, [library.row(row) for row in rows])


def _tables(page: Page) -> list[Table]:
    return [block for block in page.blocks if isinstance(block, Table)]


def test_the_founding_table_stands_word_for_word() -> None:
    page = _compared(knowledge.builtin(), ["car-t", "nk-nkt", "msc", "growth-factor"])
    table = _tables(page)[0]
    rows = [tuple(to_text(cell) for cell in row) for row in table.rows]

    assert table.head == ("Therapy", "Cell Type", "Main Action")
    assert rows == [
        ("CAR-T therapy", "Engineered T cells", "Targets specific markers on diseased cells"),
        ("NK / NKT therapy", "Natural Killer / NKT cells", "Broad innate immune surveillance"),
        ("MSC therapy", "Mesenchymal stem cells", "Tissue support and immune modulation"),
        ("Growth factor therapy", "Signaling proteins", "Stimulates existing cells"),
    ]


def test_a_comparison_sets_every_row_side_by_side_then_tells_the_pairs_apart() -> None:
    page = _compared(knowledge.small(), ["car-t", "msc"])
    short, long = _tables(page)

    assert page.title == "CAR-T therapy and MSC therapy"
    assert short.head == ("Therapy", "Cell Type", "Main Action")
    assert long.head == ("", "CAR-T therapy", "MSC therapy")
    assert _headings(page)[:2] == ["Side by side", "How they differ"]
    assert _headings(page)[-1] == "Sources"


@pytest.mark.parametrize("ids", [("car-t", "msc"), ("msc", "car-t")])
def test_a_difference_is_told_from_both_sides(ids: tuple[str, str]) -> None:
    page = _compared(knowledge.small(), ids)

    assert "CAR-T therapy starts an attack, MSC therapy calms one" in _text(page)
    assert [each["therapies"] for each in page.data()["differences"]] == [list(ids)]


def test_what_no_source_tells_is_said_to_be_missing() -> None:
    page = _compared(knowledge.small(), ["car-t", "msc"], ["main-harms"])
    (table,) = _tables(page)

    assert [to_text(row[1]) for row in table.rows] == [
        "Severe reactions in 12 in 100 people [1].",
        "no source found",
    ]
    assert page.data()["rows"][0]["values"]["msc"] is None
    assert page.csv_rows == (
        ("Therapy", "Main harms"),
        ("CAR-T therapy", "Severe reactions in 12 in 100 people."),
        ("MSC therapy", "no source found"),
    )


def test_only_the_rows_asked_for_are_shown_in_their_order() -> None:
    page = _compared(
        knowledge.small(), ["car-t", "msc"], ["main-harms", "Cell Type", "main action"]
    )
    (table,) = _tables(page)

    assert [to_text(row[0]) for row in table.rows] == ["Main harms", "Cell Type", "Main Action"]
    assert [row["id"] for row in page.data()["rows"]] == ["main-harms", "cell-type", "main-action"]
    assert _headings(page) == ["Sources"]


def test_many_therapies_are_listed_in_the_title() -> None:
    page = _compared(knowledge.builtin(), ["car-t", "msc", "hsct"])

    assert page.title == "CAR-T therapy, MSC therapy and Blood stem cell transplant (HSCT)"


# numbers


def _outcome(**changes: Any) -> Outcome:
    plain = Outcome(
        kind="benefit",
        what="were alive",
        trial="ELARA",
        group="adults",
        endpoint="survival",
        certainty="One trial.",
        sources=("elara-2022",),
    )
    return structs.replace(plain, **changes)


@pytest.mark.parametrize(
    ("numbers", "share", "told"),
    [
        ({"n": 94, "count": 65}, 69, "69 in 100 people (65 of 94)"),
        ({"n": 73, "count": 39}, 53, "53 in 100 people (39 of 73)"),
        ({"n": 200, "count": 1}, 1, "1 in 100 people (1 of 200)"),
        ({"n": 42500, "count": 38}, 0, "fewer than 1 in 100 people (38 of 42,500)"),
        ({"n": 50, "count": 0}, 0, "0 in 100 people (0 of 50)"),
        ({"n": 50, "count": 50}, 100, "100 in 100 people (50 of 50)"),
        ({"n": 1000, "count": 998}, 100, "more than 99 in 100 people (998 of 1,000)"),
        ({"percent": 12.5}, 13, "13 in 100 people"),
        ({"percent": 12.4}, 12, "12 in 100 people"),
        ({"percent": 0.3}, 0, "fewer than 1 in 100 people"),
        ({"percent": 99.7}, 100, "more than 99 in 100 people"),
        ({"percent": 100.0}, 100, "100 in 100 people"),
        ({"percent": 0.0}, 0, "0 in 100 people"),
        ({"percent": 54.0, "n": 97, "count": 52}, 54, "54 in 100 people (52 of 97)"),
        ({"result": "9 months longer"}, None, "9 months longer"),
        ({"n": 0, "count": 0}, None, ""),
        ({}, None, ""),
    ],
)
def test_a_result_is_a_whole_number_in_100_people(
    numbers: dict[str, Any], share: int | None, told: str
) -> None:
    outcome = _outcome(**numbers)

    assert numbers_module.in_100(outcome) == share
    assert numbers_module.counted(outcome) == told


def _numbers_page(*recorded: Outcome) -> Page:
    library = knowledge.small()
    entry = library.entry("car-t")
    changed = structs.replace(entry, therapy=structs.replace(entry.therapy, outcomes=recorded))
    return numbers_module.numbers(library, changed)


def _fact(page: Page, label: str) -> str:
    rows = [row for block in page.blocks if isinstance(block, DefinitionList) for row in block.rows]
    return next((to_text(text) for name, text in rows if name == label), "")


@pytest.mark.parametrize(
    ("other", "compared", "difference"),
    [
        (None, "no comparison group", ""),
        (
            Comparison(group="usual care", n=100, count=45),
            "usual care: 45 in 100 people (45 of 100)",
            "24 more in 100 people",
        ),
        (
            Comparison(group="usual care", n=80, percent=80),
            "usual care (80 people): 80 in 100 people",
            "11 fewer in 100 people",
        ),
        (
            Comparison(group="usual care", percent=69.0),
            "usual care: 69 in 100 people",
            "none that shows in 100 people",
        ),
        (Comparison(group="usual care", result="5 months"), "usual care: 5 months", ""),
        (Comparison(group="usual care"), "usual care", ""),
    ],
)
def test_a_result_stands_beside_what_it_was_compared_with(
    other: Comparison | None, compared: str, difference: str
) -> None:
    page = _numbers_page(_outcome(n=94, count=65, comparison=other))

    assert _fact(page, "Compared with") == compared
    assert _fact(page, "Difference") == difference
    assert page.data()["outcomes"][0]["difference"] == (difference or None)


def test_both_sides_of_a_count_are_told_and_drawn() -> None:
    page = _numbers_page(
        _outcome(n=94, count=65, comparison=Comparison(group="usual care", percent=45))
    )
    icons = next(block for block in page.blocks if isinstance(block, IconArray))

    assert [(count.in_100, count.label) for count in icons.counts] == [
        (69, "CAR-T therapy"),
        (45, "usual care"),
    ]
    assert (
        to_text(icons.caption) == "Of 100 people, 69 were alive. For the other 31 this was not so."
    )


@pytest.mark.parametrize(
    ("percent", "told"), [(0.2, "fewer than 1 were alive."), (99.8, "more than 99 were alive.")]
)
def test_a_few_are_not_made_none_nor_nearly_all_made_all(percent: float, told: str) -> None:
    page = _numbers_page(_outcome(percent=percent))
    icons = next(block for block in page.blocks if isinstance(block, IconArray))

    assert to_text(icons.caption) == f"Of 100 people, {told} For the others this was not so."


def test_a_result_that_is_no_count_has_words_and_no_picture() -> None:
    page = _numbers_page(_outcome(what="lived longer", result="9 months"))

    assert _headings(page, 3) == ["Lived longer: 9 months"]
    assert not [block for block in page.blocks if isinstance(block, IconArray)]


def test_benefits_come_before_harms_whatever_their_order_in_the_file() -> None:
    page = _numbers_page(_outcome(kind="harm", percent=10), _outcome(percent=20))

    assert _headings(page) == ["Benefits", "Harms", "Sources"]


def test_the_numbers_name_group_trial_measure_and_certainty() -> None:
    page = _numbers_page(_outcome(n=1094, count=65, follow_up="median 17 months", as_of="2022-01"))

    assert _fact(page, "Who") == "adults (1,094 people)"
    assert _fact(page, "Trial") == "ELARA, January 2022 [1]"
    assert _fact(page, "Measured") == "survival; median 17 months"
    assert _fact(page, "How sure") == "One trial."


def test_a_therapy_without_results_says_so() -> None:
    assert "No trial results are recorded" in _text(_numbers_page())


# products


def test_products_are_told_by_region_with_regulator_date_and_status() -> None:
    library = knowledge.small()
    page = products(library, [library.entry("car-t")])

    assert _headings(page) == ["US", "Sources"]
    assert _headings(page, 3) == ["Examplia (example-cel)"]
    assert "FDA: approved 23 May 2024. Adults with lymphoma [1]." in _text(page)
    assert page.csv_rows is not None
    assert page.csv_rows[1][:4] == ("car-t", "US", "Examplia", "example-cel")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "status: approved\n            date",
            "status: conditional\n            date",
            "FDA: approved with conditions 23 May 2024.",
        ),
        ("            date: 2024-05-23\n", "", "FDA: approved, date not found."),
        (
            "            date: 2024-05-23\n",
            "            date: 2024-05-23\n            withdrawn: 2025-02\n",
            "FDA: approved 23 May 2024, withdrawn February 2025.",
        ),
        (
            "status: approved\n            date: 2024-05-23\n",
            "status: withdrawn\n            date: 2024-05-23\n            withdrawn: 2025-02\n",
            "FDA: approved 23 May 2024, withdrawn February 2025.",
        ),
        (
            "status: approved\n            date: 2024-05-23\n",
            "status: withdrawn\n            date: 2024-05-23\n",
            "FDA: withdrawn 23 May 2024.",
        ),
        (
            "            date: 2024-05-23\n",
            "            date: 2024-05-23\n            as_of: 2025\n            note: A note.\n",
            "Adults with lymphoma. A note. Checked 2025",
        ),
    ],
)
def test_a_decision_is_told_with_its_dates(old: str, new: str, told: str) -> None:
    library = _small(old, new)

    assert told in _text(products(library, [library.entry("car-t")]))


def test_a_region_is_found_in_any_case_and_an_unknown_one_raises() -> None:
    library = knowledge.builtin()
    page = products(library, library.entries(), "eu")

    assert page.title == "Products in EU"
    assert {tuple(row["region"]) for row in page.data()["products"]} == {("eu",)}
    assert "CAR-T therapy" in _text(page)
    with pytest.raises(UnknownName, match="no region is called 'Atlantis'"):
        products(library, library.entries(), "Atlantis")


def test_no_product_is_an_answer_of_its_own() -> None:
    library = knowledge.small()

    with pytest.raises(NothingFound, match="no product is recorded in US for MSC therapy"):
        products(library, [library.entry("msc")], "us")


# the front page, the list, the glossary and the sources


def test_the_front_page_says_what_this_is_and_what_to_type() -> None:
    library = knowledge.small()
    text = _text(catalogue.home(library))

    assert "Every claim has its source." in text
    for command in ("explain car-t", "walkthrough car-t", "compare car-t msc", "--help"):
        assert f"therapyinfo {command}" in text
    assert "Your own T cells, changed to find cancer." in text


def test_the_list_is_grouped_by_category_and_has_a_line_for_each_therapy() -> None:
    library = knowledge.builtin()
    page = catalogue.catalogue(library)

    assert _headings(page) == [each.label for each in library.categories.values()]
    assert page.tsv_rows is not None
    assert [line[0] for line in page.tsv_rows] == library.ids
    assert page.tsv_rows[0] == (
        "car-t",
        "CAR-T therapy",
        "Cells changed in a laboratory",
        "Targets specific markers on diseased cells",
    )


def test_a_list_without_citations_has_none_in_its_words() -> None:
    assert "[@" not in _text(catalogue.catalogue(knowledge.builtin()))


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

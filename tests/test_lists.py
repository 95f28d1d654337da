"""The front page, the list of therapies, the glossary and the sources."""

import pytest
from msgspec.structs import replace

from therapyinfo.inlines import to_text
from therapyinfo.page import DefinitionList, Grid, Heading, Page, StepList
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views import reference
from therapyinfo.views.catalogue import catalogue, home
from therapyinfo.views.walkthrough import one_step, walkthrough

from . import knowledge
from .measure import said
from .small import SMALL

FRONT_LINES = 22


def _text(page: Page) -> str:
    return "\n".join(said(page))


@pytest.mark.parametrize("format", ["plain", "terminal"])
def test_the_front_page_is_one_screen_and_names_every_therapy(format: str) -> None:
    library = knowledge.builtin()
    page = home(library)
    text = render(page, format, RenderOptions(width=80))  # type: ignore[arg-type]

    assert text.count("\n") <= FRONT_LINES
    assert all(each.name in _text(page) for each in library.summaries)


def test_the_front_page_says_what_this_is_and_what_to_type() -> None:
    text = _text(home(knowledge.small()))

    assert "Every claim has its source." in text
    for command in ("explain car-t", "walkthrough car-t", "compare car-t msc", "list", "--help"):
        assert f"therapyinfo {command}" in text
    assert "Changed cells: CAR-T therapy, MSC therapy." in text


def test_the_front_page_of_a_file_with_many_therapies_counts_them() -> None:
    start = SMALL.index("  msc:\n")
    many = "".join(
        SMALL[start:].replace("  msc:", f"  t{number}:", 1).replace("MSC", f"T{number}")
        for number in range(20)
    )
    library = knowledge.of_text(SMALL + many)

    assert "Changed cells: 22 therapies." in _text(home(library))


def test_the_list_is_grouped_by_category_and_has_a_line_for_each_therapy() -> None:
    library = knowledge.builtin()
    page = catalogue(library)
    listed = [
        to_text(row[0]) for block in page.blocks if isinstance(block, Grid) for row in block.rows
    ]

    assert [each.text for each in page.blocks if isinstance(each, Heading)] == [
        each.label for each in library.categories.values()
    ]
    assert sorted(listed) == sorted(library.ids)
    assert page.tsv_rows is not None
    assert [line[0] for line in page.tsv_rows] == library.ids
    assert page.tsv_rows[0] == (
        "car-t",
        "CAR-T therapy",
        "Cells changed in a laboratory",
        "Targets specific markers on diseased cells",
    )


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("car-t", "Your own T cells, changed to find cancer."),
        ("msc", "MSC therapy. Tissue support and immune modulation"),
    ],
)
def test_a_line_has_the_summary_else_name_and_main_action(id: str, told: str) -> None:
    rows = [
        tuple(map(to_text, row))
        for block in catalogue(knowledge.small()).blocks
        if isinstance(block, Grid)
        for row in block.rows
    ]

    assert (id, told) in rows
    assert "[@" not in _text(catalogue(knowledge.builtin()))


def test_words_stand_by_their_first_letter_and_with_meanings_only_in_full() -> None:
    library = knowledge.small()
    short, full = reference.glossary(library, full=False), reference.glossary(library)
    (letters,) = (block for block in short.blocks if isinstance(block, DefinitionList))

    assert [(label, to_text(text)) for label, text in letters.rows] == [
        ("L", "leukapheresis"),
        ("T", "T cell"),
    ]
    assert "kills sick cells" not in _text(short)
    assert "A white blood cell that kills sick cells." in _text(full)
    assert short.data()["terms"] == full.data()["terms"]


@pytest.mark.parametrize(
    ("page", "row"),
    [
        (
            reference.glossary(knowledge.small()),
            {"id": "t-cell", "term": "T cell", "aliases": "T cells, T lymphocyte"},
        ),
        (
            reference.sources(knowledge.small()),
            {
                "id": "label-2024",
                "publisher": "A regulator",
                "address": "https://example.org/label",
            },
        ),
    ],
    ids=["words", "sources"],
)
def test_words_and_sources_are_tables_for_programs(page: Page, row: dict[str, str]) -> None:
    assert page.csv_rows is not None
    head, *rows = page.csv_rows
    found = [dict(zip(head, each, strict=True)) for each in rows]

    assert any(row.items() <= each.items() for each in found)


DURATION = "It takes 2 to 3 hours, and some need a second day."


@pytest.mark.parametrize(
    ("time", "duration", "column", "details", "alone"),
    [
        (None, None, "", None, None),
        (None, "3 hours.", "3 hours.", None, "3 hours."),
        ("2 to 3 hours", None, "2 to 3 hours", None, "2 to 3 hours"),
        ("2 to 3 hours", DURATION, "2 to 3 hours", DURATION, f"2 to 3 hours. {DURATION}"),
    ],
)
def test_a_step_has_its_time_in_the_column_and_the_sentence_below(
    time: str | None, duration: str | None, column: str, details: str | None, alone: str | None
) -> None:
    library = knowledge.small()
    entry = library.entry("car-t")
    first, *rest = entry.therapy.steps
    steps = (replace(first, time=time, duration=duration), *rest)
    changed = replace(entry, therapy=replace(entry.therapy, steps=steps))
    blocks = walkthrough(library, changed).blocks
    told = next(block for block in blocks if isinstance(block, StepList))
    facts = next(
        block for block in one_step(library, changed, 1).blocks if isinstance(block, DefinitionList)
    )

    assert to_text(told.items[0].time) == column
    assert _under(told.items[0].details, "How long") == details
    assert _under(facts.rows, "How long") == alone


def _under(rows: tuple[tuple[str, object], ...], label: str) -> str | None:
    return next((to_text(text) for name, text in rows if name == label), None)  # type: ignore[arg-type]

"""The blocks of a page that is to fit a few screens: grids, counts, steps, a line of sources."""

import re
from itertools import pairwise

import pytest

from therapyinfo.inlines import Cite
from therapyinfo.page import (
    Block,
    Callout,
    Grid,
    Heading,
    IconArray,
    IconCount,
    Page,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepItem,
    StepList,
    Table,
)
from therapyinfo.render import Format, render
from therapyinfo.render.counts import square, strip
from therapyinfo.render.options import RenderOptions
from therapyinfo.render.tables import FEW_LINES, HEAD_EVERY

from .measure import ESCAPES, lost, too_wide
from .styled import cells_of

LONG = "a label that is a good deal longer than fifteen columns"
CITES = (Cite(5, "a"), Cite(7, "b"))
SOURCES = Sources((SourceEntry(5, "a", "FDA", "A label", "2024", "label", "https://a.org"),))
LINE = SourceLine((("FDA", CITES), ("NICE", (Cite(8, "c"),))))
BLOCKS: dict[str, tuple[Block, ...]] = {
    "grid": (
        Grid(((("Lymphoma",), ("US, EU", *CITES)), (("Leukaemia of the blood",), ("Japan",)))),
    ),
    "grid with heads": (
        Grid(
            (
                (("Alive after 4 years",), ("55 in 100",), ("46 in 100",), ("9 more in 100",)),
                (("No cancer",), ("40 in 100",), (), ("24 more in 100",)),
            ),
            ("Result", "With", "Without", "Difference"),
        ),
    ),
    "grid of long words": (Grid(((("x" * 50,), ("y" * 90,)),)),),
    "strips": (IconArray((IconCount(55, "Yescarta"), IconCount(46, LONG)), (LONG,), small=True),),
    "strip of a harm": (
        IconArray((IconCount(0, "deaths", "fewer than 1 in 100"),), small=True, harm=True),
    ),
    "squares": (IconArray((IconCount(55, "with it"), IconCount(100, LONG)), (LONG,)),),
    "callout": (Callout(f"At once: {LONG}", ((LONG,),), ((LONG, *CITES), ("A rash.",))),),
    "steps": (
        StepList(
            (
                StepItem(1, "Referral and tests", ("2 to 3 weeks",)),
                StepItem(12, "Making the cells", ("2 to 8 weeks",), (("You", (LONG,)),)),
                StepItem(13, "Home"),
            )
        ),
    ),
    "table of two": (
        Table(
            "", ("", "CAR-T therapy", "MSC therapy"), ((("What is it?",), (LONG,), (LONG,)),) * 9
        ),
    ),
    "table of five": (Table("", ("", *"abcde"), ((("What is it?",), *((LONG,),) * 5),) * 9),),
    "line of sources": (LINE, Heading("Sources"), SOURCES),
}


def _drawn(*blocks: Block, width: int = 80, format: Format = "terminal", **more: object) -> str:
    return render(Page("T", blocks, dict), format, RenderOptions(width=width, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("format", ["terminal", "plain"])
@pytest.mark.parametrize("name", BLOCKS)
def test_nothing_is_lost_or_too_wide_at_any_width(name: str, format: Format) -> None:
    page = Page("T", BLOCKS[name], dict)
    for width in (*range(20, 101, 3), 120, 160, 200):
        text = render(page, format, RenderOptions(width=width))

        assert too_wide(text, width) == [], width
        assert lost(page, text) == [], (width, text)


# counts


@pytest.mark.parametrize("count", range(101))
def test_the_marks_of_a_count_are_exact(count: int) -> None:
    marks = strip(count)

    assert 2 * marks.count("●") + marks.count("◐") == count
    assert "".join(square(count)).count("●") == count
    assert [len(marks), *map(len, square(count))] == ([50, *[20] * 5] if count else [0])


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120])
@pytest.mark.parametrize("count", [0, 1, 2, 49, 50, 51, 99, 100])
def test_what_is_drawn_counts_what_is_told(count: int, width: int) -> None:
    icons = (IconCount(count, "group"),)
    small = _drawn(IconArray(icons, small=True), width=width)
    large = _drawn(IconArray(icons), width=width)

    assert re.search(rf"{count}\s+in\s+100", small)
    assert 2 * small.count("●") + small.count("◐") == (count if "○" in small or "●" in small else 0)
    assert large.count("●") == count
    assert large.count("○") == (100 - count if count else 0)
    assert count or not re.search("[●◐○]", small)


@pytest.mark.parametrize(
    ("width", "rows"),
    [(80, [50]), (79, [50]), (64, [50]), (62, [25, 25]), (40, [25, 25]), (36, [25, 25]), (35, [])],
)
def test_a_strip_is_a_line_two_rows_or_words(width: int, rows: list[int]) -> None:
    text = _drawn(IconArray((IconCount(55, "Yescarta"),), small=True), width=width)

    assert [len(row) for row in re.findall("[●◐○]+", text)] == rows
    assert rows or "Yescarta: 55 in 100" in text


def test_a_harm_is_named_and_red_and_a_benefit_neither() -> None:
    counts = (IconCount(13, "group"),)
    for small in (True, False):
        harm = _drawn(IconArray(counts, ("Caption.",), small=small, harm=True), color=True)
        benefit = _drawn(IconArray(counts, ("Caption.",), small=small), color=True)

        assert cells_of(harm, "●")[0].style == {"red"}
        assert cells_of(benefit, "●")[0].style == {"cyan"}
        assert "Harm: Caption." in ESCAPES.sub("", harm)
        assert "Harm" not in benefit


def test_marks_differ_where_the_encoding_has_none() -> None:
    text = _drawn(IconArray((IconCount(55, "Yescarta"),), small=True), encoding="ascii")

    assert f"  Yescarta        {'#' * 27}+{'.' * 22}  55 in 100\n" in text


def test_counts_are_words_in_plain_text() -> None:
    counts = (IconCount(55, "Yescarta"), IconCount(0, "deaths", "fewer than 1 in 100"))
    text = _drawn(IconArray(counts, ("Adults.",), harm=True), format="plain")

    assert text == "T\nHarm: Adults.\n- Yescarta: 55 in 100\n- deaths: fewer than 1 in 100\n"


# sources


@pytest.mark.parametrize("format", ["terminal", "plain"])
def test_a_screen_shows_the_line_of_sources_and_not_the_list(format: Format) -> None:
    text = _drawn(Paragraph(("Told", *CITES)), LINE, Heading("Sources"), SOURCES, format=format)

    assert "Sources: FDA [5, 7]. NICE [8].\n" in text
    assert text.casefold().count("sources") == 1
    assert "https://a.org" not in text


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_a_file_to_keep_shows_the_list_of_sources_and_not_the_line(format: Format) -> None:
    text = _drawn(Paragraph(("Told", *CITES)), LINE, Heading("Sources"), SOURCES, format=format)

    assert "https://a.org" in text
    assert "NICE" not in text


# spacing


@pytest.mark.parametrize("format", ["terminal", "plain"])
def test_a_page_with_a_line_of_sources_has_blank_lines_only_where_parts_begin(
    format: Format,
) -> None:
    words = Paragraph(("Words.",))
    blocks = (words, words, Heading("H"), words, Callout("Call", (("Fever.",),)), words)
    lines = [
        line.strip(" ─╮╯│╭╰")
        for line in _drawn(*blocks, Paragraph(("Ring.",), "quiet"), LINE, format=format).split("\n")
    ]
    begins = [after.rstrip(":").casefold() for line, after in pairwise(lines) if not line]

    assert [each for each in begins if each] == ["h", "call", "words.", "ring."]


def test_the_heads_of_a_long_table_come_again() -> None:
    rows = ((("What is it?",), (LONG,), (LONG,)),) * 40
    text = _drawn(Table("", ("", "One", "Other"), rows))
    lines = text.split("\n")
    heads = [number for number, line in enumerate(lines) if "One" in line]

    assert len(heads) > 2
    row = 4  # a row is never parted from its heads, so they come up to a row late
    assert max(after - before for before, after in pairwise(heads)) < HEAD_EVERY + row
    assert len(lines) - heads[-1] > FEW_LINES


@pytest.mark.parametrize(
    ("headings", "line"),
    [
        (("CAR-T", "MSC"), "  CAR-T      some words   other words"),
        (("What is life like after it?", "Cost?"), "    some words   other words"),
    ],
)
def test_short_headings_stand_before_their_cells_and_questions_above(
    headings: tuple[str, ...], line: str
) -> None:
    rows = tuple(((heading,), ("some words",), ("other words",)) for heading in headings)
    text = _drawn(Table("", ("Therapy", "One", "Other"), rows))

    assert (
        line.replace("some words   ", "some words ").split()
        == [word for each in text.split("\n") if "some words" in each for word in each.split()][
            : len(line.split())
        ]
    )

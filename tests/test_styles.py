"""Weight, colour and links on a terminal: none is lost, and no word depends on them."""

import re
from itertools import pairwise

import pytest

from therapyinfo.inlines import Cite, InlineCode, Link, Mark, Strong, Text, cite_runs, linked
from therapyinfo.page import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Heading,
    IconArray,
    IconCount,
    Page,
    Paragraph,
    SourceEntry,
    Sources,
    StepItem,
    StepList,
    Table,
)
from therapyinfo.render import Format, render
from therapyinfo.render.options import RenderOptions
from therapyinfo.render.wrapping import JOINT, TIE, as_spaces, line_starts

from .measure import ESCAPES, too_wide
from .pages import ADDRESS, every_page
from .styled import cells_of, styled_cells

WORDS = "several words which fill more than the one line of a page that is forty columns wide"
PLAIN: frozenset[str] = frozenset()
BOLD = frozenset({"bold"})
SOURCE = "https://example.org/paper"


def _sources(count: int = 9) -> Sources:
    entries = (
        SourceEntry(number, f"s{number}", "Who", "What", "2024", "trial", f"{SOURCE}-{number}")
        for number in range(1, count + 1)
    )
    return Sources(tuple(entries))


def _drawn(*blocks: Block, width: int = 40, links: bool = True) -> str:
    options = RenderOptions(width=width, color=True, links=links)
    return render(Page("Title", blocks, dict), "terminal", options)


BLOCKS: dict[str, tuple[Block, frozenset[str]]] = {
    "heading": (Heading(WORDS), BOLD),
    "deep heading": (Heading(WORDS, 3), BOLD),
    "deepest heading": (Heading(WORDS, 4), BOLD),
    "paragraph": (Paragraph((WORDS,)), PLAIN),
    "lead": (Paragraph((WORDS,), "lead"), BOLD),
    "aside": (Paragraph((WORDS,), "quiet"), PLAIN),
    "bullet": (Bullets(((WORDS,),)), PLAIN),
    "strong": (Bullets(((Strong(WORDS),),)), BOLD),
    "find": (Paragraph((Mark(WORDS),)), BOLD | {"underline"}),
    "command": (Paragraph((InlineCode(WORDS),)), BOLD),
    "step of a list": (StepList((StepItem(1, WORDS),)), BOLD),
    "step of a timeline": (StepList((StepItem(1, WORDS, (), (("Where", ("Here",)),)),)), BOLD),
    "time of a list": (StepList((StepItem(1, "Step", (WORDS,)),)), PLAIN),
    "time of a timeline": (StepList((StepItem(1, "S", (WORDS,), (("Where", ("Here",)),)),)), PLAIN),
    "label of a step": (StepList((StepItem(1, "S", (), ((WORDS, ("Here",)),)),)), BOLD),
    "detail of a step": (StepList((StepItem(1, "S", (), (("Where", (WORDS,)),)),)), PLAIN),
    "label": (DefinitionList(((WORDS, ("fact",)),)), BOLD),
    "fact": (DefinitionList((("Label", (WORDS,)),)), PLAIN),
    "head of a table": (Table("", ("", WORDS), ((("row",), ("cell",)),)), BOLD),
    "row of a table": (Table("", ("", "head"), (((WORDS,), ()),)), BOLD),
    "cell of a table": (Table("", ("", "head"), (((), (WORDS,)),)), PLAIN),
    "call": (Callout("Call", ((WORDS,),)), PLAIN),
    "title of a call": (Callout(WORDS, (("Fever",),)), BOLD | {"red"}),
    "caption": (IconArray((IconCount(5, "group"),), (WORDS,)), PLAIN),
    "label of a picture": (IconArray((IconCount(5, WORDS),), ("caption",)), PLAIN),
    "title of a source": (
        Sources((SourceEntry(1, "s", "Who", WORDS, "2024", "trial", SOURCE),)),
        PLAIN,
    ),
    "publisher of a source": (
        Sources((SourceEntry(1, "s", WORDS, "What", "2024", "trial", SOURCE),)),
        PLAIN,
    ),
}


@pytest.mark.parametrize("width", [40, 60, 200])
@pytest.mark.parametrize("name", BLOCKS)
def test_every_printed_cell_carries_the_style_of_its_text(name: str, width: int) -> None:
    block, style = BLOCKS[name]
    styles = {cell.style for cell in cells_of(_drawn(block, width=width), WORDS)}

    assert styles == {style}


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize(
    ("place", "style"),
    [("title", BOLD), ("subtitle", PLAIN), ("category", PLAIN), ("footer", PLAIN)],
)
def test_what_stands_around_a_page_carries_its_style(
    place: str, style: frozenset[str], width: int
) -> None:
    given: dict[str, str | Text] = {
        "title": "Title",
        place: (WORDS,) if place == "footer" else WORDS,
    }
    page = Page(blocks=(), data=dict, **given)  # type: ignore[arg-type]
    text = render(page, "terminal", RenderOptions(width=width, color=True))

    assert {cell.style for cell in cells_of(text, WORDS)} == {style}


def test_a_title_in_bold_leaves_the_time_beside_it_as_it_is() -> None:
    text = _drawn(StepList((StepItem(1, "Step", ("3 hours",)), StepItem(2, "Other"))))

    assert {cell.style for cell in cells_of(text, "3 hours")} == {PLAIN}


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_only_drawing_and_citations_are_dim_and_only_drawing_is_cyan(width: int) -> None:
    page = every_page("words")
    options = RenderOptions(width=width, color=True, show_next=True)
    found = list(styled_cells(render(page, "terminal", options)))

    assert {each.character for each in found if "dim" in each.style} <= set("─│┃○|╶╴[],-0123456789")
    assert {each.character for each in found if "cyan" in each.style} <= set("┃│─•●◐")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100])
def test_no_space_stands_before_the_end_of_a_line_whatever_its_escapes(width: int) -> None:
    page = every_page("some words which are " * 9)
    options = RenderOptions(width=width, color=True, show_next=True)

    for line in render(page, "terminal", options).splitlines():
        assert ESCAPES.sub("", line) == ESCAPES.sub("", line).rstrip()


# citations, commands and addresses

FOUR = tuple(Cite(number, "") for number in (11, 13, 15, 17))


def _cited(*numbers: int) -> Text:
    return ("Told", *(Cite(number, f"s{number}") for number in numbers), ".")


@pytest.mark.parametrize("format", ["terminal", "plain"])
@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((1,), "[1]"),
        ((1, 2), "[1, 2]"),
        ((1, 2, 3), "[1-3]"),
        ((2, 3, 4, 5, 9), "[2-5, 9]"),
        ((9, 1, 2, 3), "[9, 1-3]"),
        ((3, 2, 1), "[3, 2, 1]"),
        ((1, 3, 5), "[1, 3, 5]"),
        ((1, 2, 4, 5, 6), "[1, 2, 4-6]"),
    ],
)
def test_three_citations_in_a_row_or_more_are_told_by_the_first_and_the_last(
    numbers: tuple[int, ...], told: str, format: Format
) -> None:
    page = Page("Title", (Paragraph(_cited(*numbers)),), dict)

    assert f"Told {told}.\n" in render(page, format, RenderOptions())


def test_no_citation_is_left_out_of_its_run() -> None:
    cites = [Cite(number, "") for number in (4, 5, 6, 7, 2, 9, 10)]
    runs = [[cite.number for cite in run] for run in cite_runs(cites)]

    assert runs == [[4, 7], [2], [9], [10]]


@pytest.mark.parametrize("format", ["terminal", "plain"])
@pytest.mark.parametrize("width", range(32, 90))
def test_no_line_breaks_inside_a_citation_or_a_command(width: int, format: Format) -> None:
    cited: Text = ("word " * 8 + "word", *FOUR, ", more. ")
    command = "therapyinfo explain car-t"
    text: Text = (*cited, *cited, "Each step in full: ", InlineCode(command), ". ", *cited)
    blocks = (
        Paragraph(text),
        Bullets((text,)),
        DefinitionList((("Label", text),)),
        Callout("Call", (text,)),
    )
    page = Page("Title", blocks, dict, next_commands=(command,))
    drawn = render(page, format, RenderOptions(width=width, show_next=True))

    assert drawn.count("[11, 13, 15, 17]") == 3 * len(blocks)
    assert drawn.count(command) == len(blocks) + 1
    assert too_wide(drawn, width) == []
    assert not re.search(r"^\W*\[11", drawn, re.MULTILINE)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_breaks_inside_a_citation_in_a_table(width: int) -> None:
    cell: Text = ("word " * 8 + "word", *FOUR, ".")
    page = Page("T", (Table("", ("", "a", "b"), ((("row",), cell, cell),)),), dict)
    drawn = render(page, "terminal", RenderOptions(width=width))

    assert drawn.count("[11, 13, 15, 17]") == 2
    assert too_wide(drawn, width) == []


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (f"one two{TIE}[1]", 9, ["one", "two [1]"]),
        (f"one twenty{TIE}[1]", 8, ["one", "twenty", "[1]"]),
        (f"one{TIE}[1,{JOINT}2]", 6, ["one", "[1, 2]"]),
        (f"see a{JOINT}long{JOINT}command", 9, ["see a", "long", "command"]),
        (f"{JOINT}a{JOINT}{JOINT}b", 1, ["a", "b"]),
    ],
)
def test_what_is_too_wide_breaks_where_it_hurts_least(
    text: str, width: int, lines: list[str]
) -> None:
    starts = [0, *line_starts(text, width), len(text)]
    pieces = [text[start:end] for start, end in pairwise(starts)]

    assert [as_spaces(each).strip() for each in pieces] == lines


@pytest.mark.parametrize("format", ["terminal", "plain"])
@pytest.mark.parametrize("width", [40, 60, 80, len(ADDRESS), len(ADDRESS) + 1, len(ADDRESS) + 2])
def test_an_address_on_a_line_of_its_own_stands_inside_the_margin(
    width: int, format: Format
) -> None:
    entry = SourceEntry(1, "s", "A publisher", "A title " * 6, "2024", "trial", ADDRESS)
    page = Page("Title", (Sources((entry,)),), dict)
    drawn = render(page, format, RenderOptions(width=width))
    line = next(line for line in drawn.splitlines() if ADDRESS in line)

    assert line.startswith(" ") == (width != len(ADDRESS))
    assert too_wide(drawn, width) == []


# links


def test_a_citation_is_a_link_to_its_source() -> None:
    text = _drawn(Paragraph(_cited(1, 4, 5, 6)), _sources(), width=80)
    links = {cell.character: cell.link for cell in cells_of(text, "Told[1,4-6].")}

    assert {links[number] for number in "146"} == {f"{SOURCE}-{number}" for number in (1, 4, 6)}
    assert {links[mark] for mark in "[],-.T"} == {""}


def test_a_citation_of_a_source_that_the_page_does_not_list_is_no_link() -> None:
    assert "\x1b]8" not in _drawn(Paragraph(_cited(1, 2)))


def test_a_terminal_without_links_gets_none_and_keeps_its_weight_and_colour() -> None:
    blocks = (Paragraph(_cited(1)), Paragraph((Link(ADDRESS),)), _sources())

    with_links, without = _drawn(*blocks), _drawn(*blocks, links=False)

    assert "\x1b]8" in with_links
    assert re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", with_links) == without


def test_a_page_can_have_no_blocks() -> None:
    assert "Title" in _drawn()


def test_the_same_page_twice_is_the_same_bytes() -> None:
    assert _drawn(_sources()) == _drawn(_sources())
    assert "\x1b]8;;https://" in _drawn(_sources())


HOSTILE_ADDRESSES = {
    "a style": "https://example.org/help conceal link https://evil.example",
    "a colour": "https://example.org white on red",
    "a no-break space": "https://example.org/\u00a0conceal",
    "a line's end": "https://example.org/\n",
    "a line's end within": "https://example.org/\nreverse",
    "a tag": "https://example.org/<b>",
    "a quote": 'https://example.org/" onclick="',
    "an escape": "https://example.org/\x1b\\\x1b[8mhidden",
    "another protocol": "http://example.org",
    "nothing behind it": "https://",
}


@pytest.mark.parametrize("name", HOSTILE_ADDRESSES)
def test_only_what_is_an_address_in_full_becomes_a_link(name: str) -> None:
    address = HOSTILE_ADDRESSES[name]

    assert name == "an escape" or linked(address) == address
    assert linked(SOURCE) == Link(SOURCE)


@pytest.mark.parametrize("name", HOSTILE_ADDRESSES)
def test_an_address_is_never_read_as_a_style(name: str) -> None:
    address = HOSTILE_ADDRESSES[name]
    entry = SourceEntry(1, "s", "Who", "What", "2024", "trial", address)
    blocks = (Paragraph((Link(address),)), Paragraph(("Or: ", Link(address))), Sources((entry,)))
    text = _drawn(*blocks, Bullets((("At ", Link(address)),)), Paragraph(_cited(1)), width=200)

    assert {link for _, _, link in styled_cells(text)} == {""}
    assert {style for cell in styled_cells(text) for style in cell.style} <= {"bold", "cyan", "dim"}

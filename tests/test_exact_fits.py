"""Where a line of a terminal page fits to the column, and what it does one column short of that."""

import pytest

from therapyinfo.inlines import Link as LinkTo
from therapyinfo.page import (
    Block,
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
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.render.widths import column_widths, longest_word

MARGIN = 2
"""Two columns at the left of what a page says."""

ADDRESS = "https://example.org/a-page-of-fifty-four-letters-in-all-x"
ENTRY = SourceEntry(1, "a", "A regulator", "A label", "2024", "label", ADDRESS)
LONG = f"[1] A regulator. A label. Label, 2024. {ADDRESS}"
TWO_STEPS = (
    StepItem(1, "Collection", ("3 hours.",), (("What", ("words",)),)),
    StepItem(2, "Making the cells", ("4 weeks and some days more.",), (("What", ("words",)),)),
)
PICTURE = IconArray((IconCount(69, "with it"), IconCount(45, "without it")), ("Told.",))
FACTS = DefinitionList((("A label of some length", ("words",)),))
PAIR = Table("", ("", "One", "Other"), ((("A question of words?",), ("x" * 20,), ("y" * 22,)),))
STRIP = IconArray((IconCount(55, "Yescarta"),), small=True)
TABLE = Table("Caption", ("Therapy", "Cell type"), ((("One",), ("x" * 30,)),))


def lines(width: int, *blocks: Block, title: str = "T", tag: str = "") -> list[str]:
    """Return the lines of a page of these blocks."""
    page = Page(title, blocks, dict, category=tag)
    return render(page, "terminal", RenderOptions(width=width)).splitlines()


FITS: dict[str, tuple[tuple[Block, ...], int, str, str]] = {
    "an address keeps its indent": (
        (Paragraph((LinkTo(ADDRESS),)),),
        len(ADDRESS) + 2,
        f"  {ADDRESS}",
        f" {ADDRESS}",
    ),
    "a source is one line": (
        (Sources((ENTRY,)),),
        len(LONG) + MARGIN,
        f"  {LONG}",
        f"      {ADDRESS}",
    ),
    "a heading has its rule beside it": (
        (Heading("x" * 60),),
        60 + 6 + 2,
        f"  {'x' * 60} ─────",
        f"  {'x' * 60}",
    ),
    "times stand beside the steps of a timeline": (
        (StepList(TWO_STEPS),),
        len("Making the cells  4 weeks and some days more.") + 4 + MARGIN,
        "   2  Making the cells  4 weeks and some days more.",
        "   2  Making the cells",
    ),
    "a label stands beside its text": (
        (FACTS,),
        3 * len("A label of some length"),
        "  A label of some length  words",
        "  A label of some length",
    ),
    "squares of dots stand beside each other": (
        (PICTURE,),
        2 * 20 + 3 + MARGIN,
        f"  with it{' ' * 16}without it",
        "  with it",
    ),
    "a picture has its facts beside it": (
        (PICTURE, DefinitionList((("Who", ("Adults",)),))),
        2 * 20 + 3 + 48 + MARGIN,
        f"  with it{' ' * 16}without it{' ' * 13}Who  Adults",
        f"  with it{' ' * 16}without it",
    ),
    "a table has its columns beside each other": (
        (TABLE,),
        len("Therapy   ") + 30 + MARGIN,
        f"  One       {'x' * 30}",
        f"    {'x' * 30}",
    ),
    "a table has its cells beside each other under their heading": (
        (PAIR,),
        2 + 20 + 2 + 22 + MARGIN,
        f"    {'x' * 20}  {'y' * 22}",
        f"    Other: {'y' * 22}",
    ),
    "a strip of marks has its label before it": (
        (STRIP,),
        15 + 1 + 50 + len("  55 in 100") + MARGIN,
        f"  Yescarta        {'●' * 27}◐{'○' * 22}  55 in 100",
        f"  {'●' * 27}◐{'○' * 22}  55 in 100",
    ),
    "a strip of marks is one line": (
        (STRIP,),
        50 + len("  55 in 100") + MARGIN,
        f"  {'●' * 27}◐{'○' * 22}  55 in 100",
        f"  {'○' * 22}  55 in 100".replace("  ", "  ●●◐", 1),
    ),
    "a warning has a box around it": (
        (Callout("x" * 40, (("Fever.",),)),),
        40 + 2 + 6 + MARGIN,
        f"  ╭─  {'x' * 40}  ─╮",
        f"  {'x' * 40}",
    ),
}
"""Blocks, the width at which they fit exactly, a line there, and one at a column less."""


BY_RICH = "a table has its columns beside each other"
"""What older releases of Rich lay out with another spare column."""


@pytest.mark.parametrize(
    ("blocks", "width", "fits", "does_not"),
    [
        pytest.param(*row, id=name, marks=[pytest.mark.newest] if name == BY_RICH else [])
        for name, row in FITS.items()
    ],
)
def test_what_fits_to_the_column_stays_on_its_line(
    blocks: tuple[Block, ...], width: int, fits: str, does_not: str
) -> None:
    assert fits in lines(width, *blocks), "\n".join(lines(width, *blocks))
    assert fits not in lines(width - 1, *blocks)
    assert does_not in lines(width - 1, *blocks), "\n".join(lines(width - 1, *blocks))


def test_a_tag_stands_beside_the_title_while_two_columns_are_between_them() -> None:
    title = "CAR-T therapy and a long name"
    width = len(title + "Changed cells") + 2 + MARGIN

    block = Paragraph(("Words.",))
    fits = lines(width, block, title=title, tag="Changed cells")
    does_not = lines(width - 1, block, title=title, tag="Changed cells")

    assert fits[:2] == [f"  {title}  Changed cells", ""]
    assert does_not[:2] == [f"  {title}", "  Changed cells"]


@pytest.mark.parametrize("width", [39, 40])
def test_a_page_has_margins_from_forty_columns_on(width: int) -> None:
    margin = "  " if width == 40 else ""

    assert f"{margin}Some words." in lines(width, Paragraph(("Some words.",)))


def test_the_longest_word_is_measured_in_columns_and_none_takes_one() -> None:
    assert longest_word(["of these", "the longest"]) == 7
    assert longest_word(["細胞 cells"]) == 5
    assert longest_word([]) == 1


@pytest.mark.parametrize(
    ("room", "widths"),
    [(40, [3, 10]), (16, [3, 10]), (15, None)],
    ids=["more than enough", "just enough", "too little"],
)
def test_columns_take_no_more_than_they_say_and_no_less_than_a_word(
    room: int, widths: list[int] | None
) -> None:
    assert column_widths([["One", "1"], ["Two", "Engineered"]], room, 3) == widths


def test_a_column_without_a_word_is_one_column_wide() -> None:
    assert column_widths([["", ""], ["Two", "Engineered"]], 40, 3) == [1, 10]

"""What a terminal page is put together from beside text: columns, tables, pictures of counts."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.text import Text as RichText

from ..page import IconArray, IconCount
from .counts import EMPTY, SQUARE_ROW, amount, square, strip
from .inline import ACCENT
from .layout import Columns, Renderable, Stack, with_hanging_indent
from .options import display_width
from .widths import longest_word

NARROW = 40
"""Below this width there is no room for indents, boxes or labels beside their text."""

LABEL_SHARE = 3
"""Labels stand beside their text while they take no more than one column in this many."""

FACTS_WIDTH = 48
"""Facts beside a picture need this much."""

GAP = 3
"""What stands between two columns."""

LABEL_WIDTH = 15
"""What a label takes that stands before a strip of marks."""

HARM = "red"


def marks(text: str, *, harm: bool) -> RichText:
    """Return drawn marks with those that count in a colour; the others differ in shape too."""
    drawn = RichText()
    for is_empty, run in groupby(text, lambda mark: mark == EMPTY):
        drawn.append("".join(run), "dim" if is_empty else HARM if harm else ACCENT)
    return drawn


def strip_of_marks(count: IconCount, width: int, *, harm: bool) -> Renderable:
    """Return a count as a strip of fifty marks: on a line, in two rows of 25, or told in words.

    The label stands before it where that leaves room, else above it. A count of none is words.
    """
    drawn = strip(count.in_100)
    told = f"  {amount(count)}"
    if not drawn or len(drawn) // 2 + display_width(told) > width:
        return with_hanging_indent(RichText(f"{count.label}: {amount(count)}"), "", "")
    label = RichText(count.label)
    whole = marks(drawn, harm=harm).append(told)
    fits = display_width(count.label) <= LABEL_WIDTH
    if fits and LABEL_WIDTH + 1 + whole.cell_len <= width:
        label.pad_right(LABEL_WIDTH + 1 - label.cell_len)
        return label.append_text(whole)
    if whole.cell_len <= width:
        return Stack(label, whole)
    half = len(drawn) // 2
    rows = (marks(drawn[:half], harm=harm), marks(drawn[half:], harm=harm).append(told))
    return Stack(label, *rows)


def square_of_marks(count: IconCount, *, harm: bool) -> Stack:
    """Return 100 marks in five rows between their label and the count in words."""
    rows = (marks(row, harm=harm) for row in square(count.in_100))
    return Stack(RichText(count.label), *rows, RichText(amount(count)))


def squares_fit(icons: IconArray, width: int) -> bool:
    """Return whether the squares of a picture can stand beside each other, each with its words."""
    longest = longest_word(text for each in icons.counts for text in (each.label, amount(each)))
    return longest <= SQUARE_ROW and squares_width(icons) <= width


def squares_width(icons: IconArray) -> int:
    """Return what the squares of a picture take beside each other."""
    return len(icons.counts) * (SQUARE_ROW + GAP) - GAP


def icon_arrays(icons: IconArray) -> Columns:
    """Return the squares of a picture beside each other."""
    squares = [square_of_marks(count, harm=icons.harm) for count in icons.counts]
    return Columns(squares, [SQUARE_ROW] * len(squares), GAP)


def collapse_blank_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines with one blank line wherever blocks have left more."""
    before = "text"
    for line in map(str.rstrip, lines):
        if line or before:
            yield line
        before = line

"""Rich widgets of the terminal renderer."""

import re
from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table as RichTable
from rich.text import Text as RichText

from ..inlines import to_text
from ..page import IconArray, IconCount, Table
from .inline import ACCENT
from .layout import Stack
from .options import display_width
from .wrapping import JOINT

NARROW = 40
"""Below this width there is no room for indents, boxes or labels beside their text."""

LABEL_SHARE = 3
"""Labels stand beside their text while they take no more than one column in this many."""

FACTS_WIDTH = 48
"""Facts beside a picture need this much."""

MIN_COLUMN_WIDTH = 16
"""A table column thinner than this breaks its text into single words."""

SQUARE_WIDTH = 24
"""A square of dots with the space beside it."""

MAX_COLUMN_WIDTH = 60
"""A table column wider than this is hard to read beside another."""


_WHOLE = re.compile(rf"(?:\S|{JOINT})+")


def line_of_dots(count: IconCount) -> RichText:
    """Return ten dots, as many filled as there are tens in the count, and the count itself."""
    filled = (count.in_100 + 5) // 10
    caption = f"  {count.in_100} of 100  {count.label}"
    return RichText.assemble(("●" * filled, ACCENT), ("○" * (10 - filled), "dim"), caption)


def square_of_dots(count: IconCount) -> RichText:
    """Return 100 dots in ten rows, as many filled as the count says."""
    square = RichText(f"{count.in_100} of 100\n")
    for row in range(10):
        filled = min(max(count.in_100 - 10 * row, 0), 10)
        square.append("● " * filled, ACCENT).append("○ " * (10 - filled), "dim").append("\n")
    return square.append(count.label)


def squares_fit(icons: IconArray, width: int) -> bool:
    """Return whether the squares of a picture can stand beside each other, each over its label."""
    longest = longest_word(count.label for count in icons.counts)
    return longest <= SQUARE_WIDTH - 4 and len(icons.counts) * SQUARE_WIDTH <= width


def icon_arrays(icons: IconArray, facts: RenderableType | None = None) -> RichTable:
    """Return the squares of a picture beside each other, and what is said of them beside those."""
    grid = RichTable.grid(padding=(0, 3, 0, 0), expand=facts is not None)
    parts: list[RenderableType] = []
    for count in icons.counts:
        grid.add_column(overflow="fold", width=SQUARE_WIDTH - 4)
        parts.append(Stack(square_of_dots(count)))
    if facts is not None:
        grid.add_column(overflow="fold", ratio=1)
        parts.append(facts)
    grid.add_row(*parts)
    return grid


def longest_word(texts: Iterable[str]) -> int:
    """Return how many columns the longest word takes; 1 where there is none."""
    return max((display_width(word) for text in texts for word in _WHOLE.findall(text)), default=1)


def column_widths(table: Table, available: int) -> list[int] | None:
    """Return how wide each column is to be; None where the words do not fit side by side.

    available: columns for the whole table. No column is thinner than its longest word, nor than a
    few words; what is over goes to those that have more to say.
    """
    columns = list(zip(table.head, *table.rows, strict=True))
    available -= 3 * (len(columns) - 1) + 1
    least: list[int] = []
    widths: list[int] = []
    for number, column in enumerate(columns):
        texts = [cell if isinstance(cell, str) else to_text(cell, joint=JOINT) for cell in column]
        longest = longest_word(texts)
        whole = max(map(display_width, texts))
        least.append(max(longest, min(whole, MIN_COLUMN_WIDTH if number else longest)))
        widths.append(max(least[-1], min(whole, MAX_COLUMN_WIDTH)))
    if sum(least) > available:
        return None
    while sum(widths) > available:
        spare = [width if width > few else 0 for width, few in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def collapse_blank_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines with one blank line wherever blocks have left more."""
    before = "text"
    for line in map(str.rstrip, lines):
        if line or before:
            yield line
        before = line

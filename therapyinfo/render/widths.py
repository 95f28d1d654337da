"""How wide the columns of a table are."""

import re
from collections.abc import Iterable, Sequence

from ..inlines import Text, shorter, to_text
from .options import display_width
from .wrapping import JOINT

MIN_COLUMN_WIDTH = 16
"""A table column thinner than this breaks its text into single words."""

MAX_COLUMN_WIDTH = 60
"""A table column wider than this is hard to read beside another."""

_WHOLE = re.compile(rf"[\S{JOINT}]+")


def longest_word(texts: Iterable[str]) -> int:
    """Return how many columns the longest word takes; 1 where there is none."""
    return max((display_width(word) for text in texts for word in _WHOLE.findall(text)), default=1)


def natural_widths(columns: Iterable[Sequence[str]]) -> list[int]:
    """Return how wide columns are whose texts stay on one line; 1 where there is none."""
    return [max((1, *map(display_width, column))) for column in columns]


def fitting_rows(rows: Iterable[Sequence[Text]], width: int, gap: int) -> list[list[Text]]:
    """Return rows with fewer names in the last cell, where a line could not hold them all.

    A row that no line could hold stays as it is.
    """
    cells = [list(row) for row in rows]
    start = sum(
        gap + max((1, *(display_width(to_text(row[column])) for row in cells)))
        for column in range(len(cells[0]) - 1 if cells else 0)
    )
    for row in cells:
        fits = (form for form in shorter(row[-1]) if display_width(to_text(form)) <= width - start)
        row[-1] = next(fits, row[-1])
    return cells


def column_widths(columns: Sequence[Sequence[str]], available: int, gap: int) -> list[int] | None:
    """Return how wide each column is to be; None where the words do not fit side by side.

    available: what the whole table may take. gap: what is between two columns. No column is
    thinner than its longest word, nor than a few words; what is over goes to those that have more
    to say.
    """
    available -= gap * (len(columns) - 1)
    least: list[int] = []
    widths: list[int] = []
    for number, (column, whole) in enumerate(zip(columns, natural_widths(columns), strict=True)):
        longest = longest_word(column)
        least.append(max(longest, min(whole, MIN_COLUMN_WIDTH if number else longest)))
        widths.append(max(least[-1], min(whole, MAX_COLUMN_WIDTH)))
    if sum(least) > available:
        return None
    while sum(widths) > available:
        spare = [width if width > few else 0 for width, few in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths

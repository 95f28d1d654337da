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
    least = _least_widths(columns)
    widths = [
        max(few, min(whole, MAX_COLUMN_WIDTH))
        for few, whole in zip(least, natural_widths(columns), strict=True)
    ]
    if sum(least) > available:
        return None
    while sum(widths) > available:
        spare = [width if width > few else 0 for width, few in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def with_fewer_lines(columns: Sequence[Sequence[str]], widths: Sequence[int]) -> list[int]:
    """Return widths of the same sum in which the first column, which says most, takes what helps.

    It takes from the others, one after the other, as long as the rows take fewer lines by that.
    """
    least = _least_widths(columns)
    rows = [[display_width(text) for text in row] for row in zip(*columns, strict=True)]
    best, fewest = list(widths), _lines(rows, widths)
    for place in range(1, len(best)):
        first, other = best[0], best[place]
        for taken in range(1, other - least[place] + 1):
            tried = [first + taken, *best[1:place], other - taken, *best[place + 1 :]]
            if (lines := _lines(rows, tried)) < fewest:
                best, fewest = tried, lines
    return best


def _lines(rows: Iterable[Sequence[int]], widths: Sequence[int]) -> int:
    """Return about how many lines rows take whose cells are so long, in columns so wide."""
    return sum(
        max(-(-size // width) for size, width in zip(row, widths, strict=True)) for row in rows
    )


def _least_widths(columns: Sequence[Sequence[str]]) -> list[int]:
    longest = map(longest_word, columns)
    few = (
        min(whole, MIN_COLUMN_WIDTH if number else 0)
        for number, whole in enumerate(natural_widths(columns))
    )
    return list(map(max, longest, few))

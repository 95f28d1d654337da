"""Tables and grids of a terminal page: columns without rules between the rows."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.text import Text as RichText

from .layout import Columns, Renderable, Stack, with_hanging_indent, with_left_bar
from .widths import MIN_COLUMN_WIDTH, column_widths, longest_word, with_fewer_lines
from .wrapping import line_starts

GAP = 3
"""What stands between two columns of a table."""

GRID_GAP = 2
"""What stands between two columns of a grid, whose cells are short."""

INDENT = 2
"""How far cells stand inside the heading above them."""

HEADING_SHARE = 4
"""The headings of rows stand before their cells while they take no more than one column in this
many, else above them."""

HEAD_EVERY = 24
"""The head comes again after so many lines, about as many as a screen shows."""

FEW_LINES = 12
"""The last lines of a table, if no more than these, need no head of their own."""

MOST_LINES = 2
"""Rows of more lines than this have a blank line between them."""

SHIFT = 8
"""By how much two columns may differ from their usual widths, so that their rows are shorter."""

Cells = Sequence[RichText]


def table(head: Cells, rows: Sequence[Cells], width: int) -> Renderable | None:
    """Return a table with the headings of its rows before or above them; None if too thin."""
    headings = [row[0] for row in (head, *rows)]
    beside = max(cell_len(each.plain) for each in headings) <= width // HEADING_SHARE
    drawn = _columns(head, rows, width, GAP, ruled=True) if beside or len(head) == 1 else None
    return drawn or _under_headings(head, rows, width)


def grid(
    head: Cells, rows: Sequence[Cells], width: int, aligned_with: Cells = ()
) -> Renderable | None:
    """Return short cells in columns; None if they are too thin.

    aligned_with: what stands in the first columns of grids around it.
    """
    return _columns(head, rows, width, GRID_GAP, ruled=False, aligned_with=aligned_with)


def as_sentences(head: Cells, rows: Iterable[Cells]) -> Stack:
    """Return each row as a sentence: its first cell, then each with the heading of its column."""
    parts: list[Renderable] = []
    for first, *rest in rows:
        labelled = [
            RichText.assemble((f"{label.plain}: " if label.plain else "", "bold"), cell)
            for label, cell in zip(head[1:], rest, strict=True)
            if cell.plain
        ]
        told = RichText.assemble(first, ": " if labelled else "")
        told.append_text(RichText("; ").join(labelled))
        parts.append(with_hanging_indent(told, "• ", ""))
    return Stack(*parts)


def _columns(  # noqa: PLR0913 - a table, how wide it is and how it looks
    head: Cells,
    rows: Sequence[Cells],
    width: int,
    gap: int,
    *,
    ruled: bool,
    aligned_with: Cells = (),
) -> Renderable | None:
    columns = [[cell.plain for cell in column] for column in zip(head, *rows, strict=True)]
    first = [*columns[0], *(each.plain for each in aligned_with)]
    widths = column_widths([first, *columns[1:]], width, gap)
    if widths is None:
        return None
    if not ruled:
        widths = with_fewer_lines(columns, widths)
    drawn = [Columns(row, widths, gap) for row in rows]
    heights = [_height(row, widths) for row in rows]
    return _with_heads(_head(head, widths, gap, ruled=ruled), drawn, heights)


def _under_headings(head: Cells, rows: Sequence[Cells], width: int) -> Renderable | None:
    """Return the cells of each row in columns under its heading."""
    columns = [[cell.plain for cell in column] for column in zip(head, *rows, strict=True)][1:]
    widths = column_widths(columns, width - INDENT, GRID_GAP)
    if widths is None:
        return None
    widths = _shortest([row[1:] for row in rows], widths)
    drawn = [
        Stack(heading, _indented(Columns(cells, widths, GRID_GAP))) for heading, *cells in rows
    ]
    heights = [1 + _height(cells, widths) for _, *cells in rows]
    top = _indented(_head(head[1:], widths, GRID_GAP, ruled=True))
    return _with_heads(top, drawn, heights, apart=False)


def _indented(inner: Renderable) -> Renderable:
    return with_left_bar(inner, " " * INDENT, "")


def _head(head: Cells, widths: Sequence[int], gap: int, *, ruled: bool) -> Stack:
    """Return the heads, over a rule if wanted; nothing where no column has one."""
    if not any(label.plain for label in head):
        return Stack()
    rule = RichText("─" * (sum(widths) + gap * (len(widths) - 1)), "dim")
    return Stack(Columns(head, widths, gap), *([rule] if ruled else []))


def _with_heads(
    head: Renderable, rows: Sequence[Renderable], heights: Sequence[int], *, apart: bool = True
) -> Stack:
    """Return the rows under their head, which comes again after a screen of them."""
    parts: list[Renderable] = [head]
    since = 0
    spaced = apart and max(heights, default=0) > MOST_LINES
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        if number and since >= HEAD_EVERY and sum(heights[number:]) > FEW_LINES:
            parts += [*([RichText("")] if apart else []), head]
            since = 0
        elif number and spaced:
            parts.append(RichText(""))
            since += 1
        parts.append(row)
        since += height
    return Stack(*parts)


def _shortest(rows: Sequence[Cells], widths: list[int]) -> list[int]:
    """Return how to share the room of two columns so that their rows take the fewest lines."""
    if len(widths) != 2:
        return widths
    columns = zip(*rows, strict=True)
    least = [max(MIN_COLUMN_WIDTH, longest_word(cell.plain for cell in each)) for each in columns]
    # Of those that take as many lines, the one nearest to what it was.
    shifts = sorted(range(-SHIFT, SHIFT + 1), key=abs)
    shared = [[widths[0] + shift, widths[1] - shift] for shift in shifts]
    shared = [each for each in shared if each[0] >= least[0] and each[1] >= least[1]] or [widths]
    return min(shared, key=lambda each: sum(_height(row, each) for row in rows))


def _height(cells: Cells, widths: Sequence[int]) -> int:
    """Return how many lines a row takes."""
    pairs = zip(cells, widths, strict=True)
    return 1 + max((len(line_starts(cell.plain, width, cell_len)) for cell, width in pairs))

"""Plain text: linear, without escapes or drawing, for pipes and for listening."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..inlines import Text, to_text
from ..page import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Grid,
    Heading,
    IconArray,
    Page,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepItem,
    StepList,
    Table,
)
from ..text import with_full_stop
from .counts import amount, caption
from .options import RenderOptions, display_width, transliterate
from .spacing import (
    BETWEEN,
    LONGEST_TIME,
    NEXT,
    fitting_commands,
    is_dense,
    screen_blocks,
    stand_apart,
)
from .widths import MIN_COLUMN_WIDTH, fitting_rows, natural_widths
from .wrapping import JOINT, TIE, as_spaces, line_starts

INDENT = 2
"""How far an address on a line of its own stands from the margin, where it has the room."""

GAP = 2
"""What stands between two columns."""

_SPACES = re.compile(rf"[^\S{TIE}{JOINT}]+")


def plain(page: Page, options: RenderOptions) -> str:
    """Render a page as lines that make sense read aloud, one after the other."""
    if options.tabular and page.tsv_rows is not None:
        return "".join(f"{chr(9).join(fields)}\n" for fields in page.tsv_rows)
    dense = is_dense(page)
    lines = _head(page, options)
    before: Block | None = None
    for block in screen_blocks(page):
        told = list(_block(block, options))
        if told:
            first = isinstance(block, Heading) if before is None else None
            apart = first if before is None else stand_apart(before, block, dense=dense)
            lines += ["", *told] if apart else told
            before = block
    ending = [] if dense and not page.compact else [""]
    if page.footer:
        lines += [*ending, *_wrap(_words(page.footer), options)]
    if page.next_commands and options.show_next:
        commands = fitting_commands(page.next_commands, options.prose_width)
        line = BETWEEN.join(command.replace(" ", JOINT) for command in commands)
        lines += [*([] if dense else [""]), *_wrap(f"{NEXT}{line}", options)]
    return "\n".join(lines) + "\n"


def _head(page: Page, options: RenderOptions) -> list[str]:
    lines = [*_wrap(_capitals(page.title, options), options)]
    under = ". ".join(filter(None, (page.subtitle, page.category)))
    beside = f"{lines[-1]} ({under})" if under and len(lines) == 1 else ""
    if beside and is_dense(page) and display_width(beside) <= options.prose_width:
        return [beside]
    return [*lines, *_wrap(under, options)]


def _capitals(text: str, options: RenderOptions) -> str:
    """Return a text in capitals, or as it is where the encoding has no capital for a letter."""
    capitals = text.upper()
    return capitals if transliterate(capitals, options.encoding) == capitals else text


def _block(block: Block, options: RenderOptions) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield from _wrap(_capitals(text, options) if level == 2 else text, options)
        case Paragraph(text):
            yield from _wrap(_words(text), options)
        case Bullets(items):
            yield from _items("- ", (_words(item) for item in items), options)
        case StepList(items):
            yield from _steps(items, options)
        case DefinitionList(rows):
            yield from _items("", (f"{label}: {_words(text)}" for label, text in rows), options)
        case Table():
            yield from _table(block, options)
        case Grid():
            yield from _grid(block, options)
        case SourceLine(publishers):
            told = (f"{name}{_words(cites)}." for name, cites in publishers)
            yield from _wrap(f"Sources: {' '.join(told)}", options) if publishers else ()
        case Callout(title, items, after):
            yield from _wrap(_callout_title(title, options), options)
            yield from _items("- ", (_words(item) for item in items), options)
            yield from _items("", (_words(text) for text in after), options)
        case IconArray(counts):
            yield from _wrap(_words(caption(block)), options)
            yield from _items("- ", (f"{each.label}: {amount(each)}" for each in counts), options)
        case Sources(entries):
            for entry in entries:
                yield from _source(entry, options)


def _callout_title(title: str, options: RenderOptions) -> str:
    """Return a title in capitals up to its colon, as what must not be overlooked."""
    start, _, rest = title.partition(": ")
    return f"{_capitals(start, options)}: {rest}".strip()


def _steps(steps: tuple[StepItem, ...], options: RenderOptions) -> Iterator[str]:
    """Yield steps with their times in a column before the titles, or behind them if too long."""
    times = [_words(step.time) for step in steps]
    widest = max(map(display_width, times), default=0)
    beside = 0 < widest <= LONGEST_TIME and 3 * widest <= options.width
    for step, time in zip(steps, times, strict=True):
        mark = f"{step.number:>2}. " if beside else f"{step.number}. "
        if beside:
            space = " " * (widest - display_width(time) + 2)
            yield from _hang(f"{mark}{time}{space}", step.title, options)
        else:
            yield from _hang(mark, f"{step.title}: {time}" if time else step.title, options)
        for label, text in step.details:
            yield from _hang("    " if beside else "  ", f"{label}: {_words(text)}", options)


def _grid(grid: Grid, options: RenderOptions) -> Iterator[str]:
    """Yield the rows in columns, of which the last may wrap, or each row as a sentence.

    Sentences are read more easily than a thin column, and so they are taken where they are shorter.
    """
    fitted = fitting_rows(grid.rows, options.prose_width - INDENT, GAP)
    rows = [[_words(cell) for cell in row] for row in fitted]
    labels = grid.head or ("",) * len(rows[0] if rows else ())
    aloud = list(_items("- ", (_row_aloud(labels, row) for row in rows), options))
    told = [list(grid.head), *rows] if any(grid.head) else rows
    columns = _in_columns(told, grid.aligned_with, options)
    yield from columns if columns and len(columns) <= len(aloud) + len(told) - len(rows) else aloud


def _in_columns(
    rows: list[list[str]], aligned_with: tuple[str, ...], options: RenderOptions
) -> list[str]:
    """Return rows in columns, of which the last may wrap; [] where that is too thin."""
    first, *others = zip(*rows, strict=True)
    widths = natural_widths([(*first, *aligned_with), *others])
    start = sum(widths[:-1]) + GAP * len(widths[:-1])
    room = options.prose_width - INDENT - start
    if room < min([*widths[-1:], MIN_COLUMN_WIDTH]):
        return []
    lines: list[str] = []
    for *cells, last in rows:
        spaced = (
            cell + " " * (width - display_width(cell) + GAP)
            for cell, width in zip(cells, widths, strict=False)
        )
        mark = as_spaces(" " * INDENT + "".join(spaced))
        lines += [line.rstrip() for line in _hang(mark, last, options) or [mark]]
    return lines


def _row_aloud(labels: tuple[str, ...], row: list[str]) -> str:
    """Return a row as a sentence, each cell with the heading of its column.

    >>> _row_aloud(("Name", "Year", "Region"), ["Kymriah", "2017", "US"])
    'Kymriah. Year: 2017; Region: US'
    """
    first, *rest = row
    cells = [
        f"{label}: {cell}" if label else cell
        for label, cell in zip(labels[1:], rest, strict=True)
        if cell
    ]
    between = " " if any(labels[1:]) else ": "
    return f"{with_full_stop(first) if any(labels[1:]) else first}{between}{'; '.join(cells)}"


def _table(table: Table, options: RenderOptions) -> Iterator[str]:
    _, *labels = table.head
    for first, *rest in table.rows:
        yield from _wrap(_words(first), options)
        for label, cell in zip(labels, rest, strict=True):
            yield from _hang("  ", f"{label}: {_words(cell)}", options)


def _source(entry: SourceEntry, options: RenderOptions) -> Iterator[str]:
    """Yield a source as lines, its address whole, on a line of its own if it must."""
    number = f"[{entry.number}] " if entry.number else ""
    sentence = f"{number}{entry.sentence}"
    if display_width(sentence) + 1 + display_width(entry.address) <= options.width:
        yield f"{sentence} {entry.address}"
        return
    yield from _wrap(sentence, options)
    space = options.width - display_width(entry.address)
    yield " " * (INDENT if space < 0 else min(INDENT, space)) + entry.address


def _words(text: Text) -> str:
    return to_text(text, TIE, JOINT)


def _items(mark: str, texts: Iterable[str], options: RenderOptions) -> Iterator[str]:
    for text in texts:
        yield from _hang(mark, text, options)


def _hang(mark: str, text: str, options: RenderOptions) -> list[str]:
    indent = " " * display_width(mark)
    lines = wrap(text, options.prose_width - len(indent))
    return [f"{mark if not number else indent}{line}" for number, line in enumerate(lines)]


def _wrap(text: str, options: RenderOptions) -> list[str]:
    return wrap(text, options.prose_width)


def wrap(text: str, width: int) -> list[str]:
    """Return the words of a text in lines of at most `width` columns; only longer words are cut.

    An address stays whole, since half of one leads nowhere.

    >>> wrap("two words", 6)
    ['two', 'words']
    """
    text = _SPACES.sub(" ", text.strip())
    starts = line_starts(text, width, cut_addresses=False)
    lines = (text[start:end] for start, end in pairwise([0, *starts, len(text)]))
    return [as_spaces(line).rstrip() for line in lines if line]

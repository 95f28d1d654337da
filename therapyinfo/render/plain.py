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
    IconCount,
    Page,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepList,
    Table,
)
from ..text import with_full_stop
from .options import RenderOptions, display_width, transliterate
from .wrapping import JOINT, TIE, as_spaces, line_starts

INDENT = 2
"""How far an address on a line of its own stands from the margin, where it has the room."""

_SPACES = re.compile(rf"[^\S{TIE}{JOINT}]+")


def plain(page: Page, options: RenderOptions) -> str:
    """Render a page as lines that make sense read aloud, one after the other."""
    if options.tabular and page.tsv_rows is not None:
        return "".join(f"{chr(9).join(fields)}\n" for fields in page.tsv_rows)
    chunks = [_head(page, options)]
    for block in page.blocks:
        lines = list(_block(block, options))
        if isinstance(block, Heading) and block.level == 2:
            lines.insert(0, "")
        chunks.append(lines)
    if page.footer:
        chunks.append(["", *_wrap(_words(page.footer), options)])
    if page.next_commands and options.show_next:
        commands = (command.replace(" ", JOINT) for command in page.next_commands)
        chunks.append(["", *_wrap(f"Next: {'; '.join(commands)}", options)])
    return "\n".join("\n".join(lines) for lines in chunks if lines) + "\n"


def _head(page: Page, options: RenderOptions) -> list[str]:
    lines = [*_wrap(_capitals(page.title, options), options)]
    under = ". ".join(filter(None, (page.subtitle, page.category)))
    return [*lines, *_wrap(under, options), ""]


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
            yield ""
        case Bullets(items):
            yield from _items("- ", (_words(item) for item in items), options)
            yield ""
        case StepList(items):
            for step in items:
                time = f": {_words(step.time)}" if step.time else ""
                yield from _hang(f"{step.number}. ", f"{step.title}{time}", options)
                for label, text in step.details:
                    yield from _hang("  ", f"{label}: {_words(text)}", options)
            yield ""
        case DefinitionList(rows):
            yield from _items("", (f"{label}: {_words(text)}" for label, text in rows), options)
            yield ""
        case Table():
            yield from _table(block, options)
        case Grid(rows):
            yield from _grid(rows, options)
        case SourceLine(publishers):
            told = (f"{name}{_words(cites)}." for name, cites in publishers)
            yield from _wrap(f"Sources: {' '.join(told)}", options)
        case Callout(title, items):
            yield from _wrap(f"{title}:", options)
            yield from _items("- ", (_words(item) for item in items), options)
            yield ""
        case IconArray(counts, caption):
            yield from _wrap(_words(caption), options)
            if len(counts) > 1:
                yield from _items("- ", map(_count, counts), options)
        case Sources(entries, short):
            for entry in entries:
                yield from _source(entry, short, options)
            yield ""


def _grid(rows: tuple[tuple[Text, ...], ...], options: RenderOptions) -> Iterator[str]:
    texts = [[_words(cell) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        cells = zip(row, widths, strict=True)
        padded = (cell + " " * (width - display_width(cell)) for cell, width in cells)
        yield "  ".join(padded).rstrip()
    yield ""


def _table(table: Table, options: RenderOptions) -> Iterator[str]:
    _, *labels = table.head
    for first, *rest in table.rows:
        yield from _wrap(_words(first), options)
        for label, cell in zip(labels, rest, strict=True):
            yield from _hang("  ", f"{label}: {_words(cell)}", options)
    yield ""


def _count(count: IconCount) -> str:
    return f"{count.label}: {count.in_100} of 100 people"


def _source(entry: SourceEntry, short: bool, options: RenderOptions) -> Iterator[str]:
    """Yield a source as lines, its address whole, on a line of its own if it must."""
    number = f"[{entry.number}] " if entry.number else ""
    who = f"{entry.publisher}," if short else with_full_stop(entry.publisher)
    what = "" if short else f" {with_full_stop(entry.title)} {entry.kind.capitalize()},"
    sentence = f"{number}{who}{what} {entry.date}."
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
    indent = " " * len(mark)
    lines = wrap(text, options.prose_width - len(mark))
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

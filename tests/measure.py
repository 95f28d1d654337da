"""What is measured on a rendered page: its words, its widths, and what must not be in it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct
from rich.cells import cell_len

from therapyinfo.inlines import Names, Text, to_text
from therapyinfo.page import (
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
    StepList,
    Table,
)
from therapyinfo.render.options import display_width

Part = TypeVar("Part")

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
"""The only escapes that a page may hold: colour, weight and links."""

MARK = 3
"""How long the mark of a list can be, such as `10.`"""

DRAWN = "─━│┃|╭╮╰╯●◐○•"
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069]")


def said(page: Page) -> list[str]:
    """Return every piece of text that a page must show to people, whatever its look."""
    found = [page.title, page.subtitle, page.category, to_text(page.footer)]
    in_a_line = any(isinstance(block, SourceLine) for block in page.blocks)
    for block, after in zip(page.blocks, (*page.blocks[1:], None), strict=True):
        if not (in_a_line and isinstance(after if isinstance(block, Heading) else block, Sources)):
            found += _said(block)
    return [text for text in found if text]


def _said(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield text
        case Paragraph(text):
            yield to_text(text)
        case Bullets(items):
            yield from map(to_text, items)
        case StepList(items):
            for step in items:
                yield from (f"{step.number}", step.title, to_text(step.time))
                yield from (f"{label}: {to_text(text)}" for label, text in step.details)
        case DefinitionList(rows):
            for label, text in rows:
                yield from (label, to_text(text))
        case Table(_, head, rows):
            yield from head[1:]
            yield from (to_text(cell) for row in rows for cell in row)
        case Grid(rows, head):
            yield from head[1:] if rows else ()
            yield from (to_text(_first_names(cell)) for row in rows for cell in row)
        case SourceLine(publishers):
            yield from (f"{name}{to_text(cites)}" for name, cites in publishers)
        case Callout(title, items, after):
            yield title
            yield from map(to_text, (*items, *after))
        case IconArray(counts, caption):
            yield to_text(caption)
            for count in counts:
                yield from (count.label, count.amount or f"{count.in_100} in 100")
        case Sources(entries):
            for entry in entries:
                yield from _source(entry)


def _first_names(text: Text) -> Text:
    """Return a text with the first of its names, which a line of a grid that is too long keeps."""
    return tuple(part.names[0] if isinstance(part, Names) else part for part in text)


def _source(entry: SourceEntry) -> Iterator[str]:
    yield from (entry.publisher, entry.date, entry.address, entry.title, entry.kind)
    if entry.number:
        yield f"[{entry.number}]"


def lost(page: Page, text: str) -> list[str]:
    """Return the words of a page that its rendering lacks, or shows fewer times.

    Capitals may differ, a mark may stand against a word, and a word too long for the width may
    be cut, as long as its pieces follow each other.
    """
    bare = fold(ESCAPES.sub("", text))
    shown = Counter(map(_trimmed, bare.split()))
    squeezed = squeeze(bare)
    wanted = Counter(_trimmed(word) for each in said(page) for word in fold(each).split())
    return [
        word
        for word, count in wanted.items()
        if shown[word] < count and squeezed.count(squeeze(word)) < count
    ]


def fold(text: str) -> str:
    """Return a text in one case; some letters come back from capitals as others."""
    return text.upper().casefold()


def _trimmed(word: str) -> str:
    return word.strip(".,:;") or word


def squeeze(text: str) -> str:
    """Return a text without space and drawing, to find words that had to be cut."""
    return "".join("".join(each for each in text if each not in DRAWN).split())


def too_wide(text: str, width: int) -> list[str]:
    """Return the lines wider than the width; an address that is too long may stand alone.

    Terminals disagree on how wide joined characters are, so the narrower measure counts.
    """
    return [
        line
        for line in ESCAPES.sub("", text).split("\n")
        if min(display_width(line), cell_len(line)) > width and not _lone_address(line)
    ]


def _lone_address(line: str) -> bool:
    """Return whether a line holds an address, and no more than the mark of a list beside it."""
    addresses = [word for word in line.split() if word.startswith("https://")]
    return bool(addresses) and len(line.replace(addresses[0], "").strip()) <= MARK


def controls(text: str) -> list[str]:
    """Return the control and bidirectional characters in a text."""
    return CONTROLS.findall(text)


def parts_of(value: object, *kinds: type[Part]) -> Iterator[Part]:
    """Yield every part of a block that is of one of the kinds, in order."""
    if isinstance(value, kinds):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from parts_of(each, *kinds)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from parts_of(getattr(value, name), *kinds)

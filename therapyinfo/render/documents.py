"""What a file to keep and to print has and leaves out, for HTML and Markdown alike."""

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from ..inlines import Inline, InlineCode, Text
from ..page import Block, Bullets, DefinitionList, Heading, Page, Paragraph, Sources
from .options import RenderOptions

DEEPEST = 6
"""Neither HTML nor Markdown knows a deeper heading."""

_SENTENCES = re.compile(r"(?<=[.!?])(?=\s)")


def footer(page: Page, options: RenderOptions) -> Text:
    """Return what ends a page, until when it is to be checked again, and when it was made."""
    dates = [f"Check again by {page.handout.check_again}."] if page.handout else []
    dates += [f"Made on {options.made_on}."] if page.footer and options.made_on else []
    return (*page.footer, *(f" {date}" for date in dates))


def without_commands(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks without the sentences that hold a command, which paper cannot run."""
    for block in blocks:
        match block:
            case Paragraph(text):
                if told := _without_commands(text):
                    yield structs.replace(block, text=told)
            case Bullets(items):
                if kept := tuple(filter(None, map(_without_commands, items))):
                    yield structs.replace(block, items=kept)
            case DefinitionList(rows):
                told_rows = ((label, _without_commands(text)) for label, text in rows)
                if lines := tuple(row for row in told_rows if row[1]):
                    yield structs.replace(block, rows=lines)
            case _:
                yield block


def _without_commands(text: Text) -> Text:
    """Return a text without the sentences that hold a command.

    >>> _without_commands(("It harms. More: ", InlineCode("therapyinfo list"), "."))
    ('It harms.',)
    """
    if not any(isinstance(part, InlineCode) for part in text):
        return text
    sentences: list[list[Inline]] = [[]]
    for part in text:
        first, *others = _SENTENCES.split(part) if isinstance(part, str) else [part]
        sentences[-1].append(first)
        sentences += [[each] for each in others]
    kept = (each for each in sentences if not any(isinstance(part, InlineCode) for part in each))
    return tuple(part for sentence in kept for part in sentence if part != "")


def in_order(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with the levels of their headings mended, so that none is skipped.

    >>> [block.level for block in in_order([Heading("a", 3), Heading("b", 5), Heading("c", 3)])]
    [2, 3, 2]
    """
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [level for level in above if level < block.level]
            above.append(block.level)
            yield structs.replace(block, level=min(1 + len(above), DEEPEST))
        else:
            yield block


def listed_sources(page: Page) -> frozenset[int]:
    """Return the numbers of the sources that the page lists, so that a citation can lead there."""
    lists = (block.entries for block in page.blocks if isinstance(block, Sources))
    return frozenset(entry.number for entries in lists for entry in entries if entry.number)

"""What a file to keep and to print has, and what it leaves out: HTML and Markdown."""

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from ..inlines import Inline, InlineCode, Text
from ..page import Block, Bullets, DefinitionList, Page, Paragraph
from .options import RenderOptions

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

"""Heading levels and listed sources, for formats that have headings of their own."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from ..page import Block, Heading, Page, Sources

DEEPEST = 6
"""Neither HTML nor Markdown knows a deeper heading."""


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

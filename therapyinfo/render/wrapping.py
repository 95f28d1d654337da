"""Where the lines of a text break: between words, and never inside what belongs together."""

import re
from collections.abc import Callable, Iterable, Iterator

from .options import display_width

TIE = "\u00a0"
"""Stands for a space that a line breaks at only where both sides together are too wide."""

JOINT = "\u202f"
"""Stands for a space that a line breaks at only where what it is in is too wide by itself."""

_UNIT = re.compile(rf"\S[\S{TIE}{JOINT}]*(?<=\S)")
_SPACES = str.maketrans({TIE: " ", JOINT: " "})
_NARROW = frozenset(map(chr, (*range(0x20, 0xAD), *range(0xAE, 0x300)))).union(
    map(chr, (*range(0x2010, 0x2028), *range(0x202F, 0x205F)))
)
"""Letters and marks that take a column each: a text of them, as most are, need not be measured."""

_ADDRESS = "https://"
_CUTS = "-/."


def as_spaces(text: str) -> str:
    """Return a text with every space that stood for something as a plain one."""
    return text if text.isascii() else text.translate(_SPACES)


def line_starts(
    text: str,
    width: int,
    measure: Callable[[str], int] = display_width,
    *,
    cut_addresses: bool = True,
) -> list[int]:
    """Return where each line of a text starts, but for the first.

    What is too wide is cut at its ties, then at its joints, then after a dash, a slash or a dot,
    then anywhere; an address only if it may be cut.

    >>> line_starts("some two words", 8)
    [9]
    """
    if len(text) <= width and text.isascii():
        return []
    length = len if _NARROW.issuperset(text) else measure
    starts: list[int] = []
    line = 0
    for unit in _UNIT.finditer(text):
        end = unit.end()
        if end - line <= width if length is len else length(text[line:end]) <= width:
            continue
        for start, stop in _pieces(text, *unit.span(), width, length, cut_addresses):
            too_wide = length(text[line:stop]) > width
            if too_wide and start > line and not text[line:start].isspace():
                starts.append(start)
                line = start
    return starts


def _pieces(  # noqa: PLR0913, PLR0917 - a place in a text, and how it is measured
    text: str, start: int, end: int, width: int, length: Callable[[str], int], cut_addresses: bool
) -> Iterator[tuple[int, int]]:
    """Yield the parts of a unit that have to be whole, none too wide if it can be."""

    def parts(place: tuple[int, int], space: str) -> Iterable[tuple[int, int]]:
        fits = length(text[slice(*place)]) <= width
        return [place] if fits else _split(text, *place, space)

    for tied in parts((start, end), TIE):
        for joined in parts(tied, JOINT):
            is_whole = not cut_addresses and text.startswith(_ADDRESS, *joined)
            if is_whole or length(text[slice(*joined)]) <= width:
                yield joined
            else:
                yield from _cut(text, *joined, width, length)


def _split(text: str, start: int, end: int, space: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between the spaces of one kind."""
    while start < end:
        found = text.find(space, start, end)
        stop = end if found < 0 else found
        if stop > start:
            yield start, stop
        start = stop + 1


def _cut(
    text: str, start: int, end: int, width: int, length: Callable[[str], int]
) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a word that is too wide."""
    used = 0
    for position in range(start, end):
        size = length(text[position])
        if used + size > width and position > start:
            mark = max(text.rfind(cut, start, position) for cut in _CUTS) + 1
            stop = mark if mark > start + 1 else position
            yield start, stop
            start, used = stop, length(text[stop:position])
        used += size
    yield start, end

"""Rendered text as the cells of a screen, each with the style and the link it is printed in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m|\x1b\]8;([^;]*);([^\x1b]*)\x1b\\")
NAMES = {"1": "bold", "2": "dim", "4": "underline", "7": "reverse", "31": "red", "36": "cyan"}


class Cell(NamedTuple):
    """A printed character that is no space."""

    character: str
    style: frozenset[str]
    link: str


def styled_cells(text: str) -> Iterator[Cell]:
    """Yield every printed character of a text with its escapes."""
    style: frozenset[str] = frozenset()
    link = ""
    position = 0
    for found in (*_ESCAPE.finditer(text), None):
        plain = text[position : found.start() if found else len(text)]
        yield from (Cell(each, style, link) for each in plain if not each.isspace())
        if found is None:
            return
        position = found.end()
        if found[3] is not None:
            link = found[3]
        else:
            codes = [code for code in found[1].split(";") if code]
            style = style | {NAMES[code] for code in codes if code != "0"}
            if not codes or "0" in codes:
                style = frozenset()


def cells_of(text: str, words: str) -> list[Cell]:
    """Return the cells of the first place where words stand, whatever bars and lines part them."""
    found = [cell for cell in styled_cells(text) if cell.character not in "┃│─"]
    wanted = "".join(words.split())
    start = "".join(cell.character for cell in found).index(wanted)
    return found[start : start + len(wanted)]

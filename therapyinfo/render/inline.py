"""Words on a terminal page: their weight and colour, their citations and their links."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec import Struct
from rich.style import Style
from rich.text import Text as RichText

from ..inlines import (
    Cite,
    InlineCode,
    Link,
    Mark,
    Names,
    Strong,
    Text,
    cite_runs,
    inline_text,
    is_address,
)
from ..page import Page, Sources
from .wrapping import JOINT, TIE

ACCENT = "cyan"
"""Too pale for words on a light background, so nothing that is read has it: marks and rules do."""

CITE = Style(dim=True, bold=False)
COMMAND = Style(bold=True)

_LINK_ID = re.compile("\x1b]8;id=[^;]*;")


class Links(Struct, frozen=True):
    """The links that a page may hold.

    Attributes:
        known: Whether the terminal knows links.
        addresses: The address of each source by its number.
    """

    known: bool = False
    addresses: Mapping[int, str] = {}

    def style(self, address: str, other: Style) -> Style:
        """Return a style that links to an address, which is never read as a style itself."""
        if self.known and is_address(address):
            return other + Style(link=address)
        return other


def page_links(page: Page, *, known: bool) -> Links:
    """Return the links of a page, its citations among them."""
    listed = (block.entries for block in page.blocks if isinstance(block, Sources))
    return Links(known, {entry.number: entry.address for entries in listed for entry in entries})


def draw_text(text: Text, style: str, links: Links, *, color: bool) -> RichText:
    """Return words with their citations dimmed and their commands and finds marked."""
    whole = RichText(style=style)
    for are_cites, parts in groupby(text, lambda part: isinstance(part, Cite)):
        if are_cites:
            draw_cites(whole, (part for part in parts if isinstance(part, Cite)), links)
            continue
        for part in parts:
            match part:
                case Strong(inner):
                    whole.append(inner, "bold")
                case Mark(inner):
                    whole.append(inner, "bold underline" if color else "bold")
                case InlineCode(inner):
                    whole.append(inner.replace(" ", JOINT), COMMAND)
                case Link(address):
                    whole.append(address, links.style(address, Style()))
                case Names():
                    whole.append(inline_text(part))
                case str():
                    whole.append(part)
    return whole


def draw_cites(whole: RichText, cites: Iterable[Cite], links: Links) -> None:
    """Add citations to a text, in one pair of brackets, each linked to its source."""
    opening = f"{TIE}["
    for run in cite_runs(cites):
        for cite in run:
            whole.append(opening, CITE)
            address = links.addresses.get(cite.number, "")
            whole.append(str(cite.number), links.style(address, CITE))
            opening = "-"
        opening = f",{JOINT}"
    whole.append("]", CITE)


def without_link_ids(drawn: str) -> str:
    """Return drawn text without the ids of its links.

    Rich makes them at random, so that no page would be the same bytes twice.
    """
    return _LINK_ID.sub("\x1b]8;;", drawn)

"""Styled text for a terminal, drawn by Rich into a string.

Words reach Rich only as `Text`, never as markup, and only the 16 colours of the terminal's own
palette are used, so that its theme decides what is readable.
"""

from io import StringIO

from rich.console import Console

from ..page import Page
from .blocks import Drawing
from .drawing import one_blank
from .inline import page_links, without_link_ids
from .look import Look, draw
from .sheet import Sheet


def terminal(page: Page, look: Look) -> str:
    """Render a page with weight, colour and space; nothing is told by colour alone."""
    return terminal_part(page, look, page)


def terminal_part(page: Page, look: Look, whole: Page, *, cut_addresses: bool = False) -> str:
    """Render a part of a page, its citations linked to the sources that the whole page lists.

    cut_addresses: whether no line may be too wide, not even for an address.
    """
    drawing = Drawing(look, page_links(whole, known=look.color and look.links), cut_addresses)
    blocks = drawing.blocks(page.blocks)
    return printed(Sheet(drawing.title(page), *blocks, drawing.ending(page)), look)


def printed(sheet: Sheet, look: Look) -> str:
    """Return the text of what has been drawn, with its escapes where they are wanted."""
    out = StringIO()
    console = Console(
        file=out,
        width=look.width,
        height=100,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(sheet, crop=False)
    lines = one_blank(draw(without_link_ids(out.getvalue()), look.encoding).splitlines())
    return "\n".join(lines).rstrip("\n") + "\n"

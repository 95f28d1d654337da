"""Styled text for a terminal, drawn by Rich into a string.

Words reach Rich only as `Text`, never as markup, and only the 16 colours of the terminal's own
palette are used, so that its theme decides what is readable.
"""

from io import StringIO

from rich.console import Console

from ..page import Page
from .drawing import PageDrawing
from .inline import page_links, without_link_ids
from .layout import Stack
from .options import RenderOptions, fallback_box
from .spacing import is_dense
from .widgets import collapse_blank_lines


def terminal(page: Page, options: RenderOptions) -> str:
    """Render a page with weight, colour and space; nothing is told by colour alone."""
    return terminal_part(page, options, page)


def terminal_part(
    page: Page, options: RenderOptions, whole: Page, *, cut_addresses: bool = False
) -> str:
    """Render a part of a page, its citations linked to the sources that the whole page lists.

    cut_addresses: whether no line may be too wide, not even for an address.
    """
    drawing = PageDrawing(
        options, page_links(whole, known=options.color and options.links), cut_addresses
    )
    if is_dense(page):
        # What is to fit a few screens has no columns to give away.
        drawing.indent, drawing.room = 0, drawing.width
    blocks = drawing.blocks(page)
    return printed(Stack(drawing.title(page), *blocks, drawing.ending(page)), options)


def printed(sheet: Stack, options: RenderOptions) -> str:
    """Return the text of what has been drawn, with its escapes where they are wanted."""
    out = StringIO()
    console = Console(
        file=out,
        width=options.width,
        height=100,
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(sheet, crop=False)
    lines = collapse_blank_lines(
        fallback_box(without_link_ids(out.getvalue()), options.encoding).splitlines()
    )
    return "\n".join(lines).rstrip("\n") + "\n"

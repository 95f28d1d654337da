"""Which blocks and commands a screen shows, and where a blank line stands between two blocks."""

from collections.abc import Sequence

from ..command_line import command_line
from ..page import (
    Block,
    Callout,
    DefinitionList,
    Heading,
    IconArray,
    Page,
    Paragraph,
    SourceLine,
    Sources,
    Table,
)
from .options import display_width

NEXT = "Next: "

BETWEEN = ", "
"""What stands between two commands."""

PROGRAM = f"{command_line()} "

LONGEST_TIME = 16
"""A time of a step that is longer than this stands behind its title or under it."""

RUN_ON = 4
"""A heading of this level or deeper follows at once where there is little room."""


def is_dense(page: Page) -> bool:
    """Return whether a page is to fit a few screens: one that tells its sources in a line."""
    return page.compact or any(isinstance(block, SourceLine) for block in page.blocks)


def screen_blocks(page: Page) -> tuple[Block, ...]:
    """Return the blocks without the list of sources, and its heading, where a line tells them."""
    if not is_dense(page):
        return page.blocks
    shown: list[Block] = []
    for block in page.blocks:
        if not isinstance(block, Sources):
            shown.append(block)
        elif shown and isinstance(shown[-1], Heading):
            shown.pop()
    return tuple(shown)


def stand_apart(before: Block, block: Block, *, dense: bool) -> bool:
    """Return whether a blank line stands between two blocks."""
    if isinstance(before, Heading):
        return isinstance(block, Heading) and block.level > before.level > 2
    if isinstance(block, Heading):
        return not dense or block.level < RUN_ON
    if dense and not any(map(_stands_alone, (before, block))):
        return _ends_page(block) and not _ends_page(before)
    return not (isinstance(before, IconArray) and isinstance(block, DefinitionList))


def _stands_alone(block: Block) -> bool:
    """Return whether a block has air around it even where there is little room."""
    return isinstance(block, Table | Callout) or (isinstance(block, IconArray) and not block.small)


def _ends_page(block: Block) -> bool:
    """Return whether a block is of those that end a page: asides and sources."""
    return isinstance(block, SourceLine) or (
        isinstance(block, Paragraph) and block.style == "quiet"
    )


def fitting_commands(commands: Sequence[str], width: int) -> list[str]:
    """Return the commands that one line holds, the first whole and the others without the program.

    The first is there however long it is. Programs get all of them, in JSON.

    >>> fitting_commands(["therapyinfo numbers prp", "therapyinfo list", "therapyinfo list -h"], 40)
    ['therapyinfo numbers prp', 'list']
    """
    told = list(commands[:1])
    for command in commands[1:]:
        longer = [*told, command.removeprefix(PROGRAM)]
        if display_width(f"{NEXT}{BETWEEN.join(longer)}") <= width:
            told = longer
    return told

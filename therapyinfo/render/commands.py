"""The line of commands that ends a page."""

from collections.abc import Sequence

from ..command_line import command_line
from .options import display_width

NEXT = "Next: "

BETWEEN = ", "
"""What stands between two commands."""

PROGRAM = f"{command_line()} "


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

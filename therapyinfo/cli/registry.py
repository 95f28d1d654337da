"""Registry of commands; each is built on first use.

Typer makes every parameter of every command it is given before it runs one of them; with all
commands that takes longer than answering.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

GROUPS = ("Learn", "Look up", "Write")
"""What commands are for, in the order of the help."""


class Command(Struct, frozen=True):
    """A command: its name, what runs it, and what its help says.

    prints_page: whether it returns a page and takes the shared options; table: whether that
    page can also be CSV.
    """

    name: str
    group: str
    function: Callable[..., Any]
    examples: tuple[str, ...]
    prints_page: bool = True
    table: bool = False

    @property
    def summary(self) -> str:
        """The first line of its documentation."""
        return (self.function.__doc__ or "").partition("\n")[0]


COMMANDS: dict[str, Command] = {}
"""Every command by its name, in the order in which help lists them."""


def command(
    group: str, name: str, *examples: str, prints_page: bool = True, table: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a command, with examples for its help."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        COMMANDS[name] = Command(name, group, function, examples, prints_page, table)
        return function

    return register

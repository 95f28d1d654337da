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
    """A command, and what its help says.

    Attributes:
        name: What is typed.
        group: One of `GROUPS`.
        function: What runs it.
        examples: Command lines for its help.
        prints_page: Whether it returns a page and takes the shared options.
        table: Whether that page can also be CSV.

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
"""Every command by its name."""


def by_group() -> dict[str, list[Command]]:
    """Return the commands of each group, in the order in which help lists them."""
    return {
        group: [command for command in COMMANDS.values() if command.group == group]
        for group in GROUPS
    }


def command(
    group: str, name: str, *examples: str, prints_page: bool = True, table: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a command; its docstring is its help.

    Args:
        group: One of `GROUPS`.
        name: What is typed.
        examples: Command lines for its help.
        prints_page: Whether it returns a page and takes the shared options.
        table: Whether that page can also be CSV.

    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        COMMANDS[name] = Command(name, group, function, examples, prints_page, table)
        return function

    return register

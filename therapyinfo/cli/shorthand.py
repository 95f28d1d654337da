"""Names in place of a command: one is explained, several are compared."""

from itertools import pairwise, takewhile
from typing import Any

from ..command_line import command_line
from ..errors import TherapyInfoError
from ..library import Library
from .knowledge import open_library
from .registry import COMMANDS

MOST_LISTED = 20
"""A message names as many therapies of a file at most."""


def with_command(arguments: list[str]) -> tuple[Library | None, list[str]]:
    """Return the library that was asked, and a line with the command that its names are for.

    The line stays as it is where its first words are no names known exactly: a mistyped one is
    never run.
    """
    words, rest = _split(arguments)
    library = open_library(_data(rest))
    if library.lookup.is_known(" ".join(words)):
        return library, ["explain", *arguments]
    names = library.lookup.names_in(words)
    if names and len(names) > 1:
        return library, ["compare", *names, *rest]
    return library, arguments


def meant_command(arguments: list[str]) -> str:
    """Return the end of a message on a line that begins with neither a command nor a name."""
    command = next((word for word in arguments if word in COMMANDS), "")
    if command:
        others = [word for word in arguments if word != command]
        return f"The command comes first: {command_line(command, *others)}"
    words, rest = _split(arguments)
    meant, shown = _near(" ".join(words), rest)
    hint = f"Did you mean {shown[0]}? " if meant else ""
    return f"{hint}To read about a therapy: {command_line('explain', *(meant or words), *rest)}"


def what_to_give(context: Any, arguments: list[str]) -> str:
    """Return what can be given for the argument that a command misses."""
    params = context.command.params if context else ()
    takes = {each.name for each in params if each.param_type_name == "argument"}
    if takes & {"therapy", "therapies"}:
        try:
            ids = open_library(_data(arguments)).ids
        except TherapyInfoError:  # which is told when the line is complete
            return ""
        count = "two or more" if "therapies" in takes else "one"
        more = f" and {len(ids) - MOST_LISTED} more" if len(ids) > MOST_LISTED else ""
        return f". Give {count} of: {', '.join(ids[:MOST_LISTED])}{more}, or a product's name"
    command = COMMANDS.get(context.info_name) if context else None
    return f". For example: {command.examples[0]}" if command else ""


def _near(name: str, options: list[str]) -> tuple[list[str], list[str]]:
    try:
        return open_library(_data(options)).lookup.near(name)
    except TherapyInfoError:
        return [], []


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Return the words that a line begins with, and what follows from its first option on."""
    words = list(takewhile(lambda word: not word.startswith("-"), arguments))
    return words, arguments[len(words) :]


def _data(options: list[str]) -> str | None:
    """Return the knowledge file that options name."""
    for option, value in pairwise([*options, ""]):
        if option == "--data":
            return value
        if option.startswith("--data="):
            return option.removeprefix("--data=")
    return None

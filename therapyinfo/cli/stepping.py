"""The walk through a therapy one step at a time, at a terminal."""

import sys

import typer
from msgspec import structs

from ..compiled import Entry
from ..errors import UsageFault
from ..library import Library
from ..render import render
from ..views.walkthrough import walkthrough
from .output import Request, is_interactive, look_for, page_format, write_out

PROMPT = "Enter or n next, b back, q quit: "


def step_through(library: Library, entry: Entry, first: int | None) -> None:
    """Print a step, wait for a key word, go on; raise typer.Exit when the reader is done.

    first: the step to start with; None for the first. Raise UsageFault without a terminal.
    """
    if not is_interactive():
        hint = library.command("walkthrough", entry.id, "--step", "N")
        raise UsageFault(f"-i needs a terminal to ask at. Without one: {hint}")
    format = page_format(Request())
    look = look_for(Request(), format)
    number = first or 1
    try:
        while True:
            page = walkthrough(library, entry, number)
            write_out(render(structs.replace(page, next_commands=()), format, look))
            number = _next(number, len(entry.therapy.steps))
    except KeyboardInterrupt:
        write_out("\n")  # what comes next in the terminal starts a line of its own
        raise


def _next(number: int, count: int) -> int:
    """Return the step that the reader asks for; raise typer.Exit at the end."""
    while True:
        write_out(PROMPT)
        answer = sys.stdin.readline()
        key = answer.strip().casefold()
        if not answer or key in ("q", "quit"):
            write_out("\n" if not answer else "")
            raise typer.Exit
        if key in ("", "n", "next"):
            if number == count:
                raise typer.Exit
            return number + 1
        if key in ("b", "back"):
            return max(number - 1, 1)

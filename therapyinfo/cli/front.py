"""What the program answers without a command: the front page and its version."""

import os
from typing import Annotated

import typer

from .. import __version__
from ..command_line import command_line
from ..errors import TherapyInfoError
from ..render.options import escape_controls
from .knowledge import open_library
from .output import OutputOptions, emit, write_out


def _version(context: typer.Context, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:  # a shell that completes evaluates what it reads
        return
    write_out(f"therapyinfo {__version__}\n")
    write_out(f"{_knowledge()}\n")
    raise typer.Exit


def _knowledge() -> str:
    """Return what there is to say of the knowledge in a line, whatever state it is in.

    The version is what is asked for first where something is wrong with the knowledge.
    """
    if os.environ.get("THERAPYINFO_DATA") == "-":
        return "Knowledge is read from standard input"
    try:
        reviewed = open_library(None).reviewed.replace("\n", " ")
    except TherapyInfoError:
        return f"Knowledge cannot be read. See: {command_line('check')}"
    return f"Knowledge last checked {escape_controls(reviewed)}"


def home(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Learn what an advanced therapy is, how it goes, and how it compares with others."""
    if context.invoked_subcommand is None:
        from ..views import catalogue

        emit(catalogue.home(open_library(None)), OutputOptions(no_pager=True))

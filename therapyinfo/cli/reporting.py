"""Errors: in a line on stderr, as JSON on stdout, each with its exit code."""

import sys
from contextlib import suppress
from itertools import pairwise

import typer

from ..command_line import command_line
from ..errors import DataError, ExitCode, OutputError, TherapyInfoError, UsageError, reason
from ..render.options import printable
from ..text import with_full_stop
from .output import encoding_of, screen_options, write_out
from .registry import COMMANDS

TyperUsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What Typer raises for any misuse; it has no public name of its own."""

LOST_MEMORY_ERROR = "error return without exception set"
"""What Python 3.11 makes of a `MemoryError` that it has no memory to pass on."""


def usage_error(err: Exception, arguments: list[str]) -> UsageError:
    """Return a usage error of Typer as one of ours, with the command that may have been meant."""
    message = getattr(err, "format_message", err.__str__)().strip().rstrip(".")
    context = getattr(err, "ctx", None)
    command = context.command_path if context else "therapyinfo"
    if "No such command" in message and "Did you mean" not in message:
        from .shorthand import meant_command

        return UsageError(f"{message}. {meant_command(arguments)}")
    if message.startswith("Missing argument"):
        from .shorthand import what_to_give

        message += what_to_give(context, arguments)
    if command == "therapyinfo" and (meant := _options_last(arguments)):
        return UsageError(f"{message}. Options stand after the command: {meant}")
    return UsageError(f"{with_full_stop(message)} See: {command} --help")


def _options_last(arguments: list[str]) -> str:
    """Return the command line with its command first; nothing where that is so or none is named."""
    place = next((at for at, word in enumerate(arguments) if word in COMMANDS), 0)
    return command_line(*arguments[place:], *arguments[:place]) if place else ""


def system_error(err: OSError | MemoryError | SystemError) -> TherapyInfoError:
    """Return an error of the operating system that no command has caught as one of ours.

    Raise an error of the interpreter again, unless it tells of too little memory.
    """
    if isinstance(err, SystemError) and str(err) != LOST_MEMORY_ERROR:
        raise err
    if not isinstance(err, OSError):
        return TherapyInfoError("not enough memory")
    where = "" if err.filename is None else f"{err.filename!r}: "
    return TherapyInfoError(f"{where}{reason(err)}")


def report_error(error: TherapyInfoError, *, as_json: bool) -> ExitCode:
    """Write an error to stderr, or to stdout as JSON, and return its exit code."""
    if as_json and _report_as_json(error):
        return error.exit_code
    if sys.stderr is not None and str(error):
        try:
            sys.stderr.write(_error_text(error))
        except (OSError, ValueError):
            sys.stderr = None  # nobody to tell; the interpreter would try again at its end
    return error.exit_code


def _error_text(error: TherapyInfoError) -> str:
    """Return an error a line each, or for a person where stderr is a terminal."""
    look = screen_options(sys.stderr)
    if look is not None and not isinstance(error, DataError):
        from ..render.messages import error_text

        return error_text(str(error), look)
    encoding = encoding_of(sys.stderr)
    prefix = "" if isinstance(error, DataError) else "therapyinfo: "
    lines = [printable(line, encoding) for line in str(error).split("\n")]
    return prefix + "\n".join(lines) + "\n"


def _report_as_json(error: TherapyInfoError) -> bool:
    """Write the error to stdout as JSON; return False where stdout does not take it."""
    from json import dumps

    data: dict[str, object] = {
        "code": error.code,
        "message": str(error),
        "suggestions": list(error.suggestions),
    }
    if isinstance(error, DataError):
        from ..views.plain_data import to_plain

        data["problems"] = to_plain(error.problems)
    try:
        write_out(f"{dumps({'error': data}, indent=2)}\n")
    except OutputError:
        return False
    return True


def wants_json(arguments: list[str]) -> bool:
    """Return whether the command line asks for JSON, even where Typer cannot follow it."""
    return any(
        (name in ("-f", "--format") and value == "json") or name in ("-fjson", "--format=json")
        for name, value in pairwise([*arguments, ""])
    )


def report_internal_error(err: Exception) -> ExitCode:
    """Write an error that nothing has caught to stderr, in a line without a traceback."""
    with suppress(Exception):  # stderr may be closed, and an error may fail to say what it is
        message = f"therapyinfo: internal error: {type(err).__name__}: {err!s:.200}"
        hint = "Please report it with what THERAPYINFO_DEBUG=1 prints."
        sys.stderr.write(f"{ascii(message)[1:-1]}\n{hint}\n")
    return ExitCode.FAILED

"""Run the app, report errors, map them to exit codes."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise

import typer

from ..command_line import command_line
from ..errors import DataError, OutputError, TherapyInfoError, UsageError
from ..render.options import escape_controls, transliterate
from . import INTERRUPTED
from . import authoring as _authoring  # noqa: F401 - it registers its commands
from .app import build
from .options import COMPLETING
from .output import encoding_of, screen_options, silence_stdout, write_out
from .registry import COMMANDS

TyperUsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What Typer raises for any misuse; it has no public name of its own."""


def run(argv: Sequence[str]) -> int:
    """Run the tool on its arguments and return the exit code, having told any error."""
    arguments = list(argv)
    if COMPLETING in os.environ:
        return _complete(arguments)
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"]
    try:
        return _call(build(arguments), arguments)
    except TherapyInfoError as err:
        error = err
    except typer.Abort:
        return INTERRUPTED
    except TyperUsageError as err:
        error = _usage_error(err, arguments)
    except OSError as err:
        error = TherapyInfoError(_what_failed(err))
    except MemoryError:
        error = TherapyInfoError("not enough memory")
    return _report_error(error, as_json=_wants_json(arguments))


def _call(app: typer.Typer, arguments: list[str]) -> int:
    return app(args=arguments, prog_name="therapyinfo", standalone_mode=False) or 0


def _complete(arguments: list[str]) -> int:
    """Answer a shell that wants words completed; it must never see an error."""
    line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS", "")
    sys.stderr = None
    try:
        return _call(build(line.split()[1:]), arguments)
    except Exception:  # noqa: BLE001 - its prompt would be full of it at every TAB
        silence_stdout()
        return 1


def _what_failed(err: OSError) -> str:
    reason = err.strerror or str(err)
    return reason if err.filename is None else f"{err.filename!r}: {reason}"


def _usage_error(err: Exception, arguments: list[str]) -> UsageError:
    """Return Typer's complaint as our own, with the command that its author may have meant."""
    message = getattr(err, "format_message", err.__str__)().strip().rstrip(".?")
    context = getattr(err, "ctx", None)
    command = context.command_path if context else "therapyinfo"
    if "No such command" in message and "Did you mean" not in message:
        meant = command_line("explain", *arguments)
        return UsageError(f"{message}. To read about a therapy: {meant}")
    if command == "therapyinfo" and (meant := _options_last(arguments)):
        return UsageError(f"{message}. Options stand after the command: {meant}")
    return UsageError(f"{message}. See: {command} --help")


def _options_last(arguments: list[str]) -> str:
    """Return the command line with its command first; nothing where that is so or none is named."""
    place = next((at for at, word in enumerate(arguments) if word in COMMANDS), 0)
    return command_line(*arguments[place:], *arguments[:place]) if place else ""


def _report_error(error: TherapyInfoError, *, as_json: bool) -> int:
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
    lines = [transliterate(escape_controls(line), encoding) for line in str(error).split("\n")]
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
        from ..views.citations import to_plain

        data["problems"] = to_plain(error.problems)
    try:
        write_out(f"{dumps({'error': data}, indent=2)}\n")
    except OutputError:
        return False
    return True


def _wants_json(arguments: list[str]) -> bool:
    return any(
        (name in ("-f", "--format") and value == "json") or name in ("-fjson", "--format=json")
        for name, value in pairwise([*arguments, ""])
    )

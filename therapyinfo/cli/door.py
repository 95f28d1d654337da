"""The one place where errors are caught, told and turned into exit codes."""

import os
import sys
from collections.abc import Sequence

import typer

from ..command_line import command_line
from ..errors import CannotWrite, DataError, TherapyInfoError, UsageFault
from ..render.look import spell, visible
from . import INTERRUPTED
from . import write as _write  # noqa: F401 - it enters its commands in the register
from .app import build
from .output import encoding_of, silence_stdout, write_out

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What Typer raises for any misuse; it has no public name of its own."""


def run(argv: Sequence[str]) -> int:
    """Run the tool on its arguments and return the exit code, having told any error."""
    arguments = list(argv)
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"]
    try:
        app = build(_completing() or arguments)
        return app(args=arguments, prog_name="therapyinfo", standalone_mode=False) or 0
    except TherapyInfoError as err:
        error = err
    except typer.Abort:
        return INTERRUPTED
    except UsageError as err:
        error = _misuse(err, arguments)
    except OSError as err:
        silence_stdout()
        return _tell(CannotWrite(f"cannot write the answer: {err.strerror}"), as_json=False)
    except (KeyError, ValueError):
        if "_THERAPYINFO_COMPLETE" in os.environ:
            return 1  # a shell asked without the words to complete, and a TAB shows no error
        raise
    return _tell(error, as_json=_wants_json(arguments))


def _completing() -> list[str]:
    """Return the words that a shell wants completed; none unless it asks for a completion."""
    if "_THERAPYINFO_COMPLETE" not in os.environ:
        return []
    line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS", "")
    return line.split()[1:]


def _misuse(err: Exception, arguments: list[str]) -> UsageFault:
    """Return Typer's complaint as our own, with the command that its author may have meant."""
    message = getattr(err, "format_message", err.__str__)().strip().rstrip(".?")
    context = getattr(err, "ctx", None)
    command = context.command_path if context else "therapyinfo"
    if "No such command" in message and "Did you mean" not in message:
        meant = command_line("explain", *arguments)
        return UsageFault(f"{message}. To read about a therapy: {meant}")
    return UsageFault(f"{message}. See: {command} --help")


def _tell(error: TherapyInfoError, *, as_json: bool) -> int:
    if as_json and _tell_as_json(error):
        return error.exit_code
    if sys.stderr is not None and str(error):
        encoding = encoding_of(sys.stderr)
        prefix = "" if isinstance(error, DataError) else "therapyinfo: "
        lines = [spell(visible(line), encoding) for line in str(error).split("\n")]
        try:
            sys.stderr.write(prefix + "\n".join(lines) + "\n")
        except OSError:
            sys.stderr = None  # nobody to tell; the interpreter would try again at its end
    return error.exit_code


def _tell_as_json(error: TherapyInfoError) -> bool:
    """Write the error to stdout as JSON; return False where stdout does not take it."""
    from json import dumps

    told: dict[str, object] = {
        "code": error.code,
        "message": str(error),
        "suggestions": list(error.suggestions),
    }
    if isinstance(error, DataError):
        from ..views.prose import record_data

        told["problems"] = record_data(error.problems)
    try:
        write_out(f"{dumps({'error': told}, indent=2)}\n")
    except (OSError, CannotWrite):
        silence_stdout()
        return False
    return True


def _wants_json(arguments: list[str]) -> bool:
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return any(
        (name in ("-f", "--format") and value == "json") or name in ("-fjson", "--format=json")
        for name, value in pairs
    )

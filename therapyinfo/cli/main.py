"""The way in: run the tool, report any error, end with an exit code."""

# Only modules that the interpreter has at its start: Ctrl-C while this one is read is not caught.
import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

INTERRUPTED = 130
"""`ExitCode.INTERRUPTED`, for an interrupt that comes before that can be imported."""


def entry_point() -> "NoReturn":
    """Run the tool and end the process at once.

    Skip interpreter shutdown (10 of 63 ms): nothing here uses atexit or finalisers, but coverage
    and cProfile must call `main`.
    """
    code = INTERRUPTED
    try:
        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except KeyboardInterrupt:  # between the last step of `main` and its end
        pass
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    finally:  # the reader may have gone, which was reported if it is an error
        os._exit(code)


def main(argv: "Sequence[str] | None" = None) -> "NoReturn":
    """Run the tool and exit with one of `ExitCode`.

    Args:
        argv: The arguments after the program's name; None for those of the process.

    Raises:
        SystemExit: Always, with the exit code.

    """
    try:
        # Short-lived process: garbage collection would cost 3.5 ms.
        gc.disable()
        code = run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as err:  # nobody ever sees a traceback, unless they ask
        if isinstance(err.__cause__, KeyboardInterrupt):
            # Python 3.11 turns one that comes while a class is made into an error of its own.
            sys.exit(INTERRUPTED)
        from .environment import is_on

        if is_on("THERAPYINFO_DEBUG"):
            raise
        from .reporting import report_internal_error

        code = report_internal_error(err)
    sys.exit(code)


def run(argv: "Sequence[str]") -> int:
    """Run the tool on its arguments and return the exit code, having reported any error."""
    # Imported in here, so that Ctrl-C is quiet from the first moment on.
    import typer

    from ..errors import TherapyInfoError
    from .knowledge import COMPLETING
    from .reporting import TyperUsageError, report_error, system_error, usage_error, wants_json

    arguments = list(argv)
    if COMPLETING in os.environ:
        return _complete()
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"]
    try:
        if len(arguments) > 1 and arguments[0] in ("--show-completion", "--install-completion"):
            return _show_completion(*arguments)
        from .app import build

        return build()(args=arguments, prog_name="therapyinfo", standalone_mode=False) or 0
    except TherapyInfoError as err:
        error = err
    except typer.Abort:
        return INTERRUPTED
    except TyperUsageError as err:
        error = usage_error(err, arguments)
    except (OSError, MemoryError, SystemError) as err:
        error = system_error(err)
    return report_error(error, as_json=wants_json(arguments))


def _complete() -> int:
    """Answer a shell that wants words completed; it must never see an error."""
    from .output import silence_stdout, write_out

    sys.stderr = None
    try:
        from .completion import answer

        told, found = answer(os.environ)
        if told:
            write_out(f"{told}\n")
    except Exception:  # noqa: BLE001 - its prompt would be full of it at every TAB
        silence_stdout()
        return 1
    return 0 if found else 1


def _show_completion(option: str, shell: str, *more: str) -> int:
    """Print the script of the shell that is named behind an option of Typer, which takes none."""
    from ..command_line import command_line
    from ..errors import UsageError
    from .completion import script
    from .output import write_out

    text = script(shell)
    if more or option != "--show-completion":
        shown = command_line("--show-completion", shell)
        raise UsageError(f"{option} takes no words. The script of {shell}: {shown}")
    write_out(text)
    return 0

"""Command line. The only package that reads argv and the environment, writes streams and exits."""

# Only modules that the interpreter has at its start: Ctrl-C while this one is read is not caught.
import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

INTERRUPTED = 130


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
    finally:  # whoever was to read it has gone, and has been told
        os._exit(code)


def main(argv: "Sequence[str] | None" = None) -> "NoReturn":
    """Run the tool and exit: 0 answered, 1 no such thing, 2 misuse, 3 broken data, 130 interrupted.

    argv: the arguments after the program's name; None for those of the process.
    """
    try:
        # A run ends before there is garbage worth collecting; looking for it takes a tenth of it.
        gc.disable()
        # Imported in here, so that Ctrl-C is quiet from the first moment on.
        from .door import run

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
        _tell_internal_error(err)
        code = 1
    sys.exit(code)


def _tell_internal_error(err: Exception) -> None:
    from contextlib import suppress

    with suppress(Exception):  # stderr may be closed, and an error may fail to say what it is
        told = f"therapyinfo: internal error: {type(err).__name__}: {err!s:.200}"
        hint = "Please report it with what THERAPYINFO_DEBUG=1 prints."
        sys.stderr.write(f"{ascii(told)[1:-1]}\n{hint}\n")

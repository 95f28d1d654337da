"""The only door: argv to a question, the page to stdout.

Nothing but this package knows of arguments, environment, streams, signals and exit codes.
"""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

INTERRUPTED = 130


def program() -> NoReturn:
    """Run the tool and end the process at once.

    Taking a hundred modules down in order takes a sixth of a run, and nothing here needs it.
    """
    try:
        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):  # whoever was to read it has gone, and has been told
            stream.flush()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the tool and exit: 0 answered, 1 no such thing, 2 misuse, 3 broken data, 130 interrupted.

    argv: the arguments after the program's name; None for those of the process.
    """
    # A run is over before there is garbage worth collecting; looking for it takes a tenth of it.
    gc.disable()
    try:
        # Imported in here, so that Ctrl-C is quiet from the first moment on.
        from .door import run

        code = run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as err:  # nobody ever sees a traceback, unless they ask
        if isinstance(err.__cause__, KeyboardInterrupt):
            # Python 3.11 turns one that comes while a class is made into an error of its own.
            sys.exit(INTERRUPTED)
        if os.environ.get("THERAPYINFO_DEBUG"):
            raise
        told = f"therapyinfo: a fault of the program itself: {type(err).__name__}: {err!s:.200}"
        hint = "Please report it with what THERAPYINFO_DEBUG=1 prints."
        sys.stderr.write(f"{ascii(told)[1:-1]}\n{hint}\n")
        code = 1
    sys.exit(code)

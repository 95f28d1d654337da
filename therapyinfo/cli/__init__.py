"""The only door: argv to a question, the page to stdout.

Nothing but this package knows of arguments, environment, streams, signals and exit codes.
"""

import sys
from collections.abc import Sequence

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> None:
    """Run the tool and exit: 0 answered, 1 no such thing, 2 misuse, 3 broken data, 130 interrupted.

    argv: the arguments after the program's name; None for those of the process.
    """
    try:
        # Imported in here, so that Ctrl-C is quiet from the first moment on.
        from .door import run

        code = run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)

"""Long pages through the reader's pager."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

from .environment import can_move_cursor, is_on
from .less import history, less_command
from .stopping import Stopped, unwound_when_stopped

NONE = ("", "cat")
"""The values of PAGER that mean none."""

AT_ONCE = 1.0
"""Seconds; a pager that fails within them has shown nothing that a reader could have read."""


def page_through(title: str, text: str, encoding: str) -> bool:
    """Show a page in the reader's pager, between two terminals.

    Returns:
        Whether it was shown; if not, the caller prints it.
    """
    given = os.environ.get("THERAPYINFO_PAGER", os.environ.get("PAGER"))
    lines = text.count("\n")
    size = os.get_terminal_size(sys.stdout.fileno())
    # A terminal that does not know its height, as on a serial line, says 0.
    if not _is_welcome(given) or (size.lines or 24) > lines:
        return False
    command: str | list[str] = ["less"] if given is None else given
    if given is None and "LESS" not in os.environ:
        command = less_command(title, lines, size.columns or 80)
    started = time.monotonic()
    try:
        with (
            unwound_when_stopped(),
            _environ(command, encoding) as environ,
            _kept_terminal(),
            _ctrl_c_for_the_pager(),
        ):
            code = _run(command, text.encode(encoding, "replace"), environ)
    except OSError:
        return False
    return code == 0 or time.monotonic() - started > AT_ONCE


def _is_welcome(given: str | None) -> bool:
    """Return whether a pager makes sense here: somebody can press its keys, and sees it move."""
    if given is not None and PurePath(given.strip()).name in NONE:
        return False
    if is_on("CI") or not can_move_cursor() or not _in_foreground():
        return False
    return given is not None or not is_on("ACCESSIBLE")


def _in_foreground() -> bool:
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False


@contextmanager
def _environ(command: str | list[str], encoding: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a pager; of a `less` with our options, with a history of its own."""
    environ = dict(os.environ)
    if command == ["less"] or isinstance(command, str):
        # What passes colours on, and ends at once where a page fits the screen after all.
        environ["LESS"] = f"-R {environ['LESS']}" if "LESS" in environ else "FRX"
        yield environ
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="therapyinfo-") as folder:
        file = Path(folder) / "history"
        file.write_bytes(history(encoding))
        yield {**environ, "LESSHISTFILE": str(file)}


def _run(command: str | list[str], page: bytes, environ: dict[str, str]) -> int:
    """Run the pager, a command for the shell where the reader has named it, and return its code."""
    pager = subprocess.Popen(  # noqa: S603 - a pager is the reader's own command
        command, shell=isinstance(command, str), stdin=subprocess.PIPE, env=environ
    )
    try:
        pager.communicate(page)
    except Stopped:
        _stop(pager)
        raise
    return pager.returncode


def _stop(pager: "subprocess.Popen[bytes]") -> None:
    """End the pager and whatever its shell has started: all of a job that is ours alone."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGTERM)
    pager.terminate()
    with suppress(subprocess.TimeoutExpired):
        pager.wait(AT_ONCE)


@contextmanager
def _ctrl_c_for_the_pager() -> Iterator[None]:
    """Leave Ctrl-C to the pager, which may use it; ended by us, it would leave the terminal raw."""
    ours = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, ours)


@contextmanager
def _kept_terminal() -> Iterator[None]:
    """Set the terminal back as it was, should the pager end without doing so."""
    if sys.platform == "win32":
        yield
        return
    import termios

    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

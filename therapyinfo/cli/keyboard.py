"""Single keys, a screen of its own, and the terminal as it was afterwards."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from .output import write_out
from .stopping import unwound_when_stopped

ENTER = "\x1b[?1049h\x1b[?25l"
"""The alternate screen, without a cursor."""

LEAVE = "\x1b[?25h\x1b[?1049l"

LONE_ESCAPE = 0.05
"""Seconds after which an escape is the Escape key, and not the start of another."""

_KEY = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|[\x00-\x7f]|[^\x00-\x7f]+", re.DOTALL)
UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")
"""The start of a key that sends several bytes, or the Escape key alone."""

_NAMES = {
    b"\x1b": "escape", b"\r": "enter", b"\n": "enter", b" ": "space", b"\x04": "q",
    b"\x1b[A": "up", b"\x1b[B": "down", b"\x1b[C": "right", b"\x1b[D": "left",
    b"\x1bOA": "up", b"\x1bOB": "down", b"\x1bOC": "right", b"\x1bOD": "left",
    b"\x1b[5~": "page-up", b"\x1b[6~": "page-down",
}  # fmt: skip


def keys(sent: bytes) -> list[str]:
    r"""Return the keys for which a terminal has sent these bytes; "" for one that has no name.

    >>> keys(b"n\x1b[A\xff")
    ['n', 'up', '']
    """
    return [_name(found[0]) for found in _KEY.finditer(sent)]


def _name(sent: bytes) -> str:
    if sent in _NAMES:
        return _NAMES[sent]
    return sent.decode("ascii", "ignore").casefold() if len(sent) == 1 else ""


class Keyboard:
    """The keys that are pressed, and the size of the screen."""

    def size(self) -> tuple[int, int]:
        """Return the columns and lines of the terminal; 24 of 80 where it does not say."""
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
        return columns or 80, lines or 24

    def read(self) -> list[str]:
        """Wait, and return the keys that were pressed; none where the screen has a new size."""
        raise NotImplementedError


if sys.platform == "win32":
    import msvcrt

    _ARROWS = {"H": "up", "P": "down", "K": "left", "M": "right", "I": "page-up", "Q": "page-down"}

    class _Keys(Keyboard):
        def read(self) -> list[str]:
            key = msvcrt.getwch()
            if key == "\x03":
                raise KeyboardInterrupt
            if key in "\x00\xe0":
                return [_ARROWS.get(msvcrt.getwch(), "")]
            return keys(key.encode("utf-8", "replace"))

    @contextmanager
    def full_screen() -> Iterator[Keyboard]:
        """Show what is written on a screen of its own, until the end."""
        os.system("")  # noqa: S605, S607 - this is what makes a console obey escapes
        try:
            write_out(ENTER)
            yield _Keys()
        finally:
            write_out(LEAVE)

else:
    import select
    import signal
    import termios
    import tty

    class _Keys(Keyboard):
        def __init__(self, stack: ExitStack) -> None:
            self.stdin = sys.stdin.fileno()
            self.before = termios.tcgetattr(self.stdin)
            self.signals, waker = os.pipe()
            stack.callback(os.close, self.signals)
            stack.callback(os.close, waker)
            for end in (self.signals, waker):
                os.set_blocking(end, False)
            # A signal writes its number here, so that waiting for a key ends; what it asks for is
            # done then, since nothing may be written from within a handler.
            earlier = signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
            stack.callback(signal.set_wakeup_fd, earlier)
            for number in (signal.SIGWINCH, signal.SIGTSTP):
                stack.callback(signal.signal, number, signal.signal(number, lambda *_: None))
            stack.callback(self._leave)
            self._enter()

        def read(self) -> list[str]:
            ready, _, _ = select.select([self.stdin, self.signals], [], [])
            if self.signals in ready:
                if signal.SIGTSTP in os.read(self.signals, 4096):
                    self._suspend()
                return []
            sent = os.read(self.stdin, 4096)
            while UNFINISHED.search(sent) and select.select([self.stdin], [], [], LONE_ESCAPE)[0]:
                sent += os.read(self.stdin, 4096)
            return keys(sent) if sent else ["q"]

        def _enter(self) -> None:
            tty.setcbreak(self.stdin)
            write_out(ENTER)

        def _leave(self) -> None:
            with suppress(OSError, termios.error):  # a terminal that is gone needs neither
                write_out(LEAVE)
                termios.tcsetattr(self.stdin, termios.TCSADRAIN, self.before)

        def _suspend(self) -> None:
            """Give the terminal back while the reader does something else, then take it again."""
            self._leave()
            ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, ours)
            self._enter()

    @contextmanager
    def full_screen() -> Iterator[Keyboard]:
        """Show what is written on a screen of its own, until the end, however it comes."""
        with unwound_when_stopped(), ExitStack() as stack:
            yield _Keys(stack)

"""Signals that end the program after it has changed the terminal or started a pager."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_STOPPING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Stopped(BaseException):
    """A signal told the program to end."""


@contextmanager
def unwound_when_stopped() -> Iterator[None]:
    """Let a signal that ends the program run what is to be done first, then end by that signal."""
    received: list[int] = []

    def stop(number: int, frame: Any) -> None:
        received.append(number)
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    ours = [each for each in _STOPPING if signal.getsignal(each) == signal.SIG_DFL]
    for each in ours:
        signal.signal(each, stop)
    try:
        yield
    except Stopped:
        signal.signal(received[0], signal.SIG_DFL)
        os.kill(os.getpid(), received[0])
    finally:
        for each in ours:
            signal.signal(each, signal.SIG_DFL)

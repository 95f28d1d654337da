"""The tool at a pseudo-terminal."""

import os
import pty
import select
import shlex
import termios
from codecs import getincrementaldecoder
from pathlib import Path

from .processes import COMMAND, spawn, warm_cache

PROMPT = "q quit: "
"""What a walk asks at the end of a step, line by line."""


class Terminal:
    """A run of the tool at a pseudo-terminal of 24 lines of 80 columns, which it controls."""

    def __init__(self, line: str, **environ: str) -> None:
        self.ours, its = pty.openpty()
        termios.tcsetwinsize(its, (24, 80))
        # The shell leads a session of its own: what it opens is its terminal, for Ctrl-C too.
        script = f'exec "$@" <>{os.ttyname(its)} >&0 2>&0'
        self.process = spawn(
            ["-c", script, "sh", *COMMAND, *shlex.split(line)],
            warm_cache(),
            command=["sh"],
            environ={"TERM": "xterm-256color", **environ},
            start_new_session=True,
            **dict.fromkeys(("stdin", "stdout", "stderr"), its),
        )
        os.close(its)
        self.shown = ""
        self.decoder = getincrementaldecoder("utf-8")("replace")

    def read_until(self, text: str | None) -> str:
        """Return what is shown up to a text; None for the end."""
        start = len(self.shown)
        while text is None or text not in self.shown[start:]:
            assert select.select([self.ours], [], [], 30)[0], f"waited for {text!r}: {self.shown}"
            try:
                more = os.read(self.ours, 65536)
            except OSError:  # how Linux says that nobody is there any more
                more = b""
            if not more:
                assert text is None, f"ended without {text!r}: {self.shown}"
                break
            self.shown += self.decoder.decode(more)
        return self.shown[start:]

    def send(self, keys: str | bytes) -> None:
        """Type keys once the program waits for some, as a person does.

        An interrupt between a program's last look for signals and its read leaves it waiting.
        """
        status = Path(f"/proc/{self.process.pid}/stat")
        while keys and status.exists() and status.read_text().rpartition(") ")[2][0] in "RD":
            os.sched_yield()
        os.write(self.ours, keys.encode() if isinstance(keys, str) else keys)

    def type(self, keys: str | bytes, until: str = PROMPT) -> str:
        """Type keys and return what is shown up to a text."""
        self.send(keys)
        return self.read_until(until)

    def resize(self, lines: int, columns: int, until: str) -> str:
        """Give the terminal another size and return what is shown up to a text."""
        termios.tcsetwinsize(self.ours, (lines, columns))
        return self.read_until(until)

    def end(self, keys: str = "") -> tuple[int, str]:
        """Type the last keys and return the exit code and all that was shown."""
        self.send(keys)
        self.read_until(None)
        os.close(self.ours)
        return self.process.wait(60), self.shown.replace("\r\n", "\n")

"""Real shells at a pseudo-terminal, which complete for the tool as they do for a user."""

import os
import pty
import select
import shlex
import shutil
import sys
import termios
from pathlib import Path
from typing import Self

import pytest

from .processes import spawn

SETUP = {
    "bash": 'eval "$(_THERAPYINFO_COMPLETE=source_bash therapyinfo)"',
    "zsh": (
        'autoload -Uz compinit; compinit -D -u; eval "$(_THERAPYINFO_COMPLETE=source_zsh therapyinfo)"'
    ),
    "fish": "env _THERAPYINFO_COMPLETE=source_fish therapyinfo | source",
}
"""What each shell runs to complete for the tool: the script that the tool prints for it."""

STARTED = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "-i"],
}


class Shell:
    """A shell that waits for a line at a terminal of its own, in a folder of the test's own.

    `therapyinfo` is the tool where it is asked to complete; else it writes down its arguments.
    """

    def __init__(self, name: str, folder: Path, cached: Path, setup: str = "") -> None:
        if not shutil.which(name):
            pytest.skip(f"{name} is not installed")
        self.home, self.folder = folder / f"{name} home", folder / f"{name} folder"
        self.home.mkdir()
        self.folder.mkdir()
        self._told = self.home / "told"
        environ = {
            "TERM": "dumb",
            "HOME": str(self.home),
            "PATH": f"{self._programs()}:{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
        }
        self._ours, its = pty.openpty()
        termios.tcsetwinsize(its, (24, 500))
        script = f'exec "$@" <>{os.ttyname(its)} >&0 2>&0'
        self._process = spawn(
            ["-c", script, "sh", *STARTED[name]],
            cached,
            command=["sh"],
            cwd=self.folder,
            environ=environ,
            start_new_session=True,
            **dict.fromkeys(("stdin", "stdout", "stderr"), its),
        )
        os.close(its)
        self._shown = b""
        self._asked = 0
        self.enter(setup or SETUP[name])

    def __enter__(self) -> Self:
        """Return the shell, which is ended with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the shell."""
        os.close(self._ours)
        self._process.kill()
        self._process.wait(60)

    def enter(self, keys: str) -> None:
        """Type keys and Enter, and wait until the shell has run what then stood there."""
        self._asked += 1
        # What is typed is shown too, so the text to wait for is not in it.
        waited = b"<%d>" % self._asked
        os.write(self._ours, f"{keys}\nprintf '<%s>' {self._asked}\n".encode())
        start = len(self._shown)
        while waited not in self._shown[start:]:
            ready = select.select([self._ours], [], [], 60)[0]
            assert ready, f"the shell waits for more after {keys!r}: {self._shown[start:]!r}"
            self._shown += os.read(self._ours, 65536)

    def complete(self, line: str) -> list[str]:
        """Type a line, TAB and Enter; return the arguments that the tool is then run with."""
        self._told.write_text("")
        self.enter(f"therapyinfo {line}\t")
        return self._told.read_text().splitlines()

    def _programs(self) -> Path:
        """Return the folder of the program `therapyinfo`."""
        folder = self.home / "programs"
        folder.mkdir()
        tool, told = shlex.quote(sys.executable), shlex.quote(str(self._told))
        program = folder / "therapyinfo"
        program.write_text(
            "#!/bin/sh\n"
            f'[ -n "$_THERAPYINFO_COMPLETE" ] && exec {tool} -m therapyinfo "$@"\n'
            f"printf '%s\\n' \"$@\" >{told}\n"
        )
        program.chmod(0o700)
        return folder

"""Files in the user's cache directory: this user's alone, whole or not at all, no trouble ever.

What goes wrong with them, whatever it is, is as if they were not there.
"""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

MAX_AGE_SECONDS = 60 * 86_400

MAX_ENTRY_BYTES = 200_000_000
"""Ten times what a knowledge file may have; a larger entry is not one of ours."""

SUFFIX = ".knowledge"
INDEX_SUFFIX = ".search.knowledge"
_OURS = r"[0-9a-f]{8}(\.[0-9a-f]{8}|\.search(-[0-9]+)?){0,2}\.knowledge"
_TROUBLE = (OSError, ValueError)
"""What the file system can raise; a name can hold a null."""


def read_owned(path: Path) -> bytes | None:
    """Return what a file holds that this user alone can have written; None if there is none."""
    with suppress(*_TROUBLE):
        if _is_closed(os.stat(path.parent)):
            with open(path, "rb", opener=_open_unfollowed) as file:
                status = os.fstat(file.fileno())
                regular = stat.S_ISREG(status.st_mode)
                if regular and status.st_size <= MAX_ENTRY_BYTES and _is_closed(status):
                    return file.read(status.st_size)
    return None


def write_owned(path: Path, content: bytes) -> None:
    """Put a file in its place whole or not at all, and remove those written long ago."""
    temporary = path.with_name(f"{path.name[:8]}.{os.urandom(4).hex()}{SUFFIX}")
    with suppress(*_TROUBLE):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_closed(os.stat(path.parent)):
            return
        try:
            with open(temporary, "xb", opener=_open_owner_only) as file:
                file.write(content)
            os.replace(temporary, path)
        except BaseException:  # an interrupt, too, leaves nothing behind
            temporary.unlink(missing_ok=True)
            raise
        _remove_old(path.parent, os.stat(path).st_mtime)


def remove_owned(path: Path) -> None:
    """Remove a file that was not what it should be."""
    with suppress(*_TROUBLE):
        os.unlink(path)


def _is_closed(status: os.stat_result) -> bool:
    """Return whether a file or folder is this user's, and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _open_unfollowed(path: str, flags: int) -> int:
    # Not through a link, and without waiting at a named pipe for somebody to write.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _open_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _remove_old(directory: Path, now: float) -> None:
    """Remove entries, finished or not, and nothing else that lies there.

    now: the time of a file that was just written there, as the clock here may be another.
    """
    oldest = now - MAX_AGE_SECONDS
    with os.scandir(directory) as entries:
        for entry in entries:
            if re.fullmatch(_OURS, entry.name):  # compiled only where something is written
                with suppress(OSError):  # a folder of such a name stays
                    if entry.stat(follow_symlinks=False).st_mtime < oldest:
                        os.unlink(entry.path)

"""The knowledge that a run asks: the file of `--data`, of the environment, or the built-in one."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..errors import STDIN_NAME, TherapyInfoError, unreadable
from ..library import Library
from ..store.locate import read_file
from ..store.opening import read_uncached

T = TypeVar("T")

COMPLETING = "_THERAPYINFO_COMPLETE"
"""The variable by which a shell asks for a completion instead of an answer."""

STDIN = Path(STDIN_NAME)
"""How problems name what came from standard input; what it extends lies in the current folder."""


def open_library(data: str | None, *, cached: bool = True) -> Library:
    """Return the library of a knowledge file.

    data: the file, `-` for stdin; None for THERAPYINFO_DATA, else the built-in one. cached: whether
    the user's cache may answer. Raise DataError if it cannot be read.
    """
    given = data_file(data)
    if given == "-":
        return _read_stdin(data)
    path = Path(os.path.expanduser(given)) if given else None
    return Library.open(path, os.environ.get("THERAPYINFO_CACHE") if cached else "", data)


def ask(data: str | None, question: Callable[[Library], T], opened: Library | None = None) -> T:
    """Return what is asked of a knowledge file, which may be open already.

    An entry of the cache that gives no answer is removed, and the file itself is asked.
    """
    opened = opened or open_library(data)
    try:
        return question(opened)
    except TherapyInfoError:
        raise
    except Exception:
        if not opened.forget():
            raise
    return question(open_library(data, cached=False))


def _read_stdin(data: str | None) -> Library:
    if COMPLETING in os.environ:
        raise unreadable("-", "at a TAB, standard input is the shell's")
    try:
        opened = read_uncached(STDIN, read_bytes)
    except (OSError, MemoryError) as err:
        raise unreadable("-", err) from None
    # A redirected file has a name of its own, and is not to be written over either.
    return Library(opened.artifact, files=[Path("/dev/stdin"), *opened.files], data=data)


def read_bytes(path: Path) -> bytes:
    """Return what a file holds, up to one byte more than is read; raise OSError."""
    if path != STDIN:
        return read_file(path)
    if sys.stdin is None:
        raise OSError(0, "standard input is closed")
    from ..yaml_reader import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1)


def data_file(data: str | None) -> str | None:
    """Return the knowledge file that counts: the one given, else that of THERAPYINFO_DATA.

    None, for neither, is the built-in one.
    """
    return data or os.environ.get("THERAPYINFO_DATA") or None

"""The knowledge file that comes on standard input."""

import sys
from pathlib import Path

from ..errors import STDIN_NAME
from ..yaml_reader import MAX_BYTES
from .options import zipped

STDIN = Path(STDIN_NAME)
"""How problems name what came from standard input; what it extends lies in the current folder."""


def read_bytes(path: Path) -> bytes:
    """Return what a file holds, up to one byte more than is read; raise OSError."""
    if path == STDIN:
        if sys.stdin is None:
            raise OSError(0, "standard input is closed")
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except NotADirectoryError:
        if content := zipped(path):
            return content
        raise

"""The knowledge file that comes on standard input."""

import sys
from pathlib import Path

from ..errors import STDIN_NAME
from ..store.locate import read_file
from ..yaml_reader import MAX_BYTES

STDIN = Path(STDIN_NAME)
"""How problems name what came from standard input; what it extends lies in the current folder."""


def read_bytes(path: Path) -> bytes:
    """Return what a file holds, up to one byte more than is read; raise OSError."""
    if path != STDIN:
        return read_file(path)
    if sys.stdin is None:
        raise OSError(0, "standard input is closed")
    return sys.stdin.buffer.read(MAX_BYTES + 1)

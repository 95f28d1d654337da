"""Writing bytes to a stream until it has taken all of them."""

import errno
import os
from typing import Protocol

CLOSED_PIPE = (errno.EPIPE, errno.EINVAL) if os.name == "nt" else (errno.EPIPE,)
"""How a system says that nobody reads any more."""


class ByteStream(Protocol):
    """An unbuffered stream of bytes: a raw file, or bytes in memory."""

    def fileno(self) -> int:
        """Return the descriptor to wait for."""

    def write(self, data: memoryview, /) -> int | None:
        """Return how many bytes were taken; None where none can be taken just now."""


def write_fully(stream: ByteStream, content: bytes) -> None:
    """Write until every byte is taken.

    One write may take a part only, before the disk is full or while a pipe is.

    Raises:
        OSError: The rest is refused.
    """
    rest = memoryview(content)
    while rest:
        taken = stream.write(rest)
        if taken is None:  # a pipe that another process made non-blocking, and that is full
            from select import select

            select([], [stream], [])
        rest = rest[taken or 0 :]

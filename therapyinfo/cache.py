"""The compiled knowledge in the user's cache directory; any trouble with it is a silent miss.

An entry counts only if this user owns it alone, if this version wrote it whole, and if every
file it was made from is the same still: path, size, times and inode. Where a file changed so
shortly before the entry was written that the clock may not tell (or seems to lie), the content
itself is compared.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

from .compiled import Compiled, Damaged, FileState, Header, compile_knowledge

CLOCK_GRAIN_NS = 2_000_000_000
"""Two changes within this time may bear one time stamp: FAT has the coarsest clock in use."""

KEEP_SECONDS = 60 * 86_400
_SUFFIX = ".knowledge"


def open_knowledge(path: Path, builtin: Path, directory: Path | None) -> Compiled:
    """Return the compiled knowledge of a file, from the cache if it is there and right.

    directory: where entries are kept; None for no cache.
    Raise OSError if the file cannot be read and DataError if it has faults.
    """
    key = f"{os.path.realpath(path)}\n{os.path.realpath(builtin)}"
    place = _place(key, directory) if directory else None
    if place and (found := _read(place, key)):
        return found
    block = _compile(path, builtin, key)
    if place:
        _write(place, block)
    return Compiled(block)


def _place(key: str, directory: Path) -> Path:
    # A checksum is enough for a file name, since the entry holds the whole key; importing
    # hashlib would take longer than the rest of a warm look-up.
    from zlib import crc32

    return directory / f"{crc32(key.encode('utf-8', 'surrogateescape')):08x}{_SUFFIX}"


def _read(place: Path, key: str) -> Compiled | None:
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with open(descriptor, "rb") as file:
            if not _is_ours(os.fstat(descriptor)):
                return None
            found = Compiled(file.read())
        return found if found.header.key == key and _is_current(found.header) else None
    except (OSError, Damaged, ValueError, KeyError):
        return None


def _is_ours(status: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _is_current(header: Header) -> bool:
    return all(_is_same(state, header.written_ns) for state in header.files)


def _is_same(state: FileState, written_ns: int) -> bool:
    status = os.stat(state.path)
    seen = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    if seen != (state.size, state.mtime_ns, state.ctime_ns, state.inode):
        return False
    if written_ns - max(state.mtime_ns, state.ctime_ns) > CLOCK_GRAIN_NS:
        return True
    return _digest(Path(state.path).read_bytes()) == state.digest


def _compile(path: Path, builtin: Path, key: str) -> bytes:
    from .layers import load  # PyYAML is needed only when there is something to parse

    states: list[FileState] = []

    def read_bytes(file: Path) -> bytes:
        with file.open("rb") as open_file:
            status = os.fstat(open_file.fileno())
            content = open_file.read()
        states.append(_state(file, status, content))
        return content

    layered = load(path, builtin, read_bytes)
    return compile_knowledge(layered, key, tuple(states), time.time_ns())


def _state(path: Path, status: os.stat_result, content: bytes) -> FileState:
    return FileState(
        path=os.path.realpath(path),
        size=len(content),
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
        digest=_digest(content),
    )


def _digest(content: bytes) -> str:
    from hashlib import blake2b

    return blake2b(content, digest_size=20).hexdigest()


def _write(place: Path, block: bytes) -> None:
    """Put an entry in its place whole or not at all, and remove those nobody has used for long."""
    unfinished = place.with_suffix(f".{os.getpid()}.tmp")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "wb") as file:
                file.write(block)
            os.replace(unfinished, place)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        _remove_old(place.parent)


def _remove_old(directory: Path) -> None:
    oldest = time.time() - KEEP_SECONDS
    for entry in os.scandir(directory):
        if entry.name.endswith((_SUFFIX, ".tmp")) and entry.stat(follow_symlinks=False).st_mtime < oldest:
            os.unlink(entry.path)

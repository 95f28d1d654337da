"""The compiled knowledge in the user's cache directory; any trouble with it is a silent miss.

An entry counts only if this user owns it alone, if this version wrote it whole, and if every
file it was made from is the same still: path, size, times and inode. Where a file changed so
shortly before the entry was written that the clock may not tell (or seems to lie), the content
itself is compared.

An installed package carries the block of its own file, made when it was built, so that even a
first run has nothing to parse.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from zlib import crc32

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
    # Pages name a layer as it was typed, and a link decides where a relative base lies, so what
    # was typed is part of the key and nothing in it is resolved.
    key = f"{str(path.absolute())!a}\n{str(path)!a}\n{str(builtin)!a}"
    place = _place(key, directory) if directory and path.is_file() else None
    if place and (found := _read(place, key)):
        return found
    block = _compile(path, builtin, key)
    if place:
        _write(place, block)
    return Compiled(block)


def shipped_block(builtin: Path) -> bytes:
    """Return the block that a package carries beside its knowledge file."""
    from .layers import load

    return compile_knowledge(load(builtin, builtin), _shipped_key(builtin), (), 0)


def open_shipped(builtin: Path) -> Compiled | None:
    """Return the block that lies beside a knowledge file; None if none does that is its own."""
    place = builtin.with_suffix(_SUFFIX)
    with suppress(OSError, Damaged):
        found = Compiled(place.read_bytes())
        file, block = os.stat(builtin), os.stat(place)
        # Only a file that was changed after the block was put there has to be read.
        untouched = file.st_mtime_ns <= block.st_mtime_ns
        known = found.header.key.startswith(f"shipped {file.st_size} ")
        if known and (untouched or found.header.key == _shipped_key(builtin)):
            return found
    return None


class Store:
    """What is made from one block and kept beside it, each thing as bytes under its own name.

    It counts only for the very block that it was made from. What it is, nothing here knows.
    """

    def __init__(self, compiled: Compiled, block: Path, *, shipped: bool = False) -> None:
        self._stamp = compiled.stamp
        self._block = block
        self._shipped = shipped

    def read(self, name: str) -> bytes | None:
        """Return what was kept; None if nothing was, or nothing that is whole and right."""
        place = self._place(name)
        try:
            found = place.read_bytes() if self._shipped else _own_content(place)
        except OSError:
            return None
        first, _, content = found.partition(b"\n")
        return content if first == self._first_line(content) else None

    def write(self, name: str, content: bytes) -> None:
        """Keep something where the block itself is kept, and is not shipped."""
        if not self._shipped and self._block.is_file():
            _write(self._place(name), b"%s\n%s" % (self._first_line(content), content))

    def _place(self, name: str) -> Path:
        return self._block.with_suffix(f".{name}{_SUFFIX}")

    def _first_line(self, content: bytes) -> bytes:
        return b"%s %d" % (self._stamp, crc32(content, crc32(self._stamp)))


def kept_store(compiled: Compiled, directory: Path) -> Store:
    """Return the store of a block that `open_knowledge` opened."""
    return Store(compiled, _place(compiled.header.key, directory))


def shipped_store(compiled: Compiled, builtin: Path) -> Store:
    """Return the store of a block that `open_shipped` opened; nothing can be added to it."""
    return Store(compiled, builtin.with_suffix(_SUFFIX), shipped=True)


def _shipped_key(builtin: Path) -> str:
    content = builtin.read_bytes()
    return f"shipped {len(content)} {crc32(content):08x}"


def _place(key: str, directory: Path) -> Path:
    # A checksum is enough for a file name, since the entry holds the whole key; importing
    # hashlib would take longer than the rest of a warm look-up.
    return directory / f"{crc32(key.encode()):08x}{_SUFFIX}"


def _read(place: Path, key: str) -> Compiled | None:
    try:
        found = Compiled(_own_content(place))
        return found if found.header.key == key and _is_current(found.header) else None
    except (OSError, Damaged):
        return None


def _own_content(place: Path) -> bytes:
    """Return what a file holds that this user alone can have written; else raise OSError."""
    with open(place, "rb", opener=_open_unfollowed) as file:
        if not _is_ours(os.fstat(file.fileno())):
            raise PermissionError
        return file.read()


def _open_unfollowed(path: str, flags: int) -> int:
    # Not through a link, and without waiting at a named pipe for somebody to write.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


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
    return _digest(Path(os.fsdecode(state.path)).read_bytes()) == state.digest


def _compile(path: Path, builtin: Path, key: str) -> bytes:
    # PyYAML is needed only when there is something to parse.
    from .layers import load
    from .yaml_reader import MAX_BYTES

    states: list[FileState] = []

    def read_bytes(file: Path) -> bytes:
        with file.open("rb") as open_file:
            status = os.fstat(open_file.fileno())
            content = open_file.read(MAX_BYTES + 1)  # one too many is refused, endless or not
        states.append(_state(file, status, content))
        return content

    loaded = load(path, builtin, read_bytes)
    return compile_knowledge(loaded, key, tuple(states), time.time_ns())


def _state(path: Path, status: os.stat_result, content: bytes) -> FileState:
    return FileState(
        path=os.fsencode(path.absolute()),
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
    """Put an entry in its place whole or not at all, and remove those written long ago."""
    unfinished = place.with_suffix(f".{os.urandom(4).hex()}{_SUFFIX}")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with open(unfinished, "xb", opener=_open_owner_only) as file:
                file.write(block)
            os.replace(unfinished, place)
        except BaseException:  # an interrupt, too, leaves nothing behind
            unfinished.unlink(missing_ok=True)
            raise
        _remove_old(place.parent)


def _open_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _remove_old(directory: Path) -> None:
    """Remove entries, finished or not; the suffix is ours alone, whatever else lies there."""
    oldest = time.time() - KEEP_SECONDS
    with os.scandir(directory) as entries:
        for entry in entries:
            is_old = entry.stat(follow_symlinks=False).st_mtime < oldest
            if is_old and entry.name.endswith(_SUFFIX):
                os.unlink(entry.path)

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

from .artifact import Artifact, CorruptArtifactError, FileFingerprint, Header, compile_knowledge

MTIME_RESOLUTION_NS = 2_000_000_000
"""Two changes within this time may have the same mtime; FAT has the coarsest clock in use."""

MAX_AGE_SECONDS = 60 * 86_400
_SUFFIX = ".knowledge"


def open_knowledge(path: Path, builtin: Path, directory: Path | None) -> Artifact:
    """Return the compiled knowledge of a file, from the cache if it is there and right.

    directory: where entries are kept; None for no cache.
    Raise OSError if the file cannot be read and DataError if it has errors.
    """
    # Pages name a layer as it was typed, and a link decides where a relative base lies, so what
    # was typed is part of the key and nothing in it is resolved.
    key = f"{str(path.absolute())!a}\n{str(path)!a}\n{str(builtin)!a}"
    place = entry_path(key, directory) if directory and path.is_file() else None
    if place and (found := _read(place, key)):
        return found
    block = _compile(path, builtin, key)
    if place:
        _write(place, block)
    return Artifact(block)


def bundled_block(builtin: Path) -> bytes:
    """Return the block that a package carries beside its knowledge file."""
    from ..layers import load

    return compile_knowledge(load(builtin, builtin), _bundled_key(builtin), (), 0)


def open_bundled(builtin: Path) -> Artifact | None:
    """Return the block that lies beside a knowledge file; None if none does that is its own."""
    place = builtin.with_suffix(_SUFFIX)
    with suppress(OSError, CorruptArtifactError):
        found = Artifact(place.read_bytes())
        file, block = os.stat(builtin), os.stat(place)
        # Only a file that was changed after the block was put there has to be read.
        untouched = file.st_mtime_ns <= block.st_mtime_ns
        known = found.header.key.startswith(f"shipped {file.st_size} ")
        if known and (untouched or found.header.key == _bundled_key(builtin)):
            return found
    return None


class ArtifactCache:
    """What is made from one block and kept beside it, each thing as bytes under its own name.

    It counts only for the very block that it was made from. What it is, nothing here knows.
    """

    def __init__(self, artifact: Artifact, block: Path, *, bundled: bool = False) -> None:
        self._fingerprint = artifact.fingerprint
        self._block = block
        self._bundled = bundled

    def read(self, name: str) -> bytes | None:
        """Return what was kept; None if nothing was, or nothing that is whole and right."""
        place = self._entry_path(name)
        try:
            found = place.read_bytes() if self._bundled else _read_owned(place)
        except OSError:
            return None
        first, _, content = found.partition(b"\n")
        return content if first == self._first_line(content) else None

    def write(self, name: str, content: bytes) -> None:
        """Keep something where the block itself is kept, and is not shipped."""
        if not self._bundled and self._block.is_file():
            _write(self._entry_path(name), b"%s\n%s" % (self._first_line(content), content))

    def _entry_path(self, name: str) -> Path:
        return self._block.with_suffix(f".{name}{_SUFFIX}")

    def _first_line(self, content: bytes) -> bytes:
        return b"%s %d" % (self._fingerprint, crc32(content, crc32(self._fingerprint)))


def user_cache(artifact: Artifact, directory: Path) -> ArtifactCache:
    """Return the store of a block that `open_knowledge` opened."""
    return ArtifactCache(artifact, entry_path(artifact.header.key, directory))


def bundled_cache(artifact: Artifact, builtin: Path) -> ArtifactCache:
    """Return the store of a block that `open_bundled` opened; nothing can be added to it."""
    return ArtifactCache(artifact, builtin.with_suffix(_SUFFIX), bundled=True)


def _bundled_key(builtin: Path) -> str:
    content = builtin.read_bytes()
    return f"shipped {len(content)} {crc32(content):08x}"


def entry_path(key: str, directory: Path) -> Path:
    """Return where the entry of a key lies."""
    # A checksum is enough for a file name, since the entry holds the whole key; importing
    # hashlib would take longer than the rest of a warm look-up.
    return directory / f"{crc32(key.encode()):08x}{_SUFFIX}"


def _read(place: Path, key: str) -> Artifact | None:
    try:
        found = Artifact(_read_owned(place))
        return found if found.header.key == key and _is_current(found.header) else None
    except (OSError, CorruptArtifactError):
        return None


def _read_owned(place: Path) -> bytes:
    """Return what a file holds that this user alone can have written; else raise OSError."""
    with open(place, "rb", opener=_open_unfollowed) as file:
        if not _owned_by_user(os.fstat(file.fileno())):
            raise PermissionError
        return file.read()


def _open_unfollowed(path: str, flags: int) -> int:
    # Not through a link, and without waiting at a named pipe for somebody to write.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _owned_by_user(status: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _is_current(header: Header) -> bool:
    return all(_is_unchanged(fingerprint, header.written_ns) for fingerprint in header.files)


def _is_unchanged(fingerprint: FileFingerprint, written_ns: int) -> bool:
    status = os.stat(fingerprint.path)
    seen = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    if seen != (fingerprint.size, fingerprint.mtime_ns, fingerprint.ctime_ns, fingerprint.inode):
        return False
    if written_ns - max(fingerprint.mtime_ns, fingerprint.ctime_ns) > MTIME_RESOLUTION_NS:
        return True
    return _digest(Path(os.fsdecode(fingerprint.path)).read_bytes()) == fingerprint.digest


def _compile(path: Path, builtin: Path, key: str) -> bytes:
    # PyYAML is needed only when there is something to parse.
    from ..layers import load
    from ..yaml_reader import MAX_BYTES

    fingerprints: list[FileFingerprint] = []

    def read_bytes(file: Path) -> bytes:
        with file.open("rb") as open_file:
            status = os.fstat(open_file.fileno())
            content = open_file.read(MAX_BYTES + 1)  # one too many is refused, endless or not
        fingerprints.append(_fingerprint(file, status, content))
        return content

    loaded = load(path, builtin, read_bytes)
    return compile_knowledge(loaded, key, tuple(fingerprints), time.time_ns())


def _fingerprint(path: Path, status: os.stat_result, content: bytes) -> FileFingerprint:
    return FileFingerprint(
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
    temporary = place.with_suffix(f".{os.urandom(4).hex()}{_SUFFIX}")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with open(temporary, "xb", opener=_open_owner_only) as file:
                file.write(block)
            os.replace(temporary, place)
        except BaseException:  # an interrupt, too, leaves nothing behind
            temporary.unlink(missing_ok=True)
            raise
        _remove_old(place.parent)


def _open_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _remove_old(directory: Path) -> None:
    """Remove entries, finished or not; the suffix is ours alone, whatever else lies there."""
    oldest = time.time() - MAX_AGE_SECONDS
    with os.scandir(directory) as entries:
        for entry in entries:
            is_old = entry.stat(follow_symlinks=False).st_mtime < oldest
            if is_old and entry.name.endswith(_SUFFIX):
                os.unlink(entry.path)

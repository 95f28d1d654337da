"""Compiled knowledge that is kept: in the user's cache directory, and in an installed package.

An entry of the cache counts only if this user alone can have written it, if this code wrote it,
and if every file it was made from is the same still: path, size, times and inode. Where a file
changed so shortly before the entry was written that the clock may not tell (or seems to lie), the
content itself is compared.

An installed package carries the artifact of its own file, made when it was built, so that even a
first run has nothing to parse.
"""

import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from .artifact import (
    Artifact,
    ArtifactHead,
    CorruptArtifactError,
    FileFingerprint,
)
from .locate import package_stamp
from .owned import MAX_ENTRY_BYTES, SUFFIX, read_owned, remove_owned, write_owned

if TYPE_CHECKING:
    from ..layers import CompiledBase, LayeredValues

MTIME_RESOLUTION_NS = 2_000_000_000
"""Two changes within this time may have the same mtime; FAT has the coarsest clock in use."""

MAX_FILES = 10_000
"""A knowledge of more files is read anew on every run; each has to be looked at."""

BUNDLED = "bundled"
"""The key of what a package carries."""


def open_knowledge(path: Path, builtin: Path, directory: Path | None) -> Artifact:
    """Return the compiled knowledge of a file, from the cache if it is there and right.

    directory: where entries are kept; None for no cache, and for what is not a regular file.
    Raise OSError if the file cannot be read and DataError if it has errors.
    """
    if directory and (found := _read(path, builtin, directory)):
        return found
    document = _Compiler(builtin, directory).compile(path)
    if directory:
        write_owned(entry_path(path, builtin, directory), document)
    return Artifact(document)


def open_bundled(builtin: Path) -> Artifact | None:
    """Return the artifact beside a knowledge file of a package; None if none is current there."""
    place = builtin.with_suffix(SUFFIX)
    with suppress(OSError, CorruptArtifactError):
        found = Artifact(place.read_bytes())
        written_ns = os.stat(place).st_mtime_ns
        folder = str(builtin.parent)  # of text, as many paths take as long as the rest of it
        if found.is_of(package_stamp(), BUNDLED) and all(
            _is_as_bundled(f"{folder}/{each.path}", each, written_ns) for each in found.head.files
        ):
            return found
    return None


def bundle_knowledge(builtin: Path, package: str) -> bytes:
    """Return the artifact that a package carries beside its knowledge file."""
    from ..layers import load
    from .compiling import compile_knowledge

    contents: dict[Path, bytes] = {}

    def read_bytes(path: Path) -> bytes:
        contents[path] = path.read_bytes()
        return contents[path]

    loaded = load(builtin, builtin, read_bytes)
    files = tuple(
        FileFingerprint(
            path=path.relative_to(builtin.parent).as_posix(),
            size=len(content),
            mtime_ns=0,
            ctime_ns=0,
            inode=0,
            digest=_digest(content),
        )
        for path, content in contents.items()
    )
    return compile_knowledge(loaded, BUNDLED, files, 0, package)


def entry_path(path: Path, builtin: Path, directory: Path) -> Path:
    """Return where the entry of a knowledge file lies."""
    # A checksum is enough for a file name, since the entry holds the whole key; importing
    # hashlib would take longer than the rest of a warm look-up.
    return directory / f"{crc32(_key(path, builtin).encode()):08x}{SUFFIX}"


def bundled_base(builtin: Path) -> "CompiledBase":
    """Return what gives the values of the built-in file, where a package carries them."""

    def base(path: Path) -> "LayeredValues | None":
        found = open_bundled(path) if path == builtin else None
        return found.layered_values() if found else None

    return base


def _key(path: Path, builtin: Path) -> str:
    # Pages name a layer as it was typed, and a link decides where a relative base lies, so what
    # was typed is part of the key and nothing in it is resolved; `~` may begin any base's name.
    home = os.path.expanduser("~")
    return f"{str(path.absolute())!a}\n{str(path)!a}\n{str(builtin)!a}\n{home!a}"


def _read(path: Path, builtin: Path, directory: Path) -> Artifact | None:
    """Return the entry of a file if it is current; remove it where it is no such thing."""
    place = entry_path(path, builtin, directory)
    document = read_owned(place)
    if document is None:
        return None
    try:
        found = Artifact(document)
    except CorruptArtifactError:
        remove_owned(place)
        return None
    now = time.time_ns()
    if not (found.is_of(package_stamp(), _key(path, builtin)) and _is_current(found.head, path)):
        return None
    settled = _are_settled(found.head, found.head.written_ns)
    if not settled and _are_settled(found.head, now):  # from now on their times are enough
        write_owned(place, found.dated(now))
    return found


def _is_current(head: ArtifactHead, path: Path) -> bool:
    """Return whether the files of an entry, the one asked for among them, are the same still."""
    asked, files = _path_text(path), head.files
    try:
        return (
            any(each.path == asked for each in files)
            and len(files) <= MAX_FILES
            and all(_is_unchanged(each, head.written_ns) for each in files)
        )
    except (OSError, ValueError, OverflowError):
        return False


def _are_settled(head: ArtifactHead, now: int) -> bool:
    return all(_is_settled(each, now) for each in head.files)


def _is_settled(fingerprint: FileFingerprint, now: int) -> bool:
    """Return whether by then any further change of a file would have shown in its times."""
    return now - max(fingerprint.mtime_ns, fingerprint.ctime_ns) > MTIME_RESOLUTION_NS


def _is_unchanged(fingerprint: FileFingerprint, written_ns: int) -> bool:
    path = _path_of(fingerprint)
    status = os.stat(path)
    seen = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    if seen != (fingerprint.size, fingerprint.mtime_ns, fingerprint.ctime_ns, fingerprint.inode):
        return False
    return _is_settled(fingerprint, written_ns) or _has_digest(path, status, fingerprint.digest)


def _is_as_bundled(path: str, fingerprint: FileFingerprint, written_ns: int) -> bool:
    """Return whether a file of a package is the one that its artifact was made from."""
    status = os.stat(path)
    # Installers unpack in any order; only a file that was changed after that has to be read.
    untouched = status.st_mtime_ns <= written_ns + MTIME_RESOLUTION_NS
    return status.st_size == fingerprint.size and (
        untouched or _has_digest(Path(path), status, fingerprint.digest)
    )


def _has_digest(path: Path, status: os.stat_result, digest: str) -> bool:
    # A pipe may give anything, or nothing for ever.
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_ENTRY_BYTES:
        return False
    return _digest(path.read_bytes()) == digest


def _digest(content: bytes) -> str:
    from hashlib import blake2b

    return blake2b(content, digest_size=20).hexdigest()


class _Compiler:
    """Compiles a file, remembering what each file that it takes was like."""

    def __init__(self, builtin: Path, directory: Path | None) -> None:
        self.builtin = builtin
        self.directory = directory
        self.files: dict[str, FileFingerprint] = {}

    def compile(self, path: Path) -> bytes:
        # PyYAML is needed only when there is something to parse.
        from ..layers import load
        from .compiling import compile_knowledge

        loaded = load(path, self.builtin, self.read_bytes, self.base)
        files, key = tuple(self.files.values()), _key(path, self.builtin)
        return compile_knowledge(loaded, key, files, time.time_ns(), package_stamp())

    def read_bytes(self, path: Path) -> bytes:
        from ..yaml_reader import MAX_BYTES

        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            content = file.read(MAX_BYTES + 1)  # one too many is refused, endless or not
        found = FileFingerprint(
            path=_path_text(path),
            size=len(content),
            mtime_ns=status.st_mtime_ns,
            ctime_ns=status.st_ctime_ns,
            inode=status.st_ino,
            digest=_digest(content),
        )
        self.files[found.path] = found
        return content

    def base(self, path: Path) -> "LayeredValues | None":
        """Return the values of a base that was compiled before."""
        try:
            if path == self.builtin and (bundled := open_bundled(path)):
                for each in bundled.head.files:
                    self.read_bytes(path.parent / each.path)
                return bundled.layered_values()
            if self.directory and (kept := _read(path, self.builtin, self.directory)):
                self.files.update({each.path: each for each in kept.head.files})
                return kept.layered_values()
        except (OSError, CorruptArtifactError):
            pass  # the base itself is read instead
        return None


def _path_text(path: Path) -> str:
    return os.fsencode(path.absolute()).decode("latin-1")


def _path_of(fingerprint: FileFingerprint) -> Path:
    return Path(os.fsdecode(fingerprint.path.encode("latin-1")))


def files_of(artifact: Artifact) -> list[Path]:
    """Return the files that an entry of the cache was made from."""
    return [_path_of(each) for each in artifact.head.files]

"""Open the compiled knowledge of a file, from wherever it is known already."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..errors import unreadable
from .artifact import Artifact, CorruptArtifactError
from .cache import BUNDLED, bundled_base, entry_path, files_of, open_bundled, open_knowledge
from .locate import builtin_file, cache_directory, package_stamp, read_file, zipped
from .owned import INDEX_SUFFIX, SUFFIX, remove_owned

if TYPE_CHECKING:
    from ..layers import ReadBytes


class Entry(Struct, frozen=True):
    """Where an artifact is kept, with its search index beside it.

    Attributes:
        bundled: Whether a package carries them, so that nothing is ever written or removed.
    """

    path: Path
    bundled: bool = False

    @property
    def index_path(self) -> Path:
        """Where the search index is kept."""
        return self.path.with_suffix(INDEX_SUFFIX)

    def remove(self) -> bool:
        """Remove an entry that gives no answer; return whether it was in the user's cache."""
        if not self.bundled:
            remove_owned(self.path)
            remove_owned(self.index_path)
        return not self.bundled


class Opened(Struct, frozen=True):
    """An artifact, the files that it was made from, and where it is kept; None if it is not."""

    artifact: Artifact
    files: Iterable[Path] = ()
    entry: Entry | None = None

    @property
    def read(self) -> Iterable[Path]:
        """The files that an answer is read from, which none may be written over."""
        kept = (self.entry.path, self.entry.index_path) if self.entry else ()
        return chain(self.files, kept)


def open_file(path: Path | None, cache: Path | str | None = "") -> Opened:
    """Return the compiled knowledge of a file; raise DataError if it has none.

    path: the file; None for the built-in one. cache: the directory of the user's cache; "" for no
    cache, None for where this system has its caches.
    """
    builtin = builtin_file()
    path = path or builtin
    try:
        if path == builtin and (bundled := open_bundled(builtin)):
            beside = Entry(builtin.with_suffix(SUFFIX), bundled=True)
            return Opened(bundled, builtin.parent.rglob("*.yaml"), beside)
        if document := zipped(builtin.with_suffix(SUFFIX)):
            with suppress(CorruptArtifactError):  # what another version compiled
                found = Artifact(document)
                if path == builtin and found.is_of(package_stamp(), BUNDLED):
                    return Opened(found, builtin.parents)  # one of them is the archive
            return read_uncached(path, read_file)
        # Not before: to know where a system has its caches takes a library of its own.
        kept = cache_directory(cache) if path.is_file() else None
        artifact = open_knowledge(path, builtin, kept)
        entry = Entry(entry_path(path, builtin, kept)) if kept else None
        return Opened(artifact, files_of(artifact), entry)
    except (OSError, MemoryError) as err:
        raise unreadable(str(path), err) from None


def read_uncached(path: Path, read_bytes: "ReadBytes") -> Opened:
    """Return the compiled knowledge of what is no file that could be known again; raise OSError."""
    from ..layers import load
    from .compiling import compile_knowledge

    files: list[Path] = []

    def read(each: Path) -> bytes:
        files.append(each)
        return read_bytes(each)

    builtin = builtin_file()
    loaded = load(path, builtin, read, bundled_base(builtin))
    return Opened(Artifact(compile_knowledge(loaded)), files)

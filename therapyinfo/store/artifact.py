"""Knowledge as one block of JSON parts, each decoded only when a page needs it.

The block is a header line, which says where each part lies and ends in a checksum of the whole
block, and the parts behind it. It is what `cache` keeps on disk and what `library` answers
from, so that a run with a cache and one without go the same way.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

import msgspec
from msgspec.structs import replace

from .. import __version__
from ..records import (
    About,
    Category,
    ComparisonRow,
    Layer,
    Publisher,
    Record,
    Region,
    Source,
    Term,
    Therapy,
)

if TYPE_CHECKING:  # a run with a cache must not import the reader, which imports PyYAML
    from ..layers import LoadedKnowledge

FORMAT = 3
"""Changes when an older block could no longer be read."""

T = TypeVar("T")


class CorruptArtifactError(Exception):
    """The block is not one that this version wrote whole."""


class Summary(Record, frozen=True, kw_only=True):
    """What lists, completion and name look-ups need of a therapy."""

    id: str
    name: str
    full_name: str | None
    aliases: tuple[str, ...]
    category: str
    summary: str | None
    main_action: str
    standing: str | None


class TherapyEntry(Record, frozen=True, kw_only=True):
    """A therapy with what other entries say of it.

    differences: by the other therapy's id, whichever of the two wrote it down.
    hard_words: the terms to explain first.
    provenance: which layer file set each field; only fields that a layer overrides.
    """

    id: str
    therapy: Therapy
    differences: dict[str, str]
    hard_words: tuple[Term, ...]
    provenance: dict[str, str]


class Overview(Record, frozen=True, kw_only=True):
    """The small things that nearly every page needs."""

    version: str
    reviewed: str
    language: str | None
    about: About
    comparison: tuple[ComparisonRow, ...]
    categories: dict[str, Category]
    regions: dict[str, Region]
    publishers: tuple[Publisher, ...]
    layers: tuple[Layer, ...]
    summaries: tuple[Summary, ...]


class FileFingerprint(Record, frozen=True, kw_only=True):
    """A file as it was when it was read; `digest` is the BLAKE2 hash of its content.

    path: absolute and unresolved, in the bytes of the file system, which need not be UTF-8.
    """

    path: bytes
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: str


class Header(Record, frozen=True, kw_only=True):
    """The first line of a block; each part is (offset after the header, length)."""

    format: int
    package: str
    key: str
    written_ns: int
    files: tuple[FileFingerprint, ...]
    parts: dict[str, tuple[int, int]]


def compile_knowledge(
    loaded: "LoadedKnowledge", key: str, files: tuple[FileFingerprint, ...], written_ns: int
) -> bytes:
    """Return the block for a knowledge; the other arguments are for the cache to judge it by."""
    parts: dict[str, tuple[int, int]] = {}
    body = bytearray()
    for name, content in _contents(loaded).items():
        encoded = msgspec.json.encode(content)
        parts[name] = (len(body), len(encoded))
        body += encoded
    header = Header(
        format=FORMAT,
        package=__version__,
        key=key,
        written_ns=written_ns,
        files=files,
        parts=parts,
    )
    first = msgspec.json.encode(header)
    return b"%s %d\n%s" % (first, crc32(body, crc32(first)), body)


def _contents(loaded: "LoadedKnowledge") -> dict[str, object]:
    """Return what each part of a block holds, by its name."""
    knowledge = loaded.knowledge
    overview = Overview(
        version=knowledge.version,
        reviewed=knowledge.reviewed,
        language=knowledge.language,
        about=knowledge.about,
        comparison=knowledge.comparison,
        categories=knowledge.categories,
        regions=knowledge.regions,
        publishers=knowledge.publishers,
        layers=tuple(replace(each, path=_printable(each.path)) for each in loaded.layers),
        summaries=tuple(_summary(id, each) for id, each in knowledge.therapies.items()),
    )
    entries = {
        f"therapies.{id}": TherapyEntry(
            id=id,
            therapy=therapy,
            differences=_differences(id, knowledge.therapies),
            hard_words=tuple(knowledge.glossary[each] for each in therapy.hard_words),
            provenance={
                field: _printable(path) for field, path in loaded.provenance.get(id, {}).items()
            },
        )
        for id, therapy in knowledge.therapies.items()
    }
    return {
        "index": overview,
        "sources": knowledge.sources,
        "glossary": knowledge.glossary,
        **entries,
    }


def _summary(id: str, therapy: Therapy) -> Summary:
    return Summary(
        id=id,
        name=therapy.name,
        full_name=therapy.full_name,
        aliases=therapy.aliases,
        category=therapy.category,
        summary=therapy.summary,
        main_action=therapy.facts.main_action,
        standing=therapy.facts.standing,
    )


def _printable(path: str) -> str:
    """Return a path with the bytes that are not UTF-8, and have no place in JSON, spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _differences(id: str, therapies: Mapping[str, Therapy]) -> dict[str, str]:
    own = therapies[id].differences
    from_others = {
        other: each.differences[id] for other, each in therapies.items() if id in each.differences
    }
    both = {**from_others, **own}
    return {other: both[other] for other in therapies if other in both}


class Artifact:
    """A block, open for reading; raise Damaged where it is not whole.

    fingerprint: tells it from any other block.
    """

    def __init__(self, block: bytes) -> None:
        self._block = memoryview(block)
        self._start = block.find(b"\n") + 1
        first, _, checksum = block[: max(self._start - 1, 0)].rpartition(b" ")
        # The whole of it, at once: an error that showed halfway through a page could not be mended.
        if checksum != b"%d" % crc32(self._block[self._start :], crc32(first)):
            raise CorruptArtifactError
        self.fingerprint = b"%d %s" % (len(block), checksum)
        try:
            self.header = msgspec.json.decode(first, type=Header)
        except msgspec.MsgspecError:
            raise CorruptArtifactError from None
        if self.header.format != FORMAT or self.header.package != __version__:
            raise CorruptArtifactError
        self.overview = self._decode("index", Overview)

    def entry(self, id: str) -> TherapyEntry:
        """Return one therapy; raise KeyError if there is none of that id."""
        return self._decode(f"therapies.{id}", TherapyEntry)

    def sources(self) -> dict[str, msgspec.Raw]:
        """Return every source, undecoded, by its id."""
        return self._decode("sources", dict[str, msgspec.Raw])

    def glossary(self) -> dict[str, Term]:
        """Return every term of the glossary, by its id."""
        return self._decode("glossary", dict[str, Term])

    def _decode(self, name: str, kind: type[T]) -> T:
        offset, length = self.header.parts[name]
        start = self._start + offset
        try:
            return msgspec.json.decode(self._block[start : start + length], type=kind)
        except msgspec.MsgspecError:
            raise CorruptArtifactError from None


def decode_source(raw: msgspec.Raw) -> Source:
    """Return one source of `Compiled.sources`."""
    return msgspec.json.decode(raw, type=Source)

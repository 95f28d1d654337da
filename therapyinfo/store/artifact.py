"""Knowledge as one JSON document, each part of it decoded only when a page needs it.

The document is what `cache` keeps on disk and what `library` answers from, so that a run with a
cache and one without go the same way. Its head stands in the first line and says how long each
further line is, so that a run looks at no part that it does not need.
"""

from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
from msgspec.structs import replace

from ..names import KnownName
from ..records import (
    About,
    Category,
    ComparisonRow,
    Facts,
    FullDate,
    Layer,
    Publisher,
    Record,
    Region,
    Source,
    Term,
    Therapy,
)

if TYPE_CHECKING:  # a run with a cache must not import the reader, which imports PyYAML
    from ..layers import LayeredValues

T = TypeVar("T")

_BASE_FIELDS = (
    "version",
    "reviewed",
    "language",
    "about",
    "comparison",
    "categories",
    "regions",
    "publishers",
)
"""What of the overview a layer is laid over."""


PARTS = ("sources", "glossary", "vocabulary", "names")
"""The parts before those of the therapies, in order."""
_START, _END = b'{"head":', b"}\n"


class CorruptArtifactError(Exception):
    """The document is not one that this version wrote."""


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

    Attributes:
        differences: By the other therapy's id, whichever of the two wrote it down.
        provenance: Which layer file set each field; only fields that a layer overrides.
    """

    id: str
    therapy: Therapy
    differences: dict[str, str]
    provenance: dict[str, str]


class Overview(Record, frozen=True, kw_only=True):
    """The small things that nearly every page needs."""

    version: str
    reviewed: FullDate
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

    Attributes:
        path: Absolute and unresolved, or for what a package carries relative to its folder; each
            byte of it is a character, as the bytes of the file system need not be UTF-8.
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: str


class ArtifactHead(Record, frozen=True, kw_only=True):
    """What comes first in a file with compiled knowledge.

    Attributes:
        package: What compiled it.
        key: What was asked for.
        files: What it was made from.
        written_ns: When it was last known to be current.
        lengths: Of the line of each part, in bytes.
    """

    format: Literal["therapyinfo-knowledge"] = "therapyinfo-knowledge"
    package: str
    key: str
    written_ns: int
    files: tuple[FileFingerprint, ...]
    overview: Overview
    lengths: dict[str, int]


def part_of(id: str) -> str:
    """Return the name of the part of a therapy."""
    return f"therapies.{id}"


def line_of(name: str, content: bytes) -> bytes:
    """Return the line of a part, with the end of the line before it."""
    return b",\n%b:%b" % (msgspec.json.encode(name), content)


def document_of(head: ArtifactHead, lines: Iterable[bytes | memoryview]) -> bytes:
    """Return the document of a head and the lines of its parts."""
    return b"".join((_START, msgspec.json.encode(head), *lines, _END))


class Artifact:
    """A document, open for reading; raise CorruptArtifactError where it is none."""

    def __init__(self, document: bytes) -> None:
        start = document.find(b"\n") - 1  # each line begins with the comma before it
        self.head = _decoded(document[len(_START) : max(start, 0)], ArtifactHead)
        self.overview = self.head.overview
        ends = list(accumulate(self.head.lengths.values(), initial=start))
        self._lines = {
            name: memoryview(document)[begin:end]
            for name, (begin, end) in zip(self.head.lengths, pairwise(ends), strict=True)
        }
        self.ids = [each.id for each in self.overview.summaries]
        categories = {each.category for each in self.overview.summaries}
        rows = {row.id.replace("-", "_") for row in self.overview.comparison}
        if (
            ends[-1] + len(_END) != len(document)
            or [*self._lines] != [*PARTS, *map(part_of, self.ids)]
            or not categories <= self.overview.categories.keys()
            or not rows <= {*Facts.__struct_fields__}
        ):
            raise CorruptArtifactError

    def is_of(self, package: str, key: str) -> bool:
        """Return whether this code made it, and for this key."""
        return (self.head.package, self.head.key) == (package, key)

    def dated(self, written_ns: int) -> bytes:
        """Return the document as one that was known to be current at another time."""
        return document_of(replace(self.head, written_ns=written_ns), self._lines.values())

    @property
    def stamp(self) -> str:
        """What tells this knowledge from any other: what made it, and what it was made from."""
        head = self.head
        digests = (each.digest for each in head.files)
        return "\n".join([head.package, head.key, *digests])

    def _part(self, name: str, kind: type[T]) -> T:
        line, label = self._lines[name], line_of(name, b"")
        if line[: len(label)] != label:
            raise CorruptArtifactError
        return _decoded(line[len(label) :], kind)

    def entry(self, id: str) -> TherapyEntry:
        """Return one therapy; raise KeyError if there is none of that id."""
        entry = self._part(part_of(id), TherapyEntry)
        groups = [each for one in entry.therapy.outcomes for each in (one, one.comparison) if each]
        # The reader refuses it; a picture of more people than there are would have no end.
        if entry.id != id or any(each.count and each.count > (each.n or 0) for each in groups):
            raise CorruptArtifactError
        return entry

    def sources(self) -> dict[str, msgspec.Raw]:
        """Return every source, undecoded, by its id."""
        return self._part("sources", dict[str, msgspec.Raw])

    def glossary(self) -> dict[str, Term]:
        """Return every term of the glossary, by its id."""
        return self._part("glossary", dict[str, Term])

    def vocabulary(self) -> dict[str, tuple[str, ...]]:
        """Return the words that mean the same, by the id of their list."""
        return self._part("vocabulary", dict[str, tuple[str, ...]])

    def names(self) -> tuple[KnownName, ...]:
        """Return the names of products, and the codes, that open a therapy."""
        names = self._part("names", tuple[KnownName, ...])
        if not {each.therapy for each in names} <= set(self.ids):
            raise CorruptArtifactError
        return names

    def layered_values(self) -> "LayeredValues":
        """Return what the knowledge was made of, for a layer to be laid over it."""
        from ..layers import LayeredValues

        overview = msgspec.json.decode(msgspec.json.encode(self.overview))
        therapies = {id: self._part(part_of(id), dict) for id in self.ids}
        values = {
            **{name: overview[name] for name in _BASE_FIELDS},
            **{name: self._part(name, dict) for name in ("vocabulary", "sources", "glossary")},
            "therapies": {id: each["therapy"] for id, each in therapies.items()},
        }
        provenance = {id: each["provenance"] for id, each in therapies.items()}
        return LayeredValues(
            values, self.overview.layers, {id: each for id, each in provenance.items() if each}
        )


def decode_source(raw: msgspec.Raw) -> Source:
    """Return one source of `Artifact.sources`; raise CorruptArtifactError if it is none."""
    return _decoded(raw, Source)


def _decoded(content: bytes | memoryview | msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, RecursionError):
        raise CorruptArtifactError from None

"""Questions to the knowledge: find a therapy, near names, terms, sources."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Raw

from .command_line import command_line
from .errors import UnknownName
from .lookup import Lookup
from .records import (
    ComparisonRow,
    Facts,
    Source,
    Term,
)
from .regions import INTERNATIONAL, in_regions, names_region, related_regions
from .store.artifact import Artifact, TherapyEntry, decode_source
from .store.opening import Entry, open_file
from .text import close_matches, match_name

if TYPE_CHECKING:  # a page that is no search needs no SQLite
    from .search import Document, SearchIndex

T = TypeVar("T")


class Library:
    """The knowledge, ready to be asked; nothing is decoded before it is asked for.

    entry: where the artifact and the search index are kept; None where neither is. files: the
    files that the knowledge was read from. data: the file as `--data` named it, which every printed
    command names too; None for none.

    Attributes:
        region: The id of the only region whose rules, approvals and contacts are told; None for
            all regions.
        reasons: Why the names that were looked up open their therapies, where that has to be said,
            by the ids of the therapies.
        reviewed: When the base file was last checked, as YYYY-MM-DD.
        language: The language of the text, as a tag of BCP 47.
        about: Who stands behind the base file.
        comparison: The rows of the comparison, in order.
        categories: The groups of therapies, in order.
        regions: The countries and areas that records name, by id.
        layers: Every file the knowledge was read from, the base first.
        summaries: What there is to say of each therapy in a line, in the file's order.
        ids: The ids of all therapies, in the file's order.

    """

    def __init__(
        self,
        artifact: Artifact,
        *,
        entry: Entry | None = None,
        files: Iterable[Path] = (),
        data: str | None = None,
    ) -> None:
        self.region: str | None = None
        self.reasons: dict[str, str] = {}
        self._related: frozenset[str] = frozenset()
        self._region_given: str | None = None
        self._artifact = artifact
        self._entry = entry
        self.files = files
        self.data = data
        overview = artifact.overview
        self.reviewed = overview.reviewed
        self.language = overview.language or "en"
        self.about = overview.about
        self.comparison = overview.comparison
        self.categories = overview.categories
        self.regions = overview.regions
        self.layers = overview.layers
        self.summaries = overview.summaries
        self.ids = artifact.ids
        self._entries: dict[str, TherapyEntry] = {}
        self._sources: dict[str, Source] = {}

    @classmethod
    def open(
        cls, path: Path | None = None, cache: Path | str | None = "", data: str | None = None
    ) -> "Library":
        """Return the library of a knowledge file; raise DataError if it has none.

        path: the file; None for the built-in one. cache: the directory of the user's cache; "" for
        no cache, None for where this system has its caches.
        """
        opened = open_file(path, cache)
        return cls(opened.artifact, entry=opened.entry, files=opened.read, data=data)

    def forget(self) -> bool:
        """Remove what the user's cache holds of this knowledge; return whether it answered."""
        return self._entry is not None and self._entry.remove()

    def ask_index(
        self,
        question: "Callable[[SearchIndex], T]",
        documents: "Callable[[Library], Sequence[Document]]",
    ) -> T:
        """Return what is asked of the search index, which is of all regions.

        documents: returns all that is searched, where there is no index yet.
        """
        from .store.search_index import ask_index

        whole = Library(self._artifact) if self.region else self
        return ask_index(
            self._entry,
            self._artifact.stamp,
            question,
            lambda: documents(whole),
            self._artifact.vocabulary,
        )

    @property
    def holding(self) -> frozenset[str]:
        """The ids of the regions whose records are told; none for all."""
        return self._related | {INTERNATIONAL} if self.region else frozenset()

    @cached_property
    def publishers(self) -> dict[str, str]:
        """The short names of publishers that have one, by their names."""
        return {each.name: each.short for each in self._artifact.overview.publishers}

    def in_region(self, name: str, given: str | None = None) -> "Library":
        """Return a library of only what holds in the region called `name`, or everywhere.

        given: the region as `--region` named it, which every printed command names too; None for
        none. Raise UnknownName with the nearest ids if there is no such region.
        """
        spellings = {
            spelling: id
            for id, region in self.regions.items()
            for spelling in (id, region.name, *region.aliases)
        }
        narrowed = Library(self._artifact, entry=self._entry, files=self.files, data=self.data)
        narrowed.region = _look_up("region", name, spellings, ", ".join(self.regions))
        narrowed._related = related_regions(narrowed.region, self.regions)
        narrowed._region_given = given
        return narrowed

    def has_region(self, entry: TherapyEntry) -> bool:
        """Return whether a therapy has a record of the region that was asked for, or of its kin."""
        return names_region(entry, self._related)

    def places(self, regions: Iterable[str]) -> str:
        """Return the printed names of regions, such as `US, EU`; "" for none."""
        return ", ".join(map(self.region_name, regions))

    def region_name(self, id: str) -> str:
        """Return the printed name of a region; for one not listed, its id as words."""
        if region := self.regions.get(id):
            return region.name
        return id.upper() if len(id) < 4 else id.replace("-", " ").title()

    @property
    def vocabulary(self) -> dict[str, tuple[str, ...]]:
        """The words that mean the same, by the id of their list."""
        return self._artifact.vocabulary()

    @cached_property
    def glossary(self) -> dict[str, Term]:
        """Every term, by its id."""
        return self._artifact.glossary()

    @cached_property
    def _undecoded_sources(self) -> Mapping[str, Raw]:
        return self._artifact.sources()

    def command(self, *words: str) -> str:
        """Return a command that asks this very knowledge, for a reader to type."""
        given = {"--region": self._region_given, "--data": self.data}
        carried = (part for option, value in given.items() if value for part in (option, value))
        return command_line(*words, *carried)

    def find(self, name: str) -> TherapyEntry:
        """Return the therapy called `name`: its id, a name or alias, a product of it, or a code.

        Raise UnknownName with what must be meant, NotATherapy for any other name that is known.
        """
        id = self.lookup.therapy_of(name)
        if id is None:
            raise self.lookup.not_found(name)
        if (known := self.lookup.known_name(name)) and known.therapy == id:
            self.reasons[known.name] = known.reason
        return self.entry(id)

    @cached_property
    def lookup(self) -> Lookup:
        """What tells which therapy, product or term a name is of."""
        return Lookup(self.summaries, self._artifact.names, lambda: self.glossary, self.command)

    def entry(self, id: str) -> TherapyEntry:
        """Return the therapy with this id; raise KeyError if there is none."""
        if id not in self._entries:
            entry = self._artifact.entry(id)
            self._entries[id] = in_regions(entry, self._related) if self.region else entry
        return self._entries[id]

    def entries(self) -> list[TherapyEntry]:
        """Return every therapy, in the file's order."""
        return [self.entry(id) for id in self.ids]

    def name(self, id: str) -> str:
        """Return the name of the therapy with this id."""
        return next(summary.name for summary in self.summaries if summary.id == id)

    def source(self, id: str) -> Source:
        """Return the source with this id; raise KeyError if there is none."""
        if id not in self._sources:
            self._sources[id] = decode_source(self._undecoded_sources[id])
        return self._sources[id]

    def source_ids(self) -> list[str]:
        """Return the ids of all sources, in the file's order."""
        return list(self._undecoded_sources)

    def define(self, name: str) -> tuple[str, Term]:
        """Return the id and the term called `name`: its id, the term or an alias, in any case.

        Raise UnknownName with the nearest terms if there is none.
        """
        id = _look_up("term", name, self.lookup.terms, self.command("define"))
        return id, self.glossary[id]

    def row(self, name: str) -> ComparisonRow:
        """Return the comparison row with this id, label or question, or a word of its id alone.

        Raise UnknownName with the nearest ids if there is none.
        """
        labels = {row.label: row.id for row in self.comparison}
        labels |= {row.question: row.id for row in self.comparison if row.question}
        words = [(word, row.id) for row in self.comparison for word in row.id.split("-")]
        alone = {word: id for word, id in words if sum(word == each for each, _ in words) == 1}
        id = choose("row", name, {**alone, **labels})
        return next(row for row in self.comparison if row.id == id)


def _look_up(kind: str, name: str, spellings: dict[str, str], listing: str) -> str:
    found = match_name(name, spellings)
    if found is not None:
        return found
    raise UnknownName(kind, name, close_matches(name, spellings), listing)


def fact_of(facts: Facts, row: ComparisonRow) -> str | None:
    """Return the fact that a row of the comparison shows; None if none is recorded."""
    fact: str | None = getattr(facts, row.id.replace("-", "_"))
    return fact


def choose(kind: str, name: str, labels: dict[str, str]) -> str:
    """Return the id for a name that is an id or a label; raise UnknownName with the near ids.

    labels: the id by its label.
    """
    spellings = {**labels, **{id: id for id in labels.values()}}
    return _look_up(kind, name, spellings, ", ".join(dict.fromkeys(labels.values())))

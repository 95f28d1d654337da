"""Questions to the knowledge: find a therapy, near names, terms, sources."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from .command_line import command_line
from .errors import UnknownName
from .records import (
    About,
    Category,
    ComparisonRow,
    Facts,
    Layer,
    Region,
    Source,
    Term,
)
from .regions import in_regions, names_region, related_regions
from .store.artifact import Artifact, Summary, TherapyEntry, decode_source
from .store.cache import ArtifactCache
from .text import close_matches, match_name


class Library:
    """The knowledge, ready to be asked; nothing is decoded before it is asked for.

    store: keeps what is made from this very knowledge; None to keep nothing. files: the files
    that the knowledge was read from. data: the file as `--data` named it, which every printed
    command names too; None for none.

    Attributes:
        region: The id of the only region whose rules, approvals and contacts are told; None for
            all regions.

    """

    def __init__(
        self,
        artifact: Artifact,
        store: ArtifactCache | None = None,
        files: Iterable[Path] = (),
        data: str | None = None,
    ) -> None:
        self.region: str | None = None
        self._related: frozenset[str] = frozenset()
        self._compiled = artifact
        self.store = store
        self.files = files
        self._data = ("--data", data) if data else ()
        self._entries: dict[str, TherapyEntry] = {}

    @property
    def version(self) -> str:
        """The version of the file's format."""
        return self._compiled.overview.version

    @property
    def reviewed(self) -> str:
        """When the base file was last checked, as YYYY-MM-DD."""
        return self._compiled.overview.reviewed

    @property
    def language(self) -> str:
        """The language of the text, as a tag of BCP 47."""
        return self._compiled.overview.language or "en"

    @property
    def about(self) -> About:
        """Who stands behind the base file."""
        return self._compiled.overview.about

    @property
    def comparison(self) -> tuple[ComparisonRow, ...]:
        """The rows of the comparison, in order."""
        return self._compiled.overview.comparison

    @property
    def categories(self) -> dict[str, Category]:
        """The groups of therapies, in order."""
        return self._compiled.overview.categories

    @property
    def regions(self) -> dict[str, Region]:
        """The countries and areas that records name, by id."""
        return self._compiled.overview.regions

    @cached_property
    def publishers(self) -> dict[str, str]:
        """The short names of publishers that have one, by their names."""
        return {each.name: each.short for each in self._compiled.overview.publishers}

    def in_region(self, name: str) -> "Library":
        """Return a library of only what holds in the region called `name`, or everywhere.

        Raise UnknownName with the nearest ids if there is no such region.
        """
        spellings = {
            spelling: id
            for id, region in self.regions.items()
            for spelling in (id, region.name, *region.aliases)
        }
        # What the store keeps was made from the whole knowledge.
        narrowed = Library(self._compiled, None, self.files, *self._data[1:])
        narrowed.region = _look_up("region", name, spellings, ", ".join(self.regions))
        narrowed._related = related_regions(narrowed.region, self.regions)
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
    def layers(self) -> tuple[Layer, ...]:
        """Every file the knowledge was read from, the base first."""
        return self._compiled.overview.layers

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """What there is to say of each therapy in a line, in the file's order."""
        return self._compiled.overview.summaries

    @property
    def ids(self) -> list[str]:
        """The ids of all therapies, in the file's order."""
        return [summary.id for summary in self.summaries]

    @cached_property
    def glossary(self) -> dict[str, Term]:
        """Every term, by its id."""
        return self._compiled.glossary()

    @cached_property
    def _sources(self) -> dict[str, object]:
        return dict(self._compiled.sources())

    def command(self, *words: str) -> str:
        """Return a command that asks this very knowledge, for a reader to type."""
        return command_line(*words, *self._data)

    def find(self, name: str) -> TherapyEntry:
        """Return the therapy called `name`: its id, a name or an alias, in any case.

        Raise UnknownName with the nearest ids if there is none.
        """
        if name in self.ids:
            return self.entry(name)
        return self.entry(_look_up("therapy", name, self._spellings(), self.command("list")))

    def entry(self, id: str) -> TherapyEntry:
        """Return the therapy with this id; raise KeyError if there is none."""
        if id not in self._entries:
            entry = self._compiled.entry(id)
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
        return decode_source(self._sources[id])  # type: ignore[arg-type]

    def source_ids(self) -> list[str]:
        """Return the ids of all sources, in the file's order."""
        return list(self._sources)

    def define(self, name: str) -> tuple[str, Term]:
        """Return the id and the term called `name`: its id, the term or an alias, in any case.

        Raise UnknownName with the nearest terms if there is none.
        """
        spellings = {
            spelling: id
            for id, term in self.glossary.items()
            for spelling in (id, term.term, *term.aliases)
        }
        id = _look_up("term", name, spellings, self.command("define"))
        return id, self.glossary[id]

    def row(self, name: str) -> ComparisonRow:
        """Return the comparison row with this id or label, in any case; raise UnknownName."""
        id = choose("row", name, {row.label: row.id for row in self.comparison})
        return next(row for row in self.comparison if row.id == id)

    def _spellings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for summary in self.summaries:
            for name in (summary.id, summary.name, summary.full_name, *summary.aliases):
                if name:
                    found.setdefault(name, summary.id)
        return found


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

"""Prose to text with numbered citations, and the parts that every page shares."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct, structs

from ..errors import UsageError
from ..inlines import Cite, Inline, Strong, Text
from ..library import Library
from ..page import Block, Heading, Page, SourceEntry, SourceLine, Sources, iter_strings
from ..records import Source
from ..text import CITATION, cited_ids
from .plain_data import to_plain

# An expression that is a text is compiled on first use: few answers need one.
_BRACKETS = r"\s*\([^()]*\)"

PAGE_SCHEMA_VERSION = 2
"""The version of the JSON that pages carry: keys are added to it, never changed."""

MONTHS = (
    "January February March April May June July August September October November December"
).split()

_DATE = rf"(?:(\d{{1,2}}) )?(?:({'|'.join(MONTHS)}) )?(\d{{4}})"
_LAST_BRACKETS = r"\(([^()]*)\)$"

SOURCES_ANCHOR = "sources"

SOURCES_LEFT_OUT = "What is said here has its sources, which this copy leaves out."

NO_SOURCE = "no source found"
"""What stands where nothing is recorded, so that a gap is seen as a gap."""


class Citations:
    """Numbers the sources of one page in the order in which it cites them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.numbers: dict[str, int] = {}

    def text(self, text: str | None, sources: Iterable[str] = ()) -> Text:
        """Return a text with its citations numbered; () for None.

        sources: ids to cite at its end, for a record that names them apart.
        """
        if text is None:
            return ()
        parts: list[Inline] = []
        position = 0
        for found in CITATION.finditer(text):
            parts += [text[position : found.start()], *self._cites(cited_ids(found[0]))]
            position = found.end()
        rest = text[position:]
        inline = cited_ids(text)
        more = [id for id in sources if id not in inline]
        if more and rest.endswith("."):
            parts += [rest[:-1], *self._cites(more), "."]
        else:
            parts += [rest, *self._cites(more)]
        return tuple(part for part in parts if part != "")

    def texts(self, many: Iterable[str]) -> tuple[Text, ...]:
        """Return each text with its citations numbered."""
        return tuple(self.text(text) for text in many)

    def labelled(self, label: str, text: str, sources: Iterable[str] = ()) -> Text:
        """Return a text behind a label in bold."""
        return (Strong(label), " ", *self.text(text, sources))

    def source_blocks(self) -> tuple[Block, ...]:
        """Return the list of what has been cited so far, under its heading."""
        if not self.numbers:
            return ()
        entries = (
            source_entry(number, id, self.library.source(id)) for id, number in self.numbers.items()
        )
        return (Heading("Sources", anchor=SOURCES_ANCHOR), Sources(tuple(entries)))

    def source_line(self) -> tuple[Block, ...]:
        """Return what has been cited so far in one paragraph, by the short names of publishers."""
        publishers: dict[str, list[Cite]] = {}
        for id, number in self.numbers.items():
            name = self.library.source(id).publisher
            short = self.library.publishers.get(name) or re.sub(_BRACKETS, "", name)
            publishers.setdefault(short, []).append(Cite(number, id))
        found = tuple((name, tuple(cites)) for name, cites in publishers.items())
        return (SourceLine(found),) if found else ()

    def page_sources(self) -> tuple[Block, ...]:
        """Return the line of sources and the list, of which a renderer shows the one it can."""
        return (*self.source_line(), *self.source_blocks())

    def source_data(self, *records: object) -> dict[str, Any]:
        """Return what has been cited so far, for programs: each source with its number.

        records: records that the data shows whole; what only they cite is numbered on.
        """
        known = frozenset(self.library.source_ids() if records else ())
        for id in filter(known.__contains__, ids_named(records)):
            self.numbers.setdefault(id, len(self.numbers) + 1)
        return {
            id: {"number": number, **to_plain(self.library.source(id))}
            for id, number in self.numbers.items()
        }

    def _cites(self, ids: Sequence[str]) -> list[Cite]:
        cited = {self.numbers.setdefault(id, len(self.numbers) + 1): id for id in ids}
        return [Cite(number, cited[number]) for number in sorted(cited)]


def ids_named(records: object) -> Iterator[str]:
    """Yield every id that records name: cited in prose, or as a string of its own in a list."""
    for text in iter_strings(records):
        yield text
        if "[@" in text:
            yield from cited_ids(text)


def source_entry(number: int, id: str, source: Source) -> SourceEntry:
    """Return a source as a line of a list."""
    return SourceEntry(
        number=number,
        id=id,
        publisher=source.publisher,
        title=source.title,
        date=format_date(source.published) or "undated",
        kind=source.kind.replace("-", " "),
        address=source.url,
    )


def json_data(library: Library, command: str, **more: Any) -> dict[str, Any]:
    """Return the data of a page: what every page says of the knowledge, and `more`."""
    from msgspec import to_builtins

    return {
        "schema_version": PAGE_SCHEMA_VERSION,
        "command": command,
        "region": library.region,
        **more,
        "knowledge": {
            "reviewed": library.reviewed,
            "disclaimer": library.about.disclaimer,
            "clinical_review": library.about.clinical_review,
            "layers": to_builtins(library.layers),
        },
    }


def page_footer(library: Library, more: str = "") -> Text:
    """Return the note that ends every page: what it is not, who reviewed it, how old it is.

    more: what else a page wants to say of itself, before its age.
    """
    about = library.about
    own = [layer.about.disclaimer for layer in library.layers if layer.about]
    parts = filter(None, [about.disclaimer, about.clinical_review, *own, more])
    return (f"{' '.join(parts)} Last checked {format_date(library.reviewed)}.",)


def without_sources(page: Page) -> Page:
    """Return a page without its sources and their numbers, and the words that say so.

    Raises:
        UsageError: The page is a list of sources.

    """
    kept = (block for block in page.blocks if not isinstance(block, Sources | SourceLine))
    blocks = tuple(block for block in kept if getattr(block, "anchor", "") != SOURCES_ANCHOR)
    told = _uncited(blocks)
    if len(blocks) == len(page.blocks):
        return page
    if told == blocks:
        raise UsageError("--no-sources leaves nothing of a list of sources")
    footer = (*_uncited(page.footer), f" {SOURCES_LEFT_OUT}") if page.footer else ()
    return structs.replace(page, blocks=told, footer=footer)


def _uncited(value: Any) -> Any:
    """Return a block, or anything in it, without citations."""
    if isinstance(value, tuple):
        return tuple(_uncited(each) for each in value if not isinstance(each, Cite))
    if isinstance(value, Struct):
        fields = value.__struct_fields__
        return structs.replace(value, **{name: _uncited(getattr(value, name)) for name in fields})
    return value


def format_date(partial: str | None) -> str:
    """Return a date as people write it; "" for None.

    >>> format_date("2025-06-26"), format_date("2025-06"), format_date("2025")
    ('26 June 2025', 'June 2025', '2025')
    """
    if partial is None:
        return ""
    year, *rest = partial.split("-")
    day = [str(int(part)) for part in rest[1:]]
    return " ".join([*day, *(MONTHS[int(month) - 1] for month in rest[:1]), year])


def region_and_date(library: Library, regions: Iterable[str], as_of: str | None) -> str:
    """Return where and since when something holds, such as `UK, March 2025`; "" if neither."""
    return ", ".join(part for part in (library.places(regions), format_date(as_of)) if part)


def placed_and_dated(library: Library, label: str) -> tuple[tuple[str, ...], str]:
    """Return the regions and the date that a label tells, as `region_and_date` wrote them.

    They are all of the label, or stand in brackets at its end.
    """
    label = label.removesuffix(":")
    bracketed = re.search(_LAST_BRACKETS, label)
    ids = {region.name: id for id, region in library.regions.items()}
    for told in (label, bracketed[1] if bracketed else ""):
        *places, last = told.split(", ")
        date = _date_of(last)
        names = places if date else [*places, last]
        if (places or last in ids) and all(name in ids for name in names):
            return tuple(ids[name] for name in names), date
    return (), ""


def _date_of(told: str) -> str:
    """Return a date that `format_date` wrote as it was; "" for what is none."""
    found = re.fullmatch(_DATE, told)
    if not found or (found[1] and not found[2]):
        return ""
    month = f"-{MONTHS.index(found[2]) + 1:02}" if found[2] else ""
    day = f"-{int(found[1]):02}" if found[1] else ""
    return f"{found[3]}{month}{day}"


def with_article(place: str) -> str:
    """Return the name of a place inside a sentence: `the UK`, but `Japan`."""
    return f"the {place}" if place.isupper() else place


def in_brackets(text: str) -> str:
    """Return ` (text)`, or "" for no text."""
    return f" ({text})" if text else ""

"""Prose to text with numbered citations, and the parts that every page shares."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..library import Library
from ..page import (
    Block,
    Cite,
    Heading,
    Inline,
    Later,
    Page,
    SourceEntry,
    Sources,
    Strong,
    Text,
    iter_strings,
)
from ..records import Source
from ..text import CITATION, cited_ids

SCHEMA_VERSION = 1
"""The version of the JSON that pages carry: keys are added to it, never changed."""

MONTHS = (
    "January February March April May June July August September October November December"
).split()

NO_SOURCE = "no source found"
"""What stands where nothing is recorded, so that a gap is seen as a gap."""


class Prose:
    """Numbers the sources of one page in the order in which it cites them.

    most_cites: how many sources to name for one claim, the first ones; None for all.
    """

    def __init__(self, library: Library, most_cites: int | None = None) -> None:
        self.library = library
        self.most_cites = most_cites
        self.numbers: dict[str, int] = {}

    def text(self, prose: str | None, sources: Iterable[str] = ()) -> Text:
        """Return a text with its citations numbered; () for None.

        sources: ids to cite at its end, for a record that names them apart.
        """
        if prose is None:
            return ()
        parts: list[Inline] = []
        position = 0
        for found in CITATION.finditer(prose):
            parts += [prose[position : found.start()], *self._cites(cited_ids(found[0]))]
            position = found.end()
        rest = prose[position:]
        inline = cited_ids(prose)
        room = None if self.most_cites is None else max(self.most_cites - len(inline), 0)
        more = [id for id in sources if id not in inline][:room]
        if more and rest.endswith("."):
            parts += [rest[:-1], *self._cites(more), "."]
        else:
            parts += [rest, *self._cites(more)]
        return tuple(part for part in parts if part != "")

    def texts(self, many: Iterable[str]) -> tuple[Text, ...]:
        """Return each text with its citations numbered."""
        return tuple(self.text(prose) for prose in many)

    def labelled(self, label: str, prose: str, sources: Iterable[str] = ()) -> Text:
        """Return a text behind a label in bold."""
        return (Strong(label), " ", *self.text(prose, sources))

    def source_blocks(self, *, short: bool = False) -> tuple[Block, ...]:
        """Return the list of what has been cited so far, under its heading."""
        if not self.numbers:
            return ()
        entries = (
            source_entry(number, id, self.library.source(id)) for id, number in self.numbers.items()
        )
        return (Heading("Sources", anchor="sources"), Sources(tuple(entries), short))

    def source_data(self, *told: object) -> dict[str, Any]:
        """Return what has been cited so far, for programs: each source with its number.

        told: records that the data shows whole; what only they cite is numbered on.
        """
        known = frozenset(self.library.source_ids() if told else ())
        for id in filter(known.__contains__, ids_named(told)):
            self.numbers.setdefault(id, len(self.numbers) + 1)
        return {
            id: {"number": number, **record_data(self.library.source(id))}
            for id, number in self.numbers.items()
        }

    def _cites(self, ids: Sequence[str]) -> list[Cite]:
        chosen = ids[: self.most_cites]
        return [Cite(self.numbers.setdefault(id, len(self.numbers) + 1), id) for id in chosen]


def ids_named(told: object) -> Iterator[str]:
    """Yield every id that records name: cited in prose, or as a string of its own in a list."""
    for text in iter_strings(told):
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
        date=date(source.published) or "undated",
        kind=source.kind.replace("-", " "),
        address=source.url,
    )


def record_data(record: Any) -> Any:
    """Return a record as plain data for JSON, every field in it."""
    from msgspec import to_builtins

    return to_builtins(record)


def page_data(library: Library, command: str, **more: Any) -> dict[str, Any]:
    """Return the data of a page: what every page says of the knowledge, and `more`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "command": command,
        **more,
        "knowledge": {
            "reviewed": library.reviewed,
            "disclaimer": library.about.disclaimer,
            "clinical_review": library.about.clinical_review,
            "layers": record_data(library.layers),
        },
    }


def note(library: Library, more: str = "") -> Text:
    """Return the note that ends every page: what it is not, who reviewed it, how old it is.

    more: what else a page wants to say of itself, before its age.
    """
    about = library.about
    own = [layer.about.disclaimer for layer in library.layers if layer.about]
    parts = filter(None, [about.disclaimer, about.clinical_review, *own, more])
    return (f"{' '.join(parts)} Last checked {date(library.reviewed)}.",)


def with_next(page: Page) -> Page:
    """Return the page with its next commands in its data too."""
    from msgspec import structs

    commands = list(page.next_commands)
    return structs.replace(page, data=Later(lambda: {**page.data, "next_commands": commands}))


def date(partial: str | None) -> str:
    """Return a date as people write it; "" for None.

    >>> date("2025-06-26"), date("2025-06"), date("2025")
    ('26 June 2025', 'June 2025', '2025')
    """
    if partial is None:
        return ""
    year, *rest = partial.split("-")
    day = [str(int(part)) for part in rest[1:]]
    return " ".join([*day, *(MONTHS[int(month) - 1] for month in rest[:1]), year])


def place_and_time(region: str | None, as_of: str | None) -> str:
    """Return where and since when something holds, such as `UK, March 2025`; "" if neither."""
    return ", ".join(part for part in (region, date(as_of)) if part)


def in_brackets(text: str) -> str:
    """Return ` (text)`, or "" for no text."""
    return f" ({text})" if text else ""

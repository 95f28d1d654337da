"""What a page says of itself: why it answers, its age, its region, and what it has on paper."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from ..inlines import Strong, Text, linked
from ..library import Library
from ..page import Block, Handout, Page, Paragraph
from ..store.artifact import TherapyEntry
from ..text import upper_first, without_citations
from .citations import format_date, with_article


def with_reasons(page: Page, reasons: Sequence[str]) -> Page:
    """Return a page that begins with why a product or a code opened it, a sentence each."""
    told = tuple(Paragraph((reason,), "quiet") for reason in reasons)
    return structs.replace(
        page,
        blocks=(*told, *page.blocks),
        data=lambda: {**page.data(), "reasons": list(reasons)},
    )


def a_year_later(date: str) -> str:
    """Return the date 12 months after another, both as YYYY-MM-DD.

    >>> a_year_later("2025-11-25"), a_year_later("2024-02-29")
    ('2026-11-25', '2025-02-28')
    """
    year, rest = int(date[:4]) + 1, date[4:]
    return f"{year:04}{'-02-28' if rest == '-02-29' else rest}"


def is_overdue(reviewed: str, today: str) -> bool:
    """Return whether a date is more than 12 months before another, both as YYYY-MM-DD.

    >>> is_overdue("2025-11-25", "2026-11-25"), is_overdue("2025-11-25", "2026-11-26")
    (False, True)
    """
    return today > a_year_later(reviewed)


def with_age(page: Page, reviewed: str, today: str) -> Page:
    """Return a page that says above all else that its knowledge is overdue, where it is."""
    overdue = is_overdue(reviewed, today)
    told = (
        Strong("This text has not been checked for more than a year."),
        f" Last checked {format_date(reviewed)}; rules, prices and results may have changed.",
    )
    return structs.replace(
        page,
        blocks=(Paragraph(told), *page.blocks) if overdue else page.blocks,
        data=lambda: {**page.data(), "overdue": overdue},
    )


def region_note(library: Library, entries: Iterable[TherapyEntry]) -> tuple[Block, ...]:
    """Return whose rules hold too, and that nothing is known of the region; () for all regions."""
    if library.region is None:
        return ()
    place = with_article(library.region_name(library.region))
    region = library.regions.get(library.region)
    told = []
    if region and region.part_of:
        whole = with_article(library.region_name(region.part_of))
        told.append(f"{upper_first(place)} is part of {whole}, so what holds there is shown too.")
    if not any(map(library.has_region, entries)):
        told.append(f"Nothing is recorded for {place}. What holds everywhere is shown.")
    return (Paragraph((" ".join(told),), "quiet"),) if told else ()


def handout(library: Library, entries: Sequence[TherapyEntry]) -> Handout:
    """Return what a page about therapies has on paper."""
    check_again = format_date(a_year_later(library.reviewed))
    return Handout(check_again, tuple(dict.fromkeys(_own_contacts(entries))))


def _own_contacts(entries: Iterable[TherapyEntry]) -> Iterator[Text]:
    """Yield the contacts that a reader's own file adds."""
    for entry in entries:
        for id, contact in entry.therapy.contacts.items():
            if f"contacts.{id}" in entry.provenance:
                note = f". {without_citations(contact.note)}" if contact.note else ""
                yield (Strong(f"{contact.name}:"), " ", linked(contact.how), note)

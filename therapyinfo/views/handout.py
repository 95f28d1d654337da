"""What a page has on paper: whom to call, and until when it is to be checked again."""

from collections.abc import Iterable, Iterator, Sequence

from ..inlines import Strong, Text, linked
from ..library import Library
from ..page import Handout
from ..store.artifact import TherapyEntry
from ..text import without_citations
from .citations import format_date
from .notices import a_year_later


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

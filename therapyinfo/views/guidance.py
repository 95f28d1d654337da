"""Life during and after, cost and access, and whom to turn to, each whole: by region and date."""

from collections.abc import Iterable

from ..inlines import Strong, Text, linked
from ..library import Library
from ..page import Block, Bullets, Heading, Paragraph
from ..records import Contact, Guidance
from ..store.artifact import TherapyEntry
from .citations import Citations, in_brackets, region_and_date


def life(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Life during and after, by topic, region and date."""
    return _guidance(entry.therapy.life, citations)


def access(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Cost, cover and where it is given, by region and date."""
    return _guidance(entry.therapy.access, citations)


def _guidance(many: Iterable[Guidance], citations: Citations) -> tuple[Block, ...]:
    topics: dict[str, list[Guidance]] = {}
    for each in many:
        topics.setdefault(each.topic, []).append(each)
    blocks: list[Block] = []
    for topic, entries in topics.items():
        items = (
            citations.labelled(
                f"{region_and_date(citations.library, each.region, each.as_of)}:",
                each.text,
                each.sources,
            )
            for each in entries
        )
        blocks += [Heading(topic, 3), Bullets(tuple(items))]
    return tuple(blocks)


def contacts(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Helplines, charities and the reader's own centre."""
    blocks: list[Block] = []
    for each in entry.therapy.contacts.values():
        note = (Paragraph(citations.text(each.note), "quiet"),) if each.note else ()
        blocks += [Paragraph(_contact(each, citations.library)), *note]
    return tuple(blocks)


def _contact(contact: Contact, library: Library) -> Text:
    name = Strong(f"{contact.name}{in_brackets(library.places(contact.region))}: ")
    return (name, linked(contact.how))

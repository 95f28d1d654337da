"""Life during and after, cost and access, and whom to turn to, each whole: by region and date."""

from collections.abc import Iterable

from ..inlines import Strong, Text, linked
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
    return tuple(Paragraph(_contact(each, citations)) for each in entry.therapy.contacts.values())


def _contact(contact: Contact, citations: Citations) -> Text:
    place = in_brackets(citations.library.places(contact.region))
    note = (*citations.text(contact.note), " ") if contact.note else ()
    return (Strong(f"{contact.name}{place}:"), " ", *note, linked(contact.how))

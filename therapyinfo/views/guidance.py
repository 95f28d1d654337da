"""Life during and after, cost and access, and whom to turn to: what differs by country."""

from collections.abc import Iterable, Iterator
from itertools import islice

from ..inlines import Strong, Text, linked
from ..library import Library
from ..page import Block, Bullets, Heading, Paragraph
from ..records import Contact, Guidance
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from .blocks import SHORT_LIST, more_link, section_command
from .citations import Citations, in_brackets, region_and_date

TOPICS_FIRST = ("driving", "care", "work", "feeling")
"""What people ask first of life after; a topic counts by how its name begins."""


def life(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """Life during and after: one line, or all of it by topic, region and date."""
    if full:
        return _guidance(entry.therapy.life, citations)
    fact = entry.therapy.facts.daily_life
    if not fact:
        return ()
    paragraph = Paragraph(citations.text(fact))
    topics = tuple(_first_topics(entry, citations))
    return (paragraph, Bullets(topics)) if topics else (paragraph,)


def _first_topics(entry: TherapyEntry, citations: Citations) -> Iterator[Text]:
    chosen: list[Guidance] = []
    for topic in TOPICS_FIRST:
        about = (each for each in entry.therapy.life if each.topic.casefold().startswith(topic))
        chosen += islice(about, 1)
    for each in (chosen or entry.therapy.life)[:SHORT_LIST]:
        place = in_brackets(_place(each, citations))
        sentence = first_sentence(each.text)
        yield citations.labelled(f"{each.topic}{place}:", sentence, each.sources[:1])
    if entry.therapy.life:
        yield ("All, by country (rules differ): ", section_command(entry, "life", citations))


def access(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
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


def _place(advice: Guidance, citations: Citations) -> str:
    return region_and_date(citations.library, advice.region, advice.as_of)


def contacts(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """Helplines, charities and the reader's own centre."""
    if not full:
        return _first_contacts(entry, citations)
    blocks: list[Block] = []
    for each in entry.therapy.contacts.values():
        note = (Paragraph(citations.text(each.note), "quiet"),) if each.note else ()
        blocks += [Paragraph(_contact(each, citations.library)), *note]
    return tuple(blocks)


def _first_contacts(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Return one contact of each region, then others, on a line each."""
    given = list(entry.therapy.contacts.values())
    by_region = {each.region: each for each in reversed(given)}
    first = [each for each in given if each is by_region[each.region]]
    shown = [*first, *(each for each in given if each not in first)][:SHORT_LIST]
    lines = (
        *(_contact(each, citations.library) for each in shown),
        *more_link(len(given) - len(shown), entry, "contacts", citations),
    )
    return tuple(map(Paragraph, lines))


def _contact(contact: Contact, library: Library) -> Text:
    name = Strong(f"{contact.name}{in_brackets(library.places(contact.region))}: ")
    return (name, linked(contact.how))

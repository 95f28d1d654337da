"""Life during and after, cost and access, and whom to turn to: what differs by country."""

from collections.abc import Iterable
from itertools import islice

from ..compiled import Entry
from ..page import Block, Bullets, Heading, Link, Paragraph, Strong, Text
from ..records import Contact, Guidance
from ..wording import first_sentence
from .parts import FEW, more_in, section_command
from .prose import Prose, in_brackets, place_and_time

TOPICS_FIRST = ("driving", "care", "work", "feeling")
"""What people ask first of life after; a topic counts by how its name begins."""


def life(entry: Entry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """Life during and after: one line, or all of it by topic, region and date."""
    if full:
        return _guidance(entry.therapy.life, prose)
    fact = entry.therapy.facts.daily_life
    if not fact:
        return ()
    pointer = ("All topics, by country (rules differ): ", section_command(entry, "life"))
    more = (Paragraph(pointer, "quiet"),) if entry.therapy.life else ()
    return (Paragraph(prose.text(fact)), *_first_topics(entry, prose), *more)


def _first_topics(entry: Entry, prose: Prose) -> tuple[Block, ...]:
    chosen: list[Guidance] = []
    for topic in TOPICS_FIRST:
        about = (each for each in entry.therapy.life if each.topic.casefold().startswith(topic))
        chosen += islice(about, 1)
    items: list[Text] = []
    for each in chosen[:FEW]:
        place = in_brackets(place_and_time(each.region, each.as_of))
        told = first_sentence(each.text)
        items.append(prose.labelled(f"{each.topic}{place}:", told, each.sources[:1]))
    return (Bullets(tuple(items)),) if items else ()


def access(entry: Entry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """Cost, cover and where it is given, by region and date."""
    return _guidance(entry.therapy.access, prose)


def _guidance(many: Iterable[Guidance], prose: Prose) -> tuple[Block, ...]:
    topics: dict[str, list[Guidance]] = {}
    for each in many:
        topics.setdefault(each.topic, []).append(each)
    blocks: list[Block] = []
    for topic, told in topics.items():
        items = (
            prose.labelled(f"{place_and_time(each.region, each.as_of)}:", each.text, each.sources)
            for each in told
        )
        blocks += [Heading(topic, 3), Bullets(tuple(items))]
    return tuple(blocks)


def contacts(entry: Entry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """Helplines, charities and the reader's own centre."""
    if not full:
        return _first_contacts(entry)
    blocks: list[Block] = []
    for each in entry.therapy.contacts.values():
        note = (Paragraph(prose.text(each.note), "quiet"),) if each.note else ()
        blocks += [Paragraph(_contact(each)), *note]
    return tuple(blocks)


def _first_contacts(entry: Entry) -> tuple[Block, ...]:
    """Return one contact of each region, then others, on a line each."""
    given = list(entry.therapy.contacts.values())
    by_region = {each.region: each for each in reversed(given)}
    first = [each for each in given if each is by_region[each.region]]
    shown = [*first, *(each for each in given if each not in first)][:FEW]
    blocks = tuple(Paragraph(_contact(each)) for each in shown)
    return (*blocks, *more_in(len(given) - len(shown), entry, "contacts"))


def _contact(contact: Contact) -> Text:
    name = Strong(f"{contact.name}{in_brackets(contact.region or '')}: ")
    return (name, Link(contact.how) if contact.how.startswith("https://") else contact.how)

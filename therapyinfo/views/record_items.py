"""The records of a therapy as two knowledge files are compared: where each stands, what it says."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from ..library import Library
from ..records import PARTIAL_DATE_PATTERN, Choice, Product, Therapy
from ..text import cited_ids, with_full_stop, without_citations
from .citations import format_date
from .plain_data import prose_fields
from .section_table import SECTIONS

GLANCE = "At a glance"
DEATHS = "Deaths"
HEADINGS = {
    **{field: each.heading for each in SECTIONS for field in each.fields},
    "deaths": DEATHS,
    "products": "Decisions on products",
    "facts": "Facts of a comparison",
    "short_facts": "Facts of a comparison",
    "differences": "How it differs",
}
SHEET_FIELDS = (
    "get_help deaths risks main_message who uses benefits lasting outcomes products total_time"
    " steps life access without_treatment is_not not_known contacts"
).split()
"""What a printed sheet stands on, what matters most first."""

SHEET_SECTIONS = tuple(dict.fromkeys(HEADINGS[field] or GLANCE for field in SHEET_FIELDS))

NAMES = "name term topic title condition brand generic system belief date trial".split()
"""The fields that say what a record is called; the first that it has is its name."""

UNTOLD = (
    "id sources checked hard_words related category aliases illnesses use question heading_outcome"
    " death_of therapy authorisations"
).split()
"""What a reader of a page does not see: ids, how records are grouped, when somebody looked."""


class Item(Struct, frozen=True):
    """A record as it is compared.

    Attributes:
        section: The heading it stands under.
        part: Where it stands there, such as `emergency`; "" where the section has no parts.
        name: What it is called; "" for a text alone.
        place: Where it holds; "" where it does not say.
        text: Its words.
        sources: The ids of what it rests on.

    """

    section: str
    part: str
    name: str
    place: str
    text: str
    sources: tuple[str, ...]

    @property
    def label(self) -> str:
        """What it is called, with its part and place."""
        named = f"{self.name} ({self.place})" if self.place else self.name
        return ", ".join(filter(None, (self.part, named)))

    @property
    def told(self) -> tuple[str, str, str]:
        """All that a reader sees of it."""
        return (self.section, self.label, self.text)


def items(therapy: Therapy, names: Library) -> Iterator[Item]:
    """Yield the records of a therapy, those that a printed sheet stands on first.

    names: what knows the names of regions and of other therapies.
    """
    fields = [*SHEET_FIELDS, *(f for f in therapy.__struct_fields__ if f not in SHEET_FIELDS)]
    for field in fields:
        if field not in UNTOLD:
            part = "in short" if field == "short_facts" else ""
            section, value = HEADINGS.get(field) or GLANCE, getattr(therapy, field)
            yield from _items(names, section, part, value, called=field.replace("_", " "))


def other_items(library: Library) -> list[Item]:
    """Return the terms and the sources, each called as a page calls it: ids may change."""
    terms = (_item(library, "Glossary", "", term) for term in library.glossary.values())
    sources = (_item(library, "Sources", "", library.source(id)) for id in library.source_ids())
    return [*terms, *sources]


def _items(names: Library, section: str, part: str, value: Any, called: str = "") -> Iterator[Item]:
    """Yield a value as it is compared: a record with a name whole, any other part by part.

    called: what a text is called that is no one of many.
    """
    match value:
        case str():
            sources = tuple(dict.fromkeys(cited_ids(value)))
            yield Item(section, part, called, "", _plain(value), sources)
        case tuple():
            for each in value:
                yield from _items(names, section, part, each)
        case dict():
            for id, each in value.items():
                other = names.name(id) if id in names.ids else ""
                yield from _items(names, section, part, each, other)
        case Product(brand=brand, generic=generic, authorisations=decisions):
            yield _item(names, section, "", value)
            for each in decisions:
                yield _item(names, section, "", each, brand or generic)
        case Struct() if any(name in NAMES for name in value.__struct_fields__):
            yield _item(names, section, part, value)
        case Struct():
            told = called if isinstance(value, Choice) else part
            for name in value.__struct_fields__:
                field, inner = name.replace("_", " "), getattr(value, name)
                is_text = isinstance(inner, str)
                within = told if is_text else ", ".join(filter(None, (told, field)))
                yield from _items(names, section, within, inner, field)


def _item(names: Library, section: str, part: str, record: Struct, called: str = "") -> Item:
    """Return a record as it is compared; called: what it is called by another's name."""
    field = "" if called else next((each for each in NAMES if getattr(record, each, None)), "")
    return Item(
        section=section,
        part=part,
        name=called or _plain(getattr(record, field)),
        place=names.places(getattr(record, "region", ())),
        text=_words(names, record, untold=(field,)),
        sources=tuple(dict.fromkeys(_sources(record))),
    )


def _sources(record: Struct) -> Iterator[str]:
    yield from getattr(record, "sources", ())
    for name in prose_fields(type(record)):
        yield from cited_ids(getattr(record, name) or "")


def _words(names: Library, value: Any, untold: Iterable[str] = ()) -> str:
    """Return all that a value says, the fields of a record in their order."""
    match value:
        case None:
            return ""
        case tuple():
            return "; ".join(filter(None, (_words(names, each) for each in value)))
        case Struct():
            fields = (each for each in value.__struct_fields__ if each not in (*UNTOLD, *untold))
            told = (_field(names, value, each) for each in fields)
            return " ".join(with_full_stop(each) for each in told if each)
    return _plain(str(value))


def _field(names: Library, record: Struct, name: str) -> str:
    """Return what a field says, behind its name where it is no sentence."""
    value = getattr(record, name)
    words = names.places(value) if name == "region" else _words(names, value)
    is_prose = name in prose_fields(type(record)) or not words
    unit = "%" if name == "percent" else ""
    return words if is_prose else f"{name.replace('_', ' ')}: {words}{unit}"


def _plain(text: str) -> str:
    """Return the words of a text in one line; of a date as people write it."""
    words = " ".join(without_citations(text).split())
    return format_date(words) if re.fullmatch(PARTIAL_DATE_PATTERN, words) else words

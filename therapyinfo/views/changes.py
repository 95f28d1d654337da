"""What changed from one knowledge file to another, record by record."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

from ..inlines import Strong
from ..library import Library
from ..page import Block, DefinitionList, Grid, Heading, Page, Paragraph
from ..records import Therapy
from ..text import with_full_stop, without_citations
from .citations import format_date, json_data, page_footer
from .plain_data import to_plain
from .section_table import SECTIONS

Kind = Literal["added", "changed", "withdrawn"]
KINDS: tuple[Kind, ...] = ("added", "changed", "withdrawn")

FIRST_FIELDS = (
    "get_help deaths risks who uses considered outcomes benefits lasting products life access steps"
).split()
"""What a printed sheet stands on, which is told before the rest."""

IDENTITY = ("id", "name", "topic", "title", "brand", "generic", "system", "belief", "date", "trial")
"""The fields by which a record is known to be the same, where it has one."""

UNTOLD = (*IDENTITY, "sources", "checked", "hard_words", "related", "category", "aliases")
ALIKE = 0.4
"""The share of words that two texts without a name have in common if one replaced the other."""


class Item(Struct, frozen=True):
    """A record of a therapy as it is compared: where it stands, what it is called, its words."""

    section: str
    label: str
    text: str


class Change(Struct, frozen=True, kw_only=True):
    """A record that is not as it was.

    Attributes:
        therapy: The id of its therapy; None for a source or a term.
        section: The heading it stands under.
        kind: Whether it was added, changed or withdrawn.
        label: What it is called; "" for a text alone.
        before: Its words in the older file; None where it was added.
        after: Its words in the newer file; None where it was withdrawn.

    """

    therapy: str | None
    section: str
    kind: Kind
    label: str
    before: str | None
    after: str | None


def changes(old: Library, new: Library, therapy: str | None = None) -> Page:
    """Tell what changed from one knowledge to another; of one therapy, or of all and the sources.

    therapy: the id of the one.
    """
    ids = [therapy] if therapy else list(dict.fromkeys([*new.ids, *old.ids]))
    found = [change for id in ids for change in _of_therapy(old, new, id)]
    if therapy is None:
        found += _compared(None, _other_items(old), _other_items(new))
    return Page(
        title="What changed",
        subtitle=new.name(therapy) if therapy in new.ids else "",
        blocks=tuple(_blocks(old, new, found)),
        footer=page_footer(new),
        data=lambda: json_data(
            new,
            "changes",
            reviewed_before=old.reviewed,
            therapy=therapy,
            counts={kind: _count(found, kind) for kind in KINDS},
            changes=[to_plain(change) for change in found],
        ),
    )


def _of_therapy(old: Library, new: Library, id: str) -> list[Change]:
    before = list(items(old.entry(id).therapy)) if id in old.ids else []
    after = list(items(new.entry(id).therapy)) if id in new.ids else []
    return _compared(id, before, after)


def items(therapy: Therapy) -> Iterator[Item]:
    """Yield the records of a therapy, those that a printed sheet stands on first."""
    headings = {field: each.heading for each in SECTIONS for field in each.fields}
    fields = [*FIRST_FIELDS, *(f for f in therapy.__struct_fields__ if f not in FIRST_FIELDS)]
    for field in fields:
        heading = headings.get(field) or "At a glance"
        if field not in UNTOLD:
            yield from _items(heading, "", getattr(therapy, field))


def _items(section: str, label: str, value: Any) -> Iterator[Item]:
    """Yield a value as it is compared: a record with a name whole, any other part by part."""
    match value:
        case str():
            yield Item(section, label, without_citations(value))
        case tuple():
            for each in value:
                yield from _items(section, label, each)
        case dict():
            for key, each in value.items():
                yield from _items(section, key, each)
        case Struct() if label or any(name in IDENTITY for name in value.__struct_fields__):
            named = _identity(value)
            yield Item(section, ", ".join(filter(None, (label, named))), _words(value))
        case Struct():
            for name in value.__struct_fields__:
                yield from _items(section, name.replace("_", " "), getattr(value, name))


def _identity(record: Struct) -> str:
    found = (getattr(record, name, None) for name in IDENTITY if name != "id")
    label = next((str(each) for each in found if each), "")
    regions = ", ".join(getattr(record, "region", ()) or ())
    return f"{label} ({regions})" if regions else label


def _words(value: Any) -> str:
    """Return all that a record says, in the order of its fields."""
    match value:
        case None:
            return ""
        case tuple():
            return "; ".join(filter(None, map(_words, value)))
        case Struct():
            told = (getattr(value, f) for f in value.__struct_fields__ if f not in UNTOLD)
            return " ".join(with_full_stop(each) for each in map(_words, told) if each)
    return without_citations(str(value))


def _other_items(library: Library) -> list[Item]:
    """Return the terms and the sources, each called by its id."""
    terms = [Item("Glossary", id, _words(term)) for id, term in library.glossary.items()]
    sources = ((id, library.source(id)) for id in library.source_ids())
    return [*terms, *(Item("Sources", id, _words(source)) for id, source in sources)]


def _compared(therapy: str | None, before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    """Return how items differ, section by section in the order of the newer file."""
    found: list[Change] = []
    for section in dict.fromkeys(each.section for each in (*after, *before)):
        old = [each for each in before if each.section == section and each not in after]
        new = [each for each in after if each.section == section and each not in before]
        pairs = _pairs(old, new)
        for one, other in pairs:
            kind: Kind = "changed" if one and other else "added" if other else "withdrawn"
            found.append(
                Change(
                    therapy=therapy,
                    section=section,
                    kind=kind,
                    label=(other or one or Item("", "", "")).label,
                    before=one.text if one else None,
                    after=other.text if other else None,
                )
            )
    return found


def _pairs(old: list[Item], new: list[Item]) -> list[tuple[Item | None, Item | None]]:
    """Return each item with what it replaced: what is called the same, else the most alike."""
    left = list(old)
    pairs: list[tuple[Item | None, Item | None]] = []
    for item in new:
        named = [each for each in left if each.label and each.label == item.label]
        best = max(named or left, key=lambda each: _likeness(each, item), default=None)
        if best and (len(named) == 1 or _likeness(best, item) >= ALIKE):
            left.remove(best)
            pairs.append((best, item))
        else:
            pairs.append((None, item))
    return [*pairs, *((each, None) for each in left)]


def _likeness(one: Item, other: Item) -> float:
    first, second = (set(re.findall(r"\w+", each.text.casefold())) for each in (one, other))
    return len(first & second) / (len(first | second) or 1)


def _count(found: Iterable[Change], kind: Kind) -> int:
    return sum(change.kind == kind for change in found)


def _blocks(old: Library, new: Library, found: Sequence[Change]) -> Iterator[Block]:
    since = f"from the file checked on {format_date(old.reviewed)}"
    until = f"to the one checked on {format_date(new.reviewed)}"
    counts = ", ".join(f"{_count(found, kind)} {kind}" for kind in KINDS)
    yield Paragraph((Strong(f"Records: {counts}"), f" {since} {until}."), "lead")
    groups = dict.fromkeys(change.therapy for change in found)
    told = {id: [change for change in found if change.therapy == id] for id in groups}
    rows = tuple(
        ((_name(old, new, id),), *((str(_count(each, kind)),) for kind in KINDS))
        for id, each in told.items()
    )
    if rows:
        yield Grid(rows, ("Therapy", "Added", "Changed", "Withdrawn"))
    for id, each in told.items():
        yield Heading(_name(old, new, id))
        section = ""
        for change in each:
            if change.section != section:
                yield Heading(change.section, 3)
                section = change.section
            yield DefinitionList(tuple(_rows(change)))


def _name(old: Library, new: Library, id: str | None) -> str:
    if id is None:
        return "Words and sources"
    return (new if id in new.ids else old).name(id)


def _rows(change: Change) -> Iterator[tuple[str, tuple[str, ...]]]:
    if change.kind == "changed":
        if change.label:
            yield ("Changed", (change.label,))
        yield ("Before", (change.before or "",))
        yield ("Now", (change.after or "",))
    else:
        told = change.before or change.after
        yield (change.kind.capitalize(), (": ".join(filter(None, (change.label, told))),))

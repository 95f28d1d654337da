"""Which records changed from one knowledge file to another, each with what it replaced."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from ..errors import UnknownName
from ..library import Library
from .figures import Figure, differing_figures
from .paired_items import paired
from .record_items import Item, items, other_items

Kind = Literal["added", "changed", "withdrawn"]
Effect = Literal[
    "added", "withdrawn", "other-figures", "more-figures", "fewer-figures", "sources", "wording"
]


class Change(Struct, frozen=True, kw_only=True):
    """A record that is not as it was.

    Attributes:
        therapy: The id of its therapy; None for a source or a term.
        section: The heading it stands under.
        section_before: The heading that it stood under, where that was another.
        kind: Whether it was added, changed or withdrawn.
        effect: The same; of a changed one whether its figures are others, only more, only fewer,
            or the same, then whether it has other sources or other words alone.
        label: What it is called, with its part and place; "" for a text alone.
        place: Where it holds, which ends its label; "" where it does not say.
        label_before: What it was called, where that was something else.
        before: Its words in the older file; None where it was added.
        after: Its words in the newer file; None where it was withdrawn.
        figures_before: The figures that it no longer has.
        figures_after: The figures that it did not have.
        sources_before: The ids of what it rested on.
        sources_after: The ids of what it rests on.

    """

    therapy: str | None
    section: str
    section_before: str | None
    kind: Kind
    effect: Effect
    label: str
    place: str
    label_before: str | None
    before: str | None
    after: str | None
    figures_before: tuple[str, ...]
    figures_after: tuple[str, ...]
    sources_before: tuple[str, ...]
    sources_after: tuple[str, ...]


def changed_records(old: Library, new: Library, therapy: str | None) -> list[Change]:
    """Return what changed: of one therapy, by its id, or of all with the words and sources."""
    older = _older_ids(old, new)
    found: list[Change] = []
    for id in [therapy] if therapy else dict.fromkeys([*new.ids, *older]):
        before = items(old.entry(older[id]).therapy, new) if id in older else ()
        after = items(new.entry(id).therapy, new) if id in new.ids else ()
        found += _compared(id, list(before), list(after))
    return found if therapy else [*found, *_compared(None, other_items(old), other_items(new))]


def find_therapy(old: Library, new: Library, name: str) -> str:
    """Return the id of the therapy called `name` in the newer file, or else in the older one.

    Raise UnknownName with the nearest ids if neither has one.
    """
    try:
        return new.find(name).id
    except UnknownName:
        if id := old.lookup.therapy_of(name):
            return id
        raise


def _older_ids(old: Library, new: Library) -> dict[str, str]:
    """Return the id in the older file of each of its therapies, by the id that it has now."""
    now = {id: id if id in new.ids else new.lookup.therapy_of(old.name(id)) for id in old.ids}
    taken = {id for id in old.ids if id in new.ids}
    return {
        after if after and (after == id or after not in taken) else id: id
        for id, after in now.items()
    }


def _compared(therapy: str | None, before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    """Return how items differ, section by section, those of a sheet first."""
    was, now = ({each.told for each in some} for some in (before, after))
    pairs = paired(
        [each for each in before if each.told not in now],
        [each for each in after if each.told not in was],
    )
    order = list(dict.fromkeys(each.section for each in (*after, *before)))
    found = [_change(therapy, one, other) for one, other in pairs]
    return sorted(found, key=lambda each: order.index(each.section))


def _change(therapy: str | None, one: Item | None, other: Item | None) -> Change:
    item = other or one
    assert item is not None
    gone, come = differing_figures(one.text if one else "", other.text if other else "")
    sources = tuple(each.sources if each else () for each in (one, other))
    kind: Kind = "changed" if one and other else "added" if other else "withdrawn"
    return Change(
        therapy=therapy,
        section=item.section,
        section_before=one.section if one and one.section != item.section else None,
        kind=kind,
        effect=kind if kind != "changed" else _effect(gone, come, *map(set, sources)),
        label=item.label,
        place=item.place,
        label_before=one.label if one and one.label != item.label else None,
        before=one.text if one else None,
        after=other.text if other else None,
        figures_before=tuple(dict.fromkeys(each.words for each in gone)),
        figures_after=tuple(dict.fromkeys(each.words for each in come)),
        sources_before=sources[0],
        sources_after=sources[1],
    )


def _effect(gone: Sequence[Figure], come: Sequence[Figure], had: set[str], has: set[str]) -> Effect:
    """Return how a record changed; had, has: its sources."""
    if gone or come:
        return "other-figures" if gone and come else "fewer-figures" if gone else "more-figures"
    return "sources" if had != has else "wording"

"""What of a therapy holds in one region: its rules, approvals and contacts, and those of all."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from .records import Authorisation, Contact, Guidance, Product, Region, Use
from .store.artifact import TherapyEntry

INTERNATIONAL = "international"
"""The id of the region whose records hold everywhere."""


Placed = Use | Guidance | Contact | Authorisation
T = TypeVar("T", Use, Guidance, Contact, Authorisation)
"""A record that holds in some regions, or everywhere if it names none."""


def related_regions(region: str, regions: Mapping[str, Region]) -> frozenset[str]:
    """Return the ids of a region, of its parts, and of what it is part of.

    >>> regions = {"uk": Region(name="UK"), "wales": Region(name="Wales", part_of="uk")}
    >>> sorted(related_regions("uk", regions)), sorted(related_regions("wales", regions))
    (['uk', 'wales'], ['uk', 'wales'])
    """
    found = {region}
    while more := {id for id, each in regions.items() if each.part_of in found} - found:
        found |= more
    whole = regions[region].part_of if region in regions else None
    while whole and whole not in found:
        found.add(whole)
        whole = regions[whole].part_of if whole in regions else None
    return frozenset(found)


def in_regions(entry: TherapyEntry, regions: frozenset[str]) -> TherapyEntry:
    """Return a therapy with only the records that hold in the regions, or everywhere.

    Signs that need help, results of trials and all prose stay as they are.
    """
    therapy = entry.therapy
    wanted = regions | {INTERNATIONAL}
    narrowed = replace(
        therapy,
        uses=_holding(therapy.uses, wanted),
        life=_holding(therapy.life, wanted),
        access=_holding(therapy.access, wanted),
        contacts={
            id: _here(each, wanted) for id, each in therapy.contacts.items() if _holds(each, wanted)
        },
        products=tuple(_products(therapy.products, wanted)),
    )
    return replace(entry, therapy=narrowed)


def names_region(entry: TherapyEntry, regions: frozenset[str]) -> bool:
    """Return whether a therapy has a record of one of the regions themselves."""
    therapy = entry.therapy
    placed: list[Placed] = [*therapy.uses, *therapy.life, *therapy.access]
    placed += [*therapy.contacts.values()]
    placed += [each for product in therapy.products for each in product.authorisations]
    return any(not regions.isdisjoint(each.region) for each in placed)


def _holds(record: Placed, wanted: frozenset[str]) -> bool:
    return not record.region or not wanted.isdisjoint(record.region)


def _holding(records: Iterable[T], wanted: frozenset[str]) -> tuple[T, ...]:
    return tuple(_here(each, wanted) for each in records if _holds(each, wanted))


def _here(record: T, wanted: frozenset[str]) -> T:
    kept = tuple(id for id in record.region if id in wanted)
    return record if kept == record.region else replace(record, region=kept)


def _products(products: Iterable[Product], wanted: frozenset[str]) -> Iterable[Product]:
    for each in products:
        if given := _holding(each.authorisations, wanted):
            yield each if given == each.authorisations else replace(each, authorisations=given)

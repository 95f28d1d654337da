"""What to say of a page that was asked for one region only."""

from collections.abc import Iterable

from ..library import Library
from ..page import Block, Paragraph
from ..store.artifact import TherapyEntry
from ..text import upper_first
from .citations import with_article


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

"""What is used for an illness: the therapies that record it, each with its command."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..errors import NothingFound
from ..inlines import InlineCode, Strong
from ..library import Library
from ..page import Block, Bullets, Heading, Page, Paragraph
from ..records import Use
from ..store.artifact import TherapyEntry
from ..text import upper_first
from .citations import Citations, json_data, page_footer

STANDINGS = {
    "approved": "Approved, or standard care",
    "studied": "Studied in trials",
    "unproven": "Sold without proof",
}
"""What stands over the therapies, by the standing of their use for the illness."""


class Used(Struct, frozen=True):
    """A therapy, its best standing for an illness, the uses that have it, and the command."""

    entry: TherapyEntry
    standing: str
    uses: tuple[Use, ...]
    command: str

    @property
    def conditions(self) -> str:
        """What the therapy is used for, in a line."""
        return "; ".join(each.condition for each in self.uses)


def used_for(library: Library, illness: str, command: str) -> Page:
    """List the therapies that are used for an illness, studied or sold for it.

    illness: the id of its term. command: the command to print for each therapy. Raise
    NothingFound where no therapy records it.
    """
    term = library.glossary[illness]
    found = list(_used(library, illness, command))
    if not found:
        meaning = library.command("define", illness)
        raise NothingFound(
            f"{term.term} is an illness for which no therapy is recorded. What it is: {meaning}"
        )
    citations = Citations(library)
    blocks = [
        Paragraph((f"{upper_first(term.term)} is an illness, not a therapy.",)),
        Paragraph(citations.text(term.meaning), "quiet"),
        *_therapies(found, citations),
    ]
    return Page(
        title=f"{upper_first(term.term)}: what is used for it",
        blocks=(*blocks, *citations.page_sources()),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            command,
            illness={"id": illness, "name": term.term},
            therapies=[_data(each) for each in found],
            sources=citations.source_data(),
        ),
        next_commands=(library.command("define", illness),),
        csv_rows=(
            ("illness", "therapy", "standing", "conditions"),
            *((term.term, each.entry.id, each.standing, each.conditions) for each in found),
        ),
    )


def _therapies(found: Sequence[Used], citations: Citations) -> Iterator[Block]:
    places = citations.library.places
    for standing, heading in STANDINGS.items():
        therapies = [each for each in found if each.standing == standing]
        if therapies:
            yield Heading(heading)
        for each in therapies:
            yield Paragraph((Strong(each.entry.therapy.name),))
            uses = ((f"{use.condition}: {places(use.region)}", use.sources) for use in each.uses)
            told = (citations.text(*use) for use in uses)
            yield Bullets((*told, ("More: ", InlineCode(each.command))))


def _data(used: Used) -> dict[str, object]:
    return {
        "id": used.entry.id,
        "name": used.entry.therapy.name,
        "standing": used.standing,
        "conditions": [each.condition for each in used.uses],
        "command": used.command,
    }


def _used(library: Library, illness: str, command: str) -> Iterator[Used]:
    """Yield each therapy with the best standing that it has for an illness."""
    for entry in library.entries():
        uses = [each for each in entry.therapy.uses if illness in each.illnesses]
        standing = next(
            (one for one in STANDINGS if any(one == each.standing for each in uses)), ""
        )
        if standing:
            same = tuple(each for each in uses if each.standing == standing)
            yield Used(entry, standing, same, library.command(command, entry.id))

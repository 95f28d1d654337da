"""The explanation of one therapy: on a first page, in brief, in full, or section by section."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import structs

from ..errors import NothingFound
from ..library import Library
from ..page import Block, Heading, Page, Sources
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from . import sections
from .citations import Citations, page_footer
from .notices import handout, region_note
from .section_table import SECTIONS, SOURCES, Section, section_id


def explain(
    library: Library,
    entry: TherapyEntry,
    *,
    full: bool = False,
    brief: bool = False,
    table: Sequence[Section] = SECTIONS,
) -> Page:
    """Explain one therapy.

    Args:
        library: The knowledge that it stands in.
        entry: The therapy.
        full: Whether to say all there is in place of what a first reading needs.
        brief: Whether to say what fits on one screen.
        table: The sections there are.

    Returns:
        The page.

    """
    citations = Citations(library)
    if brief:
        return _brief(entry, citations)
    blocks: list[Block] = [*region_note(library, [entry])]
    shown: list[str] = []
    for section in table:
        made = _made(section, entry, citations, full=full)
        blocks += made
        shown += [section.id] if made else []
    if full and entry.provenance:
        blocks += sections.layers(entry, library)
    blocks += [] if full else citations.source_line()
    blocks += citations.source_blocks()
    page = _page(entry, citations, blocks, lambda: _whole_data(entry, citations, shown))
    more = _maintenance(library) if full else ""
    commands = _next_commands(library, entry, full=full)
    return structs.replace(page, footer=page_footer(library, more), next_commands=commands)


def _maintenance(library: Library) -> str:
    """Return who pays and how often the text is checked, a sentence each."""
    return f"{first_sentence(library.about.funding)} {first_sentence(library.about.updates)}"


def explain_sections(
    library: Library,
    entry: TherapyEntry,
    names: Sequence[str],
    table: Sequence[Section] = SECTIONS,
) -> Page:
    """Return only the sections called `names`, each whole.

    Raises:
        UnknownName: No section is called so.
        NothingFound: This therapy has nothing in any of them.

    """
    ids = [section_id(name, table) for name in names]
    citations = Citations(library)
    blocks: list[Block] = []
    shown: list[Section] = []
    for section in table:
        if section.id in ids or SOURCES in ids:
            made = _made(section, entry, citations, full=True)
            blocks += made if section.id in ids else ()
            shown += [section] if made and section.id in ids else []
    blocks += citations.source_blocks()
    if not blocks:
        raise NothingFound(f"{entry.therapy.name} has nothing in: {', '.join(ids)}")
    page = _page(entry, citations, blocks, lambda: _section_data(entry, citations, shown))
    commands = _next_commands(library, entry, full=False)
    return structs.replace(page, next_commands=commands)


def explain_sources(library: Library, entry: TherapyEntry) -> Page:
    """Return the sources of the default page alone, under the numbers that they have there."""
    page = explain(library, entry)
    listed = tuple(block for block in page.blocks if isinstance(block, Sources))
    if not listed:
        raise NothingFound(f"the page of {entry.therapy.name} cites no source")
    return structs.replace(page, title=f"{page.title}: the sources of its page", blocks=listed)


def _whole_data(entry: TherapyEntry, citations: Citations, shown: Iterable[str]) -> dict[str, Any]:
    from .explain_data import whole_data  # only JSON asks

    return whole_data(entry, citations, shown)


def _section_data(
    entry: TherapyEntry, citations: Citations, shown: Iterable[Section]
) -> dict[str, Any]:
    from .explain_data import section_data  # only JSON asks

    return section_data(entry, citations, shown)


def _made(
    section: Section, entry: TherapyEntry, citations: Citations, *, full: bool
) -> tuple[Block, ...]:
    """Return a section with its heading; nothing where it has nothing to say."""
    make = section.full if full else section.short
    made = make(entry, citations) if make else ()
    heading = section.heading
    if not full and section.short_heading is not None:
        heading = section.short_heading
    return (Heading(heading, anchor=section.id), *made) if made and heading else made


def _brief(entry: TherapyEntry, citations: Citations) -> Page:
    from .brief import brief_blocks  # other pages need neither
    from .explain_data import brief_data

    told = brief_blocks(entry, citations)
    blocks = [*told, *citations.page_sources()]
    page = _page(entry, citations, blocks, lambda: brief_data(entry, citations))
    more = citations.library.command("explain", entry.id)
    return structs.replace(page, subtitle="", next_commands=(more,))


def _page(
    entry: TherapyEntry,
    citations: Citations,
    blocks: Iterable[Block],
    data: Callable[[], dict[str, Any]],
) -> Page:
    library = citations.library
    return Page(
        title=entry.therapy.name,
        subtitle=entry.therapy.full_name or "",
        blocks=tuple(blocks),
        footer=page_footer(library),
        handout=handout(library, [entry]),
        data=data,
    )


def _next_commands(library: Library, entry: TherapyEntry, *, full: bool) -> tuple[str, ...]:
    therapy = entry.therapy
    nearest = [*therapy.related, *entry.differences][:1]
    commands: list[tuple[str, ...]] = [("walkthrough", entry.id)] if therapy.steps else []
    commands += [("numbers", entry.id)] if therapy.outcomes else []
    commands += [("compare", entry.id, other) for other in nearest]
    commands += (
        [] if full else [("explain", entry.id, "--sources"), ("explain", entry.id, "--full")]
    )
    return tuple(library.command(*words) for words in commands)

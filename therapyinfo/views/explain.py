"""The explanation of one therapy: at a glance, in its default length, or in full."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import structs

from ..errors import NothingFound
from ..inlines import InlineCode, without_cites
from ..library import Library, choose
from ..page import Block, DefinitionList, Heading, Page, Paragraph
from ..store.artifact import TherapyEntry
from . import guidance, reader_aids, risks, sections
from .citations import Citations, json_data, page_footer, to_plain

Section = Callable[[TherapyEntry, Citations, bool], tuple[Block, ...]]
"""Returns the blocks of a section; the last argument asks for all there is to say."""

SECTIONS: dict[str, tuple[str, Section, bool]] = {
    "aims": ("How to use this page", reader_aids.intro, True),
    "how": ("How it works", sections.how_it_works, True),
    "mechanism": ("The mechanism in detail", sections.mechanism, False),
    "special": ("What makes it special", sections.special, True),
    "process": ("The process", sections.process, True),
    "uses": ("What it is used for", sections.uses, True),
    "considered": ("When it is considered, and when not", sections.considered, True),
    "benefits": ("What it can do", sections.benefits, True),
    "risks": ("What can go wrong", risks.risks, True),
    "help": ("When to get help", risks.get_help, True),
    "numbers": ("Numbers from trials", sections.numbers, False),
    "life": ("Life during and after", guidance.life, True),
    "without": ("Without this treatment", sections.without, True),
    "differences": ("How it differs", sections.differences, True),
    "unknowns": ("What is not known", sections.unknowns, True),
    "unproven": ("Offers without approval", sections.unproven, True),
    "products": ("Products", sections.products, False),
    "access": ("Cost and access", guidance.access, False),
    "misconceptions": ("What people get wrong", sections.misconceptions, False),
    "history": ("History", sections.history, False),
    "questions": ("Questions to ask", sections.questions, True),
    "contacts": ("Where to get support", guidance.contacts, True),
    "words": ("Words used here", sections.words_used_here, False),
    "codes": ("Codes", sections.codes, False),
    "related": ("Related", sections.related, True),
}
"""Each section by its id: its heading, what makes it, and whether the default page has it."""


def explain(
    library: Library, entry: TherapyEntry, *, full: bool = False, brief: bool = False
) -> Page:
    """Explain one therapy; `brief` gives the first screen alone, `full` every section."""
    if brief:
        return _brief(library, entry)
    chosen = [id for id, (_, _, usual) in SECTIONS.items() if usual or full]
    return _page(library, entry, ["glance", *chosen], full=full)


def explain_sections(library: Library, entry: TherapyEntry, names: Sequence[str]) -> Page:
    """Return only the sections called `names`, each whole.

    Raise UnknownName for a name that no section has, and NothingFound where this therapy has
    nothing in any of them.
    """
    labels = {"At a glance": "glance", "Sources": "sources"}
    labels |= {heading: id for id, (heading, _, _) in SECTIONS.items()}
    ids = [choose("section", name, labels) for name in names]
    page = _page(library, entry, ids, full=True)
    if not page.blocks:
        raise NothingFound(f"{entry.therapy.name} has nothing in: {', '.join(ids)}")
    return page


def _page(library: Library, entry: TherapyEntry, chosen: Sequence[str], *, full: bool) -> Page:
    citations = Citations(library, max_citations=None if full else 2)
    blocks: list[Block] = [*_glance(entry, citations)] if "glance" in chosen else []
    shown = ["glance"] if "glance" in chosen else []
    for id, (heading, make, _) in SECTIONS.items():
        wanted = id in chosen or "sources" in chosen
        if wanted and (made := make(entry, citations, full)) and id in chosen:
            blocks += [Heading(heading, anchor=id), *made]
            shown.append(id)
    if full and entry.provenance and shown:
        blocks += sections.layers(entry, library)
    listed = (*blocks, *citations.source_blocks(short=not full))
    page = _whole(entry, citations, listed, shown, more=not set(SECTIONS) <= set(chosen))
    return structs.replace(page, footer=page_footer(library, reader_aids.maintenance(library)))


def _brief(library: Library, entry: TherapyEntry) -> Page:
    citations = Citations(library)
    lead, facts = _glance(entry, citations)
    more = InlineCode(library.command("explain", entry.id))
    blocks: tuple[Block, ...] = (
        Paragraph(without_cites(lead.text), "lead"),
        DefinitionList(tuple((label, without_cites(text)) for label, text in facts.rows)),
    )
    page = _whole(entry, citations, blocks, ["glance"], more=True)
    footer = ("More, with the sources: ", more, ". ", *page.footer)
    return structs.replace(page, footer=footer, next_commands=())


def _whole(
    entry: TherapyEntry,
    citations: Citations,
    blocks: tuple[Block, ...],
    shown: list[str],
    *,
    more: bool,
) -> Page:
    library = citations.library

    def data() -> dict[str, Any]:
        return json_data(
            library,
            "explain",
            therapy={"id": entry.id, **to_plain(entry.therapy)},
            differences=entry.differences,
            sections=shown,
            changes=entry.provenance,
            sources=citations.source_data(entry.therapy, entry.differences),
        )

    return Page(
        title=entry.therapy.name,
        subtitle=entry.therapy.full_name or "",
        category=library.categories[entry.therapy.category].label,
        blocks=blocks,
        footer=page_footer(library),
        data=data,
        next_commands=_next_commands(library, entry, more=more),
    )


def _glance(entry: TherapyEntry, citations: Citations) -> tuple[Paragraph, DefinitionList]:
    facts = entry.therapy.facts
    rows = (
        ("Cell type", facts.cell_type),
        ("Main action", facts.main_action),
        ("Standing", facts.standing),
        ("Used for", facts.used_for),
        ("How long", facts.how_long),
        ("Know this", facts.main_harms),
    )
    return (
        Paragraph(citations.labelled("In short:", entry.therapy.main_message), "lead"),
        DefinitionList(tuple((label, citations.text(fact)) for label, fact in rows if fact)),
    )


def _next_commands(library: Library, entry: TherapyEntry, *, more: bool) -> tuple[str, ...]:
    commands: list[tuple[str, ...]] = [("explain", entry.id, "--full")] if more else []
    commands += [("walkthrough", entry.id)] if entry.therapy.steps else []
    commands += [("compare", entry.id, other) for other in entry.therapy.related[:1]]
    return tuple(library.command(*words) for words in commands)

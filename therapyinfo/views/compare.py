"""Therapies side by side, then how each pair differs."""

from collections.abc import Sequence
from itertools import combinations

from ..glossary import terms_used
from ..inlines import Text
from ..library import Library, fact_of
from ..page import Block, Bullets, DefinitionList, Heading, Page, Paragraph, Table
from ..records import ComparisonRow
from ..store.artifact import TherapyEntry
from ..text import without_citations
from .citations import NO_SOURCE, Citations, json_data, page_footer, to_plain
from .numbers import outcome_icons
from .reader_aids import about_this_page, how_to_read_counts
from .risks import risk_line

SHORT_TABLE_ROWS = 2
"""Number of leading rows in the short opening table."""

NO_TREATMENT_NOTE = (
    "You can also choose no more treatment of the illness. Ask your team what care there is then."
)

MAX_PER_THERAPY = 3
"""Benefits, and harms, shown per therapy."""

MAX_ILLNESSES = 7


def compare(
    library: Library, entries: Sequence[TherapyEntry], rows: Sequence[ComparisonRow]
) -> Page:
    """Set two or more therapies side by side.

    rows: the rows asked for, in order; none for the whole comparison with its surroundings.
    """
    citations = Citations(library)
    shown = tuple(rows) or library.comparison
    if rows:
        table = _short_table if len(rows) <= SHORT_TABLE_ROWS else _long_table
        blocks: tuple[Block, ...] = (table(entries, rows, citations),)
    else:
        blocks = _whole(library, entries, citations)
    sources = citations.source_blocks()
    pairs = _pairs_with_text(entries)
    ids = [entry.id for entry in entries]
    on = next((row.id for row in library.comparison if row.id == "main-harms"), shown[0].id)
    return Page(
        title=_listed([entry.therapy.name for entry in entries]),
        blocks=(*blocks, *sources),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            "compare",
            therapies=[{"id": entry.id, "name": entry.therapy.name} for entry in entries],
            rows=[_row_data(row, entries) for row in shown],
            differences=[
                {"therapies": [one.id, other.id], "text": text} for one, other, text in pairs
            ],
            sources=citations.source_data(tuple(text for _, _, text in pairs)),
        ),
        next_commands=(
            library.command("compare", *ids, "--on", on),
            library.command("explain", ids[0]),
        ),
        csv_rows=_csv_rows(entries, shown),
    )


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}"


def _fact(entry: TherapyEntry, row: ComparisonRow) -> str:
    return fact_of(entry.therapy.facts, row) or NO_SOURCE


def _whole(
    library: Library, entries: Sequence[TherapyEntry], citations: Citations
) -> tuple[Block, ...]:
    first, others = library.comparison[:SHORT_TABLE_ROWS], library.comparison[SHORT_TABLE_ROWS:]
    blocks: list[Block] = [*_choice(entries), _short_table(entries, first, citations)]
    blocks += _illnesses(entries, citations)
    if others:
        blocks.append(Heading("Side by side", anchor="side-by-side"))
        blocks += [how_to_read_counts(None), _long_table(entries, others, citations)]
    blocks += _both_sides(entries, citations)
    about = (Heading("About this page", anchor="about"), about_this_page(library))
    ends = (
        *_pairs(entries, citations),
        *_without(entries, citations),
        *_questions(entries),
        *about,
    )
    return (*blocks, *ends)


def _choice(entries: Sequence[TherapyEntry]) -> list[Block]:
    """Return the decision in words, and what to do with the page."""
    names = ", ".join(entry.therapy.name for entry in entries)
    choice = (
        f"The choice: {names}, another treatment, or no more treatment of the illness. This page"
        " sets the named ones side by side, for people who think about them and for those close to"
        " them. It takes no side: each row says the same thing of each therapy."
    )
    act = (
        "You decide together with your team. Mark the rows that matter most to you, and take them"
        " and the questions at the end to your team."
    )
    return [Paragraph((choice,)), Paragraph((act,))]


def _illnesses(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    """Return what the illnesses are that the page tells of, from the glossary."""
    glossary = citations.library.glossary
    therapies = [entry.therapy for entry in entries]
    texts = [
        text
        for each in therapies
        for text in (each.facts.used_for or "", *each.benefits[:MAX_PER_THERAPY])
    ]
    illnesses = {id: term for id, term in glossary.items() if term.kind == "illness"}
    found = [illnesses[id] for id in terms_used(map(without_citations, texts), illnesses)]
    rows = tuple((term.term, citations.text(term.meaning)) for term in found[:MAX_ILLNESSES])
    return [Heading("The illnesses", anchor="illnesses"), DefinitionList(rows)] if rows else []


def _both_sides(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    """Return benefits and harms of each therapy in equal number, and a picture of each."""
    can_do: list[Block] = [Heading("What each can do", anchor="benefits")]
    go_wrong: list[Block] = [Heading("What can go wrong with each", anchor="risks")]
    for entry in entries:
        benefits, risks = (
            entry.therapy.benefits[:MAX_PER_THERAPY],
            entry.therapy.risks[:MAX_PER_THERAPY],
        )
        if benefits and risks:
            name = Heading(entry.therapy.name, 3)
            can_do += [
                name,
                Bullets(citations.texts(benefits)),
                *outcome_icons(entry, "benefit", citations),
            ]
            lines = tuple(risk_line(risk, citations) for risk in risks)
            go_wrong += [name, Bullets(lines), *outcome_icons(entry, "harm", citations)]
    return [*can_do, *go_wrong] if len(can_do) > 1 else []


def _short_table(
    entries: Sequence[TherapyEntry], rows: Sequence[ComparisonRow], citations: Citations
) -> Table:
    head = ("Therapy", *(row.label for row in rows))
    lines = tuple(
        ((entry.therapy.name,), *(citations.text(_fact(entry, row)) for row in rows))
        for entry in entries
    )
    return Table("The therapies at a glance", head, lines)


def _long_table(
    entries: Sequence[TherapyEntry], rows: Sequence[ComparisonRow], citations: Citations
) -> Table:
    head = ("", *(entry.therapy.name for entry in entries))
    lines: list[tuple[Text, ...]] = [
        ((row.label,), *(citations.text(_fact(entry, row)) for entry in entries)) for row in rows
    ]
    return Table("The therapies side by side", head, tuple(lines))


def _pairs_with_text(
    entries: Sequence[TherapyEntry],
) -> list[tuple[TherapyEntry, TherapyEntry, str]]:
    return [
        (one, other, one.differences[other.id])
        for one, other in combinations(entries, 2)
        if other.id in one.differences
    ]


def _pairs(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    items = tuple(
        citations.labelled(f"{one.therapy.name} and {other.therapy.name}:", text)
        for one, other, text in _pairs_with_text(entries)
    )
    return [Heading("How they differ", anchor="differences"), Bullets(items)] if items else []


def _without(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    items = tuple(
        citations.labelled(f"Without {entry.therapy.name}:", entry.therapy.without_treatment[0])
        for entry in entries
        if entry.therapy.without_treatment
    )
    heading = Heading("Without any of them", anchor="without")
    return [heading, Bullets(((NO_TREATMENT_NOTE,), *items))] if items else []


def _questions(entries: Sequence[TherapyEntry]) -> list[Block]:
    asked = [question for entry in entries for question in entry.therapy.questions[:2]]
    items = tuple((question,) for question in dict.fromkeys(asked))
    return [Heading("Questions to ask", anchor="questions"), Bullets(items)] if items else []


def _row_data(row: ComparisonRow, entries: Sequence[TherapyEntry]) -> dict[str, object]:
    values = {entry.id: fact_of(entry.therapy.facts, row) for entry in entries}
    return {**to_plain(row), "values": values}


def _csv_rows(
    entries: Sequence[TherapyEntry], rows: Sequence[ComparisonRow]
) -> tuple[tuple[str, ...], ...]:
    head = ("Therapy", *(row.label for row in rows))
    lines = (
        (entry.therapy.name, *(without_citations(_fact(entry, row)) for row in rows))
        for entry in entries
    )
    return (head, *lines)

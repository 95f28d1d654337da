"""Two to five therapies: how they differ, when people choose, what trials found, row by row."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import combinations

from ..errors import UnknownName
from ..inlines import Text
from ..library import Library, fact_of
from ..page import Block, Bullets, DefinitionList, Grid, Heading, Page, Paragraph, Table
from ..records import Choice, ComparisonRow
from ..store.artifact import TherapyEntry
from ..text import first_sentence, listed, lower_first, without_citations
from .blocks import run_in
from .choosing import alternatives, choice_between, short_name
from .citations import NO_SOURCE, Citations, json_data, page_footer
from .head_to_head import trials
from .notices import handout
from .plain_data import cited, to_plain

FOUNDING_ROWS = ("cell-type", "main-action")
"""The rows of the table that stands first, word for word as the knowledge file has them."""

EVIDENCE = "evidence"
"""The row that is left out where trials of the therapies against each other tell it."""

MAX_QUESTIONS = 4


def compare(
    library: Library, entries: Sequence[TherapyEntry], rows: Sequence[ComparisonRow]
) -> Page:
    """Set two or more therapies side by side.

    rows: the rows asked for, in order; none for the whole comparison.
    """
    citations = Citations(library)
    shown = tuple(rows) or library.comparison
    if rows:
        blocks: tuple[Block, ...] = (_table(entries, rows, citations),)
    else:
        blocks = _whole(library, entries, citations)
    sources = citations.page_sources()
    ids = [entry.id for entry in entries]
    on = next((row.id for row in library.comparison if row.id == "main-harms"), shown[0].id)
    return Page(
        title=_title(entries),
        blocks=(*blocks, *sources),
        footer=page_footer(library),
        handout=handout(library, entries),
        data=lambda: _data(entries, shown, citations),
        next_commands=(
            library.command("compare", *ids, "--on", on),
            library.command("explain", ids[0]),
        ),
        csv_rows=_csv_rows(entries, shown),
    )


def _title(entries: Sequence[TherapyEntry]) -> str:
    """Return the names in a row, the first as it is and the others as inside a sentence."""
    first, *others = (entry.therapy.name for entry in entries)
    return listed([first, *map(lower_first, others)])


def find_row(library: Library, name: str) -> ComparisonRow:
    """Return the row that a name is of, or that a section called so tells of.

    Raise UnknownName, with the nearest rows, if there is none.
    """
    try:
        return library.row(name)
    except UnknownName:
        from .section_table import SECTIONS, is_called  # a comparison needs none of the sections

        section = next((each for each in SECTIONS if is_called(each, name)), None)
        for synonym in section.synonyms if section else ():
            with suppress(UnknownName):
                return library.row(synonym)
        raise


def told_of_pair(one: TherapyEntry, other: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Return what only a comparison of two therapies tells: how to choose, and what is known."""
    entries = (one, other)
    return (
        *_how_they_differ(entries, citations),
        *alternatives(entries, citations),
        *trials(entries, citations),
        *_not_known(entries, citations),
    )


def _data(
    entries: Sequence[TherapyEntry], rows: Sequence[ComparisonRow], citations: Citations
) -> dict[str, object]:
    pairs, choices = _differences(entries), _choices(entries)
    facts = [fact_of(each.therapy.facts, row) for row in rows for each in entries]
    told = (*(text for _, _, text in pairs), *(choice for _, _, choice in choices), *rows, *facts)
    return json_data(
        citations.library,
        "compare",
        therapies=[{"id": entry.id, "name": entry.therapy.name} for entry in entries],
        rows=[_row_data(row, entries) for row in rows],
        differences=[
            {"therapies": [one.id, other.id], **cited(text)} for one, other, text in pairs
        ],
        choosing=[
            {"therapies": [one.id, other.id], **to_plain(choice)} for one, other, choice in choices
        ],
        sources=citations.source_data(told),
    )


def _fact(entry: TherapyEntry, row: ComparisonRow) -> str:
    return fact_of(entry.therapy.facts, row) or NO_SOURCE


def _whole(
    library: Library, entries: Sequence[TherapyEntry], citations: Citations
) -> tuple[Block, ...]:
    asked = [row for row in library.comparison if row.question]
    founding = [row for row in library.comparison if row.id in FOUNDING_ROWS]
    # A file without questions has its other rows in the long table.
    rows = asked or [row for row in library.comparison if row not in founding]
    rows = [row for row in rows if any(fact_of(each.therapy.facts, row) for each in entries)]
    blocks: list[Block] = [*_how_they_differ(entries, citations), *alternatives(entries, citations)]
    blocks += [_founding_table(entries, founding, citations)] if founding else []
    compared = trials(entries, citations)
    blocks += compared
    rows = [row for row in rows if not compared or row.id != EVIDENCE]
    blocks += [_table(entries, rows, citations, short=len(entries) > 2)] if rows else []
    return (*blocks, *_not_known(entries, citations), *_questions(entries))


def _how_they_differ(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    """Return how two differ; of more, what each is, in a sentence."""
    if len(entries) > 2:
        rows = tuple(
            (short_name(entry.therapy), _what_it_is(entry, citations)) for entry in entries
        )
        return [DefinitionList(rows)]
    return [Paragraph(citations.text(text), "lead") for _, _, text in _differences(entries)]


def _what_it_is(entry: TherapyEntry, citations: Citations) -> Text:
    therapy = entry.therapy
    return citations.text(therapy.summary or first_sentence(therapy.main_message))


def _founding_table(
    entries: Sequence[TherapyEntry], rows: Sequence[ComparisonRow], citations: Citations
) -> Grid:
    head = ("Therapy", *(row.label for row in rows))
    lines = tuple(
        ((_in_a_cell(entry),), *(citations.text(_fact(entry, row)) for row in rows))
        for entry in entries
    )
    return Grid(lines, head)


def _in_a_cell(entry: TherapyEntry) -> str:
    """Return the name, of a long one with its letters in brackets only the letters."""
    name = entry.therapy.name
    return short_name(entry.therapy) if name.endswith(")") else name


def _table(
    entries: Sequence[TherapyEntry],
    rows: Sequence[ComparisonRow],
    citations: Citations,
    *,
    short: bool = False,
) -> Table:
    """Return the rows with a column for each therapy; `short` cells hold a few words."""
    head = ("", *(short_name(entry.therapy) for entry in entries))
    lines: list[tuple[Text, ...]] = [
        (
            (row.question or row.label,),
            *(_cell(entry, row, citations, short=short) for entry in entries),
        )
        for row in rows
    ]
    return Table("The therapies side by side", head, tuple(lines))


def _cell(entry: TherapyEntry, row: ComparisonRow, citations: Citations, *, short: bool) -> Text:
    if not short:
        return citations.text(_fact(entry, row))
    words: str | None = getattr(entry.therapy.short_facts, row.id.replace("-", "_"), None)
    return (words,) if words else citations.text(first_sentence(_fact(entry, row)))


def _differences(
    entries: Sequence[TherapyEntry],
) -> list[tuple[TherapyEntry, TherapyEntry, str]]:
    return [
        (one, other, one.differences[other.id])
        for one, other in combinations(entries, 2)
        if other.id in one.differences
    ]


def _choices(
    entries: Sequence[TherapyEntry],
) -> list[tuple[TherapyEntry, TherapyEntry, Choice]]:
    pairs = combinations(entries, 2)
    found = ((one, other, choice_between(one, other)) for one, other in pairs)
    return [(one, other, choice) for one, other, choice in found if choice]


def _not_known(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    texts = [text for _, _, choice in _choices(entries) for text in choice.not_known]
    if not texts:
        return []
    heading = Heading("What is not known about the choice", anchor="unknowns")
    return [heading, *run_in(dict.fromkeys(texts), citations)]


def _questions(entries: Sequence[TherapyEntry]) -> list[Block]:
    """Return questions about the choice, then one of each therapy in turn, four in all."""
    asked = [each for _, _, choice in _choices(entries) for each in choice.questions]
    longest = max(len(entry.therapy.questions) for entry in entries)
    for position in range(longest):
        asked += [each for entry in entries for each in entry.therapy.questions[position:][:1]]
    items = tuple((question,) for question in list(dict.fromkeys(asked))[:MAX_QUESTIONS])
    return [Heading("Ask your team", anchor="questions"), Bullets(items)] if items else []


def _row_data(row: ComparisonRow, entries: Sequence[TherapyEntry]) -> dict[str, object]:
    values = {entry.id: cited(fact_of(entry.therapy.facts, row)) for entry in entries}
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

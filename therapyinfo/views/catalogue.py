"""The front page and the list of therapies."""

from collections.abc import Sequence

from ..command_line import command_line
from ..inlines import InlineCode, Text
from ..library import Library
from ..page import Block, Bullets, DefinitionList, Grid, Heading, Page, Paragraph
from ..store.artifact import Summary
from .citations import json_data, page_footer
from .plain_data import cited, to_plain

PURPOSE = (
    "Learn what an advanced therapy is, how it goes step by step, and how it compares with"
    " others. Every claim has its source."
)

MAX_NAMES = 20
"""The front page names the therapies of a file with as many at most: it stays one screen."""


def home(library: Library) -> Page:
    """Build the front page: what it is, the therapies by name, three things to type."""
    first, second = _two_to_compare(library)
    listing, helping = InlineCode(library.command("list")), InlineCode(command_line("--help"))
    examples = (
        ("What it is", (InlineCode(library.command("explain", first)),)),
        ("How it goes", (InlineCode(library.command("walkthrough", first)),)),
        ("How they differ", (InlineCode(library.command("compare", first, second)),)),
        (
            "All there is",
            (listing, ", ", helping),
        ),
    )
    groups = tuple((f"{label}: {_names(chosen)}.",) for label, chosen in _by_category(library))
    blocks: tuple[Block, ...] = (
        Paragraph((PURPOSE,), "lead"),
        Bullets(groups),
        DefinitionList(examples),
    )
    return Page(
        "therapyinfo",
        blocks,
        lambda: json_data(library, "front", purpose=PURPOSE, therapies=_therapies(library)),
        footer=page_footer(library),
    )


def catalogue(library: Library, *, full: bool = False) -> Page:
    """List every therapy, grouped by category; the data of a `full` one is the whole knowledge."""
    blocks: list[Block] = []
    for label, chosen in _by_category(library):
        lines: tuple[tuple[Text, ...], ...] = tuple(
            ((each.id,), (_in_a_line(each),)) for each in chosen
        )
        blocks += [Heading(label, 4), Grid(lines, aligned_with=tuple(library.ids))]
    labels = {id: category.label for id, category in library.categories.items()}
    rows = [
        (each.id, each.name, labels[each.category], each.main_action) for each in library.summaries
    ]
    return Page(
        title="Therapies",
        blocks=tuple(blocks),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            "list",
            categories=to_plain(library.categories),
            **(_whole(library) if full else {"therapies": _therapies(library)}),
        ),
        next_commands=(
            library.command("explain", library.ids[0]),
            library.command("search", "WORDS"),
        ),
        csv_rows=(("id", "name", "category", "main action"), *rows),
        tsv_rows=tuple(rows),
        compact=True,
    )


def _two_to_compare(library: Library) -> tuple[str, str]:
    """Return two ids for an example; of the built-in file, two that many people mix up."""
    first, *others = library.ids
    return first, "msc" if "msc" in others else (others or [first])[0]


def _by_category(library: Library) -> list[tuple[str, list[Summary]]]:
    """Return the label of each category and its therapies; none is empty."""
    groups = (
        (category.label, [each for each in library.summaries if each.category == id])
        for id, category in library.categories.items()
    )
    return [(label, chosen) for label, chosen in groups if chosen]


def _names(chosen: Sequence[Summary]) -> str:
    if len(chosen) > MAX_NAMES:
        return f"{len(chosen)} therapies"
    return ", ".join(each.name for each in chosen)


def _in_a_line(summary: Summary) -> str:
    return summary.summary or f"{summary.name}. {summary.main_action}"


def _therapies(library: Library) -> list[dict[str, object]]:
    return [to_plain(summary) for summary in library.summaries]


def _whole(library: Library) -> dict[str, object]:
    """Return every therapy with all its records, every term and every source."""
    return {
        "therapies": [
            {"id": entry.id, **to_plain(entry.therapy), "differences": cited(entry.differences)}
            for entry in library.entries()
        ],
        "comparison": to_plain(library.comparison),
        "terms": to_plain(library.glossary),
        "regions": to_plain(library.regions),
        "sources": {id: to_plain(library.source(id)) for id in library.source_ids()},
    }

"""The front page and the list of therapies."""

from typing import Any

from ..command_line import command_line
from ..inlines import InlineCode, Strong, Text
from ..library import Library
from ..page import Block, DefinitionList, Heading, Page, Paragraph
from ..store.artifact import Summary
from ..text import without_citations
from .citations import json_data, page_footer, to_plain

PURPOSE = (
    "Learn what an advanced therapy is, how it goes step by step, and how it compares with"
    " others. Every claim has its source."
)


def home(library: Library) -> Page:
    """Build the front page: purpose, example commands, therapies."""
    summaries = library.summaries
    first, second = summaries[0].id, summaries[min(1, len(summaries) - 1)].id
    if "msc" in library.ids:
        second = "msc"
    examples = (
        ("What is it?", (InlineCode(library.command("explain", first)),)),
        ("How does it go?", (InlineCode(library.command("walkthrough", first)),)),
        ("How do they differ?", (InlineCode(library.command("compare", first, second)),)),
    )
    rows = tuple((each.id, (each.summary or each.main_action,)) for each in summaries)
    blocks: tuple[Block, ...] = (
        Paragraph((PURPOSE,), "lead"),
        Heading("Type"),
        DefinitionList(examples),
        Heading("Therapies"),
        DefinitionList(rows),
        Paragraph(("All commands: ", InlineCode(command_line("--help"))), "quiet"),
    )

    def data() -> dict[str, Any]:
        return json_data(library, "front", purpose=PURPOSE, therapies=_therapies(library))

    return Page("therapyinfo", blocks, data, footer=page_footer(library))


def catalogue(library: Library) -> Page:
    """List every therapy, grouped by category."""
    blocks: list[Block] = []
    for id, category in library.categories.items():
        chosen = [each for each in library.summaries if each.category == id]
        if chosen:
            blocks += [Heading(category.label), Paragraph((category.meaning,), "quiet")]
            blocks.append(DefinitionList(tuple((each.id, _in_a_line(each)) for each in chosen)))
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
            therapies=_therapies(library),
        ),
        next_commands=(
            library.command("explain", library.ids[0]),
            library.command("search", "WORDS"),
        ),
        csv_rows=(("id", "name", "category", "main action"), *rows),
        tsv_rows=tuple(rows),
    )


def _in_a_line(summary: Summary) -> Text:
    standing = without_citations(summary.standing or "")
    return (Strong(summary.name), f". {summary.main_action}. {standing}".rstrip())


def _therapies(library: Library) -> list[dict[str, object]]:
    return [to_plain(summary) for summary in library.summaries]

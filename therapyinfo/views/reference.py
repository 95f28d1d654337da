"""What stands behind the pages: the glossary and the sources."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import to_builtins

from ..glossary import terms_used
from ..inlines import Text, linked
from ..library import Library
from ..page import DefinitionList, Page, Paragraph, Sources, iter_strings
from ..records import Term
from ..store.artifact import TherapyEntry
from ..text import without_citations
from .citations import (
    Citations,
    ids_named,
    json_data,
    page_footer,
    source_entry,
)
from .plain_data import to_plain


def glossary(library: Library, *, full: bool = True) -> Page:
    """List every term in the order of the alphabet; `full` with its meaning."""
    citations = Citations(library)
    terms = sorted(library.glossary.items(), key=lambda pair: pair[1].term.casefold())
    if full:
        rows = tuple((term.term, citations.text(term.meaning)) for _, term in terms)
    else:
        rows = tuple(_by_letter(term.term for _, term in terms))
    return Page(
        title="Words used here",
        blocks=(DefinitionList(rows), *citations.source_blocks()),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            "define",
            terms={id: to_plain(term) for id, term in terms},
            sources=citations.source_data(tuple(term.meaning for _, term in terms)),
        ),
        next_commands=(library.command("define", "TERM"), library.command("define", "--full")),
        csv_rows=_csv_rows(terms),
    )


def _by_letter(names: Iterable[str]) -> Iterator[tuple[str, Text]]:
    """Yield each first letter with the names that begin with it; what is no letter is `#`."""
    for letter, group in groupby(names, lambda name: name[:1].upper()):
        yield letter if letter.isalpha() else "#", (", ".join(group),)


def _csv_rows(terms: Iterable[tuple[str, Term]]) -> tuple[tuple[str, ...], ...]:
    head = ("id", "term", "aliases", "meaning", "kind", "say")
    rows = (
        (
            id,
            term.term,
            ", ".join(term.aliases),
            without_citations(term.meaning),
            term.kind,
            term.say or "",
        )
        for id, term in terms
    )
    return (head, *rows)


def define(library: Library, name: str) -> Page:
    """Explain one term: its plain meaning, how to say it, where it comes up.

    Raise UnknownName if the glossary does not have it.
    """
    id, term = library.define(name)
    citations = Citations(library)
    entries = [
        entry for entry in library.entries() if terms_used(iter_strings(entry.therapy), {id: term})
    ]
    rows = [("Say it", (term.say,))] if term.say else []
    if term.aliases:
        rows.append(("Also", (", ".join(term.aliases),)))
    if entries:
        rows.append(("Comes up in", (", ".join(entry.therapy.name for entry in entries),)))
    meaning = Paragraph(citations.text(term.meaning), "lead")
    return Page(
        title=term.term,
        blocks=(meaning, DefinitionList(tuple(rows)), *citations.source_blocks()),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            "define",
            terms={id: to_plain(term)},
            used_in=[entry.id for entry in entries],
            sources=citations.source_data(),
        ),
        next_commands=tuple(library.command("explain", entry.id) for entry in entries[:2]),
        csv_rows=_csv_rows([(id, term)]),
    )


def sources(library: Library, entry: TherapyEntry | None = None) -> Page:
    """List every source, or those of one therapy."""
    ids = library.source_ids()
    if entry is not None:
        used = set(ids_named((entry.therapy, entry.differences)))
        ids = [id for id in ids if id in used]
    chosen = {id: library.source(id) for id in ids}
    about, report = library.about, library.about.report
    return Page(
        title=f"Sources of {entry.therapy.name}" if entry else "Sources",
        blocks=(
            Paragraph((f"{len(ids)} sources. {about.updates} {about.funding}",)),
            Sources(tuple(source_entry(0, id, source) for id, source in chosen.items())),
            Paragraph(("Found an error?",), "quiet"),
            Paragraph((linked(report),)),
        ),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            "sources",
            therapy=entry.id if entry else None,
            about=to_builtins(about),
            sources={id: to_plain(source) for id, source in chosen.items()},
        ),
        next_commands=(library.command("explain", entry.id),) if entry else (),
        csv_rows=(
            ("id", "publisher", "title", "date", "kind", "address"),
            *(
                (id, each.publisher, each.title, each.published or "", each.kind, each.url)
                for id, each in chosen.items()
            ),
        ),
    )

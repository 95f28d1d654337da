"""What a search found, best first."""

from collections.abc import Sequence
from typing import Any

from ..errors import NothingFound
from ..inlines import Inline, InlineCode, Mark, Strong
from ..library import Library
from ..page import Block, Bullets, Heading, Page, Paragraph
from ..search import Document, Hit, SearchIndex, SearchResults, query_terms
from ..text import close_matches
from .citations import json_data, page_footer


def search_page(library: Library, words: str, within: str | None = None) -> Page:
    """Show the documents of text that have the words, each with the command that opens it.

    within: a name of the only therapy to search.

    Raise NothingFound, with the nearest words, if there are none.
    """
    therapies = [library.find(within).id] if within else []

    def found(index: SearchIndex) -> tuple[SearchResults, list[str]]:
        results = index.search(words, therapies)
        return results, [] if results.hits else index.titles()

    results, titles = library.ask_index(found, lambda: documents(library))
    if not results.hits:
        raise _not_found(library, titles, words)
    query = " ".join(words.split())
    blocks: list[Block] = [Paragraph((_summary(results),), "quiet")]
    for hit in results.hits:
        blocks += _hit(hit, library)
    commands = dict.fromkeys(library.command(*hit.document.command) for hit in results.hits)
    return Page(
        title=f"Search: {_shorten(query)}",
        blocks=tuple(blocks),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            "search",
            query=words,
            every_word=results.match_all,
            hits=[_hit_data(hit, library) for hit in results.hits],
            total=results.total,
        ),
        next_commands=tuple(commands)[:2],
    )


def documents(library: Library) -> Sequence[Document]:
    """Return all that is searched."""
    from .documents import all_documents  # a kept index needs none of the views that it imports

    return all_documents(library)


def _summary(results: SearchResults) -> str:
    total, shown = results.total, len(results.hits)
    places = "1 place" if total == 1 else f"{total:,} places"
    start = f"Found in {places}"
    if not results.match_all:
        start = f"Nothing has all of these words. Some of them are found in {places}"
    if shown < total:
        return f"{start}; here are the best {shown}. More words narrow it down."
    return f"{start}, the best first." if shown > 1 else f"{start}."


def _hit(hit: Hit, library: Library) -> tuple[Block, ...]:
    document = hit.document
    place = f"{document.name}: {document.heading}" if document.therapy else document.heading
    title = document.title if document.title != document.name else ""
    snippet: tuple[Inline, ...] = tuple(
        Mark(text) if found else text for text, found in hit.snippet
    )
    told: Block = Paragraph(snippet)
    if document.parts:
        told = Bullets(tuple((each,) for each in document.parts))
    if document.section == "misconceptions":
        told = Paragraph((Strong("This is wrong. What is so:"), " ", *snippet))
    more = f"  ({hit.hidden_count} more there)" if hit.hidden_count else ""
    return (
        Heading(f"{place}: {title}" if title else place, 3),
        told,
        Paragraph((InlineCode(library.command(*document.command)), more)),
    )


def _hit_data(hit: Hit, library: Library) -> dict[str, Any]:
    document = hit.document
    return {
        "therapy": document.therapy,
        "section": document.section,
        "title": document.title or document.heading,
        "snippet": "".join(text for text, _ in hit.snippet),
        "text": document.text,
        "command": library.command(*document.command),
    }


def _not_found(library: Library, titles: Sequence[str], words: str) -> NothingFound:
    """Return the error that says so, with the known words that are nearest to those asked for."""
    known = [name for term in library.glossary.values() for name in (term.term, *term.aliases)]
    known += [name for each in library.summaries for name in (each.name, *each.aliases)]
    known += [word.strip(".,:;()") for title in titles for word in title.split() if len(word) > 3]
    asked = query_terms(words)
    found = [name for word in [words, *asked] for name in close_matches(word, known)]
    suggestions = list(dict.fromkeys(found))[:3]
    hint = f" Did you mean {' or '.join(suggestions)}?" if suggestions else ""
    what = "no search words in" if not asked else "no text has"
    see = library.command("define")
    return NothingFound(f"{what} {_shorten(words)!r}.{hint} See: {see}", suggestions)


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"

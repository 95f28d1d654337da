"""What a search found, best first."""

from contextlib import closing
from typing import Any

from ..errors import NothingFound
from ..library import Library
from ..page import Block, Code, Heading, Inline, Mark, Page, Paragraph
from ..search import KEPT_AS, Answer, Hit, Index, make_index, open_index, plain_words
from ..text import close_matches
from .prose import note, page_data, with_next


def finds(library: Library, words: str) -> Page:
    """Show the pieces of text that have the words, each with the command that opens it.

    Raise NothingFound, with the nearest words, if there are none.
    """
    with closing(index_of(library)) as index:
        answer = index.search(words)
        if not answer.hits:
            raise _nothing(library, index, words)
    asked = " ".join(words.split())
    blocks: list[Block] = [Paragraph((_told(answer),), "quiet")]
    for hit in answer.hits:
        blocks += _hit(hit, library)
    commands = dict.fromkeys(library.command(*hit.piece.command) for hit in answer.hits)
    page = Page(
        title=f"Search: {_short(asked)}",
        blocks=tuple(blocks),
        note=note(library),
        data=page_data(
            library,
            "search",
            query=words,
            every_word=answer.every_word,
            hits=[_hit_data(hit, library) for hit in answer.hits],
            total=answer.total,
        ),
        next_commands=tuple(commands)[:2],
    )
    return with_next(page)


def index_of(library: Library) -> Index:
    """Return the index of all text: the one that was kept, else one that is made and kept."""
    kept = library.store and library.store.read(KEPT_AS)
    if kept and (index := open_index(kept)):
        return index
    from .pieces import all_pieces  # a kept index needs none of the views that it imports

    index = make_index(all_pieces(library))
    if library.store and (content := index.content()):
        library.store.write(KEPT_AS, content)
    return index


def _told(answer: Answer) -> str:
    total, shown = answer.total, len(answer.hits)
    places = "1 place" if total == 1 else f"{total:,} places"
    start = f"Found in {places}"
    if not answer.every_word:
        start = f"Nothing has all of these words. Some of them are found in {places}"
    if shown < total:
        return f"{start}; here are the best {shown}. More words narrow it down."
    return f"{start}, the best first." if shown > 1 else f"{start}."


def _hit(hit: Hit, library: Library) -> tuple[Block, ...]:
    piece = hit.piece
    place = f"{piece.name}: {piece.heading}" if piece.therapy else piece.heading
    title = piece.title if piece.title != piece.name else ""
    snippet: tuple[Inline, ...] = tuple(
        Mark(text) if found else text for text, found in hit.snippet
    )
    more = f"  ({hit.more} more there)" if hit.more else ""
    return (
        Heading(f"{place}: {title}" if title else place, 3),
        Paragraph(snippet),
        Paragraph((Code(library.command(*piece.command)), more)),
    )


def _hit_data(hit: Hit, library: Library) -> dict[str, Any]:
    piece = hit.piece
    return {
        "therapy": piece.therapy,
        "section": piece.section,
        "title": piece.title or piece.heading,
        "snippet": "".join(text for text, _ in hit.snippet),
        "command": library.command(*piece.command),
    }


def _nothing(library: Library, index: Index, words: str) -> NothingFound:
    """Return the error that says so, with the known words that are nearest to those asked for."""
    known = [name for term in library.glossary.values() for name in (term.term, *term.aliases)]
    known += [name for each in library.summaries for name in (each.name, *each.aliases)]
    known += [word for title in index.titles() for word in title.split() if len(word) > 3]
    asked = plain_words(words)
    found = [name for word in [words, *asked] for name in close_matches(word, known)]
    suggestions = list(dict.fromkeys(found))[:3]
    hint = f" Did you mean {' or '.join(suggestions)}?" if suggestions else ""
    what = "there is no word to look for in" if not asked else "no text has"
    see = library.command("define")
    return NothingFound(f"{what} {_short(words)!r}.{hint} See: {see}", suggestions)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"

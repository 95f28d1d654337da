"""What a search found, best first, by therapy."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import structs

from ..errors import NothingFound
from ..inlines import InlineCode
from ..library import Library
from ..page import Block, Heading, Page, Paragraph
from ..search import Document, Hit, SearchIndex, SearchResults, query_terms
from ..text import close_matches
from .citations import Citations, json_data, page_footer
from .emergency import help_blocks, help_data, signs_asked
from .hits import heading_of, hit_blocks, hit_data, in_region, sources_of
from .risks import SAME_DAY

MOST_ASKED = 8
"""For so many words at most of a question that finds nothing the near ones are told."""

CSV_COLUMNS = "therapy section title text sources addresses region date command".split()


class _Answer(NamedTuple):
    """What a search found, and the therapies whose signs lead it.

    helped: their ids, none for what is to be done whichever therapy it is; None where nobody may
    need help now. respelled: for each mistyped word what was looked for in its place.
    """

    hits: Sequence[Hit]
    total: int
    match_all: bool
    respelled: Mapping[str, str]
    helped: Sequence[str] | None


def search_page(library: Library, words: str, within: str | None = None) -> Page:
    """Show the documents of text that answer, those of a therapy together, with what opens them.

    Where somebody may need help now, the signs and whom to call come first.

    within: a name of the only therapy to search.

    Raise NothingFound, with the nearest words, if there are none.
    """
    answer = _answer(library, words, [library.find(within).id] if within else [])
    citations = Citations(library)
    blocks: list[Block] = []
    if answer.helped is not None:
        blocks += help_blocks(library, answer.helped, citations)
    groups = _groups(_not_in_signs(answer))
    blocks += _hits(library, answer, groups, citations)
    commands = (_command(library, group) for group in groups)
    return Page(
        title=f"Search: {_shorten(' '.join(words.split()))}",
        blocks=(*blocks, *citations.page_sources()),
        footer=page_footer(library),
        data=lambda: _data(library, words, answer, citations),
        next_commands=tuple(dict.fromkeys(commands))[:2],
        csv_rows=(tuple(CSV_COLUMNS), *_csv_rows(library, answer)),
    )


def _answer(library: Library, words: str, within: Sequence[str]) -> _Answer:
    """Return what is found; raise NothingFound where nothing is and nobody may need help now."""
    signs = signs_asked(words)

    def found(index: SearchIndex) -> tuple[SearchResults, list[str]]:
        results = index.search(words, within, library.holding, signs)
        return results, [] if results.hits else index.titles()

    results, titles = library.ask_index(found, documents)
    if not results.hits and signs is None:
        raise _not_found(library, titles, words)
    named = within or results.therapies
    hits = [structs.replace(hit, document=in_region(library, hit.document)) for hit in results.hits]
    if hits and hits[0].document.whole is not None and named:
        hits = [hit for hit in hits if hit.document.therapy in named]
    helped = None if signs is None else named
    return _Answer(hits, results.total, results.match_all, results.respelled, helped)


def _data(library: Library, words: str, answer: _Answer, citations: Citations) -> dict[str, Any]:
    """Return the answer for programs; the sources of whole pages are numbered on."""
    every = Citations(library)
    every.numbers |= citations.numbers
    for hit in answer.hits:
        for id in sources_of(hit.document):
            every.numbers.setdefault(id, len(every.numbers) + 1)
    helped = answer.helped
    return json_data(
        library,
        "search",
        query=words,
        every_word=answer.match_all,
        respelled=answer.respelled,
        emergency=None if helped is None else help_data(library, helped),
        hits=[hit_data(hit.document, library) for hit in answer.hits],
        total=answer.total,
        sources=every.source_data(),
    )


def documents(library: Library) -> Sequence[Document]:
    """Return all that is searched."""
    from .documents import all_documents  # a kept index needs none of the views that it imports

    return all_documents(library)


def _hits(
    library: Library, answer: _Answer, groups: Sequence[Sequence[Hit]], citations: Citations
) -> Iterator[Block]:
    """Yield the hits by therapy, the best first, and how many more there are."""
    for mistyped, meant in answer.respelled.items():
        yield Paragraph((f"No text has “{mistyped}”. This is for “{meant}”.",), "quiet")
    if not answer.match_all and answer.hits[0].document.whole is None:
        yield Paragraph(("Nothing has all of these words. These have some of them.",), "quiet")
    for group in groups:
        yield Heading(group[0].document.name or group[0].document.title)
        for hit in group:
            yield Heading(heading_of(hit.document), 3)
            yield from hit_blocks(hit, citations)
        hidden = {hit.document.section: hit.hidden_count for hit in group}
        count = sum(hidden.values()) if group[0].document.therapy else 0
        more = f"  ({count} more)" if count else ""
        yield Paragraph((InlineCode(_command(library, group)), more), "quiet")
    if len(answer.hits) < answer.total:
        told = f"Found in {answer.total:,} places; here are the best {len(answer.hits)}."
        yield Paragraph((f"{told} More words narrow it down.",), "quiet")


def _not_in_signs(answer: _Answer) -> list[Hit]:
    """Return the hits that do not stand among the signs which lead the answer."""
    helped = answer.helped or ()
    return [
        hit
        for hit in answer.hits
        if hit.document.section != "help" or hit.document.therapy not in helped
    ]


def _groups(hits: Sequence[Hit]) -> list[list[Hit]]:
    """Return the hits of each therapy together, and each term alone, the best group first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.document.name or f" {hit.document.title}", []).append(hit)
    return list(groups.values())


def _command(library: Library, group: Sequence[Hit]) -> str:
    """Return the command that opens what was found of a therapy."""
    first = group[0].document
    own = [hit.document for hit in group if hit.document.section not in ("compare", "glance")]
    commands = dict.fromkeys(each.command for each in own)
    if not own or not first.therapy or first.section == "compare":
        return library.command(*first.command)
    if len(commands) == 1:
        return library.command(*own[0].command)
    sections = dict.fromkeys(each.section for each in own)
    options = (part for section in sections for part in ("--section", section))
    return library.command("explain", first.therapy, *options)


def _csv_rows(library: Library, answer: _Answer) -> Iterator[tuple[str, ...]]:
    """Yield a row a passage; before them the signs that need help."""
    for id in answer.helped or ():
        yield from _rows_of_signs(library, id)
    for hit in _not_in_signs(answer):
        data = hit_data(hit.document, library)
        ids = data["sources"]
        row = {
            **data,
            "sources": " ".join(ids),
            "addresses": _addresses(library, ids),
            "region": " ".join(data["region"]),
        }
        yield tuple(str(row[name] or "") for name in CSV_COLUMNS)


def _rows_of_signs(library: Library, therapy: str) -> Iterator[tuple[str, ...]]:
    told_of = help_data(library, [therapy])
    command = told_of["commands"][0]
    for signs in told_of["signs"]:
        for kind, title in (("emergency", signs["call"]), ("call_team", SAME_DAY)):
            for sign in signs[kind]:
                ids = sign["sources"]
                told = (therapy, "help", title, sign["text"], " ".join(ids))
                yield (*told, _addresses(library, ids), "", "", command)


def _addresses(library: Library, ids: Sequence[str]) -> str:
    return " ".join(library.source(id).url for id in ids)


def _not_found(library: Library, titles: Sequence[str], words: str) -> NothingFound:
    """Return the error that says so, with the known words that are nearest to those asked for."""
    pages = {
        name: ("define", id)
        for id, term in library.glossary.items()
        for name in (term.term, *term.aliases)
    }
    pages |= {
        name: ("explain", each.id)
        for each in library.summaries
        for name in (each.name, *each.aliases)
    }
    heads = [word.strip(".,:;()") for title in titles for word in title.split() if len(word) > 3]
    asked = query_terms(words)[:MOST_ASKED]
    known = [*pages, *heads]
    found = [name for word in [words, *asked] for name in close_matches(word, known)]
    suggestions = list(dict.fromkeys(found))[:3]
    hint = f" Did you mean {' or '.join(suggestions)}?" if suggestions else ""
    what = "there are no words to search for in" if not asked else "nothing was found for"
    told = f"{what} {_shorten(words)!r}.{hint}"
    nearest = next((pages.get(each, ("search", each)) for each in suggestions), ("list",))
    see = f"{library.command(*nearest)}, or all words: {library.command('define')}"
    return NothingFound(f"{told} See: {see}", suggestions)


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"

"""A passage that a search found as its page prints it, and as data for programs."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import structs

from ..inlines import Inline, Mark, Strong, Text
from ..library import Library
from ..page import Block, Bullets, DefinitionList, Paragraph
from ..search import Document, Hit, Part
from ..text import cited_ids, without_citations
from .citations import Citations

MANY_PARTS = 12
"""From so many parts on, a page's titles stand in one paragraph."""

TOLD = ("risks", "process", "uses")
"""The sections whose pages begin with what counts most: deaths, the whole time, approved uses."""


def in_region(library: Library, document: Document) -> Document:
    """Return a document with only what holds in the region that was asked for, or everywhere."""
    held = library.holding
    kept = [
        _placed_in(library, part)
        for part in document.parts
        if not (held and part.regions) or not held.isdisjoint(part.regions)
    ]
    if kept == list(document.parts):
        return document
    title = document.title
    for part in document.parts:
        title = title.replace(library.places(part.regions), library.places(_held(library, part)))
    told = (": ".join(filter(None, (part.label, _plain(part)))) for part in kept)
    return structs.replace(document, title=title, parts=tuple(kept), text=" ".join(told))


def _placed_in(library: Library, part: Part) -> Part:
    regions = _held(library, part)
    if regions == part.regions:
        return part
    label = part.label.replace(library.places(part.regions), library.places(regions))
    return structs.replace(part, regions=regions, label=label)


def _held(library: Library, part: Part) -> tuple[str, ...]:
    held = library.holding
    return tuple(id for id in part.regions if id in held) if held else part.regions


def _plain(part: Part) -> str:
    return without_citations(part.text)


def heading_of(document: Document) -> str:
    """Return what stands above a passage: its section, and its title."""
    title = document.title if document.title != document.name else ""
    if document.therapy is None:
        return "What the word means"
    return f"{document.heading}: {title}" if title else document.heading


def hit_blocks(hit: Hit, citations: Citations) -> Iterator[Block]:
    """Yield what a hit says, with its citations, what was looked for marked."""
    document = hit.document
    parts = document.parts or (Part(text=document.text),)
    if document.whole is not None and len(document.whole) > 1:
        yield from _whole_page(hit, document.whole, citations)
        return
    if document.section == "questions":
        yield Bullets(tuple(_text(hit, each, citations) for each in parts))
        return
    if document.section == "misconceptions":
        parts = tuple(structs.replace(each, label="This is wrong. What is so") for each in parts)
    yield from _told(hit, parts, citations)


def _told(hit: Hit, parts: Sequence[Part], citations: Citations) -> Iterator[Block]:
    for kind, group in groupby(parts, _kind):
        found = tuple(group)
        if kind == "paragraph":
            texts = (_text(hit, each, citations) for each in found)
            yield Paragraph(tuple(part for text in texts for part in (" ", *text))[1:])
        elif kind == "facts":
            rows = ((each.label, _text(hit, each, citations)) for each in found)
            yield DefinitionList(tuple(rows))
        else:
            items = (
                (Strong(f"{each.label}:"), " ", *_text(hit, each, citations)) for each in found
            )
            yield Bullets(tuple(items))


def _kind(part: Part) -> str:
    if not part.label:
        return "paragraph"
    return "facts" if not part.regions else "items"


def _whole_page(hit: Hit, titles: tuple[str, ...], citations: Citations) -> Iterator[Block]:
    """Yield what a page is of, and how two therapies differ where it compares them."""
    document = hit.document
    if document.section == "compare":
        apart = [each for each in document.parts if not each.label.startswith(titles)]
        texts = {_plain(each): each for each in apart}
        for text, each in texts.items():
            if not any(text in other for other in texts if other != text):
                yield Paragraph(_text(hit, each, citations))
        yield Paragraph((f"Side by side on one page: {', '.join(titles)}.",))
        return
    first = _first_told(document.parts, titles)
    title = first[0].label if first else ""
    if document.section in TOLD or any(asked for _, asked in hit.marked(title)):
        yield from _told(hit, first, citations)
    start = f"The page tells all of it, in {len(titles)} parts:"
    if len(titles) < MANY_PARTS:
        yield Paragraph((start,))
        yield Bullets(tuple((title,) for title in titles))
    else:
        yield Paragraph((f"{start} {'; '.join(titles)}.",))


def _first_told(parts: Sequence[Part], titles: tuple[str, ...]) -> Sequence[Part]:
    """Return the parts of the first passage of a page."""
    starts = (place for place, each in enumerate(parts) if each.label.startswith(titles))
    return parts[: next(filter(None, starts), None)]


def _text(hit: Hit, part: Part, citations: Citations) -> Text:
    """Return the words of a part, its citations numbered, what was looked for marked."""
    found: list[Inline] = []
    for each in citations.text(part.text):
        if isinstance(each, str):
            found += [Mark(text) if asked else text for text, asked in hit.marked(each)]
        else:
            found.append(each)
    return tuple(found)


def sources_of(document: Document) -> list[str]:
    """Return the ids of the sources that a passage cites, in order."""
    return list(dict.fromkeys(id for part in document.parts for id in cited_ids(part.text)))


def hit_data(document: Document, library: Library) -> dict[str, Any]:
    """Return a passage for programs."""
    dates = {part.date for part in document.parts}
    return {
        "therapy": document.therapy,
        "section": document.section,
        "title": document.title or document.heading,
        "snippet": "; ".join(document.whole or ()) or document.text,
        "text": document.text,
        "sources": sources_of(document),
        "region": list(dict.fromkeys(id for part in document.parts for id in part.regions)),
        "date": max(dates, default="") or None,
        "command": library.command(*document.command),
    }
